//! The journal: every transaction, undo and redo on a line of its own, synced before it counts as saved.
//!
//! A line is a checksum, a number that grows, and an entry in RON. The last line may be torn by a crash; it was never
//! acknowledged and is cut off.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::wire::{TransactionOut, TransactionWire};
use super::wire_1::FirstTransaction;
use super::{plain_line, ron_text};
use crate::edit::{History, Transaction};
use crate::model::ArticleId;
use crate::text::hex;

/// The largest journal that is read, bytes. [`super::appender`] cuts it long before.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// The statement of a line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Entry {
    /// This was done.
    #[serde(rename = "Transaction")]
    Do(TransactionWire),
    /// The same in the words of older versions; never written.
    #[serde(rename = "Do")]
    DoFirst(FirstTransaction),
    /// The last thing done was undone.
    Undo,
    /// The last thing undone was done again.
    Redo,
    /// The last thing done can be undone no more: others have changed what it changed.
    Forget,
    /// Undone transactions can be redone no more.
    ForgetUndone,
    /// Nothing before can be undone: a text has changed.
    ForgetAll,
    /// Everything up to this line's number is in the RON files.
    Kept,
    /// The first line of a journal: the token of the folder that it was written in.
    Place(String),
}

/// The largest number of a line: no program counts so far, and whoever goes on counting has room.
const MAX_NUMBER: u64 = u64::MAX / 2;

/// The line that a journal in the folder of this token begins with.
pub(super) fn head(token: &str) -> Vec<u8> {
    line(0, &Entry::Place(token.to_owned())).into_bytes()
}

/// True where this is a journal, or the torn beginning of one: it begins with a checksum and a blank.
pub(super) fn begins(content: &[u8]) -> bool {
    let sum = &content[..content.len().min(12)];
    sum.iter().all(u8::is_ascii_hexdigit) && content.get(12).is_none_or(|&byte| byte == b' ')
}

/// One line of the journal, with its line feed.
pub(super) fn line(number: u64, entry: &Entry) -> String {
    let mut line = String::new();
    add_line(&mut line, number, entry);
    line
}

/// Adds a line to others: an [`Entry`], or what is written in the place of one.
pub(super) fn add_line(lines: &mut String, number: u64, entry: &impl Serialize) {
    use std::fmt::Write as _;
    let start = lines.len();
    lines.push_str("............ ");
    let rest = lines.len();
    let _ = write!(lines, "{number} ");
    ron_text::add_line(lines, entry);
    let sum = checksum(&lines[rest..]);
    lines.replace_range(start..start + sum.len(), &sum);
    lines.push('\n');
}

/// A transaction in the place of [`Entry::Do`], put into words edit by edit: all at once would take several times its own
/// memory.
pub(super) struct Done<'a>(pub TransactionOut<'a>);

impl Serialize for Done<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_variant("Entry", 0, "Transaction", &self.0)
    }
}

fn checksum(rest: &str) -> String {
    digits(&Sha256::digest(rest.as_bytes()))
}

/// The digits of a hash that a line begins with.
pub(super) fn digits(hash: &[u8]) -> String {
    hex(&hash[..6])
}

fn parse(line: &str) -> Option<(u64, &str)> {
    let (sum, rest) = line.split_once(' ')?;
    if sum != checksum(rest) {
        return None;
    }
    let (number, entry) = rest.split_once(' ')?;
    Some((number.parse().ok().filter(|&number| number <= MAX_NUMBER)?, entry))
}

/// An entry as this version writes it.
fn read(entry: &str) -> Option<Entry> {
    Some(match plain_line::read(entry).or_else(|| ron::from_str(entry).ok())? {
        Entry::DoFirst(first) => Entry::Do(first.into()),
        entry => entry,
    })
}

/// True where this is a whole line: it has its line feed, and its checksum is right.
pub(super) fn is_whole(line: &[u8]) -> bool {
    let text = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
    text.and_then(parse).is_some()
}

/// Reads a journal whose edits are not all in the RON files; none where they are.
pub(super) fn waiting(content: &[u8]) -> Option<Recovered> {
    (!all_kept(content)).then(|| recover_as_written(content)).filter(|recovered| !recovered.unkept.is_empty())
}

