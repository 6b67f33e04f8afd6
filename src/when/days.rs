//! Days and months by their names and numbers: `Selasa (18/6)`, `June 18, 2024`, `Oktober lalu`.

use super::period::{Grain, Period, day, later};
use super::phrase::{Item, Phrase, Said};
use super::tokens::Token;
use super::words::{self, Unit};

impl Phrase<'_> {
    /// `Selasa (18/6)`, `Rabu, 13 September 2023`, `Friday night`, `Selasa pekan lalu`, `next Monday`.
    pub(super) fn on_weekday(&mut self) -> Option<Item> {
        let step = self.take(words::step_before);
        let sunday = self.word() == Some("minggu");
        if sunday && !self.is_sunday() {
            return None;
        }
        let weekday = self.take(words::weekday)?;
        // `Rabu-Kamis (19-20/6)`: the days are in the brackets.
        let several = self.attempt(|phrase| {
            (phrase.joined() && phrase.take(words::weekday).is_some() && phrase.peek() == Some(&Token::Sign('(')))
                .then_some(())
        });
        while self.take(words::day_part).is_some() || self.words("hari") {}
        let start = self.at;
        let bracket = self.sign('(');
        self.commas();
        while self.any(&["tanggal", "tgl", "the"]) {}
        if bracket && let Some(period) = self.attempt(Self::days_in_digits) {
            self.sign(')');
            return Some(period);
        }
        if let Some(Item::Said(said, None, None)) = self.first(&[Self::in_digits, Self::named])
            && said.day.is_some()
        {
            self.sign(')');
            return Some(Item::Said(Said { weekday: several.is_none().then_some(weekday), ..said }, None, None));
        }
        self.at = start;
        if several.is_some() {
            return None;
        }
        if let Some(published) = self.around.published
            && let Some(week) = self.attempt(Self::which_week)
        {
            let week = Period::beside(published, Unit::Week, week)?;
            return Some(Item::Period(Period::day(later(week.from, i32::from(weekday) - 1)?)));
        }
        self.words("yang");
        let step = step.or_else(|| self.take(words::step_after));
        if self.any(&["yang akan datang", "akan datang"]) {
            return Some(Item::Said(Said { weekday: Some(weekday), step: Some(1), ..Said::default() }, None, None));
        }
        Some(Item::Said(Said { weekday: Some(weekday), step, ..Said::default() }, None, None))
    }

    /// `pekan lalu` after a weekday, `of next week`.
    pub(super) fn which_week(&mut self) -> Option<i32> {
        self.any(&["of", "di", "pada", "in"]);
        if let Some(step) = self.take(words::step_before) {
            return self.words("week").then_some(step);
        }
        if !self.any(&["pekan", "minggu"]) {
            return None;
        }
        self.words("yang");
        self.take(words::step_after)
    }

    /// True where `minggu` is the day and not a week.
    pub(super) fn is_sunday(&self) -> bool {
        let capital = matches!(self.peek(), Some(Token::Word { capital: true, .. }));
        let day_before = self.at > 0 && self.tokens[self.at - 1].word() == Some("hari");
        let next = self.tokens.get(self.at + 1);
        let dated = matches!(next, Some(Token::Sign('(' | ',') | Token::Number { .. }))
            || next.and_then(Token::word).is_some_and(|word| words::day_part(word).is_some() || word == "pekan");
        let step = next.and_then(Token::word).is_some_and(|word| words::step_after(word).is_some() || word == "yang");
        let before = self.around.before.trim_end();
        let within = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        day_before || dated || capital && (!step || within)
    }

    /// `18/6`, `18/6/2024`, `18-06-2024`, `18.6.2024`, `2024-06-18`, also in brackets.
    pub(super) fn in_digits(&mut self) -> Option<Item> {
        let bracket = self.sign('(');
        if bracket && let Some(item) = self.attempt(Self::days_in_digits) {
            self.sign(')');
            return Some(item);
        }
        let said = self.first(&[Self::iso, Self::day_month])?;
        if bracket {
            self.sign(')');
        }
        Some(Item::Said(said, None, None))
    }

    pub(super) fn iso(&mut self) -> Option<Said> {
        let year = self.year()?;
        let sign = ['-', '/', '.'].into_iter().find(|&sign| self.sign(sign))?;
        let month = self.small(12)?;
        let day = if self.sign(sign) { Some(self.small(31)?) } else { None };
        if matches!(self.peek(), Some(Token::Number { .. })) {
            return None;
        }
        // `2014-2015` is no month, and neither is `2023-24`.
        (day.is_some() || sign == '-').then_some(())?;
        Some(Said { year: Some(year), month: Some(month), day, ..Said::default() })
    }

    pub(super) fn day_month(&mut self) -> Option<Said> {
        let first = self.small(31)?;
        let sign = ['/', '-', '.'].into_iter().find(|&sign| self.sign(sign))?;
        let second = self.small(31)?;
        let year = self.attempt(|phrase| {
            if !phrase.sign(sign) {
                return None;
            }
            let year = phrase.number(|value, digits| digits == 4 && (1000..=2999).contains(&value) || digits == 2)?;
            i16::try_from(if year < 100 { 2000 + year } else { year }).ok()
        });
        // `18-19` and `20.00` are no dates: only the slash tells them apart without a year.
        if year.is_none() && sign != '/' {
            return None;
        }
        let (day, month) = if second > 12 { (second, first) } else { (first, second) };
        (month <= 12).then_some(Said {
            year,
            month: Some(month),
            day: Some(day),
            either: first <= 12,
            ..Said::default()
        })
    }

    /// `19-20/6`, `19-20/6/2024` in brackets.
    pub(super) fn days_in_digits(&mut self) -> Option<Item> {
        let first = self.small(31)?;
        if !self.sign('-') {
            return None;
        }
        let said = self.day_month()?;
        let until = self.placed(said)?;
        let from = later(until.from, i32::from(first) - i32::from(until.from.day()))?;
        let from = if from > until.from { day(from.year(), from.month() - 1, first)? } else { from };
        Some(Item::Period(Period::of(Grain::Days, from, until.until)))
    }

    /// `18 Juni 2024`, `June 18th, 2024`, `Juni 2024`, `Juni lalu`, `last October`, `19` before the rest of a range.
    pub(super) fn named(&mut self) -> Option<Item> {
        let step = self.take(words::step_before);
        if step.is_none()
            && let Some(day) = self.attempt(|phrase| phrase.small(31))
        {
            self.words("of");
            self.words("bulan");
            return match self.month() {
                Some(month) => {
                    let year = self.year_after();
                    let step = if year.is_none() { self.take_step() } else { None };
                    Some(Item::Said(
                        Said { year, month: Some(month), day: Some(day), step, ..Said::default() },
                        None,
                        None,
                    ))
                }
                // A day alone is one only beside the rest of a range.
                None => {
                    self.in_range().then_some(())?;
                    Some(Item::Said(Said { day: Some(day), year: self.year_after(), ..Said::default() }, None, None))
                }
            };
        }
        self.words("bulan");
        let month = self.month()?;
        let said = Said { month: Some(month), step, ..Said::default() };
        let date = self.attempt(|phrase| {
            phrase.words("the");
            let day = phrase.small(31)?;
            // `Juni 20.00` is no day.
            (!matches!(phrase.peek(), Some(Token::Sign(':' | '.'))) || phrase.tokens.len() == phrase.at + 1)
                .then_some(day)
        });
        if let Some(day) = date {
            return Some(Item::Said(Said { day: Some(day), year: self.year_after(), ..said }, None, None));
        }
        let year = self.year_after();
        let step = if year.is_none() { step.or_else(|| self.take_step()) } else { step };
        Some(Item::Said(Said { year, step, ..said }, None, None))
    }

    /// True where the other end of a range stands before or after.
    pub(super) fn in_range(&self) -> bool {
        let ahead = |at: usize| self.tokens.get(self.at + at);
        let between = matches!(ahead(0), Some(Token::Sign('-')))
            || matches!(
                self.word(),
                Some("dan" | "and" | "hingga" | "sampai" | "to" | "until" | "through" | "or" | "atau" | "till")
            );
        between && (1..=2).any(|at| matches!(ahead(at), Some(Token::Number { .. })))
            || self.at >= 3 && self.tokens.iter().any(|token| token.word().and_then(words::month).is_some())
    }
}
