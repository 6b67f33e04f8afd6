//! Programs of the person's own as sources, by real keys: none is run before the person has seen what it is, and none is waited for.
#![cfg(unix)] // The programs are shell scripts.

use eframe::egui::{Key, Modifiers};
use jejak::assist::Suggestion;
use jejak::store::settings::{Program, Settings, Suggesting};

use crate::driver::asked::Asked;
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window whose person has this script as a program, on two articles.
fn with_script(script: &str, seconds: u16) -> Driver {
    let Driver { harness, home } = Driver::with_articles(|folder| {
        for (name, text) in
            [("1.txt", "Lidia Moreno tiba di Bandar Laut.\n"), ("2.txt", "Hujan turun di lembah, kata Lidia Moreno.\n")]
        {
            #[allow(clippy::disallowed_methods)] // A test's own input.
            std::fs::write(folder.join(name), text).unwrap();
        }
        vec![folder.to_owned()]
    });
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let arguments = vec!["-c".to_owned(), script.replace("HOME", &home.path().display().to_string())];
    let program = Program { name: "x".to_owned(), program: "/bin/sh".to_owned(), arguments, seconds, agreed: false };
    let suggesting = Suggesting { on: true, without: 0, programs: vec![program], ..Suggesting::default() };
    driver::start(home, &project, &Settings { suggesting, ..driver::settings() })
}

fn ghosts(driver: &Driver) -> Vec<String> {
    let words = |ghost: &Suggestion| driver.text().slice(ghost.extent().unwrap()).to_owned();
    driver.work().ghosts().iter().map(|ghost| format!("{}: {}", ghost.label, words(ghost))).collect()
}

fn click(driver: &mut Driver, label: &str) {
    driver.harness.get_by_label(label).click();
    driver.settle();
}

#[test]
fn a_program_is_run_once_the_person_has_seen_what_it_is() {
    let answer = r#"{"suggestions":[{"label":"person","quote":"Lidia Moreno","score":0.95},{"label":"place","quote":"Nowhere"}]}"#;
    let mut driver = with_script(&format!("echo run >> HOME/runs; echo '{answer}'"), 20);
    #[allow(clippy::disallowed_methods)] // The program's own output.
    let runs =
        |driver: &Driver| std::fs::read_to_string(driver.home.path().join("runs")).unwrap_or_default().lines().count();
    driver.palette("Sources of suggestions");
    click(&mut driver, "Program x");
    assert!(driver.harness.query_by_label("Run “x”?").is_some());
    assert!(driver.harness.query_by_label_contains("/bin/sh -c").is_some(), "what is run is shown");
    driver.key(NONE, Key::Escape);
    assert_eq!((runs(&driver), ghosts(&driver).len()), (0, 0), "it is not run without a yes");
    driver.palette("Sources of suggestions");
    click(&mut driver, "Program x");
    driver.key(NONE, Key::Enter);
    driver.settle();
    assert!(driver.harness.query_by_label("This article: 1 of 2 placed; nowhere in it: “Nowhere”.").is_some());
    driver.key(NONE, Key::Escape);
    assert_eq!(ghosts(&driver), ["person: Lidia Moreno"]);
    assert_eq!(driver.marked(), [""; 0], "nothing is anybody's before a key");
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    let origin = driver.set().iter().next().unwrap().origin.clone();
    assert!(format!("{:?}", origin.via).contains("command:x"), "{origin:?}");
    driver.key(CTRL, Key::Z);
    assert_eq!(
        (runs(&driver), ghosts(&driver)),
        (1, vec!["person: Lidia Moreno".to_owned()]),
        "asked once about a text"
    );
    driver.key(CTRL, Key::PageDown);
    driver.settle();
    assert_eq!((runs(&driver), ghosts(&driver)), (2, vec!["person: Lidia Moreno".to_owned()]));
    // Another line to run is asked about anew.
    driver.palette("Sources of suggestions");
    click(&mut driver, "Change x…");
    driver.key(NONE, Key::Tab);
    driver.write("cat");
    driver.key(CTRL, Key::Enter);
    driver.settle();
    let program = driver.app().settings.suggesting.programs[0].clone();
    assert_eq!((program.agreed, driver.app().settings.suggesting.also.len()), (false, 0), "{program:?}");
    driver.key(NONE, Key::Escape);
    assert_eq!((runs(&driver), ghosts(&driver).len()), (2, 0));
}

#[test]
fn a_program_that_hangs_or_fails_is_told_in_one_sentence_and_the_work_goes_on() {
    let mut driver = with_script("sleep 60", 1);
    driver.palette("Sources of suggestions");
    click(&mut driver, "Program x");
    driver.key(NONE, Key::Enter);
    driver.key(NONE, Key::Escape);
    driver.settle();
    let told = driver.failures().join("\n");
    assert!(told.contains("x had no answer within 1 s and was ended"), "{told}");
    driver.select_with_mouse(driver.find("Lidia Moreno", 0));
    driver.try_char('p');
    driver.settle();
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    // A program is added with keys alone.
    driver.palette("Sources of suggestions");
    click(&mut driver, "Add a program…");
    driver.write("y");
    driver.key(NONE, Key::Tab);
    driver.write("/bin/sh");
    driver.key(NONE, Key::Tab);
    driver.write("-c");
    driver.key(NONE, Key::Enter);
    driver.write("exit 3");
    driver.key(CTRL, Key::Enter);
    driver.settle();
    let added = driver.app().settings.suggesting.programs[1].clone();
    assert_eq!((added.name.as_str(), added.line().as_str()), ("y", "/bin/sh -c \"exit 3\""));
    click(&mut driver, "Program y");
    driver.key(NONE, Key::Enter);
    driver.settle();
    let told = driver.failures().join("\n");
    assert!(told.contains("y ended with code 3 and said nothing"), "{told}");
    driver.key(NONE, Key::Escape);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    driver.palette("Sources of suggestions");
    click(&mut driver, "Change y…");
    click(&mut driver, "Remove this program");
    assert_eq!(driver.app().settings.suggesting.programs.len(), 1);
}
