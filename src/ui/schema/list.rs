//! The left side: the labels by kind, with their key, line and number of annotations.

use eframe::egui::{self, Align2, RichText};

use super::state::SchemaDraft;
use crate::model::{Kind, LabelDef};
use crate::t;
use crate::ui::commands::{self, Command, SchemaCommand};
use crate::ui::reader;
use crate::ui::widgets::list_row;
use crate::ui::workspace::cx::Cx;

const ROW: f32 = 28.0;
const KINDS: [Kind; 4] = [Kind::Entity, Kind::Frame, Kind::Zone, Kind::Document];

/// The kind of a label as people call it.
pub fn kind_title(kind: Kind) -> &'static str {
    match kind {
        Kind::Entity => t!("schema-entities"),
        Kind::Frame => t!("schema-frames"),
        Kind::Zone => t!("form-zones"),
        Kind::Document => t!("schema-documents"),
    }
}

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, view: &SchemaDraft, commands: &mut Vec<Command>) {
    let locked = cx.workspace.session.corpus().project.schema_locked;
    egui::Panel::bottom("labels below").frame(egui::Frame::new().inner_margin(4)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let new = SchemaCommand::NewLabel.into();
            let button = ui.add_enabled(!locked, egui::Button::new(t!("command-schema-new")));
            if button.on_hover_text(commands::key_of(&new)).clicked() {
                commands.push(new);
            }
            let lock = if locked { t!("schema-unlock") } else { t!("schema-lock") };
            if ui.button(lock).on_hover_text(t!("schema-lock-hint")).clicked() {
                commands.push(SchemaCommand::Lock.into());
            }
        });
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(t!("labels")).size(15.0));
        ui.weak(t!("schema-in-all-sets"));
    });
    let Some(draft) = &view.draft else { return };
    egui::ScrollArea::vertical().id_salt("labels").auto_shrink([false, false]).show(ui, |ui| {
        for kind in KINDS {
            let mut labels = draft.labels.iter().filter(|label| label.kind == kind).peekable();
            if labels.peek().is_some() {
                ui.add_space(4.0);
                ui.weak(kind_title(kind));
            }
            for label in labels {
                if row(ui, cx, view, label) {
                    commands.push(SchemaCommand::Choose(label.name.clone()).into());
                }
            }
        }
    });
}

fn row(ui: &mut egui::Ui, cx: &Cx<'_>, view: &SchemaDraft, label: &LabelDef) -> bool {
    let count = view.counts.as_ref().map(|counts| counts.get(&label.name).map_or(0, |by| by.values().sum()));
    let title = label.called(&cx.settings.language);
    let chosen = view.chosen.as_ref() == Some(&label.name);
    let (rect, row) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let told = || count.map_or_else(|| title.to_owned(), |count: usize| format!("{title}, {count}"));
    let painter = list_row::ground(ui, &row, chosen, told, cx.theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let y = rect.center().y;
    let key = label.key.map(String::from).unwrap_or_default();
    painter.text(egui::pos2(rect.left() + 14.0, y), Align2::CENTER_CENTER, key, small.clone(), cx.theme.weak);
    let line = egui::Rect::from_center_size(egui::pos2(rect.left() + 36.0, y), egui::vec2(20.0, 3.0));
    reader::bar(&painter, line, label.pattern, cx.theme.label(Some(label)));
    list_row::paint(&painter, egui::pos2(rect.left() + 54.0, y), rect.width() - 100.0, title, body, cx.theme.text);
    if let Some(count) = count {
        let at = egui::pos2(rect.right() - 8.0, y);
        painter.text(at, Align2::RIGHT_CENTER, count.to_string(), small, cx.theme.weak);
    }
    row.clicked()
}
