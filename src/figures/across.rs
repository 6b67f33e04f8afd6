//! Identity across articles: the referents of two annotators as clusters of the annotations that both aligned, over the whole
//! project.

use std::collections::HashMap;

use super::catalogue::{Reason, f1};
use super::figure::{Figure, Scope};
use super::interval::RESAMPLES;
use super::table::{ArticleSums, compared};
use crate::agreement::bootstrap::{Interval, percentiles};
use crate::agreement::identity::{IdentityScores, identity, identity_without_pairing};
use crate::agreement::random::Random;
use crate::agreement::{Prf, Undefined};
use crate::key;
use crate::lang::Key;
use crate::model::{Id, Name};

/// The referents of each aligned annotation, by article.
type ArticleLinks<'a> = Vec<&'a [[Option<Id>; 2]]>;

/// The most that [`RESAMPLES`] drawings may cost, in annotations looked at.
const MOST_DRAWN: usize = 20_000_000;

/// Clusters that hang together by shared annotations, beyond which CEAF's pairing of them takes too long.
const LARGEST_KNOT: usize = 600;

/// One line of the catalogue, for scores of clusters.
struct IdentitySpec {
    name: &'static str,
    title: Key,
    definition: Key,
    source: &'static str,
    counted: Key,
    score: fn(&IdentityScores) -> Result<f64, Undefined>,
    sides: Option<fn(&IdentityScores) -> Prf>,
    /// True where clusters are paired one to one.
    pairing: bool,
}

const ACROSS: [IdentitySpec; 5] = [
    IdentitySpec {
        name: "identity across MUC",
        title: key!("figure-identity-across-muc"),
        definition: key!("figure-identity-across-muc-means"),
        source: "Vilain et al. 1995",
        counted: key!("items-annotations-of-referents"),
        score: |all| all.muc.f1(),
        sides: Some(|all| all.muc),
        pairing: false,
    },
    IdentitySpec {
        name: "identity across B3",
        title: key!("figure-identity-across-b3"),
        definition: key!("figure-identity-across-b3-means"),
        source: "Bagga and Baldwin 1998",
        counted: key!("items-annotations-of-referents"),
        score: |all| all.b_cubed.f1(),
        sides: Some(|all| all.b_cubed),
        pairing: false,
    },
    IdentitySpec {
        name: "identity across CEAFe",
        title: key!("figure-identity-across-ceafe"),
        definition: key!("figure-identity-across-ceafe-means"),
        source: "Luo 2005",
        counted: key!("items-annotations-of-referents"),
        score: |all| all.ceaf_e.f1(),
        sides: Some(|all| all.ceaf_e),
        pairing: true,
    },
    IdentitySpec {
        name: "identity across LEA",
        title: key!("figure-identity-across-lea"),
        definition: key!("figure-identity-across-lea-means"),
        source: "Moosavi and Strube 2016",
        counted: key!("items-annotations-of-referents"),
        score: |all| all.lea.f1(),
        sides: Some(|all| all.lea),
        pairing: false,
    },
    IdentitySpec {
        name: "identity across conll",
        title: key!("figure-identity-across-conll"),
        definition: key!("figure-identity-across-conll-means"),
        source: "Pradhan et al. 2014 (CoNLL-2012 shared task)",
        counted: key!("items-annotations-of-referents"),
        score: IdentityScores::conll,
        sides: None,
        pairing: true,
    },
];

/// Their names, and their titles for people.
pub(super) fn names() -> impl Iterator<Item = (&'static str, Key)> {
    ACROSS.iter().map(|spec| (spec.name, spec.title))
}

/// The figures of identity across articles, from what is known of each and the number of pairs; none where a single article is looked at. With several pairs the sums of the
/// pairs are added up.
pub(super) fn figures(entries: &[ArticleSums], pairs: usize, scope: Scope, intervals: bool) -> Vec<Figure> {
    if scope.article.is_some() {
        return Vec::new();
    }
    let pairs: Vec<ArticleLinks> = match scope.pair {
        Some(pair) => vec![links_of(entries, pair)],
        None => (0..pairs).map(|pair| links_of(entries, pair)).collect(),
    };
    let count = |links: &ArticleLinks| links.iter().map(|links| links.len()).sum::<usize>();
    let annotations: usize = pairs.iter().map(count).sum();
    let small = pairs.iter().all(|links| knot(links) <= LARGEST_KNOT);
    let order: Vec<usize> = (0..entries.len()).collect();
    let all = of(&pairs, &order, small);
    let drawn = match () {
        () if !intervals => Err(Reason::NotAsked),
        () if entries.len() < 2 => Err(Reason::OneArticle),
        () if !small || annotations * RESAMPLES > MOST_DRAWN => Err(Reason::TooLarge),
        () => Ok(draw(&pairs, entries.len())),
    };
    let compared = compared(entries, scope);
    ACROSS.iter().map(|spec| figure(spec, &all, small, (annotations, compared), &drawn)).collect()
}

