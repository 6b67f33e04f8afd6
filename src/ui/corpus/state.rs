//! View state of the tables over all articles, and how they keep up with the data.

use std::sync::Arc;
use std::time::Duration;

use eframe::egui;

use super::claims::{ClaimBoard, ClaimLists};
use super::concordance::Concordance;
use super::evidence::{Evidence, Texts};
use super::map::Map;
use super::register::Register;
use super::timeline::Timeline;
use super::trips::{RowKey, Trips};
use crate::corpus::{Filter, FilterError, Index, Kept};
use crate::edit::Transaction;
use crate::lang::{InWords, Message};
use crate::model::{ArticleId, Id, Name, Quote, RecordFile, SetKind};
use crate::store::Snapshot;
use crate::t;
use crate::ui::commands::{CorpusCommand, Pane};
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::long_work::LongWork;

/// View state of the tables over all articles.
pub struct CorpusView {
    /// The pane that is shown.
    pub pane: Pane,
    /// The maker whose sets are shown, where it is not the annotator.
    pub(super) whose: Option<Name>,
    /// The filter as it is written.
    pub line: String,
    /// The filter as it was read last.
    read: String,
    filter: Arc<Filter>,
    /// The part of the filter that means nothing.
    pub(super) wrong: Option<FilterError>,
    pub(super) index: Option<Arc<Index>>,
    building: Option<Job<Result<Option<Index>, String>>>,
    /// The maker whose index was last begun; each is begun once, whatever came of it, until something changes.
    begun: Option<Name>,
    /// Counts up with every change of the index or the filter.
    pub(super) revision: u64,
    preparing: Option<Job<(u64, Prepared)>>,
    /// The revision that the rows are of.
    prepared: u64,
    pub(super) kept: Arc<Kept>,
    /// The trips, by article.
    pub(super) trips: Trips,
    /// The claims, two at a time and all.
    pub(super) claims: ClaimBoard,
    /// The change that a worker makes ready.
    changing: Option<Job<Result<Transaction, String>>>,
    /// The row to look at as soon as the pane has its rows.
    sought: Option<RowKey>,
    /// The trips, in time.
    pub(super) timeline: Timeline,
    /// The things that are mentioned.
    pub register: Register,
    /// Places of words, and what is not consistent.
    pub concordance: Concordance,
    /// The places of trips.
    pub map: Map,
    /// The parts of the filter that the map wrote.
    of_map: Vec<String>,
    pub(super) texts: Texts,
    /// The words behind what is looked at, and of which state they are.
    pub(super) evidence: Evidence,
    shown: Option<Shown>,
    /// The quote that is looked at.
    pub(super) quote: usize,
    /// True where the article that is open was opened from here, so that one can come back.
    pub came_from: bool,
}

/// The state that the evidence is of: revision, pane, a number of what is looked at in it, and the language.
type Shown = (u64, Pane, u64, String);

/// The rows of a pane, as a worker made them.
struct Prepared {
    kept: Kept,
    pane: PreparedPane,
}

enum PreparedPane {
    Trips(super::trips::Rows),
    Timeline(super::timeline::Bars),
    Claims(ClaimLists),
    Register(super::register::Rows),
    /// It has a worker of its own.
    Concordance,
    Map(super::map::Shown),
}

impl Default for CorpusView {
    fn default() -> Self {
        Self {
            pane: Pane::Trips,
            whose: None,
            line: String::new(),
            read: String::new(),
            filter: Arc::default(),
            wrong: None,
            index: None,
            building: None,
            begun: None,
            revision: 0,
            preparing: None,
            prepared: 0,
            kept: Arc::default(),
            trips: Trips::default(),
            claims: ClaimBoard::default(),
            changing: None,
            sought: None,
            timeline: Timeline::default(),
            register: Register::default(),
            concordance: Concordance::default(),
            map: Map::default(),
            of_map: Vec::new(),
            texts: Texts::default(),
            evidence: Evidence::default(),
            shown: None,
            quote: 0,
            came_from: false,
        }
    }
}

impl CorpusView {
    /// True while articles are read or rows prepared.
    pub fn busy(&self) -> bool {
        self.building.is_some()
            || self.preparing.is_some()
            || self.changing.is_some()
            || self.texts.busy()
            || self.concordance.busy()
    }

    /// The number of articles that are read, and of all, while they are.
    pub(super) fn progress(&self) -> Option<(u64, u64)> {
        self.building.as_ref().map(Job::counts)
    }

    /// The maker whose sets are shown.
    pub fn whose<'a>(&'a self, work: &'a Workspace) -> &'a Name {
        self.whose.as_ref().unwrap_or(work.annotator())
    }

