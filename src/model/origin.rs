use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Name;

/// The place where a record came from, kept on it and exported with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The author of the record in this set: an annotator, an adjudicator, a model.
    pub by: Name,
    /// The time of the last change.
    pub at: Timestamp,
    /// The origin.
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

/// The origin of a record.
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
        /// The source.
        source: Name,
        /// The certainty of the source, in thousandths.
        score: u16,
        /// True where the person changed it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        changed: bool,
    },
    /// An adjudicator decided it.
    Decision {
        /// The readings that were adopted; none where the adjudicator made it.
        adopted: Vec<Name>,
        /// The reason, as a tag.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The statement of the guideline does not, where that was the cause.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        gap: String,
    },
}

impl Via {
    /// The source of what was computed by the model of Dawid and Skene.
    pub const DAWID_SKENE: &str = "dawid-skene";

    fn is_hand(&self) -> bool {
        *self == Self::Hand
    }
}

/// A clock that is so wrong that its time cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub struct ClockError(Timestamp);

impl InWords for ClockError {
    fn in_words(&self) -> Message {
        message!("clock-out-of-range", time = self.0)
    }
}

in_english!(ClockError);

/// A text that is no [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TimestampError(String);

impl InWords for TimestampError {
    fn in_words(&self) -> Message {
        message!("not-a-moment", text = self.0)
    }
}

in_english!(TimestampError);

/// A moment in UTC, to the second; in files as `2026-11-21T19:30:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Now, by the machine's clock; where the clock is out of range, the nearest moment that can be written (see
    /// [`Timestamp::of_clock`]).
    #[must_use]
    pub fn now() -> Self {
        Self::of_clock(SystemTime::now()).unwrap_or_else(|error| error.0)
    }

    /// The moment that a clock says.
    ///
    /// # Errors
    /// If its year has more than four digits, with the nearest moment that can be written.
    pub fn of_clock(clock: SystemTime) -> Result<Self, ClockError> {
        let seconds = match clock.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            // The second that has begun, as after 1970.
            Err(before) => {
                let before = before.duration();
                let begun = before.as_secs().saturating_add(u64::from(before.subsec_nanos() > 0));
                i64::try_from(begun).map_or(i64::MIN, |seconds| -seconds)
            }
        };
        let nearest = Self::from_seconds(seconds);
        if nearest.0 == seconds { Ok(nearest) } else { Err(ClockError(nearest)) }
    }

    /// The day in UTC.
    #[must_use]
    pub fn day(self) -> jiff::civil::Date {
        let at = jiff::Timestamp::from_second(self.0).expect("the range is kept by every constructor");
        at.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// The day in the time zone of the machine; that of UTC where its zone has none.
    #[must_use]
    pub fn day_here(self) -> jiff::civil::Date {
        let at = jiff::Timestamp::from_second(self.0).expect("the range is kept by every constructor");
        at.to_zoned(jiff::tz::TimeZone::system()).date()
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
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        match text.parse::<jiff::Timestamp>() {
            Ok(at) => Ok(Self(at.as_second())),
            Err(_) => Err(TimestampError(text.chars().take(40).collect())),
        }
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_at_the_end_of_time_is_a_sentence() {
        let after = |seconds: u64| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let before = |seconds: u64| SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(seconds));
        let year = 31_556_952;
        for (clock, said) in [
            (after(0), "1970-01-01T00:00:00Z"),
            (before(1), "1969-12-31T23:59:59Z"),
            (SystemTime::UNIX_EPOCH.checked_sub(Duration::from_millis(1)), "1969-12-31T23:59:59Z"),
            (after(293 * year), "2263-01-01T01:15:36Z"),
            (after(253_402_207_200), "9999-12-30T22:00:00Z"),
            (after(253_402_207_201), "out of range"),
            (after(300_000_000_000), "out of range"),
            (after(i64::MAX as u64), "out of range"),
            (before(377_705_023_201), "-009999-01-02T01:59:59Z"),
            (before(377_705_023_202), "out of range"),
            (before(i64::MAX as u64), "out of range"),
        ] {
            // Not every system's clock goes so far.
            let Some(clock) = clock else { continue };
            match Timestamp::of_clock(clock) {
                Ok(at) => {
                    assert_eq!(at.to_string(), said);
                    assert_eq!(said.parse(), Ok(at));
                }
                Err(error) => assert!(error.to_string().contains(said), "{error}"),
            }
        }
    }

    #[test]
    fn days_and_moments_at_the_ends_are_written_and_read() {
        for seconds in [i64::MIN, i64::MAX, 0] {
            let at = Timestamp::from_seconds(seconds);
            assert_eq!(at.to_string().parse(), Ok(at));
            let _ = at.day_here();
        }
        for text in ["", "soon", "2026-11-21", "10000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-13-01T00:00:00Z"]
        {
            let error = text.parse::<Timestamp>().unwrap_err().to_string();
            assert_eq!(error, format!("\"{text}\" is not a moment: write it as 2026-11-21T19:30:00Z"));
        }
    }
}
