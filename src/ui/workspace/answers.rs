//! The record of what was suggested and how it was answered: kept in mind while one looks, and written with each answer, in the
//! same step of undo.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Workspace;
use super::sitting::key;
use crate::assist::Suggestion;
use crate::edit::{Edit, Transaction};
use crate::model::{Id, Kind, Name, Origin, RecordFile, Run, digest};

/// An answer to a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Accepted as it was.
    Accepted,
    /// Accepted with a change.
    Corrected,
    /// Rejected.
    Rejected,
}

impl Workspace {
    /// Notes what is on the screen and what keys are about; `now` is the window's clock, in seconds.
    pub fn watch_ghosts(&mut self, now: f64) {
        self.sitting.now = now;
        let ghosts = self.ghosts();
        let current = self.ghost().and_then(|at| ghosts.get(at));
        let (Some(open), Some(current)) = (&self.open, current) else {
            self.sitting.current = None;
            return;
        };
        if self.sitting.current.as_ref().is_none_or(|(of, _)| *of != key(current)) {
            self.sitting.current = Some((key(current), now));
        }
        let seen = self.sitting.seen.entry(open.id.clone()).or_default();
        let on_screen = |it: &&Suggestion| it.at.iter().all(|&span| open.reader.on_screen(span));
        seen.extend(ghosts.iter().filter(on_screen).map(key));
    }

    /// The parts of a suggestion that are not to come along: places among its roles, then among its attributes.
    #[must_use]
    pub fn left_out(&self, ghost: &Suggestion) -> BTreeSet<usize> {
        let of = self.sitting.left_out.as_ref().filter(|(of, _)| *of == key(ghost));
        of.map_or_else(BTreeSet::new, |(_, parts)| parts.clone())
    }

    /// Leaves a part of a suggestion out, or takes it in again; says whether it is left out now.
    pub fn leave_out(&mut self, ghost: &Suggestion, part: usize) -> bool {
        let mut parts = self.left_out(ghost);
        let out = parts.insert(part);
        if !out {
            parts.remove(&part);
        }
        self.sitting.left_out = Some((key(ghost), parts));
        out
    }

    /// Adds to a transaction that answers suggestions what is remembered of it; `gestures` keys or clicks have done it.
    pub fn note_answers(&mut self, transaction: &mut Transaction, answers: &[(&Suggestion, Answer)], gestures: u32) {
        let Some(here) = self.open.as_ref().map(|open| open.id.clone()) else { return };
        self.sitting.seen.entry(here).or_default().extend(answers.iter().map(|(ghost, _)| key(ghost)));
        let since = |ghost: &Suggestion| match (&self.sitting.current, answers) {
            // Many that one key answers have no time of their own.
            (Some((of, since)), [_]) if *of == key(ghost) => Some(self.sitting.now - since),
            _ => None,
        };
        self.note(transaction, |run| {
            for (at, (ghost, answer)) in answers.iter().enumerate() {
                let fate = run.fate(&ghost.source, &ghost.label);
                match answer {
                    Answer::Accepted => fate.accepted += 1,
                    Answer::Corrected => fate.corrected += 1,
                    Answer::Rejected => fate.rejected += 1,
                }
                // It is one gesture, wherever it is counted.
                fate.gestures += if at == 0 { gestures } else { 0 };
                if *answer != Answer::Rejected {
                    fate.by_hand += self.by_hand(ghost);
                    fate.times.extend(since(ghost).map(|seconds| (seconds.max(0.0) * 1000.0).round() as u32));
                }
            }
        });
    }

    /// Adds to a transaction that says that the article is done what was shown in it.
    pub fn note_shown(&self, transaction: &mut Transaction) {
        let here = self.open.as_ref().map(|open| &open.id);
        if self.assisted() && here.is_some_and(|id| self.sitting.seen.get(id).is_some_and(|seen| !seen.is_empty())) {
            self.note(transaction, |_| {});
        }
    }

    fn note(&self, transaction: &mut Transaction, change: impl FnOnce(&mut Run)) {
        let corpus = self.session.corpus();
        let article = self.open.as_ref().and_then(|open| corpus.article(&open.id));
        let Some(article) = article.filter(|_| !transaction.edits.is_empty()) else { return };
        let maker = self.owner();
        let known = self.sitting.runs.get(&article.id).copied();
        let before = known.and_then(|id| corpus.runs(maker)?.get(&id)).cloned();
        let learned = self.ghosts.study.as_ref().map(|study| study.learning().clone()).unwrap_or_default();
        let (program, origin) = (env!("CARGO_PKG_VERSION").to_owned(), Origin::hand(maker));
        let mut run = match &before {
            Some(run) => Run { program, learned, origin, ..Run::clone(run) },
            None => {
                let taken = |id| corpus.runs(maker).is_some_and(|all| all.contains_key(&id));
                let id = known.unwrap_or_else(|| Id::fresh(taken));
                let (article, digest) = (article.id.clone(), digest(&article.sha256).to_owned());
                Run { id, article, digest, program, learned, fates: Vec::new(), origin }
            }
        };
        let mut shown: HashMap<(&Name, &Name), u32> = HashMap::new();
        for (source, label, _) in self.sitting.seen.get(&article.id).into_iter().flatten() {
            *shown.entry((source, label)).or_default() += 1;
        }
        for ((source, label), count) in shown {
            run.fate(source, label).offered = count;
        }
        change(&mut run);
        transaction.edits.push(Edit::new(RecordFile::Runs(maker.clone()), before, Some(Arc::new(run))));
    }

    /// Keeps in mind which run a transaction that was applied has begun, and what it answered.
    pub(super) fn follow_runs(&mut self, applied: &Transaction) {
        let own = RecordFile::Runs(self.owner().clone());
        for edit in applied.edits.iter().filter(|edit| edit.at == own) {
            if let Some((_, Some(run))) = edit.sides::<Run>() {
                self.sitting.runs.entry(run.article.clone()).or_insert(run.id);
            }
        }
    }

    /// Keys and clicks that a suggestion takes by hand: two for its words and its label, two for each role that it fills, one for
    /// each value.
    fn by_hand(&self, ghost: &Suggestion) -> u32 {
        let schema = &self.session.corpus().schema;
        let roles = if schema.kind(&ghost.label) == Kind::Frame { ghost.roles.len() } else { 0 };
        (2 + 2 * roles + ghost.attributes.len()) as u32
    }
}
