//! The ground of what the dashboard shows: cases of those who are compared; where predictions are compared with gold, their errors.

use crate::figures::{DeviationKind, Figure, Report};
use crate::model::{ArticleId, Kind, Name, Slot};
use crate::review::CaseKind;
use crate::ui::commands::{CaseFilter, Command, ErrorFilter, ErrorsCommand, ReviewCommand};

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
    CaseFilter { between: between(report, pair), kind, slot, labels, ..CaseFilter::default() }
}

/// The cases that a filter lets through, or the errors of the same kind where predictions are compared with gold, which is
/// decided: nothing there waits for a decision.
fn show(report: &Report, filter: CaseFilter, article: Option<ArticleId>, more: ErrorFilter) -> Command {
    let names = report.pairs.first().filter(|_| report.evaluation).map(|&(gold, pred)| [gold, pred]);
    let Some(names) = names.map(|names| names.map(|at| report.annotators[at].clone())) else {
        return Command::Review(ReviewCommand::ShowCases(Box::new(filter), article));
    };
    use DeviationKind as D;
    let kinds = match filter.kind {
        None => Vec::new(),
        Some(CaseKind::Missing) => vec![D::Missing, D::Spurious],
        Some(CaseKind::Boundary) => vec![D::Boundary],
        Some(CaseKind::Label) => vec![D::Label],
        Some(CaseKind::Attribute) => vec![D::Attribute],
        Some(CaseKind::Role) => vec![D::Role],
        Some(CaseKind::Identity) => vec![D::Identity],
    };
    let kinds = if more.kinds.is_empty() { kinds } else { more.kinds.clone() };
    let of = filter.frames.map(|frames| if frames { Kind::Frame } else { Kind::Entity }).or(more.of);
    let label = filter.labels.first().filter(|_| more.met.is_none()).cloned();
    let filter = ErrorFilter { kinds, of, slot: filter.slot, label, ..more };
    Command::Errors(ErrorsCommand::Show(names, report.zones, Box::new(filter)))
}

/// The cases behind a figure, and the first article that has any.
#[must_use]
pub fn figure(report: &Report, pair: Option<usize>, figure: &Figure) -> Command {
    let (kind, slot) = match figure.family {
        "gamma cat" => (Some(CaseKind::Label), None),
        "frames" | "frames by chance" | "triggers found" | "triggers classified" => (Some(CaseKind::Missing), None),
        "role" | "role end to end" | "role by chance" => (None, Some(Slot::Role(figure.slot.clone()))),
        "attribute" | "attribute weighted" => (None, Some(Slot::Attribute(figure.slot.clone()))),
        "arguments found" | "arguments classified" | "role fillers" | "templates" => (Some(CaseKind::Role), None),
        family if family.starts_with("identity") => (Some(CaseKind::Identity), None),
        _ => (None, None),
    };
    let frames = match figure.family {
        family if family.starts_with("identity") => None,
        // Of mentions, frames or statements about the article.
        "attribute" | "attribute weighted" | "documents" => None,
        "frames" | "frames by chance" | "role" | "role end to end" | "role by chance" | "role fillers"
        | "templates" => Some(true),
        family if family.starts_with("triggers") || family.starts_with("arguments") => Some(true),
        _ => Some(false),
    };
    let filter = CaseFilter { frames, ..cases(report, pair, kind, slot, &[&figure.label]) };
    let of = match figure.family {
        "zones" | "zone words" => Some(Kind::Zone),
        "documents" => Some(Kind::Document),
        _ => None,
    };
    // The schemes of mentions count no other kinds.
    let kinds = match figure.family {
        "mentions strict" => {
            vec![DeviationKind::Missing, DeviationKind::Spurious, DeviationKind::Boundary, DeviationKind::Label]
        }
        "mentions exact" | "mentions partial" => {
            vec![DeviationKind::Missing, DeviationKind::Spurious, DeviationKind::Boundary]
        }
        "mentions type" => vec![DeviationKind::Missing, DeviationKind::Spurious, DeviationKind::Label],
        _ => Vec::new(),
    };
    let article = || report.first_below(pair, figure).map(|article| report.standing[article].article.clone());
    let article = if report.evaluation { None } else { article() };
    show(report, filter, article, ErrorFilter { of, kinds, ..ErrorFilter::default() })
}

/// The cases of two annotators.
#[must_use]
pub fn pair(report: &Report, pair: usize) -> Command {
    show(report, cases(report, Some(pair), None, None, &[]), None, ErrorFilter::default())
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
    let met = Some([a.clone(), b.clone()]);
    let kinds = match a == b {
        true => Vec::new(),
        false if a.is_empty() => vec![DeviationKind::Spurious],
        false if b.is_empty() => vec![DeviationKind::Missing],
        false => vec![DeviationKind::Label],
    };
    show(report, cases(report, pair, kind, None, labels), None, ErrorFilter { met, kinds, ..ErrorFilter::default() })
}

/// The cases where extents differ.
#[must_use]
pub fn boundaries(report: &Report, pair: Option<usize>) -> Command {
    show(report, cases(report, pair, Some(CaseKind::Boundary), None, &[]), None, ErrorFilter::default())
}

/// The cases of an article, from the first on.
#[must_use]
pub fn article(report: &Report, article: usize) -> Command {
    let id = report.standing[article].article.clone();
    let more = ErrorFilter { article: Some(id.clone()), ..ErrorFilter::default() };
    // Where everything is decided, the first difference is one of those.
    let decided = report.standing[article].open == Some(0);
    let filter = CaseFilter { decided, ..cases(report, None, None, None, &[]) };
    show(report, filter, Some(id), more)
}
