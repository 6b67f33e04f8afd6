//! Three-way merges: at random, and by git.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, ArticleId, Id, Name};
use jejak::review::merge3;
use jejak::store::{RawFile, set_from_ron, set_to_ron};
use jejak::text::Text;

use super::build::{WORDS, pick, random_set, record, schema};

type Records = BTreeMap<Id, Annotation>;

fn of(set: &AnnotationSet) -> Records {
    set.iter().map(|record| (record.id, Annotation::clone(record))).collect()
}

/// What somebody makes of a set in a few edits.
fn edited(random: &mut Random, base: &Records) -> Records {
    let mut records = base.clone();
    for n in 0..random.below(8) {
        let ids: Vec<Id> = records.keys().copied().collect();
        match random.below(3) {
            0 => {
                let one = record(random, "person", vec![jejak::text::Span::new(6, 11)], "a");
                records.insert(one.id, one);
            }
            1 if !ids.is_empty() => {
                records.remove(pick(random, &ids));
            }
            _ if !ids.is_empty() => {
                records.get_mut(pick(random, &ids)).unwrap().note = format!("catatan {n} {}", random.below(3));
            }
            _ => {}
        }
    }
    records
}

#[test]
fn random_merges_lose_nothing_and_report_true_conflicts_alone() {
    let text = Text::new(&"kata. ".repeat(WORDS as usize));
    let key = (ArticleId::numbered(0), Name::new("a"));
    let schema = schema();
    let write = |records: &Records| {
        let set = AnnotationSet::new(records.values().cloned().map(Arc::new), jejak::model::Progress::InProgress);
        set_to_ron(&key, &set, &text)
    };
    let raw = |records: &Records| RawFile::read("000.ron", &write(records)).unwrap();
    let mut clashes = 0;
    for seed in 0..1_000 {
        let random = &mut Random::new(seed, 3);
        let base = of(&random_set(random));
        let (ours, theirs) = (edited(random, &base), edited(random, &base));
        let merged = merge3(&raw(&base), &raw(&ours), &raw(&theirs));
        let file = merged.file.write();
        let (set, problems) = set_from_ron(&key, &file, &text, &schema).unwrap();
        let records = of(&set);
        let mut expected = ours.clone();
        let mut conflicts = 0;
        let all: std::collections::BTreeSet<Id> =
            base.keys().chain(ours.keys()).chain(theirs.keys()).copied().collect();
        for id in all {
            let (was, our, their) = (base.get(&id), ours.get(&id), theirs.get(&id));
            if our == was && their != was {
                match their {
                    Some(their) => expected.insert(id, their.clone()),
                    None => expected.remove(&id),
                };
            } else if our != their && their != was {
                conflicts += 1;
                if let Some(their) = their {
                    assert!(
                        file.contains(&format!("theirs: {}", raw_of(&raw(&theirs), their.id))),
                        "seed {seed}: kept as it was"
                    );
                }
            }
        }
        // Deleted on one side, needed on the other: it stays.
        for (id, kept) in &records {
            if !expected.contains_key(id) {
                assert!(records.values().any(|other| other.targets().any(|target| target == *id)), "seed {seed}");
                expected.insert(*id, kept.clone());
                conflicts += 1;
            }
        }
        assert_eq!(records, expected, "seed {seed}");
        assert_eq!(merged.conflicts.len(), conflicts, "seed {seed}");
        let told = problems.iter().any(|problem| problem.code == "merge-conflict");
        assert_eq!(told, file.contains("conflicts: ["), "seed {seed}");
        assert!(!told || conflicts > 0, "seed {seed}");
        clashes += conflicts;
        // The other way round it is the same, but for whose side stays.
        if conflicts == 0 {
            let other = merge3(&raw(&base), &raw(&theirs), &raw(&ours));
            assert_eq!(of(&set_from_ron(&key, &other.file.write(), &text, &schema).unwrap().0), records, "seed {seed}");
        }
    }
    assert!(clashes > 100, "{clashes}");
}

