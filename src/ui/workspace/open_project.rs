//! The project on the table: the session, the open article, and what is selected in it. View state only; what is on
//! disk is the session's.

use crate::lang::{InWords, Message};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::check::Subject;
use crate::edit::{Edit, SetEditor, Transaction};
use crate::model::{
    Annotation, AnnotationSet, ArticleId, Id, Kind, Name, Problem, Progress, Quote, RecordFile, SetKey,
};
use crate::store::{Asked, Loaded, Session, StoreError};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::commands::Direction;
use crate::ui::reader::{Reader, Tracks};
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::widgets::theme::Look;
use crate::ui::workspace::article_order::{Arrangement, ListRow};
use crate::ui::workspace::article_status::StatusFilter;
use crate::ui::workspace::cached::Cached;
use crate::ui::workspace::card::{self, Details};
use crate::ui::workspace::deviation_walk::GoldFeedback;
use crate::ui::workspace::find::Finder;
use crate::ui::workspace::ghosts::Ghosts;
use crate::ui::workspace::proposals;
use crate::ui::workspace::sitting::Sitting;
use crate::ui::workspace::threads::Threads;
use crate::ui::workspace::touched::Touched;
use crate::when::Dateline;

/// An open project.
pub struct Workspace {
    /// The project on disk.
    pub session: Session,
    /// The article that is shown.
    pub open: Option<OpenArticle>,
    /// The owner of the set that is worked on, where it is not the annotator's own: the adjudicated one, while
    /// reviewing.
    pub(in crate::ui) edited_set: Option<Name>,
    /// The sets that are read beside it.
    beside: Vec<Name>,
    loading: Option<Loading>,
    /// The filter of the article list: words, and a state.
    pub filter: String,
    /// The state that articles must have to be listed.
    pub wanted: StatusFilter,
    /// Counts up with every change of the data, so that views know when they are stale.
    pub revision: u64,
    /// Counts up with every change of what anybody marked; to open an article is none.
    pub changes: u64,
    /// The files whose records have changed since the views of all articles asked.
    pub touched: Touched,
    /// Counts up with every change of the trips and claims that are listed.
    frames_revision: u64,
    /// Annotations used lately, the latest first.
    pub recent: Vec<Id>,
    /// The walk through the differences to gold, while one goes through them.
    pub feedback: Option<GoldFeedback>,
    /// A sentence for the person that came of something which took a while.
    pub said: Option<String>,
    /// The gold set that is being read, and which way one steps through the differences then.
    pub(in crate::ui) golden: Option<(LoadJob, Direction)>,
    pub(super) problems: Cached<Vec<Problem>>,
    /// The number of problems of files, and of files that were gone, when [`Workspace::problems`]
    /// looked last.
    pub(super) problems_known: (usize, usize),
    pub(super) matching: Cached<Vec<ListRow>>,
    pub(super) matched: (String, StatusFilter, Arrangement),
    /// The order and the groups of the article list.
    pub arrangement: Arrangement,
    /// The agreement in articles, as far as it was measured.
    pub agreement: HashMap<ArticleId, f64>,
    pub(super) standing: Cached<(usize, usize)>,
    pub(in crate::ui) threads: Cached<Threads>,
    /// The set that is shown beside one's own, where one asked for it.
    pub(in crate::ui) other: Option<Name>,
    pub(in crate::ui) tracks: Cached<Tracks, (u64, Look, String)>,
    /// State and number of annotations of articles that are not loaded.
    pub(super) summaries: HashMap<ArticleId, (Progress, usize)>,
    /// The state of the gold set of articles that have one and are not loaded.
    pub(in crate::ui) reviewed: HashMap<ArticleId, Progress>,
    pub(super) summing: Option<Job<Vec<Summary>>>,
    /// The suggestions for the open article.
    pub ghosts: Ghosts,
    /// Suggestions that were seen since the project was opened.
    pub(super) sitting: Sitting,
}

/// Counts of an article without opening it: the annotator's state and annotations, and the state
/// of its review.
pub(super) type Summary = (ArticleId, Option<(Progress, usize)>, Option<Progress>);

