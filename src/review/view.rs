//! A review in words: plain data, ready to be painted or printed.

use super::case::Review;
use super::item::{AlignedItem, Case, CaseKind, State};
use super::slot::{SlotRow, SlotValue};
use crate::model::{Annotation, AnnotationSet, Corpus, Filler, Id, Name, Slot, Value};
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
        self.row_readings(corpus, self.row(case))
    }

    /// Everything about one unit.
    #[must_use]
    pub fn card(&self, corpus: &Corpus, unit: usize) -> ItemSummary {
        let it = &self.units[unit];
        let gold = it.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id));
        let row = |(index, (row, state)): (usize, (&SlotRow, &State))| SlotSummary {
            slot: row.slot.clone(),
            case: self.cases.iter().position(|case| case.unit == unit && case.row == index),
            state: state.clone(),
            readings: self.row_readings(corpus, row),
            gold: gold.map_or(String::new(), |gold| self.words(corpus, &self.gold, &held(gold, &row.slot))),
        };
        ItemSummary {
            title: self.title(corpus, it),
            place: it.place,
            rows: it.rows.iter().zip(&it.states).enumerate().map(row).collect(),
        }
    }

    fn row_readings(&self, corpus: &Corpus, row: &SlotRow) -> Vec<ReadingSummary> {
        let reading = |reading: &super::slot::Reading| ReadingSummary {
            by: reading.by.clone(),
            said: self.words(corpus, &self.annotators[reading.by[0]], &reading.said),
        };
        row.readings.iter().map(reading).collect()
    }

    fn title(&self, corpus: &Corpus, unit: &AlignedItem) -> String {
        let names = self.annotators.iter().chain([&self.gold]);
        let ids = unit.members.iter().chain([&unit.gold]);
        let first = names.zip(ids).find_map(|(name, id)| corpus.annotation(&self.article, name, (*id)?));
        first.map_or(String::new(), |record| self.called(corpus, record))
    }

    fn called(&self, corpus: &Corpus, record: &Annotation) -> String {
        if record.at.is_empty() {
            return format!("{} [{}]", record.label, record.id);
        }
        format!("{} {}", record.label, self.quote(corpus, &record.at))
    }

    fn quote(&self, corpus: &Corpus, at: &[Span]) -> String {
        const LONGEST: usize = 60;
        let text = corpus.text(&self.article);
        let words = |span: &Span| text.and_then(|text| text.as_str().get(span.range())).unwrap_or("…");
        let all: String = at.iter().map(words).collect::<Vec<_>>().join(" … ");
        let short: String = all.chars().take(LONGEST).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        if short.len() < all.len() { format!("\"{short}…\"") } else { format!("\"{short}\"") }
    }

    /// Puts somebody's value into words.
    fn words(&self, corpus: &Corpus, who: &Name, said: &SlotValue) -> String {
        match said {
            SlotValue::Presence(there) => if *there { "there" } else { "not there" }.to_owned(),
            SlotValue::Extent(at) if at.is_empty() => String::new(),
            SlotValue::Extent(at) => self.quote(corpus, at),
            SlotValue::Label(label) => label.to_string(),
            SlotValue::Attribute(values) => values.join(", "),
            SlotValue::Role(fillers) => {
                let set = corpus.set(&self.article, who);
                fillers.iter().map(|filler| self.filler(corpus, set, filler)).collect::<Vec<_>>().join(", ")
            }
            SlotValue::Identity(referent) => referent.map_or(String::new(), |id| referent_name(corpus, who, id)),
        }
    }

    fn filler(&self, corpus: &Corpus, set: Option<&AnnotationSet>, filler: &Filler) -> String {
        match filler {
            Filler::Annotation(id) => {
                set.and_then(|set| set.get(*id)).map_or_else(|| format!("[{id}]"), |record| self.called(corpus, record))
            }
            Filler::Span(at) => self.quote(corpus, at),
            Filler::Value(Value::Date(date)) => date.to_string(),
            Filler::Value(Value::Text(text)) => text.clone(),
        }
    }
}

fn referent_name(corpus: &Corpus, who: &Name, id: Id) -> String {
    let referent = corpus.referents(who).and_then(|all| all.get(&id));
    referent.map_or_else(|| format!("[{id}]"), |referent| format!("{} [{id}]", referent.name))
}

/// Returns the value of a record's slot.
fn held(record: &Annotation, slot: &Slot) -> SlotValue {
    match slot {
        Slot::Presence => SlotValue::Presence(true),
        Slot::Extent => SlotValue::Extent(record.at.clone()),
        Slot::Label => SlotValue::Label(record.label.clone()),
        Slot::Attribute(name) => SlotValue::Attribute(record.attribute_values(name).cloned().collect()),
        Slot::Role(name) => SlotValue::Role(record.fillers(name).cloned().collect()),
        Slot::Identity => SlotValue::Identity(record.referent),
    }
}
