//! The project as `project.ron` has it: what it is called, who makes sets in it and of what kind, who is compared.

use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Conflict, Name, Strategy};

/// The kind of an annotation set: by whom it was made, and so what it stands for.
///
/// It is kept in the set's header and in the project's list of people, and is never read off a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum SetKind {
    /// The work of a person. Figures, review, progress and cards are about these sets unless others are named.
    #[default]
    Person,
    /// Decisions on what several sets say: gold.
    Adjudicated,
    /// Predictions of a model.
    Model,
    /// Computed from other sets: what is probably true, or what a strategy would merge.
    Computed,
}

impl SetKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Person, Self::Adjudicated, Self::Model, Self::Computed];

    /// The kind as options and exports name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Adjudicated => "adjudicated",
            Self::Model => "model",
            Self::Computed => "computed",
        }
    }
}

impl fmt::Display for SetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for SetKind {
    type Err = Message;

    fn from_str(text: &str) -> Result<Self, Message> {
        let unknown = || message!("set-kind-unknown", text = text, kinds = Self::ALL.map(Self::name).join(", "));
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(unknown)
    }
}

/// A maker of annotation sets in the project's list of people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Maker {
    /// The name, which is that of the sets too.
    pub name: Name,
    /// The kind of all sets of this name.
    pub kind: SetKind,
}

impl Maker {
    /// A person of this name.
    #[must_use]
    pub fn person(name: &Name) -> Self {
        Self { name: name.clone(), kind: SetKind::Person }
    }
}

/// The settings of a project as a whole, as `project.ron` has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The name of the project.
    pub title: String,
    /// The makers of sets, in the order in which they joined. Whoever is not listed is a person, save the adjudicated
    /// set.
    pub people: Vec<Maker>,
    /// The sets that figures, review and progress compare, in the order of the digit keys; none named means every
    /// person's.
    pub compared: Vec<Name>,
    /// The rule by which a reading counts as agreed.
    pub strategy: Strategy,
    /// The adjudicated set, which receives decisions.
    pub gold: Name,
    /// True where annotators see each other's sets and comments. Otherwise they work blind: each sees the own set alone,
    /// until there is gold to hold it against.
    pub open_sets: bool,
    /// True where nobody changes the schema: annotation is in progress.
    pub schema_locked: bool,
    /// The things that a merge left to decide in the settings.
    pub conflicts: Vec<Conflict>,
}

/// A name whose sets are of another kind than those that were to be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct OtherKind {
    /// The name.
    pub name: Name,
    /// The kind of the sets that are there.
    pub is: SetKind,
    /// The kind of those that were to be made.
    pub kind: SetKind,
}

impl InWords for OtherKind {
    fn in_words(&self) -> Message {
        message!("set-of-other-kind", name = self.name, is = self.is, kind = self.kind)
    }
}

in_english!(OtherKind);

impl Default for Project {
    fn default() -> Self {
        Self {
            title: String::new(),
            people: Vec::new(),
            compared: Vec::new(),
            strategy: Strategy::default(),
            gold: Name::new(Self::GOLD),
            open_sets: false,
            schema_locked: false,
            conflicts: Vec::new(),
        }
    }
}

impl Project {
    /// The name of the adjudicated set where a project does not choose another one.
    pub const GOLD: &str = "gold";

    /// The kind of a maker's sets: the one that is listed; adjudicated for the set that receives decisions, and for the
    /// one that does so by default; else a person's.
    #[must_use]
    pub fn kind(&self, name: &str) -> SetKind {
        match self.people.iter().find(|maker| *maker.name == *name) {
            Some(maker) => maker.kind,
            None if *self.gold == *name || name == Self::GOLD => SetKind::Adjudicated,
            None => SetKind::Person,
        }
    }

    /// Lists a maker with this kind; nothing changes where the maker has it already.
    pub fn set_kind(&mut self, name: &Name, kind: SetKind) {
        if self.kind(name) == kind {
            return;
        }
        match self.people.iter_mut().find(|maker| maker.name == *name) {
            Some(maker) => maker.kind = kind,
            None => self.people.push(Maker { name: name.clone(), kind }),
        }
    }

