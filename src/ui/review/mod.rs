//! The Review view: where annotators differ, case by case, down to a gold set.
//!
//! The review itself is [`crate::review::Review`], opened anew whenever the data has changed; nothing but annotators' sets
//! and decisions says what is open. Here is what one looks at: [`setup`] who is compared, [`queue`] which cases, [`case_counts`]
//! how many in every article, [`readings`] those under the words; [`list`] and [`table`] paint the left and the right
//! side, [`act`] does what is asked.

mod act;
mod case_counts;
mod identity;
mod list;
mod premerge;
mod queue;
mod readings;
mod setup;
mod table;

use std::sync::Arc;

use eframe::egui;

use self::case_counts::{CaseCount, CaseCounts, ReviewConfig};
use self::queue::{CaseKey, Item};
use self::setup::Setup;
use crate::edit::Transaction;
use crate::model::{AnnotationSet, ArticleId, Corpus, Decision, Name, Project};
use crate::review::{Case, Order, Review};
use crate::t;
use crate::text::Span;
use crate::ui::annotate::{self, Beside};
use crate::ui::commands::view::View;
use crate::ui::commands::{Command, KeyContext};
use crate::ui::comments;
use crate::ui::reader::{self, Tracks};
use crate::ui::shell::app::App;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

pub use act::{allowed, perform};
pub use identity::{Asked, Identities};
pub use premerge::PremergeDialog;
pub use queue::CaseFilter;
pub use setup::SetupDialog;

/// View state of reviewing.
pub struct Reviewing {
    /// Who is compared.
    pub setup: Setup,
    /// Which cases are listed.
    pub filter: CaseFilter,
    /// How they are queued.
    pub order: Order,
    /// Why the next decision is made, as a reason tag.
    pub reason: String,
    /// What the guideline lacks, where that is the cause.
    pub gap: String,
    /// What is chosen for the current case and not decided yet.
    pick: Option<Pick>,
    editing: Option<Editing>,
    /// Everybody who has sets.
    known: Option<Vec<Name>>,
    /// Whether somebody else may have sets by now.
    unknown: bool,
    finding: Option<Job<Vec<Name>>>,
    sheet: Option<Sheet>,
    opening: Option<(Stamp, Job<Option<Review>>)>,
    case_counts: CaseCounts,
    merging: Option<premerge::Merging>,
    /// The case that is looked at, as it is found again after every change.
    spot: Option<CaseKey>,
    /// Counts up with every change of what is compared or listed.
    generation: u64,
    /// A decision that was made or taken back elsewhere: its case is to be looked at.
    seek: Option<Arc<Decision>>,
    /// Whether the case that is looked at is still to be brought into view.
    unseen: bool,
    /// Whether it is brought into view in this frame.
    fresh: bool,
    tracks: Tracks,
    /// What `tracks` shows: the stamp, the case, and whether on dark.
    tracked: Option<(Stamp, usize, bool)>,
}

/// What an adjudicator points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    /// The reading of the annotator of this index in the review.
    Adopt(usize),
    /// None.
    Nothing,
}

/// The adjudicated set is being marked.
struct Editing {
    /// What will be decided when it is done; none where there was no case.
    spot: Option<CaseKey>,
    /// What was put there to begin with.
    drafted: Option<Arc<Transaction>>,
}

/// What a sheet was made of: the article, the state of the data, and what is compared.
type Stamp = (ArticleId, u64, u64);

/// The open article, compared.
struct Sheet {
    of: Stamp,
    review: Review,
    items: Vec<Item>,
    /// Places of the queue's open cases, sorted, each with its item.
    places: Vec<(Span, usize)>,
    /// The same places, each once.
    spans: Vec<Span>,
    /// Index of the item that is looked at.
    at: Option<usize>,
    count: CaseCount,
}

/// Annotations that are compared within a frame; more are left to a worker.
const AT_ONCE: usize = 2_000;

