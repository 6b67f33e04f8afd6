//! `jejak show`: a file of a project in words.

use std::path::PathBuf;

use clap::Args;

use super::merge::text;
use super::output::{Ended, Output, could_not};
use crate::store;

/// Prints a set, a list of referents or a list of articles in words
///
/// Each record is told by its label and its words, its roles by what fills them: for reading, and for git diff to compare
/// (see jejak merge --help).
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak show trips/sets/a/000-3fa2c1d9.ron
  git diff                                once git knows it: see jejak merge --help")]
pub(super) struct Show {
    /// The file
    file: PathBuf,
}

impl Show {
    pub fn run(self, output: &mut Output) -> Ended {
        let shown = store::show(&self.file.display().to_string(), &text(&self.file)?).map_err(could_not)?;
        for line in shown.lines() {
            output.line(line)?;
        }
        Ok(false)
    }
}
