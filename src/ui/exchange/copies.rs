//! The project and other folders: a copy of it that work goes on in, and edits that came with a journal from elsewhere.

use crate::lang::InWords;
use std::path::{Path, PathBuf};

use crate::store::{Access, Copied, Link, Session, StoreError};
use crate::t;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// The writing of a copy of the project, which is opened in place of the project. One goes on working meanwhile: what is
/// done comes into the copy, too.
pub fn copy(dir: PathBuf) -> LongWork {
    LongWork {
        title: t!("copy-saving"),
        counted: t!("unit-files"),
        read_only: None,
        work: Box::new(move |link, ticket| match write(link, &dir, ticket) {
            Ok(copied) => open(link, dir, &copied),
            Err(error) => not_copied(&dir, &error, ticket),
        }),
    }
}

fn write(link: &Link, dir: &Path, ticket: &Ticket) -> Result<Copied, StoreError> {
    let copier = link.copier()?;
    // An article is a text and at least one set.
    let about = 4 + 2 * copier.articles() as u64;
    copier.write(dir, &mut |done| ticket.progress(done as u64, about.max(done as u64)))
}

/// Opens the copy, with what was done while it was written.
fn open(link: &Link, dir: PathBuf, copied: &Copied) -> WorkEnd {
    let opened = Session::open(&dir, link.annotator(), Access::Write).map_err(StoreError::from);
    let opened = opened.and_then(|mut session| {
        session.follow(link.take_followed()?)?;
        Ok(session)
    });
    match opened {
        Err(error) => WorkEnd::failed(t!("copy-unopened", path = dir.display()), error.told()),
        Ok(session) => {
            let lines: Vec<String> = lost(copied);
            let mut summary = t!("copy-done", count = copied.articles, path = dir.display());
            if !lines.is_empty() {
                summary.push(' ');
                summary.push_str(t!("copy-not-in-it"));
            }
            WorkEnd { summary, serious: !lines.is_empty(), lines, moved: Some((dir, Box::new(session))) }
        }
    }
}

fn not_copied(dir: &Path, error: &StoreError, ticket: &Ticket) -> WorkEnd {
    if ticket.cancelled() {
        return WorkEnd::said(t!("copy-cancelled", path = dir.display()));
    }
    let why = match error {
        StoreError::NotSaved(why) => why.told(),
        error => error.told(),
    };
    WorkEnd::failed(t!("copy-none"), why)
}

/// The files that are not in the copy, a sentence each.
fn lost(copied: &Copied) -> Vec<String> {
    let missing = copied.missing.iter().map(|article| t!("copy-text-missing", article = article));
    missing.chain(copied.unread.iter().map(InWords::told)).collect()
}

/// The bringing in of edits that wait in journals which were written in another folder.
pub fn bring_in() -> LongWork {
    LongWork {
        title: t!("elsewhere-bringing"),
        counted: t!("unit-journals"),
        read_only: Some(t!("elsewhere-read-only")),
        work: Box::new(|link, _| match link.bring_in_elsewhere() {
            Ok(0) => WorkEnd::said(t!("elsewhere-none")),
            Ok(count) => WorkEnd::said(t!("elsewhere-done", count = count)),
            Err(error) => WorkEnd::failed(t!("elsewhere-failed"), error.told()),
        }),
    }
}
