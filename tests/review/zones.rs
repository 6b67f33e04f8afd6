//! Text in zones counts in the figures or not, as one chooses.

use std::collections::BTreeMap;

use jejak::agreement::random::Random;
use jejak::figures::{
    ArticlesOf, Detail, DeviationRequest, ReportBuilder, ReportRequest, Scope, ZoneText, measure_project,
    project_deviations,
};
use jejak::model::{Annotation, AnnotationSet, Article, ArticleId, Filler, Id, Kind, Name};
use jejak::store::scan;
use jejak::text::{Span, Text};

use super::build::{WORDS, jejak, random_set, record, schema};
use super::figures::{mention, project, set, words};

/// The zone: these words, with the blank behind the last.
const ZONE: Span = Span { start: 40 * 6, end: 60 * 6 };

fn text(words: u32) -> String {
    "kata1 ".repeat(words as usize)
}

/// The records on either side of the zone, and never across its ends.
fn apart(set: &AnnotationSet) -> AnnotationSet {
    let inside = |span: &Span| ZONE.contains(*span);
    let across = |at: &[Span]| {
        let meets = at.iter().any(|span| span.start < ZONE.end && ZONE.start < span.end);
        meets && !at.iter().all(inside)
    };
    let spans = |filler: &Filler| if let Filler::Span(at) = filler { at.clone() } else { Vec::new() };
    let wanted = |record: &&Annotation| {
        let words = record.roles.iter().all(|role| !across(&spans(&role.filler)));
        schema().kind(&record.label) != Kind::Zone && !across(&record.at) && words
    };
    super::build::set(&set.iter().map(|record| &**record).filter(wanted).cloned().collect::<Vec<_>>())
}

/// The same without the words of the zone.
fn cut(set: &AnnotationSet) -> AnnotationSet {
    let gone = |at: &[Span]| !at.is_empty() && at.iter().all(|span| ZONE.contains(*span));
    let out: Vec<Id> = set.iter().filter(|record| gone(&record.at)).map(|record| record.id).collect();
    let back = |span: &Span| {
        let by = if span.start >= ZONE.end { ZONE.len() } else { 0 };
        Span::new(span.start - by, span.end - by)
    };
    let moved = |record: &Annotation| {
        let mut record = record.clone();
        record.at = record.at.iter().map(back).collect();
        record.roles.retain(|role| match &role.filler {
            Filler::Annotation(id) => !out.contains(id),
            Filler::Span(at) => !gone(at),
            Filler::Value(_) => true,
        });
        for role in &mut record.roles {
            if let Filler::Span(at) = &mut role.filler {
                *at = at.iter().map(back).collect();
            }
        }
        record
    };
    let kept = set.iter().filter(|record| !out.contains(&record.id));
    super::build::set(&kept.map(|record| moved(record)).collect::<Vec<_>>())
}

type Told = BTreeMap<String, (Result<u64, String>, usize)>;

/// All figures but those of zones.
fn figures(text: &str, sets: [&AnnotationSet; 2], zones: ZoneText) -> Told {
    let schema = schema();
    let mut builder = ReportBuilder::new(vec!["a".into(), "b".into()]).with_zones(zones);
    let text = Text::new(text);
    let sample = builder.measure(&schema, &text, &sets.map(Some));
    builder.add(&Article::of(ArticleId::numbered(0), String::new(), &text), sample);
    let report = builder.report(&schema);
    let mut told = Told::new();
    for detail in [Detail::Whole, Detail::Labels] {
        let more = report.more_figures(Scope::default(), detail, false);
        let all = report.figures(Scope::default(), detail, false).into_iter().chain(more);
        for figure in all.filter(|figure| !figure.family.starts_with("zone")) {
            let value = figure.value.map(|value| (value * 1e9).round() as i64 as u64).map_err(|why| why.to_string());
            told.insert(figure.name, (value, figure.items));
        }
    }
    told
}

