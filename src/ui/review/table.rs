//! The right side: the thing that the current case is about as a table, its slots by those who are compared. Where all say
//! the same it stands once; the slot that is asked about stands out, and whose reading is chosen in it.

use std::sync::Arc;

use eframe::egui::{self, Align2, Galley, RichText, Stroke, StrokeKind};

use super::queue::Item;
use super::readings;
use super::state::{Pick, Reviewing, Sheet};
use crate::model::{AttributeKind, LabelDef, Name, Schema, Slot};
use crate::review::{ItemSummary, SlotSummary, State, Strategy};
use crate::t;
use crate::ui::commands::kind_name;
use crate::ui::commands::{Command, ProjectCommand, ReviewCommand, WindowCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// Narrower columns than this are put below each other.
const NARROWEST: f32 = 84.0;
const PAD: f32 = 5.0;

/// The line above the cards while the adjudicated set is being marked.
pub fn editing(ui: &mut egui::Ui, theme: &Theme, commands: &mut Vec<Command>) {
    egui::Frame::new().fill(theme.selection).inner_margin(6.0).corner_radius(4.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(t!("editing-gold")).strong());
        ui.horizontal_wrapped(|ui| {
            if ui.button(t!("right-as-it-stands")).on_hover_text(t!("right-hint")).clicked() {
                commands.push(ReviewCommand::Settle.into());
            }
            if ui.button(t!("back-esc")).clicked() {
                commands.push(WindowCommand::Escape.into());
            }
        });
    });
}

pub fn ui(
    ui: &mut egui::Ui,
    reviewing: &Reviewing,
    work: &Workspace,
    theme: &Theme,
    language: &str,
    commands: &mut Vec<Command>,
) {
    ui.add_space(6.0);
    let setup = &reviewing.setup;
    ui.horizontal_wrapped(|ui| {
        let names = reviewing.names();
        let who = if names.is_empty() { t!("nobody-yet").to_owned() } else { names.join(", ") };
        ui.weak(t!("review-head", who = who, rule = rule(&setup.strategy), gold = setup.gold));
        if ui.small_button(t!("review-change")).on_hover_text(t!("review-change-hint")).clicked() {
            commands.push(ReviewCommand::Setup.into());
        }
        if ui.small_button(t!("review-merge")).on_hover_text(t!("review-merge-hint")).clicked() {
            commands.push(ReviewCommand::Premerge.into());
        }
    });
    ui.separator();
    let Some((sheet, item)) = reviewing.current() else {
        nothing(ui, reviewing, commands);
        return;
    };
    let corpus = work.session.corpus();
    egui::Panel::bottom("decision").frame(egui::Frame::new()).show(ui, |ui| {
        ui.add_space(6.0);
        decision(ui, reviewing, sheet, item, theme, commands);
    });
    egui::ScrollArea::vertical().id_salt("slots").auto_shrink([false, false]).show(ui, |ui| {
        ui.label(RichText::new(&item.entry.title).size(15.0).strong());
        let at = sheet.at.map_or(0, |at| at + 1);
        ui.weak(t!("case-of", at = at, count = sheet.items.len(), kind = kind_name(item.entry.kind)));
        if item.twice {
            warn(ui, theme, t!("twice-decided"));
        } else if item.entry.reopened {
            warn(ui, theme, t!("decided-before"));
        }
        for ruling in sheet.review.rulings(corpus, &item.case) {
            let said = if ruling.said.is_empty() { "–" } else { &ruling.said };
            ui.weak(t!("ruled-by", name = ruling.by, at = ruling.at, said = said));
        }
        let card = sheet.review.card(corpus, item.case.unit);
        let label = card.rows.iter().find(|row| row.slot == Slot::Label).and_then(|row| row.readings.first());
        let table = Table {
            def: label.and_then(|reading| corpus.schema.label(&reading.said)),
            sheet,
            item,
            unit: item.case.unit,
            names: reviewing.names(),
            schema: &corpus.schema,
            theme,
            language,
            pick: reviewing.pick,
            fresh: reviewing.fresh,
        };
        if let Some(guide) = table.guide().filter(|guide| !guide.is_empty()) {
            ui.label(RichText::new(t!("case-guide", guide = guide)).color(theme.weak));
            if let Some(def) = table.def
                && ui.link(t!("guidelines-of")).clicked()
            {
                commands.push(ProjectCommand::GuidelinesOf(def.name.clone()).into());
            }
        }
        ui.add_space(6.0);
        ui.push_id(item.case.unit, |ui| table.ui(ui, &card, commands));
        for unit in sheet.review.beside_half(item.case.unit) {
            let card = sheet.review.card(corpus, unit);
            ui.add_space(10.0);
            let divided = sheet.review.divided(item.case.unit);
            let title = match divided {
                Some(_) => t!("other-part", title = card.title),
                None => t!("other-half", title = card.title),
            };
            ui.label(RichText::new(title).strong());
            ui.push_id(unit, |ui| Table { unit, ..table.clone() }.ui(ui, &card, commands));
        }
    });
}

