//! The cost of annotating: finished sets are made anew in the real window, by the cheapest way that the page of keys describes, and
//! presses of keys, clicks and drags are counted. Each line is `name value unit`.
//!
//! `cargo bench --bench effort`, or with `sample`, `seeds` or `idner` for one of them, or with a project's folder and an annotator.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once, and prints.
#![allow(clippy::disallowed_methods)] // The inputs of a bench are its own.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/ui/driver.rs"]
#[allow(dead_code)] // Tests of the window do more.
mod driver;
#[path = "made/gold_sets.rs"]
mod gold_sets;
#[path = "made/idner.rs"]
mod idner;
#[path = "../tests/common/replay/mod.rs"]
#[allow(dead_code)] // A test looks at more of it.
mod replay;

use std::path::Path;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let [project, annotator] = &wanted[..] {
        replay::replay(&replay::of_project(Path::new(project), annotator)).print("project");
        return;
    }
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if wants("sample") {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
        replay::replay(&replay::of_project(&sample, "a")).print("sample");
    }
    if wants("seeds")
        && let Some(file) = common::shared("seeds/gold.json")
    {
        replay::replay(&gold_sets::seeds(&file)).print("seeds");
    }
    if wants("idner")
        && let Some(folder) = common::shared("corpora/idner-news-2k")
    {
        replay::replay(&gold_sets::idner(&folder)).print("idner");
    }
}
