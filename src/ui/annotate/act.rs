//! Does what the commands of marking say, in the set that is worked on.

use super::dialogs::{self, AnnotateDialog};
use super::label_all::{self, Verb};
use super::navigate;
use crate::edit::Transaction;
use crate::model::{Filler, Id, Kind, Name, Origin, Progress, Referent};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::commands::{Among, AnnotateCommand, Direction};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::cx::{self, Cx};

type Done = cx::Done<AnnotateDialog>;
type Outcome = cx::Outcome<AnnotateDialog>;

/// Does a command; without an open article nothing.
///
/// # Errors
/// One sentence, where it cannot be done.
pub fn perform(cx: &mut Cx<'_>, command: AnnotateCommand) -> Outcome {
    use AnnotateCommand as A;
    if let A::Difference(direction) = command {
        return Ok(cx.workspace.differ(cx.jobs, direction).map_or(Done::Nothing, Done::Said));
    }
    if cx.workspace.page().is_none() {
        return Ok(Done::Nothing);
    }
    let language = &cx.settings.language;
    let work = &mut *cx.workspace;
    match command {
        A::Label(label) => label_here(work, &label),
        A::Delete => delete(work),
        A::LabelAll => label_all(work, Verb::Label),
        A::DeleteAllSuch => label_all(work, Verb::Delete),
        A::Grow => respan(work, Edge::End, |text, span| text.stretch(span, true)),
        A::Shrink => respan(work, Edge::End, |text, span| text.stretch(span, false)),
        A::GrowStart => respan(work, Edge::Start, |text, span| text.stretch_start(span, true)),
        A::ShrinkStart => respan(work, Edge::Start, |text, span| text.stretch_start(span, false)),
        A::AddFragment => add_fragment(work),
        A::RemoveFragment => match last_filler(work) {
            Some((frame, index)) => commit(work, |work| Some(work.set_editor()?.unfill(frame, index))),
            None => remove_fragment(work),
        },
        A::Earlier => match last_filler(work) {
            Some((frame, index)) => commit(work, |work| Some(work.set_editor()?.reorder(frame, index, false))),
            None => Done::said(t!("say-arm-fillers")),
        },
        A::Note => Ok(dialogs::note(work).map_or_else(needs_selection, Done::Ask)),
        A::WriteNote(id, note) => commit(work, |work| Some(work.set_editor()?.note(id, &note))),
        A::Refer => Ok(dialogs::refer(work).map_or_else(needs_selection, Done::Ask)),
        A::Describe => Ok(dialogs::describe(work).map_or(Done::Nothing, Done::Ask)),
        A::Attribute(index) => {
            let ids = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
            Ok(dialogs::attribute(work, &ids, index, language).map_or_else(needs_selection, Done::Ask))
        }
        A::SetAttribute(ids, name, value) => {
            commit(work, |work| Some(work.set_editor()?.attribute(&ids, &name, value.as_deref())))
        }
        A::ReferTo(ids, referent) => commit(work, |work| Some(work.set_editor()?.refer(&ids, referent))),
        A::ReferNew(ids, name) => refer_new(work, &ids, &name),
        A::Select(ids) => {
            match ids[..] {
                [id] => work.look_at(id),
                _ => work.select(ids),
            }
            Ok(Done::Nothing)
        }
        A::SelectAlike => select_alike(work),
        A::Click(id, among) => clicked(work, id, among),
        A::Pick(id) => {
            work.select(vec![id]);
            Ok(Done::Nothing)
        }
        A::ClickBeside => {
            // The selection is let go of, but an open card stays open.
            if let Some(open) = work.open.as_mut().filter(|open| open.card.is_none()) {
                open.selected.clear();
            }
            Ok(Done::Nothing)
        }
        A::SelectWords(span) => match work.armed() {
            Some((frame, role)) => fill_text(work, frame, &role, span),
            None => {
                work.select(Vec::new());
                Ok(Done::Nothing)
            }
        },
        A::OpenCard(id) => {
            work.look_at(id);
            work.open_card(id);
            Ok(Done::Nothing)
        }
        A::NewFrame(label) => new_frame(work, &label, Vec::new()),
        A::Arm(role) => {
            arm(work, role);
            Ok(Done::Nothing)
        }
        A::Candidates => {
            Ok(dialogs::candidates(work, language).map_or_else(|| Done::Said(t!("say-card-first").into()), Done::Ask))
        }
        A::TypeValue => {
            Ok(dialogs::value(work, language).map_or_else(|| Done::Said(t!("say-value-first").into()), Done::Ask))
        }
        A::Fill(frame, role, filler) => fill(work, frame, &role, &filler),
        A::FillText(frame, role, span) => fill_text(work, frame, &role, span),
        A::Unfill(frame, index) => commit(work, |work| Some(work.set_editor()?.unfill(frame, index))),
        A::Reorder(frame, index, direction) => {
            commit(work, |work| Some(work.set_editor()?.reorder(frame, index, direction == Direction::Forward)))
        }
        A::Accept => accept(work),
        A::MarkDone => {
            let done = work.page().is_some_and(|(_, set)| set.progress() == Progress::Done);
            set_progress(work, if done { Progress::InProgress } else { Progress::Done })
        }
        A::SetProgress(progress) => set_progress(work, progress),
        A::Find => {
            navigate::find(work);
            Ok(Done::Nothing)
        }
        A::FindNext => navigate::find_next(work, Direction::Forward),
        A::FindPrevious => navigate::find_next(work, Direction::Back),
        A::NextAnnotation => navigate::step_annotation(work, Direction::Forward),
        A::PreviousAnnotation => navigate::step_annotation(work, Direction::Back),
        A::NextInStack => navigate::step_stack(work, Direction::Forward),
        A::PreviousInStack => navigate::step_stack(work, Direction::Back),
        A::Caret(motion, selection) => navigate::caret(work, motion, selection),
        // Without an article, too: see above.
        A::Difference(_) => Ok(Done::Nothing),
    }
}

