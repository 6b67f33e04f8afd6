//! View state of the walk through a model's errors, and how it keeps up with the data.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use eframe::egui;

use crate::figures::{
    ArticlesOf, Deviation, DeviationKind, DeviationRequest, Predicted, ScoredArticles, ZoneText, project_deviations,
};
use crate::lang::{InWords, Message};
use crate::model::{ArticleId, Name, Pattern, SetKind, Slot};
use crate::t;
use crate::ui::commands::ErrorFilter;
use crate::ui::reader::{Track, Tracks};
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::widgets::theme::{Look, Theme};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::article_view::Beside;
use crate::ui::workspace::deviation_walk::DeviationWalk;
use crate::ui::workspace::places::Places;
use crate::ui::workspace::said_marks;

/// View state of the walk.
#[derive(Default)]
pub struct Errors {
    /// Gold, where it is not the one of the project.
    gold: Option<Name>,
    /// The set whose errors are wanted; none until one is chosen or known.
    whose: Option<Name>,
    /// The errors that are listed.
    pub filter: ErrorFilter,
    /// The choice whether text in zones of gold counts.
    pub(super) zones: ZoneText,
    pub(super) found: Option<Found>,
    running: Option<Job<Result<Option<Found>, String>>>,
    /// The state of the data and the sets that it was last begun for: each is looked at once, whatever came of it.
    begun: Option<Stamp>,
    pub(super) walk: DeviationWalk,
    /// The number of errors of each kind that are listed where no kind is left out.
    pub(super) counts: HashMap<DeviationKind, usize>,
    /// True where the error that is looked at is still to be brought into view.
    unseen: bool,
    /// True where its row is brought into view in this frame.
    pub(super) fresh: bool,
    /// The article that was open last, and the places of listed errors in it.
    places: (Option<ArticleId>, Places),
    tracks: Tracks,
    /// The state that the tracks show.
    tracked: Option<Tracked>,
}

/// The state of the data, gold, whose errors, and the choice whether text in zones counts.
type Stamp = (u64, Name, Option<Name>, ZoneText);

/// The error that is shown as rows under the words, the state of the data, the look, and the language.
type Tracked = (Arc<Deviation>, u64, Look, String);

/// The outcome of looking.
pub(super) struct Found {
    /// Everyone who has sets.
    pub makers: Vec<Name>,
    /// The set whose errors they are; none where no model has one.
    pub whose: Option<Name>,
    pub all: Vec<Arc<Deviation>>,
    pub articles: ScoredArticles,
    /// The parts that were not predicted anywhere, and so are no errors.
    pub not_predicted: Vec<Message>,
    pub unread: Vec<Message>,
}

impl Errors {
    /// True where errors are being looked for.
    pub fn busy(&self) -> bool {
        self.running.is_some()
    }

    /// The number of articles that are looked at, and of all, while errors are being looked for.
    pub(super) fn progress(&self) -> Option<(u64, u64)> {
        self.running.as_ref().map(Job::counts)
    }

    /// The errors that are listed, and the one that is looked at.
    pub fn walk(&self) -> &DeviationWalk {
        &self.walk
    }

    /// The set whose errors are shown.
    pub fn whose(&self) -> Option<&Name> {
        self.whose.as_ref().or(self.found.as_ref()?.whose.as_ref())
    }

    /// The set that is taken for right.
    pub fn gold<'a>(&'a self, work: &'a Workspace) -> &'a Name {
        self.gold.as_ref().unwrap_or(&work.session.corpus().project.gold)
    }

    /// Takes another set, with gold where it is named, and lists its errors that a filter lets through.
    pub(super) fn take(&mut self, (gold, whose): (Option<Name>, Name), zones: ZoneText, filter: ErrorFilter) {
        let before = (self.gold.clone(), self.whose().cloned(), self.zones);
        self.gold = gold.or(self.gold.take());
        self.whose = Some(whose);
        self.zones = zones;
        if before != (self.gold.clone(), self.whose.clone(), zones) {
            // Nobody's errors are shown as somebody else's.
            (self.found, self.begun, self.running) = (None, None, None);
        }
        self.filter = filter;
        self.list(None);
    }

    /// Stops looking; what was found before stays.
    pub(super) fn stop(&mut self) {
        self.running = None;
    }

    /// Looks at another error.
    pub(super) fn look(&mut self, change: impl FnOnce(&mut DeviationWalk)) {
        change(&mut self.walk);
        self.unseen = true;
    }

    /// Brings the row of the error that is looked at into view again; where nothing was found yet, it is looked for again.
    pub fn come_back(&mut self) {
        self.unseen = true;
        if self.found.is_none() && !self.busy() {
            self.begun = None;
        }
    }

