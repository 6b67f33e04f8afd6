//! Does what the commands of marking say, in the set that is worked on.

use super::dialogs::{self, AnnotateDialog};
use super::label_all::{self, Verb};
use super::outcome::{Done, Outcome, commit, needs_selection};
use super::pieces::{self, End};
use super::{choose, filling, ghosts, marking, missing, navigate, proposed, refer};
use crate::model::{Id, Kind, Name, Origin, Progress, Referent};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::commands::{AnnotateCommand, Direction};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::cx::Cx;

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
        A::Label(label) => label_here(work, &label, language),
        A::Relabel(ids, label) => marking::relabel_now(work, &ids, &label, language),
        A::Delete => {
            let ids = work.open.as_ref().map(|open| open.selected.clone()).unwrap_or_default();
            marking::delete(work, &ids, language)
        }
        A::DeleteThese(ids) => marking::delete(work, &ids, language),
        A::LabelAll => label_all(work, Verb::Label),
        A::DeleteAllSuch => label_all(work, Verb::Delete),
        A::Grow => stretch(work, End::End, |text, span| text.stretch(span, true), language),
        A::Shrink => stretch(work, End::End, |text, span| text.stretch(span, false), language),
        A::GrowStart => stretch(work, End::Start, |text, span| text.stretch_start(span, true), language),
        A::ShrinkStart => stretch(work, End::Start, |text, span| text.stretch_start(span, false), language),
        A::Ghost(command) => ghosts::perform(work, command, language),
        A::AddFragment => pieces::add_selection(work),
        A::RemoveFragment => filling::take_out_last(work).unwrap_or_else(|| pieces::take_out_selection(work)),
        A::Earlier => match filling::last_filler(work) {
            Some((frame, index)) => commit(work, |work| Some(work.set_editor()?.reorder(frame, index, false))),
            None => Done::said(t!("say-arm-fillers")),
        },
        A::Note => Ok(dialogs::note(work).map_or_else(needs_selection, Done::Ask)),
        A::WriteNote(id, note) => commit(work, |work| Some(work.set_editor()?.note(id, &note))),
        A::Refer => Ok(refer::refer(work, language).map_or_else(needs_selection, Done::Ask)),
        A::Nobody => proposed::nobody(work),
        A::TakeDateline => proposed::take_dateline(work),
        A::Describe => Ok(dialogs::describe(work).map_or(Done::Nothing, Done::Ask)),
        A::Attribute(index) => {
            let ids = work.subject();
            Ok(dialogs::attribute(work, &ids, index, language).map_or_else(needs_selection, Done::Ask))
        }
        A::Choose(at) => choose::nth(work, at, language),
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
        A::Click(id, among) => filling::by_click(work, |work| filling::clicked(work, id, among, language)),
        A::Pick(id) => {
            work.select(vec![id]);
            Ok(Done::Nothing)
        }
        A::ClickBeside => filling::by_click(work, |work| {
            // The selection is let go of, but an open card stays open.
            if let Some(open) = &mut work.open {
                open.selected.clear();
            }
            Ok(Done::Nothing)
        }),
        A::SelectWords(span) => filling::by_click(work, |work| filling::words_selected(work, span, language)),
        A::SelectMoreWords(span) => {
            filling::take_back_click(work, span)?;
            filling::by_click(work, |work| filling::words_selected(work, span, language))
        }
        A::AddPiece(span) => pieces::add(work, span),
        A::MoveEdge(id, from, to) => pieces::replace(work, id, from, to),
        A::SelectTo(id) => pieces::select_to(work, id),
        A::OpenCard(id) => {
            work.look_at(id);
            work.open_card(id);
            Ok(Done::Nothing)
        }
        A::NewFrame(label) => marking::new_frame(work, &label, Vec::new()),
        A::Arm(role) => filling::arm(work, &role, language),
        A::Candidates => {
            Ok(dialogs::candidates(work, language).map_or_else(|| Done::Said(t!("say-card-first").into()), Done::Ask))
        }
        A::TypeValue => {
            Ok(dialogs::value(work, language).map_or_else(|| Done::Said(t!("say-value-first").into()), Done::Ask))
        }
        A::Fill(frame, role, filler) => filling::fill(work, frame, &role, &filler, language),
        A::FillText(frame, role, span, means) => filling::fill_as(work, frame, &role, span, &means, language),
        A::Unfill(frame, index) => commit(work, |work| Some(work.set_editor()?.unfill(frame, index))),
        A::Reorder(frame, index, direction) => {
            commit(work, |work| Some(work.set_editor()?.reorder(frame, index, direction == Direction::Forward)))
        }
        A::Accept => filling::accept(work, language),
        A::MarkDone => {
            let done = work.page().is_some_and(|(_, set)| set.progress() == Progress::Done);
            if let Some(asked) = missing::ask(work, language).filter(|_| !done) {
                return Ok(Done::Ask(asked));
            }
            set_progress(work, if done { Progress::InProgress } else { Progress::Done })
        }
        A::SetProgress(progress) => set_progress(work, progress),
        A::Find => {
            navigate::find(work);
            Ok(Done::Nothing)
        }
        A::FindEverywhere => {
            navigate::find_everywhere(work, cx.jobs);
            Ok(Done::Nothing)
        }
        A::FindNext => navigate::find_next(work, Direction::Forward),
        A::FindPrevious => navigate::find_next(work, Direction::Back),
        // While a role is armed, Tab goes on to the next one that is required.
        A::NextAnnotation if work.armed().is_some() => arm_beside(work, Direction::Forward),
        A::PreviousAnnotation if work.armed().is_some() => arm_beside(work, Direction::Back),
        A::NextAnnotation => navigate::step_annotation(work, Direction::Forward),
        A::PreviousAnnotation => navigate::step_annotation(work, Direction::Back),
        A::NextInStack => navigate::step_stack(work, Direction::Forward),
        A::PreviousInStack => navigate::step_stack(work, Direction::Back),
        A::Caret(motion, selection) => navigate::caret(work, motion, selection),
        // Without an article, too: see above.
        A::Difference(_) => Ok(Done::Nothing),
    }
}

