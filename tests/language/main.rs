//! The words of the house: the window's messages in every language, and how code describes itself.
#![allow(clippy::unwrap_used)] // A test that can't go on has to stop.

mod docs;
#[path = "../ui/driver.rs"]
#[allow(dead_code)] // It can do more than is done with it here.
mod driver;
mod glossary;
mod messages;
mod sources;
mod window;
