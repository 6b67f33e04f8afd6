//! The Annotate view: the list of articles, the open one, and the cards of what is marked in it.

mod act;
mod candidates;
pub mod card_ui;
mod choose;
pub mod describe;
pub mod dialogs;
mod filling;
mod ghost_bar;
mod ghost_card;
mod ghosts;
mod gold_feedback;
mod in_view;
pub mod label_all;
mod label_all_ui;
mod marking;
mod missing;
mod navigate;
mod outcome;
mod pieces;
mod proposed;
mod refer;
pub mod value_dialog;
mod view;

pub use act::{escape, perform};
pub use filling::keys_of;
pub use in_view::show_first;
pub use view::{page, panels};
