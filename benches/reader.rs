//! The reader's figures: CPU time of whole frames (egui's run and tessellation, AccessKit on) and memory, beside the
//! same text as one label. Run with `cargo bench --bench reader`.
#![allow(clippy::print_stdout)] // Figures are what a bench is for.

#[path = "made/article.rs"]
mod article;
#[path = "made/clock.rs"]
mod clock;

use std::sync::Arc;

use article::{Dice, made as article};
use clock::now;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Context, Event as Input, FontId, Label, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect,
    ScrollArea, TouchPhase, Vec2, pos2, vec2,
};
use jejak::edit::{SetEditor, Transaction};
use jejak::model::{Annotation, AnnotationSet, ArticleId, Corpus, Id, Name, Progress, Project, Schema, SetKey};
use jejak::store::settings::Spacing;
use jejak::text::{Span, Text};
use jejak::ui::fonts;
use jejak::ui::reader::{Reader, Scene};
use jejak::ui::theme::{Theme, with_alpha};

const WINDOW: Vec2 = vec2(1280.0, 800.0);

/// A window without a screen.
struct Window {
    ctx: Context,
    size: Vec2,
    time: f64,
}

impl Window {
    fn new() -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        fonts::install(&ctx);
        let mut window = Self { ctx, size: WINDOW, time: 0.0 };
        // Fonts are parsed once for the whole program, before any article is opened.
        window.frame(Vec::new(), |ui| drop(ui.label("warm")));
        // As the program does at its start.
        window.frame(Vec::new(), |ui| {
            ui.label("warm");
            jejak::ui::reader::warm(ui.ctx(), 17.0);
        });
        window
    }

    /// Runs and tessellates a frame; gives back its CPU time.
    fn frame(&mut self, events: Vec<Input>, mut draw: impl FnMut(&mut eframe::egui::Ui)) -> f64 {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, self.size));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let start = now();
        let mut output = self.ctx.run_ui(input, |ui| draw(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let primitives = self.ctx.tessellate(shapes, output.pixels_per_point);
        let spent = now() - start;
        assert!(!primitives.is_empty() && output.platform_output.accesskit_update.is_some());
        output.drop_without_applying_deltas();
        spent
    }
}

/// An article open in a window.
struct Open {
    window: Window,
    reader: Reader,
    text: Text,
    corpus: Corpus,
    key: SetKey,
    selected: Vec<Id>,
}

impl Open {
    /// Opens an article; gives back what that cost, the first frame included.
    fn new(text: &Text, marks: &[Annotation], schema: &Schema) -> (Self, f64) {
        let key = (ArticleId::numbered(0), Name::new("a"));
        let mut corpus = Corpus::new(Project::default(), Arc::new(schema.clone()));
        let set = AnnotationSet::new(marks.iter().cloned().map(Arc::new), Progress::InProgress);
        corpus.load_set(key.clone(), set);
        let window = Window::new();
        let start = now();
        let reader = Reader::new(text, corpus.set(&key.0, &key.1).expect("it was just loaded"), &corpus.schema);
        let indexed = now() - start;
        let mut open = Self { window, reader, text: text.clone(), corpus, key, selected: Vec::new() };
        let drawn = open.frame(Vec::new());
        (open, indexed + drawn)
    }

    fn frame(&mut self, events: Vec<Input>) -> f64 {
        let set = self.corpus.set(&self.key.0, &self.key.1).expect("it is loaded");
        let scene = Scene {
            text: &self.text,
            set,
            schema: &self.corpus.schema,
            theme: Theme::of(false),
            language: "en",
            selected: &self.selected,
            open_frame: None,
            hits: &[],
            current_hit: None,
            spacing: Spacing::Usual,
            font_size: 17.0,
            show_labels: true,
            tracks: None,
            heard: &|record| vec![record.label.to_string()],
            ghosts: &[],
            current_ghost: None,
        };
        let reader = &mut self.reader;
        self.window.frame(events, |ui| drop(reader.show(ui, &scene)))
    }

    /// Applies a transaction and draws the frame after it.
    fn edit(&mut self, transaction: &Transaction) -> f64 {
        let start = now();
        transaction.apply(&mut self.corpus).expect("it was made for this corpus");
        self.reader.apply(transaction, &self.key, &self.text, &self.corpus.schema);
        now() - start + self.frame(Vec::new())
    }

    fn set_editor(&self) -> SetEditor<'_> {
        SetEditor::new(&self.corpus, self.key.clone())
    }
}

fn wheel(points: f32) -> Vec<Input> {
    let (unit, delta, modifiers) = (MouseWheelUnit::Point, vec2(0.0, points), Modifiers::NONE);
    vec![
        Input::PointerMoved(pos2(600.0, 400.0)),
        Input::MouseWheel { unit, delta, modifiers, phase: TouchPhase::Move, source: MouseWheelSource::Unknown },
    ]
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share).round() as usize]
}

