//! Commands about the errors of a model.

use super::error_filter::ErrorFilter;
use super::motion::Direction;
use crate::figures::{DeviationKind, ZoneText};
use crate::model::Name;

/// Commands about the errors of a model. None of them changes anything but what is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ErrorsCommand {
    /// The error after or before the one that is looked at, in whatever article it is.
    Step(Direction),
    /// The n-th error that is listed.
    GoTo(usize),
    /// Lists only errors of this kind, or all again where it does already; none is every kind.
    Kind(Option<DeviationKind>),
    /// Asks whose errors are wanted.
    Whose,
    /// Lists the errors of this set.
    Of(Name),
    /// Lists the errors of a set that a filter lets through, with the first one as gold, as figures count text in zones.
    Show([Name; 2], ZoneText, Box<ErrorFilter>),
    /// Lists all errors again.
    All,
    /// Stops looking for errors.
    Stop,
}
