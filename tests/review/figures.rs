//! Figures of small projects with known answers.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jejak::agreement::Undefined;
use jejak::agreement::random::Random;
use jejak::figures::{
    Detail, Figure, GAMMA_TIME, Reason, Report, ReportRequest, Scope, Shortfall, boundaries_csv, confusion_csv,
    figures_csv, matrix_csv, measure_project, probable, standing_csv,
};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Filler, Id, Name, Origin, Progress, Role, Schema, Via,
};
use jejak::store::{Session, set_to_ron};
use jejak::text::{Span, Text};

/// Words of five letters.
pub const TEXT: &str = "satu1 dua22 tiga3 empat lima5 enam6 tujuh delap semb9 sepul satu1 dua22 tiga3 empat lima5 enam6 \
                    tujuh delap semb9 sepul";

/// The words from `first` to before `end`.
pub fn words(first: u32, end: u32) -> Vec<Span> {
    vec![Span::new(first * 6, end * 6 - 1)]
}

pub fn mention(label: &str, first: u32, end: u32) -> Annotation {
    Annotation::new(&label.into(), words(first, end), Origin::hand(&"x".into()))
}

pub fn set(records: Vec<Annotation>) -> AnnotationSet {
    AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done)
}

/// A project of so many articles, with these sets: article, annotator, set.
pub fn project(articles: usize, sets: &[(usize, &str, AnnotationSet)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    Session::create(&dir, "Figures", Schema::trips()).unwrap();
    let text = Text::new(TEXT);
    let drafts: Vec<_> = (0..articles)
        .map(|index| Article {
            title: format!("Judul {index}"),
            words: 20,
            language: "id".into(),
            ..Article::of(ArticleId::numbered(index), format!("articles/{}.txt", ArticleId::numbered(index)), &text)
        })
        .collect();
    fs::create_dir_all(dir.join("articles")).unwrap();
    let line = |article: &Article| {
        let Article { id, title, file, sha256, chars, words, .. } = article;
        format!(
            "  (id: \"{id}\", title: \"{title}\", file: \"{file}\", sha256: \"{sha256}\", chars: {chars}, words: {words}),\n"
        )
    };
    let lines: String = drafts.iter().map(line).collect();
    fs::write(dir.join("articles.ron"), format!("(\n jejak: 1,\n articles: [\n{lines} ],\n)\n")).unwrap();
    for article in &drafts {
        fs::write(dir.join(&article.file), TEXT).unwrap();
    }
    for (article, name, set) in sets {
        write(&dir, *article, name, set);
    }
    folder
}

fn write(dir: &Path, article: usize, name: &str, set: &AnnotationSet) {
    let key = (ArticleId::numbered(article), Name::new(name));
    fs::create_dir_all(dir.join("sets").join(name)).unwrap();
    fs::write(dir.join(format!("sets/{name}/{}.ron", key.0)), set_to_ron(&key, set, &Text::new(TEXT))).unwrap();
}

pub fn request(names: &[&str]) -> ReportRequest {
    ReportRequest {
        annotators: names.iter().map(|name| Name::new(name)).collect(),
        gold: Some("gold".into()),
        ..ReportRequest::default()
    }
}

pub fn report(folder: &tempfile::TempDir, request: &ReportRequest) -> Report {
    measure_project(&folder.path().join("p"), request, &mut |_, _| true).unwrap().unwrap()
}

pub fn figure<'a>(figures: &'a [Figure], name: &str) -> &'a Figure {
    figures.iter().find(|figure| figure.name == name).unwrap_or_else(|| panic!("{name}"))
}

pub fn close(figure: &Figure, value: f64, items: usize) {
    let found = figure.value.unwrap_or_else(|why| panic!("{}: {why}", figure.name));
    assert!((found - value).abs() < 1e-6, "{}: {found}, not {value}", figure.name);
    assert_eq!(figure.items, items, "{}", figure.name);
}

