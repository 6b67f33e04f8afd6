//! The gate of a project folder: whatever is read or written below its root goes through a [`Disk`].
//!
//! Paths are relative to the root, with `/` between folders. Each part of a path is looked at without following it, so
//! a link that somebody planted is refused in one sentence and never reached through. The root itself is held open: a
//! folder that was renamed, deleted, unmounted or replaced is noticed by [`Disk::here`].

#[cfg(not(unix))]
#[path = "plain.rs"]
mod folder;
#[cfg(unix)]
#[path = "unix.rs"]
mod folder;
mod gate;

pub use folder::Folder;
pub use gate::{Disk, DiskFile, EntryKind, FileId, Found};
pub(super) use gate::{free_name, parent, refused, tree};
