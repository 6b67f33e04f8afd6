//! Questions of identity across articles: mentions that annotators cluster in different ways, split alike.
//!
//! One goes through a project twice. [`MentionClusters`] collects, article by article, which mentions each annotator's referents
//! have; [`MentionClusters::align`] says which referents of different annotators are the same. [`Review::open_across`] then finds
//! the mentions on which they differ, and [`Questions`] puts those that are split in the same way together: where one
//! annotator has one referent for what is two for another, that is one question and one decision, however many mentions it
//! is about. The decision is kept for each mention, as one made in its article is: nothing is asked twice.

use std::collections::BTreeMap;

use super::Strategy;
use super::across::{Across, Examples, columns};
use super::case::Review;
use super::decide::{Choice, Ruling};
use super::item::{Case, CaseKind};
use super::referents::{Called, Calling, Clusters, pair};
use super::slot::SlotValue;
use crate::edit::{Standing, Transaction};
use crate::message;
use crate::model::{ArticleId, Corpus, Decision, Mismatch, Name, Verdict};
use crate::text::Span;

/// Mentions that are kept of each referent, to tell it from others of its name.
const EXAMPLES: usize = 4;

/// The referents of several annotators with their mentions, as far as a project was gone through.
#[derive(Debug, Clone)]
pub struct MentionClusters {
    /// The annotators, and last whose set decisions go into.
    names: Vec<Name>,
    clusters: Vec<Clusters>,
    /// The first mentions of each referent, by annotator: what tells apart those of one name.
    examples: Vec<Examples>,
    /// The names of each annotator's referents.
    called: Vec<Called>,
    articles: u64,
}

impl MentionClusters {
    /// None yet.
    #[must_use]
    pub fn new(annotators: &[Name], gold: &Name) -> Self {
        let names: Vec<Name> = annotators.iter().chain([gold]).cloned().collect();
        let examples = vec![Examples::new(); names.len()];
        let (clusters, called) = (vec![Clusters::new(); names.len()], vec![Called::new(); names.len()]);
        Self { clusters, examples, called, names, articles: 0 }
    }

    /// Adds those of an article; each article once. Annotators who are not known here are left out.
    pub fn add(&mut self, corpus: &Corpus, review: &Review) {
        if self.articles == 0 {
            self.called = self.names.iter().map(|name| Calling::of_all(corpus.referents(name))).collect();
        }
        let columns = columns(&self.names, &review.annotators, &review.gold);
        let whose: Vec<&Name> = review.annotators.iter().chain([&review.gold]).collect();
        for (unit, it) in review.units.iter().enumerate() {
            let members = it.members.iter().copied().chain([it.gold]);
            for (at, id) in members.enumerate().filter_map(|(at, id)| Some((at, id?))) {
                let record = corpus.annotation(&review.article, whose[at], id);
                let Some((referent, column)) = record.and_then(|it| it.referent).zip(columns[at]) else { continue };
                self.clusters[column].entry(referent).or_default().push(self.articles << 32 | unit as u64);
                let examples = self.examples[column].entry(referent).or_default();
                if examples.len() < EXAMPLES {
                    examples.push((review.article.clone(), review.title(corpus, it)));
                }
            }
        }
        self.articles += 1;
    }

    /// Says whether nobody gives any mention an identity.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clusters.iter().all(Clusters::is_empty)
    }

    /// Says which referents are the same: by best total overlap of their mentions, φ₄ of CEAF (Luo 2005).
    #[must_use]
    pub fn align(&self) -> Across {
        Across::new(self.names.clone(), pair(self.clusters.clone(), &self.called), self.examples.clone())
    }
}

/// The group that each annotator gives: the same for all mentions of a question.
type IdentitySplit = Vec<(Name, Option<usize>)>;

/// A mention that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedMention {
    /// The article that it is in.
    pub article: ArticleId,
    /// Its label and words.
    pub title: String,
    /// Its place; none without a span.
    pub place: Option<Span>,
    /// Its sentence: up to its words, these, and what comes after them.
    pub sentence: [String; 3],
}

impl AskedMention {
    /// Characters of a sentence that are kept on either side.
    const AROUND: usize = 90;