fn label_all(work: &Workspace, verb: Verb) -> Outcome {
    match label_all::ask(work, verb) {
        Some(preview) => Ok(Done::Ask(AnnotateDialog::LabelAll(Box::new(preview)))),
        None => Done::said(t!("label-all-first")),
    }
}

/// An end of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

fn commit(work: &mut Workspace, make: impl FnOnce(&Workspace) -> Option<Transaction>) -> Outcome {
    let Some(transaction) = make(work) else { return Ok(Done::Nothing) };
    work.commit(transaction)?;
    Ok(Done::Nothing)
}

fn needs_selection() -> Done {
    Done::Said(t!("say-annotation-first").to_owned())
}

/// The meaning of a label key here: label the selected words, else relabel what is selected, else label the word at the
/// caret.
fn label_here(work: &mut Workspace, label: &Name) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let kind = work.session.corpus().schema.kind(label);
    let selection = open.reader.selection();
    if kind == Kind::Document {
        return mark(work, label, Vec::new());
    }
    if selection.is_none() && !open.selected.is_empty() {
        let ids = open.selected.clone();
        return commit(work, |work| Some(work.set_editor()?.relabel(&ids, label)));
    }
    let word = work.page().and_then(|(text, _)| text.word_at(open.reader.caret()));
    match selection.or(word) {
        Some(span) if kind == Kind::Frame => new_frame(work, label, vec![span]),
        Some(span) => mark(work, label, vec![span]),
        None if kind == Kind::Frame => new_frame(work, label, Vec::new()),
        None => Done::said(t!("say-words-first")),
    }
}

fn mark(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let Some((transaction, id)) = work.set_editor().map(|editor| editor.label(label, at)) else {
        return Ok(Done::Nothing);
    };
    let found = transaction.is_empty();
    work.commit(transaction)?;
    let card = work.open.as_mut().and_then(|open| open.card.take());
    work.select(vec![id]);
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        // Labelling something in passing leaves the card open.
        open.card = card;
    }
    work.used(id);
    Ok(if found { Done::Said(t!("say-same-label").to_owned()) } else { Done::Nothing })
}

fn new_frame(work: &mut Workspace, label: &Name, at: Vec<Span>) -> Outcome {
    let Some((transaction, id)) = work.set_editor().map(|editor| editor.label(label, at)) else {
        return Ok(Done::Nothing);
    };
    work.commit(transaction)?;
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
    }
    work.open_card(id);
    Ok(Done::Nothing)
}

fn delete(work: &mut Workspace) -> Outcome {
    let ids = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    if ids.is_empty() {
        return Ok(needs_selection());
    }
    commit(work, |work| Some(work.set_editor()?.delete(&ids)))
}

fn respan(work: &mut Workspace, edge: Edge, change: impl Fn(&Text, Span) -> Span) -> Outcome {
    let Some(id) = work.open.as_ref().and_then(|open| open.selected.first().copied()) else {
        return Ok(needs_selection());
    };
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(mut at) = set.get(id).map(|record| record.at.clone()) else { return Ok(Done::Nothing) };
    let piece = if edge == Edge::Start { at.first_mut() } else { at.last_mut() };
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
    let (id, span) = (*open.selected.first()?, open.reader.selection()?);
    Some((id, work.page()?.1.get(id)?.at.clone(), span))
}

fn needs_fragment() -> Outcome {
    Done::said(t!("say-fragment-first"))
}

fn add_fragment(work: &mut Workspace) -> Outcome {
    let Some((id, mut at, span)) = fragments(work) else { return needs_fragment() };
    at.push(span);
    set_fragments(work, id, at)
}

