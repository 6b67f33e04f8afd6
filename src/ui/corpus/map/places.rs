//! Places and legs of the trips that are kept, and the names that are of no place yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{FillerOf, Frame, Index, Item, Kept, Scheme, SlotFiller, folded};
use crate::gazetteer::{Place, gazetteer};
use crate::model::{Id, Name, Sense};

/// The register outside that numbers of GeoNames stand in.
pub const REGISTER: &str = "geonames";

/// Everything that is drawn.
#[derive(Default)]
pub struct Shown {
    /// The places, the most frequent first.
    pub spots: Vec<MapSpot>,
    /// The legs between them.
    pub legs: Vec<Leg>,
    /// The names that are of no place yet, or of one of several, the most frequent first.
    pub open: Vec<Unresolved>,
}

/// A place on the map.
pub struct MapSpot {
    pub place: &'static Place,
    /// The name as the project has it.
    pub name: String,
    /// All names that the project has for it.
    pub names: Vec<String>,
    /// The trips that go there, through there or from there.
    pub items: Vec<Item>,
    pub articles: usize,
}

/// A leg of trips from one spot to another.
pub struct Leg {
    pub from: usize,
    pub to: usize,
    pub articles: usize,
    /// True where all trips that have it are planned.
    pub planned: bool,
    /// True where all of them are cancelled or denied.
    pub cancelled: bool,
}

/// A name that is of no place yet.
pub struct Unresolved {
    pub name: String,
    pub referent: Option<Id>,
    pub label: Name,
    pub items: Vec<Item>,
    /// The places that it may mean, the largest first.
    pub candidates: Vec<&'static Place>,
}

/// The thing that a filler is: a referent, or words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Referent(Id),
    Words(String),
}

/// Makes what is drawn of the trips that are kept.
pub fn shown(index: &Index, kept: &Kept) -> Shown {
    let mut found: BTreeMap<Thing, (String, Name, Vec<Item>)> = BTreeMap::new();
    let schemes = Scheme::journeys(index.schema());
    let mut ways: Vec<(Item, Vec<Thing>, Option<Made>)> = Vec::new();
    for item in &kept.frames {
        let Some(frame) = index.frame(*item) else { continue };
        let Some(scheme) = schemes.iter().find(|scheme| scheme.label.name == frame.label) else { continue };
        // The place that it leads to comes after those that it leads from and through.
        let before = scheme.places.iter().filter(|role| Some(**role) != scheme.place);
        let way: Vec<Thing> = before
            .chain(&scheme.place)
            .flat_map(|role| frame.fillers(role))
            .map(|filler| note(index, (*item, frame), filler, &mut found))
            .collect();
        if !way.is_empty() {
            ways.push((*item, way, Made::of(scheme, frame)));
        }
    }
    let mut shown = Shown::default();
    let mut spots: BTreeMap<Thing, usize> = BTreeMap::new();
    let mut by_place: BTreeMap<u32, usize> = BTreeMap::new();
    for (thing, (name, label, items)) in found {
        match resolved(index, &thing, &name) {
            Ok(place) => {
                let at = *by_place.entry(place.id).or_insert_with(|| {
                    let new = MapSpot { place, name: name.clone(), names: Vec::new(), items: Vec::new(), articles: 0 };
                    shown.spots.push(new);
                    shown.spots.len() - 1
                });
                let spot = &mut shown.spots[at];
                if !spot.names.contains(&name) {
                    spot.names.push(name);
                }
                spot.items.extend(items);
                spots.insert(thing, at);
            }
            Err(candidates) => {
                let referent = match thing {
                    Thing::Referent(id) => Some(id),
                    Thing::Words(_) => None,
                };
                shown.open.push(Unresolved { name, referent, label, items, candidates });
            }
        }
    }
    for spot in &mut shown.spots {
        spot.items.sort_unstable();
        spot.items.dedup();
        spot.articles = articles(&spot.items);
    }
    shown.open.sort_by_key(|it| std::cmp::Reverse(it.items.len()));
    shown.legs = legs(&ways, &spots);
    shown
}

