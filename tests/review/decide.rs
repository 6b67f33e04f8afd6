//! Decisions and what they leave behind.

use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::edit::{SetEditor, Transaction};
use jejak::ingest::Draft;
use jejak::model::{Annotation, ArticleId, Corpus, Filler, Id, Name, Progress, Record, Role, Slot, Via};
use jejak::review::{Case, CaseKind, Choice, Review, Ruling, SlotValue, State, Strategy};
use jejak::store::{Access, Session, set_from_ron, set_to_ron};

use super::build::{TEXT, at, corpus, do_it, gold, open, record, renamed, schema, set};

/// A queen, a king, two places and a trip, in that order.
fn first(random: &mut Random) -> Vec<Annotation> {
    let queen = record(random, "person", at("Ratu"), "a");
    let king = record(random, "person", at("Raja"), "a");
    let harbour = record(random, "place", at("Bandar Laut"), "a");
    let city = record(random, "place", at("Kota Awan"), "a");
    let mut trip = record(random, "trip", at("tiba di"), "a");
    trip.set_attribute(&"status".into(), Some("completed".into()));
    for (role, filler) in [("traveller", &queen), ("destination", &harbour), ("origin", &city)] {
        trip.roles.push(Role { name: role.into(), filler: Filler::Annotation(filler.id) });
    }
    vec![queen, king, harbour, city, trip]
}

fn ruling(choice: Choice) -> Ruling {
    Ruling { choice, by: "juri".into(), reason: "guideline".into(), gap: "titles".into() }
}

fn case_of(review: &Review, kind: CaseKind) -> Case {
    *review.cases.iter().find(|case| case.kind == kind).unwrap()
}

/// Two annotators who differ in one case of every kind: b has no "Kota Awan" but a longer "Raja", another status, another
/// traveller, and takes the harbour for an organization and the queen for someone else.
fn differing(random: &mut Random) -> (Corpus, ArticleId, Vec<Annotation>, Vec<Annotation>) {
    let mut ours = first(random);
    for (record, of) in ours.iter_mut().zip(["ra", "rb", "rc", "rd"]) {
        record.referent = Some(of.parse().unwrap());
    }
    let (same, ids) = renamed(random, &set(&ours));
    let mut theirs: Vec<Annotation> =
        ours.iter().map(|one| Annotation::clone(same.get(ids[&one.id]).unwrap())).collect();
    theirs[1].at = at("Raja berangkat");
    theirs[2].label = "organization".into();
    theirs[0].referent = theirs[1].referent;
    let (queen, king, city) = (theirs[0].id, theirs[1].id, theirs[3].id);
    theirs[4].set_attribute(&"status".into(), Some("planned".into()));
    theirs[4].roles.retain(|role| role.filler != Filler::Annotation(city));
    for role in theirs[4].roles.iter_mut().filter(|role| role.filler == Filler::Annotation(queen)) {
        role.filler = Filler::Annotation(king);
    }
    theirs.remove(3);
    let (corpus, article) = corpus(TEXT, &[("a", set(&ours)), ("b", set(&theirs))]);
    (corpus, article, ours, theirs)
}

