//! Places over all articles, the register, and consistency: found, changed at once, undone, remembered.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and it changes files itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jejak::corpus::Index;
use jejak::corpus::concordance::{self, Change, Hit, Order, Search, Spot};
use jejak::corpus::consistency::{Finding, Mend, Rule, consistency};
use jejak::corpus::register::{self, Deed, Entry, Evidence, Party, Register, suspects};
use jejak::edit::{Edit, SetEditor, Transaction};
use jejak::ingest::Draft;
use jejak::model::{Id, Name, Origin, Progress, RecordFile, Referent, Schema, Verdict};
use jejak::store::{Access, Session};
use jejak::text::{Fold, find_all};

/// Articles about journeys to places with two names.
const ARTICLES: [(&str, &str); 4] = [
    ("2031-03-03", "Presiden Raka Wirya tiba di Moskwa pada Juli 2030. Raka bertemu Lidia Moreno di Moskwa."),
    ("2031-03-05", "Raka Wirya left Moscow for China.\nHe will see Beijing\u{a0}City and Moscow again."),
    ("2031-03-09", "Wirya, Raka: Moskwa akan dikunjungi lagi. Lidya Moreno menunggu di Tiongkok."),
    ("2031-03-10", "Moskwa, moskwa dan Moskwa. Raka di Hanoi. Zoe\u{301} dan O\u{fb03}ce."),
];

fn a() -> Name {
    Name::new("a")
}

fn open(dir: &Path) -> Session {
    Session::open(dir, &a(), Access::Write).unwrap()
}

/// A project of those articles; words with these labels everywhere where they stand so.
fn project(dir: &Path, labelled: &[(usize, &str, &str, Option<&str>)]) -> Session {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Contoh", schema).unwrap();
    let mut session = open(dir);
    let draft = |(day, text): (&str, &str)| Draft {
        text: text.into(),
        title: text[..20].into(),
        source: "x.txt".into(),
        published: Some(day.into()),
        ..Draft::default()
    };
    session.add_articles(ARTICLES.into_iter().map(draft).collect()).unwrap();
    let mut referents: BTreeMap<&str, Id> = BTreeMap::new();
    for (article, words, label, referent) in labelled {
        let id = session.corpus().articles()[*article].id.clone();
        session.load(&id, &[a()]).unwrap();
        if let Some(name) = referent.filter(|name| !referents.contains_key(name)) {
            let new = Referent::new(&Name::new(label), name, Origin::hand(&a()));
            referents.insert(name, new.id);
            let edits = vec![Edit::new(RecordFile::Referents(a()), None, Some(Arc::new(new)))];
            session.commit(Transaction { edits, ..Transaction::new("begin", &a()) }).unwrap();
        }
        let text = session.corpus().text(&id).unwrap().clone();
        let places = find_all(&text, words, Fold { case: true, words: true });
        assert!(!places.is_empty(), "{words}");
        let mut editor = SetEditor::new(session.corpus(), (id, a()));
        editor.about = referent.map(|name| referents[name]);
        let (made, _) = editor.label_all(&Name::new(label), places.into_iter().map(|span| vec![span]));
        session.commit(made).unwrap();
    }
    session.flush().unwrap();
    session
}

fn index(session: &Session) -> Index {
    Index::build(session.snapshot(), &a(), &mut |_, _| true).unwrap().unwrap()
}

fn hits(session: &Session, line: &str) -> Vec<Hit> {
    let index = index(session);
    let search = Search::parse(line, Fold::default(), &index).unwrap_or_else(|why| panic!("{line}: {why}"));
    let mut all = Vec::new();
    let unread = concordance::find(&session.snapshot(), &index, &search, &|_| true, &mut |mut found| {
        all.append(&mut found);
        true
    });
    assert!(unread.is_empty());
    all
}

fn shown(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| format!("{} {}|{}|{}", hit.id(), hit.left, hit.words, hit.right)).collect()
}

