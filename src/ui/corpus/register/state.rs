//! The row of the register that is looked at, the one that is marked, and the mentions that are ticked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::rows::{Row, Rows};
use crate::corpus::register::{Entry, Party};
use crate::corpus::{Index, Item};
use crate::model::{Article, Id, Name};
use crate::t;
use crate::ui::commands::Towards;
use crate::ui::corpus::evidence::{Evidence, Group, Passage, source};

/// Quotes of one entry that are shown at the most.
const QUOTES: usize = 200;

/// View state of the register.
#[derive(Default)]
pub struct Register {
    /// The label that is listed; all where there is none.
    pub label: Option<Name>,
    pub(super) rows: Rows,
    at: usize,
    /// The entry that is marked, to be joined with another: its referent, label and name.
    marked: Option<(Option<Id>, Name, String)>,
    /// The ticked mentions of the entry that is looked at.
    ticked: BTreeSet<Item>,
    /// True where the row is still to be brought into view.
    pub(super) unseen: bool,
    pub(super) page: usize,
    looks: u64,
}

impl Register {
    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// True where there is nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.rows.is_empty()
    }

    /// The number of pairs that may be one.
    pub fn pairs(&self) -> usize {
        self.rows.pairs
    }

    /// Takes rows that were made anew; what is looked at stays where it still is.
    pub fn take(&mut self, rows: Rows) {
        let before = self.entries().first().map(|entry| key(entry));
        let was_pair = matches!(self.current(), Some(Row::Pair { .. }));
        self.rows = rows;
        let found = before.filter(|_| !was_pair).and_then(|before| {
            let is = |row: &Row| matches!(row, Row::Entry(at) if key(&self.rows.register.entries[*at]) == before);
            self.rows.rows.iter().position(is)
        });
        self.ticked.clear();
        self.look(found.unwrap_or(self.at), 1);
        self.unseen = found.is_some();
    }

    pub(super) fn current(&self) -> Option<&Row> {
        self.rows.rows.get(self.at)
    }

    /// The number of the row that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The entries of the row that is looked at: two of a pair.
    pub fn entries(&self) -> Vec<&Entry> {
        let all = &self.rows.register.entries;
        match self.current() {
            Some(Row::Pair { of, .. }) => vec![&all[of.0], &all[of.1]],
            Some(Row::Entry(at)) => vec![&all[*at]],
            Some(Row::Head(..)) | None => Vec::new(),
        }
    }

    /// The two entries that a join or a judgement is about: those of the pair, or the marked one and the one that is looked at.
    pub fn both(&self) -> Option<[&Entry; 2]> {
        match self.entries()[..] {
            [one, other] => Some([one, other]),
            [other] => {
                let marked = self.marked.as_ref()?;
                let one = self.rows.register.entries.iter().find(|entry| key(entry) == *marked)?;
                (key(other) != *marked).then_some([one, other])
            }
            _ => None,
        }
    }

    /// True where an entry is marked.
    pub(super) fn is_marked(&self, entry: &Entry) -> bool {
        self.marked.as_ref() == Some(&key(entry))
    }

    /// Looks at a row; a head is passed over in the direction.
    pub fn look(&mut self, at: usize, step: isize) {
        let last = self.rows.rows.len().saturating_sub(1);
        let mut at = at.min(last);
        while matches!(self.rows.rows.get(at), Some(Row::Head(..))) {
            let next = at.saturating_add_signed(step);
            if next > last || next == at {
                break;
            }
            at = next;
        }
        if matches!(self.rows.rows.get(at), Some(Row::Head(..))) {
            at = (at + 1).min(last);
        }
        if at != self.at {
            self.ticked.clear();
        }
        self.at = at;
        self.unseen = true;
        self.looks += 1;
    }

    /// Goes from the row that is looked at.
    pub fn go(&mut self, towards: Towards) {
        let (page, last) = (self.page.max(1), self.rows.rows.len().saturating_sub(1));
        match towards {
            Towards::Up => self.look(self.at.saturating_sub(1), -1),
            Towards::Down => self.look(self.at + 1, 1),
            Towards::PageUp => self.look(self.at.saturating_sub(page), -1),
            Towards::PageDown => self.look(self.at + page, 1),
            Towards::First => self.look(0, 1),
            Towards::Last => self.look(last, -1),
            Towards::Left | Towards::Right => {}
        }
    }

    /// Marks the entry that is looked at, or no longer.
    pub fn mark(&mut self) {
        let [entry] = self.entries()[..] else { return };
        let now = key(entry);
        self.marked = if self.marked.as_ref() == Some(&now) { None } else { Some(now) };
    }

    /// Lets go of the mark.
    pub fn unmark(&mut self) {
        self.marked = None;
    }

    /// Ticks a mention, or no longer.
    pub fn tick(&mut self, item: Item) {
        if !self.ticked.remove(&item) {
            self.ticked.insert(item);
        }
        self.looks += 1;
    }

    /// The ticked mentions of the entry that is looked at, as they are parted from it.
    pub fn parted(&self, index: &Index) -> Vec<(Arc<Article>, Id)> {
        let mention = |item: &Item| Some((index.digest_of(*item).article.clone(), index.mention(*item)?.id));
        self.ticked.iter().filter_map(mention).collect()
    }

    /// The words of the first ticked mention.
    pub fn parted_name(&self, index: &Index) -> Option<String> {
        let mention = index.mention(*self.ticked.first()?)?;
        Some(mention.words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The next label that is listed: all, then each that entries have.
    pub fn next_label(&mut self, index: &Index) {
        let listed = crate::corpus::register::labels(index.schema());
        self.label = match &self.label {
            None => listed.first().cloned(),
            Some(now) => listed.iter().position(|label| label == now).and_then(|at| listed.get(at + 1)).cloned(),
        };
    }

    /// The words behind what is looked at: for each entry its mentions.
    pub fn evidence(&self, index: &Index, language: &str) -> Evidence {
        let entries = self.entries();
        let Some(first) = entries.first() else { return Evidence::default() };
        let group = |entry: &&Entry| Group {
            title: title(entry),
            quotes: entry.mentions.iter().take(QUOTES).filter_map(|item| self.passage(index, *item)).collect(),
        };
        let of_label = index.schema().label(&first.label).map_or("", |def| def.title.get(language));
        let mut evidence = Evidence {
            title: entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>().join(" / "),
            detail: of_label.to_owned(),
            label: Some(first.label.clone()),
            ..Evidence::default()
        };
        if let Some(Row::Pair { why, .. }) = self.current() {
            evidence.groups.push(Group { title: why.clone(), quotes: Vec::new() });
        }
        evidence.groups.extend(entries.iter().map(group));
        evidence
    }

    fn passage(&self, index: &Index, item: Item) -> Option<Passage> {
        let mention = index.mention(item)?;
        Some(Passage {
            item,
            article: index.digest_of(item).article.id.clone(),
            id: Some(mention.id),
            source: source(index, item),
            value: if self.ticked.contains(&item) { t!("register-ticked").to_owned() } else { String::new() },
            at: mention.at.clone(),
            label: Some(mention.label.clone()),
            chosen: self.ticked.contains(&item),
        })
    }

    /// The entries of both, as something is done with them.
    pub fn parties(&self, index: &Index) -> Option<[Party; 2]> {
        Some(self.both()?.map(|entry| Party::of(index, entry)))
    }

    /// The table as tab-separated text.
    pub fn table(&self) -> String {
        let line = |entry: &Entry| {
            let days = entry
                .days
                .map_or([String::new(), String::new()], |(first, last)| [first.to_string(), last.to_string()]);
            let others = entry.other_names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("; ");
            let external = entry.external.iter().map(|(register, id)| format!("{register} {id}")).collect::<Vec<_>>();
            let cells = [
                entry.label.to_string(),
                entry.name.clone(),
                others,
                entry.mentions.len().to_string(),
                entry.articles.to_string(),
                days[0].clone(),
                days[1].clone(),
                external.join("; "),
            ];
            cells.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t")
        };
        let entries = self.rows.rows.iter().filter_map(|row| match row {
            Row::Entry(at) => self.rows.register.entries.get(*at),
            Row::Head(..) | Row::Pair { .. } => None,
        });
        entries.map(line).collect::<Vec<_>>().join("\n")
    }
}

fn key(entry: &Entry) -> (Option<Id>, Name, String) {
    (entry.referent, entry.label.clone(), entry.name.clone())
}

/// The name of an entry with how often it is mentioned.
pub(super) fn title(entry: &Entry) -> String {
    t!("register-entry", name = entry.name, mentions = entry.mentions.len(), articles = entry.articles)
}
