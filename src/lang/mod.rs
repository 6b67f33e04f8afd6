//! The words of the window in the person's language: messages of `assets/lang/*.ftl`, found by key.
//!
//! [`t!`](crate::t) gives a message. One without placeables is a `&'static str` from a map, so that a frame may ask for
//! hundreds; one with placeables is made by Fluent, which also knows plurals. [`key!`](crate::key) names a message that
//! is looked up later, for tables. Modules below the window may say what they have to say as a [`Message`]: English where it
//! is written, the person's language where the window tells it. A test holds every key in the source and every file of
//! messages to each other.

mod catalogue;
mod language;
mod message;
pub mod pseudo;
mod told;

use std::fmt::Display;

use catalogue::Catalogue;

pub use language::{Language, speak, spoken};
pub use message::{InWords, Message, Placeable};

/// A message without placeables that is looked up when it is shown, in whatever language is spoken then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(&'static str);

impl Key {
    /// Names a message; [`key!`](crate::key) is the way to do so, as the test of keys looks for it.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self(key)
    }

    /// The name of the message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The message.
    #[must_use]
    pub fn text(self) -> &'static str {
        plain(self.0)
    }

    /// The message in English, for files and terminals.
    #[must_use]
    pub fn english(self) -> &'static str {
        Catalogue::of(Language::English).plain(self.0).unwrap_or(self.0)
    }
}

impl From<Key> for Message {
    fn from(key: Key) -> Self {
        Self::keyed(key.0, Vec::new())
    }
}

impl InWords for Key {
    fn in_words(&self) -> Message {
        (*self).into()
    }
}

/// A value on its way into a message.
///
/// Numbers choose plurals, so they come in as numbers, and messages as messages; whatever else can be shown comes in as
/// text. [`AsItIs`] is for the former and [`Worded`] for the latter, and [`t!`](crate::t) finds the right one, as the compiler
/// looks at `AsItIs` first.
pub struct Placed<'v, T: ?Sized>(pub &'v T);

/// A value that comes into a message as it is: a number, another message, or whatever has words of its own.
pub trait AsItIs {
    /// Returns the value as it is.
    fn placed(&self) -> Placeable;
}

/// A text that comes into a message.
pub trait Worded {
    /// Returns the value in words.
    fn placed(&self) -> Placeable;
}

impl<T: Display + ?Sized> Worded for &Placed<'_, T> {
    fn placed(&self) -> Placeable {
        Placeable::Text(self.0.to_string())
    }
}

impl<T: InWords> AsItIs for Placed<'_, T> {
    fn placed(&self) -> Placeable {
        Placeable::Message(self.0.in_words())
    }
}

macro_rules! numbers {
    ($($number:ty)+) => {
        $(impl AsItIs for Placed<'_, $number> {
            #[allow(clippy::cast_possible_wrap, clippy::cast_lossless)] // No count comes near the limit.
            fn placed(&self) -> Placeable {
                Placeable::Number(*self.0 as i64)
            }
        }

        impl AsItIs for Placed<'_, &$number> {
            #[allow(clippy::cast_possible_wrap, clippy::cast_lossless)] // As above.
            fn placed(&self) -> Placeable {
                Placeable::Number(**self.0 as i64)
            }
        })+
    };
}

numbers!(u8 u16 u32 u64 usize i32 i64);

/// The message of this key in the spoken language; the key itself where there is none, which a test rules out.
#[must_use]
pub fn plain(key: &'static str) -> &'static str {
    Catalogue::of(spoken()).plain(key).or_else(|| Catalogue::of(Language::English).plain(key)).unwrap_or(key)
}

/// The message of this key in the spoken language, with values in their places.
#[must_use]
pub fn filled(key: &str, values: &[(&'static str, Placeable)]) -> String {
    catalogue::filled(spoken(), key, values)
}

/// The message of a key in the spoken language: `t!("undo")` is a `&'static str`, `t!("hits", count = n)` a `String`.
#[macro_export]
macro_rules! t {
    ($key:literal) => {
        $crate::lang::plain($key)
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        #[allow(unused_imports)] // A message may have numbers alone, or texts alone.
        use $crate::lang::{AsItIs as _, Worded as _};
        $crate::lang::filled($key, &[$((stringify!($name), (&$crate::lang::Placed(&$value)).placed())),+])
    }};
}

/// The key of a message for a table: `key!("undo").text()` gives the message when it is shown.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::lang::Key::new($key)
    };
}

/// A message of this key: `message!("check-no-words")`, or `message!("check-gone", id = id)` where something comes in.
#[macro_export]
macro_rules! message {
    ($key:literal) => {
        $crate::lang::Message::keyed($key, Vec::new())
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        #[allow(unused_imports)] // A message may have numbers alone, or texts alone.
        use $crate::lang::{AsItIs as _, Worded as _};
        $crate::lang::Message::keyed(
            $key,
            vec![$((stringify!($name), (&$crate::lang::Placed(&$value)).placed())),+],
        )
    }};
}

/// Lets errors be shown in English, by their [`InWords`](crate::lang::InWords): `in_english!(OpenError, StoreError);`.
#[macro_export]
macro_rules! in_english {
    ($($error:ty),+ $(,)?) => {
        $(impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::lang::InWords::in_words(self), f)
            }
        })+
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_systems_are_understood() {
        for (code, language) in [
            ("id", Some(Language::Indonesian)),
            ("id-ID", Some(Language::Indonesian)),
            ("in_ID.UTF-8", Some(Language::Indonesian)),
            ("en_GB.UTF-8", Some(Language::English)),
            ("EN", Some(Language::English)),
            ("ms-MY", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(Language::of_code(code), language, "{code}");
        }
        for language in Language::ALL {
            assert_eq!(Language::of_code(language.code()), Some(language));
        }
    }

    #[test]
    fn plurals_and_texts_stand_in_their_places() {
        assert_eq!(t!("counted-articles", count = 1), "1 article");
        let told = |language, count: usize| {
            Catalogue::of(language).filled("counted-articles", &[("count", Placed(&count).placed())], language).unwrap()
        };
        assert_eq!(told(Language::English, 1), "1 article");
        assert_eq!(told(Language::English, 2), "2 articles");
        assert_eq!(told(Language::Indonesian, 2), "2 artikel");
        assert!(told(Language::Pseudo, 2).contains("2 "), "{}", told(Language::Pseudo, 2));
    }
}