#[test]
fn every_kind_of_difference_is_one_case_and_one_decision() {
    let (mut corpus, article, _, theirs) = differing(&mut Random::new(3, 0));
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let kinds: Vec<CaseKind> = review.queue(jejak::review::Order::Reading).iter().map(|case| case.kind).collect();
    use CaseKind::{Attribute, Boundary, Identity, Label, Missing, Role};
    assert_eq!(kinds, [Attribute, Role, Role, Label, Boundary, Identity, Missing]);
    for case in &review.cases {
        let row = review.row(case);
        assert_eq!(row.readings.iter().map(|reading| reading.by.clone()).collect::<Vec<_>>(), [vec![0], vec![1]]);
    }
    let before = corpus.clone();
    let mut done: Vec<Transaction> = vec![do_it(&mut corpus, review.premerge(&before, &"juri".into()))];
    for left in (0..7).rev() {
        let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
        let transaction = review.decide(&corpus, &review.cases[0], &ruling(Choice::Adopt(1)));
        done.push(do_it(&mut corpus, transaction));
        assert_eq!(open(&corpus, &article, &["a", "b"], Strategy::Unanimous).cases.len(), left);
    }
    let golden = corpus.set(&article, &gold()).unwrap();
    assert_eq!(golden.len(), theirs.len(), "b had no city, and was right");
    let adopted = |record: &Arc<Annotation>| match &record.origin.via {
        Via::Decision { adopted, .. } => adopted.contains(&"b".into()),
        _ => false,
    };
    assert!(golden.iter().all(adopted));
    let reasons: Vec<_> = golden.decisions().values().map(|decision| decision.origin.clone()).collect();
    assert_eq!(reasons.len(), 7);
    assert!(reasons.iter().all(|origin| origin.by == "juri"
        && origin.via
            == Via::Decision { adopted: vec!["b".into()], reason: "guideline".into(), gap: "titles".into() }));
    assert_eq!(open(&corpus, &article, &["b", "gold"], Strategy::Unanimous).cases, [], "gold is what b says");

    // Files keep all of it, and undo takes all of it back.
    let text = corpus.text(&article).unwrap();
    let key = (article.clone(), gold());
    let file = set_to_ron(&key, golden, text);
    assert_eq!(file.lines().filter(|line| line.contains("slot: ")).count(), 7, "{file}");
    let (read, problems) = set_from_ron(&key, &file, text, &schema()).unwrap();
    assert_eq!((&read, problems.len()), (golden, 0));
    for transaction in done.iter().rev() {
        transaction.inverse().apply(&mut corpus).unwrap();
    }
    assert!(corpus.set(&article, &gold()).unwrap().is_empty());
    assert!(corpus.set(&article, &gold()).unwrap().decisions().is_empty());
    assert_eq!(corpus.set(&article, &gold()).unwrap().progress(), Progress::New);
}

#[test]
fn a_card_shows_equal_slots_once_and_the_others_by_who_says_them() {
    let (corpus, article, ..) = differing(&mut Random::new(3, 0));
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let trip = review.units.iter().position(|unit| unit.frame).unwrap();
    let card = review.card(&corpus, trip);
    assert_eq!((card.title.as_str(), card.place), ("trip \"tiba di\"", Some(at("tiba di")[0])));
    let row = |slot: Slot| card.rows.iter().find(|row| row.slot == slot).unwrap();
    let said = |slot: Slot| row(slot).readings.iter().map(|it| (it.by.clone(), it.said.clone())).collect::<Vec<_>>();
    assert_eq!(said(Slot::Label), [(vec![0, 1], "trip".into())]);
    assert_eq!(row(Slot::Label).case, None);
    assert_eq!(said(Slot::Attribute("status".into())), [(vec![0], "completed".into()), (vec![1], "planned".into())]);
    assert_eq!(said(Slot::Role("origin".into())), [(vec![0], "place \"Kota Awan\"".into()), (vec![1], String::new())]);
    assert_eq!(said(Slot::Role("destination".into())).len(), 1, "what it is called is another question");
    let case = &review.cases[row(Slot::Role("origin".into())).case.unwrap()];
    let entry = review.entry(&corpus, case);
    assert_eq!((entry.title.as_str(), entry.kind, entry.agreement), ("trip \"tiba di\"", CaseKind::Role, 0.5));
}

