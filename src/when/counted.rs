//! Counted phrases: `dua hari lalu`, `in two weeks`, and lengths of time: `two-day`.

use super::period::Period;
use super::phrase::{Item, Phrase};
use super::words::{self, Unit};
use crate::model::Date;

impl Phrase<'_> {
    /// `dua hari lalu`, `three weeks ago`, `dalam tiga hari terakhir`, `in two weeks`, `dua hari kemudian`.
    pub(super) fn counted(&mut self) -> Option<Item> {
        // The `in` before has gone as a filler.
        let ahead = self.at > 0 && self.tokens[self.at - 1].word() == Some("in");
        let (count, unit) = self.amount()?;
        let count = i32::try_from(count).ok()?;
        if self.any(&["terakhir", "belakangan", "ini terakhir"]) {
            return self.stretch(count.unsigned_abs(), unit, -1);
        }
        let published = self.around.published;
        let (day, step) = if self.any(&["yang lalu", "lalu", "ago", "silam", "yang silam", "lampau"]) {
            (published?, -count)
        } else if self.any(&["lagi", "mendatang", "ke depan", "from now", "yang akan datang"]) || ahead {
            // `tiga hari ke depan` is all of them.
            let last = self.tokens[self.at - 1].word();
            if count > 1 && matches!(last, Some("mendatang" | "depan" | "datang")) {
                return self.stretch(count.unsigned_abs(), unit, 1);
            }
            (published?, count)
        } else if self.any(&["kemudian", "later", "after", "setelahnya", "sesudahnya", "setelah itu"]) {
            (self.reference()?, count)
        } else if self.any(&["sebelumnya", "earlier", "before", "sebelum itu"]) {
            (self.reference()?, -count)
        } else {
            return None;
        };
        match unit {
            Unit::Minute | Unit::Hour => None,
            Unit::Weekend => None,
            Unit::Decade | Unit::Century => {
                let years = step.checked_mul(if unit == Unit::Decade { 10 } else { 100 })?;
                let period = Period::beside(day, Unit::Year, years)?;
                Some(Item::Period(Period { about: true, ..period }))
            }
            unit => Some(Item::Period(Period::beside(day, unit, step)?)),
        }
    }

    /// `dua hari`, `sepekan`, `a couple of weeks`.
    pub(super) fn amount(&mut self) -> Option<(u32, Unit)> {
        if let Some(unit) = self.take(words::one_of) {
            return Some((1, unit));
        }
        if self.any(&["a fortnight", "fortnight"]) {
            return Some((2, Unit::Week));
        }
        let count = if self.any(&["a couple of", "couple of"]) { 2 } else { self.count()? };
        self.sign('-');
        let unit = self.take(words::unit)?;
        Some((count, unit))
    }

    /// A number, in digits or words: `21`, `dua puluh satu`, `twenty-one`.
    pub(super) fn count(&mut self) -> Option<u32> {
        if let Some(number) = self.number(|value, digits| digits <= 4 && value > 0) {
            return Some(number);
        }
        let first = self.take(words::number)?;
        if self.words("belas") {
            return Some(first + 10);
        }
        if self.words("puluh") {
            let rest = self.take(|word| words::number(word).filter(|number| *number < 10));
            return Some(first * 10 + rest.unwrap_or(0));
        }
        if first >= 20 {
            let rest = self.attempt(|phrase| {
                phrase.sign('-');
                phrase.take(|word| {
                    words::number(word).filter(|number| (1..10).contains(number) && !matches!(word, "a" | "an"))
                })
            });
            return Some(first + rest.unwrap_or(0));
        }
        Some(first)
    }

    /// A length of time: `dua hari`, `two-day`, `1 jam 30 menit`.
    pub(super) fn duration(&mut self) -> Option<Date> {
        loop {
            self.fillers();
            if !self.any(&[
                "lebih dari",
                "more than",
                "hampir",
                "almost",
                "nearly",
                "sekitar",
                "about",
                "around",
                "within",
                "kurang dari",
                "less than",
                "setidaknya",
                "at least",
                "sedikitnya",
                "up to",
                "hingga",
                "the",
                "full",
                "penuh",
                "another",
            ]) {
                break;
            }
        }
        let mut date = String::new();
        let mut time = String::new();
        let mut last = None;
        while let Some((count, unit)) = self.attempt(Self::amount) {
            if last.is_some_and(|last| unit >= last) {
                return None;
            }
            last = Some(unit);
            let (to, letter, count) = match unit {
                Unit::Minute => (&mut time, 'M', count),
                Unit::Hour => (&mut time, 'H', count),
                Unit::Day => (&mut date, 'D', count),
                Unit::Week => (&mut date, 'W', count),
                Unit::Month => (&mut date, 'M', count),
                Unit::Year => (&mut date, 'Y', count),
                Unit::Decade => (&mut date, 'Y', count * 10),
                Unit::Century => (&mut date, 'Y', count * 100),
                Unit::Weekend => return None,
            };
            to.push_str(&format!("{count}{letter}"));
            self.any(&["and", "dan"]);
            self.commas();
        }
        last?;
        let time = if time.is_empty() { time } else { format!("T{time}") };
        format!("P{date}{time}").parse().ok()
    }

    /// `baru-baru ini`, `recently`: about this month.
    pub(super) fn recently(&mut self) -> Option<Date> {
        self.fillers();
        let said = self.words("baru") && { self.sign('-') && self.words("baru ini") || self.words("saja") }
            || self.any(&[
                "belum lama ini",
                "recently",
                "akhir-akhir ini",
                "belakangan ini",
                "lately",
                "in recent weeks",
            ]);
        let period = Period::month(self.around.published.filter(|_| said)?);
        Period { about: true, ..period }.date()
    }
}