#[test]
fn what_is_equal_to_the_eye_is_found_with_its_words_around() {
    let dir = tempfile::tempdir().unwrap();
    let session = project(dir.path(), &[(0, "Moskwa", "place", Some("Moskwa")), (1, "China", "place", None)]);
    let count = |line: &str| hits(&session, line).len();
    assert_eq!(count("moskwa"), 6);
    assert_eq!(count("/Mos(kwa|cow)/"), 8);
    assert_eq!(count("/tiongkok|china/"), 2);
    assert_eq!(count("beijing city"), 1, "a no-break space is a blank");
    assert_eq!(
        (count("zoé"), count("office"), count("zoe\u{301} dan")),
        (1, 1, 1),
        "letters are put together in any way"
    );
    assert_eq!(count("label:place"), 3);
    assert_eq!(count("moskwa label:place"), 2);
    assert_eq!(count("moskwa is:unlabelled"), 4);
    assert_eq!(count("referent:Moskwa"), 2);
    assert_eq!(count("tidak ada"), 0);
    let first = &hits(&session, "China")[0];
    assert_eq!((&*first.left, &*first.words, &*first.right), ("Raka Wirya left Moscow for ", "China", "."));
    for (line, why) in [
        ("", "nothing is looked for"),
        ("/mosk", "not a pattern"),
        ("/(/", "not a pattern"),
        ("label:city", "no label city"),
        ("referent:Nobody", "no referent is called Nobody"),
        ("is:red", "is:red is not known"),
    ] {
        let said = Search::parse(line, Fold::default(), &index(&session)).unwrap_err().to_string();
        assert!(said.contains(why), "{line}: {said}");
    }
}

#[test]
fn places_are_put_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let session = project(dir.path(), &[(2, "Moskwa", "place", None)]);
    let mut all = hits(&session, "moskwa");
    let place = |all: &[Hit]| all.iter().map(|hit| hit.id().to_string() + &hit.words).collect::<Vec<_>>();
    let by_place = place(&all);
    let mut order = |order: Order| {
        concordance::sort(&mut all, order, |id| id.parse::<usize>().ok());
        shown(&all)
    };
    assert!(order(Order::Left)[0].starts_with("003 |Moskwa"), "nothing before it comes first");
    assert!(order(Order::Label)[0].starts_with("002"));
    assert!(order(Order::Date)[0].starts_with("000"));
    order(Order::Article);
    assert_eq!(place(&all), by_place);
}

#[test]
fn many_places_are_labelled_with_identity_and_undone_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[(0, "Moskwa", "place", Some("Moskwa"))]);
    let done = session.corpus().articles()[3].id.clone();
    session.load(&done, &[a()]).unwrap();
    let finish = SetEditor::new(session.corpus(), (done.clone(), a())).progress(Progress::Done);
    session.commit(finish).unwrap();
    session.flush().unwrap();
    let before = shown(&hits(&session, "label:place"));
    let label = Name::new("place");
    let index_now = index(&session);
    let known = concordance::identity(&index_now, &label, "Moscow");
    assert_eq!(known, concordance::identity(&index_now, &label, "moskwa"), "two names of a city are one referent");
    assert!(known.is_some());
    let spots: Vec<Spot> = hits(&session, "/Mos(kwa|cow)/").iter().map(|hit| Spot::of(hit, known)).collect();
    assert_eq!(spots.len(), 8);
    let steps = session.history().depth().0;
    let changed = session.run(|link| concordance::change(link, &Change::Label(label.clone()), &spots)).unwrap();
    assert_eq!((changed.places, changed.articles, changed.locked), (3, 2, 3), "what is finished stays as it is");
    assert_eq!(session.history().depth().0, steps + 1, "one step over all articles");
    let all = hits(&session, "label:place");
    assert_eq!(all.len(), 5);
    assert!(all.iter().all(|hit| hit.referent == known));
    let after = shown(&all);
    session.undo().unwrap().unwrap();
    assert_eq!(shown(&hits(&session, "label:place")), before);
    session.redo().unwrap().unwrap();
    session.close().unwrap();
    let mut session = open(dir.path());
    assert_eq!(shown(&hits(&session, "label:place")), after, "it is there the next time");
    // Taken off again.
    let spots: Vec<Spot> = hits(&session, "moscow").iter().map(|hit| Spot::of(hit, None)).collect();
    let changed = session.run(|link| concordance::change(link, &Change::Unlabel, &spots)).unwrap();
    assert_eq!(changed.places, 2);
    assert_eq!(hits(&session, "label:place").len(), 3);
    session.close().unwrap();
}

