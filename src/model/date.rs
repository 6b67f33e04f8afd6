use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date as Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, month, season or year, or an interval of two of them, each as exact as it is known: `2024-06-18`, `2023-10`, `2022`,
/// `2021-22` (its summer), `2024-06-18T20:00` (a time of day), `2024-06-18/2024-06-19`, `../2024`, `2022-02~` (about), `2022-02?`
/// (uncertain); or a length of time: `P2D`. A subset of ISO 8601-2 (EDTF) level 1, and the durations of ISO 8601-1.
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
    pub fn day(date: Day) -> Self {
        Self(date.to_string())
    }

    /// From one day to another, both counted in.
    #[must_use]
    pub fn interval(from: Day, until: Day) -> Self {
        if from == until { Self::day(from) } else { Self(format!("{}/{}", from.min(until), from.max(until))) }
    }

    /// The date as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True where it is a length of time and stands nowhere in the calendar.
    #[must_use]
    pub fn is_duration(&self) -> bool {
        self.0.starts_with('P')
    }

    /// First and last day that it can mean; none on a side that is open, and none for a length of time. A season is that of the
    /// north, save 29 to 32, which ISO 8601-2 has for the south.
    #[must_use]
    pub fn days(&self) -> (Option<Day>, Option<Day>) {
        let (from, until) = self.0.split_once('/').unwrap_or((&self.0, &self.0));
        (point(from).flatten().map(|days| days.0), point(until).flatten().map(|days| days.1))
    }
}

/// The days of one point: outer none where it is malformed, inner none where it is open.
fn point(text: &str) -> Option<Option<(Day, Day)>> {
    if text == ".." {
        return Some(None);
    }
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    if let Some((day, time)) = text.split_once('T') {
        let (from, until) = point(day)??;
        return (day.len() == 10 && from == until && is_time(time)).then_some(Some((from, until)));
    }
    let mut parts = text.split('-');
    let year = i16::try_from(number(parts.next()?, 4)?).ok()?;
    let part = |part: &str| number(part, 2).and_then(|value| i8::try_from(value).ok());
    let (month, day) = (parts.next().map(part), parts.next().map(part));
    if parts.next().is_some() {
        return None;
    }
    let date = |month: i8, day: i8| Day::new(year, month, day).ok();
    Some(Some(match (month, day) {
        (None, _) => (date(1, 1)?, date(12, 31)?),
        (Some(Some(season @ 21..=32)), None) => season_of(year, season)?,
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

/// The months of a season as ISO 8601-2 numbers them: 21 to 24 anywhere and 25 to 28 in the north from spring to winter, 29 to 32
/// in the south. One that begins in December ends in the year after.
fn season_of(year: i16, season: i8) -> Option<(Day, Day)> {
    let south = if season >= 29 { 6 } else { 0 };
    let month = ((season - 21) % 4 + 1) * 3 + south;
    let first = Day::new(year, if month > 12 { month - 12 } else { month }, 1).ok()?;
    let last = first.checked_add(jiff::ToSpan::months(2)).ok()?;
    Some((first, last.last_of_month()))
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// True for `20:00`, `20:00:30`, and either with `Z` or an offset such as `+07:00` behind.
fn is_time(text: &str) -> bool {
    let clock = |text: &str| {
        let mut parts = text.split(':');
        let mut part = |most: u16| parts.next().map(|part| number(part, 2).is_some_and(|value| value <= most));
        part(23) == Some(true) && part(59) == Some(true) && part(59) != Some(false) && parts.next().is_none()
    };
    match text.strip_suffix('Z') {
        Some(time) => clock(time),
        None => match text.split_once(['+', '-']) {
            Some((time, offset)) => clock(time) && offset.len() == 5 && clock(offset),
            None => clock(text),
        },
    }
}

/// True for a length of time: `P2D`, `P1Y6M`, `P2W`, `PT1H30M`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let measures = |text: &str, letters: &str| {
        let (mut letters, mut digits) = (letters.chars(), 0);
        let whole = text.chars().all(|c| {
            if c.is_ascii_digit() {
                digits += 1;
                return digits <= 5;
            }
            std::mem::take(&mut digits) > 0 && letters.any(|letter| letter == c)
        });
        whole && digits == 0
    };
    let time_fits = time.is_none_or(|time| !time.is_empty() && measures(time, "HMS"));
    !rest.is_empty() && time_fits && measures(date, "YMWD")
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        if is_duration(text) {
            return Ok(Self(text.to_owned()));
        }
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
            let shown = |day: Option<Day>| day.map_or("..".into(), |day| day.to_string());
            format!("{} {}", shown(from), shown(until))
        };
        assert_eq!(days("2023-10"), "2023-10-01 2023-10-31");
        assert_eq!(days("2024-06-18/2024-06-19"), "2024-06-18 2024-06-19");
        assert_eq!(days("2022-02~"), "2022-02-01 2022-02-28");
        assert_eq!(days("../2024"), ".. 2024-12-31");
        assert_eq!(days("2021-22"), "2021-06-01 2021-08-31");
        assert_eq!(days("2021-24/2022-21"), "2021-12-01 2022-05-31");
        assert_eq!(days("2021-30"), "2021-12-01 2022-02-28", "a summer in the south");
        assert_eq!(days("2024-06-18T20:00"), "2024-06-18 2024-06-18");
        assert_eq!(days("2024-06-18T20:00+07:00/2024-06-19T00:30Z"), "2024-06-18 2024-06-19");
        for length in ["P2D", "P1Y6M", "P2W", "PT90M", "P1DT12H"] {
            assert_eq!(days(length), ".. ..", "{length}");
            assert!(length.parse::<Date>().unwrap().is_duration());
        }
        for bad in [
            "P",
            "PT",
            "P2",
            "P2H",
            "PD",
            "P2D1Y",
            "2024-33",
            "2024-20",
            "2024-06T20:00",
            "2024-06-18T24:00",
            "2024-06-18T20",
            "2024-06-18T20:00+7",
            "P2D/2024",
            "p2d",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        for bad in
            ["", "soon", "2024-13", "2024-02-30", "24-02-03", "2024-06-19/2024-06-18", "..", "../..", "2024-06-18-1"]
        {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }
}