    /// Lets a maker have sets of a kind: those that are there are of it, or there are none. `makers` have sets.
    ///
    /// # Errors
    /// If there are sets of that name, of another kind.
    pub fn may_be(&self, name: &Name, kind: SetKind, makers: &[Name]) -> Result<(), OtherKind> {
        let is = self.kind(name);
        if is == kind || !makers.contains(name) { Ok(()) } else { Err(OtherKind { name: name.clone(), is, kind }) }
    }

    /// The sets that are compared, of `makers`, who have sets: those that the project names, in its order; where it
    /// names none, every person's, in the order of `makers`. The set that receives decisions is never among them.
    ///
    /// Everything that is about the annotators of a project asks here, unless somebody named the sets.
    #[must_use]
    pub fn compared(&self, makers: &[Name]) -> Vec<Name> {
        let asked = !self.compared.is_empty();
        let from = if asked { &self.compared } else { makers };
        let wanted = |name: &&Name| if asked { makers.contains(name) } else { self.kind(name) == SetKind::Person };
        from.iter().filter(|name| **name != self.gold).filter(wanted).cloned().collect()
    }

    /// This project with what has changed from `before` to `after`, setting by setting and maker by maker.
    #[must_use]
    pub fn with_change(mut self, before: &Self, after: &Self) -> Self {
        fn take<T: PartialEq + Clone>(there: &mut T, before: &T, after: &T) {
            if before != after {
                there.clone_from(after);
            }
        }
        take(&mut self.title, &before.title, &after.title);
        take(&mut self.compared, &before.compared, &after.compared);
        take(&mut self.strategy, &before.strategy, &after.strategy);
        take(&mut self.gold, &before.gold, &after.gold);
        take(&mut self.open_sets, &before.open_sets, &after.open_sets);
        take(&mut self.schema_locked, &before.schema_locked, &after.schema_locked);
        for maker in after.people.iter().filter(|maker| !before.people.contains(maker)) {
            match self.people.iter_mut().find(|there| there.name == maker.name) {
                Some(there) => there.kind = maker.kind,
                None => self.people.push(maker.clone()),
            }
        }
        let gone = |name: &Name| {
            let has = |project: &Self| project.people.iter().any(|maker| maker.name == *name);
            has(before) && !has(after)
        };
        self.people.retain(|maker| !gone(&maker.name));
        let settled = |conflict: &Conflict| before.conflicts.contains(conflict) && !after.conflicts.contains(conflict);
        self.conflicts.retain(|conflict| !settled(conflict));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<Name> {
        text.split_whitespace().map(Name::new).collect()
    }

    #[test]
    fn persons_are_compared_unless_others_are_named() {
        let mut project = Project::default();
        let makers = names("a adj b gold m p");
        assert_eq!(project.compared(&makers), names("a adj b m p"), "nothing is read off a name, save the default");
        for (name, kind) in [("adj", SetKind::Adjudicated), ("m", SetKind::Model), ("p", SetKind::Computed)] {
            project.set_kind(&Name::new(name), kind);
        }
        assert_eq!(project.compared(&makers), names("a b"));
        project.compared = names("m b gone gold");
        assert_eq!(project.compared(&makers), names("m b"));
        (project.compared, project.gold) = (Vec::new(), Name::new("b"));
        assert_eq!(project.compared(&makers), names("a"), "what receives decisions is not compared");
    }

    #[test]
    fn changes_of_two_windows_meet_maker_by_maker() {
        let mut before = Project::default();
        before.set_kind(&Name::new("m"), SetKind::Model);
        let (mut there, mut after) = (before.clone(), before.clone());
        there.open_sets = true;
        there.set_kind(&Name::new("x"), SetKind::Model);
        after.title = "Trips".into();
        after.set_kind(&Name::new("m"), SetKind::Computed);
        let met = there.with_change(&before, &after);
        assert!(met.open_sets && met.title == "Trips");
        assert_eq!((met.kind("m"), met.kind("x")), (SetKind::Computed, SetKind::Model));
    }

    #[test]
    fn kinds_are_read_as_they_are_named() {
        for kind in SetKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert!("gold".parse::<SetKind>().unwrap_err().to_string().contains("person, adjudicated, model, computed"));
    }
}
