//! The safety of the work: what the window says while it is not, and that nobody leaves unsaved work without knowing.

use eframe::egui::{self, Key, Modifiers, RichText};

use crate::store::{Event, SaveState, StoreError};
use crate::t;
use crate::ui::commands::{Command, ProjectCommand};
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::{Leaving, Next, Overlay};
use crate::ui::widgets::dialog::Reply;

/// A person's answer about unsaved work.
enum Said {
    Stay,
    TryAgain,
    Copy,
    Leave,
}

/// Seconds in which a second request to close is taken for the same one.
const SAME: f64 = 1.0;

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
            SaveState::Failed(why) => self.notices.not_saved(&why, false),
            SaveState::Saving { .. } => {}
            SaveState::Saved | SaveState::Unreadable(_) | SaveState::Gone(_) => {
                if self.notices.saved() {
                    self.say(t!("saved-again"));
                    if let Some(Overlay::Leaving(leaving)) = &mut self.overlay {
                        self.overlay = leaving.over.take().map(|over| *over);
                    }
                }
                if let Some(why) = failed {
                    self.fail(why);
                }
            }
            SaveState::ReadOnly if mended => {
                self.notices.saved();
            }
            SaveState::ReadOnly => {
                if let Some(why) = failed {
                    self.notices.out_of_reach(&why);
                }
            }
        }
        rest
    }

    /// Writes everything now, and says what came of it.
    pub(in crate::ui) fn save_now(&mut self) {
        let Some(work) = &mut self.work else { return };
        match work.session.flush() {
            Ok(()) => {
                self.notices.saved();
                self.say(t!("saved-all"));
            }
            Err(StoreError::NotSaved(why)) => self.tell_unsaved(&why, true),
            Err(error) => self.fail(error.to_string()),
        }
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

    /// The question to ask before the project is left: none where everything is saved.
    fn unsaved(&mut self, next: Next) -> Option<Leaving> {
        let session = &mut self.work.as_mut()?.session;
        if session.read_only() {
            return None;
        }
        let error = session.flush().err()?;
        let in_journal = session.in_journal();
        let why = match error {
            StoreError::NotSaved(why) => why,
            error => error.to_string(),
        };
        self.tell_unsaved(&why, false);
        Some(Leaving { why, in_journal, next, over: None, since: None, tried: 0 })
    }

    /// True where the project that is open can be left for another one; asks where its work is not saved.
    pub(in crate::ui) fn may_leave(&mut self, next: Next) -> bool {
        match self.unsaved(next) {
            None => true,
            Some(mut leaving) => {
                leaving.over = self.overlay.take().filter(|over| !matches!(over, Overlay::Leaving(_))).map(Box::new);
                self.overlay = Some(Overlay::Leaving(Box::new(leaving)));
                false
            }
        }
    }

    /// Closing waits for the disk: everything acknowledged is there already, and the files follow now. Work that cannot
    /// be saved is asked about, each time.
    pub(in crate::ui) fn guard_close(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.leaving {
            return;
        }
        if let Some(lent) = &self.lent {
            let text = t!("close-later", work = lent.title());
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.say(text);
            return;
        }
        if self.jobs.must_stay() {
            self.closing = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            return;
        }
        let now = ctx.input(|input| input.time);
        let asked = match &self.overlay {
            Some(Overlay::Leaving(leaving)) if leaving.next == Next::Out => leaving.since,
            _ => None,
        };
        // Whoever closes again while the warning stands has answered it.
        if asked.is_some_and(|since| now - since >= SAME) {
            self.leaving = true;
            return;
        }
        if asked.is_some() || !self.may_leave(Next::Out) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    /// Shows the question about unsaved work, and does what was answered.
    pub(in crate::ui) fn leaving_ui(&mut self, ctx: &egui::Context, leaving: &mut Leaving) -> Reply {
        let Some(said) = leaving.ui(ctx) else { return Reply::Open };
        match said {
            Said::Stay => match leaving.over.take() {
                None => Reply::Closed,
                Some(over) => {
                    self.overlay = Some(*over);
                    Reply::Open
                }
            },
            Said::Copy => {
                self.perform(ctx, Command::Project(ProjectCommand::SaveCopy));
                Reply::Open
            }
            Said::TryAgain => match self.unsaved(leaving.next.clone()) {
                Some(again) => {
                    let over = leaving.over.take();
                    *leaving = Leaving { tried: leaving.tried + 1, since: leaving.since, over, ..again };
                    Reply::Open
                }
                None => {
                    self.notices.saved();
                    self.go(ctx, leaving.next.clone());
                    Reply::Closed
                }
            },
            Said::Leave => {
                self.notices.saved();
                self.leaving = leaving.next == Next::Out;
                if !self.leaving
                    && let Some(work) = self.work.take()
                {
                    // One more try; that it may fail is what was answered.
                    let _ = work.session.close();
                }
                self.go(ctx, leaving.next.clone());
                Reply::Closed
            }
        }
    }

    fn go(&mut self, ctx: &egui::Context, next: Next) {
        match next {
            Next::Out => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Next::Open(dir, access) => self.open(ctx, &dir, access),
        }
    }
}

impl Leaving {
    fn ui(&mut self, ctx: &egui::Context) -> Option<Said> {
        let now = ctx.input(|input| input.time);
        let since = *self.since.get_or_insert(now);
        let mut said = ctx.input_mut(|input| {
            if input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::S) {
                Some(Said::Copy)
            } else if input.consume_key(Modifiers::COMMAND, Key::S) {
                Some(Said::TryAgain)
            } else if input.consume_key(Modifiers::COMMAND, Key::Q) && now - since >= SAME {
                Some(Said::Leave)
            } else if input.consume_key(Modifiers::NONE, Key::Escape) {
                Some(Said::Stay)
            } else {
                None
            }
        });
        let modal = crate::ui::widgets::dialog::modal(ctx, "leaving", 620.0, |ui| {
            ui.heading(t!("leaving-title"));
            ui.add_space(2.0);
            ui.label(RichText::new(t!("leaving-why", why = self.why)).color(ui.visuals().error_fg_color));
            ui.label(match self.in_journal {
                true => {
                    t!("leaving-journal")
                }
                false => {
                    t!("leaving-window")
                }
            });
            if self.tried > 0 {
                ui.label(t!("leaving-tried", count = self.tried));
            }
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                let leave = if self.in_journal { t!("leaving-to-journal") } else { t!("leaving-without") };
                for (title, meant) in [
                    (t!("leaving-again"), Said::TryAgain),
                    (t!("leaving-copy"), Said::Copy),
                    (leave, Said::Leave),
                    (t!("leaving-stay"), Said::Stay),
                ] {
                    if ui.button(title).clicked() {
                        said = Some(meant);
                    }
                }
            });
        });
        if modal.should_close() { Some(Said::Stay) } else { said }
    }
}

/// The status line's words about the work's safety, and whether all is well.
pub(in crate::ui) fn save_text(state: &SaveState) -> (String, bool) {
    match state {
        SaveState::Saved => (t!("state-saved").to_owned(), true),
        SaveState::Saving { .. } => (t!("state-saving").to_owned(), true),
        SaveState::Failed(why) => (t!("state-not-saved", why = crate::ui::workspace::card::short(why, 48)), false),
        SaveState::Unreadable(_) => (t!("state-unreadable").to_owned(), false),
        SaveState::Gone(_) => (t!("state-gone").to_owned(), false),
        SaveState::ReadOnly => (t!("state-read-only").to_owned(), true),
    }
}

/// Why it says so, at length; none where all is well.
pub(in crate::ui) fn save_reason(state: SaveState) -> Option<String> {
    match state {
        SaveState::Failed(why) => Some(t!("state-not-saved-why", why = why)),
        SaveState::Unreadable(why) => Some(t!("state-unreadable-why", why = why)),
        SaveState::Gone(file) => Some(t!("state-gone-why", file = file)),
        SaveState::Saved | SaveState::Saving { .. } | SaveState::ReadOnly => None,
    }
}