/// One wrong label, one longer end, one that is missing.
fn two() -> tempfile::TempDir {
    project(
        3,
        &[
            (0, "a", set(vec![mention("person", 0, 1), mention("place", 2, 4)])),
            (0, "b", set(vec![mention("person", 0, 1), mention("organization", 2, 4)])),
            (1, "a", set(vec![mention("person", 5, 6), mention("place", 7, 8)])),
            (1, "b", set(vec![mention("person", 5, 7)])),
            (2, "a", set(vec![mention("date", 0, 1)])),
        ],
    )
}

#[test]
fn known_answers() {
    let folder = two();
    let report = report(&folder, &request(&["a", "b"]));
    let all = report.figures(Scope::default(), Detail::Whole, true);
    close(figure(&all, "mentions strict"), 2.0 / 7.0, 4);
    close(figure(&all, "mentions exact"), 4.0 / 7.0, 4);
    close(figure(&all, "mentions partial"), 5.0 / 7.0, 4);
    close(figure(&all, "mentions type"), 4.0 / 7.0, 4);
    close(figure(&all, "words kappa"), (0.9 - 1231.0 / 1600.0) / (1.0 - 1231.0 / 1600.0), 40);
    assert_eq!(figure(&all, "mentions strict").sides, Some((1.0 / 3.0, 1.0 / 4.0)));
    // Two articles say too little of others.
    assert_eq!(figure(&all, "mentions strict").interval, Err(Reason::Data(Undefined::FewArticles)));
    // By label, and each article by itself.
    let labels = report.figures(Scope::default(), Detail::Labels, false);
    close(figure(&labels, "mentions strict person"), 0.5, 2);
    close(figure(&labels, "mentions strict place"), 0.0, 2);
    let of = |article| report.figures(Scope { pair: None, article: Some(article) }, Detail::Whole, true);
    close(figure(&of(0), "mentions strict"), 0.5, 2);
    assert_eq!(figure(&of(0), "mentions strict").interval, Err(Reason::OneArticle));
    close(figure(&of(1), "mentions strict"), 0.0, 2);
    // An annotator who has not begun an article has no part in it.
    assert!(figure(&of(2), "mentions strict").value.is_err());
    assert_eq!(report.standing[2].sets, [Some((Progress::Done, 1)), None]);
    assert_eq!(report.standing.iter().map(|it| it.open).collect::<Vec<_>>(), [Some(1), Some(2), None]);
}

#[test]
fn intervals_reach_beyond_what_few_articles_show() {
    let (sari, kota) = (Id::random(), Id::random());
    let same = || {
        let of = |label, at, id| Annotation { referent: Some(id), ..mention(label, at, at + 1) };
        set(vec![of("person", 0, sari), of("place", 2, kota), of("person", 4, sari)])
    };
    let sets: Vec<_> = (0..6).flat_map(|article| [(article, "a", same()), (article, "b", same())]).collect();
    let report = report(&project(7, &sets), &request(&["a", "b"]));
    let all = report.figures(Scope::default(), Detail::Whole, true);
    // Six articles without a fault do not prove that there are none: 18 ÷ (18 + 1.96²).
    let strict = figure(&all, "mentions strict").interval.unwrap();
    assert!((strict.low - 18.0 / (18.0 + 1.96 * 1.96)).abs() < 1e-4 && strict.high == 1.0, "{strict:?}");
    assert_eq!((strict.articles, strict.resamples), (6, 1000));
    let across = figure(&all, "identity across B3").interval.unwrap();
    assert!(across.low < 1.0 && across.high == 1.0 && across.articles == 6 && across.resamples == 0, "{across:?}");
    assert_eq!(
        report.figure_named(Scope::default(), "mentions strict").as_ref(),
        Some(figure(&all, "mentions strict"))
    );
}

