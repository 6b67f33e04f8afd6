//! A project as a worker has it: a snapshot, what was read to it, and the changes that are made ready on it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::content::Content;
use super::disk::Disk;
use super::errand::HistoryStep;
use super::file::{Stamp, Unread};
use super::layout::FileKey;
use super::loader::{self, LoadedSet, Loader};
use super::prepared::Prepared;
use super::snapshot::Snapshot;
use super::texts::{self, TextFile};
use super::tracked_file::{Tracked, TrackedFile, TrackedText};
use super::{StoreError, names, renumber};
use crate::edit::{Edit, Transaction};
use crate::model::{
    Annotation, AnnotationSet, Article, ArticleId, Conflict, Corpus, Filler, Id, Name, Problem, Progress, Record,
    RecordFile, SetKey,
};
use crate::text::{Span, Text};

/// Articles that are read together: their files are in memory only until then.
const TOGETHER: usize = 256;

/// A set and where its edits stand in a transaction.
type SetEdits = (SetKey, Vec<Range<usize>>);

/// Sets of an article as they were read, and its text: with its file where that was read along.
struct Page {
    article: ArticleId,
    text: Text,
    file: Option<TextFile>,
    sets: Vec<(Name, Result<LoadedSet, Unread>)>,
}

/// A project as it was at one moment, to which is read what a change needs.
pub struct WorkingCopy {
    loader: Loader,
    /// The project as the session had it.
    before: Corpus,
    corpus: Corpus,
    read: Vec<Tracked>,
    texts: Vec<TrackedText>,
    problems: Vec<Problem>,
}

impl std::fmt::Debug for WorkingCopy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WorkingCopy({})", self.loader.disk.path().display())
    }
}

impl WorkingCopy {
    pub(super) fn of(snapshot: Snapshot) -> Self {
        let Snapshot { loader, corpus } = snapshot;
        let before = corpus.clone();
        Self { loader, before, corpus, read: Vec::new(), texts: Vec::new(), problems: Vec::new() }
    }

    /// The project with everything that was read to it.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The reader of the rest.
    #[must_use]
    pub fn loader(&self) -> &Loader {
        &self.loader
    }

