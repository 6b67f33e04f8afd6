//! The commands of review on the sample project.

use std::path::{Path, PathBuf};

use jejak::model::{Name, Slot};
use jejak::review::{Case, Choice, Review, Ruling, Strategy};
use jejak::store::{Access, Session};

use super::build::jejak;
use super::common::copy;

/// The sample project in a folder of its own, and its two annotators.
fn sample() -> (tempfile::TempDir, PathBuf, [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("perjalanan");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan"), &dir);
    let sets = std::fs::read_dir(dir.join("sets")).unwrap().flatten();
    let mut names: Vec<String> =
        sets.map(|entry| entry.file_name().into_string().unwrap()).filter(|name| name != "gold").collect();
    names.sort();
    (folder, dir, [names[0].clone(), names[1].clone()])
}

#[test]
fn compare_tells_each_difference_and_where_it_is() {
    let (_folder, dir, [a, b]) = sample();
    let project = dir.to_str().unwrap();
    let (code, lines, _) = jejak(&["compare", project, &a, &b]);
    assert_eq!(code, Some(1));
    for kind in ["missing", "boundary", "label", "attribute", "role"] {
        assert!(lines.lines().any(|line| line.contains(&format!(": {kind}"))), "{kind}: {lines}");
    }
    let (_, json, _) = jejak(&["compare", project, &a, &b, "--json"]);
    assert_eq!(json.lines().count(), lines.lines().count());
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["kind"].is_string()));
    let (code, nothing, _) = jejak(&["compare", project, &a, &a]);
    assert_eq!((code, nothing.as_str()), (Some(0), ""));
    let (code, _, why) = jejak(&["compare", project, &a, "nobody"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("no annotator \"nobody\""), "{why}");
}

