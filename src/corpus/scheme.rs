//! The parts that roles and attributes play in tables over articles, read off the schema: no label is known by its name.

use std::sync::OnceLock;

use super::digest::Frame;
use crate::model::{AttributeDef, AttributeKind, ChoiceDef, Kind, LabelDef, Name, RoleDef, Schema, Sense, ValueKind};

/// A label of frames, and which of its roles say who, where and when.
#[derive(Debug, Clone)]
pub struct Scheme<'a> {
    /// The label.
    pub label: &'a LabelDef,
    /// The role of who goes, or who says it: the first one that entities fill.
    pub who: Option<&'a Name>,
    /// The role of the place that it leads to: the next one that has to be filled, else the next whose order counts.
    pub place: Option<&'a Name>,
    /// All roles that are filled as that one is.
    pub places: Vec<&'a Name>,
    /// The roles that dates fill.
    pub dates: Vec<&'a Name>,
    /// The roles that frames of other labels fill.
    pub about: Vec<&'a Name>,
    /// The attribute that says how far it is: the first whose values have such a sense, else the first that is required.
    pub state: Option<&'a AttributeDef>,
    /// The attribute that says whether something is affirmed or denied.
    pub polarity: Option<&'a AttributeDef>,
}

impl<'a> Scheme<'a> {
    /// The scheme of a label of frames.
    #[must_use]
    pub fn of(schema: &'a Schema, label: &'a LabelDef) -> Self {
        let kind = |name: &Name| schema.kind(name);
        let is_date = |role: &RoleDef| {
            let dated = |name: &Name| {
                let attributes = schema.label(name).into_iter().flat_map(|label| &label.attributes);
                attributes.into_iter().any(|attribute| attribute.kind == AttributeKind::Date)
            };
            role.values.contains(&ValueKind::Date) || (!role.fillers.is_empty() && role.fillers.iter().all(dated))
        };
        let takes_frames = |role: &RoleDef| role.fillers.iter().any(|name| kind(name) == Kind::Frame);
        let of_entities = |role: &&RoleDef| !is_date(role) && !role.fillers.is_empty() && !takes_frames(role);
        let mut entities = label.roles.iter().filter(of_entities);
        let who = entities.next();
        let rest: Vec<&RoleDef> = entities.collect();
        let place =
            rest.iter().find(|role| role.cardinality.least > 0).or_else(|| rest.iter().find(|role| role.ordered));
        let places = place.map_or(Vec::new(), |place| {
            rest.iter().filter(|role| role.fillers == place.fillers).map(|role| &role.name).collect()
        });
        let others = |role: &&RoleDef| role.fillers.iter().any(|name| kind(name) == Kind::Frame && *name != label.name);
        let with = |fits: fn(Sense) -> bool| {
            let fits =
                |choice: &ChoiceDef, attribute: &AttributeDef| sense_of(label, attribute, choice).is_some_and(fits);
            label.attributes.iter().find(|attribute| match &attribute.kind {
                AttributeKind::Choice(choices) => choices.iter().any(|choice| fits(choice, attribute)),
                _ => false,
            })
        };
        let required = || {
            let choice = |attribute: &&AttributeDef| matches!(attribute.kind, AttributeKind::Choice(_));
            label.attributes.iter().filter(choice).find(|attribute| attribute.required)
        };
        Self {
            label,
            who: who.map(|role| &role.name),
            place: place.map(|role| &role.name),
            places,
            dates: label.roles.iter().filter(|role| is_date(role)).map(|role| &role.name).collect(),
            about: label.roles.iter().filter(others).map(|role| &role.name).collect(),
            state: with(|sense| !matches!(sense, Sense::Affirms | Sense::Denies)).or_else(required),
            polarity: with(|sense| matches!(sense, Sense::Affirms | Sense::Denies)),
        }
    }

    /// The labels whose frames lie in time: trips.
    #[must_use]
    pub fn journeys(schema: &'a Schema) -> Vec<Self> {
        Self::all(schema).filter(|scheme| !scheme.dates.is_empty()).collect()
    }

    /// The labels whose frames say something about other frames: claims.
    #[must_use]
    pub fn statements(schema: &'a Schema) -> Vec<Self> {
        Self::all(schema).filter(|scheme| scheme.dates.is_empty() && !scheme.about.is_empty()).collect()
    }

    fn all(schema: &'a Schema) -> impl Iterator<Item = Self> {
        let frames = schema.labels.iter().filter(|label| label.kind == Kind::Frame);
        frames.map(move |label| Self::of(schema, label))
    }

    /// The sense of a frame's state; none where it says none, or the value has no such sense.
    #[must_use]
    pub fn sense(&self, frame: &Frame) -> Option<Sense> {
        self.value(self.state?, frame)
    }

    /// True where a frame takes place, has done so or will: false where its state says that it does not, or says nothing of
    /// that sort, as a wish.
    #[must_use]
    pub fn takes_place(&self, frame: &Frame) -> bool {
        let said = self.state.and_then(|state| frame.attribute(&state.name));
        said.is_none() || matches!(self.sense(frame), Some(Sense::Ahead | Sense::Underway | Sense::Over))
    }

    /// True where a frame denies something, false where it affirms it; none where it does not say.
    #[must_use]
    pub fn denies(&self, frame: &Frame) -> Option<bool> {
        Some(self.value(self.polarity?, frame)? == Sense::Denies)
    }

    fn value(&self, attribute: &AttributeDef, frame: &Frame) -> Option<Sense> {
        let value = frame.attribute(&attribute.name)?;
        let AttributeKind::Choice(choices) = &attribute.kind else { return None };
        sense_of(self.label, attribute, choices.iter().find(|choice| choice.name == *value)?)
    }
}

/// The sense of a value: as the schema says, else as the schema that comes with the program says of a value of the same
/// name, since projects that were made earlier have it without.
fn sense_of(label: &LabelDef, attribute: &AttributeDef, choice: &ChoiceDef) -> Option<Sense> {
    static OWN: OnceLock<Schema> = OnceLock::new();
    choice.sense.or_else(|| {
        let known = OWN.get_or_init(Schema::trips).label(&label.name)?.attribute(&attribute.name)?;
        let AttributeKind::Choice(choices) = &known.kind else { return None };
        choices.iter().find(|known| known.name == choice.name)?.sense
    })
}
