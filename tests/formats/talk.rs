//! Comments, decisions and settings of a project: what goes along with an export, and what an import makes of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jejak::dataset::{self, DatasetTarget as Place, Plan};
use jejak::edit::{Edit, Transaction};
use jejak::exchange::{Allowed, ImportOutcome, PendingImport};
use jejak::formats::{ImportFiles, Lost, Memory, NameMap, ReadOptions, Zones, format};
use jejak::ingest::Draft;
use jejak::model::{
    Annotation, ArticleId, Comment, Decision, Id, Mark, Name, Origin, Quote, RecordFile, Schema, Slot, Target,
    Timestamp,
};
use jejak::store::{self, Access, Session};
use jejak::text::{Span, Text};
use proptest::prelude::*;
use proptest::test_runner::Config;

const TEXTS: [&str; 2] = ["Ratu Sari tiba di Bandar Laut.\nIKLAN\nIa pulang.", "Juru bicara: Ratu Sari di Kota Awan."];

/// A record that stands in each set of the article of this number: what it is called, its label and its words.
const RECORDS: [[(&str, &str, &str); 3]; 2] = [
    [("r0", "person", "Ratu Sari"), ("r1", "place", "Bandar Laut"), ("r2", "boilerplate", "IKLAN")],
    [("r0", "person", "Juru bicara"), ("r1", "place", "Kota Awan"), ("r2", "person", "Ratu Sari")],
];

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn by(who: &str, at: i64) -> Origin {
    Origin { at: Timestamp::from_seconds(1_700_000_000 + at), ..Origin::hand(&who.into()) }
}

fn quote(article: usize, words: &str) -> Quote {
    let at = TEXTS[article].find(words).unwrap() as u32;
    Quote::of(&Text::new(TEXTS[article]), Span::new(at, at + words.len() as u32))
}

fn say(who: &str, comment: Comment) -> Edit {
    Edit::new(RecordFile::Comments(who.into()), None, Some(Arc::new(comment)))
}

fn comment(called: &str, article: &str, on: Target, at: Vec<Quote>, text: &str, origin: Origin) -> Comment {
    let article = ArticleId::new(article).unwrap();
    Comment {
        id: id(called),
        article,
        digest: String::new(),
        on,
        to: Vec::new(),
        at,
        text: text.into(),
        mark: Mark::None,
        reworded: None,
        origin,
    }
}

/// An empty project.
fn empty(dir: &Path) -> Session {
    let schema: Schema = ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Contoh", schema).unwrap();
    Session::open(dir, &"a".into(), Access::Write).unwrap()
}

fn draft(text: &str) -> Draft {
    Draft { text: text.into(), title: "Berita".into(), source: "x.txt".into(), ..Draft::default() }
}

/// A project of two articles in which a, b and gold have the same records, and gold has a decision about one.
fn project(dir: &Path) -> Session {
    let mut session = empty(dir);
    session.add_articles(TEXTS.map(draft).to_vec()).unwrap();
    let mut edits = Vec::new();
    for (number, records) in RECORDS.iter().enumerate() {
        let article = ArticleId::numbered(number);
        for who in ["a", "b", "gold"] {
            let set = (article.clone(), Name::new(who));
            for (called, label, words) in records {
                let at = TEXTS[number].find(words).unwrap() as u32;
                let at = vec![Span::new(at, at + words.len() as u32)];
                let record = Annotation { id: id(called), ..Annotation::new(&(*label).into(), at, by(who, 0)) };
                edits.push(Edit::new(set.clone(), None, Some(Arc::new(record))));
            }
        }
        for (called, annotation) in [("k1", Some(id("r1"))), ("k2", None)] {
            let decision = Decision {
                id: id(called),
                slot: Slot::Attribute("kind".into()),
                annotation: annotation.into_iter().collect(),
                of: vec![("a".into(), id("r1")), ("b".into(), id("r2"))],
                inputs: "0123456789abcdef".into(),
                nothing: annotation.is_none(),
                origin: by("gold", 10),
            };
            edits.push(Edit::new((article.clone(), "gold".into()), None, Some(Arc::new(decision))));
        }
    }
    commit(&mut session, edits);
    session
}

fn commit(session: &mut Session, edits: Vec<Edit>) {
    session.commit(Transaction { edits, ..Transaction::new("say", &"a".into()) }).unwrap();
}

fn plan(name: &str, sets: &[&str]) -> Plan {
    Plan::new(format(name).unwrap(), sets.iter().map(|name| Name::new(name)).collect())
}

