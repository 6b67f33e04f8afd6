//! The commands that were done lately, by their names alone.

use std::collections::VecDeque;
use std::fmt::{self, Debug, Write as _};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Instant;

/// Commands that are remembered.
const LATELY: usize = 30;

static DONE: Mutex<VecDeque<(Instant, String)>> = Mutex::new(VecDeque::new());

/// The beginning of a value's debug form.
struct Beginning(String);

impl fmt::Write for Beginning {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.push_str(piece);
        // Enough for two names; a value may hold a whole text.
        if self.0.len() > 80 { Err(fmt::Error) } else { Ok(()) }
    }
}

/// The name of a command without anything that it holds: of `Annotate(Label("person"))` it is `Annotate Label`.
#[must_use]
pub fn name_of(command: &impl Debug) -> String {
    let mut beginning = Beginning(String::new());
    // That it was cut off is meant.
    let _ = write!(beginning, "{command:?}");
    let is_name = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
    let mut name = String::new();
    let mut rest = beginning.0.as_str();
    for _ in 0..2 {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let part = &rest[..end];
        if !is_name(part) {
            break;
        }
        match &*name {
            "" => name.push_str(part),
            // The arguments of a command are called as it is.
            first if first == part => break,
            _ => {
                name.push(' ');
                name.push_str(part);
            }
        }
        match rest[end..].strip_prefix('(') {
            Some(inside) => rest = inside,
            None => break,
        }
    }
    name
}

/// Remembers that a command was done, by its name, and logs it.
pub fn done(command: &impl Debug) {
    let name = name_of(command);
    tracing::debug!(command = name, "done");
    let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
    if done.len() == LATELY {
        done.pop_front();
    }
    done.push_back((Instant::now(), name));
}

/// The commands that were done lately, the latest last, each with the seconds since; without waiting, as it is asked
/// after a panic.
pub(super) fn lately() -> Vec<(f64, String)> {
    let done = match DONE.try_lock() {
        Ok(done) => done,
        Err(TryLockError::Poisoned(done)) => done.into_inner(),
        Err(TryLockError::WouldBlock) => return Vec::new(),
    };
    done.iter().map(|(at, name)| (at.elapsed().as_secs_f64(), name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    #[allow(dead_code)] // They are read through their debug form.
    enum Feature {
        Annotate(Command),
        Check(Check),
        Quit,
    }

    #[derive(Debug)]
    #[allow(dead_code)]
    struct Check {
        project: String,
    }

    #[derive(Debug)]
    #[allow(dead_code)]
    enum Command {
        Label(String),
        Reason { text: String },
        Many(Vec<Command>),
    }

    #[test]
    fn a_name_has_nothing_of_what_a_command_holds() {
        let text = || "Sari ".repeat(100_000);
        for (command, name) in [
            (Feature::Annotate(Command::Label(text())), "Annotate Label"),
            (Feature::Annotate(Command::Reason { text: text() }), "Annotate Reason"),
            (Feature::Annotate(Command::Many(vec![Command::Label(text())])), "Annotate Many"),
            (Feature::Check(Check { project: text() }), "Check"),
            (Feature::Quit, "Quit"),
        ] {
            assert_eq!(name_of(&command), name);
        }
        assert_eq!(name_of(&text()), "");
    }
}
