//! A person's first and last minutes: start, name, articles, everything reachable, closing.

use eframe::egui::{self, Key, Modifiers};
use jejak::model::Progress;

use crate::common::shared;
use crate::driver::asked::Asked;
use crate::driver::{self, ARTICLES, Driver};

#[test]
fn articles_are_stepped_through_marked_done_and_filtered() {
    let mut driver = Driver::new();
    assert_eq!(driver.work().session.corpus().articles().len(), ARTICLES.len());
    let first = driver.work().open.as_ref().unwrap().id.clone();
    driver.key(Modifiers::COMMAND, Key::PageDown);
    assert_ne!(driver.work().open.as_ref().unwrap().id, first);
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(driver.set().progress(), Progress::Done);
    driver.key(Modifiers::COMMAND, Key::L);
    for c in "lands".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.text().as_str().starts_with("President Raka"), "Enter opens the first that fits");
}

#[test]
fn the_palette_and_the_key_help_open_and_close_by_key() {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::K);
    assert!(driver.app().overlay.is_some());
    for c in "light dark".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.app().settings.dark, Some(true));
    driver.key(Modifiers::NONE, Key::F1);
    assert!(driver.harness.query_all_by_label("Keys").count() > 0);
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.app().overlay.is_none());
    driver.char('?');
    assert!(driver.app().overlay.is_some());
}

#[test]
fn the_article_is_described_beside_its_text() {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::E);
    for c in " (diperbarui)".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    let id = driver.work().open.as_ref().unwrap().id.clone();
    let title = |driver: &Driver| driver.work().session.corpus().article(&id).unwrap().title.clone();
    assert!(title(&driver).contains("(diperbarui)"), "{}", title(&driver));
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(!title(&driver).contains("(diperbarui)"));
}

#[test]
fn every_widget_has_a_name() {
    // The harness checks names of inputs whenever it settles; here everything that can be open is opened once.
    let mut driver = Driver::new();
    let span = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(span);
    driver.char('t');
    driver.harness.run();
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::F),
        (Modifiers::COMMAND, Key::E),
        (Modifiers::COMMAND, Key::O),
        (Modifiers::COMMAND, Key::N),
        (Modifiers::COMMAND, Key::I),
        (Modifiers::COMMAND, Key::P),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::NONE, Key::F1),
    ] {
        driver.key(modifiers, key);
        driver.harness.run();
        driver.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_five_articles_open_and_take_labels() {
    let Some(seeds) = shared("seeds") else { return };
    let mut driver = Driver::with_articles(|_| {
        let mut files: Vec<_> = std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
        files.sort();
        files
    });
    assert_eq!(driver.work().session.corpus().articles().len(), 5);
    for article in 0..5 {
        let words = driver.text().as_str().match_indices("Putin").next().map(|(at, _)| at).unwrap();
        let span = jejak::text::Span::new(words as u32, words as u32 + 5);
        driver.select_with_mouse(span);
        driver.char('p');
        assert_eq!(driver.marked(), ["person: Putin"], "article {article}");
        driver.char('R');
        driver.key(Modifiers::NONE, Key::Enter);
        assert!(driver.set().len() > 1);
        driver.key(Modifiers::COMMAND, Key::PageDown);
    }
    let before: usize = driver.on_disk().iter().map(|(_, set)| set.len()).sum();
    let mut driver = driver.reopen();
    driver.wait_for(|work| work.session.corpus().articles().iter().all(|article| work.summary(article).1.is_some()));
    let after: usize = driver.on_disk().iter().map(|(_, set)| set.len()).sum();
    assert_eq!(before, after);
    assert!(after > 50, "{after}");
}

#[test]
fn the_first_start_shows_worked_articles_and_asks_for_a_name_at_the_first_mark() {
    let home = tempfile::tempdir().unwrap();
    let sample = home.path().join("sample");
    jejak::store::sample::unpack_into(&sample).unwrap();
    let mut driver = driver::start(home, &sample, &jejak::store::settings::Settings::default());
    assert!(driver.app().overlay.is_none(), "reading needs no name");
    assert!(driver.set().len() > 5, "the article is worked");
    assert!(driver.harness.query_by_label_contains("Three things to try").is_some());
    assert!(driver.harness.query_by_label("no name yet").is_some());
    let word = driver.text().words().nth(3).unwrap();
    driver.select_with_mouse(word);
    driver.char('p');
    assert!(driver.app().overlay.is_some(), "the name is asked");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.app().overlay.is_none() && driver.work().session.read_only(), "one may go on reading");
    driver.select_with_mouse(word);
    driver.char('p');
    for c in "sari".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    driver.wait_for(|work| work.page().is_some_and(|(_, set)| !set.is_empty()));
    assert!(driver.work().annotator().ends_with("sari"), "{}", driver.work().annotator());
    let marked: Vec<_> = driver.set().iter().map(|record| (record.label.to_string(), record.at.clone())).collect();
    assert_eq!(marked, [("person".to_owned(), vec![word])], "the mark is made, and nothing else is this annotator's");
    driver.harness.get_by_label("Got it").click();
    driver.settle();
    assert!(driver.harness.query_by_label_contains("Three things to try").is_none());
}

