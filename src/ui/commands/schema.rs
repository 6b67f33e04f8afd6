//! Commands about the schema: what can be marked.

use super::motion::Direction;
use crate::edit::SchemaPlace;
use crate::model::Name;

/// Commands about the schema. None of them changes anything of the project but `Apply` and `Lock`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum SchemaCommand {
    /// Shows a label.
    Choose(Name),
    /// The label below or above the one that is shown.
    Step(Direction),
    /// A new label, to be filled in.
    NewLabel,
    /// Puts the label that is shown further down or up in the order.
    Move(Direction),
    /// Looks at what a change would do that goes through all sets.
    Ask(SchemaRequest),
    /// Does what is looked at.
    Apply,
    /// Does nothing of what was looked at or written.
    Cancel,
    /// Locks the schema, or unlocks it.
    Lock,
}

/// A change that goes through all sets, as it is asked for; what it lacks is filled in where it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaRequest {
    /// Another name.
    Rename(SchemaPlace),
    /// One with another beside it.
    Merge(SchemaPlace),
    /// A label of their own for the annotations with a value of an attribute.
    Split(Name),
    /// Taken away.
    Delete(SchemaPlace),
}
