//! The part of a project that is in memory: articles, sets and files of records, as they are loaded and let go.

use crate::lang::InWords;
use std::collections::HashSet;
use std::sync::Arc;

use super::errand::Reason;
use super::file::Unread;
use super::layout::FileKey;
use super::loader::{self, Loaded, LoadedSet, Loader, RecordsRead};
use super::messages::Task;
use super::session::Session;
use super::stem::Stem;
use super::texts::TextFile;
use super::tracked_file::TrackedFile;
use super::{OpenError, StoreError, names, renumber};
use crate::message;
use crate::model::{Article, ArticleId, Name, Problem, RecordFile, SetKey};
use crate::text::Text;

impl Session {
    /// Loads an article's text, and the sets and referents of these annotators, in this thread; what is loaded stays.
    /// A set that cannot be read is among [`Session::problems`], and the rest is loaded.
    ///
    /// # Errors
    /// If the article is not there or its text cannot be read.
    pub fn load(&mut self, article: &ArticleId, annotators: &[Name]) -> Result<(), StoreError> {
        let known = self.corpus.article(article).ok_or_else(|| StoreError::NoArticle(article.to_string()))?.clone();
        for annotator in annotators {
            if let Err(error) = self.load_referents(annotator) {
                self.add_problem(error.problem());
            }
        }
        let missing: Vec<Name> =
            annotators.iter().filter(|annotator| self.corpus.set(article, annotator).is_none()).cloned().collect();
        match self.corpus.text(article).cloned() {
            None => {
                let loaded = loader::read(&*self.disk, &self.corpus.schema, &known, &missing)?;
                self.accept(loaded);
            }
            Some(text) => {
                for annotator in missing {
                    let read = loader::read_set(&*self.disk, &self.corpus.schema, &known, &text, &annotator);
                    self.accept_set((article.clone(), annotator), read);
                }
            }
        }
        Ok(())
    }

    /// The loader of articles on a worker.
    #[must_use]
    pub fn loader(&self) -> Loader {
        Loader { disk: self.disk.clone(), schema: self.corpus.schema.clone() }
    }

    /// Takes what a [`Loader`] read into the corpus; what is loaded already stays as it is.
    pub fn accept(&mut self, loaded: Loaded) {
        let Loaded { article, text, sets, files } = loaded;
        for read in files {
            if let Err(error) = self.take_records(read) {
                self.add_problem(error.problem());
            }
        }
        match self.corpus.text(&article) {
            None => self.accept_text(&article, text),
            // Spans of another text than the one that is shown would point anywhere.
            Some(known) if known.sha256() != text.text.sha256() => return,
            Some(_) => {}
        }
        for (annotator, set) in sets {
            self.ask_referents(&annotator);
            self.accept_set((article.clone(), annotator), set);
        }
    }

    /// Has the referents of somebody read of whom a set came without them.
    pub(super) fn ask_referents(&mut self, annotator: &Name) {
        let referents = FileKey::Referents(annotator.clone());
        if !self.is_loaded(&referents.records()) && !self.broken.contains_key(&referents) {
            self.underway.ask_file(referents, Reason::Lacking);
        }
    }

