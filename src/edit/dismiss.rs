//! Transactions on dismissals.

use std::sync::Arc;

use super::{Edit, Transaction};
use crate::model::{Corpus, Dismissal, Dismissed, Id, Name, Origin, RecordFile};

/// Says of things that they need no mark, or are right as they stand; of those of which it was said already, nothing.
#[must_use]
pub fn dismiss(corpus: &Corpus, maker: &Name, things: impl IntoIterator<Item = Dismissed>) -> Transaction {
    let mut transaction = Transaction::new("dismiss", maker);
    let mut taken: Vec<Id> = Vec::new();
    for of in things {
        let said = |edit: &Edit| matches!(edit.sides::<Dismissal>(), Some((_, Some(after))) if after.of == of);
        if dismissal_of(corpus, maker, &of).is_some() || transaction.edits.iter().any(said) {
            continue;
        }
        let there = |id| corpus.dismissals(maker).is_some_and(|all| all.contains_key(&id)) || taken.contains(&id);
        let id = Id::fresh(there);
        taken.push(id);
        let new = Dismissal { id, ..Dismissal::new(of, Origin::hand(maker)) };
        transaction.edits.push(Edit::new(RecordFile::Referents(maker.clone()), None, Some(Arc::new(new))));
    }
    transaction
}

/// Takes back what was said of things.
#[must_use]
pub fn undismiss(corpus: &Corpus, maker: &Name, things: &[Dismissed]) -> Transaction {
    let mut transaction = Transaction::new("take back a dismissal", maker);
    let all = corpus.dismissals(maker).into_iter().flatten().map(|(_, dismissal)| dismissal);
    let of_them = all.filter(|dismissal| things.contains(&dismissal.of));
    let edit = |old: &Arc<Dismissal>| Edit::new(RecordFile::Referents(maker.clone()), Some(old.clone()), None);
    transaction.edits.extend(of_them.map(edit));
    transaction
}

/// The dismissal of a thing.
fn dismissal_of<'a>(corpus: &'a Corpus, maker: &Name, of: &Dismissed) -> Option<&'a Arc<Dismissal>> {
    corpus.dismissals(maker)?.values().find(|dismissal| dismissal.of == *of)
}