/// Jejak's own record of these sets.
fn exported(dir: &Path, plan: &Plan) -> String {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("x.jsonl");
    let survey = dataset::survey(dir, plan, &mut |_, _| true).unwrap();
    assert!(survey.loss.counts().is_empty() && survey.problems.is_empty(), "{survey:?}");
    dataset::make(dir, plan, &survey, Place::File(&file), &mut |_, _| true).unwrap();
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn a_data_set_of_an_open_project_is_the_same_before_and_after_it_is_written() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    project(&dir).close().unwrap();
    let mut session = Session::open(&dir, &"a".into(), Access::Write).unwrap();
    // Nobody can write the files.
    let lock = std::fs::File::options().write(true).create(true).truncate(false).open(dir.join(".jejak/write.lock"));
    let lock = lock.unwrap();
    lock.lock().unwrap();
    let at = |words: &str| {
        let at = TEXTS[0].find(words).unwrap() as u32;
        vec![Span::new(at, at + words.len() as u32)]
    };
    let new = |called: &str, who: &str, words: &str| {
        let record = Annotation { id: id(called), ..Annotation::new(&"person".into(), at(words), by(who, 30)) };
        Edit::new((ArticleId::numbered(0), Name::new(who)), None, Some(Arc::new(record)))
    };
    let about = comment("k9", "000", Target::Words, vec![quote(0, "pulang")], "Siapa?", by("a", 40));
    commit(&mut session, vec![new("n1", "a", "Ia"), new("n2", "c", "Ia"), say("a", about)]);
    session.change_project_soon(|settings| settings.title = "Lain".to_owned());
    let snapshot = session.snapshot();
    let mut plan = plan("jejak-jsonl", &["a", "b", "c", "gold"]);
    plan.allowed = Lost::ALL.to_vec();
    let files = |name: &str, source: dataset::DatasetSource<'_>| {
        let target = home.path().join(name);
        let survey = dataset::survey(source, &plan, &mut |_, _| true).unwrap();
        assert!(survey.problems.is_empty(), "{:?}", survey.problems);
        assert_eq!(survey.preview, dataset::preview(source, &plan).unwrap());
        dataset::make(source, &plan, &survey, Place::Folder(&target), &mut |_, _| true).unwrap();
        let read = |name: &str| std::fs::read_to_string(target.join(name)).unwrap();
        ["jejak.jsonl", "README.md", "manifest.json"].map(read)
    };
    let before = files("before", (&snapshot).into());
    for said in ["n1", "n2", "Siapa?", "Lain"] {
        assert!(before[0].contains(said), "{said}: {}", before[0]);
    }
    assert!(!std::fs::read_to_string(dir.join("sets/a/comments.ron")).is_ok_and(|file| file.contains("Siapa?")));
    drop(lock);
    session.close().unwrap();
    assert_eq!(before, files("after", dir.as_path().into()));
}

fn bring_in(session: &mut Session, files: &[&str]) -> ImportOutcome {
    bring_in_as(session, files, &[])
}

