//! γ of articles that have been measured otherwise: within a time, those first that take the least.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::key::{KeyedSum, Sums, Topic};
use crate::agreement::gamma::{Gamma, GammaSettings, gamma_until};
use crate::agreement::unit::Continuum;
use crate::agreement::{Undefined, Unit};
use crate::lang::Message;
use crate::message;
use crate::model::ArticleId;

/// The time that γ may take where nobody says otherwise.
pub const GAMMA_TIME: Duration = Duration::from_secs(10);

/// The time between two questions whether to go on.
const ASKED_EVERY: Duration = Duration::from_millis(100);

/// The mentions of an article in code points; none of those who have not begun it.
#[derive(Debug, Default)]
pub(super) struct GammaMentions {
    /// Length of the text.
    pub length: u32,
    /// Each annotator's units.
    pub annotators: Vec<Option<Vec<Unit>>>,
}

impl GammaMentions {
    fn begun(&self) -> impl Iterator<Item = (usize, &Vec<Unit>)> {
        self.annotators.iter().enumerate().filter_map(|(place, units)| Some((place, units.as_ref()?)))
    }

    /// True where there is anything to compare.
    pub fn some(&self) -> bool {
        self.begun().count() >= 2 && self.begun().any(|(_, units)| !units.is_empty())
    }

    /// About how much longer than others it takes.
    fn weight(&self) -> usize {
        let annotators = self.begun().count();
        self.begun().map(|(_, units)| units.len()).sum::<usize>() * annotators * annotators
    }

    fn continuum(&self, whose: &[usize]) -> Continuum {
        let units = |&place: &usize| self.annotators[place].clone().unwrap_or_default();
        Continuum { length: self.length, annotators: whose.iter().map(units).collect() }
    }
}

/// The sums of γ of one article.
#[derive(Debug)]
pub(super) struct GammaSums {
    /// For each pair of annotators.
    pub pairs: Vec<Vec<KeyedSum>>,
    /// For all who have begun it together.
    pub joint: Vec<KeyedSum>,
}

/// γ of articles, each with its place, on all processors; of what is not done in `time` there is nothing, never a part.
/// `go_on` is asked now and then, and stops it by saying `false`.
pub(super) fn each(
    mut articles: Vec<(usize, ArticleId, GammaMentions)>,
    pairs: &[(usize, usize)],
    time: Duration,
    go_on: &mut dyn FnMut() -> bool,
) -> Vec<(usize, GammaSums)> {
    articles.sort_by_key(|(place, _, mentions)| (mentions.weight(), *place));
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    // A time beyond what the clock can tell is no bound.
    let end = Instant::now().checked_add(time);
    let stop = || stopped.load(Ordering::Relaxed) || end.is_some_and(|end| Instant::now() >= end);
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(articles.len());
    let (sender, results) = channel();
    let mut found = Vec::with_capacity(articles.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, articles, next, stop) = (sender.clone(), &articles, &next, &stop);
            scope.spawn(move || {
                while let Some((place, id, mentions)) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(one) = of_article(id, mentions, pairs, stop) else { return };
                    if sender.send((*place, one)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        loop {
            match results.recv_timeout(ASKED_EVERY) {
                Ok(one) => found.push(one),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if !go_on() {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    });
    found
}

fn of_article(
    id: &ArticleId,
    mentions: &GammaMentions,
    pairs: &[(usize, usize)],
    stop: &dyn Fn() -> bool,
) -> Option<GammaSums> {
    let settings = GammaSettings { seed: seed(id), ..GammaSettings::default() };
    let begun: Vec<usize> = mentions.begun().map(|(place, _)| place).collect();
    let of = |whose: &[usize]| {
        let continuum = mentions.continuum(whose);
        match continuum.units() {
            0 => Some(Vec::new()),
            _ => Some(sums(gamma_until(&continuum, &settings, stop)?)),
        }
    };
    let both = |&(a, b): &(usize, usize)| match begun.contains(&a) && begun.contains(&b) {
        true => of(&[a, b]),
        false => Some(Vec::new()),
    };
    let each: Option<Vec<Vec<KeyedSum>>> = pairs.iter().map(both).collect();
    let each = each?;
    // Two are their pair.
    let joint = match pairs.iter().position(|&(a, b)| begun == [a, b]) {
        Some(pair) => each[pair].clone(),
        None => of(&begun)?,
    };
    Some(GammaSums { pairs: each, joint })
}

fn sums(gamma: Result<Gamma, Undefined>) -> Vec<KeyedSum> {
    let mut sums = Sums::default();
    let none = sums.none();
    let undefined = [0.0, 0.0, 1.0];
    match gamma {
        Ok(Gamma { figure, category, exact, expected_exact, gap, .. }) => {
            let bounded = f64::from(u8::from(!exact || !expected_exact));
            sums.list(Topic::Gamma, &none, [figure.value, 1.0, 0.0, bounded, gap]);
            match category {
                Ok(figure) => sums.list(Topic::GammaCat, &none, [figure.value, 1.0, 0.0, bounded]),
                Err(_) => sums.list(Topic::GammaCat, &none, undefined),
            }
        }
        Err(_) => {
            sums.list(Topic::Gamma, &none, undefined);
            sums.list(Topic::GammaCat, &none, undefined);
        }
    }
    sums.finish()
}

/// The part of a figure of γ that is not whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shortfall {
    /// Articles that were left out because the time was over.
    pub left_out: usize,
    /// Articles whose alignments, observed or by chance, are not proven best.
    pub bounded: usize,
    /// The most by which the figure could be higher with the best alignments of the observed units.
    pub gap: f64,
}

impl Shortfall {
    /// The part in words.
    #[must_use]
    pub fn message(&self) -> Message {
        let articles = |count: usize| message!("counted-articles", count = count);
        let left_out = || message!("shortfall-left-out", articles = articles(self.left_out));
        let bounded = || message!("shortfall-bounded", articles = articles(self.bounded));
        let told = match (self.left_out, self.bounded) {
            (_, 0) => left_out(),
            (0, _) => bounded(),
            _ => message!("shortfall-both", left_out = left_out(), bounded = bounded()),
        };
        if self.gap > 0.0 {
            return message!("shortfall-gap", shortfall = told, gap = format!("{:.3}", self.gap));
        }
        told
    }
}

impl std::fmt::Display for Shortfall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(f)
    }
}

/// A seed of an article's own, so that γ of an article does not depend on the others: FNV-1a of its id.
fn seed(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
