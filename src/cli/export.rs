//! `jejak export`: sets as files that other software reads.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::{Ended, Ending, Output, VisibleStream, could_not, not_opened};
use super::recover::nothing_waits;
use crate::dataset::{
    self, DatasetFailure, DatasetSelection, DatasetTarget, Grouping, Plan, Split, SplitPart, Stage, Survey,
};
use crate::formats::{FORMATS, Format, Lost, Nested, OffsetUnit, Options, READ_ONLY, Tables, Tags, Zones, is_written};
use crate::model::{ArticleId, Name};
use crate::store;

/// Writes annotation sets in a format that other software reads
///
/// First says what the format cannot carry of this project, one line for each kind of thing with its count. Where content
/// is lost (annotations, roles, values, notes, who is meant) and --allow-loss does not allow it, nothing is written and the
/// exit code is 1; titles, where records came from, comments and their like are told of, and no more.
///
/// Where the gold set is written and something in it waits for a decision, it says how many records stand of how many,
/// and how many cases are open; so do the card and the list of files.
///
/// A folder also gets a card, README.md, with counts by label and part, agreement, guidelines and licence; and
/// manifest.json with the SHA-256 of every file, the state of the project and all options. The same project and options
/// give the same bytes. A folder or file appears whole or not at all.
///
/// --split deals the articles out to parts, by label as evenly as possible; articles that --group binds together never
/// come into different parts, whether one of its kinds binds them or a chain of several.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak export trips/ --format jejak-jsonl --out trips.jsonl
  jejak export trips/ --format brat --set gold --out brat/ --allow-loss
  jejak export trips/ --format hf --out data/ --split 80/10/10 --seed 7 --group trip,duplicate --licence CC-BY-4.0
  jejak export trips/ --format spacy --out data/ --state done --zones drop --labels person,place --allow-loss
  jejak export trips/ --format conll --tags bioes --out - --allow-loss=provenance,id | head
  jejak formats                            which formats there are")]
pub(super) struct Export {
    /// The project folder
    project: PathBuf,
    /// The format, as "jejak formats" names it
    #[arg(long, value_name = "FORMAT")]
    format: String,
    /// The set, by its annotator; several, parted by commas, where the format holds several; where none is named, the
    /// adjudicated one of the project: gold, unless jejak people says otherwise
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    set: Vec<String>,
    /// The new folder; a file with the format's extension, or "-" for stdout, where the format is one file
    #[arg(long, value_name = "DIR|FILE|-")]
    out: PathBuf,
    /// Allows the loss of what the format cannot carry: anything, or only these kinds of things
    #[arg(long, value_name = "KINDS", value_delimiter = ',', num_args = 0.., require_equals = true)]
    allow_loss: Option<Vec<String>>,
    /// Only these articles
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    articles: Vec<String>,
    /// Only articles that have come so far
    #[arg(long, value_enum, default_value = "any")]
    state: StateArg,
    /// Only articles whose title, publisher or id contain this
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    filter: String,
    /// Only annotations with these labels
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    labels: Vec<String>,
    /// Shares by which the articles are dealt out: 80/10/10 (train, dev, test), 80/20 (train, test) or train=8/dev=1/test=1
    #[arg(long, value_name = "SHARES")]
    split: Option<String>,
    /// The seed; another one deals them otherwise
    #[arg(long, value_name = "N", default_value_t = 0, requires = "split")]
    seed: u64,
    /// Kinds of articles that stay in one part
    #[arg(long, value_enum, value_delimiter = ',', requires = "split")]
    group: Vec<GroupArg>,
    /// The licence of the data, for the card
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    licence: String,
    /// Zones: marked as annotations, kept as text alone, or dropped with what is in them
    #[arg(long, value_enum, default_value = "mark")]
    zones: ZonesArg,
    /// The unit of offsets, where it should be another than the format prescribes
    #[arg(long, value_enum)]
    unit: Option<UnitArg>,
    /// The scheme of tags for the beginning and end of a mention (conll)
    #[arg(long, value_enum, default_value = "bio")]
    tags: TagsArg,
    /// Columns of a line (conll): 2, 3 or 4
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=4))]
    columns: u8,
    /// Mentions that overlap: which of them are written (conll)
    #[arg(long, value_enum, default_value = "outermost")]
    nested: NestedArg,
    /// Writes the rows as JSON Lines too, beside Parquet (hf)
    #[arg(long)]
    json_lines: bool,
    /// Writes what the files have, although edits wait in a journal
    #[arg(long)]
    as_on_disk: bool,
    /// Prints one JSON object: {"loss":{KIND:{"count","first"}…},"parts":[{"name","articles","annotations"}…],"unfinished":{"set","records","of","cases"},"written":true}
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum UnitArg {
    CodePoint,
    #[value(name = "utf-16")]
    Utf16,
    Byte,
}

