//! Random work: nothing that was done is lost, whoever else writes to the files.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;

use jejak::edit::CommentEditor;
use jejak::model::{Id, Mark, Name, Quote, Target, threads};
use jejak::store::Session;
use jejak::text::Span;

use super::project::{article, make, set_file, text};
use super::{editor, label, open, state};

/// One thing that a person does; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Label(u8, u8),
    Relabel(u8, u8),
    Note(u8, String),
    Delete(u8),
    Comment(u8, String),
    Answer(u8, String),
    Undo,
    Redo,
    Reopen,
    Crash,
}

const LABELS: [&str; 4] = ["person", "place", "trip", "claim"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any::<u8>(), any::<u8>()).prop_map(|(at, label)| Step::Label(at, label)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(of, label)| Step::Relabel(of, label)),
        2 => (any::<u8>(), "\\PC{0,12}").prop_map(|(of, note)| Step::Note(of, note)),
        1 => any::<u8>().prop_map(Step::Delete),
        2 => (any::<u8>(), "\\PC{0,12}").prop_map(|(on, text)| Step::Comment(on, text)),
        2 => (any::<u8>(), "\\PC{0,12}").prop_map(|(to, text)| Step::Answer(to, text)),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => Just(Step::Reopen),
        1 => Just(Step::Crash),
    ]
}

/// A word of article 000.
fn word(session: &Session, at: u8) -> Span {
    let text = session.corpus().text(&article("000")).unwrap();
    let from = text.len() / 256 * u32::from(at);
    text.word_from(text.grapheme_floor(from)).unwrap_or(Span::new(0, 5))
}

fn ids(session: &Session) -> Vec<Id> {
    let set = session.corpus().set(&article("000"), session.annotator());
    set.map_or(Vec::new(), |set| set.iter().map(|record| record.id).collect())
}