#[test]
fn a_place_that_has_another_label_is_labelled_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[(1, "Moscow", "organization", Some("Kremlin"))]);
    let spots: Vec<Spot> = hits(&session, "moscow").iter().map(|hit| Spot::of(hit, None)).collect();
    let changed = session.run(|link| concordance::change(link, &Change::Label("place".into()), &spots)).unwrap();
    assert_eq!(changed.places, 2);
    let all = hits(&session, "moscow");
    assert!(all.iter().all(|hit| hit.records.len() == 1 && hit.label().is_some_and(|label| *label == *"place")));
    assert!(all.iter().all(|hit| hit.referent.is_none()), "what it was is another thing");
    session.close().unwrap();
}

#[test]
fn a_discarded_place_is_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[]);
    let spots: Vec<Spot> = hits(&session, "moskwa").iter().take(2).map(|hit| Spot::of(hit, None)).collect();
    let count = |session: &Session| hits(session, "moskwa").iter().filter(|hit| hit.discarded).count();
    let changed = session.run(|link| concordance::change(link, &Change::Discard, &spots)).unwrap();
    assert_eq!((changed.places, count(&session)), (2, 2));
    session.undo().unwrap().unwrap();
    assert_eq!(count(&session), 0);
    session.redo().unwrap().unwrap();
    session.close().unwrap();
    let mut session = open(dir.path());
    assert_eq!(count(&session), 2);
    session.run(|link| concordance::change(link, &Change::Restore, &spots[..1])).unwrap();
    assert_eq!(count(&session), 1);
    session.close().unwrap();
}

fn entry<'a>(register: &'a Register, name: &str) -> &'a Entry {
    register.entries.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("{name}: {register:?}"))
}

/// Names with two referents, or none.
const NAMES: [(usize, &str, &str, Option<&str>); 9] = [
    (0, "Raka Wirya", "person", Some("Raka Wirya")),
    (2, "Wirya, Raka", "person", Some("Wirya, Raka")),
    (0, "Lidia Moreno", "person", Some("Lidia Moreno")),
    (2, "Lidya Moreno", "person", Some("Lidya Moreno")),
    (3, "Raka", "person", None),
    (0, "Moskwa", "place", Some("Moskwa")),
    (1, "Moscow", "place", Some("Moscow")),
    (1, "China", "place", None),
    (2, "Tiongkok", "place", Some("Tiongkok")),
];

fn pairs(register: &Register, index: &Index) -> Vec<(&'static str, String, String)> {
    let all = suspects(register, index.judgements()).into_iter();
    all.map(|it| (it.evidence.method(), it.names.0, it.names.1)).collect()
}

#[test]
fn the_register_counts_and_suspects() {
    let dir = tempfile::tempdir().unwrap();
    let session = project(dir.path(), &NAMES);
    let index = index(&session);
    let all = Register::of(&index, &|_| true);
    let moskwa = entry(&all, "Moskwa");
    assert_eq!((moskwa.mentions.len(), moskwa.articles, moskwa.referent.is_some()), (2, 1, true));
    assert_eq!(moskwa.days.map(|(first, last)| (first.to_string(), last.to_string())).unwrap().0, "2031-03-03");
    let found = pairs(&all, &index);
    let has = |method: &str, one: &str, other: &str| {
        found.iter().any(|(by, a, b)| *by == method && (a == one && b == other || a == other && b == one))
    };
    assert!(has("alias", "Moskwa", "Moscow"), "{found:?}");
    assert!(has("alias", "China", "Tiongkok"), "{found:?}");
    assert!(has("fingerprint", "Raka Wirya", "Wirya, Raka"), "{found:?}");
    assert!(has("within", "Raka", "Raka Wirya"), "{found:?}");
    assert!(has("spelling", "Lidia Moreno", "Lidya Moreno"), "{found:?}");
    assert_eq!(found[0].0, "alias", "the strongest first");
    let place = |it: &register::Suspect| matches!(&it.evidence, Evidence::Alias(place) if place.name == "Moscow");
    assert!(suspects(&all, index.judgements()).iter().any(place));
}