#[test]
fn what_was_decided_is_asked_again_only_where_its_inputs_changed() {
    let (mut corpus, article, ours, theirs) = differing(&mut Random::new(4, 0));
    let own = SlotValue::Extent(at("Raja berangkat dari"));
    let choices: [(CaseKind, Choice); 7] = [
        (CaseKind::Missing, Choice::Nothing),
        (CaseKind::Boundary, Choice::Own(own)),
        (CaseKind::Label, Choice::Adopt(1)),
        (CaseKind::Attribute, Choice::Nothing),
        (CaseKind::Role, Choice::Adopt(0)),
        (CaseKind::Role, Choice::Adopt(0)),
        (CaseKind::Identity, Choice::Adopt(0)),
    ];
    for (kind, choice) in choices {
        let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
        let transaction = review.decide(&corpus, &case_of(&review, kind), &ruling(choice));
        do_it(&mut corpus, transaction);
    }
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert_eq!(review.cases, []);
    assert!(review.premerge(&corpus, &"juri".into()).is_empty());
    let golden = corpus.set(&article, &gold()).unwrap();
    assert_eq!(golden.len(), 4);
    let trip = golden.iter().find(|record| record.label == *"trip").unwrap();
    assert_eq!(trip.attribute("status"), None);
    assert_eq!(trip.fillers("origin").count(), 0, "nothing is there that could fill it");
    assert!(golden.iter().any(|record| record.at == at("Raja berangkat dari")));
    let kept = golden.clone();

    // b thinks again about one attribute: that one case is open again, and the decision made anew takes the old one's place.
    let b = (article.clone(), Name::new("b"));
    let changed = SetEditor::new(&corpus, b).attribute(&[theirs[3].id], &"status".into(), Some("cancelled"));
    do_it(&mut corpus, changed);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let again: Vec<_> = review.cases.iter().map(|case| (&review.row(case).slot, case.reopened)).collect();
    assert_eq!(again, [(&Slot::Attribute("status".into()), true)]);
    assert!(review.premerge(&corpus, &"juri".into()).is_empty());
    assert_eq!(corpus.set(&article, &gold()).unwrap(), &kept);
    let transaction = review.decide(&corpus, &review.cases[0], &ruling(Choice::Adopt(1)));
    do_it(&mut corpus, transaction);
    assert_eq!(open(&corpus, &article, &["a", "b"], Strategy::Unanimous).cases, []);
    let golden = corpus.set(&article, &gold()).unwrap();
    assert_eq!(golden.decisions().len(), 7);
    assert_eq!(golden.iter().find(|it| it.label == *"trip").unwrap().attribute("status"), Some("cancelled"));
    let kept = golden.clone();

    // b thinks again about the words: the king is not even in the same place any more, so each side lacks the other's.
    let b = (article.clone(), Name::new("b"));
    let moved = SetEditor::new(&corpus, b.clone()).respan(theirs[1].id, at("berangkat"));
    do_it(&mut corpus, moved);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let again: Vec<_> = review.cases.iter().map(|case| (&review.row(case).slot, case.reopened)).collect();
    assert_eq!(again, [(&Slot::Presence, false), (&Slot::Extent, true), (&Slot::Presence, false)]);
    let merged = review.premerge(&corpus, &"juri".into());
    do_it(&mut corpus, merged);
    assert_eq!(corpus.set(&article, &gold()).unwrap(), &kept, "what was decided stands until it is decided again");

    // A note is no reading; neither is a record that comes back under another id.
    let noted = SetEditor::new(&corpus, b.clone()).note(theirs[0].id, "lihat paragraf 1");
    do_it(&mut corpus, noted);
    let a = (article.clone(), Name::new("a"));
    let gone = SetEditor::new(&corpus, a.clone()).delete(&[ours[3].id]);
    do_it(&mut corpus, gone);
    let (back, _) = SetEditor::new(&corpus, a).label(&"place".into(), at("Kota Awan"));
    do_it(&mut corpus, back);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert!(
        review
            .cases
            .iter()
            .all(|case| case.kind != CaseKind::Missing || review.units[case.unit].place != Some(at("Kota Awan")[0]))
    );
}

