//! `jejak suggest --report`: what became of suggestions so far, by source and label.

use std::path::Path;

use serde::Serialize;

use super::compare::known;
use super::output::{Ended, Ending, Output, not_opened};
use crate::assist::{Fates, Told};
use crate::model::Name;
use crate::store;

/// A row as it is printed.
#[derive(Debug, Serialize)]
struct Row<'a> {
    source: &'a str,
    label: &'a str,
    articles: usize,
    offered: u64,
    accepted: u64,
    corrected: u64,
    rejected: u64,
    precision: Option<f64>,
    median_ms: Option<u32>,
    hasty: usize,
    gestures: u64,
    by_hand: u64,
}

impl<'a> Row<'a> {
    fn of(told: &'a Told) -> Self {
        Self {
            source: &told.source,
            label: &told.label,
            articles: told.articles,
            offered: told.offered,
            accepted: told.accepted,
            corrected: told.corrected,
            rejected: told.rejected,
            precision: told.precision(),
            median_ms: told.median_ms,
            hasty: told.hasty,
            gestures: told.gestures,
            by_hand: told.by_hand,
        }
    }
}

/// Tells what became of the suggestions to one person, or to everybody.
pub(super) fn tell(output: &mut Output, project: &Path, from: Option<&str>, json: bool) -> Ended {
    let scan = store::scan(project).map_err(|error| not_opened(project, &error))?;
    let all = scan.corpus().all_runs();
    let from = from.map(Name::new);
    if let Some(name) = &from {
        known(project, scan.makers(), std::slice::from_ref(name))?;
    }
    let wanted = all.iter().filter(|(name, _)| from.as_ref().is_none_or(|from| from == *name));
    let fates = Fates::of(wanted.map(|(_, runs)| &**runs));
    if json {
        fates.rows.iter().try_for_each(|row| output.json_line(&Row::of(row)))?;
        return Ok(false);
    }
    if fates.rows.is_empty() {
        output.message(&format!("{}: no suggestion has been answered yet", project.display()));
        return Ok(false);
    }
    lines(output, &fates)?;
    Ok(false)
}

fn lines(output: &mut Output, fates: &Fates) -> Result<(), Ending> {
    let heads = ["source", "label", "offered", "accepted", "corrected", "rejected", "precision", "median"];
    let mut rows: Vec<[String; 8]> = vec![heads.map(str::to_owned)];
    let all = Told { source: "all".to_owned(), ..fates.all.clone() };
    rows.extend(fates.rows.iter().chain([&all]).map(cells));
    let widths: Vec<usize> =
        (0..8).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        output.line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    let Told { gestures, by_hand, hasty, timed, .. } = fates.all;
    output.line(&format!("{gestures} keys and clicks instead of about {by_hand} by hand"))?;
    output.line(&format!("{hasty} of {timed} that were accepted one by one took less than half a second"))
}

fn cells(row: &Told) -> [String; 8] {
    let dash = || "-".to_owned();
    [
        row.source.clone(),
        row.label.clone(),
        row.offered.to_string(),
        row.accepted.to_string(),
        row.corrected.to_string(),
        row.rejected.to_string(),
        row.precision().map_or_else(dash, |share| format!("{share:.3}")),
        row.median_ms.map_or_else(dash, |ms| format!("{:.1} s", f64::from(ms) / 1000.0)),
    ]
}