fn remove_fragment(work: &mut Workspace) -> Outcome {
    let Some((id, at, span)) = fragments(work) else { return needs_fragment() };
    let at: Vec<Span> = at.into_iter().flat_map(|piece| without(piece, span)).collect();
    if at.is_empty() {
        return Done::said(t!("say-leaves-nothing"));
    }
    set_fragments(work, id, at)
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

fn refer_new(work: &mut Workspace, ids: &[Id], name: &str) -> Outcome {
    let annotator = work.annotator().clone();
    commit(work, |work| {
        let (_, set) = work.page()?;
        let label = &set.get(*ids.first()?)?.label;
        let referent = Referent::new(label, name, Origin::hand(&annotator));
        Some(work.set_editor()?.refer_new(ids, referent))
    })
}

fn select_alike(work: &mut Workspace) -> Outcome {
    let Some((first, (_, set))) = work.open.as_ref().and_then(|open| open.selected.first().copied()).zip(work.page())
    else {
        return Ok(needs_selection());
    };
    let Some(label) = set.get(first).map(|record| record.label.clone()) else { return Ok(Done::Nothing) };
    let mut ids: Vec<Id> = set.iter().filter(|record| record.label == label).map(|record| record.id).collect();
    ids.retain(|&id| id != first);
    ids.insert(0, first);
    let count = ids.len();
    work.select(ids);
    Done::said(t!("say-selected", count = count, label = label))
}

fn arm(work: &mut Workspace, role: Name) {
    if let Some(card) = work.open.as_mut().and_then(|open| open.card.as_mut()) {
        card.armed = Some(role);
    }
}

fn fill(work: &mut Workspace, frame: Id, role: &Name, filler: &Filler) -> Outcome {
    let Some(transaction) = work.set_editor().map(|editor| editor.fill(frame, role, filler)) else {
        return Ok(Done::Nothing);
    };
    work.commit(transaction)?;
    if let Filler::Annotation(id) = filler {
        work.used(*id);
    }
    work.arm_next(role);
    Ok(Done::Nothing)
}

/// Fills a role with words of the text.
fn fill_text(work: &mut Workspace, frame: Id, role: &Name, span: Span) -> Outcome {
    let Some((transaction, filler)) = work.set_editor().map(|editor| editor.fill_with_text(frame, role, vec![span]))
    else {
        return Ok(Done::Nothing);
    };
    if transaction.is_empty() {
        return Done::said(t!("say-takes-no-words", role = role));
    }
    work.commit(transaction)?;
    if let Some(id) = filler {
        work.used(id);
    }
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        open.selected = vec![frame];
    }
    work.arm_next(role);
    Ok(Done::Nothing)
}

/// The frame of the open card and the place of its armed role's last filler, where no words are selected.
fn last_filler(work: &Workspace) -> Option<(Id, usize)> {
    let (frame, role) = work.armed()?;
    if work.open.as_ref()?.reader.selection().is_some() {
        return None;
    }
    let roles = &work.page()?.1.get(frame)?.roles;
    Some((frame, roles.iter().rposition(|filled| filled.name == role)?))
}

/// Enter: fills the armed role with the selection, or with the annotation at the caret; else opens the selected frame's
/// card; else selects what stands at the caret.
fn accept(work: &mut Workspace) -> Outcome {
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let selection = open.reader.selection();
    let caret = open.reader.caret();
    if let Some((frame, role)) = work.armed() {
        if let Some(span) = selection {
            return fill_text(work, frame, &role, span);
        }
        let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
        let here = set.at(caret).iter().map(|record| record.id).find(|&id| work.fits(frame, &role, id));
        let word = text.word_at(caret);
        return match (here, word) {
            (Some(id), _) => fill(work, frame, &role, &Filler::Annotation(id)),
            (None, Some(word)) => fill_text(work, frame, &role, word),
            (None, None) => Ok(Done::Nothing),
        };
    }
    match open.selected.first().copied() {
        Some(id) if work.is_frame(id) => work.open_card(id),
        _ => return navigate::step_stack(work, Direction::Forward),
    }
    Ok(Done::Nothing)
}

/// A click on an annotation while a role is armed: fills the role where that is legal.
fn clicked(work: &mut Workspace, id: Id, among: Among) -> Outcome {
    if let Some((frame, role)) = work.armed()
        && work.fits(frame, &role, id)
        && among == Among::Alone
    {
        return fill(work, frame, &role, &Filler::Annotation(id));
    }
    let selected = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
    if among == Among::Others {
        let mut ids = selected;
        match ids.iter().position(|&other| other == id) {
            Some(at) => drop(ids.remove(at)),
            None => ids.push(id),
        }
        work.select(ids);
    } else {
        work.select(vec![id]);
    }
    Ok(Done::Nothing)
}

/// Leaves one thing after the other, and always ends in the text.
pub fn escape(work: &mut Workspace) {
    let Some(open) = &mut work.open else { return };
    if work.feedback.take().is_some() {
    } else if open.reader.raw_selection().is_some() {
        open.reader.clear_selection();
    } else if open.finder.take().is_some() {
    } else if open.card.take().is_none() {
        open.selected.clear();
    }
}

fn set_progress(work: &mut Workspace, progress: Progress) -> Outcome {
    commit(work, |work| Some(work.set_editor()?.progress(progress)))?;
    let said = match progress {
        Progress::New => t!("say-progress-new"),
        Progress::InProgress => t!("say-progress-begun"),
        Progress::Done => t!("say-progress-done"),
    };
    Ok(Done::Said(said.to_owned()))
}
