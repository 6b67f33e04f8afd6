//! Gold keeps whatever stands in it, over any sequence of imports, edits, merges and decisions.

use std::collections::BTreeSet;
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::edit::SetEditor;
use jejak::model::{Annotation, AnnotationSet, ArticleId, Corpus, Id, Name, Project, Slot};
use jejak::review::{Case, Choice, MentionClusters, Panel, Questions, Review, Ruling, SlotValue, State, Strategy};
use jejak::text::Span;

use super::build::{WORDS, corpus, decide, do_it, gold, id, open, premerge, random_set, renamed};

/// Every element of the adjudicated set: record, slot and value.
pub fn elements(golden: Option<&AnnotationSet>) -> BTreeSet<(Id, String)> {
    let mut all = BTreeSet::new();
    for record in golden.into_iter().flat_map(AnnotationSet::iter) {
        let mut add = |what: String| all.insert((record.id, what));
        add(String::new());
        add(format!("label {}", record.label));
        if !record.at.is_empty() {
            add(format!("at {:?}", record.at));
        }
        record.attributes.iter().for_each(|(name, value)| _ = add(format!("{name}={value}")));
        record.roles.iter().for_each(|role| _ = add(format!("{role:?}")));
        record.referent.iter().for_each(|referent| _ = add(format!("is {referent}")));
    }
    all
}

/// One change of a random annotator's set.
fn disturb(corpus: &mut Corpus, article: &ArticleId, random: &mut Random, name: &str) {
    let key = (article.clone(), Name::new(name));
    let records: Vec<Arc<Annotation>> =
        corpus.set(&key.0, &key.1).into_iter().flat_map(AnnotationSet::iter).cloned().collect();
    if records.is_empty() {
        return;
    }
    let one = records[random.below(records.len())].clone();
    let editor = SetEditor::new(corpus, key);
    let changed = match random.below(7) {
        0 => editor.delete(&[one.id]),
        1 => editor.relabel(&[one.id], &["person", "place", "organization"][random.below(3)].into()),
        2 => editor.attribute(&[one.id], &"certainty".into(), [None, Some("certain")][random.below(2)]),
        3 if !one.roles.is_empty() => editor.unfill(one.id, random.below(one.roles.len())),
        4 => editor.respan(one.id, vec![Span::new(0, 5)]),
        5 => editor.refer(&[one.id], records[random.below(records.len())].referent),
        _ => editor.label(&"person".into(), vec![Span::new(6, 11)]).0,
    };
    do_it(corpus, changed);
}

#[test]
fn gold_loses_nothing_but_by_a_decision_that_names_it() {
    let text = "kata. ".repeat(super::build::WORDS as usize);
    let (mut losses, mut merges) = (0, 0);
    for seed in 0..60 {
        let mut random = Random::new(seed, 7);
        let ours = random_set(&mut random);
        let (theirs, _) = renamed(&mut random, &ours);
        let (third, _) = renamed(&mut random, &ours);
        let (mut corpus, article) = corpus(&text, &[("a", ours), ("b", theirs), ("c", third)]);
        corpus.project = Project::default();
        for _ in 0..14 {
            let names: &[&str] = [&["a", "b", "c"][..], &["a", "b"], &["c", "b", "a"], &["b"]][random.below(4)];
            let strategy = match random.below(3) {
                0 => Strategy::Majority { percent: 60, least: 2 },
                1 => Strategy::Prefer(names[0].into()),
                _ => Strategy::Unanimous,
            };
            let review = open(&corpus, &article, names, strategy);
            let before = elements(corpus.set(&article, &gold()));
            match random.below(4) {
                0 | 1 => {
                    let name = ["a", "b", "c"][random.below(3)];
                    disturb(&mut corpus, &article, &mut random, name);
                    assert_eq!(elements(corpus.set(&article, &gold())), before);
                }
                2 => {
                    premerge(&mut corpus, &review);
                    merges += 1;
                    let after = elements(corpus.set(&article, &gold()));
                    let lost: Vec<_> = before.difference(&after).collect();
                    assert!(lost.is_empty(), "seed {seed}: {lost:?}");
                    let names: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
                    let again = Review::open(&corpus, &article, &names, &gold(), review.strategy.clone());
                    let more = again.premerge(&corpus, &"juri".into());
                    assert!(more.is_empty(), "seed {seed}: merged twice: {more:?}");
                }
                _ => {
                    if review.cases.is_empty() {
                        continue;
                    }
                    let case = review.cases[random.below(review.cases.len())];
                    let row = review.row(&case);
                    let voter = row.readings[random.below(row.readings.len())].by[0];
                    let choice = [Choice::Adopt(voter), Choice::AsItStands, Choice::Nothing][random.below(3)].clone();
                    let named = review.units[case.unit].gold;
                    let slot = row.slot.clone();
                    decide(&mut corpus, &review, &case, choice);
                    let after = elements(corpus.set(&article, &gold()));
                    for (id, what) in before.difference(&after) {
                        losses += 1;
                        let whole = after.iter().all(|(other, _)| Some(*other) != named);
                        // A role goes with the thing that filled it.
                        let pointed = named.is_some_and(|id| whole && what.contains(&format!("Annotation({id})")))
                            || named.is_some_and(|id| whole && what.contains(&id.to_string()));
                        assert!(Some(*id) == named || pointed, "seed {seed}: {slot:?} took out {what} of {id}");
                        if Some(*id) == named && !whole {
                            assert!(is_of(&slot, what), "seed {seed}: {slot:?} took out {what}");
                        }
                    }
                }
            }
        }
    }
    assert!(losses > 50 && merges > 100, "{losses} {merges}");
}

