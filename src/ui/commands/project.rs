//! Commands about the project as a whole: its files, its history, and which of its articles is open.

use crate::model::{ArticleId, Name};

/// Commands about the project as a whole: its files, its history, and which of its articles is open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ProjectCommand {
    New,
    Open,
    Save,
    SaveCopy,
    /// Brings in edits from journals that were written in another folder.
    BringInElsewhere,
    /// The fate of files that held work and are gone.
    MissingFiles,
    Problems,
    Undo,
    Redo,
    OpenArticle(ArticleId),
    NextArticle,
    PreviousArticle,
    /// Lets annotators see each other's sets, or work blind.
    OpenSets,
    /// Asks whose set to show beside one's own.
    Beside,
    /// Shows somebody's set beside one's own, or nobody's.
    ShowBeside(Option<Name>),
}
