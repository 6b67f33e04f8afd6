//! Figures that say more: attributes, zones, what nobody predicted, models side by side, habits of annotators.

use std::collections::BTreeMap;

use jejak::agreement::Undefined;
use jejak::agreement::random::Random;
use jejak::figures::{Detail, Reason, Report, ReportBuilder, ReportRequest, Scope};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, AttributeDef, AttributeKind, ChoiceDef, Filler, Id, Role, Schema,
    Titles,
};
use jejak::text::Text;

use super::build::{WORDS, record, renamed, schema};
use super::figures::{TEXT, close, figure, mention, project, report, request, set, trip, words};

/// A schema whose mentions, zones and statements about articles have something to compare.
fn rich() -> Schema {
    let mut schema = Schema::trips();
    let choices = ["low", "middle", "high"].map(|name| ChoiceDef::named(name.into()));
    let attribute = AttributeDef {
        name: "weight".into(),
        title: Titles::default(),
        guide: Titles::default(),
        kind: AttributeKind::Choice(choices.to_vec()),
        required: false,
        ordered: true,
        aliases: Vec::new(),
        docs: BTreeMap::default(),
    };
    let person = schema.labels.iter_mut().find(|label| label.name == *"person").unwrap();
    person.attributes.push(attribute);
    schema
}

#[test]
fn attributes_of_mentions_zones_and_what_is_not_predicted() {
    let weighed = |at: u32, weight: &str| {
        let mut person = mention("person", at, at + 1);
        person.set_attribute(&"weight".into(), Some(weight.into()));
        person
    };
    let of = |weights: [&str; 5]| {
        let people = weights.iter().enumerate();
        people.map(|(at, weight)| weighed(2 * at as u32, weight)).collect::<Vec<_>>()
    };
    // On the scale 0 to 2: 0-0, 1-2, 1-1, 2-0, 2-2.
    let first = of(["low", "middle", "middle", "high", "high"]);
    let mut second = of(["low", "high", "middle", "low", "high"]);
    second.push(mention("headline", 12, 15));
    let mut gold = first.clone();
    gold.push(mention("headline", 12, 16));
    let text = Text::new(TEXT);
    let schema = rich();
    let mut builder = ReportBuilder::new(vec!["a".into(), "b".into()]);
    let (gold, second) = (set(gold), set(second));
    let sample = builder.measure(&schema, &text, &[Some(&gold), Some(&second)]);
    builder.add(&Article::of(ArticleId::numbered(0), String::new(), &text), sample);
    let report = builder.report(&schema);
    let all = report.figures(Scope::default(), Detail::Whole, true);
    // 3 of 5 alike; by chance (1·2 + 2·1 + 2·2) ÷ 25.
    close(figure(&all, "attribute person weight"), (0.6 - 8.0 / 25.0) / (1.0 - 8.0 / 25.0), 5);
    // Squares of distances 0 1 0 4 0; Σx 6, Σy 5, Σx² 10, Σy² 9.
    close(figure(&all, "attribute weighted person weight"), 1.0 - (5.0 / 5.0) / (19.0 / 5.0 - 2.0 * 30.0 / 25.0), 5);
    close(figure(&all, "zones"), 0.0, 1);
    close(figure(&all, "zone words"), 6.0 / 7.0, 4);
    let more = report.more_figures(Scope::default(), Detail::Whole, false);
    close(figure(&more, "words positive"), 1.0, 10);
    close(figure(&more, "words negative"), 1.0, 30);
    let labels = report.figures(Scope::default(), Detail::Labels, false);
    close(figure(&labels, "label alpha person"), 1.0, 10);
}

#[test]
fn what_nobody_predicted_is_not_zero_and_a_frame_that_is_missed_costs_its_roles() {
    let (sari, kota) = (Id::random(), Id::random());
    let full = || trip((4, 5), "planned", [Some(sari), Some(kota)]);
    let names = || set(full().iter().filter(|record| record.label != *"trip").map(|it| (**it).clone()).collect());
    let sets = [(0, "gold", full()), (0, "ner", names()), (1, "gold", full()), (1, "ner", names()), (1, "m", full())];
    let folder = project(2, &sets);
    let asked = |pred: &str| ReportRequest { evaluation: true, gold: None, ..request(&["gold", pred]) };
    let names_only = report(&folder, &asked("ner"));
    let all = names_only.figures(Scope::default(), Detail::Whole, true);
    for name in ["frames", "role end to end trip traveller", "triggers found", "templates"] {
        assert_eq!(figure(&all, name).value, Err(Reason::NotPredicted), "{name}");
    }
    close(figure(&all, "mentions strict"), 1.0, 4);
    // Found in one article of two: paired roles are right, end to end half of them are there.
    let all = report(&folder, &asked("m")).figures(Scope::default(), Detail::Whole, true);
    close(figure(&all, "role trip traveller"), 1.0, 1);
    close(figure(&all, "role end to end trip traveller"), 2.0 / 3.0, 2);
}

