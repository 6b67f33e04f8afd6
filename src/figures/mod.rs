//! Every figure of a project: how well annotators agree, how good predictions are, who is reliable. The command line and the
//! window tell the same figures, made here.
//!
//! - [`measure_project`] reads the articles one by one and adds up sums: what each figure needs of each article and pair of
//!   annotators. What has not changed since the last time comes from a cache.
//! - [`Report`] holds those sums. It tells [`Figure`]s of any [`Scope`]: each with its definition, source, number of items,
//!   value and 95 % interval over articles, or with the [`Reason`] why it has none; and what lies behind them:
//!   [`Confusion`] between labels, [`Boundaries`] that differ, [`Reliability`].
//! - [`ReportBuilder`] does the same with articles that are at hand.
//! - [`Deviations`] are what such a figure counts as wrong, thing by thing.
//! - [`probable`] makes the set that is probably true, to look at.
//!
//! A new figure is a line in `catalogue`, and where its sums are new, a topic in `key` that `article` or `frames` fills.

mod across;
mod article;
mod assistance;
mod began;
mod cache;
mod catalogue;
mod chance;
mod csv;
mod deviation;
mod figure;
mod frames;
mod from_sums;
mod gamma;
mod habits;
mod identity_errors;
mod interval;
mod key;
mod look;
mod part;
mod probable;
mod project;
mod relations;
mod report;
mod report_builder;
mod request;
mod scoped;
mod spec;
mod spread;
mod table;
mod versus;
mod work_days;
mod zones;

pub use began::Began;
pub use csv::{boundaries_csv, confusion_csv, figures_csv, matrix_csv, reasons_csv, standing_csv, table_csv, time_csv};
pub use deviation::{
    Deviation, DeviationKind, DeviationRequest, Deviations, Predicted, ProjectDeviations, project_deviations,
};
pub use figure::{Figure, Scope};
pub use gamma::{GAMMA_TIME, Shortfall};
pub use habits::{Bias, Taken};
pub use look::{Boundaries, BoundaryWords, Confusion, Reliability};
pub use probable::{SOURCE, probable};
pub use project::measure_project;
pub use report::{ArticleProgress, Detail, Report, ScoredArticles};
pub use report_builder::{ArticleSample, ReportBuilder};
pub use request::{ArticlesOf, ReportRequest};
pub use spec::Reason;
pub use spread::{Spread, Summary};
pub use versus::ModelDifference;
pub use work_days::WorkDay;
pub use zones::ZoneText;
