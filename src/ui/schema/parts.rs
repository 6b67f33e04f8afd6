//! The attributes and roles of the label that is chosen, and the roles that it fills.

use eframe::egui::{self, RichText};

use super::field::{BEFORE, key, line, titles};
use super::state::{SchemaDraft, new_name};
use crate::edit::SchemaPlace;
use crate::model::{
    AttributeDef, AttributeKind, Cardinality, ChoiceDef, LabelDef, Name, RoleDef, Schema, Titles, ValueKind,
};
use crate::t;
use crate::ui::commands::SchemaRequest;
use crate::ui::workspace::cx::Cx;

/// Something of the project's schema: a name that only goes through all sets.
type Known<'a> = Option<&'a LabelDef>;

fn known<'a>(view: &'a SchemaDraft, label: &LabelDef) -> Known<'a> {
    view.base().and_then(|base| base.label(&label.name))
}

/// Shows the attributes.
pub fn attributes(ui: &mut egui::Ui, view: &SchemaDraft, label: &mut LabelDef, asked: &mut Option<SchemaRequest>) {
    let known = known(view, label);
    let name = label.name.clone();
    let attributes = &mut label.attributes;
    heading(ui, t!("attributes"), t!("schema-add-attribute"), || {
        let name = new_name(attributes.iter().map(|attribute| &attribute.name));
        attributes.push(AttributeDef {
            name,
            title: Titles::default(),
            guide: Titles::default(),
            kind: AttributeKind::Flag,
            required: false,
            ordered: false,
            aliases: Vec::new(),
            docs: std::collections::BTreeMap::new(),
        });
    });
    let mut gone = None;
    for (at, attribute) in label.attributes.iter_mut().enumerate() {
        let there = known.and_then(|known| known.attribute(&attribute.name));
        let place = SchemaPlace::Attribute(name.clone(), attribute.name.clone());
        folded(ui, ("attribute", at), &attribute.name.clone(), kind_words(&attribute.kind), |ui| {
            part_name(ui, &mut attribute.name, there.is_some().then_some(place), asked, || gone = Some(at));
            line(ui, t!("describe-name"), |ui, id| titles(ui, &mut attribute.title, id, 150.0));
            line(ui, t!("schema-guide"), |ui, id| titles(ui, &mut attribute.guide, id, 150.0));
            line(ui, t!("schema-values"), |ui, _| {
                if there.is_none() {
                    attribute_kind(ui, &mut attribute.kind);
                } else {
                    ui.label(kind_words(&attribute.kind));
                }
                ui.checkbox(&mut attribute.required, t!("schema-required"));
                if matches!(attribute.kind, AttributeKind::Choice(_)) {
                    ui.checkbox(&mut attribute.ordered, t!("schema-ordered"));
                }
            });
            if let AttributeKind::Choice(choices) = &mut attribute.kind {
                values(ui, (&name, &attribute.name), there, choices, asked);
            }
        });
    }
    if let Some(at) = gone {
        label.attributes.remove(at);
    }
}

