//! Exchange formats: one file each, reading and writing side by side, registered in [`FORMATS`].
//!
//! An export goes article by article: a [`ExchangeDocument`] is *reduced* to what the format can carry, which fills the [`Loss`]
//! report, and a [`Writer`] writes the reduced page in full into a [`Sink`]. An import hands over [`Item`]s: pages whose
//! records are sound, and a problem for everything that had to be left out.

mod ahead;
mod brat;
mod capabilities;
mod cas;
mod conll;
mod csv_tables;
mod doccano;
mod document;
mod ecb;
mod files;
mod frames;
mod hf;
mod import_edits;
mod jejak_jsonl;
mod json;
mod label_studio;
mod labels;
mod loss;
mod muc4;
mod prodigy;
mod pubannotation;
mod rams;
mod raw_document;
mod source;
mod spacy;
mod tokens;
mod units;
mod w3c;
mod webanno_tsv;
mod wikievents;
mod write;
mod zones;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub use capabilities::Capabilities;
pub use conll::{Nested, Tags};
pub use document::{AnnotatorSet, ArticleMetadata, ExchangeDocument};
pub use files::{Folder, Hashing, Memory, OneFile, Sink, Stream, Written};
pub use import_edits::{ImportCounts, ImportEdits, ImportedComments, RecordNames, respace, spaceless};
pub use labels::{LabelMap, Usage};
pub use loss::{Count, Loss, Lost, unknown_origin};
pub use source::Source;
pub use units::{Counting, OffsetUnit, RawText};
pub use write::{AnyWriter, Part, Pieces, Writer, write, write_parts};
pub use zones::Zones;

use crate::model::{
    Comment, Corpus, Id, LabelDef, Name, Origin, Problem, Project, Record, Referents, Schema, Timestamp, Titles, Via,
};

/// Every format, in the order in which they are offered.
pub static FORMATS: &[&dyn Format] = &[
    &jejak_jsonl::JejakJsonl,
    &conll::Conll,
    &spacy::Spacy,
    &hf::HuggingFace,
    &brat::Brat,
    &doccano::Doccano,
    &prodigy::Prodigy,
    &pubannotation::PubAnnotation,
    &label_studio::LabelStudio,
    &cas::CasXmi,
    &cas::CasJson,
    &webanno_tsv::WebAnnoTsv,
    &wikievents::WikiEvents,
    &rams::Rams,
    &muc4::Muc4,
    &ecb::Ecb,
    &w3c::W3c,
    &csv_tables::Csv,
];

/// The format of this name.
#[must_use]
pub fn format(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.info().name == name)
}

/// What is said of a format on the command line, in the window and in the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name in options: `brat`.
    pub name: &'static str,
    /// One line for people.
    pub title: &'static str,
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// The name of its file, where an export is one file; none where it is a folder.
    pub file: Option<&'static str>,
    /// What its offsets count; none where it has none.
    pub unit: Option<OffsetUnit>,
    /// What it has room for; a format may have conditions of its own beside.
    pub capabilities: Capabilities,
    /// Whether one export holds the sets of several annotators.
    pub several_sets: bool,
    /// Whether it has a place for referents that no article mentions.
    pub unmentioned: bool,
    /// Whether it is read, beside being written.
    pub reads: bool,
    /// Where it is specified.
    pub reference: &'static str,
    /// What a user should know: what becomes of what it cannot carry, which options count.
    pub notes: &'static str,
}

/// An exchange format.
pub trait Format: Sync {
    /// What is said of it.
    fn info(&self) -> &'static FormatInfo;

    /// Takes out of a page what the format cannot carry, and notes each thing in `loss`.
    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        loss::reduce(page, &self.info().capabilities, cx, loss, |_| false);
    }

    /// Whether a reduced page leaves no trace in the files: the reduction has noted it as [`Lost::Article`].
    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        let _ = page;
        false
    }

    /// The options that are worth testing and offering: each way in which the format can be written.
    fn variants(&self) -> Vec<Options> {
        vec![Options::default()]
    }

    /// What writes reduced pages.
    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a>;

    /// A reduced page as it will stand in the files, for people: by default the format's own file of it.
    fn preview(&self, page: &ExchangeDocument, cx: &Context<'_>) -> String {
        let mut memory = write::write_one(&*self.writer(*cx), page);
        let own = self.info().file.and_then(|file| memory.files.remove(file));
        let extension = format!(".{}", self.info().extension);
        let first = || memory.files.into_iter().max_by_key(|(name, _)| name.ends_with(&extension));
        let bytes = own.or_else(|| first().map(|(_, bytes)| bytes)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What a finished data set needs beside its data, for readers that want to be told.
    fn dataset_extras(&self, finished: &Finished<'_>) -> DatasetExtras {
        let _ = finished;
        DatasetExtras::default()
    }

    /// Reads every article of `source`, and says what could not be read. Never fails as a whole: a file that cannot be
    /// read is a problem like any other. A format that is not read says so.
    fn read(&self, source: &Source, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) {
        let _ = (source, reading);
        out(Item::Problem(Problem::error("not-read", format!("{} is written only", self.info().name))));
    }
}

/// A data set whose records are written, as a format is told of it.
#[derive(Debug)]
pub struct Finished<'a> {
    /// What the project is called.
    pub title: &'a str,
    /// Under which terms the data may be used; empty where it is not said.
    pub licence: &'a str,
    /// ISO 639-1 codes of the articles' languages, sorted.
    pub languages: &'a [String],
    /// What can be marked in it.
    pub schema: &'a Schema,
    /// Its parts with the number of their articles: one without a name where it is not split.
    pub parts: &'a [(String, usize)],
    /// Its files.
    pub files: &'a [Written],
    /// How it was to be written.
    pub options: &'a Options,
}