#[test]
fn what_lies_behind() {
    let report = report(&two(), &request(&["a", "b"]));
    let confusion = report.confusion(Scope::default());
    let count = |a: &str, b: &str| {
        let place = |label: &str| confusion.labels.iter().position(|it| **it == *label).unwrap();
        confusion.counts[place(a)][place(b)]
    };
    assert_eq!([count("person", "person"), count("place", "organization"), count("place", "")], [2.0, 1.0, 1.0]);
    assert_eq!(confusion.counts.iter().flatten().sum::<f64>(), 4.0);
    let boundaries = report.boundaries(Scope::default());
    assert_eq!((boundaries.start, boundaries.end), (vec![(0, 1.0)], vec![(6, 1.0)]));
    let [edge] = &boundaries.edges[..] else { panic!("one edge") };
    assert_eq!((edge.at_start, edge.words.as_str(), edge.first, edge.second), (false, "tujuh", 0.0, 1.0));
}

#[test]
fn what_is_undefined_says_why() {
    let folder = two();
    let all = report(&folder, &request(&["a", "b"])).figures(Scope::default(), Detail::Whole, true);
    for (name, why) in [
        ("gamma", "not computed yet: it takes longer and is asked for by itself"),
        ("frames", "nothing to compare"),
        ("identity across conll", "nothing to compare"),
    ] {
        let told = figure(&all, name).value.unwrap_err().to_string();
        assert_eq!(told, why, "{name}");
    }
    let with = ReportRequest { gamma: Some(GAMMA_TIME), ..request(&["a", "b"]) };
    let all = report(&folder, &with).figures(Scope::default(), Detail::Whole, true);
    assert!(figure(&all, "gamma").value.is_ok_and(|value| value < 1.0));
}

#[test]
fn the_cache_and_what_is_in_memory_change_no_figure_that_they_should_not() {
    let folder = two();
    let dir = folder.path().join("p");
    // As if written some time ago: only then files are taken to stay as they are.
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    for file in ["articles/000.txt", "articles/001.txt", "articles/002.txt"]
        .iter()
        .map(|file| dir.join(file))
        .chain(["a/000", "a/001", "a/002", "b/000", "b/001"].iter().map(|set| dir.join(format!("sets/{set}.ron"))))
    {
        fs::File::options().append(true).open(file).unwrap().set_modified(long_ago).unwrap();
    }
    let all = |request: &ReportRequest| report(&folder, request).figures(Scope::default(), Detail::Whole, true);
    let first = all(&request(&["a", "b"]));
    let kept = fs::read_dir(dir.join(".jejak/.cache")).unwrap().count();
    assert_eq!((kept, all(&request(&["a", "b"])) == first), (1, true));
    // A broken cache is no cache.
    let file = fs::read_dir(dir.join(".jejak/.cache")).unwrap().flatten().next().unwrap().path();
    let bytes = fs::read(&file).unwrap();
    for end in [0, 10, 20, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&file, &bytes[..end]).unwrap();
        assert!(all(&request(&["a", "b"])) == first, "cut at {end}");
    }
    // A set in memory counts, and is not kept.
    let better = set(vec![mention("person", 5, 6), mention("place", 7, 8)]);
    let live = HashMap::from([((ArticleId::numbered(1), Name::new("b")), better.clone())]);
    let in_memory = all(&ReportRequest { live, ..request(&["a", "b"]) });
    close(figure(&in_memory, "mentions strict"), 3.0 / 4.0, 4);
    assert!(all(&request(&["a", "b"])) == first);
    // An article that has changed on disk is measured again.
    write(&dir, 1, "b", &better);
    close(figure(&all(&request(&["a", "b"])), "mentions strict"), 3.0 / 4.0, 4);
}

/// As if all files were written some time ago: only then they are taken to stay as they are.
fn settle(folder: &tempfile::TempDir, long_ago: SystemTime) {
    let mut folders = vec![folder.path().join("p")];
    while let Some(dir) = folders.pop() {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => fs::File::options().append(true).open(path).unwrap().set_modified(long_ago).unwrap(),
            }
        }
    }
}

