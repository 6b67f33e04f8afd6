//! The right side: what a change would do to the annotations that are there, before it is done.

use eframe::egui::{self, RichText};

use super::asked::{Asked, beside, choices, title};
use super::state::SchemaDraft;
use crate::model::Schema;
use crate::redefine::Consequences;
use crate::t;
use crate::ui::commands::{self, Command, SchemaCommand, SchemaRequest};
use crate::ui::widgets::dialog;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::cx::Cx;

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut SchemaDraft, commands: &mut Vec<Command>) {
    let looked_at = view.asked.is_some() || view.is_edited();
    if looked_at {
        egui::Panel::bottom("change below").frame(egui::Frame::new().inner_margin(4)).show(ui, |ui| {
            buttons(ui, cx.theme, view, commands);
        });
    }
    ui.add_space(4.0);
    if !looked_at {
        ui.weak(t!("schema-nothing-asked"));
        return;
    }
    egui::ScrollArea::vertical().id_salt("change").auto_shrink([false, false]).show(ui, |ui| {
        let told = view.change().map_or_else(|| t!("schema-fill-in").to_owned(), |change| title(&change));
        ui.label(RichText::new(told).size(15.0));
        ui.weak(t!("schema-preview"));
        ui.add_space(8.0);
        fields(ui, view);
        ui.add_space(8.0);
        match view.found() {
            Some(Ok(found)) => consequences(ui, found, cx.theme),
            Some(Err(why)) => {
                ui.label(RichText::new(why).color(cx.theme.bad));
            }
            None if view.busy() => {
                ui.weak(t!("schema-looking"));
            }
            None => {}
        }
    });
}

/// The fields of what is asked.
fn fields(ui: &mut egui::Ui, view: &mut SchemaDraft) {
    let Some(base) = view.base().cloned() else { return };
    let SchemaDraft { asked: Some(asked), fresh, places, .. } = view else { return };
    let before = asked.clone();
    split_by(ui, &base, asked);
    let name = |ui: &mut egui::Ui, fresh: &mut bool, to: &mut String| {
        let label = ui.label(t!("schema-new-name"));
        let field = egui::TextEdit::singleline(to).desired_width(f32::INFINITY).show(ui);
        dialog::focus(&field.response.response.labelled_by(label.id), fresh, to);
        ui.weak(t!("schema-name-hint"));
    };
    match asked {
        Asked::Rename(_, to) => name(ui, fresh, to),
        Asked::Merge(place, into) => {
            let told = ui.label(t!("schema-merge-into"));
            let list = egui::ComboBox::from_id_salt("into").selected_text(into.as_str()).show_ui(ui, |ui| {
                for other in beside(place, &base) {
                    let words = other.to_string();
                    ui.selectable_value(into, other, words);
                }
            });
            list.response.labelled_by(told.id);
        }
        Asked::Ticked(_, ticked, to) => {
            name(ui, fresh, to);
            if let Some(places) = places {
                places.ui(ui, ticked);
            }
        }
        Asked::Split(label, attribute, value, to) => {
            let told = ui.label(t!("schema-split-those"));
            ui.horizontal(|ui| {
                let choices = choices(&base, label);
                let list = egui::ComboBox::from_id_salt("attribute").selected_text(attribute.as_str());
                let list = list.show_ui(ui, |ui| {
                    for (other, _) in &choices {
                        ui.selectable_value(attribute, other.clone(), other.as_str());
                    }
                });
                list.response.labelled_by(told.id);
                let values = choices.iter().find(|(name, _)| name == attribute).map(|(_, values)| &values[..]);
                let values = values.unwrap_or_default();
                if let Some(first) = values.first().filter(|_| !values.iter().any(|known| **known == **value)) {
                    *value = first.to_string();
                }
                let list = egui::ComboBox::from_id_salt("value").selected_text(value.as_str()).show_ui(ui, |ui| {
                    for other in values {
                        ui.selectable_value(value, other.to_string(), other.as_str());
                    }
                });
                list.response.labelled_by(told.id);
            });
            name(ui, fresh, to);
        }
        Asked::Delete(_) => {}
    }
    if *asked != before {
        // The next frame looks at it.
        ui.ctx().request_repaint();
    }
}

/// The two ways to split a label: by a value, or by hand.
fn split_by(ui: &mut egui::Ui, base: &Schema, asked: &mut Asked) {
    let (label, by_hand) = match asked {
        Asked::Split(label, ..) => (label.clone(), false),
        Asked::Ticked(label, ..) if !choices(base, label).is_empty() => (label.clone(), true),
        _ => return,
    };
    ui.horizontal_wrapped(|ui| {
        if ui.radio(!by_hand, t!("schema-split-by-value")).clicked() && by_hand {
            *asked = Asked::of(SchemaRequest::Split(label.clone()), base).unwrap_or_else(|| asked.clone());
        }
        if ui.radio(by_hand, t!("schema-split-by-hand")).clicked() && !by_hand {
            *asked = Asked::ticked(label.clone());
        }
    });
    ui.add_space(4.0);
}

fn consequences(ui: &mut egui::Ui, found: &Consequences, theme: &Theme) {
    let (changed, gone) = (found.changed(), found.gone());
    if changed + gone + found.referents == 0 {
        ui.label(t!("schema-no-annotations"));
    } else {
        ui.label(t!("schema-annotations", changed = changed, gone = gone, articles = found.articles));
        egui::Grid::new("makers").num_columns(3).spacing(egui::vec2(24.0, 4.0)).striped(true).show(ui, |ui| {
            for (name, counts) in &found.makers {
                ui.label(name.as_str());
                ui.label((counts.changed + counts.gone).to_string());
                ui.weak(t!("schema-in-articles", count = counts.articles));
                ui.end_row();
            }
        });
    }
    ui.add_space(8.0);
    let lines = [
        (found.decisions, t!("schema-decisions", count = found.decisions), theme.good),
        (found.referents, t!("schema-referents", count = found.referents), theme.good),
        (found.joined, t!("schema-joined", count = found.joined), theme.good),
        (found.twice, t!("schema-twice", count = found.twice), theme.warn),
        (found.mixed, t!("schema-mixed", count = found.mixed), theme.warn),
        (found.finished, t!("schema-finished", count = found.finished), theme.warn),
    ];
    for (_, words, ink) in lines.into_iter().filter(|(count, ..)| *count > 0) {
        ui.label(RichText::new(words).color(ink));
    }
    for follows in &found.follows {
        ui.label(RichText::new(follows.told()).color(theme.warn));
    }
}

fn buttons(ui: &mut egui::Ui, theme: &Theme, view: &SchemaDraft, commands: &mut Vec<Command>) {
    ui.weak(t!("schema-one-step"));
    ui.horizontal(|ui| {
        let apply = SchemaCommand::Apply.into();
        let can = matches!(view.found(), Some(Ok(_)));
        let words = match view.found() {
            Some(Ok(found)) if found.changed() + found.gone() > 0 => {
                t!("schema-apply-to", count = found.changed() + found.gone())
            }
            _ => t!("command-schema-apply").to_owned(),
        };
        let button = egui::Button::new(RichText::new(words).color(theme.on_accent)).fill(theme.accent);
        if ui.add_enabled(can, button).on_hover_text(commands::key_of(&apply)).clicked() {
            commands.push(apply);
        }
        let cancel = SchemaCommand::Cancel.into();
        if ui.button(t!("cancel")).on_hover_text(commands::key_of(&cancel)).clicked() {
            commands.push(cancel);
        }
    });
}
