//! Many articles at once: who went where and when, who says what about it, who is meant, over a whole project.
//!
//! - [`Index`] has a [`Digest`] of every article as one maker marked it. A worker makes it from a snapshot, most of it from a
//!   cache; every edit brings it up to date. All tables over articles are made of it and read nothing else.
//! - [`register`]: who and what is mentioned, and which of them may be one; [`concordance`]: every place of words, a pattern,
//!   a label or a referent, and what is done at many; [`consistency`]: what is marked in one way here and in another there.
//! - [`Filter`] is the one line that says which articles, frames and mentions are meant.

mod cache;
pub mod concordance;
pub mod consistency;
mod days;
mod digest;
mod filter;
mod filter_line;
mod fold;
mod index;
pub mod register;

pub use days::{Days, number};
pub use digest::{Attribute, Digest, FillerOf, Frame, Mention, Slot, SlotFiller};
pub use filter::{Filter, Kept};
pub use filter_line::{Completion, FilterError, Key, Part};
pub use fold::folded;
pub use index::{Index, Item, ItemOf};
