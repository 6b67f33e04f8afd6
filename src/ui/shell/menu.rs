//! The menu bar: the table's commands with their keys, those of a kind in menus of their own, and ticks where something is on.

use std::path::PathBuf;

use eframe::egui::{self, IdSalt, RichText};

use crate::lang;
use crate::ui::commands::{
    self, AnnotateCommand, Command, Entry, ErrorsCommand, Menu, ProjectCommand, ReviewCommand, Selection, TABLE, View,
    WindowCommand,
};
use crate::ui::shell::app::{App, NARROW};
use crate::ui::shell::menu_keys;
use crate::{key, t};

impl App {
    /// Shows it; gives what was asked for.
    pub(super) fn menu(&mut self, ui: &mut egui::Ui) -> Vec<Command> {
        let wanted = self.menu_wanted.take();
        let this = &*self;
        let mut commands = Vec::new();
        egui::MenuBar::new().ui(ui, |ui| {
            let (mut bar, mut held) = (menu_keys::Bar::default(), false);
            for (menu, letter) in menu_keys::with_letters(this.key_context()) {
                let shown = ui.menu_button(menu_keys::title(ui, menu, letter), |ui| {
                    // As high as the window lets it be: without a least height it scrolls in half a window.
                    let height = ui.ctx().content_rect().height() - 60.0;
                    let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
                    area.show(ui, |ui| held |= this.entries(ui, menu, &mut commands));
                });
                bar.shown(menu, letter, shown.response);
            }
            bar.open(ui.ctx(), wanted, held);
            let title = this.work.as_ref().map(|work| work.session.corpus().project.title.clone());
            if this.work.is_some() {
                tabs(ui, this.view, &mut commands);
            }
            ui.add(egui::Label::new(RichText::new(title.unwrap_or_default()).strong()).truncate());
        });
        commands
    }

    /// The commands of a menu; neighbours of one kind share a menu within it. True where such an entry has the keyboard.
    fn entries(&self, ui: &mut egui::Ui, menu: Menu, commands: &mut Vec<Command>) -> bool {
        let mut held = false;
        if menu == Menu::Label {
            self.label_menu(ui, commands);
        }
        let entries: Vec<&Entry> = TABLE.iter().filter(|entry| entry.menu == menu).collect();
        for kind in entries.chunk_by(|a, b| submenu(&a.command) == submenu(&b.command)) {
            let each = |ui: &mut egui::Ui, commands: &mut Vec<Command>| {
                kind.iter().fold(false, |held, entry| self.entry(ui, entry, commands) | held)
            };
            match submenu(&kind[0].command).filter(|_| kind.len() > 1) {
                Some(title) => {
                    let within = ui.menu_button(title.text(), |ui| each(ui, commands)).response;
                    menu_keys::enter(ui, &within);
                    held |= within.has_focus();
                }
                None => held |= each(ui, commands),
            }
        }
        held
    }

    /// An entry and what belongs to it; true where a menu within it has the keyboard.
    fn entry(&self, ui: &mut egui::Ui, entry: &Entry, commands: &mut Vec<Command>) -> bool {
        let key = commands::key_of(&entry.command);
        let response = match self.is_on(ui.ctx(), &entry.command) {
            None => ui.add(egui::Button::new(entry.title()).shortcut_text(key)),
            Some(on) => {
                let tick = IdSalt::new("tick");
                let space = egui::Atom::custom(tick, egui::vec2(12.0, 12.0));
                let button = egui::Button::new((space, entry.title())).shortcut_text(key).atom_ui(ui);
                if let Some(rect) = button.rect(tick).filter(|_| on) {
                    let at = |x: f32, y: f32| rect.lerp_inside(egui::vec2(x, y));
                    let stroke = egui::Stroke::new(1.75, self.theme.text);
                    ui.painter().line(vec![at(0.1, 0.5), at(0.4, 0.85), at(0.95, 0.15)], stroke);
                }
                let info = || egui::WidgetInfo::selected(egui::Role::MenuItemCheckBox, true, on, entry.title());
                button.response.widget_info(info);
                button.response
            }
        };
        menu_keys::enter(ui, &response);
        if response.clicked() {
            commands.push(entry.command.clone());
            ui.close();
        }
        entry.command == Command::Project(ProjectCommand::Open) && recent(ui, &self.settings.recent, commands)
    }

