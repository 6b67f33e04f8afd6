//! View state of reviewing, and how it keeps up with the data.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::case_counts::{CaseCount, CaseCounts, ReviewConfig};
use super::identity_count::IdentityCount;
use super::prepared::DecidingMany;
use super::queue::{self, CaseKey, Item};
use super::readings;
use super::setup::Setup;
use crate::edit::Transaction;
use crate::model::{AnnotationSet, ArticleId, Corpus, Decision, Name, Project};
use crate::review::{Case, Order, Review};
use crate::t;
use crate::ui::commands::{CaseFilter, KeyContext};
use crate::ui::reader::Tracks;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::widgets::theme::{Look, Theme};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::article_view::Beside;
use crate::ui::workspace::places::Places;

/// View state of reviewing.
pub struct Reviewing {
    /// The annotators who are compared.
    pub setup: Setup,
    /// The same as the project said when it was last looked at: an import or another window may have it say more.
    said: Setup,
    /// The cases that are listed.
    pub filter: CaseFilter,
    /// The order of the queue.
    pub order: Order,
    /// The reason why the next decision is made, as a reason tag.
    pub reason: String,
    /// The gap in the guideline, where that is the cause.
    pub gap: String,
    /// The choice in the current case, not decided yet.
    pub(super) pick: Option<Pick>,
    pub(super) editing: Option<Editing>,
    /// Everybody who has sets.
    pub(super) known: Option<Vec<Name>>,
    /// True where somebody else may have sets by now.
    pub(super) unknown: bool,
    pub(super) finding: Option<Job<Vec<Name>>>,
    /// The time at which it was last looked who has sets.
    looked: Option<Instant>,
    pub(super) sheet: Option<Sheet>,
    pub(super) opening: Option<(Stamp, Job<Option<Review>>)>,
    pub(super) case_counts: CaseCounts,
    pub(super) identity_count: IdentityCount,
    pub(super) deciding: Option<DecidingMany>,
    /// The case that is looked at, as it is found again after every change.
    pub(super) spot: Option<CaseKey>,
    /// Counts up with every change of what is compared or listed.
    pub(super) generation: u64,
    /// A decision that was made or taken back elsewhere: its case is to be looked at.
    pub(super) seek: Option<Arc<Decision>>,
    /// True where the case that is looked at is still to be brought into view.
    pub(super) unseen: bool,
    /// True where it is brought into view in this frame.
    pub(super) fresh: bool,
    pub(super) tracks: Tracks,
    /// The state that `tracks` shows: the stamp, the case, the look, and the language.
    pub(super) tracked: Option<(Stamp, usize, Look, String)>,
}

/// The choice of an adjudicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// The reading of the annotator of this index in the review.
    Adopt(usize),
    /// None: it is not there.
    Out,
    /// None: the slot is without a value.
    Empty,
}

/// The adjudicated set is being marked.
pub(super) struct Editing {
    /// The case that will be decided when it is done; none where there was no case.
    pub(super) spot: Option<CaseKey>,
    /// The transaction that put a draft there to begin with.
    pub(super) drafted: Option<Arc<Transaction>>,
}

/// The stamp of a sheet: the article, the state of the data, and what is compared.
pub(super) type Stamp = (ArticleId, u64, u64);

/// The open article, compared.
pub(super) struct Sheet {
    pub(super) of: Stamp,
    pub(super) review: Review,
    pub(super) items: Vec<Item>,
    /// Places of the queue's open cases.
    pub(super) places: Places,
    /// Index of the item that is looked at.
    pub(super) at: Option<usize>,
    pub(super) count: CaseCount,
}

/// The time after which it is looked again who has sets.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// Annotations that are compared within a frame; more are left to a worker.
const AT_ONCE: usize = 2_000;

impl Default for Reviewing {
    fn default() -> Self {
        Self {
            setup: Setup::default(),
            said: Setup::default(),
            filter: CaseFilter::default(),
            order: Order::Agreement,
            reason: String::new(),
            gap: String::new(),
            pick: None,
            editing: None,
            known: None,
            unknown: true,
            finding: None,
            looked: None,
            sheet: None,
            opening: None,
            case_counts: CaseCounts::default(),
            identity_count: IdentityCount::default(),
            deciding: None,
            spot: None,
            generation: 0,
            seek: None,
            unseen: false,
            fresh: false,
            tracks: Tracks::default(),
            tracked: None,
        }
    }
}

impl Reviewing {
    /// For a project, as its settings say.
    pub fn new(project: &Project) -> Self {
        let said = Setup::of(project);
        Self { setup: said.clone(), said, ..Self::default() }
    }

    /// The context of the keys.
    pub fn key_context(&self) -> KeyContext {
        if self.editing.is_some() { KeyContext::Editing } else { KeyContext::Queue }
    }

    /// True while the adjudicated set is being marked.
    pub fn editing(&self) -> bool {
        self.editing.is_some()
    }

    /// Has it looked for again who has sets, and the case that is looked at is brought into view.
    pub fn come_back(&mut self) {
        (self.unseen, self.unknown) = (true, true);
    }

