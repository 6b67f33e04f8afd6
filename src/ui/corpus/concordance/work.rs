//! The long work that changes articles from here: one step of undo each.

use std::sync::Arc;

use super::state::Concordance;
use crate::corpus::Index;
use crate::corpus::concordance::{Change, Changed, Spot, change, identity};
use crate::corpus::consistency::{Finding, Mend};
use crate::edit;
use crate::model::{Id, Name};
use crate::t;
use crate::ui::commands::ConcordanceCommand;
use crate::ui::corpus::long;
use crate::ui::workspace::long_work::LongWork;

/// The work that a command asks for, where it is one; a sentence where there is nothing to do.
pub fn long_work(
    view: &mut Concordance,
    index: &Arc<Index>,
    command: &ConcordanceCommand,
) -> Option<Result<LongWork, String>> {
    use ConcordanceCommand as C;
    match command {
        C::LabelAs(label) => Some(label_as(view, index, label)),
        C::LabelOffered => {
            let label = view.offer.as_ref().map(|offer| offer.label.clone());
            Some(label.map_or_else(
                || Err(t!("concordance-nothing-offered").to_owned()),
                |label| label_as(view, index, &label),
            ))
        }
        C::Unlabel => Some(at_chosen(view, Change::Unlabel)),
        C::Discard => {
            let chosen = view.chosen();
            let restore = !chosen.is_empty() && chosen.iter().all(|hit| hit.discarded);
            Some(at_chosen(view, if restore { Change::Restore } else { Change::Discard }))
        }
        C::Mend => Some(mend(view)),
        C::Right => Some(right(view)),
        _ => None,
    }
}

/// Labels the chosen places, each with the referent that its words are known by, else with that of the others.
fn label_as(view: &mut Concordance, index: &Arc<Index>, label: &Name) -> Result<LongWork, String> {
    let chosen = view.chosen();
    if chosen.is_empty() {
        return Err(t!("concordance-nothing-chosen").to_owned());
    }
    let (index, label) = (index.clone(), label.clone());
    let offered = view.offer.as_ref().filter(|offer| offer.label == label);
    let offered = offered.and_then(|offer| offer.referent.as_ref()).map(|(id, _)| *id);
    view.untick();
    Ok(long::work(t!("concordance-labelling"), move |link| {
        let mut known: std::collections::HashMap<String, Option<Id>> = std::collections::HashMap::new();
        let mut who = |words: &str| {
            let of = || identity(&index, &label, words).or(offered);
            *known.entry(words.to_lowercase()).or_insert_with(of)
        };
        let spots: Vec<Spot> = chosen.iter().map(|hit| Spot::of(hit, who(&hit.words))).collect();
        Ok(said(&change(link, &Change::Label(label.clone()), &spots)?, &Change::Label(label.clone())))
    }))
}

fn at_chosen(view: &mut Concordance, wanted: Change) -> Result<LongWork, String> {
    let chosen = view.chosen();
    if chosen.is_empty() {
        return Err(t!("concordance-nothing-chosen").to_owned());
    }
    view.untick();
    let spots: Vec<Spot> = chosen.iter().map(|hit| Spot::of(hit, None)).collect();
    Ok(long::work(t!("concordance-labelling"), move |link| Ok(said(&change(link, &wanted, &spots)?, &wanted))))
}

/// The sentence about what was done.
fn said(changed: &Changed, wanted: &Change) -> String {
    let (count, articles) = (changed.places, changed.articles);
    let done = match wanted {
        Change::Label(label) => t!("concordance-labelled", count = count, articles = articles, label = label),
        Change::Unlabel => t!("concordance-unlabelled", count = count, articles = articles),
        Change::Discard => t!("concordance-discarded", count = count),
        Change::Restore => t!("concordance-restored", count = count),
    };
    match changed.locked {
        0 => done,
        locked => format!("{done} {}", t!("concordance-locked", count = locked)),
    }
}

fn mend(view: &Concordance) -> Result<LongWork, String> {
    let finding = looked_at(view)?;
    let Some(mend) = finding.mend.clone() else { return Err(t!("consistency-no-mend").to_owned()) };
    Ok(long::work(t!("concordance-labelling"), move |link| match mend {
        Mend::Label(label, spots) => {
            let wanted = Change::Label(label);
            Ok(said(&change(link, &wanted, &spots)?, &wanted))
        }
        Mend::Value(attribute, date, of) => {
            let maker = link.annotator().clone();
            link.make_change(&mut |project| {
                let wanted: Vec<_> = of.iter().map(|(article, _)| (article.clone(), vec![maker.clone()])).collect();
                project.load(&wanted)?;
                let mut all = edit::Transaction::new(format!("set {attribute}"), &maker);
                for (article, id) in &of {
                    let editor = edit::SetEditor::new(project.corpus(), (article.id.clone(), maker.clone()));
                    all.edits.extend(editor.attribute(&[*id], &attribute, Some(date.as_str())).edits);
                }
                Ok(Some(all))
            })?;
            Ok(t!("consistency-value-set", value = date.as_str()))
        }
    }))
}

fn right(view: &Concordance) -> Result<LongWork, String> {
    let finding = looked_at(view)?;
    Ok(long::work(t!("concordance-labelling"), move |link| {
        let maker = link.annotator().clone();
        link.make_change(&mut |project| {
            project.load_referents(&maker);
            Ok(Some(edit::dismiss(project.corpus(), &maker, [finding.key()])))
        })?;
        Ok(t!("consistency-is-right").to_owned())
    }))
}

fn looked_at(view: &Concordance) -> Result<Arc<Finding>, String> {
    view.findings.current().cloned().ok_or_else(|| t!("consistency-none").to_owned())
}
