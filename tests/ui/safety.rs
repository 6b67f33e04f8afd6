//! The folder or the disk goes away under an open window, files are deleted or broken: nothing is lost, everything is
//! said once, and what is mended is no longer said.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers, ViewportCommand};
use jejak::model::{Name, Schema};
use jejak::store::{Access, SaveState, Session};
use jejak::ui::Overlay;

use crate::common::copy;
use crate::disk::Disk;
use crate::driver::asked::{Asked, plain};
use crate::driver::{self, ANNOTATOR, ARTICLES, Driver};
use crate::made::{set_file, stem};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const GONE: &str = "the project's folder is gone";

/// A window with one person labelled and everything in the files.
fn labelled() -> Driver {
    let mut driver = Driver::new();
    label(&mut driver, "Lidia Moreno", 'p');
    driver.key(Modifiers::COMMAND, Key::S);
    driver
}

fn label(driver: &mut Driver, words: &str, key: char) {
    let span = driver.find(words, 0);
    driver.select_with_mouse(span);
    driver.try_char(key);
}

fn failed(work: &jejak::ui::Workspace) -> bool {
    matches!(work.session.save_state(), SaveState::Failed(_))
}

fn saved(work: &jejak::ui::Workspace) -> bool {
    work.session.save_state() == SaveState::Saved
}

/// Lets the window run until something is so.
fn wait(driver: &mut Driver, wanted: impl Fn(&Driver) -> bool) {
    let start = Instant::now();
    while !wanted(driver) {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not come about: {:?}", driver.failures());
        std::thread::sleep(Duration::from_millis(20));
        driver.settle();
    }
}

fn leaving(driver: &Driver) -> bool {
    matches!(driver.app().overlay, Some(Overlay::Leaving(_)))
}

fn asked_about_gone(driver: &Driver) -> bool {
    matches!(driver.app().overlay, Some(Overlay::Gone))
}

#[test]
fn a_folder_that_is_renamed_and_comes_back_loses_nothing() {
    let mut driver = labelled();
    let (project, away) = (driver.project(), driver.home.path().join("away"));
    std::fs::rename(&project, &away).unwrap();
    driver.wait_for(failed);
    assert!(driver.harness.query_by_label(&format!("! not saved: {GONE}")).is_some(), "the status line says so");
    let [said] = &driver.failures()[..] else { panic!("one notice: {:?}", driver.failures()) };
    assert!(said.contains(GONE), "{said}");
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "nothing is emptied");

    label(&mut driver, "Kota Karang", 'l');
    std::thread::sleep(Duration::from_millis(1500));
    driver.settle();
    assert_eq!(driver.failures().len(), 1, "it is said once: {:?}", driver.failures());
    let marked = driver.marked();
    assert_eq!(marked.len(), 2, "work goes on");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.failures(), [""; 0]);
    driver.key(Modifiers::COMMAND, Key::S);
    assert_eq!(driver.failures().len(), 1, "Ctrl+S tells why it cannot: {:?}", driver.failures());

    std::fs::rename(&away, &project).unwrap();
    driver.wait_for(saved);
    assert_eq!(driver.failures(), [""; 0], "what is mended is not said any more");
    let mut driver = driver.reopen();
    assert_eq!(driver.marked(), marked);
    assert_eq!(driver.failures(), [""; 0]);
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.marked().len(), 1, "undo goes on, too, once it was asked about");
}

