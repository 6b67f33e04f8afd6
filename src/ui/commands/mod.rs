//! Everything that a person can do, as values: an enum for each feature, and the table that gives them names and keys.
//! [`crate::ui::shell::dispatch`] hands each to its feature.

mod annotate;
mod article_sort;
mod case_filter;
mod clash;
mod command;
mod comments;
mod context;
mod corpus;
mod dashboard;
mod error_filter;
mod errors;
mod exchange;
pub mod keymap;
mod motion;
mod press;
mod project;
mod review;
mod schema;
mod section;
mod table;
mod view;
mod window;

pub use annotate::{Among, AnnotateCommand, GhostCommand};
pub use article_sort::{ArticleOrder, ArticleSort};
pub use case_filter::{CaseFilter, kind_name};
pub use clash::clash;
pub use command::Command;
pub use comments::{CommentsCommand, NewComment};
pub use context::{KeyContext, Menu};
pub use corpus::{
    ClaimsCommand, ColumnsBy, ConcordanceCommand, CorpusCommand, LanesBy, MapCommand, Pane, RegisterCommand, RowsBy,
    TimelineCommand, Towards, TripsCommand,
};
pub use dashboard::{Comparison, DashboardCommand, FigureFile};
pub use error_filter::{ErrorFilter, error_kind_name};
pub use errors::ErrorsCommand;
pub use exchange::ExchangeCommand;
pub use keymap::Keymap;
pub use motion::{Direction, Motion, Selection, Step};
pub use press::Press;
pub use project::ProjectCommand;
pub use review::{CasesAlike, ConflictPlace, ConflictSide, ReviewCommand, RightReading};
pub use schema::{SchemaCommand, SchemaRequest};
pub use section::Section;
pub use table::{Entry, TABLE, find, key_of, with_key};
pub use view::View;
pub use window::WindowCommand;
