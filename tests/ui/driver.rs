//! Drives the window as a person does, and looks at what came of it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{self, Event, Key, Modifiers, Pos2};
use egui_kittest::Harness;
use jejak::edit::SetEditor;
use jejak::lang::{Language, speak};
use jejak::model::{Annotation, AnnotationSet, Filler, Name, Progress, Schema, Value};
use jejak::store::settings::Settings;
use jejak::store::{Access, Session};
use jejak::text::{Span, Text};
use jejak::ui::App;

#[path = "asked.rs"]
pub mod asked;

use asked::plain;

/// A window and the folder that everything is kept in.
pub struct Driver {
    pub harness: Harness<'static, App>,
    pub home: tempfile::TempDir,
}

pub const ANNOTATOR: &str = "tester";

/// Articles with the troubles of real ones: repeated headlines, adverts, no-break spaces, emoji, two languages.
pub const ARTICLES: [(&str, &str); 3] = [
    (
        "1-lawatan.txt",
        "Raka Wirya Tiba di Bandar Laut\n\nRaka Wirya Tiba di Bandar Laut\n\nADVERTISEMENT\n\
         Presiden Samudra\u{a0}Raka Wirya tiba di Bandar Laut pada Selasa (18/6) untuk kunjungan kenegaraan dua hari. \
         Ia disambut Perdana Menteri Lidia Moreno di Istana Angin.\n\
         “Kami datang dengan niat baik,” kata Raka Wirya, dikutip Kantor Berita Ombak.\n\
         Dari Bandar Laut, Raka Wirya akan terbang ke Kota Karang pada Kamis (20/6).\n",
    ),
    (
        "2-batal.txt",
        "Kunjungan Lidia Moreno Dibatalkan\n\nPerdana Menteri Lidia Moreno membatalkan kunjungan ke Samudra yang \
         direncanakan bulan depan, kata juru bicara Darma Putra.\nBaca juga: Raka Wirya Tiba di Bandar Laut\n",
    ),
    (
        "3-visit.txt",
        "President Raka Wirya lands in Bandar Laut\n\nPresident Raka Wirya landed in Bandar Laut on Tuesday for a \
         two-day state visit, his first trip abroad since the election, officials said.\n",
    ),
];

impl Driver {
    /// A window on a new project with [`ARTICLES`].
    pub fn new() -> Self {
        Self::with_articles(|folder| {
            for (name, text) in ARTICLES {
                #[allow(clippy::disallowed_methods)] // A test's own input.
                std::fs::write(folder.join(name), text).unwrap();
            }
            vec![folder.to_owned()]
        })
    }

    /// A window on a new project with the articles that `sources` gives paths of.
    pub fn with_articles(sources: impl FnOnce(&Path) -> Vec<PathBuf>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("sources");
        std::fs::create_dir_all(&folder).unwrap();
        let paths = sources(&folder);
        let project = home.path().join("project");
        Session::create(&project, "Test", Schema::trips()).unwrap();
        let mut session = Session::open(&project, &ANNOTATOR.into(), Access::Write).unwrap();
        let reading = jejak::ingest::Reading::default();
        let (files, failures) = jejak::ingest::list(&paths, &reading.limits);
        assert!(failures.is_empty(), "{failures:?}");
        let read = |file: &PathBuf| jejak::ingest::read(file, &reading, &mut |_| true).unwrap();
        let drafts = files.iter().flat_map(read).map(Result::unwrap).collect();
        session.add_articles(drafts).unwrap();
        session.close().unwrap();
        let harness = window(home.path(), &project, &settings());
        let mut driver = Self { harness, home };
        driver.settle();
        driver
    }

    pub fn project(&self) -> PathBuf {
        self.home.path().join("project")
    }

