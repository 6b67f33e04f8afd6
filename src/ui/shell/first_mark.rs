//! The mark of somebody who has no name yet, as it waits for one.

use crate::model::{ArticleId, Name};
use crate::text::Span;
use crate::ui::commands::AnnotateCommand;

/// The mark that a visitor was about to make.
pub struct FirstMark {
    pub command: AnnotateCommand,
    pub article: ArticleId,
    /// The words that were selected.
    pub words: Option<Span>,
    /// The annotator whose work was read.
    pub visited: Name,
}
