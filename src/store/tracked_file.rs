//! A file that the file sync looks after: what stood in it, and what is to be written.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::content::Content;
use super::file::Stamp;
use super::layout::FileKey;
use crate::edit::{Edit, Transaction};
use crate::model::{ArticleId, Project, Record, RecordFile, RecordKey};
use crate::text::Text;

/// The time that a file rests after its last edit before it is rewritten, and how long at the most after the first.
const REST: Duration = Duration::from_millis(800);
const LONGEST_REST: Duration = Duration::from_secs(5);

/// A file of records as it was read, to be looked after from now on.
pub(super) type Tracked = (FileKey, Box<TrackedFile>);

/// A text file as it was read or written, to be looked after from now on.
pub(super) type TrackedText = (ArticleId, String, Stamp);

/// A file that is looked after.
pub(super) struct TrackedFile {
    /// The content that stood in it when it was last read or written.
    pub known: Content,
    /// The file then; none where there was none.
    pub stamp: Option<Stamp>,
    /// Of a set: the text that its spans are in.
    pub text: Option<Text>,
    /// The edits that the corpus has and the file lacks.
    pending: Pending,
    /// More of them, as they came: put among the others when they are looked at, since a large change concerns many files.
    coming: Vec<(Arc<Transaction>, Range<usize>)>,
    /// The time when the first and the last pending change came.
    pub since: Option<(Instant, Instant)>,
    /// The changes that others made to the file, while the session has not answered.
    pub offered: Option<(Content, Option<Stamp>)>,
    /// The file as it could not be read: it is not written until it is another.
    pub broken: Option<Stamp>,
    /// True where nothing of the file was ever read, so that nobody knows what stands in it.
    pub unread: bool,
    /// True where the file is gone and a person has not said yet what that means.
    pub vanished: bool,
    /// True where the whole file is to be written, whatever is pending.
    pub whole: bool,
    /// The time when a failed write is tried again.
    pub again: Option<Instant>,
}

/// The edits that a file lacks, by record.
#[derive(Clone, Default)]
struct Pending {
    by_key: HashMap<RecordKey, (u64, Edit)>,
    /// The number of changes that have come: what is new is written in the order in which it came.
    changes: u64,
}

impl Pending {
    fn add(&mut self, edit: &Edit) {
        let Some(key) = edit.key() else { return };
        match self.by_key.get_mut(&key) {
            Some((_, there)) => {
                there.after.clone_from(&edit.after);
                if there.before == there.after {
                    self.by_key.remove(&key);
                }
            }
            None => {
                self.changes += 1;
                self.by_key.insert(key, (self.changes, edit.clone()));
            }
        }
    }

    fn add_all(&mut self, coming: &[(Arc<Transaction>, Range<usize>)]) {
        for (transaction, range) in coming {
            transaction.edits[range.clone()].iter().for_each(|edit| self.add(edit));
        }
    }
}

impl TrackedFile {
    pub fn new(known: Content, stamp: Option<Stamp>, text: Option<Text>) -> Self {
        Self {
            known,
            stamp,
            text,
            pending: Pending::default(),
            coming: Vec::new(),
            since: None,
            offered: None,
            broken: None,
            unread: false,
            vanished: false,
            whole: false,
            again: None,
        }
    }

    /// A file that cannot be read as it is now.
    pub fn unread(stamp: Option<Stamp>, text: Option<Text>) -> Self {
        Self { broken: stamp, unread: true, ..Self::new(Content::empty(), None, text) }
    }

    /// Notes the edits of a transaction in this range, all of which are of this file.
    pub fn change(&mut self, transaction: &Arc<Transaction>, range: Range<usize>) {
        let now = Instant::now();
        self.since = Some((self.since.map_or(now, |(first, _)| first), now));
        self.coming.push((transaction.clone(), range));
    }

    /// True where the file lacks edits.
    pub fn has_pending(&self) -> bool {
        !self.pending().by_key.is_empty()
    }

    fn pending(&self) -> Cow<'_, Pending> {
        let mut pending = Cow::Borrowed(&self.pending);
        if !self.coming.is_empty() {
            pending.to_mut().add_all(&self.coming);
        }
        pending
    }

    /// The content in the file once everything that is pending is in it, and the bytes of that, where it is to be
    /// written.
    pub fn put(&self, key: &FileKey, project: &Project) -> (Content, Option<Vec<u8>>) {
        let mut content = self.known.clone().with_kind(key, project);
        let pending = self.pending();
        let mut changes: Vec<_> = pending.by_key.iter().collect();
        changes.sort_by_key(|(_, (order, _))| *order);
        let changes: Vec<_> = changes.into_iter().map(|(key, (_, edit))| (key.clone(), edit.after.clone())).collect();
        content.apply(&changes);
        let written = !changes.is_empty() || self.whole;
        let bytes = written.then(|| content.write(key, self.text.as_ref()).into_bytes());
        if let Some(text) = self.text.as_ref().filter(|_| written) {
            content.sha256 = text.sha256();
        }
        (content, bytes)
    }

    /// Notes what was put into the file, and its stamp where it was written.
    pub fn wrote(&mut self, content: Content, stamp: Option<Option<Stamp>>) {
        if let Some(stamp) = stamp {
            self.stamp = stamp;
            self.whole = false;
            self.known = content;
        }
        // Where nothing was written, all of it had come to nothing.
        (self.pending, self.coming) = (Pending::default(), Vec::new());
        self.since = None;
        self.again = None;
    }

    pub fn due(&self) -> Option<Instant> {
        let (first, last) = self.since.filter(|_| self.offered.is_none() && !self.vanished && !self.unread)?;
        let rested = (first + LONGEST_REST).min(last + REST);
        Some(self.again.map_or(rested, |again| again.max(rested)))
    }

    /// Has the whole file written again.
    pub fn restore(&mut self) {
        let now = Instant::now();
        self.vanished = false;
        self.whole = true;
        self.stamp = None;
        self.since = Some(self.since.unwrap_or((now, now)));
    }

    /// Takes what was offered for known; gives the records of others that ours stand in the way of.
    pub fn adopt(&mut self, file: &RecordFile) -> Vec<Record> {
        let Some((offered, stamp)) = self.offered.take() else { return Vec::new() };
        let coming = std::mem::take(&mut self.coming);
        self.pending.add_all(&coming);
        let mut refused = Vec::new();
        for theirs in self.known.diff(&offered, file) {
            let Some(key) = theirs.key() else { continue };
            let Some((_, ours)) = self.pending.by_key.get_mut(&key) else { continue };
            if ours.after == theirs.after {
                self.pending.by_key.remove(&key);
            } else {
                refused.extend(theirs.after.clone());
                ours.before = theirs.after;
            }
        }
        self.known = offered;
        self.stamp = stamp;
        refused
    }
}
