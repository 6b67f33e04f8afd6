//! People and places as frames name them: known by their referents, else by their words.

use std::collections::HashMap;

use super::digest::SlotFiller;
use super::fold::folded;
use super::index::Index;
use crate::gazetteer::{Place, PlaceKind, gazetteer};
use crate::model::Id;

/// Somebody or something that fills a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing {
    /// The referent.
    pub referent: Option<Id>,
    /// The name of the referent, else the words.
    pub name: String,
    /// The place that the name means, by the gazetteer.
    pub place: Option<&'static Place>,
}

impl Thing {
    /// True where both are one: one referent, or where one has none, one name.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self.referent, other.referent) {
            (Some(one), Some(other)) => one == other,
            _ => folded(self.name.trim()) == folded(other.name.trim()),
        }
    }

    /// True where one of them is a country and the other one lies in it, or both are names of one place.
    #[must_use]
    pub fn lies_with(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (self.place, other.place) else { return false };
        let in_country = |one: &Place, other: &Place| {
            one.kind == PlaceKind::Territory && other.kind == PlaceKind::City && one.country == other.country
        };
        one.id == other.id || in_country(one, other) || in_country(other, one)
    }

    /// The name by which it is looked up: things that are one have one, save those of which one has a referent.
    pub(super) fn key(&self) -> String {
        self.referent.map_or_else(|| folded(self.name.trim()), |id| format!("\u{1}{id}"))
    }
}

/// The things of an index, looked up once.
pub(super) struct Things<'a> {
    index: &'a Index,
    referents: HashMap<Id, Thing>,
    words: HashMap<Box<str>, Thing>,
}

impl<'a> Things<'a> {
    pub fn of(index: &'a Index) -> Self {
        Self { index, referents: HashMap::new(), words: HashMap::new() }
    }

    /// The thing that fills a role.
    pub fn thing(&mut self, filler: &SlotFiller) -> Thing {
        if let Some(id) = filler.referent {
            let index = self.index;
            let known = self.referents.entry(id).or_insert_with(|| {
                let referent = index.referent(id);
                let external =
                    referent.and_then(|one| one.external.iter().find(|(register, _)| *register == *"geonames"));
                let name = referent.map(|one| one.name.clone()).filter(|name| !name.is_empty());
                let name = name.unwrap_or_else(|| filler.words.to_string());
                let place = external.and_then(|(_, id)| gazetteer().by_id(id.parse().ok()?));
                let place = place.or_else(|| place_of(&name)).or_else(|| place_of(&filler.words));
                Thing { referent: Some(id), name, place }
            });
            return known.clone();
        }
        let words = &filler.words;
        let thing = || Thing { referent: None, name: words.trim().to_owned(), place: place_of(words) };
        self.words.entry(words.clone()).or_insert_with(thing).clone()
    }
}

/// The place that a name means at first.
fn place_of(name: &str) -> Option<&'static Place> {
    // A name that is none of a place is long, or means nothing there.
    (name.len() <= 60).then(|| gazetteer().named(name)).and_then(|found| found.first().map(|first| first.place))
}