fn party(session: &Session, name: &str) -> Party {
    let index = index(session);
    let all = Register::of(&index, &|_| true);
    Party::of(&index, entry(&all, name))
}

#[test]
fn names_that_were_judged_are_not_asked_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &NAMES);
    let both = Box::new([party(&session, "Moskwa"), party(&session, "Moscow")]);
    let open_pairs = |session: &Session| {
        let index = index(session);
        pairs(&Register::of(&index, &|_| true), &index).len()
    };
    let before = open_pairs(&session);
    session.run(|link| register::carry_out(link, link.annotator(), &Deed::Judge(both, Verdict::NotSame))).unwrap();
    assert_eq!(open_pairs(&session), before - 1);
    // Mentions that have no referent get one where something is said of them.
    let both = Box::new([party(&session, "China"), party(&session, "Tiongkok")]);
    let steps = session.history().depth().0;
    session.run(|link| register::carry_out(link, link.annotator(), &Deed::Judge(both, Verdict::Unsure))).unwrap();
    assert_eq!((open_pairs(&session), session.history().depth().0), (before - 2, steps + 1));
    assert!(party(&session, "China").referent.is_some());
    session.undo().unwrap().unwrap();
    assert!(party(&session, "China").referent.is_none());
    // Referents that were said not to be the same are not joined, and the sentence says so.
    let both = Box::new([party(&session, "Moskwa"), party(&session, "Moscow")]);
    let refused =
        session.run(|link| register::carry_out(link, link.annotator(), &Deed::Join(both))).unwrap_err().to_string();
    assert!(refused.contains("not the same") && refused.contains("Moskwa"), "{refused}");
    session.close().unwrap();
}

#[test]
fn two_are_joined_and_parted_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &NAMES);
    session.flush().unwrap();
    let (into, from) = (party(&session, "Moskwa"), party(&session, "Moscow"));
    let moved = from.mentions.clone();
    let joined =
        session.run(|link| register::carry_out(link, link.annotator(), &Deed::Join(Box::new([into, from])))).unwrap();
    assert_eq!(joined, 2);
    let one = party(&session, "Moskwa");
    assert_eq!(one.mentions.len(), 4);
    let parted = Deed::Split(Box::new(one), moved, "Moscow".into());
    assert_eq!(session.run(|link| register::carry_out(link, link.annotator(), &parted)).unwrap(), 2);
    assert_eq!((party(&session, "Moskwa").mentions.len(), party(&session, "Moscow").mentions.len()), (2, 2));
    let (into, from) = (party(&session, "Moskwa"), party(&session, "Moscow"));
    let again = session.run(|link| register::carry_out(link, link.annotator(), &Deed::Join(Box::new([into, from]))));
    assert!(again.is_err(), "who parts two says that they are not the same");
    session.undo().unwrap().unwrap();
    session.undo().unwrap().unwrap();
    session.close().unwrap();
    let session = open(dir.path());
    assert_eq!(party(&session, "Moscow").mentions.len(), 2);
}

#[test]
fn a_referent_that_a_table_shows_in_part_is_joined_whole() {
    let dir = tempfile::tempdir().unwrap();
    let session =
        project(dir.path(), &[(0, "Moskwa", "place", Some("Moskwa")), (3, "Moskwa", "place", Some("Moskwa"))]);
    let index = index(&session);
    let first = Register::of(&index, &|item| item.article == 0);
    let (shown, whole) = (entry(&first, "Moskwa"), party(&session, "Moskwa"));
    assert!(shown.mentions.len() < whole.mentions.len());
    assert_eq!(Party::of(&index, shown), whole);
}

