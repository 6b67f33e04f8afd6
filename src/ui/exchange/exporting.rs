//! An export that was asked for, until its dialog opens: everything is written first, since what is exported is what the
//! files hold.

use super::export_dialog::ExportDialog;
use crate::model::Name;
use crate::t;
use crate::ui::widgets::jobs::{Job, Outcome};
use crate::ui::workspace::cx::Cx;

/// An export that was asked for, as far as it is.
#[derive(Default)]
pub struct Exporting(Stage);

#[derive(Default)]
enum Stage {
    /// None was asked for.
    #[default]
    Nothing,
    /// Everything is being written.
    Writing,
    /// It is looked for whose sets there are.
    Looking(Job<Vec<Name>>),
    /// Something else came to stand over the window meanwhile: it begins anew when that is gone.
    Behind,
}

impl Exporting {
    /// Asks for everything to be written; the dialog opens then.
    pub fn ask(&mut self, cx: &mut Cx<'_>) {
        if cx.workspace.session.read_only() {
            self.look(cx);
            return;
        }
        self.0 = Stage::Writing;
        cx.workspace.session.ask_write();
    }

    fn look(&mut self, cx: &Cx<'_>) {
        let snapshot = cx.workspace.session.snapshot();
        self.0 = Stage::Looking(cx.jobs.start(t!("job-looking-for-sets"), move |_| snapshot.loader().makers()));
    }

    /// Takes what came of writing everything.
    ///
    /// # Errors
    /// One sentence, where there is nothing to export because of that.
    pub fn written(&mut self, cx: &Cx<'_>, done: Result<(), &str>) -> Result<(), String> {
        match (&self.0, done) {
            (Stage::Writing, Ok(())) => {
                self.look(cx);
                Ok(())
            }
            (Stage::Writing, Err(why)) => {
                self.0 = Stage::Nothing;
                Err(t!("say-export-not-yet", error = why))
            }
            _ => Ok(()),
        }
    }

    /// The dialog, once it is known whose sets there are and nothing else stands over the window.
    pub fn poll(&mut self, cx: &mut Cx<'_>, free: bool) -> Option<ExportDialog> {
        let names = match &self.0 {
            Stage::Nothing | Stage::Writing => return None,
            Stage::Behind if free => {
                self.ask(cx);
                return None;
            }
            Stage::Behind => return None,
            Stage::Looking(job) => match job.poll() {
                Outcome::Running => return None,
                Outcome::Done(names) => names,
                // It was told that the job broke off.
                Outcome::Broken => {
                    self.0 = Stage::Nothing;
                    return None;
                }
            },
        };
        self.0 = if free { Stage::Nothing } else { Stage::Behind };
        free.then(|| ExportDialog::new(cx.workspace, names, &cx.settings.language))
    }

    /// True where something is on its way.
    pub fn busy(&self) -> bool {
        matches!(self.0, Stage::Writing | Stage::Looking(_))
    }
}
