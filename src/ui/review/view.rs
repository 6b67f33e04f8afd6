//! The Review view: the queue on the left, the case on the right, and the article between them.

use eframe::egui;

use super::state::Reviewing;
use super::{list, table};
use crate::t;
use crate::ui::commands::{Command, ReviewCommand, WindowCommand};
use crate::ui::reader;
use crate::ui::workspace::article_view::{self, Over};
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};

/// Shows what stands left and right of the text; `card` shows the details of what is marked, while it is edited.
pub fn panels(
    ui: &mut egui::Ui,
    cx: &mut Cx<'_>,
    reviewing: &mut Reviewing,
    panels: Panels,
    card: &mut dyn FnMut(&mut egui::Ui, &mut Cx<'_>) -> Vec<Command>,
    commands: &mut Vec<Command>,
) {
    let language = &cx.settings.language;
    reviewing.show(cx.workspace, cx.theme, language);
    if panels.list || panels.focus_filter {
        SidePanel { name: "queue", usual: (0.22, 150.0..=300.0), range: (130.0, 0.4, 140.0) }
            .left(ui, |ui| list::ui(ui, reviewing, cx.workspace, cx.theme, panels.focus_filter, commands));
    }
    if panels.details {
        SidePanel { name: "slots", usual: (0.33, 236.0..=460.0), range: (220.0, 0.5, 240.0) }.right(ui, |ui| {
            match reviewing.editing() {
                true => {
                    table::editing(ui, cx.theme, commands);
                    commands.extend(card(ui, cx));
                }
                false => table::ui(ui, reviewing, cx.workspace, cx.theme, language, commands),
            }
        });
    }
}

/// Shows the open article with what its annotators say, while cases are decided.
pub fn page(ui: &mut egui::Ui, cx: &mut Cx<'_>, reviewing: &Reviewing, over: &Over) -> Vec<Command> {
    let beside = reviewing.beside(cx.workspace);
    let events = article_view::show(ui, cx, over, &beside);
    let sheet = reviewing.sheet_of(cx.workspace);
    let clicked = events.into_iter().filter_map(|event| match event {
        reader::Event::Clicked { byte, .. } => {
            let sheet = sheet?;
            Some(ReviewCommand::GoToCase(sheet.places.clicked(byte, sheet.at)?).into())
        }
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
pub fn hint(reviewing: &Reviewing) -> String {
    if reviewing.editing.is_some() {
        return t!("hint-editing").into();
    }
    match reviewing.current() {
        Some(_) if reviewing.pick.is_some() => t!("hint-picked").into(),
        Some(_) => t!("hint-case").into(),
        None => t!("hint-no-case").into(),
    }
}
