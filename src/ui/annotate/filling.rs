//! Fills the roles of the open card: with what is clicked, with words, and with what a label key makes of words. What words
//! become is never guessed: where they may become several things, a key or a list says which.

use std::sync::Arc;

use super::dialogs::AnnotateDialog;
use super::outcome::{Done, Outcome, commit};
use super::{ghosts, marking, navigate, proposed};
use crate::edit::{FillAs, SetEditor};
use crate::model::{Annotation, Filler, Id, Kind, Name, RoleDef, ValueKind};
use crate::t;
use crate::text::Span;
use crate::ui::commands::{Among, AnnotateCommand, Command, Direction};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::workspace::{Workspace, card};

/// The way in which words were given to a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// By the mouse: they stay selected until a label key says what they are.
    Dragged,
    /// By a key: a list asks what they are.
    Asked,
}

/// Fills a role with an annotation or a value.
pub fn fill(work: &mut Workspace, frame: Id, role: &Name, filler: &Filler, language: &str) -> Outcome {
    let Some(transaction) = work.set_editor().map(|editor| editor.fill(frame, role, filler)) else {
        return Ok(Done::Nothing);
    };
    let replaced = replaced(work, frame, role, filler);
    work.commit(transaction)?;
    if let Filler::Annotation(id) = filler {
        work.used(*id);
    }
    work.arm_next(role);
    let title = work.role_title(frame, role, language);
    Ok(replaced.map_or(Done::Nothing, |(before, after)| {
        Done::Said(t!("say-filler-replaced", role = title, before = before, after = after))
    }))
}

/// The filler that would make way for another in a role that takes one, and that other, in words.
fn replaced(work: &Workspace, frame: Id, role: &Name, filler: &Filler) -> Option<(String, String)> {
    let (text, set) = work.page()?;
    if work.role_def(frame, role)?.cardinality.most != Some(1) {
        return None;
    }
    let before = set.get(frame)?.fillers(role).next().filter(|&before| before != filler)?;
    Some((card::filler(text, set, before), card::filler(text, set, filler)))
}

/// Arms a role of the open card. An annotation that the mouse points at fills it at once, where it fits, and is not armed
/// then.
pub fn arm(work: &mut Workspace, role: &Name, language: &str) -> Outcome {
    let Some(open) = &mut work.open else { return Ok(Done::Nothing) };
    let pointed = open.reader.take_pointed();
    let Some(frame) = open.card.as_ref().map(|card| card.frame) else { return Ok(Done::Nothing) };
    work.arm(role.clone());
    let fills = |id: Id| {
        let record = work.page().and_then(|(_, set)| set.get(frame));
        record.is_some_and(|record| record.targets().any(|target| target == id))
    };
    let meant = pointed.into_iter().find(|&id| work.fits(frame, role, id) && !fills(id));
    let Some(id) = meant else { return Ok(Done::Nothing) };
    let replaced = fill(work, frame, role, &Filler::Annotation(id), language)?;
    // It is done with: what the card still needs is armed, or nothing.
    work.arm_missing();
    let title = work.role_title(frame, role, language);
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(record) = set.get(id) else { return Ok(Done::Nothing) };
    let (label, words) = (work.label_title(&record.label, language), card::title(text, record));
    match replaced {
        Done::Said(said) => Ok(Done::Said(said)),
        Done::Nothing | Done::Ask(_) | Done::Do(_) => {
            Done::said(t!("say-filled", role = title, label = label, words = words))
        }
    }
}

/// Fills a role with words, or asks what they are.
pub fn with_words(
    work: &mut Workspace,
    (frame, role): (Id, &Name),
    span: Span,
    given: Given,
    language: &str,
) -> Outcome {
    let ways = work.set_editor().map(|editor| editor.ways_to_fill(frame, role, &[span])).unwrap_or_default();
    let title = work.role_title(frame, role, language);
    match (&ways[..], given) {
        ([], _) => Done::said(t!("say-takes-no-words", role = title)),
        ([way], _) => fill_as(work, frame, role, span, way, language),
        (_, Given::Dragged) => {
            Done::said(t!("say-which-label", role = title, labels = keys_of(work, frame, role, language)))
        }
        (_, Given::Asked) => Ok(Done::Ask(which(work, (frame, role), span, ways, language))),
    }
}

