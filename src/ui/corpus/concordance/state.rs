//! The places that were found, the one that is looked at, and those that are ticked.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::findings::Findings;
use crate::corpus::concordance::{Hit, Order, Search, find, identity, sort};
use crate::corpus::{Digest, Filter, Index};
use crate::lang::InWords;
use crate::model::{ArticleId, Id, Name, Quote};
use crate::store::Snapshot;
use crate::t;
use crate::text::{Fold, Span};
use crate::ui::commands::Towards;
use crate::ui::widgets::jobs::{Jobs, Many, Outcome};

/// The mark of a place, by which it is known again when places are looked for anew.
pub type Place = (ArticleId, Box<[Span]>);

/// The things that a search depends on: the line, what counts as equal, the order, and the state of index and filter.
type Wanted = (String, [bool; 2], &'static str, u64);

/// A message of the worker.
enum Told {
    /// More places, in the order of articles.
    Some(Vec<Arc<Hit>>),
    /// All places in the order that is wanted, and what a label there would be of.
    All(Vec<Arc<Hit>>, Option<Offer>),
    /// The line says nothing that can be looked for.
    Wrong(String),
    /// A text that cannot be read.
    Unread(String),
}

/// The label that most of the places have, and the referent that another label like it would be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The label.
    pub label: Name,
    /// The name of the referent; none where each place has its own, or none is known.
    pub referent: Option<(Id, String)>,
}

/// View state of the pane.
#[derive(Default)]
pub struct Concordance {
    /// The line that says what is looked for.
    pub line: String,
    /// True where case counts, and where only whole words do.
    pub fold: [bool; 2],
    pub order: Order,
    /// True where the line takes the keyboard.
    pub focus: bool,
    searched: Option<Wanted>,
    running: Option<Many<Told>>,
    /// True where the places that are shown are those of the search before.
    stale: bool,
    pub(super) hits: Vec<Arc<Hit>>,
    /// The articles that have places, and the numbers of places in finished ones and of discarded ones: counted as places come.
    counted: (HashSet<ArticleId>, usize, usize),
    pub(super) wrong: Option<String>,
    pub(super) unread: Option<String>,
    pub(super) offer: Option<Offer>,
    ticked: BTreeSet<Place>,
    at: usize,
    /// The place from which a range is ticked.
    anchor: usize,
    /// True where the place that is looked at is still to be brought into view.
    pub(super) unseen: bool,
    /// Rows that were in view.
    pub(super) page: usize,
    looks: u64,
    /// The things that are not consistent.
    pub findings: Findings,
    /// True where the keys are about those.
    pub side: bool,
}

impl Concordance {
    /// True while places are looked for.
    pub fn busy(&self) -> bool {
        self.running.is_some() || self.findings.busy()
    }

    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// Takes what the worker found, and lets one look anew where something else is wanted.
    pub fn follow(
        &mut self,
        jobs: &Jobs,
        snapshot: impl Fn() -> Snapshot,
        index: &Arc<Index>,
        (filter, stamp): (&Arc<Filter>, u64),
    ) {
        self.hear();
        let wanted: Wanted = (self.line.trim().to_owned(), self.fold, self.order.name(), stamp);
        if self.searched.as_ref() != Some(&wanted) {
            self.search(jobs, snapshot(), index, filter, wanted);
        }
        self.findings.follow(jobs, snapshot, index, (filter, stamp));
    }

    fn hear(&mut self) {
        let Some(running) = &self.running else { return };
        let (told, state) = running.poll();
        for told in told {
            match told {
                Told::Some(hits) => {
                    if std::mem::take(&mut self.stale) {
                        self.hits.clear();
                    }
                    let known = self.hits.len();
                    self.hits.extend(hits);
                    self.count(known);
                    self.looks += 1;
                }
                Told::All(hits, offer) => {
                    let looked_at = self.current().map(|hit| place(hit));
                    (self.hits, self.offer, self.stale) = (hits, offer, false);
                    let again = looked_at.and_then(|it| self.hits.iter().position(|hit| place(hit) == it));
                    self.at = again.unwrap_or(self.at.min(self.hits.len().saturating_sub(1)));
                    if !self.ticked.is_empty() {
                        let there: BTreeSet<Place> = self.hits.iter().map(|hit| place(hit)).collect();
                        self.ticked.retain(|it| there.contains(it));
                    }
                    self.count(0);
                    self.looks += 1;
                }
                Told::Wrong(why) => {
                    (self.hits, self.offer, self.stale) = (Vec::new(), None, false);
                    self.wrong = Some(why);
                    self.count(0);
                    self.looks += 1;
                }
                Told::Unread(why) => self.unread = Some(why),
            }
        }
        if !matches!(state, Outcome::Running) {
            self.running = None;
        }
    }

