//! The rows of the register: pairs that may be one first, then everybody by label.

use std::collections::HashSet;

use crate::corpus::register::{Entry, Register, suspects};
use crate::corpus::{Index, Kept};
use crate::model::Name;
use crate::t;
use crate::ui::workspace::likeness::why;

/// Pairs that are listed at the most; the others come once these are judged.
const PAIRS: usize = 200;

/// The rows, as a worker makes them.
#[derive(Default)]
pub struct Rows {
    /// The entries.
    pub register: Register,
    /// The rows.
    pub rows: Vec<Row>,
    /// The number of pairs that may be one.
    pub pairs: usize,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// The head of what follows.
    Head(String, String),
    /// Two entries that may be one, by their places in the register.
    Pair {
        /// The two.
        of: (usize, usize),
        /// Their names that are alike.
        names: (String, String),
        /// The reason in words.
        why: String,
    },
    /// An entry.
    Entry(usize),
}

/// Makes the rows; `label` leaves all others out.
pub fn rows(index: &Index, kept: &Kept, label: Option<&Name>, language: &str) -> Rows {
    let all = kept.mentions.len() == index.mentions().count();
    let register = Register::of(index, &|item| all || kept.has(item));
    let mut rows = Vec::new();
    let fits = |entry: &Entry| label.is_none_or(|label| entry.label == *label);
    let found = suspects(&register, index.judgements());
    let found: Vec<_> = found.into_iter().filter(|it| fits(&register.entries[it.of.0])).collect();
    let pairs = found.len();
    if pairs > 0 {
        rows.push(Row::Head(t!("register-suspects").to_owned(), t!("register-suspects-hint").to_owned()));
    }
    for it in found.into_iter().take(PAIRS) {
        rows.push(Row::Pair { of: it.of, names: it.names, why: why(&it.evidence, language) });
    }
    let mut seen: HashSet<&Name> = HashSet::new();
    for (at, entry) in register.entries.iter().enumerate().filter(|(_, entry)| fits(entry)) {
        if seen.insert(&entry.label) {
            let title = index.schema().label(&entry.label).map_or(entry.label.as_str(), |def| def.title.get(language));
            let count = register.entries.iter().filter(|other| other.label == entry.label).count();
            rows.push(Row::Head(title.to_owned(), t!("register-count", count = count)));
        }
        rows.push(Row::Entry(at));
    }
    Rows { register, rows, pairs }
}