/// Shows the roles.
pub fn roles(ui: &mut egui::Ui, view: &SchemaDraft, label: &mut LabelDef, asked: &mut Option<SchemaRequest>) {
    let known = known(view, label);
    let name = label.name.clone();
    let roles = &mut label.roles;
    heading(ui, t!("schema-role-list"), t!("schema-add-role"), || {
        let name = new_name(roles.iter().map(|role| &role.name));
        roles.push(RoleDef {
            name,
            title: Titles::default(),
            guide: Titles::default(),
            key: None,
            fillers: Vec::new(),
            spans: true,
            values: Vec::new(),
            cardinality: Cardinality::default(),
            ordered: false,
            aliases: Vec::new(),
            docs: std::collections::BTreeMap::new(),
        });
    });
    let keys: Vec<(Name, Option<char>)> = label.roles.iter().map(|role| (role.name.clone(), role.key)).collect();
    let labels: Vec<Name> = view.draft.iter().flat_map(|draft| &draft.labels).map(|label| label.name.clone()).collect();
    let mut gone = None;
    for (at, role) in label.roles.iter_mut().enumerate() {
        let there = known.is_some_and(|known| known.role(&role.name).is_some());
        let place = SchemaPlace::Role(name.clone(), role.name.clone());
        folded(ui, ("role", at), &role.name.clone(), cardinality_words(role.cardinality), |ui| {
            part_name(ui, &mut role.name, there.then_some(place), asked, || gone = Some(at));
            line(ui, t!("describe-name"), |ui, id| titles(ui, &mut role.title, id, 150.0));
            line(ui, t!("schema-guide"), |ui, id| titles(ui, &mut role.guide, id, 150.0));
            line(ui, t!("schema-key"), |ui, id| {
                let others = keys.iter().enumerate().filter(|(other, _)| *other != at);
                let taken: Vec<char> = others.filter_map(|(_, (_, key))| *key).collect();
                key(ui, &mut role.key, &taken, id);
            });
            line(ui, t!("schema-how-many"), |ui, _| {
                egui::ComboBox::from_id_salt(("cardinality", at))
                    .selected_text(cardinality_words(role.cardinality))
                    .show_ui(ui, |ui| {
                        for (least, most) in [(1, Some(1)), (0, Some(1)), (1, None), (0, None)] {
                            let it = Cardinality { least, most };
                            ui.selectable_value(&mut role.cardinality, it, cardinality_words(it));
                        }
                    });
                ui.checkbox(&mut role.ordered, t!("schema-order-counts"));
            });
            line(ui, t!("schema-takes"), |ui, _| {
                ui.horizontal_wrapped(|ui| {
                    for label in &labels {
                        toggle(ui, &mut role.fillers, label, label);
                    }
                    ui.checkbox(&mut role.spans, t!("schema-bare-words"));
                    toggle(ui, &mut role.values, &ValueKind::Date, t!("schema-dates"));
                    toggle(ui, &mut role.values, &ValueKind::Text, t!("schema-texts"));
                });
            });
        });
    }
    if let Some(at) = gone {
        label.roles.remove(at);
    }
}

/// Shows the roles of frames that the label fills.
pub fn filled(ui: &mut egui::Ui, cx: &Cx<'_>, view: &SchemaDraft, name: &Name) {
    let Some(draft): Option<&Schema> = view.draft.as_ref() else { return };
    let language = &cx.settings.language;
    let roles = draft.labels.iter().flat_map(|frame| frame.roles.iter().map(move |role| (frame, role)));
    let mut roles = roles.filter(|(_, role)| role.fillers.contains(name)).peekable();
    if roles.peek().is_none() {
        return;
    }
    ui.separator();
    ui.label(t!("schema-fills"));
    egui::Grid::new("fills").num_columns(3).spacing(egui::vec2(24.0, 4.0)).show(ui, |ui| {
        for (frame, role) in roles {
            ui.label(frame.called(language));
            ui.label(role.called(language));
            ui.weak(cardinality_words(role.cardinality));
            ui.end_row();
        }
    });
}

fn toggle<T: PartialEq + Clone>(ui: &mut egui::Ui, list: &mut Vec<T>, it: &T, words: &str) {
    let mut on = list.contains(it);
    if ui.checkbox(&mut on, words).changed() {
        match on {
            true => list.push(it.clone()),
            false => list.retain(|other| other != it),
        }
    }
}

fn heading(ui: &mut egui::Ui, what: &str, add: &str, added: impl FnOnce()) {
    ui.add_space(4.0);
    ui.separator();
    ui.horizontal(|ui| {
        ui.label(what);
        if ui.small_button(add).clicked() {
            added();
        }
    });
}

/// A part that opens and closes.
fn folded(ui: &mut egui::Ui, id: (&str, usize), name: &Name, more: &str, content: impl FnOnce(&mut egui::Ui)) {
    let title = RichText::new(format!("{name}   {more}"));
    egui::CollapsingHeader::new(title).id_salt((id, name.as_str())).show(ui, content);
}

