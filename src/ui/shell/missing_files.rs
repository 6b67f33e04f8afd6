//! Files that held work and are gone, while the project is there: a person says once, for all of them, what that means.

use eframe::egui::{self, Key, Modifiers};

use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::dialog::Reply;
use crate::ui::workspace::Workspace;

/// A person's answer about files that are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    WriteAgain,
    TakeOut,
    Later,
}

/// The list of articles: what stood in it is the project itself, and is never taken out as a whole.
const ARTICLES: &str = "articles.ron";

/// The number of files that are named.
const NAMED: usize = 8;

impl App {
    /// Asks about files that are gone, once nothing else is asked.
    pub(in crate::ui) fn ask_about_gone(&mut self) {
        let any = self.work.as_ref().is_some_and(|work| work.session.vanished().next().is_some());
        self.gone &= any;
        if self.gone && self.overlay.is_none() {
            self.gone = false;
            self.overlay = Some(Overlay::Gone);
        }
    }

    /// Opens the question again.
    pub(in crate::ui) fn look_at_gone(&mut self) {
        match &self.work {
            Some(work) if work.session.vanished().next().is_some() => self.overlay = Some(Overlay::Gone),
            _ => self.say(t!("gone-none")),
        }
    }

    /// Shows the question and does what was answered.
    pub(in crate::ui) fn gone_ui(&mut self, ctx: &egui::Context) -> Reply {
        let Some(work) = &mut self.work else { return Reply::Closed };
        let files: Vec<(String, usize)> = work.session.vanished().collect();
        if files.is_empty() {
            self.say(t!("gone-back"));
            return Reply::Closed;
        }
        let (reply, told) = match ask(ctx, &files, work.session.read_only()) {
            None => return Reply::Open,
            Some(Said::Later) => (Reply::Closed, t!("gone-later").into()),
            Some(Said::WriteAgain) => (Reply::Closed, write_again(work, &files)),
            Some(Said::TakeOut) => (Reply::Closed, take_out(work, &files)),
        };
        self.say(told);
        reply
    }
}

fn write_again(work: &mut Workspace, files: &[(String, usize)]) -> String {
    files.iter().for_each(|(file, _)| work.session.restore(file));
    t!("gone-written", count = files.len())
}

fn take_out(work: &mut Workspace, files: &[(String, usize)]) -> String {
    let out = files.iter().filter(|(file, _)| file != ARTICLES);
    let mut records = 0;
    for (file, held) in out {
        work.session.let_go(file);
        records += held;
    }
    t!("gone-taken-out", count = records)
}

fn ask(ctx: &egui::Context, files: &[(String, usize)], read_only: bool) -> Option<Said> {
    let list = files.iter().any(|(file, _)| file == ARTICLES);
    let can_take_out = files.len() > usize::from(list);
    let mut said = ctx.input_mut(|input| {
        if !read_only && input.consume_key(Modifiers::NONE, Key::Enter) {
            Some(Said::WriteAgain)
        } else if can_take_out && input.consume_key(Modifiers::COMMAND, Key::Delete) {
            Some(Said::TakeOut)
        } else if input.consume_key(Modifiers::NONE, Key::Escape) {
            Some(Said::Later)
        } else {
            None
        }
    });
    let modal = crate::ui::widgets::dialog::modal(ctx, "gone", 560.0, |ui| {
        ui.heading(t!("gone-title", count = files.len()));
        ui.add_space(2.0);
        for (file, records) in files.iter().take(NAMED) {
            ui.label(t!("gone-file", file = file, count = *records));
        }
        if files.len() > NAMED {
            ui.label(t!("and-more", count = files.len() - NAMED));
        }
        ui.add_space(2.0);
        ui.label(t!("gone-why"));
        if can_take_out {
            ui.label(t!("gone-take-out-hint"));
        }
        if list {
            ui.label(t!("gone-list", file = ARTICLES));
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let choices = [
                (t!("gone-write-act"), Said::WriteAgain, !read_only),
                (t!("gone-take-out-act"), Said::TakeOut, can_take_out),
                (t!("gone-later-act"), Said::Later, true),
            ];
            for (title, meant, can) in choices {
                if ui.add_enabled(can, egui::Button::new(title)).clicked() {
                    said = Some(meant);
                }
            }
        });
    });
    if modal.should_close() { Some(Said::Later) } else { said }
}
