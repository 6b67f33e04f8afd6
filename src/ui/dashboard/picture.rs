//! A file with what is shown, on its way to the disk.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use eframe::egui::ColorImage;

use crate::ui::widgets::jobs::Job;

/// A file that is on its way.
pub enum Picture {
    /// The dialog that asked for it is still to vanish from the window.
    Asked(PathBuf),
    /// The window is asked for its picture.
    Awaited(PathBuf, Receiver<Arc<ColorImage>>),
    /// It is being written.
    Writing(Job<Result<String, String>>),
}
