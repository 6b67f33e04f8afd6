//! Reading of files: how, and what comes of it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::conll::{AskedColumns, Per};
use super::document::ExchangeDocument;
use super::units::OffsetUnit;
use crate::lang::Message;
use crate::model::{Comment, LabelDef, Name, Origin, Problem, Project, Record, Referents, Timestamp, Titles, Via};

/// An item of a file.
#[derive(Debug)]
pub enum Item {
    /// An article with its sets.
    Document(Box<ExchangeDocument>),
    /// The content of a file about the project as a whole.
    Whole(Box<Whole>),
    /// Something that a person should know, with file and line.
    Problem(Problem),
    /// The way in which a file was understood, which is nothing wrong.
    Note {
        /// The file.
        file: String,
        /// The sentence.
        note: Message,
    },
}

/// The content of a file about the project as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// The settings of the project. An import leaves them to the project that it goes into.
    pub project: Project,
    /// The definitions of labels that the articles use.
    pub labels: Vec<LabelDef>,
    /// The schema's name, in files and for people, where it is given.
    pub schema: Option<(Name, Titles)>,
    /// Referents that no article mentions, by annotator.
    pub referents: BTreeMap<Name, Referents>,
    /// Other records that annotators keep beside their referents, and whose each is.
    pub beside: Vec<(Name, Record)>,
    /// Comments that are about no article of the file.
    pub comments: Vec<(Name, Arc<Comment>)>,
}

/// The wishes of a person about the reading of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The unit of offsets, where the person knows better than the format.
    pub unit: Option<OffsetUnit>,
    /// The meaning of columns, where the person says it.
    pub columns: Option<AskedColumns>,
    /// The way in which sentences become articles, where no line says where one begins.
    pub per: Option<Per>,
}

/// Settings with which files are read.
#[derive(Debug)]
pub struct ImportContext<'a> {
    /// The annotator whose sets they become, where the file does not say.
    pub annotator: &'a Name,
    /// The time when the import is made.
    pub at: Timestamp,
    /// The unit of offsets, where the person knows better than the format.
    pub unit: Option<OffsetUnit>,
    /// All wishes, the unit among them.
    pub options: ReadOptions,
    names: RefCell<HashMap<String, Name>>,
}

impl<'a> ImportContext<'a> {
    /// An import for this annotator, made at this moment.
    #[must_use]
    pub fn new(annotator: &'a Name, at: Timestamp, unit: Option<OffsetUnit>) -> Self {
        Self::with(annotator, at, &ReadOptions { unit, ..ReadOptions::default() })
    }

    /// The same with all that a person may wish.
    #[must_use]
    pub fn with(annotator: &'a Name, at: Timestamp, options: &ReadOptions) -> Self {
        Self { annotator, at, unit: options.unit, options: options.clone(), names: RefCell::default() }
    }

    /// The same import of a file whose offsets were counted while it was read.
    pub(super) fn counting(&self, unit: OffsetUnit) -> Self {
        Self::new(self.annotator, self.at, Some(unit))
    }

    /// The origin of a record of `file` that does not say where it came from.
    pub(super) fn origin(&self, file: &str) -> Origin {
        Origin { by: self.annotator.clone(), at: self.at, via: Via::Import { file: file.to_owned() } }
    }

    /// A name that recurs, so that each is in memory once.
    pub(super) fn name(&self, text: &str) -> Name {
        let mut names = self.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name = Name::new(text);
        names.insert(text.to_owned(), name.clone());
        name
    }
}
