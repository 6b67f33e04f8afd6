//! The names of an import: what each label, role, attribute and value of the files means in the project.

use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::{self, RichText};

use crate::exchange::{ForeignName, ForeignNames, proposal};
use crate::formats::{Meaning, NameMap, NamedPart};
use crate::model::{AttributeKind, Name, Schema, Titles};
use crate::t;

/// The names of the files, each with what it means here.
pub struct NameRows {
    names: ForeignNames,
    schema: Arc<Schema>,
    language: String,
    /// The choices of the person, by part and name.
    chosen: HashMap<(NamedPart, String), NameChoice>,
    rows: Vec<NameRow>,
    map: NameMap,
}

/// The meaning of a name of the files.
#[derive(Clone, PartialEq)]
enum NameChoice {
    /// A name that the schema has.
    Own(Name),
    /// Itself, which the schema gets.
    New,
    LeftOut,
}

/// A name as the list shows it.
struct NameRow {
    part: NamedPart,
    key: String,
    /// The name in the files, alone.
    name: Name,
    /// The name in the files, with what has it.
    shown: String,
    count: usize,
    choice: NameChoice,
    /// True where it was guessed, and nobody has said anything.
    proposed: bool,
    /// The names of the schema, each as people read it.
    choices: Vec<(Name, String)>,
    can_be_added: bool,
}

impl NameRows {
    /// Those of files, for a project with this schema.
    pub fn new(names: ForeignNames, schema: Arc<Schema>, language: &str) -> Self {
        let (rows, map) = (Vec::new(), NameMap::default());
        let mut all = Self { names, schema, language: language.to_owned(), chosen: HashMap::new(), rows, map };
        all.list();
        all
    }

    /// The map that they make.
    pub fn map(&self) -> NameMap {
        self.map.clone()
    }

    /// Lists the labels, and of the rest what the schema lacks: what a label means decides which.
    fn list(&mut self) {
        self.map = NameMap::default();
        self.rows.clear();
        for name in self.names.iter() {
            let key = (name.part, name.key());
            let choices = name.choices(&self.schema, &self.map);
            // A name of the schema that was chosen under another meaning of the label is none that this one has.
            let there = |choice: &&NameChoice| match choice {
                NameChoice::Own(own) => choices.contains(&own),
                NameChoice::New | NameChoice::LeftOut => true,
            };
            let chosen = self.chosen.get(&key).filter(there);
            let lacking = name.is_lacking(&self.schema, &self.map);
            if name.meaning(&self.schema, &self.map).is_none() {
                continue;
            }
            if chosen.is_none() && !lacking && name.part != NamedPart::Label {
                continue;
            }
            let guess = if lacking { proposal(name, &self.schema, &self.map) } else { None };
            let usual = || match name.meaning(&self.schema, &self.map).filter(|_| !lacking) {
                Some(known) => NameChoice::Own(known),
                None => guess.clone().map_or(NameChoice::New, NameChoice::Own),
            };
            let choice = chosen.cloned().unwrap_or_else(usual);
            let titled = |own: &Name| (own.clone(), self.title(name, own));
            let row = NameRow {
                part: name.part,
                name: name.name.clone(),
                shown: shown(name),
                count: name.count,
                proposed: chosen.is_none() && guess.is_some(),
                choices: choices.into_iter().map(titled).collect(),
                can_be_added: name.can_be_added(&self.schema, &self.map),
                key: key.1.clone(),
                choice: choice.clone(),
            };
            let meaning = match choice {
                NameChoice::Own(own) => Meaning::Is(own),
                NameChoice::New => Meaning::Is(name.name.clone()),
                NameChoice::LeftOut => Meaning::LeftOut,
            };
            self.map.set(name.part, &key.1, meaning);
            self.rows.push(row);
        }
    }

    /// A name of the schema as people read it.
    fn title(&self, foreign: &ForeignName, own: &Name) -> String {
        let label = self.map.definition(&self.schema, &foreign.label);
        let titles: Option<&Titles> = match (foreign.part, &foreign.attribute) {
            (NamedPart::Role, _) => {
                label.and_then(|label| label.roles.iter().find(|role| role.name == *own)).map(|role| &role.title)
            }
            (NamedPart::Attribute, _) => {
                label.and_then(|label| label.attributes.iter().find(|one| one.name == *own)).map(|one| &one.title)
            }
            (NamedPart::Value, Some(attribute)) => {
                match self.map.attribute_definition(&self.schema, &foreign.label, attribute).map(|one| &one.kind) {
                    Some(AttributeKind::Choice(choices)) => {
                        choices.iter().find(|choice| choice.name == *own).map(|choice| &choice.title)
                    }
                    _ => None,
                }
            }
            _ => self.schema.label(own).map(|label| &label.title),
        };
        let title = titles.map_or("", |titles| titles.get(&self.language));
        if title.is_empty() { own.to_string() } else { title.to_owned() }
    }