#[test]
fn a_part_of_gamma_is_never_kept_for_all_of_it() {
    let (folder, long_ago) = (two(), SystemTime::now() - Duration::from_secs(60));
    settle(&folder, long_ago);
    let with = |time: Option<Duration>| {
        let report = report(&folder, &ReportRequest { gamma: time, ..request(&["a", "b"]) });
        [Scope::default(), Scope { pair: Some(0), article: None }].map(|scope| {
            let all = report.figures(scope, Detail::Whole, true);
            ["gamma", "gamma cat"].map(|name| figure(&all, name).clone())
        })
    };
    let unasked = "not computed yet: it takes longer and is asked for by itself";
    let late = "left out: its time was over before an article was done";
    let why = |of: &[[Figure; 2]; 2], why: &str| {
        for figure in of.iter().flatten() {
            assert_eq!(figure.value.unwrap_err().to_string(), why);
            assert!(figure.shortfall.is_none());
        }
    };
    why(&with(None), unasked);
    // No time at all: nothing is done, and what is kept has no γ.
    why(&with(Some(Duration::ZERO)), late);
    why(&with(Some(Duration::ZERO)), late);
    let whole = with(Some(GAMMA_TIME));
    close(&whole[0][0], whole[1][0].value.unwrap(), 2);
    assert!(whole[0][0].shortfall.is_none());
    // A figure that is kept whole needs no time; who does not ask for it is not told it.
    assert!(with(Some(Duration::ZERO)) == whole);
    why(&with(None), unasked);
    // One article has changed: what is told then is of one, says so, and is not kept for both.
    write(&folder.path().join("p"), 1, "b", &set(vec![mention("person", 5, 6), mention("place", 7, 8)]));
    settle(&folder, long_ago);
    let part = with(Some(Duration::ZERO));
    let told = Shortfall { left_out: 1, bounded: 0, gap: 0.0 };
    assert_eq!((part[0][0].items, part[0][0].shortfall), (1, Some(told)));
    assert_eq!(told.to_string(), "1 article left out, for the time was over");
    let again = with(Some(GAMMA_TIME));
    assert_eq!((again[0][0].items, again[0][0].shortfall), (2, None));
    assert!(again[0][0].value.unwrap() > whole[0][0].value.unwrap());
}

#[test]
fn ten_annotators_have_a_gamma_and_are_told_what_it_may_lack() {
    let random = &mut Random::new(4, 0);
    let names: Vec<String> = (0..10).map(|at| format!("n{at}")).collect();
    let someone = |random: &mut Random| {
        let marks = (0..8).map(|at| {
            let label = ["person", "person", "person", "place"][random.below(4)];
            mention(label, 2 * at, 2 * at + 1 + random.below(2) as u32)
        });
        set(marks.collect())
    };
    let sets: Vec<(usize, &str, AnnotationSet)> =
        names.iter().map(|name| (0, name.as_str(), someone(random))).collect();
    let folder = project(1, &sets);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let request = ReportRequest { gamma: Some(Duration::from_secs(600)), ..request(&names) };
    let all = |request: &ReportRequest| report(&folder, request).figures(Scope::default(), Detail::Whole, false);
    let told = all(&request);
    let gamma = figure(&told, "gamma");
    let value = gamma.value.unwrap();
    assert!(value > 0.3 && value < 0.95, "{value}");
    let shortfall = gamma.shortfall.expect("so many are not searched through");
    assert_eq!((shortfall.left_out, shortfall.bounded), (0, 1));
    assert!(shortfall.gap > 0.0 && value + shortfall.gap < 1.0, "{shortfall}");
    // The same every time.
    assert!(all(&request) == told);
}

#[test]
fn stopped_work_gives_no_report() {
    let folder = two();
    let stopped = measure_project(&folder.path().join("p"), &request(&["a", "b"]), &mut |_, _| false).unwrap();
    assert!(stopped.is_none());
}

