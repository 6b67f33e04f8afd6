//! The line at the bottom, which says what the keys do now and whether the work is safe; and the welcome card.

use eframe::egui::accesskit::Live;
use eframe::egui::{self, Align, Layout, RichText};

use crate::t;
use crate::ui::commands::View;
use crate::ui::commands::{self, Command, ProjectCommand, WindowCommand};
use crate::ui::shell::app::App;
use crate::ui::shell::saving;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// Shows the line; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, app: &App, theme: &Theme) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(work) = &app.work {
                let (text, safe) = saving::save_text(&work.session.save_state());
                let label = ui.label(RichText::new(text).color(if safe { theme.good } else { theme.bad }));
                spoken(&label, if safe { Live::Polite } else { Live::Assertive });
                if let Some(why) = saving::save_reason(work.session.save_state()) {
                    label.on_hover_text(why);
                }
                ui.separator();
                let annotator = work.annotator().as_str();
                let shown = if app.settings.annotator.is_empty() {
                    t!("visitor-no-name")
                } else if annotator == app.settings.annotator {
                    app.settings.shown_name()
                } else {
                    annotator
                };
                let name = ui.add(egui::Button::new(shown).frame(false));
                if name.on_hover_text(t!("annotator-hint")).clicked() {
                    commands.push(WindowCommand::ChangeName.into());
                }
                blind(ui, work, theme);
                ui.separator();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(under_way) = &app.under_way {
                    under_way.ui(ui);
                }
                let said = app.notices().iter().rev().find(|notice| !notice.failed).map(|notice| notice.text.clone());
                // The hint stays beside what is said: it falls away from the right where there is no room.
                if let Some(said) = said {
                    let most = ui.available_width() * if ui.available_width() > 500.0 { 0.7 } else { 1.0 };
                    ui.scope(|ui| {
                        ui.set_max_width(most);
                        spoken(
                            &ui.add(egui::Label::new(RichText::new(said).color(theme.text)).truncate()),
                            Live::Polite,
                        );
                    });
                    ui.separator();
                    ui.add(egui::Label::new(RichText::new(hint(app)).color(theme.weak)).truncate());
                } else {
                    ui.add(egui::Label::new(hint(app)).truncate());
                }
            });
        });
    });
    commands
}

/// Has a screen reader say a text when it changes.
fn spoken(label: &egui::Response, live: Live) {
    label.ctx.accesskit_node_builder(label.id, |node| node.set_live(live));
}

/// Says how the project has several annotators work, where it has several.
fn blind(ui: &mut egui::Ui, work: &Workspace, theme: &Theme) {
    let corpus = work.session.corpus();
    if corpus.all_comments().len() < 2 {
        return;
    }
    let (text, hint) = match corpus.project.open_sets {
        true => (t!("sets-open"), t!("sets-open-hint")),
        false => (t!("sets-blind"), t!("sets-blind-hint")),
    };
    ui.separator();
    ui.label(RichText::new(text).color(theme.weak)).on_hover_text(hint);
}

/// The hint about the keys that work now.
pub fn hint(app: &App) -> String {
    let Some(work) = &app.work else { return t!("hint-no-project").to_owned() };
    if app.overlay.is_some() {
        return t!("hint-overlay").to_owned();
    }
    match app.view {
        View::Annotate => {}
        View::Review => return crate::ui::review::hint(&app.reviewing),
        View::Errors => return crate::ui::errors::hint(&app.errors),
        View::Schema => return crate::ui::schema::hint(&app.schema),
        View::Corpus => return crate::ui::corpus::hint(&app.corpus),
        View::Dashboard => return crate::ui::dashboard::HINT.text().to_owned(),
    }
    let Some(open) = &work.open else { return t!("hint-no-article").to_owned() };
    if app.corpus.came_from && app.view == View::Annotate {
        return t!("hint-came-from-corpus").to_owned();
    }
    let words = open.reader.selection().is_some();
    if let Some((frame, role)) = work.armed() {
        let language = &app.settings.language;
        let title = work.role_title(frame, &role, language);
        let labels = crate::ui::annotate::keys_of(work, frame, &role, language);
        return match words && !labels.is_empty() {
            true => t!("hint-armed-words", role = title, labels = labels),
            false => t!("hint-armed", role = title),
        };
    }
    if words && open.reader.selection_grew() {
        return t!("hint-selection-grown", labels = labels(work, &app.settings.language));
    }
    if words {
        return t!("hint-selection", labels = labels(work, &app.settings.language));
    }
    if open.card.is_some() {
        return t!("hint-card").to_owned();
    }
    match open.selected[..] {
        [] => {}
        [_] => return t!("hint-annotation").to_owned(),
        _ => return t!("hint-selected").to_owned(),
    }
    t!("hint-idle", labels = labels(work, &app.settings.language))
}