    /// Shows the sets of another maker.
    pub(super) fn take(&mut self, work: &Workspace, name: Name) {
        let name = (name != *work.annotator()).then_some(name);
        if self.whose == name {
            return;
        }
        let (pane, line) = (self.pane, std::mem::take(&mut self.line));
        *self = Self { pane, line, whose: name, revision: self.revision + 1, ..Self::default() };
    }

    /// Looks at a pane, and there at what was looked at in the one before.
    pub(super) fn look(&mut self, pane: Pane) {
        // Claims are looked at without the trip being forgotten.
        let key = self.key().cloned().or(self.sought.take());
        (self.pane, self.sought) = (pane, key);
        self.seek();
    }

    fn key(&self) -> Option<&RowKey> {
        match self.pane {
            Pane::Trips => self.trips.key(),
            Pane::Timeline => self.timeline.key(),
            Pane::Claims | Pane::Register | Pane::Concordance | Pane::Map => None,
        }
    }

    fn seek(&mut self) {
        let Some(key) = self.sought.take() else { return };
        match self.pane {
            Pane::Trips => self.trips.seek(&key),
            Pane::Timeline => self.timeline.seek(&key),
            Pane::Claims | Pane::Register | Pane::Concordance | Pane::Map => {}
        }
        // The rows that are prepared next may be the first of this pane.
        self.sought = Some(key);
    }

    /// The reason why what is shown cannot be changed; none where it can.
    pub(super) fn locked(&self, work: &Workspace) -> Option<String> {
        if work.session.read_only() {
            return Some(t!("add-read-only").to_owned());
        }
        let whose = self.whose(work);
        let kind = work.session.corpus().project.kind(whose);
        (whose != work.annotator() && kind != SetKind::Adjudicated).then(|| t!("corpus-of-others", name = whose))
    }

    /// Lets a worker make a change ready, which is done then.
    ///
    /// # Errors
    /// One sentence, where what is shown cannot be changed, or another change is on its way.
    pub(super) fn change(
        &mut self,
        jobs: &Jobs,
        work: &Workspace,
        make: impl FnOnce(Snapshot, &Name, &Name) -> Result<Transaction, Message> + Send + 'static,
    ) -> Result<(), String> {
        if let Some(why) = self.locked(work) {
            return Err(why);
        }
        if self.changing.is_some() {
            return Err(t!("corpus-changing").to_owned());
        }
        let (snapshot, maker, by) = (work.session.snapshot(), self.whose(work).clone(), work.annotator().clone());
        self.changing =
            Some(jobs.start(t!("corpus-change-job"), move |_| make(snapshot, &maker, &by).map_err(|why| why.told())));
        Ok(())
    }

    /// Keeps only what these parts of a filter keep, in every pane, in place of what the map kept before.
    pub(super) fn only_of_map(&mut self, parts: Vec<String>) {
        let before = std::mem::replace(&mut self.of_map, parts);
        self.line = Filter::line_with(&self.line, &before, &self.of_map);
    }

    /// Keeps trips of all places again.
    pub(super) fn everywhere(&mut self) {
        self.map.end_round();
        self.only_of_map(Vec::new());
    }

    /// True where the map keeps trips of one place or leg.
    pub(super) fn is_of_map(&self) -> bool {
        !self.of_map.is_empty() && self.of_map.iter().all(|part| self.line.contains(part))
    }

    /// Stops reading articles.
    pub(super) fn stop(&mut self) {
        self.building = None;
    }

    /// Looks for what changed meanwhile, when the view is shown again.
    pub fn come_back(&mut self) {
        if self.index.is_none() && self.building.is_none() {
            self.begun = None;
        }
        self.came_from = false;
    }

    /// Keeps up with the data, the filter and the workers.
    ///
    /// # Errors
    /// One sentence, where the project cannot be read.
    pub fn follow(
        &mut self,
        ctx: &egui::Context,
        jobs: &Jobs,
        work: &mut Workspace,
        language: &str,
    ) -> Result<(), String> {
        if self.busy() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
        let mut failed = Ok(());
        if let Some(built) = Job::over(&mut self.building) {
            match built {
                Some(Ok(Some(index))) => {
                    self.index = Some(Arc::new(index));
                    self.revision += 1;
                    self.texts.forget();
                }
                Some(Err(why)) => failed = Err(why),
                Some(Ok(None)) | None => {}
            }
        }
        if let Some(made) = Job::over(&mut self.changing)
            && let Some(made) = made
        {
            failed = made.and_then(|transaction| work.commit(transaction)).and(failed);
        }
        self.catch_up(work);
        if self.begun.as_ref() != Some(self.whose(work)) {
            self.build(jobs, work);
        }
        self.read_filter();
        self.prepare(jobs, language);
        if let Some(index) = self.index.as_ref().filter(|_| self.pane == Pane::Concordance) {
            let session = &work.session;
            self.concordance.follow(jobs, || session.snapshot(), index, (&self.filter, self.revision));
        }
        self.show(jobs, work, language);
        failed
    }

