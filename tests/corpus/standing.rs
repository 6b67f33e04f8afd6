//! Judgements followed through: random ones stay consistent, and those that contradict are named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jejak::edit::Standing;
use jejak::model::{Filler, Id, Judgement, Judgements, Referent, Referents, Role, Timestamp, Verdict};
use proptest::prelude::*;

use super::project::{id, origin, project, referents};

fn referent(at: usize) -> Id {
    id(&format!("r{at}"))
}

fn judgement(called: usize, one: usize, other: usize, verdict: Verdict) -> Arc<Judgement> {
    let at = Timestamp::from_seconds(called as i64);
    let new = Judgement::new((referent(one), referent(other)), verdict, jejak::model::Origin { at, ..origin() });
    Arc::new(Judgement { id: id(&format!("j{called}")), ..new })
}

fn said(all: &[(usize, usize, Verdict)]) -> Judgements {
    let one = |(called, (one, other, verdict)): (usize, &(usize, usize, Verdict))| {
        let judgement = judgement(called, *one, *other, *verdict);
        (judgement.id, judgement)
    };
    all.iter().enumerate().map(one).collect()
}

#[test]
fn roles_of_referents_count_where_nobody_judged_the_two() {
    let stating = |at: usize, role: &str, of: usize| {
        let mut one = Referent { id: referent(at), ..Referent::new(&"claim".into(), "", origin()) };
        one.roles.push(Role { name: role.into(), filler: Filler::Annotation(referent(of)) });
        (one.id, Arc::new(one))
    };
    let referents: Referents =
        [stating(1, "same-as", 2), stating(3, "contradicts", 2), stating(4, "supports", 1), stating(5, "about", 1)]
            .into();
    let judged = said(&[(4, 1, Verdict::Unrelated)]);
    let standing = Standing::with_roles(&judged, &referents);
    let between = |one, other| standing.between(referent(one), referent(other));
    assert_eq!(between(1, 2), Some(Verdict::Same));
    assert_eq!(between(1, 3), Some(Verdict::Contradicts), "what is said of one holds of all that are it");
    assert_eq!(between(2, 4), Some(Verdict::Unrelated), "the judgement counts, not the role");
    assert_eq!(between(5, 1), None);
    let pairs: BTreeSet<(Id, Id)> = standing.pairs().collect();
    assert_eq!(pairs.len(), 3);
    assert_eq!(standing.denial(referent(2), referent(4)), Some(id("j0")));
    assert_eq!(standing.denial(referent(1), referent(3)), None, "no judgement says so");
}

#[test]
fn a_judgement_that_contradicts_others_is_refused_with_all_that_stand_against_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[("Kabar Laut", "2031-03-02", "Ratu Sari tiba.")]);
    referents(&mut session, &[("r1", "person", "Ratu"), ("r2", "person", "Sari"), ("r3", "person", "Ratu Sari")]);
    for (one, other) in [(1, 2), (2, 3)] {
        let same =
            jejak::edit::judge(session.corpus(), &"a".into(), (referent(one), referent(other)), Verdict::Same, "");
        session.commit(same.unwrap()).unwrap();
    }
    let refusal = |verdict| {
        let of = (referent(1), referent(3));
        jejak::edit::judge(session.corpus(), &"a".into(), of, verdict, "").err().map(|why| why.to_string())
    };
    let why = refusal(Verdict::NotSame).unwrap();
    let parts = ["\"Ratu\" and \"Ratu Sari\" cannot be called", "\"Ratu\" and \"Sari\"", "\"Sari\" and \"Ratu Sari\""];
    assert!(parts.iter().all(|part| why.contains(part)), "{why}");
    assert_eq!(refusal(Verdict::Same), None);
    session.close().unwrap();
}

#[test]
fn what_follows_is_known_and_what_contradicts_is_named() {
    let all = said(&[(1, 2, Verdict::Same), (2, 3, Verdict::Same), (4, 5, Verdict::Same), (3, 4, Verdict::NotSame)]);
    let standing = Standing::of(&all);
    let between = |one, other| standing.between(referent(one), referent(other));
    assert_eq!(between(1, 3), Some(Verdict::Same));
    assert_eq!(between(1, 5), Some(Verdict::NotSame));
    assert_eq!(between(1, 6), None);
    let chain = |one, other, verdict| {
        let chain = standing.chain(referent(one), referent(other), verdict);
        chain.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(chain(1, 5, Verdict::Same), "j0 j1 j3 j2");
    assert_eq!(chain(1, 3, Verdict::NotSame), "j0 j1");
    assert_eq!(chain(1, 2, Verdict::NotSame), "", "one judgement alone may be made anew");
    assert_eq!(chain(3, 4, Verdict::Same), "");
    assert_eq!(chain(1, 6, Verdict::Same), "");
    let claims = said(&[(1, 2, Verdict::Same), (2, 3, Verdict::Supports), (2, 3, Verdict::Contradicts)]);
    assert_eq!(
        Standing::of(&claims).between(referent(1), referent(3)),
        Some(Verdict::Contradicts),
        "the last one counts"
    );
}

proptest! {
    /// Random judgements, of which those that contradict are refused: what is the same is so in every direction and over any
    /// number of steps, and nothing that was denied is the same.
    #[test]
    fn judgements_are_followed_through(
        asked in prop::collection::vec((0..8_usize, 0..8_usize, prop::sample::select(Verdict::ALL.to_vec())), 0..40),
    ) {
        let mut kept: BTreeMap<Id, Arc<Judgement>> = BTreeMap::new();
        for (at, (one, other, verdict)) in asked.into_iter().enumerate().filter(|(_, (one, other, _))| one != other) {
            let standing = Standing::of(&kept);
            let chain = standing.chain(referent(one), referent(other), verdict);
            let new = judgement(at, one, other, verdict);
            if chain.is_empty() {
                // As it is done: one judgement about two referents counts.
                kept.retain(|_, old| old.pair() != new.pair());
                kept.insert(new.id, new);
            } else {
                // The judgements that are named are there, and lead from one to the other.
                let mut at = BTreeSet::from([referent(one)]);
                for by in &chain {
                    let of = kept[by].of;
                    prop_assert!(at.contains(&of.0) || at.contains(&of.1));
                    at.extend([of.0, of.1]);
                }
                prop_assert!(at.contains(&referent(other)));
            }
            let standing = Standing::of(&kept);
            let same = |one, other| standing.between(referent(one), referent(other)) == Some(Verdict::Same);
            for one in 0..8 {
                prop_assert!(same(one, one));
                for other in 0..8 {
                    let (a, b) = (referent(one), referent(other));
                    prop_assert_eq!(standing.between(a, b), standing.between(b, a));
                    for third in 0..8 {
                        prop_assert!(!(same(one, other) && same(other, third)) || same(one, third));
                    }
                }
            }
            for it in kept.values().filter(|it| it.verdict.denies_identity()) {
                prop_assert_ne!(standing.between(it.of.0, it.of.1), Some(Verdict::Same));
            }
            for it in kept.values().filter(|it| it.verdict == Verdict::Same) {
                prop_assert_eq!(standing.between(it.of.0, it.of.1), Some(Verdict::Same));
            }
        }
    }
}
