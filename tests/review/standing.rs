//! Merged and decided values stay in the adjudicated set until a person decides otherwise.

use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::edit::{Edit, SetEditor, Transaction};
use jejak::model::{Annotation, AnnotationSet, ArticleId, Corpus, Filler, Id, Name, Progress, Role, Slot, Value};
use jejak::review::{Case, CaseKind, Choice, MergeOutcome, Review, SlotValue, State, Strategy};

use super::build::{TEXT, at, corpus, decide, do_it, gold, open, premerge, record, renamed, set};
use super::keeps::elements;

const JURI: &str = "juri";

/// A queen, a harbour and a trip of hers that is completed; three say the same, and it is merged.
struct Merged {
    corpus: Corpus,
    article: ArticleId,
    kept: AnnotationSet,
}

impl Merged {
    fn new() -> Self {
        let mut random = Random::new(11, 0);
        let queen = record(&mut random, "person", at("Ratu"), "a");
        let harbour = record(&mut random, "place", at("Bandar Laut"), "a");
        let mut trip = record(&mut random, "trip", at("tiba di"), "a");
        trip.set_attribute(&"status".into(), Some("completed".into()));
        for (role, filler) in [("traveller", &queen), ("destination", &harbour)] {
            trip.roles.push(Role { name: role.into(), filler: Filler::Annotation(filler.id) });
        }
        let ours = set(&[queen, harbour, trip]);
        let (theirs, _) = renamed(&mut random, &ours);
        let (third, _) = renamed(&mut random, &ours);
        let (mut corpus, article) = corpus(TEXT, &[("a", ours), ("b", theirs), ("c", third)]);
        let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
        assert_eq!(review.cases, []);
        premerge(&mut corpus, &review);
        let kept = corpus.set(&article, &gold()).unwrap().clone();
        assert_eq!(kept.len(), 3);
        Self { corpus, article, kept }
    }

    fn open(&self) -> Review {
        open(&self.corpus, &self.article, &["a", "b", "c"], Strategy::Unanimous)
    }

    fn golden(&self) -> &AnnotationSet {
        self.corpus.set(&self.article, &gold()).unwrap()
    }

