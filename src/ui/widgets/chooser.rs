//! The system's file chooser, asked on a thread: it may hang for as long as it likes, and typing goes on.

use std::path::PathBuf;

use eframe::egui::{self, RichText};

use crate::lang::Key;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::{key, t};

/// The chooser of one dialog.
#[derive(Default)]
pub struct Chooser {
    asked: Option<Job<Option<Vec<PathBuf>>>>,
    hint: Option<Key>,
}

/// The chooser says the same for "cancelled" and for "there is none here".
const NOTHING: Key = key!("chooser-nothing");

impl Chooser {
    /// A button that opens the chooser; true where it was clicked.
    pub fn button(
        &mut self,
        ui: &mut egui::Ui,
        jobs: &Jobs,
        title: &str,
        pick: impl FnOnce(rfd::FileDialog) -> Option<Vec<PathBuf>> + Send + 'static,
    ) -> bool {
        let clicked = ui.add_enabled(self.asked.is_none(), egui::Button::new(title)).clicked();
        if clicked {
            self.hint = None;
            self.asked = Some(jobs.start(t!("chooser-open"), move |_| pick(rfd::FileDialog::new())));
        }
        clicked
    }

    /// A button that opens the chooser for folders; true where it was clicked.
    pub fn folders(&mut self, ui: &mut egui::Ui, jobs: &Jobs) -> bool {
        self.button(ui, jobs, t!("browse-folder"), rfd::FileDialog::pick_folders)
    }

    /// Says that the chooser is open, or that it gave nothing.
    pub fn state(&self, ui: &mut egui::Ui) {
        if self.asked.is_some() {
            ui.spinner();
            ui.label(t!("chooser-open"));
        }
        if let Some(hint) = self.hint {
            ui.label(RichText::new(hint.text()).color(ui.visuals().warn_fg_color));
        }
    }

    /// The choice since the last call.
    pub fn chosen(&mut self) -> Option<Vec<PathBuf>> {
        let chosen = Job::over(&mut self.asked)?.flatten();
        if chosen.is_none() {
            self.hint = Some(NOTHING);
        }
        chosen
    }
}

/// A path as a person writes it: without quotes, `~` for the home folder.
pub fn expand(path: &str) -> PathBuf {
    let path = path.trim().trim_matches(['"', '\'']);
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match path.strip_prefix("~/").and_then(|rest| Some(home()?.join(rest))) {
        Some(path) => path,
        None => PathBuf::from(path),
    }
}

/// The paths of a text, one a line.
pub fn paths(text: &str) -> Vec<PathBuf> {
    text.lines().map(expand).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// A text of paths with more of them, one a line.
pub fn with_more(text: &str, more: &[PathBuf]) -> String {
    let lines: Vec<String> = more.iter().map(|path| path.display().to_string()).collect();
    let before = text.trim_end();
    let gap = if before.is_empty() { "" } else { "\n" };
    format!("{before}{gap}{}", lines.join("\n"))
}
