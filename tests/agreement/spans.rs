//! Scores of spans, and token-level coefficients over the same spans.

use super::common::shared;
use super::{close, entries, fixture, list, number, parsed, units};
use jejak::agreement::items::Ratings;
use jejak::agreement::spans::{MatchRule, Pairing, SpanCounts, SpanScores, span_scores, span_scores_of};
use jejak::agreement::unit::{TokenLabels, token_labels};
use jejak::agreement::{Prf, Unit};
use serde_json::Value;

const SCHEMES: [(&str, MatchRule); 4] = [
    ("strict", MatchRule::Strict),
    ("exact", MatchRule::Exact),
    ("partial", MatchRule::Partial),
    ("ent_type", MatchRule::Type),
];

struct Article {
    name: String,
    tokens: usize,
    gold: Vec<Unit>,
    predicted: Vec<Unit>,
}

/// Articles with spans sorted by start, end and label, and the labels' names.
fn articles(file: &Value) -> (Vec<Article>, Vec<String>) {
    let mut names: Vec<String> =
        list(&file["labels"]).iter().map(|name| name.as_str().expect("a name").to_owned()).collect();
    names.sort_unstable();
    let sorted = |value: &Value| {
        let mut units = units(value, &names);
        units.sort_unstable();
        units
    };
    let article = |article: &Value| Article {
        name: article["id"].as_str().expect("a name").to_owned(),
        tokens: number(&article["n"]) as usize,
        gold: sorted(&article["A"]),
        predicted: sorted(&article["B"]),
    };
    (list(&file["docs"]).iter().map(article).collect(), names)
}

fn sum(scores: impl Iterator<Item = SpanScores>) -> SpanScores {
    scores.fold(SpanScores::default(), |mut sum, scores| {
        sum += &scores;
        sum
    })
}

#[track_caller]
fn same_counts(found: &SpanCounts, expected: &Value, what: &str) {
    let of = |key: &str| number(&expected[key]) as usize;
    let wanted = SpanCounts {
        correct: of("correct"),
        incorrect: of("incorrect"),
        partial: of("partial"),
        missed: of("missed"),
        spurious: of("spurious"),
    };
    assert_eq!(*found, wanted, "{what}");
    let prf = found.prf();
    // nervaluate says 0 where there is nothing.
    for (key, value) in [("precision", prf.precision()), ("recall", prf.recall()), ("f1", prf.f1())] {
        close(value.unwrap_or(0.0), expected[key].as_f64().expect("a number"), 1e-9, what);
    }
}

#[track_caller]
fn same_schemes(found: &SpanScores, expected: &Value, what: &str) {
    for (key, scheme) in SCHEMES {
        same_counts(&found[scheme], &expected[key], &format!("{what} {key}"));
    }
}

fn compare(articles: &[Article], names: &[String], expected: &Value, optimal_too: bool) {
    let score = |article: &Article, pairing| span_scores(&article.gold, &article.predicted, pairing);
    let greedy = sum(articles.iter().map(|article| score(article, Pairing::Greedy)));
    same_schemes(&greedy, &expected["nervaluate"]["overall"], "all");
    let of_label = |label: usize, pairing| {
        let score = |article: &Article| span_scores_of(label as u32, &article.gold, &article.predicted, pairing);
        sum(articles.iter().map(score))
    };
    for (label, name) in names.iter().enumerate() {
        if let Some(by_tag) = expected["nervaluate"]["by_tag"].get(name) {
            same_schemes(&of_label(label, Pairing::Greedy), by_tag, name);
        }
        let strict = of_label(label, Pairing::Optimal)[MatchRule::Strict].prf();
        if let Some(row) = expected.get("seqeval(strict,IOB2)").and_then(|report| report.get(name)) {
            same_report(strict, row, name);
        }
        if let Some(f1) = expected.get("bratiaa(exact instance)").and_then(|report| report["per_label"][name].as_f64())
        {
            // bratiaa knows no repeated spans.
            if !names.is_empty() && expected.get("seqeval(strict,IOB2)").is_some() {
                close(strict.f1().unwrap_or(0.0), f1, 1e-9, name);
            }
        }
    }
    for article in articles {
        same_schemes(&score(article, Pairing::Greedy), &expected["nervaluate_per_doc"][&article.name], &article.name);
        if optimal_too {
            // On these cases the greedy pairing happens to be the best.
            assert_eq!(score(article, Pairing::Greedy), score(article, Pairing::Optimal), "{}", article.name);
        }
    }
    let optimal = sum(articles.iter().map(|article| score(article, Pairing::Optimal)));
    for (key, scheme) in
        [("exact_span+label multiset F1", MatchRule::Strict), ("exact_span multiset F1", MatchRule::Exact)]
    {
        assert_eq!(optimal[scheme].correct, number(&expected[key]["tp"]) as usize);
        close(optimal[scheme].f1().expect("spans"), expected[key]["f1"].as_f64().expect("a number"), 1e-9, key);
    }
    if let Some(report) = expected.get("seqeval(strict,IOB2)") {
        same_report(optimal[MatchRule::Strict].prf(), &report["micro avg"], "micro avg");
    }
}

