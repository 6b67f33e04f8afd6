//! What a person waits for in the whole window: from a key or a click until other pixels are there, with painting on the CPU
//! and the pixels read back. Each line is `name value unit`.
//!
//! `cargo bench --bench window`, or with `work` or `open` for what is done in an article or its opening alone. `_frame` is the
//! part of it that is the program's (egui's run, its extra passes and
//! tessellation, AccessKit on), the rest is what drawing without a graphics card takes.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once, and prints.

#[path = "made/article.rs"]
mod article;
#[path = "made/clock.rs"]
mod clock;
#[path = "../tests/common/raster.rs"]
#[allow(dead_code)] // It can also save what it drew.
mod raster;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Node;
use eframe::egui::{
    ClippedPrimitive, ColorImage, Context, Event, FullOutput, Key, Modifiers, MouseWheelSource, MouseWheelUnit,
    PointerButton, Pos2, RawInput, Rect, TouchPhase, Vec2, pos2, vec2,
};
use jejak::edit::{Edit, Transaction};
use jejak::ingest::Draft;
use jejak::model::{Annotation, ArticleId, Name, Schema};
use jejak::store::settings::Settings;
use jejak::store::{Access, SaveState, Session};
use jejak::text::{Span, Text};
use jejak::ui::App;
use raster::Raster;

const WINDOW: Vec2 = vec2(1280.0, 800.0);
/// The articles: name, paragraphs of 250 characters, annotations, roles that are filled.
const ARTICLES: [(&str, usize, usize, usize); 3] =
    [("10kB", 40, 200, 20), ("100kB", 400, 2_000, 200), ("1MB", 4_000, 20_000, 2_000)];
const TIMES: usize = 21;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    make(&project, &schema);
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    if wants("work") {
        let mut window = Window::open(home.path(), &project);
        for (name, ..) in ARTICLES {
            window.show(name);
            keys(&mut window, name);
            clicks(&mut window, name);
            idle(&mut window, name);
        }
    }
    if !wants("open") {
        return;
    }
    // Each time in a new window: an article that was open is in memory.
    for (number, (name, ..)) in ARTICLES.iter().enumerate() {
        let other = ARTICLES[(number + 1) % ARTICLES.len()].0;
        let opened = (0..7).map(|_| Window::open(home.path(), &project).show(other).show(name).opened);
        let opened: Vec<Opened> = opened.collect();
        let of = |part: fn(&Opened) -> f64| median(opened.iter().map(part).collect());
        say(&format!("open_to_pixels_{name}"), of(|opened| opened.pixels), "ms");
        say(&format!("open_cpu_{name}"), of(|opened| opened.cpu), "ms");
        say(&format!("open_frame_{name}"), of(|opened| opened.frames), "ms");
    }
}

