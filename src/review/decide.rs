//! Transactions on the adjudicated set, from agreed values and from decisions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::case::Review;
use super::item::{AlignedItem, Case, State, Verdict, by_hand};
use super::likeness::normal_attribute;
use super::narrow::voters;
use super::slot::{RowSource, SlotRow, SlotValue};
use super::states::Standing;
use crate::edit::{Edit, Focus, Transaction};
use crate::model::{
    Annotation, AnnotationSet, Corpus, Decision, Filler, Id, Name, Origin, Progress, RecordFile, Referent, Role,
    SetKey, Slot, Timestamp, Via,
};

/// The adjudicator's choice in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The annotator of this index is right.
    Adopt(usize),
    /// None is right. Of a missing thing: it is not there; of its words or its label: neither, unless it is a frame,
    /// which may be without trigger; of anything else: nothing stands there.
    Nothing,
    /// This is right, in ids of the adjudicated set.
    Own(SlotValue),
    /// The value that the adjudicated set holds now is right: after it was edited by hand.
    AsItStands,
}

/// A decision that is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The choice.
    pub choice: Choice,
    /// The person who decides.
    pub by: Name,
    /// The reason, as a tag; may be empty.
    pub reason: String,
    /// The gap of the guideline, where that was the cause; may be empty.
    pub gap: String,
}

impl Review {
    /// Puts what is agreed on, and what has been decided before, into the adjudicated set. What an adjudicator made or
    /// changed by hand there stays as it is. Empty where everything is there already.
    #[must_use]
    pub fn premerge(&self, corpus: &Corpus, by: &Name) -> Transaction {
        let mut transaction = Transaction::new("merge what is agreed", by);
        transaction.edits = GoldTarget::new(self, corpus, by, None).edits();
        let some = !transaction.edits.is_empty();
        // A merge says that it is decided only if it finds something to merge, or nothing left to ask.
        let state = self.state_edit(corpus, self.cases.len());
        transaction.edits.extend(state.filter(|(_, after)| some || *after == Progress::Done).map(|(edit, _)| edit));
        transaction
    }

