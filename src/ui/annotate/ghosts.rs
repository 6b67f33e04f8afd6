//! Takes suggestions, as they are or corrected, and turns them down; a person's key for each, or for all that are strong and in
//! view. Moving about takes none.

use super::dialogs::AnnotateDialog;
use super::outcome::{Done, Outcome};
use super::pieces::End;
use crate::assist::{Rejection, Suggestion};
use crate::edit::{self, Focus};
use crate::model::{Annotation, Filler, Id, Kind, Name, Origin, Via};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::commands::{AnnotateCommand, Command, GhostCommand};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::workspace::answers::Answer;
use crate::ui::workspace::{Workspace, card};

/// Does a command about suggestions.
///
/// # Errors
/// One sentence, where it cannot be done.
pub fn perform(work: &mut Workspace, command: GhostCommand, language: &str) -> Outcome {
    match command {
        GhostCommand::Accept => accept(work, language).unwrap_or_else(|| none(work)),
        GhostCommand::Reject => reject(work, language),
        GhostCommand::AcceptStrong => accept_strong(work),
        GhostCommand::AcceptZones => accept_zones(work),
        GhostCommand::Step(direction) => match work.ghost_beside(direction) {
            Some(at) => Ok(go_to(work, at)),
            None => none(work),
        },
        GhostCommand::Go(byte) => {
            let at = work.ghosts().iter().position(|it| it.extent().is_some_and(|extent| extent.start == byte));
            Ok(at.map_or(Done::Nothing, |at| go_to(work, at)))
        }
        GhostCommand::List => list(work, language),
    }
}

/// Enter, where nothing else waits for it: takes the suggestion that it is about, and goes on; none where there is none.
pub fn enter(work: &mut Workspace, language: &str) -> Option<Outcome> {
    let open = work.open.as_ref()?;
    let frame = open.selected.first().is_some_and(|&id| work.is_frame(id));
    if frame || open.reader.selection().is_some() {
        return None;
    }
    accept(work, language)
}

/// A label's key at a suggestion, with nothing selected: takes its words with that label; none where the key means something else.
pub fn label_key(work: &mut Workspace, label: &Name, language: &str) -> Option<Outcome> {
    let open = work.open.as_ref()?;
    if open.reader.selection().is_some() || !open.selected.is_empty() {
        return None;
    }
    let ghost = work.ghosts().get(work.ghost_at_caret()?)?.clone();
    // A paragraph that may be a headline is no person, and a name is no headline.
    let schema = &work.session.corpus().schema;
    if schema.kind(label) != schema.kind(&ghost.label) {
        return None;
    }
    if let Some(shown) = show_first(work, &ghost, language) {
        return Some(shown);
    }
    let label = label.clone();
    Some(take(work, &ghost, move |ghost| ghost.label = label, language).map(|(done, _)| done))
}

/// A key that moves an edge, at a suggestion with nothing selected: takes it with that edge, and keeps it selected so that the
/// edge can go further; none where the key means something else.
pub fn stretch(
    work: &mut Workspace,
    end: End,
    change: impl Fn(&Text, Span) -> Span,
    language: &str,
) -> Option<Outcome> {
    let open = work.open.as_ref()?;
    if open.reader.selection().is_some() || !open.selected.is_empty() {
        return None;
    }
    let ghost = work.ghosts().get(work.ghost_at_caret()?)?.clone();
    if work.session.corpus().schema.kind(&ghost.label) != Kind::Entity {
        return None;
    }
    if let Some(shown) = show_first(work, &ghost, language) {
        return Some(shown);
    }
    let mut at = ghost.at.clone();
    let piece = if end == End::Start { at.first_mut() } else { at.last_mut() }?;
    *piece = change(work.page()?.0, *piece);
    let taken = take(work, &ghost, move |ghost| ghost.at = at, language);
    Some(taken.map(|(done, id)| {
        if let Some(id) = id {
            work.select(vec![id]);
        }
        done
    }))
}

fn none(work: &Workspace) -> Outcome {
    Done::said(work.silence().map_or(t!("ghosts-off"), |silence| silence.told()))
}

/// Brings a suggestion that is not on the screen there, and says so; none where it is seen.
fn show_first(work: &mut Workspace, ghost: &Suggestion, language: &str) -> Option<Outcome> {
    let extent = ghost.extent()?;
    let open = work.open.as_mut()?;
    // Of a long one the beginning is enough.
    if open.reader.on_screen(Span::new(extent.start, extent.start + 1)) {
        return None;
    }
    open.reader.set_caret(extent.start);
    open.reader.reveal(extent);
    Some(Done::said(t!("say-ghost-shown", what = named(work, ghost, language))))
}

