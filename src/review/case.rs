//! The differences between annotators as cases, with what is agreed on and what has been decided already.

use std::collections::HashMap;

use super::across::Across;
use super::align::align_with;
use super::alignment::Alignment;
use super::halves::Halves;
use super::item::{AlignedItem, Case, Order, State, by_hand};
use super::link::link;
use super::referents::{Called, Calling};
use super::slot::{RowSource, SlotRow};
use crate::model::{AnnotationSet, ArticleId, Corpus, Id, Name, Progress, Slot, Strategy};
use crate::text::Text;

/// An article with what its annotators say, side by side.
#[derive(Debug, Clone)]
pub struct Review {
    /// The article.
    pub article: ArticleId,
    /// The annotators whose sets are compared.
    pub annotators: Vec<Name>,
    /// The adjudicated set, which receives decisions.
    pub gold: Name,
    /// The rule for what counts as agreed.
    pub strategy: Strategy,
    /// The alignment of the sets; the adjudicated set comes last in it.
    pub alignment: Alignment,
    /// Everything that anybody marked, in reading order; as many as the alignment has groups.
    pub units: Vec<AlignedItem>,
    /// The differences that wait for a decision, in reading order.
    pub cases: Vec<Case>,
    /// Frames that some of the annotators split.
    pub(super) halves: Halves,
    /// Decisions about a slot beside the one that counts, by unit and slot: two people decided apart from each other.
    pub(super) rivals: HashMap<(usize, Slot), Vec<Id>>,
}

impl Review {
    /// Compares the sets of `annotators` in an article, and looks up what is in the set of `gold` already. A set that is
    /// not loaded counts as empty.
    #[must_use]
    pub fn open(corpus: &Corpus, article: &ArticleId, annotators: &[Name], gold: &Name, strategy: Strategy) -> Self {
        Self::open_across(corpus, article, annotators, gold, strategy, None)
    }

    /// As [`Review::open`], where who or what something is is compared across all articles: two mentions that annotators
    /// put into different clusters differ, though each article by itself shows no difference.
    #[must_use]
    pub fn open_across(
        corpus: &Corpus,
        article: &ArticleId,
        annotators: &[Name],
        gold: &Name,
        strategy: Strategy,
        across: Option<&Across>,
    ) -> Self {
        let (none, blank) = (AnnotationSet::default(), Text::default());
        let text = corpus.text(article).unwrap_or(&blank);
        let set = |name: &Name| corpus.set(article, name).unwrap_or(&none);
        let sets: Vec<&AnnotationSet> = annotators.iter().chain([gold]).map(set).collect();
        let called =
            if across.is_none() { Self::referents_called(corpus, annotators, gold, &sets) } else { Vec::new() };
        let alignment = align_with(&corpus.schema, text, (&sets, called), annotators.len());
        let panel = (annotators, gold);
        Self::of_aligned(corpus, article, panel, strategy, across, (&sets, alignment))
    }

    /// The names of the referents that an article's sets are about: those of the annotators, then of the adjudicated set.
    pub(crate) fn referents_called(
        corpus: &Corpus,
        annotators: &[Name],
        gold: &Name,
        sets: &[&AnnotationSet],
    ) -> Vec<Called> {
        let names = annotators.iter().chain([gold]).zip(sets);
        names.map(|(name, set)| Calling::of_set(set, corpus.referents(name))).collect()
    }

