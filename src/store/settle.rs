//! Spans of the journal on the texts as they are now: what the bytes say stands only where the words stand there, too.

use crate::message;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::journal::Unkept;
use super::session::Session;
use crate::edit::{Edit, Transaction};
use crate::model::{Annotation, ArticleId, Drift, DriftedSpan, Filler, Name, Problem, Record};
use crate::text::{Anchor, Span, Text, place_by_context};

/// The fate of a journal's spans, by article.
#[derive(Debug, Default)]
pub(super) struct Settled {
    found: BTreeMap<ArticleId, usize>,
    lost: BTreeMap<ArticleId, usize>,
}

impl Settled {
    /// The transaction with every span where its words stand by now; a span whose words have no clear place is kept
    /// beside its record, without one.
    pub fn place(&mut self, session: &mut Session, unkept: &Unkept) -> Arc<Transaction> {
        type Anchors = HashMap<(u32, u32), Anchor>;
        let mut texts: HashMap<ArticleId, (Text, Anchors)> = HashMap::new();
        for article in unkept.wire.articles() {
            // A text that cannot be read is told of where its set is needed.
            let loaded = session.corpus().text(article).is_some() || session.load(article, &[]).is_ok();
            let Some(text) = session.corpus().text(article).filter(|_| loaded) else { continue };
            let same = unkept.wire.text(article).is_none_or(|sha256| sha256 == text.sha256());
            let anchors = unkept.wire.anchors(article);
            let stands = |(&(start, end), anchor): (&(u32, u32), &Anchor)| {
                let span = Span::new(start, end);
                start < end && text.check(span).is_some() && text.slice(span) == anchor.quote
            };
            if !same || !anchors.iter().all(stands) {
                texts.insert(article.clone(), (text.clone(), anchors));
            }
        }
        if texts.is_empty() {
            return unkept.applied.clone();
        }
        let edits = unkept.applied.edits.iter().map(|edit| {
            let on = edit.set().and_then(|set| Some((set, texts.get(&set.0)?)));
            let (Some((set, (text, anchors))), Some((before, after))) = (on, edit.sides::<Annotation>()) else {
                return edit.clone();
            };
            let mut side = |record: Option<&Arc<Annotation>>| {
                record.map(|record| Arc::new(self.record(&set.0, record, text, anchors)))
            };
            Edit::new(set.clone(), side(before), side(after))
        });
        Arc::new(Transaction { edits: edits.collect(), texts: Vec::new(), ..Transaction::clone(&unkept.applied) })
    }

    fn record(
        &mut self,
        article: &ArticleId,
        record: &Annotation,
        text: &Text,
        anchors: &HashMap<(u32, u32), Anchor>,
    ) -> Annotation {
        let mut drift = record.drift.as_deref().cloned().unwrap_or_default();
        let mut placed = |spans: &[Span], mut lose: Box<dyn FnMut(DriftedSpan) + '_>| {
            let mut at = Vec::with_capacity(spans.len());
            for span in spans {
                let none = Anchor::default();
                let anchor = anchors.get(&(span.start, span.end)).unwrap_or(&none);
                match place_by_context(text, anchor, span.start) {
                    Some(found) => {
                        *self.found.entry(article.clone()).or_default() += 1;
                        at.push(found);
                    }
                    None => {
                        *self.lost.entry(article.clone()).or_default() += 1;
                        lose(DriftedSpan { start: span.start, end: span.end, quote: anchor.quote.clone() });
                    }
                }
            }
            Annotation::tidy(at)
        };
        let mut moved = record.clone();
        moved.at = placed(&record.at, Box::new(|span| drift.spans.push(span)));
        let mut lost: Vec<(Name, DriftedSpan)> = Vec::new();
        moved.roles.retain_mut(|role| {
            let Filler::Span(at) = &role.filler else { return true };
            let at = placed(at, Box::new(|span| lost.push((role.name.clone(), span))));
            let stays = !at.is_empty();
            role.filler = Filler::Span(at);
            stays
        });
        drift.roles.extend(lost);
        moved.drift = (drift != Drift::default()).then(|| Box::new(drift));
        moved
    }

    /// Says what was found again and what was not.
    pub fn tell(&self, session: &mut Session) {
        for article in self.found.keys().chain(self.lost.keys()) {
            let count = |of: &BTreeMap<ArticleId, usize>| of.get(article).copied().unwrap_or_default();
            let (found, lost) = (count(&self.found), count(&self.lost));
            let message = message!("text-changed-edits", article = article, found = found, lost = lost);
            session.add_problem(Problem::warning("text-changed", message).about(article, None));
        }
    }
}

/// True where two states of a record are the same; on another text than the one that the project knows, wherever their
/// words were found.
pub(super) fn alike(a: Option<&Record>, b: Option<&Record>, other_text: bool) -> bool {
    if a == b {
        return true;
    }
    let (Some(Record::Annotation(a)), Some(Record::Annotation(b)), true) = (a, b, other_text) else { return false };
    bare(a) == bare(b)
}

/// A record without the places of its words.
fn bare(record: &Annotation) -> Annotation {
    let mut bare = record.clone();
    bare.at.clear();
    bare.drift = None;
    bare.roles.retain(|role| !matches!(role.filler, Filler::Span(_)));
    bare
}
