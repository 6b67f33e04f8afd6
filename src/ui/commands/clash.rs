//! Keys that give two commands at one place.

use super::context::KeyContext;
use super::corpus::Pane;
use super::press::Press;
use super::table::{Entry, TABLE};

/// Every place where keys have a meaning of their own.
fn contexts() -> impl Iterator<Item = KeyContext> {
    use KeyContext as K;
    [K::Annotate, K::Queue, K::Editing, K::Looking, K::Errors, K::Schema].into_iter().chain(Pane::ALL.map(K::Corpus))
}

/// The first command that one of an entry's keys gives as well, somewhere, and that key.
#[must_use]
pub fn clash(entry: &Entry) -> Option<(&'static Entry, Press)> {
    let keys = entry.presses();
    contexts().filter(|context| entry.counts(*context)).find_map(|context| {
        let mut others = TABLE.iter().filter(|other| other.name != entry.name && other.counts(context));
        others.find_map(|other| {
            let theirs = other.presses();
            Some((other, *keys.iter().find(|press| theirs.contains(press))?))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use eframe::egui::{Key, Modifiers};

    use super::*;
    use crate::ui::commands::keymap::{self, Keymap};

    #[test]
    fn names_tell_commands_apart_and_a_key_that_another_one_has_clashes() {
        let names: BTreeSet<&str> = TABLE.iter().map(|entry| entry.name.name()).collect();
        assert_eq!(names.len(), TABLE.len());
        let save = TABLE.iter().find(|entry| entry.name.name() == "command-save").unwrap();
        assert!(clash(save).is_none());
        let press = Press::Key(Modifiers::COMMAND, Key::M);
        keymap::take(Keymap::from([("command-save".to_owned(), vec![press])]));
        let found = clash(save).map(|(other, press)| (other.name.name(), press));
        assert_eq!(found, Some(("command-comment", press)));
        keymap::take(Keymap::new());
    }
}
