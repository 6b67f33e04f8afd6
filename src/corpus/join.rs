//! Transactions about two trips or claims: one thing, or what they are to each other.

use crate::edit::{SetEditor, Transaction, judge, unjudge};
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{ArticleId, Id, Name, Origin, Referent, Verdict};
use crate::store::Snapshot;

/// A trip or claim of a corpus, by a name that holds while it is edited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FrameKey {
    /// One that a referent joins.
    Referent(Id),
    /// One that no referent joins yet: its article and its id there.
    Frame(ArticleId, Id),
}

/// Judges two trips or claims as one transaction; one that no referent joins yet gets one, which is called as it says, or
/// else by its words.
///
/// # Errors
/// If a set cannot be read, or what is known of the two says that they cannot be the same.
pub fn judge_pair(
    mut snapshot: Snapshot,
    maker: &Name,
    by: &Name,
    of: [(&FrameKey, &str); 2],
    verdict: Verdict,
) -> Result<Transaction, Message> {
    snapshot.read_referents(maker).map_err(|error| error.in_words())?;
    let mut all = Transaction::new("judge two referents", by);
    let mut ids = Vec::new();
    for (key, named) in of {
        match key {
            FrameKey::Referent(id) => ids.push(*id),
            FrameKey::Frame(article, frame) => {
                let joined = join(&mut snapshot, (maker, by), (article, *frame), named)?;
                ids.push(joined.0);
                all.focus = all.focus.or(joined.1.focus.clone());
                all.edits.extend(joined.1.edits);
            }
        }
    }
    let [one, other] = ids[..] else { return Ok(all) };
    if one == other {
        return Err(message!("claims-one-already"));
    }
    all.edits.extend(judge(snapshot.corpus(), maker, (one, other), verdict, "")?.edits);
    Ok(all.made_by(by))
}

/// Takes back what was said of two claims themselves.
///
/// # Errors
/// If the judgements cannot be read, or nothing was said of just these two.
pub fn unjudge_pair(
    mut snapshot: Snapshot,
    maker: &Name,
    by: &Name,
    of: (&FrameKey, &FrameKey),
) -> Result<Transaction, Message> {
    snapshot.read_referents(maker).map_err(|error| error.in_words())?;
    let (FrameKey::Referent(one), FrameKey::Referent(other)) = of else { return Err(message!("claims-nothing-said")) };
    let taken = unjudge(snapshot.corpus(), maker, (*one, *other));
    match taken.edits.is_empty() {
        true => Err(message!("claims-nothing-said")),
        false => Ok(Transaction { by: by.clone(), ..taken }),
    }
}

/// Gives a claim a referent of its own; gives the referent and the transaction, which the snapshot follows.
fn join(
    snapshot: &mut Snapshot,
    (maker, by): (&Name, &Name),
    (id, frame): (&ArticleId, Id),
    named: &str,
) -> Result<(Id, Transaction), Message> {
    let gone = || message!("claims-gone", article = id);
    let article = snapshot.corpus().article(id).cloned().ok_or_else(gone)?;
    let (corpus, _) = snapshot.read(&article, std::slice::from_ref(maker)).ok_or_else(gone)?;
    let record = corpus.annotation(id, maker, frame).ok_or_else(gone)?;
    if let Some(known) = record.referent {
        return Ok((known, Transaction::new(String::new(), by)));
    }
    let text = corpus.text(id).ok_or_else(gone)?;
    let words = record.at.first().map_or("", |at| text.slice(*at));
    let words = if named.is_empty() { words } else { named };
    let name: String = match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    };
    let referent = Referent::new(&record.label, &name.replace('\n', " "), Origin::hand(by));
    let known = referent.id;
    let editor = SetEditor { by: by.clone(), ..SetEditor::new(corpus, (id.clone(), maker.clone())) };
    let transaction = editor.refer_new(&[frame], referent);
    if !snapshot.apply(&transaction) {
        return Err(gone());
    }
    Ok((known, transaction))
}
