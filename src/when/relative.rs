//! Days that are named by their distance from the article or from what was mentioned: `kemarin`, `the day before`.

use super::period::{Period, later};
use super::phrase::{Item, Phrase};
use super::words::{self, Unit};

impl Phrase<'_> {
    /// `kemarin`, `tomorrow`, `malam ini`.
    pub(super) fn single_word(&mut self) -> Option<Item> {
        const DAYS: &[(i32, &[&str])] = &[
            (-2, &["kemarin lusa", "the day before yesterday", "day before yesterday", "kemarin dulu"]),
            (2, &["lusa", "the day after tomorrow", "day after tomorrow", "besok lusa"]),
            (
                0,
                &[
                    "hari ini",
                    "today",
                    "tonight",
                    "malam ini",
                    "pagi ini",
                    "siang ini",
                    "sore ini",
                    "petang ini",
                    "dini hari ini",
                    "this morning",
                    "this afternoon",
                    "this evening",
                    "tadi pagi",
                    "tadi siang",
                    "tadi sore",
                    "nanti malam",
                    "nanti sore",
                    "nanti siang",
                    "pagi tadi",
                    "siang tadi",
                    "sore tadi",
                    "dini hari tadi",
                ],
            ),
            (
                -1,
                &[
                    "kemarin",
                    "yesterday",
                    "semalam",
                    "tadi malam",
                    "malam tadi",
                    "last night",
                    "kemarin malam",
                    "last evening",
                    "malam kemarin",
                    "hari kemarin",
                ],
            ),
            (1, &["besok", "tomorrow", "esok", "esok hari", "hari esok", "keesokan"]),
        ];
        // `keesokan harinya` is counted from what was mentioned.
        if self.word()?.starts_with("keesokan") {
            return None;
        }
        let step = DAYS.iter().find_map(|(step, phrases)| phrases.iter().any(|it| self.words(it)).then_some(*step))?;
        if self.word().is_some_and(|word| word.ends_with("nya")) {
            return None;
        }
        Some(Item::Period(Period::day(later(self.around.published?, step)?)))
    }

    /// Days and years counted from a date that was mentioned: `keesokan harinya`, `the day before`, `that year`.
    pub(super) fn referring(&mut self) -> Option<Item> {
        const STEPS: &[(i32, &[&str])] = &[
            (
                1,
                &[
                    "keesokan harinya",
                    "keesokan hari",
                    "keesokan paginya",
                    "keesokan malamnya",
                    "keesokannya",
                    "esok harinya",
                    "hari berikutnya",
                    "the next day",
                    "next day",
                    "the following day",
                    "following day",
                    "the next morning",
                    "next morning",
                    "the following morning",
                    "following morning",
                    "the day after",
                    "the next evening",
                    "the following evening",
                    "the next night",
                    "sehari kemudian",
                    "sehari setelahnya",
                    "sehari sesudahnya",
                    "a day later",
                    "one day later",
                    "the next afternoon",
                    "besoknya",
                ],
            ),
            (
                -1,
                &[
                    "sehari sebelumnya",
                    "hari sebelumnya",
                    "the day before",
                    "the previous day",
                    "the previous evening",
                    "the previous night",
                    "the night before",
                    "the evening before",
                    "a day earlier",
                    "a day before",
                    "malam sebelumnya",
                    "the morning before",
                    "one day earlier",
                ],
            ),
            (
                0,
                &[
                    "hari yang sama",
                    "pada hari yang sama",
                    "hari itu",
                    "hari itu juga",
                    "the same day",
                    "same day",
                    "that day",
                    "that morning",
                    "that evening",
                    "that night",
                    "that afternoon",
                    "malam itu",
                    "pagi itu",
                    "malam harinya",
                    "sore harinya",
                    "pagi harinya",
                    "siang harinya",
                    "later that day",
                    "hari tersebut",
                ],
            ),
        ];
        let step = STEPS.iter().find_map(|(step, phrases)| phrases.iter().any(|it| self.words(it)).then_some(*step));
        if let Some(step) = step {
            return Some(Item::Period(Period::day(later(self.reference()?, step)?)));
        }
        let same = self.any(&["that", "the same", "same"]);
        let unit = self.take(words::unit).filter(|unit| *unit > Unit::Day)?;
        let back = match self.word() {
            _ if same => 0,
            Some("itu" | "tersebut") => 0,
            Some("yang") if self.word_at(1) == Some("sama") => {
                self.at += 1;
                0
            }
            Some("sebelumnya") => -1,
            Some("berikutnya") => 1,
            _ => return None,
        };
        self.at += usize::from(!same);
        Some(Item::Period(Period::beside(self.reference()?, unit, back)?))
    }
}
