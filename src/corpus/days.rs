//! Days that something can lie on, as far as they are known.

use jiff::civil::Date as Day;

use crate::model::Date;

/// The days that a date, a frame or a journey can lie on: each side may be open, and known to the day or vaguely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day that it can be; none where that side is open.
    pub from: Option<Day>,
    /// The last day that it can be; none where that side is open.
    pub until: Option<Day>,
    /// True where the first day is not known to the day: a month, a season, a year, about then.
    pub from_vague: bool,
    /// True where the last day is not known to the day.
    pub until_vague: bool,
    /// True where a side is called approximate or uncertain (`~`, `?`, `%`), so that it may lie outside these days, too.
    pub about: bool,
}

impl Days {
    /// The days of a date; none for a length of time.
    #[must_use]
    pub fn of(date: &Date) -> Option<Self> {
        if date.is_duration() {
            return None;
        }
        let (first, last) = date.as_str().split_once('/').unwrap_or((date.as_str(), date.as_str()));
        let (from, until) = date.days();
        let about = |side: &str| side.ends_with(['~', '?', '%']);
        let vague = |side: &str| about(side) || side.len() < "2024-06-18".len();
        Some(Self {
            from,
            until,
            from_vague: from.is_some() && vague(first),
            until_vague: until.is_some() && vague(last),
            about: about(first) || about(last),
        })
    }

    /// The days of a text that is a date; none where it is none, or a length of time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(&text.parse().ok()?)
    }

    /// One day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self { from: Some(day), until: Some(day), from_vague: false, until_vague: false, about: false }
    }

    /// From the first day of either to the last one of either; a side that is open in one of them stays open.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let first = if earlier(other.from, self.from) { other } else { self };
        let last = if later(other.until, self.until) { other } else { self };
        Self {
            from: first.from,
            until: last.until,
            from_vague: first.from_vague,
            until_vague: last.until_vague,
            about: self.about || other.about,
        }
    }

    /// Days from the end of the earlier one to the beginning of the later one; 0 where they can share a day.
    #[must_use]
    pub fn apart(self, other: Self) -> i64 {
        let gap = |end: Option<Day>, start: Option<Day>| match (end, start) {
            (Some(end), Some(start)) => number(start) - number(end),
            _ => 0,
        };
        gap(self.until, other.from).max(gap(other.until, self.from)).max(0)
    }

    /// True where the two can share a day.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.apart(other) == 0
    }

    /// The days as a [`Date`] is written, both sides as exact as they are known; an approximate one ends with `~`.
    #[must_use]
    pub fn written(self) -> String {
        match (self.from, self.until) {
            (Some(from), Some(until)) => {
                let about = if self.about { "~" } else { "" };
                if from == until {
                    format!("{from}{about}")
                } else if from.day() == 1 && until == from.last_of_month() && self.from_vague && self.until_vague {
                    format!("{:04}-{:02}{about}", from.year(), from.month())
                } else {
                    format!("{from}{about}/{until}{about}")
                }
            }
            (Some(from), None) => format!("{from}/.."),
            (None, Some(until)) => format!("../{until}"),
            (None, None) => String::new(),
        }
    }
}

/// The number of a day, so that days can be counted between two.
#[must_use]
pub fn number(day: Day) -> i64 {
    i64::from((day - Day::constant(1970, 1, 1)).get_days())
}

fn earlier(one: Option<Day>, other: Option<Day>) -> bool {
    match (one, other) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(one), Some(other)) => one < other,
    }
}

fn later(one: Option<Day>, other: Option<Day>) -> bool {
    match (one, other) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(one), Some(other)) => one > other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        Days::parse(text).unwrap()
    }

    #[test]
    fn days_know_how_vague_they_are() {
        let shown = |text: &str| {
            let days = days(text);
            (days.written(), days.from_vague, days.until_vague, days.about)
        };
        assert_eq!(shown("2024-06-18"), ("2024-06-18".into(), false, false, false));
        assert_eq!(shown("2024-06"), ("2024-06".into(), true, true, false));
        assert_eq!(shown("2022-02~"), ("2022-02~".into(), true, true, true));
        assert_eq!(shown("2024-06-18/2024-07"), ("2024-06-18/2024-07-31".into(), false, true, false));
        assert_eq!(shown("2024-06-18/.."), ("2024-06-18/..".into(), false, false, false));
        assert_eq!(shown("2024"), ("2024-01-01/2024-12-31".into(), true, true, false));
        assert_eq!(Days::parse("P2D"), None);
    }

    #[test]
    fn days_meet_or_lie_apart() {
        assert_eq!(days("2024-06-18").apart(days("2024-06-25")), 7);
        assert_eq!(days("2024-06-25").apart(days("2024-06-18")), 7);
        assert_eq!(days("2024-06").apart(days("2024-06-25")), 0);
        assert!(days("2024-06-18/..").meets(days("2031")));
        assert!(!days("2024-06-18/..").meets(days("2020")));
        assert_eq!(days("2024-06-18").hull(days("2024-06")).written(), "2024-06");
        assert_eq!(days("2024-06-18/..").hull(days("2024-06-20")).written(), "2024-06-18/..");
    }
}
