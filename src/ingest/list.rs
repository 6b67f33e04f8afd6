//! From what a person named, dropped or chose to the files to read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{Failure, Format, Limits};
use crate::say;

/// Expands files and folders into files to read, each once, in the order given, those of a folder by name.
///
/// Folders are searched to any depth; hidden files in them are left out silently, links to folders with a failure
/// (so no loop can arise and nothing outside the folder is read), files of other kinds with a failure each.
#[must_use]
pub fn list(paths: &[PathBuf], limits: &Limits) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut found = Found { files: Vec::new(), seen: HashSet::new(), failures: Vec::new(), max: limits.files };
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => found.folder(path),
            Ok(_) => found.file(path),
            Err(error) => found.fail(path, format!("it cannot be read: {}", say::io(&error))),
        }
    }
    (found.files, found.failures)
}

struct Found {
    files: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
    failures: Vec<Failure>,
    max: usize,
}

impl Found {
    fn fail(&mut self, path: &Path, why: impl Into<String>) {
        self.failures.push(Failure { source: path.display().to_string(), why: why.into() });
    }

    fn file(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match Format::of(&name) {
            Err(why) => self.fail(path, why),
            Ok(_) => {
                if self.seen.insert(path.to_owned()) {
                    self.files.push(path.to_owned());
                }
            }
        }
    }

    fn folder(&mut self, top: &Path) {
        // A stack, not recursion: folders may be nested deeper than the program's own stack reaches.
        let mut waiting = vec![top.to_owned()];
        let mut is_top = true;
        while let Some(path) = waiting.pop() {
            if self.files.len() + self.failures.len() >= self.max {
                self.fail(top, format!("it holds more than {} files, so the rest was left out", self.max));
                return;
            }
            let meta = if is_top { std::fs::metadata(&path) } else { std::fs::symlink_metadata(&path) };
            is_top = false;
            let kind = match meta {
                Ok(meta) => meta.file_type(),
                Err(error) => {
                    self.fail(&path, format!("it cannot be read: {}", say::io(&error)));
                    continue;
                }
            };
            if kind.is_dir() {
                match entries(&path) {
                    Ok(entries) => waiting.extend(entries.into_iter().rev()),
                    Err(error) => self.fail(&path, format!("the folder cannot be read: {}", say::io(&error))),
                }
            } else if kind.is_symlink() {
                match std::fs::metadata(&path) {
                    Ok(target) if target.is_dir() => {
                        self.fail(&path, "it is a link to a folder, which is not followed");
                    }
                    Ok(_) => self.file(&path),
                    Err(error) => self.fail(&path, format!("it is a link that leads nowhere: {}", say::io(&error))),
                }
            } else {
                self.file(&path);
            }
        }
    }
}

/// What is in a folder and not hidden, by name.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
