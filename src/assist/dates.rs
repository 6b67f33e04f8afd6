//! Phrases of time and the dates that they mean, for each label that takes a date.

use super::lesson::{Page, date_attribute};
use super::suggestion::{Source, Suggestion};
use crate::model::{Date, Kind};
use crate::when::{self, Around};

/// The name of the source.
pub(super) const NAME: &str = "dates";

/// Words of a phrase at the most, signs among them.
const MOST: usize = 14;

/// Words that lead to a phrase and are not a part of it.
const LEADS: &[&str] = &[
    "pada",
    "di",
    "dalam",
    "dari",
    "sejak",
    "selama",
    "per",
    "sampai",
    "hingga",
    "menjelang",
    "untuk",
    "on",
    "in",
    "at",
    "of",
    "since",
    "for",
    "during",
    "from",
    "until",
    "till",
    "by",
    "within",
];

/// Words that go on after a phrase and are not a part of it.
const TAILS: &[&str] = &["yang", "itu", "tersebut", "which"];

/// Words between two phrases, each of which says by itself when.
const JOINTS: &[&str] = &[" dan ", " atau ", " serta ", " and ", " or "];

/// Kinds of units that a day or a month with its year needs not to be called.
const KINDS: &[&str] = &["bulan", "tanggal"];

/// The source of dates.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dates;

impl Source for Dates {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let takes = page.schema.labels.iter().filter(|def| def.kind == Kind::Entity);
        let Some((label, attribute)) = takes.filter_map(|def| Some((&def.name, date_attribute(def)?))).next() else {
            return Vec::new();
        };
        let mut mentioned: Option<Date> = None;
        let mut found = Vec::new();
        for sentence in &page.tokens.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                let Some((end, date, score)) = phrase(page, at, sentence.end, mentioned.as_ref()) else {
                    at += 1;
                    continue;
                };
                let span = page.tokens.span(&(at..end));
                let attributes = vec![(attribute.clone(), date.to_string())];
                found.push(Suggestion { attributes, ..Suggestion::new(NAME, label, vec![span], score) });
                if !date.is_duration() {
                    mentioned = Some(date);
                }
                at = end;
            }
        }
        found
    }
}

/// The longest phrase that begins with a token and means a date, with the date and how sure that is.
fn phrase(page: &Page<'_>, at: usize, end: usize, mentioned: Option<&Date>) -> Option<(usize, Date, f32)> {
    let all = &page.tokens.all;
    let first = page.text.slice(page.tokens.span(&(at..at + 1)));
    let first = first.to_lowercase();
    if !all[at].wordlike || LEADS.contains(&first.as_str()) {
        return None;
    }
    // A month with its year is one by its name.
    let is_year = |at: &usize| {
        let words = page.text.slice(page.tokens.span(&(*at..at + 1)));
        words.len() == 4 && words.chars().all(|c| c.is_ascii_digit())
    };
    if KINDS.contains(&first.as_str()) && (at + 2..(at + 4).min(end)).any(|at| is_year(&at)) {
        return None;
    }
    let mean = |from: usize, end: usize| {
        let span = page.tokens.span(&(from..end));
        let (before, after) = when::sentence_around(page.text.as_str(), span);
        when::resolve(page.text.slice(span), &Around { published: page.published, mentioned, before, after })
    };
    (at + 1..=(at + MOST).min(end)).rev().find_map(|end| {
        let span = page.tokens.span(&(at..end));
        let words = page.text.slice(span);
        // A phrase ends with a word, or with the bracket that it opened.
        let whole = all[end - 1].wordlike || words.ends_with(')') && words.contains('(');
        if !whole || words.matches('(').count() != words.matches(')').count() || !may_be(words) {
            return None;
        }
        let low = words.to_lowercase();
        let last = low.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
        if TAILS.contains(&last) || is_two(words, &low, |part| mean(part.0, part.1), page, (at, end)) {
            return None;
        }
        let year = |low: &str| low.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
        // A year fixes what is said to lie behind.
        if year(&low) && low.ends_with(" lalu") {
            return None;
        }
        // A season with a capital within a sentence is a part of a name.
        if is_name(page, at, end, &low) {
            return None;
        }
        let (before, after) = when::sentence_around(page.text.as_str(), span);
        if is_part_of_number(before, after) {
            return None;
        }
        let around = Around { published: page.published, mentioned, before, after };
        let date = when::resolve(words, &around)?;
        Some((end, date.clone(), score(words, &date)))
    })
}

