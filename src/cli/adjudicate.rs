//! `jejak adjudicate`: what annotators agree on goes into the gold set.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::compare::{chosen, known, load};
use super::output::{Ended, Output, could_not, not_opened};
use super::people::set_that_decides;
use super::recover::{tell_journals, tell_waiting};
use crate::model::{ArticleId, Name, SetKind};
use crate::review::{CaseKind, MentionClusters, MergeOutcome, Question, Questions, Review, StandingValue, Strategy};
use crate::store::{self, Access, Session};

/// Puts what annotators agree on into the gold set
///
/// What was merged or decided before stays as it is: a merge only adds, and what stands while all say something else by now
/// is listed. Prints, for each article, the number of differences that are left to decide in the window; then, for each
/// question of identity across articles, the mentions and what each annotator says of them; then what would differ.
#[derive(Debug, Args)]
#[command(after_help = "\
Strategies:
  unanimous        what everybody says
  majority         what more than half say
  majority:70:3    what at least 70 % and at least three annotators say
  prefer:NAME      whatever NAME says

Examples:
  jejak adjudicate trips/ --sets a,b --dry-run
  jejak adjudicate trips/ --sets a,b,c --strategy majority:60:2

Exit code: 0 nothing is left to decide, 1 something is left, 2 it could not be done")]
pub(super) struct Adjudicate {
    /// The project folder
    project: PathBuf,
    /// Annotators; where none are named, those that the project compares: all persons, unless jejak people says otherwise
    #[arg(long, value_delimiter = ',')]
    sets: Vec<String>,
    /// The rule for what counts as agreed; unsaid, the project's: unanimous, unless jejak people says otherwise
    #[arg(long)]
    strategy: Option<Strategy>,
    /// The adjudicated set that receives it; unsaid, the project's: gold, unless jejak people says otherwise
    #[arg(long, value_name = "NAME")]
    gold: Option<String>,
    /// Says what would be done, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints one JSON object: {"merged":N,"confirmed":N,"removed":N,"differ":[{"article","title","slot","stands","said"}…],"left":N,
    /// "articles":{ID:LEFT…},"identity":[…],"dry_run":false}
    #[arg(long)]
    json: bool,
}

/// The outcome.
#[derive(Debug, Default, Serialize)]
struct AdjudicationOutcome {
    /// Records of the gold set that were, or would be, made or added to.
    merged: usize,
    /// Records that stand there already as annotators have them, or as they were decided.
    confirmed: usize,
    /// Records that go, or would go, since it was decided that they are not there.
    removed: usize,
    /// Values that stand there, and stay, while all say something else by now.
    differ: Vec<DifferingValue>,
    /// Differences that are left.
    left: usize,
    /// Differences left in each article that has some, beside those of identity.
    articles: BTreeMap<ArticleId, usize>,
    /// Questions of identity that are left, each about all mentions that are split in the same way.
    identity: Vec<IdentityQuestion>,
    dry_run: bool,
}

impl AdjudicationOutcome {
    fn add(&mut self, review: &Review) {
        let left = review.cases.iter().filter(|case| case.kind != CaseKind::Identity).count();
        self.left += left;
        if left > 0 {
            self.articles.insert(review.article.clone(), left);
        }
    }
}

/// A value that stands in the gold set while all say something else by now.
#[derive(Debug, Serialize)]
struct DifferingValue {
    article: ArticleId,
    title: String,
    slot: String,
    stands: String,
    said: String,
}

impl DifferingValue {
    fn of(value: StandingValue) -> Self {
        let StandingValue { article, title, slot, stands, said } = value;
        Self { article, title, slot: slot.to_string(), stands, said }
    }

    fn line(&self) -> String {
        let Self { article, title, slot, stands, said } = self;
        let or_nothing = |said: &str| if said.is_empty() { "nothing".to_owned() } else { said.to_owned() };
        format!("differs: {article}: {title}: {slot}: {}, all say: {}", or_nothing(stands), or_nothing(said))
    }
}

/// A question of identity across articles.
#[derive(Debug, Serialize)]
struct IdentityQuestion {
    /// The readings: names, and their name for it; empty where they say nothing.
    readings: Vec<(Vec<Name>, String)>,
    /// Article, label and words.
    mentions: Vec<(ArticleId, String)>,
}

impl IdentityQuestion {
    fn of(question: Question) -> Self {
        let mentions = question.mentions.into_iter().map(|mention| (mention.article, mention.title)).collect();
        Self { readings: question.readings, mentions }
    }

    fn line(&self) -> String {
        let reading = |(by, name): &(Vec<Name>, String)| {
            let by: Vec<&str> = by.iter().map(Name::as_str).collect();
            let name = if name.is_empty() { "nothing".to_owned() } else { format!("\"{name}\"") };
            format!("{} {name}", by.join(", "))
        };
        let readings: Vec<String> = self.readings.iter().map(reading).collect();
        let mentions: Vec<String> = self.mentions.iter().map(|(article, title)| format!("{article} {title}")).collect();
        format!("identity: {}: {} mentions: {}", readings.join("; "), mentions.len(), mentions.join(", "))
    }
}

