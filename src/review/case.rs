//! The differences between annotators as cases, with what is agreed on and what has been decided already.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::across::Across;
use super::align::align_with;
use super::alignment::Alignment;
use super::slot::{Reading, RowSource, SlotRow, SlotValue};
use crate::model::{AnnotationSet, ArticleId, Corpus, Decision, Filler, Id, Name, Progress, Slot, Strategy, Via};
use crate::text::Span;

/// The kind of difference that a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseKind {
    /// Some have it and some do not.
    Missing,
    /// They mark other words.
    Boundary,
    /// They call it something else.
    Label,
    /// They say something else of it.
    Attribute,
    /// Something else fills a role.
    Role,
    /// They say that it is someone or something else.
    Identity,
}

impl CaseKind {
    /// The kind of a difference in this slot.
    #[must_use]
    pub fn of(slot: &Slot) -> Self {
        match slot {
            Slot::Presence => Self::Missing,
            Slot::Extent => Self::Boundary,
            Slot::Label => Self::Label,
            Slot::Attribute(_) => Self::Attribute,
            Slot::Role(_) => Self::Role,
            Slot::Identity => Self::Identity,
        }
    }

    /// Its name in lists and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Attribute => "attribute",
            Self::Role => "role",
            Self::Identity => "identity",
        }
    }
}

/// The state of the question of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// This reading is agreed on.
    Agreed(usize),
    /// Decided: for a reading, or for nothing, or for what the adjudicated set holds.
    Decided(Verdict, Id),
    /// A difference that waits for a decision.
    Open,
    /// Decided once, and annotators have changed what they say since; what was decided stands until it is decided again.
    Reopened(Id),
    /// Nothing is asked, since the whole thing was decided not to be there.
    NotApplicable,
}

/// The decision about a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The reading of this index is right.
    Reading(usize),
    /// None is right and nothing stands in their place.
    Nothing,
    /// The value that the adjudicated set holds is right.
    Own,
}

/// One thing that annotators or the adjudicator marked, with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignedItem {
    /// The annotation of each annotator, in their order.
    pub members: Vec<Option<Id>>,
    /// The annotation of the adjudicated set.
    pub gold: Option<Id>,
    /// True where it is a trip, a claim or another frame.
    pub frame: bool,
    /// Its place in the text, as the first says who has it; none without a span.
    pub place: Option<Span>,
    /// The slots: presence, extent, label, attributes, roles, identity. Presence alone where no annotator has it.
    pub rows: Vec<SlotRow>,
    /// The state of each row.
    pub states: Vec<State>,
}

/// One difference that waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Index into [`Review::units`].
    pub unit: usize,
    /// Index into [`AlignedItem::rows`].
    pub row: usize,
    /// The kind of difference.
    pub kind: CaseKind,
    /// Share of those who have a say that have the most common reading, 0 to 1.
    pub agreement: f64,
    /// True where it was decided before.
    pub reopened: bool,
}

