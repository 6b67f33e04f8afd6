//! A phrase that is being read: its words one after the other, and what of a date was said.

use jiff::civil::Date as Day;

use super::around::Around;
use super::period::{Clock, Period};
use super::tokens::{Token, tokens};
use super::words::{self, Part};

/// A phrase that is being read.
pub(super) struct Phrase<'a> {
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) around: &'a Around<'a>,
    /// -1 where the sentence tells what has been, 1 what is to come.
    pub(super) tense: i32,
}

/// Parts of a date that were said; what was not is worked out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    /// The one before, this one or the next: `last October`.
    pub step: Option<i32>,
    /// True for digits that may be day and month or the other way round.
    pub either: bool,
}

/// One end of a phrase, or all of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item {
    Said(Said, Option<Part>, Option<Clock>),
    Period(Period),
}

impl<'a> Phrase<'a> {
    pub fn new(phrase: &str, around: &'a Around<'a>) -> Option<Self> {
        let tokens = tokens(phrase)?;
        let tense = tense(around);
        (!tokens.is_empty()).then_some(Self { tokens, at: 0, around, tense })
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn word(&self) -> Option<&str> {
        self.peek()?.word()
    }

    pub(super) fn word_at(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead)?.word()
    }

    /// Takes the next word, where it means something.
    pub(super) fn take<T>(&mut self, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = meaning(self.word()?)?;
        self.at += 1;
        Some(found)
    }

    /// Takes these words, where they come next.
    pub(super) fn words(&mut self, wanted: &str) -> bool {
        let mut at = self.at;
        for word in wanted.split(' ') {
            if self.tokens.get(at).and_then(Token::word) != Some(word) {
                return false;
            }
            at += 1;
        }
        self.at = at;
        true
    }

    pub(super) fn any(&mut self, wanted: &[&str]) -> bool {
        wanted.iter().any(|words| self.words(words))
    }

    pub(super) fn sign(&mut self, sign: char) -> bool {
        let there = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(there);
        there
    }

    pub(super) fn commas(&mut self) {
        while self.sign(',') {}
    }

    pub(super) fn number(&mut self, fits: impl Fn(u32, usize) -> bool) -> Option<u32> {
        match self.peek()? {
            Token::Number { value, digits, .. } if fits(*value, *digits) => {
                let value = *value;
                self.at += 1;
                Some(value)
            }
            _ => None,
        }
    }

    pub(super) fn small(&mut self, most: u32) -> Option<i8> {
        let number = self.number(|value, digits| digits <= 2 && (1..=most).contains(&value))?;
        i8::try_from(number).ok()
    }

    pub(super) fn year(&mut self) -> Option<i16> {
        let start = self.at;
        let named = self.any(&["tahun", "the year", "year", "of"]);
        let year = self.number(|value, digits| digits == 4 && (1000..=2999).contains(&value));
        match year {
            // `1990-an` and `the 1990s` are ten years.
            Some(_) if self.ten_years() => {
                self.at = start;
                None
            }
            Some(year) => i16::try_from(year).ok(),
            None => {
                if named {
                    self.at = start;
                }
                None
            }
        }
    }

    /// True where the ending of a decade follows.
    pub(super) fn ten_years(&self) -> bool {
        let mut at = self.at;
        while matches!(self.tokens.get(at), Some(Token::Sign('-' | '\''))) {
            at += 1;
        }
        matches!(self.tokens.get(at).and_then(Token::word), Some("an" | "s"))
    }

    /// Reads by one way after the other; what a way that fails has taken is given back.
    pub(super) fn first<T>(&mut self, ways: &[fn(&mut Self) -> Option<T>]) -> Option<T> {
        ways.iter().find_map(|way| self.attempt(way))
    }

