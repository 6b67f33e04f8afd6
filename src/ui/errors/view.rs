//! The Errors view: the list on the left, the error on the right, and the article between them.

use eframe::egui;

use super::state::Errors;
use super::{list, side};
use crate::t;
use crate::ui::commands::{Command, ErrorsCommand, WindowCommand};
use crate::ui::reader;
use crate::ui::workspace::article_view::{self, Over};
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};

/// Shows what stands left and right of the text.
pub fn panels(ui: &mut egui::Ui, cx: &mut Cx<'_>, errors: &mut Errors, panels: Panels, commands: &mut Vec<Command>) {
    errors.show(cx.workspace, cx.theme, &cx.settings.language);
    if panels.list {
        SidePanel { name: "errors", usual: (0.22, 150.0..=300.0), range: (130.0, 0.4, 140.0) }
            .left(ui, |ui| list::ui(ui, errors, cx.workspace, cx.theme, commands));
    }
    if panels.details {
        SidePanel { name: "error", usual: (0.28, 220.0..=360.0), range: (200.0, 0.5, 220.0) }
            .right(ui, |ui| side::ui(ui, errors, cx.workspace, !panels.list, cx.theme, commands));
    }
}

/// Shows the open article with gold and predictions.
pub fn page(ui: &mut egui::Ui, cx: &mut Cx<'_>, errors: &Errors, over: &Over) -> Vec<Command> {
    let beside = errors.beside(cx.workspace);
    let events = article_view::show(ui, cx, over, &beside);
    let clicked = events.into_iter().filter_map(|event| match event {
        reader::Event::Clicked { byte, .. } => Some(ErrorsCommand::GoTo(errors.at_place(byte)?).into()),
        reader::Event::Context { .. } => Some(WindowCommand::Palette.into()),
        reader::Event::Caret
        | reader::Event::Placed
        | reader::Event::Selected(_)
        | reader::Event::Piece(_)
        | reader::Event::Edge { .. }
        | reader::Event::Range(_) => None,
    });
    clicked.collect()
}

/// The hint about the keys that work now.
pub fn hint(errors: &Errors) -> String {
    match errors.walk().current() {
        Some(_) => t!("hint-error").into(),
        None => t!("hint-no-error").into(),
    }
}
