//! The selection in the open article: what is looked at, the card of a frame, and its armed role.

use crate::model::{Id, Kind, Name, Quote, RoleDef};
use crate::ui::commands::Direction;
use crate::ui::workspace::card;
use crate::ui::workspace::open_project::{Card, Workspace};

/// The number of annotations that are remembered as used lately.
const RECENT: usize = 30;

impl Workspace {
    /// Selects annotations of the open article; a frame among them does not open as a card by that.
    pub fn select(&mut self, ids: Vec<Id>) {
        if let Some(open) = &mut self.open {
            if open.card.as_ref().is_some_and(|card| ids.first() != Some(&card.frame)) {
                open.card = None;
            }
            open.selected = ids;
        }
    }

    /// Looks at an annotation, or else at words.
    pub(super) fn look(&mut self, annotation: Option<Id>, at: &[Quote]) {
        let there = annotation.filter(|&id| self.page().is_some_and(|(_, set)| set.get(id).is_some()));
        if let Some(id) = there {
            return self.look_at(id);
        }
        let words = self.page().and_then(|(text, _)| at.iter().find_map(|quote| quote.place(text)));
        if let (Some(open), Some(first)) = (&mut self.open, words) {
            open.reader.select(first);
            open.reader.reveal(first);
            if let Some(finder) = &mut open.finder {
                finder.stand_at(first);
            }
        }
    }

    /// Selects an annotation and brings it into view.
    pub fn look_at(&mut self, id: Id) {
        let Some((_, set)) = self.page() else { return };
        let Some(record) = set.get(id) else { return };
        let extent = record.extent();
        self.select(vec![id]);
        if let (Some(open), Some(extent)) = (&mut self.open, extent) {
            open.reader.set_caret(extent.start);
            open.reader.reveal(extent);
        }
    }

    /// Opens a frame as a card and arms its first required role that lacks a filler.
    pub fn open_card(&mut self, frame: Id) {
        let armed = self.role_to_arm(frame, None);
        if let Some(open) = &mut self.open {
            open.selected = vec![frame];
            open.card = Some(Card { frame, armed, by_click: None });
        }
    }

    /// Arms a role of the open card.
    pub fn arm(&mut self, role: Name) {
        if let Some(card) = self.open.as_mut().and_then(|open| open.card.as_mut()) {
            card.armed = Some(role);
        }
    }

    /// Arms what comes after a role that was just filled: the role itself as long as it takes more, then the first required
    /// one that lacks a filler, then nothing.
    pub fn arm_next(&mut self, filled: &Name) {
        let Some(card) = self.open.as_ref().and_then(|open| open.card.as_ref()) else { return };
        let frame = card.frame;
        let count = self.page().and_then(|(_, set)| set.get(frame)).map_or(0, |record| record.fillers(filled).count());
        let most = self.role_def(frame, filled).and_then(|def| def.cardinality.most);
        let armed = match most.is_none_or(|most| count < usize::from(most)) {
            true => Some(filled.clone()),
            false => self.role_to_arm(frame, None),
        };
        if let Some(card) = self.open.as_mut().and_then(|open| open.card.as_mut()) {
            card.armed = armed;
        }
    }

    /// Arms the next required role that lacks a filler, in the order of the schema, or the one before; beyond the last one
    /// nothing.
    pub fn arm_beside(&mut self, direction: Direction) {
        let Some((frame, armed)) = self.armed() else { return };
        let armed = self.role_to_arm(frame, Some((&armed, direction)));
        if let Some(card) = self.open.as_mut().and_then(|open| open.card.as_mut()) {
            card.armed = armed;
        }
    }

    /// Arms the first required role of the open card that lacks a filler, or nothing.
    pub fn arm_missing(&mut self) {
        let frame = self.open.as_ref().and_then(|open| open.card.as_ref()).map(|card| card.frame);
        let armed = frame.and_then(|frame| self.role_to_arm(frame, None));
        if let Some(card) = self.open.as_mut().and_then(|open| open.card.as_mut()) {
            card.armed = armed;
        }
    }

    fn role_to_arm(&self, frame: Id, beside: Option<(&Name, Direction)>) -> Option<Name> {
        let (_, set) = self.page()?;
        let record = set.get(frame)?;
        card::next_role(self.session.corpus().schema.label(&record.label)?, record, beside)
    }

    /// The definition of a role of a frame of the open article.
    pub fn role_def(&self, frame: Id, role: &Name) -> Option<&RoleDef> {
        let (_, set) = self.page()?;
        self.session.corpus().schema.label(&set.get(frame)?.label)?.role(role)
    }

    /// The title of a role of a frame of the open article, or its name where the schema does not know it.
    pub fn role_title(&self, frame: Id, role: &Name, language: &str) -> String {
        self.role_def(frame, role).map_or(role.to_string(), |def| def.title.get(language).to_owned())
    }

    /// The title of a label, or its name where the schema does not know it.
    pub fn label_title(&self, label: &Name, language: &str) -> String {
        let def = self.session.corpus().schema.label(label);
        def.map_or(label.to_string(), |def| def.title.get(language).to_owned())
    }

    /// The annotations that the details are about: the frame of the open card, or what is selected.
    pub fn subject(&self) -> Vec<Id> {
        let Some(open) = &self.open else { return Vec::new() };
        open.card.as_ref().map_or_else(|| open.selected.clone(), |card| vec![card.frame])
    }

    /// True where an annotation of the open article is a frame.
    pub fn is_frame(&self, id: Id) -> bool {
        let schema = &self.session.corpus().schema;
        self.page().and_then(|(_, set)| set.get(id)).is_some_and(|record| schema.kind(&record.label) == Kind::Frame)
    }

    /// The frame of the open card and its armed role.
    pub fn armed(&self) -> Option<(Id, Name)> {
        let card = self.open.as_ref()?.card.as_ref()?;
        Some((card.frame, card.armed.clone()?))
    }

    /// True where an annotation may fill a role of a frame.
    pub fn fits(&self, frame: Id, role: &Name, id: Id) -> bool {
        let record = self.page().and_then(|(_, set)| set.get(id));
        let role = self.role_def(frame, role);
        frame != id && role.zip(record).is_some_and(|(role, record)| role.fillers.contains(&record.label))
    }

    /// Notes that an annotation was used.
    pub fn used(&mut self, id: Id) {
        self.recent.retain(|&other| other != id);
        self.recent.insert(0, id);
        self.recent.truncate(RECENT);
    }
}
