//! The project and other folders: a copy of it that work goes on in, and edits that came with a journal from elsewhere.

use crate::lang::InWords;
use std::path::PathBuf;

use crate::store::{Access, Copied, Session, StoreError};
use crate::t;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::loan::{Loan, Report};

/// The writing of a copy of the project as it is now, which is opened in place of the project. Nothing can be changed
/// meanwhile, so that nothing is left behind.
pub fn copy(dir: PathBuf) -> Loan {
    Loan {
        title: t!("copy-saving"),
        counted: t!("unit-files"),
        read_only: None,
        work: Box::new(move |work, ticket| write(work, dir, ticket)),
    }
}

fn write(work: &mut Workspace, dir: PathBuf, ticket: &Ticket) -> Report {
    let copier = work.session.copier();
    // An article is a text and at least one set.
    let about = 4 + 2 * work.session.corpus().articles().len() as u64;
    let copied = copier.write(&dir, &mut |done| ticket.progress(done as u64, about.max(done as u64)));
    let copied = match copied {
        Ok(copied) => copied,
        Err(error) => return not_copied(&dir, &error, ticket),
    };
    let annotator = work.annotator().clone();
    match Session::open(&dir, &annotator, Access::Write) {
        Err(error) => {
            let summary = t!("copy-unopened", path = dir.display());
            Report::failed(summary, error.told())
        }
        Ok(session) => {
            let place = work.open.as_ref().map(|open| open.id.clone());
            let old = std::mem::replace(work, Workspace::new(session));
            // It is written as far as it can be: what cannot be is in the copy.
            let _ = old.session.leave();
            let lines: Vec<String> = lost(&copied);
            let mut summary = t!("copy-done", count = copied.articles, path = dir.display());
            if !lines.is_empty() {
                summary.push(' ');
                summary.push_str(t!("copy-not-in-it"));
            }
            Report { summary, serious: !lines.is_empty(), lines, moved: Some((dir, place)) }
        }
    }
}

fn not_copied(dir: &std::path::Path, error: &StoreError, ticket: &Ticket) -> Report {
    if ticket.cancelled() {
        return Report::said(t!("copy-cancelled", path = dir.display()));
    }
    let why = match error {
        StoreError::NotSaved(why) => why.told(),
        error => error.told(),
    };
    Report::failed(t!("copy-none"), why)
}

/// The files that are not in the copy, a sentence each.
fn lost(copied: &Copied) -> Vec<String> {
    let missing = copied.missing.iter().map(|article| t!("copy-text-missing", article = article));
    missing.chain(copied.unread.iter().map(InWords::told)).collect()
}

/// The bringing in of edits that wait in journals which were written in another folder.
pub fn bring_in() -> Loan {
    Loan {
        title: t!("elsewhere-bringing"),
        counted: t!("unit-journals"),
        read_only: Some(t!("elsewhere-read-only")),
        work: Box::new(|work, _| match work.session.bring_in_elsewhere() {
            Ok(0) => Report::said(t!("elsewhere-none")),
            Ok(count) => Report::said(t!("elsewhere-done", count = count)),
            Err(error) => Report::failed(t!("elsewhere-failed"), error.told()),
        }),
    }
}
