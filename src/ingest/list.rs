//! From what a person named, dropped or chose to the files to read.

use crate::lang::Message;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::kind::SourceKind;
use super::{Failure, Limits};
use crate::input;
use crate::message;

/// Expands files and folders into files to read, each once, in the order given, those of a folder by name.
///
/// Folders are searched to any depth, as [`input::walk`] does: hidden files in them are left out silently, what it leaves out
/// and files of other kinds with a failure each.
#[must_use]
pub fn list(paths: &[PathBuf], limits: &Limits) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut found = FoundFiles { files: Vec::new(), seen: HashSet::new(), failures: Vec::new(), max: limits.files };
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => found.folder(path),
            Ok(_) => found.file(path, true),
            Err(error) => found.fail(path, input::why(&error)),
        }
    }
    (found.files, found.failures)
}

/// The names of files that come in together: with the folders that not all of them have in common, `/` between them. So files
/// of one folder are called as they are, and nobody's folders come along.
#[must_use]
pub fn names(files: &[PathBuf]) -> Vec<String> {
    let parts = |path: &PathBuf| -> Vec<String> {
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let all: Vec<Vec<String>> = files.iter().map(parts).collect();
    let alike = |at: usize| all.iter().all(|parts| parts.len() > at + 1 && parts[at] == all[0][at]);
    let common = if all.is_empty() { 0 } else { (0..).take_while(|&at| alike(at)).count() };
    let name = |parts: &Vec<String>| {
        let kept = parts[common..].iter().map(String::as_str).filter(|part| !matches!(*part, "." | ".." | "/" | "\\"));
        kept.collect::<Vec<_>>().join("/")
    };
    all.iter().map(name).collect()
}

struct FoundFiles {
    files: Vec<PathBuf>,
    seen: HashSet<PathBuf>,
    failures: Vec<Failure>,
    max: usize,
}

impl FoundFiles {
    fn fail(&mut self, path: &Path, why: impl Into<Message>) {
        self.failures.push(Failure { source: path.display().to_string(), why: why.into() });
    }

    fn file(&mut self, path: &Path, is_named: bool) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match SourceKind::of(&name) {
            Err(why) => self.fail(path, why),
            // Folders hold much that is not an article: what nothing is known of is read only where a person names it.
            Ok(None) if !is_named => self.fail(path, message!("ingest-no-extension")),
            Ok(_) => {
                if self.seen.insert(path.to_owned()) {
                    self.files.push(path.to_owned());
                }
            }
        }
    }

    fn folder(&mut self, top: &Path) {
        input::walk(top, false, &mut |path, met| {
            if self.files.len() + self.failures.len() >= self.max {
                self.fail(top, message!("ingest-files", max = self.max));
                return false;
            }
            match met {
                Ok(()) => self.file(path, false),
                Err(why) => self.fail(path, why),
            }
            true
        });
    }
}

/// The order of names as people number them: `c2` before `c10`.
pub(super) fn by_number(one: &str, other: &str) -> std::cmp::Ordering {
    let parts = |name: &str| -> Vec<(String, u64)> {
        let mut parts = vec![(String::new(), 0_u64)];
        let mut in_number = false;
        for char in name.chars() {
            let digit = char.to_digit(10);
            if digit.is_none() && in_number {
                parts.push((String::new(), 0));
            }
            in_number = digit.is_some();
            if let Some((words, number)) = parts.last_mut() {
                match digit {
                    Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                    None => words.push(char),
                }
            }
        }
        parts
    };
    parts(one).cmp(&parts(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_the_folders_that_tell_them_apart() {
        for (files, expected) in [
            (&["a/b.txt"][..], &["b.txt"][..]),
            (&["/home/x/in/a.txt", "/home/x/in/b.txt"], &["a.txt", "b.txt"]),
            (&["in/june/1.txt", "in/july/1.txt", "in/2.txt"], &["june/1.txt", "july/1.txt", "2.txt"]),
            (&["./a.txt", "../b.txt"], &["a.txt", "b.txt"]),
            (&["a.txt", "a.txt"], &["a.txt", "a.txt"]),
            (&[], &[]),
        ] {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            assert_eq!(names(&files), expected, "{files:?}");
        }
    }
}
