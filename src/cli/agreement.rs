//! `jejak agreement` and `jejak evaluate`: how well annotators agree, and how well predictions do.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::compare::{chosen, known};
use super::errors::{self, ErrorKind};
use super::export::{GroupArg, format_named};
use super::habits::{self, called};
use super::output::{Ended, Ending, Output, could_not, not_opened};
use super::recover::tell_waiting;
use crate::agreement::Undefined;
use crate::dataset::{self, Plan, Split, SplitPart};
use crate::figures::{
    ArticlesOf, Began, Detail, Figure, GAMMA_TIME, Reason, Report, ReportRequest, Scope, ScoredArticles, Spread,
    Summary, ZoneText, boundaries_csv, confusion_csv, figures_csv, matrix_csv, measure_project, standing_csv, time_csv,
};
use crate::model::{ArticleId, Corpus, Name};
use crate::say;
use crate::store::Loader;

/// Measures the agreement of annotators
///
/// Mentions: precision, recall and F1 strict, exact, partial and type. Words: Cohen's and Fleiss' kappa, Krippendorff's
/// alpha. Stretches of text: unitizing alpha, gamma and gamma cat. Trips, claims and other frames: F1 of those that are
/// paired, of each role, kappa of each attribute, of mentions and statements about articles too, weighted where the schema
/// says that its values are ordered. Zones and the words in them. Identity within and across articles: MUC, B3, CEAFe, LEA, CoNLL.
/// Confusion of labels, differences of boundaries, reliability of each annotator (Dawid and Skene). Each figure
/// has its definition and source (--json, --csv), the number of items, and from five articles on its 95 % interval
/// over articles (1,000 seeded drawings, expanded percentiles; for identity across articles the jackknife); where it is
/// undefined, the reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak agreement trips/
  jejak agreement trips/ --sets a,b,c --by pair
  jejak agreement trips/ --by label --json
  jejak agreement trips/ --out figures/")]
pub(super) struct AgreementCommand {
    /// The project folder
    project: PathBuf,
    /// Annotators; where none are named, those that the project compares: all persons, unless jejak people says otherwise
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// The parts for which figures are told one by one
    #[arg(long)]
    by: Option<By>,
    #[command(flatten)]
    telling: Telling,
}

/// Scores predictions against gold
///
/// The figures of jejak agreement, with gold on one side, and those that the literature on events and templates uses:
/// triggers and arguments found and classified, role fillers (CEAF-REE) and templates (CEAF-RME).
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak evaluate trips/ --gold gold --pred model
  jejak evaluate trips/ --pred model --by label
  jejak evaluate trips/ --pred old,new
  jejak evaluate trips/ --pred model --split 80/10/10 --seed 7
  jejak evaluate trips/ --pred model --errors missing,spurious
  jejak evaluate trips/ --pred model --json")]
pub(super) struct Evaluate {
    /// The project folder
    project: PathBuf,
    /// The set that is right; where none is named, the one that receives decisions in this project
    #[arg(long, value_name = "NAME")]
    gold: Option<String>,
    /// The set that is scored; of several, each is, and every two are compared: difference, its interval, and p by approximate
    /// randomisation
    #[arg(long, value_delimiter = ',', required = true)]
    pred: Vec<String>,
    /// Tells the figures of each part of this split, as jejak export deals the articles of gold out: 80/10/10, 80/20 or
    /// train=8/dev=1/test=1
    #[arg(long, value_name = "SHARES", conflicts_with = "by")]
    split: Option<String>,
    /// The seed of the split
    #[arg(long, value_name = "N", default_value_t = 0, requires = "split")]
    seed: u64,
    /// Kinds of articles that stay in one part
    #[arg(long, value_enum, value_delimiter = ',', requires = "split")]
    group: Vec<GroupArg>,
    /// The articles that are scored: those that have gold, those that have predictions, or those that have both. What is not
    /// there counts as empty; gold is there where it marks something or is done
    #[arg(long, value_enum, default_value = "gold")]
    articles_of: ArticlesOfArg,
    /// Lists what the figures count as wrong in place of them, kind by kind: the article, the place in code points, and what
    /// each side has there. Kinds narrow it down
    #[arg(long, value_parser = ErrorKind::parser(), value_name = "KINDS", value_delimiter = ',', num_args = 0..=1,
        default_missing_value = "all",
        conflicts_with_all = ["split", "by", "csv", "out", "all"])]
    errors: Vec<ErrorKind>,
    /// The parts for which figures are told one by one
    #[arg(long)]
    by: Option<By>,
    #[command(flatten)]
    telling: Telling,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ArticlesOfArg {
    Gold,
    Pred,
    Both,
}

