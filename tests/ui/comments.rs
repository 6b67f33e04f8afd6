//! Comments by keyboard: written, answered, resolved, found again; blind work; states of articles.

use eframe::egui::{Key, Modifiers};
use jejak::edit::{CommentEditor, SetEditor};
use jejak::model::{Name, Progress, Quote, Target, Thread, threads};
use jejak::store::{Access, Session};
use jejak::ui::StatusFilter;

use crate::driver::asked::Asked;
use crate::driver::{ANNOTATOR, Driver};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn all(driver: &Driver) -> Vec<Thread> {
    threads(driver.work().session.corpus().all_comments())
}

fn write(driver: &mut Driver, words: &str) {
    // Comments stand in the order of their seconds: two of a test are never of the same one.
    std::thread::sleep(std::time::Duration::from_millis(1_050));
    assert!(driver.app().overlay.is_some(), "a dialog asks");
    for c in words.chars() {
        driver.char(c);
    }
    driver.key(Modifiers::COMMAND, Key::Enter);
}

/// The threads as they stand: words that they are about, what is said, whether it is settled.
fn said(driver: &Driver) -> Vec<String> {
    let line = |thread: &Thread| {
        let texts: Vec<&str> = thread.comments.iter().map(|(_, comment)| comment.text.as_str()).collect();
        format!(
            "{}: {} {}",
            thread.first().1.words(),
            texts.join(" / "),
            if thread.resolved { "settled" } else { "open" }
        )
    };
    all(driver).iter().map(line).collect()
}

#[test]
fn a_comment_is_written_answered_settled_and_all_of_it_undone() {
    let mut driver = Driver::new();
    let person = driver.find("Raka Wirya", 2);
    driver.select_with_mouse(person);
    driver.char('p');
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "siapa?");
    assert_eq!(said(&driver), ["Raka Wirya: siapa? open"]);
    let id = driver.set().iter().next().unwrap().id;
    assert_eq!(all(&driver)[0].first().1.on, Target::Annotation(ANNOTATOR.into(), id));
    // Words that are no annotation, and the article as a whole.
    let words = driver.find("dua hari", 0);
    driver.select_with_keys(words);
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "berapa lama?");
    driver.key(Modifiers::COMMAND, Key::PageDown);
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "apa sudah lengkap?");
    assert_eq!(said(&driver), ["Raka Wirya: siapa? open", "dua hari: berapa lama? open", ": apa sudah lengkap? open"]);
    // The list, from another article: the first one is answered, then settled, opened again, and gone to.
    driver.key(CTRL_SHIFT, Key::M);
    driver.char('a');
    write(&mut driver, "presiden");
    driver.key(CTRL_SHIFT, Key::M);
    driver.char('r');
    assert_eq!(said(&driver)[0], "Raka Wirya: siapa? / presiden /  settled");
    driver.char('r');
    assert_eq!(said(&driver)[0], "Raka Wirya: siapa? / presiden /  /  open");
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(CTRL_SHIFT, Key::M);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.work().open.as_ref().unwrap().id.to_string(), "000");
    assert_eq!(driver.work().open.as_ref().unwrap().selected, [id]);
    driver.key(CTRL_SHIFT, Key::M);
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.work().open.as_ref().unwrap().reader.selection(), Some(words), "words are selected");
    // Everything is there after a restart, and can be undone one after the other.
    let before = said(&driver);
    let mut driver = driver.reopen();
    assert_eq!(said(&driver), before);
    for _ in 0..6 {
        driver.key(Modifiers::COMMAND, Key::Z);
        driver.key(Modifiers::NONE, Key::Enter);
    }
    assert_eq!(said(&driver), [""; 0]);
    assert_eq!(driver.set().len(), 1, "the annotation is still there");
    for _ in 0..6 {
        driver.key(Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(said(&driver), before);
}

#[test]
fn one_rewords_and_deletes_what_one_said_and_an_empty_comment_is_none() {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "  ");
    assert_eq!(said(&driver), [""; 0]);
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "salah");
    driver.key(CTRL_SHIFT, Key::M);
    driver.char('e');
    write(&mut driver, "benar");
    assert_eq!(said(&driver), [": benar open"]);
    driver.key(CTRL_SHIFT, Key::M);
    driver.key(Modifiers::NONE, Key::Delete);
    assert_eq!(said(&driver), [""; 0]);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&driver), [": benar open"]);
}