fn say(name: &str, value: f64, unit: &str) {
    println!("window.{name} {value:.3} {unit}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A project with [`ARTICLES`], and all annotations in the set of one person.
fn make(project: &Path, schema: &Schema) {
    let person = Name::new("a");
    Session::create(project, "Window", schema.clone()).unwrap();
    let mut session = Session::open(project, &person, Access::Write).unwrap();
    let made: Vec<(Text, Vec<Annotation>)> = ARTICLES
        .iter()
        .map(|&(_, paragraphs, marks, links)| article::made(paragraphs, 250, marks, links, schema))
        .collect();
    let draft = |(index, (text, _)): (usize, &(Text, Vec<Annotation>))| Draft {
        text: text.as_str().to_owned(),
        title: ARTICLES[index].0.to_owned(),
        source: format!("{index}.txt"),
        ..Draft::default()
    };
    session.add_articles(made.iter().enumerate().map(draft).collect()).unwrap();
    for (index, (_, marks)) in made.into_iter().enumerate() {
        let id = ArticleId::numbered(index);
        session.load(&id, std::slice::from_ref(&person)).unwrap();
        let mut all = Transaction::new("annotations", &person);
        let set = (id, person.clone());
        all.edits.extend(marks.into_iter().map(|mark| Edit::new(set.clone(), None, Some(Arc::new(mark)))));
        session.commit(all).unwrap();
    }
    session.close().unwrap();
}

/// The whole window, without a screen.
struct Window {
    ctx: Context,
    app: App,
    raster: Raster,
    time: f64,
    output: Option<FullOutput>,
    image: ColorImage,
    /// Milliseconds of the last frame without drawing.
    spent: f64,
    opened: Opened,
}

/// Milliseconds that the opening of an article took.
#[derive(Clone, Copy, Default)]
struct Opened {
    /// From the click until it was painted, on the clock on the wall.
    pixels: f64,
    /// Processor time of all threads in this.
    cpu: f64,
    /// The work of the drawing thread without drawing.
    frames: f64,
}

impl Window {
    fn open(home: &Path, project: &Path) -> Self {
        let settings = home.join("settings");
        let here = Settings { annotator: "a".into(), welcomed: true, dark: Some(false), ..Settings::default() };
        here.save(&settings).unwrap();
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut app = App::new(&ctx, Some(settings));
        app.open(&ctx, project, Access::Write);
        let (raster, image) = (Raster::default(), ColorImage::default());
        let mut window =
            Self { ctx, app, raster, time: 0.0, output: None, image, spent: 0.0, opened: Opened::default() };
        window.settle();
        window
    }

    /// Runs a frame with this input, paints it and reads it back; true where other pixels are there than before.
    fn frame(&mut self, events: Vec<Event>) -> bool {
        let meshes = self.quick(events);
        let image = self.raster.draw(&self.ctx, &meshes, self.ctx.pixels_per_point());
        let changed = image.pixels != self.image.pixels;
        self.image = image;
        changed
    }

    /// Runs a frame with this input up to its triangles.
    fn quick(&mut self, events: Vec<Event>) -> Vec<ClippedPrimitive> {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, WINDOW));
        let input = RawInput { screen_rect, time: Some(self.time), events, focused: true, ..RawInput::default() };
        let start = clock::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.frame(ui));
        let meshes = self.ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        self.spent = clock::now() - start;
        self.raster.textures(&mut output.textures_delta);
        self.output = Some(output);
        meshes
    }

    /// Lets the window run until nothing is on its way any more.
    fn settle(&mut self) {
        let start = Instant::now();
        loop {
            self.frame(Vec::new());
            let saving = self.app.work.as_ref().is_some_and(|work| work.session.save_state() != SaveState::Saved);
            if !self.app.busy() && !saving {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "the window is busy without end");
            std::thread::sleep(Duration::from_millis(2));
        }
        // A pause of its own keeps it from being a double click.
        self.time += 2.0;
        self.frame(Vec::new());
        self.frame(Vec::new());
    }

    /// The middle of the row of an article in the list.
    fn row(&self, name: &str) -> Pos2 {
        let update = self.output.as_ref().unwrap().platform_output.accesskit_update.as_ref().unwrap();
        let named = |node: &&Node| node.label().is_some_and(|label| label.starts_with(&format!("{name}, ")));
        let bounds = update.nodes.iter().map(|(_, node)| node).find(named).unwrap().bounds().unwrap();
        pos2((bounds.x0 + bounds.x1) as f32, (bounds.y0 + bounds.y1) as f32) / 2.0
    }

    fn shows(&self, id: &ArticleId) -> bool {
        self.app.work.as_ref().and_then(|work| work.open.as_ref()).is_some_and(|open| open.id == *id)
    }

    /// Opens an article by a click in the list.
    fn show(&mut self, name: &str) -> &mut Self {
        let at = self.row(name);
        let id = ArticleId::numbered(ARTICLES.iter().position(|article| article.0 == name).unwrap());
        if self.shows(&id) {
            return self;
        }
        self.frame(vec![Event::PointerMoved(at)]);
        self.frame(vec![button(at, true)]);
        let (start, cpu) = (Instant::now(), clock::of_process());
        self.frame(vec![button(at, false)]);
        let mut spent = self.spent;
        while !self.shows(&id) {
            assert!(start.elapsed() < Duration::from_secs(60), "article {name} does not open");
            std::thread::sleep(Duration::from_micros(200));
            if self.ctx.has_requested_repaint() {
                self.frame(Vec::new());
                spent += self.spent;
            }
        }
        let pixels = start.elapsed().as_secs_f64() * 1e3;
        self.opened = Opened { pixels, cpu: clock::of_process() - cpu, frames: spent };
        self.settle();
        self
    }

    fn reader(&mut self) -> &mut jejak::ui::reader::Reader {
        &mut self.app.work.as_mut().unwrap().open.as_mut().unwrap().reader
    }

    /// The `index`-th of so many places all over the article: a word that is in view then.
    fn look_at(&mut self, index: usize) -> Span {
        let text = self.app.work.as_ref().unwrap().page().unwrap().0;
        let word = text.word_from(text.len() / (TIMES as u32 + 2) * (index as u32 + 1)).unwrap();
        self.reader().set_caret(word.start);
        self.reader().reveal(word);
        self.settle();
        word
    }
}

