//! The reasons of decisions and the gaps of the guideline that they named: why an adjudicated set has what others lack, and
//! what a project learns from that.

use std::collections::HashMap;
use std::sync::Arc;

use super::case::Review;
use super::item::Case;
use super::wording::{Exact, Wording, held};
use crate::lang::Message;
use crate::model::{AnnotationSet, ArticleId, Corpus, Decision, Id, Name, Origin, Slot, Timestamp, Via};
use crate::store::Scan;
use crate::text::Span;

/// The reason for a value of an adjudicated set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The person who decided.
    pub by: Name,
    /// The time.
    pub at: Timestamp,
    /// The annotators whose reading was adopted; none where the adjudicator's own stands there, or nothing.
    pub adopted: Vec<Name>,
    /// The reason, as a tag; may be empty.
    pub reason: String,
    /// The gap of the guideline, where that was the cause; may be empty.
    pub gap: String,
}

impl Why {
    /// The reason that an origin tells; none where it is no decision's.
    fn of(origin: &Origin) -> Option<Self> {
        let Via::Decision { adopted, reason, gap } = &origin.via else { return None };
        Some(Self {
            by: origin.by.clone(),
            at: origin.at,
            adopted: adopted.clone(),
            reason: reason.clone(),
            gap: gap.clone(),
        })
    }
}

impl Review {
    /// Returns why the sets differ here, where one of those compared is an adjudicated set and somebody decided it: by
    /// the decision about the slot, else by that about whether the thing is there at all, else by what the record says
    /// of itself.
    #[must_use]
    pub fn why(&self, corpus: &Corpus, case: &Case) -> Option<Why> {
        let unit = &self.units[case.unit];
        let slot = &unit.rows[case.row].slot;
        let members: Vec<(&Name, Id)> =
            self.annotators.iter().zip(&unit.members).filter_map(|(name, id)| Some((name, (*id)?))).collect();
        (0..self.annotators.len()).find_map(|at| {
            let set = corpus.set(&self.article, &self.annotators[at])?;
            let own = unit.members[at];
            let about = |decision: &&Arc<Decision>| {
                own.is_some_and(|id| decision.annotation.contains(&id))
                    || decision.of.iter().any(|(name, id)| members.contains(&(name, *id)))
            };
            let of = |wanted: &Slot| {
                let all = set.decisions().values().filter(about).filter(|decision| decision.slot == *wanted);
                all.max_by_key(|decision| (decision.origin.at, decision.id)).map(|decision| &decision.origin)
            };
            let origin = of(slot).or_else(|| of(&Slot::Presence));
            Why::of(origin.or_else(|| own.and_then(|id| set.get(id)).map(|record| &record.origin))?)
        })
    }
}

/// A decision of which the reason or the gap was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoned {
    /// The article.
    pub article: ArticleId,
    /// The decision itself.
    pub decision: Arc<Decision>,
    /// The subject: label and words; empty where nobody's record of it is loaded any more.
    pub title: String,
    /// The place in the text, bytes; none without a span.
    pub place: Option<Span>,
    /// The same in code points.
    pub chars: Option<(u32, u32)>,
    /// The value that stands in the adjudicated set; empty for nothing.
    pub said: String,
    /// The person who decided, when, and what was said of it: the reason, the gap, or both.
    pub why: Why,
}

/// The decisions of a project of which the reason or the gap was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectReasons {
    /// All of them, article by article.
    pub all: Vec<Reasoned>,
    /// The files that could not be read, a sentence each.
    pub unread: Vec<Message>,
}

/// Reads the decisions of the adjudicated set in every article. `progress` is told articles done and articles in all, and
/// stops the work by saying `false`: then there is no answer.
pub fn project_reasons(
    scan: &Scan,
    gold: &Name,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<ProjectReasons> {
    let total = scan.corpus().articles().len();
    let mut corpus = scan.corpus().clone();
    let mut found = ProjectReasons::default();
    for (done, mut scanned) in scan.clone().enumerate() {
        if !progress(done, total) {
            return None;
        }
        let article = scanned.article.id.clone();
        found.unread.append(&mut scanned.unread);
        if scanned.sets.iter().any(|set| set.annotator == *gold) && scanned.load_into(&mut corpus) {
            found.all.extend(reasoned(&corpus, &article, gold));
            corpus.unload(&article);
        }
    }
    Some(found)
}

/// The decisions of an adjudicated set of which the reason or the gap was said, by place, then by time.
///
/// A record that a decision took out of that set is named after an annotator's, where that one's set is loaded.
fn reasoned(corpus: &Corpus, article: &ArticleId, gold: &Name) -> Vec<Reasoned> {
    let Some(set) = corpus.set(article, gold) else { return Vec::new() };
    let wording = Wording { corpus, article };
    let mut all: Vec<Reasoned> =
        set.decisions().values().filter_map(|decision| of_decision(&wording, set, gold, decision)).collect();
    all.sort_by_key(|it| (it.place.map(|place| (place.start, place.end)), it.why.at, it.decision.id));
    all
}

fn of_decision(wording: &Wording<'_>, set: &AnnotationSet, gold: &Name, decision: &Arc<Decision>) -> Option<Reasoned> {
    let why = Why::of(&decision.origin).filter(|why| !why.reason.is_empty() || !why.gap.is_empty())?;
    let stands = decision.annotation.iter().find_map(|&id| set.get(id));
    let theirs = || {
        let of = |(name, id): &(Name, Id)| Some((name.clone(), wording.corpus.annotation(wording.article, name, *id)?));
        decision.of.iter().find_map(of)
    };
    let about = stands.map(|record| (gold.clone(), record)).or_else(theirs);
    let place = about.as_ref().and_then(|(_, record)| record.extent());
    Some(Reasoned {
        article: wording.article.clone(),
        decision: decision.clone(),
        title: about.as_ref().map_or(String::new(), |(name, record)| wording.called(name, record, Exact::Words)),
        place,
        chars: place.and_then(|at| Some(wording.corpus.text(wording.article)?.to_chars(at))),
        said: match stands.filter(|_| !decision.nothing) {
            Some(record) => wording.words(gold, &held(record, &decision.slot), Exact::Words),
            None => String::new(),
        },
        why,
    })
}

/// The texts that were said, each with the places of those that said it, the most frequent first; equally frequent ones in
/// the order of their letters. Texts that differ in case or in blanks alone are one, in the words in which it was said first.
#[must_use]
pub fn grouped<'a>(said: impl Iterator<Item = &'a str>) -> Vec<(&'a str, Vec<usize>)> {
    let mut groups: HashMap<String, (&str, Vec<usize>)> = HashMap::new();
    for (at, text) in said.map(str::trim).enumerate().filter(|(_, text)| !text.is_empty()) {
        groups.entry(folded(text)).or_insert((text, Vec::new())).1.push(at);
    }
    let mut groups: Vec<(&str, Vec<usize>)> = groups.into_values().collect();
    groups.sort_unstable_by_key(|(text, of)| (std::cmp::Reverse(of.len()), *text));
    groups
}

/// A reason or a gap as it is compared with others: without regard to case and blanks.
fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
