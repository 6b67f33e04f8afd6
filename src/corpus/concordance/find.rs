//! Finding places in all articles.

use std::collections::{BTreeSet, HashMap};

use super::hit::Hit;
use super::search::Search;
use crate::corpus::{Digest, Index};
use crate::in_order::in_order;
use crate::lang::{InWords, Message};
use crate::model::{ArticleId, Dismissals, Dismissed, Id, Name, Quote};
use crate::store::Snapshot;
use crate::text::{Span, Text};

/// An annotation of a digest that has words.
struct Marked<'a> {
    id: Id,
    label: &'a Name,
    at: &'a [Span],
    referent: Option<Id>,
}

/// The words that were dismissed, by article.
type Discarded<'a> = HashMap<&'a ArticleId, Vec<&'a Quote>>;

/// Finds every place of what is looked for in the articles that `keep` says yes to, article by article in the project's order;
/// `take` gets those of an article at once, and stops the search by saying `false`. Texts that are not in memory are read, in
/// parallel, and only those that may have a place. Gives a sentence for each text that cannot be read.
pub fn find(
    snapshot: &Snapshot,
    index: &Index,
    search: &Search,
    keep: &(dyn Fn(&Digest) -> bool + Sync),
    take: &mut dyn FnMut(Vec<Hit>) -> bool,
) -> Vec<Message> {
    let discarded = discarded(snapshot.corpus().dismissals(index.maker()));
    let wanted = index.digests().iter().filter(|digest| keep(digest) && may_have(digest, search));
    let mut unread = Vec::new();
    // Whoever stops it knows that.
    let _ = in_order(
        wanted.map(Ok),
        |_, digest| {
            let text = text(snapshot, digest)?;
            Ok(hits(digest, &text, search, &discarded))
        },
        |found: Result<Vec<Hit>, Message>| {
            let going = match found {
                Ok(hits) => hits.is_empty() || take(hits),
                Err(why) => {
                    unread.push(why);
                    true
                }
            };
            if going { Ok(()) } else { Err(()) }
        },
    );
    unread
}

/// The text of an article, as it is in memory or in its file.
fn text(snapshot: &Snapshot, digest: &Digest) -> Result<Text, Message> {
    let article = &digest.article;
    if let Some(text) = snapshot.corpus().text(&article.id) {
        return Ok(text.clone());
    }
    let loaded = snapshot.loader().read(article, &[]).map_err(|why| why.in_words())?;
    Ok(loaded.text().clone())
}

fn discarded(dismissals: Option<&Dismissals>) -> Discarded<'_> {
    let mut by_article: Discarded<'_> = HashMap::new();
    for dismissal in dismissals.into_iter().flat_map(|all| all.values()) {
        if let Dismissed::Words { article, at, .. } = &dismissal.of {
            by_article.entry(article).or_default().push(at);
        }
    }
    by_article
}

/// True where an article may have a place, by its digest alone.
fn may_have(digest: &Digest, search: &Search) -> bool {
    if digest.text.is_empty() || !search.may_stand_in(&digest.text) {
        return false;
    }
    if search.wanted.is_some() {
        return true;
    }
    marked(digest).any(|it| fits(&it, search))
}

fn marked(digest: &Digest) -> impl Iterator<Item = Marked<'_>> {
    let mentions =
        digest.mentions.iter().map(|it| Marked { id: it.id, label: &it.label, at: &it.at, referent: it.referent });
    let frames =
        digest.frames.iter().map(|it| Marked { id: it.id, label: &it.label, at: &it.at, referent: it.referent });
    mentions.chain(frames).filter(|it| !it.at.is_empty())
}

fn fits(marked: &Marked<'_>, search: &Search) -> bool {
    let label = search.labels.is_empty() || search.labels.contains(marked.label);
    label && search.referents.as_ref().is_none_or(|all| marked.referent.is_some_and(|id| all.contains(&id)))
}

/// The hits of an article, by place.
fn hits(digest: &Digest, text: &Text, search: &Search, discarded: &Discarded<'_>) -> Vec<Hit> {
    let mut by_place: HashMap<&[Span], Vec<Marked<'_>>> = HashMap::new();
    for it in marked(digest) {
        by_place.entry(it.at).or_default().push(it);
    }
    let places: BTreeSet<Vec<Span>> = match search.places(text) {
        Some(found) => found.into_iter().map(|span| vec![span]).collect(),
        None => marked(digest).filter(|it| fits(it, search)).map(|it| it.at.to_vec()).collect(),
    };
    let about_marks = !search.labels.is_empty() || search.referents.is_some();
    let dismissed: BTreeSet<Span> =
        discarded.get(&digest.article.id).into_iter().flatten().filter_map(|quote| quote.place(text)).collect();
    let hit = |at: Vec<Span>| {
        // Spans of a digest are those of the text that it was made of.
        text.check(*at.first()?)?;
        let there: Vec<&Marked<'_>> = by_place.get(at.as_slice()).into_iter().flatten().collect();
        if about_marks && !there.iter().any(|it| fits(it, search)) {
            return None;
        }
        if search.labelled.is_some_and(|wanted| wanted == there.is_empty()) {
            return None;
        }
        let hull = Span::new(at.first()?.start, at.last()?.end);
        let (left, words, right) = Hit::context(text, &at);
        Some(Hit {
            article: digest.article.clone(),
            day: digest.published,
            chars: text.to_chars(hull),
            left,
            words,
            right,
            records: there.iter().map(|it| (it.id, it.label.clone())).collect(),
            referent: there.iter().find_map(|it| it.referent),
            in_zone: digest.in_zone(hull),
            discarded: at.len() == 1 && dismissed.contains(&hull),
            progress: digest.progress,
            at: at.into(),
        })
    };
    places.into_iter().filter_map(hit).collect()
}
