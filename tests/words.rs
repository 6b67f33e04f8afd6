//! A text is edited outside between the marking of its words and the next start: annotations stand where their words
//! stand, or are kept without a place; they never stand at other words, and nothing that was done before is undone on
//! another text.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

#[path = "store/project.rs"]
mod project;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jejak::edit::SetEditor;
use jejak::model::{Filler, Id, Name};
use jejak::store::{Access, SaveState, Session};
use jejak::text::Span;
use project::{article, make_older, text};
use proptest::prelude::*;

fn who() -> Name {
    Name::new("a")
}

fn open(dir: &Path) -> Session {
    let mut session = Session::open(dir, &who(), Access::Write).unwrap();
    for id in ["000", "001"] {
        // A text that cannot be read is among what the test asks for.
        let _ = session.load(&article(id), &[who()]);
    }
    session
}

fn label(session: &mut Session, id: &str, name: &str, span: Span) -> Id {
    let editor = SetEditor::new(session.corpus(), (article(id), who()));
    let (label, made) = editor.label(&Name::new(name), vec![span]);
    session.commit(label).unwrap();
    made
}

/// Ends as in a crash once everything is in the journal.
fn crash(mut session: Session) {
    let start = Instant::now();
    while session.save_state() != SaveState::Saved {
        session.poll();
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", session.save_state());
        std::thread::yield_now();
    }
    drop(session);
}

/// The `nth` place of some words in the text as the project was made with it.
fn at(words: &str, nth: usize) -> Span {
    let (start, _) = text(0).match_indices(words).nth(nth).unwrap();
    Span::new(start as u32, (start + words.len()) as u32)
}

/// Everything about the sets that a person could see.
fn state(session: &Session) -> String {
    let mut out = String::new();
    for id in ["000", "001"] {
        if let Some(set) = session.corpus().set(&article(id), &who()) {
            set.iter().for_each(|record| out.push_str(&format!("{id} {record:?}\n")));
        }
    }
    out
}

/// The fate of words that were marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// They were found.
    Found,
    /// They are kept without a place.
    Lost,
}

/// Says what became of each mark; fails where one stands at other words or is gone.
fn fates(session: &Session, marks: &BTreeMap<Id, String>) -> Result<BTreeMap<Id, Fate>, String> {
    let set = session.corpus().set(&article("000"), &who()).ok_or("the set is not there")?;
    let text = session.corpus().text(&article("000")).ok_or("the text is not there")?;
    let mut all = BTreeMap::new();
    for (id, words) in marks {
        let record = set.get(*id).ok_or(format!("{id}, \"{words}\", is gone"))?;
        let lost: Vec<&str> =
            record.drift.iter().flat_map(|drift| &drift.spans).map(|span| span.quote.as_str()).collect();
        let fate = match (&record.at[..], &lost[..]) {
            ([span], []) => {
                let found = text.slice(*span);
                // A mark was put behind the last letter: the whole letter is taken, and nothing but it.
                let whole = found.starts_with(words.as_str()) && text.check(*span).is_some();
                let letters = found.chars().count() - words.chars().count().min(found.chars().count());
                if found != words && !(whole && letters < 8) {
                    return Err(format!("{id}, \"{words}\", stands at \"{found}\""));
                }
                Fate::Found
            }
            ([], [quote]) if quote == words => Fate::Lost,
            (at, lost) => return Err(format!("{id}, \"{words}\", is at {at:?} and lost as {lost:?}")),
        };
        all.insert(*id, fate);
    }
    Ok(all)
}

/// An edit of the text, and what becomes of the words "Budi0" (the first), "Tanjung" (the first), and "é" (the last).
struct Case {
    name: &'static str,
    edit: fn(&str) -> String,
    fates: [Fate; 3],
}

use Fate::{Found, Lost};

