use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use rayon::ThreadPoolBuilder;

use super::content::Content;
use super::disk::{Disk, EntryKind};
use super::file;
use super::folder::open_folder;
use super::layout::{self, FileKey};
use super::loader::{self, LoadedSet};
use super::project::{self, Opened};
use super::read::Context;
use super::snapshot::Snapshot;
use super::stem::Stem;
use super::waiting::{self, Waiting};
use super::{CONFLICTS, Copy, OpenError, copies, names, project_file, raw, renumber, texts};
use crate::in_order::in_order_on;
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{
    Annotation, AnnotationSet, Article, Conflict, Corpus, Id, Name, Problem, RecordFile, RecordId, RecordKey,
    RecordKind, RecordType, SetKind,
};
use crate::text::Text;

/// One article with everything that is on disk about it.
#[derive(Debug)]
pub struct Scanned {
    /// The facts known about it.
    pub article: Arc<Article>,
    /// Its text; none where the file cannot be read.
    pub text: Option<Text>,
    /// Every annotator's set that is there, can be read and says something, by annotator.
    pub sets: Vec<ScannedSet>,
    /// The problems in its files.
    pub problems: Vec<Problem>,
    /// Its files that cannot be read, a sentence each; none of a set that is in memory.
    pub unread: Vec<Message>,
    line: Option<u32>,
}

impl Scanned {
    /// An annotation of an annotator's set, where that is there and can be read.
    #[must_use]
    pub fn get(&self, annotator: &Name, id: Id) -> Option<&Arc<Annotation>> {
        self.sets.iter().find(|set| set.annotator == *annotator)?.set.get(id)
    }

    /// Takes the article's text and all of its sets into a corpus; does not where the text cannot be read.
    pub fn load_into(self, corpus: &mut Corpus) -> bool {
        let Some(text) = self.text else { return false };
        corpus.load_text(self.article.id.clone(), text);
        for set in self.sets {
            corpus.load_set((self.article.id.clone(), set.annotator), set.set);
        }
        true
    }

    /// The same problem about what is known about the article, with its file and line.
    #[must_use]
    pub fn locate(&self, problem: Problem) -> Problem {
        problem.at(&FileKey::Articles.path(), self.line)
    }
}

/// One annotator's set of an article.
#[derive(Debug)]
pub struct ScannedSet {
    /// The owner.
    pub annotator: Name,
    /// The set.
    pub set: AnnotationSet,
    file: String,
    lines: HashMap<Id, u32>,
}

impl ScannedSet {
    /// The same problem with the file and line of the annotation that it is about.
    #[must_use]
    pub fn locate(&self, problem: Problem) -> Problem {
        let id = problem.annotation.as_ref().and_then(|id| id.parse::<Id>().ok());
        let line = id.and_then(|id| self.lines.get(&id).copied());
        problem.at(&self.file, line)
    }
}

/// The threads that read a project for a command: more than there are processors, for a disk serves many at once, and each waits for
/// it. (Where a window is open, they would take the processors from the thread that draws.)
const READERS: usize = 16;

/// Every article of a project in order, read one or a few at a time and not kept.
#[derive(Debug, Clone)]
pub struct Scan {
    disk: Arc<dyn Disk>,
    corpus: Corpus,
    /// The articles and sets that are as they are in memory, whatever the files have.
    over: Option<Corpus>,
    annotators: Vec<Name>,
    makers: Vec<Name>,
    problems: Vec<Problem>,
    article_lines: Vec<u32>,
    lines: HashMap<(RecordFile, RecordKey), u32>,
    next: usize,
}

