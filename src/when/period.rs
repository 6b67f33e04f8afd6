//! Stretches of the calendar as exact as they are known, and how they are written.

use jiff::ToSpan;
use jiff::civil::Date as Day;

use super::words::{Part, Unit};
use crate::model::Date;

/// The exactness of a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Day,
    Week,
    Month,
    Year,
    /// A season by its number in ISO 8601-2.
    Season(i8),
    /// Whole months, written from one to the other.
    Months,
    /// Whole years, written from one to the other.
    Years,
    /// Days, written from one to the other.
    Days,
}

/// A time of day; the offset from UTC in minutes, where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: i8,
    pub zone: Option<i16>,
}

/// Days from one to another, both counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub from: Day,
    pub until: Day,
    pub grain: Grain,
    /// True where it is only about then.
    pub about: bool,
    pub clock: Option<Clock>,
}

/// The day that is so many days later.
pub(super) fn later(day: Day, days: i32) -> Option<Day> {
    day.checked_add(days.days()).ok()
}

/// The first day of the month that is so many months later.
fn month_later(day: Day, months: i32) -> Option<Day> {
    day.first_of_month().checked_add(months.months()).ok()
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Day::new(year, month, day).ok()
}

impl Period {
    pub fn of(grain: Grain, from: Day, until: Day) -> Self {
        Self { from, until, grain, about: false, clock: None }
    }

    pub fn day(day: Day) -> Self {
        Self::of(Grain::Day, day, day)
    }

    /// The week from Monday to Sunday that a day is in.
    pub fn week(of: Day) -> Option<Self> {
        let monday = later(of, -i32::from(of.weekday().to_monday_zero_offset()))?;
        Some(Self::of(Grain::Week, monday, later(monday, 6)?))
    }

    pub fn month(of: Day) -> Self {
        Self::of(Grain::Month, of.first_of_month(), of.last_of_month())
    }

    pub fn year(year: i16) -> Option<Self> {
        Some(Self::of(Grain::Year, day(year, 1, 1)?, day(year, 12, 31)?))
    }

    pub fn years(from: i16, until: i16) -> Option<Self> {
        Some(Self::of(Grain::Years, day(from, 1, 1)?, day(until, 12, 31)?))
    }

    /// Months of a year, both counted in.
    pub fn months(year: i16, from: i8, until: i8) -> Option<Self> {
        Some(Self::of(Grain::Months, day(year, from, 1)?, day(year, until, 1)?.last_of_month()))
    }

    /// A season of a year, as months of the north; winter ends in the year after.
    pub fn season(year: i16, season: i8) -> Option<Self> {
        let from = day(year, (season - 20) * 3, 1)?;
        Some(Self::of(Grain::Season(season), from, month_later(from, 2)?.last_of_month()))
    }

    /// The one of this measure that is `step` after the one that a day is in.
    pub fn beside(of: Day, unit: Unit, step: i32) -> Option<Self> {
        let year = || i16::try_from(i32::from(of.year()).checked_add(step)?).ok();
        match unit {
            Unit::Minute | Unit::Hour => None,
            Unit::Day => Some(Self::day(later(of, step)?)),
            Unit::Week => Self::week(later(of, step.checked_mul(7)?)?),
            Unit::Weekend => {
                let week = Self::week(later(of, step.checked_mul(7)?)?)?;
                Some(Self::of(Grain::Days, later(week.from, 5)?, week.until))
            }
            Unit::Month => Some(Self::month(month_later(of, step)?)),
            Unit::Year => Self::year(year()?),
            Unit::Decade => {
                let first = i16::try_from(i32::from(of.year() / 10 * 10).checked_add(step.checked_mul(10)?)?).ok()?;
                Self::years(first, first.checked_add(9)?)
            }
            Unit::Century => {
                let first =
                    i16::try_from(i32::from(of.year() / 100 * 100).checked_add(step.checked_mul(100)?)?).ok()?;
                Self::years(first, first.checked_add(99)?)
            }
        }
    }

    /// The early, middle or late part; itself, about then, where it has none of its own.
    pub fn part(self, part: Part) -> Option<Self> {
        let about = |period: Self| Some(Self { about: true, ..period });
        match self.grain {
            Grain::Day => Some(self),
            Grain::Week => about(Self::day(later(self.from, part.pick(0, 2, 4))?)),
            Grain::Month => {
                let first = later(self.from, part.pick(0, 10, 20))?;
                let last = part.pick(later(first, 9)?, later(first, 9)?, self.until);
                about(Self::of(Grain::Days, first, last))
            }
            Grain::Year => {
                let (first, last) = part.pick((1, 3), (5, 8), (10, 12));
                about(Self::months(self.from.year(), first, last)?)
            }
            Grain::Years if self.until.year() - self.from.year() == 9 => {
                let (first, last) = part.pick((0, 3), (4, 6), (7, 9));
                about(Self::years(self.from.year() + first, self.from.year() + last)?)
            }
            Grain::Years if self.until.year() - self.from.year() == 99 => {
                let (first, last) = part.pick((0, 33), (34, 66), (67, 99));
                about(Self::years(self.from.year() + first, self.from.year() + last)?)
            }
            Grain::Season(_) | Grain::Months | Grain::Years | Grain::Days => about(self),
        }
    }

    /// From the start of this one to the end of another.
    pub fn to(self, other: Self) -> Option<Date> {
        let (first, _) = self.ends();
        let (_, last) = other.ends();
        parse(&format!("{first}/{last}"))
    }

    /// Since or until it.
    pub fn open(self, after: bool) -> Option<Date> {
        let (first, last) = self.ends();
        parse(&if after { format!("{first}/..") } else { format!("../{last}") })
    }

    pub fn date(self) -> Option<Date> {
        let (first, last) = self.ends();
        parse(&if first == last { first } else { format!("{first}/{last}") })
    }

    fn ends(self) -> (String, String) {
        let about = if self.about { "~" } else { "" };
        let (from, until) = (self.from, self.until);
        let both = |from: String, until: String| (format!("{from}{about}"), format!("{until}{about}"));
        let clock = self.clock.map(Clock::written).unwrap_or_default();
        match self.grain {
            Grain::Season(season) => {
                let season = format!("{:04}-{season}", from.year());
                both(season.clone(), season)
            }
            Grain::Month | Grain::Months => {
                let month = |day: Day| format!("{:04}-{:02}", day.year(), day.month());
                both(month(from), month(until))
            }
            Grain::Year | Grain::Years => both(format!("{:04}", from.year()), format!("{:04}", until.year())),
            Grain::Day | Grain::Week | Grain::Days => both(format!("{from}{clock}"), format!("{until}{clock}")),
        }
    }
}

impl Clock {
    fn written(self) -> String {
        let zone = match self.zone {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
        };
        format!("T{:02}:{:02}{zone}", self.hour, self.minute)
    }
}

fn parse(text: &str) -> Option<Date> {
    text.parse().ok()
}