fn pick(session: &Session, of: u8) -> Vec<Id> {
    let ids = ids(session);
    if ids.is_empty() { ids } else { vec![ids[usize::from(of) % ids.len()]] }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_is_loaded(steps in prop::collection::vec(step(), 1..40)) {
        let dir = make(1);
        let mut session = open(dir.path(), "a");
        // The states that undo leads back through, as a person would remember them.
        let mut past = vec![state(&mut session, "000")];
        let mut future: Vec<String> = Vec::new();
        for step in steps {
            let label = |n: u8| Name::new(LABELS[usize::from(n) % LABELS.len()]);
            let transaction = match step {
                Step::Label(at, n) => editor(&session, "000").label(&label(n), vec![word(&session, at)]).0,
                Step::Relabel(of, n) => editor(&session, "000").relabel(&pick(&session, of), &label(n)),
                Step::Note(of, note) => match pick(&session, of)[..] {
                    [id] => editor(&session, "000").note(id, &note),
                    _ => continue,
                },
                Step::Delete(of) => editor(&session, "000").delete(&pick(&session, of)),
                Step::Comment(on, said) => {
                    let at = vec![Quote::of(session.corpus().text(&article("000")).unwrap(), word(&session, on))];
                    let target = match pick(&session, on)[..] {
                        [id] => Target::Annotation(session.annotator().clone(), id),
                        _ => Target::Words,
                    };
                    CommentEditor::new(session.corpus(), session.annotator()).add(&article("000"), target, at, &said).0
                }
                Step::Answer(to, said) => {
                    let threads = threads(session.corpus().all_comments());
                    let Some(thread) = threads.get(usize::from(to) % threads.len().max(1)) else { continue };
                    let mark = if to % 2 == 0 { Mark::Resolved } else { Mark::None };
                    CommentEditor::new(session.corpus(), session.annotator()).answer(thread, &said, mark)
                }
                Step::Undo => {
                    prop_assert_eq!(session.undo().unwrap().is_some(), past.len() > 1);
                    if past.len() > 1 {
                        future.extend(past.pop());
                    }
                    prop_assert_eq!(&state(&mut session, "000"), past.last().unwrap());
                    continue;
                }
                Step::Redo => {
                    prop_assert_eq!(session.redo().unwrap().is_some(), !future.is_empty());
                    past.extend(future.pop());
                    prop_assert_eq!(&state(&mut session, "000"), past.last().unwrap());
                    continue;
                }
                Step::Reopen | Step::Crash => {
                    if matches!(step, Step::Reopen) {
                        session.close().unwrap();
                    } else {
                        drop(session);
                    }
                    session = open(dir.path(), "a");
                    prop_assert_eq!(&state(&mut session, "000"), past.last().unwrap());
                    prop_assert_eq!(session.history().depth(), (past.len() - 1, future.len()));
                    continue;
                }
            };
            if !session.commit(transaction).unwrap().is_empty() {
                past.push(state(&mut session, "000"));
                future.clear();
            }
        }
        session.close().unwrap();
        let mut session = open(dir.path(), "a");
        prop_assert_eq!(&state(&mut session, "000"), past.last().unwrap());
        prop_assert!(session.problems().is_empty(), "{:?}", session.problems());
    }

    #[test]
    fn outside_changes_and_local_ones_lose_nothing(
        ours in prop::collection::vec(0..4_u8, 10),
        theirs in prop::collection::vec(0..4_u8, 10),
        outside_first: bool,
        crash: bool,
    ) {
        let dir = make(1);
        let mut session = open(dir.path(), "a");
        let lines: Vec<usize> = text(0).match_indices('\n').map(|(at, _)| at + 1).collect();
        let ids: Vec<Id> = (0..10)
            .map(|n| label(&mut session, "000", "person", lines[n] as u32, lines[n] as u32 + 4))
            .collect();
        session.flush().unwrap();
        let path = dir.path().join(set_file(dir.path(), "a", "000"));
        let base = fs::read_to_string(&path).unwrap();
        // 0 leaves a record alone, 1 and 2 write a note, 3 deletes.
        let outside: String = base
            .lines()
            .filter_map(|line| {
                let n = ids.iter().position(|id| line.contains(&format!("\"{id}\"")));
                match n.map(|n| (n, theirs[n])) {
                    Some((_, 3)) => None,
                    Some((n, 1 | 2)) => {
                        Some(line.replace(", origin: (", &format!(", note: \"luar {n}\", origin: (")) + "\n")
                    }
                    _ => Some(format!("{line}\n")),
                }
            })
            .collect();
        if outside_first {
            fs::write(&path, &outside).unwrap();
        }
        for (n, &id) in ids.iter().enumerate() {
            let transaction = match ours[n] {
                1 | 2 => editor(&session, "000").note(id, &format!("sini {n}")),
                3 => editor(&session, "000").delete(&[id]),
                _ => continue,
            };
            session.commit(transaction).unwrap();
        }
        if !outside_first {
            fs::write(&path, &outside).unwrap();
        }
        if crash {
            drop(session);
            session = open(dir.path(), "a");
            session.load(&article("000"), &[Name::new("a")]).unwrap();
        }
        session.flush().unwrap();
        let shown = state(&mut session, "000");
        session.close().unwrap();
        let mut session = open(dir.path(), "a");
        prop_assert_eq!(state(&mut session, "000"), shown, "what is shown is what is in the file");
        let set = session.corpus().set(&article("000"), &Name::new("a")).unwrap();
        let notes: BTreeMap<Id, &str> = set.iter().map(|record| (record.id, record.note.as_str())).collect();
        let aside = fs::read_to_string(dir.path().join(".jejak/a/conflicts.ron")).unwrap_or_default();
        for (n, id) in ids.iter().enumerate() {
            let there = notes.get(id).copied();
            let (here, outside) = (format!("sini {n}"), format!("luar {n}"));
            match (ours[n], theirs[n]) {
                (1 | 2, _) => prop_assert_eq!(there, Some(&*here)),
                (3, _) | (0, 3) => prop_assert_eq!(there, None),
                (0, 1 | 2) => prop_assert_eq!(there, Some(&*outside)),
                _ => prop_assert_eq!(there, Some("")),
            }
            if ours[n] != 0 && matches!(theirs[n], 1 | 2) {
                prop_assert!(aside.contains(&outside), "{n}: {aside}");
            }
        }
    }
}