/// The reading of an article; it gives none where nobody wanted it any more.
pub(in crate::ui) type LoadJob = Job<Result<Option<Loaded>, StoreError>>;

/// An article that is being read from disk.
struct Loading {
    article: ArticleId,
    /// The annotation or the words to look at then.
    annotation: Option<Id>,
    at: Vec<Quote>,
    job: LoadJob,
}

/// The article that is shown.
pub struct OpenArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its view.
    pub reader: Reader,
    /// The selection; the first one is shown in the details.
    pub selected: Vec<Id>,
    /// The frame that is open as a card.
    pub card: Option<Card>,
    /// Find in the article, where it is open.
    pub finder: Option<Finder>,
    /// Its dateline, where somebody has asked for it.
    pub(in crate::ui) dateline: OnceCell<Option<Dateline>>,
    frames: Cached<Vec<Id>>,
    details: Cached<Option<Details>>,
}

impl OpenArticle {
    /// Looks at a hit of the search: it is what is selected then.
    pub fn look_at_hit(&mut self, hit: Span) {
        self.reader.select(hit);
        self.reader.reveal(hit);
        self.selected.clear();
    }

    /// Lets go of what is no longer in the set.
    fn forget_gone(&mut self, set: &AnnotationSet) {
        self.selected.retain(|id| set.get(*id).is_some());
        if self.card.as_ref().is_some_and(|card| set.get(card.frame).is_none()) {
            self.card = None;
        }
    }
}

/// A frame open as a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The frame.
    pub frame: Id,
    /// The role that the next selection fills.
    pub armed: Option<Name>,
    /// The role that the last click of the mouse filled, and the step by which it did.
    pub by_click: Option<(Name, Arc<Transaction>)>,
}

/// The number of edits beyond which a change is not looked through for what of it is shown.
const MANY: usize = 1_000;

/// The failure to read, in one sentence.
pub struct Unread {
    /// The file, where the sentence is true until it can be read.
    pub file: Option<String>,
    /// The sentence.
    pub why: String,
}

impl From<String> for Unread {
    fn from(why: String) -> Self {
        Self { file: None, why }
    }
}

/// The set that is shown: an empty one in place of one that cannot be read, in which every change is refused.
pub fn shown<'a>(session: &'a Session, article: &ArticleId, owner: &Name) -> Option<&'a AnnotationSet> {
    static NOTHING: LazyLock<AnnotationSet> = LazyLock::new(AnnotationSet::default);
    let key = (article.clone(), owner.clone());
    session.corpus().set(article, owner).or_else(|| session.set_unreadable(&key).map(|_| &*NOTHING))
}

