//! Many cases decided in the same way: as one annotator has them, or as most do; on a worker, as one transaction.

use super::case_counts::ReviewConfig;
use super::prepared::{DecidedMany, DecidingMany};
use super::queue::{self, CaseKey};
use super::state::Reviewing;
use crate::edit::Transaction;
use crate::model::{Article, ArticleId};
use crate::review::{Case, Choice, Review, Ruling};
use crate::store::Snapshot;
use crate::t;
use crate::ui::commands::{CasesAlike, RightReading};
use crate::ui::widgets::jobs::{Jobs, Outcome};
use crate::ui::workspace::Workspace;
use std::sync::Arc;

/// The index of a reading's first annotator, where the case can be decided like that.
pub(super) fn voter(review: &Review, case: &Case, right: &RightReading) -> Option<usize> {
    let row = review.row(case);
    match right {
        RightReading::Of(name) => {
            let voter = review.annotators.iter().position(|other| other == name)?;
            row.reading_of(voter).map(|_| voter)
        }
        RightReading::Majority => {
            let most = row.readings.iter().map(|reading| reading.by.len()).max()?;
            let mut with_most = row.readings.iter().filter(|reading| reading.by.len() == most);
            let first = with_most.next()?.by[0];
            with_most.next().is_none().then_some(first)
        }
    }
}

/// Decisions that are made alike, and their reason.
struct Alike {
    config: ReviewConfig,
    right: RightReading,
    reason: String,
    gap: String,
}

impl Alike {
    /// Decides these cases of an article that is read, as far as they still wait; gives how many were.
    fn decide(&self, source: &mut Snapshot, article: &Article, spots: &[CaseKey], whole: &mut Transaction) -> usize {
        let everybody = self.config.everybody();
        let mut count = 0;
        for spot in spots {
            let Some((corpus, _)) = source.read(article, &everybody) else { break };
            let review = self.config.review(corpus, &article.id, None);
            let Some((unit, row)) = spot.find(&review) else { continue };
            // One decision may have settled another: what is gone needs none.
            let Some(case) = review.cases.iter().find(|case| (case.unit, case.row) == (unit, row)) else { continue };
            let Some(voter) = voter(&review, case, &self.right) else { continue };
            let (by, choice) = (self.config.by.clone(), Choice::Adopt(voter));
            let ruling = Ruling { choice, by, reason: self.reason.clone(), gap: self.gap.clone() };
            let part = review.decide(corpus, case, &ruling);
            if source.apply(&part) {
                whole.edits.extend(part.edits);
                count += 1;
            }
        }
        count
    }
}

impl Reviewing {
    /// The cases of the open article that would be decided alike.
    pub(super) fn alike(&self, which: CasesAlike) -> Vec<Case> {
        let Some((sheet, item)) = self.current() else { return Vec::new() };
        match which {
            CasesAlike::Listed | CasesAlike::AllArticles => {
                sheet.items.iter().filter(|item| item.open).map(|item| item.case).collect()
            }
            CasesAlike::Thing => {
                sheet.review.cases.iter().filter(|case| case.unit == item.case.unit).copied().collect()
            }
        }
    }

    /// Begins to decide cases alike, wherever it is clear what that means.
    pub(super) fn decide_alike(&mut self, jobs: &Jobs, work: &Workspace, right: &RightReading, which: CasesAlike) {
        let Some(sheet) = self.sheet.as_ref().filter(|_| self.deciding.is_none()) else { return };
        let here: ArticleId = sheet.of.0.clone();
        let corpus = work.session.corpus();
        let spots: Vec<CaseKey> = self.alike(which).iter().map(|case| CaseKey::of(&sheet.review, case)).collect();
        let articles: Vec<Arc<Article>> = match which {
            CasesAlike::AllArticles => corpus.articles().to_vec(),
            CasesAlike::Listed | CasesAlike::Thing => corpus.article(&here).cloned().into_iter().collect(),
        };
        let config = self.config(work.annotator());
        let alike = Alike { config, right: right.clone(), reason: self.reason.clone(), gap: self.gap.clone() };
        let (filter, order) = (self.filter.clone(), self.order);
        let mut source = work.session.snapshot();
        let job = jobs.start(t!("job-deciding"), move |ticket| {
            let everybody = alike.config.everybody();
            let title = match &alike.right {
                RightReading::Of(name) => format!("decide as {name}"),
                RightReading::Majority => "decide as most do".to_owned(),
            };
            let focus = super::premerge::focus(&here, &alike.config.gold);
            let mut decided = DecidedMany {
                transaction: Transaction { focus, ..Transaction::new(title, &alike.config.by) },
                loaded: Vec::new(),
                said: String::new(),
            };
            let (mut count, mut touched) = (0, 0);
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    return None;
                }
                let Some((corpus, loaded)) = source.read(article, &everybody) else { continue };
                let spots = match which {
                    CasesAlike::Listed | CasesAlike::Thing => spots.clone(),
                    CasesAlike::AllArticles => {
                        let review = alike.config.review(corpus, &article.id, None);
                        let items = queue::items(&review, corpus, &filter, order);
                        items.iter().filter(|it| it.open).map(|it| CaseKey::of(&review, &it.case)).collect()
                    }
                };
                let made = alike.decide(&mut source, article, &spots, &mut decided.transaction);
                if made > 0 {
                    decided.loaded.extend(loaded);
                    (count, touched) = (count + made, touched + 1);
                }
                source.forget(&article.id);
            }
            decided.said = match &alike.right {
                RightReading::Of(name) => t!("decided-listed", name = name, count = count, articles = touched),
                RightReading::Majority => t!("decided-majority", count = count, articles = touched),
            };
            Some(decided)
        });
        self.deciding = Some(DecidingMany { job });
    }

    /// The number of articles that are gone through, and of all, while it goes on.
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
        let Some(DecidedMany { transaction, loaded, said }) = decided else {
            return Some(Err(t!("premerge-stopped").to_owned()));
        };
        let touched = transaction.articles();
        if touched.is_empty() {
            return Some(Ok(said));
        }
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        if let Err(error) = work.commit(transaction) {
            return Some(Err(error));
        }
        self.invalidate(&touched);
        Some(Ok(said))
    }
}
