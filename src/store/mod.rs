//! The project folder on disk: RON files, journal, lock, atomic writes, recovery.
//!
//! A [`Session`] owns the corpus and its history. A commit changes the corpus at once; a writer thread appends it to the
//! journal and syncs, and only then says [`Event::Saved`]. The RON files follow a little later, each rewritten whole.

mod error;
mod scan;
mod session;

pub use error::{OpenError, StoreError};
pub use scan::{Scan, Scanned, check_files, scan};
pub use session::{Access, Added, Draft, Event, Loaded, Loader, SaveState, Session};
