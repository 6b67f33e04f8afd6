//! Dates of publication as metadata write them.

use jiff::civil::Date;

/// The order of day and month in dates such as 05/06/2024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 5 June.
    DayFirst,
    /// 6 May.
    MonthFirst,
}

/// Beginnings of the names of months in languages of news; each tells its month from the others.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв", "sty", "oca", "ιαν"],
    &["feb", "peb", "fév", "fev", "фев", "lut", "şub", "sub", "φεβ"],
    &["mar", "mär", "maa", "maerz", "мар", "mrt", "μαρ"],
    &["apr", "avr", "abr", "апр", "kwi", "nis", "απρ"],
    &["may", "mei", "mai", "mag", "maj", "май", "мая", "μάι", "μαΐ"],
    &["jun", "juin", "giu", "июн", "cze", "haz", "ιουν", "jún"],
    &["jul", "juil", "lug", "июл", "lip", "tem", "ιουλ", "júl"],
    &["aug", "agu", "agt", "aoû", "aou", "ago", "авг", "sie", "ağu", "αυγ", "ogos"],
    &["sep", "set", "сен", "wrz", "eyl", "σεπ"],
    &["oct", "okt", "out", "ott", "окт", "paź", "paz", "eki", "οκτ"],
    &["nov", "nop", "ноя", "lis", "kas", "νοε"],
    &["dec", "des", "dez", "déc", "dic", "дек", "gru", "ara", "δεκ"],
];

/// Words between a day, a month and a year: `4 de marzo de 2024`, `the 4th of March`.
const JOINING: [&str; 4] = ["de", "del", "of", "the"];

/// The day in `said`, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the day as stated, whatever the time zone.
///
/// Read are ISO 8601 with or without a time, `20240618`, seconds or milliseconds since 1970 (UTC), names of months in
/// many languages with a day before or after, and `18/06/2024` where day and month cannot be mixed up, or where their
/// order is known.
pub(super) fn day(said: &str, order: Option<DayOrder>) -> Option<String> {
    let said = said.trim();
    if said.len() > 100 {
        return None;
    }
    if said.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(said);
    }
    let parts: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    iso(said)
        .or_else(|| with_signs(said))
        .or_else(|| with_name(&parts))
        .or_else(|| day_and_month_in_digits(said, &parts, order))
}

fn written(year: i16, month: Option<i8>, day: Option<i8>) -> Option<String> {
    Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok().filter(|date| date.year() >= 1000)?;
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

fn digits(said: &str) -> Option<String> {
    let number: i64 = said.parse().ok()?;
    let second = match said.len() {
        4 => return written(number.try_into().ok()?, None, None),
        8 => return written(said[..4].parse().ok()?, said[4..6].parse().ok(), said[6..].parse().ok()),
        9..=10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let date = jiff::Timestamp::from_second(second).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    written(date.year(), Some(date.month()), Some(date.day()))
}

/// `2024-06-18…`, `2024/6/18…`, `2024-06`.
fn iso(said: &str) -> Option<String> {
    let date = said.split(['T', ' ']).next()?;
    if date.len() == 8 && date.len() < said.len() && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(date);
    }
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let (&year, rest) = parts.split_first().filter(|(year, rest)| year.len() == 4 && (1..=2).contains(&rest.len()))?;
    let day = rest.get(1).map(|day| day.parse::<i8>()).transpose().ok()?;
    written(year.parse().ok()?, Some(rest[0].parse().ok()?), day)
}

/// `2024年3月4日`, `2024년 3월 4일`.
fn with_signs(said: &str) -> Option<String> {
    let (year, rest) = said.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let day = rest.split_once(['日', '일']).map(|(day, _)| day.trim().parse::<i8>()).transpose().ok()?;
    written(year.trim().parse().ok()?, Some(month.trim().parse().ok()?), day)
}

/// `18 Juni 2024`, `June 18th, 2024`, `Tue, 18 Jun 2024 02:03:00 +0700`, `Juni 2024`.
fn with_name(parts: &[&str]) -> Option<String> {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !JOINING.contains(part)).collect();
    let month_of = |part: &str| {
        let part = part.to_lowercase();
        MONTHS.iter().position(|names| names.iter().any(|name| part.starts_with(name)))
    };
    // A weekday may begin like a month (`Minggu` does not, `Mar` in other languages does): the name next to a number
    // is meant.
    let is_number = |part: Option<&&str>| part.is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    let named = |(at, part): (usize, &&str)| {
        let near = is_number(parts.get(at + 1)) || at > 0 && is_number(parts.get(at - 1));
        // `mardi 4 juin`: of two around one number the first one is the weekday.
        let weekday = is_number(parts.get(at + 1)) && parts.get(at + 2).is_some_and(|next| month_of(next).is_some());
        month_of(part).filter(|_| near && !weekday).map(|month| (at, month))
    };
    let (at, month) = parts.iter().enumerate().find_map(named)?;
    let year = parts.iter().filter(|part| part.len() == 4).find_map(|part| part.parse::<i16>().ok())?;
    let day = |part: &&str| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok();
    let before = at.checked_sub(1).and_then(|at| parts.get(at)).and_then(day);
    written(year, i8::try_from(month + 1).ok(), before.or_else(|| parts.get(at + 1).and_then(day)))
}

