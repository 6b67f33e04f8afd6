use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, month or year, or an interval of two of them, each as exact as it is known: `2024-06-18`, `2023-10`, `2022`,
/// `2024-06-18/2024-06-19`, `../2024`, `2022-02~` (about), `2022-02?` (uncertain). A subset of ISO 8601-2 (EDTF)
/// level 1.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(String);

/// A text that is no [`Date`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DateError(String);

impl InWords for DateError {
    fn in_words(&self) -> Message {
        message!("not-a-date", text = self.0)
    }
}

in_english!(DateError);

impl Date {
    /// One day.
    #[must_use]
    pub fn day(date: jiff::civil::Date) -> Self {
        Self(date.to_string())
    }

    /// From one day to another, both counted in.
    #[must_use]
    pub fn interval(from: jiff::civil::Date, until: jiff::civil::Date) -> Self {
        if from == until { Self::day(from) } else { Self(format!("{}/{}", from.min(until), from.max(until))) }
    }

    /// The date as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last day that it can mean; none on a side that is open.
    #[must_use]
    pub fn days(&self) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
        let (from, until) = self.0.split_once('/').unwrap_or((&self.0, &self.0));
        (point(from).flatten().map(|days| days.0), point(until).flatten().map(|days| days.1))
    }
}

/// The days of one point: outer none where it is malformed, inner none where it is open.
fn point(text: &str) -> Option<Option<(jiff::civil::Date, jiff::civil::Date)>> {
    if text == ".." {
        return Some(None);
    }
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let number = |part: &str, digits: usize| -> Option<i16> {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map(|part| number(part, 2).and_then(|month| i8::try_from(month).ok()));
    let day = parts.next().map(|part| number(part, 2).and_then(|day| i8::try_from(day).ok()));
    if parts.next().is_some() {
        return None;
    }
    let date = |month: i8, day: i8| jiff::civil::Date::new(year, month, day).ok();
    Some(Some(match (month, day) {
        (None, _) => (date(1, 1)?, date(12, 31)?),
        (Some(month), None) => {
            let first = date(month?, 1)?;
            (first, first.last_of_month())
        }
        (Some(month), Some(day)) => {
            let day = date(month?, day?)?;
            (day, day)
        }
    }))
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let (from, until) = text.split_once('/').map_or((text, None), |(from, until)| (from, Some(until)));
        let error = || DateError(text.chars().take(40).collect());
        let first = point(from).ok_or_else(error)?;
        match until.map(point) {
            None if first.is_some() => {}
            Some(Some(last)) => match (first, last) {
                (None, None) => return Err(error()),
                (Some((from, _)), Some((_, until))) if from > until => return Err(error()),
                _ => {}
            },
            None | Some(None) => return Err(error()),
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let days = |text: &str| {
            let (from, until) = text.parse::<Date>().unwrap().days();
            let shown = |day: Option<jiff::civil::Date>| day.map_or("..".into(), |day| day.to_string());
            format!("{} {}", shown(from), shown(until))
        };
        assert_eq!(days("2023-10"), "2023-10-01 2023-10-31");
        assert_eq!(days("2024-06-18/2024-06-19"), "2024-06-18 2024-06-19");
        assert_eq!(days("2022-02~"), "2022-02-01 2022-02-28");
        assert_eq!(days("../2024"), ".. 2024-12-31");
        for bad in
            ["", "soon", "2024-13", "2024-02-30", "24-02-03", "2024-06-19/2024-06-18", "..", "../..", "2024-06-18-1"]
        {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
