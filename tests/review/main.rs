//! Reviewing: alignment, cases, decisions, merging.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays git's user.

#[path = "../common/mod.rs"]
mod common;

mod across;
mod align;
mod build;
mod cli;
mod decide;
mod deviations;
mod evaluate;
mod figures;
mod groups;
mod halves;
mod injected;
mod keeps;
mod large;
mod merge;
mod more_figures;
mod relations;
mod seeds;
mod standing;
mod zones;
