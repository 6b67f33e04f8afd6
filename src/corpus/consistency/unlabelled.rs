//! Words that are labelled in one place and stand without a label in another.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::finding::{Example, Finding, Mend, Rule};
use super::marks::EXAMPLES;
use crate::corpus::concordance::{Spot, identity};
use crate::corpus::register::is_listed;
use crate::corpus::{Digest, Index, folded};
use crate::model::{Dismissed, Name, Progress, Quote};
use crate::store::Snapshot;
use crate::text::{Fold, Span, Text, find_all};

/// Words that are labelled so often, always alike, are looked for.
const LEAST: usize = 2;

/// Words of fewer letters mean too many things.
const LETTERS: usize = 3;

/// Words that have one label wherever they have one.
struct Known<'a> {
    label: &'a Name,
    /// The words as they are written most often.
    words: String,
    /// The folded words, apart.
    tokens: Vec<String>,
    labelled: usize,
}

/// The findings; none where `going` said no.
pub(super) fn unlabelled(
    snapshot: &Snapshot,
    index: &Index,
    kept: &[bool],
    going: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Finding>> {
    let known = known(index);
    let mut first: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, known) in known.iter().enumerate() {
        first.entry(known.tokens[0].as_str()).or_default().push(at);
    }
    let discarded: HashSet<&Dismissed> =
        snapshot.corpus().dismissals(index.maker()).into_iter().flat_map(|all| all.values()).map(|it| &it.of).collect();
    let wanted: Vec<&Arc<Digest>> = index
        .digests()
        .iter()
        .zip(kept)
        .filter(|(digest, kept)| **kept && digest.progress.is_some())
        .map(|(it, _)| it)
        .collect();
    let in_article = |digest: &&Arc<Digest>| {
        if !going() {
            return None;
        }
        let more = surplus(digest, &known, &first);
        if more.is_empty() {
            return Some(Vec::new());
        }
        let Some(text) = text(snapshot, digest) else { return Some(Vec::new()) };
        let places = more.into_iter().map(|at| (at, places(digest, &text, &known[at], &discarded)));
        let example = |(at, span): (usize, Span)| {
            let words = text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
            (
                at,
                Example {
                    article: digest.article.clone(),
                    record: None,
                    at: [span].into(),
                    words,
                    quote: Some(Quote::of(&text, span)),
                },
            )
        };
        let all = places.flat_map(|(at, spans)| spans.into_iter().map(move |span| (at, span)));
        Some(all.map(example).collect::<Vec<_>>())
    };
    let found: Option<Vec<Vec<(usize, Example)>>> = wanted.par_iter().map(in_article).collect();
    let mut by_words: BTreeMap<usize, Vec<Example>> = BTreeMap::new();
    for (at, example) in found?.into_iter().flatten() {
        by_words.entry(at).or_default().push(example);
    }
    let all: Vec<(usize, Vec<Example>)> = by_words.into_iter().collect();
    Some(all.into_par_iter().map(|(at, examples)| finding(index, &known[at], examples)).collect())
}

fn finding(index: &Index, known: &Known<'_>, mut examples: Vec<Example>) -> Finding {
    let referent = identity(index, known.label, &known.words);
    let done = |article: &crate::model::ArticleId| {
        index.digest(article).is_some_and(|digest| digest.progress == Some(Progress::Done))
    };
    let open = examples.iter().filter(|example| !done(&example.article.id));
    let spots: Vec<Spot> = open.map(|it| Spot { article: it.article.clone(), at: it.at.to_vec(), referent }).collect();
    let count = examples.len();
    examples.truncate(EXAMPLES);
    Finding {
        rule: Rule::Unlabelled,
        about: known.words.clone(),
        sides: vec![(known.label.to_string(), known.labelled), (String::new(), count)],
        examples,
        referents: Vec::new(),
        mend: (!spots.is_empty()).then(|| Mend::Label(known.label.clone(), spots)),
    }
}

/// The words that have one label wherever they have one, at least so often.
fn known(index: &Index) -> Vec<Known<'_>> {
    struct Seen<'a> {
        label: Option<&'a Name>,
        count: usize,
        written: BTreeMap<&'a str, usize>,
    }
    let listed: HashSet<&Name> =
        index.schema().labels.iter().filter(|def| is_listed(def)).map(|def| &def.name).collect();
    let mut seen: BTreeMap<String, Seen<'_>> = BTreeMap::new();
    for (_, mention) in index.mentions() {
        let new = || Seen { label: Some(&mention.label), count: 0, written: BTreeMap::new() };
        let words = seen.entry(folded(&mention.words)).or_insert_with(new);
        words.count += 1;
        *words.written.entry(&mention.words).or_default() += 1;
        words.label = words.label.filter(|label| **label == mention.label);
    }
    seen.into_iter()
        .filter_map(|(folded, seen)| {
            let label = seen.label.filter(|label| listed.contains(label) && seen.count >= LEAST)?;
            let tokens: Vec<String> = tokens(&folded).map(str::to_owned).collect();
            let long = folded.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS;
            let (words, _) = seen.written.iter().max_by_key(|(_, count)| **count)?;
            // A name begins with a capital: other words mean too much elsewhere.
            let name = words.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
            (long && name && !tokens.is_empty()).then(|| Known {
                label,
                words: (*words).to_owned(),
                tokens,
                labelled: seen.count,
            })
        })
        .collect()
}

fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// The words that stand more often in an article than its mentions have them.
fn surplus(digest: &Digest, known: &[Known<'_>], first: &HashMap<&str, Vec<usize>>) -> Vec<usize> {
    let mut counts: BTreeMap<usize, i64> = BTreeMap::new();
    let mut count = |text: &str, by: i64| {
        let words: Vec<&str> = tokens(text).collect();
        for (from, word) in words.iter().enumerate() {
            for &at in first.get(word).into_iter().flatten() {
                let tokens = &known[at].tokens;
                if words.len() >= from + tokens.len()
                    && words[from..].iter().zip(tokens).all(|(one, other)| one == other)
                {
                    *counts.entry(at).or_default() += by;
                }
            }
        }
    };
    count(&digest.text, 1);
    for mention in &digest.mentions {
        count(&folded(&mention.words), -1);
    }
    counts.into_iter().filter(|(_, more)| *more > 0).map(|(at, _)| at).collect()
}

fn text(snapshot: &Snapshot, digest: &Digest) -> Option<Text> {
    let article = &digest.article;
    let known = snapshot.corpus().text(&article.id).cloned();
    // A text that cannot be read is told where the index was made.
    known.or_else(|| Some(snapshot.loader().read(article, &[]).ok()?.text().clone()))
}

/// The places of words outside of mentions, zones and what was discarded.
fn places(digest: &Digest, text: &Text, known: &Known<'_>, discarded: &HashSet<&Dismissed>) -> Vec<Span> {
    let found = find_all(text, &known.words, Fold { case: true, words: true });
    let marked = |span: &Span| digest.mentions.iter().flat_map(|it| &*it.at).any(|at| at.overlaps(*span));
    let is_discarded = |span: &Span| {
        let at = Quote::of(text, *span);
        let digits = crate::model::digest(&digest.article.sha256).to_owned();
        discarded.contains(&Dismissed::Words { article: digest.article.id.clone(), digest: digits, at })
    };
    found.into_iter().filter(|span| !marked(span) && !digest.in_zone(*span) && !is_discarded(span)).collect()
}
