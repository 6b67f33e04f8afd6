//! Another program holds the lock of the project's files: the window goes on, frame by frame, and its status line is true.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers};
use jejak::store::{Access, Session};
use jejak::ui::{Command, Overlay, ProjectCommand};

use crate::driver::asked::Asked;
use crate::driver::{ANNOTATOR, Driver};

/// The longest that a frame may take.
const LIMIT: Duration = Duration::from_millis(50);

/// The number of times that the whole is tried: a frame is too long where it is so each time.
const TRIES: usize = 3;

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// Holds a lock of a project: `write.lock` is taken by those that write files, `articles.lock` by those that add articles.
fn hold(project: &Path, name: &str) -> File {
    let path = project.join(".jejak").join(name);
    let lock = File::options().read(true).write(true).create(true).truncate(false).open(path).unwrap();
    lock.lock().unwrap();
    lock
}

/// The time for which this thread could have run and was not let, as the system counts it; nothing where it does not.
fn queued() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let wait = stat.split_whitespace().nth(1).and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(wait.unwrap_or_default())
}

/// A window whose frames are measured and whose status line is held against the journal.
struct Watched {
    driver: Driver,
    journal: PathBuf,
    /// The changes and undos that were in the journal at first, and those that were made since.
    first: usize,
    done: usize,
    /// The thing pressed last, and the longest frame after each thing that was pressed.
    pressed: &'static str,
    longest: BTreeMap<&'static str, Duration>,
    /// Everything that the status line said about the work, without repetitions.
    said: Vec<String>,
}

impl Watched {
    fn new() -> Self {
        let driver = Driver::new();
        let journal = driver.project().join(format!(".jejak/{ANNOTATOR}/journal"));
        let (pressed, longest, said) = ("nothing", BTreeMap::new(), Vec::new());
        let mut window = Self { driver, journal, first: 0, done: 0, pressed, longest, said };
        window.first = window.on_disk();
        window
    }

    /// The changes and undos that are in the journal's file.
    fn on_disk(&self) -> usize {
        let content = std::fs::read_to_string(&self.journal).unwrap_or_default();
        // The first line is its head; what is said to be in the files as well is not a change.
        content.lines().skip(1).filter(|line| !line.ends_with("Kept")).count()
    }

    /// One frame.
    fn frame(&mut self) {
        let (before, start) = (queued(), Instant::now());
        self.driver.harness.step();
        let took = start.elapsed().saturating_sub(queued().saturating_sub(before));
        let longest = self.longest.entry(self.pressed).or_default();
        *longest = took.max(*longest);
        let states = ["● saved", "● saved, files follow", "saving…"];
        let state = states.into_iter().find(|state| self.driver.harness.query_by_label(state).is_some());
        let Some(state) = state else {
            let not = self.driver.harness.query_by_label_contains("! ").is_some();
            assert!(!not, "after {}: the journal has everything, and it is called unsaved", self.pressed);
            return;
        };
        if state.starts_with('●') {
            // A key comes after the line is drawn.
            let (done, there) = (self.done, self.on_disk() - self.first);
            assert!(there >= done, "after {}: {state}, and {there} of {done} changes are on disk", self.pressed);
        }
        if self.said.last().map(String::as_str) != Some(state) {
            self.said.push(state.to_owned());
        }
    }

    /// Presses a key, and looks on for a while.
    fn press(&mut self, what: &'static str, modifiers: Modifiers, key: Key) {
        self.strike(what, modifiers, key, None);
    }

    fn strike(&mut self, what: &'static str, modifiers: Modifiers, key: Key, letter: Option<&str>) {
        self.pressed = what;
        let press = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let typed = letter.map(|letter| Event::Text(letter.to_owned()));
        for event in std::iter::once(press(true)).chain(typed).chain([press(false)]) {
            self.driver.harness.event(event);
        }
        self.look_on(Duration::from_millis(150));
    }

    fn label(&mut self, key: Key, letter: &str) {
        self.press("the selection", Modifiers::SHIFT, Key::ArrowRight);
        let before = self.driver.marked();
        self.strike("a label", Modifiers::NONE, key, Some(letter));
        self.changed(&before);
    }

    /// Counts a change, where what is marked is not what it was, and looks on.
    fn changed(&mut self, before: &[String]) {
        assert_ne!(self.driver.marked(), before, "{} changes something", self.pressed);
        self.done += 1;
        self.look_on(Duration::from_millis(300));
    }