    fn search(&mut self, jobs: &Jobs, snapshot: Snapshot, index: &Arc<Index>, filter: &Arc<Filter>, wanted: Wanted) {
        let same_line = self.searched.as_ref().is_some_and(|before| before.0 == wanted.0);
        if !same_line {
            (self.at, self.anchor) = (0, 0);
            self.ticked.clear();
        }
        let (line, [case, words], ..) = wanted.clone();
        self.searched = Some(wanted);
        (self.wrong, self.unread, self.stale) = (None, None, true);
        if line.is_empty() {
            self.running = None;
            (self.hits, self.offer) = (Vec::new(), None);
            self.count(0);
            self.looks += 1;
            return;
        }
        let (index, filter, order) = (index.clone(), filter.clone(), self.order);
        let fold = Fold { case, words };
        self.running = Some(jobs.start_many(t!("concordance-job"), move |ticket, tell| {
            let search = match Search::parse(&line, fold, &index) {
                Ok(search) => search,
                Err(why) => return tell(Told::Wrong(why.in_words().told())),
            };
            let kept = filter.apply(&index).articles;
            let keep = |digest: &Digest| index.place(&digest.article.id).is_some_and(|at| kept[at]);
            let mut all: Vec<Arc<Hit>> = Vec::new();
            let unread = find(&snapshot, &index, &search, &keep, &mut |hits| {
                let hits: Vec<Arc<Hit>> = hits.into_iter().map(Arc::new).collect();
                all.extend(hits.iter().cloned());
                tell(Told::Some(hits));
                !ticket.cancelled()
            });
            if ticket.cancelled() {
                return;
            }
            unread.into_iter().for_each(|why| tell(Told::Unread(why.told())));
            sort(&mut all, order, |id| index.place(id));
            let offer = offer(&index, &all);
            tell(Told::All(all, offer));
        }));
    }

    /// The place that is looked at.
    pub fn current(&self) -> Option<&Arc<Hit>> {
        self.hits.get(self.at)
    }

    /// The place of what is looked at: the annotation, and the words.
    pub fn place(&self) -> Option<(ArticleId, Option<Id>, Vec<Quote>)> {
        if self.side {
            let example = self.findings.current()?.examples.first()?;
            return Some((example.article.id.clone(), example.record, example.quote.iter().cloned().collect()));
        }
        let hit = self.current()?;
        Some((hit.id().clone(), hit.records.first().map(|(id, _)| *id), hit.quote().into_iter().collect()))
    }

    /// The number of the row that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Looks at a row; a range from there begins here.
    pub fn look(&mut self, at: usize) {
        self.at = at.min(self.hits.len().saturating_sub(1));
        self.anchor = self.at;
        (self.unseen, self.side) = (true, false);
        self.looks += 1;
    }

    /// Goes from the row that is looked at.
    pub fn go(&mut self, towards: Towards) {
        if self.side {
            self.findings.go(towards);
            self.looks += 1;
            return;
        }
        self.look(self.towards(towards));
    }

    fn towards(&self, towards: Towards) -> usize {
        let (page, last) = (self.page.max(1), self.hits.len().saturating_sub(1));
        match towards {
            Towards::Up => self.at.saturating_sub(1),
            Towards::Down => (self.at + 1).min(last),
            Towards::PageUp => self.at.saturating_sub(page),
            Towards::PageDown => (self.at + page).min(last),
            Towards::First => 0,
            Towards::Last => last,
            Towards::Left | Towards::Right => self.at,
        }
    }

    /// True where a row is ticked.
    pub fn is_ticked(&self, hit: &Hit) -> bool {
        self.ticked.contains(&place(hit))
    }

