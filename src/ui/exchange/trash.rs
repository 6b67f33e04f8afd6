//! The trash: articles that were removed, to be brought back or deleted for good.

use eframe::egui::{self, Key, Modifiers, RichText};

use super::export_dialog::size;
use crate::lang::{InWords, Message};
use crate::model::ArticleId;
use crate::store::{Emptied, Snapshot, Trashed, empty_trash, restore_article};
use crate::t;
use crate::ui::commands::{Command, ProjectCommand};
use crate::ui::widgets::dialog;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::widgets::list_row::{self, TWO_LINES};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// The articles in the trash, and a sentence for each file that is not what it should be.
type Found = (Vec<Trashed>, Vec<Message>);

/// The list of what was removed.
pub struct TrashDialog {
    finding: Option<Job<Found>>,
    found: Option<Found>,
    at: usize,
}

/// The person's answer to the list; none where it stays as it is.
pub type TrashAnswer = Option<Option<Command>>;

impl TrashDialog {
    /// The list of a project, which a worker reads.
    pub fn new(jobs: &Jobs, project: Snapshot) -> Self {
        let finding = jobs.start(t!("trash-reading"), move |_| project.trash());
        Self { finding: Some(finding), found: None, at: 0 }
    }

    /// True while it is read.
    pub fn busy(&self) -> bool {
        self.finding.is_some()
    }

    /// Takes what the worker has read.
    pub fn follow(&mut self) {
        if let Some(found) = Job::over(&mut self.finding) {
            self.found = Some(found.unwrap_or_default());
        }
    }

    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context, can_write: bool, theme: &Theme) -> TrashAnswer {
        let mut answer = self.keys(ctx, can_write);
        let modal = dialog::modal(ctx, "trash", 640.0, |ui| {
            dialog::heading(ui, t!("trash-title"));
            let Some((all, unread)) = &self.found else {
                ui.label(t!("trash-reading"));
                return;
            };
            ui.label(if all.is_empty() { t!("trash-none") } else { t!("trash-about") });
            for sentence in unread {
                ui.label(RichText::new(format!("! {}", sentence.told())).color(theme.bad));
            }
            let height = (ctx.content_rect().height() * 0.5).max(TWO_LINES * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("trash").max_height(height).auto_shrink([false, true]);
            let mut looked_at = self.at;
            area.show_rows(ui, TWO_LINES, all.len(), |ui, rows| {
                for index in rows {
                    let it = &all[index];
                    let response =
                        list_row::two_lines(ui, 8.0, index == self.at, (&it.article.title, &detail(it)), theme);
                    if response.clicked() {
                        looked_at = index;
                    }
                    if response.double_clicked() && can_write {
                        answer = Some(Some(ProjectCommand::BringBack(it.name.clone()).into()));
                    }
                }
            });
            self.at = looked_at;
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                let can = can_write && !all.is_empty();
                if ui.add_enabled(can, egui::Button::new(t!("trash-bring-back"))).clicked() {
                    answer = self.bring_back();
                }
                let bytes = size(all.iter().map(|it| it.bytes).sum());
                if ui.add_enabled(can, egui::Button::new(t!("trash-empty", size = bytes))).clicked() {
                    let names = all.iter().map(|it| it.name.clone()).collect();
                    answer = Some(Some(ProjectCommand::AskEmptyTrash(names, bytes).into()));
                }
                if ui.button(t!("close-esc")).clicked() {
                    answer = Some(None);
                }
            });
        });
        if modal.should_close() { Some(None) } else { answer }
    }

    fn keys(&mut self, ctx: &egui::Context, can_write: bool) -> TrashAnswer {
        let count = self.found.as_ref().map_or(0, |(all, _)| all.len());
        let (down, up, goes, left) = ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter), pressed(Key::Escape))
        });
        if down && self.at + 1 < count {
            self.at += 1;
        }
        if up {
            self.at = self.at.saturating_sub(1);
        }
        match () {
            () if left => Some(None),
            () if goes && can_write => self.bring_back(),
            () => None,
        }
    }

    fn bring_back(&self) -> TrashAnswer {
        let it = self.found.as_ref()?.0.get(self.at)?;
        Some(Some(ProjectCommand::BringBack(it.name.clone()).into()))
    }
}

/// The line below the title of an article in the trash.
fn detail(it: &Trashed) -> String {
    t!(
        "trash-detail",
        id = it.article.id,
        by = it.by,
        at = it.at,
        annotations = it.annotations,
        comments = it.comments,
        size = size(it.bytes)
    )
}

/// Brings an article back from the trash.
pub fn bring_back(name: String) -> LongWork {
    LongWork {
        title: t!("trash-bringing-back"),
        counted: t!("unit-articles"),
        read_only: Some(t!("trash-read-only")),
        work: Box::new(move |link, _| match restore_article(link, &name) {
            Ok(Some(id)) => WorkEnd::said(brought_back(&id)),
            Ok(None) => WorkEnd::said(t!("trash-not-there")),
            Err(error) => WorkEnd::failed(t!("trash-nothing"), error.told()),
        }),
    }
}

fn brought_back(id: &ArticleId) -> String {
    t!("trash-brought-back", id = id)
}

/// Deletes what the trash holds under these names for good.
pub fn empty(names: Vec<String>) -> LongWork {
    LongWork {
        title: t!("trash-emptying"),
        counted: t!("unit-articles"),
        read_only: Some(t!("trash-read-only")),
        work: Box::new(move |link, _| match empty_trash(link, &names) {
            Ok(Emptied { articles, bytes }) => WorkEnd::said(t!("trash-emptied", count = articles, size = size(bytes))),
            Err(error) => WorkEnd::failed(t!("trash-not-emptied"), error.told()),
        }),
    }
}