impl Workspace {
    /// A project just opened, with no article shown yet.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            open: None,
            edited_set: None,
            beside: Vec::new(),
            loading: None,
            filter: String::new(),
            revision: 0,
            changes: 0,
            touched: Touched::default(),
            frames_revision: 0,
            recent: Vec::new(),
            feedback: None,
            said: None,
            golden: None,
            problems: Cached::default(),
            problems_known: (0, 0),
            matching: Cached::default(),
            matched: Default::default(),
            arrangement: Arrangement::default(),
            agreement: HashMap::new(),
            standing: Cached::default(),
            threads: Cached::default(),
            other: None,
            tracks: Cached::default(),
            summaries: HashMap::new(),
            reviewed: HashMap::new(),
            wanted: StatusFilter::All,
            summing: None,
            ghosts: Ghosts::default(),
            sitting: Sitting::default(),
        }
    }

    /// The article that was worked on last.
    pub fn last_place(&self) -> Option<ArticleId> {
        let focus = self.session.history().to_undo()?.focus.as_ref()?;
        self.session.corpus().article(&focus.article).map(|article| article.id.clone())
    }

    /// The person at work.
    pub fn annotator(&self) -> &Name {
        self.session.annotator()
    }

    /// The owner of the set that is worked on.
    pub fn owner(&self) -> &Name {
        self.edited_set.as_ref().unwrap_or(self.session.annotator())
    }

    /// Takes another set to work on (none: the annotator's own), with those of others beside it; the open article is
    /// shown with it as soon as it is read.
    pub fn edit_set(&mut self, jobs: &Jobs, edited_set: Option<Name>, beside: Vec<Name>) {
        if self.edited_set == edited_set && self.beside == beside {
            return;
        }
        let same = self.edited_set == edited_set;
        (self.edited_set, self.beside) = (edited_set, beside);
        if let Some(open) = self.open.as_mut().filter(|_| !same) {
            open.selected.clear();
            open.card = None;
        }
        // An article that is on its way comes with these sets.
        if let Some(Loading { article, annotation, at, .. }) = self.loading.take() {
            self.load(jobs, &article, annotation, at);
            return;
        }
        let Some(id) = self.open.as_ref().map(|open| open.id.clone()) else { return };
        match self.lacking(&id).is_empty() {
            true => self.refresh(),
            false => self.load(jobs, &id, None, Vec::new()),
        }
    }

    /// The annotators whose sets of an article are wanted and not there.
    fn lacking(&self, article: &ArticleId) -> Vec<Name> {
        let corpus = self.session.corpus();
        let wanted = std::iter::once(self.owner()).chain(&self.beside);
        wanted.filter(|name| corpus.set(article, name).is_none()).cloned().collect()
    }

    /// The set that is worked on, where an article is open.
    pub fn key(&self) -> Option<SetKey> {
        Some((self.open.as_ref()?.id.clone(), self.owner().clone()))
    }

    /// The text and the set that are worked on.
    pub fn page(&self) -> Option<(&Text, &AnnotationSet)> {
        let open = self.open.as_ref()?;
        let corpus = self.session.corpus();
        Some((corpus.text(&open.id)?, shown(&self.session, &open.id, self.owner())?))
    }

    /// The editor that makes transactions on the set that is worked on.
    pub fn set_editor(&self) -> Option<SetEditor<'_>> {
        Some(SetEditor { by: self.annotator().clone(), ..SetEditor::new(self.session.corpus(), self.key()?) })
    }

    /// Begins to open an article; the view stays on the last one until it is read.
    pub fn show(&mut self, jobs: &Jobs, id: &ArticleId, annotation: Option<Id>) {
        self.show_place(jobs, id, annotation, Vec::new());
    }

    /// Begins to open an article and looks at an annotation in it; where that is not there, at these words.
    pub fn show_place(&mut self, jobs: &Jobs, id: &ArticleId, annotation: Option<Id>, at: Vec<Quote>) {
        if self.open.as_ref().is_some_and(|open| open.id == *id) && self.lacking(id).is_empty() {
            self.loading = None;
            self.look(annotation, &at);
            return;
        }
        self.load(jobs, id, annotation, at);
    }

    fn load(&mut self, jobs: &Jobs, id: &ArticleId, annotation: Option<Id>, at: Vec<Quote>) {
        let Some(article) = self.session.corpus().article(id).cloned() else { return };
        let (snapshot, lacking) = (self.session.snapshot(), self.lacking(id));
        let corpus = self.session.corpus();
        let unknown: Vec<Name> = lacking.iter().filter(|name| corpus.referents(name).is_none()).cloned().collect();
        let job = jobs.start(t!("job-opening-article", id = id), move |ticket| {
            snapshot.loader().read_while(&article, &lacking, &unknown, &|| !ticket.cancelled())
        });
        self.loading = Some(Loading { article: id.clone(), annotation, at, job });
    }

    /// True where an article is being read.
    pub fn is_loading(&self) -> bool {
        self.loading.is_some() || self.golden.is_some()
    }

    /// Takes the article that was being read, once it is there.
    ///
    /// # Errors
    /// One sentence, where it or the set that is worked on cannot be read.
    pub(in crate::ui) fn poll(&mut self) -> Result<(), Unread> {
        if let Some(Outcome::Done(counted)) = self.summing.as_ref().map(Job::poll) {
            self.summing = None;
            for (id, own, review) in counted {
                self.reviewed.extend(review.map(|review| (id.clone(), review)));
                self.summaries.extend(own.map(|own| (id, own)));
            }
            self.matching = Cached::default();
            self.standing = Cached::default();
        }
        if let Some((job, forward)) = &self.golden {
            let (outcome, forward) = (job.poll(), *forward);
            if !matches!(outcome, Outcome::Running) {
                self.golden = None;
            }
            if let Outcome::Done(read) = outcome
                && let Some(loaded) = read.map_err(|error| error.told())?
            {
                self.session.accept(loaded);
                self.said = self.step_feedback(forward);
            }
        }
        let Some(loading) = &self.loading else { return Ok(()) };
        let outcome = loading.job.poll();
        if matches!(outcome, Outcome::Running) {
            return Ok(());
        }
        let Some(Loading { article: id, annotation, at, .. }) = self.loading.take() else { return Ok(()) };
        match outcome {
            Outcome::Done(Ok(Some(loaded))) => {
                self.session.accept(loaded);
                match self.open.as_ref().is_some_and(|open| open.id == id) {
                    true => self.refresh(),
                    false => self.open_loaded(&id),
                }
                self.look(annotation, &at);
                let Some((file, why)) = self.key().and_then(|key| self.session.set_unreadable(&key)) else {
                    return Ok(());
                };
                let why = t!("set-unreadable", why = why);
                Err(Unread { file: Some(file), why })
            }
            Outcome::Done(Err(error)) => Err(error.told().into()),
            Outcome::Done(Ok(None)) | Outcome::Broken | Outcome::Running => {
                Err(t!("article-unreadable", id = id).into())
            }
        }
    }

    fn open_loaded(&mut self, id: &ArticleId) {
        let corpus = self.session.corpus();
        let (Some(text), Some(set)) = (corpus.text(id), shown(&self.session, id, self.owner())) else { return };
        let reader = Reader::new(text, set, &corpus.schema);
        // A search through all articles goes on in this one.
        let mut finder = self.open.take().and_then(|open| open.finder).filter(Finder::is_everywhere);
        if let Some(finder) = &mut finder {
            finder.search(text);
        }
        self.revision += 1;
        self.frames_revision += 1;
        self.open = Some(OpenArticle {
            id: id.clone(),
            reader,
            selected: Vec::new(),
            card: None,
            finder,
            dateline: OnceCell::new(),
            frames: Cached::default(),
            details: Cached::default(),
        });
    }

    /// Applies a transaction: to the data first, then to every view. Where files are needed first, that comes later, with
    /// an event.
    ///
    /// # Errors
    /// One sentence, where it does not fit or cannot be kept; nothing has changed then.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), String> {
        if transaction.is_empty() {
            return Ok(());
        }
        let asked = self.session.ask_commit(transaction).map_err(|error| self.refused(&error))?;
        if let Asked::Done(Some(applied)) = asked {
            self.follow(&applied);
        }
        Ok(())
    }

    /// The reason why a change was refused, in one sentence.
    pub(in crate::ui) fn refused(&self, error: &StoreError) -> String {
        let own = self.key().is_some_and(|key| self.session.set_unreadable(&key).is_some());
        let unreadable = |error: &Message| own || self.session.unreadable().any(|(_, why)| why == error);
        match error {
            StoreError::File(error) if unreadable(&error.in_words()) => {
                t!("change-refused-unreadable", error = error)
            }
            StoreError::TextChanged { article } => t!("change-refused-text", article = article),
            error => error.told(),
        }
    }

    /// Takes back the last transaction, or does the last undone one again; gives what was applied, where it is by now.
    ///
    /// # Errors
    /// One sentence, where that no longer fits.
    pub fn travel(&mut self, direction: Direction) -> Result<Asked, String> {
        let moved = match direction {
            Direction::Back => self.session.ask_undo(),
            Direction::Forward => self.session.ask_redo(),
        };
        let asked = moved.map_err(|error| self.refused(&error))?;
        if let Asked::Done(Some(applied)) = &asked {
            self.follow(applied);
        }
        Ok(asked)
    }

    /// Lets the views follow a transaction that was applied.
    pub fn follow(&mut self, applied: &Transaction) {
        self.changes += 1;
        self.touched.note(applied);
        self.ghosts.note(applied);
        self.follow_runs(applied);
        let many = applied.edits.len() > MANY;
        if many || applied.edits.iter().any(|edit| edit.at == RecordFile::Schema) {
            // Everything may look another way; and to look through so many would take longer than to look anew.
            self.refresh();
            return;
        }
        self.revision += 1;
        let schema = &self.session.corpus().schema;
        let frame = |record: &Arc<Annotation>| schema.kind(&record.label) == Kind::Frame;
        let mut sides = applied.edits.iter().filter_map(Edit::sides::<Annotation>);
        if sides.any(|(before, after)| before.is_some_and(frame) || after.is_some_and(frame)) {
            self.frames_revision += 1;
        }
        self.close_gone();
        let Some(key) = self.key() else { return };
        let corpus = self.session.corpus();
        let Some(open) = &mut self.open else { return };
        let (Some(text), Some(set)) = (corpus.text(&open.id), shown(&self.session, &open.id, &key.1)) else { return };
        open.reader.apply(applied, &key, text, &corpus.schema);
        open.forget_gone(set);
    }

    /// Takes notice of what came from elsewhere: other programs, or a worker that had the project.
    pub fn changed_elsewhere(&mut self) {
        self.changes += 1;
        self.touched.note_elsewhere();
        self.ghosts.note_elsewhere();
        self.refresh();
    }

    /// Closes the article that is open, or on its way, where the project does not have it any more.
    fn close_gone(&mut self) {
        let corpus = self.session.corpus();
        let gone = |id: &ArticleId| corpus.article(id).is_none();
        let (open, loading) = (
            self.open.as_ref().is_some_and(|open| gone(&open.id)),
            self.loading.as_ref().is_some_and(|loading| gone(&loading.article)),
        );
        if open {
            (self.open, self.feedback) = (None, None);
        }
        if loading {
            self.loading = None;
        }
    }

    /// Builds the view of the open article anew, where its data came from elsewhere.
    pub fn refresh(&mut self) {
        self.revision += 1;
        self.frames_revision += 1;
        self.close_gone();
        let annotator = self.owner().clone();
        let corpus = self.session.corpus();
        let Some(open) = &mut self.open else { return };
        let (Some(text), Some(set)) = (corpus.text(&open.id), shown(&self.session, &open.id, &annotator)) else {
            return;
        };
        open.reader.rebuild(text, set, &corpus.schema);
        open.forget_gone(set);
        // Edits never change a text, but another program may have.
        if let Some(finder) = &mut open.finder {
            finder.search(text);
        }
    }

    /// The trips and claims of the open article, listed anew when one of them has changed.
    pub fn frames(&mut self) -> Arc<Vec<Id>> {
        let (revision, annotator) = (self.frames_revision, self.owner().clone());
        let corpus = self.session.corpus();
        let Some(open) = &mut self.open else { return Arc::default() };
        let Some(set) = shown(&self.session, &open.id, &annotator) else { return Arc::default() };
        open.frames.get((revision, None), || card::frames(&corpus.schema, set))
    }

    /// Everything about the frame of the open card, or else the first selected annotation, built when the data or the selection has changed.
    pub fn details(&mut self) -> Arc<Option<Details>> {
        let (revision, annotator, day) = (self.revision, self.owner().clone(), self.day());
        let corpus = self.session.corpus();
        let Some(open) = &mut self.open else { return Arc::default() };
        let (Some(text), Some(set)) = (corpus.text(&open.id), shown(&self.session, &open.id, &annotator)) else {
            return Arc::default();
        };
        let first = open.card.as_ref().map(|card| card.frame).or(open.selected.first().copied());
        let referents = corpus.referents(&annotator);
        let subject = Subject { schema: &corpus.schema, article: &open.id, text, set, referents };
        let details = || {
            let mut details = card::details(&subject, first?)?;
            proposals::add(corpus, &subject, (&annotator, day), &mut details);
            Some(details)
        };
        open.details.get((revision, first), details)
    }
}