#[test]
fn a_second_window_is_told_who_has_the_project_and_may_read() {
    let mut first = Driver::new();
    let span = first.find("Raka Wirya", 0);
    first.select_with_mouse(span);
    first.char('p');
    let other = tempfile::tempdir().unwrap();
    let mut second = driver::start(other, &first.project(), &driver::settings());
    assert!(second.app().work.is_none());
    assert!(second.harness.query_by_label_contains("open elsewhere").is_some());
    second.harness.get_by_label("Open for reading only").click();
    second.settle();
    assert!(second.work().session.read_only());
    assert_eq!(second.marked(), ["person: Raka Wirya"], "what is in the journal can be read already");
    second.harness.key_press(Key::Delete);
    second.settle();
    second.select_with_mouse(span);
    second.try_char('l');
    assert_eq!(second.marked(), ["person: Raka Wirya"], "nothing can be changed");
    assert!(!second.failures().is_empty(), "and that is said");
}

#[test]
fn changes_by_another_program_are_merged_into_the_open_article() {
    let mut driver = Driver::new();
    for (words, key) in [("Raka Wirya", 'p'), ("Bandar Laut", 'l')] {
        let span = driver.find(words, 0);
        driver.select_with_mouse(span);
        driver.char(key);
    }
    driver.key(Modifiers::COMMAND, Key::S);
    let sets = std::fs::read_dir(driver.project().join("sets").join(driver::ANNOTATOR)).unwrap();
    let of_the_first = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("000");
    let file = sets.map(|entry| entry.unwrap().path()).find(of_the_first).unwrap();
    let outside = std::fs::read_to_string(&file).unwrap().replace("label: \"place\"", "label: \"object\"");
    assert!(outside.contains("object"), "{outside}");
    jejak::store::atomic::write(&file, outside.as_bytes()).unwrap();
    let span = driver.find("Kota Karang", 0);
    driver.select_with_mouse(span);
    driver.char('l');
    driver.wait_for(|work| work.page().is_some_and(|(_, set)| set.iter().any(|record| record.label == "object")));
    assert_eq!(driver.marked(), ["person: Raka Wirya", "object: Bandar Laut", "place: Kota Karang"]);
}

#[test]
fn a_narrow_window_leaves_the_text_its_room() {
    let mut driver = Driver::new();
    driver.harness.set_size([640.0, 400.0].into());
    driver.settle();
    let width = |driver: &Driver| {
        driver.harness.get_by_role_and_label(egui::accesskit::Role::Document, "Article").rect().width()
    };
    assert!(width(&driver) > 370.0, "{}", width(&driver));
    let before = width(&driver);
    driver.key(Modifiers::NONE, Key::F6);
    assert!(width(&driver) < before, "the articles are shown when they are asked for");
    driver.key(Modifiers::NONE, Key::F7);
    driver.key(Modifiers::NONE, Key::F6);
    assert!(width(&driver) > 560.0, "{}", width(&driver));
}

#[test]
fn the_find_bar_is_no_wider_than_the_article() {
    let mut driver = Driver::new();
    for size in [[900.0, 600.0], [640.0, 400.0]] {
        driver.harness.set_size(size.into());
        driver.settle();
        let article =
            |driver: &Driver| driver.harness.get_by_role_and_label(egui::accesskit::Role::Document, "Article").rect();
        let before = article(&driver);
        driver.key(Modifiers::COMMAND, Key::F);
        driver.write("Raka");
        driver.settle();
        assert!((article(&driver).width() - before.width()).abs() < 1.0, "{size:?}");
        let close = driver.harness.get_by_label("Close").rect();
        assert!(close.right() <= before.right() + 1.0, "{size:?}: {close:?} in {before:?}");
        driver.key(Modifiers::NONE, Key::Escape);
        driver.settle();
    }
}

/// A file as it comes from outside the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn dropped_files_become_articles_and_what_fails_is_said() {
    let mut driver = Driver::new();
    let folder = driver.home.path().join("dropped");
    std::fs::create_dir_all(&folder).unwrap();
    let files = [
        ("new.txt", "Sultan Berangkat\n\nSultan berangkat ke Zahrania pada Rabu.\n"),
        ("again.txt", ARTICLES[1].1),
        ("nothing.txt", ""),
    ];
    for (name, text) in files {
        jejak::store::atomic::write(&folder.join(name), text.as_bytes()).unwrap();
        let file: egui::DroppedFileHandle = std::sync::Arc::new(Dropped(folder.join(name)));
        driver.harness.input_mut().dropped_files.push(file);
    }
    driver.settle();
    let articles = driver.work().session.corpus().articles();
    assert_eq!(articles.len(), ARTICLES.len() + 1);
    assert_eq!(articles.last().unwrap().title, "Sultan Berangkat");
    let said = driver.failures().join("\n");
    assert!(said.contains("1 article added, 1 skipped, 1 failed"), "{said}");
    assert!(said.contains("again.txt") && said.contains("nothing.txt"), "{said}");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.failures(), [""; 0], "Esc puts away what was said");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.work().session.corpus().articles().len(), ARTICLES.len(), "adding is undone as one");
}

#[test]
fn any_name_works_and_its_folder_is_shown() {
    let mut driver = Driver::new();
    driver.palette("change the annotator");
    driver.key(Modifiers::COMMAND, Key::A);
    driver.write("Siti Nurhaliza");
    assert!(driver.harness.query_by_label_contains("sets/Siti-Nurhaliza").is_some());
    driver.key(Modifiers::NONE, Key::Enter);
    driver.settle();
    driver.key(Modifiers::COMMAND, Key::PageDown);
    assert!(driver.harness.query_by_label("Siti Nurhaliza").is_some(), "shown as it was typed");
    assert_eq!(driver.work().annotator(), "Siti-Nurhaliza");
}
