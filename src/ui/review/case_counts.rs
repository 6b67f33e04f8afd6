//! The number of cases that wait in each article: counted on a worker, a few articles at a time.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Article, ArticleId, Corpus, Name};
use crate::review::{Across, CaseKind, MergeOutcome, Review, State, Strategy};
use crate::store::{Session, Snapshot};
use crate::t;
use crate::ui::widgets::jobs::{Jobs, Many, Outcome};

/// The state of an article's review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseCount {
    /// The number of compared annotators who have begun it.
    pub begun: usize,
    /// Cases that wait for a decision; those of identity are questions across articles, counted by themselves.
    pub open: usize,
    /// Slots that were decided.
    pub decided: usize,
    /// Records that are agreed on and not in the adjudicated set yet.
    pub ready: usize,
}

impl CaseCount {
    /// Of an open review.
    pub fn of(review: &Review, corpus: &Corpus, by: &Name) -> Self {
        let states = review.units.iter().flat_map(|unit| &unit.states);
        Self {
            begun: review.annotators.len(),
            open: review.cases.iter().filter(|case| case.kind != CaseKind::Identity).count(),
            decided: states.filter(|state| matches!(state, State::Decided(..))).count(),
            ready: MergeOutcome::added_by(&review.premerge(corpus, by)),
        }
    }
}

/// The comparison: sets, adjudicated set and person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewConfig {
    /// The owners of the sets.
    pub names: Vec<Name>,
    /// The set that receives decisions.
    pub gold: Name,
    /// The rule for what counts as agreed.
    pub strategy: Strategy,
    /// The decider.
    pub by: Name,
}

impl ReviewConfig {
    /// Everybody whose set has to be read.
    pub fn everybody(&self) -> Vec<Name> {
        let mut names = self.names.clone();
        if !names.contains(&self.gold) {
            names.push(self.gold.clone());
        }
        names
    }

    /// The review of an article whose sets are loaded; with `across`, who is who is compared with all other articles.
    pub fn review(&self, corpus: &Corpus, article: &ArticleId, across: Option<&Across>) -> Review {
        let begun = Review::begun(corpus, article, &self.names);
        Review::open_across(corpus, article, &begun, &self.gold, self.strategy.clone(), across)
    }
}

/// The counts of all articles, as far as they are known.
#[derive(Default)]
pub struct CaseCounts {
    counts: HashMap<ArticleId, CaseCount>,
    /// The state that the counts belong to.
    config: Option<ReviewConfig>,
    running: Option<Running>,
    /// Articles to be counted again.
    doubted: HashSet<ArticleId>,
}

struct Running {
    job: Many<(ArticleId, CaseCount)>,
    /// Articles of which something newer is known by now.
    late: HashSet<ArticleId>,
}

impl CaseCounts {
    /// The count of an article, where it is known.
    pub fn of(&self, article: &ArticleId) -> Option<CaseCount> {
        self.counts.get(article).copied()
    }

    /// All that is known.
    pub fn counts(&self) -> impl Iterator<Item = (&ArticleId, &CaseCount)> {
        self.counts.iter()
    }

    /// Takes what is known better now.
    pub fn set(&mut self, article: &ArticleId, count: CaseCount) {
        if let Some(running) = &mut self.running {
            running.late.insert(article.clone());
        }
        self.counts.insert(article.clone(), count);
    }

    /// Counts an article again when there is time.
    pub fn invalidate(&mut self, article: &ArticleId) {
        self.doubted.insert(article.clone());
    }

    /// The number of articles that are counted, and of all, while it counts.
    pub fn progress(&self) -> Option<(u64, u64)> {
        self.running.as_ref().map(|running| running.job.counts())
    }

    /// Stops counting; what is known stays.
    pub fn cancel(&mut self) {
        self.running = None;
        self.doubted.clear();
    }

    fn take(&mut self) {
        let Some(running) = &self.running else { return };
        let (counted, state) = running.job.poll();
        let counted = counted.into_iter().filter(|(id, _)| !running.late.contains(id));
        self.counts.extend(counted);
        if !matches!(state, Outcome::Running) {
            self.running = None;
        }
    }

    /// Sees to it that everything is counted, for this configuration.
    pub fn follow(&mut self, jobs: &Jobs, config: &ReviewConfig, session: &Session) {
        self.take();
        let articles = session.corpus().articles();
        if self.config.as_ref() != Some(config) {
            self.cancel();
            self.config = Some(config.clone());
            self.counts.clear();
            self.start(jobs, config, session.snapshot(), articles.to_vec());
        } else if self.running.is_none() && !self.doubted.is_empty() {
            let doubted = std::mem::take(&mut self.doubted);
            let articles = doubted.iter().filter_map(|id| session.corpus().article(id).cloned()).collect();
            self.start(jobs, config, session.snapshot(), articles);
        }
    }

    fn start(&mut self, jobs: &Jobs, config: &ReviewConfig, mut source: Snapshot, articles: Vec<Arc<Article>>) {
        let config = config.clone();
        let job = jobs.start_many(t!("queue-comparing"), move |ticket, tell| {
            let everybody = config.everybody();
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    break;
                }
                let Some((corpus, _)) = source.read(article, &everybody) else { continue };
                let review = config.review(corpus, &article.id, None);
                tell((article.id.clone(), CaseCount::of(&review, corpus, &config.by)));
                source.forget(&article.id);
            }
        });
        self.running = Some(Running { job, late: HashSet::new() });
    }
}