fn bring_in_as(session: &mut Session, files: &[&str], names: &[(&str, &str)]) -> ImportOutcome {
    let named = files.iter().enumerate().map(|(n, file)| (format!("{n}.jsonl"), file.as_bytes().to_vec()));
    let source = ImportFiles::from(Memory { files: named.collect() });
    let pending = PendingImport::read(
        format("jejak-jsonl").unwrap(),
        &source,
        Some(&"x".into()),
        &ReadOptions::default(),
        &mut |_| true,
    )
    .unwrap();
    let names = names.iter().map(|&(from, to)| (from.into(), Some(to.into()))).collect();
    let pending = pending.called(&names).unwrap();
    let pending = pending.allowing(Allowed::ALL);
    session.run(|link| pending.bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap()
}

/// All comments, each by its words: whose, in which article, about what, as text.
fn said(session: &mut Session) -> Vec<String> {
    let articles: Vec<ArticleId> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
    let names = session.annotators();
    articles.iter().for_each(|id| session.load(id, &names).unwrap());
    let corpus = session.corpus();
    let mut said = Vec::new();
    for (who, comment) in corpus.all_comments().iter().flat_map(|(who, all)| all.values().map(move |one| (who, one))) {
        let about = match &comment.on {
            Target::Words => comment.words(),
            Target::Annotation(whose, id) => match corpus.annotation(&comment.article, whose, *id) {
                Some(record) => format!("{} of {whose}", corpus.text(&comment.article).unwrap().slice(record.at[0])),
                None => "nothing".to_owned(),
            },
            Target::Comment(whose, id) => match corpus.comments(whose).and_then(|all| all.get(id)) {
                Some(other) => format!("“{}” of {whose}", other.text),
                None => "nothing".to_owned(),
            },
        };
        said.push(format!("{who} on {about}: {}", comment.text));
    }
    said.sort();
    said
}

/// The writer, about which article (the last one is not there), about what, which of its kind, and what it does to its thread.
type Saying = (usize, usize, usize, usize, usize);

fn edits(sayings: &[Saying]) -> Vec<Edit> {
    let people = ["a", "b", "c"];
    let edit = |(n, &(who, article, kind, pick, mark)): (usize, &Saying)| {
        let other = || people[pick % 3].into();
        let on = match kind {
            0 => Target::Words,
            1 => Target::Annotation(["a", "b", "gold", "c"][pick % 4].into(), id(&format!("r{}", pick % 4))),
            _ => Target::Comment(other(), id(&format!("q{}", pick % (sayings.len() + 1)))),
        };
        let at = if article < 2 && pick % 2 == 0 { vec![quote(article, "Ratu Sari")] } else { Vec::new() };
        let said =
            comment(&format!("q{n}"), ["000", "001", "777"][article], on, at, "Apa?", by(people[who], pick as i64));
        say(people[who], Comment { mark: [Mark::None, Mark::Resolved, Mark::Reopened][mark], ..said })
    };
    sayings.iter().enumerate().map(edit).collect()
}

proptest! {
    #![proptest_config(Config { cases: 12, failure_persistence: None, ..Config::default() })]

    /// Any project → jejak-jsonl → project is equal: it writes the same record again. The same once more is no news, and
    /// one undo takes everything back.
    #[test]
    fn a_project_comes_back_with_all_that_is_said(
        sayings in prop::collection::vec((0..3_usize, 0..3_usize, 0..3_usize, 0..12_usize, 0..3_usize), 0..10),
        open: bool,
    ) {
        let home = tempfile::tempdir().unwrap();
        let (here, there) = (home.path().join("here"), home.path().join("there"));
        let mut session = project(&here);
        commit(&mut session, edits(&sayings));
        session.change_project(|project| project.open_sets = open).unwrap();
        session.close().unwrap();
        let names = store::scan(&here).unwrap().annotators().to_vec();
        let names: Vec<&str> = names.iter().map(Name::as_str).collect();
        let record = exported(&here, &plan("jejak-jsonl", &names));

        let mut session = empty(&there);
        let outcome = bring_in(&mut session, &[&record]);
        prop_assert_eq!((outcome.comments.added, outcome.comments.known, outcome.decisions), (sayings.len(), 0, 4));
        prop_assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        // The same once more, and twice at once.
        for files in [vec![&*record], vec![&*record, &*record]] {
            let outcome = bring_in(&mut session, &files);
            prop_assert_eq!((outcome.comments.added, outcome.comments.known, outcome.decisions), (0, sayings.len(), 0));
        }
        session.change_project(|project| project.open_sets = open).unwrap();
        session.flush().unwrap();
        prop_assert_eq!(exported(&there, &plan("jejak-jsonl", &names)), record);
        session.undo().unwrap();
        prop_assert!(said(&mut session).is_empty());
    }
}

#[test]
fn comments_follow_records_that_are_called_otherwise_now() {
    let home = tempfile::tempdir().unwrap();
    let (here, there) = (home.path().join("here"), home.path().join("there"));
    let mut session = project(&here);
    let answer = Target::Comment("a".into(), id("q1"));
    let about = Target::Annotation("a".into(), id("r1"));
    commit(
        &mut session,
        vec![
            say("a", comment("q1", "000", about.clone(), vec![quote(0, "Bandar Laut")], "Kota?", by("a", 20))),
            say("b", comment("q1", "000", answer.clone(), vec![], "Ya.", by("b", 30))),
            say("a", comment("q2", "001", about, vec![], "Di mana?", by("a", 40))),
            say("b", comment("q2", "000", Target::Words, vec![quote(0, "IKLAN")], "Dari siapa?", by("b", 50))),
        ],
    );
    let expected = said(&mut session);
    session.close().unwrap();
    let record = exported(&here, &plan("jejak-jsonl", &["a", "b"]));

    // There, the ids are taken by something else, and there is an article already: numbers differ.
    let mut session = empty(&there);
    session.add_articles(vec![draft("Lain."), draft(TEXTS[0])]).unwrap();
    let article = ArticleId::numbered(1);
    let other = Annotation { id: id("r1"), ..Annotation::new(&"date".into(), vec![Span::new(0, 4)], by("a", 0)) };
    let mine = comment("q1", "001", Target::Words, vec![], "Lain.", by("a", 50));
    commit(&mut session, vec![Edit::new((article, "a".into()), None, Some(Arc::new(other))), say("a", mine)]);
    let outcome = bring_in(&mut session, &[&record]);
    assert_eq!((outcome.comments.added, outcome.articles.known), (4, 1));
    let mut now = said(&mut session);
    now.retain(|line| line != "a on : Lain.");
    assert_eq!(now, expected);

    // Two copies at once make two of each record, and each is talked about.
    let mut session = empty(&home.path().join("twice"));
    let gold = exported(&here, &plan("jejak-jsonl", &["a", "gold"]));
    let outcome = bring_in(&mut session, &[&gold, &gold]);
    assert_eq!((outcome.articles.added, outcome.decisions), (2, 8));
    // Sets that come in under another name take what is said by and about them along; two files of one name stay apart.
    let mut session = empty(&home.path().join("other"));
    let alone = exported(&here, &plan("jejak-jsonl", &["a"]));
    let other = exported(&here, &plan("jejak-jsonl", &["b"]));
    let outcomes = [(&alone, ("a", "x")), (&other, ("b", "x"))]
        .map(|(file, renamed)| bring_in_as(&mut session, &[file], &[renamed]).comments.added);
    assert_eq!(outcomes, [3, 1]);
    let now = said(&mut session);
    assert!(now.contains(&"x on Bandar Laut of x: Kota?".to_owned()), "{now:?}");
    assert!(now.contains(&"b on “Kota?” of x: Ya.".to_owned()), "{now:?}");
    assert!(now.contains(&"x on IKLAN: Dari siapa?".to_owned()), "{now:?}");
}

#[test]
fn a_data_set_tells_no_more_than_its_annotators_may_see() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    let mut session = project(&dir);
    let about = |whose: &str, record: &str| Target::Annotation(whose.into(), id(record));
    let answer = |who: &str, called: &str| Target::Comment(who.into(), id(called));
    let at = |words| vec![quote(0, words)];
    commit(
        &mut session,
        vec![
            say("rev", comment("q1", "000", about("a", "r0"), at("Ratu Sari"), "tentang a", by("rev", 1))),
            say("rev", comment("q2", "000", about("b", "r1"), at("Bandar Laut"), "tentang b", by("rev", 2))),
            say("a", comment("q3", "000", answer("rev", "q2"), vec![], "jawab", by("a", 3))),
            say("b", comment("q4", "000", Target::Words, at("IKLAN"), "kata", by("b", 4))),
            say("a", comment("q5", "000", answer("b", "q4"), vec![], "ikut", by("a", 5))),
            say("rev", comment("q6", "001", Target::Words, vec![], "artikel", by("rev", 6))),
            say("a", comment("q7", "000", about("a", "gone"), vec![], "hilang", by("a", 7))),
            say("a", comment("q8", "000", about("a", "r2"), at("IKLAN"), "zona", by("a", 8))),
            say("a", comment("q9", "777", Target::Words, vec![], "di mana", by("a", 9))),
        ],
    );
    session.close().unwrap();
    let told = |plan: &Plan| {
        let record = exported(&dir, plan);
        let mut told = Vec::new();
        for line in record.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let all = line["comments"].as_array().or_else(|| line["project"]["comments"].as_array());
            told.extend(all.into_iter().flatten().map(|one| one["text"].as_str().unwrap().to_owned()));
        }
        told.sort();
        told.join(", ")
    };
    let sets = |names: &[&str]| plan("jejak-jsonl", names);
    // Blind: threads that one of them wrote in, or about what one of them marked; of those about records, where these go.
    assert_eq!(told(&sets(&["a"])), "di mana, hilang, ikut, kata, tentang a, zona");
    assert_eq!(told(&sets(&["b"])), "ikut, jawab, kata, tentang b");
    assert_eq!(told(&sets(&["gold"])), "");
    let all = "artikel, di mana, hilang, ikut, jawab, kata, tentang a, tentang b, zona";
    assert_eq!(told(&sets(&["a", "b", "rev"])), all);
    // A record that was not chosen takes the comments about it along.
    let mut chosen = sets(&["a", "b"]);
    chosen.choice.labels = vec!["person".into()];
    assert_eq!(told(&chosen), "hilang, ikut, kata, tentang a");
    chosen = sets(&["a"]);
    chosen.zones = Zones::Drop;
    assert_eq!(told(&chosen), "di mana, hilang, tentang a");
    chosen.choice.articles = vec![ArticleId::numbered(1)];
    assert_eq!(told(&chosen), "");
    // Comments that go along and cannot be carried are counted.
    let lost = |plan: &Plan| {
        let survey = dataset::survey(&dir, plan, &mut |_, _| true).unwrap();
        [Lost::Comment, Lost::Decision, Lost::Project].map(|what| survey.loss.count(what))
    };
    assert_eq!(lost(&plan("brat", &["a"])), [6, 0, 0]);
    assert_eq!(lost(&plan("csv", &["gold"])), [0, 4, 0]);
    let mut places = plan("csv", &["gold"]);
    places.choice.labels = vec!["person".into()];
    assert_eq!(lost(&places), [0, 1, 0], "of records that were not chosen nothing is lost");

    let mut session = Session::open(&dir, &"a".into(), Access::Write).unwrap();
    session.change_project(|project| project.open_sets = true).unwrap();
    session.close().unwrap();
    assert_eq!(told(&sets(&["gold"])), "artikel, di mana, hilang, ikut, kata");
    assert_eq!(lost(&plan("csv", &["gold"])), [5, 4, 1]);
}

