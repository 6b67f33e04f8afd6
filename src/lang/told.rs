//! Messages in words: English for files and terminals, the person's language for the window.

use std::fmt;

use serde::{Serialize, Serializer};

use super::catalogue::in_language;
use super::language::{Language, spoken};
use super::message::Message;

impl Message {
    /// Returns the message in the spoken language.
    #[must_use]
    pub fn told(&self) -> String {
        in_language(spoken(), self)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_language(Language::English, self))
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    #[test]
    fn messages_within_messages_speak_one_language() {
        let inner = message!("counted-articles", count = 2);
        let outer = message!("not-saved", why = inner);
        assert_eq!(outer.to_string(), "Not saved: 2 articles.");
        assert_eq!(in_language(Language::Indonesian, &outer), "Tidak tersimpan: 2 artikel.");
        assert_eq!(outer.part("why"), Some(&message!("counted-articles", count = 2)));
        assert_eq!(in_language(Language::Indonesian, &Message::verbatim("ENOSPC")), "ENOSPC");
        assert_eq!(serde_json::to_string(&outer).unwrap(), "\"Not saved: 2 articles.\"");
    }
}
