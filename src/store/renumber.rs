//! Two texts that were given one number, each in its own copy of a project: which of them gets another one, and how
//! what was said about it is found again.
//!
//! An article is its text. Its files are called by the text's hash ([`super::stem`]), so that nothing but the line in
//! `articles.ron` says its number, and to change that line is all there is to do.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::folder::open_folder;
use super::layout::FileKey;
use super::raw::RawFile;
use super::{OpenError, atomic, file, lock, ron_text, stem};
use crate::edit::Edit;
use crate::model::{Article, ArticleId, Comment, Corpus, Record, Run, digest};

/// An article that another one's merge has given another number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// Its title.
    pub title: String,
    /// The number that it had on one side or on both.
    pub from: ArticleId,
    /// The number that it has now.
    pub to: ArticleId,
}

/// A text, and which of the articles with this text it is: the first, save where a person has written a line twice.
type Key = (String, usize);

/// One side's articles by text: where the line is in the list, and what it says.
type Side = BTreeMap<Key, (usize, Article)>;

/// Gives each text one number, the same on all three sides of a merge of `articles.ron`, and each number to one text.
///
/// The rule knows no side, so that two people who merge each other's work come to the same numbers: what both sides
/// began with keeps its number; of two new texts the one with the lower hash does; where the sides have given one text
/// two numbers, the lower one stands. Whatever is left over gets numbers beyond all others. An article whose files are
/// not called by its text's hash keeps its number: its sets could not be told from those of the other one.
pub fn renumber(base: &mut RawFile, ours: &mut RawFile, theirs: &mut RawFile) -> Vec<Renumbered> {
    let sides = [side(base), side(ours), side(theirs)];
    let numbers = assign(&sides);
    let mut told: BTreeMap<Key, Renumbered> = BTreeMap::new();
    for (file, side) in [(&mut *base, &sides[0]), (&mut *ours, &sides[1]), (&mut *theirs, &sides[2])] {
        for (key, (at, line)) in side {
            let Some(to) = numbers.get(key).filter(|to| **to != line.id) else { continue };
            let (title, from) = (line.title.clone(), line.id.clone());
            told.entry(key.clone()).or_insert(Renumbered { title, from, to: to.clone() });
            put(file, *at, &Article { id: to.clone(), ..line.clone() });
        }
    }
    // An article that both have added is one, wherever each has found it.
    for (key, (ours_at, our)) in sides[1].iter().filter(|(key, _)| !sides[0].contains_key(*key)) {
        let Some((theirs_at, their)) = sides[2].get(key).filter(|(_, their)| their != our) else { continue };
        let id = numbers.get(key).unwrap_or(&our.id);
        let (our, their) = one(our, their, id);
        put(ours, *ours_at, &our);
        put(theirs, *theirs_at, &their);
    }
    // A record that both sides have taken away is in the way of whoever has its number now.
    let gone = |key: &Key| !numbers.contains_key(key);
    let mut gone: Vec<usize> = sides[0].iter().filter(|(key, _)| gone(key)).map(|(_, (at, _))| *at).collect();
    gone.sort_unstable_by(|a, b| b.cmp(a));
    if let Some((_, records)) = base.lists.iter_mut().find(|(list, _)| list == ARTICLES) {
        gone.into_iter().for_each(|at| drop(records.remove(at)));
    }
    told.into_values().collect()
}

/// Puts articles that both sides of a merge have added behind the others, in the order of their numbers.
pub fn put_in_order(base: &RawFile, ours: &RawFile, theirs: &RawFile, merged: &mut [(String, String)]) {
    let ids = |file: &RawFile| file.list(ARTICLES).iter().map(|(id, _)| id.clone()).collect::<HashSet<String>>();
    let (base, ours, theirs) = (ids(base), ids(ours), ids(theirs));
    let only = |this: &HashSet<String>, other: &HashSet<String>| {
        this.iter().any(|id| !base.contains(id) && !other.contains(id))
    };
    if only(&ours, &theirs) && only(&theirs, &ours) {
        merged.sort_by_cached_key(|(id, _)| (!base.contains(id)).then(|| (id.len(), id.clone())));
    }
}

