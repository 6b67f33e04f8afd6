//! The trips of a corpus: what the articles say of each, what of it contradicts, and which may be one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date as Day;

use super::days::Days;
use super::digest::{Frame, SlotFiller};
use super::index::{Index, Item};
use super::join::FrameKey;
use super::scheme::Scheme;
use super::thing::{Thing, Things};
use crate::edit::Standing;
use crate::model::{Id, Name, Sense};

/// The days that may lie between two tellings of one trip.
pub const NEAR: i64 = 7;

/// The days by which a journey may be put off and still be the one that was planned.
const PUT_OFF: i64 = 31;

/// The days by which a date that is called approximate may be wrong.
const ABOUT: i64 = 31;

/// The name of a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TripKey {
    /// A referent that joins frames.
    Joined(Id),
    /// A frame that no referent joins.
    Frame(Item),
}

impl TripKey {
    /// The name that holds while the sets are edited.
    #[must_use]
    pub fn lasting(self, index: &Index) -> Option<FrameKey> {
        match self {
            Self::Joined(id) => Some(FrameKey::Referent(id)),
            Self::Frame(item) => Some(FrameKey::Frame(index.digest_of(item).article.id.clone(), index.frame(item)?.id)),
        }
    }
}

/// One trip: a referent with all that is said of it, or a frame that no referent joins.
#[derive(Debug, Clone)]
pub struct Trip {
    /// Its name.
    pub key: TripKey,
    /// Its label.
    pub label: Name,
    /// Its frames, by article and place.
    pub frames: Vec<Item>,
    /// Everybody who goes, each once.
    pub who: Vec<Thing>,
    /// The places that it leads to, each once, in the order in which they are named.
    pub to: Vec<Thing>,
    /// All places of it, those among them.
    pub places: Vec<Thing>,
    /// The days on which it lies; none where no article says any.
    pub days: Option<Days>,
    /// The day of publication of an article that says that it is under way, where no days are said.
    pub seen: Option<Day>,
}

/// All trips of an index.
#[derive(Debug, Clone, Default)]
pub struct Trips {
    /// Those that a referent joins, then the others; each by its first day, then by article.
    pub all: Vec<Trip>,
    by_who: HashMap<String, Vec<usize>>,
}

/// Two frames of one trip that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The frames, the one that was published earlier first.
    pub of: [Item; 2],
    /// The rule.
    pub rule: Rule,
    /// The words of each of them about it.
    pub says: [String; 2],
}

/// A rule by which tellings of a trip contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The days have none in common.
    Days,
    /// The places that it leads to are others, and none lies in another.
    Places,
    /// A later article says that it is less far than an earlier one said, or that it did not take place.
    State,
}

/// Another trip that may be the same, or is nearly so.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its place in [`Trips::all`].
    pub trip: usize,
    /// The one who goes on both.
    pub who: String,
    /// The places that go together: of this trip and of the other one.
    pub places: Option<(String, String)>,
    /// The days between the two; none where one of them says none.
    pub apart: Option<i64>,
    /// The reason why it is not proposed; none where it is.
    pub not: Option<NotProposed>,
}

/// A reason not to propose that two trips are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NotProposed {
    /// So many days lie between them.
    DaysApart(i64),
    /// They have no place in common.
    OtherPlaces,
    /// It was said that they are not the same, or that it cannot be told, or it follows from what was said.
    Judged,
}

