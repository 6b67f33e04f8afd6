//! How fast agreement is computed: `cargo bench --bench agreement` prints `name value unit`, the median of several runs.
#![allow(clippy::print_stdout)] // Printing is what a benchmark is for.

use jejak::agreement::Unit;
use jejak::agreement::alpha_u::alpha_u;
use jejak::agreement::bootstrap::interval;
use jejak::agreement::gamma::{GammaSettings, gamma, gamma_each};
use jejak::agreement::items::Ratings;
use jejak::agreement::random::Random;
use jejak::agreement::spans::{MatchRule, Pairing, SpanScores, span_scores};
use jejak::agreement::unit::{Continuum, TokenLabels, token_labels};
use std::hint::black_box;
use std::time::Instant;

/// Tokens of an article.
const TOKENS: u32 = 839;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let articles: Vec<Continuum> = (0..1000).map(article).collect();

    let scores = || -> Vec<SpanScores> {
        let score = |article: &Continuum| span_scores(&article.annotators[0], &article.annotators[1], Pairing::Optimal);
        articles.iter().map(score).collect()
    };
    report("agreement.spans_1000", 20, || drop(black_box(scores())));

    let tokens = |annotator: usize| -> Vec<u32> {
        let of =
            |article: &Continuum| token_labels(&article.annotators[annotator], TOKENS as usize, TokenLabels::Label);
        articles.iter().flat_map(of).collect()
    };
    let (a, b) = (tokens(0), tokens(1));
    assert_eq!(a.len(), 839_000);
    report("agreement.tokens_839k", 20, || {
        let ratings = Ratings::pair(&a, &b);
        black_box((ratings.cohen_kappa(), ratings.alpha())).0.expect("several labels");
    });

    report("agreement.alpha_u_1000", 20, || {
        for article in &articles {
            black_box(alpha_u(article)).expect("units that do not overlap");
        }
    });
    let joined = Continuum::join(&articles[..100]);
    report("agreement.alpha_u_joined", 20, || drop(black_box(alpha_u(&joined)).expect("units that do not overlap")));

    report("agreement.gamma_1000", 3, || drop(black_box(gamma_each(&articles, &GammaSettings::default()))));

    for (annotators, units, runs) in [(8, 50, 3), (10, 50, 3), (10, 300, 1)] {
        let continuum = crowd(annotators, units);
        report(&format!("agreement.gamma_{annotators}x{units}"), runs, || {
            black_box(gamma(&continuum, &GammaSettings::default())).expect("units of several annotators");
        });
    }

    let scores = scores();
    report("agreement.bootstrap_1000x1000", 5, || {
        let f1 = |scores: &SpanScores| scores[MatchRule::Strict].f1();
        black_box(interval(&scores, 1000, 1, f1)).expect("spans");
    });
}

/// Runs the work several times and prints the median in milliseconds.
fn report(name: &str, runs: usize, mut work: impl FnMut()) {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut times: Vec<f64> = (0..runs).map(time).collect();
    times.sort_by(f64::total_cmp);
    println!("{name} {:.3} ms", times[runs / 2]);
}

/// An article with 50 spans of six labels by one annotator, and another annotator who agrees on about three quarters of them.
fn article(number: u64) -> Continuum {
    let mut random = Random::new(2026, number);
    let mut starts: Vec<u32> = (0..50).map(|slot| slot * TOKENS / 50).collect();
    for start in &mut starts {
        *start += random.below(6) as u32;
    }
    let first: Vec<Unit> = starts
        .iter()
        .map(|&start| Unit::new(start, start + 1 + random.below(8) as u32, random.below(6) as u32))
        .collect();
    let mut second = Vec::new();
    for unit in &first {
        let Unit { start, end, label, .. } = *unit;
        match random.below(16) {
            0 => {}
            1 => second.push(Unit::new(start, end, (label + 1) % 6)),
            2 if unit.len() > 1 => second.push(Unit::new(start + 1, end, label)),
            3 if unit.len() > 1 => second.push(Unit::new(start, end - 1, label)),
            4 if unit.len() > 2 => {
                second.extend([Unit::new(start, start + 1, label), Unit::new(start + 2, end, label)]);
            }
            _ => second.push(*unit),
        }
    }
    Continuum { length: TOKENS, annotators: vec![first, second] }
}

/// An article of so many annotators with about so many units each, who agree on about three quarters of them.
fn crowd(annotators: usize, units: u32) -> Continuum {
    let mut random = Random::new(2026, 0);
    let length = units * 15;
    let first: Vec<Unit> = (0..units)
        .map(|_| {
            let start = random.below(length as usize - 20) as u32;
            Unit::new(start, start + 4 + random.below(10) as u32, random.below(3) as u32)
        })
        .collect();
    let another = |random: &mut Random| -> Vec<Unit> {
        let changed = first.iter().filter_map(|unit| match random.below(12) {
            0 => None,
            1 => Some(Unit::new(unit.start, unit.end + 5, unit.label)),
            2 => Some(Unit::new(unit.start, unit.end, 3)),
            3 => Some(Unit::new(unit.start.saturating_sub(5), unit.end, unit.label)),
            _ => Some(*unit),
        });
        changed.collect()
    };
    Continuum { length, annotators: (0..annotators).map(|_| another(&mut random)).collect() }
}
