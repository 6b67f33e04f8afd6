use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Id, Name, Origin};

/// One thing that annotators can say differently about the same record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Slot {
    /// True where it is there at all.
    Presence,
    /// The words that it marks.
    Extent,
    /// The name.
    Label,
    /// The values of an attribute.
    Attribute(Name),
    /// The fillers of a role.
    Role(Name),
    /// The referent that it is about.
    Identity,
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Presence => f.write_str("presence"),
            Self::Extent => f.write_str("extent"),
            Self::Label => f.write_str("label"),
            Self::Attribute(name) | Self::Role(name) => name.fmt(f),
            Self::Identity => f.write_str("identity"),
        }
    }
}

/// The decision of an adjudicator about one slot, kept in the set that came of it. Kept for things of which nothing
/// came, too, so that they are not asked about again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its name among the decisions of its set.
    pub id: Id,
    /// The subject of the decision.
    pub slot: Slot,
    /// The annotation of this set that it shaped, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotation: Vec<Id>,
    /// The annotators' records that were looked at, sorted by annotator.
    pub of: Vec<(Name, Id)>,
    /// A digest of what those said about the slot: where it is another now, the question is open again.
    pub inputs: String,
    /// True where none of the readings was right and nothing stands in their place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing: bool,
    /// The decider, the time, whose reading was adopted, and why. Where nobody's was and `nothing` is not set, the
    /// adjudicator's own reading stands in the annotation.
    pub origin: Origin,
}