impl Trips {
    /// The trips of all labels whose frames lie in time, of the frames that `keep` wants.
    #[must_use]
    pub fn of(index: &Index, keep: &dyn Fn(Item) -> bool) -> Self {
        let schemes = Scheme::journeys(index.schema());
        let mut things = Things::of(index);
        let mut trips: BTreeMap<(&Name, TripKey), Vec<(Item, &Frame)>> = BTreeMap::new();
        for (item, frame) in index.frames().filter(|(item, _)| keep(*item)) {
            if schemes.iter().any(|scheme| scheme.label.name == frame.label) {
                let key = frame.referent.map_or(TripKey::Frame(item), TripKey::Joined);
                trips.entry((&frame.label, key)).or_default().push((item, frame));
            }
        }
        let scheme = |label: &Name| schemes.iter().find(|scheme| scheme.label.name == *label);
        let trip = |((label, key), frames): ((&Name, TripKey), Vec<(Item, &Frame)>)| {
            let scheme = scheme(label)?;
            let all = |roles: &[&Name], things: &mut Things<'_>| {
                let mut found: Vec<Thing> = Vec::new();
                for (_, frame) in &frames {
                    for filler in roles.iter().flat_map(|role| frame.fillers(role)) {
                        let thing = things.thing(filler);
                        if !thing.name.is_empty() && !found.iter().any(|known| known.is(&thing)) {
                            found.push(thing);
                        }
                    }
                }
                found
            };
            let who = all(scheme.who.as_slice(), &mut things);
            let to = all(scheme.place.as_slice(), &mut things);
            let places = all(&scheme.places, &mut things);
            let days = frames.iter().filter_map(|(_, frame)| frame.days).reduce(Days::hull);
            let under_way = frames.iter().filter(|(_, frame)| scheme.sense(frame) == Some(Sense::Underway));
            let seen = under_way.filter_map(|(item, _)| index.digest_of(*item).published).min();
            let frames = frames.into_iter().map(|(item, _)| item).collect();
            Some(Trip { key, label: label.clone(), frames, who, to, places, days, seen })
        };
        let mut all: Vec<Trip> = trips.into_iter().filter_map(trip).collect();
        all.sort_by_cached_key(|trip| {
            let first = trip.when().and_then(|days| days.from.or(days.until));
            (matches!(trip.key, TripKey::Frame(_)), first.is_none(), first, trip.frames.first().copied())
        });
        let mut by_who: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, trip) in all.iter().enumerate() {
            for who in &trip.who {
                by_who.entry(who.key()).or_default().push(at);
            }
        }
        Self { all, by_who }
    }

    /// The place of a trip in [`Trips::all`].
    #[must_use]
    pub fn place(&self, key: TripKey) -> Option<usize> {
        self.all.iter().position(|trip| trip.key == key)
    }

    /// The trips that may be the same as one, the likeliest first, then near misses with the reason why they are none. What
    /// was judged, or follows from that, is among the near misses.
    #[must_use]
    pub fn candidates(&self, trip: usize, standing: &Standing) -> Vec<Candidate> {
        let Some(one) = self.all.get(trip) else { return Vec::new() };
        let mut seen = BTreeSet::from([trip]);
        let mut found: Vec<((u8, i64, u8), Candidate)> = Vec::new();
        for who in &one.who {
            for &at in self.by_who.get(&who.key()).into_iter().flatten() {
                if seen.insert(at) {
                    found.extend(one.candidate(&self.all[at], at, who, standing));
                }
            }
        }
        found.sort_by_key(|(rank, candidate)| (candidate.not.is_some(), *rank, candidate.trip));
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

impl Trip {
    /// The days on which it lies, or on one of which it was seen to be under way.
    #[must_use]
    pub fn when(&self) -> Option<Days> {
        self.days.or(self.seen.map(Days::day))
    }

    /// Its name: that of its referent, else who goes, where to and when.
    #[must_use]
    pub fn name(&self, index: &Index) -> String {
        let known = match self.key {
            TripKey::Joined(id) => index.referent(id).map(|referent| referent.name.clone()),
            TripKey::Frame(_) => None,
        };
        known.filter(|name| !name.is_empty()).unwrap_or_else(|| self.told_name(index))
    }

    /// The name by what is told of it: who goes, where to and when; its words where nothing of that is said.
    #[must_use]
    pub fn told_name(&self, index: &Index) -> String {
        let names = |things: &[Thing]| things.iter().map(|thing| thing.name.as_str()).collect::<Vec<_>>().join(", ");
        let way = [names(&self.who), names(&self.to)];
        let way: Vec<String> = way.into_iter().filter(|part| !part.is_empty()).collect();
        let days = self.days.map(Days::written);
        let parts: Vec<String> = [way.join(" → ")].into_iter().chain(days).filter(|part| !part.is_empty()).collect();
        let words = || self.frames.first().and_then(|item| index.frame(*item)).map(|frame| frame.words.to_string());
        if parts.is_empty() { words().unwrap_or_default() } else { parts.join(", ") }
    }

    /// Another trip of somebody who goes on this one, with a rank, the likelier the lower.
    fn candidate(
        &self,
        other: &Self,
        at: usize,
        who: &Thing,
        standing: &Standing,
    ) -> Option<((u8, i64, u8), Candidate)> {
        if self.label != other.label {
            return None;
        }
        let places = self.common_place(other);
        let apart = self.when().zip(other.when()).map(|(one, other)| one.apart(other));
        let judged = match (self.key, other.key) {
            (TripKey::Joined(one), TripKey::Joined(other)) => standing.between(one, other).is_some(),
            _ => false,
        };
        let not = match (&places, apart) {
            _ if judged => Some(NotProposed::Judged),
            (None, Some(apart)) if apart > NEAR => return None,
            (None, _) => Some(NotProposed::OtherPlaces),
            (Some(_), Some(apart)) if apart > NEAR => Some(NotProposed::DaysApart(apart)),
            (Some(_), _) => None,
        };
        let same = places.as_ref().is_some_and(|(one, other)| one == other);
        let rank = (u8::from(apart.is_none()), apart.unwrap_or_default(), u8::from(!same));
        Some((rank, Candidate { trip: at, who: who.name.clone(), places, apart, not }))
    }

    /// A place that one of them leads to and the other one has, too, or lies in or has in it.
    fn common_place(&self, other: &Self) -> Option<(String, String)> {
        let pairs = || {
            let mine = self.to.iter().flat_map(|one| other.places.iter().map(move |other| (one, other)));
            mine.chain(self.places.iter().flat_map(|one| other.to.iter().map(move |other| (one, other))))
        };
        let same = pairs().find(|(one, other)| one.is(other));
        let found = same.or_else(|| pairs().find(|(one, other)| one.lies_with(other)));
        found.map(|(one, other)| (one.name.clone(), other.name.clone()))
    }

    /// All that articles say of it that cannot be right together, each rule at most once for two frames.
    #[must_use]
    pub fn conflicts(&self, index: &Index) -> Vec<Conflict> {
        self.conflicts_among(index, &self.frames)
    }

    /// The same of what articles say of it and of another one, if both were one.
    #[must_use]
    pub fn conflicts_with(&self, other: &Self, index: &Index) -> Vec<Conflict> {
        self.conflicts_among(index, &self.frames_with(other))
    }

    /// The frames that tell of it or of another one, each once, in order.
    #[must_use]
    pub fn frames_with(&self, other: &Self) -> Vec<Item> {
        let both: BTreeSet<Item> = self.frames.iter().chain(&other.frames).copied().collect();
        both.into_iter().collect()
    }

    fn conflicts_among(&self, index: &Index, frames: &[Item]) -> Vec<Conflict> {
        let schema = index.schema();
        let Some(label) = schema.label(&self.label) else { return Vec::new() };
        let scheme = Scheme::of(schema, label);
        let mut things = Things::of(index);
        let told: Vec<Told<'_>> =
            frames.iter().filter_map(|item| Told::of(index, &scheme, &mut things, *item)).collect();
        let mut found = Vec::new();
        for (at, one) in told.iter().enumerate() {
            for other in &told[at + 1..] {
                let (one, other) = if one.published > other.published && other.published.is_some() {
                    (other, one)
                } else {
                    (one, other)
                };
                let rules = [(Rule::Days, one.days_differ(other)), (Rule::State, one.state_differs(other))];
                let rules = rules.into_iter().chain([(Rule::Places, one.places_differ(other, &told))]);
                for (rule, _) in rules.filter(|(_, differ)| *differ) {
                    let says = [one.says(rule), other.says(rule)];
                    found.push(Conflict { of: [one.item, other.item], rule, says });
                }
            }
        }
        found.sort_by_key(|conflict| (conflict.of, conflict.rule));
        found
    }
}

/// A frame of a trip as it is held against the others.
struct Told<'a> {
    item: Item,
    published: Option<Day>,
    days: Option<Days>,
    /// The days of each role that says some.
    by_role: Vec<(&'a Name, Days)>,
    to: Vec<Thing>,
    sense: Option<Sense>,
    state: String,
}

impl<'a> Told<'a> {
    fn of(index: &Index, scheme: &Scheme<'a>, things: &mut Things<'_>, item: Item) -> Option<Self> {
        let frame = index.frame(item)?;
        let days = |role: &Name| frame.fillers(role).iter().filter_map(|filler| filler.days).reduce(Days::hull);
        let fillers: &[SlotFiller] = scheme.place.map_or(&[], |role| frame.fillers(role));
        let state = scheme.state.and_then(|state| frame.attribute(&state.name)).unwrap_or_default();
        Some(Self {
            item,
            published: index.digest_of(item).published,
            days: frame.days,
            by_role: scheme.dates.iter().filter_map(|role| Some((*role, days(role)?))).collect(),
            to: fillers.iter().map(|filler| things.thing(filler)).filter(|thing| !thing.name.is_empty()).collect(),
            sense: scheme.sense(frame),
            state: state.to_owned(),
        })
    }

    /// True where both tell of the same stretch: a place in common, or none is said.
    fn same_stretch(&self, other: &Self) -> bool {
        let common = || self.to.iter().any(|one| other.to.iter().any(|other| one.is(other) || one.lies_with(other)));
        self.to.is_empty() || other.to.is_empty() || common()
    }

    fn is_ahead(&self) -> bool {
        self.sense == Some(Sense::Ahead)
    }

    fn has_begun(&self) -> bool {
        matches!(self.sense, Some(Sense::Underway | Sense::Over))
    }

    fn days_differ(&self, other: &Self) -> bool {
        // A plan and what came of it, told one after the other.
        let plan = self.is_ahead() && other.has_begun() && self.published != other.published
            || other.is_ahead() && self.has_begun() && other.published < self.published;
        let slack = |one: Days, other: Days| {
            let about = if one.about || other.about { ABOUT } else { 0 };
            if plan { about.max(PUT_OFF) } else { about }
        };
        let differ = |one: Days, other: Days| one.apart(other) > slack(one, other);
        let (Some(one), Some(two)) = (self.days, other.days) else { return false };
        if one.meets(two) {
            return false;
        }
        if !self.same_stretch(other) {
            // Stretches of one trip follow each other.
            return one.apart(two) > NEAR.max(slack(one, two));
        }
        let same_role = self.by_role.iter().flat_map(|(role, days)| {
            other.by_role.iter().filter(move |(theirs, _)| theirs == role).map(move |(_, theirs)| (*days, *theirs))
        });
        let same_role: Vec<(Days, Days)> = same_role.collect();
        // The day of leaving and that of arriving are days of one trip, and need not be the same.
        if same_role.is_empty() {
            one.apart(two) > NEAR.max(slack(one, two))
        } else {
            same_role.iter().any(|(a, b)| differ(*a, *b))
        }
    }

    /// True where the articles of the two lead to no place in common.
    fn places_differ(&self, other: &Self, all: &[Self]) -> bool {
        if self.item.article == other.item.article || self.to.is_empty() || other.to.is_empty() {
            return false;
        }
        let of_article = |item: Item| all.iter().filter(move |told| told.item.article == item.article);
        let places = |item: Item| of_article(item).flat_map(|told| &told.to);
        // Nobody knows whether a place that the gazetteer does not have lies in another one.
        let known = |item: Item| places(item).all(|thing| thing.place.is_some());
        known(self.item)
            && known(other.item)
            && !places(self.item).any(|one| places(other.item).any(|other| one.is(other) || one.lies_with(other)))
    }

    /// True where the later one takes back what the earlier one said had come about.
    fn state_differs(&self, other: &Self) -> bool {
        if self.item.article == other.item.article || !self.same_stretch(other) {
            return false;
        }
        let (Some(one), Some(two)) = (self.sense, other.sense) else { return false };
        let far = |sense: Sense| match sense {
            Sense::Ahead => Some(0),
            Sense::Underway => Some(1),
            Sense::Over => Some(2),
            _ => None,
        };
        let off = |one: Sense, other: Sense| one == Sense::Off && matches!(other, Sense::Underway | Sense::Over);
        let earlier = self.published.zip(other.published).is_some_and(|(one, other)| one < other);
        off(one, two) || off(two, one) || (earlier && far(one).zip(far(two)).is_some_and(|(one, two)| one > two))
    }

    fn says(&self, rule: Rule) -> String {
        match rule {
            Rule::Days => self.days.map_or(String::new(), Days::written),
            Rule::Places => self.to.iter().map(|thing| thing.name.as_str()).collect::<Vec<_>>().join(", "),
            Rule::State => self.state.clone(),
        }
    }
}
