use crate::in_english;
use crate::lang::{InWords, Message};
use std::io;
use std::path::PathBuf;

use super::AnnotatorError;
use crate::message;
use crate::model::{Mismatch, OtherKind, Problem};
use crate::say;

/// The reason why a project does not open, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder holds no `project.ron`.
    NotAProject {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds a project where a new one was to be made.
    AlreadyThere {
        /// The folder.
        dir: PathBuf,
    },
    /// Nobody new can be called so.
    Annotator(#[from] AnnotatorError),
    /// Another session of the same annotator has the project open.
    Locked {
        /// The annotator who is asked for.
        annotator: String,
        /// The holder: user, process, machine and since when.
        by: Message,
    },
    /// A file was written by a newer version of this program.
    Newer {
        /// The file, relative to the project folder.
        file: String,
        /// Its version.
        version: u32,
        /// The newest version that is read.
        known: u32,
    },
    /// A file is not what it should be.
    Malformed {
        /// The file, relative to the project folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in code points.
        column: usize,
        /// The problem.
        why: Message,
    },
    /// The system refused to read or write.
    Io {
        /// The file.
        file: String,
        /// The words of the system.
        why: io::Error,
    },
}

impl InWords for OpenError {
    fn in_words(&self) -> Message {
        match self {
            Self::NotAProject { dir } => message!("not-a-project", dir = dir.display()),
            Self::AlreadyThere { dir } => message!("a-project-already", dir = dir.display()),
            Self::Annotator(error) => error.in_words(),
            Self::Locked { annotator, by } => message!("project-locked", annotator = annotator, by = by),
            Self::Newer { file, version, known } => {
                message!("file-newer", file = file, version = version, known = known)
            }
            Self::Malformed { file, line, column, why } => {
                message!("file-at", file = file, line = line, column = column, why = why)
            }
            Self::Io { file, why } => message!("file-why", file = file, why = why),
        }
    }
}

in_english!(OpenError, StoreError);

impl OpenError {
    /// The problem that a file could not be read.
    pub(super) fn problem(&self) -> Problem {
        match self {
            Self::Malformed { file, line, column, why } => {
                let message = message!("file-malformed", column = column, why = why);
                Problem::error("malformed", message).at(file, u32::try_from(*line).ok())
            }
            Self::Newer { file, .. } => Problem::error("newer", self.in_words()).at(file, None),
            Self::Io { file, why } => Problem::error("unreadable", say::io(why)).at(file, None),
            Self::NotAProject { .. } | Self::AlreadyThere { .. } | Self::Locked { .. } | Self::Annotator(_) => {
                Problem::error("unreadable", self.in_words())
            }
        }
    }
}

/// The reason why something in an open project could not be read or written, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The project is open for reading only.
    ReadOnly,
    /// The article is not in the project.
    NoArticle(String),
    /// The replaced record is not the one that is there.
    Mismatch(#[from] Mismatch),
    /// Sets were to be made under a name whose sets are of another kind.
    OtherKind(#[from] OtherKind),
    /// A change has a span that its text does not have.
    Misplaced {
        /// The annotation.
        annotation: String,
        /// The article.
        article: String,
    },
    /// A change was made on another text than the article has now.
    TextChanged {
        /// The article.
        article: String,
    },
    /// Something else was done while files were read for it.
    Overtaken,
    /// It would change what a person has to allow first.
    Refused(Message),
    /// A file is not what it should be; it is left as it is.
    File(#[from] OpenError),
    /// The work could not be made safe on disk; it is kept in memory.
    NotSaved(Message),
}

impl InWords for StoreError {
    fn in_words(&self) -> Message {
        match self {
            Self::ReadOnly => message!("project-read-only"),
            Self::NoArticle(article) => message!("no-article", article = article),
            Self::Mismatch(mismatch) => mismatch.in_words(),
            Self::OtherKind(other) => other.in_words(),
            Self::Misplaced { annotation, article } => {
                message!("annotation-misplaced", annotation = annotation, article = article)
            }
            Self::TextChanged { article } => message!("step-text-changed", article = article),
            Self::Overtaken => message!("change-overtaken"),
            Self::Refused(why) => why.clone(),
            Self::File(error) => error.in_words(),
            Self::NotSaved(why) => message!("not-saved-because", why = why),
        }
    }
}

impl StoreError {
    /// True where a change can never be made again, since what it was made on is something else now.
    #[must_use]
    pub fn fits_no_more(&self) -> bool {
        matches!(self, Self::NoArticle(_) | Self::Mismatch(_) | Self::Misplaced { .. } | Self::TextChanged { .. })
    }
}
