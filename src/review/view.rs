//! A review in words: plain data, ready to be painted or printed.

use super::case::Review;
use super::item::{AlignedItem, Case, CaseKind, State, Verdict};
use super::outcome::StandingValue;
use super::slot::{Reading, SlotRow, SlotValue};
use super::wording::{Exact, Wording, held};
use crate::message;
use crate::model::{AnnotationSet, Corpus, Id, Name, Slot, Timestamp};
use crate::text::Span;

/// One thing as a table of slots by annotators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSummary {
    /// The name by which a person recognises it: label and words.
    pub title: String,
    /// Its place in the text; none without a span.
    pub place: Option<Span>,
    /// Every slot.
    pub rows: Vec<SlotSummary>,
}

/// One slot of a card. Where all say the same there is one reading, so equal slots collapse by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotSummary {
    /// The slot.
    pub slot: Slot,
    /// The index of its case in [`Review::cases`]; none where nothing waits for a decision.
    pub case: Option<usize>,
    /// Its state.
    pub state: State,
    /// The readings, each with who has it.
    pub readings: Vec<ReadingSummary>,
    /// The adjudicated set's value; empty where it has none.
    pub gold: String,
}

/// A reading in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSummary {
    /// Indices of the annotators who have it, in their order: what the digit keys count from 1.
    pub by: Vec<usize>,
    /// Their value; empty for nothing.
    pub said: String,
}

/// A decision that was made before, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingSummary {
    /// The person who decided.
    pub by: Name,
    /// The time.
    pub at: Timestamp,
    /// The value that was right; empty for nothing.
    pub said: String,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// The subject.
    pub title: String,
    /// The place in the text.
    pub place: Option<Span>,
    /// The kind of difference.
    pub kind: CaseKind,
    /// In which slot.
    pub slot: Slot,
    /// Share of those who have a say that have the most common reading, 0 to 1.
    pub agreement: f64,
    /// True where a decision has to be made again, or all say something else by now than what was merged.
    pub reopened: bool,
}

impl QueueEntry {
    /// The words of the subject, in their quotes; all of the title where it has none.
    #[must_use]
    pub fn words(&self) -> &str {
        self.title.find('"').map_or(&self.title, |at| &self.title[at..])
    }
}

impl Review {
    /// A case as a line of the queue.
    #[must_use]
    pub fn entry(&self, corpus: &Corpus, case: &Case) -> QueueEntry {
        let unit = &self.units[case.unit];
        QueueEntry {
            title: self.title(corpus, unit),
            place: unit.place,
            kind: case.kind,
            slot: self.row(case).slot.clone(),
            agreement: case.agreement,
            reopened: case.reopened,
        }
    }

    /// The readings of a case in words.
    #[must_use]
    pub fn readings(&self, corpus: &Corpus, case: &Case) -> Vec<ReadingSummary> {
        self.row_readings(corpus, case.unit, self.row(case))
    }

    /// Returns the decisions about a case that were made before, the one that counts first, in words.
    #[must_use]
    pub fn rulings(&self, corpus: &Corpus, case: &Case) -> Vec<RulingSummary> {
        let (unit, row) = (&self.units[case.unit], self.row(case));
        let decisions = corpus.set(&self.article, &self.gold).map(AnnotationSet::decisions);
        let counts = match &unit.states[case.row] {
            State::Decided(_, id) | State::Reopened(id) => Some(*id),
            _ => None,
        };
        let rivals = self.rivals.get(&(case.unit, row.slot.clone())).into_iter().flatten().copied();
        let said = self.row_readings(corpus, case.unit, row);
        let of = |id: Id| {
            let decision = decisions?.get(&id)?;
            let said = match self.verdict(row, decision) {
                Verdict::Reading(reading) => said[reading].said.clone(),
                Verdict::Nothing => message!("ruled-nothing").told(),
                Verdict::Own => message!("ruled-own").told(),
            };
            Some(RulingSummary { by: decision.origin.by.clone(), at: decision.origin.at, said })
        };
        counts.into_iter().chain(rivals).filter_map(of).collect()
    }

    /// Everything about one unit.
    #[must_use]
    pub fn card(&self, corpus: &Corpus, unit: usize) -> ItemSummary {
        let it = &self.units[unit];
        let row = |(index, (row, state)): (usize, (&SlotRow, &State))| SlotSummary {
            slot: row.slot.clone(),
            case: self.cases.iter().position(|case| case.unit == unit && case.row == index),
            state: state.clone(),
            readings: self.row_readings(corpus, unit, row),
            gold: self.stands(corpus, it, &row.slot),
        };
        ItemSummary {
            title: self.title(corpus, it),
            place: it.place,
            rows: it.rows.iter().zip(&it.states).enumerate().map(row).collect(),
        }
    }

