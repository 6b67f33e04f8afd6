//! Answers to what stands over the window: given while it is painted, done once everything is.

use eframe::egui;

use crate::edit;
use crate::model::{Filler, Value};
use crate::review::{Choice, Ruling};
use crate::store::Access;
use crate::t;
use crate::ui::annotate::value_dialog::{ValueDialog, ValueFor};
use crate::ui::commands::keymap;
use crate::ui::commands::{
    AnnotateCommand, Command, CommentsCommand, DashboardCommand, NewComment, ProjectCommand, ReviewCommand,
};
use crate::ui::exchange::copies;
use crate::ui::exchange::import;
use crate::ui::review;
use crate::ui::shell::app::{App, Features};
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};

/// A person's answer to what stands over the window.
pub(in crate::ui) enum Answer {
    /// It stays, and this is done.
    Stays(Command),
    /// It is left, and this is done instead, if anything.
    Left(Option<Command>),
    /// It was confirmed.
    Confirmed,
    /// The question of identity that is looked at is decided as it is picked.
    DecideIdentity,
}

impl Answer {
    /// The answer that a dialog's reply is; none where it stays.
    pub fn of(reply: Reply) -> Option<Self> {
        match reply {
            Reply::Open => None,
            Reply::Closed => Some(Self::Left(None)),
            Reply::Done => Some(Self::Confirmed),
        }
    }
}

impl App {
    /// Lets what stands over the window keep up with its workers, before it is painted.
    pub(super) fn keep_up_overlay(&mut self) {
        let Some(mut overlay) = self.overlay.take() else { return };
        let followed = match (&mut overlay, self.parts()) {
            (Overlay::Identities(list), Some((cx, Features { reviewing, .. }))) => {
                let config = reviewing.config(cx.workspace.annotator());
                list.follow(cx.jobs, cx.workspace, &config)
            }
            (Overlay::Conflicts(list), Some((cx, ..))) => list.follow(cx.jobs, cx.workspace),
            (Overlay::Reasons(list), Some((cx, ..))) => list.follow(cx.jobs, cx.workspace),
            (Overlay::Trash(list), _) => {
                list.follow();
                Ok(())
            }
            (Overlay::LabelAll(preview), Some((cx, ..))) => {
                preview.follow(cx.workspace);
                Ok(())
            }
            _ => Ok(()),
        };
        self.overlay = Some(overlay);
        if let Err(why) = followed {
            self.fail(why);
        }
    }

    /// Does what was answered.
    pub(super) fn answer(&mut self, ctx: &egui::Context, answer: Answer) {
        match answer {
            Answer::Stays(command) => self.perform(ctx, command),
            Answer::Left(Some(command)) => {
                self.overlay = None;
                self.back_to_text(ctx);
                self.perform(ctx, command);
            }
            Answer::Left(None) => self.leave(ctx),
            Answer::Confirmed => {
                if let Some(overlay) = self.overlay.take() {
                    self.back_to_text(ctx);
                    self.confirmed(ctx, overlay);
                }
            }
            Answer::DecideIdentity => self.decide_identity(),
        }
    }

    /// Esc always comes back to the caret in the text.
    pub(in crate::ui) fn back_to_text(&self, ctx: &egui::Context) {
        if let Some(open) = self.work.as_ref().and_then(|work| work.open.as_ref()) {
            open.reader.request_focus(ctx);
        }
    }

    /// Leaves what stands over the window, for what stood there before or for the text.
    fn leave(&mut self, ctx: &egui::Context) {
        match self.overlay.take() {
            // Without a name nothing can be kept: who leaves the question gets the login name.
            Some(Overlay::Text(dialog))
                if dialog.target == TextFor::Annotator
                    && self.settings.annotator.is_empty()
                    && self.waiting.is_some() =>
            {
                self.rename(ctx, &dialog.text);
            }
            Some(Overlay::Keymap(dialog)) => dialog.leave(),
            Some(Overlay::Closing(closing)) => self.overlay = closing.over.map(|over| *over),
            Some(Overlay::Leaving(leaving)) => self.overlay = leaving.over.map(|over| *over),
            Some(Overlay::Gone) if self.work.is_some() => self.say(t!("gone-later")),
            _ => {}
        }
        if self.overlay.is_none() {
            self.back_to_text(ctx);
        }
    }

