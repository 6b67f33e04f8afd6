//! Phrases of time and the dates that they mean, for each label that takes a date.

use super::lesson::{Page, date_attribute};
use super::suggestion::{Source, Suggestion};
use crate::model::{Date, Kind};
use crate::when::{self, Around};

/// The name of the source.
pub(super) const NAME: &str = "dates";

/// Words of a phrase at the most, signs among them.
const MOST: usize = 14;

/// Words that lead to a phrase and are no part of it.
const LEADS: &[&str] = &["pada", "di", "on", "in", "at", "of"];

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
    if !all[at].wordlike || LEADS.contains(&first.to_lowercase().as_str()) {
        return None;
    }
    (at + 1..=(at + MOST).min(end)).rev().find_map(|end| {
        let span = page.tokens.span(&(at..end));
        let words = page.text.slice(span);
        // A phrase ends with a word, or with the bracket that it opened.
        let whole = all[end - 1].wordlike || words.ends_with(')') && words.contains('(');
        if !whole || words.matches('(').count() != words.matches(')').count() || !may_be(words) {
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
