//! Changes of a project's schema: another name, two things made one, one made two, or taken away.
//!
//! A change says what the schema becomes ([`SchemaChange::schema`]) and what becomes of each record ([`Recoding`]). Decisions
//! and what several sets say together are for those above.

mod change;
mod changed;
mod merge;
mod place;
mod recode;
mod which;

pub use change::SchemaChange;
pub use changed::Changed;
pub use place::SchemaPlace;
pub use recode::{Recoding, SetRecoded};
pub use which::{AnnotationKey, Which};
