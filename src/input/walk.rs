//! A walk through a folder.

use crate::lang::Message;
use std::io;
use std::path::{Path, PathBuf};

use super::{not_regular, why};
use crate::message;
use crate::say;

/// Goes through a folder to any depth, by name, and hands each file to `each`: regular ones, those behind links too, as
/// `Ok`, and what is left out with the reason in half a sentence. Left out are links to folders, so that no circle can
/// arise and nothing outside is read, pipes, devices and sockets, and folders that cannot be read. With `hidden`, names
/// that begin with a dot are gone through, too; without, nothing is said of them. Where `each` says `false` the walk
/// ends.
pub fn walk(top: &Path, hidden: bool, each: &mut dyn FnMut(&Path, Result<(), Message>) -> bool) {
    // A stack, not recursion: folders may be nested deeper than the program's own stack reaches.
    let mut waiting = vec![top.to_owned()];
    let mut is_top = true;
    while let Some(path) = waiting.pop() {
        let meta = if is_top { std::fs::metadata(&path) } else { std::fs::symlink_metadata(&path) };
        is_top = false;
        let met = match meta.map(|meta| meta.file_type()) {
            Err(error) => Err(why(&error)),
            Ok(kind) if kind.is_dir() => match entries(&path, hidden) {
                Ok(entries) => {
                    waiting.extend(entries.into_iter().rev());
                    continue;
                }
                Err(error) => Err(message!("walk-unreadable", why = say::io(&error))),
            },
            Ok(kind) if kind.is_symlink() => match std::fs::metadata(&path) {
                Ok(target) if target.is_dir() => Err(message!("walk-link")),
                Ok(target) if target.is_file() => Ok(()),
                Ok(_) => Err(not_regular()),
                Err(error) => Err(message!("walk-nowhere", why = say::io(&error))),
            },
            Ok(kind) if kind.is_file() => Ok(()),
            Ok(_) => Err(not_regular()),
        };
        if !each(&path, met) {
            return;
        }
    }
}

/// The names in a folder.
fn entries(folder: &Path, hidden: bool) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if hidden || !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
