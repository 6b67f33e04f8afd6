//! Languages: which of them a system asks for, and which is spoken.

use std::sync::atomic::{AtomicU8, Ordering};

static CURRENT: AtomicU8 = AtomicU8::new(Language::English as u8);

/// Speaks this language from now on, in every thread.
pub fn speak(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// The language that is spoken; English until [`speak`] was called.
#[must_use]
pub fn spoken() -> Language {
    match CURRENT.load(Ordering::Relaxed) {
        code if code == Language::Indonesian as u8 => Language::Indonesian,
        code if code == Language::Pseudo as u8 => Language::Pseudo,
        _ => Language::English,
    }
}

/// A language that the window speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, in which every message is written first.
    English,
    /// Indonesian.
    Indonesian,
    /// English with accents and two fifths longer, for whoever looks for words that are cut off or not translated.
    /// `JEJAK_LANGUAGE=pseudo` asks for it.
    Pseudo,
}

impl Language {
    /// The languages that a person can choose.
    pub const ALL: [Self; 2] = [Self::English, Self::Indonesian];

    /// The language that a code stands for, ISO 639-1 with or without a region: `id`, `id-ID`, `en_GB.UTF-8`.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        match code.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            // Systems older than 1989's change of the code still say "in".
            "id" | "in" => Some(Self::Indonesian),
            "pseudo" => Some(Self::Pseudo),
            _ => None,
        }
    }

    /// The first language of the system that the window speaks, else English. `JEJAK_LANGUAGE` goes before the system.
    #[must_use]
    pub fn of_system() -> Self {
        let named = std::env::var("JEJAK_LANGUAGE").ok();
        named
            .into_iter()
            .chain(sys_locale::get_locales())
            .find_map(|code| Self::of_code(&code))
            .unwrap_or(Self::English)
    }

    /// The code of the language, as settings have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Indonesian => "id",
            Self::Pseudo => "pseudo",
        }
    }

    /// The language's name in the language itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Indonesian => "Bahasa Indonesia",
            Self::Pseudo => "Pseudo",
        }
    }
}
