//! Find in the article and in all articles: the bar above the text, its hits and the one that is looked at.

use eframe::egui::{self, Key, Modifiers};

use super::find_everywhere::Everywhere;
use crate::model::{ArticleId, Quote};
use crate::store::Session;
use crate::t;
use crate::text::{Fold, Span, Text, find_all};
use crate::ui::widgets::jobs::Jobs;
use crate::ui::widgets::theme::Theme;

/// The open find bar.
#[derive(Default)]
pub struct Finder {
    needle: String,
    fold: Fold,
    hits: Vec<Span>,
    at: Option<usize>,
    fresh: bool,
    /// The hits in all articles, where they are wanted.
    everywhere: Option<Everywhere>,
}

/// The request of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// To look at this hit.
    Look(Span),
    /// To look at words in an article.
    Go(ArticleId, Quote),
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

    /// The same, in all articles of a project.
    pub fn everywhere(mut self, jobs: &Jobs, session: &Session) -> Self {
        self.everywhere = Some(Everywhere::new(jobs, session, &self.needle, self.fold));
        self
    }

    /// True where all articles are looked through.
    pub fn is_everywhere(&self) -> bool {
        self.everywhere.is_some()
    }

    /// True while articles are looked through.
    pub fn busy(&self) -> bool {
        self.everywhere.as_ref().is_some_and(Everywhere::busy)
    }

    /// Makes the hit at a place the one that is looked at.
    pub fn stand_at(&mut self, place: Span) {
        self.at = self.hits.iter().position(|hit| hit.start >= place.start).or(self.at);
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

    /// Shows the bar, and below it the hits in all articles where they are wanted.
    pub fn ui(&mut self, ui: &mut egui::Ui, text: &Text, session: &Session, jobs: &Jobs, theme: &Theme) -> Asked {
        let mut asked = Asked::Nothing;
        // In a narrow window it takes two lines: a bar that is wider than the article would push that under the panels.
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(t!("find"));
            let width = (ui.available_width() - 8.0).clamp(60.0, 240.0);
            let field = egui::TextEdit::singleline(&mut self.needle).desired_width(width);
            let field = field.show(ui).response.response.labelled_by(label.id);
            if std::mem::take(&mut self.fresh) {
                field.request_focus();
            }
            let mut changed = field.changed();
            changed |= ui.toggle_value(&mut self.fold.case, "Aa").on_hover_text(t!("find-case")).changed();
            changed |=
                ui.toggle_value(&mut self.fold.words, t!("words")).on_hover_text(t!("find-whole-words")).changed();
            let mut all = self.is_everywhere();
            let toggled = ui.toggle_value(&mut all, t!("premerge-column-all")).changed();
            if toggled || changed && all {
                self.everywhere = all.then(|| Everywhere::new(jobs, session, &self.needle, self.fold));
            }
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
                asked = self.step(false).map_or(Asked::Nothing, Asked::Look);
            }
            if ui.button("▼").on_hover_text(t!("find-next")).clicked() || next {
                asked = self.step(true).map_or(Asked::Nothing, Asked::Look);
            }
            if next || back {
                field.request_focus();
            }
            let escaped = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if ui.button(t!("close")).clicked() || escaped {
                asked = Asked::Close;
            }
        });
        if let Some((article, quote)) = self.everywhere.as_mut().and_then(|everywhere| everywhere.ui(ui, theme)) {
            asked = Asked::Go(article, quote);
        }
        asked
    }
}