#[derive(Debug, Args)]
struct Telling {
    /// The time that gamma may take after all the rest; 0 leaves it out. What is not done by then is counted
    #[arg(long, value_name = "SECONDS", default_value_t = GAMMA_TIME.as_secs())]
    gamma: u64,
    /// Leaves out gamma, as --gamma 0
    #[arg(long, conflicts_with = "gamma")]
    quick: bool,
    /// Text in zones: keep counts it like any other; drop leaves it out of all figures but those of zones, with the
    /// mentions, trips and claims that stand in it alone. Zones are those of anybody who is compared; where predictions
    /// are scored, those of gold
    #[arg(long, value_enum, default_value = "keep")]
    zones: ZonesArg,
    /// Tells the chance level of trips, claims and other frames, too: their F1 where the second annotator's are put together at
    /// random within each article. It takes many times as long as the other figures
    #[arg(long)]
    chance: bool,
    /// Tells all that there is to tell: AC1, positive and negative specific agreement; mean and deviation of each figure over
    /// articles, pairs and labels; labels that an annotator uses more or less than the others; labels given where another is
    /// probably true; competence by MACE
    #[arg(long)]
    all: bool,
    /// Prints one JSON object for each figure
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Prints the figures as CSV
    #[arg(long)]
    csv: bool,
    /// Writes CSV files into this folder instead: figures, matrices, confusion, boundaries, progress, and what was done on
    /// which day
    #[arg(long, value_name = "DIR", conflicts_with_all = ["csv", "json"])]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ZonesArg {
    Keep,
    Drop,
}

impl From<ZonesArg> for ZoneText {
    fn from(zones: ZonesArg) -> Self {
        match zones {
            ZonesArg::Keep => Self::Counts,
            ZonesArg::Drop => Self::LeftOut,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// One label at a time
    Label,
    /// One article at a time
    Article,
    /// Two annotators at a time
    Pair,
    /// The articles that were last worked on on one day, in UTC
    Day,
    /// The articles that were worked on with suggestions, and those that came without
    Assistance,
}

impl AgreementCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let (corpus, loader) = Loader::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let names = chosen(&self.project, &corpus.project, &loader.makers(), &self.sets)?;
        if names.len() < 2 {
            return Err(Ending::CouldNot(format!("{}: agreement needs two annotators", self.project.display())));
        }
        // Open differences are told in one of the tables alone, and take as long as a good part of the figures.
        let gold = self.telling.out.is_some().then(|| corpus.project.gold.clone());
        let request = ReportRequest { annotators: names, gold, ..self.telling.request() };
        let waiting = tell_waiting(output, &self.project)?;
        let report = measured(output, &self.project, &request)?;
        if self.by == Some(By::Assistance) {
            self.telling.tell_assistance(output, &report, (&corpus, &loader))?;
            return Ok(!report.unread.is_empty() || waiting);
        }
        Ok(self.telling.tell(output, &report, self.by)? || waiting)
    }
}

