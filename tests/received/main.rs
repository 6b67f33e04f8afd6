//! A project received from a stranger writes nowhere else: whatever was planted in it, in a clone or after, files outside
//! stay as they are, each refusal is one sentence that names the path, and the rest opens.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the stranger.

#[path = "../store/project.rs"]
mod project;

mod journals;
mod planted;
mod roots;
mod world;
