//! Transactions that make one referent of two, and two of one.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Edit, Standing, Transaction};
use crate::lang::Message;
use crate::message;
use crate::model::judgement::unordered;
use crate::model::{
    Annotation, ArticleId, Corpus, Dismissal, Dismissed, Filler, Id, Judgement, Name, Origin, RecordFile, Referent,
    SetKey, Verdict,
};

/// Makes one referent of two: what was of `from` is of `into`, which keeps its name and gets what it lacks. Sets with
/// annotations of `from` have to be loaded.
///
/// # Errors
/// If one of them is not there, or it was said that they are not the same; the sentence names the judgements.
pub fn join(corpus: &Corpus, maker: &Name, into: Id, from: Id) -> Result<Transaction, Message> {
    let mut transaction = Transaction::new("join two referents", maker);
    if into == from {
        return Ok(transaction);
    }
    let referents = corpus.referents(maker);
    let there = |id: Id| referents.and_then(|all| all.get(&id)).ok_or_else(|| message!("join-gone", id = id));
    let (kept, gone) = (there(into)?, there(from)?);
    if let Some(denied) = denied(corpus, maker, into, from) {
        return Err(message!(
            "join-denied",
            one = kept.name,
            other = gone.name,
            judgement = denied.id,
            says = denied.verdict
        ));
    }
    let file = RecordFile::Referents(maker.clone());
    transaction.edits = refer(corpus, maker, from, |_, _| Some(into));
    let to = |id: Id| if id == from { into } else { id };
    for referent in referents.into_iter().flat_map(|all| all.values()).filter(|it| it.id != from) {
        let mut after = Referent::clone(referent);
        if referent.id == into {
            take_over(&mut after, gone);
        }
        let mut seen = HashSet::new();
        for role in &mut after.roles {
            if let Filler::Annotation(id) = &mut role.filler {
                *id = to(*id);
            }
        }
        let own = after.id;
        after.roles.retain(|role| role.filler != Filler::Annotation(own) && seen.insert(role.clone()));
        if after != **referent {
            after.origin = Origin { via: referent.origin.via.clone(), ..Origin::hand(maker) };
            transaction.edits.push(Edit::new(file.clone(), Some(referent.clone()), Some(Arc::new(after))));
        }
    }
    transaction.edits.extend(judgements(corpus, maker, &to));
    transaction.edits.extend(dismissals(corpus, maker, &to));
    transaction.edits.push(Edit::new(file, Some(gone.clone()), None));
    Ok(transaction)
}

/// Makes a referent of its own of some annotations of another one, and says that the two are not the same.
///
/// Gives the new referent's id beside the transaction; nothing to do where none of the annotations is of `from`. Their sets
/// have to be loaded.
#[must_use]
pub fn split(
    corpus: &Corpus,
    maker: &Name,
    from: Id,
    annotations: &HashSet<(ArticleId, Id)>,
    name: &str,
) -> (Transaction, Id) {
    let id = fresh_referent(corpus, maker);
    let mut transaction = Transaction::new("split a referent", maker);
    let Some(before) = corpus.referents(maker).and_then(|all| all.get(&from)) else { return (transaction, id) };
    let chosen =
        |article: &ArticleId, annotation: Id| annotations.contains(&(article.clone(), annotation)).then_some(id);
    let moved = refer(corpus, maker, from, chosen);
    if !moved.is_empty() {
        let new = Referent { id, ..Referent::new(&before.label, name, Origin::hand(maker)) };
        let file = RecordFile::Referents(maker.clone());
        transaction.edits.push(Edit::new(file, None, Some(Arc::new(new))));
        transaction.edits.extend(moved);
        // Nothing was said of the new one that this could contradict.
        let two = super::judge(corpus, maker, (from, id), Verdict::NotSame, "");
        transaction.edits.extend(two.into_iter().flat_map(|two| two.edits));
    }
    (transaction, id)
}

