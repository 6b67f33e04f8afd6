//! The window. It holds view state and turns input into commands; what is on disk it leaves to the store.
//!
//! Input becomes [`commands::Command`]s (`shell::keys`, menus, panels), `shell::dispatch` does them, and every change
//! of data is a transaction that [`workspace::Workspace::commit`] hands to the session.

mod annotate;
mod commands;
mod comments;
mod corpus;
mod dashboard;
mod errors;
mod exchange;
pub mod reader;
mod review;
mod schema;
mod shell;
mod widgets;
mod workspace;

use crate::lang::{self, Language};
use std::path::PathBuf;

use eframe::egui;

use crate::diagnostics;
use crate::store::settings::Settings;
use crate::store::{Access, is_project, sample};
use shell::app::label_language;

pub use commands::{
    CaseFilter, Command, CorpusCommand, Entry, ErrorFilter, Menu, Press, ProjectCommand, ReviewCommand, SchemaCommand,
    SchemaRequest, Section, TABLE, View, WindowCommand,
};
pub use corpus::CorpusView;
pub use dashboard::Dashboard;
pub use errors::Errors;
pub use schema::SchemaDraft;
pub use shell::app::App;
pub use shell::left_behind::Unshown;
pub use shell::overlay::Overlay;
pub use widgets::notice::Notice;
pub use widgets::{fonts, theme};
pub use workspace::article_status::StatusFilter;
pub use workspace::{Card, OpenArticle, Workspace};

/// Opens the window on a project; without one on the project that was open last, and at the very first start on the
/// sample project.
///
/// # Errors
/// One sentence, where no window can be opened, or where something failed as it was closed.
pub fn run(project: Option<PathBuf>) -> Result<(), String> {
    if let Some(dir) = project.as_ref().filter(|dir| !is_project(dir)) {
        return Err(format!("{} is not a project: there is no project.ron in it", dir.display()));
    }
    let folder = Settings::folder();
    let read = folder.as_deref().map_or_else(|| Ok(Settings::default()), Settings::load);
    let settings = read.as_ref().ok();
    let language = settings.and_then(|settings| Language::of_code(&settings.window));
    let language = language.unwrap_or_else(Language::of_system);
    lang::speak(language);
    let recent = || settings.and_then(|settings| settings.recent.first()).filter(|dir| is_project(dir)).cloned();
    let project = project.or_else(recent).map_or_else(sample::unpacked, Ok);
    let viewport = egui::ViewportBuilder::default()
        .with_title("Jejak")
        .with_app_id("jejak")
        .with_icon(icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 400.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let unshown = Unshown::default();
    let theirs = unshown.clone();
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut app = App::with_settings(&creation.egui_ctx, folder, read);
        if let Some(data) = diagnostics::folder() {
            app.look_back(data, theirs);
        }
        if app.settings == Settings::default() {
            // Whoever comes for the first time reads labels in the language of the window.
            label_language(language).clone_into(&mut app.settings.language);
        }
        match project {
            Ok(dir) => app.open(&creation.egui_ctx, &dir, Access::Write),
            Err(error) => app.fail(error.told()),
        }
        Ok(Box::new(app))
    });
    eframe::run_native("Jejak", options, create).map_err(|error| unopened(&error))?;
    let unshown = unshown.take();
    if unshown.is_empty() {
        return Ok(());
    }
    if let Some(data) = diagnostics::folder() {
        for sentence in &unshown {
            // Whoever runs it in a terminal is told in any case.
            let _ = diagnostics::leave(&data, sentence);
        }
    }
    Err(unshown.join(" "))
}

/// The icon of the window.
fn icon() -> egui::IconData {
    let png = include_bytes!("../../assets/icon/jejak-256.png");
    // A picture that comes with the program can be read, as a test holds.
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}

/// The reason why there is no window. What its library says is for whoever looks for a mistake.
fn unopened(error: &eframe::Error) -> String {
    tracing::error!(%error, "no window");
    let why = match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => "there is no screen that it could be shown on",
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
            "the screen has no OpenGL, with which it is drawn"
        }
        _ => "it could not be begun",
    };
    format!("The window could not be opened: {why}.")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_window_has_its_icon() {
        let icon = super::icon();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (256, 256, 256 * 256 * 4));
        assert!(icon.rgba.iter().any(|&byte| byte != 0));
    }
}