    /// Shows them.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        ui.label(t!("import-names"));
        let mut changed = None;
        egui::Grid::new("import names").num_columns(4).striped(true).spacing([12.0, 4.0]).show(ui, |ui| {
            for row in &self.rows {
                if let Some(choice) = row.ui(ui) {
                    changed = Some(((row.part, row.key.clone()), choice));
                }
                ui.end_row();
            }
        });
        if let Some((key, choice)) = changed {
            self.chosen.insert(key, choice);
            self.list();
        }
    }
}

/// A name of the files with what has it: `TRIP · Who`.
fn shown(name: &ForeignName) -> String {
    let attribute = name.attribute.iter().map(Name::as_str);
    match name.part {
        NamedPart::Label | NamedPart::Annotator => name.name.to_string(),
        _ => [&*name.label].into_iter().chain(attribute).chain([&*name.name]).collect::<Vec<_>>().join(" · "),
    }
}

impl NameRow {
    fn ui(&self, ui: &mut egui::Ui) -> Option<NameChoice> {
        let part = match self.part {
            NamedPart::Role => t!("role"),
            NamedPart::Attribute => t!("attribute"),
            NamedPart::Value => t!("column-value"),
            NamedPart::Label | NamedPart::Annotator => t!("label"),
        };
        ui.label(RichText::new(part).weak());
        let width = (ui.ctx().content_rect().width() - 480.0).clamp(110.0, 220.0);
        let name = |ui: &mut egui::Ui| {
            ui.set_width(width);
            ui.add(egui::Label::new(&self.shown).truncate()).on_hover_text(&self.shown)
        };
        let label = ui.scope(name).inner;
        ui.label(RichText::new(format!("{}×", self.count)).weak());
        let new = if self.can_be_added { t!("import-new") } else { t!("import-as-it-is") };
        let words = |choice: &NameChoice| match choice {
            NameChoice::Own(own) => {
                let title = self.choices.iter().find(|(name, _)| name == own).map(|(_, title)| title.clone());
                title.unwrap_or_else(|| own.to_string())
            }
            NameChoice::New => new.to_owned(),
            NameChoice::LeftOut => t!("import-leave-out").to_owned(),
        };
        let mut choice = self.choice.clone();
        ui.horizontal(|ui| {
            egui::ComboBox::from_id_salt(("means", self.part, &self.key))
                .selected_text(words(&choice))
                .width(200.0)
                .show_ui(ui, |ui| {
                    let fixed = [NameChoice::New, NameChoice::LeftOut].into_iter();
                    let known = self.choices.iter().any(|(name, _)| *name == self.name);
                    let fixed = fixed.filter(|choice| *choice != NameChoice::New || !known);
                    let own = self.choices.iter().map(|(name, _)| NameChoice::Own(name.clone()));
                    for one in fixed.chain(own) {
                        let title = words(&one);
                        ui.selectable_value(&mut choice, one, title);
                    }
                })
                .response
                .labelled_by(label.id);
            if self.proposed {
                ui.label(RichText::new(t!("import-proposed")).weak());
            }
        });
        (choice != self.choice).then_some(choice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::PendingImport;
    use crate::formats::{ImportFiles, Memory, ReadOptions, format};

    #[test]
    fn a_chosen_role_goes_with_the_meaning_of_its_label() {
        let line = r#"{"text":"Ratu tiba","entities":[{"id":1,"label":"TRIP","start_offset":5,"end_offset":9},{"id":2,"label":"P","start_offset":0,"end_offset":4}],"relations":[{"id":3,"from_id":1,"to_id":2,"type":"Who"}]}"#;
        let files = [("a.jsonl".to_owned(), line.as_bytes().to_vec())].into();
        let source = ImportFiles::from(Memory { files });
        let read =
            PendingImport::read(format("doccano").unwrap(), &source, None, &ReadOptions::default(), &mut |_| true)
                .unwrap();
        let schema = Arc::new(Schema::trips());
        let mut rows = NameRows::new(read.names(), schema.clone(), "en");
        let mut choose = |part, key: &str, own: &str| {
            rows.chosen.insert((part, key.to_owned()), NameChoice::Own(own.into()));
            rows.list();
            rows.map.role(&schema, &"TRIP".into(), &"Who".into())
        };
        choose(NamedPart::Label, "TRIP", "trip");
        assert_eq!(choose(NamedPart::Role, "TRIP.Who", "destination"), Some("destination".into()));
        assert_ne!(choose(NamedPart::Label, "TRIP", "claim"), Some("destination".into()));
        assert_eq!(choose(NamedPart::Label, "TRIP", "trip"), Some("destination".into()));
    }
}
