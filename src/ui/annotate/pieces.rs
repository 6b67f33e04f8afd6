//! The fragments of annotations: their edges, pieces that come and go; and the words that a key means at the caret.

use super::outcome::{Done, Outcome, commit, needs_selection};
use crate::model::{Annotation, Id, Kind};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::workspace::Workspace;

/// An end of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first in reading order.
    Start,
    /// The last.
    End,
}

/// The words that a label's key means where nothing is selected: the paragraph for a zone, the word for anything else.
pub fn at_caret(text: &Text, caret: u32, kind: Kind) -> Option<Span> {
    match kind {
        Kind::Zone => text.snap_raw(text.paragraph(text.paragraph_at(caret))),
        Kind::Entity | Kind::Frame | Kind::Document => text.word_at(caret),
    }
}

/// Moves an end of what is selected, as `change` does.
pub fn stretch(work: &mut Workspace, edge: End, change: impl Fn(&Text, Span) -> Span) -> Outcome {
    let Some(id) = work.open.as_ref().and_then(|open| open.selected.first().copied()) else {
        return Ok(needs_selection());
    };
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(mut at) = set.get(id).map(|record| record.at.clone()) else { return Ok(Done::Nothing) };
    let piece = if edge == End::Start { at.first_mut() } else { at.last_mut() };
    let Some(edge) = piece else { return Done::said(t!("say-no-words")) };
    *edge = change(text, *edge);
    let look = *edge;
    let outcome = commit(work, |work| Some(work.set_editor()?.respan(id, at)));
    if let Some(open) = &mut work.open {
        open.reader.reveal(look);
    }
    outcome
}

/// The annotation whose fragments change, its fragments, and the words that are selected.
fn fragments(work: &Workspace) -> Option<(Id, Vec<Span>, Span)> {
    let open = work.open.as_ref()?;
    // Words that are dragged let go of what was selected, and not of the open card.
    let id = open.selected.first().copied().or(open.card.as_ref().map(|card| card.frame))?;
    let span = open.reader.selection()?;
    Some((id, work.page()?.1.get(id)?.at.clone(), span))
}

fn needs_fragment() -> Outcome {
    Done::said(t!("say-fragment-first"))
}

/// Adds the selected words to what is selected, as a piece of it.
pub fn add_selection(work: &mut Workspace) -> Outcome {
    let Some((id, mut at, span)) = fragments(work) else { return needs_fragment() };
    at.push(span);
    set_fragments(work, id, at)
}

/// Takes the selected words out of what is selected.
pub fn take_out_selection(work: &mut Workspace) -> Outcome {
    let Some((id, at, span)) = fragments(work) else { return needs_fragment() };
    let at: Vec<Span> = at.into_iter().flat_map(|piece| without(piece, span)).collect();
    if at.is_empty() {
        return Done::said(t!("say-leaves-nothing"));
    }
    set_fragments(work, id, at)
}

/// Adds words that were dragged to what is selected, as a piece of it. Where nothing is, they stay selected beside other words
/// for the key that labels all of them.
pub fn add(work: &mut Workspace, span: Span) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let alone = open.reader.selected_pieces() == [span];
    match open.selected.is_empty() && (!alone || open.card.is_none()) {
        true => Ok(Done::Nothing),
        false => {
            let Some((id, mut at, _)) = fragments(work) else { return needs_fragment() };
            at.push(span);
            set_fragments(work, id, at)
        }
    }
}

/// Gives an annotation another fragment in place of one that it has.
pub fn replace(work: &mut Workspace, id: Id, from: Span, to: Span) -> Outcome {
    let Some(mut at) = work.page().and_then(|(_, set)| set.get(id)).map(|record| record.at.clone()) else {
        return Ok(Done::Nothing);
    };
    let Some(piece) = at.iter_mut().find(|piece| **piece == from) else { return Ok(Done::Nothing) };
    *piece = to;
    set_fragments(work, id, at)
}

/// Selects the annotations from the one that is selected to this one, in the order of the text: zones only from one zone to another.
pub fn select_to(work: &mut Workspace, id: Id) -> Outcome {
    let first = work.open.as_ref().and_then(|open| open.selected.first().copied());
    let (Some(first), Some((_, set))) = (first, work.page()) else { return Ok(Done::Nothing) };
    let schema = &work.session.corpus().schema;
    let zone = |record: &Annotation| schema.kind(&record.label) == Kind::Zone;
    let ends = set.get(first).zip(set.get(id));
    let Some((a, b, one, other)) = ends.and_then(|(a, b)| Some((a, b, a.extent()?, b.extent()?))) else {
        return Ok(Done::Nothing);
    };
    let (zones, whole) = (zone(a) && zone(b), Span::new(one.start.min(other.start), one.end.max(other.end)));
    let within = |record: &Annotation| record.extent().is_some_and(|extent| whole.contains(extent));
    let between = set.within(whole).filter(|record| within(record) && (zones || !zone(record) || record.id == id));
    let mut ids: Vec<Id> = between.map(|record| record.id).filter(|&id| id != first).collect();
    ids.insert(0, first);
    let count = ids.len();
    work.select(ids);
    Done::said(t!("say-selected-to", count = count))
}

fn set_fragments(work: &mut Workspace, id: Id, at: Vec<Span>) -> Outcome {
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
    }
    commit(work, |work| Some(work.set_editor()?.respan(id, at)))
}

/// The rest of a fragment when a hole is cut.
fn without(piece: Span, hole: Span) -> Vec<Span> {
    if !piece.overlaps(hole) {
        return vec![piece];
    }
    let before = Span::new(piece.start, hole.start.max(piece.start));
    let after = Span::new(hole.end.min(piece.end), piece.end);
    [before, after].into_iter().filter(|span| !span.is_empty()).collect()
}
