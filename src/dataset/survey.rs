//! The survey of a plan: what would become of it, without writing anything.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use super::comments::CommentSelection;
use super::groups::Groups;
use super::plan::{DatasetFailure, Grouping, Plan};
use super::source::DatasetSource;
use super::split::{Member, assign};
use super::unfinished::{GoldReview, Unfinished};
use crate::figures::Began;
use crate::formats::{self, ExchangeDocument, Loss, Mentioned};
use crate::ingest::near;
use crate::message;
use crate::model::{Article, ArticleId, Corpus, Id, Kind, Name, Problem};
use crate::store::{ALIKE, Scanned};

/// The survey of a plan.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The parts, in the plan's order; one without a name where the data set is not split.
    pub parts: Vec<SplitPart>,
    /// Groups of articles that stay together; as many as articles where nothing binds them.
    pub groups: usize,
    /// The loss report of the format.
    pub loss: Loss,
    /// The problems of the files that were read.
    pub problems: Vec<Problem>,
    /// The open rest of the adjudicated set that is written; none where all is decided, or no such set is written.
    pub unfinished: Option<Unfinished>,
    /// The records that are written, and those that began as suggestions.
    pub began: Began,
    /// The first article as the format writes it.
    pub preview: String,
    /// The part of each article.
    pub(super) part_of: HashMap<ArticleId, usize>,
    /// Referents that some article of the project mentions.
    pub(super) anywhere: Mentioned,
    /// Referents that each part mentions.
    pub(super) mentioned: Vec<Mentioned>,
}

/// One part of a data set.
#[derive(Debug, Clone, Default)]
pub struct SplitPart {
    /// Its name: `train`; empty where the data set is not split.
    pub name: String,
    /// Its articles in the project's order: id and the SHA-256 of the text.
    pub articles: Vec<(ArticleId, String)>,
    /// Code points and words of its articles, before zones are dropped.
    pub chars: u64,
    /// See `chars`.
    pub words: u64,
    /// Annotations of each label in all sets.
    pub labels: BTreeMap<Name, u64>,
}

impl Survey {
    /// Says whether the format loses no content but what the plan allows; what is about it is said alone.
    #[must_use]
    pub fn is_allowed(&self, plan: &Plan) -> bool {
        self.loss.is_allowed(&plan.allowed)
    }

    /// Articles in all parts.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.parts.iter().map(|part| part.articles.len()).sum()
    }
}

/// An article that is wanted, with what binds it to others.
struct Chosen {
    id: ArticleId,
    member: Member,
    chars: u32,
    words: u32,
    mentioned: Mentioned,
    frames: Vec<(Name, Id)>,
    signature: Option<near::Signature>,
    source: Option<String>,
    began: Began,
}

/// Goes through a project and says what would become of `plan`. `progress` is told articles done and
/// articles in all, and stops the work by saying `false`.
///
/// # Errors
/// If the project cannot be read, lacks what the plan names, or has no article that fits.
pub fn survey<'a>(
    project: impl Into<DatasetSource<'a>>,
    plan: &Plan,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Survey, DatasetFailure> {
    let scan = project.into().open(plan)?;
    let whole = scan.corpus().clone();
    let comments = CommentSelection::of(&plan.sets, &whole);
    let corpus = plan.corpus(&whole, &comments);
    let cx = plan.context(&corpus);
    let total = whole.articles().len();
    let grouping = plan.split.as_ref().map(|split| split.group).unwrap_or_default();
    let mut problems = scan.problems().to_vec();
    let (mut anywhere, mut chosen, mut preview) = (Mentioned::default(), Vec::new(), None);
    let mut loss = Loss::default();
    let previewed = AtomicBool::new(false);
    let wanted: Vec<usize> = (0..total).filter(|&at| plan.wants(&whole.articles()[at])).collect();
    let gold = GoldReview::of(&whole.project, scan.makers(), plan);
    let mut tally = gold.as_ref().map(GoldReview::tally);
    let work = |at: usize, scanned: Scanned| {
        let Some(mut page) = plan.page(&whole, &comments, &scanned)? else { return Ok((scanned.problems, None)) };
        let review = gold.as_ref().and_then(|gold| gold.open(&whole, &scanned, None));
        let one = Chosen::of(&scanned, &page, grouping, &whole);
        let mut lost = Loss::default();
        lost.at(at);
        plan.format.reduce(&mut page, &cx, &mut lost);
        // The first one is shown; until it is known which that is, any of those that are on their way may be.
        let preview = (!previewed.load(Ordering::Relaxed)).then(|| plan.format.preview(&page, &cx));
        Ok::<_, DatasetFailure>((scanned.problems, Some((one, lost, preview, review))))
    };
    let (mut done, mut places) = (0, Vec::new());
    scan.each(wanted.iter().copied(), work, |found| {
        if !progress(wanted[done], total) {
            return Err(DatasetFailure::Stopped);
        }
        done += 1;
        let (found, one) = found?;
        problems.extend(found);
        if let Some((one, lost, of_it, review)) = one {
            if let (Some(gold), Some(tally), Some(review)) = (&gold, &mut tally, &review) {
                tally.add(gold, review);
            }
            places.push(wanted[done - 1]);
            loss.add(lost);
            anywhere.merge(&one.mentioned);
            if preview.is_none() {
                preview = of_it;
                previewed.store(true, Ordering::Relaxed);
            }
            chosen.push(one);
        }
        Ok(())
    })?;
    let Some(preview) = preview else {
        return Err(DatasetFailure::Impossible(message!("export-no-article")));
    };
    if plan.is_whole() {
        anywhere.lose_others(plan.format, &cx, &mut loss);
    } else {
        formats::lose_project(plan.format, &cx, &mut loss);
    }
    let unfinished = match gold.zip(tally) {
        Some((gold, tally)) => gold.unfinished(&scan, tally, &places, &mut |at| progress(at, total))?,
        None => None,
    };
    let (groups, part_of) = deal(&chosen, plan);
    let names = plan
        .split
        .as_ref()
        .map_or_else(|| vec![String::new()], |split| split.shares.iter().map(|(name, _)| name.clone()).collect());
    let mut parts: Vec<SplitPart> = names.into_iter().map(|name| SplitPart { name, ..SplitPart::default() }).collect();
    let mut began = Began::default();
    for one in &mut chosen {
        began.merge(std::mem::take(&mut one.began));
    }
    let mut mentioned = vec![Mentioned::default(); parts.len()];
    for (one, &at) in chosen.iter().zip(&part_of) {
        let part = &mut parts[at];
        part.articles.push((one.id.clone(), one.member.key.clone()));
        part.chars += u64::from(one.chars);
        part.words += u64::from(one.words);
        for (label, count) in &one.member.labels {
            *part.labels.entry(label.clone()).or_default() += count;
        }
        mentioned[at].merge(&one.mentioned);
    }
    let part_of = chosen.into_iter().map(|one| one.id).zip(part_of).collect();
    Ok(Survey { parts, groups, loss, problems, unfinished, began, preview, part_of, anywhere, mentioned })
}