/// Fills a role with words as a person means them.
pub fn fill_as(work: &mut Workspace, frame: Id, role: &Name, span: Span, means: &FillAs, language: &str) -> Outcome {
    let about = match means {
        FillAs::Label(label) => work.known(label, &[span]),
        FillAs::Annotation(_) | FillAs::Words => None,
    };
    let editor = work.set_editor().map(|editor| SetEditor { about, ..editor });
    let Some((transaction, filler)) = editor.map(|editor| editor.fill_with_text(frame, role, vec![span], means)) else {
        return Ok(Done::Nothing);
    };
    let filled = filler.map_or_else(|| Filler::Span(vec![span]), Filler::Annotation);
    let before = replaced(work, frame, role, &filled).map(|(before, _)| before);
    work.commit(transaction)?;
    if let Some(id) = filler {
        work.used(id);
    }
    if let Some(open) = &mut work.open {
        open.reader.clear_selection();
        // The next key is about the filler: not about the frame, which Del would take away.
        open.selected = filler.into_iter().collect();
    }
    work.arm_next(role);
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let after = card::filler(text, set, &filled);
    let title = work.role_title(frame, role, language);
    Done::said(match (before, filler.and_then(|id| set.get(id))) {
        (Some(before), _) => t!("say-filler-replaced", role = title, before = before, after = after),
        (None, Some(record)) => {
            let label = work.label_title(&record.label, language);
            let filled = t!("say-filled", role = title, label = label, words = after);
            proposed::told(work, record.id).map_or(filled.clone(), |told| format!("{filled} · {told}"))
        }
        (None, None) => t!("say-filled-words", role = title, words = after),
    })
}

/// The list of what words may become in a role.
fn which(
    work: &Workspace,
    (frame, role): (Id, &Name),
    span: Span,
    ways: Vec<FillAs>,
    language: &str,
) -> AnnotateDialog {
    let schema = &work.session.corpus().schema;
    let page = work.page();
    let item = |means: FillAs| {
        let label = match &means {
            FillAs::Annotation(id) => page.and_then(|(_, set)| set.get(*id)).map(|record| record.label.clone()),
            FillAs::Label(label) => Some(label.clone()),
            FillAs::Words => None,
        };
        let def = label.as_ref().and_then(|label| schema.label(label));
        let title = label.as_ref().map_or(t!("way-words").to_owned(), |label| work.label_title(label, language));
        let detail = match &means {
            FillAs::Annotation(_) => t!("way-there"),
            FillAs::Label(_) | FillAs::Words => def.map_or("", |def| def.guide.get(language)),
        };
        let key = def.and_then(|def| def.key).map(String::from).unwrap_or_default();
        let command = Command::Annotate(AnnotateCommand::FillText(frame, role.clone(), span, means));
        Item { key, ..Item::new(title, command).detail(detail) }
    };
    let words = page.map_or(String::new(), |(text, _)| card::short(text.slice(span), 50));
    let title = t!("way-title", role = work.role_title(frame, role, language), words = words);
    AnnotateDialog::Picker(Box::new(Picker::new(title, ways.into_iter().map(item).collect()).with_digits()))
}

/// Does what a click of the mouse says, and remembers what it filled: the next click may come in its place.
pub fn by_click(work: &mut Workspace, click: impl FnOnce(&mut Workspace) -> Outcome) -> Outcome {
    let armed = work.armed();
    let before = work.session.history().to_undo().cloned();
    let outcome = click(work);
    let step = work.session.history().to_undo().cloned();
    let step = step.filter(|step| before.is_none_or(|before| !Arc::ptr_eq(&before, step)));
    if let Some(card) = work.open.as_mut().and_then(|open| open.card.as_mut()) {
        card.by_click = armed.zip(step).map(|((_, role), step)| (role, step));
    }
    outcome
}

/// Takes back what the click just before filled, for the words of this one come in its place; the role is armed again.
///
/// # Errors
/// One sentence, where it cannot be undone.
pub fn take_back_click(work: &mut Workspace, span: Span) -> Result<(), String> {
    let card = work.open.as_mut().and_then(|open| open.card.as_mut());
    let Some((role, step)) = card.and_then(|card| card.by_click.take()) else { return Ok(()) };
    if work.session.history().to_undo().is_some_and(|last| Arc::ptr_eq(last, &step)) {
        work.travel(Direction::Back)?;
        if let Some(open) = &mut work.open {
            open.reader.select(span);
        }
        work.arm(role);
    }
    Ok(())
}

/// Words were selected with the mouse: they fill the armed role, or are a new selection, whatever card is open.
pub fn words_selected(work: &mut Workspace, span: Span, language: &str) -> Outcome {
    let Some((frame, role)) = work.armed() else {
        if let Some(open) = &mut work.open {
            open.selected.clear();
        }
        return Ok(Done::Nothing);
    };
    with_words(work, (frame, &role), span, Given::Dragged, language)
}