/// The name of a part: of a new one it is written here, and it can be taken out again; of another it changes in all sets.
fn part_name(
    ui: &mut egui::Ui,
    name: &mut Name,
    place: Option<SchemaPlace>,
    asked: &mut Option<SchemaRequest>,
    gone: impl FnOnce(),
) {
    line(ui, t!("schema-name"), |ui, id| match place {
        Some(place) => {
            ui.label(name.as_str());
            requests(ui, place, asked);
        }
        None => {
            let mut text = name.to_string();
            let field = egui::TextEdit::singleline(&mut text).desired_width(150.0).show(ui);
            if field.response.response.labelled_by(id).changed() {
                *name = text.as_str().into();
            }
            if ui.small_button(t!("schema-take-out")).clicked() {
                gone();
            }
        }
    });
}

/// The changes of a part that go through all sets.
fn requests(ui: &mut egui::Ui, place: SchemaPlace, asked: &mut Option<SchemaRequest>) {
    for (words, request) in [
        (t!("schema-rename"), SchemaRequest::Rename(place.clone())),
        (t!("schema-merge"), SchemaRequest::Merge(place.clone())),
        (t!("schema-delete"), SchemaRequest::Delete(place)),
    ] {
        if ui.small_button(words).clicked() {
            *asked = Some(request);
        }
    }
}

fn attribute_kind(ui: &mut egui::Ui, kind: &mut AttributeKind) {
    egui::ComboBox::from_id_salt("attribute kind").selected_text(kind_words(kind)).show_ui(ui, |ui| {
        let first = ChoiceDef::named("new".into());
        for other in [AttributeKind::Flag, AttributeKind::Choice(vec![first]), AttributeKind::Text, AttributeKind::Date]
        {
            let same = std::mem::discriminant(kind) == std::mem::discriminant(&other);
            if ui.selectable_label(same, kind_words(&other)).clicked() && !same {
                *kind = other;
            }
        }
    });
}

fn values(
    ui: &mut egui::Ui,
    (label, attribute): (&Name, &Name),
    there: Option<&AttributeDef>,
    choices: &mut Vec<ChoiceDef>,
    asked: &mut Option<SchemaRequest>,
) {
    let known = |name: &Name| match there.map(|there| &there.kind) {
        Some(AttributeKind::Choice(known)) => known.iter().any(|choice| choice.name == *name),
        _ => false,
    };
    let mut gone = None;
    for (at, choice) in choices.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            ui.add_space(BEFORE);
            if known(&choice.name) {
                let name = egui::Label::new(choice.name.as_str()).truncate();
                let id = ui.add_sized(egui::vec2(110.0, 20.0), name).id;
                titles(ui, &mut choice.title, id, 90.0);
                let place = SchemaPlace::Value(label.clone(), attribute.clone(), choice.name.clone());
                ui.menu_button("…", |ui| requests(ui, place, asked)).response.on_hover_text(t!("schema-more"));
            } else {
                let mut text = choice.name.to_string();
                let field = ui.add(egui::TextEdit::singleline(&mut text).desired_width(110.0));
                if field.changed() {
                    choice.name = text.as_str().into();
                }
                titles(ui, &mut choice.title, field.id, 90.0);
                if ui.small_button(t!("schema-take-out")).clicked() {
                    gone = Some(at);
                }
            }
        });
    }
    if let Some(at) = gone.filter(|_| choices.len() > 1) {
        choices.remove(at);
    }
    ui.horizontal(|ui| {
        ui.add_space(BEFORE);
        if ui.small_button(t!("schema-add-value")).clicked() {
            let name = new_name(choices.iter().map(|choice| &choice.name));
            choices.push(ChoiceDef::named(name));
        }
    });
}

fn kind_words(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Choice(_) => t!("schema-kind-choice"),
        AttributeKind::Flag => t!("schema-kind-flag"),
        AttributeKind::Text => t!("value-text"),
        AttributeKind::Date => t!("value-date"),
    }
}

/// A cardinality in words.
pub fn cardinality_words(cardinality: Cardinality) -> &'static str {
    match (cardinality.least, cardinality.most) {
        (1, Some(1)) => t!("schema-one"),
        (0, Some(1)) => t!("schema-at-most-one"),
        (1, None) => t!("schema-one-or-more"),
        (0, None) => t!("schema-any-number"),
        _ => t!("schema-some-number"),
    }
}