/// What stands around the records of a data set.
#[derive(Debug, Default)]
pub struct DatasetExtras {
    /// What the card, `README.md`, begins with.
    pub head: String,
    /// More files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What an export needs to know beside its pages.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Schema, project, referents, and those comments that are about no article; texts and sets need not be loaded.
    pub corpus: &'a Corpus,
    /// Whose sets are written.
    pub annotators: &'a [Name],
    /// What was asked for.
    pub options: &'a Options,
}

/// How a format is to be written, where it leaves a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What offsets count; none for what the format prescribes.
    pub unit: Option<OffsetUnit>,
    /// How tags mark where a mention begins and ends.
    pub tags: Tags,
    /// Columns of a line, from 2 to 4: token, tag, and what is unknown between them.
    pub columns: u8,
    /// What becomes of mentions that overlap, where a format has no room for them.
    pub nested: Nested,
    /// The files that rows are written to, where a format has more than one kind.
    pub tables: Tables,
}

impl Default for Options {
    fn default() -> Self {
        Self { unit: None, tags: Tags::default(), columns: 2, nested: Nested::default(), tables: Tables::default() }
    }
}

/// The kinds of files that rows are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tables {
    /// Parquet alone.
    #[default]
    Parquet,
    /// The same rows as JSON Lines too, for those who want to read them with their own eyes.
    ParquetAndJsonLines,
}

/// What is read from a file.
#[derive(Debug)]
pub enum Item {
    /// An article with its sets.
    Document(Box<ExchangeDocument>),
    /// What a file says of the project as a whole.
    Whole(Box<Whole>),
    /// Something that a person should know, with file and line.
    Problem(Problem),
}

/// What a file says of the project as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// The settings of the project. An import leaves them to the project that it goes into.
    pub project: Project,
    /// The definitions of labels that the articles use.
    pub labels: Vec<LabelDef>,
    /// What the schema is called, in files and for people, where it is said.
    pub schema: Option<(Name, Titles)>,
    /// Referents that no article mentions, by annotator.
    pub referents: BTreeMap<Name, Referents>,
    /// Other records that annotators keep beside their referents, and whose each is.
    pub beside: Vec<(Name, Record)>,
    /// Comments that are about no article of the file.
    pub comments: Vec<(Name, Arc<Comment>)>,
}

/// How files are to be read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Whose sets they become, where the file does not say.
    pub annotator: &'a Name,
    /// When the import is made.
    pub at: Timestamp,
    /// What offsets count, where the person knows better than the format.
    pub unit: Option<OffsetUnit>,
    names: std::cell::RefCell<HashMap<String, Name>>,
}

impl<'a> Reading<'a> {
    /// An import for this annotator, made at this moment.
    #[must_use]
    pub fn new(annotator: &'a Name, at: Timestamp, unit: Option<OffsetUnit>) -> Self {
        Self { annotator, at, unit, names: std::cell::RefCell::default() }
    }

    /// The origin of a record of `file` that does not say where it came from.
    fn origin(&self, file: &str) -> Origin {
        Origin { by: self.annotator.clone(), at: self.at, via: Via::Import { file: file.to_owned() } }
    }

    /// A name that recurs, so that each is in memory once.
    fn name(&self, text: &str) -> Name {
        let mut names = self.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name = Name::new(text);
        names.insert(text.to_owned(), name.clone());
        name
    }
}

/// Which referents pages bring along, so that those that none does can be told.
#[derive(Debug, Clone, Default)]
pub struct Mentioned(HashSet<(Name, Id)>);

impl Mentioned {
    /// Notes the referents that a page brings along.
    pub fn add(&mut self, page: &ExchangeDocument) {
        for layer in &page.sets {
            self.0.extend(layer.referents.iter().map(|referent| (layer.annotator.clone(), referent.id)));
        }
    }

    /// Notes what another has noted.
    pub fn merge(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// Whether a page brought this referent of an annotator along.
    #[must_use]
    pub fn has(&self, annotator: &Name, id: Id) -> bool {
        self.0.contains(&(annotator.clone(), id))
    }

    /// Notes as lost what no page has, where a format has no place for it: see [`lose_project`], and the referents that no
    /// page mentions.
    pub fn lose_others(&self, format: &dyn Format, cx: &Context<'_>, loss: &mut Loss) {
        lose_project(format, cx, loss);
        if format.info().unmentioned {
            return;
        }
        for annotator in cx.annotators {
            for id in cx.corpus.referents(annotator).into_iter().flat_map(BTreeMap::keys) {
                if !self.has(annotator, *id) {
                    loss.note(Lost::Referent, 1, || format!("referent {id} of {annotator}"));
                }
            }
        }
    }
}

/// What a format would lose of these pages.
pub fn losses(format: &dyn Format, pages: impl Iterator<Item = ExchangeDocument>, cx: &Context<'_>) -> Loss {
    let mut loss = Loss::default();
    let mut mentioned = Mentioned::default();
    for mut page in pages {
        mentioned.add(&page);
        format.reduce(&mut page, cx, &mut loss);
    }
    mentioned.lose_others(format, cx, &mut loss);
    loss
}

/// Notes as lost what a format has no place for of the project as a whole: its settings, and comments about no article.
pub fn lose_project(format: &dyn Format, cx: &Context<'_>, loss: &mut Loss) {
    loss::reduce_project(&format.info().capabilities, cx, loss);
}
