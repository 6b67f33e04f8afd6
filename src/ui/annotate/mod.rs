//! The Annotate view: the list of articles, the open one, and the cards of what is marked in it.

pub mod candidates;
pub mod card_ui;
pub mod describe;
pub mod gold_feedback;
pub mod label_all;
pub mod navigate;
pub mod value_dialog;

use eframe::egui;

use crate::store::settings::Settings;
use crate::t;
use crate::text::Span;
use crate::ui::commands::Command;
use crate::ui::comments;
use crate::ui::reader;
use crate::ui::shell::app::{self, App};
use crate::ui::shell::dispatch;
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::article_list;
use crate::ui::workspace::find::Finder;

/// Shows what stands left and right of the text.
pub fn panels(ui: &mut egui::Ui, app: &mut App, theme: &Theme, commands: &mut Vec<Command>) {
    let focus_filter = std::mem::take(&mut app.focus_filter);
    let Some(work) = &mut app.work else { return };
    // The text keeps the larger part of a narrow window; the list of articles makes way first. Sizes set by
    // hand hold for windows about as wide.
    let width = ui.ctx().content_rect().width();
    let (list, card) = (app.articles_shown.unwrap_or(width >= app::NARROW), app.card_shown.unwrap_or(true));
    if list || focus_filter {
        let panel = egui::Panel::left(("articles", width as u32 / 200)).default_size(width.min(1280.0) * 0.19);
        panel.size_range(110.0..=(width * 0.35).max(120.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            commands.extend(article_list::ui(ui, work, theme, focus_filter));
        });
    }
    if card {
        let wanted = (width * 0.26).clamp(236.0, 340.0);
        let panel = egui::Panel::right(("card", width as u32 / 200)).default_size(wanted);
        panel.size_range(236.0..=(width * 0.42).max(240.0)).show(ui, |ui| {
            // As wide as it is, however little it has to show: a panel shrinks to its content otherwise.
            ui.set_min_width(ui.available_width());
            commands.extend(card_ui::ui(ui, work, theme, &app.settings.language));
        });
    }
}

/// What is drawn beside the annotations of the set that is worked on.
#[derive(Default)]
pub struct Beside<'a> {
    /// What several people say.
    pub tracks: Option<&'a reader::Tracks>,
    /// Places to look at, sorted, where nothing is being looked for.
    pub places: &'a [Span],
    /// Which of them is looked at.
    pub current: Option<usize>,
    /// The annotations are drawn without their names.
    pub quiet: bool,
}

/// The open article, to be marked; gives what the mouse asked for.
pub fn page(
    ui: &mut egui::Ui,
    work: &mut Workspace,
    theme: &Theme,
    settings: &Settings,
    overlay: Option<&Overlay>,
    beside: &Beside<'_>,
) -> Vec<Result<Command, String>> {
    let stepping = gold_feedback::ui(ui, work, theme);
    let events = show(ui, work, theme, settings, overlay, beside);
    let mark = comments::marks(ui, work, false, theme);
    let add = ui.input(|input| input.modifiers.command);
    let answers = events.into_iter().filter_map(|event| answer(work, event, add));
    answers.chain(mark.map(Ok)).chain(stepping.into_iter().map(Ok)).collect()
}

/// The open article: find bar and reader; gives what the mouse did.
pub fn show(
    ui: &mut egui::Ui,
    work: &mut Workspace,
    theme: &Theme,
    settings: &Settings,
    overlay: Option<&Overlay>,
    beside: &Beside<'_>,
) -> Vec<reader::Event> {
    let Some(key) = work.key() else {
        if work.is_loading() {
            ui.centered_and_justified(|ui| ui.label(t!("article-opening")));
        }
        return Vec::new();
    };
    let corpus = work.session.corpus();
    let set = crate::ui::workspace::shown(&work.session, &key.0, &key.1);
    let (Some(text), Some(set)) = (corpus.text(&key.0), set) else { return Vec::new() };
    let Some(open) = &mut work.open else { return Vec::new() };
    let mut asked = crate::ui::workspace::find::Asked::Nothing;
    if let Some(finder) = &mut open.finder {
        asked = finder.ui(ui, text);
    }
    match asked {
        crate::ui::workspace::find::Asked::Nothing => {}
        crate::ui::workspace::find::Asked::Look(hit) => {
            open.reader.set_caret(hit.start);
            open.reader.reveal(hit);
        }
        crate::ui::workspace::find::Asked::Close => {
            open.finder = None;
            open.reader.request_focus(ui.ctx());
        }
    }
    if overlay.is_none() && ui.memory(|memory| memory.focused().is_none()) {
        // Where nothing else has the keyboard, the text has it.
        open.reader.request_focus(ui.ctx());
    }
    let replicating = match overlay {
        Some(Overlay::LabelAll(replicate)) => Some(replicate.hits_in(&key.0)),
        _ => None,
    };
    let sought = replicating.as_deref().or(open.finder.as_ref().map(Finder::hits));
    let current = open.finder.as_ref().map_or(beside.current.filter(|_| sought.is_none()), Finder::current);
    let scene = reader::Scene {
        text,
        set,
        schema: &corpus.schema,
        theme,
        language: &settings.language,
        selected: &open.selected,
        open_frame: open.card.as_ref().map(|card| card.frame),
        hits: sought.unwrap_or(beside.places),
        current_hit: current,
        font_size: app::FONT_SIZE,
        show_labels: settings.label_names && !beside.quiet,
        tracks: beside.tracks,
    };
    open.reader.show(ui, &scene)
}

/// What a mouse event in the text means.
fn answer(work: &mut Workspace, event: reader::Event, add: bool) -> Option<Result<Command, String>> {
    match event {
        reader::Event::Caret => None,
        reader::Event::Selected(span) => match dispatch::armed(work) {
            Some((frame, role)) => Some(Ok(Command::FillText(frame, role, span))),
            None => {
                work.select(Vec::new());
                None
            }
        },
        reader::Event::Clicked { id: Some(id), double: false, .. } => dispatch::clicked(work, id, add).err().map(Err),
        reader::Event::Clicked { id: Some(id), double: true, .. } if work.is_frame(id) => {
            Some(Ok(Command::OpenCard(id)))
        }
        reader::Event::Clicked { id: None, double: false, .. } => {
            // A click beside every annotation lets go of what was selected, but leaves an open card open.
            if let Some(open) = &mut work.open
                && open.card.is_none()
            {
                open.selected.clear();
            }
            None
        }
        reader::Event::Clicked { .. } => None,
        reader::Event::Context { id, .. } => {
            if let Some(id) = id {
                work.select(vec![id]);
            }
            Some(Ok(Command::Palette))
        }
    }
}