fn raw_of(file: &RawFile, id: Id) -> String {
    file.list("annotations").iter().find(|(other, _)| *other == id.to_string()).unwrap().1.clone()
}

fn git(dir: &Path, arguments: &[&str]) -> bool {
    let run = Command::new("git")
        .args(["-c", "user.name=uji", "-c", "user.email=uji@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap();
    run.status.success()
}

fn change(file: &Path, change: impl Fn(&str) -> String) {
    let old = std::fs::read_to_string(file).unwrap();
    let new = change(&old);
    assert_ne!(old, new);
    std::fs::write(file, new).unwrap();
}

#[test]
fn git_merges_two_clones_of_a_project() {
    if !Command::new("git").arg("--version").output().is_ok_and(|run| run.status.success()) {
        println!("skipped: git is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("satu"), folder.path().join("dua"));
    let jejak = env!("CARGO_BIN_EXE_jejak");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan/.");
    std::fs::create_dir(&first).unwrap();
    assert!(Command::new("cp").arg("-rL").arg(&sample).arg(&first).status().unwrap().success());
    let attributes = "articles.ron merge=jejak diff=jejak\nsets/**/*.ron merge=jejak diff=jejak\n";
    std::fs::write(first.join(".gitattributes"), attributes).unwrap();
    assert!(git(&first, &["init"]) && git(&first, &["add", "-A"]) && git(&first, &["commit", "-m", "awal"]));
    assert!(git(folder.path(), &["clone", "satu", "dua"]));
    let driver = format!("{jejak} merge %O %A %B");
    assert!(git(&second, &["config", "merge.jejak.driver", &driver]));
    let annotator = std::fs::read_dir(first.join("sets")).unwrap().next().unwrap().unwrap().path();
    let set = Path::new("sets").join(annotator.file_name().unwrap()).join("000.ron");
    let records: Vec<String> = std::fs::read_to_string(first.join(&set))
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("  (id:"))
        .map(str::to_owned)
        .collect();
    assert!(records.len() > 4);
    let noted = |record: &str, note: &str| record.replace(", origin: ", &format!(", note: {note:?}, origin: "));

    // Neighbouring lines on either side, and one deleted: merged by record.
    change(&first.join(&set), |file| file.replace(&records[0], &noted(&records[0], "satu")));
    change(&second.join(&set), |file| file.replace(&records[1], &noted(&records[1], "dua")));
    assert!(git(&first, &["commit", "-am", "satu"]) && git(&second, &["commit", "-am", "dua"]));
    assert!(git(&second, &["pull", "--no-rebase", "--no-edit"]));
    let merged = std::fs::read_to_string(second.join(&set)).unwrap();
    assert!(merged.contains(&noted(&records[0], "satu")) && merged.contains(&noted(&records[1], "dua")), "{merged}");
    assert_eq!(merged.lines().filter(|line| line.starts_with("  (id:")).count(), records.len());

    // The same record on both sides: ours stays, theirs is kept, and git is told.
    assert!(git(&first, &["pull", "../dua", "main"]));
    change(&first.join(&set), |file| file.replace(&records[2], &noted(&records[2], "satu")));
    change(&second.join(&set), |file| file.replace(&records[2], &noted(&records[2], "dua")));
    assert!(git(&first, &["commit", "-am", "satu"]) && git(&second, &["commit", "-am", "dua"]));
    assert!(!git(&second, &["pull", "--no-rebase", "--no-edit"]));
    let merged = std::fs::read_to_string(second.join(&set)).unwrap();
    assert!(merged.contains(&noted(&records[2], "dua")) && merged.contains("conflicts: [\n  (id: "), "{merged}");
    assert!(merged.contains("note: \"satu\""), "{merged}");
    let check = Command::new(jejak).args(["check", &second.display().to_string()]).output().unwrap();
    assert_eq!(check.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&check.stdout).contains("a merge left 1 to decide"));
    let show = Command::new(jejak).arg("show").arg(second.join(&set)).output().unwrap();
    assert_eq!(show.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&show.stdout).contains("note: dua"));
}
