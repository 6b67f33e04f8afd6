//! The dashboard as the lead of a project uses it: from its key to a figure, to its cases, to a file.

use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use jejak::figures::{Detail, ReportRequest, Scope, ZoneText, measure_project};
use jejak::ui::{Section, View};

use crate::driver::asked::{Asked, plain};
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
        for (index, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8]
            .into_iter()
            .enumerate()
        {
            driver.key(NONE, key);
            assert_eq!(driver.app().dashboard.section, Section::ALL[index]);
            let title = &plain(Section::ALL[index].title());
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
    let (report, measured) = driver.app().dashboard.measured().unwrap();
    let figures = measured.figures.len() + report.more_figures(Scope::default(), Detail::Whole, false).len();
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
    // To open another article changes nothing.
    driver.key(Modifiers::COMMAND, Key::PageDown);
    driver.key(NONE, Key::F4);
    driver.key(Modifiers::SHIFT, Key::F4);
    driver.key(NONE, Key::F2);
    let dashboard = &driver.app().dashboard;
    assert!(!dashboard.stale(driver.work()) && dashboard.measured().is_some());
}

#[test]
fn articles_are_put_in_the_order_of_their_agreement_and_lead_to_their_first_difference() {
    let mut driver = sample();
    driver.key(NONE, Key::Num6);
    let values = |driver: &Driver| {
        let (report, _) = driver.app().dashboard.measured().unwrap();
        report.in_articles(None, "mentions strict")
    };
    let all = values(&driver);
    assert!(all.iter().flatten().count() >= 3, "{all:?}");
    // Each value is that of the article alone.
    let (report, _) = driver.app().dashboard.measured().unwrap().clone();
    for (article, value) in all.iter().enumerate() {
        let scope = Scope { pair: None, article: Some(article) };
        let figures = report.figures(scope, Detail::Whole, false);
        let alone = figures.iter().find(|figure| figure.name == "mentions strict").and_then(|it| it.value.ok());
        assert_eq!(*value, alone, "{article}");
    }
    let shown = |driver: &Driver| {
        let title = |standing: &jejak::figures::ArticleProgress| standing.title.clone();
        let (report, _) = driver.app().dashboard.measured().unwrap();
        let mut places: Vec<(f32, usize)> = Vec::new();
        for (at, standing) in report.standing.iter().enumerate() {
            let row = driver.harness.query_all_by_label(&title(standing)).map(|node| node.rect().top()).next_back();
            places.extend(row.map(|top| (top, at)));
        }
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        places.into_iter().map(|(_, at)| at).collect::<Vec<_>>()
    };
    let mut expected: Vec<usize> = (0..all.len()).collect();
    assert_eq!(shown(&driver), expected);
    driver.harness.get_by_label("agreement").click();
    driver.settle();
    expected.sort_by(|&a, &b| all[a].unwrap_or(9.0).total_cmp(&all[b].unwrap_or(9.0)));
    assert_eq!(shown(&driver), expected);
    driver.harness.get_by_label("agreement ▲").click();
    driver.settle();
    expected.reverse();
    expected.sort_by_key(|&at| all[at].is_none());
    assert_eq!(shown(&driver), expected);
    let least = *expected.iter().rev().find(|&&at| all[at].is_some()).unwrap();
    let (title, id) = (report.standing[least].title.clone(), report.standing[least].article.clone());
    driver.harness.get_by_label(&title).click();
    driver.settle();
    assert_eq!(driver.app().view, View::Review);
    let start = Instant::now();
    while driver.app().reviewing.queue().1 != Some(0) || driver.work().open.as_ref().unwrap().id != id {
        assert!(start.elapsed() < Duration::from_secs(20), "its first difference is looked at");
        driver.settle();
    }
}

