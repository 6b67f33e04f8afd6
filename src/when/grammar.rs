//! Whole phrases: one date, a range of two, a length of time.

use super::period::{Grain, Period, later};
use super::phrase::{Item, Phrase};
use super::words;
use crate::model::Date;

impl Phrase<'_> {
    /// The date that the whole phrase means.
    pub(super) fn date(mut self) -> Option<Date> {
        let readings: [fn(&mut Self) -> Option<Date>; 3] = [Self::period, Self::duration, Self::recently];
        readings.into_iter().find_map(|read| {
            self.at = 0;
            let date = read(&mut self)?;
            self.rest_says_nothing().then_some(date)
        })
    }

    fn period(&mut self) -> Option<Date> {
        let mut about = false;
        let mut open = None;
        loop {
            self.fillers();
            if self.any(&[
                "sekitar",
                "kira-kira",
                "about",
                "around",
                "circa",
                "roughly",
                "approximately",
                "kurang lebih",
            ]) {
                about = true;
            } else if self.any(&["sejak", "since", "semenjak", "terhitung", "starting", "mulai"]) {
                open = Some(true);
            } else if self.any(&["sebelum", "before", "until", "till", "by", "up to"])
                || open.is_none() && self.any(&["hingga", "sampai"])
            {
                open = Some(false);
            } else if !self.any(&["from", "dari", "antara", "between"]) {
                break;
            }
        }
        let first = self.item()?;
        let start = self.at;
        if self.joined() {
            self.fillers();
            if let Some(second) = self.item() {
                return self.join(first, second, about);
            }
            self.at = start;
        }
        let period = self.whole(first)?;
        let period = Period { about: about || period.about, ..period };
        match open {
            Some(after) => period.open(after),
            None => period.date(),
        }
    }

    fn join(&self, first: Item, second: Item, about: bool) -> Option<Date> {
        let (first, second) = match (first, second) {
            (Item::Said(mut a, part, clock), Item::Said(mut b, part_b, clock_b)) => {
                // `19-20 Juni 2024`: the month and the year stand once.
                if a.month.is_none() && a.day.is_some() {
                    a.month = b.month;
                }
                // `June 18 to 20`, `5 and 6 May`.
                if b.month.is_none() && b.day.is_some() {
                    b.month = a.month;
                }
                if a.year.is_none() && (a.day.is_some() || a.month.is_some()) {
                    let turned = matches!((a.month, b.month), (Some(from), Some(until)) if from > until);
                    a.year = b.year.map(|year| year - i16::from(turned));
                }
                let period = self.whole(Item::Said(a, part, clock))?;
                if b.year.is_none() && (b.day.is_some() || b.month.is_some()) {
                    let year = period.from.year();
                    let turned = matches!((a.month, b.month), (Some(from), Some(until)) if from > until);
                    b.year = Some(year + i16::from(turned));
                }
                let mut until = self.whole(Item::Said(b, part_b, clock_b))?;
                // `Rabu hingga Jumat`: the one that comes then.
                if b.day.is_none() && b.weekday.is_some() && until.from < period.from {
                    let next = later(until.from, 7)?;
                    until = Period { from: next, until: next, ..until };
                }
                (period, until)
            }
            (first, second) => (self.whole(first)?, self.whole(second)?),
        };
        let mark = |period: Period| Period { about: about || period.about, ..period };
        mark(first).to(mark(second))
    }

    fn whole(&self, item: Item) -> Option<Period> {
        match item {
            Item::Period(period) => Some(period),
            Item::Said(said, part, clock) => {
                let period = self.placed(said)?;
                let period = part.map_or(Some(period), |part| period.part(part))?;
                Some(Period { clock: clock.filter(|_| period.grain == Grain::Day).or(period.clock), ..period })
            }
        }
    }

    fn item(&mut self) -> Option<Item> {
        if let Some(clock) = self.attempt(Self::clock) {
            // `8 p.m. on Tuesday`, or a time alone.
            self.commas();
            self.fillers();
            return match self.attempt(Self::dated) {
                Some(Item::Said(said, part, _)) => Some(Item::Said(said, part, Some(clock))),
                Some(Item::Period(period)) if period.grain == Grain::Day => {
                    Some(Item::Period(Period { clock: Some(clock), ..period }))
                }
                Some(Item::Period(_)) => None,
                None => Some(Item::Period(Period { clock: Some(clock), ..Period::day(self.reference()?) })),
            };
        }
        let item = self.dated()?;
        let start = self.at;
        self.commas();
        while self.take(words::day_part).is_some() {}
        self.commas();
        match (item, self.attempt(Self::clock_after)) {
            (Item::Said(said, part, None), Some(clock)) => Some(Item::Said(said, part, Some(clock))),
            (Item::Period(period), Some(clock)) if period.grain == Grain::Day => {
                Some(Item::Period(Period { clock: Some(clock), ..period }))
            }
            (item, _) => {
                self.at = start;
                Some(item)
            }
        }
    }

    fn dated(&mut self) -> Option<Item> {
        let said: [fn(&mut Self) -> Option<Item>; 12] = [
            Self::single_word,
            Self::referring,
            Self::part_of,
            Self::season,
            Self::quarter,
            Self::decade,
            Self::counted,
            Self::on_weekday,
            Self::in_digits,
            Self::named,
            Self::beside,
            Self::in_year,
        ];
        self.first(&said)
    }
}
