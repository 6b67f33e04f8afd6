//! The words behind a row of trips, by slot.

use super::row::RowKey;
use super::rows::{called, state_title, trip_scheme};
use crate::corpus::{FillerOf, Frame, Index, Item, SlotFiller};
use crate::model::Name;
use crate::t;
use crate::ui::corpus::days;
use crate::ui::corpus::evidence::{Evidence, Group, Passage, source};

/// The quotes of trips, of which some are chosen: of days first, then of the state, then of each role in the order of the
/// schema. Where no referent is known by a name, they are called as `named`.
pub fn of(
    index: &Index,
    (key, named): (&RowKey, &str),
    (items, chosen): (&[Item], &[Item]),
    language: &str,
) -> Evidence {
    let Some(scheme) = trip_scheme(index) else { return Evidence::default() };
    let articles: std::collections::BTreeSet<u32> = items.iter().map(|item| item.article).collect();
    let referent = match key {
        RowKey::Referent(id) => index.referent(*id).map(|referent| referent.name.clone()),
        RowKey::Frame(..) | RowKey::Words(_) => None,
    };
    let mut evidence = Evidence {
        title: referent.unwrap_or_else(|| named.to_owned()),
        detail: t!("counted-articles", count = articles.len()),
        label: Some(scheme.label.name.clone()),
        ..Evidence::default()
    };
    let chosen = |item: &Item| chosen.contains(item);
    let frames: Vec<(Item, &Frame)> = items.iter().filter_map(|item| Some((*item, index.frame(*item)?))).collect();
    let mut when = Group { title: t!("corpus-when").to_owned(), quotes: Vec::new() };
    let mut slots: Vec<Group> = Vec::new();
    for role in &scheme.label.roles {
        let title = role.title.get(language);
        let mut group = Group { title: title.to_owned(), quotes: Vec::new() };
        for (item, frame) in &frames {
            for filler in frame.fillers(&role.name) {
                match filler.days {
                    Some(of) => {
                        let value = format!("{title}: {}", days::days(of, None));
                        when.quotes.push(passage(index, *item, frame, filler, value, chosen(item)));
                    }
                    None => {
                        let value = called(index, filler);
                        group.quotes.push(passage(index, *item, frame, filler, value, chosen(item)));
                    }
                }
            }
        }
        slots.push(group);
    }
    let mut state = Group { title: t!("corpus-state").to_owned(), quotes: Vec::new() };
    for (item, frame) in &frames {
        let said = scheme.state.and_then(|attribute| frame.attribute(&attribute.name));
        let value = said.map_or_else(String::new, |said| state_title(&scheme, said, language));
        state.quotes.push(Passage {
            value,
            at: frame.at.clone(),
            label: Some(frame.label.clone()),
            ..bare(index, *item, frame, chosen(item))
        });
    }
    evidence.groups = [when, state].into_iter().chain(slots).filter(|group| !group.quotes.is_empty()).collect();
    evidence
}

fn bare(index: &Index, item: Item, frame: &Frame, chosen: bool) -> Passage {
    Passage {
        item,
        article: index.digest_of(item).article.id.clone(),
        id: Some(frame.id),
        source: source(index, item),
        value: String::new(),
        at: Box::default(),
        label: None,
        chosen,
    }
}

fn passage(index: &Index, item: Item, frame: &Frame, filler: &SlotFiller, value: String, chosen: bool) -> Passage {
    let digest = index.digest_of(item);
    let (id, label): (_, Option<Name>) = match filler.of {
        FillerOf::Mention(id) => (Some(id), digest.mention(id).map(|mention| mention.label.clone())),
        FillerOf::Frame(id) => (Some(id), digest.frame(id).map(|frame| frame.label.clone())),
        FillerOf::Words => (None, None),
        FillerOf::Missing(_) | FillerOf::Value => (Some(frame.id), None),
    };
    // A value has no words of its own; those of the frame say where it was given.
    let at = if filler.at.is_empty() { frame.at.clone() } else { filler.at.clone() };
    Passage { id, value, at, label, ..bare(index, item, frame, chosen) }
}
