//! The list of places to tick, where a label is split by hand.

use std::collections::BTreeSet;

use eframe::egui::{self, RichText};

use crate::edit::AnnotationKey;
use crate::model::Name;
use crate::redefine::{self, LabelPlace};
use crate::store::Snapshot;
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs};

/// The height of the list, points.
const HEIGHT: f32 = 280.0;

/// The places of a label, and which of them are shown.
pub struct Places {
    /// The label.
    pub label: Name,
    reading: Option<Job<Vec<LabelPlace>>>,
    all: Vec<LabelPlace>,
    filter: String,
}

impl Places {
    /// The places of a label, which a worker reads.
    pub fn new(jobs: &Jobs, project: Snapshot, label: &Name) -> Self {
        let name = label.clone();
        let reading = jobs.start(t!("schema-looking"), move |_| redefine::places(&project, &name));
        Self { label: label.clone(), reading: Some(reading), all: Vec::new(), filter: String::new() }
    }

    /// True while they are read.
    pub fn busy(&self) -> bool {
        self.reading.is_some()
    }

    /// Takes what the worker has read.
    pub fn follow(&mut self) {
        if let Some(all) = Job::over(&mut self.reading) {
            self.all = all.unwrap_or_default();
        }
    }

    /// Shows them, each with a tick.
    pub fn ui(&mut self, ui: &mut egui::Ui, ticked: &mut BTreeSet<AnnotationKey>) {
        if self.busy() {
            ui.weak(t!("schema-looking"));
            return;
        }
        let label = ui.weak(t!("schema-ticked", count = ticked.len(), all = self.all.len()));
        let hint = t!("schema-tick-filter");
        let field = egui::TextEdit::singleline(&mut self.filter).hint_text(hint).desired_width(f32::INFINITY);
        field.show(ui).response.response.labelled_by(label.id);
        let wanted = self.filter.to_lowercase();
        let fits = |place: &&LabelPlace| {
            let (article, maker, _) = &place.key;
            wanted.is_empty()
                || place.line.to_lowercase().contains(&wanted)
                || **article == *wanted
                || **maker == *wanted
        };
        let shown: Vec<&LabelPlace> = self.all.iter().filter(fits).collect();
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(!shown.is_empty(), egui::Button::new(t!("schema-tick-shown"))).clicked() {
                ticked.extend(shown.iter().map(|place| place.key.clone()));
            }
            if ui.add_enabled(!ticked.is_empty(), egui::Button::new(t!("schema-untick"))).clicked() {
                for place in &shown {
                    ticked.remove(&place.key);
                }
            }
        });
        let row = ui.spacing().interact_size.y;
        let area = egui::ScrollArea::vertical().id_salt("places").max_height(HEIGHT).auto_shrink([false, true]);
        area.show_rows(ui, row, shown.len(), |ui, rows| {
            for place in &shown[rows] {
                let (article, maker, _) = &place.key;
                let mut on = ticked.contains(&place.key);
                let where_it_is = format!("{article} · {maker}");
                ui.horizontal(|ui| {
                    let words = if place.words.is_empty() { t!("schema-no-words") } else { place.words.as_str() };
                    let told = RichText::new(crate::ui::workspace::card::short(words, 40));
                    let tick = ui.checkbox(&mut on, told).on_hover_text(format!("{where_it_is}\n{}", place.line));
                    if tick.changed() {
                        match on {
                            true => ticked.insert(place.key.clone()),
                            false => ticked.remove(&place.key),
                        };
                    }
                    ui.add(egui::Label::new(RichText::new(where_it_is).small().weak()).truncate());
                });
            }
        });
    }
}