/// The order of cases in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As one reads.
    Reading,
    /// The least agreed on first, then as one reads.
    Agreement,
}

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
        let none = AnnotationSet::default();
        let set = |name: &Name| corpus.set(article, name).unwrap_or(&none);
        let mut sets: Vec<&AnnotationSet> = annotators.iter().map(set).collect();
        let golden = set(gold);
        sets.push(golden);
        let mut alignment = align_with(&corpus.schema, &sets, annotators.len());
        let referents = across.map(|across| across.seen_by(annotators, gold));
        if let Some(referents) = &referents {
            alignment.referents = referents.clone();
        }
        let voters: Vec<(&Name, &AnnotationSet)> = annotators.iter().zip(sets.iter().copied()).collect();
        let source = RowSource::new(&corpus.schema, &alignment, voters, !golden.decisions().is_empty());
        let mut units: Vec<AlignedItem> = Vec::with_capacity(alignment.groups.len());
        for group in &alignment.groups {
            let members = group.members[..annotators.len()].to_vec();
            let first = group.members.iter().zip(&sets).find_map(|(id, set)| set.get((*id)?));
            units.push(AlignedItem {
                rows: source.rows(&members),
                gold: group.members[annotators.len()],
                frame: group.frame,
                place: first.and_then(|record| record.extent()),
                states: Vec::new(),
                members,
            });
        }
        let (decisions, rivals) = link(&mut units, &alignment, annotators, golden);
        alignment.relink(&sets, units.iter().map(|unit| unit.gold));
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
            rivals,
        };
        for unit in 0..review.units.len() {
            let states = review.states(unit, &decisions, golden);
            review.units[unit].states = states;
        }
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
        for (unit, it) in self.units.iter().enumerate() {
            for (row, state) in it.states.iter().enumerate() {
                let reopened = matches!(state, State::Reopened(_));
                if reopened || *state == State::Open {
                    let row_of = &it.rows[row];
                    let kind = CaseKind::of(&row_of.slot);
                    cases.push(Case { unit, row, kind, agreement: row_of.agreement(), reopened });
                }
            }
        }
        cases
    }

    fn states(&self, unit: usize, decisions: &Decisions, golden: &AnnotationSet) -> Vec<State> {
        let it = &self.units[unit];
        let mut states = Vec::with_capacity(it.rows.len());
        for row in &it.rows {
            let state = match decisions.get(&(unit, row.slot.clone())) {
                Some(decision) if decision.inputs == row.inputs && self.undisputed(unit, row, decision, golden) => {
                    State::Decided(self.verdict(row, decision), decision.id)
                }
                Some(decision) => match self.agreed(row) {
                    Some(reading) if self.holds(it, row, &row.readings[reading], golden) => State::Agreed(reading),
                    _ => State::Reopened(decision.id),
                },
                None => self.agreed(row).map_or(State::Open, State::Agreed),
            };
            states.push(state);
        }
        if self.is_absent(it, &states) {
            for (row, state) in it.rows.iter().zip(&mut states) {
                if row.slot != Slot::Presence {
                    *state = State::NotApplicable;
                }
            }
        }
        states
    }

    /// Says whether a case waits because two people decided it differently, apart from each other.
    #[must_use]
    pub fn decided_twice(&self, case: &Case) -> bool {
        case.reopened && self.rivals.contains_key(&(case.unit, self.row(case).slot.clone()))
    }

    /// Says whether all decisions that were made about the same readings of a slot came out the same.
    fn undisputed(&self, unit: usize, row: &SlotRow, decision: &Decision, golden: &AnnotationSet) -> bool {
        let verdict = self.verdict(row, decision);
        let rivals = self.rivals.get(&(unit, row.slot.clone())).into_iter().flatten();
        let rivals = rivals.filter_map(|id| golden.decisions().get(id)).filter(|rival| rival.inputs == decision.inputs);
        // What two people made by hand cannot both stand in the set.
        let mut verdicts = rivals.map(|rival| self.verdict(row, rival));
        verdicts.all(|other| other == verdict && verdict != Verdict::Own)
    }

    /// Says whether it is settled that the thing is not there.
    pub(super) fn is_absent(&self, unit: &AlignedItem, states: &[State]) -> bool {
        let absent = |row: &SlotRow, state: &State| match (&row.slot, state) {
            (Slot::Presence, State::Agreed(reading) | State::Decided(Verdict::Reading(reading), _)) => {
                row.readings[*reading].said == SlotValue::Presence(false)
            }
            (Slot::Presence | Slot::Label, State::Decided(Verdict::Nothing, _)) => true,
            (Slot::Extent, State::Decided(Verdict::Nothing, _)) => !unit.frame,
            _ => false,
        };
        unit.rows.iter().zip(states).any(|(row, state)| absent(row, state))
    }

    fn verdict(&self, row: &SlotRow, decision: &Decision) -> Verdict {
        let Via::Decision { adopted, .. } = &decision.origin.via else { return Verdict::Own };
        let voter = adopted.first().and_then(|name| self.annotators.iter().position(|other| other == name));
        match voter.and_then(|voter| row.reading_of(voter)) {
            Some(reading) => Verdict::Reading(reading),
            None if decision.nothing => Verdict::Nothing,
            None => Verdict::Own,
        }
    }

    /// The reading that the strategy takes for agreed.
    fn agreed(&self, row: &SlotRow) -> Option<usize> {
        if let Strategy::Prefer(name) = &self.strategy {
            let voter = self.annotators.iter().position(|annotator| annotator == name);
            if let Some(reading) = voter.and_then(|voter| row.reading_of(voter)) {
                return Some(reading);
            }
        }
        if let Strategy::Majority { percent, least } = self.strategy {
            let count = |reading: &Reading| reading.by.len();
            let most = row.readings.iter().map(count).max()?;
            let enough = most >= least && most * 100 >= usize::from(percent) * row.voters();
            let alone = row.readings.iter().filter(|reading| count(reading) == most).count() == 1;
            return (enough && alone).then(|| row.readings.iter().position(|reading| count(reading) == most))?;
        }
        (row.readings.len() == 1).then_some(0)
    }

    /// Says whether the adjudicated set says the same as a reading.
    fn holds(&self, unit: &AlignedItem, row: &SlotRow, reading: &Reading, golden: &AnnotationSet) -> bool {
        let record = unit.gold.and_then(|id| golden.get(id));
        let voter = reading.by[0];
        let Some(record) = record else { return reading.said == SlotValue::Presence(false) };
        match (&reading.said, &row.slot) {
            (SlotValue::Presence(there), _) => *there,
            (SlotValue::Extent(at), _) => *at == record.at,
            (SlotValue::Label(label), _) => *label == record.label,
            (SlotValue::Attribute(values), Slot::Attribute(name)) => {
                let held: HashSet<&str> = record
                    .attributes
                    .iter()
                    .filter(|(other, _)| other == name)
                    .map(|(_, value)| value.as_str())
                    .collect();
                held == values.iter().map(String::as_str).collect()
            }
            (SlotValue::Role(fillers), Slot::Role(name)) => {
                let ours = |filler: &Filler| match filler {
                    Filler::Annotation(id) => self.gold_of(voter, *id).map(Filler::Annotation),
                    other => Some(other.clone()),
                };
                let said: HashSet<Filler> = fillers.iter().filter_map(ours).collect();
                said == record.fillers(name).cloned().collect()
            }
            (SlotValue::Identity(referent), _) => {
                let referents = &self.alignment.referents;
                let said = referent.map(|id| referents.group_of(voter, id));
                said == record.referent.map(|id| referents.group_of(self.annotators.len(), id))
            }
            _ => false,
        }
    }
}

