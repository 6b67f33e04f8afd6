//! Phrases of time, in both languages, and the dates that they mean.
#![allow(clippy::unwrap_used)] // A test that can't go on has to stop.
#![allow(clippy::print_stdout)] // Skipped tests say so.

mod common;

use jejak::model::Date;
use jejak::when::{self, Around};

/// The cases of a file, each with its line's number.
fn cases(file: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = file.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.map(|(at, line)| (at + 1, line.split('|').map(str::trim).collect()))
}

fn column<'a>(case: &[&'a str], at: usize) -> &'a str {
    case.get(at).copied().unwrap_or_default()
}

#[test]
fn phrases_mean_what_a_reader_understands() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (line, case) in cases(include_str!("data/when/phrases.txt")) {
        let mentioned: Option<Date> = column(&case, 5).parse().ok();
        let around = Around {
            published: when::anchor(column(&case, 1)),
            mentioned: mentioned.as_ref(),
            before: column(&case, 3),
            after: column(&case, 4),
        };
        let found = when::resolve(case[0], &around).map_or("-".to_owned(), |date| date.to_string());
        count += 1;
        if found != column(&case, 2) {
            wrong.push(format!("line {line}: “{}” is {found} and not {}", case[0], column(&case, 2)));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_text_is_too_strange() {
    let words = "Selasa (18/6) 19-20 Juni pekan lalu awal Februari the last three 1990s abad ke-20 pukul 20.00 p.m. \
                 dua puluh lima 9999 00 31 12 - / . , : ' ( ) of in ago minggu musim panas Q4 half between and to until \
                 é 日本 \u{a0} 99999999999 tahun depan hingga s/d keesokan that same";
    let words: Vec<&str> = words.split(' ').collect();
    let mut state = 7_u32;
    let mut dice = |sides: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % sides
    };
    for _ in 0..20_000 {
        let phrase: Vec<&str> = (0..=dice(7)).map(|_| words[dice(words.len())]).collect();
        let phrase = phrase.join(" ");
        for published in ["2025-03-12", "0001-01-01", "9999-12-31", ""] {
            let around = Around { published: when::anchor(published), ..Around::default() };
            // Whatever it is said to be can be written and read.
            if let Some(date) = when::resolve(&phrase, &around) {
                assert_eq!(date.to_string().parse::<Date>().unwrap(), date, "{phrase}");
            }
        }
    }
}

#[test]
fn datelines_are_found_and_sentences_are_none() {
    let body =
        "The harbour was closed for a day, and the ferries waited in the bay until the storm had gone.\n".repeat(60);
    for (head, wanted) in [
        (
            "A headline\n\n18 Maret 2025 2:03 WIB\n·\nwaktu baca 1 menit\n",
            Some(("2025-03-18", "18 Maret 2025 2:03 WIB")),
        ),
        ("A headline\nPublished 5 May 2024\n", Some(("2024-05-05", "5 May 2024"))),
        ("A headline\nBy Sari Dewi\nMay 5, 2024\n", Some(("2024-05-05", "May 5, 2024"))),
        ("Kabar Selat - Rabu, 12 Maret 2025 | 09:15 WIB\n", Some(("2025-03-12", "Rabu, 12 Maret 2025 | 09:15 WIB"))),
        (
            "Foto dari 2 Januari 2020\n\nDiterbitkan 12/03/2025, 09:15 WIB\n",
            Some(("2025-03-12", "12/03/2025, 09:15 WIB")),
        ),
        ("On 5 May 2024 the harbour was closed for a day, which had not happened since the war ended.\n", None),
        ("The minister visited on 5 May 2024 and left.\nA headline\n", None),
        ("A headline of 2024\n", None),
        ("", None),
    ] {
        let text = format!("{head}{body}");
        let found = when::dateline(&text);
        let said = found.map(|line| {
            let words = text[line.at.start as usize..line.at.end as usize].to_owned();
            (line.day.to_string(), words)
        });
        let wanted = wanted.map(|(day, words): (&str, &str)| (day.to_owned(), words.to_owned()));
        assert_eq!(said, wanted, "{head}");
    }
    let at_the_foot = format!("A headline\n{body}\nPublished 12 March 2025\n");
    assert_eq!(when::dateline(&at_the_foot).unwrap().day.to_string(), "2025-03-12");
}

#[test]
fn a_date_is_understood_as_it_is_typed() {
    let published = when::anchor("2024-06-12");
    for (typed, wanted) in [
        ("18/6", "2024-06-18"),
        ("19 Juni 2024", "2024-06-19"),
        ("2024-06-18", "2024-06-18"),
        ("2024-06-18T20:00", "2024-06-18T20:00"),
        ("18/6 20:00", "2024-06-18T20:00"),
        ("2021-22", "2021-22"),
        ("P2D", "P2D"),
        (" last week ", "2024-06-03/2024-06-09"),
        ("2022-02~", "2022-02~"),
    ] {
        assert_eq!(when::typed(typed, published).unwrap().to_string(), wanted, "{typed}");
    }
    assert!(when::typed("soon", published).is_err());
    assert!(when::typed("18/6", None).is_err(), "of which year nobody knows");
}

/// The dates of real articles that were marked by hand, where they are there; when the articles appeared is known from them.
#[test]
fn dates_of_real_articles_come_out_right_at_first_proposal() {
    let Some(file) = common::shared("seeds/gold.json") else { return };
    #[allow(clippy::disallowed_methods)] // A test's own input.
    let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let gold: serde_json::Value = serde_json::from_str(&read(&file)).unwrap();
    let appeared = [("000", "2022-06-26"), ("001", "2022-06-28"), ("002", "2024-05-16"), ("003", "2023-09-19")];
    let (mut right, mut all) = (0, 0);
    for (id, article) in gold["articles"].as_object().unwrap() {
        let text = read(&file.with_file_name(article["file"].as_str().unwrap()));
        let text = jejak::text::Text::new(&text);
        let known = appeared.iter().find(|(article, _)| article == id).and_then(|(_, day)| when::anchor(day));
        let published = known.or_else(|| when::dateline(text.as_str()).map(|line| line.day));
        let mut mentioned: Option<Date> = None;
        for mention in article["mentions"].as_array().unwrap().iter().filter(|it| it["type"] == "DATE") {
            let at = |key: &str| mention[key].as_u64().unwrap() as u32;
            let span = text.from_chars(at("start"), at("end")).unwrap();
            let (before, after) = when::sentence_around(text.as_str(), span);
            let around = Around { published, mentioned: mentioned.as_ref(), before, after };
            let found = when::resolve(text.slice(span), &around);
            let wanted = mention["value"].as_str().unwrap();
            all += 1;
            match &found {
                Some(date) if same(date, wanted) => right += 1,
                found => println!("{id} “{}” is {found:?} and not {wanted}", text.slice(span)),
            }
            mentioned = found.filter(|date| !date.is_duration()).or(mentioned);
        }
    }
    println!("{right} of {all} dates");
    assert!(right + 1 >= all, "{right} of {all}");
}

/// True where a date is what the reference says, which has names of its own for weeks, seasons and parts.
fn same(date: &Date, wanted: &str) -> bool {
    let days = |text: &str| text.parse::<Date>().unwrap().days();
    let around = |month: &str, from: i8, until: i8| {
        let (first, last) = date.days();
        let whole = days(month);
        let part = |day: Option<jiff::civil::Date>| day.is_some_and(|day| (from..=until).contains(&day.day()));
        first >= whole.0 && last <= whole.1 && part(first) && part(last)
    };
    if let Some(month) = wanted.strip_suffix("~early") {
        return around(month, 1, 11);
    }
    if let Some(month) = wanted.strip_suffix("~late") {
        return around(month, 20, 31);
    }
    if let Some(year) = wanted.strip_suffix("-SUMMER") {
        return date.as_str() == format!("{year}-22");
    }
    if let Some((year, week)) = wanted.split_once("-W") {
        let week =
            jiff::civil::ISOWeekDate::new(year.parse().unwrap(), week.parse().unwrap(), jiff::civil::Weekday::Monday);
        let monday = week.unwrap().date();
        return date.days() == (Some(monday), monday.checked_add(jiff::ToSpan::days(6)).ok());
    }
    date.as_str() == wanted
}
