//! Shows what merges left to decide, ours beside theirs.

use eframe::egui::{self, Key, Modifiers, RichText};

use super::conflicts::ConflictList;
use super::queue::slot_title;
use crate::model::{Annotation, Conflict, ConflictOf, RecordFile, RecordId, RecordKey, RecordKind, RecordType, SetKey};
use crate::review::{TwoVersions, two_versions};
use crate::t;
use crate::ui::commands::{Command, ConflictSide, ProjectCommand, ReviewCommand};
use crate::ui::widgets::dialog;
use crate::ui::widgets::list_row::{self, TWO_LINES};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// The person's answer to the list.
pub enum ConflictsAsked {
    /// It is left, for this if anything.
    Left(Option<Command>),
    /// It stays, and this is done.
    Settle(Command),
}

impl ConflictList {
    /// Shows the list and reads its keys.
    pub fn ui(&mut self, ctx: &egui::Context, work: &Workspace, theme: &Theme) -> Option<ConflictsAsked> {
        let rows = self.rows(work);
        let count = rows.as_ref().map_or(0, Vec::len);
        self.at = self.at.min(count.saturating_sub(1));
        let current = rows.as_ref().and_then(|rows| rows.get(self.at));
        let mut asked = self.keys(ctx, count, current);
        let modal = dialog::modal(ctx, "conflicts", 760.0, |ui| {
            dialog::heading(ui, t!("conflicts-title"));
            let Some(rows) = &rows else {
                let (done, total) = self.counts();
                ui.label(t!("conflicts-reading-of", done = done, total = total));
                return;
            };
            ui.label(if rows.is_empty() {
                t!("conflicts-none").to_owned()
            } else {
                t!("conflicts-count", count = count)
            });
            if !self.elsewhere.is_empty() {
                ui.label(RichText::new(t!("conflicts-elsewhere", files = self.elsewhere.join(", "))).color(theme.warn));
            }
            let height = (ctx.content_rect().height() * 0.3).max(TWO_LINES * 2.0);
            let area = egui::ScrollArea::vertical().id_salt("conflicts").max_height(height).auto_shrink([false, true]);
            let unseen = std::mem::take(&mut self.unseen);
            area.show_rows(ui, TWO_LINES, rows.len(), |ui, range| {
                if unseen {
                    list_row::scroll_to(ui, &range, self.at, TWO_LINES, None);
                }
                for index in range {
                    if row(ui, work, &rows[index], index == self.at, theme).clicked() {
                        self.at = index;
                    }
                }
            });
            if let Some((set, conflict)) = rows.get(self.at) {
                ui.separator();
                sides(ui, work, set, conflict, theme);
                ui.horizontal_wrapped(|ui| {
                    for (title, side) in [
                        (t!("conflict-ours-key"), ConflictSide::Ours),
                        (t!("conflict-theirs-key"), ConflictSide::Theirs),
                    ] {
                        if ui.button(title).clicked() {
                            asked = Some(settle(set, conflict, side));
                        }
                    }
                });
            }
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.weak(t!("conflicts-keys"));
                if ui.button(t!("close-esc")).clicked() {
                    asked = Some(ConflictsAsked::Left(None));
                }
            });
        });
        if modal.should_close() { Some(ConflictsAsked::Left(None)) } else { asked }
    }

    fn keys(
        &mut self,
        ctx: &egui::Context,
        count: usize,
        current: Option<&(SetKey, std::sync::Arc<Conflict>)>,
    ) -> Option<ConflictsAsked> {
        let (moved, ours, theirs, goes, left) = ctx.input_mut(|input| {
            let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
            let moved = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
            (moved, pressed(Key::Num1), pressed(Key::Num2), pressed(Key::Enter), pressed(Key::Escape))
        });
        if moved != 0 && count > 0 {
            (self.at, self.unseen) = (self.at.saturating_add_signed(moved).min(count - 1), true);
            return None;
        }
        match current {
            _ if left => Some(ConflictsAsked::Left(None)),
            Some((set, conflict)) if ours => Some(settle(set, conflict, ConflictSide::Ours)),
            Some((set, conflict)) if theirs => Some(settle(set, conflict, ConflictSide::Theirs)),
            Some(((article, _), _)) if goes => {
                Some(ConflictsAsked::Left(Some(ProjectCommand::LookAtWords(article.clone(), None).into())))
            }
            _ => None,
        }
    }
}

