//! The transaction over many cases that a worker makes ready.

use crate::edit::Transaction;
use crate::store::Loaded;
use crate::ui::widgets::jobs::Job;

/// Something about many cases is being made ready.
pub struct Merging {
    pub(super) job: Job<Merged>,
}

/// The result that a worker made ready.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) loaded: Vec<Loaded>,
    pub(super) transaction: Option<Transaction>,
    /// The sentence told when it is done.
    pub(super) said: String,
}
