//! The window as a whole: what is open, what stands over it, and one frame of it.

use crate::lang::{InWords, Language, Message};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Receiver;

use eframe::egui;

use crate::edit::Transaction;
use crate::model::ArticleId;
use crate::store::settings::Settings;
use crate::store::{Access, Event, OpenError, Release, Session, Way, folder_name};
use crate::t;
use crate::ui::commands::{Direction, KeyContext, Menu, View, keymap};
use crate::ui::corpus::CorpusView;
use crate::ui::dashboard::Dashboard;
use crate::ui::errors::Errors;
use crate::ui::exchange::Exporting;
use crate::ui::exchange::new_project::NewProjectDialog;
use crate::ui::review::Reviewing;
use crate::ui::schema::SchemaDraft;
use crate::ui::shell::first_mark::FirstMark;
use crate::ui::shell::left_behind::LeftBehind;
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::remembered::Remembered;
use crate::ui::shell::under_way::UnderWay;
use crate::ui::widgets::expanded::Expanded;
use crate::ui::widgets::fonts;
use crate::ui::widgets::input_order::InputOrder;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::widgets::notice::{Notice, Notices};
use crate::ui::widgets::theme::{Look, Theme};
use crate::ui::workspace::article_order::Arrangement;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::{Unread, Workspace};

/// The program's window.
pub struct App {
    /// The open project.
    pub work: Option<Workspace>,
    /// The side of the work that is shown.
    pub view: View,
    /// The state of the review.
    pub reviewing: Reviewing,
    /// The state of the dashboard.
    pub dashboard: Dashboard,
    /// View state of the tables over all articles.
    pub corpus: CorpusView,
    /// View state of the walk through a model's errors.
    pub errors: Errors,
    /// View state of the schema's form.
    pub schema: SchemaDraft,
    /// The dialog over the window.
    pub overlay: Option<Overlay>,
    /// The settings that the program remembers about this person.
    pub settings: Settings,
    pub(super) remembered: Remembered,
    pub(super) opening: Option<Opening>,
    /// Told once the projects that others have replaced are let go of.
    pub(super) letting_go: Vec<Release>,
    /// A project that is being made, to be opened then.
    pub(super) making: Option<Making>,
    /// Articles that a project which was just made is to begin with.
    pub(super) begin_with: Option<(PathBuf, Vec<PathBuf>)>,
    pub(in crate::ui) under_way: Option<UnderWay>,
    /// A project to open as soon as the annotator's name is known.
    pub(super) waiting: Option<(PathBuf, Access)>,
    pub(in crate::ui) jobs: Jobs,
    /// Sentences about jobs that broke off.
    broken: Receiver<String>,
    pub(in crate::ui) notices: Notices,
    pub(in crate::ui) focus_filter: bool,
    /// True where the list of articles and the details are shown; unsaid, the width of the window decides.
    pub(in crate::ui) articles_shown: Option<bool>,
    pub(in crate::ui) card_shown: Option<bool>,
    /// The colours that are shown.
    pub(in crate::ui) theme: &'static Theme,
    pub(super) applied: Option<(Look, bool)>,
    /// True where the letters of articles are still to be drawn for the first time.
    pub(super) cold: bool,
    /// True where the person waits to be told that everything is written.
    pub(super) awaited: bool,
    /// An export that was asked for.
    pub(super) exporting: Exporting,
    /// True where the window closes without another question.
    pub(in crate::ui) leaving: bool,
    /// True where the person leaves without what could not be saved.
    pub(in crate::ui) given_up: bool,
    /// True where files are gone that the person was not asked about yet.
    pub(in crate::ui) gone: bool,
    /// A key that an overlay answered, whose character is still to come and is nobody's.
    pub(super) swallowed: Option<egui::Key>,
    /// The mark that somebody without a name was about to make.
    pub(super) first_mark: Option<FirstMark>,
    /// The menu that a key opens in this frame.
    pub(super) menu_wanted: Option<Menu>,
    pub(in crate::ui) left_behind: LeftBehind,
    /// The project in which the person is still to be taken to where they were.
    pub(super) coming_back: Option<PathBuf>,
    /// The title that the window was given last.
    pub(super) titled: String,
}

/// Below this width in points the list of articles is shown only where it is asked for.
pub(in crate::ui) const NARROW: f32 = 780.0;

