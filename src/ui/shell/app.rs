//! The window as a whole: what is open, what stands over it, and one frame of it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use eframe::egui::{self, RichText};

use crate::model::{ArticleId, Name};
use crate::store::settings::Settings;
use crate::store::{Access, Event, OpenError, Session, annotator};
use crate::t;
use crate::ui::annotate;
use crate::ui::annotate::Beside;
use crate::ui::commands::view::{self, View};
use crate::ui::commands::{self, Command, Menu, TABLE};
use crate::ui::dashboard::{self, Dashboard};
use crate::ui::exchange::import;
use crate::ui::reader;
use crate::ui::review;
use crate::ui::review::Reviewing;
use crate::ui::shell::keys::{self, Place};
use crate::ui::shell::lending::{self, Lent};
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::remembered::Remembered;
use crate::ui::shell::reports::LeftBehind;
use crate::ui::shell::saving::Next;
use crate::ui::shell::status_line;
use crate::ui::widgets::fonts;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};
use crate::ui::widgets::notice::{Notice, Notices};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::{Unread, Workspace};

/// The program's window.
pub struct App {
    /// The open project.
    pub work: Option<Workspace>,
    /// Which side of the work is shown.
    pub view: View,
    /// What is looked at while reviewing.
    pub reviewing: Reviewing,
    /// What is looked at in figures.
    pub dashboard: Dashboard,
    /// What stands over the window.
    pub overlay: Option<Overlay>,
    /// What the program remembers about this person.
    pub settings: Settings,
    remembered: Remembered,
    opening: Option<(PathBuf, Job<Result<Session, OpenError>>)>,
    pub(in crate::ui) lent: Option<Lent>,
    /// A project to open as soon as the annotator's name is known.
    waiting: Option<(PathBuf, Access)>,
    pub(in crate::ui) jobs: Jobs,
    /// Sentences about jobs that broke off.
    broken: Receiver<String>,
    pub(in crate::ui) notices: Notices,
    pub(in crate::ui) focus_filter: bool,
    /// Whether the list of articles and the details are shown; unsaid, the width of the window decides.
    pub(in crate::ui) articles_shown: Option<bool>,
    pub(in crate::ui) card_shown: Option<bool>,
    applied_dark: Option<bool>,
    /// Whether the letters of articles are still to be drawn for the first time.
    cold: bool,
    /// True where the window closes as soon as what is being written is.
    pub(in crate::ui) closing: bool,
    /// True where the person leaves without what could not be saved.
    pub(in crate::ui) leaving: bool,
    /// True where files are gone that the person was not asked about yet.
    pub(in crate::ui) gone: bool,
    /// A key that an overlay answered, whose character is still to come and is nobody's.
    swallowed: Option<egui::Key>,
    pub(in crate::ui) left_behind: LeftBehind,
}

/// Height of the articles' font in points, before zoom.
pub(in crate::ui) const FONT_SIZE: f32 = 17.0;

/// Below this width in points the list of articles is shown only where it is asked for.
pub(in crate::ui) const NARROW: f32 = 780.0;

