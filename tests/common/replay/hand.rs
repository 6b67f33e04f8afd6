//! Single actions in the window, each counted.

use std::collections::HashMap;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use jejak::model::{Id, Name};
use jejak::text::Span;

use super::effort::{Action, Effort};
use crate::driver::Driver;

/// A hand at the keys and the mouse of the real window.
pub struct Hand {
    pub driver: Driver,
    pub effort: Effort,
    pub last: Pos2,
    /// The referents of the window, for those of the gold sets.
    pub known: HashMap<Id, Id>,
    /// The thing that actions are for.
    pub thing: String,
    /// Rounds of taking suggestions so far in this article.
    pub stuck: usize,
}

impl Hand {
    pub fn count(&mut self, action: Action) {
        *self.effort.kinds.entry(action).or_default() += 1;
        if !self.thing.is_empty() {
            self.effort.things.entry(self.thing.clone()).or_default().0 += 1;
        }
    }

    pub fn begin(&mut self, thing: &str, things: usize) {
        thing.clone_into(&mut self.thing);
        self.effort.things.entry(thing.to_owned()).or_default().1 += things;
    }

    pub fn steps(&mut self, count: usize) {
        self.driver.harness.run_steps(count);
    }

    pub fn key(&mut self, action: Action, modifiers: Modifiers, key: Key) {
        self.count(action);
        self.driver.harness.key_press_modifiers(modifiers, key);
        self.steps(2);
    }

    pub fn char(&mut self, action: Action, c: char) {
        self.count(action);
        self.driver.harness.event(Event::Text(c.to_string()));
        self.steps(2);
    }

    pub fn write(&mut self, action: Action, text: &str) {
        for c in text.chars() {
            self.char(action, c);
        }
    }

    pub fn press(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        // Two actions of a replay are never one double click.
        if self.last.distance(from) < 12.0 {
            self.steps(40);
        }
        self.last = to;
        let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        let mut events = vec![Event::PointerMoved(from), button(from, true)];
        if from != to {
            events.extend([Event::PointerMoved(from.lerp(to, 0.5)), Event::PointerMoved(to)]);
        }
        events.push(button(to, false));
        for event in events {
            self.driver.harness.event_modifiers(event, modifiers);
            self.steps(1);
        }
        self.steps(3);
    }

    pub fn reveal(&mut self, span: Span) -> (Pos2, Pos2) {
        let open = self.driver.harness.state_mut().work.as_mut().unwrap().open.as_mut().unwrap();
        if !open.reader.in_view(span) || open.reader.rect_of(span).is_empty() {
            open.reader.reveal(span);
            self.steps(2);
        }
        let open = self.driver.work().open.as_ref().unwrap();
        let rects = open.reader.rect_of(span);
        let (Some(first), Some(last)) = (rects.first(), rects.last()) else { return (Pos2::ZERO, Pos2::ZERO) };
        (
            eframe::egui::pos2(first.left() + 1.0, first.center().y),
            eframe::egui::pos2(last.right() - 1.0, last.center().y),
        )
    }

    pub fn drag(&mut self, action: Action, span: Span) {
        self.count(action);
        let (from, to) = self.reveal(span);
        // A drag that begins or ends within a word is made with Alt held.
        let whole = self.driver.text().snap(span) == Some(span);
        self.press(from, to, if whole { Modifiers::NONE } else { Modifiers::ALT });
    }

    pub fn button(&mut self, action: Action, label: &str) {
        self.count(action);
        self.driver.harness.get_by_label(label).click();
        self.steps(3);
    }

    pub fn record(&self, label: &Name, at: &[Span]) -> Option<Id> {
        self.driver.set().iter().find(|record| record.label == *label && record.at == at).map(|record| record.id)
    }

    /// The titles of all rows of lists.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.driver.harness.query_all(By::new().role(Role::ListBoxOption));
        rows.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Opens a list by a key and picks the row of this title, by its digit where it is near enough, or else by typing.
    pub fn pick(&mut self, action: Action, opens: char, title: &str, last: bool) {
        // Lists behind the open one have rows, too.
        let behind = self.rows().len();
        self.char(action, opens);
        let rows = self.rows();
        let rows = rows.get(behind.min(rows.len())..).unwrap_or_default();
        let at = match last {
            true => rows.iter().rposition(|row| row == title),
            false => rows.iter().position(|row| row == title),
        };
        match at.and_then(|at| char::from_digit(at as u32 + 1, 10)).filter(|digit| *digit != '0') {
            Some(digit) => self.char(action, digit),
            None => {
                self.write(action, title);
                self.key(action, Modifiers::NONE, Key::Enter);
            }
        }
        self.close(&format!("“{title}” is in no list"));
    }

    /// Leaves a list or a dialog that is still open, which is not as it was to be.
    pub fn close(&mut self, why: &str) {
        if self.driver.app().overlay.is_some() {
            self.effort.wrong.push(why.to_owned());
            self.driver.key(Modifiers::NONE, Key::Escape);
        }
    }
}
