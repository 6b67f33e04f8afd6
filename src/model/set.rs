use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::{Annotation, Conflict, Decision, Id, Progress};
use crate::text::Span;

/// The place where an annotation stands among others: records without a span first, then by start, the longer first.
pub(super) type Place = (Option<u32>, Reverse<u32>, Id);

/// All that one annotator marked in one article.
///
/// Invariants: every record is found by its id, by its place and by what its roles point to. Changed by
/// [`super::Corpus::replace`] alone.
#[derive(Debug, Clone, Default)]
pub struct AnnotationSet {
    records: HashMap<Id, Arc<Annotation>>,
    places: BTreeSet<Place>,
    /// The one who points to an id, once for each role that does.
    referrers: HashMap<Id, Vec<Id>>,
    /// The longest extent that ever was in here, in bytes: how far left a search for a place must begin.
    longest: u32,
    /// The decision, where the set is an adjudicated one.
    decisions: BTreeMap<Id, Arc<Decision>>,
    /// The things that a merge left to decide, in the order of the file.
    conflicts: Vec<Arc<Conflict>>,
    progress: Progress,
}

impl AnnotationSet {
    /// A set of these records; of two with the same id the later one stands.
    #[must_use]
    pub fn new(records: impl IntoIterator<Item = Arc<Annotation>>, progress: Progress) -> Self {
        let records: HashMap<Id, Arc<Annotation>> = records.into_iter().map(|record| (record.id, record)).collect();
        // Built from all of them at once, the index is dense, and going through it much faster.
        let places: BTreeSet<Place> = records.values().map(|record| place(record)).collect();
        let longest = places.iter().map(|(start, Reverse(end), _)| end - start.unwrap_or(*end)).max().unwrap_or(0);
        let mut referrers: HashMap<Id, Vec<Id>> = HashMap::new();
        for record in records.values() {
            for target in record.targets() {
                referrers.entry(target).or_default().push(record.id);
            }
        }
        Self { records, places, referrers, longest, decisions: BTreeMap::new(), conflicts: Vec::new(), progress }
    }

    /// The same with these decisions; of two with the same id the later one stands.
    #[must_use]
    pub fn with_decisions(mut self, decisions: impl IntoIterator<Item = Arc<Decision>>) -> Self {
        self.decisions.extend(decisions.into_iter().map(|decision| (decision.id, decision)));
        self
    }

    /// The decision, by id.
    #[must_use]
    pub fn decisions(&self) -> &BTreeMap<Id, Arc<Decision>> {
        &self.decisions
    }

    /// The same with what a merge left to decide.
    #[must_use]
    pub fn with_conflicts(mut self, conflicts: impl IntoIterator<Item = Arc<Conflict>>) -> Self {
        self.conflicts.extend(conflicts);
        self
    }

    /// The things that a merge left to decide.
    #[must_use]
    pub fn conflicts(&self) -> &[Arc<Conflict>] {
        &self.conflicts
    }

    pub(super) fn conflicts_mut(&mut self) -> &mut Vec<Arc<Conflict>> {
        &mut self.conflicts
    }

    /// Puts the decision of an id in place of what was there, or takes it away.
    pub(super) fn put_decision(&mut self, id: Id, decision: Option<Arc<Decision>>) {
        match decision {
            Some(decision) => self.decisions.insert(id, decision),
            None => self.decisions.remove(&id),
        };
    }

