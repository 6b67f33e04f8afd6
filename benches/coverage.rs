//! How often the interval of a figure holds the truth: `cargo bench --bench coverage` prints `name share`, of 95 % intervals of
//! corpora that are drawn from one and the same population.
//!
//! Articles differ in how hard they are, as real ones do: each has an error rate of its own around the one of the corpus. The
//! truth is the figure of 4,000 articles; of identity across articles, which depends on their number, the mean over 400
//! corpora of that many.
#![allow(clippy::print_stdout)] // Printing is what a benchmark is for.

use jejak::agreement::random::Random;
use std::sync::Arc;

use jejak::figures::{Report, ReportBuilder, Scope};
use jejak::model::{Annotation, AnnotationSet, Article, ArticleId, Id, Name, Origin, Progress, Schema};
use jejak::text::{Span, Text};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Corpora that are drawn for each number of articles.
const CORPORA: u64 = 400;

/// A kind of population.
struct Population {
    /// The name of the figure that is looked at.
    figure: &'static str,
    told: &'static str,
    /// The share of things on which the second annotator errs, on average.
    errors: f64,
}

const POPULATIONS: [Population; 4] = [
    Population { figure: "mentions strict", told: "mentions strict", errors: 0.2 },
    Population { figure: "attribute trip status", told: "attribute kappa", errors: 0.25 },
    Population { figure: "mentions strict", told: "mentions strict near 1", errors: 0.01 },
    Population { figure: "identity across B3", told: "identity across", errors: 0.12 },
];

fn main() {
    let world = World::new();
    for population in &POPULATIONS {
        let across = population.figure.starts_with("identity");
        let large = if across { f64::NAN } else { world.figure(population, 4_000, 0).expect("defined").0 };
        for articles in [5, 10, 20] {
            let drawn = (1..=CORPORA).filter_map(|seed| world.figure(population, articles, seed));
            let drawn: Vec<(f64, Option<(f64, f64)>)> = drawn.collect();
            let mean = drawn.iter().map(|(value, _)| value).sum::<f64>() / drawn.len() as f64;
            let truth = if across { mean } else { large };
            let intervals: Vec<(f64, f64)> = drawn.iter().filter_map(|(_, interval)| *interval).collect();
            let held = intervals.iter().filter(|(low, high)| *low <= truth && truth <= *high).count();
            let width = intervals.iter().map(|(low, high)| high - low).sum::<f64>() / intervals.len() as f64;
            println!(
                "coverage.{} {articles} articles: {:.1} % of {} (truth {truth:.3}, mean width {width:.3})",
                population.told,
                100.0 * held as f64 / intervals.len() as f64,
                intervals.len(),
            );
        }
    }
}

/// Text, labels and names, which are the same in every corpus.
struct World {
    schema: Schema,
    text: Text,
    referents: Vec<Id>,
}

impl World {
    fn new() -> Self {
        let text = (0..200).map(|word| format!("kata{word:03} ")).collect::<String>();
        Self { schema: Schema::trips(), text: Text::new(&text), referents: (0..40).map(|_| Id::random()).collect() }
    }

    /// The value of the figure of a corpus, and its interval.
    fn figure(&self, population: &Population, articles: usize, seed: u64) -> Option<(f64, Option<(f64, f64)>)> {
        let mut random = Random::new(seed, articles as u64);
        let mut builder = ReportBuilder::new(vec![Name::new("a"), Name::new("b")]);
        for number in 0..articles {
            // Logit-normal around the corpus's rate.
            let rate = population.errors / (1.0 - population.errors);
            let odds = rate * random.normal(0.0, 0.6).exp();
            let [a, b] = self.article(population, odds / (1.0 + odds), &mut random);
            let sample = builder.measure(&self.schema, &self.text, &[Some(&a), Some(&b)]);
            builder.add(&Article::of(ArticleId::numbered(number), String::new(), &self.text), sample);
        }
        let report: Report = builder.report(&self.schema);
        let figure = report.figure_named(Scope::default(), population.figure)?;
        let interval = figure.interval.ok().map(|interval| (interval.low, interval.high));
        Some((figure.value.ok()?, interval))
    }

    /// Two annotators' sets of an article.
    fn article(&self, population: &Population, errors: f64, random: &mut Random) -> [AnnotationSet; 2] {
        let mut sets: [Vec<Annotation>; 2] = Default::default();
        let things =
            if population.figure == "attribute trip status" { 2 + random.below(4) } else { 12 + random.below(16) };
        for thing in 0..things {
            let at = |words: u32| Span::new(thing as u32 * 24, thing as u32 * 24 + 8 * words - 1);
            let wrong = random.unit() < errors;
            match population.figure {
                "attribute trip status" => {
                    let values = ["planned", "completed", "cancelled"];
                    let said = random.below(3).min(random.below(3));
                    let other = if wrong { (said + 1 + random.below(2)) % 3 } else { said };
                    for (set, value) in sets.iter_mut().zip([said, other]) {
                        let mut trip = mark("trip", at(1));
                        trip.set_attribute(&"status".into(), Some(values[value].into()));
                        set.push(trip);
                    }
                }
                "identity across B3" => {
                    // Some are spoken of often.
                    let pick = |random: &mut Random| {
                        let most = 1 + random.below(self.referents.len());
                        random.below(most)
                    };
                    let said = pick(random);
                    let other = if wrong { pick(random) } else { said };
                    for (set, referent) in sets.iter_mut().zip([said, other]) {
                        let mention = mark("person", at(1));
                        set.push(Annotation { referent: Some(self.referents[referent]), ..mention });
                    }
                }
                _ => {
                    sets[0].push(mark("person", at(1)));
                    match wrong.then(|| random.below(3)) {
                        None => sets[1].push(mark("person", at(1))),
                        Some(0) => sets[1].push(mark("place", at(1))),
                        Some(1) => sets[1].push(mark("person", at(2))),
                        Some(_) => {}
                    }
                }
            }
        }
        sets.map(|all| AnnotationSet::new(all.into_iter().map(Arc::new), Progress::Done))
    }
}

fn mark(label: &str, at: Span) -> Annotation {
    Annotation::new(&label.into(), vec![at], Origin::hand(&"x".into()))
}
