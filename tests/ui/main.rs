//! The real window, driven without a display: real key presses, real mouse, a real project on disk.
#![allow(clippy::unwrap_used)] // A test that can't go on has to stop.
#![allow(clippy::print_stdout)] // Skipped tests say so.

mod comments;
#[path = "../common/mod.rs"]
mod common;
mod concordance;
mod corpus;
mod corpus_way;
mod dashboard;
mod dates;
#[path = "../common/dice.rs"]
mod dice;
#[cfg(unix)]
#[path = "../common/disk.rs"]
mod disk;
mod driver;
mod effort;
mod errors;
mod filling;
mod ghost_record;
mod ghosts;
mod gold_feedback;
mod guidelines;
mod hearing;
mod keys;
mod label;
mod latency;
#[path = "../store/project.rs"]
mod made;
mod merged;
mod naming;
mod people;
mod programs;
mod projects;
mod register;
#[path = "../common/replay/mod.rs"]
#[allow(dead_code)] // The bench prints, too.
mod replay;
mod review;
mod review_together;
#[cfg(unix)]
mod safety;
mod schema;
mod spans;
mod transfer;
mod trip_rows;
mod trips;
mod undoing;
mod unmeant;
#[cfg(unix)]
mod waiting;
mod whole_way;
