//! The project folder on disk: RON files, journal, lock, atomic writes, recovery.
//!
//! A [`Session`] owns the corpus and its history. A commit changes the corpus at once; one thread appends it to the
//! journal and syncs, and only then says [`Event::Saved`]; another rewrites the RON files a little later, each whole.
//! Nothing under `.jejak` is needed to read a project whose sessions were closed.
//!
//! | file | what it is |
//! |---|---|
//! | `project.ron`, `schema.ron` | title, settings, people and their kinds; labels |
//! | `articles.ron` | one article per line |
//! | `articles/000-3fa2c1d9.txt`, `articles/001/1000-….txt` | texts: number, first digits of the text's SHA-256 |
//! | `sets/ANNOTATOR/000-3fa2c1d9.ron` | one annotation per line, sorted by place; spans in code points beside their words |
//! | `sets/ANNOTATOR/referents.ron` | one referent per line |
//! | `sets/ANNOTATOR/comments.ron` | one comment per line; threads are made of everybody's |
//! | `sets/ANNOTATOR/runs.ron` | what became of suggestions: a line for each article and sitting |
//! | `.jejak/.cache/` | what can be computed again |
//! | `.jejak/.merged-copies/` | what sync programs had left, and was merged |
//! | `.jejak/.trash/` | the work of each removed article, until the trash is emptied |
//! | `.jejak/ANNOTATOR/` | journal, lock, and records of others that could not be merged |

mod add;
mod annotator;
mod appender;
mod aside;
mod asking;
pub mod atomic;
pub mod cache;
mod cache_bytes;
mod candidate;
mod commit;
mod conflict;
mod content;
mod copies;
mod copy;
mod disk;
mod elsewhere;
mod errand;
mod error;
mod event;
mod file;
mod file_sync;
mod fingerprint;
mod folder;
mod in_memory;
mod incoming;
mod journal;
mod journal_lines;
mod layout;
mod link;
mod load;
mod loader;
mod lock;
mod messages;
mod names;
mod open;
mod people;
mod plain_line;
mod plain_writer;
mod prepared;
mod project;
mod project_file;
mod put_in_place;
mod raw;
mod read;
mod recover;
mod release;
mod remove;
mod renumber;
mod ron_text;
pub mod sample;
mod saving;
mod scan;
mod session;
pub mod settings;
mod settle;
mod show;
mod snapshot;
mod stem;
mod texts;
mod tracked_file;
mod trash;
mod underway;
mod waiting;
mod wire;
mod wire_1;
mod working_copy;

pub use add::{ALIKE, Added, Adder, MakeEdits, NewArticles, NewText};
pub use annotator::{AnnotatorError, annotator, folder_name};
pub use cache_bytes::{CacheReader, CacheWriter};
pub use candidate::{Candidate, read_schema};
pub use conflict::{TheirSide, differing_fields, in_words};
pub use content::as_line;
pub use copies::{Copy, copies, merge_copy};
pub use copy::{Copied, Copier, Followed};
pub use disk::{Disk, DiskFile, EntryKind, FileId, Folder, Found};
pub use error::{OpenError, StoreError};
pub use event::{Asked, Event, SaveState, Way};
pub use file::{set_from_ron, set_to_ron};
pub use fingerprint::fingerprint;
pub use folder::is_project;
pub use link::Link;
pub use loader::{FileStamp, Loaded, Loader};
pub use people::{change_project, read_project};
pub use raw::{RawFile, is_in_head};
pub use release::{Release, same_folder};
pub use remove::{Removed, remove_article};
pub use renumber::{Renumbered, put_in_order, renumber, renumber_project};
pub use ron_text::CONFLICTS;
pub use scan::{Scan, Scanned, ScannedSet, check_files, scan};
pub use session::{Access, Session};
pub use show::show;
pub use snapshot::Snapshot;
pub use trash::{Emptied, Trashed, empty_trash, restore_article, trash};
pub use waiting::{Waiting, waiting};
pub use working_copy::WorkingCopy;
