//! Words that go to the clipboard, by themselves or with the place where they stand.

use eframe::egui;

use crate::t;
use crate::text::Span;
use crate::ui::shell::app::App;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card::short;

impl App {
    /// Copies the selected words, or those of the selected annotation; `with_place` says where they stand, too.
    pub(super) fn copy(&self, ctx: &egui::Context, with_place: bool) -> String {
        let Some((words, place)) = self.work.as_ref().and_then(selected) else { return t!("copy-nothing").to_owned() };
        let said = t!("copied", words = short(&words, 60));
        ctx.copy_text(if with_place { format!("“{words}” ({place})") } else { words });
        said
    }
}

/// The words that are selected, and their place: `article:start–end` in code points, end exclusive.
fn selected(work: &Workspace) -> Option<(String, String)> {
    let (open, (text, set)) = (work.open.as_ref()?, work.page()?);
    let spans: Vec<Span> = match open.reader.selection() {
        Some(span) => vec![span],
        None => set.get(*open.selected.first()?)?.at.to_vec(),
    };
    let words: Vec<&str> = spans.iter().map(|span| text.slice(*span)).collect();
    let places = spans.iter().map(|span| {
        let (start, end) = text.to_chars(*span);
        format!("{start}–{end}")
    });
    let places: Vec<String> = places.collect();
    (!words.is_empty()).then(|| (words.join(" … "), format!("{}:{}", open.id, places.join(","))))
}
