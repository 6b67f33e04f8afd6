use std::io;
use std::path::PathBuf;

use super::AnnotatorError;
use crate::model::{Mismatch, OtherKind, Problem};
use crate::say;

/// The reason why a project does not open, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder holds no `project.ron`.
    #[error("{} is not a project: it has no project.ron", .dir.display())]
    NotAProject {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds a project where a new one was to be made.
    #[error("{} is a project already", .dir.display())]
    AlreadyThere {
        /// The folder.
        dir: PathBuf,
    },
    /// Nobody new can be called so.
    #[error(transparent)]
    Annotator(#[from] AnnotatorError),
    /// Another session of the same annotator has the project open.
    #[error("{annotator} has this project open already: {by}")]
    Locked {
        /// The annotator who is asked for.
        annotator: String,
        /// The holder: user, process, machine and since when.
        by: String,
    },
    /// A file was written by a newer version of this program.
    #[error("{file} has format version {version}, and this program reads versions up to {known}: use a newer one")]
    Newer {
        /// The file, relative to the project folder.
        file: String,
        /// Its version.
        version: u32,
        /// The newest version that is read.
        known: u32,
    },
    /// A file is not what it should be.
    #[error("{file}:{line}:{column}: {why}")]
    Malformed {
        /// The file, relative to the project folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in code points.
        column: usize,
        /// The problem.
        why: String,
    },
    /// The system refused to read or write.
    #[error("{file}: {}", say::io(.why))]
    Io {
        /// The file.
        file: String,
        /// The words of the system.
        why: io::Error,
    },
}

impl OpenError {
    /// The problem that a file could not be read.
    pub(super) fn problem(&self) -> Problem {
        match self {
            Self::Malformed { file, line, column, why } => {
                let message = format!("the file cannot be read, column {column}: {why}; it is left as it is");
                Problem::error("malformed", message).at(file, u32::try_from(*line).ok())
            }
            Self::Newer { file, .. } => Problem::error("newer", self.to_string()).at(file, None),
            Self::Io { file, why } => Problem::error("unreadable", say::io(why)).at(file, None),
            Self::NotAProject { .. } | Self::AlreadyThere { .. } | Self::Locked { .. } | Self::Annotator(_) => {
                Problem::error("unreadable", self.to_string())
            }
        }
    }
}

/// The reason why something in an open project could not be read or written, in one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The project is open for reading only.
    #[error("the project is open for reading only")]
    ReadOnly,
    /// The article is not in the project.
    #[error("there is no article {0}")]
    NoArticle(String),
    /// The replaced record is not the one that is there.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// Sets were to be made under a name whose sets are of another kind.
    #[error(transparent)]
    OtherKind(#[from] OtherKind),
    /// A change has a span that its text does not have.
    #[error("annotation {annotation} does not fit the text of article {article} as it is now")]
    Misplaced {
        /// The annotation.
        annotation: String,
        /// The article.
        article: String,
    },
    /// A change was made on another text than the article has now.
    #[error("the text of article {article} has changed since then: this step can be neither undone nor redone")]
    TextChanged {
        /// The article.
        article: String,
    },
    /// Something else was done while files were read for it.
    #[error("nothing was changed: something else was done while the files for it were read")]
    Overtaken,
    /// A file is not what it should be; it is left as it is.
    #[error(transparent)]
    File(#[from] OpenError),
    /// The work could not be made safe on disk; it is kept in memory.
    #[error("not saved: {0}")]
    NotSaved(String),
}

impl StoreError {
    /// True where a change can never be made again, since what it was made on is something else now.
    #[must_use]
    pub fn fits_no_more(&self) -> bool {
        matches!(self, Self::Mismatch(_) | Self::Misplaced { .. } | Self::TextChanged { .. })
    }
}
