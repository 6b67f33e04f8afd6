//! Shows what stands over the window.

use crate::lang::InWords;
use eframe::egui::{self, Key, Modifiers, RichText};

use crate::model::Problem;
use crate::t;
use crate::ui::commands::{self, Command, ProjectCommand, View};
use crate::ui::comments;
use crate::ui::review;
use crate::ui::shell::answers::Answer;
use crate::ui::shell::app::App;
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::{missing_files_ui, preferences, reports_ui, status_line, suggestions};
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::picker::{Picked, Picker};
use crate::ui::workspace::Workspace;

impl App {
    /// Shows what stands over the window; gives what was answered.
    pub(super) fn overlay_ui(&mut self, ctx: &egui::Context) -> Option<Answer> {
        let mut overlay = self.overlay.take()?;
        let answer = self.show(ctx, &mut overlay);
        self.overlay = Some(overlay);
        answer
    }

    fn show(&mut self, ctx: &egui::Context, overlay: &mut Overlay) -> Option<Answer> {
        let reply = match (overlay, &mut self.work) {
            (Overlay::Picker(picker), _) => return picked(ctx, picker),
            (Overlay::Keys, work) => {
                let closed = escaped(ctx) || !status_line::keys(ctx, work.as_ref(), &self.settings.language);
                if closed { Reply::Closed } else { Reply::Open }
            }
            (Overlay::Keymap(dialog), _) => dialog.ui(ctx, self.theme),
            (Overlay::Preferences, _) => return preferences::ui(ctx, &self.settings),
            (Overlay::Suggestions, _) => return suggestions::ui(ctx, &self.settings, self.work.as_ref()),
            (Overlay::Program(dialog), _) => dialog.ui(ctx),
            (Overlay::About, _) => about(ctx),
            (Overlay::Guidelines(dialog), _) => dialog.ui(ctx, self.theme),
            (Overlay::Text(dialog), _) => dialog.ui(ctx),
            (Overlay::Value(dialog), _) => dialog.ui(ctx),
            (Overlay::Describe(dialog), _) => dialog.ui(ctx),
            (Overlay::Path(dialog), _) => dialog.ui(ctx, &self.jobs),
            (Overlay::NewProject(dialog), _) => dialog.ui(ctx, &self.jobs),
            (Overlay::Import(dialog), _) => dialog.ui(ctx, &self.jobs),
            (Overlay::Export(dialog), _) => dialog.ui(ctx, &self.jobs),
            (Overlay::Reviewers(dialog), _) => dialog.ui(ctx),
            (Overlay::Premerge(dialog), _) => dialog.ui(ctx, self.theme),
            (Overlay::Closing(_), _) => closing(ctx),
            (Overlay::Leaving(leaving), _) => return leaving.ui(ctx),
            (Overlay::Reports(shown), _) => return reports_ui::ui(ctx, shown, self.left_behind.folder.as_deref()),
            (Overlay::Confirm { title, message, yes, .. }, _) => confirm(ctx, title, message, yes),
            (Overlay::Locked { message, .. }, _) => confirm(ctx, t!("locked-title"), message, t!("locked-read")),
            (Overlay::Problems, Some(work)) => return problems(ctx, &work.problems()),
            (Overlay::LabelAll(preview), Some(work)) => preview.ui(ctx, work, &self.jobs),
            (Overlay::Identities(list), Some(_)) => {
                return identities(list.ui(ctx, self.theme, &self.settings.language));
            }
            (Overlay::Reasons(list), Some(_)) => {
                return match list.ui(ctx, self.theme)? {
                    review::ReasonsAsked::Left(command) => Some(Answer::Left(command)),
                    review::ReasonsAsked::Copy(table) => {
                        ctx.copy_text(table);
                        self.say(t!("reasons-copied"));
                        None
                    }
                };
            }
            (Overlay::Trash(list), Some(work)) => {
                return list.ui(ctx, !work.session.read_only(), self.theme).map(Answer::Left);
            }
            (Overlay::Conflicts(list), Some(work)) => {
                return match list.ui(ctx, work, self.theme)? {
                    review::ConflictsAsked::Left(command) => Some(Answer::Left(command)),
                    review::ConflictsAsked::Settle(command) => Some(Answer::Stays(command)),
                };
            }
            (Overlay::Comments(list), Some(work)) => {
                let threads = work.threads(self.view == View::Review);
                return match list.ui(ctx, work, &threads, self.theme) {
                    comments::Asked::Stay(command) => command.map(Answer::Stays),
                    comments::Asked::Leave(command) => Some(Answer::Left(command)),
                };
            }
            (Overlay::Gone, Some(work)) => return missing_files_ui::ui(ctx, &work.session),
            // These are about the project, and go with it.
            (
                Overlay::Problems
                | Overlay::LabelAll(_)
                | Overlay::Identities(_)
                | Overlay::Reasons(_)
                | Overlay::Conflicts(_)
                | Overlay::Comments(_)
                | Overlay::Trash(_)
                | Overlay::Gone,
                None,
            ) => Reply::Closed,
        };
        Answer::of(reply)
    }
}