#[test]
fn what_the_adjudicator_makes_by_hand_is_left_alone() {
    let (mut corpus, article, ours, _) = differing(&mut Random::new(5, 0));
    let review = open(&corpus, &article, &["a", "b"], Strategy::Prefer("a".into()));
    assert_eq!(review.cases, []);
    let merged = review.premerge(&corpus, &"juri".into());
    do_it(&mut corpus, merged);
    assert_eq!(corpus.set(&article, &gold()).unwrap().len(), ours.len());
    fn editor<'a>(corpus: &'a Corpus, article: &ArticleId) -> SetEditor<'a> {
        SetEditor { by: "juri".into(), ..SetEditor::new(corpus, (article.clone(), gold())) }
    }
    let king = corpus.set(&article, &gold()).unwrap().iter().find(|it| it.at == at("Raja")).unwrap().id;
    let (added, _) = editor(&corpus, &article).label(&"date".into(), at("hari Senin"));
    do_it(&mut corpus, added);
    let longer = editor(&corpus, &article).respan(king, at("Raja berangkat dari Kota Awan"));
    do_it(&mut corpus, longer);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Prefer("a".into()));
    assert!(review.premerge(&corpus, &"juri".into()).is_empty());
    // Said to be right as it stands, it closes the case of a review that asks.
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let case = case_of(&review, CaseKind::Boundary);
    let decided = review.decide(&corpus, &case, &ruling(Choice::AsItStands));
    do_it(&mut corpus, decided);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert!(review.cases.iter().all(|case| case.kind != CaseKind::Boundary));
    assert_eq!(corpus.annotation(&article, &gold(), king).unwrap().at, at("Raja berangkat dari Kota Awan"));
}

#[test]
fn majorities_need_their_share_and_their_number() {
    let random = &mut Random::new(6, 0);
    let person = |random: &mut Random, label: &str| set(&[record(random, label, at("Ratu"), "a")]);
    let sets = [
        ("a", person(random, "person")),
        ("b", person(random, "person")),
        ("c", person(random, "organization")),
        ("d", set(&[])),
    ];
    let (corpus, article) = corpus(TEXT, &sets);
    let cases = |strategy: Strategy, names: &[&str]| -> Vec<CaseKind> {
        open(&corpus, &article, names, strategy).cases.iter().map(|case| case.kind).collect()
    };
    let majority = |percent, least| Strategy::Majority { percent, least };
    let all = ["a", "b", "c", "d"];
    use CaseKind::{Label, Missing};
    assert_eq!(cases(Strategy::Unanimous, &all), [Missing, Label]);
    assert_eq!(cases(majority(60, 2), &all), []);
    assert_eq!(cases(majority(70, 2), &all), [Label]);
    assert_eq!(cases(majority(60, 3), &all), [Label]);
    assert_eq!(cases(majority(50, 1), &["a", "d"]), [Missing], "one to one is no majority");
    assert_eq!(cases(Strategy::Prefer("d".into()), &all), []);
    let absent = open(&corpus, &article, &all, Strategy::Prefer("d".into()));
    assert_eq!(absent.units[0].states[1], State::NotApplicable);
    let nothing = absent.premerge(&corpus, &"juri".into()).edits;
    assert!(
        matches!(&nothing[..], [edit] if edit.after == Record::progress(Progress::Done)),
        "nothing is there, and that is decided"
    );
}

fn draft(title: &str, text: &str) -> Draft {
    Draft {
        text: text.into(),
        title: title.into(),
        language: Some("id".into()),
        source: format!("{title}.txt"),
        ..Draft::default()
    }
}