/// The language of label titles that goes with a language of the window.
pub(in crate::ui) fn label_language(spoken: Language) -> &'static str {
    match spoken {
        Language::English | Language::Indonesian => spoken.code(),
        // It is English in longer words, and no schema has titles in it.
        Language::Pseudo => Language::English.code(),
    }
}

/// The state of the features that have a view of their own.
pub(in crate::ui) struct Features<'a> {
    pub reviewing: &'a mut Reviewing,
    pub dashboard: &'a mut Dashboard,
    pub corpus: &'a mut CorpusView,
    pub errors: &'a mut Errors,
    pub schema: &'a mut SchemaDraft,
}

/// A project that is being opened.
pub(super) struct Opening {
    pub dir: PathBuf,
    pub access: Access,
    /// True once it is known to be the folder of the project that is open.
    pub same: Arc<AtomicBool>,
    /// It gives none where it was stopped.
    pub job: Job<Result<Option<Session>, OpenError>>,
    /// The project that is wanted in its place by now.
    pub next: Option<(PathBuf, Access)>,
}

/// A project that is being made.
pub(super) struct Making {
    pub dir: PathBuf,
    /// Articles that it is to begin with.
    pub articles: Vec<PathBuf>,
    /// It gives a sentence where it failed.
    pub job: Job<Result<(), String>>,
}

impl App {
    /// A window with nothing open; settings are kept in `settings_folder`, or nowhere.
    pub fn new(ctx: &egui::Context, settings_folder: Option<PathBuf>) -> Self {
        let read = settings_folder.as_deref().map_or_else(|| Ok(Settings::default()), Settings::load);
        Self::with_settings(ctx, settings_folder, read)
    }

