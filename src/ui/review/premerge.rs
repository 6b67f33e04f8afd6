//! Merges of what is agreed, in one article or in all: a worker makes all of it ready first, so that
//! what is asked about is what is done, to the record.

use super::identity;
use super::premerge_dialog::PremergeDialog;
use super::prepared::{MergeStep, PreparedMerge, Reach};
use super::state::Reviewing;
use crate::edit::{Focus, Transaction};
use crate::model::{ArticleId, Name};
use crate::review::MergeOutcome;
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// The place where the eye is when it is undone: the article.
pub(super) fn focus(article: &ArticleId, gold: &Name) -> Option<Focus> {
    Some(Focus { article: article.clone(), annotator: gold.clone(), annotation: None })
}

impl Reviewing {
    /// Asks before what is agreed is merged, and begins to find out what that is; nothing where nothing is compared yet.
    pub(super) fn ask_to_merge(&self, jobs: &Jobs, work: &Workspace) -> Option<Box<PremergeDialog>> {
        let here = self.sheet.as_ref()?.of.0.clone();
        let gold = self.setup.gold.clone();
        Some(Box::new(PremergeDialog::new(self.prepare(jobs, work, here), gold)))
    }

    fn prepare(&self, jobs: &Jobs, work: &Workspace, here: ArticleId) -> Job<Option<PreparedMerge>> {
        let config = self.config(work.annotator());
        let (mut source, mut first) = (work.session.snapshot(), work.session.snapshot());
        jobs.start(t!("queue-merging"), move |ticket| {
            let everybody = config.everybody();
            let articles = source.corpus().articles().to_vec();
            let total = articles.len() as u64;
            // Identity shows only across articles, and is agreed on only if it is so in all of them.
            let across = identity::across(&mut first, &articles, &config, ticket)?;
            let step = || {
                let title = Transaction::new("merge what is agreed", &config.by);
                let transaction = Transaction { focus: focus(&here, &config.gold), ..title };
                MergeStep { transaction, outcome: MergeOutcome::default() }
            };
            let mut prepared = PreparedMerge { loaded: Vec::new(), here: step(), all: step() };
            if let Some((corpus, _)) =
                source.corpus().article(&here).cloned().and_then(|it| source.read(&it, &everybody))
            {
                let review = config.review(corpus, &here, Some(&across));
                let part = review.premerge(corpus, &config.by);
                prepared.here.outcome.add(corpus, &review, &part);
                prepared.here.transaction.edits = part.edits;
            }
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(total + done as u64, 2 * total) {
                    return None;
                }
                let Some((corpus, loaded)) = source.read(article, &everybody) else { continue };
                let review = config.review(corpus, &article.id, Some(&across));
                let part = review.premerge(corpus, &config.by);
                prepared.all.outcome.add(corpus, &review, &part);
                if !part.is_empty() {
                    prepared.loaded.extend(loaded);
                    // The next article may be about the same people: what was made of them is known there.
                    if source.apply(&part) {
                        prepared.all.transaction.edits.extend(part.edits);
                    }
                }
                source.forget(&article.id);
            }
            Some(prepared)
        })
    }

    /// Does the merge that was chosen; returns what came of it.
    ///
    /// # Errors
    /// One sentence where the articles have changed since it was made ready: nothing is merged then.
    pub fn merge(&mut self, work: &mut Workspace, dialog: PremergeDialog) -> Result<String, String> {
        let Some((reach, prepared)) = dialog.chosen() else { return Ok(String::new()) };
        let PreparedMerge { loaded, here, all } = prepared;
        let MergeStep { transaction, outcome } = if reach == Reach::Article { here } else { all };
        let touched = transaction.articles();
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        work.commit(transaction)?;
        self.invalidate(&touched);
        Ok(match reach {
            Reach::Article => t!("merged-here", count = outcome.added, gold = self.setup.gold),
            Reach::Project => t!("premerge-done", records = outcome.added, articles = outcome.articles),
        })
    }
}