/// A set as somebody or some program brings it: names alone, nothing at all, or all kinds of things.
fn imported(random: &mut Random) -> AnnotationSet {
    let whole = random_set(random);
    let names = |record: &&Arc<Annotation>| ["person", "place", "organization"].contains(&&*record.label);
    let kept: Vec<Arc<Annotation>> = match random.below(4) {
        0 => Vec::new(),
        1 => whole.iter().filter(names).cloned().collect(),
        _ => whole.iter().cloned().collect(),
    };
    AnnotationSet::new(kept, whole.progress())
}

/// An annotator makes two of one frame.
fn split(corpus: &mut Corpus, article: &ArticleId, random: &mut Random, name: &str) {
    let key = (article.clone(), Name::new(name));
    let Some(set) = corpus.set(&key.0, &key.1) else { return };
    let mut records: Vec<Annotation> = set.iter().map(|record| Annotation::clone(record)).collect();
    let Some(at) = records.iter().position(|record| record.roles.len() > 1) else { return };
    let half = records[at].roles.len() / 2;
    let roles = records[at].roles.split_off(half);
    records.push(Annotation { id: id(random), roles, at: vec![Span::new(30, 35)], ..records[at].clone() });
    let set = AnnotationSet::new(records.into_iter().map(Arc::new), set.progress());
    corpus.load_set(key, set);
}

/// The slot that an element belongs to.
fn is_of(slot: &Slot, what: &str) -> bool {
    match slot {
        Slot::Presence => false,
        Slot::Extent => what.starts_with("at "),
        Slot::Label => what.starts_with("label "),
        Slot::Attribute(name) => what.starts_with(&format!("{name}=")),
        Slot::Role(name) => what.contains(name.as_str()),
        Slot::Identity => what.starts_with("is "),
    }
}

/// Sees that nothing went but elements of the slot that was decided of the records that it is about, such a record whole, or one
/// of those that are decided `out`; and with a record what it filled.
fn only_named(
    lost: &[&(Id, String)],
    after: &BTreeSet<(Id, String)>,
    (out, named, slot): (&[Id], &[Id], Option<&Slot>),
    step: &str,
) {
    let gone = |id: &Id| after.iter().all(|(other, _)| other != id);
    for (id, what) in lost {
        let whole = (named.contains(id) || out.contains(id)) && gone(id);
        let own = named.contains(id) && slot.is_some_and(|slot| is_of(slot, what));
        let filled = named.iter().chain(out).any(|named| gone(named) && what.contains(&named.to_string()));
        assert!(whole || own || filled, "{step}: {slot:?} took out {what} of {id}");
    }
}

