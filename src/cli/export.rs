//! `jejak export`: sets as files that other software reads.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::output::{Ended, Ending, Output, could_not};
use crate::formats::{
    Context, FORMATS, Folder, Format, Loss, Lost, Nested, OneFile, Options, Page, Sink, Stream, Tags, Unit, Zones,
};
use crate::model::{Name, Problem};
use crate::store::{self, Scan};

/// Write annotation sets in a format that other software reads
///
/// First says what the format cannot carry of this project, one line for each kind of thing with its count. Where there
/// is any and --allow-loss does not allow it, nothing is written and the exit code is 1.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak export trips/ --format jejak-jsonl --out trips.jsonl
  jejak export trips/ --format brat --set gold --out brat/ --allow-loss
  jejak export trips/ --format conll --tags bioes --out - --allow-loss=provenance,id | head
  jejak formats                            which formats there are")]
pub(super) struct Export {
    /// The project folder
    project: PathBuf,
    /// The format, as "jejak formats" names it
    #[arg(long, value_name = "FORMAT")]
    format: String,
    /// Whose set: an annotator, or gold; several, parted by commas, where the format holds several
    #[arg(long, value_name = "NAME", value_delimiter = ',', default_value = "gold")]
    set: Vec<String>,
    /// The folder to make; a file with the format's extension, or "-" for stdout, where the format is one file
    #[arg(long, value_name = "DIR|FILE|-")]
    out: PathBuf,
    /// Write although something cannot be carried: anything, or only these kinds of things
    #[arg(long, value_name = "KINDS", value_delimiter = ',', num_args = 0.., require_equals = true)]
    allow_loss: Option<Vec<String>>,
    /// Only these articles
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    articles: Vec<String>,
    /// What becomes of zones: marked as annotations, kept as text alone, or dropped with what is in them
    #[arg(long, value_enum, default_value = "mark")]
    zones: ZonesArg,
    /// What offsets count, where it should be other than the format prescribes
    #[arg(long, value_enum)]
    unit: Option<UnitArg>,
    /// How tags mark where a mention begins and ends (conll)
    #[arg(long, value_enum, default_value = "bio")]
    tags: TagsArg,
    /// Columns of a line (conll): 2, 3 or 4
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=4))]
    columns: u8,
    /// What becomes of mentions that overlap (conll)
    #[arg(long, value_enum, default_value = "outermost")]
    nested: NestedArg,
    /// Print the loss report as one JSON object: {"loss":{KIND:{"count","first"}…},"written":true}
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

