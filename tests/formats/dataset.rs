//! Data sets: parts, card, list of files, and that nothing half-made stays behind.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jejak::dataset::{self, DatasetFailure, DatasetSelection, DatasetTarget, Grouping, Plan, Split, Stage, Survey};
use jejak::edit::{Edit, Transaction};
use jejak::formats::{ImportFiles, Lost, Zones};
use jejak::ingest::Draft;
use jejak::model::{ArticleId, Kind, Name, Schema};
use jejak::store::{Access, Session};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use crate::read;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan")
}

fn plan(format: &str, sets: &[&str]) -> Plan {
    let sets = sets.iter().map(|name| Name::new(name)).collect();
    let mut plan = Plan::new(jejak::formats::format(format).unwrap(), sets);
    plan.allowed = Lost::ALL.to_vec();
    plan
}

fn split(shares: &str, seed: u64, group: Grouping) -> Option<Split> {
    Some(Split { shares: Split::shares(shares).unwrap(), seed, group })
}

fn surveyed(project: &Path, plan: &Plan) -> Survey {
    dataset::survey(project, plan, &mut |_, _| true).unwrap()
}

/// Makes a data set and gives its files.
fn made(project: &Path, plan: &Plan) -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("data");
    let survey = surveyed(project, plan);
    let made = dataset::make(project, plan, &survey, DatasetTarget::Folder(&target), &mut |_, _| true).unwrap();
    let mut files = BTreeMap::new();
    for file in &made.files {
        let bytes = std::fs::read(target.join(&file.name)).unwrap();
        assert_eq!(jejak::text::sha256_hex(&bytes), file.sha256, "{}", file.name);
        assert_eq!(bytes.len() as u64, file.bytes);
        files.insert(file.name.clone(), bytes);
    }
    (home, files)
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_split_holds_every_article_once_and_is_the_same_again() {
    let mut plan = plan("jejak-jsonl", &["a", "b"]);
    plan.split = split("50/25/25", 3, Grouping::default());
    plan.licence = "CC BY 4.0".into();
    let (home, files) = made(&sample(), &plan);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["README.md", "dev.jsonl", "manifest.json", "test.jsonl", "train.jsonl"]);
    assert_eq!(files, made(&sample(), &plan).1);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "nothing stands beside it");

    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), 4, "all but itself");
    for file in listed {
        let bytes = &files[file["name"].as_str().unwrap()];
        assert_eq!(file["sha256"], jejak::text::sha256_hex(bytes));
    }
    let card = String::from_utf8(files["README.md"].clone()).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/card.md");
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // A test's own data.
        std::fs::write(&golden, &card).unwrap();
    }
    assert_eq!(card, std::fs::read_to_string(&golden).unwrap_or_default());

    let mut seen = HashSet::new();
    for (part, name) in ["train", "dev", "test"].into_iter().enumerate() {
        let lines = lines(&files[&format!("{name}.jsonl")]);
        let articles: Vec<&Value> = lines.iter().filter(|line| line.get("text").is_some()).collect();
        let told = &manifest["parts"][part];
        assert_eq!(told["name"], name);
        assert_eq!(told["articles"].as_array().unwrap().len(), articles.len());
        for line in articles {
            assert!(seen.insert(line["article"]["id"].as_str().unwrap().to_owned()));
        }
    }
    assert_eq!(seen.len(), 10);
}

#[test]
fn a_data_set_of_everything_loses_nothing() {
    let plan = plan("jejak-jsonl", &["a", "b"]);
    let survey = surveyed(&sample(), &plan);
    assert!(survey.loss.counts().is_empty(), "{:?}", survey.loss);
    assert!(survey.preview.starts_with("{\"jejak_jsonl\":1"));
    assert_eq!(survey.preview, dataset::preview(&sample(), &plan).unwrap());
    let (_, files) = made(&sample(), &plan);
    let all = lines(&files["jejak.jsonl"]);
    assert_eq!(all.len(), 11, "the articles and the project");
    let referents = |line: &Value| -> usize {
        line["sets"].as_array().into_iter().flatten().map(|set| set["referents"].as_array().map_or(0, Vec::len)).sum()
    };
    assert!(referents(&all[0]) > 0);

    // In parts, each referent that no article mentions is written once.
    let mut parts = plan.clone();
    parts.split = split("1/1", 0, Grouping::default());
    let (_, files) = made(&sample(), &parts);
    let alone = |bytes: &[u8]| lines(bytes).last().unwrap()["project"]["referents"].clone();
    assert_eq!(alone(&files["train.jsonl"]), all[10]["project"]["referents"]);
    assert_eq!(alone(&files["test.jsonl"]), Value::Null);
}

