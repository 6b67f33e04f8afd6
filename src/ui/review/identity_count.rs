//! The number of questions of identity that wait across all articles: counted on a worker, and again after changes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::case_counts::ReviewConfig;
use super::identity::{Found, find};
use crate::model::ArticleId;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::workspace::Workspace;

/// Counting again takes this share of the time at the most, as one part of so many.
const SHARE: u32 = 20;

/// The questions of identity that wait.
#[derive(Default)]
pub struct IdentityCount {
    /// The questions, and how many of them are about each article; none until they are found.
    known: Option<(Arc<Found>, HashMap<ArticleId, usize>)>,
    /// The comparison, and the state of the data, that they are of.
    of: Option<(ReviewConfig, u64)>,
    finding: Option<(Instant, Job<Option<Found>>)>,
    /// The end of the last counting, and how long it took.
    last: Option<(Instant, Duration)>,
}

impl IdentityCount {
    /// The number of questions in the whole project, where it is known.
    pub fn questions(&self) -> Option<usize> {
        self.known.as_ref().map(|(found, _)| found.questions.len())
    }

    /// The questions, where they are of this comparison and this state of the data.
    pub(super) fn found(&self, now: &(ReviewConfig, u64)) -> Option<Arc<Found>> {
        let current = self.finding.is_none() && self.of.as_ref() == Some(now);
        self.known.as_ref().filter(|_| current).map(|(found, _)| found.clone())
    }

    /// The number of those that are about an article, too.
    pub fn about(&self, article: &ArticleId) -> usize {
        self.known.as_ref().and_then(|(_, by_article)| by_article.get(article)).copied().unwrap_or(0)
    }

    /// Sees to it that they are counted for this comparison and this state of the data.
    pub fn follow(&mut self, jobs: &Jobs, work: &Workspace, config: &ReviewConfig) {
        let now = (config.clone(), work.revision);
        if let Some((begun, job)) = &self.finding {
            let found = match job.poll() {
                Outcome::Running => return,
                Outcome::Done(found) => found,
                Outcome::Broken => None,
            };
            self.last = Some((Instant::now(), begun.elapsed()));
            self.finding = None;
            if let Some(found) = found {
                let mut by_article: HashMap<ArticleId, usize> = HashMap::new();
                for question in &found.questions {
                    let mut articles: Vec<&ArticleId> = question.mentions.iter().map(|it| &it.article).collect();
                    articles.sort_unstable();
                    articles.dedup();
                    articles.into_iter().for_each(|article| *by_article.entry(article.clone()).or_default() += 1);
                }
                self.known = Some((Arc::new(found), by_article));
            }
        }
        if self.of.as_ref().is_some_and(|(of, _)| of != config) {
            (self.known, self.last) = (None, None);
        }
        let rested = self.last.is_none_or(|(end, took)| end.elapsed() >= took * SHARE);
        if self.of.as_ref() != Some(&now) && rested {
            self.finding = Some((Instant::now(), find(jobs, work, config)));
            self.of = Some(now);
        }
    }
}