/// An id that no referent of an annotator has.
#[must_use]
pub fn fresh_referent(corpus: &Corpus, maker: &Name) -> Id {
    Id::fresh(|id| corpus.referents(maker).is_some_and(|all| all.contains_key(&id)))
}

/// The judgement that says of two that they are not one: of themselves, or of those that are the same as they.
fn denied(corpus: &Corpus, maker: &Name, one: Id, other: Id) -> Option<Arc<Judgement>> {
    let all = corpus.judgements(maker)?;
    all.get(&Standing::of(all).denial(one, other)?).cloned()
}

/// Edits that say of annotations of `from`, article by article, of which referent they are, where `to` gives one.
fn refer(corpus: &Corpus, maker: &Name, from: Id, to: impl Fn(&ArticleId, Id) -> Option<Id>) -> Vec<Edit> {
    let sets = corpus.sets().filter(|((_, owner), _)| owner == maker);
    let sets: BTreeMap<&SetKey, _> = sets.collect();
    let mut edits = Vec::new();
    for (key, set) in sets {
        for record in set.iter().filter(|record| record.referent == Some(from)) {
            let Some(referent) = to(&key.0, record.id) else { continue };
            let origin = Origin { via: record.origin.via.clone(), ..Origin::hand(maker) };
            let after = Annotation { referent: Some(referent), origin, ..Annotation::clone(record) };
            edits.push(Edit::new(key.clone(), Some(record.clone()), Some(Arc::new(after))));
        }
    }
    edits
}

/// Gives a referent what another one has and it lacks.
fn take_over(into: &mut Referent, from: &Referent) {
    // An attribute may have several values: those that clash stay beside each other.
    into.attributes.extend(from.attributes.iter().cloned());
    into.attributes.sort();
    into.attributes.dedup();
    into.external.extend(from.external.iter().cloned());
    into.external.sort();
    into.external.dedup();
    into.roles.extend(from.roles.iter().cloned());
    if !from.note.is_empty() && from.note != into.note {
        into.note = [into.note.as_str(), from.note.as_str()]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
    }
}

/// Judgements about the one that stays in place of the one that goes; of two about the same pair the first counts.
fn judgements(corpus: &Corpus, maker: &Name, to: &dyn Fn(Id) -> Id) -> Vec<Edit> {
    let file = RecordFile::Referents(maker.clone());
    let all = || corpus.judgements(maker).into_iter().flat_map(|all| all.values());
    let untouched = all().filter(|it| it.of == (to(it.of.0), to(it.of.1)));
    let mut said: HashSet<(Id, Id)> = untouched.map(|it| it.pair()).collect();
    let mut edits = Vec::new();
    for before in all().filter(|it| it.of != (to(it.of.0), to(it.of.1))) {
        let of = (to(before.of.0), to(before.of.1));
        let kept = of.0 != of.1 && said.insert(unordered(of));
        let after = kept.then(|| {
            let of = if before.verdict.is_mutual() { unordered(of) } else { of };
            Arc::new(Judgement { of, ..Judgement::clone(before) })
        });
        edits.push(Edit::new(file.clone(), Some(before.clone()), after));
    }
    edits
}

/// Dismissals about the one that stays in place of the one that goes.
fn dismissals(corpus: &Corpus, maker: &Name, to: &dyn Fn(Id) -> Id) -> Vec<Edit> {
    let file = RecordFile::Referents(maker.clone());
    let mut edits = Vec::new();
    for before in corpus.dismissals(maker).into_iter().flat_map(|all| all.values()) {
        let Dismissed::Finding { referents, .. } = &before.of else { continue };
        if referents.iter().all(|id| to(*id) == *id) {
            continue;
        }
        let mut after = Dismissal::clone(before);
        if let Dismissed::Finding { referents, .. } = &mut after.of {
            referents.iter_mut().for_each(|id| *id = to(*id));
        }
        edits.push(Edit::new(file.clone(), Some(before.clone()), Some(Arc::new(after))));
    }
    edits
}