    /// True or false where a command turns something on and off, or chooses one of several.
    fn is_on(&self, ctx: &egui::Context, command: &Command) -> Option<bool> {
        match command {
            Command::Window(command) => match command {
                WindowCommand::Show(view) => Some(self.view == *view),
                WindowCommand::LabelNames => Some(self.settings.label_names),
                WindowCommand::Theme => Some(self.theme.look.dark),
                WindowCommand::HighContrast => Some(self.settings.high_contrast),
                WindowCommand::Still => Some(self.settings.still),
                WindowCommand::ToggleArticles => {
                    Some(self.articles_shown.unwrap_or(ctx.content_rect().width() >= NARROW))
                }
                WindowCommand::ToggleCard => Some(self.card_shown.unwrap_or(true)),
                WindowCommand::Welcome => Some(!self.settings.welcomed),
                _ => None,
            },
            Command::Project(ProjectCommand::OpenSets) => {
                self.work.as_ref().map(|work| work.session.corpus().project.open_sets)
            }
            _ => None,
        }
    }

    fn label_menu(&self, ui: &mut egui::Ui, commands: &mut Vec<Command>) {
        let Some(work) = &self.work else { return };
        for label in &work.session.corpus().schema.labels {
            let key = label.key.map(String::from).unwrap_or_default();
            let title = label.title.get(&self.settings.language);
            let button = ui.add(egui::Button::new(title).shortcut_text(key));
            menu_keys::enter(ui, &button);
            if button.clicked() {
                commands.push(AnnotateCommand::Label(label.name.clone()).into());
                ui.close();
            }
        }
        ui.separator();
    }
}

/// The title of the menu within a menu in which a command stands with others of its kind.
fn submenu(command: &Command) -> Option<lang::Key> {
    Some(match command {
        Command::Annotate(AnnotateCommand::Caret(_, Selection::Dropped)) => key!("menu-caret"),
        Command::Annotate(AnnotateCommand::Caret(_, Selection::Extended)) => key!("menu-selection"),
        Command::Annotate(AnnotateCommand::Attribute(_)) => key!("attributes"),
        Command::Annotate(AnnotateCommand::Choose(_)) => key!("menu-values"),
        Command::Review(ReviewCommand::Adopt(_)) => key!("menu-readings"),
        Command::Errors(ErrorsCommand::Kind(_)) => key!("menu-error-kinds"),
        _ => return None,
    })
}

/// The projects that were open lately, as a submenu; true where that has the keyboard.
fn recent(ui: &mut egui::Ui, projects: &[PathBuf], commands: &mut Vec<Command>) -> bool {
    if projects.is_empty() {
        return false;
    }
    let within = ui.menu_button(t!("menu-recent"), |ui| {
        for dir in projects {
            let name = dir.file_name().unwrap_or(dir.as_os_str()).to_string_lossy().into_owned();
            let within = dir.parent().map_or_else(String::new, |parent| parent.display().to_string());
            if ui.add(egui::Button::new(name).shortcut_text(within)).clicked() {
                commands.push(ProjectCommand::OpenAt(dir.clone()).into());
                ui.close();
            }
        }
    });
    within.response.has_focus()
}

/// The tabs in the menu line.
fn tabs(ui: &mut egui::Ui, shown: View, commands: &mut Vec<Command>) {
    ui.separator();
    if ui.available_width() < TABS {
        let entry = commands::find(&WindowCommand::Show(shown).into());
        ui.menu_button(RichText::new(entry.map_or("", commands::Entry::title)).strong(), |ui| {
            each_tab(ui, shown, commands);
        });
    } else {
        each_tab(ui, shown, commands);
    }
    ui.separator();
}

/// The width in points that the tabs of the views want, and the title of the project.
const TABS: f32 = 370.0;

fn each_tab(ui: &mut egui::Ui, shown: View, commands: &mut Vec<Command>) {
    for view in View::ALL {
        let command = Command::from(WindowCommand::Show(view));
        let Some(entry) = commands::find(&command) else { continue };
        let title = RichText::new(entry.title());
        let tab = ui.selectable_label(view == shown, if view == shown { title.strong() } else { title });
        if tab.on_hover_text(commands::key_of(&command)).clicked() {
            commands.push(command);
            ui.close();
        }
    }
}
