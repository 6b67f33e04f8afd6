//! Days as people read them in a table.

use jiff::civil::Date as Day;

use crate::corpus::Days;
use crate::t;

/// The months, short.
pub fn month(number: i8) -> &'static str {
    match number {
        1 => t!("month-1"),
        2 => t!("month-2"),
        3 => t!("month-3"),
        4 => t!("month-4"),
        5 => t!("month-5"),
        6 => t!("month-6"),
        7 => t!("month-7"),
        8 => t!("month-8"),
        9 => t!("month-9"),
        10 => t!("month-10"),
        11 => t!("month-11"),
        _ => t!("month-12"),
    }
}

/// A day: `18 Jun 2024`, without the year where that is known from elsewhere.
pub fn day(day: Day, known_year: Option<i16>) -> String {
    let (number, month) = (day.day(), month(day.month()));
    match known_year == Some(day.year()) {
        true => format!("{number} {month}"),
        false => format!("{number} {month} {}", day.year()),
    }
}

/// Days: `18–20 Jun`, `27 Jun – 3 Jul`, `Dec 2022`, `from 12 Sep`; a year that is known from elsewhere is left out.
pub fn days(of: Days, known_year: Option<i16>) -> String {
    let about = |text: String| if of.about { t!("days-about", days = text) } else { text };
    let year = |year: i16| if known_year == Some(year) { String::new() } else { format!(" {year}") };
    match (of.from, of.until) {
        (Some(from), Some(until)) if from == until => about(day(from, known_year)),
        (Some(from), Some(until)) if of.from_vague && of.until_vague && is_whole_year(from, until) => {
            about(from.year().to_string())
        }
        (Some(from), Some(until)) if of.from_vague && of.until_vague && is_whole_month(from, until) => {
            about(format!("{}{}", month(from.month()), year(from.year())))
        }
        (Some(from), Some(until)) if (from.year(), from.month()) == (until.year(), until.month()) => {
            about(format!("{}–{} {}{}", from.day(), until.day(), month(from.month()), year(from.year())))
        }
        (Some(from), Some(until)) => {
            let same = (from.year() == until.year()).then_some(from.year());
            about(format!("{} – {}", day(from, known_year.or(same)), day(until, known_year)))
        }
        (Some(from), None) => t!("days-from", day = day(from, known_year)),
        (None, Some(until)) => t!("days-until", day = day(until, known_year)),
        (None, None) => t!("days-none").to_owned(),
    }
}

fn is_whole_month(from: Day, until: Day) -> bool {
    from.day() == 1 && until == from.last_of_month()
}

fn is_whole_year(from: Day, until: Day) -> bool {
    from == from.first_of_year() && until == from.last_of_year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_as_short_as_they_can_be() {
        let shown = |text: &str| days(Days::parse(text).unwrap(), Some(2024));
        assert_eq!(shown("2024-06-18"), "18 Jun");
        assert_eq!(shown("2022-06-18"), "18 Jun 2022");
        assert_eq!(shown("2024-06-18/2024-06-20"), "18–20 Jun");
        assert_eq!(shown("2024-06-27/2024-07-03"), "27 Jun – 3 Jul");
        assert_eq!(shown("2022-12"), "Dec 2022");
        assert_eq!(shown("2022"), "2022");
        assert_eq!(shown("2022-02~"), "about Feb 2022");
        assert_eq!(shown("2024-09-12/.."), "from 12 Sep");
    }
}