#[test]
fn gold_loses_an_element_only_by_a_decision_that_names_it() {
    let text = "kata. ".repeat(WORDS as usize);
    let mut done = [0; 8];
    let mut losses = 0;
    for seed in 0..150 {
        let mut random = Random::new(seed, 31);
        let ours = random_set(&mut random);
        let (theirs, _) = renamed(&mut random, &ours);
        let (mut corpus, article) = corpus(&text, &[("a", ours), ("b", theirs)]);
        corpus.project = Project::default();
        for _ in 0..16 {
            let names: &[&str] =
                [&["a", "b"][..], &["a", "b", "c"], &["a", "b", "c", "d"], &["d", "b"], &["c"]][random.below(5)];
            let strategy = match random.below(3) {
                0 => Strategy::Majority { percent: 60, least: 2 },
                1 => Strategy::Prefer(names[0].into()),
                _ => Strategy::Unanimous,
            };
            let review = open(&corpus, &article, names, strategy.clone());
            let before = elements(corpus.set(&article, &gold()));
            let step = random.below(8);
            done[step] += 1;
            let mut named: (Vec<Id>, Option<Slot>) = (Vec::new(), None);
            // A decision that was made before, that a thing is not there, goes on naming it: with the panel of then it is
            // done whenever anything is.
            let decided = |state: &State| matches!(state, State::Decided(..));
            let out = |at: &usize| review.settled_absent(*at) && review.units[*at].states.iter().any(decided);
            let out: Vec<Id> = (0..review.units.len()).filter(out).filter_map(|at| review.units[at].gold).collect();
            let of = |case: &Case| {
                let units = std::iter::once(case.unit).chain(review.asked_with(case.unit));
                let golds = units.filter_map(|unit| review.units[unit].gold).collect::<Vec<Id>>();
                (golds, Some(review.row(case).slot.clone()))
            };
            match step {
                // A person or a model that was not there, or comes anew in place of what was.
                0 => {
                    let name = ["b", "c", "d"][random.below(3)];
                    let set = imported(&mut random);
                    corpus.load_set((article.clone(), name.into()), set);
                }
                1 => disturb(&mut corpus, &article, &mut random, ["a", "b", "c", "d"][seed as usize % 4]),
                2 => split(&mut corpus, &article, &mut random, ["a", "b"][seed as usize % 2]),
                3 => {
                    premerge(&mut corpus, &review);
                }
                // All of what one annotator says of a thing, to edit.
                4 if !review.units.is_empty() => {
                    let drafted = review.draft(
                        &corpus,
                        random.below(review.units.len()),
                        random.below(names.len()),
                        &"juri".into(),
                    );
                    do_it(&mut corpus, drafted);
                }
                // Identity, asked once for all mentions.
                5 => {
                    let everybody: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
                    let mut mentions = MentionClusters::new(&everybody, &gold());
                    mentions.add(&corpus, &review);
                    let across = mentions.align();
                    let opened =
                        Review::open_across(&corpus, &article, &everybody, &gold(), strategy.clone(), Some(&across));
                    let mut questions = Questions::default();
                    questions.add(&corpus, &opened, &across);
                    let questions = questions.all(&corpus, &across);
                    let Some(question) = questions.first() else { continue };
                    let panel = Panel { annotators: &everybody, gold: &gold(), strategy: &strategy };
                    let ruling = Ruling {
                        choice: Choice::Nothing,
                        by: "juri".into(),
                        reason: String::new(),
                        gap: String::new(),
                    };
                    let choice = [None, Some(0)][random.below(2)];
                    let Ok(decided) = question.decide(&corpus, &panel, &across, choice, &ruling) else { continue };
                    do_it(&mut corpus, decided);
                    let golds = opened.units.iter().filter_map(|unit| unit.gold).collect();
                    named = (golds, Some(Slot::Identity));
                }
                // Taken out, whatever is asked of it.
                6 if !review.units.is_empty() => {
                    let case = review.presence(random.below(review.units.len()));
                    named = of(&case);
                    decide(&mut corpus, &review, &case, Choice::Nothing);
                }
                _ => {
                    if review.cases.is_empty() {
                        continue;
                    }
                    let case = review.cases[random.below(review.cases.len())];
                    named = of(&case);
                    let row = review.row(&case);
                    let voter = row.readings[random.below(row.readings.len())].by[0];
                    let choice = match (random.below(4), &row.slot) {
                        (0, Slot::Attribute(_)) => Choice::Own(SlotValue::Attribute(vec!["other".into()])),
                        (0 | 1, _) => Choice::AsItStands,
                        (2, _) => Choice::Nothing,
                        _ => Choice::Adopt(voter),
                    };
                    decide(&mut corpus, &review, &case, choice);
                }
            }
            let after = elements(corpus.set(&article, &gold()));
            let lost: Vec<&(Id, String)> = before.difference(&after).collect();
            losses += lost.len();
            only_named(&lost, &after, (&out, &named.0, named.1.as_ref()), &format!("seed {seed}, step {step}"));
        }
    }
    assert!(losses > 100 && done.iter().all(|count| *count > 100), "{losses} {done:?}");
}
