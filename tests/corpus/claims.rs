//! Pairs of claims: those that people found to go together are reached, and what was judged is not asked again.

use std::collections::BTreeSet;

use jejak::corpus::{Claims, Index, PairPart, TripKey};
use jejak::edit::Standing;
use jejak::model::{Id, Judgement, Judgements, Verdict};
use serde_json::Value as Json;

use super::common::shared;
use super::project::{Marks, id, origin, project, referents};
use super::seeds::{corpus, maker};

/// A claim of the reference as its relations name it: `000-C1` is the first one of 000.
fn frame_of(name: &str) -> String {
    let (article, number) = name.split_once("-C").unwrap();
    format!("{article}-fc{}", number.parse::<usize>().unwrap() - 1)
}

#[test]
fn pairs_reach_what_readers_found() {
    let dir = tempfile::tempdir().unwrap();
    let (Some(corpus), Some(gold)) = (corpus(dir.path()), shared("seeds/gold.json")) else { return };
    let index = Index::of(&corpus, &maker());
    let claims = Claims::of(&index, &|_| true);
    let called = |at: usize| {
        let item = claims.all[at].frames[0];
        format!("{}-{}", index.digest_of(item).article.id, index.frame(item).unwrap().id)
    };
    let pairs = claims.pairs(&Standing::default());
    let order = |one: String, other: String| if one <= other { (one, other) } else { (other, one) };
    let found: Vec<(String, String)> = pairs.iter().map(|pair| order(called(pair.of.0), called(pair.of.1))).collect();
    let gold: Json = serde_json::from_str(&std::fs::read_to_string(gold).unwrap()).unwrap();
    let relations = gold["claim_relations"].as_array().unwrap();
    let wanted: BTreeSet<(String, String)> = relations
        .iter()
        .map(|it| order(frame_of(it["a"].as_str().unwrap()), frame_of(it["b"].as_str().unwrap())))
        .collect();
    let missed: Vec<_> = wanted.iter().filter(|pair| !found.contains(pair)).collect();
    let ranks: Vec<usize> = wanted.iter().filter_map(|pair| found.iter().position(|it| it == pair)).collect();
    println!("{} pairs, missed {missed:?}, ranks {ranks:?}", found.len());
    // All of them, in a list that is short beside all pairs that there are.
    assert!(missed.is_empty(), "{missed:?} of {} pairs", found.len());
    assert!(found.len() * 10 <= claims.all.len() * (claims.all.len() - 1) / 2, "{} pairs", found.len());
}

#[test]
fn opposite_claims_come_first_and_copies_of_a_report_count_once() {
    let dir = tempfile::tempdir().unwrap();
    let report =
        "Ratu Sari berkata bahwa kapal berangkat hari ini dari Bandar Laut menuju Pulau Karang dengan dua puluh awak.";
    let mut session = project(
        dir.path(),
        &[
            ("Kabar Laut", "2031-03-02", &format!("Pagi. {report}")),
            ("Warta Kota", "2031-03-02", &format!("Siang. {report}")),
            ("Berita Desa", "2031-03-03", "Menurut Ratu Sari kapal tidak berangkat dari Bandar Laut."),
        ],
    );
    let all = [("rs", "person", "Ratu Sari"), ("c1", "claim", "berangkat"), ("c2", "claim", "tidak berangkat")];
    referents(&mut session, &all);
    for (article, words, referent, polarity) in [
        (0, "kapal berangkat hari ini", "c1", "positive"),
        (1, "kapal berangkat hari ini", "c1", "positive"),
        (2, "kapal tidak berangkat", "c2", "negative"),
    ] {
        Marks::of(&mut session, article)
            .words("m1", "person", "Ratu Sari", "rs")
            .words("f1", "claim", words, referent)
            .with("polarity", polarity)
            .fill("claimant", "m1")
            .done();
    }
    let index = Index::of(session.corpus(), &"a".into());
    let claims = Claims::of(&index, &|_| true);
    assert_eq!(claims.all.len(), 2);
    let pairs = claims.pairs(&Standing::default());
    assert_eq!(pairs.len(), 1);
    assert_eq!((pairs[0].part, pairs[0].proposed), (PairPart::Opposite, Some(Verdict::Contradicts)));
    assert_eq!(pairs[0].common, ["berangkat", "kapal"]);
    let referent = |at: usize| match claims.all[at].key {
        TripKey::Joined(id) => id,
        TripKey::Frame(_) => Id::LEAST,
    };
    let judgement = Judgement::new((referent(pairs[0].of.0), referent(pairs[0].of.1)), Verdict::Contradicts, origin());
    let judgements: Judgements = [(id("j1"), judgement.into())].into();
    let standing = Standing::of(&judgements);
    assert_eq!(claims.pairs(&standing)[0].part, PairPart::Judged(Verdict::Contradicts));
    let lines = claims.lines(&index, &standing);
    let shown: Vec<_> = lines.iter().map(|line| (line.articles.len(), line.publishers, line.contradicts)).collect();
    assert_eq!(shown, [(2, 1, 1), (1, 1, 1)]);
}
