//! Labels that differ: of equal words, of one referent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::finding::{Example, Finding, Mend, Rule};
use crate::corpus::concordance::{Spot, identity};
use crate::corpus::{Index, Item, Mention, folded};
use crate::model::{Id, Kind, Name, Progress};

/// Examples of a finding at the most.
pub(super) const EXAMPLES: usize = 20;

/// The mentions of each label, from the most to the least frequent.
fn by_label<'a>(mentions: &[(Item, &'a Mention)]) -> Vec<(&'a Name, Vec<(Item, &'a Mention)>)> {
    let mut labels: BTreeMap<&Name, Vec<(Item, &Mention)>> = BTreeMap::new();
    for (item, mention) in mentions {
        labels.entry(&mention.label).or_default().push((*item, mention));
    }
    let mut labels: Vec<_> = labels.into_iter().collect();
    labels.sort_by_key(|(_, mentions)| std::cmp::Reverse(mentions.len()));
    labels
}

pub(super) fn example(index: &Index, item: Item, mention: &Mention) -> Example {
    let article = index.digest_of(item).article.clone();
    let words = mention.words.split_whitespace().collect::<Vec<_>>().join(" ");
    Example { article, record: Some(mention.id), at: mention.at.clone(), words, quote: None }
}

/// Equal words with different labels. The most frequent label is what the others would become, in articles that are not finished.
pub(super) fn labels_differ(index: &Index, keep: &dyn Fn(Item) -> bool) -> Vec<Finding> {
    let mut equal: HashMap<String, Vec<(Item, &Mention)>> = HashMap::new();
    for (item, mention) in index.mentions().filter(|(item, _)| keep(*item)) {
        equal.entry(folded(&mention.words)).or_default().push((item, mention));
    }
    let differ = equal.into_values().filter(|all| all.iter().any(|(_, it)| it.label != all[0].1.label));
    let finding = |all: Vec<(Item, &Mention)>| {
        let labels = by_label(&all);
        let (most, of_most) = labels.first()?;
        let others = || labels[1..].iter().rev().flat_map(|(_, mentions)| mentions);
        let words = of_most.first()?.1.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let referent = identity(index, most, &words);
        let open = others().filter(|(item, _)| index.digest_of(*item).progress != Some(Progress::Done));
        let spot = |(item, mention): &(Item, &Mention)| Spot {
            article: index.digest_of(*item).article.clone(),
            at: mention.at.to_vec(),
            referent,
        };
        // Two labels that are equally frequent say nothing of which is right.
        let clear = of_most.len() > labels.get(1).map_or(0, |(_, mentions)| mentions.len());
        let spots: Vec<Spot> = open.map(spot).collect();
        Some(Finding {
            rule: Rule::LabelsDiffer,
            about: words,
            sides: labels.iter().map(|(label, mentions)| (label.to_string(), mentions.len())).collect(),
            examples: others().take(EXAMPLES).map(|(item, mention)| example(index, *item, mention)).collect(),
            referents: Vec::new(),
            mend: (clear && !spots.is_empty()).then(|| Mend::Label((*most).clone(), spots)),
        })
    };
    differ.filter_map(finding).collect()
}

/// Referents whose mentions have several labels, or another one than the referent.
pub(super) fn referent_labels(index: &Index, keep: &dyn Fn(Item) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, items) in index.used() {
        let Some(referent) = index.referent(id) else { continue };
        if index.schema().kind(&referent.label) != Kind::Entity {
            continue;
        }
        let mentions: Vec<(Item, &Mention)> =
            items.iter().filter(|item| keep(**item)).filter_map(|item| Some((*item, index.mention(*item)?))).collect();
        let labels: BTreeSet<&Name> = mentions.iter().map(|(_, it)| &it.label).chain([&referent.label]).collect();
        if labels.len() < 2 || mentions.is_empty() {
            continue;
        }
        found.push(finding_of(index, (id, referent.name.clone(), &referent.label), &mentions));
    }
    found
}

fn finding_of(index: &Index, (id, name, own): (Id, String, &Name), mentions: &[(Item, &Mention)]) -> Finding {
    let others: Vec<&(Item, &Mention)> = mentions.iter().filter(|(_, it)| it.label != *own).collect();
    let spot = |(item, mention): &&(Item, &Mention)| Spot {
        article: index.digest_of(*item).article.clone(),
        at: mention.at.to_vec(),
        referent: Some(id),
    };
    let open = others.iter().filter(|(item, _)| index.digest_of(*item).progress != Some(Progress::Done));
    let spots: Vec<Spot> = open.map(spot).collect();
    let mut sides: Vec<(String, usize)> =
        by_label(mentions).iter().map(|(label, all)| (label.to_string(), all.len())).collect();
    if !sides.iter().any(|(label, _)| *label == **own) {
        sides.push((own.to_string(), 0));
    }
    Finding {
        rule: Rule::ReferentLabels,
        about: name,
        sides,
        examples: others.iter().take(EXAMPLES).map(|(item, mention)| example(index, *item, mention)).collect(),
        referents: vec![id],
        mend: (!spots.is_empty()).then(|| Mend::Label(own.clone(), spots)),
    }
}