    /// Lists the errors that are wanted, from the one on that was looked at; else from the first of the open article on.
    pub(super) fn list(&mut self, open: Option<&ArticleId>) {
        let before = self.walk.current().cloned();
        let all = self.found.as_ref().map_or(&[][..], |found| &found.all);
        let wanted: Vec<Arc<Deviation>> = all.iter().filter(|error| self.filter.takes(error)).cloned().collect();
        self.counts.clear();
        for error in &wanted {
            *self.counts.entry(error.kind).or_default() += 1;
        }
        let mut listed = wanted;
        listed.retain(|error| self.filter.takes_kind(error.kind));
        let same = |one: &Arc<Deviation>, other: &Arc<Deviation>| {
            (&one.article, one.records, &one.slot) == (&other.article, other.records, &other.slot)
        };
        let at = before.and_then(|before| listed.iter().position(|error| same(error, &before)));
        let here = || listed.iter().position(|error| Some(&error.article) == open);
        let at = at.or_else(here).unwrap_or(0);
        self.walk = DeviationWalk::new(listed, at);
        self.places = Default::default();
        self.unseen = true;
    }

    /// Keeps up with the data and the worker.
    ///
    /// # Errors
    /// One sentence, where the project cannot be read.
    pub fn follow(&mut self, ctx: &egui::Context, jobs: &Jobs, work: &mut Workspace) -> Result<(), String> {
        let open = work.open.as_ref().map(|open| open.id.clone());
        let mut failed = Ok(());
        if self.busy() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
        match Job::over(&mut self.running) {
            Some(Some(Ok(Some(found)))) => {
                self.found = Some(found);
                self.list(open.as_ref());
            }
            Some(Some(Err(why))) => failed = Err(why),
            Some(Some(Ok(None)) | None) | None => {}
        }
        let stamp = (work.changes, self.gold(work).clone(), self.whose.clone(), self.zones);
        if self.begun.as_ref() != Some(&stamp) {
            self.start(jobs, work, stamp);
        }
        let gold = self.gold(work).clone();
        let beside = self.whose().cloned().into_iter().collect();
        work.edit_set(jobs, Some(gold), beside);
        self.bring(jobs, work);
        failed
    }

    /// Begins to look for errors.
    fn start(&mut self, jobs: &Jobs, work: &Workspace, stamp: Stamp) {
        let snapshot = work.session.snapshot();
        let (_, gold, whose, zones) = stamp.clone();
        self.begun = Some(stamp);
        let job = jobs.start(t!("errors-job"), move |ticket| {
            let makers = snapshot.makers();
            let project = &snapshot.corpus().project;
            let model = || makers.iter().find(|name| project.kind(name) == SetKind::Model && **name != gold).cloned();
            let whose = whose.or_else(model);
            let articles = ScoredArticles { gold: 0, predicted: 0, scored: 0 };
            let mut found = Found {
                whose: whose.clone(),
                makers,
                all: Vec::new(),
                articles,
                not_predicted: Vec::new(),
                unread: Vec::new(),
            };
            let Some(whose) = whose else { return Ok(Some(found)) };
            let scan = snapshot.scan().map_err(|error| error.told())?;
            let request = DeviationRequest { gold, whose, articles_of: ArticlesOf::Gold, zones };
            let mut progress = |done: usize, total: usize| ticket.progress(done as u64, total as u64);
            // Stopping keeps what was found before.
            let Some(it) = project_deviations(&scan, &request, &mut progress) else { return Ok(None) };
            let mut deviations = it.found;
            found.not_predicted = deviations.not_predicted().map(Predicted::message).collect();
            deviations.keep_errors();
            found.all = deviations.all.into_iter().map(Arc::new).collect();
            (found.articles, found.unread) = (it.articles, it.unread);
            Ok(Some(found))
        });
        self.running = Some(job);
    }

    /// Brings the error that is looked at into view: its article first.
    fn bring(&mut self, jobs: &Jobs, work: &mut Workspace) {
        self.fresh = false;
        let Some(error) = self.walk.current().filter(|_| self.unseen && !work.is_loading()) else { return };
        if work.open.as_ref().is_none_or(|open| open.id != error.article) {
            let article = error.article.clone();
            work.show(jobs, &article, None);
            return;
        }
        if let (Some(open), Some(place)) = (&mut work.open, error.place) {
            open.reader.set_caret(place.start);
            open.reader.reveal(place);
        }
        (self.unseen, self.fresh) = (false, true);
    }

    /// Makes the rows under the words, and the places of the open article's errors.
    pub(super) fn show(&mut self, work: &Workspace, theme: &Theme, language: &str) {
        let Some(open) = &work.open else { return };
        if self.places.0.as_ref() != Some(&open.id) {
            let errors = self.walk.list().iter().enumerate().filter(|(_, error)| error.article == open.id);
            let places = Places::of(errors.filter_map(|(at, error)| Some((error.place?, at))));
            self.places = (Some(open.id.clone()), places);
        }
        let error = self.walk.current().filter(|error| error.article == open.id && !work.is_loading());
        let now = error.map(|error| (error.clone(), work.revision, theme.look, language.to_owned()));
        if self.tracked != now {
            let tracks = error.map_or(Vec::new(), |error| self.tracks_of(work, error, theme, language));
            self.tracks = Tracks { revision: self.tracks.revision + 1, tracks };
            self.tracked = now;
        }
    }