/// A suggestion by label and words: `Person “Raka Wirya”`.
fn named(work: &Workspace, ghost: &Suggestion, language: &str) -> String {
    let words = work.page().map_or(String::new(), |(text, _)| card::short(&card::quote(text, &ghost.at), 40));
    t!("annotation-named", label = work.label_title(&ghost.label, language), words = words)
}

fn accept(work: &mut Workspace, language: &str) -> Option<Outcome> {
    let ghost = work.ghosts().get(work.ghost()?)?.clone();
    let shown = show_first(work, &ghost, language);
    let out = work.left_out(&ghost);
    let rest = |ghost: &mut Suggestion| {
        let roles = ghost.roles.len();
        let mut at = 0..;
        ghost.roles.retain(|_| at.next().is_none_or(|at| !out.contains(&at)));
        let mut at = roles..;
        ghost.attributes.retain(|_| at.next().is_none_or(|at| !out.contains(&at)));
    };
    Some(shown.unwrap_or_else(|| take(work, &ghost, rest, language).map(|(done, _)| done)))
}

/// A digit at a suggested trip or claim, with nothing selected: leaves that part of it out, or takes it in again; none where the
/// key means something else.
pub(super) fn leave_out(work: &mut Workspace, part: usize, language: &str) -> Option<Outcome> {
    let open = work.open.as_ref()?;
    if !open.selected.is_empty() || open.card.is_some() {
        return None;
    }
    let ghost = work.ghosts().get(work.ghost()?)?.clone();
    let schema = &work.session.corpus().schema;
    let def = schema.label(&ghost.label).filter(|def| def.kind == Kind::Frame)?.clone();
    let role = ghost.roles.get(part).map(|role| &role.name);
    let attribute = part.checked_sub(ghost.roles.len()).and_then(|at| ghost.attributes.get(at)).map(|(name, _)| name);
    let title = match (role, attribute) {
        (Some(name), _) => def.role(name).map_or(name.as_str(), |def| def.title.get(language)).to_owned(),
        (None, Some(name)) => def.attribute(name).map_or(name.as_str(), |def| def.title.get(language)).to_owned(),
        (None, None) => {
            let count = ghost.roles.len() + ghost.attributes.len();
            return Some(Done::said(t!("ghost-no-such-part", count = count)));
        }
    };
    if let Some(shown) = show_first(work, &ghost, language) {
        return Some(shown);
    }
    Some(Done::said(match work.leave_out(&ghost, part) {
        true => t!("say-left-out", title = title),
        false => t!("say-taken-in", title = title),
    }))
}

/// Makes an annotation of a suggestion as `change` leaves it, and goes on to the next one.
fn take(
    work: &mut Workspace,
    ghost: &Suggestion,
    change: impl FnOnce(&mut Suggestion),
    language: &str,
) -> Result<(Done, Option<Id>), String> {
    let mut wanted = ghost.clone();
    change(&mut wanted);
    let what = named(work, &wanted, language);
    let answer = if *ghost == wanted { Answer::Accepted } else { Answer::Corrected };
    let record = record(work, ghost, wanted);
    let Some((mut transaction, made)) = work.set_editor().map(|editor| editor.take(vec![record])) else {
        return Ok((Done::Nothing, None));
    };
    let gestures = 1 + work.left_out(ghost).len() as u32;
    work.note_answers(&mut transaction, &[(ghost, answer)], gestures);
    work.commit(transaction)?;
    go_on(work, ghost);
    let id = made.first().copied();
    if let Some(id) = id {
        work.used(id);
    }
    Ok((Done::Said(t!("say-accepted", what = what)), id))
}

/// The annotation of the person at work that a suggestion becomes.
fn record(work: &Workspace, ghost: &Suggestion, wanted: Suggestion) -> Annotation {
    let changed = *ghost != wanted;
    let relabelled = ghost.label != wanted.label;
    let referents = work.session.corpus().referents(work.owner());
    let there = |id: &Id| referents.is_some_and(|all| all.contains_key(id));
    let suggested = wanted.referent.filter(there).filter(|_| !changed);
    let about = suggested.or_else(|| work.known(&wanted.label, &wanted.at));
    let via = Via::Suggestion { source: ghost.source.clone(), score: ghost.score, changed };
    let origin = Origin { via, ..Origin::hand(work.annotator()) };
    let attributes = if relabelled { Vec::new() } else { wanted.attributes };
    // A filler may be gone by now.
    let set = work.page().map(|(_, set)| set);
    let fills = |filler: &Filler| match filler {
        Filler::Annotation(id) => set.is_some_and(|set| set.get(*id).is_some()),
        Filler::Span(_) | Filler::Value(_) => true,
    };
    let roles = if relabelled { Vec::new() } else { wanted.roles };
    let roles = roles.into_iter().filter(|role| fills(&role.filler)).collect();
    Annotation { attributes, roles, referent: about, ..Annotation::new(&wanted.label, wanted.at, origin) }
}

