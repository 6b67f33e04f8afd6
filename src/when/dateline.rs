//! The line of an article that says when it appeared.

use jiff::civil;

use super::around::Around;
use super::resolve::resolve;
use crate::model::Date;
use crate::text::Span;

/// The day of an article, and the words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The day.
    pub day: civil::Date,
    /// The words, in bytes of the text.
    pub at: Span,
}

/// Bytes of an article that are looked at from its start, and from its end: datelines stand nowhere else.
const HEAD: usize = 3000;
const FOOT: usize = 600;

/// Words of a line beside the date that do not make it a sentence.
const MOST_WORDS: usize = 9;

/// Words that say of a line that its date is that of the article.
const SIGNS: &[&str] = &[
    "published",
    "posted",
    "updated",
    "diterbitkan",
    "dipublikasikan",
    "terbit",
    "diperbarui",
    "tayang",
    "ditayangkan",
    "wib",
    "wita",
    "wit",
    "gmt",
    "utc",
    "dibuat",
    "released",
    "date",
    "tanggal",
];

/// The line that says when an article appeared: a short line with a full date, at the head or else at the foot; none where there is
/// none. A line that names the time or says that it is about publishing goes before one that does not.
#[must_use]
pub fn dateline(text: &str) -> Option<Dateline> {
    let head = floor(text, HEAD);
    let foot = floor(text, text.len().saturating_sub(FOOT)).max(head);
    let found = |from: usize, until: usize| {
        let mut lines = lines(text, from, until).filter_map(|(at, line)| in_line(at, line)).collect::<Vec<_>>();
        lines.sort_by_key(|(sure, line)| (!*sure, line.at.start));
        lines.into_iter().next().map(|(_, line)| line)
    };
    found(0, head).or_else(|| found(foot, text.len()))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn lines(text: &str, from: usize, until: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..until].split_inclusive(['\n', '\u{2028}', '\u{2029}']).map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

/// The date in a line, and true where the line says that it is the article's.
fn in_line(start: usize, line: &str) -> Option<(bool, Dateline)> {
    let words = words(line);
    if words.is_empty() || words.len() > 24 || !names_a_year(line) {
        return None;
    }
    let mut best: Option<(usize, Dateline)> = None;
    for (first, &(from, _)) in words.iter().enumerate() {
        // A date has no more than weekday, day, month, year, a sign, a time and its zone.
        for count in (1..=8.min(words.len() - first)).rev() {
            let until = words[first + count - 1].1;
            let phrase = &line[from..until];
            if !phrase.bytes().any(|byte| byte.is_ascii_digit())
                || best.as_ref().is_some_and(|(most, _)| *most >= count)
            {
                continue;
            }
            // Without a day to count from, only what says day, month and year is a date.
            let Some(day) = resolve(phrase, &Around::default()).as_ref().and_then(one_day) else { continue };
            let at = Span::new(u32::try_from(start + from).ok()?, u32::try_from(start + until).ok()?);
            best = Some((count, Dateline { day, at }));
        }
    }
    let (count, found) = best?;
    let sign = |word: &str| SIGNS.contains(&&*word.to_lowercase());
    let sure = line.split(|c: char| !c.is_alphabetic()).any(sign) || line.contains(':') && words.len() <= count + 2;
    (words.len() - count <= MOST_WORDS && (sure || words.len() - count <= 4) && !sentence(line))
        .then_some((sure, found))
}

/// True where a number of a line may be a year: most lines have none, and are not looked at any further.
fn names_a_year(line: &str) -> bool {
    let numbers = line.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|number| !number.is_empty()).any(|number| number.len() == 4) || line.matches(['/', '.']).count() > 1
}

/// True where a line reads like a sentence and not like a dateline.
fn sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '”', '"']) && line.chars().filter(|c| c.is_alphabetic()).count() > 40
}

fn one_day(date: &Date) -> Option<civil::Date> {
    let (from, until) = date.days();
    from.filter(|from| until == Some(*from))
}

/// The words of a line, by where they begin and end.
fn words(line: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut from = None;
    for (at, c) in line.char_indices() {
        match (c.is_whitespace(), from) {
            (true, Some(start)) => {
                all.push((start, at));
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    all.extend(from.map(|start| (start, line.len())));
    all
}