fn identities(asked: review::Asked) -> Option<Answer> {
    match asked {
        review::Asked::Nothing => None,
        review::Asked::Closed => Some(Answer::Left(None)),
        review::Asked::Decide => Some(Answer::DecideIdentity),
        review::Asked::Look(article, place) => {
            Some(Answer::Left(Some(ProjectCommand::LookAtWords(article, place).into())))
        }
    }
}

fn picked(ctx: &egui::Context, picker: &mut Picker) -> Option<Answer> {
    match picker.ui(ctx) {
        Picked::Open => None,
        Picked::Closed => Some(Answer::Left(None)),
        Picked::Chosen(command) => Some(Answer::Left(Some(command))),
    }
}

fn problems(ctx: &egui::Context, problems: &[Problem]) -> Option<Answer> {
    let mut closed = escaped(ctx);
    let mut asked = None;
    let modal = dialog::modal(ctx, "problems", 760.0, |ui| {
        dialog::heading(ui, t!("problems-title", count = problems.len()));
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
                    let text = RichText::new(format!("{sign} {}", problem.told()));
                    ui.horizontal(|ui| {
                        if let Some(command) = remedy(problem)
                            && ui.button(commands::find(&command).map_or("", |entry| entry.title())).clicked()
                        {
                            asked = Some(command);
                        }
                        if ui.add(egui::Button::new(text).frame(false).truncate()).clicked()
                            && let Some((article, annotation)) = Workspace::place_of(problem)
                        {
                            asked = Some(ProjectCommand::LookAt(article, annotation).into());
                        }
                    });
                }
            },
        );
        closed |= ui.button(t!("close-esc")).clicked();
    });
    (closed || asked.is_some() || modal.should_close()).then_some(Answer::Left(asked))
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

/// Says that everything is being written, before the project is left.
fn closing(ctx: &egui::Context) -> Reply {
    let mut stays = escaped(ctx);
    dialog::modal(ctx, "closing", 360.0, |ui| {
        ui.horizontal(|ui| {
            ui.spinner();
            let title = ui.label(t!("closing-saving"));
            dialog::name(ui, &title);
        });
        ui.add_space(6.0);
        stays |= ui.button(t!("leaving-stay")).clicked();
    });
    // A click beside it may be the one that asked for another project.
    if stays { Reply::Closed } else { Reply::Open }
}

/// Says what the program is.
fn about(ctx: &egui::Context) -> Reply {
    let mut closed = dialog::keys(ctx, Modifiers::NONE) != Reply::Open;
    let modal = dialog::modal(ctx, "about", 420.0, |ui| {
        dialog::heading(ui, format!("Jejak {}", env!("CARGO_PKG_VERSION")));
        ui.label(t!("about-what"));
        ui.weak(t!("about-licence", licence = env!("CARGO_PKG_LICENSE")));
        ui.weak(t!("about-fonts"));
        ui.add_space(6.0);
        closed |= ui.button(t!("close-esc")).clicked();
    });
    if closed || modal.should_close() { Reply::Closed } else { Reply::Open }
}

fn confirm(ctx: &egui::Context, title: &str, message: &str, yes: &str) -> Reply {
    dialog::ask(ctx, "confirm", 460.0, Modifiers::NONE, |ui, reply| {
        dialog::heading(ui, title);
        ui.label(message);
        dialog::buttons(ui, yes, true, reply)
    })
}
