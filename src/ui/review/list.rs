//! The left side: the articles with how many cases wait in each, and the queue of the open one.

use eframe::egui::{self, Align2, RichText};

use super::case_counts::CaseCount;
use super::queue::Item;
use super::state::Reviewing;
use crate::model::Article;
use crate::review::Order;
use crate::t;
use crate::ui::commands::kind_name;
use crate::ui::commands::{self, Command, ReviewCommand};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::article_list::{self, Line};

const ROW: f32 = 42.0;

pub fn ui(
    ui: &mut egui::Ui,
    reviewing: &Reviewing,
    work: &mut Workspace,
    theme: &Theme,
    focus_filter: bool,
    commands: &mut Vec<Command>,
) {
    let share = (ui.available_height() * 0.42).max(90.0);
    egui::Panel::top("reviewed").frame(egui::Frame::new()).resizable(true).default_size(share).show(ui, |ui| {
        ui.set_min_height(ui.available_height());
        counting(ui, reviewing, commands);
        let line = |_: &Workspace, article: &Article| article_line(reviewing, article, theme);
        commands.extend(article_list::list(ui, work, theme, focus_filter, &line));
    });
    egui::CentralPanel::no_frame().show(ui, |ui| queue(ui, reviewing, theme, commands));
}

fn counting(ui: &mut egui::Ui, reviewing: &Reviewing, commands: &mut Vec<Command>) {
    let comparing = || {
        reviewing.case_counts.progress().filter(|(_, total)| *total > 40).map(|counts| (t!("queue-comparing"), counts))
    };
    let merging = reviewing.decided_many().map(|counts| (t!("job-deciding"), counts));
    let Some((what, (done, total))) = merging.or_else(comparing) else { return };
    ui.horizontal(|ui| {
        ui.weak(t!("queue-at", work = what, done = done, total = total));
        if ui.small_button(t!("stop")).clicked() {
            commands.push(ReviewCommand::StopCounting.into());
        }
    });
}

fn article_line(reviewing: &Reviewing, article: &Article, theme: &Theme) -> Line {
    let count = reviewing.case_counts.of(&article.id);
    let identity = reviewing.identity_count.about(&article.id);
    let (icon, tint, state) = match count {
        None => ("·", theme.weak, "…".to_owned()),
        Some(CaseCount { begun: 0, .. }) => ("○", theme.weak, t!("line-nobody").to_owned()),
        Some(CaseCount { open, decided, ready, .. }) => {
            let (icon, tint, state) = match (open, ready) {
                (0, _) if identity > 0 => ("◐", theme.warn, t!("line-identity", count = identity)),
                (0, 0) => ("●", theme.good, t!("line-nothing-open").to_owned()),
                (0, ready) => ("◐", theme.weak, t!("line-to-merge", count = ready)),
                (open, _) if identity > 0 => {
                    let open = t!("count-open", count = open);
                    ("◐", theme.warn, format!("{open}, {}", t!("line-identity", count = identity)))
                }
                (open, _) => ("◐", theme.warn, t!("count-open", count = open)),
            };
            let state = if decided > 0 { t!("line-decided", state = state, count = decided) } else { state };
            (icon, tint, state)
        }
    };
    Line { icon, tint, detail: format!("{} · {state}", article.id) }
}

