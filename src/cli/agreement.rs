//! `jejak agreement` and `jejak evaluate`: how well annotators agree, and how well predictions do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::compare::known;
use super::output::{Ended, Ending, Output, not_opened};
use crate::agreement::bootstrap::interval;
use crate::agreement::spans::Scheme;
use crate::agreement::{Figure, Prf, Undefined};
use crate::model::Name;
use crate::review::{Common, measure};
use crate::store;

/// Resamples of articles for each interval, and the seed that makes them the same every time.
const RESAMPLES: usize = 1_000;
const SEED: u64 = 1;

/// Measure how well annotators agree
///
/// Mentions: F1 of the same extent and label (strict), of the same extent (exact), with half a point for overlap
/// (partial), of overlap with the same label (type): SemEval-2013 task 9.1. Words: Cohen's kappa and Krippendorff's alpha
/// (nominal). Trips, claims and other frames: F1 of those that are aligned, then of each role and attribute of them.
/// Identity within articles: CoNLL F1. Each over the articles that both have begun, with the 95 % interval of a bootstrap
/// over articles.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak agreement trips/
  jejak agreement trips/ --sets a,b,c --by pair
  jejak agreement trips/ --by label --json")]
pub(super) struct Agreement {
    /// The project folder
    project: PathBuf,
    /// Whose sets; everybody's but the gold one's where none are named
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// What the figures are split by
    #[arg(long)]
    by: Option<By>,
    /// Print one JSON object for each figure
    #[arg(long)]
    json: bool,
}

/// Score predictions against gold
///
/// The figures of jejak agreement, with precision and recall.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak evaluate trips/ --gold gold --pred model
  jejak evaluate trips/ --pred model --json")]
pub(super) struct Evaluate {
    /// The project folder
    project: PathBuf,
    /// Whose set is right
    #[arg(long, default_value = "gold")]
    gold: String,
    /// Whose set is scored
    #[arg(long)]
    pred: String,
    /// Print one JSON object for each figure
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Mentions by label
    Label,
    /// One article at a time
    Article,
    /// Two annotators at a time
    Pair,
}

impl Agreement {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let mut names: Vec<Name> = self.sets.iter().map(|name| Name::new(name)).collect();
        if names.is_empty() {
            names = scan.annotators().iter().filter(|name| **name != *"gold").cloned().collect();
        }
        known(&self.project, scan.annotators(), &names)?;
        if names.len() < 2 {
            return Err(Ending::CouldNot(format!("{}: agreement needs two annotators", self.project.display())));
        }
        let mut pairs = Vec::new();
        for (at, first) in names.iter().enumerate() {
            pairs.extend(names[at + 1..].iter().map(|second| (first.clone(), second.clone())));
        }
        drop(scan);
        let measured = measure_all(output, &self.project, &pairs)?;
        let mut groups: BTreeMap<String, Vec<&Common>> = BTreeMap::new();
        for (article, pair, common) in &measured {
            let of = match self.by {
                Some(By::Article) => article.clone(),
                Some(By::Pair) => format!("{} {}", pairs[*pair].0, pairs[*pair].1),
                Some(By::Label) | None => "all".to_owned(),
            };
            groups.entry(of).or_default().push(common);
        }
        for (of, commons) in groups {
            let commons: Vec<Common> = commons.into_iter().cloned().collect();
            if self.by == Some(By::Label) {
                let mut labels: Vec<&Name> = commons.iter().flat_map(|common| common.by_label.keys()).collect();
                labels.sort();
                labels.dedup();
                for label in labels {
                    for (name, scheme) in SCHEMES {
                        let sums =
                            |common: &Common| common.by_label.get(label).map_or(Prf::default(), |it| it[scheme].prf());
                        tell(output, self.json, label, &score(name, &commons, sums))?;
                    }
                }
                continue;
            }
            for line in figures(&commons) {
                tell(output, self.json, &of, &line)?;
            }
        }
        Ok(false)
    }
}

impl Evaluate {
    pub fn run(self, output: &mut Output) -> Ended {
        let pair = (Name::new(&self.gold), Name::new(&self.pred));
        let measured = measure_all(output, &self.project, &[pair])?;
        let commons: Vec<Common> = measured.into_iter().map(|(_, _, common)| common).collect();
        for line in figures(&commons) {
            tell(output, self.json, &self.pred, &line)?;
        }
        Ok(false)
    }
}

/// Article, index of the pair, and what the two have in common there.
type Measured = Vec<(String, usize, Common)>;

