//! The bars of the timeline, made on a worker.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Days, Frame, Index, Item, Kept, Scheme, number};
use crate::t;
use crate::ui::commands::LanesBy;
use crate::ui::corpus::days;
use crate::ui::corpus::signs::StateSign;
use crate::ui::corpus::trips::{RowKey, called, names, state_title, trip_key, trip_scheme};

/// One trip.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub key: RowKey,
    /// The lane that it lies in.
    pub lane: usize,
    /// The first and the last day, as numbers; none where that side is open.
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub from_vague: bool,
    pub until_vague: bool,
    pub sign: StateSign,
    /// The places.
    pub title: String,
    /// The days and the state in words.
    pub when: String,
    /// The places of its legs with their days, where there are several.
    pub legs: Vec<(i64, i64, String)>,
    pub items: Vec<Item>,
}

/// All trips in time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    pub lanes: Vec<String>,
    /// By lane and first day.
    pub bars: Vec<Bar>,
    /// Trips without a day.
    pub undated: Vec<Bar>,
    /// The days on which articles appeared.
    pub articles: Vec<(i64, String)>,
    /// The first and the last day of anything.
    pub span: Option<(i64, i64)>,
}

impl Bars {
    /// The bar, or trip without a day, that is the n-th of all.
    pub fn get(&self, at: usize) -> Option<&Bar> {
        self.bars.get(at).or_else(|| self.undated.get(at.checked_sub(self.bars.len())?))
    }

    /// The number of trips.
    pub fn len(&self) -> usize {
        self.bars.len() + self.undated.len()
    }
}

/// Makes the bars.
pub fn bars(index: &Index, kept: &Kept, by: LanesBy, language: &str) -> Bars {
    let Some(scheme) = trip_scheme(index) else { return Bars::default() };
    let mut trips: BTreeMap<RowKey, Vec<Item>> = BTreeMap::new();
    for item in &kept.frames {
        if let Some(frame) = index.frame(*item).filter(|frame| frame.label == scheme.label.name) {
            trips.entry(trip_key(index, *item, frame)).or_default().push(*item);
        }
    }
    let mut lanes: BTreeMap<String, Vec<Bar>> = BTreeMap::new();
    let mut undated = Vec::new();
    let mut articles: BTreeSet<(i64, String)> = BTreeSet::new();
    for (key, items) in trips {
        for item in &items {
            let digest = index.digest_of(*item);
            articles.extend(digest.published.map(|day| (number(day), digest.article.id.to_string())));
        }
        let (bar, lane) = bar(index, &scheme, (key, items), by, language);
        match bar.from.or(bar.until) {
            Some(_) => lanes.entry(lane).or_default().push(bar),
            None => {
                let named = by == LanesBy::Traveller;
                let title = if named { format!("{lane}, {}", bar.title) } else { bar.title.clone() };
                undated.push(Bar { title, ..bar });
            }
        }
    }
    let mut lanes: Vec<(String, Vec<Bar>)> = lanes.into_iter().collect();
    // Whoever travels most stands on top.
    lanes.sort_by_key(|(lane, bars)| (std::cmp::Reverse(bars.len()), lane.clone()));
    let mut all = Bars { articles: articles.into_iter().collect(), undated, ..Bars::default() };
    for (at, (lane, mut bars)) in lanes.into_iter().enumerate() {
        bars.sort_by_key(|bar| (bar.from.or(bar.until), bar.until, bar.key.clone()));
        bars.iter_mut().for_each(|bar| bar.lane = at);
        all.lanes.push(lane);
        all.bars.extend(bars);
    }
    let days = all.bars.iter().flat_map(|bar| [bar.from, bar.until]).flatten();
    let days = days.chain(all.articles.iter().map(|(day, _)| *day));
    all.span = days.fold(None, |span: Option<(i64, i64)>, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((first.min(day), last.max(day))),
    });
    all
}

fn bar(
    index: &Index,
    scheme: &Scheme<'_>,
    (key, items): (RowKey, Vec<Item>),
    by: LanesBy,
    language: &str,
) -> (Bar, String) {
    let frames: Vec<&Frame> = items.iter().filter_map(|item| index.frame(*item)).collect();
    let (who, places) = (names(index, &items, scheme.who).join(", "), names(index, &items, scheme.place).join(", "));
    let when = frames.iter().filter_map(|frame| frame.days).reduce(closer);
    // The last article that says a state is the one that knows best.
    let latest = items.iter().max_by_key(|item| (index.digest_of(**item).published, item.article));
    let latest = latest.and_then(|item| index.frame(*item));
    let state = latest.and_then(|frame| frame.attribute(&scheme.state?.name)).unwrap_or_default();
    let title = state_title(scheme, state, language);
    let lane = match by {
        LanesBy::Traveller if who.is_empty() => t!("trips-nobody").to_owned(),
        LanesBy::Traveller => who.clone(),
        LanesBy::Place if places.is_empty() => t!("trips-nowhere").to_owned(),
        LanesBy::Place => places.clone(),
        LanesBy::State if state.is_empty() => t!("timeline-no-state").to_owned(),
        LanesBy::State => title.clone(),
    };
    let words = when.map_or_else(|| t!("days-none").to_owned(), |when| days::days(when, None));
    let mut legs: Vec<(i64, i64, String)> = Vec::new();
    for frame in &frames {
        let places = scheme.place.map_or(&[][..], |role| frame.fillers(role));
        let name = places.iter().map(|filler| called(index, filler)).collect::<Vec<_>>().join(", ");
        let ends = frame.days.and_then(|days| Some((number(days.from?), number(days.until?))));
        if let Some((from, until)) = ends.filter(|_| !name.is_empty()) {
            let leg = (from, until, name);
            if !legs.contains(&leg) {
                legs.push(leg);
            }
        }
    }
    legs.sort();
    let named = match by {
        LanesBy::Traveller if !places.is_empty() => places,
        LanesBy::Traveller => t!("trips-nowhere").to_owned(),
        LanesBy::Place | LanesBy::State => {
            [who, places].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    };
    let bar = Bar {
        key,
        lane: 0,
        from: when.and_then(|when| when.from).map(number),
        until: when.and_then(|when| when.until).map(number),
        from_vague: when.is_some_and(|when| when.from_vague),
        until_vague: when.is_some_and(|when| when.until_vague),
        sign: latest.map_or(StateSign::None, |frame| StateSign::of(scheme, frame)),
        title: named,
        when: [words, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        legs,
        items,
    };
    (bar, lane)
}

/// From the first to the last day of both; days that are exact stand for vague ones that hold them.
fn closer(one: Days, other: Days) -> Days {
    let exact = |days: &Days| !days.from_vague && !days.until_vague && days.from.is_some() && days.until.is_some();
    let within = |inner: &Days, outer: &Days| {
        let from = outer.from.is_none_or(|from| inner.from.is_some_and(|day| from <= day));
        from && outer.until.is_none_or(|until| inner.until.is_some_and(|day| day <= until))
    };
    match (exact(&one), exact(&other)) {
        (true, false) if within(&one, &other) => one,
        (false, true) if within(&other, &one) => other,
        _ => one.hull(other),
    }
}