#[test]
fn what_is_not_consistent_is_found_mended_or_right() {
    let dir = tempfile::tempdir().unwrap();
    let labelled =
        [(0, "Moskwa", "place", Some("Moskwa")), (2, "Moskwa", "organization", None), (0, "Juli 2030", "date", None)];
    let mut session = project(dir.path(), &labelled);
    let look = |session: &Session| -> (Vec<Finding>, usize) {
        consistency(&session.snapshot(), &index(session), &|_| true, &|| true).unwrap()
    };
    let (found, right) = look(&session);
    let rules: Vec<Rule> = found.iter().map(|it| it.rule).collect();
    assert_eq!((rules, right), (vec![Rule::LabelsDiffer], 0));
    assert_eq!(found[0].sides, [("place".to_owned(), 2), ("organization".to_owned(), 1)]);
    let Some(Mend::Label(label, spots)) = &found[0].mend else { panic!("{:?}", found[0]) };
    session.run(|link| concordance::change(link, &Change::Label(label.clone()), spots)).unwrap();
    // An article that somebody began, in which the same words have no label.
    let last = session.corpus().articles()[3].id.clone();
    session.load(&last, &[a()]).unwrap();
    let begun = SetEditor::new(session.corpus(), (last, a())).progress(Progress::InProgress);
    session.commit(begun).unwrap();
    let (found, _) = look(&session);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, &*found[0].about), (Rule::Unlabelled, "Moskwa"));
    assert_eq!(found[0].sides, [("place".to_owned(), 3), (String::new(), 2)]);
    // It is right, and stays so.
    let said = jejak::edit::dismiss(session.corpus(), &a(), [found[0].key()]);
    session.commit(said).unwrap();
    session.close().unwrap();
    let mut session = open(dir.path());
    assert_eq!((look(&session).0.len(), look(&session).1), (0, 1));
    session.undo().unwrap().unwrap();
    assert_eq!((look(&session).0.len(), look(&session).1), (1, 0));
    session.close().unwrap();
}

/// The words of a command about the sample, line by line; its exit code first.
fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>, String) {
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_jejak")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout).lines().map(str::to_owned).collect(), text(&output.stderr))
}

#[test]
fn the_command_line_gives_the_same_tables() {
    let dir = tempfile::tempdir().unwrap();
    jejak::store::sample::unpack_into(&dir.path().join("p")).unwrap();
    let run = |arguments: &[&str]| said(dir.path(), arguments);
    let (code, lines, _) = run(&["register", "p", "--set", "a", "--label", "person"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        lines[0],
        "person \"Arya Tanjungbiru\": 17 mentions in 5 articles, 2025-03-06 to 2025-04-02; also \"Arya\", \"He\", \
         \"Tanjungbiru\""
    );
    let (_, json, _) = run(&["register", "p", "--set", "a", "--json"]);
    let first: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
    assert_eq!((first["name"].as_str(), first["mentions"].as_u64()), (Some("Arya Tanjungbiru"), Some(17)));
    let (_, table, _) = run(&["register", "p", "--set", "a", "--csv"]);
    assert_eq!(table[0], "label,name,referent,other_names,mentions,articles,first,last,external");
    assert!(run(&["register", "p", "--set", "a", "--suspects"]).1.iter().any(|line| line.starts_with("within: ")));
    let (code, lines, counts) = run(&["find", "p", "kalvera", "--set", "b", "--sort", "right"]);
    assert_eq!((code, lines.len()), (Some(0), 21), "{lines:?}");
    assert!(counts.contains("21 places in 6 articles"), "{counts}");
    let (code, lines, counts) = run(&["find", "p", "tidak ada di mana pun", "--set", "a"]);
    assert_eq!((code, lines.len()), (Some(0), 0));
    assert!(counts.contains("0 places"), "{counts}");
    let (_, csv, _) = run(&["find", "p", "label:place", "--set", "a", "--csv"]);
    assert_eq!(csv[0], "article,start,end,left,words,right,labels,referent,published");
    let (code, lines, _) = run(&["consistency", "p", "--set", "a"]);
    assert_eq!(code, Some(1));
    assert!(lines.iter().any(|line| line.starts_with("labels-differ: \"Sultan\": ")), "{lines:?}");
    for (arguments, why) in [
        (&["find", "p", "/(/", "--set", "a"][..], "not a pattern"),
        (&["find", "p", "label:city", "--set", "a"], "no label city"),
        (&["find", "nowhere", "a"], "nowhere"),
        (&["register", "p"], "several annotators have sets"),
        (&["register", "p", "--set", "nobody"], "nobody"),
        (&["consistency", "nowhere"], "nowhere"),
    ] {
        let (code, _, stderr) = run(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains(why), "{arguments:?}: {stderr}");
    }
}
