//! Questions of identity across articles: the questions of a whole project, each asked once however many mentions it
//! is about. They are found, and decided, on a worker, for that every article has to be looked at.

use std::sync::Arc;

use super::case_counts::ReviewConfig;
use crate::edit::Transaction;
use crate::model::{Article, ArticleId};
use crate::review::{Across, Choice, MentionClusters, Panel, Question, Questions, Ruling};
use crate::store::{Loaded, Snapshot};
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs, Ticket};
use crate::ui::workspace::Workspace;

/// The open list.
#[derive(Default)]
pub struct Identities {
    pub(super) finding: Option<Job<Option<Found>>>,
    deciding: Option<Job<Option<Decided>>>,
    pub(super) found: Option<Arc<Found>>,
    pub(super) at: usize,
    /// True where the question that is looked at is still to be brought into view.
    pub(super) unseen: bool,
    /// The reading that is chosen and not decided yet; none of them where it is `Some(None)`.
    pub(super) pick: Option<Option<usize>>,
}

/// The questions that were found, and what they rest on.
pub(super) struct Found {
    across: Across,
    pub(super) questions: Vec<Question>,
}

struct Decided {
    transaction: Transaction,
    loaded: Vec<Loaded>,
}

impl Identities {
    /// The list of questions that were found already, where they are as the data is now.
    pub(super) fn of(found: Option<Arc<Found>>) -> Self {
        Self { found, ..Self::default() }
    }

    /// True where something is on its way.
    pub fn busy(&self) -> bool {
        self.finding.is_some() || self.deciding.is_some()
    }

    /// The number of questions; none while they are looked for.
    pub fn questions(&self) -> Option<usize> {
        self.found.as_ref().map(|found| found.questions.len())
    }

    /// The question that is looked at.
    pub(super) fn question(&self) -> Option<&Question> {
        self.found.as_ref()?.questions.get(self.at)
    }

    /// Takes what workers have done, and sees to it that questions are looked for.
    ///
    /// # Errors
    /// One sentence, where they cannot be found or a decision cannot be kept.
    pub fn follow(&mut self, jobs: &Jobs, work: &mut Workspace, config: &ReviewConfig) -> Result<(), String> {
        self.take_decided(work)?;
        if self.found.is_none() && self.finding.is_none() && self.deciding.is_none() {
            self.finding = Some(find(jobs, work, config));
        }
        let Some(found) = Job::over(&mut self.finding) else { return Ok(()) };
        let Some(found) = found else { return Err(t!("identity-failed").to_owned()) };
        self.found = found.map(Arc::new);
        self.at = self.at.min(self.questions().unwrap_or(0).saturating_sub(1));
        Ok(())
    }

    /// Commits what a worker has decided.
    fn take_decided(&mut self, work: &mut Workspace) -> Result<(), String> {
        let Some(decided) = Job::over(&mut self.deciding) else { return Ok(()) };
        (self.found, self.pick) = (None, None);
        let Some(Decided { transaction, loaded }) = decided.flatten() else {
            return Err(t!("identity-changed").to_owned());
        };
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        work.commit(transaction)
    }

    /// Begins to decide the question that is looked at as it is picked.
    pub fn decide(&mut self, jobs: &Jobs, work: &Workspace, config: &ReviewConfig, ruling: &Ruling) {
        let (Some(pick), Some(found)) = (self.pick, &self.found) else { return };
        let Some(question) = found.questions.get(self.at).filter(|_| self.deciding.is_none()) else { return };
        let corpus = work.session.corpus();
        let mut ids: Vec<&ArticleId> = question.mentions.iter().map(|mention| &mention.article).collect();
        ids.dedup();
        let articles: Vec<Arc<Article>> = ids.into_iter().filter_map(|id| corpus.article(id).cloned()).collect();
        let mut source = work.session.snapshot();
        let (question, across, config) = (question.clone(), found.across.clone(), config.clone());
        let ruling = Ruling { choice: Choice::Nothing, ..ruling.clone() };
        self.deciding = Some(jobs.start(t!("job-deciding"), move |_| {
            let everybody = config.everybody();
            let mut loaded = Vec::new();
            for article in articles {
                loaded.extend(source.read(&article, &everybody)?.1);
            }
            let panel = Panel { annotators: &config.names, gold: &config.gold, strategy: &config.strategy };
            let transaction = question.decide(source.corpus(), &panel, &across, pick, &ruling).ok()?;
            Some(Decided { transaction, loaded })
        }));
    }
}

/// Goes through all articles twice: for the clusters, and for what is asked about them.
pub(super) fn find(jobs: &Jobs, work: &Workspace, config: &ReviewConfig) -> Job<Option<Found>> {
    let articles = work.session.corpus().articles().to_vec();
    // Each pass lets go of what it has read, and begins with what the session has loaded.
    let mut passes = [work.session.snapshot(), work.session.snapshot()];
    let config = config.clone();
    jobs.start(t!("job-identities"), move |ticket| {
        let (everybody, total) = (config.everybody(), articles.len() as u64);
        let across = across(&mut passes[0], &articles, &config, ticket)?;
        let mut questions = Questions::default();
        for (done, article) in articles.iter().enumerate() {
            if !ticket.progress(total + done as u64, 2 * total) {
                return None;
            }
            let Some((corpus, _)) = passes[1].read(article, &everybody) else { continue };
            questions.add(corpus, &config.review(corpus, &article.id, Some(&across)), &across);
            passes[1].forget(&article.id);
        }
        let questions = questions.all(passes[1].corpus(), &across);
        Some(Found { across, questions })
    })
}

/// The referents that are the same, of those who are compared, in all of these articles; none where it was stopped.
pub fn across(
    source: &mut Snapshot,
    articles: &[Arc<Article>],
    config: &ReviewConfig,
    ticket: &Ticket,
) -> Option<Across> {
    let (everybody, total) = (config.everybody(), articles.len() as u64);
    let mut mentions = MentionClusters::new(&config.names, &config.gold);
    for (done, article) in articles.iter().enumerate() {
        if !ticket.progress(done as u64, 2 * total) {
            return None;
        }
        let Some((corpus, _)) = source.read(article, &everybody) else { continue };
        mentions.add(corpus, &config.review(corpus, &article.id, None));
        source.forget(&article.id);
    }
    Some(mentions.align())
}