    /// Takes what was changed since the last frame into the index.
    fn catch_up(&mut self, work: &mut Workspace) {
        if self.building.is_some() {
            // The index that is made may have some of it; what it lacks is taken once it is there.
            return;
        }
        let touched = work.touched.take();
        let Some(touched) = touched else {
            self.begun = None;
            return;
        };
        let Some(index) = self.index.as_mut().filter(|_| !touched.is_empty()) else { return };
        if touched.contains(&RecordFile::Schema) {
            self.begun = None;
            return;
        }
        let corpus = work.session.corpus();
        let maker = index.maker().clone();
        let own = |file: &RecordFile| match file {
            RecordFile::Set((_, of)) | RecordFile::Referents(of) => *of == maker,
            RecordFile::Articles => true,
            RecordFile::Schema | RecordFile::Comments(_) | RecordFile::Runs(_) => false,
        };
        let touched: Vec<&RecordFile> = touched.iter().filter(|file| own(file)).collect();
        if touched.is_empty() {
            return;
        }
        let index = Arc::make_mut(index);
        for file in &touched {
            match file {
                RecordFile::Articles => index.update_articles(corpus),
                RecordFile::Referents(_) => index.update_referents(corpus),
                RecordFile::Set((article, _)) => index.update_article(corpus, article),
                RecordFile::Schema | RecordFile::Comments(_) | RecordFile::Runs(_) => {}
            }
        }
        self.revision += 1;
    }

    fn build(&mut self, jobs: &Jobs, work: &Workspace) {
        let maker = self.whose(work).clone();
        self.begun = Some(maker.clone());
        let snapshot = work.session.snapshot();
        self.building = Some(jobs.start(t!("corpus-job"), move |ticket| {
            let mut progress = |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            Index::build(snapshot, &maker, &mut progress).map_err(|error| error.told())
        }));
    }

    fn read_filter(&mut self) {
        let Some(index) = &self.index else { return };
        if self.read == self.line && self.revision > 0 {
            return;
        }
        self.read.clone_from(&self.line);
        match Filter::parse(&self.line, index.schema()) {
            Ok(filter) => {
                self.wrong = None;
                if *self.filter != filter {
                    self.filter = Arc::new(filter);
                    self.revision += 1;
                }
            }
            // The rows stay as they are while one goes on writing.
            Err(wrong) => self.wrong = Some(wrong),
        }
    }

    /// Lets a worker prepare the rows of the pane that is shown.
    fn prepare(&mut self, jobs: &Jobs, language: &str) {
        if let Some(Some((revision, prepared))) = Job::over(&mut self.preparing) {
            self.prepared = revision;
            self.kept = Arc::new(prepared.kept);
            match prepared.pane {
                PreparedPane::Trips(rows) => self.trips.take(rows),
                PreparedPane::Timeline(bars) => self.timeline.take(bars),
                PreparedPane::Claims(lists) => self.claims.take(lists),
                PreparedPane::Register(rows) => self.register.take(rows),
                PreparedPane::Concordance => {}
                PreparedPane::Map(shown) => self.map.take(shown),
            }
            self.seek();
            if self.pane != Pane::Claims {
                self.sought = None;
            }
        }
        let Some(index) = self.index.clone() else { return };
        let wanted = self.stamp(language);
        if self.preparing.is_some() || self.prepared == wanted {
            return;
        }
        let (filter, pane, language) = (self.filter.clone(), self.pane, language.to_owned());
        let (trips, lanes) = (self.trips.wanted(), self.timeline.by());
        let label = self.register.label.clone();
        self.preparing = Some(jobs.start(t!("corpus-job"), move |_| {
            let kept = filter.apply(&index);
            let pane = match pane {
                Pane::Trips => PreparedPane::Trips(super::trips::rows(&index, &kept, &trips, &language)),
                Pane::Timeline => PreparedPane::Timeline(super::timeline::bars(&index, &kept, lanes, &language)),
                Pane::Claims => PreparedPane::Claims(ClaimLists::of(&index, &kept)),
                Pane::Register => {
                    PreparedPane::Register(super::register::rows(&index, &kept, label.as_ref(), &language))
                }
                Pane::Concordance => PreparedPane::Concordance,
                Pane::Map => PreparedPane::Map(super::map::shown(&index, &kept)),
            };
            (wanted, Prepared { kept, pane })
        }));
    }

