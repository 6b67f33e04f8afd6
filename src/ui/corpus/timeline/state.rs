//! The period that the timeline shows, and the trip that is looked at.

use super::bars::{Bar, Bars};
use crate::corpus::Index;
use crate::ui::commands::{LanesBy, Towards};
use crate::ui::corpus::evidence::Evidence;
use crate::ui::corpus::trips::{RowKey, evidence};

/// The points that a day has at most.
const MOST_PER_DAY: f64 = 120.0;

/// The period that is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    /// The day at the left edge.
    pub from: f64,
    pub per_day: f64,
}

/// View state of the timeline.
#[derive(Default)]
pub struct Timeline {
    by: LanesBy,
    pub(super) bars: Bars,
    /// The trip that is looked at, of all.
    pub(super) at: usize,
    /// None before it is shown for the first time: then it is everything.
    pub(super) period: Option<Period>,
    /// The width of the part with bars, points, when it was painted last.
    pub(super) width: f32,
    /// The row of each bar within its lane and the rows of each lane, for so many points a day.
    pub(super) packed: Option<Packed>,
    /// True where the trip is still to be brought into view.
    pub(super) unseen: bool,
    /// The day where a period began to be drawn.
    pub(super) drawn: Option<f64>,
    looks: u64,
}

/// The rows that bars lie in.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    per_day: f64,
    /// By bar, counted from the first lane on.
    pub rows: Vec<usize>,
    /// The first row of each lane, and the end of the last.
    pub lanes: Vec<usize>,
}

impl Timeline {
    /// The lanes that are wanted.
    pub fn by(&self) -> LanesBy {
        self.by
    }

    /// Other lanes.
    pub fn lanes(&mut self) {
        self.by = self.by.next();
    }

    /// True where there are no trips.
    pub fn is_empty(&self) -> bool {
        self.bars.len() == 0
    }

    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// The number of the trip that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Takes bars that were made anew; the trip that is looked at stays.
    pub fn take(&mut self, bars: Bars) {
        let key = self.key().cloned();
        self.bars = bars;
        self.packed = None;
        self.at = self.at.min(self.bars.len().saturating_sub(1));
        if let Some(key) = key {
            self.seek(&key);
        }
        self.looks += 1;
    }

    /// The name of the trip that is looked at.
    pub fn key(&self) -> Option<&RowKey> {
        self.bars.get(self.at).map(|bar| &bar.key)
    }

    /// Looks at a trip by its name.
    pub fn seek(&mut self, key: &RowKey) {
        let all = self.bars.bars.iter().chain(&self.bars.undated);
        if let Some(at) = all.enumerate().find(|(_, bar)| bar.key == *key).map(|(at, _)| at) {
            self.look(at);
        }
    }

    /// Looks at the n-th trip.
    pub fn look(&mut self, at: usize) {
        if at < self.bars.len() {
            (self.at, self.unseen) = (at, true);
            self.looks += 1;
        }
    }

    /// Goes from the trip that is looked at: up and down by lane, left and right by time.
    pub fn go(&mut self, towards: Towards) {
        let last = self.bars.len().saturating_sub(1);
        let at = match towards {
            Towards::Up => self.at.saturating_sub(1),
            Towards::Down => (self.at + 1).min(last),
            Towards::PageUp => self.at.saturating_sub(10),
            Towards::PageDown => (self.at + 10).min(last),
            Towards::First => 0,
            Towards::Last => last,
            Towards::Left | Towards::Right => self.in_time(towards == Towards::Right).unwrap_or(self.at),
        };
        self.look(at);
    }

    /// The trip after or before the one that is looked at, by its first day.
    fn in_time(&self, forward: bool) -> Option<usize> {
        let when = |at: &usize| {
            let bar = &self.bars.bars[*at];
            (bar.from.or(bar.until), *at)
        };
        let here = if self.at < self.bars.bars.len() { when(&self.at) } else { (None, self.at) };
        let all = 0..self.bars.bars.len();
        match forward {
            true => all.filter(|at| when(at) > here).min_by_key(when),
            false => all.filter(|at| when(at) < here).max_by_key(when),
        }
    }

    /// The time in which articles appeared, with what lies near: what happened long before is an arrow at the edge.
    pub fn usual(&mut self) {
        let (Some((first, last)), Some(span)) =
            (self.bars.articles.first().zip(self.bars.articles.last()), self.bars.span)
        else {
            return self.everything();
        };
        let around = ((last.0 - first.0) / 3).max(60);
        let (from, until) = ((first.0 - around).max(span.0), (last.0 + around).min(span.1));
        self.between(from, until);
    }

