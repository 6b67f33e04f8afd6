//! The list of articles: title, state and counts, filtered as one types, as long as a project is.

use eframe::egui::{self, Align2, Key, Modifiers, RichText};

use crate::model::{Article, Progress};
use crate::t;
use crate::ui::commands::{Command, ExchangeCommand, ProjectCommand};
use crate::ui::widgets::list_row as painted;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::article_order::{Arrangement, ListOrder, ListRow};
use crate::ui::workspace::article_status::{ArticleStatus, StatusFilter};
use crate::ui::workspace::open_project::Workspace;

const ROW: f32 = 40.0;

/// The words of a row below the title, with a sign for it.
pub struct Line {
    /// The sign before the title.
    pub icon: &'static str,
    /// Its colour.
    pub tint: egui::Color32,
    /// The line below the title.
    pub detail: String,
}

/// Shows the list with the annotator's own state in each article; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &mut Workspace, theme: &Theme, focus_filter: bool) -> Vec<Command> {
    let threads = work.threads(false);
    list(ui, work, theme, focus_filter, &|work, article| own(article, &work.article_status(article, &threads), theme))
}

/// Shows the list with what `line` says of each article; gives what was asked for.
pub fn list(
    ui: &mut egui::Ui,
    work: &mut Workspace,
    theme: &Theme,
    focus_filter: bool,
    line: &dyn Fn(&Workspace, &Article) -> Line,
) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.add_space(6.0);
    let label = ui.label(RichText::new(t!("articles")).strong());
    progress(ui, work, theme);
    ui.horizontal(|ui| {
        let label = ui.weak(t!("articles-show"));
        egui::ComboBox::from_id_salt("wanted")
            .selected_text(work.wanted.title())
            .width((ui.available_width() - 8.0).clamp(60.0, 150.0))
            .truncate()
            .show_ui(ui, |ui| {
                for wanted in StatusFilter::ALL {
                    ui.selectable_value(&mut work.wanted, wanted, wanted.title());
                }
            })
            .response
            .labelled_by(label.id);
    });
    ui.horizontal(|ui| arrangement(ui, work));
    let field =
        egui::TextEdit::singleline(&mut work.filter).hint_text(t!("articles-filter")).desired_width(f32::INFINITY);
    let field = field.show(ui).response.response.labelled_by(label.id);
    if focus_filter {
        field.request_focus();
    }
    ui.add_space(4.0);
    let matching = work.matching();
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        let corpus = work.session.corpus();
        commands.extend(
            matching
                .iter()
                .find_map(|row| if let ListRow::Article(at) = row { Some(*at) } else { None })
                .map(|at| Command::Project(ProjectCommand::LookAt(corpus.articles()[at].id.clone(), None))),
        );
    }
    if matching.is_empty() {
        let empty = work.session.corpus().articles().is_empty();
        ui.weak(if empty { t!("articles-none") } else { t!("articles-none-fits") });
        if empty && ui.button(t!("articles-add")).clicked() {
            commands.push(ExchangeCommand::AddArticles.into());
        }
        return commands;
    }
    egui::ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, matching.len(), |ui, rows| {
        for listed in &matching[rows] {
            let at = match listed {
                ListRow::Article(at) => *at,
                ListRow::Group(name, count) => {
                    heading(ui, name, *count, theme);
                    continue;
                }
            };
            let article = &work.session.corpus().articles()[at];
            let open = work.open.as_ref().is_some_and(|open| open.id == article.id);
            let row = row(ui, &line(work, article), article, open, theme);
            if row.clicked() {
                commands.push(ProjectCommand::LookAt(article.id.clone(), None).into());
            }
            if row.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete)) {
                commands.push(ProjectCommand::AskRemove(article.id.clone()).into());
            }
            row.context_menu(|ui| context_menu(ui, article, &mut commands));
        }
    });
    commands
}

