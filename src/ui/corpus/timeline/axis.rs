//! The axis of days: where years, months and days have their lines.

use jiff::ToSpan;
use jiff::civil::Date as Day;

use crate::corpus::number;
use crate::ui::corpus::days;

/// A line of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub day: i64,
    pub title: String,
    /// True where a year begins.
    pub year: bool,
}

/// The day of a number.
pub fn day_of(number: i64) -> Day {
    let epoch = Day::constant(1970, 1, 1);
    let within = number.clamp(-700_000, 2_900_000);
    epoch.checked_add(within.days()).unwrap_or(epoch)
}

/// The lines from one day to another, where a day has so many points.
pub fn marks(from: i64, until: i64, per_day: f32) -> Vec<Mark> {
    let (first, last) = (day_of(from), day_of(until));
    let mut marks = Vec::new();
    let year_step = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| *step as f32 * 366.0 * per_day >= 48.0);
    let year_step = year_step.unwrap_or(200);
    let month_step = [1, 3].into_iter().find(|step| *step as f32 * 31.0 * per_day >= 40.0);
    let day_step = [1, 2, 5, 10].into_iter().find(|step| *step as f32 * per_day >= 34.0);
    let mut year = first.year();
    while year <= last.year() && marks.len() < 400 {
        let Ok(begin) = Day::new(year, 1, 1) else { break };
        if year.rem_euclid(year_step) == 0 {
            marks.push(Mark { day: number(begin), title: year.to_string(), year: true });
        }
        if let Some(step) = month_step {
            months(&mut marks, (year, step), day_step, (from, until));
        }
        year += 1;
    }
    marks
}

fn months(marks: &mut Vec<Mark>, (year, step): (i16, i8), day_step: Option<i8>, (from, until): (i64, i64)) {
    for month in (1..=12).step_by(step as usize) {
        let Ok(begin) = Day::new(year, month, 1) else { continue };
        let end = begin.last_of_month();
        if number(end) < from || number(begin) > until {
            continue;
        }
        if month > 1 || day_step.is_some() {
            marks.push(Mark { day: number(begin), title: days::month(month).to_owned(), year: false });
        }
        for of_month in day_step.into_iter().flat_map(|step| (1..=end.day()).step_by(step as usize)).skip(1) {
            // The next month needs the room.
            if end.day() - of_month < day_step.unwrap_or(1) / 2 {
                continue;
            }
            if let Ok(day) = Day::new(year, month, of_month) {
                marks.push(Mark { day: number(day), title: of_month.to_string(), year: false });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_close_as_their_words_allow() {
        let day = |text: &str| number(text.parse().unwrap());
        let titles = |per_day| {
            let all = marks(day("2022-01-01"), day("2022-12-31"), per_day);
            all.into_iter().map(|mark| mark.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(0.5), ["2022", "Apr", "Jul", "Oct"]);
        assert_eq!(titles(1.5).len(), 12);
        assert!(titles(40.0).len() > 350);
        let decades = marks(day("1950-01-01"), day("2024-12-31"), 0.014);
        assert_eq!(decades.first().unwrap().title, "1950");
        assert!(decades.len() < 10);
        assert_eq!(number(day_of(19_000)), 19_000);
    }
}
