//! Many articles at once: who went where and when, who says what about it, who is meant, over a whole project.
//!
//! - [`Index`] has a [`Digest`] of every article as one maker marked it. A worker makes it from a snapshot, most of it from a
//!   cache; every edit brings it up to date. All tables over articles are made of it and read nothing else.
//! - [`register`]: who and what is mentioned, and which of them may be one; [`concordance`]: every place of words, a pattern,
//!   a label or a referent, and what is done at many; [`consistency`]: what is marked in one way here and in another there.
//! - [`Trips`] are told over articles: what contradicts, and which may be one, by what judgements leave open.
//! - [`Claims`] are held against each other in pairs, and counted with what became of them.
//! - [`Scheme`] reads off the schema which label is a trip or a claim, and which role says who, where and when.
//! - [`Filter`] is the one line that says which articles, frames and mentions are meant.

mod cache;
mod claims;
pub mod concordance;
pub mod consistency;
mod days;
mod digest;
mod filter;
mod filter_line;
mod fold;
mod index;
mod join;
mod rare_words;
mod reasons;
pub mod register;
mod scheme;
mod thing;
mod trips;

pub use claims::{Claim, ClaimLine, Claims, Pair, PairPart};
pub use days::{Days, number};
pub use digest::{Attribute, Digest, FillerOf, Frame, Mention, Slot, SlotFiller};
pub use filter::{Filter, Kept};
pub use filter_line::{Completion, FilterError, Key, Part};
pub use fold::folded;
pub use index::{Index, Item, ItemOf};
pub use join::{FrameKey, judge_pair, unjudge_pair};
pub use scheme::Scheme;
pub use thing::Thing;
pub use trips::{Candidate, Conflict, NEAR, NotProposed, Rule, Trip, TripKey, Trips};
