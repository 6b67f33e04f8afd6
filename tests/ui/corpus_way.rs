//! The whole way through the corpus of the sample: a tour joined, one that only seems to be it told apart, a place of several of
//! its name found, a contradiction judged, places labelled; undone, redone, reopened.

use eframe::egui::{Key, Modifiers};
use jejak::corpus::Index;
use jejak::store::settings::Settings;

use crate::driver::asked::Asked;
use crate::driver::{self, Driver};
use crate::trip_rows::go_to;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Everything that a says.
fn state(driver: &Driver) -> String {
    let index = Index::build(driver.work().session.snapshot(), &"a".into(), &mut |_, _| true).unwrap().unwrap();
    let progress = |digest: &jejak::corpus::Digest| format!("{:?} {:?}", digest.mentions, digest.frames);
    let digests: Vec<String> = index.digests().iter().map(|digest| progress(digest)).collect();
    format!("{digests:?} {:?} {:?}", index.referents(), index.judgements())
}

fn one_more(driver: &mut Driver, steps: &mut usize) {
    *steps += 1;
    let wanted = *steps;
    driver.settle();
    let said: Vec<&str> = driver.app().notices().iter().map(|notice| notice.text.as_str()).collect();
    assert_eq!(driver.work().session.history().depth().0, wanted, "{said:?}");
}

#[test]
fn the_sample_is_gone_through_undone_redone_reopened_and_equal() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    for article in ["000", "001", "002", "003", "004", "005", "006", "007", "008", "009"] {
        // Finished articles are locked.
        let path = project.join(format!("sets/a/{article}.ron"));
        let said = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, said.replace("progress: Done", "progress: InProgress")).unwrap();
    }
    let mut driver = driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() });
    driver.harness.set_size([1280.0, 1600.0].into());
    driver.key(NONE, Key::F11);
    driver.settle();
    let before = state(&driver);
    let mut steps = 0;

    // The tour that two articles tell of is one trip; the journey to another place of that name is not.
    go_to(&mut driver, "May be Bagas Prawira → Cartagena, Valencia");
    driver.write("m");
    driver.key(NONE, Key::Enter);
    one_more(&mut driver, &mut steps);
    for _ in 0..2 {
        go_to(&mut driver, "May be Bagas Prawira → Cartagena, Valencia");
        driver.write("n");
        one_more(&mut driver, &mut steps);
    }

    // One place of several that are called so.
    driver.write("6");
    driver.settle();
    for _ in 0..40 {
        if driver.harness.query_all_named(|name| name.starts_with("Cartagena, CO")).count() > 0 {
            break;
        }
        driver.key(NONE, Key::ArrowDown);
    }
    let at = driver.harness.query_all_named(|name| name.starts_with("Cartagena, CO")).next().unwrap().rect().center();
    driver.click(at);
    one_more(&mut driver, &mut steps);

    // Two claims that cannot both be true.
    driver.write("3");
    driver.settle();
    driver.write("-");
    one_more(&mut driver, &mut steps);

    // Places of a word in all articles.
    driver.write("5");
    driver.settle();
    driver.write("/");
    driver.write("lawatan");
    driver.key(NONE, Key::Enter);
    driver.settle();
    driver.key(CTRL, Key::A);
    assert!(driver.app().corpus.concordance.ticked() >= 10, "{}", driver.app().corpus.concordance.ticked());
    driver.write("v");
    one_more(&mut driver, &mut steps);

    let after = state(&driver);
    assert_ne!(before, after);
    assert_eq!(driver.failures(), [""; 0]);
    for _ in 0..steps {
        driver.key(CTRL, Key::Z);
        driver.settle();
    }
    assert_eq!(state(&driver), before);
    for _ in 0..steps {
        driver.key(CTRL, Key::Y);
        driver.settle();
    }
    assert_eq!(state(&driver), after);
    let driver = driver.reopen_as("a");
    assert_eq!(state(&driver), after);
}
