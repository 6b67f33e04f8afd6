//! Measures a project from its files: article by article, on all processors, what was measured before taken from a
//! cache.

use crate::lang::{InWords, Message};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::article::{ArticleMeasure, Frame, measure};
use super::cache;
use super::gamma;
use super::part;
use super::relations::Relations;
use super::report::Report;
use super::request::{ReportRequest, pairs};
use super::table::{ArticleSums, Columns};
use super::work_days;
use crate::edit::Standing;
use crate::model::{AnnotationSet, Article, ArticleId, Corpus, Decision, Judgements, Name, Progress, Referents, Via};
use crate::review::{Alignment, CaseKind, Review, align_with};
use crate::store::{FileStamp, Loader, OpenError, Snapshot};
use crate::text::Text;

/// A file that was changed less than this before it was read may change again within a tick of the file system's clock.
const SETTLED: Duration = Duration::from_secs(2);

/// Progress is told, and asked whether to go on, once in so many articles.
const STEP: usize = 32;

/// Measures a project. `progress` is told articles done and articles in all, now and then, and stops the work by saying
/// `false`: then there is no report. What is measured is kept under `.jejak/`, with size and time of the files that it
/// came from, so that the next time only what has changed is read; the figures do not depend on it, nor on the
/// processors.
///
/// # Errors
/// If the project's own files cannot be read.
pub fn measure_project(
    dir: &Path,
    request: &ReportRequest,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Option<Report>, OpenError> {
    let mut snapshot = Snapshot::open(dir)?;
    let (standings, unread_referents) = standings(&mut snapshot, request);
    let (corpus, loader) = (snapshot.corpus(), snapshot.loader());
    let articles = corpus.articles();
    let pairs = pairs(request);
    let name = cache::name(&corpus.schema, &corpus.project.strategy, request);
    let (mut columns, kept) = cache::read(dir, &name, request).unwrap_or_else(|| (Columns::new(), HashMap::new()));
    let work = Work {
        request,
        whose: request.annotators.iter().chain(&request.gold).cloned().collect(),
        pairs: &pairs,
        corpus,
        loader,
        kept: kept
            .iter()
            .filter_map(|(id, entry)| Some((id.clone(), (entry.stamps.as_deref()?, entry.gamma))))
            .collect(),
        next: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
        settled: SystemTime::now().checked_sub(SETTLED).map_or(0, nanoseconds),
    };
    let (sender, results) = channel();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(articles.len()).max(1);
    let mut fresh: Vec<Option<ArticleSums>> = (0..articles.len()).map(|_| None).collect();
    let (mut unread, mut changed, mut pending) = (Vec::new(), false, Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (work, sender) = (&work, sender.clone());
            scope.spawn(move || work.run(&sender));
        }
        drop(sender);
        for (count, found) in results.iter().enumerate() {
            if let Some((index, measured, entry, failures)) = found {
                changed |= entry.stamps.is_some();
                let mentions = measured.mentions.map(|mentions| (index, articles[index].id.clone(), mentions));
                pending.extend(mentions);
                let measured = ArticleMeasure { mentions: None, ..measured };
                fresh[index] = Some(numbered(&mut columns, measured, entry));
                unread.extend(failures);
            }
            if count.is_multiple_of(STEP) && !progress(count, articles.len()) {
                work.stopped.store(true, Ordering::Relaxed);
            }
        }
    });
    let stopped = work.stopped.load(Ordering::Relaxed);
    drop(work);
    if stopped || !progress(articles.len(), articles.len()) {
        return Ok(None);
    }
    for (index, ..) in &pending {
        if let Some(entry) = &mut fresh[*index] {
            (entry.gamma, entry.left_out) = (false, true);
        }
    }
    let mut go_on = || progress(articles.len(), articles.len());
    for (index, found) in gamma::each(pending, &pairs, request.gamma.unwrap_or_default(), &mut go_on) {
        if let Some(entry) = &mut fresh[index] {
            add_gamma(&mut columns, entry, found);
        }
    }
    if !go_on() {
        return Ok(None);
    }
    let mut kept = kept;
    let entries = articles.iter().zip(fresh);
    let entries = entries.map(|(article, fresh)| fresh.or_else(|| kept.remove(&article.id)).unwrap_or_default());
    let entries: Vec<ArticleSums> = entries.collect();
    if changed {
        cache::write(dir, &name, &columns, articles, &entries);
    }
    let mut report =
        Report::new(request, pairs, &corpus.schema, articles.iter().map(|article| &**article), columns, entries);
    unread.extend(unread_referents);
    unread.sort_by_cached_key(ToString::to_string);
    (report.unread, report.relations) = (unread, Relations::of(standings));
    Ok(Some(report))
}

