//! Periods longer than a day: parts, seasons, quarters, decades, and what lies beside today: `awal Februari`, `last week`.

use super::period::{Grain, Period, later};
use super::phrase::{Item, Phrase, Said};
use super::placed::nearest;
use super::words::{self, Unit};

use jiff::civil::Date as Day;

impl Phrase<'_> {
    /// `awal Februari`, `mid-June`, `later this year`, `akhir pekan lalu`.
    pub(super) fn part_of(&mut self) -> Option<Item> {
        if self.words("akhir pekan") || self.words("akhir minggu") {
            return self.weekend_step();
        }
        if self.any(&["earlier", "later"]) {
            let before = self.tokens[self.at - 1].word() == Some("earlier");
            let step = self.take(words::step_before)?;
            let unit = self.take(words::unit)?;
            let period = Period::beside(self.around.published?, unit, step)?;
            let _ = before;
            return Some(Item::Period(period));
        }
        let part = self.take(words::part)?;
        self.sign('-');
        while self.any(&["of", "in", "the"]) {}
        if self.words("tahun") {
            self.at -= 1;
        }
        match self.first(&[
            Self::season,
            Self::decade,
            Self::quarter,
            Self::named,
            Self::beside,
            Self::in_year,
            Self::bare,
        ])? {
            Item::Said(said, None, None) => Some(Item::Said(said, Some(part), None)),
            Item::Period(period) => Some(Item::Period(period.part(part)?)),
            Item::Said(..) => None,
        }
    }

    /// A measure alone after a part: `awal tahun`, `the end of the month`.
    pub(super) fn bare(&mut self) -> Option<Item> {
        let unit = self.take(words::unit).filter(|unit| *unit > Unit::Weekend)?;
        Some(Item::Period(Period::beside(self.around.published?, unit, 0)?))
    }

    pub(super) fn weekend_step(&mut self) -> Option<Item> {
        let step = self.take_step();
        Some(Item::Period(Period::beside(self.around.published?, Unit::Weekend, step.unwrap_or(self.tense.min(0)))?))
    }

    /// `musim panas 2021`, `last summer`.
    pub(super) fn season(&mut self) -> Option<Item> {
        let step = self.take(words::step_before);
        let named = self.words("musim");
        let indonesian = matches!(self.word(), Some("panas" | "dingin" | "semi" | "gugur"));
        if indonesian && !named {
            return None;
        }
        let season = self.take(words::season)?;
        if let Some(year) = self.year_after() {
            return Some(Item::Period(Period::season(year, season)?));
        }
        let step = step.or_else(|| self.take_step());
        let published = self.around.published?;
        let mut around = Vec::new();
        for year in published.year() - 2..=published.year() + 2 {
            around.push(Period::season(year, season)?);
        }
        let found = match step {
            Some(-1) => around.iter().rfind(|it| it.until < published),
            Some(1) => around.iter().find(|it| it.from > published),
            _ => nearest(&around, published, self.tense, 1.2),
        };
        Some(Item::Period(*found?))
    }

    /// `kuartal pertama 2024`, `the first half of 2024`, `Q1 2024`.
    pub(super) fn quarter(&mut self) -> Option<Item> {
        let before = self.take(words::ordinal);
        let months = match self.word()? {
            "kuartal" | "triwulan" | "quarter" | "q" => 3,
            "semester" | "half" | "paruh" => 6,
            _ => return None,
        };
        self.at += 1;
        let which = before.or_else(|| self.take(words::ordinal)).or_else(|| {
            self.words("ke");
            self.sign('-');
            self.number(|value, _| (1..=4).contains(&value))
        })?;
        let year = self.year_after().or_else(|| self.around.published.map(Day::year))?;
        let until = i8::try_from(which).ok()?.checked_mul(months).filter(|until| *until <= 12)?;
        Some(Item::Period(Period::months(year, until - months + 1, until)?))
    }

    /// `1990-an`, `the 1990s`, `abad ke-20`, `the 20th century`.
    pub(super) fn decade(&mut self) -> Option<Item> {
        self.any(&["era", "tahun", "dekade"]);
        if self.words("abad") {
            self.words("ke");
            self.sign('-');
            let century = self.number(|value, _| (1..=29).contains(&value))?;
            return century_of(century);
        }
        self.sign('\'');
        let number = self.number(|value, digits| (digits == 2 || digits == 4) && value % 10 == 0 || value < 30)?;
        if self.any(&["century"]) {
            return century_of(number);
        }
        if !self.ten_years() {
            return None;
        }
        while self.sign('-') || self.sign('\'') {}
        self.any(&["an", "s"]);
        let year = match number {
            0..30 => 2000 + number,
            30..100 => 1900 + number,
            year => year,
        };
        let year = i16::try_from(year).ok()?;
        Some(Item::Period(Period::years(year, year + 9)?))
    }

    /// `pekan lalu`, `next month`, `this year`, `tahun ini`, `the weekend`, `the week after next`.
    pub(super) fn beside(&mut self) -> Option<Item> {
        let published = self.around.published?;
        if self.any(&["the week before last", "week before last"]) {
            return Some(Item::Period(Period::beside(published, Unit::Week, -2)?));
        }
        if self.any(&["the week after next", "week after next"]) {
            return Some(Item::Period(Period::beside(published, Unit::Week, 2)?));
        }
        self.words("the");
        if self.any(&["new week", "minggu baru", "pekan baru"]) {
            // At the end of a week, the new one is the next.
            let step = i32::from(published.weekday().to_monday_one_offset() >= 5);
            return Some(Item::Period(Period::beside(published, Unit::Week, step)?));
        }
        if let Some(step) = self.take(words::step_before) {
            let referring = self.at >= 2
                && self.tokens[self.at - 2].word() == Some("the")
                && self.tokens[self.at - 1].word().is_some_and(words::refers_back);
            let day = if referring { self.reference()? } else { published };
            // `the last three days`.
            if let Some(count) = self.attempt(Self::count) {
                let unit = self.take(words::unit)?;
                return self.stretch(count, unit, step);
            }
            let unit = self.take(words::unit)?;
            return Some(Item::Period(Period::beside(day, unit, step)?));
        }
        let unit = self.take(words::unit)?;
        if unit == Unit::Weekend {
            return self.weekend_step();
        }
        let step = self.take_step()?;
        Some(Item::Period(Period::beside(published, unit, step)?))
    }

    /// So many days or years up to now, or from now on.
    pub(super) fn stretch(&self, count: u32, unit: Unit, step: i32) -> Option<Item> {
        let published = self.around.published?;
        let count = i32::try_from(count).ok()?;
        if unit <= Unit::Hour || step == 0 {
            return None;
        }
        let other = Period::beside(published, unit, step.checked_mul(count)?)?;
        let here = Period::beside(published, unit, 0)?;
        let (first, last) = if step < 0 { (other, here) } else { (here, other) };
        Some(Item::Period(match unit {
            Unit::Month => Period::of(Grain::Months, first.from, last.until),
            Unit::Year | Unit::Decade | Unit::Century => {
                let year = if step < 0 {
                    (other.from.year(), published.year())
                } else {
                    (published.year(), other.from.year())
                };
                Period::years(year.0, year.1)?
            }
            _ => {
                let days = count.checked_mul(if unit == Unit::Day { 1 } else { 7 })?;
                let other = later(published, step * days)?;
                Period::of(Grain::Days, published.min(other), published.max(other))
            }
        }))
    }

    pub(super) fn in_year(&mut self) -> Option<Item> {
        let year = self.year()?;
        // `2023-24` and `2023/2024` are two years.
        let second = self.attempt(|phrase| {
            (phrase.sign('-') || phrase.sign('/')).then_some(())?;
            let second = phrase.number(|_, digits| digits == 2 || digits == 4)?;
            let second = if second < 100 { u32::try_from(year).ok()? / 100 * 100 + second } else { second };
            i16::try_from(second).ok().filter(|second| (year + 1..=2999).contains(second))
        });
        match second {
            Some(second) => Some(Item::Period(Period::years(year, second)?)),
            None => Some(Item::Said(Said { year: Some(year), ..Said::default() }, None, None)),
        }
    }
}

fn century_of(number: u32) -> Option<Item> {
    let last = i16::try_from(number).ok()?.checked_mul(100).filter(|last| (1..=3000).contains(last))?;
    Some(Item::Period(Period::years(last - 99, last)?))
}
