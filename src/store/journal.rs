//! The journal: every transaction, undo and redo on a line of its own, synced before it counts as saved.
//!
//! A line is a checksum, a number that grows, and an entry in RON. The last line may be torn by a crash; it was never
//! acknowledged and is cut off.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::line::Deed;
use super::ron_text;
use crate::edit::{History, Transaction};
use crate::model::ArticleId;

/// The largest journal that is read, bytes. [`super::appender`] cuts it long before.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// What a line of the journal says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Entry {
    /// This was done.
    Do(Deed),
    /// The last thing done was undone.
    Undo,
    /// The last thing undone was done again.
    Redo,
    /// The last thing done can be undone no more: others have changed what it changed.
    Forget,
    /// What was undone can be redone no more.
    ForgetUndone,
    /// Nothing before can be undone: a text has changed.
    ForgetAll,
    /// Everything up to this line's number is in the RON files.
    Kept,
}

/// One line of the journal, with its line feed.
pub(super) fn line(number: u64, entry: &Entry) -> String {
    let rest = format!("{number} {}", ron_text::line(entry));
    format!("{} {rest}\n", checksum(&rest))
}

fn checksum(rest: &str) -> String {
    Sha256::digest(rest.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn parse(line: &str) -> Option<(u64, &str)> {
    let (sum, rest) = line.split_once(' ')?;
    if sum != checksum(rest) {
        return None;
    }
    let (number, entry) = rest.split_once(' ')?;
    Some((number.parse().ok()?, entry))
}

/// Which lines of the journal are needed to undo and redo: mirrors [`History`] by the bytes of each `Do`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outline {
    pub done: Vec<Range<u64>>,
    pub undone: Vec<Range<u64>>,
}

impl Outline {
    /// Follows an entry that stands at `at`.
    pub fn follow(&mut self, entry: &Entry, at: Range<u64>) {
        match entry {
            Entry::Do(_) => {
                self.undone.clear();
                self.done.push(at);
            }
            Entry::Undo => self.undone.extend(self.done.pop()),
            Entry::Redo => self.done.extend(self.undone.pop()),
            Entry::Forget => {
                self.done.pop();
            }
            Entry::ForgetUndone => self.undone.clear(),
            Entry::ForgetAll => *self = Self::default(),
            Entry::Kept => {}
        }
    }
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    pub history: History,
    pub outline: Outline,
    /// The highest number of a line.
    pub number: u64,
    /// What happened after the last time that everything was in the RON files, as it was applied.
    pub unkept: Vec<Arc<Transaction>>,
    /// Bytes up to the end of the last whole line.
    pub len: u64,
    /// Whether lines before the last one were unreadable.
    pub damaged: bool,
}

/// Reads a journal. What cannot be read in the middle ends the history there; what follows still counts. `numbered` says which
/// number an article has now that had one, given the first digits of its text's hash.
pub(super) fn recover(content: &[u8], numbered: &dyn Fn(&ArticleId, &str) -> ArticleId) -> Recovered {
    let mut all = Recovered::default();
    let mut unkept: Vec<(u64, Arc<Transaction>)> = Vec::new();
    let mut at = 0;
    let mut torn = false;
    for line in content.split_inclusive(|&byte| byte == b'\n') {
        let range = at..at + line.len() as u64;
        at = range.end;
        let text = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
        let read = text.and_then(parse).and_then(|(number, entry)| Some((number, ron::from_str::<Entry>(entry).ok()?)));
        let Some((number, entry)) = read else {
            torn = true;
            continue;
        };
        if torn {
            // A line that is followed by a whole one was not torn by a crash.
            torn = false;
            all.damaged = true;
            all.history = History::default();
            all.outline = Outline::default();
        }
        all.len = range.end;
        all.number = all.number.max(number);
        all.outline.follow(&entry, range);
        let applied = match entry {
            Entry::Do(deed) => match deed.renumbered(numbered).transaction() {
                Some(transaction) => {
                    let transaction = Arc::new(transaction);
                    all.history.push(transaction.clone());
                    Some(transaction)
                }
                None => {
                    all.damaged = true;
                    None
                }
            },
            Entry::Undo => {
                let applied = all.history.to_undo().map(|transaction| Arc::new(transaction.inverse()));
                all.history.undone();
                applied
            }
            Entry::Redo => {
                let applied = all.history.to_redo().cloned();
                all.history.redone();
                applied
            }
            Entry::Forget => {
                all.history.forget_done();
                None
            }
            Entry::ForgetUndone => {
                all.history.forget_undone();
                None
            }
            Entry::ForgetAll => {
                all.history = History::default();
                None
            }
            Entry::Kept => {
                unkept.retain(|(done, _)| *done > number);
                None
            }
        };
        unkept.extend(applied.map(|transaction| (number, transaction)));
    }
    all.unkept = unkept.into_iter().map(|(_, transaction)| transaction).collect();
    all
}

/// The journal again, with those lines only that undo and redo need, and not more than `limit` bytes of what was done.
pub(super) fn compact(content: &[u8], outline: &Outline, number: u64, limit: u64) -> (Vec<u8>, Outline) {
    let mut size = 0;
    let recent = outline.done.iter().rev().take(History::DEPTH).take_while(|range| {
        size += range.end - range.start;
        size <= limit
    });
    let first = outline.done.len() - recent.count();
    let mut out = Vec::new();
    let mut compacted = Outline::default();
    let mut copy = |range: &Range<u64>| {
        let from = out.len() as u64;
        out.extend_from_slice(content.get(range.start as usize..range.end as usize).unwrap_or_default());
        from..out.len() as u64
    };
    for range in &outline.done[first..] {
        let range = copy(range);
        compacted.done.push(range);
    }
    let undone: Vec<Range<u64>> = outline.undone.iter().rev().map(copy).collect();
    for range in undone.iter().rev() {
        out.extend_from_slice(line(number, &Entry::Undo).as_bytes());
        compacted.undone.push(range.clone());
    }
    out.extend_from_slice(line(number, &Entry::Kept).as_bytes());
    (out, compacted)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::edit::Edit;
    use crate::model::{Id, Name, Origin, Referent};

    fn entry(n: usize) -> Entry {
        let by = Name::new("a");
        let mut transaction = Transaction::new(format!("{n}"), &by);
        let referent = Referent { id: Id::random(), ..Referent::new(&by, "x", Origin::hand(&by)) };
        let change = crate::model::Change { before: None, after: Some(Arc::new(referent)) };
        transaction.edits.push(Edit::Referent { annotator: by, change });
        Entry::Do(Deed::new(&transaction, &HashMap::new()))
    }

    fn same(id: &ArticleId, _: &str) -> ArticleId {
        id.clone()
    }

    fn titles(recovered: &Recovered) -> String {
        let mut history = recovered.history.clone();
        let mut out: Vec<String> = history.all_done().map(|done| done.title.clone()).collect();
        out.push("|".into());
        while let Some(undone) = history.to_redo() {
            out.push(undone.title.clone());
            history.redone();
        }
        out.join(" ")
    }

    fn journal(entries: &[Entry]) -> Vec<u8> {
        entries.iter().enumerate().flat_map(|(n, entry)| line(n as u64 + 1, entry).into_bytes()).collect()
    }

    #[test]
    fn a_torn_end_is_cut_off_wherever_it_is_torn() {
        let whole = journal(&[entry(1), entry(2), Entry::Undo]);
        let lines: Vec<usize> =
            whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
        for cut in 0..=whole.len() {
            let recovered = recover(&whole[..cut], &same);
            let count = lines.iter().filter(|&&end| end <= cut).count();
            assert_eq!(recovered.len as usize, if count == 0 { 0 } else { lines[count - 1] });
            assert_eq!(titles(&recovered), ["|", "1 |", "1 2 |", "1 | 2"][count]);
            assert!(!recovered.damaged);
            assert_eq!(recovered.unkept.len(), count);
        }
    }

    #[test]
    fn damage_in_the_middle_ends_the_history_and_loses_nothing_behind_it() {
        let mut whole = journal(&[entry(1), entry(2), entry(3)]);
        let at = whole.iter().position(|&byte| byte == b'\n').unwrap() + 20;
        whole[at] ^= 1;
        let recovered = recover(&whole, &same);
        assert!(recovered.damaged);
        assert_eq!(titles(&recovered), "3 |");
        assert_eq!(recovered.unkept.len(), 2);
    }

    #[test]
    fn compaction_keeps_what_undo_and_redo_need() {
        let whole = journal(&[
            entry(1),
            entry(2),
            Entry::Undo,
            entry(3),
            entry(4),
            entry(5),
            Entry::Undo,
            Entry::Undo,
            Entry::Redo,
        ]);
        let recovered = recover(&whole, &same);
        assert_eq!(titles(&recovered), "1 3 4 | 5");
        let (short, outline) = compact(&whole, &recovered.outline, 9, u64::MAX);
        assert!(short.len() < whole.len());
        let again = recover(&short, &same);
        assert_eq!(titles(&again), "1 3 4 | 5");
        assert_eq!(again.outline, outline);
        assert!(again.unkept.is_empty());
        let (least, _) = compact(&whole, &recovered.outline, 9, 0);
        assert_eq!(titles(&recover(&least, &same)), "| 5");
    }
}
