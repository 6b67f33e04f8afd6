//! The register: who and what mentions are of, over all articles, and which of them may be one.

mod deed;
mod entry;
mod names;
mod suspects;

pub use deed::{Deed, Party, carry_out};
pub(super) use entry::is_listed;
pub use entry::{Entry, Register, labels};
pub use suspects::{Alike, Evidence, Suspect, suspects};