    /// True where something is being compared that the person waits for.
    pub fn busy(&self) -> bool {
        (self.finding.is_some() && self.known.is_none()) || self.opening.is_some() || self.deciding.is_some()
    }

    /// The review of the open article, where it is there.
    pub fn review(&self) -> Option<&Review> {
        self.sheet.as_ref().map(|sheet| &sheet.review)
    }

    /// The number of cases that are listed and which is looked at; both none where nothing is open.
    pub fn queue(&self) -> (usize, Option<usize>) {
        self.sheet.as_ref().map_or((0, None), |sheet| (sheet.items.len(), sheet.at))
    }

    /// The case that is looked at.
    pub fn case(&self) -> Option<Case> {
        self.current().map(|(_, item)| item.case)
    }

    /// The annotator whose reading is chosen in the case that is looked at, as an index of the review's annotators.
    pub fn adopted(&self) -> Option<usize> {
        match self.pick {
            Some(Pick::Adopt(voter)) => Some(voter),
            Some(Pick::Out | Pick::Empty) | None => None,
        }
    }

    /// The number of cases that wait in all articles that are counted by now, without questions of identity.
    pub fn waiting(&self) -> usize {
        self.case_counts.counts().map(|(_, count)| count.open).sum()
    }

    /// The number of questions of identity that wait, once it is known.
    pub fn identity_questions(&self) -> Option<usize> {
        self.identity_count.questions()
    }

    pub(super) fn names(&self) -> Vec<Name> {
        self.known.as_ref().map_or(Vec::new(), |known| self.setup.names(known))
    }

    /// The comparison, for this person.
    pub fn config(&self, by: &Name) -> ReviewConfig {
        let Setup { strategy, gold, .. } = self.setup.clone();
        ReviewConfig { names: self.names(), gold, strategy, by: by.clone() }
    }

    /// The case that is looked at.
    pub(super) fn current(&self) -> Option<(&Sheet, &Item)> {
        let sheet = self.sheet.as_ref()?;
        Some((sheet, sheet.items.get(sheet.at?)?))
    }

    /// Looks at another case.
    pub(super) fn go(&mut self, at: usize) {
        let Some(sheet) = &mut self.sheet else { return };
        let Some(item) = sheet.items.get(at) else { return };
        let spot = CaseKey::of(&sheet.review, &item.case);
        if self.spot.as_ref() != Some(&spot) {
            (self.pick, self.reason, self.gap) = (None, String::new(), String::new());
        }
        (self.spot, self.unseen, sheet.at) = (Some(spot), true, Some(at));
    }

    /// Another case is to be looked at once the review is opened anew.
    pub(super) fn aim(&mut self, spot: Option<CaseKey>) {
        (self.pick, self.reason, self.gap) = (None, String::new(), String::new());
        (self.spot, self.unseen) = (spot, true);
    }