impl Scan {
    /// The project, its schema, its articles and all referents; no texts and no sets.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> &[Name] {
        &self.annotators
    }

    /// Everyone who has at least one set, sorted.
    #[must_use]
    pub fn makers(&self) -> &[Name] {
        &self.makers
    }

    /// The same, of these annotators' sets alone.
    #[must_use]
    pub fn only(&self, annotators: &[&Name]) -> Self {
        let mut scan = self.clone();
        scan.annotators.retain(|annotator| annotators.contains(&annotator));
        scan
    }

    /// The problems in the files that belong to no one article.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The files but for sets in which a merge left to decide what this version cannot read, relative to the project's folder.
    #[must_use]
    pub fn unread_conflicts(&self) -> Vec<String> {
        let known: Vec<String> =
            self.corpus.files_with_conflicts().iter().filter_map(|file| Some(FileKey::of(file)?.path())).collect();
        let left = self.problems.iter().filter(|problem| problem.code == raw::CONFLICT);
        let mut files: Vec<String> = left.filter_map(|problem| problem.file.clone()).collect();
        let settings = !self.corpus.project.conflicts.is_empty();
        files.retain(|file| match &**file {
            project_file::FILE => !settings,
            _ => !known.contains(file),
        });
        files
    }

    /// The same problem about a record of this id in the file of a person, with its file and line.
    #[must_use]
    pub fn locate(&self, file: &RecordFile, kind: RecordKind, id: Id, problem: Problem) -> Problem {
        let line = self.lines.get(&(file.clone(), RecordKey { kind, id: RecordId::Id(id) })).copied();
        match FileKey::of(file) {
            Some(file) => problem.at(&file.path(), line),
            None => problem,
        }
    }
}

impl Scan {
    /// Reads the article that stands at this place in the project's list.
    ///
    /// # Panics
    /// If there are fewer.
    #[must_use]
    pub fn article(&self, at: usize) -> Scanned {
        let mut unread = Vec::new();
        let article = self.corpus.articles()[at].clone();
        let line = self.article_lines.get(at).copied();
        let there = |annotator: &&Name| {
            self.disk.look(&FileKey::set(&article, annotator).path()).is_ok_and(|found| found.is_some())
        };
        let mut problems = Vec::new();
        let known = self.over.as_ref().and_then(|over| over.text(&article.id).cloned());
        let text = match known.map_or_else(
            || texts::read(&*self.disk, &article).map(|file| (file.text, file.problem)),
            |text| Ok((text, None)),
        ) {
            Ok((text, problem)) => {
                problems.extend(problem);
                text
            }
            Err(error) => {
                unread.push(error.in_words());
                problems.push(error.problem().about(&article.id, None));
                return Scanned { article, text: None, sets: Vec::new(), problems, unread, line };
            }
        };
        let mut sets = Vec::new();
        for annotator in &self.annotators {
            let known = self.over.as_ref().and_then(|over| over.set(&article.id, annotator));
            if !there(&annotator) {
                if let Some(set) = known.filter(|set| !set.is_blank()) {
                    let file = FileKey::set(&article, annotator).path();
                    sets.push(ScannedSet {
                        annotator: annotator.clone(),
                        set: set.clone(),
                        file,
                        lines: HashMap::new(),
                    });
                }
                continue;
            }
            match loader::read_set(&*self.disk, &self.corpus.schema, &article, &text, annotator) {
                Ok(LoadedSet { set, content, problems: found, .. }) => {
                    problems.extend(found);
                    let file = FileKey::set(&article, annotator).path();
                    problems.extend(unknown_fields(&file, &content).map(|one| one.about(&article.id, None)));
                    let listed = self.corpus.project.kind(annotator);
                    if let Some(kind) = content.kind.filter(|kind| *kind != listed) {
                        problems.push(other_kind(&file, annotator, kind, listed).about(&article.id, None));
                    }
                    let kept = !content.kept.is_empty() || !content.extra.is_empty();
                    let set = known.cloned().unwrap_or(set);
                    if set.is_blank() && !kept {
                        continue;
                    }
                    let lines =
                        lines(&content).filter_map(|(key, line)| annotation(&key).map(|id| (id, line))).collect();
                    sets.push(ScannedSet { annotator: annotator.clone(), set, file, lines });
                }
                Err(failed) => {
                    problems.push(failed.error.problem().about(&article.id, None));
                    unread.extend(known.is_none().then(|| failed.error.in_words()));
                    let lines = HashMap::new();
                    let file = FileKey::set(&article, annotator).path();
                    sets.extend(known.cloned().map(|set| ScannedSet {
                        annotator: annotator.clone(),
                        set,
                        file,
                        lines,
                    }));
                }
            }
        }
        Scanned { article, text: Some(text), sets, problems, unread, line }
    }

