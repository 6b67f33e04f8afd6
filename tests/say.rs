//! Output of the program: cards that no title or label can break, terminals that no text can steer, files that no two
//! names share, and messages without a word of how the program is made.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

#[path = "say/hostile.rs"]
mod hostile;
#[path = "store/project.rs"]
mod made;
#[path = "say/markdown.rs"]
mod markdown;
#[path = "say/messages.rs"]
mod messages;