    /// The annotator's progress.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    pub(super) fn set_progress(&mut self, progress: Progress) {
        self.progress = progress;
    }

    /// Number of annotations.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True where there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// True where nobody has said anything in it, neither by a record nor by how far one is: it is as one that is not there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.is_empty() && self.decisions.is_empty() && self.conflicts.is_empty() && self.progress == Progress::New
    }

    /// The annotation of this id.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Arc<Annotation>> {
        self.records.get(&id)
    }

    /// All annotations by place: those without a span first, then by start, the longer first, then by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Annotation>> {
        self.places.iter().map(|(_, _, id)| &self.records[id])
    }

    /// From the first byte to past the last one of each annotation that has a span, with its id, by place: all that an
    /// index needs, without a look at the records.
    pub fn extents(&self) -> impl Iterator<Item = (Span, Id)> {
        self.places.iter().filter_map(|&(start, Reverse(end), id)| Some((Span::new(start?, end), id)))
    }

    /// The annotations whose extent shares at least one byte with `window`, by place.
    pub fn within(&self, window: Span) -> impl Iterator<Item = &Arc<Annotation>> {
        let from: Place = (Some(window.start.saturating_sub(self.longest)), Reverse(u32::MAX), Id::LEAST);
        let until: Place = (Some(window.end), Reverse(u32::MAX), Id::LEAST);
        let records = &self.records;
        let near = self.places.range(from..until.max(from)).map(move |(_, _, id)| &records[id]);
        near.filter(move |record| record.extent().is_some_and(|extent| extent.overlaps(window)))
    }

    /// The annotations one of whose fragments holds byte offset `byte`, the shortest first.
    #[must_use]
    pub fn at(&self, byte: u32) -> Vec<&Arc<Annotation>> {
        let mut found: Vec<_> = self.within(Span::new(byte, byte + 1)).filter(|record| record.holds(byte)).collect();
        found.sort_by_key(|record| (record.at.iter().map(|span| span.len()).sum::<u32>(), record.id));
        found
    }

    /// The first annotation that starts after `byte`, and of those the longest.
    #[must_use]
    pub fn next_after(&self, byte: u32) -> Option<&Arc<Annotation>> {
        let (_, _, id) = self.places.range((Some(byte + 1), Reverse(u32::MAX), Id::LEAST)..).next()?;
        self.records.get(id)
    }

    /// The last annotation that starts before `byte`.
    #[must_use]
    pub fn last_before(&self, byte: u32) -> Option<&Arc<Annotation>> {
        let (start, _, id) = self.places.range(..(Some(byte), Reverse(u32::MAX), Id::LEAST)).next_back()?;
        start.and_then(|_| self.records.get(id))
    }

    /// The annotations that have a role filled by `id`, each once.
    pub fn referrers(&self, id: Id) -> impl Iterator<Item = &Arc<Annotation>> {
        let mut ids = self.referrers.get(&id).cloned().unwrap_or_default();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.records.get(&id))
    }

    /// An id that no record here has.
    #[must_use]
    pub fn fresh_id(&self) -> Id {
        Id::fresh(|id| self.records.contains_key(&id))
    }

    /// Puts the record of an id in place of what was there, or takes it away; gives back what was there.
    pub(super) fn put(&mut self, id: Id, record: Option<&Arc<Annotation>>) -> Option<Arc<Annotation>> {
        let old = match record {
            Some(record) => self.records.insert(id, record.clone()),
            None => self.records.remove(&id),
        };
        if let Some(old) = &old {
            self.places.remove(&place(old));
            for target in old.targets() {
                let Some(referrers) = self.referrers.get_mut(&target) else { continue };
                if let Some(index) = referrers.iter().position(|&referrer| referrer == id) {
                    referrers.swap_remove(index);
                }
                if referrers.is_empty() {
                    self.referrers.remove(&target);
                }
            }
        }
        if let Some(record) = record {
            self.places.insert(place(record));
            self.longest = self.longest.max(record.extent().map_or(0, Span::len));
            for target in record.targets() {
                self.referrers.entry(target).or_default().push(id);
            }
        }
        old
    }
}

/// The place where an annotation stands among others.
pub(super) fn place(record: &Annotation) -> Place {
    let extent = record.extent();
    (extent.map(|extent| extent.start), Reverse(extent.map_or(0, |extent| extent.end)), record.id)
}

impl PartialEq for AnnotationSet {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
            && self.decisions == other.decisions
            && self.conflicts == other.conflicts
            && self.progress == other.progress
    }
}

impl Eq for AnnotationSet {}
