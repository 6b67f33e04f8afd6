//! The keys of commands, to be changed: a command is chosen and the new key pressed. A key that another command has is refused,
//! or the two are swapped.

use eframe::egui::{self, Event, Key, Modifiers, RichText};

use crate::t;
use crate::ui::commands::{Entry, Keymap, Press, TABLE, clash, keymap};
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::theme::Theme;

/// The open dialog. What it changes holds at once, and goes again where it is left.
pub struct KeymapDialog {
    before: Keymap,
    filter: String,
    /// The command whose key is waited for.
    waiting: Option<&'static Entry>,
    /// The key that was pressed for a command and that another one has.
    clash: Option<(&'static Entry, Press, &'static Entry)>,
    /// The reason why a key was not taken.
    refused: Option<String>,
    /// Characters that label or arm a role, which come before commands.
    taken: Vec<char>,
    fresh: bool,
}

impl KeymapDialog {
    /// A dialog, where these characters are keys of the schema.
    pub fn new(taken: Vec<char>) -> Self {
        let before = keymap::current();
        Self { before, filter: String::new(), waiting: None, clash: None, refused: None, taken, fresh: true }
    }

    /// Takes the changes back.
    pub fn leave(&self) {
        keymap::take(self.before.clone());
    }

    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context, theme: &Theme) -> Reply {
        if let Some(entry) = self.waiting
            && let Some(press) = pressed(ctx)
        {
            self.waiting = None;
            if let Some(press) = press {
                self.press(entry, press);
            }
        }
        dialog::ask(ctx, "keymap", 640.0, Modifiers::COMMAND, |ui, mut reply| {
            dialog::heading(ui, t!("keymap-title"));
            let label = ui.weak(t!("keymap-hint"));
            let field = egui::TextEdit::singleline(&mut self.filter).desired_width(f32::INFINITY);
            let field = field.hint_text(t!("picker-hint")).show(ui).response.response.labelled_by(label.id);
            if self.waiting.is_none() {
                dialog::focus(&field, &mut self.fresh, &self.filter);
            }
            self.said(ui, theme);
            let height = (ui.available_height() - 48.0).max(80.0);
            egui::ScrollArea::vertical()
                .max_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| self.rows(ui, theme));
            ui.horizontal(|ui| {
                reply = dialog::buttons(ui, t!("ok-ctrl-enter"), self.waiting.is_none(), reply);
                if ui.add_enabled(!keymap::current().is_empty(), egui::Button::new(t!("keymap-all-usual"))).clicked() {
                    keymap::take(Keymap::new());
                }
            });
            reply
        })
    }

    /// The clash that waits for an answer, or what was refused.
    fn said(&mut self, ui: &mut egui::Ui, theme: &Theme) {
        if let Some((entry, press, other)) = self.clash {
            ui.horizontal_wrapped(|ui| {
                let text = t!("keymap-clash", key = press.shown(), other = other.title());
                ui.label(RichText::new(text).color(theme.warn));
                if ui.button(t!("keymap-swap")).clicked() {
                    self.clash = None;
                    self.swap(entry, press, other);
                }
                if ui.button(t!("keymap-keep")).clicked() {
                    self.clash = None;
                }
            });
        } else if let Some(why) = &self.refused {
            ui.label(RichText::new(why).color(theme.warn));
        }
    }

    fn rows(&mut self, ui: &mut egui::Ui, theme: &Theme) {
        let words = self.filter.to_lowercase();
        let changed = keymap::current();
        for entry in TABLE {
            let presses: Vec<String> = entry.presses().into_iter().map(Press::shown).collect();
            let shown = presses.join("  ");
            let fits = |text: &str| text.to_lowercase().contains(&words);
            if !(fits(entry.title()) || fits(&shown) || fits(entry.menu.title())) {
                continue;
            }
            ui.horizontal(|ui| {
                let waits = self.waiting.is_some_and(|waiting| waiting.name == entry.name);
                let key = match (waits, shown.is_empty()) {
                    (true, _) => t!("keymap-press").to_owned(),
                    (false, true) => t!("cell-none").to_owned(),
                    (false, false) => shown,
                };
                let button = egui::Button::new(&key).selected(waits).min_size(egui::vec2(150.0, 0.0));
                let button = ui.add(button);
                let name = format!("{}: {key}", entry.title());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.clicked() {
                    (self.waiting, self.clash, self.refused) = (Some(entry), None, None);
                    button.surrender_focus();
                }
                let own = changed.contains_key(entry.name.name());
                if own && ui.small_button(t!("keymap-usual")).clicked() {
                    self.usual(entry);
                }
                let text = RichText::new(entry.title()).color(if own { theme.accent } else { theme.text });
                ui.add(egui::Label::new(text).truncate());
            });
        }
    }

    /// Gives a command a key, unless something else has it.
    fn press(&mut self, entry: &'static Entry, press: Press) {
        if let Press::Char(c) = press
            && self.taken.contains(&c)
        {
            self.refused = Some(t!("keymap-of-schema", key = press.shown()));
            return;
        }
        let before = keymap::current();
        give(entry, vec![press]);
        if let Some((other, _)) = clash(entry) {
            keymap::take(before);
            self.clash = Some((entry, press, other));
        }
    }

    /// Gives two commands each other's keys.
    fn swap(&mut self, entry: &'static Entry, press: Press, other: &'static Entry) {
        let before = keymap::current();
        let (own, mut theirs) = (entry.presses(), other.presses());
        theirs.retain(|key| *key != press);
        theirs.splice(0..0, own.first().copied());
        give(entry, vec![press]);
        give(other, theirs);
        if let Some((third, key)) = clash(other).or_else(|| clash(entry)) {
            keymap::take(before);
            self.refused = Some(t!("keymap-clash", key = key.shown(), other = third.title()));
        }
    }

    /// Gives a command the keys of the table back.
    fn usual(&mut self, entry: &'static Entry) {
        let before = keymap::current();
        give(entry, entry.keys.to_vec());
        if let Some((other, key)) = clash(entry) {
            keymap::take(before);
            self.refused = Some(t!("keymap-clash", key = key.shown(), other = other.title()));
        }
    }
}