/// A label key while a role is armed: what it labels fills the role, where that fits. None where the key means something else.
pub fn label_key(work: &mut Workspace, label: &Name, language: &str) -> Option<Outcome> {
    let (frame, role) = work.armed()?;
    let def = work.role_def(frame, &role)?.clone();
    let kind = work.session.corpus().schema.kind(label);
    let open = work.open.as_ref()?;
    let (selection, caret) = (open.reader.selection(), open.reader.caret());
    if !def.fillers.contains(label) {
        let says = || {
            let (label, role) = (work.label_title(label, language), def.title.get(language));
            t!("say-label-fills-not", label = label, role = role, takes = takes(work, &def, language))
        };
        return match (selection, kind) {
            // Another trip or claim, and not this one as something else.
            (_, Kind::Frame | Kind::Document) => None,
            (None, Kind::Entity | Kind::Zone) => Some(Done::said(says())),
            (Some(span), Kind::Entity | Kind::Zone) => {
                let says = says();
                Some(marking::mark(work, label, vec![span]).map(|_| Done::Said(says)))
            }
        };
    }
    if let Some(span) = selection {
        let there = work.set_editor()?.ways_to_fill(frame, &role, &[span]).into_iter().find(|way| match way {
            FillAs::Annotation(id) => {
                work.page().and_then(|(_, set)| set.get(*id)).is_some_and(|it| it.label == *label)
            }
            FillAs::Label(_) | FillAs::Words => false,
        });
        let means = there.unwrap_or_else(|| FillAs::Label(label.clone()));
        return Some(fill_as(work, frame, &role, span, &means, language));
    }
    let (text, set) = work.page()?;
    let record = set.get(frame)?;
    let touches = |at: &[Span]| at.iter().any(|piece| (piece.start..=piece.end).contains(&caret));
    // Bare words that fill the role already.
    let bare = record.roles.iter().position(|filled| match &filled.filler {
        Filler::Span(at) => filled.name == role && touches(at),
        Filler::Annotation(_) | Filler::Value(_) => false,
    });
    if let Some(index) = bare {
        return Some(label_filler(work, frame, index, label, language));
    }
    let entity = |record: &&Arc<Annotation>| work.session.corpus().schema.kind(&record.label) == Kind::Entity;
    let around = set.within(Span::new(caret.saturating_sub(1), caret + 1));
    let here: Vec<_> = around.filter(|other| other.id != frame && touches(&other.at)).collect();
    if let Some(there) = here.iter().find(|other| other.label == *label) {
        let filler = Filler::Annotation(there.id);
        return Some(fill(work, frame, &role, &filler, language));
    }
    // The filler that the caret is at, with a label that was not meant.
    if let Some(other) = here.iter().find(|other| record.fillers(&role).any(|by| *by == Filler::Annotation(other.id))) {
        return Some(marking::relabel(work, &[other.id], label, language));
    }
    let word = text.word_at(caret).filter(|_| kind == Kind::Entity && !touches(&record.at) && !here.iter().any(entity));
    match word {
        Some(word) => Some(fill_as(work, frame, &role, word, &FillAs::Label(label.clone()), language)),
        None => Some(Done::said(t!("say-words-first"))),
    }
}

fn label_filler(work: &mut Workspace, frame: Id, index: usize, label: &Name, language: &str) -> Outcome {
    let Some((transaction, id)) = work.set_editor().map(|editor| editor.label_filler(frame, index, label)) else {
        return Ok(Done::Nothing);
    };
    let role = work.page().and_then(|(_, set)| set.get(frame)).and_then(|record| record.roles.get(index));
    let title = role.map_or(String::new(), |role| work.role_title(frame, &role.name, language));
    work.commit(transaction)?;
    if let Some(open) = &mut work.open {
        open.selected = id.into_iter().collect();
    }
    let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
    let Some(record) = id.and_then(|id| set.get(id)) else { return Ok(Done::Nothing) };
    let label = work.label_title(label, language);
    Done::said(t!("say-filled", role = title, label = label, words = card::title(text, record)))
}

/// The frame of the open card and the place of its armed role's last filler, where no words are selected.
pub fn last_filler(work: &Workspace) -> Option<(Id, usize)> {
    let (frame, role) = work.armed()?;
    if work.open.as_ref()?.reader.selection().is_some() {
        return None;
    }
    let roles = &work.page()?.1.get(frame)?.roles;
    Some((frame, roles.iter().rposition(|filled| filled.name == role)?))
}