const CASES: &[Case] = &[
    Case { name: "the same", edit: str::to_owned, fates: [Found, Found, Found] },
    Case { name: "words inserted before", edit: |text| format!("IKLAN ✂\n\n{text}"), fates: [Found, Found, Found] },
    Case {
        name: "a mark of order and Windows' line ends",
        edit: |text| format!("\u{feff}{}", text.replace('\n', "\r\n")),
        fates: [Found, Found, Found],
    },
    Case { name: "nothing left", edit: |_| String::new(), fates: [Lost, Lost, Lost] },
    Case { name: "a blank left", edit: |_| " ".into(), fates: [Lost, Lost, Lost] },
    Case {
        name: "another script", edit: |text| "ราชินีเสด็จถึง שלום ".repeat(text.len() / 40), fates: [Lost, Lost, Lost]
    },
    Case { name: "cut in the middle of the first words", edit: |_| "Bud".into(), fates: [Lost, Lost, Lost] },
    Case {
        name: "cut in the middle of the second words",
        edit: |text| text[..text.find("Tanjung").unwrap() + 3].to_owned(),
        // Of the third there are others before, which are not the one that was marked.
        fates: [Found, Lost, Lost],
    },
    Case {
        name: "other words of the same length",
        edit: |text| text.replace("Budi", "Dewi").replace("Tanjung", "Ketapang").replace('é', "è"),
        fates: [Lost, Lost, Lost],
    },
    Case {
        name: "other words of the same length, here alone",
        edit: |text| text.replacen("Tanjung", "Sabangs", 1),
        // The words stand elsewhere, too, which is not where they were marked.
        fates: [Found, Lost, Found],
    },
    Case {
        name: "an accent behind each word",
        edit: |text| {
            text.replace("Budi0", "Budi0\u{301}").replace("Tanjung", "Tanjung\u{301}").replace('é', "é\u{323}")
        },
        fates: [Lost, Lost, Lost],
    },
    Case {
        name: "lines turned round",
        edit: |text| text.lines().rev().map(|line| format!("{line}\n")).collect(),
        fates: [Found, Found, Found],
    },
    Case { name: "all in capitals", edit: |text| text.to_uppercase(), fates: [Lost, Lost, Lost] },
    Case { name: "twice the same", edit: |text| format!("{text}{text}"), fates: [Found, Found, Found] },
];

#[test]
fn recovery_puts_annotations_at_their_words_or_keeps_them_without_a_place() {
    for case in CASES {
        let name = case.name;
        let dir = make_older(2);
        let mut session = open(dir.path());
        let spans = [at("Budi0", 0), at("Tanjung", 0), at("é", 19)];
        let ids = spans.map(|span| label(&mut session, "000", "person", span));
        let marks: BTreeMap<Id, String> =
            ids.iter().zip(spans).map(|(id, span)| (*id, text(0)[span.range()].to_owned())).collect();
        // A role that bare words fill goes with them.
        let trip = label(&mut session, "000", "trip", at("tiba", 0));
        let fill = SetEditor::new(session.corpus(), (article("000"), who()));
        let fill = fill.fill(trip, &Name::new("destination"), &Filler::Span(vec![at("Tanjung", 0)]));
        session.commit(fill).unwrap();
        crash(session);
        assert!(!dir.path().join("sets/a/000.ron").exists(), "{name}: the journal is to be read");
        fs::write(dir.path().join("articles/000.txt"), (case.edit)(&text(0))).unwrap();

        let session = open(dir.path());
        let fates_now = fates(&session, &marks).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(ids.map(|id| fates_now[&id]), case.fates, "{name}: {:?}", session.problems());
        let record = session.corpus().annotation(&article("000"), &who(), trip).unwrap();
        let text_now = session.corpus().text(&article("000")).unwrap();
        let filled: Vec<&str> = record
            .roles
            .iter()
            .filter_map(|role| if let Filler::Span(at) = &role.filler { Some(text_now.slice(at[0])) } else { None })
            .collect();
        let lost: Vec<&str> =
            record.drift.iter().flat_map(|drift| &drift.roles).map(|(_, span)| span.quote.as_str()).collect();
        assert!(
            matches!((&filled[..], &lost[..]), (["Tanjung"], []) | ([], ["Tanjung"])),
            "{name}: {filled:?} {lost:?}"
        );
        for problem in session.problems() {
            assert!(!problem.message.to_string().contains('\n'), "{name}: {problem}");
        }
        let other = session.corpus().text(&article("000")).unwrap().as_str() != text(0);
        let told = session.problems().iter().any(|problem| problem.code == "text-changed");
        assert_eq!(told, other, "{name}: {:?}", session.problems());
        // It stays so, however often the project is opened again.
        let before = state(&session);
        session.close().unwrap();
        let session = open(dir.path());
        assert_eq!(fates(&session, &marks).unwrap(), fates_now, "{name}");
        assert_eq!(state(&session), before, "{name}");
        session.close().unwrap();
    }
}