/// The keys of the first labels with their titles, as the legend has them.
fn labels(work: &Workspace, language: &str) -> String {
    let labels = &work.session.corpus().schema.labels;
    let shown = labels.iter().filter_map(|label| Some(format!("{} {}", label.key?, label.called(language)))).take(10);
    shown.collect::<Vec<_>>().join(" · ")
}

/// The card that greets a newcomer with three things to try.
pub fn welcome(ui: &mut egui::Ui) -> Option<Command> {
    let mut command = None;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(t!("welcome-title")).strong());
        ui.label(t!("welcome-1"));
        ui.label(t!("welcome-2"));
        ui.label(t!("welcome-3"));
        ui.horizontal(|ui| {
            if ui.button(t!("welcome-done")).clicked() {
                command = Some(Command::Window(WindowCommand::Welcome));
            }
            if ui.button(t!("welcome-own")).clicked() {
                command = Some(Command::Project(ProjectCommand::New));
            }
        });
    });
    ui.add_space(6.0);
    command
}

/// All keys, in groups.
pub fn keys(ctx: &egui::Context, work: Option<&Workspace>, language: &str) -> bool {
    let mut open = true;
    let modal = crate::ui::widgets::dialog::modal(ctx, "keys", 860.0, |ui| {
        ui.horizontal(|ui| {
            crate::ui::widgets::dialog::heading(ui, t!("keys-title"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button(t!("close-esc")).clicked() {
                    open = false;
                }
            });
        });
        let height = ctx.content_rect().height() - 200.0;
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show(ui, |ui| {
            ui.columns(2, |columns| {
                if let Some(work) = work {
                    schema_keys(&mut columns[0], work, language);
                }
                for (at, menu) in commands::Menu::ALL.into_iter().enumerate() {
                    let ui = &mut columns[usize::from(at >= 3)];
                    ui.add_space(6.0);
                    ui.label(RichText::new(menu.title()).strong());
                    for entry in commands::TABLE.iter().filter(|entry| entry.menu == menu) {
                        let keys: Vec<String> = entry.presses().into_iter().map(commands::Press::shown).collect();
                        key_row(ui, &keys.join("  "), entry.title());
                    }
                }
            });
        });
    });
    open && !modal.should_close()
}

fn schema_keys(ui: &mut egui::Ui, work: &Workspace, language: &str) {
    let schema = &work.session.corpus().schema;
    ui.label(RichText::new(t!("labels")).strong());
    for label in &schema.labels {
        let Some(key) = label.key else { continue };
        key_row(ui, &commands::Press::Char(key).shown(), label.title.get(language));
    }
    for label in schema.labels.iter().filter(|label| !label.roles.is_empty()) {
        ui.add_space(6.0);
        ui.label(RichText::new(t!("keys-roles", label = label.title.get(language))).strong());
        for role in &label.roles {
            let Some(key) = role.key else { continue };
            key_row(ui, &commands::Press::Char(key).shown(), role.title.get(language));
        }
    }
}

fn key_row(ui: &mut egui::Ui, keys: &str, title: &str) {
    if keys.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(egui::vec2(150.0, 18.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(150.0);
            ui.label(RichText::new(keys).monospace());
        });
        ui.add(egui::Label::new(title).truncate());
    });
}