/// The share of articles with which the annotator is done, as a bar and in words.
fn progress(ui: &mut egui::Ui, work: &mut Workspace, theme: &Theme) {
    let total = work.session.corpus().articles().len();
    if total == 0 {
        return;
    }
    let (done, begun) = work.standing();
    ui.add(
        egui::Label::new(RichText::new(t!("articles-progress", done = done, total = total)).small().weak()).truncate(),
    );
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 4.0), egui::Sense::hover());
    let part = |from: usize, count: usize| {
        let share = |count: usize| rect.width() * count as f32 / total as f32;
        egui::Rect::from_min_size(rect.min + egui::vec2(share(from), 0.0), egui::vec2(share(count), rect.height()))
    };
    ui.painter().rect_filled(rect, 2.0, theme.line);
    ui.painter().rect_filled(part(0, done), 2.0, theme.good);
    ui.painter().rect_filled(part(done, begun), 0.0, theme.good.gamma_multiply(0.45));
}

/// The order of the list, and its groups.
fn arrangement(ui: &mut egui::Ui, work: &mut Workspace) {
    let label = ui.weak(t!("articles-by"));
    let known = !work.agreement.is_empty();
    let Arrangement { by, backwards, grouped } = &mut work.arrangement;
    egui::ComboBox::from_id_salt("order")
        .selected_text(by.title())
        .width((ui.available_width() - 8.0).clamp(60.0, 150.0))
        .truncate()
        .show_ui(ui, |ui| {
            for order in ListOrder::ALL {
                let measured = order != ListOrder::Agreement || known;
                let choice = egui::Button::selectable(*by == order, order.title());
                let choice = ui.add_enabled(measured, choice).on_disabled_hover_text(t!("list-by-agreement-hint"));
                if choice.clicked() {
                    *by = order;
                }
            }
            ui.separator();
            ui.checkbox(backwards, t!("list-by-backwards"));
            ui.checkbox(grouped, t!("list-by-grouped"));
        })
        .response
        .labelled_by(label.id);
}

/// The heading of a group.
fn heading(ui: &mut egui::Ui, name: &str, count: usize, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::hover());
    let body = egui::TextStyle::Body.resolve(ui.style());
    let at = egui::pos2(rect.left() + 10.0, rect.bottom() - 12.0);
    painted::paint(ui.painter(), at, rect.width() - 20.0, &format!("{name} · {count}"), body, theme.weak);
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, egui::Stroke::new(1.0, theme.line));
}

/// The menu of an article.
fn context_menu(ui: &mut egui::Ui, article: &Article, commands: &mut Vec<Command>) {
    for (title, command) in [
        (t!("article-open"), ProjectCommand::LookAt(article.id.clone(), None)),
        (t!("command-describe"), ProjectCommand::DescribeArticle(article.id.clone())),
        (t!("command-remove-article"), ProjectCommand::AskRemove(article.id.clone())),
    ] {
        if ui.button(title).clicked() {
            commands.push(command.into());
            ui.close();
        }
    }
}

fn own(article: &Article, article_status: &ArticleStatus, theme: &Theme) -> Line {
    let (icon, tint) = match article_status.progress {
        Progress::New => ("○", theme.weak),
        Progress::InProgress => ("◐", theme.weak),
        Progress::Done => ("●", theme.good),
    };
    Line { icon, tint, detail: article_status.detail(article) }
}

fn row(ui: &mut egui::Ui, line: &Line, article: &Article, open: bool, theme: &Theme) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let Line { icon, tint, detail } = line;
    let painter = painted::ground(ui, &response, open, || format!("{}, {detail}", article.title), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let left = rect.left() + 10.0;
    painter.text(egui::pos2(left, rect.top() + 12.0), Align2::LEFT_CENTER, icon, body.clone(), *tint);
    let width = rect.right() - left - 24.0;
    painted::paint(&painter, egui::pos2(left + 18.0, rect.top() + 12.0), width, &article.title, body, theme.text);
    painted::paint(&painter, egui::pos2(left + 18.0, rect.bottom() - 10.0), width, detail, small, theme.weak);
    response.on_hover_text(&article.title)
}
