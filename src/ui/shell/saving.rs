//! The safety of the work: what the window says while it is not, and that nobody leaves unsaved work without knowing.

use crate::lang::{InWords, Message};
use eframe::egui;

use crate::store::{Event, SaveState, StoreError};
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::{Closing, Leaving, Next, Overlay};

/// Seconds in which a second request to close is taken for the same one.
pub(super) const SAME: f64 = 1.0;

impl App {
    /// Takes what the disk says about the work's safety; what else it says is given back.
    pub(in crate::ui) fn heed(&mut self, events: Vec<Event>) -> Vec<Event> {
        let Some(work) = &self.work else { return events };
        let (mut failed, mut mended) = (None, false);
        let mut rest = Vec::new();
        for event in events {
            match event {
                Event::Saved => {}
                Event::Failed(why) => failed = Some(why),
                Event::Mended => (failed, mended) = (None, true),
                event => rest.push(event),
            }
        }
        let still: Vec<String> = work.session.unreadable().map(|(file, _)| file).collect();
        self.notices.readable(|file| still.iter().any(|other| other == file));
        // The state counts, and not what was told of it: so nothing stays that is mended.
        match work.session.save_state() {
            SaveState::Failed(why) => self.notices.not_saved(&why.told(), false),
            SaveState::Saving { .. } => {}
            SaveState::Saved | SaveState::Waiting(_) | SaveState::Unreadable(_) | SaveState::Gone(_) => {
                if self.notices.saved() {
                    self.say(t!("saved-again"));
                    // One that tries again goes on by itself.
                    if let Some(Overlay::Leaving(leaving)) = &mut self.overlay
                        && !leaving.trying
                    {
                        self.overlay = leaving.over.take().map(|over| *over);
                    }
                }
                if let Some(why) = failed {
                    self.fail(why.told());
                }
            }
            SaveState::ReadOnly if mended => {
                self.notices.saved();
            }
            SaveState::ReadOnly => {
                if let Some(why) = failed {
                    self.notices.out_of_reach(&why.told());
                }
            }
        }
        rest
    }

    /// Asks for everything to be written now; what came of it is said when it is known.
    pub(in crate::ui) fn save_now(&mut self) {
        let Some(work) = &mut self.work else { return };
        if work.session.read_only() {
            self.fail(StoreError::ReadOnly.told());
            return;
        }
        self.awaited = true;
        work.session.ask_write();
    }

    /// Opens the dialog of an export that was asked for, once it can be.
    pub(in crate::ui) fn poll_exporting(&mut self) {
        let free = self.overlay.is_none();
        let Some((cx, exporting)) = self.exporting() else { return };
        let dialog = exporting.poll(&cx, free);
        self.overlay = self.overlay.take().or(dialog.map(|dialog| Overlay::Export(Box::new(dialog))));
    }

    /// Tells why the work is not saved, until it is; `again` where the person may have put that away.
    fn tell_unsaved(&mut self, why: &str, again: bool) {
        let state = self.work.as_ref().map(|work| work.session.save_state());
        match state {
            Some(SaveState::Failed(_)) => self.notices.not_saved(why, again),
            // A message that the store does not hold for a state of things would never be told to be mended.
            _ => self.fail(t!("not-saved", why = why)),
        }
    }

    /// Takes what came of writing everything: that it is done, or why not, and whether it only waits for another program.
    pub(in crate::ui) fn all_written(&mut self, ctx: &egui::Context, done: Result<(), (Message, bool)>) {
        let asked = std::mem::take(&mut self.awaited);
        match (&mut self.overlay, done) {
            (Some(Overlay::Closing(closing)), Ok(())) => {
                closing.written = true;
                self.notices.saved();
                self.close_when_ready(ctx);
            }
            (Some(Overlay::Leaving(leaving)), Ok(())) if leaving.trying => {
                let next = leaving.next.clone();
                self.notices.saved();
                self.overlay = None;
                self.go(ctx, next);
            }
            (Some(Overlay::Closing(_) | Overlay::Leaving(_)), Err((why, waits))) => {
                self.ask_leaving(&why.told(), waits);
            }
            (_, Ok(())) if asked => {
                self.notices.saved();
                self.say(t!("saved-all"));
            }
            (_, Err((why, true))) if asked => self.say(t!("saved-in-journal", why = why)),
            (_, Err((why, false))) if asked => self.tell_unsaved(&why.told(), true),
            _ => {}
        }
    }

    /// Asks what is to become of work that cannot be written, in place of waiting for it.
    fn ask_leaving(&mut self, why: &str, waits: bool) {
        let in_journal = self.work.as_ref().is_some_and(|work| work.session.in_journal());
        match self.overlay.take() {
            Some(Overlay::Closing(closing)) => {
                let Closing { next, over, .. } = *closing;
                let leaving =
                    Leaving { why: why.to_owned(), in_journal, next, over, since: None, tried: 0, trying: false };
                self.overlay = Some(Overlay::Leaving(Box::new(leaving)));
            }
            Some(Overlay::Leaving(mut leaving)) => {
                leaving.tried += u32::from(std::mem::take(&mut leaving.trying));
                (leaving.why, leaving.in_journal) = (why.to_owned(), in_journal);
                self.overlay = Some(Overlay::Leaving(leaving));
            }
            overlay => self.overlay = overlay,
        }
        if !waits {
            self.tell_unsaved(why, false);
        }
    }