    /// Lets the window run until nothing is on its way any more.
    pub fn settle(&mut self) {
        let start = Instant::now();
        loop {
            self.harness.step();
            let app = self.harness.state();
            let saving = app
                .work
                .as_ref()
                .is_some_and(|work| matches!(work.session.save_state(), jejak::store::SaveState::Saving { .. }));
            if !app.busy() && !saving {
                break;
            }
            let awaited = self.app().awaited();
            assert!(start.elapsed() < Duration::from_secs(30), "the window is busy without end: {awaited:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
        self.harness.run_steps(2);
    }

    /// Lets the window run until something is so.
    pub fn wait_for(&mut self, wanted: impl Fn(&jejak::ui::Workspace) -> bool) {
        let start = Instant::now();
        while !wanted(self.work()) {
            assert!(start.elapsed() < Duration::from_secs(20), "it does not come about");
            std::thread::sleep(Duration::from_millis(20));
            self.settle();
        }
    }

    /// Failures that the window told.
    pub fn failures(&self) -> Vec<String> {
        self.app().notices().iter().filter(|notice| notice.failed).map(|notice| plain(&notice.text)).collect()
    }

    /// Closes the window as a person does, and opens a new one on the same project.
    pub fn reopen(self) -> Self {
        let Self { mut harness, home } = self;
        harness.step();
        close(harness.into_state());
        let project = home.path().join("project");
        let mut driver = Self { harness: window(home.path(), &project, &settings()), home };
        driver.settle();
        driver
    }

    /// The same as [`Driver::reopen`], for somebody else.
    pub fn reopen_as(self, annotator: &str) -> Self {
        let Self { mut harness, home } = self;
        harness.step();
        close(harness.into_state());
        let project = home.path().join("project");
        start(home, &project, &Settings { annotator: annotator.to_owned(), ..settings() })
    }

    /// Asks the window to close, as its frame does; says whether it does, once everything is written that is to be.
    pub fn close_window(&mut self) -> bool {
        let closes = self.request_close() || self.closes_in_time() && self.request_close();
        self.settle();
        closes
    }

    /// Asks the window to close, as its frame does; says whether it does in this frame.
    pub fn request_close(&mut self) -> bool {
        let window = self.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        window.events.push(egui::ViewportEvent::Close);
        self.harness.step();
        !self.commanded(&egui::ViewportCommand::CancelClose)
    }

    /// True where the window asks its frame to close by itself, before nothing is on its way any more.
    fn closes_in_time(&mut self) -> bool {
        let start = Instant::now();
        loop {
            if self.commanded(&egui::ViewportCommand::Close) {
                return true;
            }
            let Some(awaited) = self.app().awaited() else { return false };
            assert!(start.elapsed() < Duration::from_secs(30), "the window is busy without end: {awaited}");
            std::thread::sleep(Duration::from_millis(2));
            self.harness.step();
        }
    }

    /// True where the window told its frame this in the last frame.
    pub fn commanded(&self, command: &egui::ViewportCommand) -> bool {
        let window = self.harness.output().viewport_output.get(&egui::ViewportId::ROOT);
        window.is_some_and(|window| window.commands.contains(command))
    }

    /// Presses a key in one frame; says whether the window asks its frame to close by that.
    pub fn closes_by(&mut self, modifiers: Modifiers, key: Key) -> bool {
        let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        self.harness.input_mut().events.push(event);
        self.harness.step();
        self.closes_in_time()
    }

    /// Presses a key in one frame; gives the text that goes to the clipboard by that.
    pub fn copies_by(&mut self, key: Key) -> Option<String> {
        let modifiers = Modifiers::NONE;
        self.harness.input_mut().events.push(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        self.harness.step();
        let copied = self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        self.settle();
        copied
    }

    /// Types into a field.
    pub fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.try_char(c);
        }
    }

    /// Does a command by its name in the palette.
    pub fn palette(&mut self, title: &str) {
        self.key(Modifiers::COMMAND, Key::K);
        self.write(&asked::shown(title));
        self.key(Modifiers::NONE, Key::Enter);
    }

    /// Presses a key with modifiers held.
    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types one character, as a keyboard does: the key and the text.
    pub fn char(&mut self, c: char) {
        self.try_char(c);
        assert_eq!(self.failures(), [""; 0]);
    }

    /// Types one character that may be refused.
    pub fn try_char(&mut self, c: char) {
        let shift = if c.is_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
        let key = Key::from_name(&c.to_uppercase().to_string());
        let press =
            |pressed| key.map(|key| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: shift });
        if let Some(event) = press(true) {
            self.harness.event(event);
        }
        self.harness.event(Event::Text(c.to_string()));
        if let Some(event) = press(false) {
            self.harness.event(event);
        }
        self.settle();
    }