    /// A number that is another one for other rows.
    fn stamp(&self, language: &str) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (self.revision, self.pane, language, crate::lang::spoken().code(), self.trips.wanted(), self.timeline.by())
            .hash(&mut hasher);
        self.register.label.hash(&mut hasher);
        hasher.finish() | 1
    }

    /// Makes the evidence anew where something else is looked at, and reads the texts that it lacks.
    fn show(&mut self, jobs: &Jobs, work: &Workspace, language: &str) {
        let Some(index) = &self.index else { return };
        let at = match self.pane {
            Pane::Trips => self.trips.stamp(),
            Pane::Timeline => self.timeline.stamp(),
            Pane::Claims => self.claims.stamp(),
            Pane::Register => self.register.stamp(),
            Pane::Concordance => self.concordance.stamp(),
            Pane::Map => self.map.stamp(),
        };
        let now = (self.prepared, self.pane, at, language.to_owned());
        if self.shown.as_ref() != Some(&now) {
            self.evidence = match self.pane {
                Pane::Trips => self.trips.evidence(index, language),
                Pane::Timeline => self.timeline.evidence(index, language),
                Pane::Claims => self.claims.evidence(index, language),
                Pane::Register => self.register.evidence(index, language),
                Pane::Concordance => Evidence::default(),
                Pane::Map => self.map.evidence(index, language),
            };
            self.quote = self.evidence.passages().position(|quote| quote.chosen).unwrap_or(0);
            self.shown = Some(now);
        }
        self.texts.follow(jobs, work, self.evidence.passages().map(|quote| &quote.article));
    }
}

/// A place in an article: the annotation to look at, else the words.
pub type Place = (ArticleId, Option<Id>, Vec<Quote>);

impl CorpusView {
    /// The place of the quote that is looked at; none where nothing is.
    pub fn place(&self, work: &Workspace) -> Option<Place> {
        let own = self.whose(work) == work.annotator();
        if self.pane == Pane::Concordance {
            let (article, id, quotes) = self.concordance.place()?;
            return Some((article, id.filter(|_| own), quotes));
        }
        let at = if self.pane == Pane::Claims && !self.claims.overview { self.claims.quote() } else { self.quote };
        let quote = self.evidence.passages().nth(at)?;
        let text = self.texts.get(work, &quote.article);
        Some((quote.article.clone(), quote.id.filter(|_| own), quote.quotes(text)))
    }

    /// The row and the column that are looked at in the pane.
    pub fn at(&self) -> (usize, Option<usize>) {
        match self.pane {
            Pane::Trips => self.trips.at(),
            Pane::Timeline => (self.timeline.at(), None),
            Pane::Claims => (self.claims.at(), None),
            Pane::Register => (self.register.at(), None),
            Pane::Concordance => (self.concordance.at(), None),
            Pane::Map => (self.map.at(), None),
        }
    }

    /// The name of what is looked at, the same in every pane.
    pub fn looked_at(&self) -> String {
        self.key().map_or_else(String::new, |key| format!("{key:?}"))
    }

    /// Pairs of claims that were judged, and all.
    pub fn judged(&self) -> (usize, usize) {
        self.claims.progress()
    }

    /// The table of the pane as tab-separated text.
    pub fn table(&self) -> String {
        match self.pane {
            Pane::Trips => self.trips.table(),
            Pane::Timeline => self.timeline.table(),
            Pane::Claims => self.index.as_ref().map_or_else(String::new, |index| self.claims.table(index)),
            Pane::Register => self.register.table(),
            Pane::Concordance => self.concordance.table(),
            Pane::Map => self.map.table(),
        }
    }
}

impl CorpusView {
    /// The long work that a command asks for; a sentence where it cannot be done, none where it is not such work.
    pub fn long_work(&mut self, work: &Workspace, command: &CorpusCommand) -> Option<Result<LongWork, String>> {
        let index = self.index.clone()?;
        let mut locked = self.locked(work);
        let made = match command {
            CorpusCommand::Concordance(command) => {
                // Places are labelled in one's own sets: a label in gold is a decision, which Review makes.
                let own = self.whose(work) == work.annotator();
                locked = locked.or_else(|| (!own).then(|| t!("corpus-of-others", name = self.whose(work))));
                super::concordance::long_work(&mut self.concordance, &index, command)?
            }
            CorpusCommand::Trips(command) => super::trips::long_work(&mut self.trips, &index, command)?,
            CorpusCommand::Register(command) => super::register::long_work(&mut self.register, &index, command)?,
            CorpusCommand::Map(command) => super::map::long_work(&self.map, &index, command)?,
            _ => return None,
        };
        Some(locked.map_or(made, Err))
    }
}
