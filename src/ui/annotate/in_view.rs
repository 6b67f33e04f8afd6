//! Keys act on what can be seen: a key that is about something out of view brings that into view first.

use super::{marking, pieces, proposed};
use crate::model::{Id, Kind};
use crate::t;
use crate::text::Span;
use crate::ui::commands::{self, AnnotateCommand, Command};
use crate::ui::workspace::{Workspace, card};

/// Brings what a key's command is about into view, where it is out of view, and says what the key would do; none where it is in
/// view, or the command is about nothing in the text.
pub fn show_first(work: &mut Workspace, command: &AnnotateCommand, language: &str) -> Option<String> {
    let (at, what) = target(work, command, language)?;
    let open = work.open.as_mut()?;
    if at.iter().any(|&span| open.reader.in_view(span)) {
        return None;
    }
    open.reader.reveal(*at.first()?);
    let step = match command {
        AnnotateCommand::Label(label) => t!("label-as", label = work.label_title(label, language).to_lowercase()),
        command => commands::find(&Command::Annotate(command.clone())).map_or("", |entry| entry.title()).to_owned(),
    };
    Some(t!("say-shown-first", step = step, what = what))
}

/// The places that a key's command is about, and what stands there in words.
fn target(work: &Workspace, command: &AnnotateCommand, language: &str) -> Option<(Vec<Span>, String)> {
    use AnnotateCommand as A;
    let selection = work.open.as_ref()?.reader.selection();
    let armed = work.armed().is_some();
    match command {
        A::Label(label) if work.session.corpus().schema.kind(label) == Kind::Document => None,
        A::Label(label) => match (selection, work.session.corpus().schema.kind(label)) {
            (Some(words), _) => words_of(work, words),
            (None, _) if armed => at_caret(work, Kind::Entity),
            (None, kind) => selected(work, language).or_else(|| at_caret(work, kind)),
        },
        A::Accept if proposed::waiting(work).is_some() => selected(work, language),
        A::Accept if armed => selection.map_or_else(|| at_caret(work, Kind::Entity), |words| words_of(work, words)),
        // The last filler of the armed role, which the card shows.
        A::RemoveFragment if armed && selection.is_none() => None,
        A::Nobody => selected(work, language),
        A::Delete
        | A::DeleteAllSuch
        | A::LabelAll
        | A::Grow
        | A::Shrink
        | A::GrowStart
        | A::ShrinkStart
        | A::AddFragment
        | A::RemoveFragment => selected(work, language),
        // About the open card, which is in view, or else about what is selected.
        A::Note | A::Refer | A::Attribute(_) | A::Choose(_) if work.open.as_ref()?.card.is_none() => {
            selected(work, language)
        }
        _ => None,
    }
}

fn words_of(work: &Workspace, span: Span) -> Option<(Vec<Span>, String)> {
    let (text, _) = work.page()?;
    Some((vec![span], format!("“{}”", card::short(text.slice(span), 40))))
}

/// The words at the caret that a label of this kind is for.
fn at_caret(work: &Workspace, kind: Kind) -> Option<(Vec<Span>, String)> {
    let (text, _) = work.page()?;
    words_of(work, pieces::at_caret(text, work.open.as_ref()?.reader.caret(), kind)?)
}

/// The annotations that are selected; none where they have no words.
fn selected(work: &Workspace, language: &str) -> Option<(Vec<Span>, String)> {
    let (_, set) = work.page()?;
    let ids: &[Id] = &work.open.as_ref()?.selected;
    let records: Vec<_> = ids.iter().filter_map(|&id| set.get(id)).collect();
    let at: Vec<Span> = records.iter().flat_map(|record| record.at.iter().copied()).collect();
    let first = records.first().filter(|_| !at.is_empty())?;
    let what = marking::named(work, first, language);
    Some((at, if let [_] = records[..] { what } else { t!("named-and-more", what = what, count = records.len() - 1) }))
}
