//! Files that held work and are gone, as problems of the project.

use crate::message;
use crate::model::Problem;
use crate::store::Session;

/// The problems that files are gone.
pub fn problems(session: &Session) -> impl Iterator<Item = Problem> {
    session.vanished().map(|(file, records)| {
        let message = message!("gone-problem", count = records);
        Problem::warning("file-gone", message).at(&file, None)
    })
}
