//! Plain data and its invariants. Nothing here does I/O, and nothing here can fail for a reason outside its arguments.
//!
//! Changes are made by [`crate::edit`] alone; everybody else reads.

mod annotation;
mod article;
mod built_in;
mod comment;
mod conflict;
mod corpus;
mod date;
mod decision;
mod dismissal;
mod id;
pub(crate) mod judgement;
mod name;
mod origin;
mod problem;
mod project;
pub(crate) mod record;
mod referent;
mod run;
mod schema;
mod schema_text;
mod set;
mod shared;
mod strategy;

pub use annotation::{Annotation, Drift, DriftedSpan, Filler, Role, Value};
pub use article::{Article, ArticleId, Progress, digest};
pub use built_in::BuiltInSchema;
pub use comment::{Comment, Comments, Mark, Quote, Target, Thread, threads};
pub use conflict::{Conflict, ConflictOf};
pub use corpus::{Corpus, Mismatch, SetKey};
pub use date::{Date, DateError};
pub use decision::{Decision, Slot};
pub use dismissal::{Dismissal, Dismissals, Dismissed};
pub use id::{Id, IdError};
pub use judgement::{Judgement, Judgements, Verdict};
pub use name::Name;
pub use origin::{ClockError, Origin, Timestamp, TimestampError, Via};
pub use problem::{Problem, Severity};
pub use project::{Maker, OtherKind, Project, SetKind};
pub(crate) use record::noun;
pub use record::{Record, RecordFile, RecordId, RecordKey, RecordKind, RecordType};
pub use referent::{Referent, Referents};
pub use run::{Fate, Learning, Run, Runs};
pub use schema::{
    AttributeDef, AttributeKind, Cardinality, ChoiceDef, Color, Colors, Kind, LabelDef, Pattern, RoleDef, Schema,
    SchemaError, SchemaPart, Sense, Titles, ValueKind,
};
pub use schema_text::SchemaTextError;
pub use set::AnnotationSet;
pub use strategy::Strategy;
