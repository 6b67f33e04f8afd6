//! The list of whom or what a mention may be of: names, other names and suspicions as the register has them, and what was
//! judged of them.

use std::collections::{HashMap, HashSet};

use super::dialogs::AnnotateDialog;
use crate::corpus::register::Evidence;
use crate::edit::Standing;
use crate::model::{Id, Referent};
use crate::t;
use crate::ui::commands::{AnnotateCommand, Command};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::workspace::likeness::{Likeness, Wanted, why};
use crate::ui::workspace::{Workspace, card};

/// A referent that may be meant.
struct Offered<'a> {
    referent: &'a Referent,
    alike: Likeness,
    evidence: Option<Evidence>,
    /// True where its label is another one.
    other_label: bool,
    /// The name of the one that it was judged not to be.
    not: Option<String>,
}

/// The referents that what is selected may be about: those by an equal or similar name first, then a new one, then all others;
/// typed text makes a new one.
pub fn refer(work: &Workspace, language: &str) -> Option<AnnotateDialog> {
    let ids = work.subject();
    let (text, set) = work.page()?;
    let record = set.get(*ids.first()?)?;
    let words = card::title(text, record);
    let mut all = offered(work, record.referent, (&record.label, &words));
    all.sort_by(|a, b| (a.alike, a.other_label, &a.referent.name).cmp(&(b.alike, b.other_label, &b.referent.name)));
    let item = |offered: &Offered<'_>| {
        let referent = offered.referent;
        let command = Command::Annotate(AnnotateCommand::ReferTo(ids.clone(), Some(referent.id)));
        let reason = match (&offered.not, &offered.evidence) {
            (Some(name), _) => Some(t!("refer-not", name = name)),
            (None, Some(evidence)) if offered.alike == Likeness::Similar => Some(why(evidence, language)),
            (None, _) => None,
        };
        let detail = [referent.label.to_string()].into_iter().chain(reason).collect::<Vec<_>>().join(" · ");
        Item::new(&referent.name, command).detail(detail)
    };
    let known = all.partition_point(|it| it.alike < Likeness::Other);
    let mut items: Vec<Item> = all[..known].iter().map(item).collect();
    items.push(
        Item::new(&words, Command::Annotate(AnnotateCommand::ReferNew(ids.clone(), words.clone())))
            .detail(t!("refer-new")),
    );
    items.extend(all[known..].iter().map(item));
    if record.referent.is_some() {
        items.push(Item::new(t!("refer-unknown"), Command::Annotate(AnnotateCommand::ReferTo(ids.clone(), None))));
    }
    let make = |name: &str, ids: &[Id]| {
        Item::new(name, Command::Annotate(AnnotateCommand::ReferNew(ids.to_vec(), name.to_owned())))
            .detail(t!("refer-new"))
    };
    let picker = Picker::new(t!("refer-title", words = card::short(&words, 50)), items);
    Some(AnnotateDialog::Picker(Box::new(picker.with_digits().with_make(ids, make))))
}

/// All referents, compared with words. Who is only similar, and was judged not to be the one that is called just so or the one
/// that the mention is of now, comes among all others.
fn offered<'a>(work: &'a Workspace, now: Option<Id>, (label, words): (&str, &str)) -> Vec<Offered<'a>> {
    let corpus = work.session.corpus();
    let wanted = Wanted::new(words);
    let mut called = called(work);
    let compared = |referent: &'a Referent, called: HashSet<String>| {
        let names = called.iter().chain([&referent.name]).map(|name| wanted.compared(name));
        let (alike, evidence) = names.min_by_key(|(alike, _)| *alike).unwrap_or((Likeness::Other, None));
        let other_label = referent.label != *label;
        // A name of another label is only ever the same where it is equal.
        let alike = if !other_label || alike == Likeness::Equal { alike } else { Likeness::Other };
        Offered { referent, alike, evidence, other_label, not: None }
    };
    let referents = corpus.referents(work.owner()).into_iter().flatten();
    let mut all: Vec<Offered<'a>> =
        referents.map(|(id, referent)| compared(referent, called.remove(id).unwrap_or_default())).collect();
    let Some(judgements) = corpus.judgements(work.owner()).filter(|judgements| !judgements.is_empty()) else {
        return all;
    };
    let standing = Standing::of(judgements);
    let equal = all.iter().filter(|it| it.alike == Likeness::Equal && !it.other_label);
    let sure: Vec<(Id, String)> = equal
        .map(|it| it.referent)
        .chain(now.and_then(|id| corpus.referents(work.owner())?.get(&id)).map(|referent| &**referent))
        .map(|referent| (referent.id, referent.name.clone()))
        .collect();
    for it in all.iter_mut().filter(|it| it.alike == Likeness::Similar) {
        let id = it.referent.id;
        let denied = sure.iter().find(|(other, _)| *other != id && standing.denial(*other, id).is_some());
        if let Some((_, name)) = denied {
            (it.alike, it.not) = (Likeness::Other, Some(name.clone()));
        }
    }
    all
}

/// The words by which each referent is mentioned in the articles that are loaded.
fn called(work: &Workspace) -> HashMap<Id, HashSet<String>> {
    let corpus = work.session.corpus();
    let mut called: HashMap<Id, HashSet<String>> = HashMap::new();
    for ((article, maker), set) in corpus.sets() {
        let Some(text) = corpus.text(article).filter(|_| maker == work.owner()) else { continue };
        for record in set.iter().filter(|record| !record.at.is_empty()) {
            let Some(referent) = record.referent else { continue };
            called.entry(referent).or_default().insert(card::quote(text, &record.at));
        }
    }
    called
}