fn links_of(entries: &[ArticleSums], pair: usize) -> ArticleLinks<'_> {
    fn links(entry: &ArticleSums, pair: usize) -> &[[Option<Id>; 2]] {
        entry.pairs.get(pair).and_then(Option::as_ref).map_or(&[], |(_, links)| links)
    }
    entries.iter().map(|entry| links(entry, pair)).collect()
}

fn figure(
    spec: &IdentitySpec,
    all: &IdentityScores,
    small: bool,
    (items, (articles, left_out)): (usize, (usize, usize)),
    drawn: &Result<Vec<IdentityScores>, Reason>,
) -> Figure {
    let value = match spec.pairing && !small {
        true => Err(Reason::TooLarge),
        false => (spec.score)(all).map_err(Reason::from),
    };
    let interval = value.and_then(|_| interval(drawn, spec.score));
    let sides = spec.sides.filter(|_| value.is_ok()).map(|sides| sides(all));
    Figure {
        name: spec.name.to_owned(),
        family: spec.name,
        label: Name::new(""),
        slot: Name::new(""),
        title: spec.title,
        definition: spec.definition,
        source: spec.source,
        items: if value.is_ok() { items } else { 0 },
        counted: spec.counted,
        articles,
        left_out,
        value,
        interval,
        shortfall: None,
        sides: sides.and_then(|sides| f1(&sides).ok().and(Some((sides.precision().ok()?, sides.recall().ok()?)))),
    }
}

fn interval(
    drawn: &Result<Vec<IdentityScores>, Reason>,
    score: fn(&IdentityScores) -> Result<f64, Undefined>,
) -> Result<Interval, Reason> {
    let drawn = drawn.as_ref().map_err(|why| *why)?;
    let values: Vec<f64> = drawn.iter().filter_map(|identity| score(identity).ok()).collect();
    percentiles(values).ok_or(Reason::Data(Undefined::NoItems))
}

/// The scores over articles, each as often as it stands in `order`; an article that is drawn twice has its annotations twice,
/// of the same referents.
fn of(pairs: &[ArticleLinks], order: &[usize], pairing: bool) -> IdentityScores {
    let mut all = IdentityScores::default();
    for links in pairs {
        let mut clusters: [HashMap<Id, usize>; 2] = Default::default();
        let mut members: [Vec<Vec<u32>>; 2] = Default::default();
        let mut next = 0;
        for referents in order.iter().filter_map(|&article| links.get(article)).copied().flatten() {
            for side in [0, 1] {
                let Some(referent) = referents[side] else { continue };
                let fresh = members[side].len();
                let cluster = *clusters[side].entry(referent).or_insert(fresh);
                if cluster == fresh {
                    members[side].push(Vec::new());
                }
                members[side][cluster].push(next);
            }
            next += 1;
        }
        let [first, second] = &members;
        all += &if pairing { identity(first, second) } else { identity_without_pairing(first, second) };
    }
    all
}

fn draw(pairs: &[ArticleLinks], articles: usize) -> Vec<IdentityScores> {
    let mut random = Random::new(2, 0);
    let order = |random: &mut Random| (0..articles).map(|_| random.below(articles)).collect::<Vec<_>>();
    (0..RESAMPLES).map(|_| of(pairs, &order(&mut random), true)).collect()
}

/// Returns the most referents that hang together, directly or through others, by annotations that they share.
fn knot(links: &ArticleLinks) -> usize {
    let mut numbers: HashMap<(usize, Id), usize> = HashMap::new();
    let mut roots: Vec<usize> = Vec::new();
    fn root(roots: &mut [usize], mut at: usize) -> usize {
        while roots[at] != at {
            roots[at] = roots[roots[at]];
            at = roots[at];
        }
        at
    }
    for referents in links.iter().copied().flatten() {
        let mut ends = [None; 2];
        for side in [0, 1] {
            if let Some(referent) = referents[side] {
                let fresh = roots.len();
                let number = *numbers.entry((side, referent)).or_insert(fresh);
                if number == fresh {
                    roots.push(fresh);
                }
                ends[side] = Some(number);
            }
        }
        if let [Some(first), Some(second)] = ends {
            let (first, second) = (root(&mut roots, first), root(&mut roots, second));
            roots[second] = first;
        }
    }
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for at in 0..roots.len() {
        *sizes.entry(root(&mut roots, at)).or_default() += 1;
    }
    sizes.into_values().max().unwrap_or(0)
}