impl Evaluate {
    pub fn run(self, output: &mut Output) -> Ended {
        let (corpus, loader) = Loader::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let gold = self.gold.as_deref().map_or_else(|| corpus.project.gold.clone(), Name::new);
        let annotators: Vec<Name> = std::iter::once(gold).chain(self.pred.iter().map(|name| Name::new(name))).collect();
        if (2..annotators.len()).any(|at| annotators[1..at].contains(&annotators[at])) {
            return Err(could_not("a set is named twice"));
        }
        known(&self.project, &loader.makers(), &annotators)?;
        let articles_of = match self.articles_of {
            ArticlesOfArg::Gold => ArticlesOf::Gold,
            ArticlesOfArg::Pred => ArticlesOf::Predictions,
            ArticlesOfArg::Both => ArticlesOf::Both,
        };
        if !self.errors.is_empty() {
            let waiting = tell_waiting(output, &self.project)?;
            let told = [self.telling.json, waiting];
            return errors::list(
                output,
                &self.project,
                told,
                (&annotators[0], &annotators[1..]),
                (articles_of, self.telling.zones.into(), &self.errors),
            );
        }
        let request = ReportRequest { annotators, evaluation: true, articles_of, ..self.telling.request() };
        let waiting = tell_waiting(output, &self.project)?;
        let report = measured(output, &self.project, &request)?;
        for (pair, &(_, pred)) in report.pairs.iter().enumerate() {
            let ScoredArticles { gold, predicted, scored } = report.scored(pair);
            let whose = if report.pairs.len() > 1 { format!("{}: ", report.annotators[pred]) } else { String::new() };
            output.message(&format!("{whose}gold in {gold} articles, predicted in {predicted}, scored {scored}"));
        }
        let began = Began::of(&corpus, &loader, &report.annotators[0], &corpus.project.compared(&loader.makers()));
        for sentence in began.sentences(&report.annotators[0]) {
            output.message(&sentence.to_string());
        }
        if self.by == Some(By::Assistance) {
            self.telling.tell_assistance(output, &report, (&corpus, &loader))?;
            return Ok(!report.unread.is_empty() || waiting);
        }
        if let Some(shares) = &self.split {
            for (name, articles) in self.parts(shares, &report)? {
                let part = report.part(&articles);
                output.message(&format!("{name}: {} articles", articles.len()));
                self.telling.tell_part(output, &part, &name)?;
                versus(output, self.telling.json, &part, Some(&name))?;
            }
            return Ok(!report.unread.is_empty() || waiting);
        }
        let problems = self.telling.tell(output, &report, self.by)?;
        if self.telling.out.is_none() && !self.telling.csv {
            versus(output, self.telling.json, &report, None)?;
        }
        Ok(problems || waiting)
    }

    /// The articles of each part of a split, by their places in the report.
    fn parts(&self, shares: &str, report: &Report) -> Result<Vec<(String, Vec<usize>)>, Ending> {
        let format = format_named("jejak-jsonl")?;
        let mut plan = Plan::new(format, vec![report.annotators[0].clone()]);
        let grouping = GroupArg::grouping(&self.group);
        plan.split =
            Some(Split { shares: Split::shares(shares).map_err(could_not)?, seed: self.seed, group: grouping });
        let survey = dataset::survey(self.project.as_path(), &plan, &mut |_, _| true).map_err(could_not)?;
        let place = |id: &ArticleId| report.standing.iter().position(|standing| standing.article == *id);
        let part = |part: SplitPart| (part.name, part.articles.iter().filter_map(|(id, _)| place(id)).collect());
        Ok(survey.parts.into_iter().map(part).collect())
    }
}

/// Measures, with progress; says what could not be read.
pub(super) fn measured(output: &mut Output, project: &Path, request: &ReportRequest) -> Result<Report, Ending> {
    let mut progress = |done: usize, total: usize| {
        output.progress("measuring", done, total);
        true
    };
    let report = measure_project(project, request, &mut progress).map_err(|error| not_opened(project, &error))?;
    let report = report.expect("nobody stops it");
    if report.zones == ZoneText::LeftOut {
        output.message("text in zones does not count");
    }
    for sentence in &report.unread {
        output.message(&format!("{}: {sentence}", project.display()));
    }
    Ok(report)
}

impl Telling {
    fn request(&self) -> ReportRequest {
        let gamma = (!self.quick && self.gamma > 0).then(|| Duration::from_secs(self.gamma));
        ReportRequest { gamma, zones: self.zones.into(), chance: self.chance, ..ReportRequest::default() }
    }

