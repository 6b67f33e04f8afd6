//! Scores of templates: what happened, and who or what filled which role, without triggers or offsets.
//!
//! CEAF-RME (Chen et al. 2023) pairs templates one to one, then the fillers of each role. CEAF-REE (Du, Rush and Cardie 2021,
//! for GTT on MUC-4) leaves templates out and pairs the fillers of each role over the whole article. Both build on CEAF (Luo
//! 2005).

use super::Prf;
use super::assign::{PossiblePair, best_pairs};
use super::events::{Unfilled, common};
use std::collections::BTreeMap;

/// One template: a trip, an attack, a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Its type, numbered by the caller; templates of different types are never paired.
    pub kind: u32,
    /// The fillers of its roles.
    pub fillers: Vec<TemplateEntity>,
}

/// An entity in a role: all the mentions by which the article names it, any of which a prediction may give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateEntity {
    /// The role, numbered by the caller.
    pub role: u32,
    /// The mentions (equal strings have equal numbers).
    pub mentions: Vec<u32>,
}

/// The test whether two fillers are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// 1 if every predicted mention is one of gold's (φ of CEAF-REE).
    Subset,
    /// 1 if any predicted mention is one of gold's: where a prediction gives one name alone, as in the literature, the same as
    /// `Subset`; where it gives several, one more than gold has is no fault.
    Any,
    /// The number of mentions in common (φ₃ of Luo): all names count.
    Mentions,
}

impl Same {
    fn gain(self, gold: &[u32], predicted: &[u32]) -> f64 {
        let shared = common(gold, predicted);
        match self {
            Same::Subset => f64::from(shared == predicted.len() && shared > 0),
            Same::Any => f64::from(shared > 0),
            Same::Mentions => shared as f64,
        }
    }

    /// The weight of a filler compared with itself.
    fn own(self, filler: &[u32]) -> usize {
        match self {
            Same::Subset | Same::Any => usize::from(!filler.is_empty()),
            Same::Mentions => filler.len(),
        }
    }
}

/// CEAF-RME of one article: templates of the same type are paired so that most fillers fit.
///
/// With [`Unfilled::CountsAsOne`] an article without templates counts like one bare template.
pub fn template_scores(gold: &[Template], predicted: &[Template], same: Same, unfilled: Unfilled) -> Prf {
    let (roles_gold, roles_predicted) = (by_role(gold), by_role(predicted));
    let size = |templates: &[Roles]| {
        let whole = templates.iter().map(|roles| unfilled.size(own(roles, same))).sum::<f64>();
        if templates.is_empty() { unfilled.size(0) } else { whole }
    };
    let mut gains = BTreeMap::new();
    for (g, of_gold) in roles_gold.iter().enumerate() {
        for (p, of_predicted) in roles_predicted.iter().enumerate() {
            if gold[g].kind == predicted[p].kind {
                let bare = own(of_gold, same) == 0 && own(of_predicted, same) == 0;
                gains.insert((g, p), if bare { unfilled.size(0) } else { fitting(of_gold, of_predicted, same) });
            }
        }
    }
    let edges: Vec<PossiblePair> =
        gains.iter().map(|(&(g, p), &gain)| PossiblePair { left: g as u32, right: p as u32, gain }).collect();
    let fitting: f64 = best_pairs(gold.len(), predicted.len(), &edges).iter().map(|pair| gains[pair]).sum();
    let correct = if gold.is_empty() && predicted.is_empty() { unfilled.size(0) } else { fitting };
    Prf::new(correct, size(&roles_predicted), size(&roles_gold))
}

/// CEAF-REE of one article: which entities fill which role, in whichever template. An entity that fills a role in several
/// templates counts once.
pub fn role_filler_scores(gold: &[Template], predicted: &[Template], same: Same) -> Prf {
    let pool = |templates: &[Template]| {
        let mut pooled = Roles::new();
        for (role, fillers) in by_role(templates).into_iter().flatten() {
            pooled.entry(role).or_default().extend(fillers);
        }
        for fillers in pooled.values_mut() {
            fillers.sort_unstable();
            fillers.dedup();
        }
        pooled
    };
    let (gold, predicted) = (pool(gold), pool(predicted));
    let sizes = (own(&predicted, same) as f64, own(&gold, same) as f64);
    Prf::new(fitting(&gold, &predicted, same), sizes.0, sizes.1)
}

/// Fillers by role, the mentions of each sorted and without repetition.
type Roles = BTreeMap<u32, Vec<Vec<u32>>>;

fn by_role(templates: &[Template]) -> Vec<Roles> {
    let roles = |template: &Template| {
        let mut roles = Roles::new();
        for filler in &template.fillers {
            let mut mentions = filler.mentions.clone();
            mentions.sort_unstable();
            mentions.dedup();
            roles.entry(filler.role).or_default().push(mentions);
        }
        roles
    };
    templates.iter().map(roles).collect()
}

/// A template's fillers compared with themselves.
fn own(roles: &Roles, same: Same) -> usize {
    roles.values().flatten().map(|filler| same.own(filler)).sum()
}

/// The credit of the best pairing of fillers, role by role.
fn fitting(gold: &Roles, predicted: &Roles, same: Same) -> f64 {
    let mut credit = 0.0;
    for (role, of_gold) in gold {
        let Some(of_predicted) = predicted.get(role) else { continue };
        let mut edges = Vec::new();
        for (left, gold) in of_gold.iter().enumerate() {
            for (right, predicted) in of_predicted.iter().enumerate() {
                edges.push(PossiblePair { left: left as u32, right: right as u32, gain: same.gain(gold, predicted) });
            }
        }
        let chosen = best_pairs(of_gold.len(), of_predicted.len(), &edges);
        credit += chosen.iter().map(|&(g, p)| same.gain(&of_gold[g], &of_predicted[p])).sum::<f64>();
    }
    credit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(kind: u32, fillers: &[(u32, &[u32])]) -> Template {
        let filler = |&(role, mentions): &(u32, &[u32])| TemplateEntity { role, mentions: mentions.to_vec() };
        Template { kind, fillers: fillers.iter().map(filler).collect() }
    }

    #[test]
    fn any_name_of_an_entity_will_do() {
        let gold = [template(0, &[(0, &[1, 2]), (1, &[5])])];
        let predicted = [template(0, &[(0, &[2]), (1, &[6])])];
        assert_eq!(template_scores(&gold, &predicted, Same::Subset, Unfilled::Ignored), Prf::new(1.0, 2.0, 2.0));
        assert_eq!(template_scores(&gold, &predicted, Same::Mentions, Unfilled::Ignored), Prf::new(1.0, 2.0, 3.0));
        assert_eq!(role_filler_scores(&gold, &predicted, Same::Subset), Prf::new(1.0, 2.0, 2.0));
    }

    #[test]
    fn role_fillers_forget_templates_and_templates_do_not() {
        let gold = [template(0, &[(0, &[1]), (1, &[2])]), template(0, &[(0, &[1]), (1, &[4])])];
        let swapped = [template(0, &[(0, &[1]), (1, &[2])]), template(0, &[(0, &[9]), (1, &[4])])];
        assert_eq!(role_filler_scores(&gold, &swapped, Same::Subset), Prf::new(3.0, 4.0, 3.0));
        assert_eq!(template_scores(&gold, &swapped, Same::Subset, Unfilled::Ignored), Prf::new(3.0, 4.0, 4.0));
        let other_kind = [template(1, &[(0, &[1]), (1, &[2])])];
        assert_eq!(template_scores(&gold, &other_kind, Same::Subset, Unfilled::Ignored), Prf::new(0.0, 2.0, 4.0));
    }
}
