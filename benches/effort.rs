//! The cost of annotating: finished sets are made anew in the real window, by the cheapest way that the page of keys describes, and
//! presses of keys, clicks and drags are counted: by hand, and with suggestions that begin with nothing and learn from each
//! finished article. Each line is `name value unit`.
//!
//! `cargo bench --bench effort`, or with `sample`, `reference`, `seeds` or `idner` for one of them, or with a project's folder and an
//! annotator; and with `without`, `assisted.all` or `assisted.each` for one way of making them. `JEJAK_ARTICLES` is the number of
//! articles of idner at the most.
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
#[path = "made/reference.rs"]
mod reference;
#[path = "../tests/common/replay/mod.rs"]
#[allow(dead_code)] // A test looks at more of it.
mod replay;

use std::path::Path;

use replay::Taking;

/// The ways in which sets are made, with the names that lines have for them.
const WAYS: [(Option<Taking>, &str); 3] =
    [(None, "without"), (Some(Taking::All), "assisted.all"), (Some(Taking::Each), "assisted.each")];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_way = |argument: &String| WAYS.iter().any(|(_, way)| way == argument);
    let (ways, wanted): (Vec<String>, Vec<String>) = arguments.into_iter().partition(is_way);
    let measure = |gold: &replay::Gold, name: &str| {
        for (taking, way) in WAYS.iter().filter(|(_, way)| ways.is_empty() || ways.iter().any(|it| it == way)) {
            replay::replay_with(gold, *taking).print(name, way);
        }
    };
    if let [project, annotator] = &wanted[..] {
        measure(&replay::of_project(Path::new(project), annotator), "project");
        return;
    }
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if wants("sample") {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
        measure(&replay::of_project(&sample, "a"), "sample");
    }
    if wants("reference")
        && let Some(file) = common::shared("seeds/gold.json")
    {
        reference::print(&file, &gold_sets::seeds(&file));
    }
    if wants("seeds")
        && let Some(file) = common::shared("seeds/gold.json")
    {
        measure(&gold_sets::seeds(&file), "seeds");
    }
    if wants("idner")
        && let Some(folder) = common::shared("corpora/idner-news-2k")
    {
        let most = std::env::var("JEJAK_ARTICLES").ok().and_then(|most| most.parse().ok());
        measure(&gold_sets::idner(&folder, most.unwrap_or(usize::MAX)), "idner");
    }
}