/// What was measured of one kind of action.
#[derive(Default)]
struct Times {
    pixels: Vec<f64>,
    frames: Vec<f64>,
}

impl Times {
    /// Measures one frame, which has to show something new.
    fn measure(&mut self, window: &mut Window, what: &str, events: Vec<Event>) {
        let start = clock::now();
        assert!(window.frame(events), "{what} is not seen in the frame that reads it");
        self.pixels.push(clock::now() - start);
        self.frames.push(window.spent);
    }

    fn say(self, name: &str, article: &str) {
        say(&format!("{name}_to_pixels_{article}"), median(self.pixels), "ms");
        say(&format!("{name}_frame_{article}"), median(self.frames), "ms");
    }
}

/// A label's key on a selected word, Ctrl+Z after it, and an arrow.
fn keys(window: &mut Window, article: &str) {
    let (mut label, mut undo, mut arrow) = (Times::default(), Times::default(), Times::default());
    for index in 0..TIMES {
        let word = window.look_at(index);
        window.reader().select(word);
        window.settle();
        label.measure(window, "a label", vec![Event::Text("p".to_owned())]);
        window.settle();
        undo.measure(window, "Ctrl+Z", vec![press(Key::Z, Modifiers::COMMAND)]);
        window.settle();
        arrow.measure(window, "an arrow", vec![press(Key::ArrowRight, Modifiers::NONE)]);
        window.settle();
    }
    label.say("key", article);
    undo.say("undo", article);
    arrow.say("arrow", article);
}

/// A click on what is annotated, and a double click on a word.
fn clicks(window: &mut Window, article: &str) {
    let (mut click, mut double) = (Times::default(), Times::default());
    for index in 0..TIMES {
        let word = window.look_at(index);
        let marked = window.app.work.as_ref().unwrap().page().unwrap().1.iter();
        let span = marked.flat_map(|record| record.at.iter().copied()).find(|span| span.start >= word.start).unwrap();
        for (times, presses, span) in [(&mut click, 1, span), (&mut double, 2, word)] {
            let Some(rect) = window.reader().rect_of(span).first().copied() else { continue };
            let at = rect.center();
            window.frame(vec![Event::PointerMoved(at)]);
            window.settle();
            if presses == 2 {
                window.frame(vec![button(at, true)]);
                window.frame(vec![button(at, false)]);
                times.measure(window, "a double click", vec![button(at, true)]);
                window.frame(vec![button(at, false)]);
            } else {
                window.frame(vec![button(at, true)]);
                times.measure(window, "a click", vec![button(at, false)]);
            }
            window.settle();
        }
    }
    click.say("click", article);
    double.say("doubleclick", article);
}

/// Frames in which nothing happens, and frames that scroll.
fn idle(window: &mut Window, article: &str) {
    let mut rest = Vec::new();
    for _ in 0..100 {
        window.quick(Vec::new());
        rest.push(window.spent);
    }
    say(&format!("idle_frame_{article}"), median(rest), "ms");
    window.quick(vec![Event::PointerMoved(pos2(600.0, 400.0))]);
    let mut scrolled = Vec::new();
    for index in 0..100 {
        let delta = vec2(0.0, if index < 50 { -60.0 } else { 60.0 });
        let (unit, modifiers) = (MouseWheelUnit::Point, Modifiers::NONE);
        let (phase, source) = (TouchPhase::Move, MouseWheelSource::Unknown);
        window.quick(vec![Event::MouseWheel { unit, delta, modifiers, phase, source }]);
        scrolled.push(window.spent);
    }
    say(&format!("scroll_frame_{article}"), median(scrolled), "ms");
    window.settle();
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}
