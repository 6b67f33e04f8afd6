//! Journeys and claims that do not go together: two places on one day, and a claimant who says both.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date as Day;

use super::finding::{Example, Finding, Rule};
use super::marks::EXAMPLES;
use crate::corpus::{Frame, Index, Item, Scheme, Slot, SlotFiller, folded};
use crate::gazetteer::{PlaceKind, gazetteer};
use crate::model::{Id, Verdict};

/// A thing that a filler is: a referent, or words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Referent(Id),
    Words(String),
}

impl Thing {
    fn of(index: &Index, filler: &SlotFiller) -> Self {
        match filler.referent.filter(|id| index.referent(*id).is_some()) {
            Some(id) => Self::Referent(id),
            None => Self::Words(folded(&filler.words)),
        }
    }

    fn name(&self, index: &Index) -> String {
        match self {
            Self::Referent(id) => index.referent(*id).map_or_else(|| id.to_string(), |it| it.name.clone()),
            Self::Words(words) => words.clone(),
        }
    }
}

/// A journey to one place on one day.
struct Leg {
    place: Thing,
    name: String,
    item: Item,
}

/// People who go to two places on one day, of which neither is known to hold the other.
pub(super) fn two_places(index: &Index, keep: &dyn Fn(Item) -> bool) -> Vec<Finding> {
    let schemes = Scheme::journeys(index.schema());
    let mut legs: BTreeMap<(Thing, Day), Vec<Leg>> = BTreeMap::new();
    for (item, frame) in index.frames().filter(|(item, _)| keep(*item)) {
        let Some(scheme) = schemes.iter().find(|scheme| scheme.label.name == frame.label) else { continue };
        let (Some(goes), Some(leads)) = (scheme.who, scheme.place) else { continue };
        let Some(day) = day(scheme, frame).filter(|_| scheme.takes_place(frame)) else { continue };
        let [to] = frame.fillers(leads) else { continue };
        for who in frame.fillers(goes) {
            let place = Thing::of(index, to);
            let name = match &place {
                Thing::Referent(_) => place.name(index),
                Thing::Words(_) => to.words.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            legs.entry((Thing::of(index, who), day)).or_default().push(Leg { place, name, item });
        }
    }
    let mut found = Vec::new();
    for ((who, day), legs) in legs {
        let apart =
            |one: &Leg| legs.iter().any(|other| one.place != other.place && !may_be_one(&one.name, &other.name));
        let apart: Vec<&Leg> = legs.iter().filter(|leg| apart(leg)).collect();
        if apart.is_empty() {
            continue;
        }
        let mut sides: BTreeMap<&str, usize> = BTreeMap::new();
        for leg in &apart {
            *sides.entry(&leg.name).or_default() += 1;
        }
        found.push(Finding {
            rule: Rule::TwoPlaces,
            about: format!("{}, {day}", who.name(index)),
            sides: sides.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(),
            examples: apart.iter().take(EXAMPLES).filter_map(|leg| example(index, leg.item)).collect(),
            referents: match who {
                Thing::Referent(id) => vec![id],
                Thing::Words(_) => Vec::new(),
            },
            mend: None,
        });
    }
    found
}

/// The one day on which a frame says that somebody is there.
fn day(scheme: &Scheme<'_>, frame: &Frame) -> Option<Day> {
    // Of three roles of days the middle one is that of being there; of fewer none is known to be.
    let there = match scheme.dates[..] {
        [_, there, _] => frame.fillers(there),
        _ => &[],
    };
    let days = match there {
        [one] => one.days?,
        [] => frame.days?,
        _ => return None,
    };
    days.from.filter(|from| days.until == Some(*from) && !days.about)
}

/// True where two names are of one place, or of a territory and something in it; and where a name is of no known place, which may
/// be anywhere.
fn may_be_one(one: &str, other: &str) -> bool {
    if folded(one) == folded(other) {
        return true;
    }
    let (one, other) = (gazetteer().named(one), gazetteer().named(other));
    let (Some(a), Some(b)) = (one.first(), other.first()) else { return true };
    let holds = |a: &crate::gazetteer::Place, b: &crate::gazetteer::Place| match a.kind {
        PlaceKind::Continent => true,
        PlaceKind::Territory => a.country == b.country,
        PlaceKind::City => a.id == b.id,
    };
    holds(a.place, b.place) || holds(b.place, a.place)
}

fn example(index: &Index, item: Item) -> Option<Example> {
    let frame = index.frame(item)?;
    // One that has no words of its own is shown by those of its first filler that has some.
    let filler = || frame.slots.iter().flat_map(|slot| &*slot.fillers).find(|filler| !filler.at.is_empty());
    let (at, words) = match frame.at.is_empty() {
        false => (frame.at.clone(), &frame.words),
        true => filler().map(|it| (it.at.clone(), &it.words)).unwrap_or((frame.at.clone(), &frame.words)),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Example { article: index.digest_of(item).article.clone(), record: Some(frame.id), at, words, quote: None })
}

/// Claims that contradict each other, by a role or a judgement, and have a claimant in common.
pub(super) fn claimants(index: &Index, keep: &dyn Fn(Item) -> bool) -> Vec<Finding> {
    let mut pairs: BTreeSet<(Item, Item)> = BTreeSet::new();
    for (item, frame) in index.frames().filter(|(item, _)| keep(*item)) {
        let contradicts = |slot: &&Slot| Verdict::of_role(&slot.role) == Some(Verdict::Contradicts);
        for filler in frame.slots.iter().filter(contradicts).flat_map(|slot| &*slot.fillers) {
            let in_article = match filler.of {
                crate::corpus::FillerOf::Frame(id) => index.digest_of(item).frames.iter().position(|it| it.id == id),
                _ => None,
            };
            let other = in_article.map(|at| Item { of: crate::corpus::ItemOf::Frame(at as u32), ..item });
            pairs.extend(other.map(|other| (item.min(other), item.max(other))));
        }
    }
    for judgement in index.judgements().values().filter(|it| it.verdict == Verdict::Contradicts) {
        for one in index.uses(judgement.of.0).iter().filter(|item| keep(**item)) {
            for other in index.uses(judgement.of.1).iter().filter(|item| keep(**item)) {
                pairs.insert((*one.min(other), *one.max(other)));
            }
        }
    }
    let schemes = Scheme::statements(index.schema());
    let claimants = |item: Item| -> BTreeSet<Thing> {
        let said = index.frame(item).and_then(|frame| {
            let scheme = schemes.iter().find(|scheme| scheme.label.name == frame.label)?;
            Some(frame.fillers(scheme.who?))
        });
        said.unwrap_or_default().iter().map(|it| Thing::of(index, it)).collect()
    };
    let mut by_claimant: BTreeMap<Thing, BTreeSet<Item>> = BTreeMap::new();
    for (one, other) in pairs {
        for who in claimants(one).intersection(&claimants(other)) {
            by_claimant.entry(who.clone()).or_default().extend([one, other]);
        }
    }
    let finding = |(who, items): (Thing, BTreeSet<Item>)| {
        let examples: Vec<Example> = items.iter().filter_map(|item| example(index, *item)).collect();
        let referent = |item: &Item| index.frame(*item).and_then(|frame| frame.referent);
        let referents: BTreeSet<Id> = items.iter().filter_map(referent).collect();
        Finding {
            rule: Rule::Claimant,
            about: who.name(index),
            sides: examples.iter().map(|it| (it.words.clone(), 1)).collect(),
            examples,
            referents: referents.into_iter().collect(),
            mend: None,
        }
    };
    by_claimant.into_iter().map(finding).collect()
}
