//! A reader on a window that exists only in memory.

#![allow(clippy::unwrap_used)] // Tests may; clippy does not see that this is one.

use std::sync::Arc;

use eframe::egui::{
    self, Context, Event as Input, FontData, FontFamily, FullOutput, Modifiers, PointerButton, Pos2, RawInput, Rect,
    vec2,
};
use jejak::edit::{SetEditor, Transaction};
use jejak::model::{Annotation, AnnotationSet, ArticleId, Corpus, Id, Name, Origin, Progress, Project, Schema, SetKey};
use jejak::store::settings::Spacing;
use jejak::text::{Span, Text};
use jejak::ui::fonts;
use jejak::ui::reader::{Event, Reader, Scene};
use jejak::ui::theme::Theme;

use super::raster::Raster;

/// The window, what is in it, and what was drawn last.
pub struct Stage {
    pub ctx: Context,
    pub reader: Reader,
    pub text: Text,
    pub corpus: Corpus,
    pub key: SetKey,
    pub dark: bool,
    pub spacing: Spacing,
    pub selected: Vec<Id>,
    pub open_frame: Option<Id>,
    pub hits: Vec<Span>,
    pub size: egui::Vec2,
    /// Labels above the reader.
    pub beside: Vec<String>,
    pub raster: Raster,
    pub output: Option<FullOutput>,
    time: f64,
}

/// Height of the running text's font.
pub const FONT_SIZE: f32 = 17.0;

/// Fonts for scripts that none is bundled for, cut down to the letters of the tests.
const EXTRA: &[(&str, &[u8])] = &[("Test CJK", include_bytes!("../data/fonts/TestCJK-Regular.otf"))];

fn article(text: &str, marks: Vec<Annotation>) -> (Text, Corpus, SetKey) {
    let text = Text::new(text);
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema()));
    let key = (ArticleId::numbered(0), Name::new("a"));
    corpus.load_text(key.0.clone(), text.clone());
    let set = AnnotationSet::new(marks.into_iter().map(Arc::new), Progress::InProgress);
    corpus.load_set(key.clone(), set);
    (text, corpus, key)
}

/// The schema that comes with the program.
pub fn schema() -> Schema {
    ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap()
}

/// An annotation of a label on spans.
pub fn mark(label: &str, at: &[(u32, u32)]) -> Annotation {
    let at = at.iter().map(|&(start, end)| Span::new(start, end)).collect();
    Annotation::new(&Name::new(label), at, Origin::hand(&Name::new("a")))
}

impl Stage {
    /// A window of 900 by 600 points with this article in it.
    pub fn new(text: &str, marks: Vec<Annotation>) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut definitions = fonts::definitions();
        for (name, bytes) in EXTRA {
            definitions.font_data.insert((*name).to_owned(), Arc::new(FontData::from_static(bytes)));
            definitions.families.entry(FontFamily::Proportional).or_default().push((*name).to_owned());
        }
        ctx.set_fonts(definitions);
        let (text, corpus, key) = article(text, marks);
        let mut stage = Self {
            ctx,
            reader: Reader::new(&text, corpus.set(&key.0, &key.1).unwrap(), &corpus.schema),
            text,
            corpus,
            key,
            dark: false,
            spacing: Spacing::Usual,
            selected: Vec::new(),
            open_frame: None,
            hits: Vec::new(),
            size: vec2(900.0, 600.0),
            beside: Vec::new(),
            raster: Raster::default(),
            output: None,
            time: 0.0,
        };
        stage.frame(Vec::new());
        stage
    }

    /// Shows another article in the same window.
    pub fn open(&mut self, text: &str, marks: Vec<Annotation>) {
        (self.text, self.corpus, self.key) = article(text, marks);
        self.reader = Reader::new(&self.text, self.set(), &self.corpus.schema);
        self.frame(Vec::new());
    }

    /// The annotations.
    pub fn set(&self) -> &AnnotationSet {
        self.corpus.set(&self.key.0, &self.key.1).unwrap()
    }

    /// The editor of the set that is shown.
    pub fn set_editor(&self) -> SetEditor<'_> {
        SetEditor::new(&self.corpus, self.key.clone())
    }

    /// Draws a frame after this input; gives back what the reader said.
    pub fn frame(&mut self, events: Vec<Input>) -> Vec<Event> {
        self.frame_with(events, Modifiers::NONE)
    }

    pub fn frame_with(&mut self, mut events: Vec<Input>, modifiers: Modifiers) -> Vec<Event> {
        events.insert(0, Input::ModifiersChanged(modifiers));
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let set = self.corpus.set(&self.key.0, &self.key.1).unwrap();
        let scene = Scene {
            text: &self.text,
            set,
            schema: &self.corpus.schema,
            theme: Theme::of(self.dark),
            language: "en",
            selected: &self.selected,
            open_frame: self.open_frame,
            hits: &self.hits,
            current_hit: (!self.hits.is_empty()).then_some(0),
            spacing: self.spacing,
            font_size: FONT_SIZE,
            show_labels: true,
            tracks: None,
            heard: &|record| vec![record.label.to_string()],
            ghosts: &[],
            current_ghost: None,
        };
        let mut said = Vec::new();
        let (ctx, reader) = (self.ctx.clone(), &mut self.reader);
        let mut output = ctx.run_ui(input, |ui| {
            // Within the frame, and beside other text, as the window does it.
            ui.ctx().set_visuals(scene.theme.visuals());
            for line in &self.beside {
                ui.label(line);
            }
            said.extend(reader.show(ui, &scene));
        });
        self.raster.textures(&mut output.textures_delta);
        self.output = Some(output);
        said
    }

    /// Waits so long that the next click is no second one.
    pub fn wait(&mut self) {
        self.time += 2.0;
        self.frame(Vec::new());
    }

    /// Presses at one place, moves to another and lets go there.
    pub fn drag(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) -> Vec<Event> {
        let button = |pos, pressed| Input::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        self.wait();
        let mut said = self.frame_with(vec![Input::PointerMoved(from)], modifiers);
        said.extend(self.frame_with(vec![button(from, true)], modifiers));
        // By way of a place further off, so that it is a drag however near the end is.
        said.extend(self.frame_with(vec![Input::PointerMoved(to + vec2(0.0, 40.0))], modifiers));
        said.extend(self.frame_with(vec![Input::PointerMoved(to)], modifiers));
        said.extend(self.frame_with(vec![button(to, false)], modifiers));
        said
    }

    /// Clicks so many times.
    pub fn click(&mut self, pos: Pos2, times: usize, modifiers: Modifiers) -> Vec<Event> {
        let button = |pressed| Input::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        self.wait();
        let mut said = self.frame_with(vec![Input::PointerMoved(pos)], modifiers);
        for _ in 0..times {
            said.extend(self.frame_with(vec![button(true)], modifiers));
            said.extend(self.frame_with(vec![button(false)], modifiers));
        }
        said
    }

    /// Applies a transaction to the corpus and tells the reader.
    pub fn apply(&mut self, transaction: &Transaction) {
        transaction.apply(&mut self.corpus).unwrap();
        self.reader.apply(transaction, &self.key, &self.text, &self.corpus.schema);
    }

    /// The last frame as pixels.
    pub fn image(&self) -> egui::ColorImage {
        self.raster.render(&self.ctx, self.output.as_ref().unwrap())
    }
}
