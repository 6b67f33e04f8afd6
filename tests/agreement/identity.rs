//! MUC, B³, CEAF, BLANC and LEA.

use super::common::shared;
use super::{close, list, number, parsed, same_prf};
use jejak::agreement::Prf;
use jejak::agreement::identity::{IdentityScores, identity};
use serde_json::Value;
use std::collections::HashMap;

/// Clusters written as words whose letters are mentions.
fn clusters(text: &str) -> Vec<Vec<u32>> {
    text.split_whitespace().map(|word| word.chars().map(u32::from).collect()).collect()
}

fn score(scores: &IdentityScores, name: &str) -> Prf {
    match name {
        "bcub" => scores.b_cubed,
        "muc" => scores.muc,
        "ceafm" => scores.ceaf_m,
        "ceafe" => scores.ceaf_e,
        "blanc_same" => scores.blanc_same,
        "blanc_other" => scores.blanc_other,
        "lea" => scores.lea,
        _ => panic!("no score {name}"),
    }
}

#[test]
fn the_reference_scorers_own_cases() {
    let mut cases = 0;
    for line in include_str!("../data/agreement/identity.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split(" | ");
        let (Some(case), Some(gold), Some(predicted)) = (fields.next(), fields.next(), fields.next()) else {
            panic!("not a case: {line}");
        };
        let scores = identity(&clusters(gold), &clusters(predicted));
        for field in fields {
            let words: Vec<&str> = field.split_whitespace().collect();
            let sums = score(&scores, words[0]);
            for (found, expected) in [(sums.recall(), words[1]), (sums.precision(), words[2])] {
                if let Some((part, whole)) = expected.split_once('/') {
                    let value = |text: &str| text.parse::<f64>().expect("a number");
                    close(found.expect("defined"), value(part) / value(whole), 1e-9, &format!("{case} {field}"));
                }
            }
        }
        cases += 1;
    }
    assert_eq!(cases, 35);
}

#[test]
fn blanc_and_the_conll_average() {
    let f1 = |recall: f64, precision: f64| 2.0 * recall * precision / (recall + precision);
    let of = |gold: &str, predicted: &str| identity(&clusters(gold), &clusters(predicted));
    close(of("ab cde", "bcx de").blanc().expect("defined"), 7.0 / 24.0, 1e-9, "both kinds of pairs");
    close(of("abcdef", "ab cde f").blanc().expect("defined"), f1(4.0 / 15.0, 1.0), 1e-9, "gold is one cluster");
    close(of("a b c d e f", "ab cde f").blanc().expect("defined"), f1(11.0 / 15.0, 1.0), 1e-9, "gold is all single");
    let mean = (1.0 / 3.0 + f1(5.0 / 9.0, 17.0 / 42.0) + f1(2.2 / 3.0, 2.2 / 4.0)) / 3.0;
    close(of("a bc def", "a bcx dy z").conll().expect("defined"), mean, 1e-9, "the mean of three");
}

#[test]
fn clusters_of_real_articles() {
    let Some(folder) = shared("fixtures/events") else { return };
    let lines = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(folder.join(name)).expect("a fixture");
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    };
    let mut sum = IdentityScores::default();
    for (gold, predicted) in lines("wikievents_gold.jsonl").iter().zip(&lines("wikievents_pred.jsonl")) {
        let mut ids = HashMap::new();
        let mut clusters = |article: &Value| -> Vec<Vec<u32>> {
            let mut mention = |span: &Value| {
                let next = ids.len() as u32;
                *ids.entry((number(&span[0]), number(&span[1]))).or_insert(next)
            };
            list(&article["clusters"]).iter().map(|cluster| list(cluster).iter().map(&mut mention).collect()).collect()
        };
        let (gold, predicted) = (clusters(gold), clusters(predicted));
        sum += &identity(&gold, &predicted);
    }
    let reference = parsed(&folder.join("events_ref.json"));
    same_prf(sum.muc, &reference["coref_muc"], "MUC");
    same_prf(sum.ceaf_e, &reference["coref_ceaf_phi4"], "CEAF φ₄");
}
