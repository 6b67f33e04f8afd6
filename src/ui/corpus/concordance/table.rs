//! The table of places: the line that says what is looked for, a row for each place with the found words in the middle, and what
//! is done with those that are ticked.

use eframe::egui::{self, Color32, Key, Painter, Rect, RichText, Sense, Stroke, StrokeKind, pos2, vec2};

use super::state::Concordance;
use crate::corpus::concordance::{Hit, Order};
use crate::model::Schema;
use crate::say;
use crate::t;
use crate::ui::commands::{self, Command, ConcordanceCommand, CorpusCommand};
use crate::ui::reader;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

/// The height of a row, points.
const ROW: f32 = 28.0;
/// The width of the box, and of the article's number.
const BOX: f32 = 32.0;
const ARTICLE: f32 = 44.0;
/// The width of the last column, which says the label.
const LABEL: f32 = 128.0;

fn asked(command: ConcordanceCommand) -> Command {
    CorpusCommand::Concordance(command).into()
}

/// Shows it; gives what was asked for. `may_change` says that the sets that are shown are the annotator's own.
pub fn ui(
    ui: &mut egui::Ui,
    view: &mut Concordance,
    schema: &Schema,
    theme: &Theme,
    (language, may_change): (&str, bool),
    commands: &mut Vec<Command>,
) {
    egui::Panel::top("concordance-line")
        .frame(egui::Frame::new().fill(theme.panel).inner_margin(egui::Margin::symmetric(12, 6)))
        .show(ui, |ui| line(ui, view, theme, commands));
    if may_change && !view.hits.is_empty() {
        egui::Panel::bottom("concordance-bar")
            .frame(egui::Frame::new().fill(theme.panel).inner_margin(egui::Margin::symmetric(12, 6)))
            .show(ui, |ui| bar(ui, view, schema, theme, language, commands));
    }
    if view.hits.is_empty() {
        ui.add_space(40.0);
        let why = match (&view.wrong, view.line.trim().is_empty(), view.busy()) {
            (Some(_), ..) => "",
            (None, true, _) => t!("concordance-empty"),
            (None, false, true) => t!("concordance-job"),
            (None, false, false) => t!("concordance-none"),
        };
        ui.vertical_centered(|ui| ui.label(why));
        return;
    }
    rows(ui, view, schema, theme, language, commands);
}

/// The line that says what is looked for, how many places there are, and their order.
fn line(ui: &mut egui::Ui, view: &mut Concordance, theme: &Theme, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let room = (ui.available_width() * 0.4).clamp(140.0, 320.0);
        let wrong = view.wrong.is_some();
        let edit = egui::TextEdit::singleline(&mut view.line)
            .id(egui::Id::unique("concordance line"))
            .hint_text(t!("concordance-hint"))
            .desired_width(room)
            .text_color_opt(wrong.then_some(theme.bad));
        let field = ui.add(edit);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, t!("concordance-line")));
        if std::mem::take(&mut view.focus) {
            field.request_focus();
        }
        // Enter goes to the places.
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            commands.push(asked(ConcordanceCommand::At(0)));
        }
        for (at, title) in [(0, t!("concordance-case")), (1, t!("concordance-words"))] {
            if ui.selectable_label(view.fold[at], title).clicked() {
                commands.push(asked(if at == 0 { ConcordanceCommand::Case } else { ConcordanceCommand::Words }));
            }
        }
        if !view.hits.is_empty() {
            let (articles, locked, discarded) = view.counts();
            ui.label(t!("concordance-places", count = view.hits.len()));
            let told = t!("concordance-in", articles = articles, locked = locked, discarded = discarded);
            ui.label(RichText::new(told).small().color(theme.weak));
        }
        ui.add_space(8.0);
        let label = ui.weak(t!("concordance-sorted"));
        let sorted =
            egui::ComboBox::from_id_salt("concordance order").selected_text(order(view.order)).show_ui(ui, |ui| {
                for one in Order::ALL {
                    if ui.selectable_label(view.order == one, order(one)).clicked() {
                        commands.push(asked(ConcordanceCommand::Sort(one)));
                    }
                }
            });
        sorted.response.labelled_by(label.id).on_hover_text(commands::key_of(&asked(ConcordanceCommand::SortNext)));
    });
    for sentence in view.wrong.iter().chain(&view.unread) {
        ui.label(RichText::new(sentence).small().color(theme.bad));
    }
}

