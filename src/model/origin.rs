use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Name;

/// Where a record came from, kept on it and exported with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Who put it into this set: an annotator, an adjudicator, a model.
    pub by: Name,
    /// When it was last changed.
    pub at: Timestamp,
    /// How it came about.
    #[serde(default, skip_serializing_if = "Via::is_hand")]
    pub via: Via,
}

impl Origin {
    /// Made by hand, now.
    #[must_use]
    pub fn hand(by: &Name) -> Self {
        Self { by: by.clone(), at: Timestamp::now(), via: Via::Hand }
    }
}

/// How a record came about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Via {
    /// A person marked it.
    #[default]
    Hand,
    /// It was read from a file in another format.
    Import {
        /// The file's name, as the person gave it.
        file: String,
    },
    /// A person accepted what a source suggested.
    Suggestion {
        /// Which source.
        source: Name,
        /// How sure the source was, in thousandths.
        score: u16,
        /// Whether the person changed it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        changed: bool,
    },
    /// An adjudicator decided it.
    Decision {
        /// Whose readings were adopted; none where the adjudicator made it.
        adopted: Vec<Name>,
        /// Why, as a reason tag.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// What the guideline does not say, where that was the cause.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        gap: String,
    },
}

impl Via {
    fn is_hand(&self) -> bool {
        *self == Self::Hand
    }
}

/// A moment in UTC, to the second; in files as `2026-11-21T19:30:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Now, by the machine's clock.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_second())
    }

    /// Seconds since 1970-01-01T00:00:00Z; out of the range of the years −9999 to 9999 they are brought into it.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second()))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = jiff::Timestamp::from_second(self.0).expect("the range is kept by every constructor");
        write!(f, "{at}")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        Ok(Self(text.parse::<jiff::Timestamp>()?.as_second()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