/// True where a phrase is two that are joined, each with all that it needs.
fn is_two(
    words: &str,
    low: &str,
    mean: impl Fn((usize, usize)) -> Option<Date>,
    page: &Page<'_>,
    (at, end): (usize, usize),
) -> bool {
    if low.len() != words.len() {
        return false;
    }
    JOINTS.iter().any(|joint| {
        let Some(place) = low.find(joint) else { return false };
        let start = page.tokens.all[at].span.start + place as u32;
        let split = (at..end).find(|token| page.tokens.all[*token].span.start >= start);
        let Some(split) = split.filter(|split| *split > at && split + 1 < end) else { return false };
        // A number alone is the day of the month that the other one names.
        let whole = |from: usize, until: usize| {
            let letters = page.text.slice(page.tokens.span(&(from..until))).chars().any(char::is_alphabetic);
            letters && mean((from, until)).is_some()
        };
        whole(at, split) && whole(split + 1, end)
    })
}

/// True for a season without a year that has a capital within a sentence: `Olimpiade Musim Dingin`.
fn is_name(page: &Page<'_>, at: usize, end: usize, low: &str) -> bool {
    const SEASONS: &[&str] = &["musim", "summer", "winter", "spring", "autumn", "fall"];
    let season = low.split(' ').next().is_some_and(|word| SEASONS.contains(&word));
    let before = at.checked_sub(1).map(|at| &page.tokens.all[at]);
    season
        && !low.chars().any(|c| c.is_ascii_digit())
        && page.tokens.all[at..end].iter().all(|token| token.capital)
        && before.is_some_and(|token| token.capital)
}

/// True where words may be a phrase of time in running text: digits alone are a number there, unless they are written as a date.
fn may_be(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let signs = words.chars().filter(|c| matches!(c, '/' | '-' | '.')).count();
    match (letters, digits) {
        (0, 4) if signs == 0 => (1800..2100).contains(&words.parse::<u32>().unwrap_or(0)),
        (0, _) => signs >= 2 && digits >= 6,
        _ => letters >= 2,
    }
}

/// True where digits go on before or after a phrase, or a sign says that it is an amount.
fn is_part_of_number(before: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    matches!(last, Some('$' | '€' | '£' | '.' | ',' | '/'))
        || matches!(first, Some('%'))
        || matches!(first, Some('.' | ',')) && second.is_some_and(|c| c.is_ascii_digit())
}

/// A day with its number is sure, what is counted from another day less, a year or a length of time least.
fn score(words: &str, date: &Date) -> f32 {
    let digits = words.chars().any(|c| c.is_ascii_digit());
    let letters = words.chars().any(char::is_alphabetic);
    match (date.is_duration(), digits, letters) {
        (true, _, _) => 0.6,
        (false, true, true) => 0.95,
        (false, true, false) => 0.8,
        (false, false, _) => 0.85,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotationSet, ArticleId, Schema};
    use crate::text::Text;

    #[test]
    fn a_phrase_has_neither_what_leads_to_it_nor_another_one() {
        let schema = Schema::trips();
        for (words, wanted) in [
            ("Ia di sana sejak musim panas 2021.", &["musim panas 2021"][..]),
            ("Ia tinggal selama dua hari yang panjang.", &["dua hari"]),
            ("Ia datang pada Selasa (11/3) dan Rabu (12/3).", &["Selasa (11/3)", "Rabu (12/3)"]),
            ("Ia datang pada bulan Maret 2025.", &["Maret 2025"]),
            ("Ia datang pada 18 dan 19 Maret 2025.", &["18 dan 19 Maret 2025"]),
            ("She stayed for two days in May 2024.", &["two days", "May 2024"]),
            ("Ia pergi ke Olimpiade Musim Dingin.", &[]),
        ] {
            let (text, article, set) = (Text::new(words), ArticleId::numbered(0), AnnotationSet::default());
            let found = Dates.suggest(&Page::new(&schema, &article, &text, &set, "2025-03-13"));
            let found: Vec<&str> = found.iter().map(|it| text.slice(it.at[0])).collect();
            assert_eq!(found, wanted, "{words}");
        }
    }
}