#[test]
fn articles_and_labels_are_chosen() {
    let mut plan = plan("jejak-jsonl", &["a"]);
    plan.choice = DatasetSelection {
        articles: ["000", "001", "004"].map(|id| ArticleId::new(id).unwrap()).to_vec(),
        labels: vec!["person".into(), "trip".into()],
        filter: "KALVERA".into(),
        ..DatasetSelection::default()
    };
    let (_, files) = made(&sample(), &plan);
    let all = lines(&files["jejak.jsonl"]);
    let ids: Vec<&str> = all.iter().filter_map(|line| line["article"]["id"].as_str()).collect();
    assert_eq!(ids, ["000", "001"]);
    let labels: HashSet<&str> = (all.iter())
        .flat_map(|line| line["sets"].as_array().into_iter().flatten())
        .flat_map(|set| set["annotations"].as_array().unwrap())
        .map(|record| record["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, HashSet::from(["person", "trip"]));
    let defined = all[2]["project"]["labels"].as_array().unwrap();
    assert_eq!(defined.len(), 2);
    // Each file is whole in itself: every role is filled by something that is there.
    let source = ImportFiles::from(jejak::formats::Memory {
        files: BTreeMap::from([("x.jsonl".into(), files["jejak.jsonl"].clone())]),
    });
    let back = read(plan.format, &source);
    assert!(back.problems.is_empty(), "{:?}", back.problems);
    for page in &back.pages {
        let ids: HashSet<_> = page.sets[0].records.iter().map(|record| record.id).collect();
        assert!(page.sets[0].records.iter().all(|record| record.targets().all(|id| ids.contains(&id))));
    }

    for (stage, expected) in [(Stage::Begun, 10), (Stage::Done, 10), (Stage::Decided, 0)] {
        plan.choice = DatasetSelection { stage, ..DatasetSelection::default() };
        match dataset::survey(&sample(), &plan, &mut |_, _| true) {
            Ok(survey) => assert_eq!(survey.articles(), expected, "{}", stage.name()),
            Err(DatasetFailure::Impossible(why)) => {
                assert_eq!((expected, &*why.to_string()), (0, "no article fits what was chosen"));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn nothing_stays_of_what_was_stopped_or_cannot_be_written() {
    let plan = plan("brat", &["a"]);
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("data");
    let survey = surveyed(&sample(), &plan);
    let stopped = dataset::survey(&sample(), &plan, &mut |done, _| done < 2);
    assert!(matches!(stopped, Err(DatasetFailure::Stopped)));
    let stopped = dataset::make(&sample(), &plan, &survey, DatasetTarget::Folder(&target), &mut |done, _| done < 3);
    assert!(matches!(stopped, Err(DatasetFailure::Stopped)));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);

    let file = home.path().join("taken");
    std::fs::create_dir(&file).unwrap();
    #[allow(clippy::disallowed_methods)] // A test's own data.
    std::fs::write(file.join("mine"), "x").unwrap();
    let refused = dataset::make(&sample(), &plan, &survey, DatasetTarget::Folder(&file), &mut |_, _| true);
    assert!(matches!(refused, Err(DatasetFailure::Unwritten { .. })));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(&file).unwrap().count(), 1);
    let refused = dataset::make(&sample(), &plan, &survey, DatasetTarget::File(&target), &mut |_, _| true);
    assert!(matches!(refused, Err(DatasetFailure::Impossible(_))));
}

#[test]
fn a_folder_of_json_is_read_without_its_list_of_files() {
    let mut plan = plan("pubannotation", &["a"]);
    plan.zones = Zones::Drop;
    let (home, files) = made(&sample(), &plan);
    assert!(files.contains_key("manifest.json"));
    let back = read(plan.format, &ImportFiles::of_paths(&[home.path().join("data")]).unwrap());
    assert!(back.problems.is_empty(), "{:?}", back.problems);
    assert_eq!(back.pages.len(), 10);
}

/// The trips, claims and other frames of the real world that each article is about.
fn frames(project: &Path, annotator: &str) -> HashMap<String, HashSet<String>> {
    let scan = jejak::store::scan(project).unwrap();
    let schema = scan.corpus().schema.clone();
    let mut frames: HashMap<String, HashSet<String>> = HashMap::new();
    for scanned in scan {
        let of = frames.entry(scanned.article.id.to_string()).or_default();
        for set in scanned.sets.iter().filter(|set| set.annotator == *annotator) {
            let records = set.set.iter().filter(|record| schema.kind(&record.label) == Kind::Frame);
            of.extend(records.filter_map(|record| record.referent).map(|id| id.to_string()));
        }
    }
    frames
}

#[test]
fn no_trip_is_in_two_parts() {
    let frames = frames(&sample(), "a");
    let mut differs = false;
    for seed in 0..8 {
        let mut plan = plan("jejak-jsonl", &["a"]);
        let straddling = |plan: &Plan| {
            let mut part_of: HashMap<&String, &str> = HashMap::new();
            let survey = surveyed(&sample(), plan);
            let mut straddling = 0;
            for part in &survey.parts {
                for frame in part.articles.iter().flat_map(|(id, _)| &frames[&**id]) {
                    straddling += usize::from(*part_of.entry(frame).or_insert(&part.name) != part.name);
                }
            }
            straddling
        };
        plan.split = split("50/50", seed, Grouping::default());
        differs |= straddling(&plan) > 0;
        plan.split = split("50/50", seed, Grouping { trip: true, ..Grouping::default() });
        assert_eq!(straddling(&plan), 0, "seed {seed}");
    }
    assert!(differs, "the sample has trips that several articles are about");
}

const WORDS: [&str; 12] =
    ["ratu", "tiba", "di", "bandar", "laut", "kemarin", "pagi", "bersama", "juru", "bicara", "istana", "baru"];

/// A text of 200 words that differs between numbers.
fn words(number: usize) -> Vec<String> {
    (0..200)
        .map(|at| format!("{}{}", WORDS[(number * 7 + at * (number + 3)) % WORDS.len()], number * 1000 + at))
        .collect()
}

proptest! {
    #![proptest_config(Config { cases: 12, failure_persistence: None, ..Config::default() })]

    /// Copies with a few changed words, and publishers: neither comes into two parts.
    #[test]
    fn copies_and_publishers_stay_in_one_part(
        articles in prop::collection::vec((0..6_usize, 0..4_usize, 0..200_usize), 4..20),
        seed: u64,
    ) {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("project");
        let schema: Schema = ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap();
        Session::create(&dir, "Contoh", schema).unwrap();
        let mut session = Session::open(&dir, &"a".into(), Access::Write).unwrap();
        let publishers = ["", "Kabar", " kabar", "Berita"];
        let mut original: HashMap<String, usize> = HashMap::new();
        let drafts = articles.iter().enumerate().map(|(at, &(number, publisher, changed))| {
            let mut words = words(number);
            words[changed] = format!("lain{at}");
            let text = words.join(" ");
            original.insert(jejak::text::sha256_hex(text.as_bytes()), number);
            Draft {
                text,
                title: format!("Berita {at}"),
                publisher: Some(publishers[publisher].to_owned()).filter(|name| !name.is_empty()),
                source: format!("{at}.txt"),
                ..Draft::default()
            }
        });
        session.add_articles(drafts.collect()).unwrap();
        // A set for each article: an empty one is enough.
        let ids: Vec<ArticleId> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
        for id in ids {
            session.load(&id, &["a".into()]).unwrap();
            let (new, begun) = (jejak::model::Progress::New, jejak::model::Progress::InProgress);
            let edits = vec![Edit::progress((id, "a".into()), new, begun)];
            session.commit(Transaction { edits, ..Transaction::new("begin", &"a".into()) }).unwrap();
        }
        session.close().unwrap();

        let mut plan = plan("jejak-jsonl", &["a"]);
        let publisher_of: HashMap<String, String> = (jejak::store::scan(&dir).unwrap().corpus().articles().iter())
            .map(|article| (article.id.to_string(), article.publisher.trim().to_lowercase()))
            .collect();
        plan.split = split("60/20/20", seed, Grouping { duplicate: true, source: true, ..Grouping::default() });
        let survey = surveyed(&dir, &plan);
        let mut part_of: HashMap<String, &str> = HashMap::new();
        for part in &survey.parts {
            for (id, sha256) in &part.articles {
                let mut keys = vec![format!("text {}", original[sha256])];
                let publisher = &publisher_of[&**id];
                keys.extend((!publisher.is_empty()).then(|| format!("publisher {publisher}")));
                for key in keys {
                    prop_assert_eq!(*part_of.entry(key.clone()).or_insert(&part.name), part.name.as_str(), "{}", key);
                }
            }
        }
    }
}
