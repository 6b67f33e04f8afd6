//! Comments in the window: what is said about what is selected, the list of all threads, and their marks in the text.

mod act;
mod list;
mod marks;
mod thread_ui;
mod words;

pub use act::{CommentsDialog, ask_about, perform};
pub use list::{Asked, CommentList};
pub use marks::marks;
pub use thread_ui::about;
