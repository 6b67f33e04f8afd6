//! A dialog for a path: typed, chosen among recent ones, or picked in the system's file chooser where one answers.

use std::path::PathBuf;

use eframe::egui::{self, Modifiers, RichText};

use super::job::{Job, Outcome};
use super::overlay::Reply;

/// What the path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A project to open.
    Open,
    /// A folder that becomes a project.
    New,
    /// Articles to add: several paths, one a line.
    Add,
}

/// The open dialog.
pub struct PathDialog {
    /// What the path is for.
    pub purpose: Purpose,
    text: String,
    recent: Vec<PathBuf>,
    chooser: Option<Job<Option<Vec<PathBuf>>>>,
    hint: Option<String>,
    fresh: bool,
}

impl PathDialog {
    /// A dialog that offers these recent paths.
    pub fn new(purpose: Purpose, recent: &[PathBuf]) -> Self {
        let (text, recent) = (String::new(), recent.to_vec());
        Self { purpose, text, recent, chooser: None, hint: None, fresh: true }
    }

    /// The paths that are written, without quotes; `~` is the home folder.
    pub fn paths(&self) -> Vec<PathBuf> {
        let lines = self.text.lines().map(|line| line.trim().trim_matches(['"', '\'']));
        lines.filter(|line| !line.is_empty()).map(expand).collect()
    }

    /// Shows it; [`Reply::Done`] only where there is a path.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        self.poll();
        let mut reply =
            super::dialog::keys(ctx, if self.purpose == Purpose::Add { Modifiers::COMMAND } else { Modifiers::NONE });
        let modal = super::dialog::modal(ctx, "path", 560.0, |ui| {
            let (heading, label, act) = match self.purpose {
                Purpose::Open => ("Open a project", "Project folder", "Open (Enter)"),
                Purpose::New => ("New project", "Folder for the project (made if it is not there)", "Create (Enter)"),
                Purpose::Add => (
                    "Add articles",
                    "Files and folders, one a line (.txt .md .html .json .jsonl .csv .docx); or drop them on the window",
                    "Add (Ctrl+Enter)",
                ),
            };
            ui.heading(heading);
            let label = ui.label(label);
            let field = if self.purpose == Purpose::Add {
                egui::TextEdit::multiline(&mut self.text).desired_rows(4)
            } else {
                egui::TextEdit::singleline(&mut self.text)
            };
            let field = field.desired_width(f32::INFINITY).show(ui).response.response.labelled_by(label.id);
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
            }
            if let Some(hint) = &self.hint {
                ui.label(RichText::new(hint).color(ui.visuals().warn_fg_color));
            }
            for path in &self.recent {
                if ui.selectable_label(false, path.display().to_string()).clicked() {
                    self.text = path.display().to_string();
                    reply = Reply::Done;
                }
            }
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                if ui.add_enabled(!self.text.trim().is_empty(), egui::Button::new(act)).clicked() {
                    reply = Reply::Done;
                }
                let waiting = self.chooser.is_some();
                if ui.add_enabled(!waiting, egui::Button::new("Browse…")).clicked() {
                    self.browse(ctx);
                }
                if self.purpose == Purpose::Add && ui.add_enabled(!waiting, egui::Button::new("Folder…")).clicked() {
                    self.choose(ctx, rfd::FileDialog::pick_folders);
                }
                if waiting {
                    ui.spinner();
                    ui.label("the system's file chooser is open");
                }
                if ui.button("Cancel (Esc)").clicked() {
                    reply = Reply::Closed;
                }
            });
        });
        if modal.should_close() {
            reply = Reply::Closed;
        }
        if reply == Reply::Done && self.paths().is_empty() {
            reply = Reply::Open;
        }
        reply
    }

    fn browse(&mut self, ctx: &egui::Context) {
        match self.purpose {
            Purpose::Open | Purpose::New => self.choose(ctx, |dialog| dialog.pick_folder().map(|path| vec![path])),
            Purpose::Add => self.choose(ctx, rfd::FileDialog::pick_files),
        }
    }

    /// Asks the system's chooser on a thread: it may hang for as long as it likes, and typing goes on.
    fn choose(
        &mut self,
        ctx: &egui::Context,
        pick: impl FnOnce(rfd::FileDialog) -> Option<Vec<PathBuf>> + Send + 'static,
    ) {
        self.hint = None;
        self.chooser = Some(Job::start(ctx, "choosing", move |_| pick(rfd::FileDialog::new())));
    }

    fn poll(&mut self) {
        let Some(chooser) = &self.chooser else { return };
        let chosen = match chooser.poll() {
            Outcome::Running => return,
            Outcome::Done(chosen) => chosen,
            Outcome::Broken => None,
        };
        self.chooser = None;
        match chosen {
            Some(paths) => {
                let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                let before = if self.purpose == Purpose::Add { self.text.trim_end() } else { "" };
                let gap = if before.is_empty() { "" } else { "\n" };
                self.text = format!("{before}{gap}{}", lines.join("\n"));
            }
            // The chooser says the same for "cancelled" and for "there is none here".
            None => {
                self.hint =
                    Some("Nothing was chosen. Where no file chooser opens, type or paste the path above.".to_owned());
            }
        }
    }
}

fn expand(path: &str) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match path.strip_prefix("~/").and_then(|rest| Some(home()?.join(rest))) {
        Some(path) => path,
        None => PathBuf::from(path),
    }
}
