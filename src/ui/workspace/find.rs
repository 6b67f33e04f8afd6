//! Find in the article: the bar above the text, its hits and the one that is looked at.

use eframe::egui::{self, Key, Modifiers};

use crate::t;
use crate::text::{Fold, Span, Text, find_all};

/// The open find bar.
#[derive(Default)]
pub struct Finder {
    needle: String,
    fold: Fold,
    hits: Vec<Span>,
    at: Option<usize>,
    fresh: bool,
}

/// The request of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// To look at this hit.
    Look(Span),
    /// To close the bar.
    Close,
}

impl Finder {
    /// A bar that looks for `needle`, from byte `from` on.
    pub fn new(text: &Text, needle: &str, from: u32) -> Self {
        let mut finder = Self { needle: needle.to_owned(), fresh: true, ..Self::default() };
        finder.search(text);
        finder.at = finder.hits.iter().position(|hit| hit.start >= from).or(finder.at);
        finder
    }

    /// Finds anew, staying at the hit that is nearest to the last one.
    pub fn search(&mut self, text: &Text) {
        let was = self.at.and_then(|at| self.hits.get(at)).map_or(0, |hit| hit.start);
        self.hits = find_all(text, &self.needle, self.fold);
        let next = self.hits.partition_point(|hit| hit.start < was);
        self.at = (!self.hits.is_empty()).then(|| next.min(self.hits.len() - 1));
    }

    /// All hits, in reading order.
    pub fn hits(&self) -> &[Span] {
        &self.hits
    }

    /// The hit that is looked at.
    pub fn current(&self) -> Option<usize> {
        self.at
    }

    /// Goes to the next hit or the one before, round the ends; gives the hit to look at.
    pub fn step(&mut self, forward: bool) -> Option<Span> {
        let count = self.hits.len();
        let step = if forward { 1 } else { count.checked_sub(1)? };
        self.at = Some((self.at? + step) % count);
        Some(self.hits[self.at?])
    }

    /// `3 of 17`, or that there is nothing.
    fn count(&self) -> String {
        match self.at {
            Some(at) => t!("hit-of", at = at + 1, count = self.hits.len()),
            None if self.needle.is_empty() => String::new(),
            None => t!("find-none").to_owned(),
        }
    }

    /// Shows the bar.
    pub fn ui(&mut self, ui: &mut egui::Ui, text: &Text) -> Asked {
        let mut asked = Asked::Nothing;
        ui.horizontal(|ui| {
            let label = ui.label(t!("find"));
            let field = egui::TextEdit::singleline(&mut self.needle).desired_width(240.0);
            let field = field.show(ui).response.response.labelled_by(label.id);
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
            }
            let mut changed = field.changed();
            changed |= ui.toggle_value(&mut self.fold.case, "Aa").on_hover_text(t!("find-case")).changed();
            changed |=
                ui.toggle_value(&mut self.fold.words, t!("words")).on_hover_text(t!("find-whole-words")).changed();
            if changed {
                self.search(text);
                asked = self.at.map_or(Asked::Nothing, |at| Asked::Look(self.hits[at]));
            }
            ui.label(self.count());
            let focused = field.has_focus() || field.lost_focus();
            let (next, back) = ui.ctx().input_mut(|input| {
                let back = focused && input.consume_key(Modifiers::SHIFT, Key::Enter);
                (focused && !back && input.key_pressed(Key::Enter), back)
            });
            if ui.button("▲").on_hover_text(t!("find-previous")).clicked() || back {
                asked = self.step(false).map_or(asked, Asked::Look);
            }
            if ui.button("▼").on_hover_text(t!("find-next")).clicked() || next {
                asked = self.step(true).map_or(asked, Asked::Look);
            }
            if next || back {
                field.request_focus();
            }
            let escaped = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if ui.button(t!("close")).clicked() || escaped {
                asked = Asked::Close;
            }
        });
        asked
    }
}
