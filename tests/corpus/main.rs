//! Many articles at once: the index, the filter, trips and claims over articles.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

#[path = "../common/mod.rs"]
mod common;

mod claims;
mod filter;
mod index;
mod project;
mod seeds;
mod standing;
