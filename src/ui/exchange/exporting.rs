//! An export that was asked for, until its dialog opens: the folder says whose sets there are that are not in memory.

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
    /// It is looked for whose sets there are.
    Looking(Job<Vec<Name>>),
    /// Something else came to stand over the window meanwhile: it begins anew when that is gone.
    Behind,
}

impl Exporting {
    /// Looks whose sets there are; the dialog opens then.
    pub fn ask(&mut self, cx: &Cx<'_>) {
        let snapshot = cx.workspace.session.snapshot();
        self.0 = Stage::Looking(cx.jobs.start(t!("job-looking-for-sets"), move |_| snapshot.makers()));
    }

    /// The dialog, once it is known whose sets there are and nothing else stands over the window.
    pub fn poll(&mut self, cx: &Cx<'_>, free: bool) -> Option<ExportDialog> {
        let names = match &self.0 {
            Stage::Nothing => return None,
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
        matches!(self.0, Stage::Looking(_))
    }
}
