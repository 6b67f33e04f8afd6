//! Undo and redo, in the view in which what they change is seen.

use crate::edit::Transaction;
use crate::model::RecordFile;
use crate::store::Asked;
use crate::t;
use crate::ui::commands::{Direction, ProjectCommand, View};
use crate::ui::shell::app::{App, Features};
use crate::ui::shell::overlay::Overlay;
use crate::ui::workspace::cx::{Cx, Done, Outcome};
use crate::ui::workspace::{Workspace, steps};

impl App {
    /// Takes the last change back; asks first where it was made before the project was opened.
    pub(in crate::ui) fn undo_asked(&mut self) -> Outcome<Overlay> {
        match self.work.as_ref().and_then(older) {
            Some(asked) => Ok(Done::Ask(asked)),
            None => self.travel(Direction::Back),
        }
    }

    /// Takes the last change back, or does it again.
    pub(in crate::ui) fn travel(&mut self, direction: Direction) -> Outcome<Overlay> {
        let Some(work) = &mut self.work else { return Ok(Done::Nothing) };
        let back = direction == Direction::Back;
        match work.travel(direction)? {
            Asked::Done(Some(applied)) => Done::said(self.travelled(&applied, direction)),
            Asked::Done(None) => Done::said(if back { t!("nothing-to-undo") } else { t!("nothing-to-redo") }),
            Asked::Later => Done::said(t!("undo-reads-first")),
        }
    }

    /// Shows what was taken back or done again; gives the sentence about it.
    pub(in crate::ui) fn travelled(&mut self, applied: &Transaction, direction: Direction) -> String {
        let mut view = self.view;
        let Some((cx, Features { reviewing, .. })) = self.parts() else { return String::new() };
        let Cx { workspace, jobs, .. } = cx;
        if let Some(focus) = applied.focus.clone() {
            let golden = focus.annotator == reviewing.setup.gold;
            // A comment is seen in either.
            let of_set =
                applied.edits.iter().any(|edit| !matches!(edit.at, RecordFile::Comments(_) | RecordFile::Runs(_)));
            match view {
                _ if !of_set => {}
                View::Annotate if golden && focus.annotator != *workspace.annotator() => view = View::Review,
                View::Review if !golden && focus.annotator == *workspace.annotator() => view = View::Annotate,
                View::Annotate | View::Review | View::Corpus | View::Dashboard | View::Errors | View::Schema => {}
            }
            match view {
                View::Review => reviewing.follow(jobs, workspace),
                View::Annotate => workspace.edit_set(jobs, None, Vec::new()),
                View::Corpus | View::Dashboard | View::Errors | View::Schema => {}
            }
            reviewing.seek(applied);
            workspace.show(jobs, &focus.article, focus.annotation.filter(|_| view == View::Annotate));
            if view == View::Review {
                reviewing.look_for_decision();
            }
        }
        self.view = view;
        let step = steps::title(&applied.title);
        if direction == Direction::Back { t!("undone", step = step) } else { t!("done-again", step = step) }
    }
}

/// The question whether a step is taken back that was made before the project was opened, and what it is; none where the last
/// step was made since.
fn older(work: &Workspace) -> Option<Overlay> {
    let step = work.session.history().to_undo_earlier()?;
    let article = step.focus.as_ref().and_then(|focus| work.session.corpus().article(&focus.article));
    let name = steps::title(&step.title);
    let told = match article {
        Some(article) => t!("undo-older-in", step = name, by = step.by, at = step.at, article = article.title),
        None => t!("undo-older-step", step = name, by = step.by, at = step.at),
    };
    Some(Overlay::Confirm {
        title: t!("undo-older-title").to_owned(),
        message: told,
        yes: t!("undo-older-yes").to_owned(),
        command: ProjectCommand::UndoOlder.into(),
    })
}
