//! The pane of places: every place of words, a pattern, a label or a referent, with what is done at many of them at once; and
//! beside it what is not consistent.
//!
//! [`state`] has the places that a worker found and those that are ticked, [`table`] paints them, [`findings`] has what is not
//! consistent, [`findings_ui`] paints that, and [`work`] makes the long work that changes articles.

mod findings;
mod findings_ui;
mod state;
mod table;
mod work;

pub(super) use findings_ui::ui as findings_ui;
pub(super) use state::Concordance;
pub(super) use table::ui;
pub(super) use work::long_work;