/// The decision about each slot of each unit; of several the latest of those about the readings as they are now.
type Decisions = HashMap<(usize, Slot), Arc<Decision>>;

/// Finds the unit of every decision, and the unit of every adjudicated record.
///
/// What is alike is told by content, but a record that is filled slot by slot is not like anything yet: so decisions
/// remember whom they were about, and an adjudicated record is called what the first annotator's is called.
fn link(
    units: &mut [AlignedItem],
    alignment: &Alignment,
    annotators: &[Name],
    golden: &AnnotationSet,
) -> (Decisions, HashMap<(usize, Slot), Vec<Id>>) {
    let mut decisions: Decisions = HashMap::new();
    let mut rivals: HashMap<(usize, Slot), Vec<Id>> = HashMap::new();
    // Which unit claims which adjudicated record, the strongest claims first.
    let mut claims: Vec<(usize, Id)> = Vec::new();
    let mut ordered: Vec<&Arc<Decision>> = golden.decisions().values().collect();
    ordered.sort_by_key(|decision| (decision.origin.at, decision.id));
    let known = KnownItems::of(units, ordered.is_empty());
    for decision in ordered {
        let Some(unit) = unit_of(&known, alignment, annotators, decision) else { continue };
        claims.extend(decision.annotation.first().map(|&id| (unit, id)));
        let slot = (unit, decision.slot.clone());
        let current = |decision: &Decision| {
            units[unit].rows.iter().any(|row| row.slot == decision.slot && row.inputs == decision.inputs)
        };
        let loser = match decisions.get(&slot) {
            Some(earlier) if current(earlier) && !current(decision) => decision.id,
            earlier => {
                let earlier = earlier.map(|earlier| earlier.id);
                decisions.insert(slot.clone(), decision.clone());
                let Some(earlier) = earlier else { continue };
                earlier
            }
        };
        rivals.entry(slot).or_default().push(loser);
    }
    let by_content: HashMap<Id, usize> =
        units.iter().enumerate().filter_map(|(at, unit)| Some((unit.gold?, at))).collect();
    let decided = |id: Id| golden.get(id).is_some_and(|record| matches!(record.origin.via, Via::Decision { .. }));
    let mut by_name: Vec<(bool, usize, usize, Id)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        for (voter, id) in unit.members.iter().enumerate().filter_map(|(voter, id)| Some((voter, (*id)?))) {
            if decided(id) {
                by_name.push((by_content.get(&id) != Some(&at), voter, at, id));
            }
        }
    }
    by_name.sort_unstable();
    claims.extend(by_name.into_iter().map(|(_, _, unit, id)| (unit, id)));
    let mut rest: Vec<(usize, Id)> = by_content.into_iter().map(|(id, unit)| (unit, id)).collect();
    rest.sort_unstable();
    claims.extend(rest);
    for unit in units.iter_mut() {
        unit.gold = None;
    }
    let mut taken: HashSet<Id> = HashSet::new();
    let mut alone: Vec<Id> = Vec::new();
    for (unit, id) in claims {
        if golden.get(id).is_none() || taken.contains(&id) {
            continue;
        }
        if units[unit].gold.is_none() {
            units[unit].gold = Some(id);
            taken.insert(id);
        } else {
            alone.push(id);
        }
    }
    // A record whose unit has another one now stands for itself in a unit that lost its own.
    alone.retain(|id| !taken.contains(id));
    alone.sort_unstable();
    alone.dedup();
    let empty = units.iter_mut().filter(|unit| unit.gold.is_none() && unit.members.iter().all(Option::is_none));
    for (unit, id) in empty.zip(alone) {
        unit.gold = Some(id);
        unit.place = golden.get(id).and_then(|record| record.extent());
    }
    (decisions, rivals)
}

