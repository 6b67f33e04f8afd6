//! Files that held work and are gone, while the project is there: a person says once, for all of them, what that means.

use crate::lang::InWords;
use crate::store::StoreError;
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::workspace::cx::{Done, Outcome};

/// The list of articles: what stood in it is the project itself, and is never taken out as a whole.
pub const ARTICLES: &str = "articles.ron";

impl App {
    /// Asks about files that are gone, once nothing else is asked; the question goes where they are back.
    pub(in crate::ui) fn ask_about_gone(&mut self) {
        let any = self.work.as_ref().is_some_and(|work| work.session.vanished().next().is_some());
        self.gone &= any;
        if self.gone && self.overlay.is_none() {
            self.gone = false;
            self.overlay = Some(Overlay::Gone);
        }
        if !any && matches!(self.overlay, Some(Overlay::Gone)) {
            self.overlay = None;
            self.say(t!("gone-back"));
        }
    }

    /// Opens the question again.
    pub(super) fn look_at_gone(&mut self) {
        match &self.work {
            Some(work) if work.session.vanished().next().is_some() => self.overlay = Some(Overlay::Gone),
            _ => self.say(t!("gone-none")),
        }
    }

    /// Writes the files that are gone again.
    pub(super) fn write_missing(&mut self) -> Outcome<Overlay> {
        let Some(work) = &mut self.work else { return Ok(Done::Nothing) };
        if work.session.read_only() {
            return Err(StoreError::ReadOnly.told());
        }
        let files: Vec<String> = work.session.vanished().map(|(file, _)| file).collect();
        files.iter().for_each(|file| work.session.restore(file));
        Done::said(t!("gone-written", count = files.len()))
    }

    /// Takes out of the project what was in the files that are gone.
    pub(super) fn take_out_missing(&mut self) -> Outcome<Overlay> {
        let Some(work) = &mut self.work else { return Ok(Done::Nothing) };
        let out: Vec<(String, usize)> = work.session.vanished().filter(|(file, _)| file != ARTICLES).collect();
        out.iter().for_each(|(file, _)| work.session.let_go(file));
        Done::said(t!("gone-taken-out", count = out.iter().map(|(_, records)| records).sum::<usize>()))
    }
}
