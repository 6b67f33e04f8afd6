//! Consistency: what is marked in one way here and in another there, over all articles.

mod finding;
mod journeys;
mod marks;
mod unlabelled;
mod values;

use std::collections::HashSet;

pub use finding::{Example, Finding, Mend, Rule};

use super::digest::Digest;
use super::index::{Index, Item};
use crate::model::{Dismissals, Dismissed};
use crate::store::Snapshot;

/// Everything that is not consistent in the articles that `keep` says yes to, by rule, the most frequent first; and the number
/// of findings of which a person said that they are right. Texts are read where words stand without a label that they have
/// elsewhere. None where `going` said no.
pub fn consistency(
    snapshot: &Snapshot,
    index: &Index,
    keep: &(dyn Fn(&Digest) -> bool + Sync),
    going: &(dyn Fn() -> bool + Sync),
) -> Option<(Vec<Finding>, usize)> {
    let kept: Vec<bool> = index.digests().iter().map(|digest| keep(digest)).collect();
    let keep = |item: Item| kept[item.article as usize];
    let mut found = marks::labels_differ(index, &keep);
    found.extend(unlabelled::unlabelled(snapshot, index, &kept, going)?);
    found.extend(marks::referent_labels(index, &keep));
    found.extend(values::outside(index, &keep));
    found.extend(journeys::two_places(index, &keep));
    found.extend(journeys::claimants(index, &keep));
    let right = right(snapshot.corpus().dismissals(index.maker()));
    let all = found.len();
    found.retain(|finding| !right.contains(&finding.key()));
    found.sort_by(|one, other| {
        let key = |it: &Finding| (it.rule, std::cmp::Reverse(it.total()));
        key(one).cmp(&key(other)).then_with(|| one.about.cmp(&other.about))
    });
    let right = all - found.len();
    Some((found, right))
}

/// The findings that are right.
fn right(dismissals: Option<&Dismissals>) -> HashSet<Dismissed> {
    let all = dismissals.into_iter().flat_map(|all| all.values()).map(|it| &it.of);
    all.filter(|of| matches!(of, Dismissed::Finding { .. })).cloned().collect()
}