impl App {
    /// A window with nothing open; settings are kept in `settings_folder`, or nowhere.
    pub fn new(ctx: &egui::Context, settings_folder: Option<PathBuf>) -> Self {
        fonts::install(ctx);
        let (jobs, broken) = Jobs::install(ctx);
        // Zoom is a command of ours, so that it is remembered.
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            // One for the click, one for what it opened, which egui measures first, and one for what is shown.
            options.max_passes = const { NonZeroUsize::new(3).expect("three is not zero") };
        });
        let (settings, unreadable) = match settings_folder.as_deref().map(Settings::load) {
            None => (Settings::default(), None),
            Some(Ok(settings)) => (settings, None),
            Some(Err(why)) => (Settings::default(), Some(why)),
        };
        let mut app = Self {
            work: None,
            view: View::Annotate,
            reviewing: Reviewing::default(),
            dashboard: Dashboard::default(),
            overlay: None,
            remembered: Remembered::new(settings_folder, &settings),
            settings,
            opening: None,
            lent: None,
            waiting: None,
            jobs,
            broken,
            notices: Notices::default(),
            focus_filter: false,
            articles_shown: None,
            card_shown: None,
            applied_dark: None,
            cold: true,
            closing: false,
            leaving: false,
            gone: false,
            swallowed: None,
            left_behind: LeftBehind::default(),
        };
        if let Some(why) = unreadable {
            app.fail(why);
        }
        app
    }

    /// Opens a project, once the annotator's name is known.
    pub fn open(&mut self, ctx: &egui::Context, dir: &Path, access: Access) {
        if self.settings.annotator.is_empty() {
            self.waiting = Some((dir.to_owned(), access));
            self.overlay = Some(Overlay::name(&self.settings));
            return;
        }
        if let Some(lent) = &self.lent {
            let title = lent.title();
            self.fail(t!("open-later", work = title));
            return;
        }
        if !self.may_leave(Next::Open(dir.to_owned(), access)) {
            return;
        }
        self.close();
        let (dir, annotator) = (dir.to_owned(), Name::new(&self.settings.annotator));
        let theirs = dir.clone();
        let title = t!("opening", path = dir.display());
        let job = Jobs::of(ctx).start(title, move |_| Session::open(&theirs, &annotator, access));
        self.opening = Some((dir, job));
    }

    /// Whether something is being read or written that the person waits for.
    pub fn busy(&self) -> bool {
        self.opening.is_some()
            || self.lent.is_some()
            || self.remembered.busy()
            || self.left_behind.busy()
            || self.reviewing.busy()
            || self.overlay.as_ref().is_some_and(Overlay::busy)
            || self.dashboard.busy()
            || self.work.as_ref().is_some_and(Workspace::is_loading)
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
        match annotator(name) {
            Err(error) => {
                self.fail(error.to_string());
                self.overlay = Some(Overlay::name(&self.settings));
            }
            Ok(name) => {
                let changed = self.settings.annotator != *name;
                self.change_settings(|settings| settings.annotator = name.to_string());
                let again = self.work.as_ref().filter(|_| changed).map(|work| work.session.root().to_owned());
                if let Some((dir, access)) = self.waiting.take().or(again.map(|dir| (dir, Access::Write))) {
                    self.open(ctx, &dir, access);
                }
            }
        }
    }

    /// Writes everything and lets the project go, as closing the window does.
    pub fn close(&mut self) {
        if let Some(work) = self.work.take()
            && let Err(error) = work.session.close()
            // A person who leaves without what cannot be saved knows that.
            && !self.leaving
        {
            self.fail(error.to_string());
        }
    }

    fn poll(&mut self, ctx: &egui::Context) {
        if let Some(why) = self.remembered.poll(&self.jobs, &self.settings) {
            self.fail(why);
        }
        self.poll_left_behind();
        if self.closing && !self.jobs.must_stay() {
            self.closing = false;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let broken: Vec<String> = self.broken.try_iter().collect();
        broken.into_iter().for_each(|why| self.fail(why));
        if let Some((dir, job)) = &self.opening {
            let outcome = match job.poll() {
                Outcome::Running => None,
                Outcome::Done(result) => Some((dir.clone(), Some(result))),
                Outcome::Broken => Some((dir.clone(), None)),
            };
            if let Some((dir, result)) = outcome {
                self.opening = None;
                self.opened(ctx, dir, result);
            }
        }
        lending::poll(self, ctx);
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
                Event::Problem(problem) => self.fail(problem.to_string()),
                Event::External { message, articles, .. } => {
                    if let Some(work) = &mut self.work {
                        work.refresh();
                    }
                    self.reviewing.invalidate(&articles);
                    self.say(message);
                }
                Event::Saved | Event::Failed(_) | Event::Mended => {}
            }
        }
        self.ask_about_gone();
    }

    fn opened(&mut self, ctx: &egui::Context, dir: PathBuf, result: Option<Result<Session, OpenError>>) {
        match result {
            Some(Ok(session)) => {
                let problems = session.problems().len();
                tracing::info!(articles = session.corpus().articles().len(), problems, "a project is open");
                let read_only = session.read_only();
                self.take(ctx, &dir, session, None);
                if read_only {
                    self.say(t!("opened-read-only"));
                }
                if problems > 0 {
                    self.fail(t!("opened-problems", count = problems));
                }
            }
            Some(Err(error @ OpenError::Locked { .. })) => {
                self.overlay = Some(Overlay::Locked { dir, message: error.to_string() });
            }
            Some(Err(error)) => self.fail(error.to_string()),
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
        work.summarise(ctx);
        if let Some(first) = place.or_else(|| work.last_place()).or(first) {
            work.show(ctx, &first, None);
        }
        self.reviewing = Reviewing::new(&work.session.corpus().project);
        self.work = Some(work);
        self.notices.saved();
        self.gone = false;
        self.dashboard = Dashboard::default();
        self.change_settings(|settings| settings.opened(dir));
    }

    fn place(&self, ctx: &egui::Context) -> Place {
        if self.overlay.is_some() {
            return Place::Dialog;
        }
        if self.view == View::Dashboard || ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
            return Place::Elsewhere;
        }
        let focused = ctx.memory(egui::Memory::focused);
        match (&self.work, focused) {
            (_, None) => Place::Text,
            (Some(Workspace { open: Some(_), .. }), Some(id)) if id == reader::Reader::id() => Place::Text,
            _ => Place::Elsewhere,
        }
    }

    fn menu(&self, ui: &mut egui::Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        egui::MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL.into_iter().filter(|menu| menu.shown(self.key_context())) {
                ui.menu_button(menu.title(), |ui| {
                    egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 60.0).show(ui, |ui| {
                        if menu == Menu::Label {
                            self.label_menu(ui, &mut commands);
                        }
                        for entry in TABLE.iter().filter(|entry| entry.menu == menu) {
                            let button =
                                egui::Button::new(entry.title()).shortcut_text(commands::key_of(&entry.command));
                            if ui.add(button).clicked() {
                                commands.push(entry.command.clone());
                                ui.close();
                            }
                        }
                    });
                });
            }
            let title = self.work.as_ref().map(|work| work.session.corpus().project.title.clone());
            if self.work.is_some() {
                view::tabs(ui, self.view, &mut commands);
            }
            ui.label(RichText::new(title.unwrap_or_default()).strong());
        });
        commands
    }

    fn label_menu(&self, ui: &mut egui::Ui, commands: &mut Vec<Command>) {
        let Some(work) = &self.work else { return };
        for label in &work.session.corpus().schema.labels {
            let key = label.key.map(String::from).unwrap_or_default();
            let title = label.title.get(&self.settings.language);
            if ui.add(egui::Button::new(title).shortcut_text(key)).clicked() {
                commands.push(Command::Label(label.name.clone()));
                ui.close();
            }
        }
        ui.separator();
    }

    fn look(&mut self, ctx: &egui::Context) -> &'static Theme {
        let system = || ctx.system_theme().is_some_and(|theme| theme == egui::Theme::Dark);
        let dark = self.settings.dark.unwrap_or_else(system);
        let theme = Theme::of(dark);
        if self.applied_dark != Some(dark) {
            theme.apply(ctx);
            self.applied_dark = Some(dark);
        }
        let zoom = f32::from(self.settings.zoom) / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
        theme
    }

    fn central(&mut self, ui: &mut egui::Ui, theme: &Theme) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Some(lent) = &self.lent {
            lent.ui(ui);
            return commands;
        }
        if let Some((_, job)) = &self.opening {
            ui.centered_and_justified(|ui| ui.label(format!("{}…", job.title)));
            return commands;
        }
        if self.waiting.is_some() {
            return commands;
        }
        if self.work.is_none() {
            ui.add_space(60.0);
            ui.vertical_centered(|ui| {
                ui.heading(t!("no-project"));
                ui.add_space(8.0);
                if ui.button(t!("no-project-open")).clicked() {
                    commands.push(Command::OpenProject);
                }
                if ui.button(t!("no-project-new")).clicked() {
                    commands.push(Command::NewProject);
                }
            });
            return commands;
        }
        if !self.settings.welcomed {
            commands.extend(status_line::welcome(ui));
        }
        let asked = match (self.view, &mut self.work) {
            (View::Annotate, Some(work)) => {
                let tracks = work.tracks_beside(theme, &self.settings.language);
                let beside = Beside { tracks: tracks.as_deref(), ..Beside::default() };
                annotate::page(ui, work, theme, &self.settings, self.overlay.as_ref(), &beside)
            }
            (View::Review, _) => review::page(ui, self, theme),
            (View::Dashboard, _) => dashboard::page(ui, self, theme),
            (_, None) => Vec::new(),
        };
        for outcome in asked {
            match outcome {
                Ok(command) => commands.push(command),
                Err(error) => self.fail(error),
            }
        }
        commands
    }

    fn dropped(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            import::start(self, ctx, dropped);
        }
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.poll(&ctx);
        let theme = self.look(&ctx);
        if std::mem::take(&mut self.cold) {
            reader::warm(&ctx, FONT_SIZE);
        }
        self.dropped(&ctx);
        self.guard_close(&ctx);
        keys::swallow(&ctx, &mut self.swallowed);
        let letter = keys::letter(&ctx);
        self.press_keys(&ctx);
        let mut commands = Vec::new();
        egui::Panel::top("menu").show(ui, |ui| commands.extend(self.menu(ui)));
        egui::Panel::bottom("status").show(ui, |ui| commands.extend(status_line::ui(ui, self, theme)));
        if self.work.is_some() {
            match self.view {
                View::Annotate => annotate::panels(ui, self, theme, &mut commands),
                View::Review => review::panels(ui, self, theme, &mut commands),
                View::Dashboard => dashboard::panels(ui, self, theme, &mut commands),
            }
        }
        let frame = egui::Frame::central_panel(ui.style()).fill(theme.ground);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| commands.extend(self.central(ui, theme)));
        if self.overlay_ui(&ctx) {
            self.swallowed = letter;
            ctx.request_discard("an answer changed what is shown");
        }
        commands.extend(self.notices.ui(&ctx));
        let clicked = !commands.is_empty();
        for command in commands {
            self.perform(&ctx, command);
        }
        if clicked {
            // A click is known only once everything has its place: what it changed is laid out in the same frame again.
            ctx.request_discard("a click changed what is shown");
        }
    }

    /// Does what this frame's keys say, one after the other, before anything is painted.
    fn press_keys(&mut self, ctx: &egui::Context) {
        if self.lent.is_some() {
            return;
        }
        let mut from = 0;
        // What a key opened gets the keys after it.
        while let Some(command) = keys::next(ctx, &mut from, self.place(ctx), self.key_context(), self.work.as_ref()) {
            self.perform(ctx, command);
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let shown: Vec<String> = self.notices.all().iter().map(|notice| notice.text.clone()).collect();
        if let Some(why) = self.remembered.poll(&self.jobs, &self.settings) {
            self.fail(why);
        }
        self.close();
        self.keep_unshown(&shown);
    }
}