    /// Presses the mouse at one place, drags it to another and lets go.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.event(Event::PointerMoved(from));
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        for part in 1..=4 {
            self.harness.event(Event::PointerMoved(from.lerp(to, part as f32 / 4.0)));
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.settle();
        // Two drags of a test are never one double click of a person.
        self.pause();
    }

    /// Clicks at a place.
    pub fn click(&mut self, at: Pos2) {
        self.drag(at, at);
    }

    /// Lets so much of the window's time pass that the next click is no double click.
    pub fn pause(&mut self) {
        self.harness.run_steps(40);
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn work(&self) -> &jejak::ui::Workspace {
        self.app().work.as_ref().unwrap()
    }

    pub fn text(&self) -> &Text {
        self.work().page().unwrap().0
    }

    pub fn set(&self) -> &AnnotationSet {
        self.work().page().unwrap().1
    }

    /// The `nth` place (from 0) of some words in the open article.
    pub fn find(&self, words: &str, nth: usize) -> Span {
        let found = self.text().as_str().match_indices(words).nth(nth);
        let (at, words) = found.unwrap_or_else(|| panic!("“{words}” stands not {} times", nth + 1));
        Span::new(at as u32, (at + words.len()) as u32)
    }

    /// Where the words stand on the screen; they are scrolled to if need be.
    pub fn corners(&mut self, span: Span) -> (Pos2, Pos2) {
        let open = self.harness.state_mut().work.as_mut().unwrap().open.as_mut().unwrap();
        open.reader.reveal(span);
        self.settle();
        let open = self.work().open.as_ref().unwrap();
        let rects = open.reader.rect_of(span);
        let (first, last) = (rects.first().unwrap(), rects.last().unwrap());
        (egui::pos2(first.left() + 1.0, first.center().y), egui::pos2(last.right() - 1.0, last.center().y))
    }

    /// Selects words with the mouse.
    pub fn select_with_mouse(&mut self, span: Span) {
        let (from, to) = self.corners(span);
        self.drag(from, to);
    }

    /// Selects words with the keyboard alone: from the start of the text word by word.
    pub fn select_with_keys(&mut self, span: Span) {
        self.key(Modifiers::COMMAND, Key::Home);
        let reader = |driver: &Self| {
            let reader = &driver.work().open.as_ref().unwrap().reader;
            (reader.caret(), reader.selection())
        };
        let mut presses = 0;
        while reader(self).0 < span.start {
            self.key(Modifiers::NONE, Key::ArrowRight);
            presses += 1;
            assert!(presses < 500, "the caret does not get to {}", span.start);
        }
        assert_eq!(reader(self).0, span.start, "the caret stands before the words");
        while reader(self).1.is_none_or(|selection| selection.end < span.end) {
            self.key(Modifiers::SHIFT, Key::ArrowRight);
            presses += 1;
            assert!(presses < 500, "the selection does not get to {}", span.end);
        }
        assert_eq!(reader(self).1, Some(span));
    }

    /// The last sentence that was told and is no failure; empty where none is.
    pub fn said(&self) -> String {
        let last = self.app().notices().iter().rev().find(|notice| !notice.failed);
        last.map_or_else(String::new, |notice| plain(&notice.text))
    }

    /// The kind of an annotation's label.
    pub fn kind(&self, record: &Annotation) -> jejak::model::Kind {
        self.work().session.corpus().schema.kind(&record.label)
    }

    /// The annotations of the open article, as `label: words`, in reading order.
    pub fn marked(&self) -> Vec<String> {
        let (text, set) = self.work().page().unwrap();
        set.iter().map(|record| shown(text, record)).collect()
    }

    /// Everything in the project, as it is on disk: every set of every article.
    pub fn on_disk(&self) -> Vec<(String, AnnotationSet)> {
        let annotator: Name = ANNOTATOR.into();
        let mut session = Session::open(&self.project(), &annotator, Access::Read).unwrap();
        let ids: Vec<_> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
        ids.into_iter()
            .map(|id| {
                session.load(&id, std::slice::from_ref(&annotator)).unwrap();
                (id.to_string(), session.corpus().set(&id, &annotator).cloned().unwrap_or_default())
            })
            .collect()
    }
}

/// Lets go of a window as its process does when it ends, with everything written that can be.
pub fn close(mut app: App) {
    if let Some(work) = app.work.take() {
        // Edits that cannot be written stay in the journal, or were given up.
        let _ = work.session.close();
    }
}

pub fn shown(text: &Text, record: &Annotation) -> String {
    let words: Vec<&str> = record.at.iter().map(|&span| text.slice(span)).collect();
    format!("{}: {}", record.label, words.join(" … "))
}

/// The filled roles of a record of the open page, as `role = words`.
pub fn roles(driver: &Driver, record: &Annotation) -> Vec<String> {
    let (text, set) = driver.work().page().unwrap();
    let filler = |filler: &Filler| match filler {
        Filler::Annotation(id) => shown(text, set.get(*id).unwrap()),
        Filler::Span(at) => at.iter().map(|&span| text.slice(span)).collect(),
        Filler::Value(Value::Date(date)) => date.to_string(),
        Filler::Value(Value::Text(value)) => value.clone(),
    };
    record.roles.iter().map(|role| format!("{} = {}", role.name, filler(&role.filler))).collect()
}

/// Marks places of an article as somebody does, and says that it is done.
pub fn annotate(project: &Path, who: &str, article: usize, marks: &[(&str, Span)]) {
    let mut session = Session::open(project, &who.into(), Access::Write).unwrap();
    let article = session.corpus().articles()[article].id.clone();
    let name = Name::new(who);
    session.load(&article, std::slice::from_ref(&name)).unwrap();
    for (label, span) in marks {
        let editor = SetEditor::new(session.corpus(), (article.clone(), name.clone()));
        let (transaction, _) = editor.label(&(*label).into(), vec![*span]);
        session.commit(transaction).unwrap();
    }
    let done = SetEditor::new(session.corpus(), (article, name)).progress(Progress::Done);
    session.commit(done).unwrap();
    session.close().unwrap();
}

/// Settings of a person who has been here before.
pub fn settings() -> Settings {
    Settings { annotator: ANNOTATOR.to_owned(), welcomed: true, dark: Some(false), ..Settings::default() }
}

/// A window on a project that is there already, for a person with these settings.
pub fn start(home: tempfile::TempDir, project: &Path, settings: &Settings) -> Driver {
    let mut driver = Driver { harness: window(home.path(), project, settings), home };
    driver.settle();
    driver
}

fn window(home: &Path, project: &Path, remembered: &Settings) -> Harness<'static, App> {
    let (settings, project) = (home.join("settings"), project.to_owned());
    remembered.save(&settings).unwrap();
    // All tests of the window, once in words that are two fifths longer.
    if std::env::var("JEJAK_LANGUAGE").is_ok_and(|language| language == Language::Pseudo.code()) {
        speak(Language::Pseudo);
    }
    Harness::builder().with_size([1280.0, 800.0]).with_max_steps(400).with_step_dt(1.0 / 60.0).build_eframe(
        move |creation| {
            let mut app = App::new(&creation.egui_ctx, Some(settings));
            app.open(&creation.egui_ctx, &project, Access::Write);
            app
        },
    )
}