impl From<UnitArg> for Unit {
    fn from(unit: UnitArg) -> Self {
        match unit {
            UnitArg::CodePoint => Self::CodePoint,
            UnitArg::Utf16 => Self::Utf16,
            UnitArg::Byte => Self::Byte,
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
    let names = || FORMATS.iter().map(|format| format.card().name).collect::<Vec<_>>().join(", ");
    crate::formats::format(name)
        .ok_or_else(|| could_not(format!("there is no format \"{name}\"; there are {}", names())))
}

impl Export {
    pub fn run(self, output: &mut Output) -> Ended {
        let format = format_named(&self.format)?;
        let card = format.card();
        if self.set.len() > 1 && !card.several_sets {
            return Err(could_not(format!("{} holds one set; name one of {}", card.name, self.set.join(", "))));
        }
        let allowed = allowed(self.allow_loss.as_deref())?;
        let to_stdout = self.out.as_os_str() == "-";
        if to_stdout && card.file.is_none() {
            return Err(could_not(format!("{} is a folder of files and cannot go to stdout", card.name)));
        }
        let scan = store::scan(&self.project).map_err(could_not)?;
        let annotators: Vec<Name> = self.set.iter().map(|name| name.as_str().into()).collect();
        if let Some(missing) = annotators.iter().find(|name| !scan.annotators().contains(name)) {
            let there: Vec<&str> = scan.annotators().iter().map(Name::as_str).collect();
            let there = if there.is_empty() { "none".into() } else { there.join(", ") };
            return Err(could_not(format!("{} has no set of {missing}; there is {there}", self.project.display())));
        }
        let corpus = scan.corpus().clone();
        if let Some(id) = self.articles.iter().find(|id| !corpus.articles().iter().any(|one| *one.id == id[..])) {
            return Err(could_not(format!("{} has no article {id}", self.project.display())));
        }
        let options = Options {
            unit: self.unit.map(Unit::from),
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
        };
        let zones = match self.zones {
            ZonesArg::Mark => Zones::Mark,
            ZonesArg::Keep => Zones::Keep,
            ZonesArg::Drop => Zones::Drop,
        };
        let cx = Context { corpus: &corpus, annotators: &annotators, options: &options };

        // Once to count, once to write: a project is never in memory as a whole.
        let total = corpus.articles().len();
        let (mut failed, mut problems) = (None, Vec::new());
        let loss = {
            let pages = Pages {
                scan,
                wanted: &self.articles,
                annotators: &annotators,
                failed: &mut failed,
                problems: &mut problems,
            };
            let counted = pages.enumerate().map(|(done, mut page)| {
                zones.apply(&mut page, &corpus.schema);
                output.progress("looking at", done, total);
                page
            });
            crate::formats::losses(format, counted, &cx)
        };
        if let Some(why) = failed {
            return Err(could_not(why));
        }
        for problem in &problems {
            output.message(&problem.to_string());
        }
        let write = loss.is_within(&allowed);
        if write {
            let mut sink = self.sink(card.file, to_stdout, card.extension)?;
            let scan = store::scan(&self.project).map_err(could_not)?;
            let mut failed = None;
            let pages = Pages {
                scan,
                wanted: &self.articles,
                annotators: &annotators,
                failed: &mut failed,
                problems: &mut Vec::new(),
            };
            let pages = pages.enumerate().map(|(done, mut page)| {
                zones.apply(&mut page, &corpus.schema);
                output.progress("writing", done, total);
                page
            });
            let unwritten = |error: std::io::Error| match error.kind() {
                std::io::ErrorKind::BrokenPipe => Ending::Unheard,
                _ => could_not(format!("{}: {error}", self.out.display())),
            };
            crate::formats::write(format, pages, cx, &mut *sink).map_err(unwritten)?;
            if let Some(why) = failed {
                return Err(could_not(why));
            }
            sink.finish().map_err(unwritten)?;
        }
        let lost = self.report(output, &loss, write, to_stdout)?;
        Ok(lost || !problems.is_empty())
    }

    fn sink(&self, file: Option<&'static str>, to_stdout: bool, extension: &str) -> Result<Box<dyn Sink>, Ending> {
        let fail = |error: std::io::Error| could_not(format!("{}: {error}", self.out.display()));
        let named = self.out.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
        Ok(match file {
            Some(file) if to_stdout => Box::new(Stream::new(std::io::BufWriter::new(std::io::stdout()), file)),
            Some(file) if named => Box::new(OneFile::create(&self.out, file).map_err(fail)?),
            _ => Box::new(Folder::create(Path::new(&self.out)).map_err(fail)?),
        })
    }

    fn report(&self, output: &mut Output, loss: &Loss, written: bool, to_stdout: bool) -> Ended {
        if self.json && !to_stdout {
            let counts: serde_json::Map<String, serde_json::Value> = (loss.counts().iter())
                .map(|(what, count)| (what.name().to_owned(), serde_json::json!(count)))
                .collect();
            output.json(&serde_json::json!({"loss": counts, "written": written}))?;
            output.raw("\n")?;
        } else {
            for sentence in loss.sentences() {
                output.message(&sentence);
            }
        }
        if !written {
            output.message("nothing was written; --allow-loss writes what can be carried");
        }
        Ok(!written)
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
                found.ok_or_else(|| could_not(format!("\"{name}\" is no kind of loss; there are {}", all())))
            })
            .collect(),
    }
}

/// The articles of a project as pages; the first that cannot be read ends them and is told.
struct Pages<'a> {
    scan: Scan,
    wanted: &'a [String],
    annotators: &'a [Name],
    failed: &'a mut Option<String>,
    /// What is wrong in the files that were read.
    problems: &'a mut Vec<Problem>,
}

impl Iterator for Pages<'_> {
    type Item = Page;

    fn next(&mut self) -> Option<Page> {
        loop {
            let scanned = self.scan.next()?;
            if !self.wanted.is_empty() && !self.wanted.iter().any(|id| *scanned.article.id == id[..]) {
                continue;
            }
            let unread =
                || scanned.problems.first().map_or_else(|| "its files cannot be read".into(), ToString::to_string);
            let Some(text) = &scanned.text else {
                *self.failed = Some(unread());
                return None;
            };
            self.problems.extend(scanned.problems.iter().cloned());
            let set = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).map(|set| &set.set);
            return Some(Page::of(self.scan.corpus(), &scanned.article, text, self.annotators, set));
        }
    }
}