    /// Gold and prediction, a row each.
    fn tracks_of(&self, work: &Workspace, error: &Deviation, theme: &Theme, language: &str) -> Vec<Track> {
        let corpus = work.session.corpus();
        let looks = [(Pattern::Thick, theme.gold), (Pattern::Dashed, theme.people[1 % theme.people.len()])];
        let names = [Some(self.gold(work)), self.whose()];
        let track = |side: usize| {
            let (name, (pattern, color)) = (names[side]?, looks[side]);
            let record = corpus.annotation(&error.article, name, error.records[side]?)?;
            let slot = if error.records.contains(&None) { &Slot::Presence } else { &error.slot };
            let short: String = name.chars().take(1).collect();
            let marks = said_marks::of(corpus, &error.article, (name, record), slot, (name, &short), language);
            (!marks.is_empty()).then_some(Track { pattern, color, marks })
        };
        [0, 1].into_iter().filter_map(track).collect()
    }

    /// The tracks drawn beside the annotations of gold.
    pub(super) fn beside(&self, work: &Workspace) -> Beside<'_> {
        let here = |error: &&Arc<Deviation>| work.open.as_ref().is_some_and(|open| open.id == error.article);
        let place = self.walk.current().filter(here).and_then(|error| error.place);
        let current = place.and_then(|place| self.places.1.position(place));
        Beside { tracks: Some(&self.tracks), places: self.places.1.spans(), current, quiet: true, ..Beside::default() }
    }

    /// The error at a place of the open article; of several the one after that which is looked at.
    pub(super) fn at_place(&self, byte: u32) -> Option<usize> {
        self.places.1.clicked(byte, self.walk.at())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Access, Session, atomic, sample};

    /// The sample project, with the errors of one of its annotators as the other sees them.
    fn sample() -> (tempfile::TempDir, Workspace, Errors) {
        let home = tempfile::tempdir().unwrap();
        sample::unpack_into(&home.path().join("p")).unwrap();
        let session = Session::open(&home.path().join("p"), &"a".into(), Access::Read).unwrap();
        let mut errors = Errors::default();
        errors.take((Some("a".into()), "b".into()), ZoneText::Counts, ErrorFilter::default());
        (home, Workspace::new(session), errors)
    }

    /// Keeps up for a while, and until nothing goes on; gives what it says.
    fn keep_up(errors: &mut Errors, work: &mut Workspace) -> Vec<String> {
        let (ctx, jobs) = (egui::Context::default(), Jobs::new(|| {}).0);
        let mut told = Vec::new();
        let mut frames = 0;
        while frames < 20 || errors.busy() {
            told.extend(errors.follow(&ctx, &jobs, work).err());
            frames += 1;
            std::thread::park_timeout(Duration::from_millis(2));
            assert!(frames < 10_000 && told.len() < 100, "it has no end: {told:?}");
        }
        told
    }

    #[test]
    fn who_stops_looking_keeps_what_was_found() {
        let (_home, mut work, mut errors) = sample();
        assert_eq!(keep_up(&mut errors, &mut work), [""; 0]);
        let found = errors.walk.len();
        assert!(found > 10, "{found}");
        work.changes += 1;
        errors.follow(&egui::Context::default(), &Jobs::new(|| {}).0, &mut work).unwrap();
        assert!(errors.busy());
        errors.stop();
        assert!(!errors.busy());
        errors.follow(&egui::Context::default(), &Jobs::new(|| {}).0, &mut work).unwrap();
        assert!(!errors.busy(), "it is not looked for again");
        assert_eq!(errors.walk.len(), found);
        // The next change has it looked for.
        work.changes += 1;
        errors.follow(&egui::Context::default(), &Jobs::new(|| {}).0, &mut work).unwrap();
        assert!(errors.busy());
    }

    #[test]
    fn a_search_that_fails_is_told_once_and_begun_again_by_who_comes_back() {
        let (home, mut work, mut errors) = sample();
        let project = home.path().join("p");
        atomic::write(&project.join("project.ron"), b"<<<<<<< HEAD").unwrap();
        assert_eq!(keep_up(&mut errors, &mut work).len(), 1);
        sample::unpack_into(&project).unwrap();
        assert_eq!((keep_up(&mut errors, &mut work).len(), errors.walk.len()), (0, 0));
        errors.come_back();
        assert_eq!(keep_up(&mut errors, &mut work).len(), 0);
        assert!(errors.walk.len() > 10);
        // Gold by its name is the gold that it was.
        errors.take((Some("gold".into()), "b".into()), ZoneText::Counts, ErrorFilter::default());
        keep_up(&mut errors, &mut work);
        let to_gold = errors.walk.len();
        errors.gold = None;
        keep_up(&mut errors, &mut work);
        errors.take((Some("gold".into()), "b".into()), ZoneText::Counts, ErrorFilter::default());
        keep_up(&mut errors, &mut work);
        assert_eq!((errors.walk.len(), errors.found.is_some()), (to_gold, true));
    }
}
