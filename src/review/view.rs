//! A review in words: plain data, ready to be painted or printed.

use super::case::{AlignedItem, Case, CaseKind, Review, State};
use super::slot::{Row, SlotValue};
use crate::model::{Annotation, AnnotationSet, Corpus, Filler, Id, Name, Slot, Value};
use crate::text::Span;

/// One thing as a table of slots by annotators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What a person recognises it by: its label and its words.
    pub title: String,
    /// Its place in the text; none without a span.
    pub place: Option<Span>,
    /// Every slot.
    pub rows: Vec<CardRow>,
}

/// One slot of a card. Where all say the same there is one reading, so equal slots collapse by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// The slot.
    pub slot: Slot,
    /// The index of its case in [`Review::cases`]; none where nothing waits for a decision.
    pub case: Option<usize>,
    /// How far it is.
    pub state: State,
    /// What is said, and by whom.
    pub readings: Vec<CardReading>,
    /// What the adjudicated set has; empty where it has nothing.
    pub gold: String,
}

/// A reading in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardReading {
    /// Indices of the annotators who have it, in their order: what the digit keys count from 1.
    pub by: Vec<usize>,
    /// What they say; empty for nothing.
    pub said: String,
}

/// One line of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is about.
    pub title: String,
    /// Where to look.
    pub place: Option<Span>,
    /// What kind of difference.
    pub kind: CaseKind,
    /// In which slot.
    pub slot: Slot,
    /// Share of those who have a say that have the most common reading, 0 to 1.
    pub agreement: f64,
    /// Whether it was decided before.
    pub reopened: bool,
}

impl Review {
    /// A case as a line of the queue.
    #[must_use]
    pub fn entry(&self, corpus: &Corpus, case: &Case) -> Entry {
        let unit = &self.units[case.unit];
        Entry {
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
    pub fn readings(&self, corpus: &Corpus, case: &Case) -> Vec<CardReading> {
        self.row_readings(corpus, self.row(case))
    }

    /// Everything about one unit.
    #[must_use]
    pub fn card(&self, corpus: &Corpus, unit: usize) -> Card {
        let it = &self.units[unit];
        let gold = it.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id));
        let row = |(index, (row, state)): (usize, (&Row, &State))| CardRow {
            slot: row.slot.clone(),
            case: self.cases.iter().position(|case| case.unit == unit && case.row == index),
            state: state.clone(),
            readings: self.row_readings(corpus, row),
            gold: gold.map_or(String::new(), |gold| self.words(corpus, &self.gold, &held(gold, &row.slot))),
        };
        Card {
            title: self.title(corpus, it),
            place: it.place,
            rows: it.rows.iter().zip(&it.states).enumerate().map(row).collect(),
        }
    }

    fn row_readings(&self, corpus: &Corpus, row: &Row) -> Vec<CardReading> {
        let reading = |reading: &super::slot::Reading| CardReading {
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

    /// What someone says, in words.
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

/// What a record says about a slot.
fn held(record: &Annotation, slot: &Slot) -> SlotValue {
    match slot {
        Slot::Presence => SlotValue::Presence(true),
        Slot::Extent => SlotValue::Extent(record.at.clone()),
        Slot::Label => SlotValue::Label(record.label.clone()),
        Slot::Attribute(name) => SlotValue::Attribute(
            record.attributes.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect(),
        ),
        Slot::Role(name) => SlotValue::Role(record.fillers(name).cloned().collect()),
        Slot::Identity => SlotValue::Identity(record.referent),
    }
}