/// The rule for what counts as agreed, in a few words.
fn rule(strategy: &Strategy) -> String {
    match strategy {
        Strategy::Unanimous => t!("rule-unanimous").to_owned(),
        Strategy::Majority { percent, least } => t!("rule-majority", percent = percent, least = least),
        Strategy::Prefer(name) => t!("rule-prefer", name = name),
    }
}

fn warn(ui: &mut egui::Ui, theme: &Theme, text: &str) {
    ui.label(RichText::new(format!("! {text}")).color(theme.warn));
}

/// With no case to look at: what to do instead.
fn nothing(ui: &mut egui::Ui, reviewing: &Reviewing, commands: &mut Vec<Command>) {
    if reviewing.known.is_some() && reviewing.names().len() < 2 {
        ui.label(t!("review-what"));
        ui.add_space(4.0);
        ui.label(t!("review-only-one"));
        return;
    }
    let Some(sheet) = &reviewing.sheet else {
        ui.weak(t!("comparing"));
        return;
    };
    ui.label(t!("no-case-here"));
    ui.add_space(4.0);
    if sheet.count.ready > 0 && ui.button(t!("merge-agreed")).clicked() {
        commands.push(ReviewCommand::Premerge.into());
    }
    if ui.button(t!("next-open")).clicked() {
        commands.push(ReviewCommand::NextOpenArticle.into());
    }
    if ui.button(t!("edit-set-of", name = sheet.review.gold)).clicked() {
        commands.push(ReviewCommand::EditGold.into());
    }
}

/// The choice about to be decided, and the reason.
fn decision(
    ui: &mut egui::Ui,
    reviewing: &Reviewing,
    sheet: &Sheet,
    item: &Item,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let chosen = match reviewing.pick {
        None => None,
        Some(Pick::Out) => Some(match sheet.review.units[item.case.unit].gold {
            Some(_) => t!("picked-out", title = item.entry.title, gold = sheet.review.gold),
            None => t!("picked-not-there", title = item.entry.title),
        }),
        Some(Pick::Empty) => Some(t!("picked-empty", slot = super::queue::slot_title(&item.entry.slot))),
        Some(Pick::Adopt(voter)) => {
            let row = sheet.review.row(&item.case);
            let by = row.reading_of(voter).map_or(&[][..], |reading| &row.readings[reading].by);
            let names: Vec<&str> = by.iter().map(|&by| sheet.review.annotators[by].as_str()).collect();
            Some(t!("is-right", name = names.join(", ")))
        }
    };
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        match &chosen {
            Some(chosen) => {
                ui.label(RichText::new(format!("● {chosen}")).strong().color(theme.good));
            }
            None => {
                ui.label(t!("who-is-right"));
            }
        }
        ui.horizontal_wrapped(|ui| {
            let why = if reviewing.reason.is_empty() { t!("why") } else { &reviewing.reason };
            if ui.button(format!("{why}  (r)")).on_hover_text(t!("why-hint")).clicked() {
                commands.push(ReviewCommand::Reason.into());
            }
            let gap = if reviewing.gap.is_empty() { t!("gap") } else { &reviewing.gap };
            let gap = crate::ui::workspace::card::short(gap, 40);
            if ui.button(format!("{gap}  (g)")).on_hover_text(t!("gap-hint")).clicked() {
                commands.push(ReviewCommand::Gap.into());
            }
        });
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(chosen.is_some(), egui::Button::new(t!("decide-enter"))).clicked() {
                commands.push(ReviewCommand::Decide.into());
            }
            if ui.button(t!("none-is-right-key")).clicked() {
                commands.push(ReviewCommand::NoneIsRight.into());
            }
            if ui.button(t!("take-out-key")).on_hover_text(t!("take-out-hint")).clicked() {
                commands.push(ReviewCommand::TakeOut.into());
            }
            if ui.button(t!("edit-key")).clicked() {
                commands.push(ReviewCommand::EditGold.into());
            }
        });
    });
}

