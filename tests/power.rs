//! Loss of power: random sessions work on a disk that writes down what is done to it, and every folder that a loss of power
//! may leave is opened again. What was said to be saved is there, in each of them.
#![allow(clippy::unwrap_used)] // A test may stop at once.

#[path = "common/dice.rs"]
mod dice;
#[path = "common/memory_disk.rs"]
mod memory_disk;
#[path = "store/project.rs"]
mod project;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use dice::Dice;
use jejak::edit::{CommentEditor, SetEditor, Transaction};
use jejak::model::{Corpus, Name, Target};
use jejak::store::{Access, SaveState, Session};
use jejak::text::Span;
use memory_disk::{MemoryDisk, Step, power_cuts};
use project::article;

const SESSIONS: u64 = 200;

/// Everything that a person made, as one number.
fn digest(corpus: &Corpus) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Some(set) = corpus.set(&article("000"), &Name::new("a")).filter(|set| !set.is_empty()) {
        set.iter().for_each(|record| record.hash(&mut hasher));
    }
    corpus.comments(&Name::new("a")).filter(|all| !all.is_empty()).hash(&mut hasher);
    hasher.finish()
}

fn open(disk: &MemoryDisk) -> Session {
    let mut session = Session::open_on(Arc::new(disk.clone()), &Name::new("a"), Access::Write).unwrap();
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    session
}

fn work(session: &Session, dice: &mut Dice) -> Transaction {
    let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("a")));
    let set = session.corpus().set(&article("000"), &Name::new("a")).unwrap();
    let some = set.iter().nth(dice.roll(set.len().max(1) as u64) as usize).map(|record| record.id);
    match (dice.roll(8), some) {
        (0, Some(some)) => editor.delete(&[some]),
        (1 | 2, Some(some)) => editor.relabel(&[some], &Name::new("place")),
        (3, _) => {
            let said = format!("tanya {}", dice.roll(1000));
            CommentEditor::new(session.corpus(), &Name::new("a"))
                .add(&article("000"), Target::Words, Vec::new(), &said)
                .0
        }
        _ => {
            let at = dice.roll(4) as u32;
            editor.label(&Name::new("person"), vec![Span::new(at, at + 1)]).0
        }
    }
}

/// Waits until everything is said to be saved, and writes that down.
fn wait(session: &mut Session, disk: &MemoryDisk, what: u64) {
    loop {
        session.poll();
        match session.save_state() {
            SaveState::Saved => break,
            SaveState::Saving { .. } => std::thread::yield_now(),
            other => panic!("{other:?}"),
        }
    }
    disk.said(what);
}

/// A random session on a disk; gives the states that it went through, the one that was there first among them.
fn session(disk: &MemoryDisk, dice: &mut Dice) -> Vec<u64> {
    let mut session = open(disk);
    let mut states = vec![digest(session.corpus())];
    disk.said(0);
    for _ in 0..=dice.roll(9) {
        match dice.roll(8) {
            0 | 1 => drop(session.undo().unwrap()),
            2 => drop(session.redo().unwrap()),
            3 => session.flush().unwrap(),
            _ => {
                let transaction = work(&session, dice);
                drop(session.commit(transaction).unwrap());
            }
        }
        states.push(digest(session.corpus()));
        wait(&mut session, disk, states.len() as u64 - 1);
    }
    if dice.roll(2) == 0 {
        session.close().unwrap();
    }
    states
}

#[test]
fn nothing_that_was_said_to_be_saved_is_lost_to_any_loss_of_power() {
    let dir = project::make(1);
    let begun = MemoryDisk::read_from(dir.path()).tree();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut opened = 0;
    let mut start = begun.clone();
    for number in 0..SESSIONS {
        let disk = MemoryDisk::of(start.clone());
        let states = session(&disk, &mut dice);
        let steps = disk.steps();
        assert!(steps.iter().any(|step| matches!(step, Step::Said(_))));
        let mut left_over = None;
        let mut known: HashMap<(u64, u64), bool> = HashMap::new();
        power_cuts(&start, &steps, |left, said| {
            opened += 1;
            let after = MemoryDisk::of(left.clone());
            let again = open(&after);
            let there = digest(again.corpus());
            // Before anything was said, the state of the beginning may be there, or whatever was on its way.
            let first = said.unwrap_or(0) as usize;
            let good = *known
                .entry((first as u64, there))
                .or_insert_with(|| states[first..].contains(&there) || (said.is_none() && states.contains(&there)));
            assert!(good, "session {number}: after {said:?} of {} states, work is not there", states.len());
            assert!(again.problems().is_empty(), "session {number}: {:?}", again.problems());
            drop(again);
            if opened % 97 == 0 {
                left_over = Some(left);
            }
        });
        // Some sessions begin with what a loss of power left, others anew.
        start = left_over.filter(|_| number % 3 != 0).unwrap_or_else(|| begun.clone());
    }
    println!("{SESSIONS} sessions, {opened} losses of power");
    assert!(opened > 10 * SESSIONS, "the sessions must have left something to lose");
}
