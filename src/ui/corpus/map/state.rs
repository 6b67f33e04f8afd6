//! The part of the world that is shown, and the place or name that is looked at.

use eframe::egui::{Rect, Vec2, pos2, vec2};

use super::places::Shown;
use crate::corpus::{Index, Item, Scheme};
use crate::t;
use crate::ui::commands::Towards;
use crate::ui::corpus::evidence::{Evidence, Group, Passage, source};
use crate::ui::corpus::trips::state_title;

/// Degrees of longitude that are shown at the least.
const NEAREST: f32 = 4.0;

/// View state of the map.
#[derive(Default)]
pub struct Map {
    pub(super) shown: Shown,
    /// Longitude and latitude of the middle, and degrees of longitude from edge to edge; none where everything is fitted.
    pub(super) part: Option<(f32, f32, f32)>,
    /// The thing that is looked at: a spot, or after all spots a name that is not found.
    at: usize,
    looks: u64,
    pub(super) unseen: bool,
    /// The name or number that is written for a place that is not found.
    pub(super) query: String,
    /// The ends of the legs of a place, and the next one to show alone, while they are gone through.
    round: Option<(Vec<[String; 2]>, usize)>,
}

impl Map {
    /// Takes what is drawn as it was made anew.
    pub fn take(&mut self, shown: Shown) {
        let before = self.name().map(str::to_owned);
        self.shown = shown;
        let same = (0..self.count()).find(|at| self.name_of(*at) == before.as_deref());
        self.at = same.unwrap_or(self.at.min(self.count().saturating_sub(1)));
        self.looks += 1;
    }

    /// The name of the place that is looked at.
    pub fn name(&self) -> Option<&str> {
        self.name_of(self.at)
    }

    fn name_of(&self, at: usize) -> Option<&str> {
        let spots = &self.shown.spots;
        let open = || self.shown.open.get(at.checked_sub(spots.len())?).map(|open| &*open.name);
        spots.get(at).map(|spot| &*spot.name).or_else(open)
    }

    /// The parts of a filter that keep trips of the place that is looked at.
    pub fn filter_of_place(&self) -> Vec<String> {
        let is = |name: &String| format!("is:{}", quoted(name));
        match self.shown.spots.get(self.at) {
            Some(spot) => spot.names.iter().map(is).collect(),
            None => self.open().map(|at| is(&self.shown.open[at].name)).into_iter().collect(),
        }
    }

    /// The parts of a filter that keep trips with both ends of the n-th leg.
    pub fn filter_of_leg(&self, at: usize) -> Vec<String> {
        self.shown.legs.get(at).map(|leg| of_both(&self.ends(leg))).unwrap_or_default()
    }

    /// The parts of a filter that keep trips with the next leg of the place that is looked at; none after the last one, and
    /// where it has none.
    pub fn filter_of_next_leg(&mut self) -> Vec<String> {
        let here = self.at;
        let (ends, next) = self.round.take().unwrap_or_else(|| {
            let legs = self.shown.legs.iter().filter(|leg| leg.from == here || leg.to == here);
            (legs.map(|leg| self.ends(leg)).collect(), 0)
        });
        let Some(both) = ends.get(next).cloned() else { return Vec::new() };
        self.round = Some((ends, next + 1));
        of_both(&both)
    }

    /// Forgets the legs that are gone through.
    pub fn end_round(&mut self) {
        self.round = None;
    }

    fn ends(&self, leg: &super::places::Leg) -> [String; 2] {
        [leg.from, leg.to].map(|at| self.shown.spots[at].name.clone())
    }

    /// Leaves the part of the world that is shown as it is, though other places are.
    pub fn stay(&mut self, part: (f32, f32, f32)) {
        self.part.get_or_insert(part);
    }

    fn count(&self) -> usize {
        self.shown.spots.len() + self.shown.open.len()
    }

    /// True where there is no place and no name of one.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// The number of what is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The number of places that are found, and of names that are not.
    pub fn counts(&self) -> (usize, usize) {
        (self.shown.spots.len(), self.shown.open.len())
    }

    /// Looks at a spot, or after all spots at a name that is not found.
    pub fn look(&mut self, at: usize) {
        self.at = at.min(self.count().saturating_sub(1));
        self.unseen = true;
        self.query.clear();
        self.looks += 1;
    }

    /// Goes from what is looked at.
    pub fn go(&mut self, towards: Towards) {
        let last = self.count().saturating_sub(1);
        self.look(match towards {
            Towards::Up | Towards::Left => self.at.saturating_sub(1),
            Towards::Down | Towards::Right => self.at + 1,
            Towards::PageUp => self.at.saturating_sub(10),
            Towards::PageDown => self.at + 10,
            Towards::First => 0,
            Towards::Last => last,
        });
    }