#[test]
fn a_copy_takes_the_work_where_the_folder_is_gone() {
    // The way in which the folder goes, the articles that cannot be read any more, and the name of the copy.
    type Go = fn(&Path);
    let rename: Go = |project| std::fs::rename(project, project.with_extension("away")).unwrap();
    let remove: Go = |project| std::fs::remove_dir_all(project).unwrap();
    let ways = [(rename, 0, "copy"), (remove, ARTICLES.len() - 1, "copy"), (remove, ARTICLES.len() - 1, "project")];
    for (go, missing, name) in ways {
        let mut driver = labelled();
        go(&driver.project());
        driver.wait_for(failed);
        label(&mut driver, "Kota Karang", 'l');
        let marked = driver.marked();
        let copy = driver.home.path().join(name);
        match missing {
            0 => driver.key(CTRL_SHIFT, Key::S),
            _ => {
                driver.harness.get_by_label("Save a copy… (Ctrl+Shift+S)").click();
                driver.settle();
            }
        }
        driver.write(&copy.display().to_string());
        driver.key(Modifiers::NONE, Key::Enter);
        assert_eq!(driver.work().session.root(), copy, "the copy is the project now: {:?}", driver.failures());
        assert!(saved(driver.work()));
        assert_eq!(driver.marked(), marked);
        let failures = driver.failures().join("\n");
        assert_eq!(failures.matches("\narticle 00").count(), missing, "what is not in the copy is said: {failures}");
        assert!(!failures.contains(GONE), "nothing is said to be unsaved: {failures}");
        driver.key(Modifiers::NONE, Key::Escape);

        label(&mut driver, "Selasa", 'd');
        let marked = driver.marked();
        assert!(driver.close_window(), "the window closes: everything is saved");
        let Driver { mut harness, home } = driver;
        harness.step();
        let app = harness.into_state();
        driver::close(app);
        let driver = driver::start(home, &copy, &driver::settings());
        assert_eq!(driver.marked(), marked, "the copy is there when it is opened again");
        assert_eq!(driver.work().session.corpus().articles().len(), ARTICLES.len() - missing);
        assert_eq!(driver.failures(), [""; 0]);
    }
}

#[test]
fn a_copy_that_cannot_be_made_leaves_everything_as_it_is() {
    let mut driver = labelled();
    driver.key(Modifiers::COMMAND, Key::S);
    let (sources, other) = (driver.home.path().join("sources"), driver.home.path().join("other"));
    copy(&driver.project(), &other);
    driver.key(CTRL_SHIFT, Key::S);
    driver.write(&sources.display().to_string());
    driver.key(Modifiers::NONE, Key::Enter);
    let [said] = &driver.failures()[..] else { panic!("one notice: {:?}", driver.failures()) };
    assert!(said.contains("No copy was made") && said.contains("is not empty"), "{said}");
    assert_eq!(driver.work().session.root(), driver.project());
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    label(&mut driver, "Kota Karang", 'l');
    assert_eq!(driver.marked().len(), 2, "work goes on here");
    let noted = driver.harness.state_mut().work.as_mut().unwrap().session.take_followed();
    let mut other = Session::open(&other, &ANNOTATOR.into(), Access::Write).unwrap();
    other.follow(noted).unwrap();
    assert_eq!(other.history().depth(), (0, 0), "nothing is noted for a copy that is not made");
}

/// A window with a set in two articles, both in the files; the first article is open.
fn two_sets() -> (Driver, [PathBuf; 2]) {
    let mut driver = labelled();
    driver.key(Modifiers::COMMAND, Key::PageDown);
    label(&mut driver, "Darma Putra", 'p');
    driver.key(Modifiers::COMMAND, Key::S);
    driver.key(Modifiers::COMMAND, Key::PageUp);
    let set = |id: &str| driver.project().join(set_file(&driver.project(), ANNOTATOR, id));
    let files = ["000", "001"].map(set);
    (driver, files)
}

fn delete_both(driver: &mut Driver, files: &[PathBuf; 2]) {
    files.iter().for_each(|file| std::fs::remove_file(file).unwrap());
    wait(driver, |driver| driver.work().session.vanished().count() == 2 && asked_about_gone(driver));
    // A dialog is measured in its first frame, and shown from then on.
    driver.settle();
    assert!(driver.harness.query_by_label("2 files that held work are gone").is_some(), "one question for both");
    assert_eq!(driver.failures(), [""; 0], "and nothing beside it");
}

#[test]
fn files_that_are_gone_are_written_again() {
    let (mut driver, files) = two_sets();
    let before = files.clone().map(|file| std::fs::read_to_string(file).unwrap());
    delete_both(&mut driver, &files);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "until that is answered everything stays");
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.app().overlay.is_none());
    wait(&mut driver, |_| files.iter().all(|file| file.exists()));
    driver.key(Modifiers::COMMAND, Key::S);
    assert_eq!(files.map(|file| std::fs::read_to_string(file).unwrap()), before, "the same bytes");
}

