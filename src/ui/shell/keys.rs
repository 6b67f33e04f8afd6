//! From key presses to commands: labels and roles of the schema by character, everything else by the table.

use eframe::egui::os::OperatingSystem;
use eframe::egui::{self, Event, Key, Modifiers};

use crate::model::Kind;
use crate::ui::commands::{
    AnnotateCommand, Command, ConcordanceCommand, CorpusCommand, KeyContext, Pane, Press, TABLE, WindowCommand,
};
use crate::ui::shell::menu_keys;
use crate::ui::workspace::Workspace;

/// The place of the keyboard's focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusPlace {
    /// In the text, or nowhere in particular: every key counts.
    Text,
    /// In a field, or on a button or list: only what a field does not want.
    Elsewhere,
    /// In a dialog, which reads its own keys.
    Dialog,
}

/// The next command that this frame's key presses give, looked for at the `from`th event and after it; what was
/// understood is taken from the input.
pub fn next(
    ctx: &egui::Context,
    from: &mut usize,
    place: FocusPlace,
    context: KeyContext,
    work: Option<&Workspace>,
) -> Option<Command> {
    if place == FocusPlace::Dialog {
        return None;
    }
    // Where Option makes characters, it opens no menus.
    let menus = !matches!(ctx.os(), OperatingSystem::Mac | OperatingSystem::IOS);
    ctx.input_mut(|input| {
        while let Some(event) = input.events.get(*from) {
            let alt = matches!(event, Event::Key { pressed: true, modifiers, .. } if modifiers.alt && !modifiers.ctrl);
            if alt && menus && matches!(input.events.get(*from + 1), Some(Event::Text(_))) {
                // The character that some systems send along is nobody's.
                input.events.remove(*from + 1);
                continue;
            }
            let repeated = is_repeated(&input.events, *from);
            let command = match event {
                Event::Key { key, pressed: true, modifiers, .. } => {
                    of_key(*key, *modifiers, place, context).or_else(|| {
                        let menu = menu_keys::of_key(*key, *modifiers, context).filter(|_| menus)?;
                        Some(WindowCommand::OpenMenu(menu).into())
                    })
                }
                // The press that the system takes for "copy" comes without its key.
                Event::Copy if place == FocusPlace::Text => {
                    let held = Modifiers { shift: input.modifiers.shift, ..Modifiers::COMMAND };
                    of_key(Key::C, held, place, context)
                }
                Event::Text(text) if place == FocusPlace::Text => of_text(text, context, work),
                _ => None,
            };
            let Some(command) = command.filter(|command| !repeated || !takes_one(command)) else {
                *from += 1;
                continue;
            };
            let character = matches!(input.events.remove(*from), Event::Text(_));
            // The key that gave a character is nobody else's: a list that the character opens does not read it.
            let before = from.checked_sub(1).filter(|_| character);
            if let Some(at) = before.filter(|&at| matches!(input.events[at], Event::Key { pressed: true, .. })) {
                input.events.remove(at);
                *from = at;
            }
            return Some(command);
        }
        None
    })
}

/// True where the key of an event is held down since before.
fn is_repeated(events: &[Event], at: usize) -> bool {
    let repeats = |event: Option<&Event>| matches!(event, Some(Event::Key { pressed: true, repeat: true, .. }));
    match events.get(at) {
        Some(Event::Text(_)) => at.checked_sub(1).is_some_and(|before| repeats(events.get(before))),
        event => repeats(event),
    }
}

/// True where a press is about one thing that a person looked at: a key that is held down says nothing of the next one.
fn takes_one(command: &Command) -> bool {
    match command {
        Command::Annotate(AnnotateCommand::Accept | AnnotateCommand::Label(_)) => true,
        Command::Annotate(AnnotateCommand::Ghost(command)) => command.marks(),
        _ => false,
    }
}

/// The letter that is pressed in this frame, where its character does not come with it.
pub fn letter(ctx: &egui::Context) -> Option<Key> {
    ctx.input(|input| {
        let spelt = input.events.iter().any(|event| matches!(event, Event::Text(_)));
        let letter = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if !modifiers.command && key.name().len() == 1 => {
                Some(*key)
            }
            _ => None,
        };
        input.events.iter().rev().find_map(letter).filter(|_| !spelt)
    })
}

/// Takes the character of a key out of the input that was answered before it came.
pub fn swallow(ctx: &egui::Context, swallowed: &mut Option<Key>) {
    let Some(key) = *swallowed else { return };
    ctx.input_mut(|input| {
        let next = |event: &Event| matches!(event, Event::Text(_) | Event::Key { pressed: true, .. });
        let Some(at) = input.events.iter().position(next) else { return };
        *swallowed = None;
        if matches!(&input.events[at], Event::Text(text) if text.to_uppercase() == key.name()) {
            input.events.remove(at);
        }
    });
}

fn of_key(key: Key, held: Modifiers, place: FocusPlace, context: KeyContext) -> Option<Command> {
    let matches = |press: &&Press| match press {
        Press::Key(wanted, wanted_key) => *wanted_key == key && held.matches_exact(*wanted),
        Press::Char(_) => false,
    };
    TABLE.iter().filter(|entry| entry.counts(context)).find_map(|entry| {
        let presses = entry.presses();
        let press = presses.iter().find(matches)?;
        // Esc is how one comes back to the text from anywhere.
        let belongs = press.belongs_to_text() && entry.command != Command::Window(WindowCommand::Escape);
        (place == FocusPlace::Text || !belongs).then(|| entry.command.clone())
    })
}

/// A character: a role of the open card, else a label, else a command of the table.
fn of_text(text: &str, context: KeyContext, work: Option<&Workspace>) -> Option<Command> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    if context == KeyContext::Corpus(Pane::Concordance)
        && let Some(label) = work.and_then(|work| work.session.corpus().schema.label_of_key(c))
        && label.kind == Kind::Entity
    {
        return Some(CorpusCommand::Concordance(ConcordanceCommand::LabelAs(label.name.clone())).into());
    }
    let marking = matches!(context, KeyContext::Annotate | KeyContext::Editing);
    work.filter(|_| marking).and_then(|work| of_schema(c, work)).or_else(|| {
        let entry = TABLE.iter().find(|entry| entry.counts(context) && entry.presses().contains(&Press::Char(c)))?;
        Some(entry.command.clone())
    })
}

fn of_schema(c: char, work: &Workspace) -> Option<Command> {
    let schema = &work.session.corpus().schema;
    let card = work.open.as_ref().and_then(|open| open.card.as_ref());
    if let Some(card) = card
        && let Some((_, set)) = work.page()
        && let Some(def) = set.get(card.frame).and_then(|record| schema.label(&record.label))
        && let Some(role) = def.roles.iter().find(|role| role.key == Some(c))
    {
        return Some(Command::Annotate(AnnotateCommand::Arm(role.name.clone())));
    }
    schema.label_of_key(c).map(|label| Command::Annotate(AnnotateCommand::Label(label.name.clone())))
}
