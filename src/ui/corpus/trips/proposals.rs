//! The trips that may be one, as rows under those that they may be one with.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::row::{Proposal, Row, RowKey, RowKind, Rows};
use crate::corpus::{Index, Item, Trip, TripKey, Trips};
use crate::t;

/// Proposals under a row at most, unless the row is unfolded.
const SHOWN: usize = 3;

/// Rows of a kind under which proposals stand at most; the others get theirs once these are answered.
const ROWS: usize = 200;

/// Rows of proposals, by the row that they stand under.
#[derive(Default)]
pub(super) struct Proposals {
    under: HashMap<RowKey, Vec<Row>>,
}

impl Proposals {
    /// The proposals for rows that are trips. A pair that may be one stands under one of them: the one that no referent joins,
    /// the upper one of two such. Unfolded rows have all of theirs, and the near misses.
    pub fn of(index: &Index, trips: &Trips, rows: &Rows) -> Self {
        let places: HashMap<TripKey, usize> = trips.all.iter().enumerate().map(|(at, trip)| (trip.key, at)).collect();
        let standing = index.standing();
        let mut said: HashSet<(usize, usize)> = HashSet::new();
        let mut proposals = Self::default();
        for kind in [RowKind::Unjoined, RowKind::Joined] {
            let of_kind = rows.rows.iter().filter(|row| row.kind == kind);
            for (at, row) in of_kind.enumerate().filter(|(at, row)| *at < ROWS || row.unfolded) {
                let Some(place) = row.trip().and_then(|key| places.get(&key)).copied() else { continue };
                let mut under = Vec::new();
                for candidate in trips.candidates(place, &standing) {
                    let near = candidate.not.is_some();
                    let pair = (place.min(candidate.trip), place.max(candidate.trip));
                    let wanted = row.unfolded || (!near && at < ROWS && under.len() < SHOWN && !said.contains(&pair));
                    if !wanted {
                        continue;
                    }
                    said.insert(pair);
                    let other = &trips.all[candidate.trip];
                    let Some(with) = key(index, other) else { continue };
                    let named = named(index, other);
                    let title = match near {
                        true => t!("trips-near-miss", trip = named),
                        false => t!("trips-proposal", trip = named),
                    };
                    let items = other.frames.clone();
                    under.push(Row {
                        kind: RowKind::Proposal(Box::new(Proposal { with, items, near })),
                        key: row.key.clone(),
                        title,
                        detail: candidate.message().told(),
                        cells: Vec::new(),
                        items: row.items.iter().chain(&other.frames).copied().collect(),
                        unfolded: false,
                        conflicts: Vec::new(),
                    });
                }
                if !under.is_empty() {
                    proposals.under.insert(row.key.clone(), under);
                }
            }
        }
        proposals
    }

    /// The rows under a row.
    pub fn under(&mut self, row: &Row) -> Vec<Row> {
        row.trip().and_then(|_| self.under.remove(&row.key)).unwrap_or_default()
    }
}

fn key(index: &Index, trip: &Trip) -> Option<RowKey> {
    Some(match trip.key {
        TripKey::Joined(id) => RowKey::Referent(id),
        TripKey::Frame(item) => RowKey::Frame(index.digest_of(item).article.id.to_string(), index.frame(item)?.id),
    })
}

/// A trip as a proposal calls it: its name, and the articles that tell of it.
fn named(index: &Index, trip: &Trip) -> String {
    let articles: BTreeMap<u32, Item> = trip.frames.iter().map(|item| (item.article, *item)).collect();
    let articles: Vec<&str> = articles.values().map(|item| &*index.digest_of(*item).article.id as &str).collect();
    t!("trips-in-articles", trip = trip.name(index), articles = articles.join(", "))
}
