//! The parts that every dialog shares: where it stands, how wide it may be, and the keys that confirm and leave it.

use std::path::Path;

use eframe::egui::accesskit::Node;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Key, Modifiers};

use crate::t;

/// The state of a dialog after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It stays.
    Open,
    /// It was left.
    Closed,
    /// It was confirmed.
    Done,
}

/// The distance of a dialog from the top of the window, in points.
const TOP: f32 = 64.0;

/// A dialog below the top edge, in the middle, where the eye already is: `width` points, or less in a narrow window.
pub fn modal<T>(
    ctx: &egui::Context,
    name: &str,
    width: f32,
    content: impl FnOnce(&mut egui::Ui) -> T,
) -> egui::ModalResponse<T> {
    let id = egui::Id::unique(name);
    let area = egui::Modal::default_area(id).anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, TOP));
    egui::Modal::new(id).area(area).show(ctx, |ui| {
        describe(ui, Node::set_modal);
        ui.set_width(width.min(ctx.content_rect().width() - 48.0).max(120.0));
        // As high as the window lets it be: the height of what it showed last would bound the lists of today.
        ui.set_max_height((ctx.content_rect().height() - TOP - 48.0).max(120.0));
        content(ui)
    })
}

/// Shows the heading of a dialog, by which a screen reader calls it.
pub fn heading(ui: &mut egui::Ui, title: impl Into<String>) -> egui::Response {
    let heading = ui.heading(title.into());
    name(ui, &heading);
    heading
}

/// As [`heading`], in letters of the size of the rest.
pub fn small_heading(ui: &mut egui::Ui, title: &str) -> egui::Response {
    let heading = ui.label(egui::RichText::new(title).strong());
    name(ui, &heading);
    heading
}

/// Has a screen reader call the dialog that `ui` is in by this text of it.
pub fn name(ui: &egui::Ui, title: &egui::Response) {
    describe(ui, |node| node.push_labelled_by(title.id.accesskit_id()));
}

fn describe(ui: &egui::Ui, write: impl FnOnce(&mut Node)) {
    if let Some(dialog) = ui.stack().iter().find(|part| part.kind() == Some(egui::UiKind::Modal)) {
        ui.ctx().accesskit_node_builder(dialog.unique_id, write);
    }
}

/// A dialog that is answered: Enter (with these modifiers) confirms it, Esc and a click beside it leave it. `content` gives
/// the answer that its own buttons are, or the one that it is handed.
pub fn ask(
    ctx: &egui::Context,
    name: &str,
    width: f32,
    confirm: Modifiers,
    content: impl FnOnce(&mut egui::Ui, Reply) -> Reply,
) -> Reply {
    let pressed = keys(ctx, confirm);
    let shown = modal(ctx, name, width, |ui| content(ui, pressed));
    if shown.should_close() { Reply::Closed } else { shown.inner }
}

/// Opens a folder in the system's own program for that.
pub fn open_folder(ctx: &egui::Context, folder: &Path) {
    ctx.open_url(egui::OpenUrl::new_tab(format!("file://{}", folder.display())));
}

/// Gives a dialog's main field the keyboard: when the dialog is fresh, with its text selected, so that typing replaces
/// it; and again whenever nothing else has it.
pub fn focus(field: &egui::Response, fresh: &mut bool, text: &str) {
    let ctx = &field.ctx;
    if std::mem::take(fresh) {
        field.request_focus();
        let mut state = egui::text_edit::TextEditState::load(ctx, field.id).unwrap_or_default();
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
        state.cursor.set_char_range(Some(all));
        state.store(ctx, field.id);
    } else if ctx.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
}

/// The buttons that confirm and leave a dialog; gives what was clicked, or `reply` as it is. It is confirmed where `can`.
pub fn buttons(ui: &mut egui::Ui, confirm: &str, can: bool, reply: Reply) -> Reply {
    ui.horizontal(|ui| {
        let confirmed = ui.add_enabled(can, egui::Button::new(confirm)).clicked();
        match ui.button(t!("cancel-esc")).clicked() {
            true => Reply::Closed,
            false if confirmed => Reply::Done,
            false if reply == Reply::Done && !can => Reply::Open,
            false => reply,
        }
    })
    .inner
}

/// The reply of Enter (with these modifiers) and Esc. An open drop-down list stands nearer: Esc closes it, and Enter chooses in it.
pub fn keys(ctx: &egui::Context, confirm: Modifiers) -> Reply {
    if egui::Popup::is_any_open(ctx) {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            egui::Popup::close_all(ctx);
        }
        return Reply::Open;
    }
    ctx.input_mut(|input| {
        if input.consume_key(confirm, Key::Enter) {
            Reply::Done
        } else if input.consume_key(Modifiers::NONE, Key::Escape) {
            Reply::Closed
        } else {
            Reply::Open
        }
    })
}