    /// Changes the record with this label in everybody's set.
    fn each(&mut self, label: &str, change: impl Fn(&SetEditor<'_>, Id) -> Transaction) {
        for name in ["a", "b", "c"] {
            let key = (self.article.clone(), Name::new(name));
            let id = self.corpus.set(&key.0, &key.1).unwrap().iter().find(|it| it.label == *label).unwrap().id;
            let changed = change(&SetEditor::new(&self.corpus, key), id);
            do_it(&mut self.corpus, changed);
        }
    }

    /// The one case that waits beside a standing value, and nothing that a merge would do.
    fn one_case(&self) -> (Review, Case) {
        let review = self.open();
        assert!(review.premerge(&self.corpus, &JURI.into()).is_empty());
        assert_eq!(review.cases.len(), 1, "{:?}", review.cases);
        assert!(review.cases[0].reopened);
        let case = review.cases[0];
        (review, case)
    }
}

#[test]
fn another_set_takes_nothing_out() {
    let mut it = Merged::new();
    // Somebody who marks names only, and one attribute that nobody else has.
    let mut random = Random::new(12, 0);
    let queen = record(&mut random, "person", at("Ratu"), "d");
    let other = record(&mut random, "place", at("Kota Awan"), "d");
    it.corpus.load_set((it.article.clone(), "d".into()), set(&[queen, other]));
    let review = open(&it.corpus, &it.article, &["a", "b", "c", "d"], Strategy::Unanimous);
    assert!(!review.cases.is_empty());
    assert!(review.cases.iter().all(|case| case.kind == CaseKind::Missing));
    premerge(&mut it.corpus, &review);
    assert_eq!(it.golden(), &it.kept);
    // A decision about one thing changes nothing else.
    let case = review.cases.iter().find(|case| review.units[case.unit].place == Some(at("Kota Awan")[0])).unwrap();
    decide(&mut it.corpus, &review, case, Choice::Nothing);
    assert!(it.golden().iter().eq(it.kept.iter()));
}

#[test]
fn what_all_say_otherwise_by_now_is_a_case_beside_what_stands() {
    for choice in [Choice::Adopt(0), Choice::AsItStands] {
        let mut it = Merged::new();
        it.each("trip", |editor, id| editor.attribute(&[id], &"status".into(), Some("planned")));
        let (review, case) = it.one_case();
        assert_eq!(review.row(&case).slot, Slot::Attribute("status".into()));
        assert_eq!(review.units[case.unit].states[case.row], State::Differs(0));
        decide(&mut it.corpus, &review, &case, choice.clone());
        let trip = it.golden().iter().find(|record| record.label == *"trip").unwrap();
        let expected = if choice == Choice::AsItStands { "completed" } else { "planned" };
        assert_eq!(trip.attribute("status"), Some(expected));
        assert_eq!(it.open().cases, [], "it is asked once");
        assert!(it.open().premerge(&it.corpus, &JURI.into()).is_empty());
    }
}

#[test]
fn what_nobody_says_any_more_is_a_case_and_stays() {
    for (what, change) in [
        ("attribute", (|editor, id| editor.attribute(&[id], &"status".into(), None)) as fn(&SetEditor<'_>, Id) -> _),
        ("role", |editor, id| editor.unfill(id, 0)),
    ] {
        for choice in [Choice::Adopt(2), Choice::AsItStands] {
            let mut it = Merged::new();
            it.each("trip", change);
            let (review, case) = it.one_case();
            decide(&mut it.corpus, &review, &case, choice.clone());
            assert_eq!(it.golden().iter().eq(it.kept.iter()), choice == Choice::AsItStands, "{what}");
            assert_eq!(it.open().cases, [], "{what}");
        }
    }
}

#[test]
fn what_nobody_marks_any_more_is_a_case_and_stays() {
    for choice in [Choice::Adopt(0), Choice::Nothing, Choice::AsItStands] {
        let mut it = Merged::new();
        // Two things at once: each has its own question, though the questions are alike.
        it.each("trip", |editor, id| editor.delete(&[id]));
        it.each("place", |editor, id| editor.delete(&[id]));
        let review = it.open();
        assert!(review.premerge(&it.corpus, &JURI.into()).is_empty());
        assert_eq!(it.golden(), &it.kept);
        assert_eq!(review.cases.iter().map(|case| case.kind).collect::<Vec<_>>(), [CaseKind::Missing; 2]);
        let case = *review.cases.iter().find(|case| review.units[case.unit].place == Some(at("tiba di")[0])).unwrap();
        decide(&mut it.corpus, &review, &case, choice.clone());
        let there = it.golden().iter().any(|record| record.label == *"trip");
        assert_eq!(there, choice == Choice::AsItStands);
        let review = it.open();
        assert_eq!(review.cases.len(), 1, "{choice:?}: the other one waits");
        let place = review.units[review.cases[0].unit].place;
        assert_eq!(place, Some(at("Bandar Laut")[0]), "{choice:?}");
        decide(&mut it.corpus, &review, &review.cases[0], Choice::AsItStands);
        assert_eq!(it.open().cases, []);
        assert!(it.golden().iter().any(|record| record.label == *"place"));
    }
}

#[test]
fn another_strategy_takes_nothing_out() {
    let mut it = Merged::new();
    let b = (it.article.clone(), Name::new("b"));
    let trip = it.corpus.set(&b.0, &b.1).unwrap().iter().find(|it| it.label == *"trip").unwrap().id;
    let changed = SetEditor::new(&it.corpus, b).attribute(&[trip], &"status".into(), Some("planned"));
    do_it(&mut it.corpus, changed);
    let review = open(&it.corpus, &it.article, &["a", "b", "c"], Strategy::Prefer("b".into()));
    assert_eq!(review.cases.len(), 1);
    assert!(review.cases[0].reopened);
    premerge(&mut it.corpus, &review);
    assert_eq!(it.golden(), &it.kept);
    let review = open(&it.corpus, &it.article, &["a", "b"], Strategy::Unanimous);
    premerge(&mut it.corpus, &review);
    assert_eq!(it.golden(), &it.kept);
}

#[test]
fn a_merge_adds_to_what_stands() {
    let mut it = Merged::new();
    it.each("trip", |editor, id| editor.fill(id, &"purpose".into(), &Filler::Value(Value::Text("perdagangan".into()))));
    let review = it.open();
    assert_eq!(review.cases, []);
    premerge(&mut it.corpus, &review);
    let trip = it.golden().iter().find(|record| record.label == *"trip").unwrap();
    assert_eq!(trip.fillers("purpose").count(), 1);
    assert_eq!(trip.roles.len(), 3);
}

#[test]
fn a_filler_that_is_like_nothing_stays() {
    let mut it = Merged::new();
    // The queen is decided about and moved by hand to other words; what is made by hand in her place fills the trip.
    let a = (it.article.clone(), Name::new("a"));
    let queen = it.corpus.set(&a.0, &a.1).unwrap().iter().find(|it| it.label == *"person").unwrap().id;
    let changed = SetEditor::new(&it.corpus, a).attribute(&[queen], &"note".into(), Some("ratu"));
    do_it(&mut it.corpus, changed);
    let review = it.open();
    decide(&mut it.corpus, &review, &review.cases[0], Choice::Nothing);
    it.each("person", |editor, _| editor.label(&"person".into(), at("Raja")).0);
    let of = |it: &Merged, label: &str| it.golden().iter().find(|record| record.label == *label).unwrap().id;
    let (queen, trip) = (of(&it, "person"), of(&it, "trip"));
    let key = (it.article.clone(), gold());
    let moved = SetEditor::new(&it.corpus, key.clone()).respan(queen, at("Raja"));
    do_it(&mut it.corpus, moved);
    let (made, other) = SetEditor::new(&it.corpus, key.clone()).label(&"person".into(), at("Ratu"));
    do_it(&mut it.corpus, made);
    let mut filled = Annotation::clone(it.golden().get(trip).unwrap());
    for role in filled.roles.iter_mut().filter(|role| role.name == *"traveller") {
        role.filler = Filler::Annotation(other);
    }
    let before = it.golden().get(trip).cloned();
    let edit = Edit::new(key, before, Some(Arc::new(filled)));
    do_it(&mut it.corpus, Transaction { edits: vec![edit], ..Transaction::new("fill", &JURI.into()) });
    let kept = elements(Some(it.golden()));
    let review = it.open();
    premerge(&mut it.corpus, &review);
    let after = elements(Some(it.golden()));
    assert!(kept.is_subset(&after), "{:?}", kept.difference(&after));
}

#[test]
fn a_decision_is_taken_word_by_word() {
    for choice in [Choice::Adopt(0), Choice::Own(SlotValue::Attribute(vec!["COMPLETED".into()]))] {
        let mut it = Merged::new();
        it.each("trip", |editor, id| editor.attribute(&[id], &"status".into(), Some("Completed")));
        let (review, case) = it.one_case();
        decide(&mut it.corpus, &review, &case, choice.clone());
        let trip = it.golden().iter().find(|record| record.label == *"trip").unwrap();
        let expected = if choice == Choice::Adopt(0) { "Completed" } else { "COMPLETED" };
        assert_eq!(trip.attribute("status"), Some(expected));
        assert_eq!(it.open().cases, []);
    }
}

#[test]
fn a_merge_says_what_it_adds_what_stands_and_what_stands_otherwise() {
    let counted = |it: &Merged| {
        let review = it.open();
        let merge = review.premerge(&it.corpus, &JURI.into());
        let mut outcome = MergeOutcome::default();
        outcome.add(&it.corpus, &review, &merge);
        outcome
    };
    let mut it = Merged::new();
    let all_there = MergeOutcome { confirmed: 3, ..MergeOutcome::default() };
    assert_eq!(counted(&it), all_there);
    // A thing that all mark besides comes in; a value that all say otherwise does not.
    it.each("trip", |editor, id| editor.attribute(&[id], &"status".into(), Some("planned")));
    let mut random = Random::new(13, 0);
    for name in ["a", "b", "c"] {
        let other = record(&mut random, "place", at("Kota Awan"), name);
        let key = (it.article.clone(), Name::new(name));
        do_it(
            &mut it.corpus,
            Transaction {
                edits: vec![Edit::new(key, None, Some(Arc::new(other)))],
                ..Transaction::new("mark", &name.into())
            },
        );
    }
    let outcome = counted(&it);
    assert_eq!((outcome.added, outcome.confirmed, outcome.articles), (1, 2, 1));
    let [differing] = &outcome.differing[..] else { panic!("{outcome:?}") };
    assert_eq!((differing.stands.as_str(), differing.said.as_str()), ("completed", "planned"));
    assert_eq!(differing.slot, Slot::Attribute("status".into()));
    let review = it.open();
    premerge(&mut it.corpus, &review);
    assert_eq!((counted(&it).added, counted(&it).confirmed), (0, 3), "the trip is asked about");
}

#[test]
fn a_role_that_lacks_what_an_annotator_did_not_mark_is_not_asked_about_apart() {
    // A says something of a trip that B did not mark; C is like A, or like B.
    let mut random = Random::new(15, 0);
    let queen = record(&mut random, "person", at("Ratu"), "a");
    let harbour = record(&mut random, "place", at("Bandar Laut"), "a");
    let filled = |role: &str, by: &Annotation| Role { name: role.into(), filler: Filler::Annotation(by.id) };
    let trip = Annotation {
        roles: vec![filled("traveller", &queen), filled("destination", &harbour)],
        ..record(&mut random, "trip", at("tiba di"), "a")
    };
    let claim = Annotation {
        roles: vec![filled("claimant", &queen), filled("about", &trip)],
        ..record(&mut random, "claim", at("Raja"), "a")
    };
    let shorter = Annotation { roles: vec![filled("claimant", &queen)], ..claim.clone() };
    let whole = set(&[queen.clone(), harbour.clone(), trip, claim.clone()]);
    let less = set(&[queen.clone(), harbour.clone(), shorter]);
    let sets = |random: &mut Random, all: &[&AnnotationSet]| {
        let named = ["a", "b", "c"].into_iter().zip(all).map(|(name, set)| (name, renamed(random, set).0));
        corpus(TEXT, &named.collect::<Vec<_>>())
    };
    let about = |corpus: &Corpus, article: &ArticleId| {
        let golden = corpus.set(article, &gold()).unwrap();
        let claim = golden.iter().find(|record| record.label == *"claim").unwrap().clone();
        claim.fillers("about").count()
    };
    for third in [None, Some(&whole), Some(&less)] {
        for (choice, expected) in [(Choice::Adopt(0), 1), (Choice::Adopt(1), 0), (Choice::Nothing, 0)] {
            let all: Vec<&AnnotationSet> = [&whole, &less].into_iter().chain(third).collect();
            let names = &["a", "b", "c"][..all.len()];
            let (mut corpus, article) = sets(&mut random, &all);
            let review = open(&corpus, &article, names, Strategy::Unanimous);
            assert_eq!(review.cases.iter().map(|case| case.kind).collect::<Vec<_>>(), [CaseKind::Missing]);
            premerge(&mut corpus, &review);
            assert_eq!(about(&corpus, &article), 0, "nobody knows yet");
            let review = open(&corpus, &article, names, Strategy::Unanimous);
            decide(&mut corpus, &review, &review.cases[0], choice.clone());
            assert_eq!(about(&corpus, &article), expected, "{choice:?}");
            let review = open(&corpus, &article, names, Strategy::Unanimous);
            assert_eq!(review.cases, [], "{choice:?}");
            assert!(review.premerge(&corpus, &JURI.into()).is_empty(), "{choice:?}");
        }
    }
    // Whoever has the trip and says that the claim is about nothing says something.
    let other = Annotation { roles: vec![filled("claimant", &queen)], ..claim.clone() };
    let rest: Vec<Annotation> = whole.iter().map(|it| Annotation::clone(it)).filter(|it| it.id != claim.id).collect();
    let has_it = set(&[rest, vec![other]].concat());
    let (corpus, article) = sets(&mut random, &[&whole, &has_it]);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert_eq!(review.cases.iter().map(|case| case.kind).collect::<Vec<_>>(), [CaseKind::Role]);
    // So does whoever fills it with something else that the other lacks.
    let raja = record(&mut random, "trip", at("Kota Awan"), "a");
    let another = Annotation { roles: vec![filled("claimant", &queen), filled("about", &raja)], ..claim.clone() };
    let (corpus, article) = sets(&mut random, &[&whole, &set(&[queen, harbour, raja, another])]);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let mut kinds: Vec<CaseKind> = review.cases.iter().map(|case| case.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [CaseKind::Missing, CaseKind::Missing, CaseKind::Role]);
    // Of a majority nothing more is asked either.
    let (mut corpus, article) = sets(&mut random, &[&whole, &less, &less]);
    let most = Strategy::Majority { percent: 60, least: 2 };
    let review = open(&corpus, &article, &["a", "b", "c"], most);
    assert_eq!(review.cases, []);
    premerge(&mut corpus, &review);
    assert_eq!(about(&corpus, &article), 0);
}

#[test]
fn taking_out_is_a_decision_of_its_own_and_is_asked_about_once() {
    let mut it = Merged::new();
    it.each("trip", |editor, id| editor.attribute(&[id], &"status".into(), Some("planned")));
    let (review, case) = it.one_case();
    decide(&mut it.corpus, &review, &review.presence(case.unit), Choice::Nothing);
    assert!(!it.golden().iter().any(|record| record.label == *"trip"));
    assert_eq!(it.golden().len(), 2, "nothing else goes");
    assert_eq!(it.open().cases, [], "it is settled");
    assert!(it.open().premerge(&it.corpus, &JURI.into()).is_empty(), "a merge does not bring it back");
    // It is asked about again where somebody has it in other words by now.
    it.each("trip", |editor, id| editor.relabel(&[id], &"claim".into()));
    assert_eq!(it.open().cases.iter().map(|case| case.reopened).collect::<Vec<_>>(), [true]);
}

#[test]
fn gold_made_by_hand_is_done_with_the_last_case_and_not_counted_as_confirmed() {
    let mut random = Random::new(14, 0);
    let body = |random: &mut Random, label: &str, kind: &str| {
        let mut one = record(random, label, at("Ratu"), "a");
        one.set_attribute(&"kind".into(), Some(kind.into()));
        one
    };
    let sets = [
        ("a", set(&[body(&mut random, "organization", "media")])),
        ("b", set(&[body(&mut random, "place", "country")])),
        // Made by hand, with another kind; and a thing that nobody else has.
        ("gold", set(&[body(&mut random, "organization", "other"), record(&mut random, "person", at("Raja"), "juri")])),
    ];
    let (mut corpus, article) = corpus(TEXT, &sets);
    let progress = Edit::progress((article.clone(), gold()), Progress::Done, Progress::InProgress);
    do_it(&mut corpus, Transaction { edits: vec![progress], ..Transaction::new("begin", &JURI.into()) });
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let case = review.cases.iter().find(|case| case.kind == CaseKind::Label).unwrap();
    decide(&mut corpus, &review, case, Choice::Adopt(0));
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert_eq!(review.cases, []);
    assert_eq!(corpus.set(&article, &gold()).unwrap().progress(), Progress::Done);
    let mut outcome = MergeOutcome::default();
    outcome.add(&corpus, &review, &review.premerge(&corpus, &JURI.into()));
    assert_eq!((outcome.added, outcome.confirmed), (0, 0), "neither record is as annotators have it");
}

#[test]
fn a_merge_counts_what_goes_by_a_decision_by_itself() {
    let mut it = Merged::new();
    let review = it.open();
    let unit = review.units.iter().position(|unit| unit.frame).unwrap();
    let trip = it.golden().iter().find(|record| record.label == *"trip").unwrap().clone();
    decide(&mut it.corpus, &review, &review.presence(unit), Choice::Nothing);
    // Another copy of the project still had it, and both were brought together.
    let back = Edit::new((it.article.clone(), gold()), None, Some(trip));
    do_it(&mut it.corpus, Transaction { edits: vec![back], ..Transaction::new("bring together", &JURI.into()) });
    let review = it.open();
    let mut outcome = MergeOutcome::default();
    outcome.add(&it.corpus, &review, &review.premerge(&it.corpus, &JURI.into()));
    assert_eq!((outcome.added, outcome.confirmed, outcome.removed), (0, 2, 1));
}
