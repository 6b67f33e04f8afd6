//! The look of each label: colours, pattern, and its name and key ready to be painted.

use std::collections::HashMap;
use std::ops::Index;
use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley};
use eframe::egui::{Color32, FontId};

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{AnnotationSet, Filler, Id, Kind, LabelDef, Name, Pattern, Schema};
use crate::text::Span;
use crate::ui::widgets::theme::Theme;

use super::index::BlockMark;

/// The look of one label.
#[derive(Debug)]
pub struct LabelStyle {
    label: Name,
    title: String,
    pub kind: Kind,
    pub color: Color32,
    pub fill: Color32,
    pub pattern: Pattern,
    /// Its title.
    pub name: Arc<Galley>,
    /// Beginnings of its title for where there is no room for all of it, the shortest first; none before they are needed.
    cuts: Vec<Arc<Galley>>,
}

/// The relation of an annotation to the frame whose card is open.
#[derive(Debug)]
pub struct RoleLook {
    pub galley: Arc<Galley>,
    pub color: Color32,
}

/// The styles of all labels that have been met, and the roles of the open frame.
#[derive(Debug, Default)]
pub struct LabelStyles {
    styles: Vec<LabelStyle>,
    roles: HashMap<Id, RoleLook>,
    /// Bare words that fill roles, as if they were annotations.
    bare: Vec<BlockMark>,
    /// Index of the look of bare words.
    frame: Option<usize>,
    name_size: f32,
}

impl LabelStyles {
    /// Prepares the labels of a schema. Where no names are written, `name_size` is still the size of roles and counts.
    pub fn new(fonts: &mut FontsView<'_>, schema: &Schema, theme: &Theme, language: &str, name_size: f32) -> Self {
        let name_size = if name_size > 0.0 { name_size } else { 11.0 };
        let mut styles = Self { name_size, ..Self::default() };
        for label in &schema.labels {
            styles.add(fonts, &label.name, Some(label), theme, language);
        }
        styles.add(fonts, &Name::new("?"), None, theme, language);
        styles
    }

    fn add(&mut self, fonts: &mut FontsView<'_>, label: &Name, def: Option<&LabelDef>, theme: &Theme, language: &str) {
        let color = theme.label(def);
        let title = def.map(|def| def.title.get(language)).filter(|title| !title.is_empty()).unwrap_or(label);
        self.styles.push(LabelStyle {
            label: label.clone(),
            title: title.to_owned(),
            kind: def.map_or(Kind::Entity, |def| def.kind),
            color,
            fill: theme.fill(color),
            pattern: def.map_or(Pattern::Dotted, |def| def.pattern),
            name: small(fonts, title.to_owned(), self.name_size),
            cuts: Vec::new(),
        });
    }

    /// Index of a label's look; one that the schema does not know has a look of its own with its name.
    pub fn of(&mut self, fonts: &mut FontsView<'_>, label: &Name) -> Option<usize> {
        if let Some(index) = self.styles.iter().position(|look| look.label == *label) {
            return Some(index);
        }
        let unknown = self.styles.iter().find(|look| look.label == "?")?;
        let look = LabelStyle {
            label: label.clone(),
            title: label.to_string(),
            kind: Kind::Entity,
            color: unknown.color,
            fill: unknown.fill,
            pattern: unknown.pattern,
            name: small(fonts, format!("{label} ?"), self.name_size),
            cuts: Vec::new(),
        };
        self.styles.push(look);
        Some(self.styles.len() - 1)
    }

    /// The look of bare words that fill a role of the open frame.
    pub fn of_role(&self, id: Id) -> Option<usize> {
        self.roles.contains_key(&id).then_some(self.frame)?
    }

    /// As many letters of a label's title as fit; none where that is one letter, which may begin other titles, too.
    pub fn fitting(&mut self, fonts: &mut FontsView<'_>, look: usize, room: f32) -> Option<Arc<Galley>> {
        let style = &mut self.styles[look];
        if style.name.size().x <= room {
            return Some(style.name.clone());
        }
        if style.cuts.is_empty() {
            let ends = style.title.grapheme_indices(true).skip(2).map(|(at, _)| at);
            let cut = |end: usize| small(fonts, format!("{}…", style.title[..end].trim_end()), self.name_size);
            style.cuts = ends.map(cut).collect();
        }
        style.cuts.iter().rev().find(|cut| cut.size().x <= room).cloned()
    }

    /// A small text such as a count.
    pub fn small(&self, fonts: &mut FontsView<'_>, text: String) -> Arc<Galley> {
        small(fonts, text, self.name_size)
    }

    /// Learns what the annotations around the open frame are to it.
    pub fn open(&mut self, fonts: &mut FontsView<'_>, set: &AnnotationSet, schema: &Schema, language: &str, frame: Id) {
        let Some(record) = set.get(frame) else { return };
        let Some(look) = self.of(fonts, &record.label) else { return };
        let color = self.styles[look].color;
        self.frame = Some(look);
        let title = self.styles[look].title.clone();
        self.put_role(fonts, frame, &title, color);
        let def = schema.label(&record.label);
        for (index, role) in record.roles.iter().enumerate() {
            let role_def = def.and_then(|def| def.role(&role.name));
            let title = role_def.map(|role| role.title.get(language)).filter(|title| !title.is_empty());
            let title = title.unwrap_or(&role.name).to_owned();
            // Where a role takes several things, the one that was chosen is drawn with it.
            let several = role_def.is_none_or(|def| def.fillers.len() + usize::from(def.spans) > 1);
            match &role.filler {
                Filler::Annotation(id) => {
                    let label = set.get(*id).filter(|_| several).and_then(|filler| schema.label(&filler.label));
                    let label = label.map(|label| label.title.get(language).to_owned());
                    let title = label.map_or(title.clone(), |label| format!("{title} · {label}"));
                    self.put_role(fonts, *id, &title, color);
                }
                Filler::Span(at) => {
                    let Some(id) = bare_id(index) else { continue };
                    self.put_role(fonts, id, &title, color);
                    self.bare.extend(at.iter().map(|&span| BlockMark { id, span }));
                }
                Filler::Value(_) => {}
            }
        }
    }

    fn put_role(&mut self, fonts: &mut FontsView<'_>, id: Id, title: &str, color: Color32) {
        let galley = small(fonts, title.to_owned(), self.name_size);
        self.roles.insert(id, RoleLook { galley, color });
    }

    /// The relation of an annotation to the open frame.
    pub fn role(&self, id: Id) -> Option<&RoleLook> {
        self.roles.get(&id)
    }

    /// Bare words within `span` that fill a role of the open frame.
    pub fn bare(&self, span: Span) -> impl Iterator<Item = BlockMark> + '_ {
        self.bare.iter().copied().filter(move |mark| mark.span.overlaps(span))
    }
}

impl Index<usize> for LabelStyles {
    type Output = LabelStyle;

    fn index(&self, look: usize) -> &LabelStyle {
        &self.styles[look]
    }
}

/// A name for the bare words of the `index`-th filled role, which have none in the set.
fn bare_id(index: usize) -> Option<Id> {
    format!("--{index}").parse().ok()
}

fn small(fonts: &mut FontsView<'_>, text: String, size: f32) -> Arc<Galley> {
    fonts.layout_no_wrap(text, FontId::proportional(size), Color32::PLACEHOLDER)
}