#[test]
fn two_models_on_the_same_articles_and_some_of_the_articles_alone() {
    let names = |right: usize, day: &str| {
        let of = |at: usize| {
            let mut person = mention(if at < right { "person" } else { "place" }, 2 * at as u32, 2 * at as u32 + 1);
            person.origin.at = day.parse().unwrap();
            person
        };
        set((0..8).map(of).collect())
    };
    let day = |article: usize| if article < 4 { "2026-11-20T08:00:00Z" } else { "2026-11-21T08:00:00Z" };
    let sets: Vec<_> = (0..6)
        .flat_map(|article| {
            [("gold", 8), ("old", 5), ("new", 6)].map(|(who, right)| (article, who, names(right, day(article))))
        })
        .collect();
    let folder = project(6, &sets);
    let asked = ReportRequest { evaluation: true, gold: None, ..request(&["gold", "old", "new"]) };
    let report = report(&folder, &asked);
    let found = report.versus(0, 1);
    let strict = found.iter().find(|found| found.name == "mentions strict").unwrap();
    assert!((strict.values[0] - 0.625).abs() < 1e-9 && (strict.difference() - 0.125).abs() < 1e-9, "{strict:?}");
    // Of all 64 exchanges two leave as much of a difference.
    assert!((strict.p - 2.0 / 64.0).abs() < 0.01 && strict.articles == 6, "{strict:?}");
    assert!(strict.interval.is_ok_and(|interval| interval.low > 0.12 && interval.articles == 6));
    let exact = found.iter().find(|found| found.name == "mentions exact").unwrap();
    assert!(exact.difference() == 0.0 && exact.p == 1.0, "{exact:?}");
    // Neither has a trip, so there is nothing to compare.
    assert!(found.iter().all(|found| found.name != "frames"));
    let days = report.days();
    assert_eq!(days, [("2026-11-20".to_owned(), vec![0, 1, 2, 3]), ("2026-11-21".to_owned(), vec![4, 5])]);
    let part = report.part(&days[1].1).figures(Scope { pair: Some(1), article: None }, Detail::Whole, true);
    close(figure(&part, "mentions strict"), 0.75, 16);
    assert_eq!(figure(&part, "mentions strict").articles, 2);
    assert_eq!(figure(&part, "mentions strict").interval, Err(Reason::Data(Undefined::FewArticles)));
    let spread = report
        .spread(Scope::default(), figure(&report.figures(Scope::default(), Detail::Whole, false), "mentions strict"));
    let pairs = spread.unwrap().pairs.unwrap();
    assert!((pairs.mean - 0.6875).abs() < 1e-9 && pairs.count == 2, "{pairs:?}");
}

#[test]
fn labels_that_one_annotator_uses_more_and_who_guesses() {
    let said = |labels: [&str; 4]| {
        let of = |(at, label): (usize, &&str)| mention(label, 2 * at as u32, 2 * at as u32 + 1);
        set(labels.iter().enumerate().map(of).collect())
    };
    let sets: Vec<_> = (0..5)
        .flat_map(|article| {
            [
                (article, "a", said(["person", "place", "person", "place"])),
                (article, "b", said(["person", "place", "person", "place"])),
                (article, "c", said(["person", "person", "person", "person"])),
            ]
        })
        .collect();
    let report = report(&project(5, &sets), &request(&["a", "b", "c"]));
    let biases = report.biases();
    let of =
        |who: usize, label: &str| biases.iter().find(|bias| bias.annotator == who && bias.label == *label).unwrap();
    assert_eq!((of(2, "person").own, of(2, "person").others), (20.0, 10.0));
    assert_eq!((of(2, "place").own, of(2, "place").others), (0.0, 10.0));
    assert_eq!((of(0, "place").own, of(0, "place").others), (10.0, 5.0));
    let taken = report.taken(&report.reliability().unwrap(), 0.05);
    assert!(
        taken.iter().any(|it| it.annotator == 2 && it.truth == *"place" && it.given == *"person" && it.share > 0.9)
    );
    let competence = report.competence().unwrap();
    assert!(competence[0] > 0.8 && competence[0] > competence[2] + 0.2, "{competence:?}");
}