    /// As [`Review::open_across`], of sets that are aligned already: those of the annotators, then the adjudicated one, laid
    /// over them.
    pub(crate) fn of_aligned(
        corpus: &Corpus,
        article: &ArticleId,
        (annotators, gold): (&[Name], &Name),
        strategy: Strategy,
        across: Option<&Across>,
        (sets, mut alignment): (&[&AnnotationSet], Alignment),
    ) -> Self {
        let golden = sets[annotators.len()];
        let schema = &corpus.schema;
        let referents = across.map(|across| across.seen_by(annotators, gold));
        if let Some(referents) = &referents {
            alignment.referents = referents.clone();
        }
        let voters: Vec<(&Name, &AnnotationSet)> = annotators.iter().zip(sets.iter().copied()).collect();
        let halves = Halves::find(&alignment, &voters);
        let source = RowSource::new(schema, &alignment, voters, &halves, !golden.decisions().is_empty());
        let mut units: Vec<AlignedItem> = Vec::with_capacity(alignment.groups.len());
        for group in &alignment.groups {
            let members = group.members[..annotators.len()].to_vec();
            let first = group.members.iter().zip(sets).find_map(|(id, set)| set.get((*id)?));
            units.push(AlignedItem {
                rows: source.rows(&members, None),
                gold: group.members[annotators.len()],
                frame: group.frame,
                place: first.and_then(|record| record.extent()),
                states: Vec::new(),
                members,
            });
        }
        let (decisions, rivals) = link(&mut units, &alignment, annotators, golden);
        for unit in &mut units {
            let merged = unit.gold.and_then(|id| golden.get(id)).filter(|record| !by_hand(record));
            if let Some(record) = merged.filter(|record| source.lacks(&unit.rows, &unit.members, record)) {
                unit.rows = source.rows(&unit.members, Some(record));
            }
        }
        alignment.relink(sets, units.iter().map(|unit| unit.gold));
        if let Some(referents) = referents {
            alignment.referents = referents;
        }
        let mut review = Self {
            article: article.clone(),
            annotators: annotators.to_vec(),
            gold: gold.clone(),
            strategy,
            alignment,
            units,
            cases: Vec::new(),
            halves,
            rivals,
        };
        let parted =
            review.part(|review, half| review.states(&corpus.schema, half, &decisions, golden).into_iter().next());
        // Rows are read from the alignment while the review is put together.
        let alignment = std::mem::take(&mut review.alignment);
        let halves = review.halves.clone();
        let voters: Vec<(&Name, &AnnotationSet)> = annotators.iter().zip(sets.iter().copied()).collect();
        let source = RowSource::new(schema, &alignment, voters.clone(), &halves, !golden.decisions().is_empty());
        for unit in parted {
            let held = review.units[unit].gold.and_then(|id| golden.get(id));
            let held = held.filter(|record| !by_hand(record));
            review.units[unit].rows = source.rows(&review.units[unit].members, held.map(|record| &**record));
        }
        for unit in 0..review.units.len() {
            review.narrow(&source, unit, &decisions, golden);
        }
        review.alignment = alignment;
        for unit in 0..review.units.len() {
            let states = review.states(schema, unit, &decisions, golden);
            review.units[unit].states = states;
        }
        // With a decision, every slot has its digest already.
        let differs = |unit: &AlignedItem| unit.states.iter().any(|state| matches!(state, State::Differs(_)));
        if golden.decisions().is_empty() && review.units.iter().any(differs) {
            let alignment = std::mem::take(&mut review.alignment);
            let source = RowSource::new(schema, &alignment, voters.clone(), &halves, true);
            for at in 0..review.units.len() {
                let unit = &review.units[at];
                if differs(unit) {
                    let held = unit.gold.and_then(|id| golden.get(id));
                    review.units[at].rows = source.rows(&unit.members, held.map(|record| &**record));
                    review.narrow(&source, at, &decisions, golden);
                }
            }
            review.alignment = alignment;
        }
        review.wait_for_halves(&voters);
        review.cases = review.waiting();
        review
    }

    /// Those of `names` who have begun an article, in their order: only they have a say in it.
    #[must_use]
    pub fn begun(corpus: &Corpus, article: &ArticleId, names: &[Name]) -> Vec<Name> {
        let begun = |name: &&Name| {
            let set = corpus.set(article, name);
            set.is_some_and(|set| !set.is_empty() || set.progress() != Progress::New)
        };
        names.iter().filter(begun).cloned().collect()
    }

    /// The cases in this order.
    #[must_use]
    pub fn queue(&self, order: Order) -> Vec<Case> {
        let mut queue = self.cases.clone();
        if order == Order::Agreement {
            queue.sort_by(|a, b| a.agreement.total_cmp(&b.agreement));
        }
        queue
    }

    /// The slot that a case is about, with its readings.
    #[must_use]
    pub fn row(&self, case: &Case) -> &SlotRow {
        &self.units[case.unit].rows[case.row]
    }

    /// The annotation of the adjudicated set that stands for an annotator's.
    pub(super) fn gold_of(&self, voter: usize, id: Id) -> Option<Id> {
        self.units[self.alignment.group_of(voter, id)?].gold
    }

    pub(super) fn waiting(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            let asks = (0..unit.states.len()).filter(|&row| self.asks(at, row));
            cases.extend(asks.map(|row| unit.case(at, row)));
        }
        cases
    }
}
