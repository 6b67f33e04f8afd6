//! The state of an adjudicated set that is written: how much of it stands, and what is not decided yet.

use std::fmt;

use serde::Serialize;

use super::plan::{DatasetFailure, Plan};
use crate::model::{ArticleId, Corpus, Name, Project, SetKind, Strategy};
use crate::review::{Across, CaseKind, MentionClusters, Questions, Review};
use crate::store::{Scan, Scanned};

/// An adjudicated set in which something is left to do, in the articles of a data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unfinished {
    /// The set.
    #[serde(rename = "set")]
    pub gold: Name,
    /// Its records.
    pub records: usize,
    /// The records that it has or may get: everything that annotators marked and nobody decided not to be there.
    pub of: usize,
    /// Cases that wait for a decision; a question of identity counts once, however many mentions it is about.
    pub cases: usize,
}

/// A clause for the command line and the card.
impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { gold, records, of, cases } = self;
        write!(f, "{gold} is not finished: {records} of {of} records, {cases} cases open")
    }
}

/// The review that an adjudicated set comes of.
pub(super) struct GoldReview {
    gold: Name,
    annotators: Vec<Name>,
    strategy: Strategy,
    labels: Vec<Name>,
}

/// One article's review, with the sets that it was opened on.
pub(super) type OneReview = (Corpus, Review);

impl GoldReview {
    /// The review of the first adjudicated set that a plan writes, where there is one and annotators are compared.
    pub fn of(project: &Project, makers: &[Name], plan: &Plan) -> Option<Self> {
        let gold = plan.sets.iter().find(|name| project.kind(name) == SetKind::Adjudicated)?.clone();
        let annotators: Vec<Name> = project.compared(makers).into_iter().filter(|name| *name != gold).collect();
        let (strategy, labels) = (project.strategy.clone(), plan.choice.labels.clone());
        (!annotators.is_empty()).then_some(Self { gold, annotators, strategy, labels })
    }

    /// Opens the review of an article; none where no annotator has begun it, or it cannot be read.
    pub fn open(&self, whole: &Corpus, scanned: &Scanned, across: Option<&Across>) -> Option<OneReview> {
        let article = &scanned.article.id;
        let mut corpus = whole.clone();
        corpus.load_text(article.clone(), scanned.text.clone()?);
        for set in scanned.sets.iter().filter(|it| it.annotator == self.gold || self.annotators.contains(&it.annotator))
        {
            corpus.load_set((article.clone(), set.annotator.clone()), set.set.clone());
        }
        let begun = Review::begun(&corpus, article, &self.annotators);
        if begun.is_empty() {
            return None;
        }
        let review = Review::open_across(&corpus, article, &begun, &self.gold, self.strategy.clone(), across);
        Some((corpus, review))
    }

    /// Nothing counted yet.
    pub fn tally(&self) -> GoldTally {
        GoldTally { records: 0, of: 0, cases: 0, mentions: MentionClusters::new(&self.annotators, &self.gold) }
    }

    /// Says what is left to do in the articles that were counted, which stand at these places of the list; none where
    /// nothing is.
    ///
    /// # Errors
    /// Where it was stopped.
    pub fn unfinished(
        &self,
        scan: &Scan,
        tally: GoldTally,
        places: &[usize],
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Option<Unfinished>, DatasetFailure> {
        let GoldTally { records, of, mut cases, mentions } = tally;
        if !mentions.is_empty() {
            // Identity shows only across articles.
            let across = mentions.align();
            let mut questions = Questions::default();
            let work = |at: usize, scanned: Scanned| (at, self.open(scan.corpus(), &scanned, Some(&across)));
            scan.each(places.iter().copied(), work, |(at, one)| {
                if let Some((corpus, mut review)) = one {
                    let cases = std::mem::take(&mut review.cases).into_iter();
                    review.cases = cases.filter(|case| wanted(&self.labels, &corpus, &review, case.unit)).collect();
                    questions.add(&corpus, &review, &across);
                }
                if progress(at) { Ok(()) } else { Err(DatasetFailure::Stopped) }
            })?;
            cases += questions.len();
        }
        let finished = cases == 0 && records == of;
        Ok((!finished).then(|| Unfinished { gold: self.gold.clone(), records, of, cases }))
    }
}

/// The counts of reviews, article by article.
pub(super) struct GoldTally {
    records: usize,
    of: usize,
    /// Without those of identity.
    cases: usize,
    mentions: MentionClusters,
}

impl GoldTally {
    /// Counts in an article; the list of articles goes on in its order.
    pub fn add(&mut self, review: &GoldReview, (corpus, one): &OneReview) {
        let labels = &review.labels;
        for (at, unit) in one.units.iter().enumerate() {
            if wanted(labels, corpus, one, at) && (unit.gold.is_some() || !one.settled_absent(at)) {
                self.of += 1;
                self.records += usize::from(unit.gold.is_some());
            }
        }
        let cases = one.cases.iter().filter(|case| case.kind != CaseKind::Identity);
        self.cases += cases.filter(|case| wanted(labels, corpus, one, case.unit)).count();
        self.mentions.add(corpus, one);
    }
}

/// Says whether somebody gives a thing a label that is written; all are where none is named.
fn wanted(labels: &[Name], corpus: &Corpus, review: &Review, unit: usize) -> bool {
    let article: &ArticleId = &review.article;
    let makers = review.annotators.iter().chain([&review.gold]);
    let ids = review.units[unit].members.iter().chain([&review.units[unit].gold]);
    let of = |(name, id): (&Name, &Option<_>)| {
        corpus.annotation(article, name, (*id)?).map(|record| labels.contains(&record.label))
    };
    labels.is_empty() || makers.zip(ids).filter_map(of).any(|wanted| wanted)
}
