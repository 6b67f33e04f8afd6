//! The middle: the label that is chosen, in a form.

use eframe::egui::{self, RichText};

use super::field::{key, line, titles};
use super::list::kind_title;
use super::parts;
use super::state::SchemaDraft;
use crate::edit::SchemaPlace;
use crate::model::{Color, Kind, LabelDef, Name, Pattern};
use crate::t;
use crate::ui::commands::{Command, SchemaCommand, SchemaRequest};
use crate::ui::reader;
use crate::ui::widgets::dialog;
use crate::ui::widgets::theme::{self, Theme};
use crate::ui::workspace::cx::Cx;

const PATTERNS: [Pattern; 7] = [
    Pattern::Solid,
    Pattern::Double,
    Pattern::DashDot,
    Pattern::Dotted,
    Pattern::Dashed,
    Pattern::Wavy,
    Pattern::Thick,
];

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut SchemaDraft, commands: &mut Vec<Command>) {
    let Some(label) = view.label().cloned() else {
        ui.weak(t!("schema-choose"));
        return;
    };
    let known = view.is_known(&label.name);
    let locked = cx.workspace.session.corpus().project.schema_locked;
    footer(ui, &label, known && !locked, commands);
    egui::ScrollArea::vertical().id_salt("form").auto_shrink([false, false]).show(ui, |ui| {
        head(ui, cx, view, &label);
        if locked {
            ui.label(RichText::new(t!("schema-locked-hint")).color(cx.theme.warn));
        }
        ui.add_enabled_ui(!locked, |ui| name(ui, view, &label, known, commands));
        let open = !locked && view.asked.is_none();
        ui.add_enabled_ui(open, |ui| {
            let mut edited = label.clone();
            own(ui, cx, view, &mut edited, known);
            let mut asked = None;
            parts::attributes(ui, view, &mut edited, &mut asked);
            if edited.kind == Kind::Frame {
                parts::roles(ui, view, &mut edited, &mut asked);
            }
            parts::filled(ui, cx, view, &label.name);
            commands.extend(asked.map(|request| SchemaCommand::Ask(request).into()));
            if edited != label
                && let Some(there) =
                    view.draft.as_mut().and_then(|draft| draft.labels.iter_mut().find(|it| it.name == label.name))
            {
                *there = edited;
            }
        });
    });
}

fn head(ui: &mut egui::Ui, cx: &Cx<'_>, view: &SchemaDraft, label: &LabelDef) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(24.0, 20.0), egui::Sense::hover());
        let line = egui::Rect::from_center_size(rect.center(), egui::vec2(22.0, 3.0));
        reader::bar(ui.painter(), line, label.pattern, cx.theme.label(Some(label)));
        ui.label(RichText::new(label.called(&cx.settings.language)).size(15.0));
        let by = view.counts.as_ref().and_then(|counts| counts.get(&label.name));
        let by: Vec<String> = by.into_iter().flatten().map(|(name, count)| format!("{name} {count}")).collect();
        ui.weak(format!("{} · {}", kind_title(label.kind), by.join(", ")));
    });
    ui.add_space(6.0);
}

fn name(ui: &mut egui::Ui, view: &mut SchemaDraft, label: &LabelDef, known: bool, commands: &mut Vec<Command>) {
    line(ui, t!("schema-name"), |ui, id| {
        if known {
            ui.label(label.name.as_str());
            let place = SchemaPlace::Label(label.name.clone());
            if ui.small_button(t!("schema-rename")).clicked() {
                commands.push(SchemaCommand::Ask(SchemaRequest::Rename(place)).into());
            }
            if !label.aliases.is_empty() {
                let before: Vec<&str> = label.aliases.iter().map(Name::as_str).collect();
                ui.weak(t!("schema-before", names = before.join(", ")));
            }
            return;
        }
        let mut text = label.name.to_string();
        let field =
            egui::TextEdit::singleline(&mut text).desired_width(160.0).show(ui).response.response.labelled_by(id);
        dialog::focus(&field, &mut view.fresh, &text);
        let free = view.draft.as_ref().is_some_and(|draft| draft.label(&text).is_none());
        if field.changed() && free {
            let to = Name::new(&text);
            for there in view.draft.iter_mut().flat_map(|draft| &mut draft.labels) {
                if there.name == label.name {
                    there.name = to.clone();
                }
                for filler in there.roles.iter_mut().flat_map(|role| &mut role.fillers) {
                    if *filler == label.name {
                        *filler = to.clone();
                    }
                }
            }
            view.chosen = Some(to);
        }
        ui.weak(t!("schema-name-hint"));
    });
}