fn settle(set: &SetKey, conflict: &std::sync::Arc<Conflict>, side: ConflictSide) -> ConflictsAsked {
    ConflictsAsked::Settle(ReviewCommand::SettleConflict(set.clone(), conflict.clone(), side).into())
}

/// The two versions, where the conflict is about an annotation.
fn versions(work: &Workspace, set: &SetKey, conflict: &Conflict) -> Option<TwoVersions> {
    let side = work.session.their_side(set, conflict)?;
    if side.key.kind != RecordKind::Annotation {
        return None;
    }
    let ours = work.session.corpus().record(&RecordFile::Set(set.clone()), &side.key);
    let of = |record: &Option<crate::model::Record>| record.as_ref().and_then(Annotation::of).cloned();
    let (ours, theirs) = (of(&ours), of(&side.record));
    two_versions(work.session.corpus(), set, [ours.as_deref(), theirs.as_deref()])
}

fn row(
    ui: &mut egui::Ui,
    work: &Workspace,
    (set, conflict): &(SetKey, std::sync::Arc<Conflict>),
    picked: bool,
    theme: &Theme,
) -> egui::Response {
    let title = work.session.corpus().article(&set.0).map_or("", |article| article.title.as_str());
    let head = match versions(work, set, conflict) {
        Some(versions) => versions.title,
        None => t!("conflict-of", name = conflict.of.name()),
    };
    let detail = t!("conflict-where", name = set.1, article = set.0, title = title);
    list_row::two_lines(ui, 8.0, picked, (&head, &detail), theme)
}

/// Ours beside theirs, slot by slot; what is no annotation as it stands in the file.
fn sides(ui: &mut egui::Ui, work: &Workspace, set: &SetKey, conflict: &Conflict, theme: &Theme) {
    let nothing = |said: &str| if said.is_empty() { "–".to_owned() } else { said.to_owned() };
    let rows: Vec<(String, [String; 2])> = match versions(work, set, conflict) {
        Some(TwoVersions { differences, .. }) => {
            let title =
                |slot: &Option<crate::model::Slot>| slot.as_ref().map_or(t!("details-note").to_owned(), slot_title);
            differences.into_iter().map(|(slot, said)| (title(&slot), said.map(|said| nothing(&said)))).collect()
        }
        None => {
            let theirs = conflict.theirs.clone().unwrap_or_else(|| t!("conflict-deleted").to_owned());
            vec![(conflict.of.name().to_owned(), [ours_as_it_stands(work, set, conflict), theirs])]
        }
    };
    let width = (ui.available_width() - 120.0) / 2.0;
    egui::Grid::new("sides").num_columns(3).min_col_width(100.0).show(ui, |ui| {
        ui.label("");
        ui.label(RichText::new(t!("conflict-ours")).strong());
        ui.label(RichText::new(t!("conflict-theirs")).strong());
        ui.end_row();
        for (slot, said) in rows {
            ui.label(RichText::new(slot).color(theme.weak));
            for said in said {
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(egui::Label::new(said).wrap());
                });
            }
            ui.end_row();
        }
    });
}

/// Our side of what is no annotation, as the file has it.
fn ours_as_it_stands(work: &Workspace, set: &SetKey, conflict: &Conflict) -> String {
    let key = match (work.session.their_side(set, conflict), &conflict.of) {
        (Some(side), _) => side.key,
        (None, ConflictOf::Record(id)) => match id.parse() {
            Ok(id) => RecordKey { kind: RecordKind::Annotation, id: RecordId::Id(id) },
            Err(_) => return t!("conflict-as-it-stands").to_owned(),
        },
        (None, ConflictOf::Field(_)) => return t!("conflict-as-it-stands").to_owned(),
    };
    let corpus = work.session.corpus();
    let ours = corpus.record(&RecordFile::Set(set.clone()), &key);
    let line = |record| crate::store::as_line(&record, corpus.text(&set.0));
    ours.map_or_else(|| t!("conflict-deleted").to_owned(), line)
}
