//! How fast review is: `cargo bench --bench review` prints `name value unit` lines, each the median of several runs; with
//! `align`, `adjudicate` or `dashboard` those alone.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A bench prints, may stop at once, and makes its own files.

#[path = "made/clock.rs"]
mod clock;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jejak::agreement::random::Random;
use jejak::figures::{Detail, ReportRequest, Scope, measure_project};
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Filler, Name, Origin, Progress, Project, Role, Schema,
};
use jejak::review::{Review, Strategy, align};
use jejak::store::{Session, set_to_ron};
use jejak::text::{Span, Text};

const WORDS: usize = 1_167;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let benches: [(&str, fn()); 3] = [("align", aligned), ("adjudicate", adjudicate), ("dashboard", dashboard)];
    for (name, bench) in benches {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            bench();
        }
    }
}

/// Sets put side by side, and an article opened for review.
fn aligned() {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    let random = &mut Random::new(1, 0);

    let first = frames(random, 200, 600);
    let five: Vec<AnnotationSet> = (0..5).map(|_| another(random, &first)).collect();
    let five: Vec<&AnnotationSet> = five.iter().collect();
    report("review.align_200x5", || {
        black_box(align(&schema, &Text::default(), &five));
    });

    let first = frames(random, 25, 225);
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema));
    let article = article();
    corpus.load_articles(vec![Arc::new(article.clone())]);
    corpus.load_text(article.id.clone(), Text::new(&"kata. ".repeat(WORDS)));
    let names: Vec<Name> = ["a", "b", "c", "d"].map(Name::new).to_vec();
    for name in &names {
        corpus.load_set((article.id.clone(), name.clone()), another(random, &first));
    }
    let gold = Name::new("gold");
    report("review.open", || {
        black_box(Review::open(&corpus, &article.id, &names, &gold, Strategy::Unanimous));
    });
}

/// An article with 100,000 marks by each of two annotators, of which every tenth differs: opened, and what is agreed on put into
/// gold.
fn adjudicate() {
    const MARKS: usize = 100_000;
    let (random, schema) = (&mut Random::new(5, 0), Schema::trips());
    let first = some(random, 2 * MARKS, 0, MARKS);
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema));
    let text = Text::new(&"kata. ".repeat(2 * MARKS));
    let article = Article::of(ArticleId::numbered(0), "articles/000.txt".into(), &text);
    corpus.load_articles(vec![Arc::new(article.clone())]);
    corpus.load_text(article.id.clone(), text);
    let (names, gold) = (["a", "b"].map(Name::new), Name::new("gold"));
    for name in &names {
        corpus.load_set((article.id.clone(), name.clone()), another(random, &first));
    }
    let times = (0..3).map(|_| {
        let start = Instant::now();
        let review = Review::open(&corpus, &article.id, &names, &gold, Strategy::Unanimous);
        black_box(review.premerge(&corpus, &gold));
        start.elapsed().as_secs_f64()
    });
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    println!("review.adjudicate_200k {:.2} s", times[1]);
}

fn report(name: &str, mut run: impl FnMut()) {
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name} {:.2} ms", times[times.len() / 2]);
}

fn article() -> Article {
    let text = Text::new(&"kata. ".repeat(WORDS));
    Article {
        words: WORDS as u32,
        language: "id".into(),
        ..Article::of(ArticleId::numbered(0), "articles/000.txt".into(), &text)
    }
}

fn span(random: &mut Random, words: usize) -> Span {
    let first = random.below(words - 4) as u32;
    Span::new(first * 6, (first + random.below(3) as u32) * 6 + 5)
}

/// So many trips and claims, and the mentions that fill their roles.
fn frames(random: &mut Random, count: usize, mentions: usize) -> Vec<Annotation> {
    some(random, WORDS, count, mentions)
}

/// The same in a text of so many words.
fn some(random: &mut Random, words: usize, count: usize, mentions: usize) -> Vec<Annotation> {
    let by = Name::new("a");
    let mut records: Vec<Annotation> = (0..mentions)
        .map(|_| {
            let label = ["person", "place", "organization", "date"][random.below(4)];
            Annotation::new(&label.into(), vec![span(random, words)], Origin::hand(&by))
        })
        .collect();
    for frame in 0..count {
        let trip = frame % 2 == 0;
        let mut record = Annotation::new(
            &(if trip { "trip" } else { "claim" }).into(),
            vec![span(random, words)],
            Origin::hand(&by),
        );
        record.set_attribute(&"certainty".into(), Some("certain".into()));
        let roles: &[&str] =
            if trip { &["traveller", "destination", "departure", "meets"] } else { &["claimant", "evidence"] };
        for role in roles {
            let filler = Filler::Annotation(records[random.below(mentions)].id);
            record.roles.push(Role { name: (*role).into(), filler });
        }
        if !trip {
            let about = Filler::Annotation(records[records.len() - 1].id);
            record.roles.push(Role { name: "about".into(), filler: about });
        }
        records.push(record);
    }
    records
}

