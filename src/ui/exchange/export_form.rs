//! The wishes for a data set, as fields.

use crate::lang::Key;
use eframe::egui::{self, RichText};

use crate::dataset::{DatasetSelection, Grouping, Plan, Split, Stage};
use crate::formats::{FORMATS, Format, Nested, OffsetUnit, Options, Tables, Tags, Zones, format};
use crate::model::Name;
use crate::ui::exchange::import_dialog::titled;
use crate::ui::workspace::Workspace;
use crate::{key, t};

/// The fields of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    format: &'static str,
    /// Everybody who has sets, and whether they are written.
    sets: Vec<(Name, bool)>,
    stage: Stage,
    filter: String,
    /// Every label, as people read it, and whether it is written.
    labels: Vec<(Name, String, bool)>,
    zones: Zones,
    split: String,
    seed: u64,
    group: Grouping,
    licence: String,
    options: Options,
}

const STAGES: [(Stage, Key); 4] = [
    (Stage::Any, key!("all-of-them")),
    (Stage::Begun, key!("stage-begun")),
    (Stage::Done, key!("stage-done")),
    (Stage::Decided, key!("stage-decided")),
];

const ZONES: [(Zones, Key); 3] =
    [(Zones::Mark, key!("zones-mark")), (Zones::Keep, key!("zones-keep")), (Zones::Drop, key!("zones-drop"))];

const TAGS: [(Tags, &str); 4] =
    [(Tags::Bio, "BIO"), (Tags::Iob1, "IOB1"), (Tags::Bioes, "BIOES"), (Tags::Bilou, "BILOU")];

const TABLES: [(Tables, Key); 2] =
    [(Tables::Parquet, key!("tables-parquet")), (Tables::ParquetAndJsonLines, key!("tables-both"))];

const NESTED: [(Nested, Key); 3] = [
    (Nested::Outermost, key!("nested-outermost")),
    (Nested::Innermost, key!("nested-innermost")),
    (Nested::Columns, key!("nested-columns")),
];

impl Form {
    /// The decided articles of gold, or everything of the first annotator where there is no gold yet.
    pub fn new(work: &Workspace, names: Vec<Name>, language: &str) -> Self {
        let preferred = names.iter().position(|name| *name == work.session.corpus().project.gold).unwrap_or(0);
        let golden = names.get(preferred).is_some_and(|name| *name == work.session.corpus().project.gold);
        let schema = &work.session.corpus().schema;
        let title = |label: &crate::model::LabelDef| match label.title.get(language) {
            "" => label.name.to_string(),
            title => title.to_owned(),
        };
        Self {
            format: FORMATS[0].info().name,
            sets: names.into_iter().enumerate().map(|(at, name)| (name, at == preferred)).collect(),
            stage: if golden { Stage::Decided } else { Stage::Any },
            filter: String::new(),
            labels: schema.labels.iter().map(|label| (label.name.clone(), title(label), true)).collect(),
            zones: Zones::default(),
            split: String::new(),
            seed: 0,
            group: Grouping { trip: true, duplicate: true, source: false },
            licence: String::new(),
            options: Options::default(),
        }
    }

