//! Candidates for the armed role: ranked by what was used lately, by nearness to the trigger, and by what fills the
//! same role in other articles.

use std::collections::HashSet;

use crate::edit::FillAs;
use crate::model::{
    Annotation, AnnotationSet, Corpus, Date, Filler, Id, LabelDef, Name, RoleDef, SetKey, Value, ValueKind,
};
use crate::t;
use crate::text::{Fold, Span, Text, find_all};
use crate::ui::commands::{AnnotateCommand, Command};
use crate::ui::widgets::picker::Item;
use crate::ui::workspace::likeness::{Likeness, Wanted};
use crate::ui::workspace::{Workspace, card};

/// The number of candidates that are offered at the most.
const MOST: usize = 40;

/// The candidates for a role of a frame, each with the likeness of its name to `words`, where some are selected: the likest
/// first, and of those the likeliest. `recent` are annotations used lately, the latest first.
#[must_use]
pub fn candidates(
    corpus: &Corpus,
    key: &SetKey,
    text: &Text,
    set: &AnnotationSet,
    (frame, def, role): (&Annotation, &LabelDef, &RoleDef),
    recent: &[Id],
    words: Option<&str>,
) -> Vec<(Likeness, Item)> {
    let wanted = words.map(Wanted::new);
    let alike = |name: &str| wanted.as_ref().map_or(Likeness::Other, |wanted| wanted.likeness(name));
    let ranked = |item: Item| (alike(&item.title), item);
    // Of names that are like no words there are enough; one that is may stand anywhere.
    let all = if words.is_some() { usize::MAX } else { MOST };
    let mut items: Vec<_> = in_article(text, set, frame, role, recent, all).into_iter().map(ranked).collect();
    let mut offered: HashSet<String> = items.iter().map(|(_, item)| item.title.clone()).collect();
    for (label, words) in elsewhere(corpus, key, def, role) {
        if items.len() >= MOST && alike(&words) == Likeness::Other || !offered.insert(words.clone()) {
            continue;
        }
        items.extend(from_elsewhere(text, frame.id, role, &label, &words).map(ranked));
    }
    if role.values.contains(&ValueKind::Date) {
        let published = corpus.article(&key.0).map(|article| article.published.as_str()).unwrap_or_default();
        if let Ok(date) = published.parse::<Date>() {
            let filler = Filler::Value(Value::Date(date));
            let command = Command::Annotate(AnnotateCommand::Fill(frame.id, role.name.clone(), filler));
            items.push(ranked(Item::new(published, command).detail(t!("candidate-published"))));
        }
    }
    items.sort_by_key(|(alike, _)| *alike);
    items.truncate(MOST);
    items
}

/// The candidates where words are selected: those by an equal or similar name first, as they are ranked, then what the words
/// themselves may become, then all others.
#[must_use]
pub fn for_words(
    work: &Workspace,
    mut ranked: Vec<(Likeness, Item)>,
    (frame, role): (Id, &Name),
    (span, words): (Span, &str),
    ways: &[FillAs],
    language: &str,
) -> Vec<Item> {
    let others = ranked.split_off(ranked.partition_point(|(alike, _)| *alike < Likeness::Other));
    let new = ways.iter().filter_map(|way| {
        let detail = match way {
            // It is among the candidates.
            FillAs::Annotation(_) => return None,
            FillAs::Label(label) => t!("candidate-new", label = work.label_title(label, language)),
            FillAs::Words => t!("way-words").to_owned(),
        };
        let command = Command::Annotate(AnnotateCommand::FillText(frame, role.clone(), span, way.clone()));
        Some(Item::new(words, command).detail(detail))
    });
    let alike = ranked.into_iter().map(|(_, item)| item);
    alike.chain(new).chain(others.into_iter().map(|(_, item)| item)).collect()
}