impl Default for Reviewing {
    fn default() -> Self {
        Self {
            setup: Setup::default(),
            filter: CaseFilter::default(),
            order: Order::Agreement,
            reason: String::new(),
            gap: String::new(),
            pick: None,
            editing: None,
            known: None,
            unknown: true,
            finding: None,
            sheet: None,
            opening: None,
            case_counts: CaseCounts::default(),
            merging: None,
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
        Self { setup: Setup::of(project), ..Self::default() }
    }

    /// What the keys are for.
    pub fn key_context(&self) -> KeyContext {
        if self.editing.is_some() { KeyContext::Editing } else { KeyContext::Queue }
    }

    /// Whether something is being compared that the person waits for.
    pub fn busy(&self) -> bool {
        self.finding.is_some() || self.opening.is_some() || self.merging.is_some()
    }

    /// The review of the open article, where it is there.
    pub fn review(&self) -> Option<&Review> {
        self.sheet.as_ref().map(|sheet| &sheet.review)
    }

    /// How many cases are listed and which is looked at; both none where nothing is open.
    pub fn queue(&self) -> (usize, Option<usize>) {
        self.sheet.as_ref().map_or((0, None), |sheet| (sheet.items.len(), sheet.at))
    }

    /// The case that is looked at.
    pub fn case(&self) -> Option<Case> {
        self.current().map(|(_, item)| item.case)
    }

    /// How many cases wait in all articles that are counted by now.
    pub fn waiting(&self) -> usize {
        self.case_counts.counts().map(|(_, count)| count.open).sum()
    }

    fn names(&self) -> Vec<Name> {
        self.known.as_ref().map_or(Vec::new(), |known| self.setup.names(known))
    }

    /// What is compared, for this person.
    pub fn config(&self, by: &Name) -> ReviewConfig {
        let Setup { strategy, gold, .. } = self.setup.clone();
        ReviewConfig { names: self.names(), gold, strategy, by: by.clone() }
    }

    /// The case that is looked at.
    fn current(&self) -> Option<(&Sheet, &Item)> {
        let sheet = self.sheet.as_ref()?;
        Some((sheet, sheet.items.get(sheet.at?)?))
    }

    /// Looks at another case.
    fn go(&mut self, at: usize) {
        let Some(sheet) = &mut self.sheet else { return };
        let Some(item) = sheet.items.get(at) else { return };
        let spot = CaseKey::of(&sheet.review, &item.case);
        if self.spot.as_ref() != Some(&spot) {
            (self.pick, self.reason, self.gap) = (None, String::new(), String::new());
        }
        (self.spot, self.unseen, sheet.at) = (Some(spot), true, Some(at));
    }

    /// Another case is to be looked at once the review is opened anew.
    fn aim(&mut self, spot: Option<CaseKey>) {
        (self.pick, self.reason, self.gap) = (None, String::new(), String::new());
        (self.spot, self.unseen) = (spot, true);
    }

    /// Changes what is compared or listed.
    fn change(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        self.generation += 1;
    }

    /// Keeps the review up with the data: called in every frame in which it is shown, and before what depends on it.
    pub fn follow(&mut self, ctx: &egui::Context, work: &mut Workspace) {
        self.find(ctx, work);
        if self.known.is_none() {
            return;
        }
        let config = self.config(work.annotator());
        work.edit_set(ctx, Some(config.gold.clone()), config.names.clone());
        self.reopen(ctx, work, &config);
        if self.sheet.is_some() {
            // By now the referents of all are loaded.
            self.case_counts.follow(ctx, &config, &work.session);
        }
    }

    /// Learns who has sets: at first, and again whenever the view is come back to.
    fn find(&mut self, ctx: &egui::Context, work: &Workspace) {
        if std::mem::take(&mut self.unknown) {
            let loader = work.session.loader();
            self.finding = Some(Jobs::of(ctx).start(t!("job-reviewers"), move |_| loader.makers()));
        }
        let Some(job) = &self.finding else { return };
        let known = match job.poll() {
            Outcome::Running => return,
            Outcome::Done(known) => known,
            Outcome::Broken => Vec::new(),
        };
        self.finding = None;
        if self.known.as_ref() != Some(&known) {
            self.change(|it| it.known = Some(known));
        }
    }

    fn reopen(&mut self, ctx: &egui::Context, work: &Workspace, config: &ReviewConfig) {
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
        let mut source = case_counts::Source::new(&work.session, Vec::new());
        let Some(article) = corpus.article(&key.0).cloned() else { return };
        let config = config.clone();
        let job = Jobs::of(ctx).start(t!("queue-comparing"), move |_| {
            let everybody = config.everybody();
            source.read(&article, &everybody).map(|(corpus, _)| config.review(corpus, &article.id, None))
        });
        self.opening = Some((stamp, job));
    }

    /// Takes a review that was just opened, and finds the case again that was looked at.
    fn place(&mut self, corpus: &Corpus, of: Stamp, review: Review, config: &ReviewConfig) {
        let items = queue::items(&review, corpus, &self.filter, self.order);
        let mut places: Vec<(Span, usize)> = Vec::new();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.open) {
            places.extend(queue::place(&review, corpus, item.case.unit).map(|span| (span, at)));
        }
        places.sort_unstable_by_key(|&(span, at)| (span.start, span.end, at));
        let mut spans: Vec<Span> = places.iter().map(|(span, _)| *span).collect();
        spans.dedup();
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
            // What was pointed at says something else by now.
            self.pick = None;
        }
        let open = || items.iter().position(|item| item.open).or((!items.is_empty()).then_some(0));
        let at = found.or_else(|| before.filter(|_| !items.is_empty()).map(|at| at.min(items.len() - 1))).or_else(open);
        self.sheet = Some(Sheet { of, review, items, places, spans, at: None, count });
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
    fn show(&mut self, work: &mut Workspace, theme: &Theme, language: &str) {
        let names = self.names();
        self.fresh = false;
        let Some(sheet) = &self.sheet else { return };
        let corpus = work.session.corpus();
        let item = sheet.at.and_then(|at| sheet.items.get(at));
        let now = sheet.at.map(|at| (sheet.of.clone(), at, theme.dark));
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

/// Shows what stands left and right of the text.
pub fn panels(ui: &mut egui::Ui, app: &mut App, theme: &Theme, commands: &mut Vec<Command>) {
    let focus_filter = std::mem::take(&mut app.focus_filter);
    let ctx = ui.ctx().clone();
    let width = ctx.content_rect().width();
    let Some(work) = &mut app.work else { return };
    app.reviewing.follow(&ctx, work);
    if let Some(merged) = app.reviewing.poll_merging(work) {
        match merged {
            Ok(said) => app.say(said),
            Err(error) => app.fail(error),
        }
        ctx.request_repaint();
    }
    let Some(work) = &mut app.work else { return };
    let language = app.settings.language.clone();
    app.reviewing.show(work, theme, &language);
    let list = app.articles_shown.unwrap_or(width >= crate::ui::shell::app::NARROW);
    if list || focus_filter {
        let panel = egui::Panel::left(("queue", width as u32 / 200)).default_size((width * 0.22).clamp(150.0, 300.0));
        panel.size_range(130.0..=(width * 0.4).max(140.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            list::ui(ui, &app.reviewing, work, theme, focus_filter, commands);
        });
    }
    if app.card_shown.unwrap_or(true) {
        let panel = egui::Panel::right(("slots", width as u32 / 200)).default_size((width * 0.33).clamp(236.0, 460.0));
        panel.size_range(220.0..=(width * 0.5).max(240.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            match app.reviewing.editing {
                Some(_) => {
                    table::editing(ui, theme, commands);
                    commands.extend(crate::ui::annotate::card_ui::ui(ui, work, theme, &language));
                }
                None => table::ui(ui, &app.reviewing, work, theme, &language, commands),
            }
        });
    }
}

/// Shows the open article with what its annotators say.
pub fn page(ui: &mut egui::Ui, app: &mut App, theme: &Theme) -> Vec<Result<Command, String>> {
    let Some(work) = &mut app.work else { return Vec::new() };
    let reviewing = &app.reviewing;
    let sheet = reviewing.sheet.as_ref().filter(|sheet| work.open.as_ref().is_some_and(|open| open.id == sheet.of.0));
    let corpus = work.session.corpus();
    let current = sheet.and_then(|sheet| {
        let unit = sheet.items.get(sheet.at?)?.case.unit;
        let place = queue::place(&sheet.review, corpus, unit)?;
        sheet.spans.iter().position(|span| *span == place)
    });
    let beside = Beside {
        tracks: Some(&reviewing.tracks),
        places: sheet.map_or(&[], |sheet| &sheet.spans),
        current,
        quiet: reviewing.editing.is_none(),
    };
    if reviewing.editing.is_some() {
        return annotate::page(ui, work, theme, &app.settings, app.overlay.as_ref(), &beside);
    }
    let events = annotate::show(ui, work, theme, &app.settings, app.overlay.as_ref(), &beside);
    let clicked = events.into_iter().filter_map(|event| match event {
        reader::Event::Clicked { byte, .. } => {
            // Clicking again goes through all cases of a place.
            let sheet = sheet?;
            let mut here: Vec<&(Span, usize)> = sheet.places.iter().filter(|(span, _)| span.holds(byte)).collect();
            here.sort_by_key(|(span, at)| (span.len(), *at));
            let first = here.first()?.1;
            let next = here.iter().skip_while(|(_, at)| Some(*at) != sheet.at).nth(1).map(|(_, at)| *at);
            Some(Ok(Command::GoToCase(next.unwrap_or(first))))
        }
        reader::Event::Context { .. } => Some(Ok(Command::Palette)),
        reader::Event::Caret | reader::Event::Selected(_) => None,
    });
    let clicked: Vec<_> = clicked.collect();
    let mark = comments::marks(ui, work, true, theme);
    clicked.into_iter().chain(mark.map(Ok)).collect()
}

/// What the keys do now.
pub fn hint(app: &App) -> String {
    let reviewing = &app.reviewing;
    if reviewing.editing.is_some() {
        return t!("hint-editing").into();
    }
    match reviewing.current() {
        Some(_) if reviewing.pick.is_some() => t!("hint-picked").into(),
        Some(_) => t!("hint-case").into(),
        None => t!("hint-no-case").into(),
    }
}

impl App {
    /// Shows another side of the work.
    pub(in crate::ui) fn show_view(&mut self, ctx: &egui::Context, view: View) {
        if self.reviewing.editing.is_some() {
            act::stop_editing(self, ctx);
        }
        self.view = view;
        let Some(work) = &mut self.work else { return };
        match view {
            View::Annotate => {
                let beside = work.shown_beside().into_iter().collect();
                work.edit_set(ctx, None, beside);
            }
            View::Review => {
                (self.reviewing.unseen, self.reviewing.unknown) = (true, true);
                self.reviewing.follow(ctx, work);
            }
            View::Dashboard => {}
        }
    }

    /// Compares others from now on, in this project.
    pub(in crate::ui) fn compare(&mut self, setup: Setup) {
        if let Some(work) = &mut self.work {
            work.session.change_project_soon(|project| setup.change(project));
            self.dashboard.again();
        }
        self.reviewing.change(|it| it.setup = setup);
    }

    /// What the keys are for at the moment.
    pub(in crate::ui) fn key_context(&self) -> KeyContext {
        match self.view {
            View::Annotate => KeyContext::Annotate,
            View::Review => self.reviewing.key_context(),
            View::Dashboard => KeyContext::Looking,
        }
    }
}