    /// Reads the articles of these places on several threads, makes of each and its place what `work` says, and hands that to `take` in
    /// their order; a few are in memory at a time.
    ///
    /// # Errors
    /// The first that `take` gives.
    pub fn each<O: Send, E>(
        &self,
        places: impl Iterator<Item = usize>,
        work: impl Fn(usize, Scanned) -> O + Sync,
        take: impl FnMut(O) -> Result<(), E>,
    ) -> Result<(), E> {
        let readers = || ThreadPoolBuilder::new().num_threads(READERS.max(rayon::current_num_threads())).build().ok();
        let readers = if self.over.is_none() { readers() } else { None };
        in_order_on(readers.as_ref(), places.map(Ok), |_, at| work(at, self.article(at)), take)
    }
}

impl Iterator for Scan {
    type Item = Scanned;

    fn next(&mut self) -> Option<Scanned> {
        let at = self.next;
        (at < self.corpus.articles().len()).then(|| {
            self.next += 1;
            self.article(at)
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.corpus.articles().len() - self.next;
        (left, Some(left))
    }
}

/// The line of each record.
fn lines(content: &Content) -> impl Iterator<Item = (RecordKey, u32)> {
    content.records.iter().map(crate::model::Record::key).zip(content.lines.iter().copied())
}

/// The id of an annotation; no other record has one.
fn annotation(key: &RecordKey) -> Option<Id> {
    match key {
        RecordKey { kind: RecordKind::Annotation, id: RecordId::Id(id) } => Some(*id),
        _ => None,
    }
}

/// Fields in the head of a file that this version does not know; what a merge left to decide is told apart.
fn unknown_fields<'a>(file: &'a str, content: &'a Content) -> impl Iterator<Item = Problem> + 'a {
    let unknown = content.extra.iter().filter(|(name, _)| name != CONFLICTS);
    unknown.map(move |(name, _)| unknown_field(file, name))
}

/// Says that a set says another kind of itself than the list of people does.
fn other_kind(file: &str, maker: &Name, kind: SetKind, listed: SetKind) -> Problem {
    let message = message!("set-kind-differs", kind = kind, maker = maker, listed = listed);
    Problem::warning("set-kind", message).at(file, Some(1))
}

fn unknown_field(file: &str, name: &str) -> Problem {
    let message = message!("field-kept", name = name);
    Problem::warning("unknown-field", message).at(file, None)
}

/// Reads a project from one end to the other without a session: for counting, checking, exporting. What is still in a
/// journal after a crash is not seen; [`super::Session::open`] brings it into the files.
///
/// # Errors
/// If the project's own files cannot be read.
pub fn scan(dir: &Path) -> Result<Scan, OpenError> {
    scan_under(Arc::new(open_folder(dir)?), None)
}

impl Snapshot {
    /// The project of the snapshot from one end to the other: what is in memory as it is there, all else as the files
    /// have it. Places of problems are those in the files.
    ///
    /// # Errors
    /// If the project's own files cannot be read.
    pub fn scan(&self) -> Result<Scan, OpenError> {
        scan_under(self.loader.disk.clone(), Some(self))
    }
}

fn scan_under(disk: Arc<dyn Disk>, over: Option<&Snapshot>) -> Result<Scan, OpenError> {
    let mut problems = Vec::new();
    let (opened, listing) = rayon::join(|| project::open(&*disk, &mut problems), || copies::listing(&*disk));
    let Opened { mut corpus, settings, mut articles, .. } = opened?;
    if let Some(Snapshot { corpus: over, .. }) = over {
        corpus = Corpus::new(over.project.clone(), over.schema.clone());
        corpus.load_articles(over.articles().to_vec());
        let conflicts = over.conflicts(&RecordFile::Articles).iter().cloned().map(Conflict::record);
        corpus.load_records(&RecordFile::Articles, conflicts);
        // They are those of the list in the file.
        articles.lines = Vec::new();
    }
    problems.extend(settings.unknown_fields().map(|name| unknown_field("project.ron", name)));
    let first = problems.len();
    raw::conflicts(settings.extra(), &mut problems);
    problems[first..].iter_mut().for_each(|problem| problem.file = Some("project.ron".to_owned()));
    let mut annotators = layout::annotators(&*disk);
    let makers = over.map_or_else(|| file::makers(&*disk, &HashSet::new()), Snapshot::makers);
    if over.is_some() {
        annotators.extend(makers.iter().cloned());
        annotators.sort();
        annotators.dedup();
    }
    let mut all_lines = HashMap::new();
    let beside =
        |who: &Name| [FileKey::Referents(who.clone()), FileKey::Comments(who.clone()), FileKey::Runs(who.clone())];
    for key in annotators.iter().flat_map(beside) {
        let schema = corpus.schema.clone();
        let context = Context { schema: &schema, text: None };
        match file::load(&*disk, &key, &context, &mut problems) {
            Ok((content, Some(_))) => {
                problems.extend(unknown_fields(&key.path(), &content));
                let file = key.records();
                all_lines.extend(lines(&content).map(|(key, line)| ((file.clone(), key), line)));
                let records = renumber::found_again(&corpus, content.records);
                corpus.load_records(&file, records);
            }
            Ok((_, None)) => {}
            Err(unread) => problems.push(unread.error.problem()),
        }
    }
    for key in over.into_iter().flat_map(Snapshot::loaded) {
        let (file, records) = (key.records(), |over: &Snapshot| over.corpus.records(&key.records()));
        let records = over.map(records).unwrap_or_default();
        // Without records it stands for no file.
        let there = match &key {
            FileKey::Referents(who) => corpus.referents(who).is_some(),
            FileKey::Comments(who) => corpus.comments(who).is_some(),
            FileKey::Runs(who) => corpus.runs(who).is_some(),
            FileKey::Articles | FileKey::Set(..) => continue,
        };
        if there || !records.is_empty() {
            corpus.load_records(&file, records);
        }
    }
    problems.extend(waiting::not_plain(&listing));
    // Work that an open window is about to write is not a problem.
    problems.extend(waiting::look(&*disk).iter().filter(|waiting| !waiting.open).map(Waiting::problem));
    let copies = copies::found(&*disk, &listing, corpus.articles());
    problems.extend(copies.iter().map(Copy::problem));
    problems.extend(strays(&listing, &corpus, &copies));
    problems.extend(names::problems(&corpus, &annotators));
    problems.extend(unknown_fields(&FileKey::Articles.path(), &articles));
    let article_lines = articles.lines;
    let over = over.map(|over| over.corpus.clone());
    Ok(Scan { disk, corpus, over, annotators, makers, problems, article_lines, lines: all_lines, next: 0 })
}

/// The sets that belong to no article, except those that are copies.
fn strays(listing: &[(String, EntryKind)], corpus: &Corpus, copies: &[Copy]) -> Vec<Problem> {
    let stems = corpus.articles().iter().map(|article| Stem::of(article).or_number(&article.id));
    let stems: HashSet<String> = stems.collect();
    let copies: HashSet<&str> = copies.iter().map(|copy| copy.file.as_str()).collect();
    let mut problems = Vec::new();
    for (file, _) in listing {
        let set = file.strip_prefix("sets/").filter(|path| layout::is_set(path)).and_then(|path| {
            let (folder, stem) = path.strip_suffix(".ron")?.split_once('/')?;
            layout::annotator_of(folder).map(|_| stem)
        });
        let Some(stem) = set else { continue };
        let id = stem.rsplit('/').next().unwrap_or(stem);
        if !stems.contains(stem) && !copies.contains(file.as_str()) {
            let message = message!("set-stray", id = id);
            problems.push(Problem::warning("stray-set", message).at(file, None));
        }
    }
    problems
}

/// Looks at every file of a project and hands each problem to `sink`. `progress` is told articles done and articles in
/// all, and stops the work by saying `false`.
///
/// # Errors
/// If the project's own files cannot be read.
pub fn check_files(
    dir: &Path,
    progress: &mut dyn FnMut(usize, usize) -> bool,
    sink: &mut dyn FnMut(Problem),
) -> Result<(), OpenError> {
    let scan = scan(dir)?;
    let total = scan.corpus().articles().len();
    scan.problems().iter().cloned().for_each(&mut *sink);
    let mut done = 0;
    let stopped = scan.each(
        0..total,
        |_, scanned| scanned.problems,
        |problems| {
            problems.into_iter().for_each(&mut *sink);
            done += 1;
            if progress(done, total) { Ok(()) } else { Err(()) }
        },
    );
    // Whoever stopped it knows that.
    let _ = stopped;
    Ok(())
}