fn order(order: Order) -> &'static str {
    match order {
        Order::Left => t!("order-left"),
        Order::Right => t!("order-right"),
        Order::Article => t!("article"),
        Order::Date => t!("list-by-date"),
        Order::Label => t!("label"),
    }
}

/// The part of a row that each column has.
struct Columns {
    /// The middle of the found words.
    found: f32,
    /// Half of the width of the longest found words.
    half: f32,
    right: f32,
}

impl Columns {
    fn of(view: &Concordance, row: Rect, width: impl Fn(&str) -> f32) -> Self {
        let widest = view.hits.iter().take(200).map(|hit| width(&hit.words)).fold(24.0, f32::max);
        let free = row.width() - BOX - ARTICLE - LABEL;
        let half = (widest / 2.0).min(free / 5.0);
        Self { found: row.left() + BOX + ARTICLE + free * 0.48, half, right: row.right() - LABEL }
    }
}

fn rows(
    ui: &mut egui::Ui,
    view: &mut Concordance,
    schema: &Schema,
    theme: &Theme,
    language: &str,
    commands: &mut Vec<Command>,
) {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let area = egui::ScrollArea::vertical().id_salt("concordance").auto_shrink([false, false]);
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = ui.available_height();
    view.page = (height / ROW) as usize;
    let count = view.hits.len();
    let unseen = std::mem::take(&mut view.unseen);
    area.show_rows(ui, ROW, count, |ui, rows| {
        if unseen && !(rows.start + 1..rows.end.saturating_sub(1)).contains(&view.at()) {
            list_row::scroll_to(ui, &rows, view.at(), ROW, None);
        }
        let painter = ui.painter().clone();
        let width = |words: &str| painter.layout_no_wrap(words.to_owned(), font.clone(), theme.text).size().x;
        let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW));
        let columns = Columns::of(view, place, width);
        for at in rows {
            row(ui, view, (at, &view.hits[at]), &columns, (schema, theme, language), commands);
        }
    });
}

fn row(
    ui: &mut egui::Ui,
    view: &Concordance,
    (at, hit): (usize, &Hit),
    columns: &Columns,
    (schema, theme, language): (&Schema, &Theme, &str),
    commands: &mut Vec<Command>,
) {
    let (rect, row) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let looked_at = view.at() == at;
    let ticked = view.is_ticked(hit);
    let def = hit.label().and_then(|label| schema.label(label));
    let state = match (hit.discarded, hit.is_locked(), def, hit.label()) {
        (true, ..) => t!("concordance-is-discarded").to_owned(),
        (false, true, None, _) => t!("concordance-is-locked").to_owned(),
        (false, true, Some(def), _) => format!("{}, {}", def.title.get(language), t!("concordance-is-locked")),
        (false, false, Some(def), _) => def.title.get(language).to_owned(),
        (false, false, None, Some(label)) => label.to_string(),
        (false, false, None, None) => t!("concordance-no-label").to_owned(),
    };
    let name = || format!("{}: {} {} {}, {state}", hit.id(), hit.left, hit.words, hit.right);
    row.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, ticked, name()));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if looked_at {
        painter.rect_filled(rect, 0.0, theme.selection);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent);
    } else if row.hovered() {
        painter.rect_filled(rect, 0.0, theme.raised);
    }
    let [body, small] = [egui::TextStyle::Body, egui::TextStyle::Small].map(|style| style.resolve(ui.style()));
    let y = rect.center().y;
    let mark = Rect::from_center_size(pos2(rect.left() + 18.0, y), vec2(14.0, 14.0));
    if hit.is_locked() {
        lock(&painter, mark, theme.weak);
    } else {
        tick(&painter, mark, ticked, theme);
    }
    let ink = if hit.discarded || hit.in_zone { theme.weak } else { theme.text };
    list_row::paint(&painter, pos2(rect.left() + BOX, y), ARTICLE - 8.0, hit.id(), small.clone(), theme.weak);
    // The words before end where the found words begin.
    let edge = columns.found - columns.half - 10.0;
    let left = painter.layout_no_wrap(say::visible(&hit.left).into_owned(), body.clone(), ink);
    let before = painter.with_clip_rect(
        Rect::from_x_y_ranges(rect.left() + BOX + ARTICLE..=edge, rect.y_range()).intersect(painter.clip_rect()),
    );
    before.galley(pos2(edge - left.size().x, y - left.size().y / 2.0), left, ink);
    let words = painter.layout_no_wrap(say::visible(&hit.words).into_owned(), body.clone(), ink);
    let size = words.size();
    let at_words = pos2(columns.found - size.x.min(columns.half * 2.0) / 2.0, y - size.y / 2.0);
    let found = Rect::from_x_y_ranges(columns.found - columns.half..=columns.found + columns.half, rect.y_range());
    painter.with_clip_rect(found.intersect(painter.clip_rect())).galley(at_words, words, ink);
    let line = Rect::from_min_size(pos2(at_words.x, at_words.y + size.y), vec2(size.x.min(columns.half * 2.0), 3.0));
    if let Some(def) = def {
        reader::bar(&painter, line, def.pattern, theme.label(Some(def)));
    }
    if hit.discarded {
        painter.hline(line.x_range(), y, Stroke::new(1.0, theme.weak));
    }
    let after = columns.found + columns.half + 10.0;
    let right = hit.right.trim_start();
    list_row::paint(&painter, pos2(after, y), columns.right - after - 8.0, right, body, ink);
    let mut label = columns.right;
    if let Some(def) = def.filter(|_| !hit.discarded) {
        let sign = Rect::from_min_size(pos2(label, y - 1.0), vec2(16.0, 3.0));
        reader::bar(&painter, sign, def.pattern, theme.label(Some(def)));
        label += 22.0;
    }
    list_row::paint(&painter, pos2(label, y), rect.right() - label - 6.0, &state, small, theme.weak);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    if row.double_clicked() {
        commands.push(asked(ConcordanceCommand::At(at)));
        commands.push(CorpusCommand::Open.into());
    } else if row.clicked() {
        let over_box = row.interact_pointer_pos().is_some_and(|pos| pos.x < rect.left() + BOX);
        let shift = ui.input(|input| input.modifiers.shift);
        commands.push(asked(if shift { ConcordanceCommand::Range(at) } else { ConcordanceCommand::At(at) }));
        if over_box && !shift {
            commands.push(asked(ConcordanceCommand::Tick));
        }
    }
}

