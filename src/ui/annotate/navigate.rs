//! Moving about in the open article: finding, the caret, from one annotation to the next.

use super::outcome::{Done, Outcome};
use crate::model::Id;
use crate::text::Span;
use crate::ui::commands::{Direction, Motion, Selection};
use crate::ui::widgets::jobs::Jobs;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;
use crate::ui::workspace::find::Finder;

/// Opens the bar for finding, with what is selected.
pub fn find(work: &mut Workspace) {
    let selection = work.open.as_ref().and_then(|open| open.reader.selection());
    let Some((text, _)) = work.page() else { return };
    let needle = selection.map_or(String::new(), |span| card::short(text.slice(span), 200));
    let text = text.clone();
    if let Some(open) = &mut work.open {
        open.finder = Some(Finder::new(&text, &needle, open.reader.caret()));
    }
}

/// The same, in all articles.
pub fn find_everywhere(work: &mut Workspace, jobs: &Jobs) {
    let looking = work.open.as_mut().and_then(|open| open.finder.take());
    if looking.is_none() {
        find(work);
    } else if let Some(open) = &mut work.open {
        open.finder = looking;
    }
    let Workspace { open, session, .. } = work;
    if let Some(open) = open {
        open.finder = open.finder.take().map(|finder| finder.everywhere(jobs, session));
    }
}

/// Looks at the next or the last hit.
pub fn find_next(work: &mut Workspace, direction: Direction) -> Outcome {
    if let Some(open) = &mut work.open
        && let Some(hit) = open.finder.as_mut().and_then(|finder| finder.step(direction == Direction::Forward))
    {
        open.look_at_hit(hit);
    }
    Ok(Done::Nothing)
}

/// Moves the caret.
pub fn caret(work: &mut Workspace, motion: Motion, selection: Selection) -> Outcome {
    let Some((text, _)) = work.page() else { return Ok(Done::Nothing) };
    let text = text.clone();
    if let Some(open) = &mut work.open {
        open.reader.move_caret(&text, motion, selection == Selection::Extended);
        let caret = open.reader.caret();
        open.reader.reveal(Span::new(caret, caret));
        if selection == Selection::Dropped {
            open.selected.clear();
        }
    }
    Ok(Done::Nothing)
}

/// Looks at the next or the last annotation.
pub fn step_annotation(work: &mut Workspace, direction: Direction) -> Outcome {
    let forward = direction == Direction::Forward;
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let from = open.reader.caret();
    let current = open.selected.first().copied();
    let Some((_, set)) = work.page() else { return Ok(Done::Nothing) };
    let start = |id: Id| set.get(id).and_then(|record| record.extent()).map(|extent| extent.start);
    // From the one that is selected, else from the caret; several may start at one place.
    let from = current.and_then(start).unwrap_or(from);
    let here: Vec<Id> = set
        .within(Span::new(from, from + 1))
        .filter(|record| record.extent().is_some_and(|extent| extent.start == from))
        .map(|record| record.id)
        .collect();
    let at = current.and_then(|id| here.iter().position(|&other| other == id));
    let beside = match (at, forward) {
        (Some(at), true) => here.get(at + 1),
        (Some(at), false) => at.checked_sub(1).and_then(|at| here.get(at)),
        (None, true) => here.first(),
        (None, false) => None,
    };
    let next = beside.copied().or_else(|| {
        if forward {
            return set.next_after(from).map(|record| record.id);
        }
        set.last_before(from).map(|record| record.id)
    });
    if let Some(id) = next {
        work.look_at(id);
    }
    Ok(Done::Nothing)
}

/// Selects the next of the annotations that lie over each other at the caret.
pub fn step_stack(work: &mut Workspace, direction: Direction) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let current = open.selected.first().copied();
    let caret = open.reader.caret();
    let Some((_, set)) = work.page() else { return Ok(Done::Nothing) };
    let mut stack: Vec<Id> = set.at(caret).iter().map(|record| record.id).collect();
    if stack.is_empty() && caret > 0 {
        stack = set.at(caret - 1).iter().map(|record| record.id).collect();
    }
    let at = current.and_then(|id| stack.iter().position(|&other| other == id));
    let next = match at {
        None => stack.first(),
        Some(at) => stack.get((at + if direction == Direction::Forward { 1 } else { stack.len() - 1 }) % stack.len()),
    };
    if let Some(&id) = next {
        work.select(vec![id]);
    }
    Ok(Done::Nothing)
}