    /// Decides a case: keeps the decision in the adjudicated set, and does there what it says, together with everything
    /// that is agreed and has not been merged yet.
    #[must_use]
    pub fn decide(&self, corpus: &Corpus, case: &Case, ruling: &Ruling) -> Transaction {
        let unit = &self.units[case.unit];
        let row = &unit.rows[case.row];
        let mut decided = self.clone();
        let verdict = match &ruling.choice {
            Choice::Adopt(voter) => row.reading_of(*voter).map_or(Verdict::Nothing, Verdict::Reading),
            Choice::Nothing => Verdict::Nothing,
            Choice::Own(_) | Choice::AsItStands => Verdict::Own,
        };
        let key: SetKey = (self.article.clone(), self.gold.clone());
        let golden = corpus.set(&key.0, &key.1);
        let before = match &unit.states[case.row] {
            State::Reopened(id) | State::Decided(_, id) => golden.and_then(|set| set.decisions().get(id)).cloned(),
            _ => None,
        };
        let id = before.as_ref().map_or_else(|| fresh(golden), |decision| decision.id);
        // One frame that is split into several is decided with all of them: a decision for each.
        let along = if row.slot == Slot::Presence { self.asked_with(case.unit) } else { Vec::new() };
        let along: Vec<Case> = along.into_iter().map(|half| self.presence(half)).collect();
        let made = std::iter::once((*case, id)).chain(along.into_iter().map(|case| (case, fresh(golden))));
        let made: Vec<(Case, Id)> = made.collect();
        for (case, id) in &made {
            decided.units[case.unit].states[case.row] = State::Decided(verdict, *id);
        }
        if let (Verdict::Reading(reading), Slot::Label) = (verdict, &row.slot)
            && let SlotValue::Label(label) = &row.readings[reading].said
        {
            decided.relabel(corpus, case.unit, label);
        }
        if row.slot == Slot::Presence {
            decided.rejoin(corpus, case.unit);
        }
        let mut target = GoldTarget::new(&decided, corpus, &ruling.by, Some((case, ruling)));
        let edits = target.edits();
        let adopted = match verdict {
            Verdict::Reading(reading) => adopted(self, &row.readings[reading].by, &ruling.choice),
            _ => Vec::new(),
        };
        let via = Via::Decision { adopted, reason: ruling.reason.clone(), gap: ruling.gap.clone() };
        let origin = Origin { by: ruling.by.clone(), at: Timestamp::now(), via };
        let decision = |(case, id): &(Case, Id)| {
            let unit = &self.units[case.unit];
            let of = unit.members.iter().zip(&self.annotators).filter_map(|(id, name)| Some((name.clone(), (*id)?)));
            let mut of: Vec<(Name, Id)> = of.collect();
            of.sort();
            // A thing that no annotator has is known by its adjudicated record alone, also once that is gone.
            let annotation = target.ids.get(&case.unit).copied().or(unit.gold.filter(|_| of.is_empty()));
            Decision {
                id: *id,
                slot: row.slot.clone(),
                annotation: annotation.into_iter().collect(),
                of,
                inputs: self.inputs(corpus, case),
                nothing: verdict == Verdict::Nothing,
                origin: origin.clone(),
            }
        };
        let decisions: Vec<Decision> = made.iter().map(decision).collect();
        let mut transaction = Transaction::new(format!("decide {}", case.kind.name()), &ruling.by);
        let focus = decisions[0].annotation.first().copied().or(unit.gold);
        transaction.focus = Some(Focus { article: key.0.clone(), annotator: key.1.clone(), annotation: focus });
        transaction.edits.extend(self.state_edit(corpus, decided.left(&made)).map(|(edit, _)| edit));
        transaction.edits.extend(edits);
        // One decision counts from now on: what was decided beside it has been looked at.
        let rivals = self.rivals.get(&(case.unit, row.slot.clone())).into_iter().flatten();
        for rival in rivals.filter_map(|rival| golden?.decisions().get(rival)) {
            transaction.edits.push(Edit::new(key.clone(), Some(rival.clone()), None));
        }
        let mut before = before;
        for decision in decisions {
            transaction.edits.push(Edit::new(key.clone(), before.take(), Some(Arc::new(decision))));
        }
        transaction
    }
}

impl Review {
    /// Puts what one annotator says of a whole thing into the adjudicated set, as something to edit there: nothing is
    /// decided by it, and what stands there stays. With it comes what is agreed and has not been merged yet.
    #[must_use]
    pub fn draft(&self, corpus: &Corpus, unit: usize, annotator: usize, by: &Name) -> Transaction {
        let mut drafted = self.clone();
        let AlignedItem { rows, states, gold, .. } = &mut drafted.units[unit];
        let held = gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id)).map(|record| &**record);
        for (row, state) in rows.iter().zip(states) {
            let adds =
                |reading: usize| self.standing(&corpus.schema, held, row, &row.readings[reading]) == Standing::Less;
            if let (State::Open | State::NotApplicable, Some(reading)) = (&state, row.reading_of(annotator))
                && adds(reading)
            {
                *state = State::Agreed(reading);
            }
        }
        let mut transaction = Transaction::new("take over to edit", by);
        let golden = corpus.set(&self.article, &self.gold);
        let mut target = GoldTarget::new(&drafted, corpus, by, None);
        let edits = target.edits();
        if !edits.is_empty() {
            transaction.edits = begin(golden, (self.article.clone(), self.gold.clone()));
            transaction.edits.extend(edits);
        }
        let annotation = target.ids.get(&unit).copied();
        transaction.focus = Some(Focus { article: self.article.clone(), annotator: self.gold.clone(), annotation });
        transaction
    }
}

