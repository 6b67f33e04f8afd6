use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a record for as long as it lives: 1 to 12 characters of `0-9 a-z -`, random where the program
/// makes it. Unique within one annotation set of one article (annotations) or one annotator (referents).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u64);

/// A text that is no [`Id`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct IdError(String);

impl InWords for IdError {
    fn in_words(&self) -> Message {
        message!("not-an-id", text = self.0)
    }
}

in_english!(IdError);

/// Digits in the order of ASCII, so that ids sort as their texts do among those of equal length.
const DIGITS: &[u8; 37] = b"-0123456789abcdefghijklmnopqrstuvwxyz";
const BASE: u64 = DIGITS.len() as u64 + 1;
const LONGEST: usize = 12;

impl Id {
    /// Before every id that is in use, in the order of ids.
    pub const LEAST: Self = Self(0);

    /// A new random id of eight letters and digits (2.8 × 10¹² of them, begun with a letter).
    #[must_use]
    pub fn random() -> Self {
        const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
        const BOTH: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
        let mut bits = getrandom::u64().expect("the system's random source works, or nothing on it does");
        let mut text = [0_u8; 8];
        text[0] = LETTERS[(bits % 26) as usize];
        bits /= 26;
        for digit in &mut text[1..] {
            *digit = BOTH[(bits % 32) as usize];
            bits /= 32;
        }
        Self::from_digits(&text).expect("letters and digits are the digits of an id")
    }

    /// A new random id that is not taken.
    #[must_use]
    pub fn fresh(taken: impl Fn(Self) -> bool) -> Self {
        std::iter::repeat_with(Self::random).find(|id| !taken(*id)).expect("random ids do not run out")
    }

    fn from_digits(text: &[u8]) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut value = 0;
        for byte in text {
            let digit = match byte {
                b'-' => 0,
                b'0'..=b'9' => byte - b'0' + 1,
                b'a'..=b'z' => byte - b'a' + 11,
                _ => return None,
            };
            value = value * BASE + u64::from(digit) + 1;
        }
        Some(Self(value))
    }
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::from_digits(text.as_bytes()).ok_or_else(|| IdError(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0_u8; LONGEST];
        let mut from = LONGEST;
        let mut rest = self.0;
        while rest > 0 {
            from -= 1;
            text[from] = DIGITS[(rest % BASE) as usize - 1];
            rest /= BASE;
        }
        f.pad(std::str::from_utf8(&text[from..]).expect("the digits are ASCII"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_their_text() {
        for text in ["a", "-", "000-m1", "zzzzzzzzzzzz", "------------", "t1"] {
            assert_eq!(text.parse::<Id>().unwrap().to_string(), text);
        }
        for text in ["", "A", "a b", "aaaaaaaaaaaaa", "é"] {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
        let some: std::collections::HashSet<Id> = (0..1000).map(|_| Id::random()).collect();
        assert_eq!(some.len(), 1000);
    }
}
