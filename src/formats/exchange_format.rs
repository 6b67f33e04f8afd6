//! An exchange format: how it reduces articles to what it can carry, writes and reads them.

use std::collections::{BTreeMap, HashSet};

use super::document::ExchangeDocument;
use super::files::Written;
use super::info::FormatInfo;
use super::loss::{Loss, Lost, reduce, reduce_project};
use super::options::{Context, Options};
use super::reading::{ImportContext, Item, Whole};
use super::source::ImportFiles;
use super::writer::{AnyWriter, Unwritten, write_one};
use crate::message;
use crate::model::{Id, Name, Problem, Schema};

/// An exchange format.
pub trait Format: Sync {
    /// Returns the description of the format.
    fn info(&self) -> &'static FormatInfo;

    /// Takes out of a page what the format cannot carry, and notes each thing in `loss`.
    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &self.info().capabilities, cx, loss, |_| false);
    }

    /// Says whether a reduced page leaves no trace in the files: the reduction has noted it as [`Lost::Article`].
    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        let _ = page;
        false
    }

    /// The options that are worth testing and offering: each way in which the format can be written.
    fn variants(&self) -> Vec<Options> {
        vec![Options::default()]
    }

    /// Returns the writer of reduced documents. That of a format that is not written says so.
    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let _ = cx;
        Box::new(Unwritten { format: self.info().name })
    }

    /// A reduced page as it will stand in the files, for people: by default the format's own file of it.
    fn preview(&self, page: &ExchangeDocument, cx: &Context<'_>) -> String {
        let mut memory = write_one(&*self.writer(*cx), page);
        let own = self.info().file.and_then(|file| memory.files.remove(file));
        let extension = format!(".{}", self.info().extension);
        let first = || memory.files.into_iter().max_by_key(|(name, _)| name.ends_with(&extension));
        let bytes = own.or_else(|| first().map(|(_, bytes)| bytes)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Returns the files that a finished data set needs beside its data, and the head of its card.
    fn dataset_extras(&self, finished: &Finished<'_>) -> DatasetExtras {
        let _ = finished;
        DatasetExtras::default()
    }

    /// Returns the person in the name that a file gives to an annotator, of all that the files of an import name.
    fn person<'n>(&self, said: &'n str, all: &[&str]) -> &'n str {
        let _ = all;
        said
    }

    /// Reads every article of `source`, and says what could not be read. Never fails as a whole: a file that cannot be
    /// read is a problem like any other. A format that is not read says so.
    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let _ = (source, reading);
        out(Item::Problem(Problem::error("not-read", message!("format-written-only", format = self.info().name))));
    }
}

/// A data set whose records are written, as a format is told of it.
#[derive(Debug)]
pub struct Finished<'a> {
    /// The project's title.
    pub title: &'a str,
    /// Under which terms the data may be used; empty where it is not said.
    pub licence: &'a str,
    /// ISO 639-1 codes of the articles' languages, sorted.
    pub languages: &'a [String],
    /// The project's schema.
    pub schema: &'a Schema,
    /// Its parts with the number of their articles: one without a name where it is not split.
    pub parts: &'a [(String, usize)],
    /// Its files.
    pub files: &'a [Written],
    /// The options of the export.
    pub options: &'a Options,
}

/// Extras of a data set beside its records.
#[derive(Debug, Default)]
pub struct DatasetExtras {
    /// The beginning of the card, `README.md`.
    pub head: String,
    /// More files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The referents that documents bring along, so that those that none does can be told.
#[derive(Debug, Clone, Default)]
pub struct Mentioned(HashSet<(Name, Id)>);

impl Mentioned {
    /// The referents of pages and beside them.
    #[must_use]
    pub fn of(pages: &[ExchangeDocument], whole: &Whole) -> Self {
        let mut all = Self::default();
        pages.iter().for_each(|page| all.add(page));
        let beside = whole.referents.iter();
        all.0.extend(beside.flat_map(|(whose, referents)| referents.keys().map(|id| (whose.clone(), *id))));
        all
    }

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

    /// Says whether a page brought this referent of an annotator along.
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

/// Notes as lost what a format has no place for of the project as a whole: its settings, and comments about no article.
pub fn lose_project(format: &dyn Format, cx: &Context<'_>, loss: &mut Loss) {
    reduce_project(&format.info().capabilities, cx, loss);
}