    /// The name that is looked at and not found, with its place in the list.
    pub fn open(&self) -> Option<usize> {
        self.at.checked_sub(self.shown.spots.len()).filter(|at| *at < self.shown.open.len())
    }

    /// Shows everything again.
    pub fn fit(&mut self) {
        self.part = None;
    }

    /// Shows more or less around a place.
    pub fn zoom(&mut self, by: f32, around: (f32, f32), all: (f32, f32, f32)) {
        let (x, y, width) = self.part.unwrap_or(all);
        let wanted = (width / by).clamp(NEAREST, 360.0);
        let kept = wanted / width;
        self.part = Some((around.0 + (x - around.0) * kept, around.1 + (y - around.1) * kept, wanted));
    }

    /// Shows more or less around the middle; nothing where everything is fitted already and less is wanted.
    pub fn zoom_in_place(&mut self, by: f32) {
        let all = self.everything(1.6);
        let (x, y, _) = self.part.unwrap_or(all);
        self.zoom(by, (x, y), all);
    }

    /// Moves the part that is shown by degrees.
    pub fn pan(&mut self, by: Vec2, all: (f32, f32, f32)) {
        let (x, y, width) = self.part.unwrap_or(all);
        self.part = Some(((x + by.x).clamp(-180.0, 180.0), (y + by.y).clamp(-80.0, 80.0), width));
    }

    /// The part of the world that holds all places, with some room around.
    pub fn everything(&self, aspect: f32) -> (f32, f32, f32) {
        let mut all = Rect::NOTHING;
        for spot in &self.shown.spots {
            all.extend_with(pos2(spot.place.longitude, spot.place.latitude));
        }
        if !all.is_positive() && self.shown.spots.is_empty() {
            return (20.0, 15.0, 340.0);
        }
        let size = vec2(all.width(), all.height() * aspect).max_elem().max(20.0) * 1.35;
        (all.center().x, all.center().y, size.min(360.0))
    }

    /// The words behind what is looked at: the trips of a place.
    pub fn evidence(&self, index: &Index, language: &str) -> Evidence {
        let schemes = Scheme::journeys(index.schema());
        let of = |item: &Item| passage(index, *item, &schemes, language);
        if let Some(spot) = self.shown.spots.get(self.at) {
            let name = if language == "id" { spot.place.indonesian } else { spot.place.name };
            let detail = t!("map-place", name = name, id = spot.place.id.to_string());
            let quotes = spot.items.iter().filter_map(of).collect();
            let groups = vec![Group { title: detail, quotes }];
            return Evidence {
                title: spot.name.clone(),
                detail: t!("counted-articles", count = spot.articles),
                groups,
                ..Evidence::default()
            };
        }
        let Some(open) = self.open().map(|at| &self.shown.open[at]) else { return Evidence::default() };
        let title = match open.candidates.len() {
            0 => t!("map-unknown").to_owned(),
            count => t!("map-several", count = count),
        };
        let quotes = open.items.iter().filter_map(of).collect();
        Evidence { title: open.name.clone(), groups: vec![Group { title, quotes }], ..Evidence::default() }
    }

    /// The places as tab-separated text.
    pub fn table(&self) -> String {
        let spot = |it: &super::places::MapSpot| {
            let place = it.place;
            format!("{}\t{}\t{:.2}\t{:.2}\t{}", it.name, place.id, place.latitude, place.longitude, it.articles)
        };
        let open = |it: &super::places::Unresolved| format!("{}\t\t\t\t{}", it.name, it.items.len());
        self.shown.spots.iter().map(spot).chain(self.shown.open.iter().map(open)).collect::<Vec<_>>().join("\n")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', " "))
}

/// Words that have both names: of several words all have to be there.
fn of_both(ends: &[String; 2]) -> Vec<String> {
    ends.iter().map(|name| quoted(name)).collect()
}

fn passage(index: &Index, item: Item, schemes: &[Scheme<'_>], language: &str) -> Option<Passage> {
    let frame = index.frame(item)?;
    let state = || {
        let scheme = schemes.iter().find(|scheme| scheme.label.name == frame.label)?;
        Some(state_title(scheme, frame.attribute(&scheme.state?.name)?, language))
    };
    // One without words of its own is shown by those of its first filler that has some.
    let filler = || frame.slots.iter().flat_map(|slot| &*slot.fillers).find(|filler| !filler.at.is_empty());
    let at = if frame.at.is_empty() { filler().map(|it| it.at.clone()).unwrap_or_default() } else { frame.at.clone() };
    Some(Passage {
        item,
        article: index.digest_of(item).article.id.clone(),
        id: Some(frame.id),
        source: source(index, item),
        value: state().unwrap_or_default(),
        at,
        label: Some(frame.label.clone()),
        chosen: false,
    })
}
