//! A message on its way to a person: which one it is, and what comes into it.

/// A sentence that modules without a window make: a key of `assets/lang/*.ftl` with the values of its places.
///
/// Its [`Display`](std::fmt::Display) is English, for the command line and for files; the window tells it in the person's
/// language by [`Message::told`]. Both are made when they are asked for. [`message!`](crate::message) makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message(pub(super) Content);

/// The content of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Content {
    /// Words as they were made, in English or in those of another program: shown alike in every language.
    Verbatim(String),
    /// A key, and what stands in its places.
    Keyed(&'static str, Vec<(&'static str, Placeable)>),
}

/// A value on its way into a message. A message within a message is told in the language of the outer one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Placeable {
    /// A text.
    Text(String),
    /// A number, which chooses plurals.
    Number(i64),
    /// A message.
    Message(Message),
}

impl Message {
    /// Names a message and what comes into it; [`message!`](crate::message) is the way to do so.
    #[must_use]
    pub const fn keyed(key: &'static str, values: Vec<(&'static str, Placeable)>) -> Self {
        Self(Content::Keyed(key, values))
    }

    /// Words of another program or of the system, or names: shown alike in every language. A sentence of this program has
    /// a key; a test holds the places of this.
    #[must_use]
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self(Content::Verbatim(words.into()))
    }

    /// Returns true where it is the message of this key.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        matches!(&self.0, Content::Keyed(own, _) if *own == key)
    }

    /// Returns the message that stands in a place of this one.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Self> {
        let Content::Keyed(_, values) = &self.0 else { return None };
        values.iter().find_map(|(place, value)| match value {
            Placeable::Message(message) if *place == name => Some(message),
            _ => None,
        })
    }
}

/// A reason, an error or another value that a person is told in words.
///
/// Errors have their sentences here, by a match over all variants, and are shown in English by
/// [`in_english!`](crate::in_english); so there is none that the window cannot tell.
pub trait InWords {
    /// Returns the message that says it.
    fn in_words(&self) -> Message;

    /// Returns its words in the spoken language.
    fn told(&self) -> String {
        self.in_words().told()
    }
}

impl InWords for Message {
    fn in_words(&self) -> Message {
        self.clone()
    }
}

impl<T: InWords + ?Sized> InWords for &T {
    fn in_words(&self) -> Message {
        (**self).in_words()
    }
}

impl std::error::Error for Message {}
