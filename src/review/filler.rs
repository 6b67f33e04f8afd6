//! Fillers of roles as they are compared.

use super::alignment::Alignment;
use super::likeness::normal;
use crate::model::{Annotation, Filler, Id, Name, Schema, Value};
use crate::text::Span;

/// One filler of a role in a set, as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FillerKey {
    /// An annotation of a set. What is in one group is one filler, as is another mention of the same referent: that its words
    /// or its label differ is a question of its own.
    Annotation(usize, Id),
    /// Words.
    Words(Vec<Span>),
    /// A value, without regard to how it is written.
    Value(Value),
}

impl FillerKey {
    /// Of a filler in the `set`-th set.
    pub fn of(set: usize, filler: &Filler) -> Self {
        match filler {
            Filler::Annotation(id) => Self::Annotation(set, *id),
            Filler::Span(at) => Self::Words(at.clone()),
            Filler::Value(value) => Self::Value(normal(value)),
        }
    }

    /// Says whether both are the same annotation, words or value.
    pub fn is(&self, other: &Self, alignment: &Alignment) -> bool {
        match (self, other) {
            (Self::Annotation(set, id), Self::Annotation(other_set, other)) => {
                alignment.group_of(*set, *id) == alignment.group_of(*other_set, *other)
            }
            (one, other) => one == other,
        }
    }

    /// Says whether both are one filler: another mention of the same referent is.
    pub fn same(&self, other: &Self, alignment: &Alignment) -> bool {
        match (self, other) {
            (Self::Annotation(set, id), Self::Annotation(other_set, other)) => {
                alignment.same_filler((*set, *id), (*other_set, *other))
            }
            (one, other) => one == other,
        }
    }
}

/// All that fills a role of a record, as it is compared.
#[derive(Clone)]
pub(super) struct FilledRole<'a> {
    alignment: &'a Alignment,
    fillers: Vec<FillerKey>,
    /// True where their order counts.
    ordered: bool,
    /// True where they come from several frames: then their order says nothing.
    joined: bool,
}

impl<'a> FilledRole<'a> {
    /// Of a record of the `set`-th set.
    pub fn of(schema: &Schema, alignment: &'a Alignment, (set, record): (usize, &Annotation), role: &Name) -> Self {
        let fillers = record.fillers(role).map(|filler| FillerKey::of(set, filler)).collect();
        let ordered = schema.label(&record.label).and_then(|label| label.role(role)).is_some_and(|it| it.ordered);
        Self { alignment, fillers, ordered, joined: false }
    }

    /// The same role filled otherwise.
    pub fn with(&self, fillers: Vec<FillerKey>) -> Self {
        Self { alignment: self.alignment, fillers, ordered: self.ordered, joined: self.joined }
    }

    /// The same role with what fills it in other halves, too.
    pub fn joined_with(&self, fillers: Vec<FillerKey>) -> Self {
        Self { joined: fillers.len() > self.fillers.len(), ..self.with(fillers) }
    }

    /// Says whether the role is filled with less than the other by frames that an annotator lacks, and by nothing else: a
    /// trip that is not marked fills no claim.
    pub fn lacks_only(&self, other: &Self, voter: usize) -> bool {
        let more = |one: &&FillerKey| !self.fillers.iter().any(|it| it.same(one, self.alignment));
        let lacked = |one: &FillerKey| match one {
            FillerKey::Annotation(set, id) => {
                let group = self.alignment.group_of(*set, *id);
                let group = group.map(|group| &self.alignment.groups[group]);
                group.is_some_and(|group| group.frame && group.members[voter].is_none())
            }
            FillerKey::Words(_) | FillerKey::Value(_) => false,
        };
        let mut more = other.fillers.iter().filter(more).peekable();
        !self.joined && !other.joined && more.peek().is_some() && more.all(lacked) && self.within(other)
    }

    /// Says whether every filler is one of the other's; where order counts, in the same order.
    pub fn within(&self, other: &Self) -> bool {
        if (self.ordered || other.ordered) && !self.joined && !other.joined {
            let mut others = other.fillers.iter();
            return self.fillers.iter().all(|one| others.any(|it| it.same(one, self.alignment)));
        }
        self.fillers.iter().all(|one| other.fillers.iter().any(|it| it.same(one, self.alignment)))
    }
}

impl PartialEq for FilledRole<'_> {
    fn eq(&self, other: &Self) -> bool {
        // In order, what is within each other is as long.
        self.within(other) && other.within(self)
    }
}
