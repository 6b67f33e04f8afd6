//! What several tests need.
#![allow(dead_code)] // Every test binary uses its own part of it.
#![allow(clippy::print_stdout)] // A skipped test says so.

use std::path::PathBuf;

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
