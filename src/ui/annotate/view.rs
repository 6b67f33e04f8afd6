//! The Annotate view: the list of articles, the open one, and the cards of what is marked in it.

use super::card_ui::{self, AboutFn};
use super::gold_feedback;
use super::{ghost_bar, ghost_card};
use eframe::egui;

use crate::ui::commands::{Among, AnnotateCommand, Command, WindowCommand};
use crate::ui::reader;
use crate::ui::workspace::article_view::{self, Beside, Over};
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};
use crate::ui::workspace::{Workspace, article_list};

/// Shows what stands left and right of the text.
pub fn panels(ui: &mut egui::Ui, cx: &mut Cx<'_>, panels: Panels, about: AboutFn<'_>, commands: &mut Vec<Command>) {
    // The text keeps the larger part of a narrow window; the list of articles makes way first.
    if panels.list || panels.focus_filter {
        SidePanel { name: "articles", usual: (0.19, 0.0..=1280.0 * 0.19), range: (110.0, 0.35, 120.0) }
            .left(ui, |ui| commands.extend(article_list::ui(ui, cx.workspace, cx.theme, panels.focus_filter)));
    }
    if panels.details {
        SidePanel { name: "card", usual: (0.26, 236.0..=340.0), range: (236.0, 0.42, 240.0) }.right(ui, |ui| {
            commands.extend(ghost_card::ui(ui, cx.workspace, cx.theme, &cx.settings.language));
            commands.extend(card_ui::ui(ui, cx, about));
        });
    }
}

/// The open article, to be marked; gives what the mouse asked for.
pub fn page(ui: &mut egui::Ui, cx: &mut Cx<'_>, over: &Over, beside: &Beside<'_>) -> Vec<Command> {
    let mut commands = gold_feedback::ui(ui, cx.workspace, cx.theme);
    let language = &cx.settings.language;
    let strong = cx.workspace.strong_count_in_view();
    commands.extend(ghost_bar::ui(ui, cx.workspace, cx.theme, strong));
    let (ghosts, current_ghost) = ghost_bar::marks(cx.workspace, language);
    let beside = Beside { ghosts: &ghosts, current_ghost, ..*beside };
    let events = article_view::show(ui, cx, over, &beside);
    if cx.workspace.strong_count_in_view() != strong {
        // The bar counts what is on the screen, which has changed after it was drawn.
        ui.ctx().request_repaint();
    }
    let among = if ui.input(|input| input.modifiers.command) { Among::Others } else { Among::Alone };
    let mouse = Mouse {
        among,
        armed: cx.workspace.armed().is_some(),
        grown: ui.input(|input| input.pointer.button_triple_clicked(egui::PointerButton::Primary)),
        annotation: events
            .iter()
            .any(|event| matches!(event, reader::Event::Clicked { id: Some(_), double: true, .. })),
    };
    commands.extend(events.into_iter().flat_map(|event| meant(cx.workspace, event, &mouse)));
    commands
}

/// The circumstances of the mouse's events in a frame.
struct Mouse {
    among: Among,
    /// A role waits for a filler.
    armed: bool,
    /// The selection comes in place of that of the click just before: the paragraph of a triple click.
    grown: bool,
    /// It was the second of two quick clicks on an annotation.
    annotation: bool,
}

/// The commands that an event of the mouse in the text stands for.
fn meant(work: &Workspace, event: reader::Event, mouse: &Mouse) -> Vec<Command> {
    match event {
        // Where a role waits for a filler, two quick clicks on an annotation are about the annotation once, and neither about
        // the word under it nor about a card of its own.
        reader::Event::Selected(_) | reader::Event::Clicked { double: true, .. } if mouse.armed && mouse.annotation => {
            Vec::new()
        }
        reader::Event::Selected(span) if mouse.grown => vec![AnnotateCommand::SelectMoreWords(span).into()],
        reader::Event::Selected(span) => vec![AnnotateCommand::SelectWords(span).into()],
        reader::Event::Piece(span) => vec![AnnotateCommand::AddPiece(span).into()],
        reader::Event::Edge { id, from, to } => vec![AnnotateCommand::MoveEdge(id, from, to).into()],
        reader::Event::Range(id) => vec![AnnotateCommand::SelectTo(id).into()],
        reader::Event::Clicked { id: Some(id), double: false, .. } => {
            vec![AnnotateCommand::Click(id, mouse.among).into()]
        }
        reader::Event::Clicked { id: Some(id), double: true, .. } if work.is_frame(id) => {
            vec![AnnotateCommand::OpenCard(id).into()]
        }
        reader::Event::Clicked { id: None, double: false, .. } => vec![AnnotateCommand::ClickBeside.into()],
        reader::Event::Placed => vec![AnnotateCommand::ClickBeside.into()],
        reader::Event::Caret | reader::Event::Clicked { .. } => Vec::new(),
        reader::Event::Context { id, .. } => {
            let select = id.map(|id| AnnotateCommand::Pick(id).into());
            select.into_iter().chain([WindowCommand::Palette.into()]).collect()
        }
    }
}
