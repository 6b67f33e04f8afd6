//! The cases that lie behind what the dashboard shows.

use crate::figures::{Figure, Report};
use crate::model::{Name, Slot};
use crate::review::CaseKind;
use crate::ui::commands::{CaseFilter, Command, ReviewCommand};

/// The pair whose differences they are: the pair that is looked at, or the only one there is.
fn between(report: &Report, pair: Option<usize>) -> Vec<Name> {
    let only = (report.pairs.len() == 1).then_some(0);
    let pair = pair.or(only).and_then(|pair| report.pairs.get(pair));
    pair.map_or(Vec::new(), |&(a, b)| vec![report.annotators[a].clone(), report.annotators[b].clone()])
}

/// The cases of a kind, in a slot, of things that are called so.
fn cases(
    report: &Report,
    pair: Option<usize>,
    kind: Option<CaseKind>,
    slot: Option<Slot>,
    labels: &[&Name],
) -> CaseFilter {
    let labels = labels.iter().filter(|label| !label.is_empty()).map(|label| (*label).clone()).collect();
    // Gold is decided: where predictions differ from it, nothing waits for a decision.
    CaseFilter {
        between: between(report, pair),
        kind,
        slot,
        labels,
        decided: report.evaluation,
        ..CaseFilter::default()
    }
}

/// The cases behind a figure, and the first article that has any.
#[must_use]
pub fn figure(report: &Report, pair: Option<usize>, figure: &Figure) -> Command {
    let (kind, slot) = match figure.family {
        "gamma cat" => (Some(CaseKind::Label), None),
        "frames" | "triggers found" | "triggers classified" => (Some(CaseKind::Missing), None),
        "role" | "role end to end" => (None, Some(Slot::Role(figure.slot.clone()))),
        "attribute" | "attribute weighted" => (None, Some(Slot::Attribute(figure.slot.clone()))),
        "arguments found" | "arguments classified" | "role fillers" | "templates" => (Some(CaseKind::Role), None),
        family if family.starts_with("identity") => (Some(CaseKind::Identity), None),
        _ => (None, None),
    };
    let frames = match figure.family {
        family if family.starts_with("identity") => None,
        // Of mentions, frames or statements about the article.
        "attribute" | "attribute weighted" | "documents" => None,
        "frames" | "role" | "role end to end" | "role fillers" | "templates" => Some(true),
        family if family.starts_with("triggers") || family.starts_with("arguments") => Some(true),
        _ => Some(false),
    };
    let filter = CaseFilter { frames, ..cases(report, pair, kind, slot, &[&figure.label]) };
    let article = report.first_below(pair, figure).map(|article| report.standing[article].article.clone());
    Command::Review(ReviewCommand::ShowCases(Box::new(filter), article))
}

/// The cases of two annotators.
#[must_use]
pub fn pair(report: &Report, pair: usize) -> Command {
    Command::Review(ReviewCommand::ShowCases(Box::new(cases(report, Some(pair), None, None, &[])), None))
}

/// The cases where one label met another; an empty one is nothing.
#[must_use]
pub fn cell(report: &Report, pair: Option<usize>, a: &Name, b: &Name) -> Command {
    let kind = match a == b {
        true => None,
        false if a.is_empty() || b.is_empty() => Some(CaseKind::Missing),
        false => Some(CaseKind::Label),
    };
    let labels: &[&Name] = if a == b { &[a] } else { &[a, b] };
    Command::Review(ReviewCommand::ShowCases(Box::new(cases(report, pair, kind, None, labels)), None))
}

/// The cases where extents differ.
#[must_use]
pub fn boundaries(report: &Report, pair: Option<usize>) -> Command {
    Command::Review(ReviewCommand::ShowCases(Box::new(cases(report, pair, Some(CaseKind::Boundary), None, &[])), None))
}

/// The cases of an article.
#[must_use]
pub fn article(report: &Report, article: usize) -> Command {
    let id = report.standing[article].article.clone();
    Command::Review(ReviewCommand::ShowCases(Box::new(cases(report, None, None, None, &[])), Some(id)))
}