#[derive(Clone)]
struct Table<'a> {
    sheet: &'a Sheet,
    item: &'a Item,
    /// The thing that it shows: that of the item, or what belongs to it.
    unit: usize,
    /// All who are compared, in the order of the digit keys.
    names: Vec<Name>,
    schema: &'a Schema,
    /// The label of it, as the first has it who has one.
    def: Option<&'a LabelDef>,
    theme: &'a Theme,
    language: &'a str,
    pick: Option<Pick>,
    /// True where the case is looked at for the first time.
    fresh: bool,
}

/// A cell to be painted.
struct Cell {
    /// First column and how many.
    columns: std::ops::Range<usize>,
    text: String,
    galley: Arc<Galley>,
    /// Those who say it, as indices of the review's annotators; none for the slot's name and the adjudicated set.
    by: Vec<usize>,
}

impl Table<'_> {
    /// The guideline of what is asked: of the attribute or the role, else of the label.
    fn guide(&self) -> Option<&str> {
        let def = self.def?;
        let of_slot = match &self.item.entry.slot {
            Slot::Attribute(name) => def.attribute(name).map(|def| def.guide.get(self.language)),
            Slot::Role(name) => def.role(name).map(|def| def.guide.get(self.language)),
            Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => None,
        };
        of_slot.filter(|guide| !guide.is_empty()).or_else(|| Some(def.guide.get(self.language)))
    }

    fn annotators(&self) -> &[Name] {
        &self.sheet.review.annotators
    }

    /// The digit key of one of the review's annotators, their name and how they are drawn.
    fn person(&self, voter: usize) -> (String, crate::model::Pattern, egui::Color32) {
        let name = &self.annotators()[voter];
        let index = self.names.iter().position(|other| other == name).unwrap_or(voter);
        let (pattern, color) = readings::look(self.theme, index);
        (format!("{} {name}", readings::key(index)), pattern, color)
    }

    fn ui(&self, ui: &mut egui::Ui, card: &ItemSummary, commands: &mut Vec<Command>) {
        let width = ui.available_width();
        let first = (width * 0.2).clamp(58.0, 110.0);
        let count = self.annotators().len() + 1;
        let each = (width - first) / count as f32;
        let title = |slot: &Slot| self.slot_title(slot);
        if each < NARROWEST {
            for row in &card.rows {
                self.stacked(ui, row, &title(&row.slot), commands);
            }
            return;
        }
        let edges: Vec<f32> =
            std::iter::once(0.0).chain((0..=count).map(|column| first + each * column as f32)).collect();
        self.head(ui, &edges);
        for row in &card.rows {
            self.row(ui, row, &title(&row.slot), &edges, commands);
        }
    }

    fn slot_title(&self, slot: &Slot) -> String {
        let def = self.def;
        let or = |title: Option<&str>, name: &Name| title.filter(|it| !it.is_empty()).unwrap_or(name).to_owned();
        match slot {
            Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => super::queue::slot_title(slot),
            Slot::Attribute(name) => {
                or(def.and_then(|def| def.attribute(name)).map(|it| it.title.get(self.language)), name)
            }
            Slot::Role(name) => or(def.and_then(|def| def.role(name)).map(|it| it.title.get(self.language)), name),
        }
    }

    /// The statement, with the titles that labels and values have.
    fn said(&self, row: &SlotSummary, said: &str) -> String {
        let title = match &row.slot {
            _ if said.is_empty() => Some("–"),
            Slot::Label => self.schema.label(said).map(|def| def.title.get(self.language)),
            Slot::Attribute(name) => self.choice_title(name, said),
            _ => None,
        };
        title.filter(|title| !title.is_empty()).unwrap_or(said).to_owned()
    }

    /// The title of a value; the label's own where it has one, else any label's: they may differ in that, too.
    fn choice_title(&self, name: &Name, said: &str) -> Option<&str> {
        self.def.into_iter().chain(&self.schema.labels).find_map(|def| match &def.attribute(name)?.kind {
            AttributeKind::Choice(choices) => {
                choices.iter().find(|choice| choice.name == *said).map(|choice| choice.title.get(self.language))
            }
            _ => None,
        })
    }

    fn is_asked(&self, row: &SlotSummary) -> bool {
        self.unit == self.item.case.unit && row.slot == self.item.entry.slot
    }

    /// A sign for how far a slot is.
    fn sign(&self, state: &State) -> (&'static str, egui::Color32) {
        match state {
            State::Agreed(_) | State::NotApplicable => ("", self.theme.weak),
            State::Decided(..) => (" ●", self.theme.good),
            State::Open | State::Reopened(_) | State::Differs(_) => (" ?", self.theme.warn),
        }
    }

    fn head(&self, ui: &mut egui::Ui, edges: &[f32]) {
        let font = egui::TextStyle::Body.resolve(ui.style());
        let (rect, _) =
            ui.allocate_exact_size(egui::vec2(edges.last().copied().unwrap_or(0.0), 26.0), egui::Sense::hover());
        let painter = ui.painter().with_clip_rect(ui.clip_rect());
        for column in 1..edges.len() - 1 {
            let left = rect.left() + edges[column] + PAD;
            let right = rect.left() + edges[column + 1] - PAD;
            let (name, pattern, color) = match column - 1 < self.annotators().len() {
                true => self.person(column - 1),
                false => (self.sheet.review.gold.to_string(), crate::model::Pattern::Thick, self.theme.gold),
            };
            let clipped = painter.with_clip_rect(egui::Rect::from_min_max(
                egui::pos2(left, rect.top()),
                egui::pos2(right, rect.bottom()),
            ));
            clipped.text(egui::pos2(left, rect.top() + 9.0), Align2::LEFT_CENTER, name, font.clone(), color);
            let bar =
                egui::Rect::from_min_max(egui::pos2(left, rect.bottom() - 6.0), egui::pos2(right, rect.bottom() - 3.0));
            crate::ui::reader::bar(&painter, bar, pattern, color);
        }
    }

    fn row(&self, ui: &mut egui::Ui, row: &SlotSummary, title: &str, edges: &[f32], commands: &mut Vec<Command>) {
        let asked = self.is_asked(row);
        let (sign, tint) = self.sign(&row.state);
        let columns = self.annotators().len();
        let mut cells: Vec<Cell> = Vec::new();
        let mut cell = |range: std::ops::Range<usize>, text: String, by: Vec<usize>, color: egui::Color32| {
            let width = edges[range.end] - edges[range.start] - 2.0 * PAD;
            let font = egui::TextStyle::Body.resolve(ui.style());
            let galley = ui.painter().layout(text.clone(), font, color, width);
            cells.push(Cell { columns: range, text, galley, by });
        };
        cell(0..1, format!("{title}{sign}"), Vec::new(), if sign.is_empty() { self.theme.weak } else { tint });
        let reading_of = |voter: usize| row.readings.iter().position(|reading| reading.by.contains(&voter));
        let mut voter = 0;
        // Neighbours who say the same share a cell; where all do, and gold too, it is one for the whole row.
        let all_alike = row.readings.len() == 1 && row.readings[0].by.len() == columns;
        let golden = all_alike && row.readings[0].said == row.gold;
        while voter < columns {
            let reading = reading_of(voter);
            let after = (voter..columns).find(|&other| reading_of(other) != reading).unwrap_or(columns);
            let until = if golden { columns + 2 } else { after + 1 };
            match reading.map(|at| &row.readings[at]) {
                Some(reading) => {
                    let text = self.said(row, &reading.said);
                    cell(voter + 1..until, text, (voter..after).collect(), self.theme.text);
                }
                None => cell(voter + 1..until, "·".to_owned(), Vec::new(), self.theme.weak),
            }
            voter = after;
        }
        if !golden {
            let gold = if row.gold.is_empty() { "·".to_owned() } else { self.said(row, &row.gold) };
            cell(columns + 1..columns + 2, gold, Vec::new(), self.theme.text);
        }
        let height = cells.iter().map(|cell| cell.galley.size().y).fold(0.0, f32::max) + 2.0 * PAD;
        let (rect, _) = ui.allocate_exact_size(egui::vec2(edges[columns + 2], height), egui::Sense::hover());
        let painter = ui.painter().clone();
        if asked && self.fresh {
            ui.scroll_to_rect(rect, None);
        }
        if asked {
            painter.rect_filled(rect, 3.0, self.theme.selection);
            painter.rect_filled(egui::Rect::from_min_size(rect.min, egui::vec2(3.0, height)), 1.0, self.theme.accent);
        }
        painter.hline(rect.x_range(), rect.bottom() + 1.0, Stroke::new(1.0, self.theme.line));
        for (at, cell) in cells.into_iter().enumerate() {
            let area = egui::Rect::from_min_max(
                egui::pos2(rect.left() + edges[cell.columns.start], rect.top()),
                egui::pos2(rect.left() + edges[cell.columns.end], rect.bottom()),
            );
            if !cell.by.is_empty() && row.readings.len() > 1 {
                let id = ui.scope_id().with(("cell", &row.slot, at));
                let who: Vec<String> = cell.by.iter().map(|&voter| self.person(voter).0).collect();
                let who = who.join(", ");
                self.choice(ui, area, id, row, &cell.by, &format!("{who}: {title}: {}", cell.text), commands);
            }
            painter.galley(area.min + egui::vec2(PAD, PAD), cell.galley, self.theme.text);
        }
    }

    /// True where this reading is what is about to be decided.
    fn is_picked(&self, row: &SlotSummary, by: &[usize]) -> bool {
        let Some(Pick::Adopt(voter)) = self.pick.filter(|_| self.is_asked(row)) else { return false };
        by.contains(&voter)
            || row.readings.iter().any(|reading| reading.by.contains(&voter) && reading.by.contains(&by[0]))
    }

    /// A reading that can be clicked: to choose it where it is asked about, else to go to its case.
    #[allow(clippy::too_many_arguments)] // All of it is where and what one cell is.
    fn choice(
        &self,
        ui: &egui::Ui,
        area: egui::Rect,
        id: egui::Id,
        row: &SlotSummary,
        by: &[usize],
        name: &str,
        commands: &mut Vec<Command>,
    ) {
        let response = ui.interact(area, id, egui::Sense::click());
        let picked = self.is_picked(row, by);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, picked, name));
        let inner = area.shrink(2.0);
        if picked {
            ui.painter().rect_filled(inner, 4.0, self.theme.raised);
            ui.painter().rect_stroke(inner, 4.0, Stroke::new(2.0, self.theme.accent), StrokeKind::Inside);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_stroke(inner, 4.0, Stroke::new(1.0, self.theme.accent), StrokeKind::Inside);
        }
        if !response.clicked() {
            return;
        }
        if self.is_asked(row) {
            let person = &self.annotators()[by[0]];
            commands
                .extend(self.names.iter().position(|other| other == person).map(|at| ReviewCommand::Adopt(at).into()));
        } else {
            let same = |item: &&Item| item.case.unit == self.unit && item.entry.slot == row.slot;
            let at = self.sheet.items.iter().position(|item| same(&item));
            commands.extend(at.map(|at| ReviewCommand::GoToCase(at).into()));
        }
    }

    /// A slot with its readings below each other, where there is no room for columns.
    fn stacked(&self, ui: &mut egui::Ui, row: &SlotSummary, title: &str, commands: &mut Vec<Command>) {
        let (sign, tint) = self.sign(&row.state);
        let asked = self.is_asked(row);
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 3)).corner_radius(4.0);
        let frame = if asked { frame.fill(self.theme.selection) } else { frame };
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let ([reading], true) = (&row.readings[..], row.gold.is_empty()) {
                ui.horizontal_wrapped(|ui| {
                    ui.weak(title);
                    ui.label(self.said(row, &reading.said));
                });
                return;
            }
            ui.label(RichText::new(format!("{title}{sign}")).color(if sign.is_empty() {
                self.theme.weak
            } else {
                tint
            }));
            for (at, reading) in row.readings.iter().enumerate() {
                let who: Vec<String> = reading.by.iter().map(|&voter| self.person(voter).0).collect();
                let said = self.said(row, &reading.said);
                let text = match row.readings.len() {
                    1 => said,
                    _ => format!("{}: {said}", who.join(", ")),
                };
                let color = if row.readings.len() == 1 { self.theme.text } else { self.person(reading.by[0]).2 };
                let font = egui::TextStyle::Body.resolve(ui.style());
                let galley = ui.painter().layout(text.clone(), font, color, ui.available_width() - 2.0 * PAD);
                let size = egui::vec2(ui.available_width(), galley.size().y + PAD);
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                if row.readings.len() > 1 {
                    let id = ui.scope_id().with(("reading", &row.slot, at));
                    self.choice(ui, rect, id, row, &reading.by, &format!("{title}: {text}"), commands);
                }
                ui.painter().galley(rect.min + egui::vec2(PAD, PAD / 2.0), galley, color);
            }
            if !row.gold.is_empty() {
                let gold = format!("{}: {}", self.sheet.review.gold, self.said(row, &row.gold));
                ui.label(RichText::new(gold).color(self.theme.gold));
            }
        });
        if asked && self.fresh {
            shown.response.scroll_to_me(None);
        }
    }
}