#[test]
fn files_that_are_gone_take_their_records_with_them_when_told_to() {
    let (mut driver, files) = two_sets();
    delete_both(&mut driver, &files);
    driver.harness.get_by_label("Later (Esc)").click();
    driver.settle();
    assert!(driver.app().overlay.is_none());
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "later: everything stays");
    std::thread::sleep(Duration::from_millis(1200));
    driver.settle();
    assert!(driver.app().overlay.is_none(), "it is asked once");

    driver.key(Modifiers::COMMAND, Key::P);
    assert_eq!(driver.harness.query_all_by_label("Files that are gone…").count(), 2, "the list of problems has them");
    driver.key(Modifiers::NONE, Key::Escape);
    driver.palette("files that are gone");
    assert!(asked_about_gone(&driver));
    driver.key(Modifiers::COMMAND, Key::Delete);
    wait(&mut driver, |driver| driver.set().is_empty());
    assert!(driver.app().overlay.is_none());
    assert_eq!(driver.failures(), [""; 0]);
    let mut driver = driver.reopen();
    assert!(driver.on_disk().iter().all(|(_, set)| set.is_empty()), "they are gone after a restart, too");
    driver.palette("files that are gone");
    assert!(driver.app().overlay.is_none(), "no file is gone any more");
}

#[test]
fn a_file_that_comes_back_is_not_asked_about_any_more() {
    let (mut driver, files) = two_sets();
    let aside = driver.home.path().join("aside");
    std::fs::rename(&files[0], &aside).unwrap();
    wait(&mut driver, asked_about_gone);
    std::fs::rename(&aside, &files[0]).unwrap();
    wait(&mut driver, |driver| driver.app().overlay.is_none());
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    assert!(driver.work().session.vanished().next().is_none());
}

/// A window on a project on a small disk; none where no disk can be mounted.
fn on_small_disk() -> Option<(Disk, Driver)> {
    let disk = Disk::mount("size=400k")?;
    let project = disk.path().join("project");
    Session::create(&project, "Uji", Schema::trips()).unwrap();
    let mut session = Session::open(&project, &ANNOTATOR.into(), Access::Write).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let reading = jejak::ingest::Reading::default();
    let mut drafts = Vec::new();
    for (name, text) in ARTICLES {
        let file = folder.path().join(name);
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(&file, text).unwrap();
        drafts.extend(jejak::ingest::read(&file, &reading, &mut |_| true).unwrap().into_iter().map(Result::unwrap));
    }
    session.add_articles(drafts).unwrap();
    session.close().unwrap();
    let driver = driver::start(tempfile::tempdir().unwrap(), &project, &driver::settings());
    Some((disk, driver))
}