#[test]
fn adjudicate_merges_what_is_agreed_once() {
    let (_folder, dir, [a, b]) = sample();
    let project = dir.to_str().unwrap();
    let _ = std::fs::remove_dir_all(dir.join("sets/gold"));
    let (_, differences, _) = jejak(&["compare", project, &a, &b, "--json"]);
    let (code, planned, _) = jejak(&["adjudicate", project, "--dry-run"]);
    let (_, json, _) = jejak(&["adjudicate", project, "--dry-run", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let (asked, articles): (Vec<&str>, Vec<&str>) = planned.lines().partition(|line| line.starts_with("identity: "));
    let counts = articles.iter().map(|line| line.split_once(": ").unwrap().1.parse::<u64>().unwrap());
    assert_eq!(json["left"], counts.sum::<u64>() + asked.len() as u64);
    assert_eq!(json["articles"].as_object().unwrap().len(), articles.len());
    assert_eq!(json["identity"].as_array().unwrap().len(), asked.len());
    assert_eq!(code, Some(1));
    assert!(!dir.join("sets/gold").exists());
    let left = |lines: &str| -> usize {
        let articles = lines.lines().filter(|line| !line.starts_with("identity: "));
        articles.map(|line| line.rsplit(' ').next().unwrap().parse::<usize>().unwrap()).sum()
    };
    // Identity is asked once for all mentions that are split in the same way.
    let identity = differences.lines().filter(|line| line.contains("\"kind\":\"identity\"")).count();
    assert_eq!(left(&planned), differences.lines().count() - identity);
    let questions = planned.lines().filter(|line| line.starts_with("identity: ")).count();
    assert!(questions > 0 && questions <= identity, "{planned}");
    let (code, lines, said) = jejak(&["adjudicate", project]);
    assert_eq!((code, &lines), (Some(1), &planned), "{said}");
    assert!(json["merged"].as_u64() > Some(50), "{json}");
    assert!(said.contains(&format!("{} records merged", json["merged"])), "done is what was planned: {said}");
    let (_, after, _) = jejak(&["adjudicate", project, "--dry-run", "--json"]);
    let after: serde_json::Value = serde_json::from_str(&after).unwrap();
    assert_eq!((&after["merged"], &after["left"]), (&0.into(), &json["left"]));
    assert!(after["confirmed"].as_u64() > Some(0), "{after}");
    assert!(dir.join("sets/gold/000.ron").exists());
    let (_, again, said) = jejak(&["adjudicate", project]);
    assert_eq!(again, planned);
    assert!(said.contains("0 records merged"), "{said}");
    // Gold in which cases are open says so wherever it goes.
    let out = dir.join("../data");
    let target = out.to_str().unwrap();
    let export = |state: &str, target: &str| {
        let allowed = ["--format", "jejak-jsonl", "--allow-loss", "--state", state, "--out", target];
        jejak(&[&["export", project][..], &allowed].concat())
    };
    let (code, _, said) = export("any", target);
    assert_eq!(code, Some(0), "{said}");
    let manifest: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    let unfinished = &manifest["unfinished"];
    assert_eq!((&unfinished["set"], &unfinished["cases"]), (&"gold".into(), &json["left"]), "as many as are left");
    assert_eq!(unfinished["records"], json["merged"]);
    let sentence = |it: &serde_json::Value| {
        format!("gold is not finished: {} of {} records, {} cases open", it["records"], it["of"], it["cases"])
    };
    assert!(unfinished["of"].as_u64() > unfinished["records"].as_u64(), "{unfinished}");
    assert!(said.contains(&sentence(unfinished)), "{said}");
    let card = std::fs::read_to_string(out.join("README.md")).unwrap();
    assert!(card.contains(&sentence(unfinished)), "{card}");
    let (code, _, said) = export("decided", target);
    assert_eq!(code, Some(2), "no article is decided: {said}");
    let (code, ..) = jejak(&["adjudicate", project, "--strategy", &format!("prefer:{a}")]);
    assert_eq!(code, Some(0));
    let (code, lines, _) = jejak(&["compare", project, &a, "gold"]);
    assert_eq!((code, lines.as_str()), (Some(0), ""), "gold is what was preferred");
    let (code, ..) = jejak(&["adjudicate", project, "--strategy", "lot"]);
    assert_eq!(code, Some(2));
}

#[test]
fn agreement_and_evaluation_give_their_figures() {
    let (_folder, dir, [a, b]) = sample();
    let project = dir.to_str().unwrap();
    let figures = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let (code, lines, why) = jejak(arguments);
        assert_eq!(code, Some(0), "{why}");
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let value = |figures: &[serde_json::Value], name: &str| {
        figures.iter().find(|line| line["figure"] == name).unwrap()["value"].as_f64().unwrap()
    };
    let both = figures(&["agreement", project, "--sets", &format!("{a},{b}"), "--json"]);
    let strict = value(&both, "mentions strict");
    assert!(strict > 0.3 && strict < 1.0, "{strict}");
    assert!(strict <= value(&both, "mentions type"));
    assert!(value(&both, "frames") > 0.3);
    let same = figures(&["evaluate", project, "--gold", &a, "--pred", &a, "--json"]);
    assert!(same.iter().all(|line| line["value"].as_f64().is_none_or(|value| (value - 1.0).abs() < 1e-9)), "{same:?}");
    for by in ["label", "article", "pair"] {
        assert!(figures(&["agreement", project, "--by", by, "--json"]).len() >= 4);
    }
}

#[test]
fn reasons_lists_why_cases_were_decided_and_what_the_guideline_lacks() {
    let (_folder, dir, [a, b]) = sample();
    let project = dir.to_str().unwrap();
    let (code, none, said) = jejak(&["reasons", project]);
    assert_eq!((code, none.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("reasons: none") && said.contains("gaps of the guideline: none"), "{said}");
    // Three decisions as a reviewer makes them: two name one gap in other letters, one takes a thing out.
    let names = [Name::new(&a), Name::new(&b)];
    let mut session = Session::open(&dir, &"hakim".into(), Access::Write).unwrap();
    let article = session.corpus().articles()[0].id.clone();
    session.load(&article, &[names[0].clone(), names[1].clone(), "gold".into()]).unwrap();
    let saids = [("slip", "gelar ikut"), ("", "Gelar  ikut"), ("boundary", "")];
    for (at, (reason, gap)) in saids.into_iter().enumerate() {
        let review = Review::open(session.corpus(), &article, &names, &"gold".into(), Strategy::Unanimous);
        let presence = |case: &&Case| review.row(case).slot == Slot::Presence;
        let case = review.cases.iter().find(|case| (at == 2) == presence(case)).unwrap();
        let choice = if at == 2 { Choice::Nothing } else { Choice::Adopt(0) };
        let ruling = Ruling { choice, by: "hakim".into(), reason: reason.into(), gap: gap.into() };
        let transaction = review.decide(session.corpus(), case, &ruling);
        session.commit(transaction).unwrap();
    }
    session.close().unwrap();
    let (code, lines, said) = jejak(&["reasons", project]);
    assert_eq!((code, lines.lines().count()), (Some(0), 3), "{lines}");
    assert!(said.contains("reasons: boundary (1), slip (1)"), "{said}");
    assert!(said.contains("gaps of the guideline: gelar ikut (2)"), "{said}");
    let out = lines.lines().find(|line| line.contains(": boundary")).unwrap();
    assert!(out.contains(": presence: ") && out.contains(": nothing; hakim: boundary"), "{out}");
    assert!(!out.contains(": :"), "what was taken out has a name: {out}");
    let (_, json, _) = jejak(&["reasons", project, "--json", "--gaps"]);
    let gaps: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(gaps.len(), 2);
    assert!(
        gaps.iter().all(|line| line["by"] == "hakim" && line["start"].is_u64() && line["adopted"][0] == *a),
        "{json}"
    );
    let (_, csv, _) = jejak(&["reasons", project, "--csv"]);
    assert_eq!(csv.lines().count(), 4, "{csv}");
    let (code, _, why) = jejak(&["reasons", project, "--gold", "nobody"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("no annotator \"nobody\""), "{why}");
}

#[test]
fn a_set_that_cannot_be_read_is_named_and_is_not_silently_an_empty_one() {
    let (_folder, dir, [a, b]) = sample();
    let project = dir.to_str().unwrap();
    let file = format!("sets/{b}/000.ron");
    let whole = std::fs::read_to_string(dir.join(&file)).unwrap();
    std::fs::write(dir.join(&file), format!("<<<<<<< HEAD\n{whole}")).unwrap();
    for arguments in [
        &["evaluate", project, "--gold", &a, "--pred", &b, "--errors"][..],
        &["evaluate", project, "--gold", &b, "--pred", &a, "--errors"],
        &["reasons", project, "--gold", &b],
        &["compare", project, &a, &b],
    ] {
        let (code, _, said) = jejak(arguments);
        assert_eq!((code, said.matches(&file).count()), (Some(1), 1), "{arguments:?}: {said}");
    }
    // Errors that are those of other sets say nothing of it.
    let (code, _, said) = jejak(&["evaluate", project, "--gold", &a, "--pred", &a, "--errors"]);
    assert_eq!((code, said.contains(&file)), (Some(0), false), "{said}");
}
