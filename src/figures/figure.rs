//! A figure with all that a person needs to judge it.

use super::gamma::Shortfall;
use super::spec::Reason;
use crate::agreement::bootstrap::Interval;
use crate::lang::Key;
use crate::model::Name;

/// One figure, with all that a person needs to judge it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name; labels, roles and attributes follow after a space.
    pub name: String,
    /// The title of its line of the catalogue, for people.
    pub title: Key,
    /// The line of the catalogue that it belongs to, such as `role` or `mentions strict`.
    pub family: &'static str,
    /// The label that it is about; empty for all.
    pub label: Name,
    /// The role or attribute that it is about; empty where it is about neither.
    pub slot: Name,
    /// Its meaning, in a sentence.
    pub definition: Key,
    /// The publication that defines it.
    pub source: &'static str,
    /// The number of items that it rests on.
    pub items: usize,
    /// The name of the items, such as `words`.
    pub counted: Key,
    /// The number of articles that it rests on: those that are compared.
    pub articles: usize,
    /// The number of articles that were left out, since too few have begun them.
    pub left_out: usize,
    /// The value, or why there is none.
    pub value: Result<f64, Reason>,
    /// The 95 % interval over articles, or why there is none.
    pub interval: Result<Interval, Reason>,
    /// The part of it that is not whole; none where all is.
    pub shortfall: Option<Shortfall>,
    /// Precision and recall, where it has them and both are defined; the first annotator counts as gold.
    pub sides: Option<(f64, f64)>,
}

/// The scope of figures: all annotators or a pair, all articles or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Scope {
    /// One of [`super::Report::pairs`], or all of them.
    pub pair: Option<usize>,
    /// An article of the report, or all of them.
    pub article: Option<usize>,
}