    /// The project as it was at first.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { loader: self.loader.clone(), corpus: self.before.clone() }
    }

    fn disk(&self) -> &dyn Disk {
        &*self.loader.disk
    }

    /// Reads the referents of an annotator, where they are lacking. Those that cannot be read stay so, which whoever changes
    /// them is told.
    pub fn load_referents(&mut self, maker: &Name) {
        let _ = self.need_file(&RecordFile::Referents(maker.clone()));
    }

    /// Reads the texts and sets of these that are lacking. A set that cannot be read stays
    /// lacking, which whoever changes it is told.
    ///
    /// # Errors
    /// If a text cannot be read.
    pub fn load(&mut self, wanted: &[(Arc<Article>, Vec<Name>)]) -> Result<(), StoreError> {
        for wanted in wanted.chunks(TOGETHER) {
            let lacking: Vec<(&Arc<Article>, Vec<Name>)> = (wanted.iter())
                .map(|(article, whose)| {
                    let lacks = |name: &&Name| self.corpus.set(&article.id, name).is_none();
                    (article, whose.iter().filter(lacks).cloned().collect())
                })
                .filter(|(article, whose): &(_, Vec<_>)| !whose.is_empty() || self.corpus.text(&article.id).is_none())
                .collect();
            let read = |(article, whose): (&Arc<Article>, Vec<Name>)| self.read_page(article, &whose);
            let read: Vec<Result<Page, StoreError>> = lacking.into_par_iter().map(read).collect();
            for page in read {
                self.accept(page?);
            }
        }
        Ok(())
    }

    /// Reads sets of an article, on the text that is there where one is.
    fn read_page(&self, article: &Article, whose: &[Name]) -> Result<Page, StoreError> {
        let (disk, schema) = (self.disk(), &*self.loader.schema);
        let (text, file) = match self.corpus.text(&article.id) {
            Some(text) => (text.clone(), None),
            None => {
                let file = texts::read(disk, article)?;
                (file.text.clone(), Some(file))
            }
        };
        let set = |name: &Name| (name.clone(), loader::read_set(disk, schema, article, &text, name));
        let sets = whose.iter().map(set).collect();
        Ok(Page { article: article.id.clone(), text, file, sets })
    }

    fn accept(&mut self, page: Page) {
        let Page { article, text, file, sets } = page;
        if let Some(TextFile { problem, path, stamp, .. }) = file {
            self.problems.extend(problem);
            self.put_text(article.clone(), text.clone(), path, stamp);
        }
        for (annotator, read) in sets {
            if let Ok(read) = read {
                self.accept_set((article.clone(), annotator), read, text.clone());
            }
        }
    }

    fn accept_set(&mut self, key: SetKey, read: LoadedSet, text: Text) {
        let LoadedSet { file, set, content, stamp, problems } = read;
        self.problems.extend(problems);
        self.corpus.load_set(key, set);
        self.read.push((file, Box::new(TrackedFile::new(content, stamp, Some(text)))));
    }

    /// Takes the text of an article as it is in its file.
    pub(super) fn put_text(&mut self, article: ArticleId, text: Text, path: String, stamp: Stamp) {
        self.corpus.load_text(article.clone(), text);
        self.texts.push((article, path, stamp));
    }

    /// Reads a file that belongs to no one article, where it is lacking.
    fn need_file(&mut self, file: &RecordFile) -> Result<(), StoreError> {
        let key = match file {
            RecordFile::Referents(maker) if self.corpus.referents(maker).is_none() => FileKey::Referents(maker.clone()),
            RecordFile::Comments(who) if self.corpus.comments(who).is_none() => FileKey::Comments(who.clone()),
            RecordFile::Runs(who) if self.corpus.runs(who).is_none() => FileKey::Runs(who.clone()),
            _ => return Ok(()),
        };
        let read = loader::read_records(self.disk(), &self.loader.schema, key).read;
        let (content, stamp, problems): (Content, _, _) = read.map_err(|unread: Unread| unread.error)?;
        self.problems.extend(problems);
        self.corpus.load_records(file, renumber::found_again(&self.corpus, content.records.clone()));
        let key = FileKey::of(file).expect("only the schema is no file of records");
        self.read.push((key, Box::new(TrackedFile::new(content, stamp, None))));
        Ok(())
    }

    /// Makes a change ready: what it needs is read, what it makes is made. A new one notes the texts that it is on; one of the
    /// history has them.
    ///
    /// # Errors
    /// If it does not fit what is there, or a file that it needs cannot be read.
    pub(super) fn prepare(
        mut self,
        transaction: Arc<Transaction>,
        step: Option<HistoryStep>,
    ) -> Result<Prepared, StoreError> {
        let (sets, others) = by_file(&transaction);
        let coming: HashMap<&ArticleId, &Arc<Article>> = (transaction.edits.iter())
            .filter_map(|edit| match (&edit.before, &edit.after) {
                (None, Some(Record::Article(article))) => Some((&article.id, article)),
                _ => None,
            })
            .collect();
        self.need_sets(&sets, &coming)?;
        for (article, sha256) in &transaction.texts {
            if self.corpus.text(article).is_some_and(|text| text.sha256() != *sha256) {
                return Err(StoreError::TextChanged { article: article.to_string() });
            }
        }
        for file in &others {
            self.need_file(file)?;
        }
        let apart = transaction.edits.iter().filter(|edit| edit.set().is_none());
        for edit in apart {
            self.corpus.replace(&edit.at, edit.before.as_ref(), edit.after.as_ref())?;
        }
        let make = |(key, ranges): &SetEdits| {
            let edits = || ranges.iter().flat_map(|range| &transaction.edits[range.clone()]);
            stand(&self.corpus, key, edits())?;
            let empty = self.corpus.set(&key.0, &key.1).is_some_and(|set| *set == AnnotationSet::default());
            Ok(if empty { new_set(edits()) } else { None })
        };
        let made: Result<Vec<Option<AnnotationSet>>, StoreError> = sets.par_iter().map(make).collect();
        let made = made?;
        for ((key, ranges), made) in sets.iter().zip(made) {
            match made {
                Some(set) => self.corpus.load_set(key.clone(), set),
                None => {
                    for edit in ranges.iter().flat_map(|range| &transaction.edits[range.clone()]) {
                        self.corpus.replace(&edit.at, edit.before.as_ref(), edit.after.as_ref())?;
                    }
                }
            }
        }
        let mut changes = others;
        changes.extend(sets.into_iter().map(|(key, _)| RecordFile::Set(key)));
        let (transaction, texts) = match step {
            Some(_) => (transaction, HashMap::new()),
            None => {
                let mut noted = Arc::unwrap_or_clone(transaction);
                let texts = note_texts(&mut noted, &self.corpus);
                (Arc::new(noted), texts)
            }
        };
        Ok(Prepared {
            conflicts: with_conflicts(&transaction).into_iter().cloned().collect(),
            transaction,
            step,
            texts,
            before: self.before,
            after: self.corpus,
            changes,
            read: self.read,
            read_texts: self.texts,
            problems: self.problems,
            numbering: None,
        })
    }

    /// Reads the sets that are lacking: of articles in the project, and of those that come.
    fn need_sets(&mut self, sets: &[SetEdits], coming: &HashMap<&ArticleId, &Arc<Article>>) -> Result<(), StoreError> {
        // The text and the sets that were loaded of an article that is gone are still there: nothing is written to them.
        for ((article, _), _) in sets {
            if self.corpus.article(article).is_none() && !coming.contains_key(article) {
                return Err(StoreError::NoArticle(article.to_string()));
            }
        }
        let lacks = |((article, maker), _): &&SetEdits| {
            self.corpus.set(article, maker).is_none() || self.corpus.text(article).is_none()
        };
        let lacking: Vec<&SetKey> = sets.iter().filter(lacks).map(|(key, _)| key).collect();
        let makers: HashSet<&Name> = lacking.iter().map(|(_, maker)| maker).collect();
        makers.into_iter().try_for_each(|maker| names::admit(self.disk(), maker))?;
        for keys in lacking.chunks(TOGETHER) {
            let read = |key: &&SetKey| {
                let missing = || StoreError::NoArticle(key.0.to_string());
                let article = self.corpus.article(&key.0).or(coming.get(&key.0).copied()).ok_or_else(missing)?;
                let whose: &[Name] =
                    if self.corpus.set(&key.0, &key.1).is_some() { &[] } else { std::slice::from_ref(&key.1) };
                let mut page = self.read_page(article, whose)?;
                match page.sets.pop_if(|(_, read)| read.is_err()) {
                    Some((_, Err(unread))) => Err(StoreError::from(unread.error)),
                    _ => Ok(page),
                }
            };
            let read: Vec<Result<Page, StoreError>> = keys.into_par_iter().map(read).collect();
            for page in read {
                self.accept(page?);
            }
        }
        Ok(())
    }
}

