//! Programs of the person's own as sources: each is asked about an article by a line and answers with one.

mod answer;
mod question;
mod run;

pub use answer::Answer;
pub use question::question;
pub use run::run;

use crate::model::Name;

/// The beginning of the names of such sources; the name of the program in the settings follows.
const PREFIX: &str = "command:";

/// The name of the source that a program is.
#[must_use]
pub fn program_source(program: &str) -> Name {
    format!("{PREFIX}{program}").into()
}

/// The program that a source is, by its name in the settings; none where it is another source.
#[must_use]
pub fn program_of_source(source: &str) -> Option<&str> {
    source.strip_prefix(PREFIX)
}
