//! Shows what stands over the window, and does what it was answered.

use eframe::egui::{self, Key, Modifiers, RichText};

use crate::edit;
use crate::model::{Filler, Problem, Value};
use crate::review::{Choice, Ruling};
use crate::store::{Access, Session};
use crate::t;
use crate::ui::annotate::value_dialog::{ValueDialog, ValueFor};
use crate::ui::commands::View;
use crate::ui::commands::{self, AnnotateCommand, Command, CommentsCommand, NewComment, ProjectCommand, ReviewCommand};
use crate::ui::comments;
use crate::ui::exchange::copies;
use crate::ui::exchange::import;
use crate::ui::review;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::status_line;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::widgets::picker::Picked;
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

impl App {
    /// Shows what stands over the window; true where it was answered.
    pub(in crate::ui) fn overlay_ui(&mut self, ctx: &egui::Context) -> bool {
        let Some(mut overlay) = self.overlay.take() else { return false };
        let reply = self.show(ctx, &mut overlay);
        let answered = reply != Reply::Open || self.overlay.is_some();
        match reply {
            // An answer may have put another overlay in place.
            Reply::Open => self.overlay = self.overlay.take().or(Some(overlay)),
            Reply::Closed => self.leave(ctx, &overlay),
            Reply::Done => {
                self.back_to_text(ctx);
                self.answered(ctx, overlay);
            }
        }
        answered
    }

    fn show(&mut self, ctx: &egui::Context, overlay: &mut Overlay) -> Reply {
        match overlay {
            Overlay::Picker(picker) => match picker.ui(ctx) {
                Picked::Open => Reply::Open,
                Picked::Closed => Reply::Closed,
                Picked::Chosen(command) => {
                    self.back_to_text(ctx);
                    self.perform(ctx, command);
                    match self.overlay {
                        Some(_) => Reply::Open,
                        None => Reply::Closed,
                    }
                }
            },
            Overlay::Keys => {
                let closed = escaped(ctx) || !status_line::keys(ctx, self.work.as_ref(), &self.settings.language);
                if closed { Reply::Closed } else { Reply::Open }
            }
            Overlay::Problems => self.problems(ctx),
            Overlay::Text(dialog) => dialog.ui(ctx),
            Overlay::Value(dialog) => dialog.ui(ctx),
            Overlay::Describe(dialog) => dialog.ui(ctx),
            Overlay::Path(dialog) => dialog.ui(ctx),
            Overlay::Import(dialog) => dialog.ui(ctx),
            Overlay::Export(dialog) => dialog.ui(ctx),
            Overlay::LabelAll(replicate) => match &mut self.work {
                Some(work) => replicate.ui(ctx, work),
                None => Reply::Closed,
            },
            Overlay::Reviewers(dialog) => dialog.ui(ctx),
            Overlay::Premerge(dialog) => dialog.ui(ctx),
            Overlay::Identities(list) => self.identities(ctx, list),
            Overlay::Comments(list) => self.comments(ctx, list),
            Overlay::Closing(closing) => self.closing_ui(ctx, closing),
            Overlay::Leaving(leaving) => self.leaving_ui(ctx, leaving),
            Overlay::Gone => self.gone_ui(ctx),
            Overlay::Reports(shown) => self.reports_ui(ctx, shown),
            Overlay::Confirm { title, message, yes, .. } => confirm(ctx, title, message, yes),
            Overlay::Locked { message, .. } => confirm(ctx, t!("locked-title"), message, t!("locked-read")),
        }
    }

    /// Esc always comes back to the caret in the text.
    pub(in crate::ui) fn back_to_text(&self, ctx: &egui::Context) {
        if let Some(open) = self.work.as_ref().and_then(|work| work.open.as_ref()) {
            open.reader.request_focus(ctx);
        }
    }

    fn leave(&mut self, ctx: &egui::Context, overlay: &Overlay) {
        // Without a name nothing can be kept: who leaves the question gets the login name.
        if let Overlay::Text(dialog) = overlay
            && dialog.target == TextFor::Annotator
            && self.settings.annotator.is_empty()
        {
            self.rename(ctx, &dialog.text);
        }
        self.back_to_text(ctx);
    }

