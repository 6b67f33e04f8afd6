//! Relations across articles: what two annotators' referents, above all their claims, are to each other, by their judgements
//! and by the roles of referents, followed through.
//!
//! Referents are paired by the annotations that both have and are about one of each, as for identity. A relation counts of two
//! things of which either annotator says something: it is right where both say the same, whoever of the two says it in other
//! words (A is B, and B contradicts C, is as good as A contradicts C).

use std::collections::BTreeSet;

use super::figure::{Figure, Scope};
use super::from_sums::f1;
use super::interval::at_least_wilson;
use super::table::{ArticleSums, compared};
use crate::agreement::Prf;
use crate::agreement::bootstrap::Interval;
use crate::edit::Standing;
use crate::key;
use crate::lang::Key;
use crate::model::{Id, Name, Verdict};
use crate::review::ReferentGroups;

/// One line of the catalogue, for relations.
struct RelationSpec {
    name: &'static str,
    title: Key,
    definition: Key,
    /// The verdicts that it counts as links.
    of: &'static [Verdict],
}

/// All verdicts that link two things; what is not the same, unrelated or unsure is not a link.
const LINKS: &[Verdict] = &[Verdict::Same, Verdict::Supports, Verdict::Contradicts, Verdict::OtherTime];

const RELATIONS: [RelationSpec; 5] = [
    RelationSpec {
        name: "relations",
        title: key!("figure-relations"),
        definition: key!("figure-relations-means"),
        of: LINKS,
    },
    RelationSpec {
        name: "relations same",
        title: key!("figure-relations-same"),
        definition: key!("figure-relations-same-means"),
        of: &[Verdict::Same],
    },
    RelationSpec {
        name: "relations supports",
        title: key!("figure-relations-supports"),
        definition: key!("figure-relations-supports-means"),
        of: &[Verdict::Supports],
    },
    RelationSpec {
        name: "relations contradicts",
        title: key!("figure-relations-contradicts"),
        definition: key!("figure-relations-contradicts-means"),
        of: &[Verdict::Contradicts],
    },
    RelationSpec {
        name: "relations other-time",
        title: key!("figure-relations-other-time"),
        definition: key!("figure-relations-other-time-means"),
        of: &[Verdict::OtherTime],
    },
];

/// The judgements of all annotators, and the relations that any of them states.
#[derive(Debug, Default)]
pub(super) struct Relations {
    standings: Vec<Standing>,
    stated: BTreeSet<Verdict>,
}

impl Relations {
    pub fn of(standings: Vec<Standing>) -> Self {
        Self { stated: stated(&standings), standings }
    }
}

/// The names of those that are told, and their titles for people.
pub(super) fn names(relations: &Relations) -> impl Iterator<Item = (&'static str, Key)> {
    let stated = &relations.stated;
    let told = move |spec: &&RelationSpec| spec.of.iter().any(|verdict| stated.contains(verdict));
    RELATIONS.iter().filter(told).map(|spec| (spec.name, spec.title))
}

/// Something that both annotators have a referent of, or one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Both(usize),
    Of(usize, Id),
}

/// The relations of two annotators, each by what the two say: none where one of them says nothing.
type Said = Vec<[Option<Verdict>; 2]>;

/// The figures of relations, from what is known of each article and what everybody says of their referents; none where a
/// single article is looked at, and none of a relation that nobody states. With several pairs of annotators the counts are
/// added up. Beside each stands whether the second of the two says nothing at all.
pub(super) fn figures(
    entries: &[ArticleSums],
    pairs: &[(usize, usize)],
    Relations { standings, stated }: &Relations,
    scope: Scope,
) -> Vec<(Figure, bool)> {
    if scope.article.is_some() {
        return Vec::new();
    }
    if stated.is_empty() {
        return Vec::new();
    }
    let asked: Vec<usize> = scope.pair.map_or_else(|| (0..pairs.len()).collect(), |pair| vec![pair]);
    let mut all = Said::new();
    for pair in asked {
        let Some(&(first, second)) = pairs.get(pair) else { continue };
        let (Some(first), Some(second)) = (standings.get(first), standings.get(second)) else { continue };
        let links = entries.iter().filter_map(|entry| entry.pairs.get(pair)?.as_ref());
        let both = links.flat_map(|(_, links)| links.iter()).filter_map(|[one, other]| Some([(*one)?, (*other)?]));
        all.extend(said(&ReferentGroups::of_two(both), [first, second]));
    }
    let nothing = !all.iter().any(|it| it[1].is_some_and(|verdict| LINKS.contains(&verdict)));
    let compared = compared(entries, scope);
    let told = RELATIONS.iter().filter(|spec| spec.of.iter().any(|verdict| stated.contains(verdict)));
    told.map(|spec| (figure(spec, &all, compared), nothing)).collect()
}

/// The links that anybody states.
fn stated(standings: &[Standing]) -> BTreeSet<Verdict> {
    let of = |standing: &Standing| -> Vec<Verdict> {
        standing.pairs().filter_map(|(one, other)| standing.between(one, other)).collect()
    };
    standings.iter().flat_map(of).filter(|verdict| LINKS.contains(verdict)).collect()
}

/// Everything that either of two says, of each two things once.
fn said(groups: &ReferentGroups, standings: [&Standing; 2]) -> Said {
    let thing = |side: usize, id: Id| groups.group_of(side, id).map_or(Thing::Of(side, id), Thing::Both);
    let referent = |side: usize, thing: Thing| match thing {
        Thing::Both(group) => groups.groups[group][side],
        Thing::Of(of, id) => (of == side).then_some(id),
    };
    let mut asked: BTreeSet<(Thing, Thing)> = BTreeSet::new();
    for (side, standing) in standings.iter().enumerate() {
        for (one, other) in standing.pairs() {
            let (one, other) = (thing(side, one), thing(side, other));
            if one != other {
                asked.insert((one.min(other), one.max(other)));
            }
        }
    }
    let verdicts = |(one, other): (Thing, Thing)| {
        [0, 1].map(|side| standings[side].between(referent(side, one)?, referent(side, other)?))
    };
    asked.into_iter().map(verdicts).collect()
}

fn figure(spec: &RelationSpec, all: &Said, (articles, left_out): (usize, usize)) -> Figure {
    let count = |of: &dyn Fn(&[Option<Verdict>; 2]) -> bool| all.iter().filter(|it| of(it)).count() as f64;
    let is = |verdict: Option<Verdict>| verdict.is_some_and(|verdict| spec.of.contains(&verdict));
    let sums = Prf::new(
        count(&|[one, other]| is(*one) && one == other),
        count(&|[_, other]| is(*other)),
        count(&|[one, _]| is(*one)),
    );
    let told = f1(&sums);
    let items = told.map_or(0, |told| told.items);
    let value = told.map(|told| told.value);
    let interval = value.map(|value| {
        let alone = Interval { low: value, high: value, articles, resamples: 0 };
        at_least_wilson(alone, (value, 0.0, items))
    });
    let sides = value.ok().and_then(|_| Some((sums.precision().ok()?, sums.recall().ok()?)));
    Figure {
        name: spec.name.to_owned(),
        family: spec.name,
        label: Name::new(""),
        slot: Name::new(""),
        title: spec.title,
        definition: spec.definition,
        source: "Van Rijsbergen 1979",
        items,
        counted: key!("items-relations"),
        articles,
        left_out,
        value,
        interval,
        shortfall: None,
        sides,
    }
}
