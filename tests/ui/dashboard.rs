//! The dashboard as the lead of a project uses it: from its key to a figure, to its cases, to a file.

use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jejak::figures::{Detail, ReportRequest, Scope, measure_project};
use jejak::ui::{Section, View};

use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;

/// A window on the sample project, which two annotators have marked, with the dashboard open.
fn sample() -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F5);
    assert_eq!((driver.app().view, driver.failures()), (View::Dashboard, vec![]));
    driver
}

#[test]
fn the_window_tells_the_figures_of_the_command_line() {
    let driver = sample();
    let (report, shown) = driver.app().dashboard.measured().unwrap();
    let names: Vec<&str> = report.annotators.iter().map(jejak::model::Name::as_str).collect();
    assert_eq!(names, ["a", "b"]);
    let asked =
        ReportRequest { annotators: report.annotators.clone(), gold: Some("gold".into()), ..ReportRequest::default() };
    let alone = measure_project(&driver.project(), &asked, &mut |_, _| true).unwrap().unwrap();
    assert_eq!(shown.figures, alone.figures(Scope::default(), Detail::Whole, true));
    assert!(shown.figures.iter().any(|figure| figure.name == "role trip destination"));
}

#[test]
fn every_figure_explains_itself_and_leads_to_its_cases() {
    let mut driver = sample();
    let figures = driver.app().dashboard.measured().unwrap().1.figures.clone();
    for figure in &figures {
        driver.key(NONE, Key::ArrowDown);
        assert_eq!(driver.app().dashboard.chosen.as_ref(), Some(&figure.name));
        driver.harness.get_by_label(&format!("Source: {}", figure.source));
        match figure.value {
            Ok(_) => {
                let counted = figure.counted.english();
                let rests = format!("Rests on {} {counted} in {} articles.", figure.items, figure.articles);
                driver.harness.get_by_label(&rests);
            }
            Err(why) => drop(driver.harness.get_by_label(&format!("Undefined: {why}."))),
        }
    }
    while driver.app().dashboard.chosen.as_deref() != Some("role trip destination") {
        driver.key(NONE, Key::ArrowUp);
    }
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().view, View::Review);
    let filter = &driver.app().reviewing.filter;
    assert_eq!(filter.between, ["a", "b"]);
    assert_eq!(filter.frames, Some(true));
    assert_eq!(filter.slot, Some(jejak::model::Slot::Role("destination".into())));
    // The sets of the article are read one after the other.
    let start = Instant::now();
    while driver.app().reviewing.queue().1.is_none() {
        assert!(start.elapsed() < Duration::from_secs(20), "the article that opens has such a case");
        driver.settle();
    }
    driver.key(NONE, Key::F5);
    assert_eq!(driver.app().view, View::Dashboard);
}

#[test]
fn every_section_is_drawn_in_light_and_dark_and_large() {
    let mut driver = sample();
    for look in 0..3 {
        for (index, key) in
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7].into_iter().enumerate()
        {
            driver.key(NONE, key);
            assert_eq!(driver.app().dashboard.section, Section::ALL[index]);
            let title = Section::ALL[index].title();
            // Beside the list of sections, where the window is wide enough for one.
            assert!(driver.harness.query_all_by_label(title).count() >= 1, "{title}");
        }
        match look {
            0 => driver.key(NONE, Key::F9),
            _ => (0..10).for_each(|_| driver.key(Modifiers::COMMAND, Key::Plus)),
        }
    }
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_section_becomes_a_file_and_an_edit_makes_the_figures_old() {
    let mut driver = sample();
    driver.harness.get_by_label("CSV…").click();
    driver.settle();
    driver.key(NONE, Key::Enter);
    let file = driver.home.path().join("project-figures.csv");
    let start = Instant::now();
    while !file.is_file() {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is written");
        driver.settle();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("of,figure,label,slot,value,low,high"), "{written}");
    let (_, measured) = driver.app().dashboard.measured().unwrap();
    let figures = measured.figures.len() + measured.more.len();
    assert_eq!(written.lines().count(), 1 + figures);
    driver.key(NONE, Key::F2);
    driver.select_with_keys(driver.find("Republik", 0));
    driver.char('l');
    driver.key(NONE, Key::F5);
    assert_eq!(driver.app().view, View::Annotate, "who works blind and is not done is asked first");
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().view, View::Dashboard);
    assert!(driver.app().dashboard.stale(driver.work()));
    driver.key(NONE, Key::F5);
    assert!(!driver.app().dashboard.stale(driver.work()));
}
