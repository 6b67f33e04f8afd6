//! The concordance: every place of words, a pattern, a label or a referent in all articles, and what is done with many places
//! at once.

mod change;
mod find;
mod hit;
mod search;

pub use change::{Change, Changed, Spot, change, identity};
pub use find::find;
pub use hit::{Hit, Order, sort};
pub use search::{Search, SearchError};