/// A trip with a traveller and a destination; the two annotators disagree on the destination and on an attribute.
pub fn trip(destination: (u32, u32), status: &str, referents: [Option<Id>; 2]) -> AnnotationSet {
    let [person, place] = referents;
    let who = Annotation { referent: person, ..mention("person", 0, 1) };
    let to = Annotation { referent: place, ..mention("place", destination.0, destination.1) };
    let mut trip = mention("trip", 2, 3);
    trip.set_attribute(&"status".into(), Some(status.into()));
    let role = |name: &str, id| Role { name: name.into(), filler: Filler::Annotation(id) };
    trip.roles = vec![role("traveller", who.id), role("destination", to.id)];
    set(vec![who, to, trip])
}

#[test]
fn frames_roles_attributes_and_identity() {
    let (sari, kota, budi) = (Id::random(), Id::random(), Id::random());
    let folder = project(
        2,
        &[
            (0, "a", trip((4, 5), "planned", [Some(sari), Some(kota)])),
            (0, "b", trip((8, 9), "planned", [Some(sari), Some(kota)])),
            (1, "a", trip((4, 5), "completed", [Some(sari), Some(kota)])),
            (1, "b", trip((4, 5), "planned", [Some(budi), Some(kota)])),
        ],
    );
    let report = report(&folder, &ReportRequest { evaluation: true, gold: None, ..request(&["a", "b"]) });
    let all = report.figures(Scope::default(), Detail::Whole, true);
    close(figure(&all, "frames"), 1.0, 2);
    close(figure(&all, "role trip traveller"), 1.0, 2);
    close(figure(&all, "role trip destination"), 0.5, 2);
    // planned-planned, completed-planned: ½ observed, ½ by chance.
    close(figure(&all, "attribute trip status"), 0.0, 2);
    close(figure(&all, "triggers classified"), 1.0, 2);
    close(figure(&all, "arguments classified"), 0.75, 4);
    // Sari's two mentions are one for the first annotator and two persons for the second.
    let within = figure(&all, "identity B3").value.unwrap();
    let across = figure(&all, "identity across B3").value.unwrap();
    assert!(across < within, "{across} {within}");
    assert_eq!(figure(&all, "identity across conll").interval, Err(Reason::Data(Undefined::FewArticles)));
}

#[test]
fn three_annotators_a_careless_one_and_what_is_probable() {
    let good =
        || set((0..9).map(|at| mention(if at % 2 == 0 { "person" } else { "place" }, 2 * at, 2 * at + 1)).collect());
    let poor =
        || set((0..9).map(|at| mention(if at % 3 == 0 { "person" } else { "date" }, 2 * at, 2 * at + 1)).collect());
    let folder = project(
        2,
        &[(0, "a", good()), (0, "b", good()), (0, "c", poor()), (1, "a", good()), (1, "b", good()), (1, "c", poor())],
    );
    let report = report(&folder, &request(&["a", "b", "c"]));
    let all = report.figures(Scope::default(), Detail::Whole, true);
    assert_eq!(figure(&all, "words kappa").value, Err(Reason::TwoOnly));
    let fleiss = figure(&all, "words fleiss").value.unwrap();
    assert!(fleiss > 0.0 && fleiss < 1.0, "{fleiss}");
    close(&report.figures(Scope { pair: Some(0), article: None }, Detail::Whole, false)[4], 1.0, 40);
    let reliability = report.reliability().unwrap();
    assert!(reliability.accuracy[0] > 0.95 && reliability.accuracy[2] < 0.5, "{:?}", reliability.accuracy);
    let (first, third) = (good(), poor());
    let made = probable(
        &Schema::trips(),
        &Text::default(),
        &[Some(&first), Some(&good()), Some(&third)],
        &reliability,
        &"p".into(),
    );
    let labels: Vec<&str> = made.iter().map(|record| record.label.as_str()).collect();
    assert_eq!(labels, ["person", "place", "person", "place", "person", "place", "person", "place", "person"]);
    assert!(made.iter().all(|record| matches!(record.origin.via, Via::Suggestion { score, .. } if score > 500)));
}

