//! A visitor: whoever has no name yet reads, and is asked for one at the first mark, which is made once it is known.

use eframe::egui;

use crate::ui::commands::Command;
use crate::ui::shell::app::App;
use crate::ui::shell::first_mark::FirstMark;
use crate::ui::shell::overlay::Overlay;

impl App {
    /// True where a project is read by somebody without a name.
    pub(super) fn visits(&self) -> bool {
        self.settings.annotator.is_empty() && self.work.is_some()
    }

    /// Asks for a name before a visitor's first mark; true where that is what the command would have made.
    pub(super) fn asks_for_name(&mut self, command: &Command) -> bool {
        let Command::Annotate(command) = command else { return false };
        if !self.visits() || !command.marks() {
            return false;
        }
        let Some(work) = &self.work else { return false };
        self.first_mark = work.open.as_ref().map(|open| FirstMark {
            command: command.clone(),
            article: open.id.clone(),
            words: open.reader.selection(),
            visited: work.annotator().clone(),
        });
        self.overlay = Some(Overlay::name(&self.settings));
        true
    }

    /// Makes the first mark of somebody who has a name by now, once their own set of the article is there.
    pub(super) fn make_first_mark(&mut self, ctx: &egui::Context) {
        if self.first_mark.is_none() || self.overlay.is_some() || self.opening.is_some() {
            return;
        }
        if self.settings.annotator.is_empty() {
            // The question was left: one goes on reading.
            self.first_mark = None;
            return;
        }
        let Some(work) = self.work.as_mut().filter(|work| !work.session.read_only()) else { return };
        let there = work.open.as_ref().map(|open| open.id.clone()).filter(|_| work.page().is_some());
        let Some(mark) = there.and_then(|id| self.first_mark.take_if(|mark| mark.article == id)) else { return };
        // The work that was read stays in sight, where it may be seen.
        work.other = Some(mark.visited).filter(|name| name != work.annotator());
        let Some(words) = mark.words else { return };
        if let Some(open) = &mut work.open {
            open.reader.select(words);
            open.reader.reveal(words);
        }
        self.perform(ctx, mark.command.into());
    }
}
