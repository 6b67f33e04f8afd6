//! A project that is let go of on one thread while another one waits for that.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::Session;

/// The knowledge of when a project is let go of.
pub struct Release(Receiver<()>);

impl Release {
    /// True once the project is let go of.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.0.try_recv() != Err(TryRecvError::Empty)
    }

    /// Waits until the project is let go of.
    pub fn wait(self) {
        // It ends with the work, however that ends.
        let _ = self.0.recv();
    }
}

impl Session {
    /// Returns the work of letting the project go, for any thread, and the knowledge of when it is done. What cannot be written
    /// is in the journal, or was given up by a person.
    pub fn release(self) -> (impl FnOnce() + Send, Release) {
        let (done, gone) = channel();
        let work = move || {
            if let Err(error) = self.leave() {
                tracing::info!("left with work in the journal: {error}");
            }
            // Nobody may wait for it.
            let _ = done.send(());
        };
        (work, Release(gone))
    }
}

/// True where two paths lead to one folder.
#[must_use]
pub fn same_folder(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}