    fn answered(&mut self, ctx: &egui::Context, overlay: Overlay) {
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
            Overlay::LabelAll(replicate) => {
                let transaction = self.work.as_ref().map(|work| replicate.transaction(work));
                if let Some(transaction) = transaction {
                    let count = replicate.chosen();
                    let title = transaction.title.clone();
                    self.commit(transaction);
                    self.say(t!("bulk-done", step = crate::ui::workspace::steps::title(&title), count = count));
                }
            }
            Overlay::Reviewers(dialog) => {
                if let Some(setup) = dialog.setup() {
                    self.compare(setup);
                }
            }
            Overlay::Premerge(dialog) => self.perform(ctx, ReviewCommand::PremergeNow(dialog.scope).into()),
            Overlay::Import(dialog) => {
                if let Some((pending, map, extend)) = dialog.taken() {
                    self.lend(import::bring_in(pending, map, extend));
                }
            }
            Overlay::Confirm { command, .. } => self.perform(ctx, command),
            Overlay::Locked { dir, .. } => self.open(ctx, &dir, Access::Read),
            Overlay::Export(_)
            | Overlay::Picker(_)
            | Overlay::Keys
            | Overlay::Leaving(_)
            | Overlay::Gone
            | Overlay::Reports(_)
            | Overlay::Problems
            | Overlay::Comments(_)
            | Overlay::Identities(_)
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
            TextFor::Gap => ReviewCommand::SetGap(text).into(),
            TextFor::Note(id) => AnnotateCommand::WriteNote(id, text).into(),
            TextFor::Attribute { ids, name } => {
                AnnotateCommand::SetAttribute(ids, name, (!text.is_empty()).then_some(text)).into()
            }
            TextFor::Comment { article, on, at } => {
                CommentsCommand::Write(Box::new(NewComment { article, on, at, text })).into()
            }
            TextFor::Answer(key) => CommentsCommand::WriteAnswer(key, text).into(),
            TextFor::Reword(id) => CommentsCommand::WriteAnew(id, text).into(),
        };
        self.perform(ctx, command);
    }

    /// Compares others from now on, in this project.
    fn compare(&mut self, setup: review::Setup) {
        if let Some(work) = &mut self.work {
            work.session.change_project_soon(|project| setup.change(project));
            self.dashboard.again();
        }
        self.reviewing.compare(setup);
    }

    fn identities(&mut self, ctx: &egui::Context, list: &mut review::Identities) -> Reply {
        let Some((cx, reviewing, _)) = self.parts() else { return Reply::Closed };
        let by = cx.workspace.annotator().clone();
        let config = reviewing.config(&by);
        let (reason, gap) = (reviewing.reason.clone(), reviewing.gap.clone());
        let ruling = Ruling { choice: Choice::Nothing, by, reason, gap };
        match list.ui(ctx, cx.workspace, &config, &ruling, cx.theme) {
            review::Asked::Reply(reply) => reply,
            review::Asked::Failed(why) => {
                self.fail(why);
                Reply::Open
            }
            review::Asked::Look(article, place) => {
                cx.workspace.show_at(cx.jobs, &article, place);
                Reply::Closed
            }
        }
    }

    fn comments(&mut self, ctx: &egui::Context, list: &mut comments::CommentList) -> Reply {
        let (everybody, theme) = (self.view == View::Review, Theme::of(ctx.global_style().visuals.dark_mode));
        let Some(work) = &mut self.work else { return Reply::Closed };
        let (stays, command) = match list.ui(ctx, work, everybody, theme) {
            comments::Asked::Stay(command) => (true, command),
            comments::Asked::Leave(command) => (false, command),
        };
        if let Some(command) = command {
            self.back_to_text(ctx);
            self.perform(ctx, command);
        }
        if stays || self.overlay.is_some() { Reply::Open } else { Reply::Closed }
    }

    fn valued(&mut self, ctx: &egui::Context, dialog: &ValueDialog) {
        let Ok(value) = dialog.value() else { return };
        let command = match (&dialog.target, value) {
            (ValueFor::Role { frame, role }, value) => {
                Command::Annotate(AnnotateCommand::Fill(*frame, role.clone(), Filler::Value(value)))
            }
            (ValueFor::Attribute { ids, name }, Value::Date(date)) => {
                Command::Annotate(AnnotateCommand::SetAttribute(ids.clone(), name.clone(), Some(date.to_string())))
            }
            (ValueFor::Attribute { ids, name }, Value::Text(text)) => {
                Command::Annotate(AnnotateCommand::SetAttribute(ids.clone(), name.clone(), Some(text)))
            }
        };
        self.perform(ctx, command);
    }

    fn pathed(&mut self, ctx: &egui::Context, dialog: &PathDialog) {
        let paths = dialog.paths();
        let Some(first) = paths.first() else { return };
        match dialog.purpose {
            Purpose::Open => self.open(ctx, first, Access::Write),
            Purpose::Add => self.lend(import::add(paths)),
            Purpose::Copy => self.lend(copies::copy(first.clone())),
            Purpose::Figures(file) => self.dashboard.save(ctx, first.clone(), file),
            Purpose::New => {
                let title = first
                    .file_name()
                    .map_or(t!("new-project-title").into(), |name| name.to_string_lossy().into_owned());
                let dir = first.clone();
                let make = move |_: &Ticket| Session::create(&dir, &title, crate::model::Schema::trips());
                self.making =
                    Some((first.clone(), self.jobs.start_kept(t!("job-making-project", path = first.display()), make)));
            }
        }
    }

    fn problems(&mut self, ctx: &egui::Context) -> Reply {
        let Some(work) = &mut self.work else { return Reply::Closed };
        let problems = work.problems();
        let mut reply = if escaped(ctx) { Reply::Closed } else { Reply::Open };
        let (mut asked, mut mended) = (None, None);
        let modal = crate::ui::widgets::dialog::modal(ctx, "problems", 760.0, |ui| {
            ui.heading(t!("problems-title", count = problems.len()));
            if problems.is_empty() {
                ui.label(t!("problems-none"));
            }
            egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show_rows(
                ui,
                ui.spacing().interact_size.y,
                problems.len(),
                |ui, rows| {
                    for problem in &problems[rows] {
                        let sign = if problem.severity == crate::model::Severity::Error { "!" } else { "·" };
                        let text = RichText::new(format!("{sign} {problem}"));
                        ui.horizontal(|ui| {
                            if let Some(command) = remedy(problem)
                                && ui.button(commands::find(&command).map_or("", |entry| entry.title())).clicked()
                            {
                                mended = Some(command);
                            }
                            if ui.add(egui::Button::new(text).frame(false).truncate()).clicked() {
                                asked = Workspace::place_of(problem);
                            }
                        });
                    }
                },
            );
            if ui.button(t!("close-esc")).clicked() {
                reply = Reply::Closed;
            }
        });
        if let Some((article, annotation)) = asked {
            work.show(&self.jobs, &article, annotation);
            reply = Reply::Closed;
        }
        if modal.should_close() {
            reply = Reply::Closed;
        }
        if let Some(command) = mended {
            self.perform(ctx, command);
            return if self.overlay.is_some() { Reply::Open } else { Reply::Closed };
        }
        reply
    }
}

/// The remedies of a problem in its row.
fn remedy(problem: &Problem) -> Option<Command> {
    match problem.code {
        "journal-elsewhere" => Some(Command::Project(ProjectCommand::BringInElsewhere)),
        "file-gone" => Some(Command::Project(ProjectCommand::MissingFiles)),
        _ => None,
    }
}

fn escaped(ctx: &egui::Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

fn confirm(ctx: &egui::Context, title: &str, message: &str, yes: &str) -> Reply {
    let mut reply = crate::ui::widgets::dialog::keys(ctx, Modifiers::NONE);
    let modal = crate::ui::widgets::dialog::modal(ctx, "confirm", 460.0, |ui| {
        ui.heading(title);
        ui.label(message);
        reply = crate::ui::widgets::dialog::buttons(ui, yes, true, reply);
    });
    if modal.should_close() { Reply::Closed } else { reply }
}