#[track_caller]
fn same_report(found: Prf, row: &Value, what: &str) {
    let of = |key: &str| row[key].as_f64().expect("a number");
    close(found.gold, of("support"), 0.0, what);
    close(found.precision().unwrap_or(0.0), of("precision"), 1e-9, what);
    close(found.recall().unwrap_or(0.0), of("recall"), 1e-9, what);
    close(found.f1().unwrap_or(0.0), of("f1-score"), 1e-9, what);
}

fn compare_tokens(articles: &[Article], expected: &Value) {
    let labels = |article: &Article, tags| {
        let of = |units: &[Unit]| token_labels(units, article.tokens, tags);
        (of(&article.gold), of(&article.predicted))
    };
    let mut by_label = Ratings::default();
    let mut bio = Ratings::default();
    let mut inside = Ratings::default();
    for article in articles {
        let (a, b) = labels(article, TokenLabels::Label);
        by_label += &Ratings::pair(&a, &b);
        let (a, b): (Vec<u32>, Vec<u32>) = a.into_iter().zip(b).filter(|&pair| pair != (0, 0)).unzip();
        inside += &Ratings::pair(&a, &b);
        let (a, b) = labels(article, TokenLabels::Bio);
        bio += &Ratings::pair(&a, &b);
    }
    let figure = |key: &str| expected[key].as_f64().expect("a number");
    let kappa = by_label.cohen_kappa().expect("defined");
    assert_eq!(kappa.items, number(&expected["n_tokens"]) as usize);
    close(kappa.value, figure("token_cohen_kappa(label,O kept)"), 1e-9, "κ of labels");
    close(bio.cohen_kappa().expect("defined").value, figure("token_cohen_kappa(BIO)"), 1e-9, "κ of BIO tags");
    let dropped = inside.cohen_kappa().expect("defined").value;
    close(dropped, figure("token_cohen_kappa(label, O-O dropped)"), 1e-9, "κ inside");
    let alpha = by_label.alpha().expect("defined").value;
    close(alpha, figure("token_krippendorff_nominal(label,O kept)"), 1e-9, "α of labels");
}

#[test]
fn hand_made_cases() {
    let reference = fixture("spans_ref.json");
    let (small, names) = articles(&fixture("spans_small.json"));
    compare(&small, &names, &reference["results"]["spans_small.json"], true);
    compare_tokens(&small, &reference["results"]["spans_small.json"]);
    let (nested, names) = articles(&fixture("spans_nested.json"));
    compare(&nested, &names, &reference["results"]["spans_nested.json"], true);
}

#[test]
fn twenty_articles() {
    let Some(folder) = shared("fixtures/agreement") else { return };
    let reference = parsed(&folder.join("spans_ref.json"));
    let (medium, names) = articles(&parsed(&folder.join("spans_medium.json")));
    let expected = &reference["results"]["spans_medium.json"];
    compare(&medium, &names, expected, false);
    compare_tokens(&medium, expected);
    assert_eq!(entries(&expected["nervaluate"]["by_tag"]).count(), names.len());
}