impl Adjudicate {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let waiting = tell_waiting(output, &self.project)?;
        let project = &scan.corpus().project;
        let gold = self.gold.as_deref().map(set_that_decides).transpose()?.unwrap_or_else(|| project.gold.clone());
        project.may_be(&gold, SetKind::Adjudicated, scan.makers()).map_err(could_not)?;
        let mut names = chosen(&self.project, project, scan.makers(), &self.sets)?;
        names.retain(|name| *name != gold);
        let strategy = self.strategy.clone().unwrap_or_else(|| project.strategy.clone());
        if let Strategy::Prefer(name) = &strategy {
            known(&self.project, &names, std::slice::from_ref(name))?;
        }
        let ids: Vec<ArticleId> = scan.corpus().articles().iter().map(|article| article.id.clone()).collect();
        let mut corpus = scan.corpus().clone();
        let mut all = names.clone();
        all.push(gold.clone());
        let mut outcome = AdjudicationOutcome { dry_run: self.dry_run, ..AdjudicationOutcome::default() };
        // Identity shows only across articles: one goes through all of them first.
        let mut mentions = MentionClusters::new(&names, &gold);
        for (done, scanned) in scan.clone().enumerate() {
            output.progress("comparing", done, ids.len());
            let id = scanned.article.id.clone();
            if load(&mut corpus, scanned, &names, 1) {
                let begun = Review::begun(&corpus, &id, &names);
                mentions.add(&corpus, &Review::open(&corpus, &id, &begun, &gold, strategy.clone()));
                corpus.unload(&id);
            }
        }
        let across = mentions.align();
        let mut questions = Questions::default();
        let mut merged = MergeOutcome::default();
        if self.dry_run {
            for (done, scanned) in scan.enumerate() {
                output.progress("comparing", done, ids.len());
                let id = scanned.article.id.clone();
                if !load(&mut corpus, scanned, &names, 1) {
                    continue;
                }
                let begun = Review::begun(&corpus, &id, &names);
                let review = Review::open_across(&corpus, &id, &begun, &gold, strategy.clone(), Some(&across));
                let transaction = review.premerge(&corpus, &gold);
                merged.add(&corpus, &review, &transaction);
                questions.add(&corpus, &review, &across);
                outcome.add(&review);
                // The next article may be about the same people: what is made of them here is known there.
                transaction.apply(&mut corpus).map_err(could_not)?;
                corpus.unload(&id);
            }
        } else {
            drop(scan);
            let mut session = Session::open(&self.project, &gold, Access::Write)
                .map_err(|error| not_opened(&self.project, &error))?;
            tell_journals(output, &session);
            session.claim(&gold, SetKind::Adjudicated).map_err(could_not)?;
            for (done, id) in ids.iter().enumerate() {
                output.progress("merging", done, ids.len());
                session.load(id, &all).map_err(could_not)?;
                let begun = Review::begun(session.corpus(), id, &names);
                if !begun.is_empty() {
                    let strategy = strategy.clone();
                    let review = Review::open_across(session.corpus(), id, &begun, &gold, strategy, Some(&across));
                    let transaction = review.premerge(session.corpus(), &gold);
                    merged.add(session.corpus(), &review, &transaction);
                    session.commit(transaction).map_err(could_not)?;
                    questions.add(session.corpus(), &review, &across);
                    outcome.add(&review);
                }
                session.unload(id).map_err(could_not)?;
            }
            session.close().map_err(could_not)?;
        }
        let MergeOutcome { added, confirmed, removed, differing, articles: _ } = merged;
        (outcome.merged, outcome.confirmed, outcome.removed) = (added, confirmed, removed);
        outcome.differ = differing.into_iter().map(DifferingValue::of).collect();
        outcome.left += questions.len();
        outcome.identity = questions.all(&corpus, &across).into_iter().map(IdentityQuestion::of).collect();
        if self.json {
            output.json_line(&outcome)?;
            return Ok(waiting || outcome.left > 0);
        }
        for (article, left) in &outcome.articles {
            output.line(&format!("{article}: {left}"))?;
        }
        for question in &outcome.identity {
            output.line(&question.line())?;
        }
        for value in &outcome.differ {
            output.line(&value.line())?;
        }
        let AdjudicationOutcome { merged, confirmed, removed, differ, left, .. } = &outcome;
        let (left, differ) = (*left, differ.len());
        let (what, what_goes) = if self.dry_run { ("would be merged", "would go") } else { ("merged", "go") };
        output.message(&format!("{merged} records {what} into {gold}, {left} differences left"));
        if *removed > 0 {
            output.message(&format!(
                "{removed} records {what_goes} out of {gold}: it was decided that they are not there"
            ));
        }
        if *confirmed > 0 || differ > 0 {
            output.message(&format!(
                "{confirmed} records stood in {gold} already; {differ} values stand there otherwise"
            ));
        }
        Ok(waiting || left > 0)
    }
}