#[test]
fn work_is_told_by_day_from_the_times_of_annotations() {
    let made = |minutes: &[(&str, u32)]| {
        let one = |(at, (time, via)): (usize, &(&str, u32))| {
            let mut person = mention("person", at as u32, at as u32 + 1);
            person.origin.at = format!("2026-11-{time}Z").parse().unwrap();
            if *via == 1 {
                person.origin.via = jejak::model::Via::Import { file: "x".into() };
            }
            person
        };
        set(minutes.iter().enumerate().map(one).collect())
    };
    // Two minutes and a pause of an hour; one more the day after. What was imported is no work.
    let first = made(&[
        ("20T08:00:00", 0),
        ("20T08:01:00", 0),
        ("20T08:02:00", 0),
        ("20T09:02:00", 0),
        ("21T10:00:00", 0),
        ("22T10:00:00", 1),
    ]);
    let second = made(&[("20T12:00:00", 0), ("20T12:05:00", 0), ("20T12:10:01", 0)]);
    let folder = project(2, &[(0, "a", first), (1, "a", second.clone()), (0, "b", second)]);
    let measured = report(&folder, &request(&["a", "b"]));
    let told = |report: &jejak::figures::Report| {
        let days = report.work_days();
        let line = |day: &jejak::figures::WorkDay| {
            (day.day.clone(), day.annotator, day.marks, day.seconds, day.done, day.speed())
        };
        days.iter().map(line).collect::<Vec<_>>()
    };
    let expected = [
        ("2026-11-20".to_owned(), 0, 7, 420, 1, Some(3.0 * 3_600.0 / 420.0)),
        ("2026-11-20".to_owned(), 1, 3, 300, 1, Some(12.0)),
        ("2026-11-21".to_owned(), 0, 1, 0, 1, None),
    ];
    assert_eq!(told(&measured), expected);
    // From the cache, the same.
    assert_eq!(told(&report(&folder, &request(&["a", "b"]))), expected);
    let csv = jejak::figures::time_csv(&measured);
    assert_eq!(csv.lines().nth(1), Some("2026-11-20,a,7,420,25.7,1"), "{csv}");
    assert_eq!(measured.figure_by_day("mentions strict").len(), 1, "one article has two annotators");
}

/// So many trips, each with a trigger, a traveller and a destination of its own.
fn trips(random: &mut Random, count: u32) -> AnnotationSet {
    let mut records = Vec::new();
    for at in 0..count {
        let [person, place] =
            [("person", 0), ("place", 1)].map(|(label, word)| mention(label, at * 4 + word, at * 4 + word + 1));
        let roles = [("traveller", &person), ("destination", &place)];
        let roles = roles.map(|(name, filler)| Role { name: name.into(), filler: Filler::Annotation(filler.id) });
        let trip = record(random, "trip", words(at * 4 + 2, at * 4 + 3), "a");
        records.extend([Annotation { roles: roles.to_vec(), ..trip }, person, place]);
    }
    set(records)
}

#[test]
fn the_chance_level_of_frames_is_that_of_an_article_in_which_they_are_shuffled() {
    let schema = schema();
    let told = |count: u32, chance: bool| {
        let mut builder = ReportBuilder::new(vec!["a".into(), "b".into()]);
        if chance {
            builder = builder.with_chance();
        }
        let text = Text::new(&"kata1 ".repeat(WORDS as usize));
        let one = trips(&mut Random::new(3, 3), count);
        let (other, _) = renamed(&mut Random::new(4, 4), &one);
        let sample = builder.measure(&schema, &text, &[Some(&one), Some(&other)]);
        builder.add(&Article::of(ArticleId::numbered(0), String::new(), &text), sample);
        builder.report(&schema)
    };
    let value = |report: &Report, name: &str| {
        let all = report.figures(Scope::default(), Detail::Whole, false);
        all.into_iter().find(|figure| figure.name == name).map(|figure| (figure.value.unwrap(), figure.items))
    };
    // A frame that stands alone cannot be shuffled.
    let alone = told(1, true);
    for name in ["frames by chance", "role by chance trip traveller", "role by chance trip destination"] {
        let (value, items) = value(&alone, name).unwrap();
        assert!((value - 1.0).abs() < 1e-9 && items == 1, "{name}: {value}");
    }
    // Triggers are dealt, too, and each finds the frame that stands on its words; of twelve fillers one is right by chance.
    let many = told(12, true);
    assert!((value(&many, "frames by chance").unwrap().0 - 1.0).abs() < 1e-9);
    assert_eq!(value(&many, "role end to end trip traveller"), Some((1.0, 12)));
    for name in ["role by chance trip traveller", "role by chance trip destination"] {
        let (value, items) = value(&many, name).unwrap();
        assert!((0.03..0.16).contains(&value) && items == 12, "{name}: {value}, {items}");
    }
    // The same every time, and only where it is asked for.
    assert_eq!(value(&many, "role by chance trip traveller"), value(&told(12, true), "role by chance trip traveller"));
    assert_eq!(value(&told(12, false), "frames by chance"), None);
}
