//! Identity across articles: the referents of two annotators as clusters of the annotations that both aligned, over the whole
//! project.

use std::collections::HashMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::figure::{Figure, Scope};
use super::from_sums::f1;
use super::interval::at_least_wilson;
use super::spec::Reason;
use super::table::{ArticleSums, compared};
use crate::agreement::bootstrap::{FEWEST, Interval, jackknife};
use crate::agreement::identity::{IdentityScores, identity, identity_without_pairing};
use crate::agreement::{Prf, Undefined};
use crate::key;
use crate::lang::Key;
use crate::model::{Id, Name};

/// The referents of each aligned annotation, by article.
type ArticleLinks<'a> = Vec<&'a [[Option<Id>; 2]]>;

/// The most that leaving out may cost, in annotations looked at.
const MOST_LOOKED_AT: usize = 20_000_000;

/// Groups of neighbouring articles that are left out one after another, where there are more articles.
const MOST_GROUPS: usize = 200;

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
/// pairs are added up. Beside each stands whether the second of the two has no referents anywhere.
pub(super) fn figures(entries: &[ArticleSums], pairs: usize, scope: Scope, intervals: bool) -> Vec<(Figure, bool)> {
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
    let all = of(&pairs, |_| true, small);
    // Only articles that have an annotation of a referent say anything.
    let there: Vec<usize> = (0..entries.len())
        .filter(|&at| pairs.iter().any(|links| links.get(at).is_some_and(|of| !of.is_empty())))
        .collect();
    let groups = there.len().min(MOST_GROUPS);
    let drawn = match there.len() {
        _ if !intervals => Err(Reason::NotAsked),
        0 => Err(Undefined::NoItems.into()),
        1 => Err(Reason::OneArticle),
        few if few < FEWEST => Err(Undefined::FewArticles.into()),
        _ if !small || annotations * groups > MOST_LOOKED_AT => Err(Reason::TooLarge),
        articles => Ok((leave_out(&pairs, &there, groups), articles)),
    };
    let compared = compared(entries, scope);
    let nothing = all.b_cubed.gold > 0.0 && all.b_cubed.predicted <= 0.0;
    ACROSS
        .iter()
        .map(|spec| figure(spec, &all, small, (annotations, compared), &drawn))
        .map(|figure| (figure, nothing))
        .collect()
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
    drawn: &Result<(Vec<IdentityScores>, usize), Reason>,
) -> Figure {
    let value = match spec.pairing && !small {
        true => Err(Reason::TooLarge),
        false => (spec.score)(all).map_err(Reason::from),
    };
    let interval = value.and_then(|value| {
        let interval = interval(drawn, value, spec.score)?;
        Ok(at_least_wilson(interval, (value, 0.0, items)))
    });
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
    drawn: &Result<(Vec<IdentityScores>, usize), Reason>,
    value: f64,
    score: fn(&IdentityScores) -> Result<f64, Undefined>,
) -> Result<Interval, Reason> {
    let (drawn, articles) = drawn.as_ref().map_err(|why| *why)?;
    let values: Vec<f64> = drawn.iter().filter_map(|identity| score(identity).ok()).collect();
    let found = jackknife(value, &values, *articles).ok_or(Reason::Data(Undefined::NoItems))?;
    Ok(Interval { low: found.low.max(0.0), high: found.high.min(1.0), ..found })
}

/// The scores over the articles that are taken.
fn of(pairs: &[ArticleLinks], taken: impl Fn(usize) -> bool, pairing: bool) -> IdentityScores {
    let mut all = IdentityScores::default();
    for links in pairs {
        let mut clusters: [HashMap<Id, usize>; 2] = Default::default();
        let mut members: [Vec<Vec<u32>>; 2] = Default::default();
        let mut next = 0;
        let articles = links.iter().enumerate().filter(|(article, _)| taken(*article));
        for referents in articles.flat_map(|(_, links)| links.iter()) {
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

/// The scores without one group of neighbouring articles after another.
fn leave_out(pairs: &[ArticleLinks], there: &[usize], groups: usize) -> Vec<IdentityScores> {
    let group = |article: usize| there.binary_search(&article).ok().map(|place| place * groups / there.len());
    (0..groups).into_par_iter().map(|out| of(pairs, |article| group(article) != Some(out), true)).collect()
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
