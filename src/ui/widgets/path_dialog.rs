//! A dialog for a path: typed, chosen among recent ones, or picked in the system's file chooser where one answers.

use std::path::PathBuf;

use eframe::egui::{self, Modifiers};

use crate::ingest::{extensions, extensions_line};
use crate::t;
use crate::ui::commands::FigureFile;
use crate::ui::widgets::chooser::{self, Chooser};
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::jobs::Jobs;

/// The purpose of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A project to open.
    Open,
    /// A folder that a copy of the project is written to.
    Copy,
    /// Articles to add: several paths, one a line.
    Add,
    /// A file for what the dashboard shows.
    Figures(FigureFile),
}

/// The open dialog.
pub struct PathDialog {
    /// The purpose of the path.
    pub purpose: Purpose,
    text: String,
    recent: Vec<PathBuf>,
    chooser: Chooser,
    fresh: bool,
}

impl PathDialog {
    /// A dialog that offers these recent paths.
    pub fn new(purpose: Purpose, recent: &[PathBuf]) -> Self {
        let (text, recent) = (String::new(), recent.to_vec());
        Self { purpose, text, recent, chooser: Chooser::default(), fresh: true }
    }

    /// With a path to begin with.
    #[must_use]
    pub fn with_path(mut self, path: String) -> Self {
        self.text = path;
        self
    }

    /// The paths that are written, without quotes; `~` is the home folder.
    pub fn paths(&self) -> Vec<PathBuf> {
        chooser::paths(&self.text)
    }

    /// Shows it; [`Reply::Done`] only where there is a path.
    pub fn ui(&mut self, ctx: &egui::Context, jobs: &Jobs) -> Reply {
        if let Some(chosen) = self.chooser.chosen() {
            let before = if self.purpose == Purpose::Add { &self.text } else { "" };
            self.text = chooser::with_more(before, &chosen);
        }
        let confirm = if self.purpose == Purpose::Add { Modifiers::COMMAND } else { Modifiers::NONE };
        let reply = dialog::ask(ctx, "path", 560.0, confirm, |ui, mut reply| {
            let (heading, label, act) = match self.purpose {
                Purpose::Open => (t!("path-open-title"), t!("path-open-label"), t!("path-open-act")),
                Purpose::Copy => (t!("path-copy-title"), t!("path-copy-label"), t!("path-copy-act")),
                Purpose::Figures(FigureFile::Picture) => {
                    (t!("path-picture-title"), t!("path-picture-label"), t!("path-save-act"))
                }
                Purpose::Figures(FigureFile::Table) => {
                    (t!("path-csv-title"), t!("path-csv-label"), t!("path-save-act"))
                }
                Purpose::Add => (t!("path-add-title"), t!("path-add-label"), t!("path-add-act")),
            };
            dialog::heading(ui, heading);
            let label = ui.label(label);
            if self.purpose == Purpose::Add {
                ui.weak(t!("path-add-kinds", kinds = extensions_line()));
            }
            let field = if self.purpose == Purpose::Add {
                egui::TextEdit::multiline(&mut self.text).desired_rows(4)
            } else {
                egui::TextEdit::singleline(&mut self.text)
            };
            let field = field.desired_width(f32::INFINITY).show(ui).response.response.labelled_by(label.id);
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
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
                match self.purpose {
                    Purpose::Open | Purpose::Copy => {
                        self.chooser
                            .button(ui, jobs, t!("browse"), |dialog| dialog.pick_folder().map(|path| vec![path]));
                    }
                    Purpose::Add => {
                        self.chooser.button(ui, jobs, t!("browse"), |dialog| {
                            let readable = dialog.add_filter(t!("articles"), &extensions());
                            readable.add_filter(t!("path-add-all"), &["*"]).pick_files()
                        });
                        self.chooser.folders(ui, jobs);
                    }
                    Purpose::Figures(_) => {
                        self.chooser.button(ui, jobs, t!("browse"), |dialog| dialog.save_file().map(|path| vec![path]));
                    }
                }
                if ui.button(t!("cancel-esc")).clicked() {
                    reply = Reply::Closed;
                }
            });
            ui.horizontal_wrapped(|ui| self.chooser.state(ui));
            reply
        });
        if reply == Reply::Done && self.paths().is_empty() {
            return Reply::Open;
        }
        reply
    }
}