#[test]
fn a_text_that_cannot_be_read_keeps_edits_waiting_and_loses_none() {
    type Break = fn(&Path);
    let breaks: [(&str, Break); 3] = [
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("not UTF-8", |path| fs::write(path, b"Budi0 \xff\xfe tiba").unwrap()),
        ("a folder", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
    ];
    for (name, break_it) in breaks {
        let dir = make_older(2);
        let mut session = open(dir.path());
        let id = label(&mut session, "000", "person", at("Budi0", 0));
        let other = label(&mut session, "001", "person", Span::new(0, 4));
        crash(session);
        let path = dir.path().join("articles/000.txt");
        break_it(&path);
        // Once more, to see that what waits goes on waiting.
        for _ in 0..2 {
            let session = open(dir.path());
            assert!(session.problems().iter().any(|it| it.code == "not-recovered"), "{name}: {:?}", session.problems());
            assert!(session.corpus().annotation(&article("001"), &who(), other).is_some(), "{name}: the rest is there");
            session.close().unwrap();
        }
        if path.is_dir() {
            fs::remove_dir(&path).unwrap();
        }
        fs::write(&path, text(0)).unwrap();
        let session = open(dir.path());
        assert!(session.corpus().annotation(&article("000"), &who(), id).is_some(), "{name}: {:?}", session.problems());
        session.close().unwrap();
        let session = open(dir.path());
        assert!(session.problems().is_empty(), "{name}: {:?}", session.problems());
    }
}

#[test]
fn undo_over_a_text_that_was_changed_is_refused_and_leaves_everything() {
    for crashed in [true, false] {
        let dir = make_older(2);
        let mut session = open(dir.path());
        label(&mut session, "001", "person", Span::new(0, 4));
        label(&mut session, "000", "person", at("Budi0", 0));
        label(&mut session, "001", "place", Span::new(5, 8));
        if crashed {
            crash(session);
        } else {
            session.close().unwrap();
        }
        fs::write(dir.path().join("articles/000.txt"), format!("IKLAN. {}", text(0))).unwrap();
        let mut session = open(dir.path());
        assert_eq!(session.history().depth(), (3, 0));
        session.undo().unwrap().expect("the other article's text is as it was");
        let before = state(&session);
        let error = session.undo().unwrap_err().to_string();
        assert!(error.contains("the text of article 000 has changed") && !error.contains('\n'), "{error}");
        assert_eq!(state(&session), before, "nothing is changed");
        session.undo().unwrap().expect("what was done before in the other article is undone all the same");
        assert!(session.undo().unwrap().is_none());
        assert!(session.corpus().set(&article("001"), &who()).unwrap().is_empty());
        assert_eq!(session.corpus().set(&article("000"), &who()).unwrap().len(), 1);
        for _ in 0..2 {
            session.redo().unwrap().expect("and done again");
        }
        assert!(session.redo().unwrap().is_none());
        assert_eq!(session.corpus().set(&article("001"), &who()).unwrap().len(), 2);
        let before = state(&session);
        session.close().unwrap();
        assert_eq!(state(&open(dir.path())), before);
    }
}

#[test]
fn redo_over_a_text_that_was_changed_is_refused_and_leaves_everything() {
    for crashed in [true, false] {
        let dir = make_older(2);
        let mut session = open(dir.path());
        label(&mut session, "001", "person", Span::new(0, 4));
        label(&mut session, "000", "person", at("Budi0", 0));
        session.undo().unwrap().unwrap();
        if crashed {
            crash(session);
        } else {
            session.close().unwrap();
        }
        fs::write(dir.path().join("articles/000.txt"), "Budi pergi.").unwrap();
        let mut session = open(dir.path());
        assert_eq!(session.history().depth(), (1, 1));
        let before = state(&session);
        let error = session.redo().unwrap_err().to_string();
        assert!(error.contains("the text of article 000 has changed") && !error.contains('\n'), "{error}");
        assert_eq!(state(&session), before, "nothing is changed");
        session.undo().unwrap().expect("the other article's undo works");
        session.redo().unwrap().expect("and its redo");
        let id = label(&mut session, "000", "person", Span::new(0, 4));
        session.undo().unwrap().expect("what is done on the new text is undone on it");
        session.redo().unwrap().unwrap();
        session.close().unwrap();
        assert!(open(dir.path()).corpus().annotation(&article("000"), &who(), id).is_some());
    }
}

/// A copy of the sample project, without the outlines of texts where an older version is to have written it.
fn sample(outlines: bool) -> tempfile::TempDir {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
    let dir = tempfile::tempdir().unwrap();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(dir.path().join(&folder)).unwrap();
        for entry in fs::read_dir(home.join(&folder)).unwrap().flatten() {
            let path = format!("{folder}{}", entry.file_name().to_str().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true if path != ".jejak" => folders.push(format!("{path}/")),
                true => {}
                false => {
                    let mut text = fs::read_to_string(entry.path()).unwrap();
                    if path.starts_with("sets/") && !outlines {
                        text = text
                            .lines()
                            .filter(|line| !line.starts_with(" outline: "))
                            .map(|it| format!("{it}\n"))
                            .collect();
                    }
                    fs::write(dir.path().join(path), text).unwrap();
                }
            }
        }
    }
    dir
}

