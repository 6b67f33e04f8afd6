//! The trash: what went with each article that was removed, as the removal had it, so that it comes back whatever has
//! become of the history; and the end of it, when texts are deleted.

use std::path::Path;
use std::sync::Arc;

use super::add::Adder;
use super::disk::{Disk, EntryKind};
use super::folder::open_folder;
use super::link::Link;
use super::snapshot::Snapshot;
use super::stem;
use super::wire::{TransactionOut, TransactionWire};
use super::working_copy::{WorkingCopy, note_texts};
use super::{OpenError, StoreError, atomic, file};
use crate::edit::{Edit, Transaction};
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{Annotation, Article, ArticleId, Comment, Corpus, Name, Timestamp, digest};
use crate::say;

/// The folder of what was removed. No annotator's folder is called so, since a name's leading dot is written as `%2e`.
const FOLDER: &str = ".jejak/.trash";

/// The largest file of it that is read, bytes.
const MAX_BYTES: u64 = 256 << 20;

/// The end of the name of what was brought back: it counts again where that is undone, and no more once the article is
/// removed anew.
const BACK: &str = ".back";

/// The title of a step that brings an article back.
pub(super) const RESTORED: &str = "bring an article back";

/// An article that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trashed {
    /// Its name in the trash: that of its text without folder and extension, `006-3fa2c1d9`.
    pub name: String,
    /// The article as it was.
    pub article: Arc<Article>,
    /// The person who removed it.
    pub by: Name,
    /// The time of that.
    pub at: Timestamp,
    /// Annotations that went with it, of all annotators.
    pub annotations: usize,
    /// Comments that went with it.
    pub comments: usize,
    /// The size of its text and its work, bytes.
    pub bytes: u64,
}

impl Trashed {
    /// True where a person means it: by its name here, or by its number.
    #[must_use]
    pub fn is(&self, wanted: &str) -> bool {
        self.name == wanted || *self.article.id == *wanted
    }
}

/// The articles that were removed from a project and are not in it again, the latest first; and a sentence for each file that is not
/// what it should be.
///
/// # Errors
/// If the folder is none of a project.
pub fn trash(dir: &Path, corpus: &Corpus) -> Result<(Vec<Trashed>, Vec<Message>), OpenError> {
    Ok(found(&open_folder(dir)?, corpus))
}

impl Snapshot {
    /// The articles that were removed from the project and are not in it again; see [`trash`].
    #[must_use]
    pub fn trash(&self) -> (Vec<Trashed>, Vec<Message>) {
        found(&*self.loader.disk, &self.corpus)
    }
}

fn found(disk: &dyn Disk, corpus: &Corpus) -> (Vec<Trashed>, Vec<Message>) {
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    let files = disk.list(FOLDER).unwrap_or_default();
    for (name, _) in files.into_iter().filter(|(_, kind)| *kind == EntryKind::File) {
        let Some(name) = name.strip_suffix(".ron") else { continue };
        match read(disk, name) {
            Ok((trashed, _)) if is_in(corpus, &trashed.article) => {}
            Ok((trashed, _)) => all.push(trashed),
            Err(error) => unread.push(error.in_words()),
        }
    }
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
    (all, unread)
}

/// True where the project has an article with the same text in the same file.
fn is_in(corpus: &Corpus, removed: &Article) -> bool {
    corpus.articles().iter().any(|article| article.file == removed.file || article.sha256 == removed.sha256)
}

/// The path of what is called so in the trash.
fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.ron")
}

/// The name of an article in the trash.
fn name_of(article: &Article) -> String {
    let made = || format!("{}-{}", article.id, digest(&article.sha256));
    let stem = stem::named(&article.file, &article.sha256);
    stem.and_then(|stem| stem.rsplit('/').next()).map_or_else(made, str::to_owned)
}

/// Keeps a removal, so that it can be taken back when no history has it any more. `kept` is the path of an earlier try of it.
///
/// # Errors
/// If it cannot be written.
pub(super) fn keep(
    project: &WorkingCopy,
    article: &Article,
    removal: &Transaction,
    kept: &mut Option<String>,
) -> Result<(), StoreError> {
    let disk = &*project.loader().disk;
    let mut removal = removal.clone();
    let texts = note_texts(&mut removal, project.corpus());
    removal.texts = vec![(article.id.clone(), article.sha256.clone())];
    let mut path = kept.clone().unwrap_or_else(|| path(&name_of(article)));
    let io = |path: &str, why| StoreError::File(OpenError::Io { file: path.to_owned(), why });
    let words = ron::to_string(&TransactionOut::new(&removal, &texts));
    let words = words.map_err(|why| io(&path, std::io::Error::other(say::ron(&why))))?;
    atomic::make_folder(disk, FOLDER).map_err(|why| io(&path, why))?;
    // The same text may have been removed before, with other work, and added anew.
    let mut number = 1;
    while kept.is_none() && disk.look(&path).map_err(|why| io(&path, why))?.is_some() {
        number += 1;
        path = self::path(&format!("{}.{number}", name_of(article)));
    }
    *kept = Some(path.clone());
    let io = |why| io(&path, why);
    atomic::write_in(disk, &path, words.as_bytes()).map_err(io)?;
    let own = name_of(article);
    for (file, _) in disk.list(FOLDER).unwrap_or_default() {
        if file.strip_suffix(".ron").is_some_and(|name| name.starts_with(&own) && name.ends_with(BACK)) {
            // One that stays is told as another removal of the same article.
            let _ = disk.remove(&format!("{FOLDER}/{file}"));
        }
    }
    Ok(())
}

