//! The log and the reports of panics, of real processes and of the real window: what they have, and that they have no
//! word of a text.
#![allow(clippy::unwrap_used)] // A test that can't go on has to stop.

#[allow(dead_code)] // The tests of the window use all of it.
#[path = "ui/driver.rs"]
mod driver;

use std::path::Path;
use std::process::{Command, Output};

use driver::Driver;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jejak::diagnostics::{self, Level};
use jejak::store::settings::Settings;
use jejak::ui::{App, Unshown};

/// A word of the text that is nowhere else.
const MARKER: &str = "Zanzibelle";
/// The other words of the text, as no log may have one of them.
const WORDS: [&str; 4] = ["Zanzibelle", "lighthouse", "quarrelled", "Mirdale"];

#[allow(clippy::disallowed_methods)] // Test data, not anyone's work.
fn write(path: &Path, content: &str) {
    std::fs::write(path, content).unwrap();
}

fn text() -> String {
    format!("{MARKER} quarrelled in Mirdale\n\n{MARKER} saw the lighthouse of Mirdale. {MARKER} quarrelled again.\n")
}

/// Everything that lies in a data folder as log or report.
fn logged(folder: &Path) -> String {
    let mut all = String::new();
    for folder in [folder.to_owned(), folder.join("reports")] {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().into_string().unwrap();
            if name.ends_with(".log") || name.ends_with(".txt") {
                all.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    all
}

fn holds_no_word(log: &str, words: &[&str]) {
    for word in words {
        let line = log.lines().find(|line| line.to_lowercase().contains(&word.to_lowercase()));
        assert!(line.is_none(), "the log has {word}: {}", line.unwrap());
    }
}

fn jejak(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jejak"))
        .args(words)
        .env("JEJAK_CONFIG", data)
        .env_remove("JEJAK_LOG")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

#[test]
fn the_log_of_the_window_has_commands_and_no_words() {
    let data = tempfile::tempdir().unwrap();
    let log = diagnostics::begin(data.path(), Level::Trace).unwrap();
    assert!(diagnostics::begin(data.path(), Level::Trace).is_err(), "a process has one log");
    let mut driver = Driver::with_articles(|folder| {
        write(&folder.join("1.txt"), &text());
        vec![folder.to_owned()]
    });
    let words = driver.find(MARKER, 1);
    driver.select_with_keys(words);
    driver.char('p');
    driver.try_char('N');
    driver.write(&format!("{MARKER} again"));
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.try_char('@');
    driver.write(MARKER);
    driver.key(Modifiers::NONE, Key::Enter);
    driver.key(Modifiers::COMMAND, Key::F);
    driver.write(MARKER);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::COMMAND, Key::S);
    let mut app = driver.harness.into_state();
    // A failure is told with its words, and logged without them.
    app.fail(format!("“{MARKER}” could not be placed"));
    app.close();
    tracing_levels(data.path());
    drop(log);
    let log = logged(data.path());
    for told in [
        "begins",
        "a project is open articles=1",
        "command=\"Annotate Label\"",
        "command=\"Project Undo\"",
        "a file is written",
    ] {
        assert!(log.contains(told), "{told} is not in the log:\n{log}");
    }
    assert!(log.contains("“…” could not be placed"), "{log}");
    holds_no_word(&log, &WORDS);
}

/// Libraries' records go into the log from warnings on.
fn tracing_levels(folder: &Path) {
    log::warn!("a library warns");
    log::debug!("a library chats");
    log::warn!("it warns once more");
    let begun = std::time::Instant::now();
    while !logged(folder).contains("once more") {
        assert!(begun.elapsed().as_secs() < 20, "the log is not written");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let log = logged(folder);
    assert!(log.contains("a library warns") && !log.contains("chats"), "{log}");
}

#[test]
fn commands_log_where_that_is_asked_for_and_no_words() {
    let data = tempfile::tempdir().unwrap();
    let at = |name: &str| data.path().join(name).to_str().unwrap().to_owned();
    write(&data.path().join("1.txt"), &text());
    write(&data.path().join("bad.jsonl"), &format!("{{\"text\": \"{MARKER} {MARKER}\n"));
    let (project, article, bad) = (at("trips"), at("1.txt"), at("bad.jsonl"));
    let new = jejak(data.path(), &["new", &project, &article]);
    assert_eq!(new.status.code(), Some(0), "{}", said(&new));
    assert_eq!(logged(data.path()), text(), "a command logs nothing unless it is told to");
    for (words, code) in [
        (&["add", &project, &bad][..], 1),
        (&["check", &project], 0),
        (&["stats", &project], 0),
        (&["agreement", &project], 1),
        (&["import", &project, "--format", "jejak-jsonl", "--annotator", MARKER, &bad], 1),
        (&["compare", &project, MARKER, "b"], 2),
        (&["export", &project, "--format", "jejak-jsonl", "--out", &at("out.jsonl")], 0),
    ] {
        let run = jejak(data.path(), &[words, &["--log", "trace"]].concat());
        assert!(run.status.code().is_some_and(|is| is == code || is == 2), "{words:?}: {}", said(&run));
    }
    let log: String = logged(data.path()).replacen(&text(), "", 1);
    for told in ["command=\"Check\"", "command=\"Add\"", "ends code=0", "could not why="] {
        assert!(log.contains(told), "{told} is not in the log:\n{log}");
    }
    holds_no_word(&log, &WORDS);

    let wrong = jejak(data.path(), &["check", &project, "--log", "loud"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        said(&wrong).contains("is not a level of the log") && said(&wrong).lines().count() == 1,
        "{}",
        said(&wrong)
    );
}

#[test]
fn settings_say_the_level_and_tell_where_they_cannot_be_read() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("settings.ron");
    write(&file, "(log: Some(debug), annotator: \"sari\")");
    assert_eq!(Settings::load(data.path()).unwrap().log, Some(Level::Debug));
    jejak(data.path(), &["formats"]);
    assert!(logged(data.path()).contains("command=\"Formats\""));
    write(&file, "(annotator: \"sari\",\n zoom: huge)");
    let run = jejak(data.path(), &["formats"]);
    assert_eq!(run.status.code(), Some(0), "the work goes on");
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(
        told.starts_with("jejak: The settings in ") && told.contains("line 2") && told.lines().count() == 1,
        "{told}"
    );
    let window = start(|ctx| App::new(ctx, Some(data.path().to_owned())));
    assert!(window.state().notices().iter().any(|notice| notice.failed && notice.text.contains("settings.ron")));
    // Settings that the person wrote are not lost when others are written.
    Settings::default().save(data.path()).unwrap();
    let aside = std::fs::read_to_string(data.path().join("settings-unreadable.ron")).unwrap();
    assert!(aside.contains("zoom: huge"));
    assert_eq!(Settings::load(data.path()), Ok(Settings::default()));
}

/// A window that stands on nothing but its beginning.
fn start(make: impl FnOnce(&eframe::egui::Context) -> App) -> egui_kittest::Harness<'static, App> {
    let mut harness =
        egui_kittest::Harness::builder().with_size([1000.0, 700.0]).build_eframe(|creation| make(&creation.egui_ctx));
    settle(&mut harness);
    harness
}

fn settle(harness: &mut egui_kittest::Harness<'static, App>) {
    let begun = std::time::Instant::now();
    harness.step();
    while harness.state().busy() {
        assert!(begun.elapsed().as_secs() < 30, "the window is busy without end");
        std::thread::sleep(std::time::Duration::from_millis(2));
        harness.step();
    }
    harness.run_steps(3);
}

/// The name of a process's panic in the environment; the test below is that process where it is set.
const PANICS: &str = "JEJAK_TEST_PANICS";

#[test]
fn a_process_that_panics() {
    let Ok(how) = std::env::var(PANICS) else { return };
    diagnostics::done(&Some(MARKER));
    let text = text();
    let code = jejak::cli::guarded(|| match how.as_str() {
        // A letter cut in two quotes the text around it.
        "words" => u8::from(format!("é{text}")[1..].is_empty()),
        "thread" => u8::from(std::thread::spawn(|| panic!("a fixed message")).join().is_ok()),
        _ => panic!("a fixed message"),
    });
    std::process::exit(code.into());
}

#[test]
fn a_panic_is_one_sentence_and_a_report_without_words() {
    for (how, code, message) in [
        ("words", 2, "message: left out, as it may have words of a text"),
        ("fixed", 2, "message: a fixed message"),
        ("thread", 0, "message: a fixed message"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut process = Command::new(std::env::current_exe().unwrap());
        process.args(["--exact", "a_process_that_panics", "--nocapture"]);
        let run = process.env(PANICS, how).env("JEJAK_CONFIG", data.path()).output().unwrap();
        assert_eq!(run.status.code(), Some(code), "{how}: {}", said(&run));
        let reports = diagnostics::list(data.path());
        assert_eq!(reports.len(), 1, "{how}: {}", said(&run));
        assert_eq!(diagnostics::unseen(data.path()), [reports[0].file.clone()], "{how}");
        let report = &reports[0].text;
        for has in ["Jejak 0.", "place: tests/diagnostics.rs:", message, "system: ", "s before  Some", "backtrace:"] {
            assert!(report.contains(has), "{how}: no {has} in\n{report}");
        }
        holds_no_word(report, &WORDS);
        let sentence = String::from_utf8(run.stderr).unwrap();
        assert!(sentence.contains(&*reports[0].file.to_string_lossy()), "{sentence}");
        assert!(sentence.starts_with("jejak: there is a mistake") && sentence.lines().count() == 1, "{sentence}");
    }
}

#[test]
fn the_next_window_offers_the_report_and_tells_what_failed_at_exit() {
    let data = tempfile::tempdir().unwrap();
    let reports = data.path().join("reports");
    std::fs::create_dir_all(&reports).unwrap();
    write(&reports.join("report-2031-03-03T08-00-00Z-7-0.txt"), "Jejak broke off, says this report");
    diagnostics::leave(data.path(), "articles.ron could not be written: the disk is full.").unwrap();
    let window = || {
        let folder = data.path().to_owned();
        start(move |ctx| {
            let mut app = App::new(ctx, Some(folder.clone()));
            app.look_back(folder, Unshown::default());
            app
        })
    };
    let told = |window: &egui_kittest::Harness<'static, App>, words: &str| {
        window.state().notices().iter().any(|notice| notice.failed && notice.text.contains(words))
    };
    let mut first = window();
    assert!(told(&first, "the disk is full") && told(&first, "Jejak broke off before"));
    first.get_by_label_contains("Reports of failures").click();
    settle(&mut first);
    first.get_by_label_contains("says this report");
    assert!(!told(&first, "Jejak broke off before"), "it is looked at");
    drop(first);
    assert!(diagnostics::unseen(data.path()).is_empty());
    assert_eq!(diagnostics::list(data.path()).len(), 1, "it is kept");

    let mut second = window();
    assert!(!told(&second, ""), "neither is told again");
    ask_for_reports(&mut second);
    second.get_by_label("Open the folder").click();
    second.step();
    let opened = format!("{:?}", second.output().platform_output.commands);
    assert!(opened.contains(&format!("file://{}", data.path().display())), "{opened}");
    second.get_by_label("Delete").click();
    settle(&mut second);
    assert!(diagnostics::list(data.path()).is_empty());
    ask_for_reports(&mut second);
    assert!(second.state().notices().iter().any(|notice| notice.text == "There is no report of a failure."));
}

fn ask_for_reports(window: &mut egui_kittest::Harness<'static, App>) {
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, jejak::ui::Command::Window(jejak::ui::WindowCommand::Reports));
    settle(window);
}

#[test]
fn what_fails_as_the_window_closes_goes_to_whoever_ran_it() {
    let data = tempfile::tempdir().unwrap();
    let mut driver = Driver::new();
    let unshown = Unshown::default();
    driver.harness.state_mut().look_back(data.path().to_owned(), unshown.clone());
    driver.settle();
    let words = driver.find("Raka Wirya", 0);
    driver.select_with_keys(words);
    driver.char('p');
    driver.harness.state_mut().fail("this was shown");
    std::fs::rename(driver.project(), driver.home.path().join("elsewhere")).unwrap();
    eframe::App::on_exit(driver.harness.state_mut(), None);
    let unshown = unshown.take();
    assert!(!unshown.is_empty() && unshown.iter().all(|why| !why.contains("this was shown")), "{unshown:?}");
}

#[test]
fn reports_have_a_bound() {
    let data = tempfile::tempdir().unwrap();
    let reports = data.path().join("reports");
    std::fs::create_dir_all(&reports).unwrap();
    for day in 1..=30 {
        write(&reports.join(format!("report-2031-03-{day:02}T08-00-00Z-7-0.txt")), "an old one");
    }
    let mut process = Command::new(std::env::current_exe().unwrap());
    process.args(["--exact", "a_process_that_panics", "--nocapture"]);
    process.env(PANICS, "fixed").env("JEJAK_CONFIG", data.path()).output().unwrap();
    assert_eq!(diagnostics::list(data.path()).len(), 10);
}