    /// Changes what is compared or listed.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        self.generation += 1;
    }

    /// Keeps the review up with the data: called in every frame in which it is shown, and before what depends on it.
    pub fn follow(&mut self, jobs: &Jobs, work: &mut Workspace) {
        let project = &work.session.corpus().project;
        if !self.said.is_of(project) {
            self.said = Setup::of(project);
            self.change(|it| it.setup = it.said.clone());
        }
        self.find(jobs, work);
        if self.known.is_none() {
            return;
        }
        let config = self.config(work.annotator());
        work.edit_set(jobs, Some(config.gold.clone()), config.names.clone());
        self.reopen(jobs, work, &config);
        if self.sheet.is_some() {
            // By now the referents of all are loaded.
            self.case_counts.follow(jobs, &config, &work.session);
            if self.case_counts.progress().is_none() {
                self.identity_count.follow(jobs, work, &config);
            }
        }
    }

    /// Learns who has sets: at first, again whenever the view is come back to, and now and then: somebody may join.
    fn find(&mut self, jobs: &Jobs, work: &Workspace) {
        let long_ago = self.looked.is_none_or(|looked| looked.elapsed() >= LOOK_AGAIN);
        if self.finding.is_none() && (std::mem::take(&mut self.unknown) || long_ago) {
            self.looked = Some(Instant::now());
            let snapshot = work.session.snapshot();
            self.finding = Some(jobs.start(t!("job-reviewers"), move |_| snapshot.makers()));
        }
        let Some(known) = Job::over(&mut self.finding) else { return };
        let known = known.unwrap_or_default();
        if self.known.as_ref() != Some(&known) {
            self.change(|it| it.known = Some(known));
        }
    }

    fn reopen(&mut self, jobs: &Jobs, work: &Workspace, config: &ReviewConfig) {
        let Some((_, key)) = work.page().zip(work.key()).filter(|_| !work.is_loading()) else {
            return;
        };
        let corpus = work.session.corpus();
        let stamp = (key.0.clone(), work.revision, self.generation);
        if self.sheet.as_ref().is_some_and(|sheet| sheet.of == stamp) {
            return;
        }
        if let Some((of, job)) = &self.opening {
            match job.poll() {
                Outcome::Running => return,
                Outcome::Done(Some(review)) if *of == stamp => self.place(corpus, stamp, review, config),
                Outcome::Done(_) | Outcome::Broken => {}
            }
            self.opening = None;
            return;
        }
        let sizes = config.names.iter().filter_map(|name| corpus.set(&key.0, name)).map(AnnotationSet::len);
        if sizes.sum::<usize>() <= AT_ONCE {
            let review = config.review(corpus, &key.0, None);
            self.place(corpus, stamp, review, config);
            return;
        }
        let mut source = work.session.snapshot();
        let Some(article) = corpus.article(&key.0).cloned() else { return };
        let config = config.clone();
        let job = jobs.start(t!("queue-comparing"), move |_| {
            let everybody = config.everybody();
            source.read(&article, &everybody).map(|(corpus, _)| config.review(corpus, &article.id, None))
        });
        self.opening = Some((stamp, job));
    }

    /// Takes a review that was just opened, and finds the case again that was looked at.
    fn place(&mut self, corpus: &Corpus, of: Stamp, review: Review, config: &ReviewConfig) {
        let items = queue::items(&review, corpus, &self.filter, self.order);
        let open = items.iter().enumerate().filter(|(_, item)| item.open);
        let place = |(at, item): (usize, &Item)| Some((queue::place(&review, corpus, item.case.unit)?, at));
        let places = Places::of(open.filter_map(place));
        let count = CaseCount::of(&review, corpus, &config.by);
        self.case_counts.set(&of.0, count);
        let same = self.sheet.as_ref().is_some_and(|sheet| sheet.of.0 == of.0);
        if !same {
            self.editing = None;
        }
        let before = self.sheet.as_ref().filter(|_| same).and_then(|sheet| sheet.at);
        let spot_at = |spot: &CaseKey| items.iter().position(|item| CaseKey::of(&review, &item.case) == *spot);
        let found = self.spot.as_ref().and_then(spot_at);
        let readings = |review: &Review, case: &Case| review.row(case).readings.clone();
        let was = self.current().map(|(sheet, item)| readings(&sheet.review, &item.case));
        if found.map(|at| readings(&review, &items[at].case)) != was {
            // The case that was pointed at says something else by now.
            self.pick = None;
        }
        let open = || items.iter().position(|item| item.open).or((!items.is_empty()).then_some(0));
        let at = found.or_else(|| before.filter(|_| !items.is_empty()).map(|at| at.min(items.len() - 1))).or_else(open);
        self.sheet = Some(Sheet { of, review, items, places, at: None, count });
        match at {
            Some(at) if found.is_some() => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.at = Some(at);
                }
            }
            Some(at) => self.go(at),
            None => self.aim(None),
        }
        self.look_for_decision();
    }

    /// Brings the case that is looked at into view, and its readings under the words.
    pub(super) fn show(&mut self, work: &mut Workspace, theme: &Theme, language: &str) {
        let names = self.names();
        self.fresh = false;
        let Some(sheet) = &self.sheet else { return };
        let corpus = work.session.corpus();
        let item = sheet.at.and_then(|at| sheet.items.get(at));
        let now = sheet.at.map(|at| (sheet.of.clone(), at, theme.look, language.to_owned()));
        if self.tracked != now {
            let tracks = item.map(|item| readings::tracks(&sheet.review, corpus, &item.case, &names, theme, language));
            self.tracks = Tracks { revision: self.tracks.revision + 1, tracks: tracks.unwrap_or_default() };
            self.tracked = now;
        }
        let Some(item) = item.filter(|_| self.unseen && !work.is_loading()) else { return };
        let place = queue::place(&sheet.review, corpus, item.case.unit);
        if let (Some(open), Some(place)) = (&mut work.open, place) {
            open.reader.set_caret(place.start);
            open.reader.reveal(place);
        }
        (self.unseen, self.fresh) = (false, true);
    }
}

impl Reviewing {
    /// The tracks drawn beside the annotations of the adjudicated set.
    pub fn beside(&self, work: &Workspace) -> Beside<'_> {
        let sheet = self.sheet_of(work);
        let current = sheet.and_then(|sheet| {
            let unit = sheet.items.get(sheet.at?)?.case.unit;
            let place = queue::place(&sheet.review, work.session.corpus(), unit)?;
            sheet.places.position(place)
        });
        Beside {
            tracks: Some(&self.tracks),
            places: sheet.map_or(&[], |sheet| sheet.places.spans()),
            current,
            quiet: self.editing.is_none(),
            ..Beside::default()
        }
    }

    /// The open article as it is compared, where it is the one that is shown.
    pub(super) fn sheet_of(&self, work: &Workspace) -> Option<&Sheet> {
        let open = &work.open.as_ref()?.id;
        self.sheet.as_ref().filter(|sheet| sheet.of.0 == *open)
    }

    /// Compares others from now on.
    pub fn compare(&mut self, setup: Setup) {
        self.change(|it| it.setup = setup);
    }
}
