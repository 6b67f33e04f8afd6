//! Shows the list of reasons and gaps of the guideline.

use eframe::egui::{self, Key, Modifiers, RichText};

use super::queue::slot_title;
use super::reasons::{ReasonList, Row};
use crate::review::Reasoned;
use crate::t;
use crate::ui::commands::{Command, ReviewCommand};
use crate::ui::widgets::dialog;
use crate::ui::widgets::list_row::{self, TWO_LINES};
use crate::ui::widgets::theme::Theme;

/// The person's answer to the list; none where it stays as it is.
pub enum ReasonsAsked {
    /// It is left, for this if anything.
    Left(Option<Command>),
    /// The listed decisions go to the clipboard.
    Copy(String),
}

impl ReasonList {
    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context, theme: &Theme) -> Option<ReasonsAsked> {
        let mut asked = self.keys(ctx);
        let modal = dialog::modal(ctx, "reasons", 720.0, |ui| {
            dialog::heading(ui, t!("reasons-title"));
            let Some(count) = self.found().map(<[Reasoned]>::len) else {
                let (done, total) = self.counts();
                ui.label(t!("reasons-reading-of", done = done, total = total));
                return;
            };
            for sentence in self.unread().iter().take(3) {
                ui.label(RichText::new(format!("! {}", sentence.told())).color(theme.bad));
            }
            let mut gaps = self.gaps;
            ui.horizontal_wrapped(|ui| {
                ui.label(t!("reasons-count", count = count));
                ui.checkbox(&mut gaps, t!("reasons-only-gaps"));
            });
            if gaps != self.gaps {
                self.gaps = gaps;
                self.list();
            }
            if self.rows.is_empty() {
                ui.label(if count == 0 { t!("reasons-none") } else { t!("reasons-no-gap") });
            }
            let height = (ctx.content_rect().height() * 0.5).max(TWO_LINES * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("reasons").max_height(height).auto_shrink([false, true]);
            let unseen = std::mem::take(&mut self.unseen);
            area.show_rows(ui, TWO_LINES, self.rows.len(), |ui, rows| {
                if unseen {
                    list_row::scroll_to(ui, &rows, self.at, TWO_LINES, None);
                }
                for index in rows {
                    let response = self.row(ui, index, theme);
                    if response.clicked() && matches!(self.rows[index], Row::Decision(_)) {
                        self.at = index;
                    }
                    if response.double_clicked() {
                        asked = self.look().or(asked.take());
                    }
                }
            });
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("reasons-keys"));
                if ui.add_enabled(!self.rows.is_empty(), egui::Button::new(t!("reasons-copy"))).clicked() {
                    asked = Some(ReasonsAsked::Copy(self.csv()));
                }
                if ui.button(t!("close-esc")).clicked() {
                    asked = Some(ReasonsAsked::Left(None));
                }
            });
        });
        if modal.should_close() { Some(ReasonsAsked::Left(None)) } else { asked }
    }

    fn keys(&mut self, ctx: &egui::Context) -> Option<ReasonsAsked> {
        let (moved, toggled, copies, goes, left) = ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            let moved = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
            (moved, pressed(Key::G), pressed(Key::C), pressed(Key::Enter), pressed(Key::Escape))
        });
        if moved != 0 {
            self.step(moved);
        }
        if toggled {
            self.gaps = !self.gaps;
            self.list();
        }
        match () {
            () if left => Some(ReasonsAsked::Left(None)),
            () if copies && !self.rows.is_empty() => Some(ReasonsAsked::Copy(self.csv())),
            () if goes => self.look(),
            () => None,
        }
    }

    /// Leaves the list for the case of the decision that is looked at.
    fn look(&self) -> Option<ReasonsAsked> {
        let it = self.decision()?;
        let command = ReviewCommand::LookAtDecision(it.article.clone(), it.decision.clone());
        Some(ReasonsAsked::Left(Some(command.into())))
    }

    fn row(&self, ui: &mut egui::Ui, index: usize, theme: &Theme) -> egui::Response {
        let head = match &self.rows[index] {
            Row::Gap(gap, count) => t!("reasons-gap", gap = gap, count = count),
            Row::Reason(reason, count) => t!("reasons-reason", reason = reason, count = count),
            Row::Decision(at) => {
                let (head, detail) = self.found().and_then(|found| found.get(*at)).map(in_words).unwrap_or_default();
                return list_row::two_lines(ui, 24.0, index == self.at, (&head, &detail), theme);
            }
        };
        let (rect, response) =
            ui.allocate_exact_size(egui::vec2(ui.available_width(), TWO_LINES), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &head));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let body = egui::TextStyle::Body.resolve(ui.style());
        let place = egui::pos2(rect.left() + 8.0, rect.bottom() - 14.0);
        list_row::paint(&painter, place, rect.width() - 16.0, &head, body, theme.accent);
        response
    }
}

/// A decision in two lines: what was decided, then where, by whom, when and why.
fn in_words(it: &Reasoned) -> (String, String) {
    let value = if it.said.is_empty() { t!("feedback-nothing") } else { &it.said };
    let head = t!(
        "reasons-decision",
        article = it.article,
        title = it.title,
        slot = slot_title(&it.decision.slot),
        value = value
    );
    let adopted = it.why.adopted.join(", ");
    let by = match it.why.adopted.is_empty() {
        true => t!("because-by", by = it.why.by),
        false => t!("because-as", by = it.why.by, adopted = adopted),
    };
    let reason = if it.why.gap.is_empty() || it.why.reason.is_empty() {
        String::new()
    } else {
        format!(" · {}", it.why.reason)
    };
    (head, format!("{} · {by}{reason}", it.why.at))
}