#[test]
fn tables_have_a_row_for_everything() {
    let report = report(&two(), &request(&["a", "b"]));
    let all = report.figures(Scope::default(), Detail::Whole, false);
    assert_eq!(figures_csv(all.iter().map(|figure| ("all", figure))).lines().count(), 1 + all.len());
    assert_eq!(
        matrix_csv(&report, "mentions exact", &report.matrices()["mentions exact"]),
        "mentions exact,a,b\na,,0.571429\nb,0.571429,\n"
    );
    assert_eq!(
        confusion_csv(&report.confusion(Scope::default())).lines().next(),
        Some(",person,organization,place,(nothing)")
    );
    assert_eq!(boundaries_csv(&report.boundaries(Scope::default())).lines().last(), Some("end,,tujuh,1,0,1"));
    assert_eq!(standing_csv(&report).lines().nth(3), Some("002,Judul 2,done,1,not begun,,"));
}

/// A mention of two pieces, in words.
fn pieces(label: &str, first: (u32, u32), second: (u32, u32)) -> Annotation {
    let mut one = mention(label, first.0, first.1);
    let rest = mention(label, second.0, second.1);
    one.at.extend(rest.at);
    one
}

#[test]
fn a_mention_in_pieces_is_its_pieces_and_not_what_lies_between() {
    let folder = project(
        1,
        &[
            (0, "a", set(vec![pieces("person", (0, 1), (4, 5)), mention("place", 6, 7)])),
            (0, "b", set(vec![mention("person", 0, 5), mention("place", 6, 7)])),
            (0, "c", set(vec![pieces("person", (0, 1), (4, 5)), mention("place", 6, 7)])),
        ],
    );
    let of = |names: &[&str]| report(&folder, &request(names)).figures(Scope::default(), Detail::Whole, false);
    let (apart, alike) = (of(&["a", "b"]), of(&["a", "c"]));
    close(figure(&apart, "mentions strict"), 0.5, 2);
    close(figure(&apart, "mentions type"), 1.0, 2);
    close(figure(&alike, "mentions strict"), 1.0, 2);
    assert!(figure(&apart, "words kappa").value.unwrap() < 1.0, "the words between are b's alone");
    close(figure(&alike, "words kappa"), 1.0, figure(&apart, "words kappa").items);
}

#[test]
fn the_order_of_labels_decides_nothing_and_one_label_spoils_no_article() {
    // Two labels on one word; and one label twice over the same words, for which α_U has no meaning.
    let both =
        |first: &str, second: &str| set(vec![mention(first, 0, 1), mention(second, 0, 1), mention("date", 5, 6)]);
    let folder = project(1, &[(0, "a", both("place", "person")), (0, "b", both("person", "place"))]);
    let figures = report(&folder, &request(&["a", "b"])).figures(Scope::default(), Detail::Whole, false);
    assert_eq!(figure(&figures, "words kappa").value, Ok(1.0));
    let twice = set(vec![mention("person", 0, 2), mention("person", 1, 3), mention("place", 5, 6)]);
    let folder = project(1, &[(0, "a", twice.clone()), (0, "b", twice)]);
    let report = report(&folder, &request(&["a", "b"]));
    let figures = report.figures(Scope::default(), Detail::Whole, false);
    close(figure(&figures, "unitizing alpha"), 1.0, 1);
    let labels = report.figures(Scope::default(), Detail::Labels, false);
    assert!(labels.iter().any(|it| it.name == "unitizing alpha place" && it.value == Ok(1.0)));
    assert!(labels.iter().all(|it| it.name != "unitizing alpha person" || it.value.is_err()));
}