/// Returns the edit that begins the adjudicated set, where it is not begun.
fn begin(golden: Option<&AnnotationSet>, set: SetKey) -> Vec<Edit> {
    match golden.is_none_or(|set| set.progress() == Progress::New) {
        true => vec![Edit::progress(set, Progress::New, Progress::InProgress)],
        false => Vec::new(),
    }
}

impl Review {
    /// Returns the question whether a thing is there at all: to take it out of the adjudicated set, or to have it back,
    /// whatever is asked of it.
    #[must_use]
    pub fn presence(&self, unit: usize) -> Case {
        self.units[unit].case(unit, 0)
    }

    /// Returns the digest of what is said of a slot, also where nobody had asked about it before.
    fn inputs(&self, corpus: &Corpus, case: &Case) -> String {
        let row = self.row(case);
        if !row.inputs.is_empty() {
            return row.inputs.clone();
        }
        let rows = self.all_rows(corpus, case.unit);
        rows.into_iter().find(|it| it.slot == row.slot).map_or(String::new(), |it| it.inputs)
    }

    /// Returns the slots of a unit, in which everybody has a say, with digests.
    pub(super) fn all_rows(&self, corpus: &Corpus, unit: usize) -> Vec<SlotRow> {
        let unit = &self.units[unit];
        let none = AnnotationSet::default();
        let voters = voters(corpus, &self.article, &self.annotators, &none);
        let source = RowSource::new(&corpus.schema, &self.alignment, voters, &self.halves, true);
        let held = unit.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id));
        source.rows(&unit.members, held.map(|record| &**record).filter(|record| !by_hand(record)))
    }

    /// Returns the number of cases that wait once the last decisions are taken into account: of what is not there nothing
    /// is asked.
    fn left(&self, made: &[(Case, Id)]) -> usize {
        let absent = |unit: usize| self.is_absent(&self.units[unit], &self.units[unit].states);
        let absent: Vec<usize> = made.iter().map(|(case, _)| case.unit).filter(|&unit| absent(unit)).collect();
        self.waiting().iter().filter(|case| !absent.contains(&case.unit)).count()
    }

    /// The state that the adjudicated set comes to with so many cases left, where that is another: decided where none is
    /// left and every annotator has said that the article is done, else open. One that was said to be decided stays so
    /// until a case is left.
    fn state_edit(&self, corpus: &Corpus, left: usize) -> Option<(Edit, Progress)> {
        let state = |name: &Name| corpus.set(&self.article, name).map_or(Progress::New, AnnotationSet::progress);
        let before = state(&self.gold);
        let done = || before == Progress::Done || self.annotators.iter().all(|name| state(name) == Progress::Done);
        let after = if left == 0 && done() { Progress::Done } else { Progress::InProgress };
        let set: SetKey = (self.article.clone(), self.gold.clone());
        (before != after).then_some((Edit::progress(set, before, after), after))
    }
}

/// The names of those whose reading was adopted, the one who was pointed at first.
fn adopted(review: &Review, by: &[usize], choice: &Choice) -> Vec<Name> {
    let pointed = if let Choice::Adopt(voter) = choice { Some(*voter) } else { None };
    let others = by.iter().copied().filter(|voter| Some(*voter) != pointed);
    pointed.into_iter().chain(others).map(|voter| review.annotators[voter].clone()).collect()
}

fn fresh(golden: Option<&AnnotationSet>) -> Id {
    Id::fresh(|id| golden.is_some_and(|set| set.decisions().contains_key(&id)))
}

