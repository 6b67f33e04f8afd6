//! Files as others have made them: noticed, offered to the session, and adopted.

use crate::lang::Message;
use std::time::Instant;

use super::super::aside::keep_aside;
use super::super::content::{self, Content};
use super::super::file::{self, Stamp};
use super::super::layout::FileKey;
use super::super::messages::Notice;
use super::super::read::{self, Context};
use super::super::texts;
use super::state::{AGAIN, FileSync};
use crate::message;
use crate::model::Problem;
use crate::say;

/// The number of files that are looked at at once for changes by others.
const LOOK_AT: usize = 1_000;

impl FileSync {
    /// Looks whether others have changed a file, and offers what they did; says whether an offer waits for an answer.
    pub(super) fn offer(&mut self, key: &FileKey, closely: bool) -> Result<bool, Message> {
        let path = key.path();
        let Some(file) = self.files.get_mut(key) else { return Ok(false) };
        if file.offered.is_some() {
            return Ok(true);
        }
        // A file that is gone and comes back looks as it did.
        if !closely
            && !file.vanished
            && Stamp::looks_same(file.stamp.as_ref().or(file.broken.as_ref()), &*self.disk, &path)
        {
            return Ok(false);
        }
        let found = match file::bytes(&*self.disk, &path, key.max_bytes()) {
            Ok(found) => found,
            // That was said when it was to be opened.
            Err(_) if file.unread => return Ok(false),
            Err(error) => return Err(message!("file-unreadable", path = path, why = say::io(&error))),
        };
        if file.vanished {
            if found.is_none() {
                return Ok(true);
            }
            file.vanished = false;
            self.tell(Notice::Back(key.clone()));
        }
        let Some(file) = self.files.get_mut(key) else { return Ok(false) };
        let held = file.known.held();
        if found.is_none() && file.stamp.is_some() && held > 0 {
            // Not found is never "somebody deleted everything".
            file.vanished = true;
            let records = file.known.count();
            self.tell(Notice::Vanished(key.clone(), records));
            return Ok(true);
        }
        let stamp = found.as_ref().map(|(_, stamp)| stamp.clone());
        if stamp.as_ref().map(|stamp| stamp.hash) == file.stamp.as_ref().map(|stamp| stamp.hash) {
            file.stamp = stamp;
            file.broken = None;
            return Ok(false);
        }
        let mut problems = Vec::new();
        let context = Context { schema: &self.schema, text: file.text.as_ref() };
        let read = match &found {
            None => Ok(Content::empty()),
            Some((bytes, _)) => {
                file::utf8(&path, bytes).and_then(|content| read::read(key, content, &context, &mut problems))
            }
        };
        let outside = match read {
            Ok(outside) => outside,
            Err(error) => {
                let again = file.broken.as_ref().map(|stamp| stamp.hash) == stamp.as_ref().map(|stamp| stamp.hash);
                file.broken = stamp;
                if file.unread {
                    // That was said when it was to be opened.
                    return Ok(false);
                }
                let why = message!("file-made-unreadable-journal", error = error);
                if again && !closely {
                    return Ok(false);
                }
                if self.files.get(key).is_some_and(|file| self.is_others(key, file)) {
                    let message = message!("file-made-unreadable", error = error);
                    self.tell(Notice::Problem(Problem::error("malformed", message).at(&path, None)));
                    return Ok(false);
                }
                return Err(why);
            }
        };
        file.broken = None;
        if file.unread {
            self.files.remove(key);
            self.tell(Notice::Readable(key.clone()));
            return Ok(false);
        }
        let edits = file.known.diff(&outside, &key.records());
        if edits.is_empty() {
            file.known = outside;
            file.stamp = stamp;
            return Ok(false);
        }
        file.offered = Some((outside, stamp));
        self.tell(Notice::Outside { file: key.clone(), edits, problems });
        Ok(true)
    }

    /// Offers that a file which is gone took its records with it.
    pub(super) fn let_go(&mut self, key: &FileKey) {
        let Some(file) = self.files.get_mut(key).filter(|file| file.vanished) else { return };
        file.vanished = false;
        let edits = file.known.diff(&Content::empty(), &key.records());
        file.offered = Some((Content::empty(), None));
        self.tell(Notice::Outside { file: key.clone(), edits, problems: Vec::new() });
    }

    pub(super) fn adopt(&mut self, key: &FileKey) {
        let Some(file) = self.files.get_mut(key) else { return };
        let refused = file.adopt(&key.records());
        let lines: Vec<String> = refused.iter().map(|record| content::as_line(record, file.text.as_ref())).collect();
        let ids: Vec<String> = refused.iter().map(|record| record.key().to_string()).collect();
        if file.since.is_none() && file.has_pending() {
            file.since = Some((Instant::now(), Instant::now()));
        }
        if lines.is_empty() {
            return;
        }
        let message = match keep_aside(&*self.disk, &self.conflicts, key, &lines) {
            Ok(()) => message!("both-changed-kept", records = ids.join(", "), file = self.conflicts),
            Err(error) => {
                message!("both-changed-lost", records = ids.join(", "), file = say::io(&error), why = lines.join(" "))
            }
        };
        self.tell(Notice::Problem(Problem::warning("conflict", message).at(&key.path(), None)));
    }

    /// Looks at some of the files for changes by others.
    pub(super) fn look(&mut self) {
        if let Err(gone) = self.disk.here() {
            // Nothing that is missing now was taken out by anybody.
            self.failing = true;
            self.tell(Notice::Failed(say::io(&gone)));
            return;
        }
        let start = if self.next < self.files.len() { self.next } else { 0 };
        let keys: Vec<FileKey> = self.files.keys().skip(start).take(LOOK_AT).cloned().collect();
        self.next = start + keys.len();
        for key in keys {
            if let Err(why) = self.offer(&key, false) {
                self.failing = true;
                self.tell(Notice::Failed(why));
            }
        }
        self.retry_settings();
        if self.failing {
            // The file may have been put right where it stands, with nothing of ours to write.
            self.note_kept();
        }
        let mut changed = Vec::new();
        for (article, (path, stamp)) in &mut self.texts {
            if Stamp::looks_same(Some(stamp), &*self.disk, path) {
                continue;
            }
            let Ok(Some((_, now))) = file::bytes(&*self.disk, path, texts::MAX_BYTES) else { continue };
            if now.hash == stamp.hash {
                *stamp = now;
                continue;
            }
            // Until it is read again, which may fail: then the session is told once more.
            let told = self.texts_told.get(article);
            if told.is_none_or(|(hash, at)| *hash != now.hash || at.elapsed() >= AGAIN) {
                self.texts_told.insert(article.clone(), (now.hash, Instant::now()));
                changed.push(article.clone());
            }
        }
        for article in changed {
            self.tell(Notice::Text(article));
        }
    }
}
