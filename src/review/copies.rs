//! Copies of files that sync programs leave: merged by record, as git's versions are.

use std::path::Path;

use super::merge3;
use crate::store::{self, Copy, OpenError, RawFile};

/// The fate of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedCopy {
    /// The place where the copy is kept now.
    pub kept: String,
    /// One sentence for each conflict that the file has since.
    pub conflicts: Vec<String>,
}

/// Merges a copy into the file that it belongs into. Nobody knows what the two began with: records that only one of
/// them has are taken, and of those that differ ours stays in its place and the copy's is kept under `conflicts`.
///
/// # Errors
/// If a file cannot be read or written, or cannot be merged by record; the copy stays where it is then.
pub fn merge_copy(dir: &Path, copy: &Copy) -> Result<MergedCopy, OpenError> {
    let mut conflicts = Vec::new();
    let kept = store::merge_copy(dir, copy, &mut |ours: &RawFile, theirs: &RawFile| {
        let merged = merge3(&RawFile::default(), ours, theirs);
        conflicts = merged.conflicts;
        merged.file
    })?;
    Ok(MergedCopy { kept, conflicts })
}
