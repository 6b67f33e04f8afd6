//! The thread that keeps the RON files: rewrites them soon after edits, and notices what others change.
//!
//! For each file it knows what stood in it when it was last read or written (`known`) and what was changed since
//! (`pending`); the corpus is always the one with the other applied. Where the file has become something else, the
//! difference is offered to the session, which takes it into the corpus wherever its own edits leave room, and answers.
//! The answer comes in order with the session's edits, so both sides draw the same conclusion.

mod outside;
mod settings;
mod state;
mod thread;
mod writing;

pub(super) use state::FileSync;
