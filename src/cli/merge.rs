//! `jejak merge`: three versions of a file become one, for git.

use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{Ended, Ending, Output, could_not, not_read};
use crate::input;
use crate::review::merge3;
use crate::say;
use crate::store::{RawFile, atomic};

/// The largest file that is read, bytes: a list of half a million articles.
const MAX_BYTES: u64 = 256 << 20;

/// Merge two people's changes to one file, as a git merge driver
///
/// Merges sets, referents and lists of articles by record, not by line, and writes the result to OURS. Where both sides
/// changed the same record, ours stays in its place and theirs is kept under "conflicts" in the head of the file.
#[derive(Debug, Args)]
#[command(after_help = "\
To let git merge a project with it, once for each clone:
  git config merge.jejak.driver 'jejak merge %O %A %B'
  git config diff.jejak.textconv 'jejak show'
and once in the project, in .gitattributes:
  articles.ron merge=jejak diff=jejak
  sets/**/*.ron merge=jejak diff=jejak

Exit code: 0 merged, 1 merged with conflicts, 2 not merged, OURS is as it was")]
pub(super) struct Merge {
    /// The version that both sides began with
    base: PathBuf,
    /// Our version; the merged file is written here
    ours: PathBuf,
    /// Their version
    theirs: PathBuf,
    /// Print one JSON object: {"conflicts":[…]}
    #[arg(long)]
    json: bool,
}

impl Merge {
    pub fn run(self, output: &mut Output) -> Ended {
        let merged = merge3(&read(&self.base)?, &read(&self.ours)?, &read(&self.theirs)?);
        atomic::write(&self.ours, merged.file.write().as_bytes())
            .map_err(|error| Ending::CouldNot(format!("{}: {}", self.ours.display(), say::io(&error))))?;
        if self.json {
            let conflicts: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
            output.json(&serde_json::json!({"conflicts": conflicts}))?;
            output.raw("\n")?;
            return Ok(!merged.conflicts.is_empty());
        }
        for conflict in &merged.conflicts {
            output.message(&format!("{}: {conflict}", self.ours.display()));
        }
        Ok(!merged.conflicts.is_empty())
    }
}

/// Reads a file of records.
pub(super) fn read(path: &Path) -> Result<RawFile, Ending> {
    RawFile::read(&path.display().to_string(), &text(path)?).map_err(could_not)
}

/// Reads a file's text.
pub(super) fn text(path: &Path) -> Result<String, Ending> {
    input::text(path, MAX_BYTES).map_err(|error| not_read(path, &error))
}