/// Reads a removal by its name in the trash.
fn read(disk: &dyn Disk, name: &str) -> Result<(Trashed, TransactionWire), OpenError> {
    let path = path(name);
    let io = |why| OpenError::Io { file: path.clone(), why };
    let (bytes, stamp) = file::bytes(disk, &path, MAX_BYTES).map_err(io)?.ok_or_else(|| io(file::missing()))?;
    let words = file::utf8(&path, &bytes)?;
    let wire: TransactionWire = ron::from_str(words).map_err(|fault| OpenError::Malformed {
        file: path.clone(),
        line: fault.span.start.line,
        column: fault.span.start.col,
        why: say::ron(&fault.code),
    })?;
    let strange = || OpenError::Malformed { file: path.clone(), line: 1, column: 1, why: message!("trash-no-removal") };
    let removal = wire.clone().transaction().ok_or_else(strange)?;
    let article = removal.edits.iter().find_map(|edit| edit.sides::<Article>()?.0.cloned()).ok_or_else(strange)?;
    // Whatever a stranger's file says: no other file is taken for a text.
    if !is_text(&article.file) {
        return Err(strange());
    }
    let count = |is: fn(&Edit) -> bool| removal.edits.iter().filter(|edit| is(edit)).count();
    let text = disk.look(&article.file).ok().flatten().map_or(0, |found| found.len);
    let trashed = Trashed {
        name: name.to_owned(),
        article,
        by: removal.by.clone(),
        at: removal.at,
        annotations: count(|edit| edit.sides::<Annotation>().is_some()),
        comments: count(|edit| edit.sides::<Comment>().is_some()),
        bytes: text + stamp.len,
    };
    Ok((trashed, wire))
}

fn is_text(path: &str) -> bool {
    path.starts_with("articles/") && path.ends_with(".txt")
}

/// Brings an article back from the trash with its work, as one step that can be undone. Where its number is another
/// article's by now, it gets the next free one. Gives the number; none where it is not in the trash.
///
/// # Errors
/// If its text is gone, a record of it does not fit any more, or nothing can be written; nothing is changed then.
pub fn restore_article(link: &Link, name: &str) -> Result<Option<ArticleId>, StoreError> {
    let mut adder = Adder::new(link);
    let mut first = Some(adder.begin()?);
    let mut outcome = None;
    link.change(first.take(), |project| {
        outcome = None;
        let corpus = project.corpus();
        let disk = project.loader().disk.clone();
        if disk.look(&path(name)).ok().flatten().is_none() {
            return Ok(None);
        }
        let (trashed, wire) = read(&*disk, name)?;
        if is_in(corpus, &trashed.article) {
            return Ok(None);
        }
        let old = &trashed.article;
        let is_free = corpus.article(&old.id).is_none();
        let id = if is_free { old.id.clone() } else { corpus.fresh_article_id() };
        let is_it = |of: &ArticleId, digits: &str| *of == old.id && digits == digest(&old.sha256);
        let number = |of: &ArticleId, digits: &str| if is_it(of, digits) { id.clone() } else { of.clone() };
        let strange = || StoreError::Refused(message!("trash-unread", file = path(name)));
        let removal = wire.renumbered(&number).transaction().ok_or_else(strange)?;
        let back = Transaction { edits: removal.inverse().edits, ..Transaction::new(RESTORED, link.annotator()) };
        outcome = Some(id.clone());
        Ok(Some(project.prepare(Arc::new(back), None)?.holding(adder.numbering())))
    })?;
    if outcome.is_some() && !name.ends_with(BACK) {
        // Where it keeps its name, it is told once more after the next removal.
        let _ = link.disk().rename(&path(name), &path(&format!("{name}{BACK}")));
    }
    Ok(outcome)
}

/// The outcome of emptying the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emptied {
    /// Articles whose text and work are gone.
    pub articles: usize,
    /// Their size, bytes.
    pub bytes: u64,
}

/// Deletes for good what the trash holds under these names. Steps of the history from before their removal cannot be
/// undone any more.
///
/// # Errors
/// If the project is open for reading only, somebody else adds articles for too long, or a file cannot be deleted; the
/// rest of the trash stays then.
pub fn empty_trash(link: &Link, names: &[String]) -> Result<Emptied, StoreError> {
    // Nobody brings one back meanwhile, or adds the same text.
    let mut adder = Adder::new(link);
    let project = adder.begin()?;
    let disk = &**link.disk();
    let mut emptied = Emptied::default();
    for trashed in found(disk, project.corpus()).0.into_iter().filter(|trashed| names.contains(&trashed.name)) {
        let io = |file: &str, why| StoreError::File(OpenError::Io { file: file.to_owned(), why });
        let text = &trashed.article.file;
        // The text first: what is left over without it would be in nobody's way and in nobody's list.
        if disk.look(text).map_err(|why| io(text, why))?.is_some() {
            disk.remove(text).map_err(|why| io(text, why))?;
        }
        let kept = path(&trashed.name);
        disk.remove(&kept).map_err(|why| io(&kept, why))?;
        emptied.articles += 1;
        emptied.bytes += trashed.bytes;
        let id = trashed.article.id.clone();
        link.with(move |session| session.forget_removal(&id))?;
    }
    Ok(emptied)
}

impl super::session::Session {
    /// Lets go of the steps up to the removal of an article whose text is deleted, and of what is in memory of it.
    fn forget_removal(&mut self, id: &ArticleId) {
        let removes = |transaction: &Transaction| {
            let of = |edit: &Edit| {
                edit.sides::<Article>()
                    .is_some_and(|(before, after)| after.is_none() && before.is_some_and(|article| article.id == *id))
            };
            transaction.edits.iter().any(of)
        };
        self.history.forget_up_to(removes);
        if self.corpus.article(id).is_none() {
            // Files of it that are gone are nobody's work.
            let _ = self.drop_article(id);
        }
    }
}