/// Moves an edge of what is selected, or takes the suggestion at the caret with an edge that is moved.
fn stretch(work: &mut Workspace, end: End, change: impl Fn(&Text, Span) -> Span, language: &str) -> Outcome {
    let taken = ghosts::stretch(work, end, &change, language);
    taken.unwrap_or_else(|| pieces::stretch(work, end, change))
}

fn label_all(work: &Workspace, verb: Verb) -> Outcome {
    match label_all::ask(work, verb) {
        Some(preview) => Ok(Done::Ask(AnnotateDialog::LabelAll(Box::new(preview)))),
        None => Done::said(t!("label-all-first")),
    }
}

/// The meaning of a label key here: what it labels fills the armed role; else label the selected words, else relabel what is
/// selected, else label the word at the caret.
fn label_here(work: &mut Workspace, label: &Name, language: &str) -> Outcome {
    let kind = work.session.corpus().schema.kind(label);
    if kind == Kind::Document {
        return marking::mark(work, label, Vec::new());
    }
    if let Some(outcome) = filling::label_key(work, label, language) {
        return outcome;
    }
    if let Some(outcome) = ghosts::label_key(work, label, language) {
        return outcome;
    }
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let selection = open.reader.selection();
    if selection.is_none() && !open.selected.is_empty() {
        let ids = open.selected.clone();
        return marking::relabel(work, &ids, label, language);
    }
    let here = work.page().and_then(|(text, _)| pieces::at_caret(text, open.reader.caret(), kind));
    let at = match selection {
        Some(_) => open.reader.selected_pieces(),
        None => here.into_iter().collect(),
    };
    match &at[..] {
        _ if kind == Kind::Frame => marking::new_frame(work, label, at),
        [] => Done::said(t!("say-words-first")),
        _ => marking::mark(work, label, at),
    }
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

fn arm_beside(work: &mut Workspace, direction: Direction) -> Outcome {
    work.arm_beside(direction);
    Ok(Done::Nothing)
}

/// Leaves one thing after the other, and always ends in the text.
pub fn escape(work: &mut Workspace) {
    let Some(open) = &mut work.open else { return };
    if work.feedback.take().is_some() || open.finder.take().is_some() {
    } else if open.reader.raw_selection().is_some() {
        open.reader.clear_selection();
    } else if open.card.as_mut().is_some_and(|card| card.armed.take().is_some()) {
    } else if open.card.take().is_none() {
        open.selected.clear();
    }
}

fn set_progress(work: &mut Workspace, progress: Progress) -> Outcome {
    commit(work, |work| {
        let mut transaction = work.set_editor()?.progress(progress);
        if progress == Progress::Done {
            work.note_shown(&mut transaction);
        }
        Some(transaction)
    })?;
    let said = match progress {
        Progress::New => t!("say-progress-new"),
        Progress::InProgress => t!("say-progress-begun"),
        Progress::Done => t!("say-progress-done"),
    };
    Ok(Done::Said(said.to_owned()))
}
