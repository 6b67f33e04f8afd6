//! Keys as the table of commands has them.

use eframe::egui::{Key, Modifiers};

use crate::t;

/// A key, or a printable character whatever key gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A character as the keyboard's layout gives it; works on every layout.
    Char(char),
    /// A key with exactly these modifiers.
    Key(Modifiers, Key),
}

impl Press {
    /// As it stands beside a command: `Ctrl+Shift+Z`, `]`, `Space`.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Char(' ') => t!("key-space").to_owned(),
            Self::Char(c) if c.is_uppercase() => format!("Shift+{c}"),
            Self::Char(c) => c.to_string(),
            Self::Key(modifiers, key) => {
                let mut shown = String::new();
                for (held, name) in [(modifiers.command, "Ctrl+"), (modifiers.alt, "Alt+"), (modifiers.shift, "Shift+")]
                {
                    if held {
                        shown.push_str(name);
                    }
                }
                shown.push_str(match key {
                    Key::ArrowDown => "↓",
                    Key::ArrowUp => "↑",
                    Key::ArrowLeft => "←",
                    Key::ArrowRight => "→",
                    Key::Escape => "Esc",
                    Key::Delete => "Del",
                    Key::Plus => "+",
                    Key::Minus => "-",
                    key => key.name(),
                });
                shown
            }
        }
    }

    /// True where a text field wants this press for itself.
    #[must_use]
    pub fn belongs_to_text(self) -> bool {
        match self {
            Self::Char(_) => true,
            Self::Key(modifiers, key) => {
                let function = (Key::F1..=Key::F12).contains(&key);
                let editing = matches!(key, Key::Z | Key::Y | Key::A | Key::C | Key::ArrowLeft | Key::ArrowRight)
                    || matches!(key, Key::Home | Key::End | Key::ArrowUp | Key::ArrowDown);
                !function && (!modifiers.command || editing)
            }
        }
    }
}