    /// Tells the figures of some of the articles.
    fn tell_part(&self, output: &mut Output, part: &Report, name: &str) -> Result<(), Ending> {
        let pairs = part.pairs.len();
        let scopes: Vec<Scope> = match part.evaluation && pairs > 1 {
            true => (0..pairs).map(|pair| Scope { pair: Some(pair), article: None }).collect(),
            false => vec![Scope::default()],
        };
        let mut told: Vec<(String, Figure)> = Vec::new();
        for scope in scopes {
            let of = match scope.pair {
                Some(_) => format!("{name} {}", part.name_of(scope)),
                None => name.to_owned(),
            };
            told.extend(part.figures(scope, Detail::Whole, true).into_iter().map(|figure| (of.clone(), figure)));
        }
        if self.csv {
            return output.table(&figures_csv(told.iter().map(|(of, figure)| (of.as_str(), figure))));
        }
        for (of, figure) in &told {
            tell(output, self.json, of, figure, None)?;
        }
        Ok(())
    }

    /// Tells the figures of articles that were worked on with suggestions, and of those that were not.
    fn tell_assistance(
        &self,
        output: &mut Output,
        report: &Report,
        (corpus, loader): (&Corpus, &Loader),
    ) -> Result<(), Ending> {
        let runs = loader.runs(corpus);
        for (name, articles) in ["with-suggestions", "without"].into_iter().zip(report.by_assistance(&runs)) {
            output.message(&format!("{name}: {} articles", articles.len()));
            if !articles.is_empty() {
                self.tell_part(output, &report.part(&articles), name)?;
            }
        }
        Ok(())
    }

    fn tell(&self, output: &mut Output, report: &Report, by: Option<By>) -> Ended {
        if by == Some(By::Day) {
            for (day, articles) in report.days() {
                self.tell_part(output, &report.part(&articles), &day)?;
            }
            return Ok(!report.unread.is_empty());
        }
        let pairs = (0..report.pairs.len()).map(|pair| Scope { pair: Some(pair), article: None });
        let several = report.evaluation && report.pairs.len() > 1;
        let articles = report.standing.iter().enumerate();
        let begun = articles.filter(|(_, standing)| standing.sets.iter().flatten().count() >= 2);
        let scopes: Vec<Scope> = match by {
            Some(By::Article) => begun.map(|(at, _)| Scope { pair: None, article: Some(at) }).collect(),
            Some(By::Pair) => pairs.collect(),
            Some(By::Label | By::Day | By::Assistance) | None if several => pairs.collect(),
            Some(By::Label | By::Day | By::Assistance) | None => vec![Scope::default()],
        };
        let detail = if by == Some(By::Label) { Detail::Labels } else { Detail::Whole };
        let mut told: Vec<(String, Figure)> = Vec::new();
        for (done, scope) in scopes.iter().enumerate() {
            output.progress("counting", done, scopes.len());
            let of = report.name_of(*scope);
            let mut figures = report.figures(*scope, detail, true);
            if self.all {
                figures.extend(report.more_figures(*scope, detail, true));
            }
            told.extend(figures.into_iter().map(|figure| (of.clone(), figure)));
        }
        let table = || figures_csv(told.iter().map(|(of, figure)| (of.as_str(), figure)));
        if let Some(folder) = &self.out {
            return write(folder, report, &table());
        }
        if self.csv {
            output.table(&table())?;
            return Ok(!report.unread.is_empty());
        }
        let of_scope = |of: &str| scopes.iter().find(|scope| report.name_of(**scope) == of).copied();
        for (of, figure) in &told {
            let scope = of_scope(of).filter(|_| self.all);
            let spread = scope.and_then(|scope| report.spread(scope, figure));
            tell(output, self.json, of, figure, spread)?;
        }
        if by.is_none() && !several {
            tell_more(output, self.json, report)?;
            if self.all && !report.evaluation {
                habits::tell(output, self.json, report)?;
            }
        }
        Ok(!report.unread.is_empty())
    }
}