    fn look_on(&mut self, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time {
            self.frame();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Looks on until something is so.
    fn until(&mut self, what: &str, wanted: impl Fn(&Driver) -> bool) {
        let start = Instant::now();
        while !wanted(&self.driver) {
            assert!(start.elapsed() < Duration::from_secs(40), "{what} does not come about: {:?}", self.said);
            self.frame();
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The keys of a while of work, on words that have no label yet.
    fn work(&mut self) {
        self.press("the start of the text", Modifiers::COMMAND, Key::Home);
        for _ in 0..self.done {
            self.press("the next word", Modifiers::NONE, Key::ArrowRight);
        }
        self.label(Key::P, "p");
        let before = self.driver.marked();
        self.press("undo", Modifiers::COMMAND, Key::Z);
        self.changed(&before);
        self.label(Key::D, "d");
        self.press("save", Modifiers::COMMAND, Key::S);
        self.press("the next article", Modifiers::COMMAND, Key::PageDown);
        self.press("the last article", Modifiers::COMMAND, Key::PageUp);
        // Two settings.
        self.press("names of labels", Modifiers::NONE, Key::F8);
        self.press("names of labels", Modifiers::NONE, Key::F8);
        self.press("the theme", Modifiers::NONE, Key::F9);
        self.press("the theme", Modifiers::NONE, Key::F9);
    }

    /// A look at what an export would be.
    fn export(&mut self) {
        self.press("export", CTRL_SHIFT, Key::E);
        self.until("the dialog", |driver| matches!(driver.app().overlay, Some(Overlay::Export(_))));
        self.until("the survey", |driver| !driver.app().busy());
        self.press("nothing", Modifiers::NONE, Key::Escape);
        assert!(self.driver.app().overlay.is_none());
    }
}

/// A while of work without and with the lock held elsewhere; gives the frames that took too long with it.
fn hold_and_work() -> Vec<(&'static str, Duration)> {
    let mut window = Watched::new();
    // Letters are drawn for the first time, and the like.
    window.work();
    window.until("everything saved", |driver| !driver.app().busy());
    window.export();

    let lock = hold(&window.driver.project(), "write.lock");
    let usual = std::mem::take(&mut window.longest);
    window.said.clear();
    window.work();
    window.until("the answer", |driver| !driver.app().busy());
    assert!(window.said.iter().any(|said| said == "● saved, files follow"), "{:?}", window.said);
    assert_eq!(window.driver.failures(), [""; 0], "the journal has everything");
    window.export();
    assert_eq!(window.driver.failures(), [""; 0], "what is exported is what is on screen");

    window.pressed = "close";
    assert!(!window.driver.request_close(), "it waits for the files");
    window.until("the question", |driver| matches!(driver.app().overlay, Some(Overlay::Leaving(_))));
    // A dialog is measured in its first frame, and shown from then on.
    window.look_on(Duration::from_millis(100));
    window.driver.harness.get_by_label("Leave it to the journal (Ctrl+Q)");
    window.press("stay", Modifiers::NONE, Key::Escape);
    assert!(window.driver.app().overlay.is_none());
    drop(lock);
    window.pressed = "nothing";
    window.until("all in the files", |driver| {
        driver.work().session.save_state() == jejak::store::SaveState::Saved && !driver.app().busy()
    });
    let marked = window.driver.marked();
    assert!(window.driver.close_window(), "the window closes: everything is written");
    let Watched { driver, longest, .. } = window;
    assert_eq!(driver.reopen().marked(), marked);
    // Where a build without optimisation takes longer to draw, that is not waiting.
    let limit = |what: &str| usual.get(what).map_or(LIMIT, |usual| LIMIT.max(*usual * 2));
    longest.into_iter().filter(|(what, took)| *took > limit(what)).collect()
}

#[test]
fn no_frame_waits_for_the_lock_of_another_program_and_the_status_line_is_true() {
    let mut slow: Vec<(&str, Duration)> = Vec::new();
    for attempt in 0..TRIES {
        let now = hold_and_work();
        // A machine may be busy with something else: then another time it is not.
        let again = |(what, took): (&'static str, Duration)| {
            (attempt == 0 || slow.iter().any(|(other, _)| *other == what)).then_some((what, took))
        };
        slow = now.into_iter().filter_map(again).collect();
        if slow.is_empty() {
            return;
        }
    }
    panic!("these frames took longer than {LIMIT:?} each time: {slow:?}");
}

/// Articles of other software, each with fifty places in it.
fn places(count: usize) -> String {
    let fifty: String = (0..50).map(|at| format!("Kota{at} B-place\n")).collect();
    (0..count).map(|n| format!("-DOCSTART- O\n\nTulisan O\n{n} O\n{fifty}\n")).collect()
}

/// Brings in files and labels meanwhile; gives the frames that took too long.
fn label_while_importing(count: usize) -> Vec<(&'static str, Duration)> {
    let mut window = Watched::new();
    window.work();
    window.until("everything saved", |driver| !driver.app().busy());
    let marked = window.driver.marked();
    let usual = std::mem::take(&mut window.longest);
    let file = window.driver.home.path().join("places.conll");
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, places(count)).unwrap();

    window.press("import", CTRL_SHIFT, Key::I);
    window.driver.write(&file.display().to_string());
    window.driver.key(Modifiers::COMMAND, Key::Enter);
    // So that it cannot end before the label is there.
    let numbers = hold(&window.driver.project(), "articles.lock");
    let importing = |driver: &Driver| driver.harness.query_by_label_contains("Importing").is_some();
    window.press("bring in", Modifiers::COMMAND, Key::Enter);
    assert!(importing(&window.driver), "it is under way, and the status line says so");
    window.press("the start of the text", Modifiers::COMMAND, Key::Home);
    for _ in 0..window.done {
        window.press("the next word", Modifiers::NONE, Key::ArrowRight);
    }
    window.label(Key::P, "p");
    drop(numbers);
    window.press("the next article", Modifiers::COMMAND, Key::PageDown);
    window.press("the last article", Modifiers::COMMAND, Key::PageUp);
    window.pressed = "nothing";
    window.until("the end of the import", |driver| !importing(driver));
    window.look_on(Duration::from_millis(300));
    assert_eq!(window.driver.failures(), [""; 0]);
    let session = |window: &Watched| window.driver.work().session.corpus().clone();
    assert_eq!(session(&window).articles().len(), 3 + count);
    let both = window.driver.marked();
    assert_eq!(both.len(), marked.len() + 1, "what was labelled meanwhile is there");
    let last = session(&window).articles()[2 + count].id.clone();
    assert!(session(&window).sets().any(|((article, _), set)| *article == last && set.len() == 50));

    // The label came before the import did, which goes as one.
    window.press("undo of all", Modifiers::COMMAND, Key::Z);
    window.until("the end of the undo", |driver| {
        !driver.work().session.is_busy() && driver.work().session.corpus().articles().len() == 3
    });
    assert_eq!(window.driver.marked(), both);
    window.press("all again", Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.until("all again", |driver| driver.work().session.corpus().articles().len() == 3 + count);
    window.pressed = "nothing";
    window.until("all in the files", |driver| {
        driver.work().session.save_state() == jejak::store::SaveState::Saved && !driver.app().busy()
    });
    assert_eq!(window.driver.failures(), [""; 0]);
    let Watched { driver, longest, .. } = window;
    let driver = driver.reopen();
    assert_eq!(driver.marked(), both);
    assert_eq!(driver.work().session.corpus().articles().len(), 3 + count);
    let limit = |what: &str| usual.get(what).map_or(LIMIT, |usual| LIMIT.max(*usual * 2));
    if std::env::var_os("JEJAK_PRINT_FRAMES").is_some() {
        println!("{longest:?}");
    }
    longest.into_iter().filter(|(what, took)| *took > limit(what)).collect()
}

#[test]
fn one_labels_while_files_are_brought_in_and_no_frame_waits() {
    let count = std::env::var("JEJAK_TEST_ARTICLES").map_or(1_000, |count| count.parse().unwrap());
    let mut slow: Vec<(&str, Duration)> = Vec::new();
    for attempt in 0..TRIES {
        let again = |(what, took): (&'static str, Duration)| {
            (attempt == 0 || slow.iter().any(|(other, _)| *other == what)).then_some((what, took))
        };
        slow = label_while_importing(count).into_iter().filter_map(again).collect();
        if slow.is_empty() {
            return;
        }
    }
    panic!("these frames took longer than {LIMIT:?} each time: {slow:?}");
}

#[test]
fn a_load_that_nobody_wants_any_more_ends_before_the_next_file() {
    let driver = Driver::new();
    let snapshot = driver.work().session.snapshot();
    let article = snapshot.corpus().articles()[0].clone();
    let sets = [ANNOTATOR.into(), "b".into()];
    for files in 0..5 {
        let asked = Cell::new(0);
        let going = || {
            asked.set(asked.get() + 1);
            asked.get() <= files
        };
        let loaded = snapshot.loader().read_while(&article, &sets, &sets[..1], &going).unwrap();
        // A text, two sets and the referents of one.
        assert_eq!(loaded.is_some(), files == 4);
        assert_eq!(asked.get(), 4.min(files + 1));
    }
}

#[test]
fn a_project_that_is_asked_for_while_another_is_opened_comes_instead() {
    let mut driver = Driver::new();
    let first = driver.project();
    let other = |name: &str| {
        let dir = driver.home.path().join(name);
        Session::create(&dir, name, driver.work().session.corpus().schema.as_ref().clone()).unwrap();
        dir
    };
    let (second, third) = (other("second"), other("third"));
    let ctx = driver.harness.ctx.clone();
    let open = |driver: &mut Driver, dirs: &[&Path]| {
        for dir in dirs {
            driver.harness.state_mut().open(&ctx, dir, Access::Write);
            driver.harness.step();
        }
        driver.settle();
        assert_eq!(driver.failures(), [""; 0], "{dirs:?}");
        let root = driver.work().session.root().canonicalize().unwrap();
        assert_eq!(root, dirs[dirs.len() - 1].canonicalize().unwrap());
        assert!(!driver.work().session.read_only());
    };
    open(&mut driver, &[&second, &third]);
    // The same folder is let go of before it is opened again.
    open(&mut driver, &[&second, &third, &second, &second]);
    open(&mut driver, &[&first]);
    assert_eq!(driver.work().session.corpus().articles().len(), 3);
    for dir in [second, third] {
        Session::open(&dir, &ANNOTATOR.into(), Access::Write).expect("nobody has it any more").close().unwrap();
    }
}

#[test]
fn a_project_is_asked_for_in_the_frame_in_which_another_one_comes() {
    let mut driver = Driver::new();
    let other = |name: &str| {
        let dir = driver.home.path().join(name);
        Session::create(&dir, name, driver.work().session.corpus().schema.as_ref().clone()).unwrap();
        dir
    };
    let (first, second, third) = (driver.project(), other("second"), other("third"));
    let ctx = driver.harness.ctx.clone();
    // Another project replaces the open one, or the same one is let go of first.
    for (coming, then) in [(&second, &third), (&third, &first), (&first, &second)] {
        driver.harness.state_mut().open(&ctx, coming, Access::Write);
        let start = Instant::now();
        while driver.app().awaited() != Some("opening") {
            assert!(start.elapsed() < Duration::from_secs(20), "nothing is opened");
            driver.harness.step();
        }
        // It is there by now, and no frame has seen it.
        std::thread::sleep(Duration::from_millis(300));
        driver.harness.state_mut().open(&ctx, then, Access::Write);
        driver.settle();
        assert_eq!(driver.failures(), [""; 0]);
        assert!(driver.app().overlay.is_none());
        let root = driver.work().session.root().canonicalize().unwrap();
        assert_eq!(root, then.canonicalize().unwrap());
    }
}

#[test]
fn the_project_that_a_copy_replaced_is_opened_again_once_it_is_let_go_of() {
    let mut driver = Driver::new();
    let (first, copy) = (driver.project(), driver.home.path().join("copy"));
    // As long as this is held the files lack the label, and so the project is not let go of.
    let lock = hold(&first, "write.lock");
    let words = driver.find("Kota Karang", 0);
    driver.select_with_mouse(words);
    driver.char('l');
    driver.key(CTRL_SHIFT, Key::S);
    driver.write(&copy.display().to_string());
    driver.harness.key_press_modifiers(Modifiers::NONE, Key::Enter);
    let start = Instant::now();
    while driver.work().session.root() != copy {
        assert!(start.elapsed() < Duration::from_secs(20), "no copy is made: {:?}", driver.failures());
        driver.harness.step();
    }
    let ctx = driver.harness.ctx.clone();
    driver.harness.state_mut().open(&ctx, &first, Access::Write);
    while driver.app().overlay.is_some() {
        assert!(start.elapsed() < Duration::from_secs(20), "the copy is not left");
        driver.harness.step();
    }
    let held = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        drop(lock);
    });
    driver.settle();
    held.join().unwrap();
    assert_eq!(driver.failures(), [""; 0]);
    assert!(driver.app().overlay.is_none(), "nobody else has it");
    assert_eq!(driver.work().session.root(), first);
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
}

#[test]
fn articles_that_are_passed_by_are_not_loaded() {
    let mut driver = Driver::new();
    let ids: Vec<_> = driver.work().session.corpus().articles().iter().map(|article| article.id.clone()).collect();
    let (first, second, third) = (&ids[0], &ids[1], &ids[2]);
    assert_eq!(driver.work().open.as_ref().map(|open| &open.id), Some(first));
    let ctx = driver.harness.ctx.clone();
    for id in [second, third] {
        driver.harness.state_mut().perform(&ctx, Command::Project(ProjectCommand::LookAt(id.clone(), None)));
    }
    driver.settle();
    assert_eq!(driver.work().open.as_ref().map(|open| &open.id), Some(third));
    let loaded = |id| driver.work().session.corpus().text(id).is_some();
    assert!(loaded(third) && !loaded(second), "what is passed by never comes in");
}