    fn of(corpus: &Corpus, review: &Review, case: &Case) -> Self {
        let entry = review.entry(corpus, case);
        let sentence = entry.place.zip(corpus.text(&review.article)).and_then(|(place, text)| {
            let sentence = text.sentence_at(place.start);
            let text = text.as_str();
            let before = text.get(sentence.start as usize..place.start as usize)?.trim_start();
            let after = text.get(place.end as usize..(sentence.end.max(place.end)) as usize)?.trim_end();
            let skipped = before.chars().count().saturating_sub(Self::AROUND);
            let first: String = before.chars().skip(skipped).collect();
            let last: String = after.chars().take(Self::AROUND).collect();
            let first = if skipped > 0 { format!("…{first}") } else { first };
            let last = if last.len() < after.len() { format!("{last}…") } else { last };
            Some([first, text.get(place.range())?.to_owned(), last].map(|part| part.replace('\n', " ")))
        });
        let sentence = sentence.unwrap_or_else(|| [String::new(), entry.title.clone(), String::new()]);
        Self { article: review.article.clone(), title: entry.title, place: entry.place, sentence }
    }
}

/// The judgement of somebody about those whom two readings name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The two readings, by their places.
    pub of: (usize, usize),
    /// The person who judged.
    pub by: Name,
    /// The relation of the two, said or followed.
    pub verdict: Verdict,
}

/// One question about who or what mentions are, wherever they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The readings: by whom, and their name for it; empty where they give none of the mentions an identity.
    pub readings: Vec<(Vec<Name>, String)>,
    /// The mentions.
    pub mentions: Vec<AskedMention>,
    /// Judgements about those whom two readings name.
    pub judged: Vec<Judged>,
    split: IdentitySplit,
}

/// Questions about identity, collected article by article.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    by: BTreeMap<IdentitySplit, Vec<AskedMention>>,
}

impl Questions {
    /// Adds what is asked in an article; its review must have been opened across articles.
    pub fn add(&mut self, corpus: &Corpus, review: &Review, across: &Across) {
        for case in review.cases.iter().filter(|case| case.kind == CaseKind::Identity) {
            let mention = AskedMention::of(corpus, review, case);
            self.by.entry(split(corpus, review, case, across)).or_default().push(mention);
        }
    }

    /// Returns the number of questions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by.len()
    }

    /// Says whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by.is_empty()
    }

    /// All of them, those about the most mentions first.
    #[must_use]
    pub fn all(self, corpus: &Corpus, across: &Across) -> Vec<Question> {
        let standings: BTreeMap<&Name, Standing> =
            corpus.all_judgements().iter().map(|(name, judgements)| (name, Standing::of(judgements))).collect();
        let question = |(split, mentions): (IdentitySplit, Vec<AskedMention>)| {
            let mut readings: Vec<(Option<usize>, Vec<Name>)> = Vec::new();
            for (name, group) in &split {
                match readings.iter_mut().find(|(other, _)| other == group) {
                    Some((_, by)) => by.push(name.clone()),
                    None => readings.push((*group, vec![name.clone()])),
                }
            }
            let named = |(group, by): (Option<usize>, Vec<Name>)| {
                let name = group.map_or(String::new(), |group| across.name_of(corpus, group, &by));
                (by, name)
            };
            let groups: Vec<Option<usize>> = readings.iter().map(|(group, _)| *group).collect();
            let mut readings: Vec<(Vec<Name>, String)> = readings.into_iter().map(named).collect();
            let asked: Vec<(&ArticleId, &str)> = mentions.iter().map(|it| (&it.article, it.title.as_str())).collect();
            // Those of one name are told apart by where else each stands.
            let names: Vec<String> = readings.iter().map(|(_, name)| name.clone()).collect();
            for ((by, name), group) in readings.iter_mut().zip(groups.iter().copied()) {
                if names.iter().filter(|other| *other == name).count() > 1
                    && let Some((article, title)) = group.and_then(|group| across.example_of(group, by, &asked))
                {
                    *name = message!("identity-as", name = name, article = article, title = title).told();
                }
            }
            let judged = judged(across, &standings, &groups);
            Question { readings, mentions, judged, split }
        };
        let mut all: Vec<Question> = self.by.into_iter().map(question).collect();
        all.sort_by_cached_key(|question| {
            (std::cmp::Reverse(question.mentions.len()), question.mentions[0].article.clone())
        });
        all
    }
}