    fn confirmed(&mut self, ctx: &egui::Context, overlay: Overlay) {
        match overlay {
            Overlay::Text(dialog) => self.written(ctx, *dialog),
            Overlay::Value(dialog) => self.valued(ctx, &dialog),
            Overlay::Path(dialog) => self.pathed(ctx, &dialog),
            Overlay::Describe(dialog) => {
                let by = self.work.as_ref().map(|work| work.annotator().clone());
                if let Some(by) = by {
                    self.commit(edit::describe(&dialog.before, dialog.after, &by));
                }
            }
            Overlay::LabelAll(preview) => {
                let transaction = self.work.as_ref().map(|work| preview.transaction(work));
                if let Some(transaction) = transaction {
                    let (count, left_out) = (preview.chosen(), preview.left_out());
                    let title = transaction.title.clone();
                    self.commit(transaction);
                    let done = t!("bulk-done", step = crate::ui::workspace::steps::title(&title), count = count);
                    self.say(if left_out == 0 { done } else { t!("bulk-zones", done = done, count = left_out) });
                }
            }
            Overlay::Reviewers(dialog) => {
                if let Some(setup) = dialog.setup() {
                    self.compare(setup);
                }
            }
            Overlay::Premerge(dialog) => self.merge(*dialog),
            Overlay::Keymap(_) => {
                let keys = keymap::to_settings(&keymap::current());
                self.change_settings(|settings| settings.keys = keys);
            }
            Overlay::Program(dialog) => self.keep_program(&dialog),
            Overlay::NewProject(dialog) => self.make(dialog.project()),
            Overlay::Import(dialog) => {
                if let Some((pending, map)) = dialog.taken() {
                    self.undertake(import::bring_in(pending, map));
                }
            }
            Overlay::Confirm { command, .. } => self.perform(ctx, command),
            Overlay::Locked { dir, .. } => self.open(ctx, &dir, Access::Read),
            Overlay::Export(_)
            | Overlay::Picker(_)
            | Overlay::Keys
            | Overlay::Preferences
            | Overlay::Suggestions
            | Overlay::About
            | Overlay::Guidelines(_)
            | Overlay::Leaving(_)
            | Overlay::Gone
            | Overlay::Reports(_)
            | Overlay::Problems
            | Overlay::Comments(_)
            | Overlay::Identities(_)
            | Overlay::Reasons(_)
            | Overlay::Conflicts(_)
            | Overlay::Trash(_)
            | Overlay::Closing(_) => {}
        }
    }

    fn commit(&mut self, transaction: edit::Transaction) {
        if let Some(work) = &mut self.work
            && let Err(error) = work.commit(transaction)
        {
            self.fail(error);
        }
    }

    /// The text of a dialog becomes a command.
    fn written(&mut self, ctx: &egui::Context, dialog: TextDialog) {
        let text = dialog.text.trim().to_owned();
        let command: Command = match dialog.target {
            TextFor::Annotator => return self.rename(ctx, &text),
            TextFor::Title => ProjectCommand::SetTitle(text).into(),
            TextFor::Gap => ReviewCommand::SetGap(text).into(),
            TextFor::CaseText => ReviewCommand::SetCaseText(text).into(),
            TextFor::Note(id) => AnnotateCommand::WriteNote(id, text).into(),
            TextFor::Attribute { ids, name } => {
                AnnotateCommand::SetAttribute(ids, name, (!text.is_empty()).then_some(text)).into()
            }
            TextFor::Comment { article, on, at, to } => {
                let chosen = to.into_iter().filter(|person| person.chosen);
                let to = chosen.map(|person| (person.name, person.on)).collect();
                CommentsCommand::Write(Box::new(NewComment { article, on, to, at, text })).into()
            }
            TextFor::Answer(key) => CommentsCommand::WriteAnswer(key, text).into(),
            TextFor::Reword(id) => CommentsCommand::WriteAnew(id, text).into(),
        };
        self.perform(ctx, command);
    }

    fn valued(&mut self, ctx: &egui::Context, dialog: &ValueDialog) {
        let Ok(value) = dialog.value() else { return };
        let command = match (&dialog.target, value) {
            (ValueFor::Role { frame, role }, value) => {
                AnnotateCommand::Fill(*frame, role.clone(), Filler::Value(value))
            }
            (ValueFor::Attribute { ids, name }, Value::Date(date)) => {
                AnnotateCommand::SetAttribute(ids.clone(), name.clone(), Some(date.to_string()))
            }
            (ValueFor::Attribute { ids, name }, Value::Text(text)) => {
                AnnotateCommand::SetAttribute(ids.clone(), name.clone(), Some(text))
            }
        };
        self.perform(ctx, command.into());
    }

    fn pathed(&mut self, ctx: &egui::Context, dialog: &PathDialog) {
        let paths = dialog.paths();
        let Some(first) = paths.first() else { return };
        match dialog.purpose {
            Purpose::Open => self.open(ctx, first, Access::Write),
            Purpose::Add => self.undertake(import::add(paths)),
            Purpose::Copy => self.undertake(copies::copy(first.clone())),
            Purpose::Figures(file) => {
                self.perform(ctx, DashboardCommand::Write(file, first.clone()).into());
                // A picture is taken of a window without this dialog.
                ctx.request_repaint();
            }
        }
    }

    /// Compares others from now on, in this project.
    fn compare(&mut self, setup: review::Setup) {
        if let Some(work) = &mut self.work {
            work.session.change_project_soon(|project| setup.change(project));
            self.dashboard.again();
        }
        self.reviewing.compare(setup);
    }

    /// Merges what was made ready, as it was answered.
    fn merge(&mut self, dialog: review::PremergeDialog) {
        let Some((cx, Features { reviewing, .. })) = self.parts() else { return };
        let merged = reviewing.merge(cx.workspace, dialog);
        if merged.is_ok() {
            reviewing.follow(cx.jobs, cx.workspace);
        }
        match merged {
            Ok(said) => self.say(said),
            Err(why) => self.fail(why),
        }
    }

    fn decide_identity(&mut self) {
        let Some(mut overlay) = self.overlay.take() else { return };
        if let (Overlay::Identities(list), Some((cx, Features { reviewing, .. }))) = (&mut overlay, self.parts()) {
            let by = cx.workspace.annotator().clone();
            let config = reviewing.config(&by);
            let (reason, gap) = (reviewing.reason.clone(), reviewing.gap.clone());
            list.decide(cx.jobs, cx.workspace, &config, &Ruling { choice: Choice::Nothing, by, reason, gap });
        }
        self.overlay = Some(overlay);
    }
}