#[test]
fn work_is_shown_day_by_day_from_the_times_of_annotations() {
    let mut driver = sample();
    driver.key(NONE, Key::Num8);
    let (report, _) = driver.app().dashboard.measured().unwrap();
    let days = report.work_days();
    assert!(!days.is_empty());
    let marked: usize = days.iter().map(|day| day.marks).sum();
    let there: usize = report.standing.iter().flat_map(|it| it.sets.iter().flatten()).map(|set| set.1).sum();
    assert!(marked > 0 && marked <= there, "{marked} of {there}");
    for day in &days {
        assert!(driver.harness.query_all_by_label(&day.day).count() > 0, "{}", day.day);
    }
    driver.harness.get_by_label("Annotations in an hour of work");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn having_nothing_is_in_view_among_the_labels_that_are_taken_for_others() {
    let mut driver = sample();
    driver.key(NONE, Key::Num4);
    let (_, shown) = driver.app().dashboard.measured().unwrap();
    assert!(shown.confusion.labels.len() > 8, "{}", shown.confusion.labels.len());
    let (first, last) = (&shown.confusion.labels[0], &shown.confusion.labels[shown.confusion.labels.len() - 2]);
    let cells = [format!("{first}, (nothing): "), format!("(nothing), {last}: ")];
    for cell in cells {
        let node = driver.harness.get_by_label_contains(&cell);
        // The explanation of figures stands right of it.
        assert!(node.rect().right() < 1280.0 * 0.74 && node.rect().bottom() < 780.0, "{cell} at {:?}", node.rect());
    }
}

#[test]
fn gaps_of_the_guideline_are_counted_and_lead_to_their_list() {
    let mut driver = sample();
    driver.key(NONE, Key::Num6);
    assert!(driver.harness.query_by_label_contains("of the guideline").is_none());
    driver.key(NONE, Key::F4);
    driver.settle();
    for words in ["nama gelar", "Nama  gelar"] {
        let reviewing = &driver.app().reviewing;
        let row = reviewing.review().unwrap().row(&reviewing.case().unwrap());
        let digit = if row.reading_of(0).is_some() { '1' } else { '2' };
        driver.char('g');
        driver.write(words);
        driver.key(Modifiers::COMMAND, Key::Enter);
        driver.char(digit);
        driver.key(NONE, Key::Enter);
    }
    driver.key(NONE, Key::F5);
    driver.key(NONE, Key::F5);
    driver.harness.get_by_label("One gap of the guideline, named by 2 decisions.");
    driver.harness.get_by_label("Show them").click();
    driver.settle();
    assert_eq!((driver.app().view, driver.failures()), (View::Review, vec![]));
    assert!(driver.harness.query_all_by_label_contains("nama gelar").count() > 0);
}

#[test]
fn text_in_zones_counts_or_not_by_a_choice_that_is_shown() {
    let mut driver = sample();
    let words = |driver: &Driver| {
        let (report, shown) = driver.app().dashboard.measured().unwrap();
        let figure = shown.figures.iter().find(|figure| figure.name == "words alpha").unwrap();
        (report.zones, figure.items)
    };
    let (zones, all) = words(&driver);
    assert_eq!(
        (zones, driver.harness.query_all_by_label("Text in zones does not count.").count()),
        (ZoneText::Counts, 0)
    );
    driver.harness.get_by_label("Text in zones counts").click();
    driver.settle();
    let (zones, outside) = words(&driver);
    assert_eq!((zones, driver.failures()), (ZoneText::LeftOut, vec![]));
    assert!(outside < all, "{outside} {all}");
    driver.harness.get_by_label("Text in zones does not count.");
}

/// Takes a file of one article with sets of these annotators in, as the dialog of imports does.
fn import(driver: &mut Driver, annotators: &[&str]) {
    let (kind, spans) = ("person", serde_json::json!([{ "start": 0, "end": 4 }]));
    let set = |who: &&str| serde_json::json!({ "annotator": who, "annotations": [{ "label": kind, "spans": spans }] });
    let sets: Vec<_> = annotators.iter().map(set).collect();
    let line = serde_json::json!({ "jejak_jsonl": 1, "text": "Dewi tiba di pelabuhan.", "sets": sets });
    let file = driver.home.path().join("new.jsonl");
    jejak::store::atomic::write(&file, line.to_string().as_bytes()).unwrap();
    driver.key(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::I);
    driver.write(&file.display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(driver.failures(), [""; 0]);
}

/// Takes the last step back, and waits for the files.
fn undo(driver: &mut Driver) {
    driver.palette("Undo");
    driver.key(Modifiers::COMMAND, Key::S);
}

#[test]
fn an_article_that_is_taken_back_is_gone_from_the_list_once_it_is_measured_again() {
    let mut driver = sample();
    let articles = |driver: &Driver| driver.app().dashboard.measured().unwrap().0.standing.len();
    let before = articles(&driver);
    import(&mut driver, &["a", "b"]);
    driver.key(NONE, Key::F5);
    driver.key(NONE, Key::Num6);
    assert_eq!(articles(&driver), before + 1);
    undo(&mut driver);
    driver.key(NONE, Key::F5);
    assert_eq!((articles(&driver), driver.failures()), (before, vec![]));
}

#[test]
fn the_pair_that_is_looked_at_stays_the_same_two_people() {
    let mut driver = sample();
    import(&mut driver, &["c"]);
    driver.key(NONE, Key::F5);
    driver.harness.get_by_label("b and c").click();
    driver.settle();
    let pair = |driver: &Driver| {
        let (report, shown) = driver.app().dashboard.measured().unwrap();
        assert_eq!(shown.scope.pair, driver.app().dashboard.pair);
        let (one, other) = report.pairs[shown.scope.pair.unwrap()];
        [one, other].map(|at| report.annotators[at].to_string())
    };
    assert_eq!(pair(&driver), ["b", "c"]);
    // Another comes before them, so that the pair has another number.
    import(&mut driver, &["0"]);
    driver.key(NONE, Key::F5);
    assert_eq!(driver.app().dashboard.measured().unwrap().0.pairs.len(), 6);
    assert_eq!((pair(&driver), driver.failures()), (["b", "c"].map(str::to_owned), vec![]));
}

#[test]
fn figures_are_told_as_tables_with_heads() {
    let mut driver = sample();
    let cells = |driver: &Driver| -> Vec<(usize, usize, Role)> {
        let tables = driver.harness.query_all_by_role(Role::Table);
        let [table] = tables.collect::<Vec<_>>()[..] else { panic!("one table") };
        let table = table.accesskit_node();
        let (rows, columns) = (table.data().row_count().unwrap(), table.data().column_count().unwrap());
        let cells = driver.harness.query_all_so(|node| node.data().column_index().is_some());
        let cells = cells.map(|node| {
            let node = node.accesskit_node();
            (node.data().row_index().unwrap(), node.data().column_index().unwrap(), node.role())
        });
        let cells: Vec<_> = cells.collect();
        assert!(cells.iter().all(|&(row, column, _)| row < rows && column < columns), "{rows} × {columns}: {cells:?}");
        assert!(cells.contains(&(0, 1, Role::ColumnHeader)) && cells.contains(&(1, 0, Role::RowHeader)), "{cells:?}");
        cells
    };
    for (key, section) in [(Key::Num1, Section::Overview), (Key::Num3, Section::Matrix), (Key::Num6, Section::Progress)]
    {
        driver.key(NONE, key);
        assert_eq!(driver.app().dashboard.section, section);
        assert!(cells(&driver).contains(&(1, 1, Role::Cell)), "{section:?}");
    }
    // Boundaries, reliability, and the days in numbers.
    for key in [Key::Num5, Key::Num7, Key::Num8] {
        driver.key(NONE, key);
        driver.settle();
        let told = |role| driver.harness.query_all_by_role(role).count();
        assert!(
            told(Role::Table) > 0 && told(Role::Cell) > 1,
            "{:?} is told as no table",
            driver.app().dashboard.section
        );
    }
}
