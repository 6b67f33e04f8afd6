//! `jejak new` and `jejak add`: article files become articles of a project.

use crate::lang::Message;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not, not_opened};
use super::recover::tell_journals;
use crate::ingest::{self, ColumnNames, DayOrder, Reading};
use crate::model::{BuiltInSchema, Name, Schema};
use crate::store::settings::Settings;
use crate::store::{self, Access, Added, Adder, Session};

/// Texts that are added at once, in articles and in bytes: each batch is one transaction, made safe on disk as one.
const BATCH: usize = 10_000;
const BATCH_BYTES: usize = 16 << 20;

/// Makes a project, with articles or without
///
/// The folder is made; it must not hold a project yet. Article files are read as with "jejak add".
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak new trips/
  jejak new trips/ --title \"State visits\" articles/ more/*.docx
  jejak new transfers/ --schema transfers.ron league.jsonl
  jejak new conll/ --schema open && jejak import conll/ --annotator a train.conll")]
pub(super) struct New {
    /// Folder of the new project
    dir: PathBuf,
    #[arg(value_name = "ARTICLE", help = kinds())]
    articles: Vec<PathBuf>,
    /// The schema: one that is built in, or a file with another one (RON). "entities" is "trips" without trips and claims;
    /// "open" has no labels, and each import adds those of its files; "empty" has none
    #[arg(long, value_name = "trips|entities|open|empty|FILE", default_value = "trips")]
    schema: PathBuf,
    /// The name of the project; the folder's name where nothing is said
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Adds articles to a project
///
/// Prints one line for each article: "added 003 "title" 6699 characters", "skipped FILE: same text as 001" or
/// "failed FILE: why". Exits with 1 where any failed; the others are added nevertheless.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak add trips/ visit.html interview.docx
  jejak add trips/ downloads/ --json")]
pub(super) struct Add {
    /// The project folder
    project: PathBuf,
    #[arg(required = true, value_name = "ARTICLE", help = kinds())]
    articles: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    /// Columns of tables and keys of records that have names of their own: "title=Titel,date=Datum"; there are text, title,
    /// date, url, publisher, language, author and dateline
    #[arg(long, value_name = "NAMES")]
    columns: Option<String>,
    /// The order of day and month in dates such as 05/06/2024, where no other date of the file tells it
    #[arg(long, value_name = "ORDER")]
    dates: Option<DateOrder>,
    /// The annotator, as the project's history has it [default: the login name]
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Prints one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// The order of day and month.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DateOrder {
    /// 05/06/2024 is 5 June
    Dmy,
    /// 05/06/2024 is 6 May
    Mdy,
}

/// The help of article files, with the kinds that are read.
fn kinds() -> String {
    format!("Article files, or folders of them: {}", ingest::extensions_line())
}

impl Common {
    /// The way in which files are read.
    fn reading(&self) -> Result<Reading, Ending> {
        let columns = self.columns.as_deref().map(ColumnNames::of).transpose().map_err(could_not)?;
        let day_order = self.dates.map(|order| match order {
            DateOrder::Dmy => DayOrder::DayFirst,
            DateOrder::Mdy => DayOrder::MonthFirst,
        });
        Ok(Reading { columns: columns.unwrap_or_default(), day_order, ..Reading::default() })
    }
}

impl New {
    pub fn run(self, output: &mut Output) -> Ended {
        let schema = read_schema(&self.schema)?;
        self.common.reading()?;
        if self.dir.exists() && !self.dir.is_dir() {
            return Err(could_not(format!("{} is a file, and a project is a folder", self.dir.display())));
        }
        let folder = || self.dir.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let title = self.title.clone().unwrap_or_else(folder);
        Session::create(&self.dir, &title, schema).map_err(could_not)?;
        output.message(&format!("made project {}", self.dir.display()));
        add(&self.dir, &self.articles, &self.common, output)
    }
}

impl Add {
    pub fn run(self, output: &mut Output) -> Ended {
        add(&self.project, &self.articles, &self.common, output)
    }
}

fn read_schema(named: &Path) -> Result<Schema, Ending> {
    if let Some(built_in) = named.to_str().and_then(BuiltInSchema::named) {
        return Ok(built_in.schema());
    }
    store::read_schema(named).map_err(could_not)
}

/// The outcome of one article file or record, in the order in which they were read.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
enum DraftOutcome {
    Added {
        id: String,
        title: String,
        characters: u32,
        source: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        like: Option<Like>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<Message>,
    },
    Skipped {
        source: String,
        same_as: String,
    },
    Failed {
        source: String,
        why: Message,
    },
}

/// The article that another one nearly repeats.
#[derive(Debug, Serialize)]
struct Like {
    id: String,
    percent: u8,
}

fn add(project: &Path, articles: &[PathBuf], common: &Common, output: &mut Output) -> Ended {
    let annotator = Name::from(common.annotator.clone().unwrap_or_else(Settings::login_name));
    let reading = common.reading()?;
    let mut session = Session::open(project, &annotator, Access::Write).map_err(|error| not_opened(project, &error))?;
    tell_journals(output, &session);
    let (files, failures) = ingest::list(articles, &reading.limits);
    let mut report = DraftReport { output, json: common.json, count: 0, failed: false };
    report.begin(project)?;
    for failure in failures {
        report.say(DraftOutcome::Failed { source: failure.source, why: failure.why })?;
    }
    session.run(|link| add_each(&files, &reading, &mut Adder::new(link), &mut report))?;
    session.close().map_err(could_not)?;
    report.end()
}

fn add_each(files: &[PathBuf], reading: &Reading, adder: &mut Adder, report: &mut DraftReport) -> Result<(), Ending> {
    let mut batch = DraftBatch::default();
    for (done, (file, name)) in files.iter().zip(ingest::names(files)).enumerate() {
        report.output.progress("reading", done, files.len());
        let size = file.metadata().map_or(0, |metadata| metadata.len()).max(1);
        let drafts = ingest::read_as(file, &name, reading, &mut |bytes| {
            let percent = bytes.min(size) * 100 / size;
            report.output.going(|| format!("reading {done} of {}, {percent} % of {}", files.len(), file.display()));
            true
        });
        let drafts = drafts.unwrap_or_else(|failure| vec![Err(failure)]);
        for draft in drafts {
            batch.push(draft);
            if batch.is_full() {
                batch.add(adder, report)?;
            }
        }
    }
    batch.add(adder, report)
}

/// Drafts that are waiting to be added, with the failures between them.
#[derive(Default)]
struct DraftBatch {
    records: Vec<Result<ingest::Draft, ingest::Failure>>,
    bytes: usize,
}

impl DraftBatch {
    fn push(&mut self, record: Result<ingest::Draft, ingest::Failure>) {
        self.bytes += record.as_ref().map_or(0, |draft| draft.text.len());
        self.records.push(record);
    }

