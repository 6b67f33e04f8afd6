//! The marks of comments in the text: a small bubble above the end of the words.

use eframe::egui::{self, Rect, Sense, Shape, pos2, vec2};

use super::words::said;
use crate::t;
use crate::ui::commands::{Command, CommentsCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::threads::key_of;

/// Paints the marks of open threads over the text that was just shown, everybody's or those that one may see, and gives
/// what was clicked.
pub fn marks(ui: &mut egui::Ui, work: &mut Workspace, everybody: bool, theme: &Theme) -> Option<Command> {
    let threads = work.threads(everybody);
    let (open, (text, _)) = (work.open.as_ref()?, work.page()?);
    let (article, reader) = (&open.id, &open.reader);
    let mut asked = None;
    for thread in threads.all.iter().filter(|thread| !thread.resolved && thread.article() == article) {
        let Some(span) = thread.first().1.spans(text).into_iter().next_back() else { continue };
        let Some(rect) = reader.rect_of(span).pop() else { continue };
        let bubble = Rect::from_center_size(pos2(rect.right() + 1.0, rect.top() + 1.0), vec2(9.0, 7.0));
        if !ui.clip_rect().contains_rect(bubble) {
            continue;
        }
        let painter = ui.painter();
        painter.rect_filled(bubble.expand(1.0), 3.0, theme.ground);
        painter.rect_filled(bubble, 2.0, theme.accent);
        let tail = [
            bubble.left_bottom() + vec2(1.5, -0.5),
            bubble.left_bottom() + vec2(5.0, -0.5),
            bubble.left_bottom() + vec2(1.5, 3.0),
        ];
        painter.add(Shape::convex_polygon(tail.to_vec(), theme.accent, egui::Stroke::NONE));
        let id = egui::Id::unique(("comment", key_of(thread)));
        let response = ui.interact(bubble.expand(2.0), id, Sense::click());
        let (by, first) = thread.first();
        let words = format!("{by}: {}", said(first));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, t!("comment-of", words = words)));
        if response.on_hover_text(words).clicked() {
            asked = Some(Command::Comments(CommentsCommand::List(Some(key_of(thread)))));
        }
    }
    asked
}
