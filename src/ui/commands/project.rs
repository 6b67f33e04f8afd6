//! Commands about the project as a whole: its files, its history, and which of its articles is open.

use std::path::PathBuf;

use crate::model::{ArticleId, Id, Name};
use crate::text::Span;

/// Commands about the project as a whole: its files, its history, and which of its articles is open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ProjectCommand {
    New,
    Open,
    /// Opens the project in this folder.
    OpenAt(PathBuf),
    /// Asks for another title of the project.
    Rename,
    /// Gives the project another title.
    SetTitle(String),
    /// Asks a source of suggestions beside the usual ones, or does not, by its name.
    AskSource(Name),
    Save,
    SaveCopy,
    /// Brings in edits from journals that were written in another folder.
    BringInElsewhere,
    /// The fate of files that held work and are gone.
    MissingFiles,
    /// Writes files that are gone again, with what they held.
    WriteMissing,
    /// Takes out of the project what was in files that are gone.
    TakeOutMissing,
    /// Tries once more to save a project that is to be left.
    SaveAndLeave,
    /// Leaves a project without what cannot be saved.
    LeaveUnsaved,
    Problems,
    /// The guidelines, at the label of what is selected.
    Guidelines,
    /// The guidelines, at this label.
    GuidelinesOf(Name),
    Undo,
    /// Takes the last change back, though it was made before the project was opened.
    UndoOlder,
    Redo,
    Copy,
    CopyWithPlace,
    /// Asks before the open article is removed.
    RemoveArticle,
    /// Asks before this article is removed.
    AskRemove(ArticleId),
    /// Removes an article with everything that was marked and said about it.
    Remove(ArticleId),
    /// The articles that were removed.
    Trash,
    /// Brings back what has this name in the trash.
    BringBack(String),
    /// Asks before what has these names in the trash is deleted; with its size, as people read it.
    AskEmptyTrash(Vec<String>, String),
    /// Deletes for good what has these names in the trash.
    EmptyTrash(Vec<String>),
    /// The facts known about an article.
    DescribeArticle(ArticleId),
    /// Opens an article, and looks at an annotation in it.
    LookAt(ArticleId, Option<Id>),
    /// Opens an article and looks at words in it.
    LookAtWords(ArticleId, Option<Span>),
    NextArticle,
    PreviousArticle,
    /// Lets annotators see each other's sets, or work blind.
    OpenSets,
    /// Asks whose set to show beside one's own.
    Beside,
    /// Shows somebody's set beside one's own, or nobody's.
    ShowBeside(Option<Name>),
}
