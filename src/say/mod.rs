//! Words that leave the program: strings of a project made harmless where they are shown or written, names made into
//! names of files, and libraries' errors in plain sentences.
//!
//! A title, a label or a file's name may be any text. [`visible`] is for a terminal and the window, [`json`] for
//! `--json`, [`markdown`] and [`yaml`] for the card of a data set, [`Names`] for files. [`io`], `ron` and their like
//! say of a library's error what a person can do something with, and nothing of how the program is made.

mod fault;
mod file_name;
mod markdown;
mod nearest;
mod serde_words;
mod visible;

pub use fault::{io, json_at, json_fault, packed, ron, table, xml, zip};
pub use file_name::{Names, is_reserved};
pub use markdown::{code, markdown, yaml};
pub use nearest::nearest;
pub use visible::{is_xml, json, one_line, steers, visible, xml_value};
