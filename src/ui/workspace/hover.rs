//! The words about annotations, for the pointer that rests on them and for those who hear them: label, roles, who it is, note.

use eframe::egui::{self, RichText};

use crate::model::{Annotation, AnnotationSet, Corpus, Filler, Id, Name, Titles};
use crate::t;
use crate::text::Text;
use crate::ui::reader::Reader;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::card;

/// Annotations over each other that are told of at the most.
const MOST: usize = 5;

/// The sets and the language that hovered annotations are told from.
pub struct Told<'a> {
    /// The schema, and who mentions are about.
    pub corpus: &'a Corpus,
    /// The owner of the set.
    pub owner: &'a Name,
    pub text: &'a Text,
    pub set: &'a AnnotationSet,
    /// ISO 639-1.
    pub language: &'a str,
}

impl Told<'_> {
    /// Shows what is said about annotations beside the pointer, the shortest first.
    pub fn ui(&self, ui: &egui::Ui, ids: &[Id], theme: &Theme) {
        let records: Vec<_> = ids.iter().filter_map(|&id| self.set.get(id)).collect();
        if records.is_empty() {
            return;
        }
        let anchor = egui::PopupAnchor::Pointer;
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), Reader::id().with("told"), anchor).gap(14.0).show(
            |ui| {
                for record in records.iter().take(MOST) {
                    let [head, rest @ ..] = &self.about(record)[..] else { continue };
                    ui.label(RichText::new(head).color(theme.text));
                    for line in rest {
                        ui.label(RichText::new(line).color(theme.weak));
                    }
                }
                if records.len() > MOST {
                    ui.label(RichText::new(format!("+{}", records.len() - MOST)).color(theme.weak));
                }
            },
        );
    }

    /// Label and words; then roles, who it is, and the note, each where there is one.
    pub fn about(&self, record: &Annotation) -> Vec<String> {
        let mut lines = vec![self.named(record)];
        if let Some(referent) = record.referent.and_then(|id| self.corpus.referents(self.owner)?.get(&id)) {
            lines.push(t!("label-all-is", name = referent.name));
        }
        for frame in self.set.referrers(record.id) {
            for role in frame.roles.iter().filter(|role| role.filler == Filler::Annotation(record.id)) {
                let def = self.corpus.schema.label(&frame.label).and_then(|label| label.role(&role.name));
                let role = self.title(def.map(|def| &def.title), &role.name);
                lines.push(t!("role-in-card", role = role, card = self.named(frame)));
            }
        }
        if !record.note.is_empty() {
            lines.push(t!("hover-note", note = card::short(&record.note, 200)));
        }
        lines
    }

    fn named(&self, record: &Annotation) -> String {
        let label = self.title(self.corpus.schema.label(&record.label).map(|def| &def.title), &record.label);
        match record.at.is_empty() {
            true => label,
            false => t!("annotation-named", label = label, words = card::short(&card::title(self.text, record), 40)),
        }
    }

    fn title(&self, titles: Option<&Titles>, name: &Name) -> String {
        let title = titles.map(|titles| titles.get(self.language)).filter(|title| !title.is_empty());
        title.unwrap_or(name).to_owned()
    }
}
