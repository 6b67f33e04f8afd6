//! The list of all threads: the open ones first, a look at the one that is picked, and jumps to what it is about.

use eframe::egui::{self, Key, Modifiers};

use super::words::{own, said, subject};
use crate::model::{ArticleId, Mark, Thread};
use crate::t;
use crate::ui::commands::{Command, CommentsCommand};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::threads::{Key as CommentKey, Threads, key_of};

const ROW: f32 = 40.0;

/// The open list.
#[derive(Debug, Default)]
pub struct CommentList {
    /// The thread that is picked; the first one where it is not there.
    pub at: Option<CommentKey>,
    /// True where resolved threads are shown, too.
    resolved: bool,
    /// True where only the open article's are shown.
    here: bool,
}

/// The person's answer to the list.
pub enum Asked {
    /// Nothing that ends it.
    Stay(Option<Command>),
    /// Something that takes its place.
    Leave(Option<Command>),
}

impl CommentList {
    /// The list, with a thread picked.
    pub fn new(at: Option<CommentKey>) -> Self {
        Self { at, ..Self::default() }
    }

    fn shown<'a>(&self, threads: &'a Threads, here: Option<&ArticleId>) -> Vec<&'a Thread> {
        let wanted = |thread: &&Thread| {
            (self.resolved || !thread.resolved || self.at.as_ref() == Some(&key_of(thread)))
                && (!self.here || here == Some(thread.article()))
        };
        threads.all.iter().filter(wanted).collect()
    }

    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context, work: &Workspace, threads: &Threads, theme: &Theme) -> Asked {
        let here = work.open.as_ref().map(|open| open.id.clone());
        let shown = self.shown(threads, here.as_ref());
        let at = self.at.as_ref().and_then(|at| shown.iter().position(|thread| key_of(thread) == *at)).unwrap_or(0);
        let (mut asked, moved) = self.keys(ctx, work, shown.get(at).copied());
        let at = at.saturating_add_signed(moved).min(shown.len().saturating_sub(1));
        self.at = shown.get(at).map(|thread| key_of(thread));
        let modal = crate::ui::widgets::dialog::modal(ctx, "comments", 720.0, |ui| {
            let open = threads.all.iter().filter(|thread| !thread.resolved).count();
            ui.horizontal_wrapped(|ui| {
                crate::ui::widgets::dialog::heading(ui, t!("comments-open", open = open));
                ui.checkbox(&mut self.resolved, t!("comments-resolved-too"));
                ui.checkbox(&mut self.here, t!("comments-here"));
            });
            if shown.is_empty() {
                ui.label(t!("comments-none"));
            }
            let height = (ctx.content_rect().height() * 0.4).max(ROW * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("threads").max_height(height).auto_shrink([false, true]);
            area.show_rows(ui, ROW, shown.len(), |ui, rows| {
                if moved != 0 && !rows.contains(&at) {
                    list_row::scroll_to(ui, &rows, at, ROW, None);
                }
                for index in rows {
                    let response = row(ui, work, shown[index], index == at, theme);
                    if response.clicked() {
                        self.at = Some(key_of(shown[index]));
                    }
                    if response.double_clicked() {
                        asked = Asked::Leave(Some(Command::Comments(CommentsCommand::GoTo(key_of(shown[index])))));
                    }
                }
            });
            if let Some(thread) = shown.get(at) {
                ui.separator();
                egui::ScrollArea::vertical().id_salt("thread").max_height(180.0).auto_shrink([false, true]).show(
                    ui,
                    |ui| {
                        if let Some(command) = super::thread_ui::ui(ui, thread, work.annotator(), theme) {
                            asked = of(command);
                        }
                    },
                );
            }
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("comments-keys"));
                if ui.button(t!("close-esc")).clicked() {
                    asked = Asked::Leave(None);
                }
            });
        });
        if modal.should_close() { Asked::Leave(None) } else { asked }
    }

    fn keys(&mut self, ctx: &egui::Context, work: &Workspace, thread: Option<&Thread>) -> (Asked, isize) {
        ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            self.resolved ^= pressed(Key::F);
            self.here ^= pressed(Key::H);
            let moved = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
            if pressed(Key::Escape) {
                return (Asked::Leave(None), 0);
            }
            let Some(thread) = thread else { return (Asked::Stay(None), 0) };
            let key = key_of(thread);
            let mine = own(thread, work.annotator()).next();
            let asked = if pressed(Key::Enter) {
                of(Command::Comments(CommentsCommand::GoTo(key)))
            } else if pressed(Key::A) {
                of(Command::Comments(CommentsCommand::Answer(key)))
            } else if pressed(Key::R) {
                of(Command::Comments(CommentsCommand::Resolve(key)))
            } else if let Some(mine) = mine.filter(|mine| mine.mark == Mark::None && pressed(Key::E)) {
                of(Command::Comments(CommentsCommand::Reword(mine.id)))
            } else if let Some(mine) = mine.filter(|_| pressed(Key::Delete)) {
                of(Command::Comments(CommentsCommand::Delete(mine.id)))
            } else {
                Asked::Stay(None)
            };
            (asked, moved)
        })
    }
}

/// Settling and deleting leave the list open; what needs the text or a dialog takes its place.
fn of(command: Command) -> Asked {
    match command {
        Command::Comments(CommentsCommand::Resolve(_)) | Command::Comments(CommentsCommand::Delete(_)) => {
            Asked::Stay(Some(command))
        }
        _ => Asked::Leave(Some(command)),
    }
}

fn row(ui: &mut egui::Ui, work: &Workspace, thread: &Thread, picked: bool, theme: &Theme) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let (by, first) = thread.first();
    let head = format!("{by}: {}", said(first));
    let state = if thread.resolved { t!("thread-resolved") } else { t!("thread-open") };
    let state = match thread.comments.len() - 1 {
        0 => state.to_owned(),
        count => t!("thread-answers", state = state, count = count),
    };
    let title = work.session.corpus().article(thread.article()).map_or("", |article| article.title.as_str());
    let detail = t!("thread-on", state = state, subject = subject(thread), article = thread.article(), title = title);
    let painter = list_row::plain_ground(ui, &response, picked, || format!("{head}, {detail}"), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let sign = if thread.resolved { "○" } else { "●" };
    let tint = if thread.resolved { theme.good } else { theme.accent };
    let left = rect.left() + 8.0;
    list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), 18.0, sign, body.clone(), tint);
    let width = rect.right() - left - 24.0;
    list_row::paint(&painter, egui::pos2(left + 20.0, rect.top() + 12.0), width, &head, body, theme.text);
    list_row::paint(&painter, egui::pos2(left + 20.0, rect.bottom() - 11.0), width, &detail, small, theme.weak);
    response
}