/// The places of all marks of a sample's annotator, by article and id: code points, and the words.
fn places(session: &mut Session) -> BTreeMap<(String, Id), Vec<(u32, String)>> {
    let articles: Vec<_> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
    let mut all = BTreeMap::new();
    for id in articles {
        session.load(&id, &[who()]).unwrap();
        let text = session.corpus().text(&id).unwrap();
        for record in session.corpus().set(&id, &who()).unwrap().iter() {
            let words = record.roles.iter().filter_map(|role| match &role.filler {
                Filler::Span(at) => Some(at),
                _ => None,
            });
            let spans = record.at.iter().chain(words.flatten());
            let place = |span: &Span| (text.to_chars(*span).0, text.slice(*span).to_owned());
            all.insert((id.to_string(), record.id), spans.map(place).collect());
        }
    }
    all
}

/// Changes every text of a sample, and gives the places before and after, and the codes of the problems that were told.
#[allow(clippy::type_complexity)]
fn changed(
    outlines: bool,
    change: impl Fn(&str) -> String,
) -> (
    BTreeMap<(String, Id), Vec<(u32, String)>>,
    BTreeMap<(String, Id), Vec<(u32, String)>>,
    BTreeMap<&'static str, usize>,
) {
    let dir = sample(outlines);
    let mut session = Session::open(dir.path(), &who(), Access::Write).unwrap();
    let before = places(&mut session);
    session.close().unwrap();
    for entry in fs::read_dir(dir.path().join("articles")).unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap();
        fs::write(entry.path(), change(&text)).unwrap();
    }
    let mut session = Session::open(dir.path(), &who(), Access::Write).unwrap();
    let after = places(&mut session);
    let mut told = BTreeMap::new();
    session.problems().iter().for_each(|problem| *told.entry(problem.code).or_default() += 1);
    session.close().unwrap();
    (before, after, told)
}

/// The last paragraphs of a text, with names that its marks have, too.
fn end_of(text: &str) -> String {
    let at = text.char_indices().nth(text.chars().count() * 2 / 3).unwrap().0;
    format!("Lebih dulu: {}\n\n", text[at..].trim_start())
}

#[test]
fn a_paragraph_above_with_the_same_names_moves_every_mark_by_its_length() {
    for outlines in [true, false] {
        let (before, after, told) = changed(outlines, |text| format!("{}{text}", end_of(text)));
        let texts: BTreeMap<String, String> = (0..10)
            .map(|n| {
                (
                    format!("{n:03}"),
                    fs::read_to_string(format!(
                        "{}/projects/perjalanan/articles/{n:03}.txt",
                        env!("CARGO_MANIFEST_DIR")
                    ))
                    .unwrap(),
                )
            })
            .collect();
        let mut lost = 0;
        for (key, places) in &before {
            let by = end_of(&texts[&key.0]).chars().count() as u32;
            let moved: Vec<_> = places.iter().map(|(at, words)| (at + by, words.clone())).collect();
            let now = &after[key];
            lost += places.len() - now.len();
            assert!(now.iter().all(|place| moved.contains(place)), "{outlines} {key:?}: {places:?} stand at {now:?}");
        }
        assert_eq!(lost, told.get("quote-differs").copied().unwrap_or_default(), "what has no place is told: {told:?}");
        assert!(before.len() > 300 && lost <= if outlines { 0 } else { 4 }, "{outlines}: {lost} of {}", before.len());
    }
}

