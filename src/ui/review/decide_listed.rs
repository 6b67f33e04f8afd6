//! One annotator is right in every listed case: decided on a worker, as one transaction.

use super::prepared::{DecidedMany, DecidingMany};
use super::queue::CaseKey;
use super::state::Reviewing;
use crate::edit::Transaction;
use crate::model::Name;
use crate::review::{Choice, Ruling};
use crate::t;
use crate::ui::widgets::jobs::{Jobs, Outcome};
use crate::ui::workspace::Workspace;

impl Reviewing {
    /// Begins to decide every listed case that waits as one annotator has it, where they have a say.
    pub(super) fn decide_listed(&mut self, jobs: &Jobs, work: &Workspace, name: &Name) {
        let Some(sheet) = self.sheet.as_ref().filter(|_| self.deciding.is_none()) else { return };
        let Some(article) = work.session.corpus().article(&sheet.of.0).cloned() else { return };
        let open = sheet.items.iter().filter(|item| item.open);
        let spots: Vec<CaseKey> = open.map(|item| CaseKey::of(&sheet.review, &item.case)).collect();
        let config = self.config(work.annotator());
        let (reason, gap, name) = (self.reason.clone(), self.gap.clone(), name.clone());
        let mut source = work.session.snapshot();
        let job = jobs.start(t!("job-deciding"), move |ticket| {
            let everybody = config.everybody();
            let mut whole = Transaction {
                focus: super::premerge::focus(&article.id, &config.gold),
                ..Transaction::new(format!("decide as {name}"), &config.by)
            };
            let mut count = 0;
            for (done, spot) in spots.iter().enumerate() {
                if !ticket.progress(done as u64, spots.len() as u64) {
                    return None;
                }
                let (corpus, _) = source.read(&article, &everybody)?;
                let review = config.review(corpus, &article.id, None);
                let voter = review.annotators.iter().position(|other| *other == name);
                let Some((voter, (unit, row))) = voter.zip(spot.find(&review)) else { continue };
                // One decision may have settled another: what is gone needs none.
                let case = review.cases.iter().find(|case| (case.unit, case.row) == (unit, row));
                let Some(case) = case.filter(|case| review.row(case).reading_of(voter).is_some()) else { continue };
                let (by, choice) = (config.by.clone(), Choice::Adopt(voter));
                let ruling = Ruling { choice, by, reason: reason.clone(), gap: gap.clone() };
                let part = review.decide(corpus, case, &ruling);
                if source.apply(&part) {
                    whole.edits.extend(part.edits);
                    count += 1;
                }
            }
            let said = t!("decided-listed", name = name, count = count);
            Some(DecidedMany { transaction: whole, said })
        });
        self.deciding = Some(DecidingMany { job });
    }

    /// The number of cases that are decided, and of all, while it goes on.
    pub(super) fn decided_many(&self) -> Option<(u64, u64)> {
        self.deciding.as_ref().map(|deciding| deciding.job.counts())
    }

    /// Takes what was made ready, once it is there; says what came of it.
    pub fn poll_deciding(&mut self, work: &mut Workspace) -> Option<Result<String, String>> {
        let outcome = self.deciding.as_ref()?.job.poll();
        let decided = match outcome {
            Outcome::Running => return None,
            Outcome::Done(decided) => decided,
            Outcome::Broken => None,
        };
        self.deciding = None;
        let Some(DecidedMany { transaction, said }) = decided else {
            return Some(Err(t!("premerge-stopped").to_owned()));
        };
        let touched = transaction.articles();
        if let Err(error) = work.commit(transaction) {
            return Some(Err(error));
        }
        self.invalidate(&touched);
        Some(Ok(said))
    }
}