#[test]
fn what_is_no_comment_is_said_and_older_lines_are_read() {
    let home = tempfile::tempdir().unwrap();
    let mut session = empty(home.path());
    let line = |rest: &str| format!(r#"{{"jejak_jsonl":1,"text":"Ratu tiba.","sets":[]{rest}}}"#) + "\n";
    let read = |session: &mut Session, rest: &str| -> (usize, Vec<String>) {
        let outcome = bring_in(session, &[&line(rest)]);
        (outcome.comments.added, outcome.problems.iter().map(|problem| problem.message.to_string()).collect())
    };
    assert_eq!(read(&mut session, ""), (0, vec![]));
    let (added, said) = read(&mut session, r#","comments":[{"by":"../x","id":"q1","text":"y"},{"by":"b","id":"q1"}]"#);
    assert_eq!(added, 1);
    assert!(said.len() == 1 && said[0].ends_with("comment q1 on article 000 was left out"), "{said:?}");
    for (rest, expected) in [
        (r#"{"by":"b","id":"q1","spans":[{"start":0,"end":4}]}"#, "a span of a comment does not say its words"),
        (
            r#"{"by":"b","id":"q1","answers":{"of":"b","id":"q"},"annotation":{"of":"b","id":"r"}}"#,
            "a comment is about an annotation and is also an answer",
        ),
    ] {
        let files = BTreeMap::from([("x.jsonl".to_owned(), line(&format!(r#","comments":[{rest}]"#)).into_bytes())]);
        let read = crate::read(format("jejak-jsonl").unwrap(), &ImportFiles::from(Memory { files }));
        assert_eq!(read.problems.iter().map(|it| it.message.to_string()).collect::<Vec<_>>(), [expected]);
    }
    // An article that is known by its words takes the words of comments to where they stand in it.
    let spaced = r#"{"jejak_jsonl":1,"text":"Ratu \n tiba.","sets":[],"comments":[{"by":"c","id":"q1","text":"y","spans":[{"start":7,"end":11,"text":"tiba"}]}]}"#;
    assert_eq!(bring_in(&mut session, &[spaced]).articles.known, 1);
    assert_eq!(session.corpus().comments(&"c".into()).unwrap()[&id("q1")].at, [Quote(5, 9, "tiba".into())]);
    // Comments that answer each other in a circle end.
    let circle = r#","comments":[{"by":"b","id":"c1","answers":{"of":"b","id":"c2"}},{"by":"b","id":"c2","answers":{"of":"b","id":"c1"}}]"#;
    assert_eq!(read(&mut session, circle), (2, vec![]));
}

#[test]
fn what_this_version_does_not_know_of_a_project_is_said() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("project");
    project(&dir).close().unwrap();
    let set = format!("sets/a/000-{}.ron", &Text::new(TEXTS[0]).sha256()[..8]);
    for (file, from) in [("project.ron", "("), (&set, "("), ("articles.ron", "(")] {
        let path = dir.join(file);
        let content = std::fs::read_to_string(&path).unwrap().replacen(from, "(mood: \"baik\", ", 1);
        #[allow(clippy::disallowed_methods)] // What a later version might write.
        std::fs::write(&path, content).unwrap();
    }
    let survey = dataset::survey(&dir, &plan("jejak-jsonl", &["a"]), &mut |_, _| true).unwrap();
    let mut files: Vec<_> = survey.problems.iter().map(|one| (one.code, one.file.as_deref().unwrap())).collect();
    files.sort_unstable();
    assert_eq!(files, ["articles.ron", "project.ron", &set].map(|file| ("unknown-field", file)));
}