/// True where everything in a journal is in the RON files: its last line says so, of a number that no other line is above.
/// Told without a look at what lines say; where it is false, [`recover`] knows.
fn all_kept(content: &[u8]) -> bool {
    let lines = || content.split_inclusive(|&byte| byte == b'\n');
    let last = lines().next_back().and_then(|line| line.strip_suffix(b"\n"));
    let Some((kept, "Kept")) = last.and_then(|line| std::str::from_utf8(line).ok()).and_then(parse) else {
        return false;
    };
    let number = |line: &[u8]| std::str::from_utf8(line.split(|&byte| byte == b' ').nth(1)?).ok()?.parse::<u64>().ok();
    // A line without a number is none that could be taken for anything.
    lines().filter_map(number).all(|number| number <= kept || number > MAX_NUMBER)
}

/// The lines of the journal that are needed to undo and redo: mirrors [`History`] by the bytes of each `Do`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Outline {
    pub done: Vec<Range<u64>>,
    pub undone: Vec<Range<u64>>,
}

impl Outline {
    /// Follows a transaction that stands at `at`.
    pub fn follow_done(&mut self, at: Range<u64>) {
        self.undone.clear();
        self.done.push(at);
    }

    /// Follows an entry that stands at `at`.
    pub fn follow(&mut self, entry: &Entry, at: Range<u64>) {
        match entry {
            Entry::Do(_) | Entry::DoFirst(_) => self.follow_done(at),
            Entry::Undo => self.undone.extend(self.done.pop()),
            Entry::Redo => self.done.extend(self.undone.pop()),
            Entry::Forget => {
                self.done.pop();
            }
            Entry::ForgetUndone => self.undone.clear(),
            Entry::ForgetAll => *self = Self::default(),
            Entry::Kept | Entry::Place(_) => {}
        }
    }
}

/// Something that happened and may not be in the RON files.
#[derive(Debug, Clone)]
pub(super) struct Unkept {
    /// The number of its line.
    pub number: u64,
    /// The applied change: the transaction of the line, or its inverse where that was undone.
    pub applied: Arc<Transaction>,
    /// The line, with the words of its spans.
    pub wire: Arc<TransactionWire>,
}

/// The content of a journal.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    pub history: History,
    pub outline: Outline,
    /// The highest number of a line.
    pub number: u64,
    /// The token of the folder that the journal was written in; none where an older version wrote it.
    pub place: Option<String>,
    /// The changes after the last time that everything was in the RON files.
    pub unkept: Vec<Unkept>,
    /// Bytes up to the end of the last whole line.
    pub len: u64,
    /// True where lines before the last one were unreadable.
    pub damaged: bool,
}

