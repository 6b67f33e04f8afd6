//! One hash for all that a project says.

use std::path::Path;

use super::OpenError;
use crate::input;
use crate::text::sha256_hex;

/// The largest file of a project, bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The SHA-256 of what `sha256sum project.ron schema.ron articles.ron sets/…` prints, files under `sets` sorted by
/// name: it changes with every annotation of anybody, and with every text, whose hash stands in `articles.ron`. What is
/// still in a journal is not in it.
///
/// # Errors
/// If one of these files cannot be read.
pub fn state(dir: &Path) -> Result<String, OpenError> {
    let mut files: Vec<String> = ["project.ron", "schema.ron", "articles.ron"].map(str::to_owned).into();
    let mut sets = Vec::new();
    let mut folders = vec!["sets".to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(dir.join(&folder)) else { continue };
        for entry in entries.flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            // Sets lie two folders deep at the most; links are not followed.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && name.matches('/').count() <= 2 => folders.push(name),
                Ok(kind) if kind.is_file() && name.ends_with(".ron") => sets.push(name),
                _ => {}
            }
        }
    }
    sets.sort();
    files.extend(sets);
    let mut lines = String::new();
    for file in files {
        let bytes =
            input::read(&dir.join(&file), MAX_BYTES).map_err(|why| OpenError::Io { file: file.clone(), why })?;
        lines.push_str(&format!("{}  {file}\n", sha256_hex(&bytes)));
    }
    Ok(sha256_hex(lines.as_bytes()))
}