/// The first article that a plan wants, as the format writes it; sooner than [`survey`] says it.
///
/// # Errors
/// As [`survey`].
pub fn preview<'a>(project: impl Into<DatasetSource<'a>>, plan: &Plan) -> Result<String, DatasetFailure> {
    let scan = project.into().open(plan)?;
    let whole = scan.corpus().clone();
    let comments = CommentSelection::of(&plan.sets, &whole);
    let corpus = plan.corpus(&whole, &comments);
    let cx = plan.context(&corpus);
    for scanned in scan {
        if plan.wants(&scanned.article)
            && let Some(mut page) = plan.page(&whole, &comments, &scanned)?
        {
            plan.format.reduce(&mut page, &cx, &mut Loss::default());
            return Ok(plan.format.preview(&page, &cx));
        }
    }
    Err(DatasetFailure::Impossible(message!("export-no-article")))
}

impl Chosen {
    fn of(scanned: &Scanned, page: &ExchangeDocument, grouping: Grouping, corpus: &Corpus) -> Self {
        let mut labels: BTreeMap<Name, u64> = BTreeMap::new();
        let mut frames = Vec::new();
        for layer in &page.sets {
            for record in &layer.records {
                *labels.entry(record.label.clone()).or_default() += 1;
                let frame = record.referent.filter(|_| corpus.schema.kind(&record.label) == Kind::Frame);
                frames.extend(frame.filter(|_| grouping.trip).map(|id| (layer.annotator.clone(), id)));
            }
        }
        let mut began = Began::default();
        for layer in &page.sets {
            let other = |name: &Name| scanned.sets.iter().find(|it| it.annotator == *name).map(|it| &it.set);
            began.add(layer.records.iter(), other);
        }
        let mut mentioned = Mentioned::default();
        mentioned.add(page);
        let article = &scanned.article;
        Self {
            id: article.id.clone(),
            member: Member { key: article.sha256.clone(), labels },
            chars: article.chars,
            words: article.words,
            mentioned,
            frames,
            signature: grouping.duplicate.then(|| near::signature(page.text.as_str())),
            source: grouping.source.then(|| source(article)).flatten(),
            began,
        }
    }
}

/// Returns who brought an article out: its publisher, or else the host of its address.
fn source(article: &Article) -> Option<String> {
    let publisher = article.publisher.trim();
    if !publisher.is_empty() {
        return Some(publisher.to_lowercase());
    }
    let (_, rest) = article.url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_lowercase();
    (!host.is_empty()).then(|| host.trim_start_matches("www.").to_owned())
}

/// The number of groups, and the part of each article.
fn deal(chosen: &[Chosen], plan: &Plan) -> (usize, Vec<usize>) {
    let Some(split) = &plan.split else { return (chosen.len(), vec![0; chosen.len()]) };
    let mut groups = Groups::new(chosen.len());
    groups.join_by(chosen.iter().enumerate().flat_map(|(at, one)| one.frames.iter().map(move |frame| (at, frame))));
    groups.join_by(chosen.iter().enumerate().filter_map(|(at, one)| Some((at, one.source.as_deref()?))));
    let mut index = near::SignatureIndex::default();
    for (at, one) in chosen.iter().enumerate() {
        let Some(signature) = &one.signature else { continue };
        for (other, _) in index.find(signature, ALIKE) {
            groups.join(other, at);
        }
        index.insert(signature.clone());
    }
    let groups = groups.finish();
    let members: Vec<Member> = chosen.iter().map(|one| one.member.clone()).collect();
    let shares: Vec<u32> = split.shares.iter().map(|(_, share)| *share).collect();
    (groups.len(), assign(&members, &groups, &shares, split.seed))
}
