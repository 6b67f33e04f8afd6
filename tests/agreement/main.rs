//! Every coefficient and score against the figures that other software gave for the same data.

#[path = "../common/mod.rs"]
mod common;
mod events;
mod identity;
mod items;
mod spans;
mod units;

use jejak::agreement::{Prf, Unit};
use serde_json::Value;
use std::path::Path;

/// A fixture of the project.
fn fixture(name: &str) -> Value {
    parsed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/agreement").join(name))
}

fn parsed(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().expect("an object").iter().map(|(key, value)| (key.as_str(), value))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().expect("a whole number")).expect("a small one")
}

/// Spans `{start, end, label}` with their labels numbered in the order of `names`.
fn units(value: &Value, names: &[String]) -> Vec<Unit> {
    let label = |name: &Value| names.iter().position(|known| name == known).expect("a known label") as u32;
    list(value)
        .iter()
        .map(|unit| Unit::new(number(&unit["start"]), number(&unit["end"]), label(&unit["label"])))
        .collect()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}");
}

/// Compares with `{match, pred, gold, precision, recall, f1}`.
#[track_caller]
fn same_prf(found: Prf, expected: &Value, what: &str) {
    let of = |key: &str| expected[key].as_f64().expect("a number");
    close(found.correct_gold, of("match"), 1e-9, what);
    close(found.predicted, of("pred"), 1e-9, what);
    close(found.gold, of("gold"), 1e-9, what);
    close(found.precision().expect("defined"), of("precision"), 1e-9, what);
    close(found.recall().expect("defined"), of("recall"), 1e-9, what);
    close(found.f1().expect("defined"), of("f1"), 1e-9, what);
}