/// Puts right what a merge by line has left in a project's `articles.ron`: two articles of one number. Gives who has
/// another number now; with `dry_run` who would have.
///
/// # Errors
/// If the file cannot be read or written; it is as it was then.
pub fn renumber_project(dir: &Path, dry_run: bool) -> Result<Vec<Renumbered>, OpenError> {
    let name = FileKey::Articles.path();
    let io = |why| OpenError::Io { file: name.clone(), why };
    let disk = open_folder(dir)?;
    let _lock = if dry_run { None } else { Some(lock::writing(&disk).map_err(io)?) };
    let Some((bytes, _)) = file::bytes(&disk, &name, FileKey::Articles.max_bytes()).map_err(io)? else {
        return Ok(Vec::new());
    };
    let mut articles = RawFile::read(&name, file::utf8(&name, &bytes)?)?;
    let told = renumber(&mut RawFile::default(), &mut articles.clone(), &mut articles);
    if !told.is_empty() && !dry_run {
        atomic::write_in(&disk, &name, articles.write().as_bytes()).map_err(io)?;
    }
    Ok(told)
}

const ARTICLES: &str = "articles";

fn side(file: &RawFile) -> Side {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let lines = file.list(ARTICLES).iter().enumerate();
    // A line that this version cannot read stays as it is.
    let lines = lines.filter_map(|(at, (_, record))| Some((at, ron::from_str::<Article>(record).ok()?)));
    let keyed = lines.map(|(at, line)| {
        let count = seen.entry(line.sha256.clone()).or_default();
        *count += 1;
        ((line.sha256.clone(), *count), (at, line))
    });
    keyed.collect()
}

fn put(file: &mut RawFile, at: usize, line: &Article) {
    let list = file.lists.iter_mut().find(|(list, _)| list == ARTICLES);
    if let Some(record) = list.and_then(|(_, records)| records.get_mut(at)) {
        *record = (line.id.to_string(), ron_text::line(line));
    }
}

/// The number of each text that a side has.
fn assign([base, ours, theirs]: &[Side; 3]) -> BTreeMap<Key, ArticleId> {
    let number = |side: &Side, key: &Key| side.get(key).map(|(_, line)| line.id.clone());
    let mut wanted: Vec<(Vec<ArticleId>, &Key, bool, bool)> = Vec::new();
    let keys: HashSet<&Key> = ours.keys().chain(theirs.keys()).collect();
    for key in keys {
        let (was, our, their) = (number(base, key), number(ours, key), number(theirs, key));
        let numbers = match (&our, &their) {
            (Some(our), Some(their)) if our == their || was.as_ref() == Some(their) => vec![our.clone()],
            (Some(our), Some(their)) if was.as_ref() == Some(our) => vec![their.clone()],
            (Some(our), Some(their)) => {
                let mut both = vec![our.clone(), their.clone()];
                both.sort_by(|a, b| rank(a).cmp(&rank(b)));
                both
            }
            (one, other) => one.iter().chain(other).cloned().collect(),
        };
        let mut lines = [ours, theirs].into_iter().filter_map(|side| side.get(key));
        let movable = lines.all(|(_, line)| stem::named(&line.file, &line.sha256).is_some());
        let stays = was.is_some() && numbers.first() == was.as_ref();
        wanted.push((numbers, key, movable, stays));
    }
    // First what cannot move, then what both sides know by this number, then by number and hash.
    wanted.sort_by_cached_key(|(numbers, key, movable, stays)| {
        let first = numbers.first().map(|id| (id.len(), id.clone()));
        (*movable, !stays, first, (*key).clone())
    });
    let mut given: BTreeMap<Key, ArticleId> = BTreeMap::new();
    let mut taken: HashSet<ArticleId> = HashSet::new();
    for choice in 0..2 {
        for (numbers, key, movable, _) in &wanted {
            let Some(number) = numbers.get(choice).filter(|_| !given.contains_key(*key)) else { continue };
            if taken.insert(number.clone()) || !movable {
                given.insert((*key).clone(), number.clone());
            }
        }
    }
    let all = [base, ours, theirs].into_iter().flat_map(|side| side.values().map(|(_, line)| &line.id));
    let mut next = all.filter_map(|id| id.parse::<usize>().ok()).max().map_or(0, |last| last + 1);
    for (_, key, _, _) in wanted {
        if !given.contains_key(key) {
            given.insert(key.clone(), ArticleId::numbered(next));
            next += 1;
        }
    }
    given
}

/// The order of numbers, which is not that of their digits: 999 comes before 1000.
fn rank(id: &ArticleId) -> (usize, &str) {
    (id.len(), id)
}

