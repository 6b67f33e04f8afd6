//! The keys that a person gave commands in place of those of the table, by the names of the commands' messages.

use std::cell::RefCell;
use std::collections::BTreeMap;

use eframe::egui::{Key, Modifiers};

use super::press::Press;

/// The keys of commands that have others than the table says.
pub type Keymap = BTreeMap<String, Vec<Press>>;

thread_local! {
    /// The keymap of the window that this thread draws.
    static CHANGED: RefCell<Keymap> = const { RefCell::new(BTreeMap::new()) };
}

/// Has commands take these keys from now on.
pub fn take(keymap: Keymap) {
    CHANGED.with(|changed| changed.replace(keymap));
}

/// The keymap as it is now.
#[must_use]
pub fn current() -> Keymap {
    CHANGED.with(|changed| changed.borrow().clone())
}

/// The keys that the person gave the command of this name; none where it has those of the table.
#[must_use]
pub fn own(name: &str) -> Option<Vec<Press>> {
    CHANGED.with(|changed| changed.borrow().get(name).cloned())
}

/// The keymap that settings have written down; a key that is called otherwise is left out.
#[must_use]
pub fn of_settings(kept: &BTreeMap<String, Vec<String>>) -> Keymap {
    kept.iter()
        .map(|(name, presses)| (name.clone(), presses.iter().filter_map(|press| read(press)).collect()))
        .collect()
}

/// The keymap as settings write it down.
#[must_use]
pub fn to_settings(keymap: &Keymap) -> BTreeMap<String, Vec<String>> {
    keymap.iter().map(|(name, presses)| (name.clone(), presses.iter().copied().map(written).collect())).collect()
}

/// A press as settings write it: a character as it is, else a key with what is held.
fn written(press: Press) -> String {
    match press {
        Press::Char(c) => c.to_string(),
        Press::Key(held, key) => {
            let held = [(held.command, "Ctrl+"), (held.alt, "Alt+"), (held.shift, "Shift+")];
            held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).chain([key.name()]).collect()
        }
    }
}

fn read(text: &str) -> Option<Press> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(Press::Char(c));
    }
    let (held, key) = text.rsplit_once('+').unwrap_or(("", text));
    let mut modifiers = Modifiers::NONE;
    for name in held.split('+').filter(|name| !name.is_empty()) {
        modifiers |= match name {
            "Ctrl" => Modifiers::COMMAND,
            "Alt" => Modifiers::ALT,
            "Shift" => Modifiers::SHIFT,
            _ => return None,
        };
    }
    Key::from_name(key).map(|key| Press::Key(modifiers, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for (text, press) in [
            ("]", Press::Char(']')),
            ("+", Press::Char('+')),
            ("Tab", Press::Key(Modifiers::NONE, Key::Tab)),
            ("Ctrl+Shift+Plus", Press::Key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Plus)),
            ("Alt+1", Press::Key(Modifiers::ALT, Key::Num1)),
        ] {
            assert_eq!((written(press).as_str(), read(text)), (text, Some(press)));
        }
        for wrong in ["", "Ctrl+", "Hyper+A", "Ctrl+Nothing"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