/// The same by another annotator: other ids, and a difference in one record of five.
fn another(random: &mut Random, records: &[Annotation]) -> AnnotationSet {
    let ids: std::collections::HashMap<_, _> =
        records.iter().map(|record| (record.id, jejak::model::Id::random())).collect();
    let change = |record: &Annotation| {
        let mut record = Annotation { id: ids[&record.id], ..record.clone() };
        for role in &mut record.roles {
            if let Filler::Annotation(id) = &mut role.filler {
                *id = ids[id];
            }
        }
        match random.below(20) {
            0 => return None,
            1 => record.at = vec![Span::new(record.at[0].start, record.at[0].end + 6)],
            2 if !record.roles.is_empty() => drop(record.roles.remove(0)),
            2 => record.label = "object".into(),
            3 => record.set_attribute(&"certainty".into(), Some("uncertain".into())),
            _ => {}
        }
        Some(Arc::new(record))
    };
    AnnotationSet::new(records.iter().filter_map(change).collect::<Vec<_>>(), Progress::Done)
}

/// A project of 10,000 articles, each of 200 words with 12 mentions, a trip and a claim by two annotators, is made once and
/// kept in the build folder. `first` reads all of its 30,000 files; then they are as they were, and only their times are
/// looked at: what was measured of them comes from the cache. Both end with everything that the dashboard shows, intervals
/// among it.
fn dashboard() {
    const ARTICLES: usize = 10_000;
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-dashboard-10k-1");
    if !dir.join("whole").is_file() {
        make(&dir, ARTICLES);
        fs::write(dir.join("whole"), "").unwrap();
        // A file that has just been written may change again unseen: what is measured of it is not kept.
        std::thread::sleep(Duration::from_secs(3));
    }
    let asked = ReportRequest {
        annotators: vec!["a".into(), "b".into()],
        gold: Some("gold".into()),
        ..ReportRequest::default()
    };
    let measure = || {
        let mut told = 0;
        let mut progress = |_, _| {
            told += 1;
            true
        };
        let start = Instant::now();
        let report = measure_project(&dir, &asked, &mut progress).unwrap().unwrap();
        black_box(report.figures(Scope::default(), Detail::Whole, true));
        black_box(report.figures(Scope::default(), Detail::Labels, true));
        black_box((report.matrices(), report.confusion(Scope::default()), report.boundaries(Scope::default())));
        black_box(report.reliability()).unwrap();
        assert!(told > 100);
        start.elapsed().as_secs_f64()
    };
    let median = |times: &mut [f64]| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let firsts = (0..3).map(|_| {
        let _ = fs::remove_dir_all(dir.join(".jejak/.cache"));
        let start = clock::of_process();
        (measure(), (clock::of_process() - start) / 1e3)
    });
    let (mut first, mut cpu): (Vec<f64>, Vec<f64>) = firsts.unzip();
    println!("review.dashboard_10k_first {:.2} s", median(&mut first));
    println!("review.dashboard_10k_first_cpu {:.2} s", median(&mut cpu));
    let mut again: Vec<f64> = (0..7).map(|_| measure()).collect();
    println!("review.dashboard_10k {:.2} s", median(&mut again));
}

fn make(dir: &Path, articles: usize) {
    let _ = fs::remove_dir_all(dir);
    Session::create(dir, "Dashboard", Schema::trips()).unwrap();
    let random = &mut Random::new(3, 0);
    let mut lines = String::new();
    for index in 0..articles {
        let id = ArticleId::numbered(index);
        // The words differ from article to article, as texts do.
        let text = Text::new(&format!("{}{index}.", "kata, ".repeat(200)));
        let thousand = if index < 1000 { String::new() } else { format!("{:03}/", index / 1000) };
        let file = format!("articles/{thousand}{id}.txt");
        let first = some(random, 200, 2, 12);
        let second = another(random, &first);
        let first = AnnotationSet::new(first.into_iter().map(Arc::new), Progress::Done);
        write(&dir.join(&file), text.as_str());
        for (name, set) in [("a", &first), ("b", &second)] {
            let content = set_to_ron(&(id.clone(), name.into()), set, &text);
            write(&dir.join(format!("sets/{name}/{thousand}{id}.ron")), &content);
        }
        let (sha256, chars) = (text.sha256(), text.chars());
        lines.push_str(&format!(
            "  (id: \"{id}\", title: \"Judul {id}\", file: \"{file}\", sha256: \"{sha256}\", chars: {chars}, words: 201),\n"
        ));
    }
    write(&dir.join("articles.ron"), &format!("(\n jejak: 1,\n articles: [\n{lines} ],\n)\n"));
}

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}
