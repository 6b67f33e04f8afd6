//! The project that a data set is made of.

use crate::message;
use std::path::Path;

use super::plan::{DatasetFailure, Plan};
use crate::store::{self, OpenError, Scan, Snapshot};

/// The project that a data set is made of.
#[derive(Debug, Clone, Copy)]
pub enum DatasetSource<'a> {
    /// A folder, as its files have it.
    Folder(&'a Path),
    /// A project that is open, as it was at one moment, whatever of it is in its files.
    Snapshot(&'a Snapshot),
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for DatasetSource<'a> {
    fn from(folder: &'a P) -> Self {
        Self::Folder(folder.as_ref())
    }
}

impl<'a> From<&'a Snapshot> for DatasetSource<'a> {
    fn from(snapshot: &'a Snapshot) -> Self {
        Self::Snapshot(snapshot)
    }
}

impl DatasetSource<'_> {
    /// Opens the project, which has what the plan names.
    pub(super) fn open(self, plan: &Plan) -> Result<Scan, DatasetFailure> {
        let scan = match self {
            Self::Folder(folder) => store::scan(folder)?,
            Self::Snapshot(snapshot) => snapshot.scan()?,
        };
        plan.check(scan.corpus(), scan.annotators()).map_err(|failure| match (failure, self) {
            (DatasetFailure::Impossible(why), Self::Folder(folder)) => {
                DatasetFailure::Impossible(message!("file-why", file = folder.display(), why = why))
            }
            (other, _) => other,
        })?;
        Ok(scan)
    }

    /// One hash for all that the project says.
    pub(super) fn fingerprint(self) -> Result<String, OpenError> {
        match self {
            Self::Folder(folder) => store::fingerprint(folder),
            Self::Snapshot(snapshot) => snapshot.fingerprint(),
        }
    }
}