    /// A window with nothing open, and settings as they were read from their folder, or why they could not be.
    pub(in crate::ui) fn with_settings(
        ctx: &egui::Context,
        settings_folder: Option<PathBuf>,
        read: Result<Settings, Message>,
    ) -> Self {
        fonts::install(ctx);
        InputOrder::install(ctx);
        ctx.add_plugin(Expanded);
        let (jobs, broken) = Jobs::of(ctx);
        // Zoom is a command of ours, so that it is remembered.
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            // One for the click, one for what it opened, which egui measures first, and one for what is shown.
            options.max_passes = const { NonZeroUsize::new(3).expect("three is not zero") };
        });
        let (settings, unreadable) = match read {
            Ok(settings) => (settings, None),
            Err(why) => (Settings::default(), Some(why)),
        };
        keymap::take(keymap::of_settings(&settings.keys));
        let mut app = Self {
            work: None,
            view: View::Annotate,
            reviewing: Reviewing::default(),
            dashboard: Dashboard::default(),
            corpus: CorpusView::default(),
            errors: Errors::default(),
            schema: SchemaDraft::default(),
            overlay: None,
            remembered: Remembered::new(settings_folder, &settings),
            settings,
            opening: None,
            letting_go: Vec::new(),
            making: None,
            begin_with: None,
            under_way: None,
            waiting: None,
            jobs,
            broken,
            notices: Notices::default(),
            focus_filter: false,
            articles_shown: None,
            card_shown: None,
            theme: Theme::of(false),
            applied: None,
            cold: true,
            awaited: false,
            exporting: Exporting::default(),
            leaving: false,
            given_up: false,
            gone: false,
            swallowed: None,
            first_mark: None,
            menu_wanted: None,
            left_behind: LeftBehind::default(),
            coming_back: None,
            titled: String::new(),
        };
        if let Some(why) = unreadable {
            app.fail(why.told());
        }
        app
    }

    /// True where something is being read or written that the person waits for.
    pub fn busy(&self) -> bool {
        self.awaited().is_some()
    }

    /// The part of the window that the person waits for: its name in the code, for logs and tests.
    pub fn awaited(&self) -> Option<&'static str> {
        let parts = [
            ("opening", self.opening.is_some()),
            ("letting go", !self.letting_go.is_empty()),
            ("making", self.making.is_some()),
            ("exporting", self.exporting.busy()),
            ("under way", self.under_way.is_some()),
            ("remembered", self.remembered.busy()),
            ("left behind", self.left_behind.busy()),
            ("reviewing", self.reviewing.busy()),
            ("overlay", self.overlay.as_ref().is_some_and(Overlay::busy)),
            ("dashboard", self.dashboard.busy()),
            ("corpus", self.view == View::Corpus && self.corpus.busy()),
            ("errors", self.errors.busy()),
            ("schema", self.schema.busy()),
            ("article", self.work.as_ref().is_some_and(Workspace::is_loading)),
            ("suggestions", self.work.as_ref().is_some_and(|work| work.ghosts.busy())),
            ("session", self.work.as_ref().is_some_and(|work| work.session.is_busy())),
        ];
        parts.into_iter().find_map(|(name, busy)| busy.then_some(name))
    }

    /// The sentences that are shown.
    pub fn notices(&self) -> &[Notice] {
        self.notices.all()
    }

    /// Tells the person something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notices.say(&text.into());
    }

    /// Tells the person that something failed.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notices.fail(&text.into());
    }

    /// Changes what is remembered, and writes it.
    pub fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let before = self.settings.clone();
        change(&mut self.settings);
        if self.settings != before {
            self.remembered.follow(&self.jobs, &self.settings);
        }
    }

    /// Takes a new name for the annotator, and opens what waited for it.
    pub(in crate::ui) fn rename(&mut self, ctx: &egui::Context, name: &str) {
        match folder_name(name) {
            Err(error) => {
                self.fail(error.told());
                self.overlay = Some(Overlay::name(&self.settings));
            }
            Ok(folder) => {
                let changed = self.settings.annotator != *folder;
                let shown = name.trim();
                self.change_settings(|settings| {
                    settings.annotator_shown = if *folder == *shown { String::new() } else { shown.to_owned() };
                    settings.annotator = folder.to_string();
                });
                let again = self.work.as_ref().filter(|_| changed).map(|work| work.session.root().to_owned());
                if let Some((dir, access)) = self.waiting.take().or(again.map(|dir| (dir, Access::Write))) {
                    self.open(ctx, &dir, access);
                }
            }
        }
    }

    /// Writes everything and lets the project go, when the window is gone: nobody waits for a frame any more. What was to be
    /// asked about was asked before.
    pub fn close(&mut self) {
        if let Some(work) = self.work.take()
            && let Err(error) = work.session.leave()
            // A person who leaves without what cannot be saved knows that.
            && !self.given_up
        {
            self.fail(error.told());
        }
    }

    pub(super) fn poll(&mut self, ctx: &egui::Context) {
        if let Some(why) = self.remembered.poll(&self.jobs, &self.settings) {
            self.fail(why);
        }
        self.poll_left_behind();
        self.close_when_ready(ctx);
        self.poll_making(ctx);
        self.poll_exporting();
        let broken: Vec<String> = self.broken.try_iter().collect();
        broken.into_iter().for_each(|why| self.fail(why));
        self.poll_opening(ctx);
        self.letting_go.retain(|gone| !gone.is_over());
        self.poll_under_way(ctx);
        let Some(work) = &mut self.work else { return };
        if let Err(Unread { file, why }) = work.poll() {
            match file {
                Some(file) => self.notices.unreadable(&file, &why),
                None => self.fail(why),
            }
            return;
        }
        if let Some(said) = work.said.take() {
            self.say(said);
        }
        let Some(work) = &mut self.work else { return };
        let events = work.session.poll();
        for event in self.heed(events) {
            match event {
                Event::Vanished { .. } => self.gone = true,
                Event::Problem(problem) => self.fail(problem.told()),
                Event::External { message, articles, .. } => {
                    if let Some(work) = &mut self.work {
                        work.changed_elsewhere();
                    }
                    self.reviewing.invalidate(&articles);
                    self.say(message.told());
                }
                Event::Changed(way, applied) => self.changed(way, &applied),
                Event::Refused(error) => {
                    let why = self.work.as_ref().map_or_else(|| error.told(), |work| work.refused(&error));
                    self.refused(why);
                }
                Event::Loaded => {
                    if let Some(work) = &mut self.work {
                        work.refresh();
                    }
                }
                Event::Written => self.all_written(ctx, Ok(())),
                Event::NotWritten { why, waits } => self.all_written(ctx, Err((why, waits))),
                Event::Saved | Event::Failed(_) | Event::Mended => {}
            }
        }
        self.ask_about_gone();
    }

    /// Follows a change that had to wait for its files.
    fn changed(&mut self, way: Way, applied: &Transaction) {
        if let Some(work) = &mut self.work {
            work.follow(applied);
        }
        if way != Way::Commit {
            let said = self.travelled(applied, if way == Way::Undo { Direction::Back } else { Direction::Forward });
            self.say(said);
        }
    }

    pub(super) fn opened(&mut self, ctx: &egui::Context, dir: PathBuf, result: Option<Result<Session, OpenError>>) {
        match result {
            Some(Ok(session)) => {
                let problems = session.problems().len();
                tracing::info!(articles = session.corpus().articles().len(), problems, "a project is open");
                let read_only = session.read_only();
                if let Some(old) = self.work.take() {
                    // Everything in it was written or given up before.
                    self.let_go(old.session);
                }
                self.take(ctx, &dir, session, None);
                self.add_first(&dir);
                self.leave_again(ctx);
                if self.visits() {
                    self.say(t!("visitor-reads"));
                } else if read_only {
                    self.say(t!("opened-read-only"));
                }
                if problems > 0 {
                    self.fail(t!("opened-problems", count = problems));
                }
            }
            // Another one is wanted by now.
            Some(Err(error)) if self.is_leaving() => self.fail(error.told()),
            Some(Err(error @ OpenError::Locked { .. })) => {
                self.overlay = Some(Overlay::Locked { dir, message: error.told() });
            }
            Some(Err(error @ OpenError::NotAProject { .. })) => {
                self.overlay = Some(Overlay::NewProject(Box::new(NewProjectDialog::in_folder(&dir, error.told()))));
            }
            Some(Err(error)) => self.fail(error.told()),
            None => self.fail(t!("not-opened", path = dir.display())),
        }
    }

    /// Takes a project that was just opened for the one that is worked on, and shows an article of it: this one, or
    /// else the one that was worked on last.
    pub(in crate::ui) fn take(
        &mut self,
        ctx: &egui::Context,
        dir: &Path,
        mut session: Session,
        place: Option<ArticleId>,
    ) {
        let theirs = ctx.clone();
        session.on_event(Box::new(move || theirs.request_repaint()));
        let first = session.corpus().articles().first().map(|article| article.id.clone());
        let mut work = Workspace::new(session);
        work.summarise(&self.jobs);
        work.arrangement = Arrangement::of_words(&self.settings.list_order);
        let there = |id: &ArticleId| work.session.corpus().article(id).is_some();
        let last = self.last_article(dir).filter(there).filter(|_| place.is_none());
        self.coming_back = last.is_some().then(|| dir.to_owned());
        if let Some(first) = place.or(last).or_else(|| work.last_place()).or(first) {
            work.show(&self.jobs, &first, None);
        }
        self.reviewing = Reviewing::new(&work.session.corpus().project);
        self.work = Some(work);
        self.notices.saved();
        self.gone = false;
        self.dashboard = Dashboard::default();
        self.corpus = CorpusView::default();
        self.errors = Errors::default();
        self.schema = SchemaDraft::default();
        self.exporting = Exporting::default();
        self.change_settings(|settings| settings.opened(dir));
    }

    /// The meaning of keys at the moment.
    pub(in crate::ui) fn key_context(&self) -> KeyContext {
        match self.view {
            View::Annotate => KeyContext::Annotate,
            View::Review => self.reviewing.key_context(),
            View::Dashboard => KeyContext::Looking,
            View::Errors => KeyContext::Errors,
            View::Corpus => KeyContext::Corpus(self.corpus.pane),
            View::Schema => KeyContext::Schema,
        }
    }

    /// The open project with what features may use, and the state of the features; none where no project is open.
    pub(in crate::ui) fn parts(&mut self) -> Option<(Cx<'_>, Features<'_>)> {
        let Self { work, settings, jobs, theme, reviewing, dashboard, corpus, errors, schema, .. } = self;
        let cx = Cx { workspace: work.as_mut()?, settings, theme, jobs };
        Some((cx, Features { reviewing, dashboard, corpus, errors, schema }))
    }

    /// The same with an export that was asked for.
    pub(in crate::ui) fn exporting(&mut self) -> Option<(Cx<'_>, &mut Exporting)> {
        let Self { work, settings, jobs, theme, exporting, .. } = self;
        Some((Cx { workspace: work.as_mut()?, settings, theme, jobs }, exporting))
    }
}
