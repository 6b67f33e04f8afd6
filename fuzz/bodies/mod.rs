//! The work of each target on the bytes that it is given. The targets of `cargo fuzz` call these, and so does the test
//! that runs all of them for a moment with a stable compiler (`tests/fuzz.rs`).
#![allow(dead_code)] // Each target uses its own part of it.

pub mod formats;
pub mod ingest;
pub mod journal;
pub mod place;
pub mod project;
pub mod seeds;
pub mod sets;

/// A target: its name and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 5] = [
    ("formats", formats::run),
    ("ingest", ingest::run),
    ("sets", sets::run),
    ("journal", journal::run),
    ("project", project::run),
];