#[test]
fn a_blind_annotator_sees_only_comments_that_are_the_own_business() {
    let mut driver = Driver::new();
    let person = driver.find("Raka Wirya", 2);
    driver.select_with_mouse(person);
    driver.char('p');
    let id = driver.set().iter().next().unwrap().id;
    let quote = Quote::of(driver.text(), person);
    let project = driver.project();
    let Driver { harness, home } = driver;
    let app = harness.into_state();
    crate::driver::close(app);
    let mut other = Session::open(&project, &"lain".into(), Access::Write).unwrap();
    let article = other.corpus().articles()[0].id.clone();
    for on in [Target::Words, Target::Annotation(ANNOTATOR.into(), id)] {
        let name = Name::new("lain");
        let (transaction, _) = CommentEditor::new(other.corpus(), &name).add(&article, on, vec![quote.clone()], "hm");
        other.commit(transaction).unwrap();
    }
    other.close().unwrap();
    let mut driver = crate::driver::start(home, &project, &crate::driver::settings());
    let open = |driver: &mut Driver| {
        let work = driver.harness.state_mut().work.as_mut().unwrap();
        work.threads(false).all.len()
    };
    assert_eq!(open(&mut driver), 1, "the one on the own annotation");
    assert!(driver.harness.query_by_label("blind").is_some());
    driver.key(Modifiers::COMMAND, Key::K);
    for c in "work blind".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(open(&mut driver), 2);
    assert!(driver.harness.query_by_label("open").is_some());
    let mut driver = driver.reopen();
    let file = std::fs::read_to_string(project.join("project.ron")).unwrap();
    assert!(file.contains("open_sets: true"), "{file}");
    assert_eq!(open(&mut driver), 2, "the project remembers");
    assert!(driver.failures().is_empty());
}

#[test]
fn states_are_shown_and_filter_the_list() {
    let mut driver = Driver::new();
    let listed = |driver: &mut Driver, wanted: StatusFilter| {
        let work = driver.harness.state_mut().work.as_mut().unwrap();
        work.wanted = wanted;
        let found = work.listed();
        work.wanted = StatusFilter::All;
        found
    };
    assert_eq!(listed(&mut driver, StatusFilter::New), [0, 1, 2]);
    let person = driver.find("Raka Wirya", 2);
    driver.select_with_mouse(person);
    driver.char('p');
    assert_eq!(driver.set().progress(), Progress::InProgress, "the first mark begins the article");
    driver.key(Modifiers::COMMAND, Key::PageDown);
    driver.key(Modifiers::COMMAND, Key::D);
    driver.key(Modifiers::COMMAND, Key::M);
    write(&mut driver, "selesai?");
    assert_eq!(listed(&mut driver, StatusFilter::New), [2]);
    assert_eq!(listed(&mut driver, StatusFilter::InProgress), [0]);
    assert_eq!(listed(&mut driver, StatusFilter::Done), [1]);
    assert_eq!(listed(&mut driver, StatusFilter::Commented), [1]);
    assert_eq!(listed(&mut driver, StatusFilter::Decided), [0; 0]);
    assert!(driver.harness.query_by_label_contains("done · 1 ✉").is_some());
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(listed(&mut driver, StatusFilter::Done), [0; 0]);
}

#[test]
fn anothers_set_stands_beside_ones_own_only_where_the_project_allows_it() {
    let driver = Driver::new();
    let span = driver.find("Bandar Laut", 2);
    let project = driver.project();
    let Driver { harness, home } = driver;
    let app = harness.into_state();
    crate::driver::close(app);
    let name = Name::new("lain");
    let mut other = Session::open(&project, &name, Access::Write).unwrap();
    let article = other.corpus().articles()[0].id.clone();
    other.load(&article, std::slice::from_ref(&name)).unwrap();
    let (transaction, _) = SetEditor::new(other.corpus(), (article, name)).label(&"place".into(), vec![span]);
    other.commit(transaction).unwrap();
    other.close().unwrap();
    let mut driver = crate::driver::start(home, &project, &crate::driver::settings());
    let palette = |driver: &mut Driver, words: &str| {
        driver.key(Modifiers::COMMAND, Key::K);
        for c in words.chars() {
            driver.char(c);
        }
        driver.key(Modifiers::NONE, Key::Enter);
    };
    palette(&mut driver, "beside your own");
    assert!(driver.app().overlay.is_none(), "annotators work blind");
    palette(&mut driver, "work blind");
    palette(&mut driver, "beside your own");
    assert!(driver.app().overlay.is_some());
    driver.char('1');
    driver.settle();
    assert_eq!(driver.work().shown_beside(), Some("lain".into()));
    let theme = jejak::ui::theme::Theme::of(false);
    let tracks = driver.harness.state_mut().work.as_mut().unwrap().tracks_beside(theme, "en").unwrap();
    assert_eq!(tracks.tracks[0].marks[0].at, [span]);
    assert!(driver.set().is_empty(), "it is for reading only");
    palette(&mut driver, "work blind");
    assert_eq!(driver.work().shown_beside(), None, "blind again");
}