/// A box, with a tick where it is ticked.
fn tick(painter: &Painter, rect: Rect, ticked: bool, theme: &Theme) {
    if !ticked {
        painter.rect_stroke(rect, 3.0, Stroke::new(1.0, theme.weak), StrokeKind::Inside);
        return;
    }
    painter.rect_filled(rect, 3.0, theme.accent);
    let points = [vec2(-3.5, 0.0), vec2(-1.0, 3.0), vec2(4.0, -3.0)].map(|to| rect.center() + to);
    painter.line(points.to_vec(), Stroke::new(1.75, theme.on_accent));
}

fn lock(painter: &Painter, rect: Rect, color: Color32) {
    let body = Rect::from_min_max(
        pos2(rect.left() + 2.0, rect.center().y - 0.5),
        pos2(rect.right() - 2.0, rect.bottom() - 1.0),
    );
    painter.rect_stroke(body, 1.0, Stroke::new(1.25, color), StrokeKind::Inside);
    let arc = |step: usize| {
        let angle = std::f32::consts::PI * (1.0 + step as f32 / 8.0);
        pos2(rect.center().x, body.top()) + 3.2 * vec2(angle.cos(), angle.sin() * 1.3)
    };
    painter.line((0..=8).map(arc).collect(), Stroke::new(1.25, color));
}

/// The number of ticked places, and what is done with them.
fn bar(
    ui: &mut egui::Ui,
    view: &Concordance,
    schema: &Schema,
    theme: &Theme,
    language: &str,
    commands: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(t!("concordance-ticked", count = view.ticked()));
        ui.add_space(12.0);
        let any = view.current().is_some();
        if let Some(offer) = &view.offer
            && let Some(def) = schema.label(&offer.label)
        {
            let title = match &offer.referent {
                Some((_, name)) => t!("concordance-label-is", label = def.title.get(language), name = name),
                None => t!("concordance-label", label = def.title.get(language)),
            };
            let title = def.key.map_or(title.clone(), |key| format!("{title}  {key}"));
            let button = egui::Button::new(RichText::new(title).color(theme.on_accent)).fill(theme.accent);
            if ui.add_enabled(any, button).clicked() {
                commands.push(asked(ConcordanceCommand::LabelOffered));
            }
        }
        ui.label(RichText::new(t!("concordance-letters")).small().color(theme.weak));
        for (command, title) in [
            (ConcordanceCommand::Unlabel, t!("command-concordance-unlabel")),
            (ConcordanceCommand::Discard, t!("command-concordance-discard")),
        ] {
            let command = asked(command);
            if ui.add_enabled(any, egui::Button::new(commands::with_key(title, &command))).clicked() {
                commands.push(command);
            }
        }
    });
}