    /// The chosen format.
    pub fn format(&self) -> &'static dyn Format {
        format(self.format).unwrap_or(FORMATS[0])
    }

    /// True where only articles that are decided in gold are wanted.
    pub fn decided_only(&self) -> bool {
        self.stage == Stage::Decided
    }

    /// The plan that these fields make.
    pub fn plan(&self) -> Result<Plan, String> {
        let sets: Vec<Name> = self.sets.iter().filter(|(_, on)| *on).map(|(name, _)| name.clone()).collect();
        if sets.is_empty() {
            return Err(t!("form-choose-set").to_owned());
        }
        let mut plan = Plan::new(self.format(), sets);
        let labels: Vec<Name> = self.labels.iter().filter(|(.., on)| *on).map(|(name, ..)| name.clone()).collect();
        if labels.is_empty() && !self.labels.is_empty() {
            return Err(t!("form-choose-label").to_owned());
        }
        let all = labels.len() == self.labels.len();
        plan.choice = DatasetSelection {
            articles: Vec::new(),
            stage: self.stage,
            filter: self.filter.trim().to_owned(),
            labels: if all { Vec::new() } else { labels },
        };
        plan.zones = self.zones;
        plan.options = self.options.clone();
        plan.split = match self.split.trim() {
            "" => None,
            shares => Some(Split {
                shares: Split::shares(shares).map_err(|why| why.told())?,
                seed: self.seed,
                group: self.group,
            }),
        };
        self.licence.trim().clone_into(&mut plan.licence);
        Ok(plan)
    }

    /// Shows the fields.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        egui::Grid::new("export form").num_columns(2).spacing([12.0, 7.0]).show(ui, |ui| {
            let label = ui.label(t!("format"));
            self.format_ui(ui).labelled_by(label.id);
            ui.end_row();
            ui.label(t!("form-set"));
            self.sets_ui(ui);
            ui.end_row();
            let label = ui.label(t!("articles"));
            ui.horizontal(|ui| {
                choice(ui, "stage", &mut self.stage, &STAGES.map(titled_by), 120.0).labelled_by(label.id);
                let hint = egui::TextEdit::singleline(&mut self.filter).hint_text(t!("form-title-contains"));
                ui.add(hint.desired_width(120.0)).accessible_name(t!("form-title-contains"));
            });
            ui.end_row();
            let label = ui.label(t!("labels"));
            self.labels_ui(ui).labelled_by(label.id);
            ui.end_row();
            let label = ui.label(t!("form-zones"));
            choice(ui, "zones", &mut self.zones, &ZONES.map(titled_by), 220.0).labelled_by(label.id);
            ui.end_row();
            self.split_ui(ui);
            let label = ui.label(t!("form-licence"));
            let field = egui::TextEdit::singleline(&mut self.licence).hint_text(t!("form-licence-hint"));
            ui.add(field.desired_width(240.0)).labelled_by(label.id);
            ui.end_row();
            self.options_ui(ui);
        });
        ui.add_space(4.0);
        ui.add(egui::Label::new(RichText::new(self.format().info().notes.text()).weak()).wrap());
        ui.hyperlink_to(t!("form-specification"), self.format().info().reference);
    }

    fn format_ui(&mut self, ui: &mut egui::Ui) -> egui::Response {
        let shown = titled(self.format().info());
        let combo = egui::ComboBox::from_id_salt("export format").selected_text(shown).width(290.0).truncate();
        let shown = combo.show_ui(ui, |ui| {
            for format in FORMATS {
                let card = format.info();
                if ui.selectable_value(&mut self.format, card.name, titled(card)).clicked() && !card.several_sets {
                    // A format of one set keeps the first of those that were chosen.
                    let mut chosen = self.sets.iter_mut().filter(|(_, on)| *on).skip(1);
                    chosen.by_ref().for_each(|(_, on)| *on = false);
                }
            }
        });
        shown.response
    }

    fn sets_ui(&mut self, ui: &mut egui::Ui) {
        if self.sets.is_empty() {
            ui.label(RichText::new(t!("form-nobody")).weak());
        }
        let several = self.format().info().several_sets;
        let mut only = None;
        ui.horizontal_wrapped(|ui| {
            for (at, (name, on)) in self.sets.iter_mut().enumerate() {
                if several {
                    ui.checkbox(on, name.as_str());
                } else if ui.radio(*on, name.as_str()).clicked() {
                    only = Some(at);
                }
            }
        });
        if let Some(only) = only {
            self.sets.iter_mut().enumerate().for_each(|(at, (_, on))| *on = at == only);
        }
    }

    fn labels_ui(&mut self, ui: &mut egui::Ui) -> egui::Response {
        let on = self.labels.iter().filter(|(.., on)| *on).count();
        let shown = if on == self.labels.len() {
            t!("all-of-them").to_owned()
        } else {
            t!("form-on-of", on = on, count = self.labels.len())
        };
        let combo = egui::ComboBox::from_id_salt("export labels").selected_text(shown).width(220.0);
        let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        let shown = combo.show_ui(ui, |ui| {
            ui.horizontal(|ui| {
                for (title, to) in [(t!("form-all"), true), (t!("form-none"), false)] {
                    if ui.small_button(title).clicked() {
                        self.labels.iter_mut().for_each(|(.., on)| *on = to);
                    }
                }
            });
            for (_, title, on) in &mut self.labels {
                ui.checkbox(on, title.as_str());
            }
        });
        shown.response
    }

    fn split_ui(&mut self, ui: &mut egui::Ui) {
        let label = ui.label(t!("form-split"));
        ui.horizontal(|ui| {
            let field = egui::TextEdit::singleline(&mut self.split).hint_text(t!("form-split-hint"));
            ui.add(field.desired_width(120.0)).labelled_by(label.id);
            let split = !self.split.trim().is_empty();
            ui.add_enabled(split, egui::DragValue::new(&mut self.seed).prefix(t!("form-seed")))
                .on_hover_text(t!("form-seed-hint"));
        });
        ui.end_row();
        if self.split.trim().is_empty() {
            return;
        }
        ui.label(t!("form-together"));
        ui.horizontal_wrapped(|ui| {
            ui.checkbox(&mut self.group.trip, t!("form-same-trip")).on_hover_text(t!("form-same-trip-hint"));
            ui.checkbox(&mut self.group.duplicate, t!("form-near-copies"));
            ui.checkbox(&mut self.group.source, t!("form-same-publisher"));
        });
        ui.end_row();
    }

    fn options_ui(&mut self, ui: &mut egui::Ui) {
        let card = self.format().info();
        if let Some(usual) = card.unit {
            let label = ui.label(t!("form-offsets"));
            let mut unit = self.options.unit.unwrap_or(usual);
            let units = OffsetUnit::ALL.map(|unit| (unit, unit.title().text()));
            choice(ui, "unit", &mut unit, &units, 140.0).labelled_by(label.id);
            self.options.unit = (unit != usual).then_some(unit);
            ui.end_row();
        }
        if card.name == "hf" {
            let label = ui.label(t!("form-files"));
            choice(ui, "tables", &mut self.options.tables, &TABLES.map(titled_by), 180.0).labelled_by(label.id);
            ui.end_row();
        }
        if card.name != "conll" {
            return;
        }
        let label = ui.label(t!("form-tags"));
        ui.horizontal(|ui| {
            choice(ui, "tags", &mut self.options.tags, &TAGS, 90.0).labelled_by(label.id);
            let columns = choice(
                ui,
                "columns",
                &mut self.options.columns,
                &[(2, t!("form-columns-2")), (3, t!("form-columns-3")), (4, t!("form-columns-4"))],
                110.0,
            );
            columns.labelled_by(label.id);
        });
        ui.end_row();
        let label = ui.label(t!("form-overlapping"));
        choice(ui, "nested", &mut self.options.nested, &NESTED.map(titled_by), 180.0).labelled_by(label.id);
        ui.end_row();
    }
}

fn titled_by<T>((value, title): (T, Key)) -> (T, &'static str) {
    (value, title.text())
}

fn choice<T: PartialEq + Copy>(
    ui: &mut egui::Ui,
    name: &str,
    value: &mut T,
    all: &[(T, &str)],
    width: f32,
) -> egui::Response {
    let shown = all.iter().find(|(one, _)| one == value).map_or("", |(_, title)| *title);
    let combo = egui::ComboBox::from_id_salt(("export", name)).selected_text(shown).width(width);
    let shown = combo.show_ui(ui, |ui| {
        for (one, title) in all {
            ui.selectable_value(value, *one, *title);
        }
    });
    shown.response
}