    /// A value of the adjudicated set, and the reading beside it, in words.
    pub(super) fn standing_value(&self, corpus: &Corpus, unit: usize, row: usize, reading: usize) -> StandingValue {
        let it = &self.units[unit];
        let row = &it.rows[row];
        let said = &row.readings[reading];
        StandingValue {
            article: self.article.clone(),
            title: self.title(corpus, it),
            slot: row.slot.clone(),
            stands: self.stands(corpus, it, &row.slot),
            said: self.wording(corpus).words(&self.annotators[said.by[0]], &said.said, Exact::Words),
        }
    }

    /// The values that each of two annotators gives a slot, in words; empty where they have nothing. Where the words are the same,
    /// their places tell them apart.
    pub(crate) fn said_by_two(&self, corpus: &Corpus, unit: usize, slot: &Slot) -> [String; 2] {
        let say = |voter: usize, exact: Exact| {
            let name = &self.annotators[voter];
            let record = self.units[unit].members[voter].and_then(|id| corpus.annotation(&self.article, name, id));
            record.map_or(String::new(), |record| match slot {
                Slot::Presence => self.wording(corpus).called(name, record, exact),
                _ => self.wording(corpus).words(name, &held(record, slot), exact),
            })
        };
        match [0, 1].map(|voter| say(voter, Exact::Words)) {
            [one, other] if one == other => [0, 1].map(|voter| say(voter, Exact::Places)),
            said => said,
        }
    }

    /// The value that the adjudicated set holds in a slot, in words; empty where it has nothing.
    fn stands(&self, corpus: &Corpus, unit: &AlignedItem, slot: &Slot) -> String {
        let gold = unit.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id));
        gold.map_or(String::new(), |gold| self.wording(corpus).words(&self.gold, &held(gold, slot), Exact::Words))
    }

    /// The readings of a slot in words, never two in the same: where words are equal, their places tell them apart.
    fn row_readings(&self, corpus: &Corpus, unit: usize, row: &SlotRow) -> Vec<ReadingSummary> {
        let who = |reading: &Reading| &self.annotators[reading.by[0]];
        let say = |exact: Exact| {
            let whole = self.whole_of(unit);
            let divided = self.divided(unit);
            let said = move |reading: &Reading| match (&reading.said, whole) {
                (SlotValue::Presence(there), Some(_)) if divided.is_some() => {
                    let count = divided.map_or(0, |numbers| numbers[usize::from(*there)]);
                    message!("reading-divided", count = count).told()
                }
                (SlotValue::Presence(true), Some(_)) => {
                    message!("reading-half", count = 1 + self.asked_with(unit).len()).told()
                }
                (SlotValue::Presence(false), Some(whole)) => {
                    let of = |&voter: &usize| {
                        let name = &self.annotators[voter];
                        Some((name, corpus.annotation(&self.article, name, self.units[whole].members[voter]?)?))
                    };
                    match reading.by.iter().find_map(of) {
                        Some((name, whole)) => {
                            let whole = self.wording(corpus).called(name, whole, Exact::Words);
                            message!("reading-whole", whole = whole).told()
                        }
                        None => message!("reading-not-there").told(),
                    }
                }
                _ => self.wording(corpus).words(who(reading), &reading.said, exact),
            };
            row.readings.iter().map(said).collect::<Vec<String>>()
        };
        let mut said = say(Exact::Words);
        let twice = |said: &[String], at: usize| said.iter().filter(|other| **other == said[at]).count() > 1;
        if (0..said.len()).any(|at| twice(&said, at)) {
            let places = say(Exact::Places);
            said = (0..said.len()).map(|at| if twice(&said, at) { &places[at] } else { &said[at] }.clone()).collect();
        }
        let names = row.readings.iter().enumerate().map(|(at, reading)| match twice(&said, at) {
            true => message!("reading-of", said = said[at], name = who(reading)).told(),
            false => said[at].clone(),
        });
        let readings = row.readings.iter().zip(names.collect::<Vec<_>>());
        readings.map(|(reading, said)| ReadingSummary { by: reading.by.clone(), said }).collect()
    }

    fn wording<'a>(&'a self, corpus: &'a Corpus) -> Wording<'a> {
        Wording { corpus, article: &self.article }
    }

    pub(crate) fn title(&self, corpus: &Corpus, unit: &AlignedItem) -> String {
        let names = self.annotators.iter().chain([&self.gold]);
        let ids = unit.members.iter().chain([&unit.gold]);
        let first = names.zip(ids).find_map(|(name, id)| Some((name, corpus.annotation(&self.article, name, (*id)?)?)));
        first.map_or(String::new(), |(name, record)| self.wording(corpus).called(name, record, Exact::Words))
    }
}
