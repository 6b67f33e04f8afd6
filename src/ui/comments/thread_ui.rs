//! Paints a thread with what can be done about it.

use eframe::egui::{self, RichText};

use super::words::{own, said};
use crate::model::{Id, Mark, Name, Target, Thread};
use crate::t;
use crate::ui::commands::{self, Command, CommentsCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::threads::{Key, key_of};

/// Shows who said what in a thread, and buttons to answer and settle it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, thread: &Thread, me: &Name, theme: &Theme) -> Option<Command> {
    let key: Key = key_of(thread);
    let mut asked = None;
    for (by, comment) in &thread.comments {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(by.as_str()).strong());
            let text = RichText::new(said(comment));
            ui.label(if comment.mark == Mark::None { text } else { text.color(theme.weak) })
                .on_hover_text(comment.origin.at.to_string());
            if comment.reworded.is_some() {
                ui.weak(t!("comment-reworded"));
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        if ui.small_button(t!("thread-answer")).clicked() {
            asked = Some(Command::Comments(CommentsCommand::Answer(key.clone())));
        }
        let title = if thread.resolved { t!("thread-reopen") } else { t!("thread-resolve") };
        if ui.small_button(title).clicked() {
            asked = Some(Command::Comments(CommentsCommand::Resolve(key.clone())));
        }
        if let Some(mine) = own(thread, me).next() {
            if mine.mark == Mark::None && ui.small_button(t!("thread-reword")).clicked() {
                asked = Some(Command::Comments(CommentsCommand::Reword(mine.id)));
            }
            if ui.small_button(t!("thread-delete")).on_hover_text(t!("thread-delete-hint")).clicked() {
                asked = Some(Command::Comments(CommentsCommand::Delete(mine.id)));
            }
        }
    });
    asked
}

/// The comments about an annotation of the set that is worked on, for its details.
pub fn about(ui: &mut egui::Ui, cx: &mut Cx<'_>, id: Id) -> Vec<Command> {
    let Cx { workspace: work, theme, .. } = cx;
    let own = work.key().is_some_and(|(_, whose)| whose == *work.annotator());
    let threads = work.threads(!own);
    let me = work.annotator().clone();
    let mut commands = Vec::new();
    let Some((article, set)) = work.key() else { return commands };
    let on = |thread: &&Thread| {
        matches!(&thread.first().1.on, Target::Annotation(whose, on) if *whose == set && *on == id)
            && article == *thread.article()
    };
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(t!("comments")).strong());
        let new = CommentsCommand::Ask.into();
        if ui.small_button(t!("comment-new")).on_hover_text(commands::key_of(&new)).clicked() {
            commands.push(new);
        }
    });
    for thread in threads.all.iter().filter(on) {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 3)).fill(theme.raised).corner_radius(4.0).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                commands.extend(self::ui(ui, thread, &me, theme));
            },
        );
    }
    commands
}
