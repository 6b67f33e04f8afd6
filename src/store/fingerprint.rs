//! One hash for all that a project says.

use std::collections::BTreeMap;
use std::path::Path;

use super::disk::{Disk, EntryKind};
use super::folder::open_folder;
use super::layout::FileKey;
use super::project_file::FILE;
use super::snapshot::Snapshot;
use super::{OpenError, file, people};
use crate::text::sha256_hex;

/// The largest file that is read, bytes: the largest list of articles.
const MAX_BYTES: u64 = 256 << 20;

/// The SHA-256 of what `sha256sum project.ron schema.ron articles.ron sets/…` prints, files under `sets` sorted by
/// name: it changes with every annotation of anybody, and with every text, whose hash stands in `articles.ron`. What is
/// still in a journal is not in it.
///
/// # Errors
/// If one of these files cannot be read.
pub fn fingerprint(dir: &Path) -> Result<String, OpenError> {
    of_files(&open_folder(dir)?, &BTreeMap::new())
}

impl Snapshot {
    /// The same as [`fingerprint`] once everything is written that is in memory.
    ///
    /// # Errors
    /// As [`fingerprint`].
    pub fn fingerprint(&self) -> Result<String, OpenError> {
        let disk = &*self.loader.disk;
        let keys = self.loaded().chain([FileKey::Articles]);
        let mut unwritten: BTreeMap<String, String> =
            keys.filter_map(|key| Some((key.path(), self.unwritten(&key)?))).collect();
        let settings = people::load(disk)?;
        if settings.project != self.corpus.project {
            unwritten.insert(FILE.to_owned(), settings.with(self.corpus.project.clone()).write());
        }
        of_files(disk, &unwritten)
    }
}

/// The hash of a project's files, where some of them are to be others.
fn of_files(disk: &dyn Disk, unwritten: &BTreeMap<String, String>) -> Result<String, OpenError> {
    let mut files: Vec<String> = ["project.ron", "schema.ron", "articles.ron"].map(str::to_owned).into();
    let mut sets = Vec::new();
    let mut folders = vec!["sets".to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = disk.list(&folder).map_err(|why| OpenError::Io { file: folder.clone(), why })?;
        for (name, kind) in entries {
            let name = format!("{folder}/{name}");
            // Sets lie two folders deep at the most.
            match kind {
                EntryKind::Folder if name.matches('/').count() <= 2 => folders.push(name),
                EntryKind::File if name.ends_with(".ron") => sets.push(name),
                _ => {}
            }
        }
    }
    sets.extend(unwritten.keys().filter(|name| name.starts_with("sets/")).cloned());
    sets.sort();
    sets.dedup();
    files.extend(sets);
    let mut lines = String::new();
    for name in files {
        let io = |why| OpenError::Io { file: name.clone(), why };
        let bytes = match unwritten.get(&name) {
            Some(text) => text.clone().into_bytes(),
            None => disk.read(&name, MAX_BYTES).map_err(io)?.ok_or_else(|| io(file::missing()))?.0,
        };
        lines.push_str(&format!("{}  {name}\n", sha256_hex(&bytes)));
    }
    Ok(sha256_hex(lines.as_bytes()))
}