/// Gives a command these keys; those of the table are not a difference to be kept.
fn give(entry: &Entry, presses: Vec<Press>) {
    let mut changed = keymap::current();
    match presses == entry.keys {
        true => changed.remove(entry.name.name()),
        false => changed.insert(entry.name.name().to_owned(), presses),
    };
    keymap::take(changed);
}

/// The key that is pressed in this frame, taken out of the input; the inner one is none for Esc, which takes none.
fn pressed(ctx: &egui::Context) -> Option<Option<Press>> {
    ctx.input_mut(|input| {
        let typed = input.events.iter().find_map(|event| match event {
            Event::Text(text) => text.chars().next().filter(|_| text.chars().count() == 1),
            _ => None,
        });
        let held = input.events.iter().find_map(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
            Event::Copy => Some((Key::C, Modifiers::COMMAND)),
            Event::Cut => Some((Key::X, Modifiers::COMMAND)),
            _ => None,
        });
        input.events.retain(|event| !matches!(event, Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut));
        match (typed, held) {
            (_, Some((Key::Escape, _))) => Some(None),
            (Some(c), _) => Some(Some(Press::Char(c))),
            (None, Some((key, modifiers))) => {
                let held = Modifiers { ctrl: false, mac_cmd: false, ..modifiers };
                let plain = !held.command && !held.alt;
                // Its character comes by itself.
                (!(plain && spells(key))).then_some(Some(Press::Key(held, key)))
            }
            (None, None) => None,
        }
    })
}

/// True where a key gives a character.
fn spells(key: Key) -> bool {
    let function = (Key::F1..=Key::F35).contains(&key);
    let moves = matches!(
        key,
        Key::ArrowDown
            | Key::ArrowUp
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    );
    let edits = matches!(key, Key::Tab | Key::Enter | Key::Backspace | Key::Delete | Key::Insert);
    !(function || moves || edits)
}