#[test]
fn decisions_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("perjalanan");
    Session::create(&dir, "Perjalanan", schema()).unwrap();
    let (built, ..) = differing(&mut Random::new(7, 0));
    let article = ArticleId::numbered(0);
    for name in ["a", "b"] {
        let mut session = Session::open(&dir, &name.into(), Access::Write).unwrap();
        if name == "a" {
            session.add_articles(vec![draft("Ratu", TEXT)]).unwrap();
        }
        let mut transaction = Transaction::new("mark", &name.into());
        let set = (article.clone(), Name::new(name));
        for record in built.set(&article, &name.into()).unwrap().iter() {
            transaction.edits.push(jejak::edit::Edit::new(set.clone(), None, Some(record.clone())));
        }
        session.commit(transaction).unwrap();
        session.close().unwrap();
    }
    let names = ["a".into(), "b".into(), gold()];
    let start = || {
        let mut session = Session::open(&dir, &gold(), Access::Write).unwrap();
        session.load(&article, &names).unwrap();
        session
    };
    let mut session = start();
    let count = open(session.corpus(), &article, &["a", "b"], Strategy::Unanimous).cases.len();
    for _ in 0..count - 1 {
        let review = open(session.corpus(), &article, &["a", "b"], Strategy::Unanimous);
        let transaction = review.decide(session.corpus(), &review.cases[0], &ruling(Choice::Adopt(0)));
        session.commit(transaction).unwrap();
    }
    session.undo().unwrap();
    let before = session.corpus().set(&article, &gold()).unwrap().clone();
    session.close().unwrap();
    let mut session = start();
    assert_eq!(session.corpus().set(&article, &gold()).unwrap(), &before);
    assert_eq!(open(session.corpus(), &article, &["a", "b"], Strategy::Unanimous).cases.len(), 2);
    session.redo().unwrap();
    assert_eq!(open(session.corpus(), &article, &["a", "b"], Strategy::Unanimous).cases.len(), 1);
    assert_eq!(session.problems(), []);
    let ids: Vec<Id> = session.corpus().set(&article, &gold()).unwrap().decisions().keys().copied().collect();
    assert_eq!(ids.len(), count - 1);
}

#[test]
fn what_two_people_decided_apart_from_each_other_is_asked_again_where_they_differ() {
    let (base, article, ..) = differing(&mut Random::new(8, 0));
    let decide = |corpus: &Corpus, voter: usize| {
        let review = open(corpus, &article, &["a", "b"], Strategy::Unanimous);
        review.decide(corpus, &case_of(&review, CaseKind::Attribute), &ruling(Choice::Adopt(voter)))
    };
    // Git takes the new decisions of both sides, and keeps one side's record.
    let both = |first: usize, second: usize| {
        let mut corpus = base.clone();
        do_it(&mut corpus, decide(&base, first));
        let mut other = decide(&base, second);
        other.edits.retain(|edit| edit.sides::<jejak::model::Decision>().is_some());
        do_it(&mut corpus, other);
        assert_eq!(corpus.set(&article, &gold()).unwrap().decisions().len(), 2);
        corpus
    };
    let attributes = |review: &Review| -> Vec<(bool, bool)> {
        let cases = review.cases.iter().filter(|case| case.kind == CaseKind::Attribute);
        cases.map(|case| (case.reopened, review.decided_twice(case))).collect()
    };
    let same = both(1, 1);
    assert_eq!(attributes(&open(&same, &article, &["a", "b"], Strategy::Unanimous)), []);
    let mut corpus = both(0, 1);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert_eq!(attributes(&review), [(true, true)]);
    let again = review.decide(&corpus, &case_of(&review, CaseKind::Attribute), &ruling(Choice::Adopt(0)));
    do_it(&mut corpus, again);
    assert_eq!(attributes(&open(&corpus, &article, &["a", "b"], Strategy::Unanimous)), []);
    let golden = corpus.set(&article, &gold()).unwrap();
    assert_eq!(golden.decisions().len(), 1, "one decision counts from then on");
}

#[test]
fn a_draft_puts_a_whole_reading_there_and_decides_nothing() {
    let (mut corpus, article, ..) = differing(&mut Random::new(9, 0));
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let before = review.cases.len();
    let case = case_of(&review, CaseKind::Boundary);
    let draft = review.draft(&corpus, case.unit, 1, &"juri".into());
    let id = draft.focus.as_ref().unwrap().annotation.unwrap();
    do_it(&mut corpus, draft.clone());
    let golden = corpus.set(&article, &gold()).unwrap();
    assert_eq!(golden.get(id).unwrap().at, at("Raja berangkat"));
    assert!(golden.decisions().is_empty());
    assert_eq!(open(&corpus, &article, &["a", "b"], Strategy::Unanimous).cases.len(), before);
    draft.inverse().apply(&mut corpus).unwrap();
    assert!(corpus.set(&article, &gold()).unwrap().is_empty());
}