#[test]
fn text_that_is_left_out_is_as_text_that_is_not_there() {
    let mut different = 0;
    for seed in 0..200 {
        let random = &mut Random::new(seed, 21);
        let a = apart(&random_set(random));
        // Nearly the same, so that there is something to agree on.
        let mut records: Vec<Annotation> = a.iter().map(|record| Annotation::clone(record)).collect();
        records.truncate(records.len() - records.len() / 5);
        records.extend(apart(&random_set(random)).iter().take(6).map(|record| Annotation::clone(record)));
        let b = super::build::set(&records);
        let mut zoned: Vec<Annotation> = a.iter().map(|record| Annotation::clone(record)).collect();
        zoned.push(record(random, "boilerplate", vec![ZONE], "a"));
        let zoned = super::build::set(&zoned);
        let left_out = figures(&text(WORDS), [&zoned, &b], ZoneText::LeftOut);
        let never_there = figures(&text(WORDS - 20), [&cut(&a), &cut(&b)], ZoneText::Counts);
        assert_eq!(left_out, never_there, "seed {seed}");
        different += usize::from(left_out != figures(&text(WORDS), [&zoned, &b], ZoneText::Counts));
    }
    assert!(different > 150, "{different}");
}

#[test]
fn the_choice_is_the_same_in_figures_in_errors_and_on_the_command_line() {
    // Gold has three people, one of them in its zone; the model finds that one and another, and puts all into a zone of its own.
    let zone = || record(&mut Random::new(1, 1), "boilerplate", words(4, 8), "gold");
    let whole = || record(&mut Random::new(2, 1), "boilerplate", words(0, 10), "model");
    let gold = set(vec![mention("person", 0, 1), mention("person", 2, 3), mention("person", 5, 6), zone()]);
    let model = set(vec![mention("person", 0, 1), mention("person", 5, 6), mention("person", 7, 8), whole()]);
    let folder = project(1, &[(0, "gold", gold), (0, "model", model)]);
    let dir = &folder.path().join("p");
    for (zones, expected, errors) in [(ZoneText::Counts, 2.0 / 3.0, 2), (ZoneText::LeftOut, 2.0 / 3.0, 1)] {
        let annotators = vec!["gold".into(), "model".into()];
        let asked = ReportRequest { annotators, evaluation: true, zones, ..ReportRequest::default() };
        let report = measure_project(dir, &asked, &mut |_, _| true).unwrap().unwrap();
        let strict = report.figure_named(Scope::default(), "mentions strict").unwrap();
        assert!((strict.value.unwrap() - expected).abs() < 1e-9);
        let sides = if zones == ZoneText::Counts { (2.0 / 3.0, 2.0 / 3.0) } else { (1.0, 0.5) };
        assert_eq!(strict.sides, Some(sides));
        let request = DeviationRequest {
            gold: Name::new("gold"),
            whose: Name::new("model"),
            articles_of: ArticlesOf::Gold,
            zones,
        };
        let mut found = project_deviations(&scan(dir).unwrap(), &request, &mut |_, _| true).unwrap().found;
        found.keep_errors();
        assert_eq!(found.all.iter().filter(|error| error.of == Kind::Entity).count(), errors);
        let option = if zones == ZoneText::Counts { "keep" } else { "drop" };
        let evaluate = ["evaluate", dir.to_str().unwrap(), "--pred", "model", "--quick", "--zones", option];
        let (code, told, said) = jejak(&evaluate);
        assert_eq!(code, Some(0), "{said}");
        let line = told.lines().find(|line| line.contains("mentions strict")).unwrap();
        let told = if zones == ZoneText::Counts { "P 0.667, R 0.667" } else { "P 1.000, R 0.500" };
        assert!(line.contains(told), "{line}");
        assert_eq!(said.contains("text in zones does not count"), zones == ZoneText::LeftOut, "{said}");
        let (_, told, said) = jejak(&[&evaluate[..], &["--errors"]].concat());
        let listed = told.lines().filter(|line| !line.contains("boilerplate")).count();
        assert_eq!(listed, errors, "{told}{said}");
    }
}
