//! A dialog for a value that the text does not say in words of its own: a date or interval, or free text.

use crate::lang::InWords;
use std::ops::RangeInclusive;
use std::time::SystemTime;

use eframe::egui::{self, Modifiers, RichText};
use egui_extras::DatePickerButton;
use jiff::civil;

use crate::model::{Date, Id, Name, Timestamp, Value, ValueKind};
use crate::t;
use crate::ui::widgets::dialog::{self, Reply};
use crate::when;

/// Years that the calendar opens in; it leads on from there, but must not come to the end of the years that there are.
const CALENDAR: RangeInclusive<i16> = 1000..=3000;

/// The purpose of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFor {
    /// A role of a frame.
    Role {
        /// The frame.
        frame: Id,
        /// Its role.
        role: Name,
    },
    /// An attribute of annotations, which takes a date.
    Attribute {
        /// The annotations.
        ids: Vec<Id>,
        /// The attribute.
        name: Name,
    },
}

/// The open dialog.
pub struct ValueDialog {
    /// The purpose.
    pub target: ValueFor,
    title: String,
    kinds: Vec<ValueKind>,
    text: String,
    /// True where the text is meant as a date.
    date: bool,
    from: civil::Date,
    until: civil::Date,
    /// The day of the article, which `18/6` and `last week` are counted from.
    published: Option<civil::Date>,
    fresh: bool,
}

impl ValueDialog {
    /// A dialog that begins with a value; the calendar opens where the article was published.
    pub fn new(target: ValueFor, title: &str, kinds: &[ValueKind], now: &str, published: &str) -> Self {
        let day = |text: &str| text.parse::<Date>().ok().map(|date| date.days());
        let (from, until) = day(now).or_else(|| day(published)).unwrap_or((None, None));
        let shown = |day: &civil::Date| CALENDAR.contains(&day.year());
        let (from, until) = (from.filter(shown), until.filter(shown));
        let today = Some(Timestamp::now().day_here()).filter(shown).unwrap_or(civil::date(2000, 1, 1));
        let from = from.or(until).unwrap_or(today);
        Self {
            target,
            title: format!("{title}:"),
            date: kinds.contains(&ValueKind::Date),
            kinds: kinds.to_vec(),
            text: now.to_owned(),
            from,
            until: until.unwrap_or(from),
            published: when::anchor(published),
            fresh: true,
        }
    }

    /// The value as it is now, or why it is none.
    pub fn value(&self) -> Result<Value, String> {
        if self.date {
            return when::typed(&self.text, self.published).map(Value::Date).map_err(|error| error.told());
        }
        match self.text.trim() {
            "" => Err(t!("value-write").to_owned()),
            text => Ok(Value::Text(text.to_owned())),
        }
    }

    /// Shows it; [`Reply::Done`] only where [`ValueDialog::value`] is one.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        dialog::ask(ctx, "value", 460.0, Modifiers::NONE, |ui, reply| {
            let title = dialog::small_heading(ui, &self.title);
            if self.kinds.len() > 1 {
                ui.horizontal(|ui| {
                    ui.radio_value(&mut self.date, true, t!("value-date"));
                    ui.radio_value(&mut self.date, false, t!("value-text"));
                });
            }
            let hint = if self.date { t!("value-date-hint") } else { t!("value-text-hint") };
            let field = egui::TextEdit::singleline(&mut self.text).hint_text(hint).desired_width(f32::INFINITY);
            let field = field.show(ui).response.response.labelled_by(title.id);
            dialog::focus(&field, &mut self.fresh, &self.text);
            if self.date && Timestamp::of_clock(SystemTime::now()).is_ok() {
                self.calendar(ui);
            }
            match self.value() {
                Err(why) if !self.text.is_empty() => {
                    ui.label(RichText::new(why).color(ui.visuals().error_fg_color));
                }
                Err(_) => {
                    ui.weak(t!("value-date-help")).on_hover_text(t!("value-date-standard"));
                }
                Ok(Value::Date(date)) => {
                    ui.weak(meaning(&date, &self.text));
                }
                Ok(Value::Text(_)) => {
                    ui.weak(t!("value-kept"));
                }
            }
            dialog::buttons(ui, t!("ok-enter"), self.value().is_ok(), reply)
        })
    }

    fn calendar(&mut self, ui: &mut egui::Ui) {
        ui.horizontal(|ui| {
            let before = (self.from, self.until);
            ui.label(t!("value-from"));
            ui.add(DatePickerButton::new(&mut self.from).id_salt("from").show_icon(false));
            ui.label(t!("value-until"));
            ui.add(DatePickerButton::new(&mut self.until).id_salt("until").show_icon(false));
            if before.0 != self.from && before.1 == before.0 {
                // A day is what is meant most often: the end follows the start until it is moved by itself.
                self.until = self.from;
            }
            if before != (self.from, self.until) {
                self.text = Date::interval(self.from, self.until).to_string();
            }
        });
    }
}

/// The meaning of a date, in words: as it will be kept, where it was typed otherwise, and its days.
fn meaning(date: &Date, typed: &str) -> String {
    let (from, until) = date.days();
    let day = |day: Option<civil::Date>| day.map_or("…".to_owned(), |day| day.to_string());
    let days = match date.is_duration() {
        true => t!("value-length").to_owned(),
        false => t!("value-from-to", from = day(from), until = day(until)),
    };
    if date.as_str() == typed.trim() { days } else { t!("value-kept-as", date = date, days = days) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_stays_within_the_years_that_there_are() {
        let id = Id::random();
        for text in ["9999-12-31", "0000-01-01", "../9999", "0000", "2024-06-18", "2024-06-18/9999", ""] {
            let target = ValueFor::Role { frame: id, role: "when".into() };
            let dialog = ValueDialog::new(target, "When", &[ValueKind::Date], text, "9999-12-31");
            assert!(CALENDAR.contains(&dialog.from.year()) && CALENDAR.contains(&dialog.until.year()), "{text}");
            assert_eq!(dialog.text, text, "what is there stays");
        }
    }
}
