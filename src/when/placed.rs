//! The calendar's part: what was not said of a date is worked out from the day of the article and the tense of the sentence.

use jiff::civil::Date as Day;

use super::period::{Period, day, later};
use super::phrase::{Phrase, Said};

impl Phrase<'_> {
    pub(super) fn placed(&self, said: Said) -> Option<Period> {
        let published = self.around.published;
        match (said.year, said.month, said.day) {
            (Some(year), None, None) => Period::year(year),
            (Some(year), Some(month), None) => Some(Period::month(day(year, month, 1)?)),
            (Some(year), Some(month), Some(date)) => {
                let found = day(year, month, date).map(Period::day);
                // `6/11` may be meant either way; the weekday says which.
                let other = said.either.then(|| day(year, date, month)).flatten().map(Period::day);
                let fits = |it: &Period| {
                    said.weekday.is_none_or(|weekday| it.from.weekday().to_monday_one_offset() == weekday)
                };
                match (found, other) {
                    (Some(found), Some(other)) if !fits(&found) && said.weekday.is_some() && fits(&other) => {
                        Some(other)
                    }
                    (found, _) => found,
                }
            }
            (None, Some(month), date) => {
                let published = published?;
                let mut years = Vec::new();
                for year in published.year() - 5..=published.year() + 5 {
                    let period = match date {
                        None => day(year, month, 1).map(Period::month),
                        Some(date) => day(year, month, date).map(Period::day),
                    };
                    years.extend(period);
                }
                let found = match said.step {
                    Some(-1) => years.iter().rfind(|it| it.until < published),
                    Some(1) => years.iter().find(|it| it.from > published),
                    Some(_) => years.iter().find(|it| it.from.year() == published.year()),
                    None => {
                        let found = nearest(&years, published, self.tense, 1.2)?;
                        let fits = |it: &&Period| {
                            said.weekday.is_some_and(|weekday| it.from.weekday().to_monday_one_offset() == weekday)
                        };
                        let beside = |it: &&Period| (it.from.year() - found.from.year()).abs() <= 1;
                        let other = years.iter().filter(beside).find(fits);
                        Some(if said.weekday.is_some() && !fits(&found) { other.unwrap_or(found) } else { found })
                    }
                };
                found.copied()
            }
            (None, None, None) => {
                let published = published?;
                let weekday = said.weekday?;
                let mut days = Vec::new();
                for step in -13..=13 {
                    let day = later(published, step)?;
                    if day.weekday().to_monday_one_offset() == weekday {
                        days.push(Period::day(day));
                    }
                }
                let found = match said.step {
                    Some(-1) => days.iter().rfind(|it| it.from < published),
                    Some(1) => days.iter().find(|it| it.from > published),
                    Some(_) => {
                        let week = Period::week(published)?;
                        days.iter().find(|it| (week.from..=week.until).contains(&it.from))
                    }
                    None => nearest(&days, published, self.tense, 1.5),
                };
                found.copied()
            }
            (None | Some(_), None, Some(_)) => None,
        }
    }
}

/// The period that is nearest to a day. What is to come counts as so many times further away than what has been, for news tells
/// less of that; and against the tense of the sentence everything counts as far.
pub(super) fn nearest(periods: &[Period], day: Day, tense: i32, ahead: f64) -> Option<&Period> {
    const AGAINST: f64 = 4.0;
    let days = |span: Result<jiff::Span, jiff::Error>| f64::from(span.map_or(i32::MAX, |span| span.get_days()).max(0));
    let far = |it: &&Period| match it.from > day {
        true => days(day.until(it.from)) * if tense < 0 { AGAINST } else { 1.0 } * if tense > 0 { 1.0 } else { ahead },
        false => days(it.until.until(day)) * if tense > 0 { AGAINST } else { 1.0 },
    };
    periods.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
}
