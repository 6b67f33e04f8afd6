//! Exchange formats: one file each, reading and writing side by side, registered in [`FORMATS`].
//!
//! An export goes article by article: a [`ExchangeDocument`] is *reduced* to what the format can carry, which fills the [`Loss`]
//! report, and a [`Writer`] writes the reduced page in full into a [`Sink`]. An import hands over [`Item`]s: pages whose
//! records are sound, and a problem for everything that had to be left out.

mod archive;
mod brat;
mod capabilities;
mod cas;
mod conll;
mod corpora;
mod csv_tables;
mod doccano;
mod document;
mod ecb;
mod exchange_format;
mod files;
mod frames;
mod graphml;
mod hf;
mod import_edits;
mod info;
mod jejak_jsonl;
mod json;
mod label_studio;
mod labels;
mod loss;
mod muc4;
mod names;
mod options;
mod parallel_read;
mod prodigy;
mod pubannotation;
mod rams;
mod raw_document;
mod raw_sets;
mod reading;
mod recognize;
mod references;
mod registry;
mod source;
mod spacy;
mod stems;
mod tokens;
mod units;
mod w3c;
mod webanno_tsv;
mod wikievents;
mod write;
mod writer;
mod xml;
mod zones;

pub use capabilities::Capabilities;
pub use conll::{AskedColumns, AskedError, Per};
pub use document::{AnnotatorSet, ArticleMetadata, ExchangeDocument};
pub use exchange_format::{DatasetExtras, Finished, Format, Mentioned, lose_project};
pub use files::{ExportFolder, Hashing, Memory, OneFile, Sink, Stream, Written};
pub use import_edits::{ImportCounts, ImportEdits, ImportedComments, RecordNames, respace, spaceless};
pub use info::FormatInfo;
pub use labels::Usage;
pub use loss::{Count, Loss, Lost, unknown_origin};
pub use names::{Meaning, NameMap, NamedPart, Renaming};
pub use options::{Context, Nested, Options, Tables, Tags};
pub use reading::{ImportContext, Item, ReadOptions, Whole};
pub use recognize::{Recognized, recognize};
pub use registry::{FORMATS, READ_ONLY, format, is_written, readers};
pub use source::ImportFiles;
pub use stems::file_stems;
pub use units::{Counting, OffsetUnit, RawText};
pub use write::{Coming, ExportPart, write, write_parts};
pub use writer::{AnyWriter, Pieces, Writer};
pub use zones::Zones;