/// Reads a journal. What cannot be read in the middle ends the history there; what follows still counts. `numbered`
/// says which number an article has now that had one, given the first digits of its text's hash.
pub(super) fn recover(content: &[u8], numbered: &dyn Fn(&ArticleId, &str) -> ArticleId) -> Recovered {
    let mut all = Recovered::default();
    let mut unkept: Vec<Unkept> = Vec::new();
    // Transactions lose the words of their lines; undo and redo bring the same ones back.
    let mut wires: HashMap<*const Transaction, Arc<TransactionWire>> = HashMap::new();
    let mut at = 0;
    let mut torn = false;
    for line in content.split_inclusive(|&byte| byte == b'\n') {
        let range = at..at + line.len() as u64;
        at = range.end;
        let text = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
        let known = text.and_then(parse).and_then(|(number, line)| Some((number, read(line)?)));
        let Some((number, entry)) = known else {
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
        if range.start == 0
            && let Entry::Place(token) = &entry
        {
            all.place = Some(token.clone());
        }
        all.len = range.end;
        all.number = all.number.max(number);
        all.outline.follow(&entry, range);
        let wire_of = |done: &Arc<Transaction>| wires.get(&Arc::as_ptr(done)).cloned();
        let applied = match entry {
            Entry::Do(wire) => {
                let wire = wire.renumbered(numbered);
                match wire.clone().transaction() {
                    Some(transaction) => {
                        let (transaction, wire) = (Arc::new(transaction), Arc::new(wire));
                        all.history.push(transaction.clone());
                        wires.insert(Arc::as_ptr(&transaction), wire.clone());
                        Some(Unkept { number, applied: transaction, wire })
                    }
                    None => {
                        // Nothing before it can be undone any more: whoever counts would undo another thing.
                        all.damaged = true;
                        all.history = History::default();
                        all.outline = Outline::default();
                        None
                    }
                }
            }
            Entry::Undo => {
                let applied = all
                    .history
                    .to_undo()
                    .and_then(|done| Some(Unkept { number, applied: Arc::new(done.inverse()), wire: wire_of(done)? }));
                all.history.undone();
                applied
            }
            Entry::Redo => {
                let applied = all
                    .history
                    .to_redo()
                    .and_then(|done| Some(Unkept { number, applied: done.clone(), wire: wire_of(done)? }));
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
                unkept.retain(|unkept| unkept.number > number);
                None
            }
            Entry::DoFirst(_) | Entry::Place(_) => None,
        };
        unkept.extend(applied);
    }
    // A crash tears a line before its end; one that has its line feed and cannot be read was changed since, or is of a
    // newer version.
    all.damaged |= content.get(all.len as usize..).is_some_and(|rest| rest.contains(&b'\n'));
    all.unkept = unkept;
    all
}

/// Reads a journal whose articles are called as they were when it was written.
pub(super) fn recover_as_written(content: &[u8]) -> Recovered {
    recover(content, &|id, _| id.clone())
}

/// The place of the first transaction that a shortened journal keeps, with not more than `limit` bytes of what was done.
fn first_kept(outline: &Outline, limit: u64) -> usize {
    let mut size = 0;
    let recent = outline.done.iter().rev().take(History::DEPTH).take_while(|range| {
        size += range.end - range.start;
        size <= limit
    });
    outline.done.len() - recent.count()
}

/// The places of the lines that [`compact`] keeps.
pub(super) fn kept_places(outline: &Outline, limit: u64) -> Vec<Range<u64>> {
    outline.done[first_kept(outline, limit)..].iter().chain(&outline.undone).cloned().collect()
}

/// The journal again under the same head, with those lines only that undo and redo need, and not more than `limit`
/// bytes of what was done.
pub(super) fn compact(content: &[u8], head: &[u8], outline: &Outline, number: u64, limit: u64) -> (Vec<u8>, Outline) {
    let first = first_kept(outline, limit);
    let mut out = head.to_vec();
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
    use crate::model::{Id, Name, Origin, RecordFile, Referent};

    fn entry(n: usize) -> Entry {
        let by = Name::new("a");
        let mut transaction = Transaction::new(format!("{n}"), &by);
        let referent = Referent { id: Id::random(), ..Referent::new(&by, "x", Origin::hand(&by)) };
        transaction.edits.push(Edit::new(RecordFile::Referents(by), None, Some(Arc::new(referent))));
        let texts = HashMap::new();
        read(&ron_text::line(&Done(TransactionOut::new(&transaction, &texts)))).expect("it is read as it is written")
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
    fn all_is_kept_where_the_last_line_says_so() {
        let numbered = |lines: &[(u64, Entry)]| -> Vec<u8> {
            lines.iter().flat_map(|(number, entry)| line(*number, entry).into_bytes()).collect()
        };
        let kept = |number| (number, Entry::Kept);
        for (lines, all) in [
            (vec![], false),
            (vec![(1, entry(1))], false),
            (vec![(1, entry(1)), kept(1)], true),
            (vec![(1, entry(1)), (2, Entry::Undo), kept(2)], true),
            (vec![(1, entry(1)), (2, entry(2)), kept(1)], false),
            (vec![(1, entry(1)), kept(1), (2, entry(2))], false),
            (vec![(1, entry(1)), kept(1), (2, Entry::Undo)], false),
        ] {
            let content = [head("x"), numbered(&lines)].concat();
            assert_eq!(all_kept(&content), all, "{lines:?}");
            assert!(!all || recover(&content, &same).unkept.is_empty());
            assert!(!all_kept(&content[..content.len() - 1]), "a torn line says nothing");
        }
        let mut changed = [head("x"), numbered(&[(1, entry(1)), kept(1)])].concat();
        let at = changed.len() - 3;
        changed[at] ^= 1;
        assert!(!all_kept(&changed), "a line whose checksum is wrong says nothing");
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
        let (short, outline) = compact(&whole, &head("x"), &recovered.outline, 9, u64::MAX);
        assert!(short.len() < whole.len());
        let again = recover(&short, &same);
        assert_eq!(titles(&again), "1 3 4 | 5");
        assert_eq!(again.outline, outline);
        assert!(again.unkept.is_empty());
        let (least, _) = compact(&whole, &[], &recovered.outline, 9, 0);
        assert_eq!(titles(&recover(&least, &same)), "| 5");
    }
}
