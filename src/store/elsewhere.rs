//! Journals that were not written in this folder: they came with a copy of the project, or from a stranger. Nothing in
//! one is taken for work that was done here; where edits wait in it, a person says whether they come in.

use crate::message;
use std::io;

use super::disk::{self, Disk, EntryKind};
use super::journal::Recovered;
use super::{journal, layout};
use crate::model::Problem;

/// The name of such a journal, and a number behind it from the second on.
const NAME: &str = "journal.elsewhere";

/// True where a journal was written in the folder of this token. One that does not say where it was written was not,
/// and neither was one in a folder of which nobody can say which it is.
pub(super) fn written_in(recovered: &Recovered, token: Option<&str>) -> bool {
    token.is_some() && recovered.place.as_deref() == token
}

/// Gives the journal in a folder a name under which no session takes it for its own.
///
/// # Errors
/// The system's error.
pub(super) fn set_aside(disk: &dyn Disk, folder: &str) -> io::Result<String> {
    let aside = disk::free_name(disk, &format!("{folder}/{NAME}"))?;
    disk.rename(&layout::journal_path(folder), &aside)?;
    disk.sync_folder(folder)?;
    Ok(aside)
}

/// The journals from elsewhere in a folder, with how many edits wait in each; those that cannot be read are left out.
pub(super) fn found(disk: &dyn Disk, folder: &str) -> Vec<(String, usize)> {
    let names = disk.list(folder).unwrap_or_default();
    let here = names.into_iter().filter(|(name, kind)| name.starts_with(NAME) && *kind == EntryKind::File);
    let mut all: Vec<(String, usize)> = here
        .filter_map(|(name, _)| {
            let path = format!("{folder}/{name}");
            let (content, _) = disk.read(&path, journal::MAX_BYTES).ok()??;
            Some((path, journal::waiting(&content).map_or(0, |recovered| recovered.unkept.len())))
        })
        .collect();
    all.sort();
    all
}

/// The problem that edits wait in such a journal.
pub(super) fn problem(path: &str, edits: usize) -> Problem {
    let message = message!("journal-elsewhere", count = edits);
    Problem::warning("journal-elsewhere", message).at(path, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_counts_only_where_both_say_the_same() {
        let journal = |place: Option<&str>| Recovered { place: place.map(str::to_owned), ..Recovered::default() };
        assert!(written_in(&journal(Some("a-1")), Some("a-1")));
        assert!(!written_in(&journal(Some("a-1")), Some("b-1")));
        assert!(!written_in(&journal(None), Some("a-1")));
        assert!(!written_in(&journal(Some("a-1")), None));
        assert!(!written_in(&journal(None), None), "two unknown folders are not the same");
    }
}
