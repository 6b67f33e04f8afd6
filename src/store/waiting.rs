//! Edits that are in a journal and not in the RON files yet: what a crash left, or what an open window is about to
//! write.

use std::path::Path;
use std::time::{Duration, Instant};

use super::disk::{Disk, EntryKind};
use super::folder::open_folder;
use super::layout;
use super::{OpenError, elsewhere, journal, lock};
use crate::message;
use crate::model::{Name, Problem};

/// Edits of one annotator that wait in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The annotator whose journal it is.
    pub annotator: Name,
    /// The journal, relative to the project folder.
    pub file: String,
    /// The number of edits that wait in it.
    pub edits: usize,
    /// True where a window or program of this annotator is open, which will write them by itself.
    pub open: bool,
    /// True where the journal was not written in this folder.
    pub elsewhere: bool,
    /// The number of the first of them.
    first: u64,
    /// The number of the last of them.
    last: u64,
}

impl Waiting {
    /// The problem that these edits wait.
    #[must_use]
    pub fn problem(&self) -> Problem {
        if self.elsewhere {
            return elsewhere::problem(&self.file, self.edits);
        }
        let Self { annotator, edits, .. } = self;
        let message = match self.open {
            true => message!("journal-waiting-open", count = edits, annotator = annotator),
            false => message!("journal-waiting", count = edits, annotator = annotator),
        };
        Problem::warning("journal-waiting", message).at(&self.file, None)
    }
}

/// Says whose edits wait in the journals of a project. Where a window is open that is about to write them, it is waited
/// for up to `patience`, and not for what is done meanwhile.
///
/// # Errors
/// If the folder cannot be read.
pub fn waiting(dir: &Path, patience: Duration) -> Result<Vec<Waiting>, OpenError> {
    let disk = open_folder(dir)?;
    let start = Instant::now();
    let mut found = look(&disk);
    while start.elapsed() < patience && found.iter().any(|waiting| waiting.open) {
        std::thread::sleep(Duration::from_millis(50));
        let now = look(&disk);
        found.retain(|old| {
            let still = |new: &Waiting| new.file == old.file && new.first <= old.last;
            !old.open || now.iter().any(still)
        });
    }
    Ok(found)
}

/// Looks into every journal once.
pub(super) fn look(disk: &dyn Disk) -> Vec<Waiting> {
    let folders = disk.list(".jejak").unwrap_or_default();
    let mut found = Vec::new();
    for (name, kind) in folders {
        let Some(annotator) = layout::annotator_of(&name).filter(|_| kind == EntryKind::Folder) else { continue };
        let folder = layout::own_folder(&annotator);
        for (file, edits) in elsewhere::found(disk, &folder).into_iter().filter(|(_, edits)| *edits > 0) {
            let annotator = annotator.clone();
            found.push(Waiting { annotator, file, edits, open: false, elsewhere: true, first: 0, last: 0 });
        }
        let file = layout::journal_path(&folder);
        let Ok(Some((content, _))) = disk.read(&file, journal::MAX_BYTES) else { continue };
        let Some(recovered) = journal::waiting(&content) else { continue };
        if let [first, .., last] | [first @ last] = &recovered.unkept[..] {
            let (first, last) = (first.number, last.number);
            let open = lock::taken(disk, &folder).unwrap_or(false);
            let elsewhere = !elsewhere::written_in(&recovered, disk.token(&folder).ok().as_deref());
            found.push(Waiting { annotator, file, edits: recovered.unkept.len(), open, elsewhere, first, last });
        }
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found
}

/// The program's own files and folders in a project.
const OWN: [&str; 8] =
    ["project.ron", "schema.ron", "articles.ron", ".gitignore", ".gitattributes", "articles", "sets", ".jejak"];

/// Names every link, pipe, socket and device among the files of a project: nothing of it is ever read.
pub(super) fn not_plain(listing: &[(String, EntryKind)]) -> Vec<Problem> {
    let place = |path: &str| OWN.iter().position(|own| path.split('/').next() == Some(own));
    let special = listing.iter().filter(|(_, kind)| matches!(kind, EntryKind::Link | EntryKind::Special));
    let mut own: Vec<_> = special.filter_map(|(path, kind)| Some((place(path)?, path, kind))).collect();
    own.sort_by_key(|(place, ..)| *place);
    let problem = |(_, path, kind): (usize, &String, &EntryKind)| {
        let message = message!("not-plain", is = kind.words());
        Problem::error("not-a-file", message).at(path, None)
    };
    own.into_iter().map(problem).collect()
}