/// Units by what a decision may know of them beside their records.
#[derive(Default)]
struct KnownItems {
    /// The first unit of each question of presence.
    by_question: HashMap<String, usize>,
    /// The first unit of each adjudicated record.
    by_gold: HashMap<Id, usize>,
}

impl KnownItems {
    /// Those of all units, where there are decisions that may ask for them.
    fn of(units: &[AlignedItem], undecided: bool) -> Self {
        let mut known = Self::default();
        for (at, unit) in units.iter().enumerate().filter(|_| !undecided) {
            known.by_question.entry(unit.rows[0].inputs.clone()).or_insert(at);
            if let Some(id) = unit.gold {
                known.by_gold.entry(id).or_insert(at);
            }
        }
        known
    }
}

/// The unit that most of a decision's records are in; one about presence is known by its question, too.
fn unit_of(known: &KnownItems, alignment: &Alignment, annotators: &[Name], decision: &Decision) -> Option<usize> {
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for (name, id) in &decision.of {
        let voter = annotators.iter().position(|annotator| annotator == name);
        if let Some(unit) = voter.and_then(|voter| alignment.group_of(voter, *id)) {
            *votes.entry(unit).or_default() += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|&(unit, votes)| (votes, std::cmp::Reverse(unit)));
    most.map(|(unit, _)| unit).or_else(|| {
        let asked = known.by_question.get(&decision.inputs).filter(|_| decision.slot == Slot::Presence);
        asked.or_else(|| known.by_gold.get(decision.annotation.first()?)).copied()
    })
}