#[test]
fn marks_of_a_paragraph_that_is_gone_are_not_put_at_the_same_names_elsewhere() {
    for outlines in [true, false] {
        // The longest paragraph.
        let cut = |text: &str| -> (usize, usize) {
            let line = text.split_inclusive('\n').max_by_key(|line| line.len()).unwrap();
            let start = text.find(line).unwrap();
            (start, start + line.len())
        };
        let (before, after, told) = changed(outlines, |text| {
            let (start, end) = cut(text);
            format!("{}{}", &text[..start], &text[end..])
        });
        let (mut gone, mut kept) = (0, 0);
        for (key, places) in &before {
            let path = format!("{}/projects/perjalanan/articles/{}.txt", env!("CARGO_MANIFEST_DIR"), key.0);
            let text = fs::read_to_string(path).unwrap();
            let (start, end) = cut(&text);
            let (start, end) = (text[..start].chars().count() as u32, text[..end].chars().count() as u32);
            let mut moved = Vec::new();
            for (at, words) in places {
                match *at {
                    at if at >= end => moved.push((at - (end - start), words.clone())),
                    at if at + words.chars().count() as u32 <= start => moved.push((at, words.clone())),
                    _ => gone += 1,
                }
            }
            kept += moved.len() - after[key].len().min(moved.len());
            assert!(
                after[key].iter().all(|place| moved.contains(place)),
                "{outlines} {key:?}: {places:?} stand at {:?}",
                after[key]
            );
        }
        assert!(
            gone > 60 && kept <= if outlines { 24 } else { 8 },
            "{outlines}: {gone} are gone, {kept} of the others have no place"
        );
        assert_eq!(
            told["quote-differs"] + told.get("span-outside").copied().unwrap_or_default(),
            gone + kept,
            "{told:?}"
        );
    }
}

#[test]
fn check_says_which_words_have_no_place_after_a_change_outside() {
    let dir = sample(true);
    let path = dir.path().join("articles/006.txt");
    let text = fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    fs::write(&path, format!("Cartagena dan Valencia: lihat juga halaman lain.\n{rest}")).unwrap();
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_jejak")).arg("check").arg(dir.path()).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("each was looked for by the words around it"), "{first}: {said}");
    assert!(said.contains("has no clear place in the text as it is now"), "{said}");
}

/// An edit of a text: where, how much is cut out, and what comes in.
type Cut = (prop::sample::Index, usize, String);

fn edited(text: &str, cuts: &[Cut]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, cut, new) in cuts {
        let at = at.index(chars.len() + 1);
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, new.chars());
    }
    chars.into_iter().collect()
}

fn cut() -> impl Strategy<Value = Cut> {
    let new = prop_oneof![Just(String::new()), "\\PC{0,20}", "(tiba |Budi0 |Tanjung |é|\u{301}|👩‍👩‍👧|\r\n){1,4}"];
    let cut = prop_oneof![Just(0), 1..12_usize, 1..2_000_usize];
    (any::<prop::sample::Index>(), cut, new)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_edited_annotations_stand_at_their_words_or_have_no_place(
        words in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
        cuts in prop::collection::vec(cut(), 1..5),
        flushed in 0..8_usize,
        undone in 0..3_usize,
    ) {
        let dir = make_older(2);
        let mut session = open(dir.path());
        let all = text(0);
        let mut marks = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            let known = session.corpus().text(&article("000")).unwrap();
            let span = known.word_from(known.grapheme_floor(word.index(all.len()) as u32)).unwrap_or(Span::new(0, 5));
            let id = label(&mut session, "000", ["person", "place", "trip"][number % 3], span);
            marks.insert(id, all[span.range()].to_owned());
            label(&mut session, "001", "person", Span::new(0, 4));
            if number == flushed {
                session.flush().unwrap();
            }
        }
        for _ in 0..undone.min(words.len()) * 2 {
            let Some(undone) = session.undo().unwrap() else { break };
            for edit in &undone.edits {
                if let Some((Some(gone), _)) = edit.sides::<jejak::model::Annotation>() {
                    marks.remove(&gone.id);
                }
            }
        }
        crash(session);
        fs::write(dir.path().join("articles/000.txt"), edited(&all, &cuts)).unwrap();
        let session = open(dir.path());
        let placed = fates(&session, &marks);
        prop_assert!(placed.is_ok(), "{placed:?} {:?}", session.problems());
        let before = state(&session);
        session.close().unwrap();
        let mut session = open(dir.path());
        prop_assert_eq!(state(&session), before, "it stays so");
        prop_assert_eq!(fates(&session, &marks), placed);
        // Whatever is refused leaves everything; whatever is not, can be done again.
        for back in [true, false] {
            for _ in 0..40 {
                let before = state(&session);
                let done = if back { session.undo() } else { session.redo() };
                match done {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(error) => {
                        prop_assert!(!error.to_string().contains('\n'));
                        prop_assert_eq!(state(&session), before, "{}", error);
                    }
                }
            }
        }
        let before = state(&session);
        session.close().unwrap();
        prop_assert_eq!(state(&open(dir.path())), before);
    }
}