/// Enter: fills the armed role with the selection, or with the annotation at the caret; else opens the selected frame's
/// card; else selects what stands at the caret.
pub fn accept(work: &mut Workspace, language: &str) -> Outcome {
    if let Some(id) = proposed::waiting(work) {
        return proposed::take(work, id, language);
    }
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    let selection = open.reader.selection();
    let caret = open.reader.caret();
    if let Some((frame, role)) = work.armed() {
        if let Some(span) = selection {
            return with_words(work, (frame, &role), span, Given::Asked, language);
        }
        let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
        let here = set.at(caret).iter().map(|record| record.id).find(|&id| work.fits(frame, &role, id));
        let word = text.word_at(caret);
        return match (here, word) {
            (Some(id), _) => fill(work, frame, &role, &Filler::Annotation(id), language),
            (None, Some(word)) => with_words(work, (frame, &role), word, Given::Asked, language),
            (None, None) => Ok(Done::Nothing),
        };
    }
    if let Some(outcome) = ghosts::enter(work, language) {
        return outcome;
    }
    let Some(open) = &work.open else { return Ok(Done::Nothing) };
    match open.selected.first().copied() {
        Some(id) if work.is_frame(id) => work.open_card(id),
        _ => return navigate::step_stack(work, Direction::Forward),
    }
    Ok(Done::Nothing)
}

/// A click on an annotation: fills the armed role where that is legal, and says why where it is not; else selects.
pub fn clicked(work: &mut Workspace, id: Id, among: Among, language: &str) -> Outcome {
    if let Some((frame, role)) = work.armed()
        && among == Among::Alone
    {
        if work.fits(frame, &role, id) {
            return fill(work, frame, &role, &Filler::Annotation(id), language);
        }
        if let Some(next) = next_that_fits(work, frame, &role, id) {
            return fill(work, frame, &next, &Filler::Annotation(id), language);
        }
        let Some((text, set)) = work.page() else { return Ok(Done::Nothing) };
        let (Some(record), Some(def)) = (set.get(id), work.role_def(frame, &role)) else { return Ok(Done::Nothing) };
        let (words, label) = (card::title(text, record), work.label_title(&record.label, language));
        let (role, takes) = (def.title.get(language), takes(work, def, language));
        return Done::said(t!("say-fits-not", words = words, label = label, role = role, takes = takes));
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

/// The next required role, as Tab would arm it, where the armed one has what it needs and a click fits that one alone.
fn next_that_fits(work: &Workspace, frame: Id, armed: &Name, id: Id) -> Option<Name> {
    let (_, set) = work.page()?;
    let record = set.get(frame)?;
    let def = work.session.corpus().schema.label(&record.label)?;
    record.fillers(armed).next()?;
    let next = card::next_role(def, record, Some((armed, Direction::Forward)))?;
    work.fits(frame, &next, id).then_some(next)
}

/// Takes the last filler of the armed role away, where no words are selected; none where there is no such filler.
pub fn take_out_last(work: &mut Workspace) -> Option<Outcome> {
    let (frame, index) = last_filler(work)?;
    Some(commit(work, |work| Some(work.set_editor()?.unfill(frame, index))))
}

/// The things that a role takes, in words: `Person, Organization, words`.
fn takes(work: &Workspace, def: &RoleDef, language: &str) -> String {
    let mut all: Vec<String> = def.fillers.iter().map(|label| work.label_title(label, language)).collect();
    all.extend(def.spans.then(|| t!("words").to_owned()));
    all.extend(def.values.contains(&ValueKind::Date).then(|| t!("value-date").to_owned()));
    all.extend(def.values.contains(&ValueKind::Text).then(|| t!("value-text").to_owned()));
    all.join(", ")
}

/// The label keys that say what words are in a role: `p Person · l Place`.
pub fn keys_of(work: &Workspace, frame: Id, role: &Name, language: &str) -> String {
    let schema = &work.session.corpus().schema;
    let Some(def) = work.role_def(frame, role) else { return String::new() };
    let entity = |label: &&Name| schema.kind(label) == Kind::Entity;
    let key = |label: &Name| {
        let key = schema.label(label).and_then(|def| def.key).map_or(String::new(), |key| format!("{key} "));
        format!("{key}{}", work.label_title(label, language))
    };
    def.fillers.iter().filter(entity).map(key).collect::<Vec<_>>().join(" · ")
}
