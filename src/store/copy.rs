//! A copy of an open project in another folder: where work goes when the project's own folder is gone.

use crate::lang::{InWords, Message};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::content::Content;
use super::disk::{self, Disk, EntryKind};
use super::folder::open_folder;
use super::layout::FileKey;
use super::link::Link;
use super::session::Session;
use super::snapshot::Snapshot;
use super::{OpenError, StoreError, atomic, project};
use crate::edit::Transaction;
use crate::message;
use crate::model::{Article, Name, Project, Record};

/// An open project, ready to be written elsewhere on another thread.
#[derive(Debug)]
pub struct Copier {
    snapshot: Snapshot,
    annotator: Name,
}

/// The outcome of copying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// Articles with their texts.
    pub articles: usize,
    /// Articles whose text was neither in memory nor could be read: they are not in the copy.
    pub missing: Vec<String>,
    /// Files that could not be read and are not in the copy, a sentence each.
    pub unread: Vec<Message>,
}

impl Session {
    /// The writer of the project as it is now into another folder.
    #[must_use]
    pub fn copier(&self) -> Copier {
        Copier { snapshot: self.snapshot(), annotator: self.annotator.clone() }
    }
}

/// The changes of a project since a copy of it was begun.
#[derive(Debug)]
pub struct Followed {
    done: Vec<Arc<Transaction>>,
    /// The settings then, and as they are.
    settings: (Project, Project),
}

impl Link {
    /// The writer of the project as it is now into another folder. What is done from now on is noted for
    /// [`Link::take_followed`], until [`Session::stop_following`].
    ///
    /// # Errors
    /// If the session was let go of.
    pub fn copier(&self) -> Result<Copier, StoreError> {
        self.with(|session| {
            session.followed = Some((session.corpus.project.clone(), Vec::new()));
            session.copier()
        })
    }

    /// The changes since the copy was begun, or since they were asked for last.
    ///
    /// # Errors
    /// If the session was let go of.
    pub fn take_followed(&self) -> Result<Followed, StoreError> {
        self.with(Session::take_followed)
    }
}

impl Session {
    /// The changes since a copy was begun with [`Link::copier`], or since they were asked for last.
    pub fn take_followed(&mut self) -> Followed {
        let now = self.corpus.project.clone();
        let (then, done) = self.followed.replace((now.clone(), Vec::new())).unwrap_or((now.clone(), Vec::new()));
        Followed { done, settings: (then, now) }
    }

    /// Ends the noting of changes for a copy that does not come about.
    pub fn stop_following(&mut self) {
        self.followed = None;
    }

    /// Does in this copy what was done in the project meanwhile, in this thread.
    ///
    /// # Errors
    /// If a change does not fit; those before it are done then.
    pub fn follow(&mut self, followed: Followed) -> Result<(), StoreError> {
        self.follow_each(followed, |session, transaction| session.commit(transaction).map(drop))
    }

    /// Does in this copy what was done in the project meanwhile; what needs files comes later, as with
    /// [`Session::ask_commit`].
    ///
    /// # Errors
    /// If a change does not fit; those before it are done then.
    pub fn ask_follow(&mut self, followed: Followed) -> Result<(), StoreError> {
        self.follow_each(followed, |session, transaction| session.ask_commit(transaction).map(drop))
    }

    fn follow_each(
        &mut self,
        followed: Followed,
        commit: impl Fn(&mut Self, Transaction) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Followed { done, settings: (before, after) } = followed;
        for transaction in done {
            commit(self, Transaction::clone(&transaction))?;
        }
        if before != after {
            self.change_project_soon(|project| *project = project.clone().with_change(&before, &after));
        }
        Ok(())
    }
}

impl Copier {
    /// The number of articles.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.snapshot.corpus.articles().len()
    }

    /// Writes the project into a folder that is empty or not there yet: what is in memory as it is there, all else as
    /// the files of the old folder have it, as far as they can still be read. `progress` is told files done, and stops
    /// the work by saying `false`; the copy is not a project then.
    ///
    /// # Errors
    /// If the folder holds something, or cannot be written.
    pub fn write(&self, dir: &Path, progress: &mut dyn FnMut(usize) -> bool) -> Result<Copied, StoreError> {
        let io = |file: &str, why| StoreError::File(OpenError::Io { file: dir.join(file).display().to_string(), why });
        std::fs::create_dir_all(dir).map_err(|why| io("", why))?;
        let copy = open_folder(dir)?;
        if !copy.list("").map_err(|why| io("", why))?.is_empty() {
            return Err(StoreError::NotSaved(message!("folder-not-empty", path = dir.display())));
        }
        let (corpus, disk) = (&self.snapshot.corpus, &*self.snapshot.loader.disk);
        let mut copied = Copied::default();
        let mut files = atomic::Batch::new(&copy);
        let mut done = 0;
        let mut put = |files: &mut atomic::Batch<'_>, path: &str, bytes: &[u8]| {
            files.write(path, bytes).map_err(|why| io(path, why))?;
            done += 1;
            if progress(done) { Ok(()) } else { Err(StoreError::NotSaved(message!("copy-stopped"))) }
        };
        let mut last = None;
        for (path, content) in project::files(disk, corpus) {
            // Without its own file it is no project: what breaks off is made anew.
            if path == "project.ron" {
                last = Some(content);
            } else {
                put(&mut files, path, content.as_bytes())?;
            }
        }
        let mut there: Vec<Arc<Article>> = Vec::new();
        for article in corpus.articles() {
            let read = || disk.read(&article.file, super::texts::MAX_BYTES).ok().flatten();
            match corpus.text(&article.id) {
                Some(text) => put(&mut files, &article.file, text.as_str().as_bytes())?,
                None => match read() {
                    Some((bytes, _)) => put(&mut files, &article.file, &bytes)?,
                    None => {
                        copied.missing.push(format!("{} {}", article.id, article.title));
                        continue;
                    }
                },
            }
            there.push(article.clone());
        }
        copied.articles = there.len();
        let list = Content {
            records: there.into_iter().map(Record::Article).collect(),
            ..self.snapshot.on_disk(&FileKey::Articles)
        };
        put(&mut files, &FileKey::Articles.path(), list.write(&FileKey::Articles, None).as_bytes())?;
        let loaded: HashSet<String> = self.snapshot.loaded().map(|key| key.path()).collect();
        for (path, kind) in disk::tree(disk, "sets", |_| true).into_iter().filter(|(path, _)| !loaded.contains(path)) {
            // The state in memory comes behind, in place of the file.
            match disk.read(&path, FileKey::Articles.max_bytes()) {
                Ok(Some((bytes, _))) if kind == EntryKind::File => put(&mut files, &path, &bytes)?,
                Ok(_) => copied.unread.push(message!("path-is", path = path, is = kind.words())),
                Err(why) => copied.unread.push(message!("file-why", file = path, why = why)),
            }
        }
        // Edits of others that no file has yet stay where they are.
        let waiting = super::waiting::look(disk).into_iter();
        let theirs = waiting.filter(|waiting| waiting.annotator != self.annotator || waiting.elsewhere);
        copied.unread.extend(theirs.map(|waiting| waiting.problem().in_words()));
        for key in self.snapshot.loaded() {
            if let Some(text) = self.snapshot.written(&key) {
                put(&mut files, &key.path(), text.as_bytes())?;
            }
        }
        if let Some(project) = last {
            put(&mut files, "project.ron", project.as_bytes())?;
        }
        files.finish().map_err(|why| io("", why))?;
        Ok(copied)
    }
}
