use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{OpenError, StoreError};
use crate::edit::{History, Transaction};
use crate::model::{ArticleId, Corpus, Name, Problem, Schema};

/// Whether a session may change the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; one session per annotator.
    Write,
    /// Reads only; any number of sessions.
    Read,
}

/// How safe the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Every commit is on disk.
    Saved,
    /// Commits are on their way to disk.
    Saving {
        /// How many.
        pending: u64,
    },
    /// Writing failed, with the reason; the work is kept in memory, [`Session::flush`] tries again.
    Failed(String),
    /// Nothing can be changed.
    ReadOnly,
}

/// What happened on disk since the last [`Session::poll`].
#[derive(Debug, Clone)]
pub enum Event {
    /// Every commit until now is on disk.
    Saved,
    /// Writing failed, in one sentence.
    Failed(String),
    /// Files were changed by another program and the changes are in the corpus now.
    External {
        /// The articles whose text, set or record changed.
        articles: Vec<ArticleId>,
        /// What was applied, in order.
        applied: Vec<Arc<Transaction>>,
        /// One sentence for a person.
        message: String,
    },
}

/// A text that is to become an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The normalised text.
    pub text: String,
    /// Headline, or what stands for one.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The file that it was read from.
    pub source: String,
    /// SHA-256 of that file's own bytes.
    pub source_sha256: String,
    /// What a person should know about how it was read.
    pub notes: Vec<String>,
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq)]
pub enum Added {
    /// It is an article now.
    Added {
        /// Its id.
        id: ArticleId,
        /// Its title.
        title: String,
        /// Its length in code points.
        chars: u32,
        /// The article that it looks like most, and how alike the two are (0 to 1), where it is a near-duplicate.
        like: Option<(ArticleId, f32)>,
    },
    /// The project has the same text already.
    Skipped {
        /// The file that it was read from.
        source: String,
        /// The article with the same text.
        same_as: ArticleId,
    },
}

/// Reads articles on another thread.
#[derive(Debug, Clone)]
pub struct Loader;

/// What a [`Loader`] read.
#[derive(Debug)]
pub struct Loaded;

impl Loader {
    /// Reads an article's text and the sets of these annotators.
    ///
    /// # Errors
    /// If the text cannot be read.
    pub fn read(&self, article: &ArticleId, _annotators: &[Name]) -> Result<Loaded, StoreError> {
        Err(StoreError::NoArticle(article.to_string()))
    }
}

/// An open project: the corpus, its history, and the thread that keeps them on disk.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    annotator: Name,
    corpus: Corpus,
    history: History,
    problems: Vec<Problem>,
}

impl Session {
    /// Makes a project folder without articles.
    ///
    /// # Errors
    /// If there is a project already, or the folder cannot be written.
    pub fn create(dir: &Path, _title: &str, _schema: Schema) -> Result<(), StoreError> {
        Err(OpenError::NotAProject { dir: dir.to_owned() }.into())
    }

    /// Opens a project; texts and sets are loaded when they are asked for.
    ///
    /// # Errors
    /// If it is no project, is newer, cannot be read, or is open elsewhere.
    pub fn open(dir: &Path, _annotator: &Name, _access: Access) -> Result<Self, OpenError> {
        Err(OpenError::NotAProject { dir: dir.to_owned() })
    }

    /// The project folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Who works here.
    #[must_use]
    pub fn annotator(&self) -> &Name {
        &self.annotator
    }

    /// The project in memory.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What was found wrong in what is loaded.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether nothing can be changed.
    #[must_use]
    pub fn read_only(&self) -> bool {
        true
    }

    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> Vec<Name> {
        Vec::new()
    }

    /// Loads an article's text and the sets of these annotators, in this thread; what is loaded stays.
    ///
    /// # Errors
    /// If the article is not there or its text cannot be read.
    pub fn load(&mut self, article: &ArticleId, _annotators: &[Name]) -> Result<(), StoreError> {
        Err(StoreError::NoArticle(article.to_string()))
    }

    /// What reads articles on a worker.
    #[must_use]
    pub fn loader(&self) -> Loader {
        Loader
    }

    /// Takes what a [`Loader`] read into the corpus; what is loaded already stays as it is.
    pub fn accept(&mut self, _loaded: Loaded) {}

    /// Lets go of an article's text and sets, unless they hold work that is not in its files yet.
    pub fn unload(&mut self, article: &ArticleId) {
        self.corpus.unload(article);
    }

    /// Applies a transaction and hands it to the journal; an empty one does nothing. Sets that it needs are loaded.
    ///
    /// # Errors
    /// If it does not fit what is there, or the project is open for reading only; nothing is changed then.
    pub fn commit(&mut self, _transaction: Transaction) -> Result<Arc<Transaction>, StoreError> {
        Err(StoreError::ReadOnly)
    }

    /// Takes back what was done last, and gives what that changed; none where there is nothing to undo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn undo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        Err(StoreError::ReadOnly)
    }

    /// Does again what was undone last, and gives what that changed; none where there is nothing to redo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn redo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        Err(StoreError::ReadOnly)
    }

    /// What happened on disk since the last call; never waits.
    pub fn poll(&mut self) -> Vec<Event> {
        Vec::new()
    }

    /// Has `wake` called, on another thread, whenever [`Session::poll`] has something new.
    pub fn on_event(&mut self, _wake: Box<dyn Fn() + Send + Sync>) {}

    /// How safe the work is.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        SaveState::ReadOnly
    }

    /// Waits until every commit is in the journal and in the RON files; tries again what failed.
    ///
    /// # Errors
    /// If writing fails; the work stays in memory.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        Err(StoreError::ReadOnly)
    }

    /// Flushes, and lets the project go.
    ///
    /// # Errors
    /// If writing fails; the journal holds what it was able to take.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.flush()
    }

    /// Adds texts as articles: the text files first, then one transaction.
    ///
    /// # Errors
    /// If a file cannot be written; no article is added then.
    pub fn add_articles(&mut self, _drafts: Vec<Draft>) -> Result<Vec<Added>, StoreError> {
        Err(StoreError::ReadOnly)
    }
}
