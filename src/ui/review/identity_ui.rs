//! The list of questions of identity across articles, with the question that is looked at.

use eframe::egui::{self, Key, Modifiers, RichText};

use super::identity::Identities;
use crate::model::{ArticleId, Name};
use crate::review::{AskedMention, Question};
use crate::t;
use crate::text::Span;
use crate::ui::widgets::dialog;
use crate::ui::widgets::jobs::Job;
use crate::ui::widgets::list_row::{self, TWO_LINES};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::likeness::{Wanted, why};

/// Mentions of a question that are shown; the rest is counted.
const SHOWN: usize = 200;

/// The person's answer to the list.
pub enum Asked {
    /// It stays.
    Nothing,
    /// It is left.
    Closed,
    /// The question that is looked at is decided as it is picked.
    Decide,
    /// A mention is to be looked at.
    Look(ArticleId, Option<Span>),
}

impl Identities {
    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context, theme: &Theme, language: &str) -> Asked {
        let mut asked = self.keys(ctx);
        let modal = dialog::modal(ctx, "identities", 720.0, |ui| {
            let Some(found) = &self.found else {
                let (done, total) = self.finding.as_ref().map_or((0, 0), Job::counts);
                dialog::heading(ui, t!("identity-title"));
                ui.label(t!("identity-comparing", done = done, total = total));
                return;
            };
            dialog::heading(ui, t!("identity-open", count = found.questions.len()));
            if found.questions.is_empty() {
                ui.label(t!("identity-none"));
            }
            let height = (ctx.content_rect().height() * 0.3).max(TWO_LINES * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("questions").max_height(height).auto_shrink([false, true]);
            let mut clicked = None;
            let unseen = std::mem::take(&mut self.unseen);
            area.show_rows(ui, TWO_LINES, found.questions.len(), |ui, rows| {
                if unseen {
                    list_row::scroll_to(ui, &rows, self.at, TWO_LINES, None);
                }
                for index in rows {
                    if row(ui, &found.questions[index], index == self.at, theme).clicked() {
                        clicked = Some(index);
                    }
                }
            });
            let mut picked = None;
            if let Some(question) = found.questions.get(self.at) {
                ui.separator();
                picked = readings(ui, question, self.pick);
                for line in known(question, language) {
                    ui.label(RichText::new(line).small().color(theme.weak));
                }
                if let Some((article, place)) = mentions(ui, question, theme) {
                    asked = Asked::Look(article, place);
                }
            }
            if let Some(at) = clicked {
                (self.at, self.pick) = (at, None);
            }
            self.pick = picked.or(self.pick);
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("identity-keys"));
                if ui.button(t!("close-esc")).clicked() {
                    asked = Asked::Closed;
                }
            });
        });
        if modal.should_close() { Asked::Closed } else { asked }
    }

    fn keys(&mut self, ctx: &egui::Context) -> Asked {
        const DIGITS: [Key; 9] =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        let count = self.questions().unwrap_or(0);
        let readings = self.question().map_or(0, |question| question.readings.len());
        let decides = ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            if pressed(Key::Escape) {
                return None;
            }
            let moved = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
            if moved != 0 && count > 0 {
                (self.at, self.pick) = (self.at.saturating_add_signed(moved).min(count - 1), None);
                self.unseen = true;
            }
            for (reading, key) in DIGITS.into_iter().enumerate().take(readings) {
                if pressed(key) {
                    self.pick = Some(Some(reading));
                }
            }
            if pressed(Key::Num0) {
                self.pick = Some(None);
            }
            Some(pressed(Key::Enter))
        });
        match decides {
            None => Asked::Closed,
            Some(true) => Asked::Decide,
            Some(false) => Asked::Nothing,
        }
    }
}

fn said(by: &[Name], name: &str) -> String {
    let by: Vec<&str> = by.iter().map(Name::as_str).collect();
    let name = if name.is_empty() { t!("identity-not-said").to_owned() } else { format!("“{name}”") };
    format!("{}: {name}", by.join(", "))
}

fn row(ui: &mut egui::Ui, question: &Question, picked: bool, theme: &Theme) -> egui::Response {
    let head = question.readings.iter().map(|(by, name)| said(by, name)).collect::<Vec<_>>().join("  ·  ");
    let mut articles: Vec<&ArticleId> = question.mentions.iter().map(|mention| &mention.article).collect();
    articles.dedup();
    let detail = t!("identity-detail", mentions = question.mentions.len(), articles = articles.len());
    list_row::two_lines(ui, 8.0, picked, (&head, &detail), theme)
}

/// The readings with their digits; gives the one that was clicked.
fn readings(ui: &mut egui::Ui, question: &Question, pick: Option<Option<usize>>) -> Option<Option<usize>> {
    let mut picked = None;
    for (index, (by, name)) in question.readings.iter().enumerate() {
        let text = format!("{}  {}", index + 1, said(by, name));
        if ui.selectable_label(pick == Some(Some(index)), text).clicked() {
            picked = Some(Some(index));
        }
    }
    if ui.selectable_label(pick == Some(None), t!("identity-none-of-them")).clicked() {
        picked = Some(None);
    }
    picked
}

/// Sentences about those whom the readings name: what makes two of them one, as the register suspects it, and what was judged
/// of them.
fn known(question: &Question, language: &str) -> Vec<String> {
    let name = |at: usize| question.readings.get(at).map_or("", |(_, name)| name.as_str());
    let mut all = Vec::new();
    for at in 0..question.readings.len() {
        let (one, wanted) = (name(at), Wanted::new(name(at)));
        for other in (at + 1..question.readings.len()).map(name).filter(|other| !one.is_empty() && !other.is_empty()) {
            if let (_, Some(evidence)) = wanted.compared(other) {
                all.push(t!("identity-alike", one = one, other = other, why = why(&evidence, language)));
            }
        }
    }
    all.extend(question.judged.iter().map(|it| {
        let (one, other) = (name(it.of.0), name(it.of.1));
        t!("identity-judged", by = it.by, one = one, other = other, says = it.verdict.message().told())
    }));
    all
}

/// The mentions in their sentences; gives the one that was clicked.
fn mentions(ui: &mut egui::Ui, question: &Question, theme: &Theme) -> Option<(ArticleId, Option<Span>)> {
    let mut asked = None;
    ui.add_space(4.0);
    ui.label(RichText::new(t!("identity-about")).strong());
    let height = (ui.ctx().content_rect().height() * 0.3).max(TWO_LINES * 2.0);
    let area = egui::ScrollArea::vertical().id_salt("mentions").max_height(height).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for mention in question.mentions.iter().take(SHOWN) {
            let response = ui.add(egui::Button::new(sentence(ui, mention, theme)).frame(false).wrap());
            let name = format!("{} {}", mention.article, mention.sentence.concat());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if response.on_hover_text(t!("identity-look")).clicked() {
                asked = Some((mention.article.clone(), mention.place));
            }
        }
        if let Some(more) = question.mentions.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            ui.weak(t!("and-more", count = more));
        }
    });
    asked
}

/// A mention in its sentence, after its article.
fn sentence(ui: &egui::Ui, mention: &AskedMention, theme: &Theme) -> egui::text::LayoutJob {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let mut job = egui::text::LayoutJob::default();
    let [before, words, after] = &mention.sentence;
    let parts = [
        (format!("{}  ", mention.article), theme.weak),
        (before.clone(), theme.weak),
        (words.clone(), theme.accent),
        (after.clone(), theme.weak),
    ];
    for (text, color) in parts {
        job.append(&text, 0.0, egui::TextFormat::simple(font.clone(), color));
    }
    job
}
