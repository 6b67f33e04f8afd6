//! Trips and claims as events with arguments, for formats that know a text as tokens: what they share.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::loss::{place, reduce};
use super::tokens::{covered, join, sentences, tell};
use super::{Capabilities, Context, ExchangeDocument, Loss, Lost, respace};
use crate::model::{Annotation, Filler, Id, Kind, Name, Role};
use crate::text::{Span, Text};

/// The kind of fillers that frames of a format have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fillers {
    /// Entities, which are annotations of their own, or bare words.
    Entities,
    /// Bare words alone: an entity is known by what it fills.
    Words,
}

/// Takes out of a page all but its frames and what fills them. Where only bare words fill roles, an annotation that does
/// becomes its words, and is left out itself.
pub(super) fn reduce_frames(
    page: &mut ExchangeDocument,
    capabilities: &Capabilities,
    fillers: Fillers,
    cx: &Context<'_>,
    loss: &mut Loss,
) {
    let schema = &cx.corpus.schema;
    let (article, text) = (page.id.clone(), page.text.clone());
    if fillers == Fillers::Words {
        for layer in &mut page.sets {
            let places: HashMap<Id, Vec<Span>> =
                layer.records.iter().map(|record| (record.id, record.at.clone())).collect();
            for record in &mut layer.records {
                if schema.kind(&record.label) != Kind::Frame || record.targets().next().is_none() {
                    continue;
                }
                for role in &mut Arc::make_mut(record).roles {
                    if let Filler::Annotation(id) = role.filler
                        && let Some(at) = places.get(&id).filter(|at| !at.is_empty())
                    {
                        role.filler = Filler::Span(at.clone());
                    }
                }
            }
        }
    }
    reduce(page, capabilities, cx, loss, |_| false);
    for layer in &mut page.sets {
        let frames: Vec<Id> = (layer.records.iter())
            .filter(|record| schema.kind(&record.label) == Kind::Frame)
            .map(|record| record.id)
            .collect();
        for record in &mut layer.records {
            let frame = frames.binary_search(&record.id).is_ok() || frames.contains(&record.id);
            let goes = |filler: &Filler| match filler {
                Filler::Annotation(id) => !frame || fillers == Fillers::Words || frames.contains(id),
                Filler::Span(_) | Filler::Value(_) => !frame,
            };
            let gone: Vec<&Role> = record.roles.iter().filter(|role| goes(&role.filler)).collect();
            let words = gone.iter().filter(|role| matches!(role.filler, Filler::Span(_))).count();
            loss.note(Lost::RoleWords, words, || place(&article, &text, record));
            loss.note(Lost::Role, gone.len() - words, || place(&article, &text, record));
            let parted = |role: &Role| matches!(&role.filler, Filler::Span(at) if at.len() > 1);
            let several = record.roles.iter().filter(|role| parted(role) && !goes(&role.filler)).count();
            loss.note(Lost::Fragments, several, || place(&article, &text, record));
            if gone.is_empty() && several == 0 {
                continue;
            }
            let after = Arc::make_mut(record);
            after.roles.retain(|role| !goes(&role.filler));
            for role in &mut after.roles {
                if let Filler::Span(at) = &mut role.filler {
                    *at = extent(at).into_iter().collect();
                }
            }
        }
    }
}

/// From the first to past the last of several fragments.
pub(super) fn extent(at: &[Span]) -> Option<Span> {
    Some(Span::new(at.first()?.start, at.last()?.end))
}

/// The tokens of a page by sentence, where no annotation goes from one sentence to the next.
pub(super) fn tokenise(page: &ExchangeDocument) -> Vec<Vec<Span>> {
    let records = page.sets.iter().flat_map(|layer| &layer.records);
    let mut held: Vec<Span> = records
        .flat_map(|record| {
            let words = record.roles.iter().filter_map(|role| match &role.filler {
                Filler::Span(at) => extent(at),
                _ => None,
            });
            words.chain(record.extent()).collect::<Vec<_>>()
        })
        .collect();
    held.sort_unstable();
    join(sentences(&page.text), &Annotation::tidy(held))
}

/// Gives a page the text that its tokens make with a blank between two, and notes what that loses.
pub(super) fn space_tokens(page: &mut ExchangeDocument, loss: &mut Loss) {
    let (told, _) = tell(&page.text, &tokenise(page));
    let article = page.id.clone();
    loss.note(Lost::Article, usize::from(told.is_empty()), || format!("article {article}"));
    if told != page.text.as_str() && !told.is_empty() {
        loss.note(Lost::Spacing, 1, || format!("article {article}"));
        respace(page, &Text::new(&told));
    }
}

/// Widens every span of a page to whole tokens, and notes each that changes. A span that touches none goes, and the
/// record with it.
pub(super) fn align(page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
    let tokens = sentences(&page.text).concat();
    let whole = |span: Span| -> Option<Span> {
        let over = covered(&tokens, span);
        (!over.is_empty()).then(|| Span::new(tokens[over.start].start, tokens[over.end - 1].end))
    };
    let (article, text) = (page.id.clone(), page.text.clone());
    let mut gone: Vec<Id> = Vec::new();
    for layer in &mut page.sets {
        layer.records.retain(|record| {
            let stands = record.extent().is_none_or(|extent| whole(extent).is_some());
            if !stands {
                let frame = cx.corpus.schema.kind(&record.label) == Kind::Frame;
                loss.note(if frame { Lost::Frame } else { Lost::Mention }, 1, || place(&article, &text, record));
                gone.push(record.id);
            }
            stands
        });
        for record in &mut layer.records {
            let whole = |span: Option<Span>| -> Vec<Span> { span.and_then(whole).into_iter().collect() };
            let wide = whole(record.extent());
            if wide != record.at {
                loss.note(Lost::Alignment, 1, || place(&article, &text, record));
                Arc::make_mut(record).at = wide;
            }
            let stays = |filler: &Filler| match filler {
                Filler::Span(at) => !at.is_empty() && whole(extent(at)) == *at,
                Filler::Annotation(id) => !gone.contains(id),
                Filler::Value(_) => true,
            };
            if record.roles.iter().all(|role| stays(&role.filler)) {
                continue;
            }
            let said = place(&article, &text, record);
            Arc::make_mut(record).roles.retain_mut(|role| match &mut role.filler {
                Filler::Span(at) => {
                    let wide = whole(extent(at));
                    let lost = if wide.is_empty() { Lost::RoleWords } else { Lost::Alignment };
                    loss.note(lost, usize::from(wide != *at), || said.clone());
                    *at = wide;
                    !at.is_empty()
                }
                Filler::Annotation(id) => {
                    let lost = gone.contains(id);
                    loss.note(Lost::Role, usize::from(lost), || said.clone());
                    !lost
                }
                Filler::Value(_) => true,
            });
        }
    }
    sort(page);
}

/// Puts records in the order that a reader finds them in.
pub(super) fn sort(page: &mut ExchangeDocument) {
    for layer in &mut page.sets {
        layer.records.sort_by_key(|record| {
            let extent = record.extent();
            (extent.map(|span| span.start), Reverse(extent.map(|span| span.end)), record.id)
        });
    }
}

/// The roles of a record, each with its words.
pub(super) fn words(record: &Annotation) -> impl Iterator<Item = (&Name, Span)> {
    record.roles.iter().filter_map(|role| match &role.filler {
        Filler::Span(at) => Some((&role.name, extent(at)?)),
        Filler::Annotation(_) | Filler::Value(_) => None,
    })
}