/// The edits of a transaction by file: those of sets, and the other files.
fn by_file(transaction: &Transaction) -> (Vec<SetEdits>, Vec<RecordFile>) {
    let (mut sets, mut others): (Vec<SetEdits>, Vec<RecordFile>) = Default::default();
    let mut places: HashMap<&SetKey, usize> = HashMap::new();
    let mut from = 0;
    for edits in transaction.edits.chunk_by(|one, next| one.at == next.at) {
        let range = from..from + edits.len();
        from = range.end;
        match edits[0].set() {
            Some(key) => {
                let place = *places.entry(key).or_insert(sets.len());
                if place == sets.len() {
                    sets.push((key.clone(), Vec::new()));
                }
                sets[place].1.push(range);
            }
            None if others.contains(&edits[0].at) => {}
            None => others.push(edits[0].at.clone()),
        }
    }
    (sets, others)
}

/// The set that edits make of an empty one, all at once; none where one of them is no new record.
fn new_set<'a>(edits: impl Iterator<Item = &'a Edit>) -> Option<AnnotationSet> {
    let (mut records, mut decisions, mut progress) = (Vec::new(), Vec::new(), Progress::New);
    let mut ids: HashSet<(bool, Id)> = HashSet::new();
    for edit in edits {
        match (&edit.before, &edit.after) {
            (None, Some(Record::Annotation(record))) if ids.insert((false, record.id)) => records.push(record.clone()),
            (None, Some(Record::Decision(decision))) if ids.insert((true, decision.id)) => {
                decisions.push(decision.clone());
            }
            (None, Some(Record::Progress(after))) => progress = **after,
            _ => return None,
        }
    }
    Some(AnnotationSet::new(records, progress).with_decisions(decisions))
}

/// The files of whose conflicts a change is about some.
pub(super) fn with_conflicts(transaction: &Transaction) -> BTreeSet<&RecordFile> {
    let of_conflict = |edit: &&Edit| edit.sides::<Conflict>().is_some();
    transaction.edits.iter().filter(of_conflict).map(|edit| &edit.at).collect()
}

/// Notes in a transaction which texts its spans are places in, by what the corpus has, and gives those.
pub(super) fn note_texts(transaction: &mut Transaction, corpus: &Corpus) -> HashMap<ArticleId, Text> {
    let articles = transaction.edits.iter().filter_map(Edit::set).map(|(article, _)| article);
    let articles: BTreeSet<&ArticleId> = articles.collect();
    let texts = articles.into_iter().filter_map(|id| Some((id.clone(), corpus.text(id)?.clone())));
    let texts: HashMap<ArticleId, Text> = texts.collect();
    transaction.texts = texts.iter().map(|(article, text)| (article.clone(), text.sha256())).collect();
    transaction.texts.sort();
    texts
}

/// Makes sure that every annotation that edits of a set leave behind stands on the text of its article.
pub(super) fn stand<'a>(
    corpus: &Corpus,
    (article, _): &SetKey,
    edits: impl Iterator<Item = &'a Edit>,
) -> Result<(), StoreError> {
    let text = corpus.text(article);
    let fits =
        |span: &Span| text.is_some_and(|text| span.start < span.end && text.as_str().get(span.range()).is_some());
    let stands = |annotation: &Annotation| {
        let words = annotation.roles.iter().filter_map(|role| match &role.filler {
            Filler::Span(at) => Some(at),
            Filler::Annotation(_) | Filler::Value(_) => None,
        });
        annotation.at.iter().chain(words.flatten()).all(fits)
    };
    for edit in edits {
        if let Some(Record::Annotation(after)) = &edit.after
            && !stands(after)
        {
            return Err(StoreError::Misplaced { annotation: after.id.to_string(), article: article.to_string() });
        }
    }
    Ok(())
}