impl From<UnitArg> for OffsetUnit {
    fn from(unit: UnitArg) -> Self {
        match unit {
            UnitArg::CodePoint => Self::CodePoint,
            UnitArg::Utf16 => Self::Utf16,
            UnitArg::Byte => Self::Byte,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StateArg {
    /// All of them
    Any,
    /// Everyone whose set is written has begun it
    Begun,
    /// Everyone whose set is written says that it is done
    Done,
    /// The gold set says that it is done
    Decided,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GroupArg {
    /// Those about the same trip, claim or other frame
    Trip,
    /// Near-duplicates
    Duplicate,
    /// Those of one publisher, or one host where none is known
    Source,
}

impl GroupArg {
    /// The kinds that were named.
    pub fn grouping(kinds: &[Self]) -> Grouping {
        Grouping {
            trip: kinds.contains(&Self::Trip),
            duplicate: kinds.contains(&Self::Duplicate),
            source: kinds.contains(&Self::Source),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TagsArg {
    Bio,
    Iob1,
    Bioes,
    Bilou,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum NestedArg {
    Outermost,
    Innermost,
    Columns,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ZonesArg {
    Mark,
    Keep,
    Drop,
}

/// The format of this name, or why there is none.
pub(super) fn format_named(name: &str) -> Result<&'static dyn Format, Ending> {
    let all = FORMATS.iter().chain(READ_ONLY);
    let names = || all.map(|format| format.info().name).collect::<Vec<_>>().join(", ");
    crate::formats::format(name)
        .ok_or_else(|| could_not(format!("there is no format \"{name}\"; there are {}", names())))
}

impl Export {
    pub fn run(self, output: &mut Output) -> Ended {
        let plan = self.plan()?;
        let card = plan.format.info();
        let to_stdout = self.goes_to_stdout();
        if to_stdout && card.file.is_none() {
            return Err(could_not(format!("{} is a folder of files and cannot go to stdout", card.name)));
        }
        let named = self.out.extension().is_some_and(|found| found.eq_ignore_ascii_case(card.extension));
        let whole_file = card.file.is_some() && (to_stdout || named);
        if whole_file && plan.split.is_some() {
            return Err(could_not("the parts of a split need a folder: --out DIR"));
        }
        if !self.as_on_disk {
            nothing_waits(&self.project, "--as-on-disk writes what the files have without them")?;
        }
        // Once to count, once to write: a project is never in memory as a whole.
        let survey = dataset::survey(&self.project, &plan, &mut |done, total| {
            output.progress("looking at", done, total);
            true
        });
        let survey = survey.map_err(|failure| self.failed(failure))?;
        for problem in &survey.problems {
            output.message(&problem.to_string());
        }
        let write = survey.is_allowed(&plan);
        if write {
            let target = match (whole_file, to_stdout) {
                (true, true) if std::io::stdout().is_terminal() => {
                    DatasetTarget::Stream(Box::new(VisibleStream::new(std::io::stdout())))
                }
                (true, true) => DatasetTarget::Stream(Box::new(std::io::stdout())),
                (true, false) => DatasetTarget::File(&self.out),
                (false, _) => DatasetTarget::Folder(&self.out),
            };
            let made = dataset::make(&self.project, &plan, &survey, target, &mut |done, total| {
                output.progress("writing", done, total);
                true
            });
            made.map_err(|failure| self.failed(failure))?;
        }
        self.report(output, &survey, write)?;
        Ok(!write || !survey.problems.is_empty())
    }

    fn plan(&self) -> Result<Plan, Ending> {
        let format = format_named(&self.format)?;
        if !is_written(format) {
            return Err(could_not(format!("{} is read only", format.info().name)));
        }
        let mut sets: Vec<Name> = self.set.iter().map(|name| name.as_str().into()).collect();
        if sets.is_empty() {
            let project = store::read_project(&self.project).map_err(|error| not_opened(&self.project, &error))?;
            sets.push(project.gold);
        }
        let mut plan = Plan::new(format, sets);
        plan.allowed = allowed(self.allow_loss.as_deref())?;
        let no_article = |id: &String| could_not(format!("{} has no article {id}", self.project.display()));
        let ids = self.articles.iter().map(|id| ArticleId::new(id).ok_or_else(|| no_article(id)));
        plan.choice = DatasetSelection {
            articles: ids.collect::<Result<_, _>>()?,
            stage: match self.state {
                StateArg::Any => Stage::Any,
                StateArg::Begun => Stage::Begun,
                StateArg::Done => Stage::Done,
                StateArg::Decided => Stage::Decided,
            },
            filter: self.filter.clone(),
            labels: self.labels.iter().map(|label| label.as_str().into()).collect(),
        };
        plan.zones = match self.zones {
            ZonesArg::Mark => Zones::Mark,
            ZonesArg::Keep => Zones::Keep,
            ZonesArg::Drop => Zones::Drop,
        };
        plan.options = Options {
            unit: self.unit.map(OffsetUnit::from),
            tags: match self.tags {
                TagsArg::Bio => Tags::Bio,
                TagsArg::Iob1 => Tags::Iob1,
                TagsArg::Bioes => Tags::Bioes,
                TagsArg::Bilou => Tags::Bilou,
            },
            columns: self.columns,
            nested: match self.nested {
                NestedArg::Outermost => Nested::Outermost,
                NestedArg::Innermost => Nested::Innermost,
                NestedArg::Columns => Nested::Columns,
            },
            tables: if self.json_lines { Tables::ParquetAndJsonLines } else { Tables::Parquet },
        };
        plan.split = match &self.split {
            Some(shares) => Some(Split {
                shares: Split::shares(shares).map_err(could_not)?,
                seed: self.seed,
                group: GroupArg::grouping(&self.group),
            }),
            None => None,
        };
        plan.licence.clone_from(&self.licence);
        Ok(plan)
    }

    fn failed(&self, failure: DatasetFailure) -> Ending {
        match failure {
            DatasetFailure::Unwritten { why, .. } if why.kind() == std::io::ErrorKind::BrokenPipe => Ending::Unheard,
            DatasetFailure::Unopened(error) => not_opened(&self.project, &error),
            other => could_not(other),
        }
    }

    fn goes_to_stdout(&self) -> bool {
        self.out.as_os_str() == "-"
    }

    fn report(&self, output: &mut Output, survey: &Survey, written: bool) -> Result<(), Ending> {
        let loss = &survey.loss;
        if self.json && !self.goes_to_stdout() {
            let counts: serde_json::Map<String, serde_json::Value> = (loss.counts().iter())
                .map(|(what, count)| (what.name().to_owned(), serde_json::json!(count)))
                .collect();
            let part = |part: &SplitPart| {
                let SplitPart { name, articles, labels, .. } = part;
                serde_json::json!({"name": name, "articles": articles.len(), "annotations": labels})
            };
            let parts: Vec<serde_json::Value> = survey.parts.iter().map(part).collect();
            let mut told = serde_json::json!({"loss": counts, "parts": parts});
            if let Some(unfinished) = &survey.unfinished {
                told["unfinished"] = serde_json::json!(unfinished);
            }
            told["written"] = written.into();
            output.json_line(&told)?;
        } else {
            for sentence in loss.sentences() {
                output.message(&sentence);
            }
            for SplitPart { name, articles, labels, .. } in survey.parts.iter().filter(|part| !part.name.is_empty()) {
                let annotations: u64 = labels.values().sum();
                output.message(&format!("{name}: {} articles, {annotations} annotations", articles.len()));
            }
        }
        if let Some(unfinished) = &survey.unfinished {
            let hint = match self.state {
                StateArg::Decided => "",
                StateArg::Any | StateArg::Begun | StateArg::Done => {
                    "; --state decided takes the decided articles alone"
                }
            };
            output.message(&format!("{unfinished}{hint}"));
        }
        if !written {
            output.message("nothing was written; --allow-loss writes what can be carried");
        }
        Ok(())
    }
}

/// The kinds of loss that are allowed; all where the option names none.
fn allowed(option: Option<&[String]>) -> Result<Vec<Lost>, Ending> {
    match option {
        None => Ok(Vec::new()),
        Some([]) => Ok(Lost::ALL.to_vec()),
        Some(names) => names
            .iter()
            .map(|name| {
                let found = Lost::ALL.into_iter().find(|what| what.name() == name);
                let all = || Lost::ALL.map(Lost::name).join(", ");
                found.ok_or_else(|| could_not(format!("\"{name}\" is not a kind of loss; there are {}", all())))
            })
            .collect(),
    }
}