/// Annotations of the article that may fill the role, at most so many, one for each wording, the nearest of each.
fn in_article(
    text: &Text,
    set: &AnnotationSet,
    frame: &Annotation,
    role: &RoleDef,
    recent: &[Id],
    most: usize,
) -> Vec<Item> {
    let filled: HashSet<Id> = frame.targets().collect();
    let from = frame.extent().map_or(0, |extent| extent.start);
    let fits = |record: &&std::sync::Arc<Annotation>| {
        record.id != frame.id && role.fillers.contains(&record.label) && !filled.contains(&record.id)
    };
    let mut fitting: Vec<_> = set
        .iter()
        .filter(fits)
        .map(|record| {
            let lately = recent.iter().position(|&id| id == record.id).unwrap_or(usize::MAX);
            let label = role.fillers.iter().position(|label| *label == record.label).unwrap_or(usize::MAX);
            let far = record.extent().map_or(u32::MAX, |extent| extent.start.abs_diff(from));
            (lately, label, far, record)
        })
        .collect();
    fitting.sort_by_key(|&(lately, label, far, record)| (lately, label, far, record.id));
    let mut seen = HashSet::new();
    fitting
        .into_iter()
        .filter(|(_, _, _, record)| seen.insert((record.label.clone(), card::title(text, record).to_lowercase())))
        .take(most)
        .map(|(_, _, _, record)| {
            let command =
                Command::Annotate(AnnotateCommand::Fill(frame.id, role.name.clone(), Filler::Annotation(record.id)));
            Item::new(card::title(text, record), command).detail(record.label.as_str())
        })
        .collect()
}

/// The fillers of the same role of the same label in the other articles that are loaded, the most frequent first.
fn elsewhere(corpus: &Corpus, key: &SetKey, def: &LabelDef, role: &RoleDef) -> Vec<(Option<Name>, String)> {
    let mut counts: std::collections::HashMap<(Option<Name>, String), usize> = std::collections::HashMap::new();
    for ((article, annotator), set) in corpus.sets() {
        if *article == key.0 || *annotator != key.1 {
            continue;
        }
        let Some(text) = corpus.text(article) else { continue };
        for frame in set.iter().filter(|record| record.label == def.name) {
            for filler in frame.fillers(&role.name) {
                let found = match filler {
                    Filler::Annotation(id) => match set.get(*id) {
                        Some(record) if !record.at.is_empty() => {
                            (Some(record.label.clone()), card::quote(text, &record.at))
                        }
                        _ => continue,
                    },
                    Filler::Value(Value::Text(value)) => (None, value.clone()),
                    Filler::Span(_) | Filler::Value(Value::Date(_)) => continue,
                };
                *counts.entry(found).or_default() += 1;
            }
        }
    }
    let mut found: Vec<_> = counts.into_iter().collect();
    found.sort_by(|(a, more), (b, fewer)| fewer.cmp(more).then_with(|| a.cmp(b)));
    found.into_iter().map(|(found, _)| found).collect()
}

/// A wording from another article: its first place in this text, or a value where the text does not have it.
fn from_elsewhere(text: &Text, frame: Id, role: &RoleDef, label: &Option<Name>, words: &str) -> Option<Item> {
    let here = find_all(text, words, Fold { case: true, words: true }).into_iter().next();
    match here {
        Some(span) if label.as_ref().is_some_and(|label| role.fillers.contains(label)) => {
            let means = label.clone().map_or(FillAs::Words, FillAs::Label);
            let command = Command::Annotate(AnnotateCommand::FillText(frame, role.name.clone(), span, means));
            Some(Item::new(words, command).detail(t!("candidate-elsewhere-here")))
        }
        _ if role.values.contains(&ValueKind::Text) => {
            let filler = Filler::Value(Value::Text(words.to_owned()));
            let command = Command::Annotate(AnnotateCommand::Fill(frame, role.name.clone(), filler));
            Some(Item::new(words, command).detail(t!("candidate-elsewhere")))
        }
        _ => None,
    }
}