/// Goes on to the suggestion behind one, where there is any.
fn go_on(work: &mut Workspace, behind: &Suggestion) {
    let Some(extent) = behind.extent() else { return };
    let ghosts = work.ghosts();
    let next = ghosts.iter().filter_map(Suggestion::extent).find(|next| next.start >= extent.start);
    let Some(open) = &mut work.open else { return };
    open.selected.clear();
    open.reader.set_caret(next.map_or(extent.end, |next| next.start));
    if let Some(next) = next {
        open.reader.reveal(next);
    }
}

/// Looks at a suggestion, and takes nothing.
fn go_to(work: &mut Workspace, at: usize) -> Done {
    let extent = work.ghosts().get(at).and_then(Suggestion::extent);
    if let (Some(extent), Some(open)) = (extent, &mut work.open) {
        open.selected.clear();
        open.reader.set_caret(extent.start);
        open.reader.reveal(extent);
    }
    Done::Nothing
}

/// Says that these words are not this in this article; they are not suggested there again.
fn reject(work: &mut Workspace, language: &str) -> Outcome {
    let Some(ghost) = work.ghost().and_then(|at| work.ghosts().get(at).cloned()) else { return none(work) };
    if let Some(shown) = show_first(work, &ghost, language) {
        return shown;
    }
    let what = named(work, &ghost, language);
    let corpus = work.session.corpus();
    let article = work.open.as_ref().and_then(|open| corpus.article(&open.id));
    let (Some(article), Some((text, _)), Some(extent)) = (article, work.page(), ghost.extent()) else {
        return Ok(Done::Nothing);
    };
    let rejection = Rejection { label: ghost.label.clone(), words: text.slice(extent).to_owned() };
    let mut transaction = edit::dismiss(corpus, work.owner(), [rejection.dismissed(article, &ghost.source)]);
    "reject a suggestion".clone_into(&mut transaction.title);
    transaction.focus = Some(Focus { article: article.id.clone(), annotator: work.owner().clone(), annotation: None });
    work.note_answers(&mut transaction, &[(&ghost, Answer::Rejected)], 1);
    work.commit(transaction)?;
    go_on(work, &ghost);
    Done::said(t!("say-rejected", what = what))
}

/// Takes everything that is strong and on the screen, as one step.
fn accept_strong(work: &mut Workspace) -> Outcome {
    let strong = work.strong_in_view();
    if strong.is_empty() {
        return if work.ghosts().is_empty() { none(work) } else { Done::said(t!("ghosts-none-strong")) };
    }
    accept_all(work, &strong)
}

/// Takes every suggested zone of the article, as one step.
fn accept_zones(work: &mut Workspace) -> Outcome {
    match &work.suggested_zones()[..] {
        [] => Done::said(t!("ghosts-no-zones")),
        zones => accept_all(work, zones),
    }
}

fn accept_all(work: &mut Workspace, wanted: &[Suggestion]) -> Outcome {
    let records = wanted.iter().map(|ghost| record(work, ghost, ghost.clone())).collect();
    let Some((mut transaction, made)) = work.set_editor().map(|editor| editor.take(records)) else {
        return Ok(Done::Nothing);
    };
    let answers: Vec<(&Suggestion, Answer)> = wanted.iter().map(|ghost| (ghost, Answer::Accepted)).collect();
    work.note_answers(&mut transaction, &answers, 1);
    work.commit(transaction)?;
    if let Some(first) = wanted.first() {
        go_on(work, first);
    }
    Done::said(t!("say-accepted-strong", count = made.len()))
}

/// The list of all suggestions; a pick looks at one.
fn list(work: &Workspace, language: &str) -> Outcome {
    let (ghosts, Some((text, _))) = (work.ghosts(), work.page()) else { return Ok(Done::Nothing) };
    if ghosts.is_empty() {
        return none(work);
    }
    let item = |ghost: &Suggestion| {
        let go = Command::Annotate(AnnotateCommand::Ghost(GhostCommand::Go(ghost.extent()?.start)));
        let label = work.label_title(&ghost.label, language);
        let value: String = ghost.attributes.iter().map(|(_, value)| format!(" {value}")).collect();
        let percent = ghost.score / 10;
        let detail = t!("ghost-detail", label = label, value = value, percent = percent, source = &ghost.source);
        Some(Item::new(card::short(&card::quote(text, &ghost.at), 60), go).detail(detail))
    };
    let items: Vec<Item> = ghosts.iter().filter_map(item).collect();
    let title = t!("ghosts-counted", count = items.len());
    Ok(Done::Ask(AnnotateDialog::Picker(Box::new(Picker::new(title, items)))))
}