fn measure_all(output: &mut Output, project: &Path, pairs: &[(Name, Name)]) -> Result<Measured, Ending> {
    let scan = store::scan(project).map_err(|error| not_opened(project, &error))?;
    for (first, second) in pairs {
        known(project, scan.annotators(), &[first.clone(), second.clone()])?;
    }
    let total = scan.corpus().articles().len();
    let schema = scan.corpus().schema.clone();
    let mut measured = Vec::new();
    for (done, scanned) in scan.enumerate() {
        output.progress("measuring", done, total);
        let Some(text) = &scanned.text else { continue };
        let set = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).map(|set| &set.set);
        for (index, (first, second)) in pairs.iter().enumerate() {
            if let (Some(first), Some(second)) = (set(first), set(second)) {
                let common = measure(&schema, text, first, second);
                measured.push((scanned.article.id.to_string(), index, common));
            }
        }
    }
    Ok(measured)
}

const SCHEMES: [(&str, Scheme); 4] = [
    ("mentions strict", Scheme::Strict),
    ("mentions exact", Scheme::Exact),
    ("mentions partial", Scheme::Partial),
    ("mentions type", Scheme::Type),
];

/// One figure as it is printed.
#[derive(Debug, Serialize)]
struct Line {
    figure: String,
    /// Rests on so many items of the first annotator: mentions, words, frames, fillers.
    items: usize,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undefined: Option<String>,
}

fn figures(commons: &[Common]) -> Vec<Line> {
    let mut lines: Vec<Line> =
        SCHEMES.iter().map(|&(name, scheme)| score(name, commons, |common| common.spans[scheme].prf())).collect();
    lines.push(coefficient("words kappa", commons, |common| common.words.0.cohen_kappa()));
    lines.push(coefficient("words alpha", commons, |common| common.words.0.alpha()));
    lines.push(score("frames", commons, |common| common.frames));
    let names = |of: fn(&Common) -> &BTreeMap<Name, Prf>| {
        let mut names: Vec<Name> = commons.iter().flat_map(|common| of(common).keys().cloned()).collect();
        names.sort();
        names.dedup();
        names
    };
    for name in names(|common| &common.roles) {
        let sums = |common: &Common| common.roles.get(&name).copied().unwrap_or_default();
        lines.push(score(&format!("role {name}"), commons, sums));
    }
    for name in names(|common| &common.attributes) {
        let sums = |common: &Common| common.attributes.get(&name).copied().unwrap_or_default();
        lines.push(score(&format!("attribute {name}"), commons, sums));
    }
    lines.push(coefficient("identity conll", commons, |common| {
        let items = common.identity.b_cubed.gold as usize;
        common.identity.conll().map(|value| Figure { value, items })
    }));
    lines
}

/// Precision, recall and F1.
fn score(name: &str, commons: &[Common], sums: impl Fn(&Common) -> Prf) -> Line {
    let each: Vec<Prf> = commons.iter().map(sums).collect();
    let mut all = Prf::default();
    each.iter().for_each(|sums| all += sums);
    let range = interval(&each, RESAMPLES, SEED, Prf::f1).ok();
    Line {
        figure: name.to_owned(),
        items: all.gold as usize,
        value: all.f1().ok(),
        low: range.map(|range| range.low),
        high: range.map(|range| range.high),
        precision: all.precision().ok(),
        recall: all.recall().ok(),
        undefined: all.f1().err().map(|why| why.to_string()),
    }
}

fn coefficient(name: &str, commons: &[Common], figure: impl Fn(&Common) -> Result<Figure, Undefined>) -> Line {
    let mut all = Common::default();
    commons.iter().for_each(|common| all += common);
    let value = figure(&all);
    let range = interval(commons, RESAMPLES, SEED, |common| figure(common).map(|figure| figure.value)).ok();
    Line {
        figure: name.to_owned(),
        items: value.map_or(0, |figure| figure.items),
        value: value.ok().map(|figure| figure.value),
        low: range.map(|range| range.low),
        high: range.map(|range| range.high),
        precision: None,
        recall: None,
        undefined: value.err().map(|why| why.to_string()),
    }
}

fn tell(output: &mut Output, json: bool, of: &str, line: &Line) -> Result<(), Ending> {
    if json {
        #[derive(Serialize)]
        struct Named<'a> {
            of: &'a str,
            #[serde(flatten)]
            line: &'a Line,
        }
        output.json(&Named { of, line })?;
        return output.raw("\n");
    }
    let Line { figure, items, value, low, high, precision, recall, undefined } = line;
    let Some(value) = value else {
        return output.line(&format!("{of}: {figure}: undefined, {}", undefined.as_deref().unwrap_or_default()));
    };
    let range = match (low, high) {
        (Some(low), Some(high)) => format!(" [{low:.3}, {high:.3}]"),
        _ => String::new(),
    };
    let sides = match (precision, recall) {
        (Some(precision), Some(recall)) => format!(" (P {precision:.3}, R {recall:.3})"),
        _ => String::new(),
    };
    output.line(&format!("{of}: {figure}: {value:.3}{range}{sides}, {items} items"))
}