/// Two lines about one new article, as far as they can be one: what only one of them knows both do, and where it was
/// found is what stands first in the alphabet. What a person would have to choose between stays different.
fn one(our: &Article, their: &Article, id: &ArticleId) -> (Article, Article) {
    let found = |line: &Article| (line.file.clone(), line.source.clone(), line.source_sha256.clone());
    let (file, source, source_sha256) = found(our).min(found(their));
    let joined = |this: &Article, other: &Article| {
        let or = |a: &String, b: &String| if a.is_empty() { b.clone() } else { a.clone() };
        Article {
            id: id.clone(),
            title: or(&this.title, &other.title),
            file: file.clone(),
            publisher: or(&this.publisher, &other.publisher),
            author: or(&this.author, &other.author),
            published: or(&this.published, &other.published),
            dateline: or(&this.dateline, &other.dateline),
            url: or(&this.url, &other.url),
            language: or(&this.language, &other.language),
            source: source.clone(),
            source_sha256: source_sha256.clone(),
            ..this.clone()
        }
    };
    (joined(our, their), joined(their, our))
}

/// Records with the numbers that their articles have now. A comment whose text the project does not have, but another one
/// under its number, is called by number and hash: so it is among those about no article, and not shown on another
/// text.
pub(super) fn found_again(corpus: &Corpus, records: Vec<Record>) -> Vec<Record> {
    if !records.iter().any(|record| is_elsewhere(corpus, record)) {
        return records;
    }
    let number = number_now(corpus);
    records.into_iter().map(|record| again(&number, record)).collect()
}

/// The same for what others have made of a file.
pub(super) fn found_again_in<'a>(corpus: &Corpus, edits: &'a [Edit]) -> Cow<'a, [Edit]> {
    let mut records = edits.iter().flat_map(|edit| edit.before.iter().chain(&edit.after));
    if !records.any(|record| is_elsewhere(corpus, record)) {
        return Cow::Borrowed(edits);
    }
    let number = number_now(corpus);
    let found = |record: &Option<Record>| record.clone().map(|record| again(&number, record));
    let edits = edits.iter();
    edits.map(|edit| Edit { at: edit.at.clone(), before: found(&edit.before), after: found(&edit.after) }).collect()
}

fn again(number: &dyn Fn(&ArticleId, &str) -> ArticleId, record: Record) -> Record {
    match record {
        Record::Comment(comment) if !comment.digest.is_empty() => {
            let article = number(&comment.article, &comment.digest);
            Record::Comment(if article == comment.article {
                comment
            } else {
                Arc::new(Comment { article, ..Comment::clone(&comment) })
            })
        }
        Record::Run(run) => {
            let article = number(&run.article, &run.digest);
            Record::Run(if article == run.article { run } else { Arc::new(Run { article, ..Run::clone(&run) }) })
        }
        record => record,
    }
}

/// The number that an article has now, given one that it had and the first digits of its text's hash. One that the
/// project does not have keeps its number, unless that is another one's: then it is called by both.
pub(super) fn number_now(corpus: &Corpus) -> impl Fn(&ArticleId, &str) -> ArticleId {
    let numbers = numbers(corpus);
    move |id, of| {
        let here = corpus.article(id);
        match numbers.get(of) {
            _ if here.is_some_and(|article| digest(&article.sha256) == of) => id.clone(),
            Some(now) => (*now).clone(),
            None if here.is_none() => id.clone(),
            None => ArticleId::new(&format!("{id}-{of}")).unwrap_or_else(|| id.clone()),
        }
    }
}

fn is_elsewhere(corpus: &Corpus, record: &Record) -> bool {
    let (article, of) = match record {
        Record::Comment(comment) => (&comment.article, &comment.digest),
        Record::Run(run) => (&run.article, &run.digest),
        _ => return false,
    };
    let here = corpus.article(article).map(|article| digest(&article.sha256));
    !of.is_empty() && here != Some(of)
}