    pub(super) fn attempt<T>(&mut self, way: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = way(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// A word or sign between the ends of a range.
    pub(super) fn joined(&mut self) -> bool {
        self.sign('-')
            || self.words("sampai dengan")
            || self.words("s") && self.sign('/') && self.words("d")
            || self.any(&["hingga", "sampai", "to", "until", "till", "through", "dan", "and", "serta", "atau", "or"])
    }

    pub(super) fn fillers(&mut self) {
        loop {
            // `hari Rabu`, but `hari ini`; `dalam dua hari`, but `di`.
            let next = self.word_at(1);
            let counts = match self.word() {
                Some("hari") => next.is_some_and(|next| {
                    words::step_after(next).is_some() || matches!(next, "itu" | "yang" | "tersebut" | "sebelumnya")
                }),
                Some("the") => matches!(next, Some("same" | "day" | "week" | "next" | "following" | "previous")),
                Some("of" | "at") => false,
                Some("an") => true,
                Some(word) => !words::filler(word),
                None => !matches!(self.peek(), Some(Token::Sign(',' | '.' | ':'))),
            };
            if counts {
                return;
            }
            self.at += 1;
        }
    }

    pub(super) fn rest_says_nothing(&mut self) -> bool {
        const EMPTY: &[&str] = &[
            "itu",
            "tersebut",
            "ini",
            "waktu",
            "setempat",
            "local",
            "time",
            "yang",
            "lalu",
            "hari",
            "lamanya",
            "long",
            "tadi",
            "nanti",
            "berselang",
            "silam",
            "old",
        ];
        loop {
            match self.peek() {
                None => return true,
                Some(Token::Sign(',' | '.' | ')' | '(' | '-' | ':')) => self.at += 1,
                Some(Token::Word { word, .. }) if EMPTY.contains(&&**word) || words::day_part(word).is_some() => {
                    self.at += 1;
                }
                Some(_) => return false,
            }
        }
    }

    /// The day that was mentioned last, or else that of the article.
    pub(super) fn reference(&self) -> Option<Day> {
        let mentioned = self.around.mentioned.and_then(|date| {
            let (from, until) = date.days();
            until.or(from)
        });
        mentioned.or(self.around.published)
    }

    /// A month by its name, which may be short: `Feb.`
    pub(super) fn month(&mut self) -> Option<i8> {
        let month = self.take(words::month)?;
        self.attempt(|phrase| (phrase.sign('.') && matches!(phrase.peek(), Some(Token::Number { .. }))).then_some(()));
        Some(month)
    }

    pub(super) fn take_step(&mut self) -> Option<i32> {
        self.attempt(|phrase| {
            phrase.words("yang");
            if phrase.words("akan datang") {
                return Some(1);
            }
            // `18 Juni ini`, but `Juni dan`.
            phrase.take(words::step_after)
        })
    }

    /// A year after a month: `2024`, `tahun lalu`, `of last year`.
    pub(super) fn year_after(&mut self) -> Option<i16> {
        if let Some(year) = self.attempt(|phrase| {
            phrase.commas();
            phrase.year()
        }) {
            return Some(year);
        }
        let step = self.attempt(|phrase| {
            phrase.words("of");
            phrase.words("di");
            if phrase.words("tahun") {
                phrase.words("yang");
                return phrase.take(words::step_after);
            }
            let step = phrase.take(words::step_before)?;
            phrase.words("year").then_some(step)
        })?;
        Some(self.around.published?.year() + i16::try_from(step).ok()?)
    }
}

/// The tense of the sentence around a phrase: the sign that stands nearest to it.
fn tense(around: &Around<'_>) -> i32 {
    let sentence = |c: char| matches!(c, '.' | '!' | '?' | '\n' | '”' | '"');
    let before = around.before.rsplit(sentence).next().unwrap_or_default();
    let after = around.after.split(sentence).next().unwrap_or_default();
    let signs = |words: &str| -> Vec<Option<i32>> {
        words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .map(|word| words::tense(&word.to_lowercase()))
            .collect()
    };
    let (before, after) = (signs(before), signs(after));
    let first = before.iter().rev().enumerate().find_map(|(far, sign)| sign.map(|sign| (far, sign)));
    let second = after.iter().enumerate().find_map(|(far, sign)| sign.map(|sign| (far + 2, sign)));
    [first, second].into_iter().flatten().min_by_key(|(far, _)| *far).map_or(0, |(_, tense)| tense)
}
