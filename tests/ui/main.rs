//! The real window, driven without a display: real key presses, real mouse, a real project on disk.
#![allow(clippy::unwrap_used)] // A test that can't go on has to stop.
#![allow(clippy::print_stdout)] // Skipped tests say so.

#[path = "../common/mod.rs"]
mod common;
mod dashboard;
mod driver;
mod label;
mod lessons;
mod people;
mod review;
mod talk;
mod transfer;
mod trips;