/// The origin of a slot's value.
enum ValueFrom<'a> {
    /// From this annotator, as it was decided.
    From(usize, &'a SlotValue),
    /// From this annotator, as all say it: it is added to what stands.
    Agreed(usize, &'a SlotValue),
    /// From the adjudicator, in the ids of the adjudicated set.
    Given(&'a SlotValue),
    /// Nothing stands there.
    Nothing,
    /// The present value stays.
    Kept,
    /// Nobody knows yet.
    Open,
}

/// The adjudicated set as it should be.
struct GoldTarget<'a> {
    review: &'a Review,
    corpus: &'a Corpus,
    golden: Option<&'a AnnotationSet>,
    by: &'a Name,
    ruling: Option<(&'a Case, &'a Ruling)>,
    /// The adjudicated record of each unit that has or gets one.
    ids: HashMap<usize, Id>,
    /// Adjudicated records that go.
    gone: HashSet<Id>,
    /// Referents to be made, in their order, and where each stands.
    referents: Vec<Arc<Referent>>,
    made: HashMap<Id, usize>,
}

impl<'a> GoldTarget<'a> {
    fn new(review: &'a Review, corpus: &'a Corpus, by: &'a Name, ruling: Option<(&'a Case, &'a Ruling)>) -> Self {
        let golden = corpus.set(&review.article, &review.gold);
        let (ids, gone, made) = (HashMap::new(), HashSet::new(), HashMap::new());
        let mut target = Self { review, corpus, golden, by, ruling, ids, gone, referents: Vec::new(), made };
        let mut taken: HashSet<Id> = golden.into_iter().flat_map(AnnotationSet::iter).map(|record| record.id).collect();
        for (at, unit) in review.units.iter().enumerate() {
            if !target.exists(at, unit) {
                target.gone.extend(unit.gold);
                continue;
            }
            let id = unit.gold.unwrap_or_else(|| {
                let theirs = unit.members.iter().flatten().copied().find(|id| !taken.contains(id));
                theirs.unwrap_or_else(|| Id::fresh(|id| taken.contains(&id)))
            });
            taken.insert(id);
            target.ids.insert(at, id);
        }
        target
    }

    fn held(&self, unit: &AlignedItem) -> Option<&'a Arc<Annotation>> {
        self.golden?.get(unit.gold?)
    }

    /// Says whether a person made or changed the adjudicated record by hand.
    fn by_hand(&self, unit: &AlignedItem) -> bool {
        self.held(unit).is_some_and(|record| by_hand(record))
    }

    /// Says whether the adjudicated record has what a reading says, in other words at the most.
    fn holds(&self, unit: &AlignedItem, row: &SlotRow, reading: usize) -> bool {
        let reading = &row.readings[reading];
        let same = |held: &Arc<Annotation>| {
            self.review.standing(&self.corpus.schema, Some(held), row, reading) == Standing::Same
        };
        // The filler of a role may come with the same merge.
        let comes = |filler: &Filler| match filler {
            Filler::Annotation(id) => self.review.gold_of(reading.by[0], *id).is_none(),
            Filler::Span(_) | Filler::Value(_) => false,
        };
        let fillers = if let SlotValue::Role(fillers) = &reading.said { &fillers[..] } else { &[] };
        self.held(unit).is_some_and(same) && !fillers.iter().any(comes)
    }

    fn taken(&self, at: usize, row: usize) -> ValueFrom<'a> {
        let unit = &self.review.units[at];
        let readings = &unit.rows[row].readings;
        let of = |reading: usize| (readings[reading].by[0], &readings[reading].said);
        let ruled = self.ruling.is_some_and(|(case, _)| (case.unit, case.row) == (at, row));
        match &unit.states[row] {
            // An identity that was decided stands: which adjudicated referent an annotator's is like may change with others.
            State::Decided(Verdict::Reading(_), _)
                if !ruled
                    && unit.rows[row].slot == Slot::Identity
                    && self.held(unit).is_some_and(|held| held.referent.is_some()) =>
            {
                ValueFrom::Kept
            }
            State::Decided(Verdict::Reading(reading), _) => {
                let (voter, said) = of(*reading);
                ValueFrom::From(voter, said)
            }
            State::Decided(Verdict::Nothing, _) => ValueFrom::Nothing,
            State::Decided(Verdict::Own, _) => match self.ruling {
                Some((case, Ruling { choice: Choice::Own(said), .. })) if (case.unit, case.row) == (at, row) => {
                    ValueFrom::Given(said)
                }
                _ => ValueFrom::Kept,
            },
            State::Reopened(_) | State::Differs(_) => ValueFrom::Kept,
            _ if self.by_hand(unit) => ValueFrom::Kept,
            State::Agreed(reading) if self.holds(unit, &unit.rows[row], *reading) => ValueFrom::Kept,
            State::Agreed(reading) => {
                let (voter, said) = of(*reading);
                ValueFrom::Agreed(voter, said)
            }
            // A standing value stays while it is asked about.
            State::Open | State::NotApplicable if self.held(unit).is_some() => ValueFrom::Kept,
            State::Open | State::NotApplicable => ValueFrom::Open,
        }
    }

    fn row(unit: &AlignedItem, slot: &Slot) -> Option<usize> {
        unit.rows.iter().position(|row| row.slot == *slot)
    }

    /// Says whether the adjudicated set should have a record of this unit.
    fn exists(&self, at: usize, unit: &AlignedItem) -> bool {
        let held = self.held(unit).is_some();
        let there = match self.taken(at, 0) {
            ValueFrom::From(_, said) | ValueFrom::Agreed(_, said) | ValueFrom::Given(said) => {
                *said == SlotValue::Presence(true)
            }
            ValueFrom::Nothing => false,
            ValueFrom::Kept | ValueFrom::Open => held,
        };
        let known = |slot: Slot, may_be_empty: bool| match Self::row(unit, &slot).map(|row| self.taken(at, row)) {
            Some(ValueFrom::From(..) | ValueFrom::Agreed(..) | ValueFrom::Given(_)) => true,
            Some(ValueFrom::Nothing) => may_be_empty,
            Some(ValueFrom::Kept | ValueFrom::Open) | None => held || may_be_empty,
        };
        there && known(Slot::Label, false) && known(Slot::Extent, unit.frame)
    }

    /// Returns the edits that are due.
    fn edits(&mut self) -> Vec<Edit> {
        let review = self.review;
        let set: SetKey = (review.article.clone(), review.gold.clone());
        let mut edits = Vec::new();
        for (at, unit) in review.units.iter().enumerate() {
            let before = self.held(unit);
            let after = self.ids.get(&at).copied().and_then(|id| self.record(at, unit, id));
            let same = match (before, &after) {
                (Some(before), Some(after)) => {
                    let after = Annotation { origin: before.origin.clone(), ..after.clone() };
                    **before == after
                }
                (None, None) => true,
                _ => false,
            };
            if !same {
                edits.push(Edit::new(set.clone(), before.cloned(), after.map(Arc::new)));
            }
        }
        let file = RecordFile::Referents(review.gold.clone());
        let made = self.referents.drain(..).map(|referent| Edit::new(file.clone(), None, Some(referent)));
        made.chain(edits).collect()
    }

    fn record(&mut self, at: usize, unit: &AlignedItem, id: Id) -> Option<Annotation> {
        let held = self.held(unit);
        let mut record = match held {
            Some(held) => Annotation::clone(held),
            None => Annotation { id, ..Annotation::new(&Name::new(""), Vec::new(), Origin::hand(self.by)) },
        };
        for (row, it) in unit.rows.iter().enumerate().skip(1) {
            self.fill(&mut record, held, it, &self.taken(at, row));
        }
        self.tidy_roles(&mut record);
        record.origin = self.origin(at, unit);
        Some(record)
    }

    /// Puts the value of one slot into a record.
    fn fill(&mut self, record: &mut Annotation, held: Option<&Arc<Annotation>>, row: &SlotRow, taken: &ValueFrom) {
        let said = match taken {
            ValueFrom::Kept => return,
            ValueFrom::From(_, said) | ValueFrom::Agreed(_, said) | ValueFrom::Given(said) => Some(*said),
            ValueFrom::Nothing | ValueFrom::Open => None,
        };
        // A value that all say stays in the words in which it stands already.
        let stands = held.filter(|_| matches!(taken, ValueFrom::Agreed(..)));
        match (&row.slot, said) {
            (Slot::Extent, Some(SlotValue::Extent(at))) => {
                record.at.clone_from(at);
                record.drift = None;
            }
            (Slot::Extent, None) if matches!(taken, ValueFrom::Nothing) => record.at.clear(),
            (Slot::Label, Some(SlotValue::Label(label))) => record.label = label.clone(),
            (Slot::Attribute(name), said) => {
                record.attributes.retain(|(other, _)| other != name);
                let values: Vec<String> = match said {
                    Some(SlotValue::Attribute(values)) => {
                        let standing: Vec<&String> =
                            stands.into_iter().flat_map(|held| held.attribute_values(name)).collect();
                        let key = |value: &String| normal_attribute(&self.corpus.schema, record, name, value);
                        let words = |value: &String| standing.iter().copied().find(|held| key(held) == key(value));
                        values.iter().map(|value| words(value).unwrap_or(value).clone()).collect()
                    }
                    _ => Vec::new(),
                };
                record.attributes.extend(values.into_iter().map(|value| (name.clone(), value)));
                record.attributes.sort();
            }
            (Slot::Role(name), said) => {
                record.roles.retain(|role| role.name != *name);
                let fillers: Vec<Filler> = match (said, taken) {
                    (Some(SlotValue::Role(fillers)), ValueFrom::Agreed(voter, _)) => {
                        self.added_to(held.map(|it| &**it), name, *voter, fillers)
                    }
                    (Some(SlotValue::Role(fillers)), ValueFrom::From(voter, _)) => {
                        fillers.iter().filter_map(|filler| self.translate(*voter, filler)).collect()
                    }
                    (Some(SlotValue::Role(fillers)), _) => fillers.clone(),
                    _ => Vec::new(),
                };
                record.roles.extend(fillers.into_iter().map(|filler| Role { name: name.clone(), filler }));
            }
            (Slot::Identity, Some(SlotValue::Identity(referent))) => {
                record.referent = match taken {
                    ValueFrom::From(voter, _) | ValueFrom::Agreed(voter, _) => {
                        referent.and_then(|id| self.referent(*voter, id))
                    }
                    _ => *referent,
                };
            }
            (Slot::Identity, None) => record.referent = None,
            _ => {}
        }
    }

    /// All that stands in a role of an adjudicated record, with what all say besides: a filler that stands stays as it is,
    /// whichever mention of the same referent they say.
    fn added_to(&self, held: Option<&Annotation>, role: &Name, voter: usize, said: &[Filler]) -> Vec<Filler> {
        let mut left: Vec<&Filler> = held.into_iter().flat_map(|held| held.fillers(role)).collect();
        let mut all = Vec::new();
        for filler in said {
            let stands = held.and_then(|held| self.review.held_filler(held, role, voter, filler));
            left.retain(|other| Some(*other) != stands);
            all.extend(stands.cloned().or_else(|| self.translate(voter, filler)));
        }
        all.extend(left.into_iter().cloned());
        all
    }

    /// An annotator's filler in ids of the adjudicated set; none where what fills the role is not there (yet).
    fn translate(&self, voter: usize, filler: &Filler) -> Option<Filler> {
        match filler {
            Filler::Annotation(id) => {
                let unit = self.review.alignment.group_of(voter, *id)?;
                self.ids.get(&unit).copied().map(Filler::Annotation)
            }
            other => Some(other.clone()),
        }
    }

    /// Brings roles into the schema's order, each filler once, and drops those that point to what goes.
    fn tidy_roles(&self, record: &mut Annotation) {
        let mut seen: HashSet<Role> = HashSet::new();
        record.roles.retain(|role| {
            let there = !matches!(role.filler, Filler::Annotation(id) if self.gone.contains(&id));
            there && seen.insert(role.clone())
        });
        if let Some(label) = self.corpus.schema.label(&record.label) {
            let place = |role: &Role| label.roles.iter().position(|def| def.name == role.name);
            record.roles.sort_by_key(|role| place(role).unwrap_or(usize::MAX));
        }
    }

    /// The adjudicated referent for an annotator's: the one that annotations of this article say is the same, one that
    /// was made from it in another article, or a new one.
    fn referent(&mut self, voter: usize, id: Id) -> Option<Id> {
        let review = self.review;
        let group = review.alignment.referents.group_of(voter, id)?;
        let members = &review.alignment.referents.groups[group];
        if let Some(gold) = members[review.annotators.len()] {
            return Some(gold);
        }
        let theirs = |voter: usize| -> Option<(&Name, &Arc<Referent>)> {
            let name = &review.annotators[voter];
            Some((name, self.corpus.referents(name)?.get(&members[voter]?)?))
        };
        let originals: Vec<(&Name, &Arc<Referent>)> = (0..review.annotators.len()).filter_map(theirs).collect();
        let (_, first) = *originals.first()?;
        let there = self.corpus.referents(&review.gold);
        let known = |id: &Id| match self.made.get(id) {
            Some(&made) => Some(&self.referents[made]),
            None => there.and_then(|there| there.get(id)),
        };
        let same = |(_, original): &&(&Name, &Arc<Referent>)| {
            known(&original.id).is_some_and(|it| it.label == original.label && it.name == original.name)
        };
        if let Some((_, original)) = originals.iter().find(same) {
            return Some(original.id);
        }
        let theirs = originals.iter().map(|(_, original)| original.id).find(|id| known(id).is_none());
        let id = theirs.unwrap_or_else(|| Id::fresh(|id| known(&id).is_some()));
        let names = originals.iter().map(|(name, _)| (*name).clone()).collect();
        let via = Via::Decision { adopted: names, reason: String::new(), gap: String::new() };
        let origin = Origin { by: self.by.clone(), at: Timestamp::now(), via };
        // Roles among referents are in the annotator's ids: they are said anew in the adjudicated set.
        self.made.insert(id, self.referents.len());
        self.referents.push(Arc::new(Referent { id, roles: Vec::new(), origin, ..Referent::clone(first) }));
        Some(id)
    }

    /// Returns the annotators behind a record: those who said all of it; if nobody did, those who said some of it.
    fn origin(&self, at: usize, unit: &AlignedItem) -> Origin {
        let held = self.held(unit);
        if self.by_hand(unit) || unit.members.iter().all(Option::is_none) {
            return held.map_or_else(|| Origin::hand(self.by), |held| held.origin.clone());
        }
        let mut all: Vec<usize> = (0..unit.members.len()).filter(|&voter| unit.members[voter].is_some()).collect();
        let mut some: HashSet<usize> = HashSet::new();
        for (it, state) in unit.rows.iter().zip(&unit.states) {
            let by = match state {
                State::Agreed(reading) | State::Decided(Verdict::Reading(reading), _) => &it.readings[*reading].by[..],
                _ => &[],
            };
            some.extend(by.iter().filter(|voter| unit.members[**voter].is_some()));
            all.retain(|voter| by.contains(voter) || it.reading_of(*voter).is_none());
        }
        if all.is_empty() {
            all = some.into_iter().collect();
            all.sort_unstable();
        }
        let adopted = all.into_iter().map(|voter| self.review.annotators[voter].clone()).collect();
        let with = |case: &Case| case.row == 0 && self.review.halves.first_of.get(&at) == Some(&case.unit);
        let ruling = self.ruling.filter(|(case, _)| case.unit == at || with(case)).map(|(_, ruling)| ruling);
        let reason = ruling.map_or(String::new(), |ruling| ruling.reason.clone());
        let gap = ruling.map_or(String::new(), |ruling| ruling.gap.clone());
        Origin { by: self.by.clone(), at: Timestamp::now(), via: Via::Decision { adopted, reason, gap } }
    }
}