/// `18/06/2024`, `06/18/2024`, `18.6.2024`; not `05/06/2024`, which may be May or June.
fn day_and_month_in_digits(said: &str, parts: &[&str], order: Option<DayOrder>) -> Option<String> {
    let (a, b): (i8, i8) = (parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?);
    let year = parts.get(2).filter(|year| year.len() == 4)?.parse().ok()?;
    let dotted = said.split('.').count() == 3;
    let (day, month) = if a > 12 || a == b || dotted {
        (a, b)
    } else if b > 12 {
        (b, a)
    } else {
        match order? {
            DayOrder::DayFirst => (a, b),
            DayOrder::MonthFirst => (b, a),
        }
    };
    written(year, Some(month), Some(day))
}

/// True where a date is one only once it is known whether the day or the month comes first.
pub(super) fn is_ambiguous(said: &str) -> bool {
    day(said, None).is_none() && day(said, Some(DayOrder::DayFirst)).is_some()
}

/// The order of day and month in a date, where it tells: one of the two is not a month. No dotted dates, which are read as
/// they are anyway.
pub(super) fn order(said: &str) -> Option<DayOrder> {
    let mut numbers = said.trim().split(['/', '-', ' ']).map(|part| part.parse::<u16>().ok());
    let (a, b, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    match (a, b, year) {
        (13..=31, 1..=12, 1_000..) => Some(DayOrder::DayFirst),
        (1..=12, 13..=31, 1_000..) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_day_and_month() {
        assert_eq!(day("05/03/2024", Some(DayOrder::DayFirst)).as_deref(), Some("2024-03-05"));
        assert_eq!(day("05/03/2024", Some(DayOrder::MonthFirst)).as_deref(), Some("2024-05-03"));
        assert_eq!(order("18/06/2024 10:00"), Some(DayOrder::DayFirst));
        assert_eq!(order("06/18/2024"), Some(DayOrder::MonthFirst));
        assert_eq!((order("05/06/2024"), order("2024-06-18"), order("kemarin")), (None, None, None));
        assert!(is_ambiguous("05/06/2024") && !is_ambiguous("06/18/2024") && !is_ambiguous("kemarin"));
    }

    #[test]
    fn days_as_metadata_write_them() {
        let cases = [
            ("2024-06-18", "2024-06-18"),
            ("2024-06-18T02:03:00+07:00", "2024-06-18"),
            ("2024-06-18 02:03", "2024-06-18"),
            ("2024/6/8", "2024-06-08"),
            ("2024-06", "2024-06"),
            ("2024", "2024"),
            ("20240618", "2024-06-18"),
            ("1718669000", "2024-06-18"),
            ("1718669000123", "2024-06-18"),
            ("Tue, 18 Jun 2024 02:03:00 +0700", "2024-06-18"),
            ("Selasa, 18 Juni 2024 | 02:03 WIB", "2024-06-18"),
            ("June 18th, 2024", "2024-06-18"),
            ("17 Agt 1945", "1945-08-17"),
            ("Mei 2023", "2023-05"),
            ("18/06/2024", "2024-06-18"),
            ("06/18/2024", "2024-06-18"),
            ("5.6.2024", "2024-06-05"),
            ("20240304T100000Z", "2024-03-04"),
            ("20240304T100000+0000", "2024-03-04"),
            ("4. März 2024", "2024-03-04"),
            ("mardi 4 juin 2024", "2024-06-04"),
            ("4 de marzo de 2024", "2024-03-04"),
            ("lunedì 4 marzo 2024", "2024-03-04"),
            ("4 марта 2024 г.", "2024-03-04"),
            ("2024年3月4日", "2024-03-04"),
            ("2024년 3월 4일", "2024-03-04"),
            ("4 Aralık 2024", "2024-12-04"),
            ("maandag 3 juni 2024", "2024-06-03"),
            ("martes, 4 de junio de 2024", "2024-06-04"),
            ("the 4th of March 2024", "2024-03-04"),
            ("4 mai 2024", "2024-05-04"),
        ];
        for (said, meant) in cases {
            assert_eq!(day(said, None).as_deref(), Some(meant), "{said}");
        }
        for said in ["", "05/06/2024", "kemarin", "2024-13-01", "2024-02-30", "31 Februari 2024", "18", "0000", "½-1-2"]
        {
            assert_eq!(day(said, None), None, "{said}");
        }
    }
}
