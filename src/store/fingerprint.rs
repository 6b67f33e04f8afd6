//! One hash for all that a project says.

use std::path::Path;

use super::disk::{Disk, Kind};
use super::folder::open_folder;
use super::{OpenError, file};
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
    let mut files: Vec<String> = ["project.ron", "schema.ron", "articles.ron"].map(str::to_owned).into();
    let mut sets = Vec::new();
    let mut folders = vec!["sets".to_owned()];
    let disk = open_folder(dir)?;
    while let Some(folder) = folders.pop() {
        let entries = disk.list(&folder).map_err(|why| OpenError::Io { file: folder.clone(), why })?;
        for (name, kind) in entries {
            let name = format!("{folder}/{name}");
            // Sets lie two folders deep at the most.
            match kind {
                Kind::Folder if name.matches('/').count() <= 2 => folders.push(name),
                Kind::File if name.ends_with(".ron") => sets.push(name),
                _ => {}
            }
        }
    }
    sets.sort();
    files.extend(sets);
    let mut lines = String::new();
    for name in files {
        let io = |why| OpenError::Io { file: name.clone(), why };
        let (bytes, _) = disk.read(&name, MAX_BYTES).map_err(io)?.ok_or_else(|| io(file::missing()))?;
        lines.push_str(&format!("{}  {name}\n", sha256_hex(&bytes)));
    }
    Ok(sha256_hex(lines.as_bytes()))
}
