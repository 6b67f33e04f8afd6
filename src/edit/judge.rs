//! Transactions on judgements.

use std::sync::Arc;

use super::{Edit, Standing, Transaction};
use crate::lang::Message;
use crate::message;
use crate::model::judgement::unordered;
use crate::model::{Corpus, Id, Judgement, Name, Origin, RecordFile, Verdict};

/// Says what two referents of an annotator are to each other, in place of what was said of them before.
///
/// # Errors
/// If it contradicts what was said of others: a sentence that names the judgements which lead from one to the other.
pub fn judge(
    corpus: &Corpus,
    maker: &Name,
    of: (Id, Id),
    verdict: Verdict,
    note: &str,
) -> Result<Transaction, Message> {
    if let Some(why) = refusal(corpus, maker, of, verdict) {
        return Err(why);
    }
    let mut transaction = Transaction::new("judge two referents", maker);
    let new = Judgement { note: note.trim().to_owned(), ..Judgement::new(of, verdict, Origin::hand(maker)) };
    let mut there = said_of(corpus, maker, of).into_iter();
    let before = there.next();
    let same = |old: &Judgement| (old.of, old.verdict, &old.note) == (new.of, new.verdict, &new.note);
    if !before.as_deref().is_some_and(same) {
        let id = before.as_ref().map_or_else(|| fresh_id(corpus, maker), |before| before.id);
        transaction.edits.push(edit(maker, before, Some(Arc::new(Judgement { id, ..new }))));
    }
    // One judgement about two referents counts from now on.
    transaction.edits.extend(there.map(|old| edit(maker, Some(old), None)));
    Ok(transaction)
}

/// The judgements that stand against saying this of two referents of an annotator, in a sentence; none where it fits.
fn refusal(corpus: &Corpus, maker: &Name, (one, other): (Id, Id), verdict: Verdict) -> Option<Message> {
    let judgements = corpus.judgements(maker)?;
    let name = |id: Id| {
        let known = corpus.referents(maker).and_then(|all| all.get(&id));
        known.map_or_else(|| id.to_string(), |referent| referent.name.clone())
    };
    let chain = Standing::of(judgements).chain(one, other, verdict);
    let said = chain.iter().filter_map(|id| judgements.get(id)).map(|judgement| {
        let (a, b) = judgement.of;
        message!("join-said", one = name(a), other = name(b), says = judgement.verdict.message())
    });
    let why = said.reduce(|before, said| message!("join-said-and", before = before, said = said))?;
    Some(message!("join-against", one = name(one), other = name(other), says = verdict.message(), why = why))
}

/// Takes back what was said of two referents of an annotator.
#[must_use]
pub fn unjudge(corpus: &Corpus, maker: &Name, of: (Id, Id)) -> Transaction {
    let mut transaction = Transaction::new("take back a judgement", maker);
    transaction.edits.extend(said_of(corpus, maker, of).into_iter().map(|old| edit(maker, Some(old), None)));
    transaction
}

/// The judgements about two referents, by id.
fn said_of(corpus: &Corpus, maker: &Name, of: (Id, Id)) -> Vec<Arc<Judgement>> {
    let pair = unordered(of);
    let all = corpus.judgements(maker).into_iter().flatten().map(|(_, judgement)| judgement);
    all.filter(|judgement| judgement.pair() == pair).cloned().collect()
}

fn fresh_id(corpus: &Corpus, maker: &Name) -> Id {
    Id::fresh(|id| corpus.judgements(maker).is_some_and(|all| all.contains_key(&id)))
}

fn edit(maker: &Name, before: Option<Arc<Judgement>>, after: Option<Arc<Judgement>>) -> Edit {
    Edit::new(RecordFile::Referents(maker.clone()), before, after)
}