fn own(ui: &mut egui::Ui, cx: &Cx<'_>, view: &SchemaDraft, label: &mut LabelDef, known: bool) {
    if !known {
        line(ui, t!("schema-kind"), |ui, _| {
            egui::ComboBox::from_id_salt("kind").selected_text(kind_title(label.kind)).show_ui(ui, |ui| {
                for kind in [Kind::Entity, Kind::Frame, Kind::Zone, Kind::Document] {
                    ui.selectable_value(&mut label.kind, kind, kind_title(kind));
                }
            });
        });
    }
    line(ui, t!("describe-name"), |ui, id| titles(ui, &mut label.title, id, 170.0));
    line(ui, t!("schema-key"), |ui, id| {
        let others = view.draft.iter().flat_map(|draft| &draft.labels).filter(|other| other.name != label.name);
        let taken: Vec<char> = others.filter_map(|other| other.key).collect();
        key(ui, &mut label.key, &taken, id);
    });
    line(ui, t!("schema-line"), |ui, _| {
        for pattern in PATTERNS {
            let chosen = label.pattern == pattern;
            let button = ui.add(egui::Button::new("").min_size(egui::vec2(36.0, 22.0)).selected(chosen));
            button.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, format!("{pattern:?}"))
            });
            let bar = egui::Rect::from_center_size(button.rect.center(), egui::vec2(24.0, 3.0));
            reader::bar(ui.painter(), bar, pattern, cx.theme.label(Some(label)));
            if button.clicked() {
                label.pattern = pattern;
            }
        }
    });
    color(ui, t!("schema-color-light"), &mut label.colors.light, &Theme::LIGHT, cx.theme);
    color(ui, t!("schema-color-dark"), &mut label.colors.dark, &Theme::DARK, cx.theme);
    for language in ["en", "id"] {
        line(ui, &format!("{} ({language})", t!("schema-guide")), |ui, id| {
            let mut text = label.guide.said(language).to_owned();
            let field = egui::TextEdit::multiline(&mut text).desired_rows(2).desired_width(f32::INFINITY);
            if field.show(ui).response.response.labelled_by(id).changed() {
                label.guide.set(language, &text);
            }
        });
    }
}

/// A colour with its contrast, and how words look with it.
fn color(ui: &mut egui::Ui, what: &str, color: &mut Color, on: &Theme, theme: &Theme) {
    line(ui, what, |ui, _| {
        ui.color_edit_button_srgb(&mut color.0);
        let ratio = theme::contrast(theme::opaque(*color), on.ground);
        let good = ratio >= 4.5;
        let told = t!("schema-contrast", ratio = format!("{ratio:.1}"));
        let ink = if good { theme.good } else { theme.warn };
        ui.label(RichText::new(told).color(ink)).on_hover_text(t!("schema-contrast-hint"));
    });
}

fn footer(ui: &mut egui::Ui, label: &LabelDef, known: bool, commands: &mut Vec<Command>) {
    egui::Panel::bottom("label below").frame(egui::Frame::new().inner_margin(4)).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.add_enabled_ui(known, |ui| {
                let place = SchemaPlace::Label(label.name.clone());
                for (words, request) in [
                    (t!("schema-merge"), SchemaRequest::Merge(place.clone())),
                    (t!("schema-split"), SchemaRequest::Split(label.name.clone())),
                    (t!("schema-delete"), SchemaRequest::Delete(place)),
                ] {
                    if ui.button(words).clicked() {
                        commands.push(SchemaCommand::Ask(request).into());
                    }
                }
            });
            ui.weak(t!("schema-shown-first"));
        });
    });
}
