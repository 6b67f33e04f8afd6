//! Lint between the records of a set.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::subject::{Subject, called, excerpt, problem_of};
use crate::message;
use crate::model::{Annotation, Filler, Id, Kind, Name, Problem, Progress, Verdict};
use crate::text::Span;

pub(super) fn check(subject: &Subject, problems: &mut Vec<Problem>) {
    let incomplete = problems.iter().filter(|problem| problem.code.starts_with("missing-")).count();
    check_duplicates(subject, problems);
    check_consistency(subject, problems);
    check_cycles(subject, problems);
    if subject.set.progress() == Progress::Done && incomplete > 0 {
        let message = message!("check-done-incomplete", article = subject.article, count = incomplete);
        problems.push(Problem::error("done-incomplete", message).about(subject.article, None));
    }
}

fn check_duplicates(subject: &Subject, problems: &mut Vec<Problem>) {
    let mut first: HashMap<(&Name, &[Span]), Id> = HashMap::new();
    for record in subject.set.iter().filter(|record| !record.at.is_empty()) {
        if !matches!(subject.schema.kind(&record.label), Kind::Entity | Kind::Zone) {
            continue;
        }
        if let Some(other) = first.insert((&record.label, &record.at), record.id) {
            let message = problem_of(&called(subject.text, record), &message!("check-duplicate", id = other));
            problems.push(Problem::warning("duplicate", message).about(subject.article, Some(record.id.to_string())));
        }
    }
}

/// Entities whose words mostly have another label in this article, unless they have that label too where they stand.
fn check_consistency(subject: &Subject, problems: &mut Vec<Problem>) {
    let mut by_words: Vec<(&str, &Annotation)> = Vec::with_capacity(subject.set.len());
    for record in subject.set.iter() {
        // Of words in several pieces the quote alone says too little.
        if let ([span], Kind::Entity) = (&record.at[..], subject.schema.kind(&record.label)) {
            by_words.push((subject.text.slice(*span), record));
        }
    }
    // Those of the same words stay in the order of their places.
    by_words.sort_by_key(|(words, _)| *words);
    for records in by_words.chunk_by(|a, b| a.0 == b.0) {
        let words = records[0].0;
        let records: Vec<&Annotation> = records.iter().map(|(_, record)| *record).collect();
        if records.iter().all(|record| record.label == records[0].label) {
            continue;
        }
        let mut counts: Vec<(&Name, usize)> = Vec::new();
        for record in &records {
            match counts.iter_mut().find(|(label, _)| *label == &record.label) {
                Some((_, count)) => *count += 1,
                None => counts.push((&record.label, 1)),
            }
        }
        // Of labels that are equally frequent the one that comes first in the text counts as the usual one.
        let Some(&(usual, count)) = counts.iter().rev().max_by_key(|(_, count)| *count) else { continue };
        let usual_at: HashSet<Span> = records.iter().filter(|r| r.label == *usual).map(|r| r.at[0]).collect();
        for record in records.iter().filter(|record| record.label != *usual && !usual_at.contains(&record.at[0])) {
            let (label, words) = (&record.label, excerpt(words));
            let message =
                message!("check-inconsistent-label", words = words, label = label, usual = usual, count = count);
            let problem = Problem::warning("inconsistent-label", message);
            problems.push(problem.about(subject.article, Some(record.id.to_string())));
        }
    }
}

/// Circles of role fillers: each is named once, at the record that closes it. A record in its own role is no circle
/// but an error of its own.
fn check_cycles(subject: &Subject, problems: &mut Vec<Problem>) {
    let next = |record: &Annotation| -> Vec<Id> {
        // Roles that judge two records may do so mutually: a circle of them is sound.
        let ordered = record.roles.iter().filter(|role| Verdict::of_role(&role.name).is_none());
        let targets = ordered.filter_map(|role| match role.filler {
            Filler::Annotation(id) if id != record.id => Some(id),
            _ => None,
        });
        targets.collect()
    };
    let mut finished: HashSet<Id> = HashSet::new();
    for root in subject.set.iter() {
        let first = next(root);
        // A record that points to none closes no circle.
        if first.is_empty() || finished.contains(&root.id) {
            continue;
        }
        // A path of its own instead of recursion: a chain may be as long as the set.
        let mut path = vec![(root, first)];
        let mut on_path = HashSet::from_iter([root.id]);
        while let Some((here, left)) = path.last_mut() {
            let here = *here;
            match left.pop() {
                None => {
                    on_path.remove(&here.id);
                    finished.insert(here.id);
                    path.pop();
                }
                Some(id) if on_path.contains(&id) => {
                    let message = problem_of(&called(subject.text, here), &message!("check-role-cycle", id = id));
                    let problem = Problem::warning("role-cycle", message);
                    problems.push(problem.about(subject.article, Some(here.id.to_string())));
                }
                Some(id) => {
                    if let Some(target) = subject.set.get(id).filter(|_| !finished.contains(&id)) {
                        on_path.insert(id);
                        path.push((target, next(target)));
                    }
                }
            }
        }
    }
}
