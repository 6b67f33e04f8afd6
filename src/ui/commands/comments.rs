//! Commands about comments.

use crate::model::{ArticleId, Id, Name, Quote, Target};

/// Commands about comments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum CommentsCommand {
    /// Asks for a comment on what is selected.
    Ask,
    /// The list of comments, with one of them picked.
    List(Option<(Name, Id)>),
    Answer((Name, Id)),
    /// Settles a thread, or opens it again.
    Resolve((Name, Id)),
    Reword(Id),
    Delete(Id),
    GoTo((Name, Id)),
    /// Keeps a new comment.
    Write(Box<NewComment>),
    /// Keeps an answer in the thread that begins with this comment.
    WriteAnswer((Name, Id), String),
    /// Keeps other words for one's own comment.
    WriteAnew(Id, String),
}

/// A comment as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    /// The article that it is on.
    pub article: ArticleId,
    /// The thing in it that it is on.
    pub on: Target,
    /// The people whom it is meant for, each with the thing of theirs that it is on then; none where it is for everybody.
    pub to: Vec<(Name, Target)>,
    /// The words that it is on.
    pub at: Vec<Quote>,
    /// Its words.
    pub text: String,
}
