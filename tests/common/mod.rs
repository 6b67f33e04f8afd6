//! What several tests need.
#![allow(dead_code)] // Every test binary uses its own part of it.
#![allow(clippy::print_stdout)] // A skipped test says so.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // It prepares the inputs of tests.

use std::path::{Path, PathBuf};

/// The folder of real data beside the project, or none (with a printed line) where it is missing.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("JEJAK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {path} is not there");
    None
}

/// Copies a file, or a folder with all that is in it, to where it is called `to`.
pub fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
