//! Many cases at once, on a worker: what is agreed goes into the adjudicated set, after a look at how much it is, in one
//! article or in all; or one annotator is right in every listed case.

use std::collections::BTreeSet;

use super::identity;
use super::merging::{Merged, Merging};
use super::queue::CaseKey;
use super::state::Reviewing;
use crate::edit::{Focus, Transaction};
use crate::model::{ArticleId, Name};
use crate::review::{Choice, Ruling};
use crate::t;
use crate::ui::widgets::jobs::{Jobs, Outcome};
use crate::ui::workspace::Workspace;

/// The place where the eye is when it is undone: the article.
pub fn focus(article: &ArticleId, gold: &Name) -> Option<Focus> {
    Some(Focus { article: article.clone(), annotator: gold.clone(), annotation: None })
}

impl Reviewing {
    /// Begins to merge what is agreed in all articles.
    pub(super) fn merge_all(&mut self, jobs: &Jobs, work: &Workspace) {
        if self.merging.is_some() {
            return;
        }
        let config = self.config(work.annotator());
        let (mut source, mut first) = (work.session.snapshot(), work.session.snapshot());
        let here = work.open.as_ref().and_then(|open| focus(&open.id, &config.gold));
        let job = jobs.start(t!("queue-merging"), move |ticket| {
            let everybody = config.everybody();
            let articles = source.corpus().articles().to_vec();
            // Who is who shows only across articles, and is agreed on only if it is so in all of them.
            let Some(across) = identity::across(&mut first, &articles, &config, ticket) else {
                return Merged::default();
            };
            let mut merged = Merged::default();
            let mut count = 0;
            let mut whole = Transaction { focus: here, ..Transaction::new("merge what is agreed", &config.by) };
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    return Merged::default();
                }
                let Some((corpus, loaded)) = source.read(article, &everybody) else { continue };
                let part = config.review(corpus, &article.id, Some(&across)).premerge(corpus, &config.by);
                if !part.is_empty() {
                    merged.loaded.extend(loaded);
                    count += 1;
                    // The next article may be about the same people: what was made of them is known there.
                    if source.apply(&part) {
                        whole.edits.extend(part.edits);
                    }
                }
                source.forget(&article.id);
            }
            merged.said = t!("premerge-done", records = whole.records(), articles = count);
            merged.transaction = Some(whole);
            merged
        });
        self.merging = Some(Merging { job });
    }

    /// Begins to decide every listed case that waits as one annotator has it, where they have a say.
    pub(super) fn decide_listed(&mut self, jobs: &Jobs, work: &Workspace, name: &Name) {
        let Some(sheet) = self.sheet.as_ref().filter(|_| self.merging.is_none()) else { return };
        let Some(article) = work.session.corpus().article(&sheet.of.0).cloned() else { return };
        let open = sheet.items.iter().filter(|item| item.open);
        let spots: Vec<CaseKey> = open.map(|item| CaseKey::of(&sheet.review, &item.case)).collect();
        let config = self.config(work.annotator());
        let (reason, gap, name) = (self.reason.clone(), self.gap.clone(), name.clone());
        let mut source = work.session.snapshot();
        let job = jobs.start(t!("job-deciding"), move |ticket| {
            let everybody = config.everybody();
            let mut whole = Transaction {
                focus: focus(&article.id, &config.gold),
                ..Transaction::new(format!("decide as {name}"), &config.by)
            };
            let mut count = 0;
            for (done, spot) in spots.iter().enumerate() {
                if !ticket.progress(done as u64, spots.len() as u64) {
                    return Merged::default();
                }
                let Some((corpus, _)) = source.read(&article, &everybody) else { return Merged::default() };
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
            Merged { loaded: Vec::new(), transaction: Some(whole), said }
        });
        self.merging = Some(Merging { job });
    }

    /// The number of articles that are merged, and of all, while it goes on.
    pub(super) fn merged(&self) -> Option<(u64, u64)> {
        self.merging.as_ref().map(|merging| merging.job.counts())
    }

    /// Takes what was made ready, once it is there; says what came of it.
    pub fn poll_merging(&mut self, work: &mut Workspace) -> Option<Result<String, String>> {
        let outcome = self.merging.as_ref()?.job.poll();
        let merged = match outcome {
            Outcome::Running => return None,
            Outcome::Done(merged) => merged,
            Outcome::Broken => Merged::default(),
        };
        self.merging = None;
        let Merged { loaded, transaction: Some(transaction), said } = merged else {
            return Some(Err(t!("premerge-stopped").to_owned()));
        };
        let touched = transaction.edits.iter().filter_map(|edit| edit.set().map(|(article, _)| article.clone()));
        let touched: BTreeSet<ArticleId> = touched.collect();
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        if let Err(error) = work.commit(transaction) {
            return Some(Err(error));
        }
        self.invalidate(&touched);
        Some(Ok(said))
    }
}