/// Fills a disk to the last byte.
fn fill(disk: &Disk) -> PathBuf {
    use std::io::Write as _;
    let path = disk.path().join("filler");
    let mut file = std::fs::File::create(&path).unwrap();
    for size in [4096, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

/// Works until the disk takes no more; gives what is marked then.
fn work_until_full(driver: &mut Driver) -> Vec<String> {
    for round in 0.. {
        if failed(driver.work()) {
            break;
        }
        assert!(round < 200, "the disk never gets full");
        driver.try_char(if round % 2 == 0 { 'l' } else { 'p' });
    }
    driver.marked()
}

#[test]
fn a_full_disk_is_warned_about_each_time_the_window_is_closed() {
    let Some((disk, mut driver)) = on_small_disk() else {
        println!("skipped: no disk of a chosen size can be mounted here");
        return;
    };
    label(&mut driver, "Lidia Moreno", 'p');
    for time in ["first", "second"] {
        driver.wait_for(saved);
        let filler = fill(&disk);
        let marked = work_until_full(&mut driver);
        assert_eq!(driver.failures().len(), 1, "{time}: {:?}", driver.failures());
        assert!(!driver.close_window(), "{time}: the window stays over unsaved work");
        assert!(leaving(&driver), "{time}: and asks");
        assert!(!driver.close_window(), "{time}: a second click of the same hand is no answer");
        driver.key(Modifiers::COMMAND, Key::S);
        assert!(leaving(&driver), "{time}: trying again does not help yet");
        driver.key(Modifiers::NONE, Key::Escape);
        assert!(driver.app().overlay.is_none());
        assert_eq!(driver.marked(), marked);
        std::fs::remove_file(filler).unwrap();
        wait(&mut driver, |driver| saved(driver.work()) && driver.failures().is_empty());
    }
    // While the question stands, the disk is mended: it leaves by itself.
    let filler = fill(&disk);
    work_until_full(&mut driver);
    assert!(!driver.close_window());
    std::fs::remove_file(filler).unwrap();
    wait(&mut driver, |driver| driver.app().overlay.is_none());
    // Mended by hand: trying again goes on closing.
    let filler = fill(&disk);
    let marked = work_until_full(&mut driver);
    assert!(!driver.close_window());
    std::fs::remove_file(filler).unwrap();
    assert!(driver.closes_by(Modifiers::COMMAND, Key::S), "once it is saved the window closes");
    assert!(driver.close_window());
    let project = disk.path().join("project");
    let Driver { harness, home } = driver;
    driver::close(harness.into_state());
    let driver = driver::start(home, &project, &driver::settings());
    assert_eq!(driver.marked(), marked);
}

#[test]
fn who_says_so_twice_leaves_without_the_work() {
    // By closing again, by key, by the mouse.
    let ways: [fn(&mut Driver) -> bool; 3] = [
        Driver::close_window,
        |driver| driver.closes_by(Modifiers::COMMAND, Key::Q) && driver.close_window(),
        |driver| {
            driver.harness.get_by_label("Leave without it (Ctrl+Q)").click();
            driver.harness.run_steps(1);
            let closes = driver.commanded(&ViewportCommand::Close);
            closes && driver.close_window()
        },
    ];
    for (way, leave) in ways.into_iter().enumerate() {
        let mut driver = labelled();
        std::fs::remove_dir_all(driver.project()).unwrap();
        driver.wait_for(failed);
        assert!(!driver.close_window(), "{way}");
        assert!(leaving(&driver), "{way}");
        // Longer than a double click.
        driver.harness.run_steps(80);
        assert!(leave(&mut driver), "{way}: said twice, it is done");
    }
}

#[test]
fn another_project_is_not_opened_over_unsaved_work() {
    let mut driver = labelled();
    let other = driver.home.path().join("other");
    Session::create(&other, "Other", Schema::trips()).unwrap();
    std::fs::remove_dir_all(driver.project()).unwrap();
    driver.wait_for(failed);
    let open_other = |driver: &mut Driver| {
        driver.key(Modifiers::COMMAND, Key::O);
        driver.write(&other.display().to_string());
        driver.key(Modifiers::NONE, Key::Enter);
        assert!(leaving(driver), "it asks first");
    };
    open_other(&mut driver);
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "who stays has everything");
    open_other(&mut driver);
    driver.harness.run_steps(80);
    driver.key(Modifiers::COMMAND, Key::Q);
    assert_eq!(driver.work().session.root(), other);
    assert_eq!(driver.failures(), [""; 0], "what was left knowingly is not told again");
}

#[test]
fn a_set_that_cannot_be_read_is_left_as_it_is_and_shown_once_it_is_mended() {
    let driver = labelled();
    let file = driver.project().join(set_file(&driver.project(), ANNOTATOR, "000"));
    let good = std::fs::read_to_string(&file).unwrap();
    let Driver { harness, home } = driver;
    driver::close(harness.into_state());
    let broken = good.replacen("annotations", "annotations (", 1);
    #[allow(clippy::disallowed_methods)] // As another program does.
    std::fs::write(&file, &broken).unwrap();

    let project = home.path().join("project");
    let mut driver = driver::start(home, &project, &driver::settings());
    assert!(driver.harness.query_by_label("! cannot be read").is_some(), "the status line does not say saved");
    let [said] = &driver.failures()[..] else { panic!("one notice: {:?}", driver.failures()) };
    assert!(
        said.contains(&format!("{}:", set_file(&project, ANNOTATOR, "000"))),
        "it names the file and the place: {said}"
    );
    assert_eq!(driver.marked(), [""; 0]);
    driver.key(Modifiers::NONE, Key::Escape);

    label(&mut driver, "Kota Karang", 'l');
    let [said] = &driver.failures()[..] else { panic!("one sentence: {:?}", driver.failures()) };
    assert!(said.contains("cannot be read and is left as it is"), "{said}");
    assert_eq!(driver.marked(), [""; 0]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), broken, "the file is untouched");
    assert!(driver.close_window() && driver.app().overlay.is_none(), "nothing is unsaved: the window may close");

    #[allow(clippy::disallowed_methods)] // As another program does.
    std::fs::write(&file, &good).unwrap();
    wait(&mut driver, |driver| driver.marked() == ["person: Lidia Moreno"]);
    assert!(saved(driver.work()));
    assert_eq!(driver.failures(), [""; 0], "what is mended is not said any more");
    assert!(driver.app().notices().iter().any(|notice| plain(&notice.text).contains("can be read again")));
    label(&mut driver, "Kota Karang", 'l');
    assert_eq!(driver.marked().len(), 2, "and it can be changed");
}