fn median(mut times: Vec<f64>) -> f64 {
    quantile(&mut times, 0.5)
}

fn say(name: &str, value: f64, unit: &str) {
    println!("reader.{name} {value:.3} {unit}");
}

/// The text with its annotations' fills as one label in a scroll area: first frame, idle frame, scrolling frame.
fn one_label(text: &Text, set: &AnnotationSet) -> (f64, f64, f64) {
    let mut window = Window::new();
    let theme = Theme::of(false);
    let start = now();
    let plain = TextFormat::simple(FontId::proportional(17.0), theme.text);
    let marked = TextFormat { background: with_alpha(theme.accent, 40), ..plain.clone() };
    let mut job = LayoutJob::default();
    let mut at = 0;
    for span in set.iter().flat_map(|record| record.at.iter()).copied() {
        if span.start > at {
            job.append(text.slice(Span::new(at, span.start)), 0.0, plain.clone());
        }
        if span.end > at {
            job.append(text.slice(Span::new(at.max(span.start), span.end)), 0.0, marked.clone());
            at = span.end;
        }
    }
    job.append(text.slice(Span::new(at, text.len())), 0.0, plain);
    job.wrap.max_width = 730.0;
    let job = Arc::new(job);
    let made = now() - start;
    let mut frame = |events| {
        window.frame(events, |ui| {
            ScrollArea::vertical().show(ui, |ui| drop(ui.add(Label::new(job.clone()))));
        })
    };
    let first = made + frame(Vec::new());
    let idle = median((0..9).map(|_| frame(Vec::new())).collect());
    let scroll = median((0..15).map(|_| frame(wheel(-120.0))).collect());
    (first, idle, scroll)
}

fn stress(schema: &Schema) {
    let (text, marks) = article(20_000, 50, 100_000, 10_000, schema);
    let first_open = median((0..5).map(|_| Open::new(&text, &marks, schema).1).collect());
    say("stress.first_open", first_open, "ms");
    let (mut open, _) = Open::new(&text, &marks, schema);
    for _ in 0..5 {
        open.frame(Vec::new());
    }
    let idle = median((0..200).map(|_| open.frame(Vec::new())).collect());
    say("stress.idle", idle, "ms");
    let mut times: Vec<f64> = (0..1000).map(|_| open.frame(wheel(-120.0))).collect();
    let scroll = quantile(&mut times, 0.5);
    say("stress.scroll_median", scroll, "ms");
    say("stress.scroll_p99", quantile(&mut times, 0.99), "ms");
    let mut dice = Dice(3);
    let jump = |_| {
        let at = open.text.grapheme_floor(dice.below(open.text.len() as usize) as u32);
        open.reader.reveal(Span::new(at, at));
        open.frame(Vec::new())
    };
    let mut jumps: Vec<f64> = (0..200).map(jump).collect();
    say("stress.jump", quantile(&mut jumps, 0.5), "ms");
    edits(&mut open);
    let resize = |index: usize| {
        open.window.size.x = if index.is_multiple_of(2) { 700.0 } else { 1280.0 };
        open.frame(Vec::new())
    };
    say("stress.resize", median((0..10).map(resize).collect()), "ms");
    say("stress.memory", open.reader.memory() as f64 / 1e6, "MB");
    let set = open.corpus.set(&open.key.0, &open.key.1).expect("it is loaded");
    let (label_first, label_idle, label_scroll) = one_label(&text, set);
    say("stress.ratio_first_open", label_first / first_open, "x");
    say("stress.ratio_idle", label_idle / idle, "x");
    say("stress.ratio_scroll", label_scroll / scroll, "x");
}

/// The frame after labelling, deleting and undoing, in the middle of the article.
fn edits(open: &mut Open) {
    let (mut label, mut delete, mut undo) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..50 {
        let word = open.text.word_from(open.text.len() / 100 * (index + 20)).expect("there are words everywhere");
        open.reader.reveal(word);
        open.frame(Vec::new());
        let (made, id) = open.set_editor().label(&Name::new("person"), vec![word]);
        label.push(open.edit(&made));
        open.selected = vec![id];
        let gone = open.set_editor().delete(&[id]);
        delete.push(open.edit(&gone));
        undo.push(open.edit(&gone.inverse()));
    }
    say("stress.label", median(label), "ms");
    say("stress.delete", median(delete), "ms");
    say("stress.undo", median(undo), "ms");
}

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).expect("a test reads it, too");
    stress(&schema);
    let (text, marks) = article(28, 250, 250, 30, &schema);
    let (mut open, _) = Open::new(&text, &marks, &schema);
    for _ in 0..20 {
        open.frame(Vec::new());
    }
    let mut frames: Vec<f64> = (0..100).map(|_| open.frame(Vec::new())).collect();
    frames.extend((0..100).map(|index| open.frame(wheel(if index < 50 { -40.0 } else { 40.0 }))));
    say("usual.frame", median(frames), "ms");
}
