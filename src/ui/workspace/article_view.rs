//! The open article with its find bar, for marking and for reviewing alike.

use eframe::egui;

use super::cx::Cx;
use super::find::{Asked, Finder};
use super::hover::Told;
use super::open_project;
use crate::t;
use crate::text::Span;
use crate::ui::reader;

/// The tracks drawn beside the annotations of the set that is worked on.
#[derive(Default, Clone, Copy)]
pub struct Beside<'a> {
    /// The statements of several people.
    pub tracks: Option<&'a reader::Tracks>,
    /// Places to look at, sorted, where nothing is being looked for.
    pub places: &'a [Span],
    /// The one of them that is looked at.
    pub current: Option<usize>,
    /// The annotations are drawn without their names.
    pub quiet: bool,
    /// Suggestions, by place.
    pub ghosts: &'a [reader::Ghost],
    /// The one of them that keys are about.
    pub current_ghost: Option<usize>,
}

/// A panel over the text.
pub enum Over {
    /// Nothing does.
    Nothing,
    /// A dialog that says nothing about the text.
    Dialog,
    /// A dialog that is about these places of the open article, sorted.
    Preview(Vec<Span>),
}

/// The open article: find bar and reader; gives what the mouse did.
pub fn show(ui: &mut egui::Ui, cx: &mut Cx<'_>, over: &Over, beside: &Beside<'_>) -> Vec<reader::Event> {
    let Cx { workspace: work, settings, theme, jobs } = cx;
    let Some(key) = work.key() else {
        if work.is_loading() {
            ui.centered_and_justified(|ui| ui.label(t!("article-opening")));
        }
        return Vec::new();
    };
    let corpus = work.session.corpus();
    let set = open_project::shown(&work.session, &key.0, &key.1);
    let (Some(text), Some(set)) = (corpus.text(&key.0), set) else { return Vec::new() };
    let Some(open) = &mut work.open else { return Vec::new() };
    let mut asked = Asked::Nothing;
    if let Some(finder) = &mut open.finder {
        asked = finder.ui(ui, text, &work.session, jobs, theme);
    }
    match asked {
        Asked::Nothing => {}
        Asked::Go(article, quote) => {
            work.show_place(jobs, &article, None, vec![quote]);
            return Vec::new();
        }
        Asked::Look(hit) => {
            open.look_at_hit(hit);
        }
        Asked::Close => {
            open.finder = None;
            open.reader.request_focus(ui.ctx());
        }
    }
    if matches!(over, Over::Nothing) && ui.memory(|memory| memory.focused().is_none()) {
        // Where nothing else has the keyboard, the text has it.
        open.reader.request_focus(ui.ctx());
    }
    let previewed = match over {
        Over::Preview(places) => Some(&places[..]),
        Over::Nothing | Over::Dialog => None,
    };
    let sought = previewed.or(open.finder.as_ref().map(Finder::hits));
    let current = open.finder.as_ref().map_or(beside.current.filter(|_| sought.is_none()), Finder::current);
    let told = Told { corpus, owner: &key.1, text, set, language: &settings.language };
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
        spacing: settings.spacing,
        font_size: f32::from(settings.text_size),
        show_labels: settings.label_names && !beside.quiet,
        tracks: beside.tracks,
        heard: &|record| told.about(record),
        ghosts: beside.ghosts,
        current_ghost: beside.current_ghost,
    };
    let events = open.reader.show(ui, &scene);
    told.ui(ui, open.reader.rested_on(), theme);
    if let Some((script, font, package)) = open.reader.lacks_font() {
        work.said = Some(t!("font-lacking", script = script, font = font, package = package));
        ui.ctx().request_repaint();
    }
    events
}