/// The first article of each text, by the first digits of its hash.
fn numbers(corpus: &Corpus) -> HashMap<&str, &ArticleId> {
    let all = corpus.articles().iter().rev();
    all.map(|article: &Arc<Article>| (digest(&article.sha256), &article.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line: number, title, first digits of the hash, and whether its files are called by them.
    type Line<'a> = (&'a str, &'a str, &'a str, bool);

    fn file(lines: &[Line<'_>]) -> RawFile {
        let line = |&(id, title, hash, hashed): &Line<'_>| {
            let file = if hashed { format!("{id}-{hash}") } else { id.to_owned() };
            format!(
                "  (id: {id:?}, title: {title:?}, file: \"articles/{file}.txt\", sha256: {hash:?}, chars: 1, words: 1),\n"
            )
        };
        let lines: String = lines.iter().map(line).collect();
        RawFile::read("articles.ron", &format!("(\n jejak: 1,\n articles: [\n{lines} ],\n)\n")).unwrap()
    }

    fn shown(file: &RawFile) -> String {
        let title = |record: &str| ron::from_str::<Article>(record).unwrap().title;
        let all = file.list(ARTICLES).iter().map(|(id, record)| format!("{id} {}", title(record)));
        all.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_text_has_one_number_on_all_sides() {
        let (x, y) = (("006", "X", "11111111", true), ("006", "Y", "22222222", true));
        let old = ("006", "O", "33333333", false);
        let at = |(_, title, hash, hashed): Line<'static>, id: &'static str| (id, title, hash, hashed);
        let first = ("000", "F", "00000000", false);
        // Base, ours and theirs before; then what they are after.
        type Case<'a> = ([&'a [Line<'static>]; 3], [&'a str; 3]);
        let cases: &[Case<'_>] = &[
            // Two new texts of one number: the lower hash keeps it, whoever has it.
            ([&[], &[x], &[y]], ["", "006 X", "007 Y"]),
            ([&[], &[y], &[x]], ["", "007 Y", "006 X"]),
            // Numbers that somebody has are not given again.
            ([&[first], &[first, x, at(y, "007")], &[first, y]], ["000 F", "000 F, 006 X, 007 Y", "000 F, 007 Y"]),
            ([&[], &[y, ("007", "Z", "44444444", true)], &[x]], ["", "008 Y, 007 Z", "006 X"]),
            // An article that both began with keeps its number, whatever its hash.
            ([&[y], &[y], &[y, at(x, "007")]], ["006 Y", "006 Y", "006 Y, 007 X"]),
            // One side has been given another number already: that stands.
            ([&[y], &[y], &[x, at(y, "007")]], ["007 Y", "007 Y", "006 X, 007 Y"]),
            // The sides have given one text two numbers: the lower one.
            ([&[], &[at(x, "007")], &[at(x, "006")]], ["", "006 X", "006 X"]),
            ([&[], &[at(x, "1000")], &[at(x, "999")]], ["", "999 X", "999 X"]),
            // Files that are called by the number alone cannot move.
            ([&[], &[x], &[old]], ["", "007 X", "006 O"]),
            // A number that both have deleted is in nobody's way; one that one side has deleted, the other still has.
            ([&[y], &[], &[x]], ["", "", "006 X"]),
            ([&[y], &[x], &[y]], ["006 Y", "007 X", "006 Y"]),
            // A file with two articles of one number, as a merge by line leaves it.
            ([&[], &[x, y], &[x, y]], ["", "006 X, 007 Y", "006 X, 007 Y"]),
        ];
        for (before, after) in cases {
            let [mut base, mut ours, mut theirs] = before.map(file);
            renumber(&mut base, &mut ours, &mut theirs);
            assert_eq!([shown(&base), shown(&ours), shown(&theirs)], after.map(String::from), "{before:?}");
        }
    }

    #[test]
    fn what_one_side_alone_knows_of_a_new_article_both_do() {
        let line = |id: &str, more: &str| {
            let line = format!(
                "(id: {id:?}, title: \"X\", file: \"articles/{id}-11111111.txt\", sha256: \"11111111\", chars: 1, words: 1{more})"
            );
            RawFile::read("articles.ron", &format!("(jejak: 1, articles: [{line}])")).unwrap()
        };
        let mut ours = line("007", ", url: \"u\", source: \"b.txt\", source_sha256: \"bb\"");
        let mut theirs = line("006", ", publisher: \"P\", source: \"a.txt\", source_sha256: \"aa\"");
        renumber(&mut RawFile::default(), &mut ours, &mut theirs);
        assert_eq!(ours, theirs);
        let record = &ours.list(ARTICLES)[0].1;
        for part in ["id: \"006\"", "articles/006-11111111.txt", "url: \"u\"", "publisher: \"P\"", "a.txt", "\"aa\""] {
            assert!(record.contains(part), "{part} in {record}");
        }
    }
}