    /// Begins to leave the project that is open: everything is written first, and asked about where it cannot be.
    pub(in crate::ui) fn leave_project(&mut self, ctx: &egui::Context, next: Next) {
        self.note_place(true);
        let written = match self.work.as_mut().filter(|work| !work.session.read_only()) {
            None => true,
            Some(work) => {
                work.session.ask_close();
                false
            }
        };
        let over = self.overlay.take().filter(|over| !matches!(over, Overlay::Leaving(_) | Overlay::Closing(_)));
        let since = ctx.input(|input| input.time);
        let closing = Closing { next, over: over.map(Box::new), since, written };
        self.overlay = Some(Overlay::Closing(Box::new(closing)));
        self.close_when_ready(ctx);
    }

    /// Leaves as soon as everything is written that is to be.
    pub(in crate::ui) fn close_when_ready(&mut self, ctx: &egui::Context) {
        let Some(Overlay::Closing(closing)) = &self.overlay else { return };
        let settings = closing.next == Next::Out && self.jobs.must_stay();
        if closing.written && !settings {
            let next = closing.next.clone();
            self.overlay = None;
            self.go(ctx, next);
        }
    }

    /// Closing waits for the disk: everything acknowledged is there already, and the files follow now. Work that cannot
    /// be saved is asked about, each time.
    pub(in crate::ui) fn guard_close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.leaving {
            return;
        }
        if let Some(under_way) = &self.under_way {
            let text = t!("close-later", work = under_way.title());
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.say(text);
            return;
        }
        let now = ctx.input(|input| input.time);
        let again = |since: f64| now - since >= SAME;
        match &self.overlay {
            // Whoever closes again while the warning stands has answered it.
            Some(Overlay::Leaving(leaving)) if leaving.next == Next::Out && leaving.since.is_some_and(again) => {
                (self.leaving, self.given_up) = (true, true);
                return;
            }
            Some(Overlay::Leaving(leaving)) if leaving.next == Next::Out => {}
            // Whoever closes again while it takes its time is asked.
            Some(Overlay::Closing(closing)) if closing.next == Next::Out => {
                if again(closing.since) {
                    self.ask_leaving(t!("leaving-still-writing"), true);
                }
            }
            _ => self.leave_project(ctx, Next::Out),
        }
        if !self.leaving {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    /// Tries once more to save the project that is to be left.
    pub(super) fn save_and_leave(&mut self) {
        if let (Some(work), Some(Overlay::Leaving(leaving))) = (&mut self.work, &mut self.overlay) {
            leaving.trying = true;
            work.session.ask_close();
        }
    }

    /// Leaves the project without what cannot be saved.
    pub(super) fn leave_unsaved(&mut self, ctx: &egui::Context) {
        let Some(Overlay::Leaving(leaving)) = self.overlay.take_if(|over| matches!(over, Overlay::Leaving(_))) else {
            return;
        };
        self.notices.saved();
        self.given_up = leaving.next == Next::Out;
        self.go(ctx, leaving.next);
    }

    fn go(&mut self, ctx: &egui::Context, next: Next) {
        match next {
            Next::Out => {
                self.leaving = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Next::Open(dir, access) => self.open_now(&dir, access),
        }
    }
}

/// The status line's words about the work's safety, and whether all is well.
pub(in crate::ui) fn save_text(state: &SaveState) -> (String, bool) {
    match state {
        SaveState::Saved => (t!("state-saved").to_owned(), true),
        SaveState::Waiting(_) => (t!("state-files-follow").to_owned(), true),
        SaveState::Saving { .. } => (t!("state-saving").to_owned(), true),
        SaveState::Failed(why) => {
            (t!("state-not-saved", why = crate::ui::workspace::card::short(&why.told(), 48)), false)
        }
        SaveState::Unreadable(_) => (t!("state-unreadable").to_owned(), false),
        SaveState::Gone(_) => (t!("state-gone").to_owned(), false),
        SaveState::ReadOnly => (t!("state-read-only").to_owned(), true),
    }
}

/// The reason, at length; none where all is well.
pub(in crate::ui) fn save_reason(state: SaveState) -> Option<String> {
    match state {
        SaveState::Waiting(why) => Some(t!("state-files-follow-why", why = why)),
        SaveState::Failed(why) => Some(t!("state-not-saved-why", why = why)),
        SaveState::Unreadable(why) => Some(t!("state-unreadable-why", why = why)),
        SaveState::Gone(file) => Some(t!("state-gone-why", file = file)),
        SaveState::Saved | SaveState::Saving { .. } | SaveState::ReadOnly => None,
    }
}