    /// The whole of time, with some room at its ends.
    pub fn everything(&mut self) {
        let (first, last) = self.bars.span.unwrap_or((0, 30));
        self.between(first, last);
    }

    fn between(&mut self, first: i64, last: i64) {
        let days = (last - first).max(14) as f64;
        let room = days * 0.06;
        let per_day = f64::from(self.width.max(100.0)) / (days + 2.0 * room);
        self.period = Some(Period { from: first as f64 - room, per_day: per_day.min(MOST_PER_DAY) });
    }

    /// Shows more or less of time, with a share of the width staying where it is.
    pub fn zoom(&mut self, factor: f64, share: f64) {
        let Some(period) = self.period else { return };
        let least = f64::from(self.width.max(100.0)) / 200_000.0;
        let per_day = (period.per_day * factor).clamp(least, MOST_PER_DAY);
        let stays = share * f64::from(self.width);
        self.period = Some(Period { from: period.from + stays / period.per_day - stays / per_day, per_day });
    }

    /// Shows another part of time, so many points further on.
    pub fn pan(&mut self, points: f32) {
        if let Some(period) = &mut self.period {
            period.from += f64::from(points) / period.per_day;
        }
    }

    /// Brings the trip that is looked at into the period.
    pub(super) fn bring(&mut self) {
        let (Some(bar), Some(period)) = (self.bars.bars.get(self.at), &mut self.period) else { return };
        let days = f64::from(self.width.max(100.0)) / period.per_day;
        let (from, until) = ends(bar);
        if (until as f64) < period.from || from as f64 > period.from + days {
            period.from = (from + until) as f64 / 2.0 - days / 2.0;
        }
    }

    /// The rows for this scale: bars of a lane that would meet, with their words, lie under each other.
    pub(super) fn pack(&mut self) {
        let Some(Period { per_day, .. }) = self.period else { return };
        if self.packed.as_ref().is_some_and(|packed| packed.per_day == per_day) {
            return;
        }
        let mut packed = Packed { per_day, rows: Vec::with_capacity(self.bars.bars.len()), lanes: Vec::new() };
        let (mut lane, mut first, mut ends_of_rows): (usize, usize, Vec<f64>) = (usize::MAX, 0, Vec::new());
        for bar in &self.bars.bars {
            if bar.lane != lane {
                first += ends_of_rows.len();
                ends_of_rows.clear();
                packed.lanes.push(first);
                lane = bar.lane;
            }
            let (from, until) = ends(bar);
            let start = from as f64 * per_day - 14.0;
            let words = (bar.title.chars().count() + bar.when.chars().count()) as f64 * 7.0;
            let end = ((until + 1) as f64 * per_day).max(start + 30.0) + words + 30.0;
            let free = ends_of_rows.iter().position(|taken| *taken <= start);
            let row = free.unwrap_or(ends_of_rows.len());
            match ends_of_rows.get_mut(row) {
                Some(taken) => *taken = end,
                None => ends_of_rows.push(end),
            }
            packed.rows.push(first + row);
        }
        packed.lanes.push(first + ends_of_rows.len());
        self.packed = Some(packed);
    }

    /// The words behind what is looked at.
    pub fn evidence(&self, index: &Index, language: &str) -> Evidence {
        let Some(bar) = self.bars.get(self.at) else { return Evidence::default() };
        let name = format!("{}, {}", bar.title, bar.when);
        evidence(index, (&bar.key, &name), (&bar.items, &[]), language)
    }

    /// The trips as tab-separated text.
    pub fn table(&self) -> String {
        let all = self.bars.bars.iter().chain(&self.bars.undated);
        let line = |bar: &Bar| {
            let lane = if bar.from.or(bar.until).is_some() { self.bars.lanes.get(bar.lane).cloned() } else { None };
            [lane.unwrap_or_default(), bar.title.clone(), bar.when.clone()]
                .map(|cell| cell.replace(['\t', '\n'], " "))
                .join("\t")
        };
        all.map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The first and the last day; where a side is open, the other one.
pub(super) fn ends(bar: &Bar) -> (i64, i64) {
    let from = bar.from.or(bar.until).unwrap_or(0);
    (from, bar.until.unwrap_or(from).max(from))
}
