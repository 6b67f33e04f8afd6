//! The project and other folders: a copy of it that work goes on in, and edits that came with a journal from elsewhere.

use std::path::PathBuf;

use eframe::egui;

use crate::store::{Access, Copied, Session, StoreError};
use crate::ui::shell::app::App;
use crate::ui::shell::lending::{self, Report};
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::dialog::counted;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::Workspace;

/// Asks where a copy of the project is to lie.
pub fn ask(app: &mut App) {
    match &app.work {
        Some(_) => app.overlay = Some(Overlay::copy()),
        None => app.say("No project is open that could be copied."),
    }
}

/// Begins to write a copy of the project as it is now, and opens it in place of the project. Nothing can be changed
/// meanwhile, so that nothing is left behind.
pub fn copy(app: &mut App, ctx: &egui::Context, dir: PathBuf) {
    lending::lend(app, ctx, "Saving a copy…", "files", move |work, ticket| write(work, dir, ticket));
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
            let summary =
                format!("The copy in {} is complete, and cannot be opened; work goes on here.", dir.display());
            Report::failed(summary, error.to_string())
        }
        Ok(session) => {
            let place = work.open.as_ref().map(|open| open.id.clone());
            let old = std::mem::replace(work, Workspace::new(session));
            // It is written as far as it can be: what cannot be is in the copy.
            let _ = old.session.close();
            let lines: Vec<String> = lost(&copied);
            let summary = format!(
                "{}, with all that is marked in them, copied to {}: that is the project that is open now, and undo begins \
                 anew in it.{}",
                counted(copied.articles as u64, "article"),
                dir.display(),
                if lines.is_empty() { "" } else { " Not in the copy:" }
            );
            Report { summary, serious: !lines.is_empty(), lines, moved: Some((dir, place)) }
        }
    }
}

fn not_copied(dir: &std::path::Path, error: &StoreError, ticket: &Ticket) -> Report {
    if ticket.cancelled() {
        return Report::said(format!(
            "Cancelled: what is in {} is not a whole project and can be deleted; work goes on here.",
            dir.display()
        ));
    }
    let why = match error {
        StoreError::NotSaved(why) => why.clone(),
        error => error.to_string(),
    };
    Report::failed("No copy was made; work goes on here.", why)
}

/// The files that are not in the copy, a sentence each.
fn lost(copied: &Copied) -> Vec<String> {
    let missing = copied.missing.iter().map(|article| format!("article {article}: its text could not be read"));
    missing.chain(copied.unread.iter().cloned()).collect()
}

/// Begins to bring in edits that wait in journals which were written in another folder.
pub fn bring_in(app: &mut App, ctx: &egui::Context) {
    if app.work.as_ref().is_some_and(|work| work.session.read_only()) {
        app.fail("The project is open for reading only: nothing can be brought in.");
        return;
    }
    lending::lend(app, ctx, "Bringing in edits from elsewhere…", "journals", |work, _| {
        match work.session.bring_in_elsewhere() {
            Ok(0) => Report::said("No edits from elsewhere wait here."),
            Ok(count) => {
                let edits = counted(count as u64, "edit");
                Report::said(format!("{edits} from elsewhere brought in. Ctrl+Z takes them back."))
            }
            Err(error) => Report::failed("The edits from elsewhere stay where they are.", error.to_string()),
        }
    });
}