    /// Forgets what was wrong with files when they were last read: they were read anew.
    pub(super) fn now_read<'a>(&mut self, files: impl Iterator<Item = &'a FileKey>) {
        if self.broken.is_empty() && self.problems.is_empty() {
            return;
        }
        let paths: HashSet<String> = files.inspect(|file| drop(self.broken.remove(*file))).map(FileKey::path).collect();
        self.problems.retain(|problem| problem.file.as_ref().is_none_or(|path| !paths.contains(path)));
    }

    /// Takes what was read into the corpus, except a set that cannot be read.
    ///
    /// # Errors
    /// The reason why that set cannot be read.
    pub(super) fn take_whole(&mut self, mut loaded: Loaded) -> Result<(), StoreError> {
        let (good, bad): (Vec<_>, Vec<_>) =
            std::mem::take(&mut loaded.sets).into_iter().partition(|(_, set)| set.is_ok());
        loaded.sets = good;
        self.accept(loaded);
        match bad.into_iter().next() {
            Some((_, Err(unread))) => Err(unread.error.into()),
            _ => Ok(()),
        }
    }

    fn accept_text(&mut self, article: &ArticleId, file: TextFile) {
        if let Some(problem) = file.problem {
            self.add_problem(problem);
        }
        self.corpus.load_text(article.clone(), file.text);
        self.task(Task::WatchText(article.clone(), file.path, file.stamp));
    }

    /// The same file, and for a set where it lies.
    pub(super) fn placed(&self, file: FileKey) -> FileKey {
        match &file {
            FileKey::Set((article, annotator), _) => match self.corpus.article(article) {
                Some(article) => FileKey::set(article, annotator),
                None => file,
            },
            FileKey::Articles | FileKey::Referents(_) | FileKey::Comments(_) | FileKey::Runs(_) => file,
        }
    }

    fn accept_set(&mut self, key: SetKey, read: Result<LoadedSet, Unread>) {
        if self.corpus.set(&key.0, &key.1).is_some() {
            return;
        }
        let file = match &read {
            Ok(read) => read.file.clone(),
            Err(_) => self.placed(FileKey::Set(key.clone(), Stem::default())),
        };
        self.now_read(std::iter::once(&file));
        match read {
            Ok(LoadedSet { set, content, stamp, problems, .. }) => {
                self.problems.extend(problems);
                let text = self.corpus.text(&key.0).cloned();
                self.corpus.load_set(key, set);
                self.task(Task::Watch(file, Box::new(TrackedFile::new(content, stamp, text))));
            }
            Err(unread) => {
                self.problems.push(Problem { article: Some(key.0.to_string()), ..unread.error.problem() });
                let text = self.corpus.text(&key.0).cloned();
                self.broke(file, text, unread);
            }
        }
    }

    /// Notes that a file cannot be read, and has it looked at until it can.
    fn broke(&mut self, file: FileKey, text: Option<Text>, unread: Unread) -> OpenError {
        self.task(Task::Watch(file.clone(), Box::new(TrackedFile::unread(unread.stamp, text))));
        self.broken.insert(file, unread.error.in_words());
        unread.error
    }

    pub(super) fn load_referents(&mut self, annotator: &Name) -> Result<(), OpenError> {
        self.load_file(FileKey::Referents(annotator.clone()))
    }

    pub(super) fn load_comments(&mut self, who: &Name) -> Result<(), OpenError> {
        self.load_file(FileKey::Comments(who.clone()))
    }

    pub(super) fn load_runs(&mut self, who: &Name) -> Result<(), OpenError> {
        self.load_file(FileKey::Runs(who.clone()))
    }

    /// True where a file of records is in memory.
    pub(super) fn is_loaded(&self, file: &RecordFile) -> bool {
        match file {
            RecordFile::Set((article, annotator)) => self.corpus.set(article, annotator).is_some(),
            RecordFile::Referents(annotator) => self.corpus.referents(annotator).is_some(),
            RecordFile::Comments(who) => self.corpus.comments(who).is_some(),
            RecordFile::Runs(who) => self.corpus.runs(who).is_some(),
            RecordFile::Articles | RecordFile::Schema => true,
        }
    }

    /// Reads a file that belongs to no one article, unless it is loaded; one that cannot be read is looked at until it can.
    fn load_file(&mut self, key: FileKey) -> Result<(), OpenError> {
        if self.is_loaded(&key.records()) {
            return Ok(());
        }
        let read = loader::read_records(&*self.disk, &self.corpus.schema, key);
        self.take_records(read)
    }

    /// Takes a file that belongs to no one article, unless it is loaded.
    pub(super) fn take_records(&mut self, RecordsRead { key, read }: RecordsRead) -> Result<(), OpenError> {
        if self.is_loaded(&key.records()) {
            return Ok(());
        }
        match read {
            Ok((content, stamp, problems)) => {
                self.now_read(std::iter::once(&key));
                self.problems.extend(problems);
                let records = renumber::found_again(&self.corpus, content.records.clone());
                self.corpus.load_records(&key.records(), records);
                self.task(Task::Watch(key, Box::new(TrackedFile::new(content, stamp, None))));
                Ok(())
            }
            Err(unread) => Err(self.broke(key, None, unread)),
        }
    }

    /// Lets go of an article's text and sets, once everything in them is in their files.
    ///
    /// # Errors
    /// If the files cannot be written; then nothing is let go.
    pub fn unload(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        if !self.read_only() {
            self.flush()?;
        }
        self.drop_article(article)
    }

    /// Lets go of an article whose text and sets are in their files.
    ///
    /// # Errors
    /// If one of them is gone.
    pub(super) fn drop_article(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        let of = |file: &&FileKey| matches!(file, FileKey::Set((of, _), _) if of == article);
        if let Some(gone) = self.vanished.keys().find(of) {
            return Err(StoreError::NotSaved(message!("work-gone", path = gone.path())));
        }
        self.task(Task::Unwatch(article.clone()));
        self.corpus.unload(article);
        Ok(())
    }

    /// Makes sure that a file of records is loaded.
    pub(super) fn need_file(&mut self, file: &RecordFile, coming: Option<&Arc<Article>>) -> Result<(), StoreError> {
        match file {
            RecordFile::Set(key) => self.need(key, coming),
            RecordFile::Referents(annotator) => Ok(self.load_referents(annotator)?),
            RecordFile::Comments(who) => Ok(self.load_comments(who)?),
            RecordFile::Runs(who) => Ok(self.load_runs(who)?),
            RecordFile::Articles | RecordFile::Schema => Ok(()),
        }
    }

    /// Makes sure that a set is loaded; one whose file cannot be read cannot be changed. Its article is in the project, or
    /// `coming`.
    pub(super) fn need(&mut self, key: &SetKey, coming: Option<&Arc<Article>>) -> Result<(), StoreError> {
        if self.corpus.article(&key.0).is_none() && coming.is_none() {
            // The text and the sets that were loaded of an article that is gone are still there: nothing is written to them.
            return Err(StoreError::NoArticle(key.0.to_string()));
        }
        if self.corpus.set(&key.0, &key.1).is_some() && self.corpus.text(&key.0).is_some() {
            return Ok(());
        }
        if self.corpus.text(&key.0).is_none() {
            self.load(&key.0, &[])?;
        }
        let text = self.corpus.text(&key.0).expect("it was just loaded").clone();
        if self.corpus.set(&key.0, &key.1).is_none() {
            names::admit(&*self.disk, &key.1)?;
            let missing = || StoreError::NoArticle(key.0.to_string());
            let article = self.corpus.article(&key.0).or(coming).ok_or_else(missing)?;
            let read = loader::read_set(&*self.disk, &self.corpus.schema, article, &text, &key.1);
            let read = read.map_err(|unread| unread.error)?;
            self.accept_set(key.clone(), Ok(read));
        }
        Ok(())
    }
}