    fn is_full(&self) -> bool {
        self.records.len() >= BATCH || self.bytes >= BATCH_BYTES
    }

    fn add(&mut self, adder: &mut Adder, report: &mut DraftReport) -> Result<(), Ending> {
        self.bytes = 0;
        let records = std::mem::take(&mut self.records);
        let drafts: Vec<ingest::Draft> = records.iter().flatten().cloned().collect();
        let before = report.count;
        let going = &mut |done: usize, total: usize| {
            report.output.going(|| match done == total {
                true => format!("making {} articles safe on disk", before + done),
                false => format!("adding {}", before + done),
            });
            true
        };
        let added = adder.add(drafts, "add articles", going).map_err(could_not)?;
        let mut added = added.expect("nobody stops it").into_iter();
        for record in records {
            let outcome = match record {
                Err(failure) => DraftOutcome::Failed { source: failure.source, why: failure.why },
                Ok(draft) => match added.next().expect("each draft has its outcome") {
                    Added::Added { id, title, chars, like } => DraftOutcome::Added {
                        id: id.to_string(),
                        title,
                        characters: chars,
                        source: draft.source,
                        like: like
                            .map(|(id, share)| Like { id: id.to_string(), percent: (share * 100.0).round() as u8 }),
                        notes: draft.notes,
                    },
                    Added::Skipped { source, same_as } => {
                        DraftOutcome::Skipped { source, same_as: same_as.to_string() }
                    }
                },
            };
            report.say(outcome)?;
        }
        Ok(())
    }
}

struct DraftReport<'a> {
    output: &'a mut Output,
    json: bool,
    count: usize,
    failed: bool,
}

impl DraftReport<'_> {
    fn begin(&mut self, project: &Path) -> Result<(), Ending> {
        if !self.json {
            return Ok(());
        }
        self.output.raw("{\"project\":")?;
        self.output.json(&project.to_string_lossy())?;
        self.output.raw(",\"articles\":[")
    }

    fn say(&mut self, outcome: DraftOutcome) -> Result<(), Ending> {
        self.failed |= matches!(outcome, DraftOutcome::Failed { .. });
        let first = self.count == 0;
        self.count += 1;
        if self.json {
            self.output.raw(if first { "\n" } else { ",\n" })?;
            return self.output.json(&outcome);
        }
        match outcome {
            DraftOutcome::Added { id, title, characters, source, like, notes } => {
                for note in notes {
                    self.output.message(&format!("{source}: {note}"));
                }
                if let Some(Like { id: other, percent }) = like {
                    self.output.message(&format!("{source}: {percent} % of article {id} is in article {other} too"));
                }
                self.output.line(&format!("added {id} \"{title}\" {characters} characters"))
            }
            DraftOutcome::Skipped { source, same_as } => {
                self.output.line(&format!("skipped {source}: same text as {same_as}"))
            }
            DraftOutcome::Failed { source, why } => self.output.line(&format!("failed {source}: {why}")),
        }
    }

    fn end(self) -> Ended {
        if self.json {
            self.output.raw(if self.count == 0 { "]}\n" } else { "\n]}\n" })?;
        }
        Ok(self.failed)
    }
}
