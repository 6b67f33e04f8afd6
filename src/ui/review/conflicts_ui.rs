//! Shows what merges left to decide, ours beside theirs.

use eframe::egui::{self, Key, Modifiers, RichText};

use std::sync::Arc;

use super::conflicts::ConflictList;
use super::queue::slot_title;
use crate::model::{
    Annotation, ArticleId, Conflict, ConflictOf, Corpus, Dismissed, Id, Name, Record, RecordFile, RecordId, RecordKey,
    RecordKind, RecordType, SetKey,
};
use crate::review::{TwoVersions, two_versions};
use crate::store::{differing_fields, in_words};
use crate::t;
use crate::ui::commands::{Command, ConflictPlace, ConflictSide, ProjectCommand, ReviewCommand};
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
        let mut asked = self.keys(ctx, work, count, current);
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
            if let Some((place, conflict)) = rows.get(self.at) {
                ui.separator();
                sides(ui, &self::values(work, place, conflict), theme);
                ui.horizontal_wrapped(|ui| {
                    for (title, side) in [
                        (t!("conflict-ours-key"), ConflictSide::Ours),
                        (t!("conflict-theirs-key"), ConflictSide::Theirs),
                    ] {
                        if ui.button(title).clicked() {
                            asked = Some(settle(place, conflict, side));
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
        work: &Workspace,
        count: usize,
        current: Option<&(ConflictPlace, Arc<Conflict>)>,
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
            Some((place, conflict)) if ours => Some(settle(place, conflict, ConflictSide::Ours)),
            Some((place, conflict)) if theirs => Some(settle(place, conflict, ConflictSide::Theirs)),
            Some((place, conflict)) if goes => {
                let article = article(work, place, conflict)?;
                Some(ConflictsAsked::Left(Some(ProjectCommand::LookAtWords(article, None).into())))
            }
            _ => None,
        }
    }
}

fn settle(place: &ConflictPlace, conflict: &Arc<Conflict>, side: ConflictSide) -> ConflictsAsked {
    ConflictsAsked::Settle(ReviewCommand::SettleConflict(place.clone(), conflict.clone(), side).into())
}

/// The article that a conflict is about, where it is about one.
fn article(work: &Workspace, place: &ConflictPlace, conflict: &Conflict) -> Option<ArticleId> {
    let ConflictPlace::Records(file) = place else { return None };
    if let Some((article, _)) = file.set() {
        return Some(article.clone());
    }
    let article = match either(work, file, conflict)? {
        Record::Comment(comment) => comment.article.clone(),
        Record::Article(article) => article.id.clone(),
        _ => return None,
    };
    work.session.corpus().article(&article).map(|article| article.id.clone())
}

/// Our version and theirs of what a conflict of a file is about; none where this version cannot read theirs.
fn both(work: &Workspace, file: &RecordFile, conflict: &Conflict) -> Option<[Option<Record>; 2]> {
    let side = work.session.their_side(file, conflict)?;
    Some([work.session.corpus().record(file, &side.key), side.record])
}

/// One of the two versions, ours first.
fn either(work: &Workspace, file: &RecordFile, conflict: &Conflict) -> Option<Record> {
    both(work, file, conflict)?.into_iter().flatten().next()
}

/// The two versions, where the conflict is about an annotation.
fn versions(work: &Workspace, set: &SetKey, conflict: &Conflict) -> Option<TwoVersions> {
    let side = work.session.their_side(&RecordFile::Set(set.clone()), conflict)?;
    if side.key.kind != RecordKind::Annotation {
        return None;
    }
    let ours = work.session.corpus().record(&RecordFile::Set(set.clone()), &side.key);
    let of = |record: &Option<Record>| record.as_ref().and_then(Annotation::of).cloned();
    let (ours, theirs) = (of(&ours), of(&side.record));
    two_versions(work.session.corpus(), set, [ours.as_deref(), theirs.as_deref()])
}

fn row(
    ui: &mut egui::Ui,
    work: &Workspace,
    (place, conflict): &(ConflictPlace, Arc<Conflict>),
    picked: bool,
    theme: &Theme,
) -> egui::Response {
    let corpus = work.session.corpus();
    let named = || t!("conflict-of", name = conflict.of.name());
    let head = match place {
        ConflictPlace::Settings => match &conflict.of {
            ConflictOf::Field(field) => t!("conflict-field", field = field),
            ConflictOf::Record(_) => named(),
        },
        ConflictPlace::Records(RecordFile::Set(set)) => {
            versions(work, set, conflict).map_or_else(named, |versions| versions.title)
        }
        ConflictPlace::Records(file) => {
            either(work, file, conflict).and_then(|record| called(corpus, file, &record)).unwrap_or_else(named)
        }
    };
    let detail = match place {
        ConflictPlace::Records(RecordFile::Set((article, name))) => {
            let title = corpus.article(article).map_or("", |article| article.title.as_str());
            t!("conflict-where", name = name, article = article, title = title)
        }
        ConflictPlace::Records(RecordFile::Referents(name)) => t!("conflict-where-referents", name = name),
        ConflictPlace::Records(RecordFile::Comments(name)) => t!("conflict-where-comments", name = name),
        ConflictPlace::Records(RecordFile::Runs(name)) => t!("conflict-where-runs", name = name),
        ConflictPlace::Records(RecordFile::Articles | RecordFile::Schema) => t!("conflict-where-articles").to_owned(),
        ConflictPlace::Settings => t!("conflict-where-settings").to_owned(),
    };
    list_row::two_lines(ui, 8.0, picked, (&head, &detail), theme)
}

/// The words by which a person knows a record of a file that is no set; none where it has none.
fn called(corpus: &Corpus, file: &RecordFile, record: &Record) -> Option<String> {
    let maker = if let RecordFile::Referents(maker) = file { Some(maker) } else { None };
    let name = |id: &Id| maker.and_then(|maker: &Name| corpus.referents(maker)?.get(id)).map(|it| it.name.clone());
    let words = match record {
        Record::Referent(referent) => referent.name.clone(),
        Record::Judgement(judgement) => {
            let (one, other) = &judgement.of;
            format!("{} · {}", name(one)?, name(other)?)
        }
        Record::Dismissal(dismissal) => match &dismissal.of {
            Dismissed::Words { at, .. } => at.2.clone(),
            Dismissed::Finding { about, referents, .. } => {
                let names = referents.iter().filter_map(name);
                about.iter().cloned().chain(names).collect::<Vec<_>>().join(" · ")
            }
        },
        Record::Comment(comment) => comment.text.clone(),
        Record::Article(article) => article.title.clone(),
        Record::Run(run) => run.article.to_string(),
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// The places in which the sides differ, with what both say: of an annotation its slots, of other records their fields; what
/// cannot be read as it stands in the file.
fn values(work: &Workspace, place: &ConflictPlace, conflict: &Conflict) -> Vec<(String, [String; 2])> {
    let deleted = || t!("conflict-deleted").to_owned();
    let theirs = || conflict.theirs.as_deref().map_or_else(deleted, in_words);
    match place {
        ConflictPlace::Records(file @ RecordFile::Set(set)) => match versions(work, set, conflict) {
            Some(TwoVersions { differences, .. }) => {
                let title =
                    |slot: &Option<crate::model::Slot>| slot.as_ref().map_or(t!("details-note").to_owned(), slot_title);
                differences.into_iter().map(|(slot, said)| (title(&slot), said)).collect()
            }
            None => {
                let theirs = conflict.theirs.clone().unwrap_or_else(deleted);
                vec![(conflict.of.name().to_owned(), [ours_as_it_stands(work, file, conflict), theirs])]
            }
        },
        ConflictPlace::Records(file) => match both(work, file, conflict) {
            Some([Some(ours), Some(theirs)]) => {
                let differing = differing_fields([Some(&ours), Some(&theirs)]);
                differing.into_iter().map(|(field, said)| (t!("conflict-field", field = field), said)).collect()
            }
            Some(sides) => {
                let corpus = work.session.corpus();
                let words = |record: &Record| {
                    called(corpus, file, record).unwrap_or_else(|| crate::store::as_line(record, None))
                };
                let said = sides.each_ref().map(|side| side.as_ref().map_or_else(deleted, words));
                vec![(String::new(), said)]
            }
            None => vec![(conflict.of.name().to_owned(), [t!("conflict-as-it-stands").to_owned(), theirs()])],
        },
        ConflictPlace::Settings => {
            let (ours, field) = match &conflict.of {
                ConflictOf::Field(field) => (setting(work, field), t!("conflict-field", field = field)),
                ConflictOf::Record(name) => {
                    let people = &work.session.corpus().project.people;
                    let maker = people.iter().find(|maker| *maker.name == **name);
                    (maker.map_or_else(deleted, |maker| maker.kind.to_string()), name.clone())
                }
            };
            let theirs = match (&conflict.of, work.session.their_settings(conflict)) {
                (ConflictOf::Field(field), Some(project)) => said_in(&project, field),
                (ConflictOf::Record(name), Some(project)) => {
                    let maker = project.people.iter().find(|maker| *maker.name == **name);
                    maker.map_or_else(deleted, |maker| maker.kind.to_string())
                }
                (_, None) => theirs(),
            };
            vec![(field, [ours, theirs])]
        }
    }
}

fn setting(work: &Workspace, field: &str) -> String {
    said_in(&work.session.corpus().project, field)
}

/// A setting in words.
fn said_in(project: &crate::model::Project, field: &str) -> String {
    let flag = |set: bool| if set { t!("flag-yes") } else { t!("conflict-not-set") }.to_owned();
    match field {
        "title" => project.title.clone(),
        "compared" => project.compared.iter().map(Name::as_str).collect::<Vec<_>>().join(", "),
        "strategy" => project.strategy.to_string(),
        "gold" => project.gold.to_string(),
        "open_sets" => flag(project.open_sets),
        "schema_locked" => flag(project.schema_locked),
        _ => t!("conflict-as-it-stands").to_owned(),
    }
}

/// Ours beside theirs, one row for each place in which they differ.
fn sides(ui: &mut egui::Ui, rows: &[(String, [String; 2])], theme: &Theme) {
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
                    ui.add(egui::Label::new(if said.is_empty() { "–" } else { said }).wrap());
                });
            }
            ui.end_row();
        }
    });
}

/// Our side of what is no annotation of a set, as the file has it.
fn ours_as_it_stands(work: &Workspace, file: &RecordFile, conflict: &Conflict) -> String {
    let key = match (work.session.their_side(file, conflict), &conflict.of) {
        (Some(side), _) => side.key,
        (None, ConflictOf::Record(id)) => match id.parse() {
            Ok(id) => RecordKey { kind: RecordKind::Annotation, id: RecordId::Id(id) },
            Err(_) => return t!("conflict-as-it-stands").to_owned(),
        },
        (None, ConflictOf::Field(_)) => return t!("conflict-as-it-stands").to_owned(),
    };
    let corpus = work.session.corpus();
    let text = file.set().and_then(|(article, _)| corpus.text(article));
    let line = |record| crate::store::as_line(&record, text);
    corpus.record(file, &key).map_or_else(|| t!("conflict-deleted").to_owned(), line)
}