/// The cases of the open article.
fn queue(ui: &mut egui::Ui, reviewing: &Reviewing, theme: &Theme, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    let Some(sheet) = &reviewing.sheet else {
        ui.weak(t!("comparing"));
        return;
    };
    let open = sheet.items.iter().filter(|item| item.open).count();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(t!("cases-open", open = open)).strong());
        let order = match reviewing.order {
            Order::Agreement => t!("order-agreement"),
            Order::Reading => t!("order-reading"),
        };
        press(ui, order, Command::Review(ReviewCommand::QueueOrder), commands);
        let kind = reviewing.filter.words();
        press(
            ui,
            if kind.is_empty() { t!("all-kinds") } else { &kind },
            Command::Review(ReviewCommand::CaseKinds),
            commands,
        );
        let decided = if reviewing.filter.decided { t!("decided-too") } else { t!("open-only") };
        press(ui, decided, Command::Review(ReviewCommand::ShowDecided), commands);
        if let Some(count) = reviewing.identity_questions().filter(|count| *count > 0) {
            let text = t!("identity-waiting", count = count);
            press(ui, &text, Command::Review(ReviewCommand::Identities), commands);
        }
    });
    if sheet.items.is_empty() {
        ui.add_space(4.0);
        empty(ui, reviewing, commands);
        return;
    }
    let area = egui::ScrollArea::vertical().id_salt("cases").auto_shrink([false, false]);
    area.show_rows(ui, ROW, sheet.items.len(), |ui, rows| {
        if reviewing.fresh
            && let Some(at) = sheet.at.filter(|at| !rows.contains(at))
        {
            list_row::scroll_to(ui, &rows, at, ROW, Some(egui::Align::Center));
        }
        for at in rows {
            if row(ui, &sheet.items[at], sheet.at == Some(at), theme).clicked() {
                commands.push(ReviewCommand::GoToCase(at).into());
            }
        }
    });
}

/// A small button that does a command, with its key.
fn press(ui: &mut egui::Ui, text: &str, command: Command, commands: &mut Vec<Command>) {
    let entry = commands::find(&command);
    let help = entry.map_or(String::new(), |entry| format!("{}  ({})", entry.title(), commands::key_of(&command)));
    if ui.small_button(text).on_hover_text(help).clicked() {
        commands.push(command);
    }
}

/// The advice where no case waits.
fn empty(ui: &mut egui::Ui, reviewing: &Reviewing, commands: &mut Vec<Command>) {
    let Some(sheet) = &reviewing.sheet else { return };
    let annotators = &sheet.review.annotators;
    match &annotators[..] {
        [] => ui.label(t!("nobody-begun")),
        [one] => ui.label(t!("only-one-begun", name = one)),
        _ if !reviewing.filter.words().is_empty() => ui.label(t!("no-case-fits")),
        _ if sheet.count.decided > 0 => ui.label(t!("all-decided")),
        _ => ui.label(t!("all-same")),
    };
    ui.add_space(4.0);
    if sheet.count.ready > 0 {
        let text = t!("merge-into", gold = sheet.review.gold);
        if ui.button(text).clicked() {
            commands.push(ReviewCommand::Premerge.into());
        }
    }
    let here = reviewing.case_counts.of(&sheet.of.0).map_or(0, |count| count.open);
    match reviewing.waiting().saturating_sub(here) {
        0 => drop(ui.weak(t!("no-other-open"))),
        waiting => {
            let text = t!("next-open-waiting", count = waiting);
            if ui.button(text).clicked() {
                commands.push(ReviewCommand::NextOpenArticle.into());
            }
        }
    }
}

fn row(ui: &mut egui::Ui, item: &Item, at: bool, theme: &Theme) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let slot = match &item.entry.slot {
        crate::model::Slot::Attribute(name) | crate::model::Slot::Role(name) => format!(" {name}"),
        _ => String::new(),
    };
    let state = match item {
        Item { twice: true, .. } => Some(t!("case-twice")),
        Item { open: false, .. } => Some(t!("case-settled")),
        Item { entry, .. } if entry.reopened => Some(t!("case-asked-again")),
        _ => None,
    };
    let kind = format!("{}{slot}", kind_name(item.entry.kind));
    let mut detail = t!("case-line", kind = kind, agreement = format!("{:.0}", item.entry.agreement * 100.0));
    if let Some(state) = state {
        detail.push_str(" · ");
        detail.push_str(state);
    }
    let painter = list_row::ground(ui, &response, at, || format!("{}, {detail}", item.entry.title), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let sign = if item.open { "?" } else { "●" };
    let tint = if item.entry.reopened { theme.warn } else { theme.weak };
    painter.text(egui::pos2(rect.left() + 9.0, rect.top() + 13.0), Align2::LEFT_CENTER, sign, body.clone(), tint);
    let left = rect.left() + 24.0;
    let width = rect.right() - left - 4.0;
    list_row::paint(&painter, egui::pos2(left, rect.top() + 13.0), width, &item.entry.title, body, theme.text);
    list_row::paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, &detail, small, tint);
    response.on_hover_text(&item.entry.title)
}