    /// True where a row can be ticked: its article is not finished.
    pub fn can_tick(hit: &Hit) -> bool {
        !hit.is_locked()
    }

    /// Ticks the row that is looked at, or no longer.
    pub fn tick(&mut self) {
        let Some(hit) = self.current().filter(|hit| Self::can_tick(hit)).cloned() else { return };
        let place = place(&hit);
        if !self.ticked.remove(&place) {
            self.ticked.insert(place);
        }
        self.anchor = self.at;
    }

    /// Ticks all rows from where the range began to this one.
    pub fn range(&mut self, to: usize) {
        let to = to.min(self.hits.len().saturating_sub(1));
        let (from, until) = (self.anchor.min(to), self.anchor.max(to));
        let rows = self.hits.get(from..=until).unwrap_or_default();
        self.ticked.extend(rows.iter().filter(|hit| Self::can_tick(hit) && !hit.discarded).map(|hit| place(hit)));
        (self.at, self.unseen) = (to, true);
        self.looks += 1;
    }

    /// Ticks on in a direction.
    pub fn extend(&mut self, towards: Towards) {
        self.range(self.towards(towards));
    }

    /// Ticks every row that is not discarded and not finished, or none where all of them are.
    pub fn tick_all(&mut self) {
        let all: BTreeSet<Place> =
            self.hits.iter().filter(|hit| Self::can_tick(hit) && !hit.discarded).map(|hit| place(hit)).collect();
        self.ticked = if self.ticked == all { BTreeSet::new() } else { all };
    }

    /// The number of ticked rows.
    pub fn ticked(&self) -> usize {
        self.ticked.len()
    }

    /// The places that something is done at: the ticked ones, else the one that is looked at.
    pub fn chosen(&self) -> Vec<Arc<Hit>> {
        match self.ticked.is_empty() {
            true => self.current().cloned().into_iter().collect(),
            false => self.hits.iter().filter(|hit| self.is_ticked(hit)).cloned().collect(),
        }
    }

    /// Lets go of all ticks.
    pub fn untick(&mut self) {
        self.ticked.clear();
    }

    /// The number of articles that have places, of places in finished ones, and of discarded ones.
    pub fn counts(&self) -> (usize, usize, usize) {
        let (articles, locked, discarded) = &self.counted;
        (articles.len(), *locked, *discarded)
    }

    /// Counts the places from this one on; all anew from the first one.
    fn count(&mut self, from: usize) {
        if from == 0 {
            self.counted = Default::default();
        }
        let (articles, locked, discarded) = &mut self.counted;
        for hit in &self.hits[from..] {
            if !articles.contains(hit.id()) {
                articles.insert(hit.id().clone());
            }
            *locked += usize::from(hit.is_locked());
            *discarded += usize::from(hit.discarded);
        }
    }

    /// The table as tab-separated text.
    pub fn table(&self) -> String {
        let line = |hit: &Arc<Hit>| {
            let label = hit.label().map(Name::as_str).unwrap_or_default();
            [hit.id(), hit.left.as_str(), &hit.words, &hit.right, label].map(|cell| cell.replace('\t', " ")).join("\t")
        };
        self.hits.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The mark of a hit.
pub fn place(hit: &Hit) -> Place {
    (hit.id().clone(), hit.at.clone())
}

/// The label that most of the places have, where one has some, and who their words are by it.
fn offer(index: &Index, hits: &[Arc<Hit>]) -> Option<Offer> {
    let mut labels: BTreeMap<&Name, usize> = BTreeMap::new();
    let entity = |label: &Name| index.schema().kind(label) == crate::model::Kind::Entity;
    for label in hits.iter().filter_map(|hit| hit.label()).filter(|label| entity(label)) {
        *labels.entry(label).or_default() += 1;
    }
    let label = (*labels.iter().max_by_key(|(_, count)| **count)?.0).clone();
    let words: BTreeSet<String> = hits.iter().map(|hit| hit.words.to_lowercase()).take(50).collect();
    let known: BTreeSet<Id> = words.iter().filter_map(|words| identity(index, &label, words)).collect();
    let mut known = known.into_iter();
    let one = known.next().filter(|_| known.next().is_none());
    let referent = one.and_then(|id| Some((id, index.referent(id)?.name.clone())));
    Some(Offer { label, referent })
}
