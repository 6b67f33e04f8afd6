//! Options of an export, and what it needs to know beside its articles.

use super::units::OffsetUnit;
use crate::model::{Corpus, Name};

/// The context of an export beside its documents.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Schema, project, referents, and those comments that are about no article; texts and sets need not be loaded.
    pub corpus: &'a Corpus,
    /// The annotators whose sets are written.
    pub annotators: &'a [Name],
    /// The options that were asked for.
    pub options: &'a Options,
}

/// Options of writing, where a format leaves a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The unit of offsets; none for the format's own.
    pub unit: Option<OffsetUnit>,
    /// The scheme of tags that mark where a mention begins and ends.
    pub tags: Tags,
    /// Columns of a line, from 2 to 4: token, tag, and what is unknown between them.
    pub columns: u8,
    /// The fate of mentions that overlap, where a format has no room for them.
    pub nested: Nested,
    /// The files that rows are written to, where a format has more than one kind.
    pub tables: Tables,
}

impl Default for Options {
    fn default() -> Self {
        Self { unit: None, tags: Tags::default(), columns: 2, nested: Nested::default(), tables: Tables::default() }
    }
}

/// The scheme of tags that mark where a mention begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tags {
    /// `B-` begins, `I-` goes on (IOB2).
    #[default]
    Bio,
    /// `I-` begins and goes on, `B-` begins right after a mention of the same label.
    Iob1,
    /// As BIO, with `E-` for the last token and `S-` for a single one.
    Bioes,
    /// As BIO, with `L-` for the last token and `U-` for a single one.
    Bilou,
}

/// The fate of mentions that overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nested {
    /// The longest is kept.
    #[default]
    Outermost,
    /// The shortest is kept.
    Innermost,
    /// Each label has a column of its own; the longest of each label is kept.
    Columns,
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
