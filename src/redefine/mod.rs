//! Changes of a project's schema, carried through all sets: looked at beforehand, done as one transaction, undone as one.

mod places;
mod referents;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::edit::{Edit, Recoding, SchemaChange, SetRecoded, Transaction};
use crate::lang::Message;
use crate::message;
use crate::model::{
    AnnotationSet, Article, ArticleId, Comment, Corpus, Id, Name, Progress, RecordFile, Schema, SetKey, Target,
};
use crate::review::Review;
use crate::store::{Link, Snapshot, StoreError, WorkingCopy};

pub use places::{LabelPlace, places};

/// Articles that are worked on together, between two looks at whether to go on.
const TOGETHER: usize = 128;

/// The consequences of a change of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// The schema after it.
    pub schema: Arc<Schema>,
    /// The annotations that change, by annotator; who has none is not in it.
    pub makers: BTreeMap<Name, MakerCounts>,
    /// Articles in which something changes.
    pub articles: usize,
    /// Sets that are said to be done and change.
    pub finished: usize,
    /// Decisions that are kept under other names or taken away with what they are about.
    pub decisions: usize,
    /// Referents that change, with what was judged of those that are taken away.
    pub referents: usize,
    /// Referents whose annotations have two labels then.
    pub mixed: usize,
    /// Annotations that become one with another on the same words.
    pub joined: usize,
    /// Annotations that stand on the same words as another one of their label then, and say something else.
    pub twice: usize,
    /// Consequences for the schema that nobody asked for.
    pub follows: Vec<Message>,
}

/// The annotations of one annotator that a change is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MakerCounts {
    /// Articles.
    pub articles: usize,
    /// Annotations with other names.
    pub changed: usize,
    /// Annotations that are taken away.
    pub gone: usize,
}

impl Consequences {
    /// The number of annotations that change.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.makers.values().map(|counts| counts.changed).sum()
    }

    /// The number of annotations that are taken away.
    #[must_use]
    pub fn gone(&self) -> usize {
        self.makers.values().map(|counts| counts.gone).sum()
    }
}

/// Whatever is told how much of how much is done, and says whether to go on.
pub type Going<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// Changes the schema and all records with it, as one transaction, where `agreed` says so of the consequences; gives these,
/// and whether it was done. None where `going` said no, and nothing is changed then.
///
/// The session goes on meanwhile; where something else was done to the same files, the change is made anew of what is there,
/// and `agreed` is asked anew.
///
/// # Errors
/// If the change contradicts the schema, a file cannot be read, or nothing can be written; nothing is changed then.
pub fn carry_out(
    link: &Link,
    change: &SchemaChange,
    agreed: &mut dyn FnMut(&Consequences) -> bool,
    going: Going<'_>,
) -> Result<Option<(Consequences, bool)>, StoreError> {
    let mut outcome = None;
    let by = link.annotator().clone();
    link.make_change(&mut |project| {
        outcome = None;
        let Some((edits, consequences)) = plan(project, change, going)? else { return Ok(None) };
        let agreed = agreed(&consequences);
        outcome = Some((consequences, agreed));
        Ok(agreed.then(|| Transaction { edits, ..Transaction::new(change.title(), &by) }))
    })?;
    Ok(outcome)
}

/// The edits of a change, and what they are. None where `going` said no.
fn plan(
    project: &mut WorkingCopy,
    change: &SchemaChange,
    going: Going<'_>,
) -> Result<Option<(Vec<Edit>, Consequences)>, StoreError> {
    if project.corpus().project.schema_locked {
        return Err(StoreError::Refused(message!("schema-locked")));
    }
    let before = project.corpus().schema.clone();
    let changed = change.schema(&before).map_err(StoreError::Refused)?;
    let schema = Arc::new(changed.schema);
    let recoding = change.recoding();
    let mut consequences = Consequences {
        schema: schema.clone(),
        makers: BTreeMap::new(),
        articles: 0,
        finished: 0,
        decisions: 0,
        referents: 0,
        mixed: 0,
        joined: 0,
        twice: 0,
        follows: changed.follows,
    };
    let mut edits = Vec::new();
    if *schema != *before {
        edits.push(Edit::new(RecordFile::Schema, Some(before), Some(schema.clone())));
    }
    if recoding.is_empty() {
        return Ok(Some((edits, consequences)));
    }
    let makers = project.snapshot().makers();
    if !read(project, &makers, going)? {
        return Ok(None);
    }
    let corpus = project.corpus();
    let mut keys: Vec<(SetKey, &AnnotationSet)> = (corpus.articles().iter())
        .flat_map(|article| makers.iter().map(|maker| (article.id.clone(), maker.clone())))
        .filter_map(|key| Some((key.clone(), corpus.set(&key.0, &key.1)?)))
        .collect();
    keys.retain(|(_, set)| !set.is_empty());
    let recoded: Vec<SetRecoded> = keys.par_iter().map(|(key, set)| recoding.annotations(&schema, key, set)).collect();
    let mut articles: BTreeSet<&ArticleId> = BTreeSet::new();
    let mut joined: HashMap<(&ArticleId, &Name, Id), Id> = HashMap::new();
    for ((key, set), recoded) in keys.iter().zip(&recoded).filter(|(_, recoded)| !recoded.edits.is_empty()) {
        articles.insert(&key.0);
        let counts = consequences.makers.entry(key.1.clone()).or_default();
        counts.articles += 1;
        counts.changed += recoded.changed;
        counts.gone += recoded.gone;
        consequences.finished += usize::from(set.progress() == Progress::Done);
        consequences.joined += recoded.joined.len();
        consequences.twice += recoded.twice;
        joined.extend(recoded.joined.iter().map(|(from, to)| ((&key.0, &key.1, *from), *to)));
    }
    consequences.articles = articles.len();
    let sets: Vec<Edit> = recoded.iter().flat_map(|recoded| recoded.edits.iter().cloned()).collect();
    let (mut rest, mixed) = referents::edits(corpus, &makers, &sets, &recoding);
    (consequences.referents, consequences.mixed) = (rest.len(), mixed);
    rest.extend(retargeted(corpus, &joined));
    let decisions = decisions(corpus, &sets, &schema, &makers, &recoding, going)?;
    let Some(decisions) = decisions else { return Ok(None) };
    consequences.decisions = decisions.len();
    edits.extend(sets);
    edits.extend(decisions);
    edits.extend(rest);
    Ok(Some((edits, consequences)))
}