/// Tells how far every two models that were scored on the same articles are apart.
fn versus(output: &mut Output, json: bool, report: &Report, part: Option<&str>) -> Result<(), Ending> {
    for (first, &(_, one)) in report.pairs.iter().enumerate() {
        for (second, &(_, other)) in report.pairs.iter().enumerate().skip(first + 1) {
            let [one, other] = [one, other].map(|at| &report.annotators[at]);
            for found in report.versus(first, second) {
                let (difference, interval) = (found.difference(), found.interval.ok());
                let (name, articles, p) = (found.name, found.articles, found.p);
                if json {
                    output.json_line(&serde_json::json!({
                        "of": part.unwrap_or("all"), "compared": [&**one, &**other], "figure": name,
                        "first": found.values[0], "second": found.values[1], "difference": difference,
                        "low": interval.map(|it| it.low), "high": interval.map(|it| it.high), "p": p, "articles": articles,
                    }))?;
                    continue;
                }
                let range = match found.interval {
                    Ok(it) => format!(" [{:+.3}, {:+.3} over {} articles]", it.low, it.high, it.articles),
                    Err(why) => format!(" (no interval: {why})"),
                };
                let [a, b] = found.values;
                let of = part.map_or(String::new(), |part| format!("{part}: "));
                output.line(&format!(
                    "{of}{other} less {one}: {name}: {difference:+.3}{range}, p {p:.4} ({b:.3}, {a:.3}), {articles} articles"
                ))?;
            }
        }
    }
    Ok(())
}

/// Writes every table into a folder.
fn write(folder: &Path, report: &Report, figures: &str) -> Ended {
    let matrices = report.matrices();
    let all = |(family, values): (&&str, &Vec<_>)| matrix_csv(report, family, values);
    let matrices: Vec<String> = matrices.iter().map(all).collect();
    let tables = [
        ("figures.csv", figures.to_owned()),
        ("matrices.csv", matrices.join("\n")),
        ("confusion.csv", confusion_csv(&report.confusion(Scope::default()))),
        ("boundaries.csv", boundaries_csv(&report.boundaries(Scope::default()))),
        ("progress.csv", standing_csv(report)),
        ("time.csv", time_csv(report)),
    ];
    for (name, table) in tables {
        let path = folder.join(name);
        let could_not =
            |why: std::io::Error| Ending::CouldNot(format!("{} cannot be written: {}", path.display(), say::io(&why)));
        std::fs::create_dir_all(folder).map_err(could_not)?;
        crate::store::atomic::write(&path, table.as_bytes()).map_err(could_not)?;
    }
    Ok(!report.unread.is_empty())
}

/// One figure as JSON.
#[derive(Debug, Serialize)]
struct FigureLine<'a> {
    of: &'a str,
    figure: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    slot: &'a str,
    items: usize,
    counted: &'a str,
    /// Articles that it rests on, and those that were left out.
    articles: usize,
    left_out: usize,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    /// Articles that have anything of it, which the interval rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    interval_articles: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<f64>,
    /// The reason why there is no value, or no interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    undefined: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_interval: Option<String>,
    /// The parts of it that are not whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    shortfall: Option<String>,
    /// Mean and deviation over articles, pairs of annotators and labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_articles: Option<SummaryLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_pairs: Option<SummaryLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    over_labels: Option<SummaryLine>,
    definition: &'a str,
    source: &'a str,
}

/// A mean of values of a figure.
#[derive(Debug, Serialize)]
struct SummaryLine {
    mean: f64,
    sd: f64,
    count: usize,
}

impl SummaryLine {
    fn of(summary: Summary) -> Self {
        Self { mean: summary.mean, sd: summary.deviation, count: summary.count }
    }
}

