//! The outcome of a command of marking, and the change that most of them are.

use super::dialogs::AnnotateDialog;
use crate::edit::Transaction;
use crate::t;
use crate::ui::workspace::{Workspace, cx};

/// The outcome of a command of marking that could be done.
pub type Done = cx::Done<AnnotateDialog>;
/// The outcome of a command of marking, or one sentence about why it could not be done.
pub type Outcome = cx::Outcome<AnnotateDialog>;

/// Commits the transaction that `make` gives; does nothing where it gives none.
///
/// # Errors
/// One sentence, where it does not fit or cannot be kept.
pub fn commit(work: &mut Workspace, make: impl FnOnce(&Workspace) -> Option<Transaction>) -> Outcome {
    let Some(transaction) = make(work) else { return Ok(Done::Nothing) };
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

/// Says that something has to be selected first.
pub fn needs_selection() -> Done {
    Done::Said(t!("say-annotation-first").to_owned())
}
