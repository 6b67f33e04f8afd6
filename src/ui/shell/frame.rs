//! One frame of the window: what came in, keys, what is painted, clicks.

use std::path::PathBuf;

use eframe::egui;

use crate::t;
use crate::ui::annotate;
use crate::ui::commands::{Command, ProjectCommand, View, WindowCommand};
use crate::ui::comments;
use crate::ui::corpus;
use crate::ui::dashboard;
use crate::ui::errors;
use crate::ui::exchange::import;
use crate::ui::reader;
use crate::ui::review;
use crate::ui::schema;
use crate::ui::shell::app::{App, Features, NARROW};
use crate::ui::shell::keys::{self, FocusPlace};
use crate::ui::shell::overlay::Overlay;
use crate::ui::shell::status_line;
use crate::ui::widgets::input_order::InputOrder;
use crate::ui::widgets::theme::{Look, Theme};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::article_view::{Beside, Over};
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::Panels;

impl App {
    fn place(&self, ctx: &egui::Context) -> FocusPlace {
        if self.overlay.is_some() {
            return FocusPlace::Dialog;
        }
        if self.view == View::Dashboard || ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
            return FocusPlace::Elsewhere;
        }
        let focused = ctx.memory(egui::Memory::focused);
        match (&self.work, focused) {
            (_, None) => FocusPlace::Text,
            (Some(Workspace { open: Some(_), .. }), Some(id)) if id == reader::Reader::id() => FocusPlace::Text,
            _ => FocusPlace::Elsewhere,
        }
    }

    fn look(&mut self, ctx: &egui::Context) -> &'static Theme {
        let system = || ctx.system_theme().is_some_and(|theme| theme == egui::Theme::Dark);
        let dark = self.settings.dark.unwrap_or_else(system);
        let theme = Theme::of_look(Look { dark, high_contrast: self.settings.high_contrast });
        let applied = (theme.look, self.settings.still);
        if self.applied != Some(applied) {
            theme.apply(ctx, self.settings.still);
            self.theme = theme;
            self.applied = Some(applied);
        }
        let zoom = f32::from(self.settings.zoom) / 100.0;
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
        theme
    }

    fn central(&mut self, ui: &mut egui::Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Some(opening) = &self.opening {
            ui.centered_and_justified(|ui| ui.label(format!("{}…", opening.job.title)));
            return commands;
        }
        if self.waiting.is_some() {
            return commands;
        }
        if self.work.is_none() {
            ui.add_space(60.0);
            ui.vertical_centered(|ui| {
                ui.heading(t!("no-project"));
                ui.add_space(8.0);
                if ui.button(t!("no-project-open")).clicked() {
                    commands.push(ProjectCommand::Open.into());
                }
                if ui.button(t!("no-project-new")).clicked() {
                    commands.push(ProjectCommand::New.into());
                }
            });
            return commands;
        }
        if !self.settings.welcomed {
            commands.extend(status_line::welcome(ui));
        }
        self.page(ui, &mut commands);
        commands
    }

    /// The middle of the view that is shown.
    fn page(&mut self, ui: &mut egui::Ui, commands: &mut Vec<Command>) {
        let (view, over) = (self.view, self.over());
        let Some((mut cx, Features { reviewing, dashboard, corpus: tables, errors, schema: draft })) = self.parts()
        else {
            return;
        };
        match view {
            View::Annotate => {
                let tracks = cx.workspace.tracks_beside(cx.theme, &cx.settings.language);
                let beside = Beside { tracks: tracks.as_deref(), ..Beside::default() };
                commands.extend(annotate::page(ui, &mut cx, &over, &beside));
                commands.extend(comments::marks(ui, cx.workspace, false, cx.theme));
            }
            View::Review if reviewing.editing() => {
                let beside = reviewing.beside(cx.workspace);
                commands.extend(annotate::page(ui, &mut cx, &over, &beside));
                commands.extend(comments::marks(ui, cx.workspace, false, cx.theme));
            }
            View::Review => {
                commands.extend(review::page(ui, &mut cx, reviewing, &over));
                commands.extend(comments::marks(ui, cx.workspace, true, cx.theme));
            }
            View::Dashboard => commands.extend(dashboard::page(ui, dashboard, cx.theme, &over)),
            View::Errors => {
                commands.extend(errors::page(ui, &mut cx, errors, &over));
                commands.extend(comments::marks(ui, cx.workspace, false, cx.theme));
            }
            View::Schema => commands.extend(schema::page(ui, &cx, draft)),
            View::Corpus => commands.extend(corpus::page(ui, &cx, tables)),
        }
    }

    /// The panel over the text.
    fn over(&self) -> Over {
        let article = self.work.as_ref().and_then(|work| work.open.as_ref()).map(|open| &open.id);
        match (&self.overlay, article) {
            (None, _) => Over::Nothing,
            (Some(Overlay::LabelAll(preview)), Some(article)) => Over::Preview(preview.hits_in(article)),
            (Some(_), _) => Over::Dialog,
        }
    }

    /// The panels left and right of it.
    fn panels(&mut self, ui: &mut egui::Ui, commands: &mut Vec<Command>) {
        let view = self.view;
        let panels = Panels {
            list: self.articles_shown.unwrap_or(ui.ctx().content_rect().width() >= NARROW),
            focus_filter: !matches!(view, View::Dashboard | View::Errors | View::Schema)
                && std::mem::take(&mut self.focus_filter),
            details: self.card_shown.unwrap_or(true),
        };
        let Some((mut cx, Features { reviewing, dashboard, corpus: tables, errors, schema: draft })) = self.parts()
        else {
            return;
        };
        match view {
            View::Annotate => annotate::panels(ui, &mut cx, panels, &mut comments::about, commands),
            View::Review => {
                let mut card = |ui: &mut egui::Ui, cx: &mut Cx<'_>| annotate::card_ui::ui(ui, cx, &mut comments::about);
                review::panels(ui, &mut cx, reviewing, panels, &mut card, commands);
            }
            View::Dashboard => dashboard::panels(ui, &cx, dashboard, panels, commands),
            View::Errors => errors::panels(ui, &mut cx, errors, panels, commands),
            View::Schema => schema::panels(ui, &cx, draft, panels, commands),
            View::Corpus => corpus::panels(ui, &cx, tables, panels, commands),
        }
    }

    /// Lets the view that is shown keep up with the data and with its workers, before it is painted.
    fn keep_up(&mut self, ctx: &egui::Context) {
        let view = self.view;
        let Some((cx, Features { reviewing, dashboard, corpus: tables, errors, schema: draft })) = self.parts() else {
            return;
        };
        let told: Vec<Result<String, String>> = match view {
            View::Annotate => {
                let told = cx.workspace.follow_ghosts(cx.jobs, &cx.settings.suggesting);
                cx.workspace.watch_ghosts(ctx.input(|input| input.time));
                told.into_iter().map(Err).collect()
            }
            View::Review => {
                reviewing.follow(cx.jobs, cx.workspace);
                reviewing.poll_deciding(cx.workspace).into_iter().collect()
            }
            View::Dashboard => {
                let followed = dashboard.follow(ctx, cx.jobs, cx.workspace).err().map(Err);
                if let Some(agreement) = dashboard.agreement() {
                    cx.workspace.take_agreement(agreement);
                }
                followed.into_iter().chain(dashboard.pictured(ctx, cx.jobs)).collect()
            }
            View::Errors => errors.follow(ctx, cx.jobs, cx.workspace).err().map(Err).into_iter().collect(),
            View::Corpus => {
                let language = &cx.settings.language;
                tables.follow(ctx, cx.jobs, cx.workspace, language).err().map(Err).into_iter().collect()
            }
            View::Schema => {
                draft.follow(cx.jobs, cx.workspace);
                Vec::new()
            }
        };
        if view == View::Review && !told.is_empty() {
            ctx.request_repaint();
        }
        for told in told {
            match told {
                Ok(said) => self.say(said),
                Err(why) => self.fail(why),
            }
        }
    }

    fn dropped(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if let Some(Overlay::NewProject(dialog)) = &mut self.overlay {
            dialog.dropped(&dropped);
        } else if !dropped.is_empty() {
            self.undertake(import::add(dropped));
        }
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.poll(&ctx);
        let theme = self.look(&ctx);
        if std::mem::take(&mut self.cold) {
            reader::warm(&ctx, f32::from(self.settings.text_size));
        }
        self.dropped(&ctx);
        self.guard_close(&ctx);
        keys::swallow(&ctx, &mut self.swallowed);
        let letter = keys::letter(&ctx);
        let dialog = self.overlay.is_some();
        self.press_keys(&ctx);
        self.keep_up(&ctx);
        self.keep_up_overlay();
        self.come_back();
        self.make_first_mark(&ctx);
        self.note_place(false);
        self.note_order();
        self.say_title(&ctx);
        let mut commands = Vec::new();
        egui::Panel::top("menu").show(ui, |ui| commands.extend(self.menu(ui)));
        egui::Panel::bottom("status").show(ui, |ui| commands.extend(status_line::ui(ui, self, theme)));
        self.panels(ui, &mut commands);
        let frame = egui::Frame::central_panel(ui.style()).fill(theme.ground);
        egui::CentralPanel::default().frame(frame).show(ui, |ui| commands.extend(self.central(ui)));
        if self.overlay.is_some() {
            // A screen reader finds the dialog alone, as the hand does.
            ctx.accesskit_node_builder(ui.unique_id(), egui::accesskit::Node::set_hidden);
        }
        let answer = self.overlay_ui(&ctx);
        commands.extend(self.notices.ui(&ctx));
        // Everything is painted; from here on things may change.
        if let Some(answer) = answer {
            self.swallowed = letter;
            self.answer(&ctx, answer);
            if dialog && self.overlay.is_none() && ctx.input(|input| input.pointer.any_click()) {
                InputOrder::forget_letters(&ctx);
            }
            ctx.request_discard("an answer changed what is shown");
        }
        let clicked = !commands.is_empty();
        if clicked {
            self.notices.passed(ctx.input(|input| input.time));
        }
        for command in commands {
            self.perform(&ctx, command);
        }
        if clicked {
            // A click is known only once everything has its place: what it changed is laid out in the same frame again.
            ctx.request_discard("a click changed what is shown");
        }
        InputOrder::reads(&ctx, self.overlay.is_some() || ctx.text_edit_focused());
    }

    /// Does what this frame's keys say, one after the other, before anything is painted.
    fn press_keys(&mut self, ctx: &egui::Context) {
        let mut from = 0;
        let held = ctx.input(|input| input.pointer.any_down());
        while let Some(command) = keys::next(ctx, &mut from, self.place(ctx), self.key_context(), self.work.as_ref()) {
            if command == WindowCommand::Escape.into() && egui::Popup::is_any_open(ctx) {
                // A menu or a list is what stands nearest.
                egui::Popup::close_all(ctx);
                continue;
            }
            // While a button is held nothing is selected yet.
            if held && command.marks() {
                continue;
            }
            self.notices.passed(ctx.input(|input| input.time));
            if let Some(said) = self.show_first(&command) {
                self.say(said);
                continue;
            }
            let before = self.attention();
            self.perform(ctx, command);
            if self.attention() != before {
                // The keys after it are for what it opened, which the next frame has.
                InputOrder::put_off(ctx, from);
                return;
            }
        }
    }

    /// Brings what a key's command is about into view where it is not, and says what the key would do.
    fn show_first(&mut self, command: &Command) -> Option<String> {
        let Command::Annotate(command) = command else { return None };
        let language = self.settings.language.clone();
        let refused = review::refused(self.key_context(), command).is_some();
        let work = self.work.as_mut().filter(|_| !refused)?;
        annotate::show_first(work, command, &language)
    }

    /// The thing that reads keys: a dialog or none, the search, the filter of the list or a menu, the view.
    fn attention(&self) -> (bool, bool, bool, View) {
        let search = self.work.as_ref().and_then(|work| work.open.as_ref()).is_some_and(|open| open.finder.is_some());
        (self.overlay.is_some(), search, self.focus_filter || self.menu_wanted.is_some(), self.view)
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let shown: Vec<String> = self.notices.all().iter().map(|notice| notice.text.clone()).collect();
        if let Some(why) = self.remembered.poll(&self.jobs, &self.settings) {
            self.fail(why);
        }
        self.close();
        self.keep_unshown(&shown);
    }
}
