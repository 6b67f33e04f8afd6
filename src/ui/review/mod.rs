//! The Review view: where annotators differ, case by case, down to a gold set.
//!
//! The review itself is [`crate::review::Review`], opened anew whenever the data has changed; nothing but annotators' sets
//! and decisions says what is open. Here is what one looks at: [`setup`] who is compared, [`queue`] which cases, [`case_counts`]
//! how many in every article, [`readings`] those under the words; [`list`] and [`table`] paint the left and the right
//! side, [`act`] does what is asked.

mod act;
mod case_counts;
mod conflicts;
mod conflicts_ui;
mod decide_alike;
mod identity;
mod identity_count;
mod identity_ui;
mod list;
mod premerge;
mod premerge_dialog;
mod prepared;
mod queue;
mod readings;
mod reasons;
mod reasons_ui;
mod setup;
mod state;
mod table;
mod view;

pub use act::{ReviewDialog, leave_editing, leaves_editing, perform, refused, settles};
pub use conflicts::ConflictList;
pub use conflicts_ui::ConflictsAsked;
pub use identity::Identities;
pub use identity_ui::Asked;
pub use premerge_dialog::PremergeDialog;
pub use reasons::ReasonList;
pub use reasons_ui::ReasonsAsked;
pub use setup::{Setup, SetupDialog};
pub use state::Reviewing;
pub use view::{hint, page, panels};