fn note(
    index: &Index,
    (item, frame): (Item, &Frame),
    filler: &SlotFiller,
    found: &mut BTreeMap<Thing, (String, Name, Vec<Item>)>,
) -> Thing {
    let referent = filler.referent.and_then(|id| index.referent(id));
    let thing = referent.map_or_else(|| Thing::Words(folded(&filler.words)), |it| Thing::Referent(it.id));
    let label = match filler.of {
        FillerOf::Mention(id) => index.digest_of(item).mention(id).map(|mention| mention.label.clone()),
        FillerOf::Frame(_) | FillerOf::Missing(_) | FillerOf::Words | FillerOf::Value => None,
    };
    let words = || filler.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let new = || {
        let name = referent.map_or_else(words, |it| it.name.clone());
        let label = referent.map(|it| it.label.clone()).or(label).unwrap_or_else(|| frame.label.clone());
        (name, label, Vec::new())
    };
    let entry = found.entry(thing.clone()).or_insert_with(new);
    if entry.2.last() != Some(&item) {
        entry.2.push(item);
    }
    thing
}

/// The place of a thing: the one that a person said, else the only one that has its name. Where several have it, they are given.
fn resolved(index: &Index, thing: &Thing, name: &str) -> Result<&'static Place, Vec<&'static Place>> {
    if let Thing::Referent(id) = thing
        && let Some(referent) = index.referent(*id)
        && let Some((_, number)) = referent.external.iter().find(|(register, _)| register == REGISTER)
    {
        return number.parse().ok().and_then(|id| gazetteer().by_id(id)).ok_or_else(Vec::new);
    }
    let found = gazetteer().named(name);
    let own: Vec<_> = found.iter().filter(|it| it.own_name).map(|it| it.place).collect();
    match own[..] {
        // A name that only one place has as its own is of that one.
        [one] => Ok(one),
        [] => Err(found.into_iter().map(|it| it.place).collect()),
        _ => Err(own),
    }
}

fn articles(items: &[Item]) -> usize {
    items.iter().map(|item| item.article).collect::<BTreeSet<_>>().len()
}

/// The state of a trip as its legs are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    /// It is not made yet, or nobody knows.
    NotYet,
    /// It is not made at all.
    Never,
    /// It is under way or over.
    Begun,
}

/// A trip with its state; none where it says none.
type Told = (Item, Option<Made>);

impl Made {
    /// The state that a frame says; none where it says none.
    fn of(scheme: &Scheme<'_>, frame: &Frame) -> Option<Self> {
        frame.attribute(&scheme.state?.name)?;
        Some(match scheme.sense(frame) {
            Some(Sense::Off) => Self::Never,
            Some(Sense::Underway | Sense::Over) => Self::Begun,
            _ => Self::NotYet,
        })
    }
}

fn legs(ways: &[(Item, Vec<Thing>, Option<Made>)], spots: &BTreeMap<Thing, usize>) -> Vec<Leg> {
    let mut found: BTreeMap<(usize, usize), Vec<Told>> = BTreeMap::new();
    for (item, way, made) in ways {
        let way: Vec<usize> = way.iter().filter_map(|thing| spots.get(thing).copied()).collect();
        for pair in way.windows(2).filter(|pair| pair[0] != pair[1]) {
            found.entry((pair[0], pair[1])).or_default().push((*item, *made));
        }
    }
    let leg = |((from, to), trips): ((usize, usize), Vec<Told>)| {
        let all = |state: Made| trips.iter().all(|(_, made)| *made == Some(state));
        let items: Vec<Item> = trips.iter().map(|(item, _)| *item).collect();
        Leg { from, to, articles: articles(&items), planned: all(Made::NotYet), cancelled: all(Made::Never) }
    };
    found.into_iter().map(leg).collect()
}