/// The relations that each annotator states, and the files that could not be read.
fn standings(snapshot: &mut Snapshot, request: &ReportRequest) -> (Vec<Standing>, Vec<Message>) {
    let mut unread = Vec::new();
    let of = |name: &Name| {
        if let Some((referents, judgements)) = request.live_judgements.get(name) {
            return Standing::with_roles(judgements, referents);
        }
        unread.extend(snapshot.read_referents(name).err().map(|why| why.in_words()));
        let (none, nobody) = (Judgements::new(), Referents::new());
        let corpus = snapshot.corpus();
        Standing::with_roles(corpus.judgements(name).unwrap_or(&none), corpus.referents(name).unwrap_or(&nobody))
    };
    (request.annotators.iter().map(of).collect(), unread)
}

/// An entry with its sums, their names made numbers.
pub(super) fn numbered(columns: &mut Columns, measured: ArticleMeasure, mut entry: ArticleSums) -> ArticleSums {
    let pairs = measured.pairs.into_iter();
    entry.pairs = pairs.map(|pair| pair.map(|pair| (columns.row(pair.sums), pair.links.into_boxed_slice()))).collect();
    entry.joint = columns.row(measured.joint);
    entry
}

/// Takes γ of an article, all of it, into what is known of it.
fn add_gamma(columns: &mut Columns, entry: &mut ArticleSums, found: gamma::GammaSums) {
    (entry.gamma, entry.left_out) = (true, false);
    for (pair, sums) in entry.pairs.iter_mut().zip(found.pairs) {
        if let Some((row, _)) = pair {
            columns.extend(row, sums);
        }
    }
    columns.extend(&mut entry.joint, found.joint);
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// Says whether gold counts as there: it marks something, or is done.
pub(super) fn has_gold(set: &AnnotationSet) -> bool {
    !set.is_empty() || set.progress() == Progress::Done
}

/// The gaps of the guideline that decisions of an adjudicated set name.
fn gaps(set: &AnnotationSet) -> Vec<String> {
    let gap = |decision: &Arc<Decision>| match &decision.origin.via {
        Via::Decision { gap, .. } if !gap.trim().is_empty() => Some(gap.clone()),
        _ => None,
    };
    set.decisions().values().filter_map(gap).collect()
}

/// The result of a worker for an article: none where the cache still holds.
type MeasuredArticle = Option<(usize, ArticleMeasure, ArticleSums, Vec<Message>)>;

/// The state that the workers share.
struct Work<'a> {
    request: &'a ReportRequest,
    /// The annotators, then gold.
    whose: Vec<Name>,
    pairs: &'a [(usize, usize)],
    corpus: &'a Corpus,
    loader: &'a Loader,
    /// The files that the kept entries came from, and whether γ is in them.
    kept: HashMap<ArticleId, (&'a [Option<FileStamp>], bool)>,
    next: AtomicUsize,
    stopped: AtomicBool,
    /// Files changed after this, in nanoseconds since 1970, may change again unseen.
    settled: u64,
}

impl Work<'_> {
    fn run(&self, sender: &Sender<MeasuredArticle>) {
        while !self.stopped.load(Ordering::Relaxed) {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(article) = self.corpus.articles().get(index) else { return };
            let live = self.whose.iter().any(|name| self.live(article, name).is_some());
            // The files are looked at where that may save reading them.
            let same = self.kept.get(&article.id).is_some_and(|(kept, gamma)| {
                (*gamma || self.request.gamma.is_none()) && *kept == self.loader.stamps(article, &self.whose)
            });
            let found = (!same || live).then(|| self.article(index, article, live));
            if sender.send(found).is_err() {
                return;
            }
        }
    }

    fn live(&self, article: &Article, name: &Name) -> Option<&AnnotationSet> {
        self.request.live.get(&(article.id.clone(), name.clone()))
    }

    fn article(
        &self,
        index: usize,
        article: &Arc<Article>,
        live: bool,
    ) -> (usize, ArticleMeasure, ArticleSums, Vec<Message>) {
        let loaded = match self.loader.read(article, &self.whose) {
            Ok(loaded) => loaded,
            Err(why) => return (index, ArticleMeasure::default(), ArticleSums::default(), vec![why.in_words()]),
        };
        let set = |name: &Name| {
            let begun = |set: &&AnnotationSet| !set.is_empty() || set.progress() != Progress::New;
            // The file may still have what was taken back.
            self.live(article, name).map_or_else(|| loaded.found(name), |live| Some(live).filter(begun))
        };
        let sets: Vec<Option<&AnnotationSet>> = self.request.annotators.iter().map(set).collect();
        let none = AnnotationSet::default();
        let scored = self.scored(&sets, &none);
        let frame = Frame {
            schema: &self.corpus.schema,
            pairs: self.pairs,
            gamma: self.request.gamma.is_some(),
            zones: self.request.zones,
            evaluation: self.request.evaluation,
            chance: self.request.chance,
        };
        let (open, aligned) = match &self.request.gold {
            Some(gold) => self.open((article, loaded.text()), &sets, gold, set(gold).unwrap_or(&none)),
            None => (None, None),
        };
        // Where gold is one of those that are scored, not the sets of all are.
        let measured = measure(&frame, loaded.text(), &scored, aligned.filter(|_| !self.request.evaluation));
        let failures: Vec<Message> = loaded.failures().collect();
        let stamps = loaded.stamps();
        let settled = stamps.iter().flatten().all(|stamp| stamp.changed < self.settled);
        let entry = ArticleSums {
            stamps: (settled && !live && failures.is_empty()).then_some(stamps),
            gamma: self.request.gamma.is_some(),
            sets: sets.iter().map(|set| set.map(|set| (set.progress(), set.len()))).collect(),
            open,
            day: part::day(&sets),
            work: work_days::of(&sets),
            gaps: self.request.gold.as_ref().and_then(set).map_or(Vec::new(), gaps),
            ..ArticleSums::default()
        };
        (index, measured, entry, failures)
    }

    /// The sets as they are measured. Where predictions are compared with gold, one that is not there counts as empty in an
    /// article that is scored, and in others nobody's counts.
    fn scored<'s>(
        &self,
        sets: &[Option<&'s AnnotationSet>],
        none: &'s AnnotationSet,
    ) -> Vec<Option<&'s AnnotationSet>> {
        let Some((gold, predicted)) = sets.split_first().filter(|_| self.request.evaluation) else {
            return sets.to_vec();
        };
        let there = gold.is_some_and(has_gold);
        let of = self.request.articles_of;
        let one = |set: &Option<&'s AnnotationSet>| of.takes([there, set.is_some()]).then(|| set.unwrap_or(none));
        let predicted: Vec<_> = predicted.iter().map(one).collect();
        let scored = predicted.iter().any(Option::is_some);
        std::iter::once(scored.then(|| gold.filter(|_| there).unwrap_or(none))).chain(predicted).collect()
    }

    /// Counts the differences that wait for a decision, and aligns the sets that are there for it; none where fewer than two
    /// have begun.
    fn open(
        &self,
        (article, text): (&Article, &Text),
        sets: &[Option<&AnnotationSet>],
        gold: &Name,
        golden: &AnnotationSet,
    ) -> (Option<usize>, Option<Alignment>) {
        let begun = self.request.annotators.iter().zip(sets).filter_map(|(name, set)| Some((name.clone(), (*set)?)));
        let (names, mut sets): (Vec<Name>, Vec<&AnnotationSet>) = begun.unzip();
        if names.len() < 2 {
            return (None, None);
        }
        sets.push(golden);
        let called = Review::referents_called(self.corpus, &names, gold, &sets);
        let all = align_with(&self.corpus.schema, text, (&sets, called), names.len());
        let aligned = all.without_last(&sets);
        let strategy = self.corpus.project.strategy.clone();
        let review = Review::of_aligned(self.corpus, &article.id, (&names, gold), strategy, None, (&sets, all));
        // Identity is asked once for all articles.
        let open = review.cases.iter().filter(|case| case.kind != CaseKind::Identity).count();
        (Some(open), Some(aligned))
    }
}
