//! Times of day: `pukul 20.00 WIB`, `8 p.m.`

use super::period::Clock;
use super::phrase::Phrase;
use super::words;

impl Phrase<'_> {
    /// A time before a date or alone: `pukul 20.00 WIB`, `8 p.m.`, `20:00`.
    pub(super) fn clock(&mut self) -> Option<Clock> {
        let named = self.any(&["pukul", "jam", "at"]);
        let hour = self.number(|value, digits| digits <= 2 && value <= 24)?;
        let minute = self.attempt(|phrase| {
            (phrase.sign(':') || phrase.sign('.')).then_some(())?;
            phrase.number(|value, digits| digits == 2 && value < 60)
        });
        let part = self.take(words::day_part);
        let zone = self.take(words::zone);
        // A bare number is none, and neither is `18.6`.
        if !named && part.is_none() && (zone.is_none() || minute.is_none()) {
            return None;
        }
        let english = part.is_some() && !named && minute.is_none();
        if english && !matches!(self.tokens[self.at - 1 - usize::from(zone.is_some())].word(), Some("am" | "pm")) {
            return None;
        }
        clock(hour, minute, part, zone)
    }

    /// A time after a date, which says that it is one: `18 Juni 2024 2:03 WIB`.
    pub(super) fn clock_after(&mut self) -> Option<Clock> {
        self.sign('-');
        if let Some(clock) = self.attempt(Self::clock) {
            return Some(clock);
        }
        if self.word() == Some("t") {
            self.at += 1;
        }
        let hour = self.number(|value, digits| digits <= 2 && value < 24)?;
        (self.sign(':') || self.sign('.')).then_some(())?;
        let minute = self.number(|value, digits| digits == 2 && value < 60)?;
        clock(hour, Some(minute), self.take(words::day_part), self.take(words::zone))
    }
}

fn clock(hour: u32, minute: Option<u32>, part: Option<i8>, zone: Option<i16>) -> Option<Clock> {
    let hour = i8::try_from(hour).ok()?;
    let minute = i8::try_from(minute.unwrap_or(0)).ok()?;
    let hour = match part {
        Some(12) if hour < 12 => hour + 12,
        Some(0) if hour == 12 => 0,
        _ => hour,
    };
    Some(Clock { hour: if hour == 24 { 0 } else { hour }, minute, zone })
}