fn tell(output: &mut Output, json: bool, of: &str, figure: &Figure, spread: Option<Spread>) -> Result<(), Ending> {
    let interval = figure.interval.ok();
    let spread = spread.unwrap_or_default();
    if json {
        return output.json_line(&FigureLine {
            of,
            figure: &figure.name,
            label: &figure.label,
            slot: &figure.slot,
            items: figure.items,
            counted: figure.counted.english(),
            articles: figure.articles,
            left_out: figure.left_out,
            value: figure.value.ok(),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            interval_articles: interval.map(|interval| interval.articles),
            precision: figure.sides.map(|sides| sides.0),
            recall: figure.sides.map(|sides| sides.1),
            undefined: figure.value.err().map(|why| why.to_string()),
            no_interval: figure.value.ok().and(figure.interval.err()).map(|why| why.to_string()),
            shortfall: figure.shortfall.map(|shortfall| shortfall.to_string()),
            over_articles: spread.articles.map(SummaryLine::of),
            over_pairs: spread.pairs.map(SummaryLine::of),
            over_labels: spread.labels.map(SummaryLine::of),
            definition: figure.definition.english(),
            source: figure.source,
        });
    }
    let name = &figure.name;
    let value = match figure.value {
        Ok(value) => value,
        Err(Reason::NotPredicted) => return output.line(&format!("{of}: {name}: not predicted")),
        Err(why) => return output.line(&format!("{of}: {name}: undefined, {why}")),
    };
    let range = interval.map_or(String::new(), |interval| {
        format!(" [{:.3}, {:.3} over {} articles]", interval.low, interval.high, interval.articles)
    });
    let sides = figure.sides.map_or(String::new(), |(precision, recall)| format!(" (P {precision:.3}, R {recall:.3})"));
    let mut shortfall = figure.shortfall.map_or(String::new(), |shortfall| format!("; {shortfall}"));
    if let Err(why @ Reason::Data(Undefined::FewArticles)) = figure.interval {
        let _ = write!(shortfall, "; no interval: {why}");
    }
    let (items, counted, articles) = (figure.items, figure.counted.english(), figure.articles);
    let of_all = match figure.left_out {
        0 => String::new(),
        _ => format!(" of {}", articles + figure.left_out),
    };
    let rests = match counted {
        "articles" => format!("{items} articles"),
        _ if articles == 1 && of_all.is_empty() => format!("{items} {counted} in 1 article"),
        _ => format!("{items} {counted} in {articles}{of_all} articles"),
    };
    output.line(&format!("{of}: {name}: {value:.3}{range}{sides}, {rests}{shortfall}"))?;
    let over = [("articles", spread.articles), ("pairs", spread.pairs), ("labels", spread.labels)];
    for (what, summary) in over {
        if let Some(Summary { mean, deviation, count }) = summary {
            output.line(&format!("{of}: {name}: mean {mean:.3}, SD {deviation:.3} over {count} {what}"))?;
        }
    }
    Ok(())
}

/// The most frequent words at boundaries that are told.
const MOST_EDGES: usize = 10;

/// Details behind the figures: confusion between labels, boundaries that differ, reliability.
fn tell_more(output: &mut Output, json: bool, report: &Report) -> Result<(), Ending> {
    let confusion = report.confusion(Scope::default());
    for (a, counts) in confusion.labels.iter().zip(&confusion.counts) {
        for (b, &count) in confusion.labels.iter().zip(counts).filter(|(b, count)| *b != a && **count > 0.0) {
            let value = serde_json::json!({"of": "all", "confusion": [&**a, &**b], "count": count});
            let (a, b) = (called(a), called(b));
            output.result(json, &value, &format!("all: confusion: {a}, {b}: {count} times"))?;
        }
    }
    for edge in report.boundaries(Scope::default()).edges.iter().take(MOST_EDGES) {
        let place = if edge.at_start { "start" } else { "end" };
        let (first, second, words) = (edge.first, edge.second, &edge.words);
        let value = serde_json::json!({
            "of": "all", "boundary": place, "words": words, "first": first, "second": second,
        });
        let told = format!("all: {place} boundary: \"{words}\" in {first} times by the first, {second} by the second");
        output.result(json, &value, &told)?;
    }
    if report.evaluation {
        return Ok(());
    }
    match report.reliability() {
        Err(why) => {
            let value = serde_json::json!({"of": "all", "reliability": null, "undefined": why.to_string()});
            output.result(json, &value, &format!("all: reliability: undefined, {why}"))
        }
        Ok(reliability) => {
            for (name, accuracy) in report.annotators.iter().zip(&reliability.accuracy) {
                let items = reliability.items;
                let value = serde_json::json!({
                    "of": "all", "reliability": &**name, "value": accuracy, "items": items,
                });
                let words = format!("all: reliability {name}: {accuracy:.3}, {items} annotations");
                output.result(json, &value, &words)?;
            }
            Ok(())
        }
    }
}
