//! The pane of the words behind what is looked at.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Align, FontId, Layout, RichText, Sense, Stroke, vec2};

use super::evidence::{Passage, in_context};
use super::state::CorpusView;
use crate::say;
use crate::t;
use crate::ui::commands::{self, Command, CorpusCommand};
use crate::ui::corpus::signs;
use crate::ui::widgets::theme::{Theme, mix};
use crate::ui::workspace::Workspace;

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, view: &CorpusView, work: &Workspace, theme: &Theme, commands: &mut Vec<Command>) {
    if view.evidence.groups.is_empty() && view.evidence.title.is_empty() {
        ui.add_space(8.0);
        ui.weak(t!("corpus-nothing-chosen"));
        return;
    }
    egui::Panel::bottom("corpus-open").frame(egui::Frame::new().inner_margin(6)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let open: Command = CorpusCommand::Open.into();
            let title = commands::with_key(t!("command-corpus-open"), &open);
            let button = egui::Button::new(RichText::new(title).color(theme.on_accent)).fill(theme.accent);
            if ui.add(button).clicked() {
                commands.push(open);
            }
            ui.weak(t!("corpus-back-hint"));
        });
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let color = theme.label(view.evidence.label.as_ref().and_then(|name| work.session.corpus().schema.label(name)));
        let (bar, _) = ui.allocate_exact_size(vec2(16.0, 4.0), Sense::hover());
        ui.painter().rect_filled(bar, 2.0, color);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(&view.evidence.detail).small().color(theme.weak));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(&*say::visible(&view.evidence.title)).size(15.0);
                ui.add(egui::Label::new(title).truncate()).on_hover_text(&view.evidence.title);
            });
        });
    });
    egui::ScrollArea::vertical().id_salt("evidence").auto_shrink([false, false]).show(ui, |ui| {
        for (conflict, rule) in &view.evidence.conflicts {
            note(ui, conflict, rule, theme);
        }
        let mut at = 0;
        for group in &view.evidence.groups {
            ui.add_space(10.0);
            ui.label(RichText::new(&group.title).color(theme.text));
            ui.separator();
            for quote in &group.quotes {
                let response = passage(ui, view, work, quote, view.quote == at, theme);
                if response.double_clicked() {
                    commands.push(CorpusCommand::Quote(at).into());
                    commands.push(CorpusCommand::Open.into());
                } else if response.clicked() {
                    commands.push(CorpusCommand::Quote(at).into());
                }
                at += 1;
            }
        }
        ui.add_space(8.0);
    });
}

/// A conflict of articles, and its rule.
fn note(ui: &mut egui::Ui, conflict: &str, rule: &str, theme: &Theme) {
    ui.add_space(6.0);
    let fill = mix(theme.panel, theme.bad, 0.12);
    egui::Frame::new().fill(fill).corner_radius(4).inner_margin(8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let (sign, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
            signs::unequal(ui.painter(), sign.center(), theme.bad);
            ui.add(egui::Label::new(RichText::new(&*say::visible(conflict)).color(theme.text)).wrap());
        });
        ui.label(RichText::new(rule).size(11.0).color(theme.text));
    });
}

/// A quote in its sentence, under the line that says where it is from.
fn passage(
    ui: &mut egui::Ui,
    view: &CorpusView,
    work: &Workspace,
    quote: &Passage,
    looked_at: bool,
    theme: &Theme,
) -> egui::Response {
    let width = ui.available_width();
    let small = FontId::proportional(11.0);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let head = format!("{}  {}", quote.article, quote.source);
    let value = ui.painter().layout_no_wrap(say::visible(&quote.value).into_owned(), small.clone(), theme.weak);
    let beside = value.size().x + 24.0 < width * 0.55;
    let mut job = LayoutJob::simple_singleline(say::visible(&head).into_owned(), small.clone(), theme.weak);
    let room = if beside { width - value.size().x - 24.0 } else { width - 12.0 };
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(20.0));
    let head = ui.painter().layout_job(job);
    let color = theme.label(quote.label.as_ref().and_then(|name| work.session.corpus().schema.label(name)));
    let text = view.texts.get(work, &quote.article);
    let words = match text {
        Some(text) => in_context(text, &quote.at),
        None => Vec::new(),
    };
    let words = match words.is_empty() {
        true => missing(ui, view, quote, body, theme, width),
        false => sentence(&words, &body, color, theme, width),
    };
    let words = ui.painter().layout_job(words);
    let mut height = 8.0 + head.size().y + 4.0 + words.size().y + 8.0;
    if !beside {
        height += value.size().y;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let name = || format!("{}, {}: {}", quote.article, quote.value, words.text());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, looked_at, name()));
    let painter = ui.painter();
    if looked_at {
        painter.rect_filled(rect, 0.0, theme.selection);
        painter.rect_filled(egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, theme.accent);
    } else if quote.chosen {
        painter.rect_filled(rect, 0.0, mix(theme.panel, theme.selection, 0.5));
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.raised);
    }
    let mut at = rect.min + vec2(8.0, 8.0);
    if beside {
        painter.galley(egui::pos2(rect.right() - 6.0 - value.size().x, at.y), value.clone(), theme.weak);
    }
    let below = head.size().y;
    painter.galley(at, head, theme.weak);
    at.y += below + 2.0;
    if !beside {
        let more = value.size().y;
        painter.galley(at, value, theme.weak);
        at.y += more;
    }
    painter.galley(at, words, theme.text);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    response
}

/// A sentence whose quoted words have a line in the colour of their label.
fn sentence(words: &[(String, bool)], font: &FontId, color: egui::Color32, theme: &Theme, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = (width - 16.0).max(40.0);
    for (part, quoted) in words {
        let ink = if *quoted { theme.text } else { theme.weak };
        let mut format = TextFormat::simple(font.clone(), ink);
        if *quoted {
            format.underline = Stroke::new(2.0, color);
        }
        job.append(&say::visible(part), 0.0, format);
    }
    job
}

/// The reason why there are no words.
fn missing(ui: &egui::Ui, view: &CorpusView, quote: &Passage, font: FontId, theme: &Theme, width: f32) -> LayoutJob {
    let _ = ui;
    let why = match view.texts.failed(&quote.article) {
        Some(why) => why.to_owned(),
        None if quote.at.is_empty() => t!("corpus-no-words").to_owned(),
        None => "…".to_owned(),
    };
    LayoutJob::simple(why, font, theme.weak, (width - 16.0).max(40.0))
}