/// The judgements about those whom the readings of a question name.
fn judged(across: &Across, standings: &BTreeMap<&Name, Standing>, groups: &[Option<usize>]) -> Vec<Judged> {
    let mut all = Vec::new();
    for (at, one) in groups.iter().enumerate() {
        for (beyond, other) in groups.iter().enumerate().skip(at + 1) {
            let (Some(one), Some(other)) = (*one, *other) else { continue };
            let said = across.of_both(one, other).filter_map(|(by, of)| {
                let verdict = standings.get(by)?.between(of.0, of.1)?;
                Some(Judged { of: (at, beyond), by: by.clone(), verdict })
            });
            all.extend(said);
        }
    }
    all
}

fn split(corpus: &Corpus, review: &Review, case: &Case, across: &Across) -> IdentitySplit {
    let members = &review.units[case.unit].members;
    let row = review.row(case);
    let voters = row.readings.iter().flat_map(|reading| &reading.by);
    let mut split: IdentitySplit = voters
        .filter_map(|&voter| {
            let name = &review.annotators[voter];
            let record = corpus.annotation(&review.article, name, members[voter]?)?;
            Some((name.clone(), record.referent.and_then(|id| across.group_of(name, id))))
        })
        .collect();
    split.sort();
    split
}

/// Settings with which reviews of articles are opened.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// The annotators whose sets are compared.
    pub annotators: &'a [Name],
    /// The adjudicated set, which receives decisions.
    pub gold: &'a Name,
    /// The rule for what counts as agreed.
    pub strategy: &'a Strategy,
}

impl Question {
    /// Decides it, in every article that it is about, as one transaction: `choice` is the reading of this index, or none
    /// where they are nobody that any of them names. The sets of those articles must be loaded.
    ///
    /// # Errors
    /// If what is decided does not fit together; nothing is to be done then.
    pub fn decide(
        &self,
        corpus: &Corpus,
        panel: &Panel<'_>,
        across: &Across,
        choice: Option<usize>,
        ruling: &Ruling,
    ) -> Result<Transaction, Mismatch> {
        let mut transaction = Transaction::new("decide who or what it is", &ruling.by);
        // Each article's decision builds upon the one before: a referent is made once.
        let (mut corpus, mut across) = (corpus.clone(), across.clone());
        let mut articles: Vec<&ArticleId> = self.mentions.iter().map(|mention| &mention.article).collect();
        articles.dedup();
        for article in articles {
            let there = Review::begun(&corpus, article, panel.annotators);
            // One at a time: each decision may be what the next one builds upon.
            for _ in self.mentions.iter().filter(|mention| mention.article == *article) {
                let review =
                    Review::open_across(&corpus, article, &there, panel.gold, panel.strategy.clone(), Some(&across));
                let asked = |case: &&Case| {
                    case.kind == CaseKind::Identity && split(&corpus, &review, case, &across) == self.split
                };
                let Some(case) = review.cases.iter().find(asked) else { break };
                let adopted = choice.and_then(|reading| self.readings.get(reading)?.0.first());
                let voter = adopted.and_then(|name| review.annotators.iter().position(|other| other == name));
                let choice = voter.map_or(Choice::Nothing, Choice::Adopt);
                let one = review.decide(&corpus, case, &Ruling { choice, ..ruling.clone() });
                one.apply(&mut corpus)?;
                learn(&mut across, &corpus, &review, case, voter, &one);
                transaction.focus = transaction.focus.or(one.focus);
                transaction.edits.extend(one.edits);
            }
        }
        Ok(transaction)
    }
}

/// Notes which group a referent of the adjudicated set belongs to that a decision has just made or used.
fn learn(across: &mut Across, corpus: &Corpus, review: &Review, case: &Case, voter: Option<usize>, made: &Transaction) {
    let Some(voter) = voter else { return };
    let reading = review.row(case).readings.iter().find(|reading| reading.by.contains(&voter));
    let Some(SlotValue::Identity(Some(theirs))) = reading.map(|reading| &reading.said) else { return };
    let first = reading.map_or(voter, |reading| reading.by[0]);
    let group = across.group_of(&review.annotators[first], *theirs);
    let decided = made.edits.iter().find_map(|edit| edit.sides::<Decision>()?.1?.annotation.first().copied());
    let record = decided.and_then(|id| corpus.annotation(&review.article, &review.gold, id));
    let (Some(group), Some(referent)) = (group, record.and_then(|record| record.referent)) else { return };
    across.put(group, &review.gold, referent);
}
