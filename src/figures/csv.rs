//! Figures as CSV, the same from the command line and from the window.

use super::figure::Figure;
use super::look::{Boundaries, Confusion};
use super::report::Report;
use super::spec::Reason;
use crate::model::Progress;
use crate::review::Reasoned;

/// Returns rows of cells as CSV (RFC 4180); no spreadsheet takes a cell of words for a formula.
#[must_use]
pub fn table_csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let cell = |cell: String| {
        let number = cell.parse::<f64>().is_ok();
        let formula = !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let cell = if formula { format!("'{cell}") } else { cell };
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let mut text = String::new();
    for row in rows {
        text.push_str(&row.into_iter().map(cell).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// Decisions with their reasons and the gaps of the guideline, each with its place in code points.
#[must_use]
pub fn reasons_csv<'a>(decisions: impl IntoIterator<Item = &'a Reasoned>) -> String {
    let head = ["gap", "reason", "article", "start", "end", "slot", "about", "value", "adopted", "by", "at"];
    let line = |it: &Reasoned| {
        let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        vec![
            it.why.gap.clone(),
            it.why.reason.clone(),
            it.article.to_string(),
            number(it.chars.map(|at| at.0)),
            number(it.chars.map(|at| at.1)),
            it.decision.slot.to_string(),
            it.title.clone(),
            it.said.clone(),
            it.why.adopted.join(" "),
            it.why.by.to_string(),
            it.why.at.to_string(),
        ]
    };
    table_csv(std::iter::once(row(&head)).chain(decisions.into_iter().map(line)))
}

/// Figures with what they are told of.
#[must_use]
pub fn figures_csv<'a>(figures: impl IntoIterator<Item = (&'a str, &'a Figure)>) -> String {
    let head = [
        "of",
        "figure",
        "label",
        "slot",
        "value",
        "low",
        "high",
        "precision",
        "recall",
        "items",
        "counted",
        "undefined",
        "definition",
        "source",
        "shortfall",
        "articles",
        "articles left out",
        "articles of interval",
    ];
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.6}"));
    let line = |(of, figure): (&str, &Figure)| {
        let interval = figure.interval.ok();
        vec![
            of.to_owned(),
            figure.family.to_owned(),
            figure.label.to_string(),
            figure.slot.to_string(),
            number(figure.value.ok()),
            number(interval.map(|interval| interval.low)),
            number(interval.map(|interval| interval.high)),
            number(figure.sides.map(|sides| sides.0)),
            number(figure.sides.map(|sides| sides.1)),
            figure.items.to_string(),
            figure.counted.english().to_owned(),
            figure.value.err().map_or(String::new(), |why| why.to_string()),
            figure.definition.english().to_owned(),
            figure.source.to_owned(),
            figure.shortfall.map_or(String::new(), |shortfall| shortfall.to_string()),
            figure.articles.to_string(),
            figure.left_out.to_string(),
            interval.map_or(String::new(), |interval| interval.articles.to_string()),
        ]
    };
    table_csv(std::iter::once(row(&head)).chain(figures.into_iter().map(line)))
}

/// A confusion table, a row for each label of the first annotator.
#[must_use]
pub fn confusion_csv(confusion: &Confusion) -> String {
    let name = |label: &crate::model::Name| if label.is_empty() { "(nothing)".to_owned() } else { label.to_string() };
    let head = std::iter::once(String::new()).chain(confusion.labels.iter().map(name)).collect();
    let rows = confusion.labels.iter().zip(&confusion.counts);
    let rows = rows.map(|(label, counts)| {
        std::iter::once(name(label)).chain(counts.iter().map(ToString::to_string)).collect::<Vec<_>>()
    });
    table_csv(std::iter::once(head).chain(rows))
}

/// The offsets by which boundaries differ, then the words.
#[must_use]
pub fn boundaries_csv(boundaries: &Boundaries) -> String {
    let mut rows = vec![row(&["end", "offset", "words", "count", "first", "second"])];
    for (end, offsets) in [("start", &boundaries.start), ("end", &boundaries.end)] {
        rows.extend(
            offsets.iter().map(|(offset, count)| row(&[end, &offset.to_string(), "", &count.to_string(), "", ""])),
        );
    }
    for edge in &boundaries.edges {
        let end = if edge.at_start { "start" } else { "end" };
        let (count, first, second) = (edge.first + edge.second, edge.first, edge.second);
        rows.push(row(&[end, "", &edge.words, &count.to_string(), &first.to_string(), &second.to_string()]));
    }
    table_csv(rows)
}

/// One figure for each pair of annotators, as a matrix; empty where there is no value.
#[must_use]
pub fn matrix_csv(report: &Report, family: &str, values: &[Result<f64, Reason>]) -> String {
    let cell = |a: usize, b: usize| {
        let pair = report.pairs.iter().position(|&pair| pair == (a, b) || pair == (b, a));
        let value = pair.and_then(|pair| values.get(pair)?.ok());
        value.map_or(String::new(), |value| format!("{value:.6}"))
    };
    let everybody = 0..report.annotators.len();
    let head = std::iter::once(family.to_owned()).chain(report.annotators.iter().map(ToString::to_string)).collect();
    let rows = everybody.clone().map(|a| {
        std::iter::once(report.annotators[a].to_string()).chain(everybody.clone().map(|b| cell(a, b))).collect()
    });
    table_csv(std::iter::once(head).chain(rows))
}

/// Writes everybody's progress in each article.
#[must_use]
pub fn standing_csv(report: &Report) -> String {
    let mut head = row(&["article", "title"]);
    for name in &report.annotators {
        head.extend([format!("{name} state"), format!("{name} annotations")]);
    }
    head.push("open".to_owned());
    let line = |standing: &super::report::ArticleProgress| {
        let mut cells = vec![standing.article.to_string(), standing.title.clone()];
        for set in &standing.sets {
            let state = set.map_or("not begun", |(progress, _)| state(progress));
            cells.extend([state.to_owned(), set.map_or(String::new(), |(_, count)| count.to_string())]);
        }
        cells.push(standing.open.map_or(String::new(), |open| open.to_string()));
        cells
    };
    table_csv(std::iter::once(head).chain(report.standing.iter().map(line)))
}

/// Writes what each annotator did on each day.
#[must_use]
pub fn time_csv(report: &Report) -> String {
    let head = row(&["day", "annotator", "annotations", "seconds", "annotations an hour", "articles done"]);
    let line = |day: super::WorkDay| {
        let speed = day.speed().map_or(String::new(), |speed| format!("{speed:.1}"));
        let name = report.annotators[day.annotator].to_string();
        vec![day.day, name, day.marks.to_string(), day.seconds.to_string(), speed, day.done.to_string()]
    };
    table_csv(std::iter::once(head).chain(report.work_days().into_iter().map(line)))
}

/// A state as people read it.
fn state(progress: Progress) -> &'static str {
    match progress {
        Progress::New => "new",
        Progress::InProgress => "in progress",
        Progress::Done => "done",
    }
}
