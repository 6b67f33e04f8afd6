use super::Name;

/// A file of records that is no set, and in which a merge may have left something to decide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ConflictFile {
    /// The list of articles.
    Articles,
    /// An annotator's referents.
    Referents(Name),
    /// A person's comments.
    Comments(Name),
    /// A person's runs of suggestions.
    Runs(Name),
}

/// A thing that a merge left to decide: two people changed it, ours stands in its place, and theirs is kept here as it was
/// written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The thing that both changed.
    pub of: ConflictOf,
    /// Their record or value, in RON; none where they deleted it.
    pub theirs: Option<String>,
}

/// The thing that two people changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ConflictOf {
    /// The record of this id.
    Record(String),
    /// The field of the file's head of this name.
    Field(String),
}

impl ConflictOf {
    /// The id or the name of the field.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Record(name) | Self::Field(name) => name,
        }
    }
}