/// Reads every set and every list of referents. Says whether it was to go on.
fn read(project: &mut WorkingCopy, makers: &[Name], going: Going<'_>) -> Result<bool, StoreError> {
    let wanted: Vec<(Arc<Article>, Vec<Name>)> =
        project.corpus().articles().iter().map(|article| (article.clone(), makers.to_vec())).collect();
    for (done, some) in wanted.chunks(TOGETHER).enumerate() {
        if !going(done * TOGETHER, wanted.len()) {
            return Ok(false);
        }
        project.load(some)?;
    }
    makers.iter().for_each(|maker| project.load_referents(maker));
    // A set that cannot be read would keep its old names, and nobody would see it.
    let corpus = project.corpus();
    for (article, maker) in wanted.iter().flat_map(|(article, makers)| makers.iter().map(move |maker| (article, maker)))
    {
        if corpus.set(&article.id, maker).is_none() {
            return Err(StoreError::Refused(message!("schema-set-unread", article = article.id, maker = maker)));
        }
    }
    match makers.iter().find(|maker| corpus.referents(maker).is_none()) {
        Some(maker) => Err(StoreError::Refused(message!("schema-referents-unread", maker = maker))),
        None => Ok(true),
    }
}

/// Comments about annotations that became one with others, which are about those now.
fn retargeted(corpus: &Corpus, joined: &HashMap<(&ArticleId, &Name, Id), Id>) -> Vec<Edit> {
    let all = corpus.all_comments().iter().flat_map(|(who, all)| all.values().map(move |comment| (who, comment)));
    let edit = |(who, comment): (&Name, &Arc<Comment>)| {
        let Target::Annotation(maker, id) = &comment.on else { return None };
        let to = joined.get(&(&comment.article, maker, *id))?;
        let after = Comment { on: Target::Annotation(maker.clone(), *to), ..(**comment).clone() };
        Some(Edit::new(RecordFile::Comments(who.clone()), Some(comment.clone()), Some(Arc::new(after))))
    };
    if joined.is_empty() { Vec::new() } else { all.filter_map(edit).collect() }
}

/// The edits that keep decisions. None where `going` said no.
fn decisions(
    corpus: &Corpus,
    sets: &[Edit],
    schema: &Arc<Schema>,
    makers: &[Name],
    recoding: &Recoding,
    going: Going<'_>,
) -> Result<Option<Vec<Edit>>, StoreError> {
    let decided: Vec<&SetKey> =
        corpus.sets().filter(|(_, set)| !set.decisions().is_empty()).map(|(key, _)| key).collect();
    if decided.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let mut after = corpus.clone();
    after.schema = schema.clone();
    for edit in sets {
        after.replace(&edit.at, edit.before.as_ref(), edit.after.as_ref())?;
    }
    let (project, all) = (&corpus.project, decided.len());
    let compared = project.compared(makers);
    let mut edits = Vec::new();
    for (done, keys) in decided.chunks(TOGETHER).enumerate() {
        if !going(done * TOGETHER, all) {
            return Ok(None);
        }
        let keep = |key: &&SetKey| {
            let review = Review::open(corpus, &key.0, &compared, &key.1, project.strategy.clone());
            review.recoded(corpus, &after, &|label, slot| recoding.slot(label, slot))
        };
        let kept: Vec<Vec<Edit>> = keys.par_iter().map(keep).collect();
        edits.extend(kept.into_iter().flatten());
    }
    Ok(Some(edits))
}

/// The number of annotations with each label, by annotator: of all sets, those that are in memory as they are there.
#[must_use]
pub fn counts(project: &Snapshot) -> BTreeMap<Name, BTreeMap<Name, usize>> {
    let (corpus, loader, makers) = (project.corpus(), project.loader(), project.makers());
    let count = |article: &Arc<Article>| {
        let mut counts: BTreeMap<(Name, Name), usize> = BTreeMap::new();
        let mut add = |maker: &Name, set: &AnnotationSet| {
            for record in set.iter() {
                *counts.entry((record.label.clone(), maker.clone())).or_default() += 1;
            }
        };
        let mut lacking = makers.clone();
        lacking.retain(|maker| match corpus.set(&article.id, maker) {
            Some(set) => {
                add(maker, set);
                false
            }
            None => true,
        });
        if !lacking.is_empty()
            && let Ok(loaded) = loader.read(article, &lacking)
        {
            lacking
                .iter()
                .filter_map(|maker| Some((maker, loaded.found(maker)?)))
                .for_each(|(maker, set)| add(maker, set));
        }
        counts
    };
    let each: Vec<BTreeMap<(Name, Name), usize>> = corpus.articles().par_iter().map(count).collect();
    let mut all: BTreeMap<Name, BTreeMap<Name, usize>> = BTreeMap::new();
    for ((label, maker), count) in each.into_iter().flatten() {
        *all.entry(label).or_default().entry(maker).or_default() += count;
    }
    all
}
