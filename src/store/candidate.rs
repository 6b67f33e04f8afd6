//! A folder that may become a project, and a schema that a project may get: looked at before anything is made.

use std::path::{Path, PathBuf};

use super::is_project;
use crate::ingest::{self, Limits};
use crate::input;
use crate::lang::Message;
use crate::message;
use crate::model::Schema;

/// The content of a folder that may become a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidate {
    /// The folder.
    pub folder: PathBuf,
    /// True where it is there.
    pub there: bool,
    /// True where it is a project already.
    pub project: bool,
    /// The files in it that articles are read from, at any depth.
    pub articles: Vec<PathBuf>,
}

/// Files of a folder beyond which it was not put together for a project.
const MOST_FILES: usize = 100_000;
/// A schema larger than this was not written by a person, bytes.
const SCHEMA_BYTES: u64 = 4 << 20;

impl Candidate {
    /// Looks into a folder.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        let (project, there) = (is_project(&folder), folder.is_dir());
        let articles = match there && !project {
            true => ingest::list(std::slice::from_ref(&folder), &Limits { files: MOST_FILES, ..Limits::default() }).0,
            false => Vec::new(),
        };
        Self { folder, there, project, articles }
    }
}

/// The schema in a file.
///
/// # Errors
/// One sentence that names the file, and the line and column where it is not a sound schema.
pub fn read_schema(file: &Path) -> Result<Schema, Message> {
    let shown = file.display().to_string();
    let text = input::text(file, SCHEMA_BYTES)
        .map_err(|error| message!("file-why", file = shown, why = input::why(&error)))?;
    Schema::of_text(&text).map_err(|error| error.in_file(&shown))
}