#[test]
fn what_the_journal_holds_is_left_to_it_and_is_there_again() {
    let mut driver = labelled();
    let file = driver.project().join(set_file(&driver.project(), ANNOTATOR, "000"));
    let good = std::fs::read_to_string(&file).unwrap();
    #[allow(clippy::disallowed_methods)] // As another program does.
    std::fs::write(&file, good.replacen("annotations", "annotations (", 1)).unwrap();
    driver.wait_for(failed);
    label(&mut driver, "Kota Karang", 'l');
    let marked = driver.marked();
    assert_eq!(driver.failures().len(), 1, "{:?}", driver.failures());
    assert!(!driver.close_window());
    assert!(leaving(&driver));
    driver.harness.get_by_label("Leave it to the journal (Ctrl+Q)");
    driver.harness.run_steps(80);
    assert!(driver.closes_by(Modifiers::COMMAND, Key::Q) && driver.close_window());
    #[allow(clippy::disallowed_methods)] // As another program does.
    std::fs::write(&file, &good).unwrap();
    let driver = driver.reopen();
    assert_eq!(driver.marked(), marked, "what was in the journal is there");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn undo_over_a_changed_text_is_refused_in_a_sentence() {
    let mut driver = labelled();
    label(&mut driver, "Kamis", 'd');
    driver.key(Modifiers::COMMAND, Key::End);
    let file = driver.project().join(format!("articles/{}.txt", stem(&driver.project(), "000")));
    let text = std::fs::read_to_string(&file).unwrap();
    let shorter = format!("Ringkasan.\n\n{}", &text[..text.find("Dari Bandar").unwrap()]);
    #[allow(clippy::disallowed_methods)] // As another program does.
    std::fs::write(&file, &shorter).unwrap();
    wait(&mut driver, |driver| driver.text().as_str() == shorter);
    driver.key(Modifiers::NONE, Key::Escape);
    let before = driver.marked();

    driver.key(Modifiers::COMMAND, Key::Z);
    let [said] = &driver.failures()[..] else { panic!("one notice: {:?}", driver.failures()) };
    assert!(said.contains("has changed since"), "{said}");
    assert_eq!(driver.marked(), before);
    let open = driver.work().open.as_ref().unwrap();
    assert!(open.reader.caret() as usize <= shorter.len(), "the caret stands in the text");
    assert!(open.selected.iter().all(|&id| driver.set().get(id).is_some()), "nothing is selected that is not there");
    driver.key(Modifiers::NONE, Key::Escape);
    label(&mut driver, "Selasa", 'd');
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), before, "what is done now can be undone");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn edits_from_a_journal_of_another_folder_are_brought_in_when_told_to() {
    let driver = labelled();
    let project = driver.project();
    let Driver { harness, home } = driver;
    driver::close(harness.into_state());
    // A session that does not come to an end leaves its edits in the journal, and the folder is copied so.
    let mut session = Session::open(&project, &ANNOTATOR.into(), Access::Write).unwrap();
    let key = (session.corpus().articles()[0].id.clone(), Name::new(ANNOTATOR));
    session.load(&key.0, std::slice::from_ref(&key.1)).unwrap();
    let text = session.corpus().text(&key.0).unwrap();
    let at = text.as_str().find("Kota Karang").unwrap() as u32;
    let editor = jejak::edit::SetEditor::new(session.corpus(), key);
    let (transaction, _) = editor.label(&Name::new("place"), vec![jejak::text::Span::new(at, at + 11)]);
    session.commit(transaction).unwrap();
    while session.save_state() != SaveState::Saved {
        std::thread::yield_now();
    }
    drop(session);
    let copy = home.path().join("copy");
    crate::common::copy(&project, &copy);

    let mut driver = driver::start(home, &copy, &driver::settings());
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "nothing comes in unasked");
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::COMMAND, Key::P);
    driver.harness.get_by_label("Bring in edits from elsewhere").click();
    driver.settle();
    assert_eq!(driver.marked(), ["person: Lidia Moreno", "place: Kota Karang"]);
    let told = driver.app().notices().iter().any(|notice| plain(&notice.text).contains("from elsewhere brought in"));
    assert!(told && driver.failures().is_empty(), "{:?}", driver.failures());
    assert!(driver.work().session.problems().is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "one undo takes them back");
    driver.palette("bring in edits from elsewhere");
    assert_eq!(driver.marked(), ["person: Lidia Moreno"], "and they are not brought in twice");
}
