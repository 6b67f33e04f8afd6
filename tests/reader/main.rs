//! The article view, driven without a screen: what the mouse and the caret mean, and what is drawn where.
#![allow(clippy::unwrap_used)] // Helpers of tests may, too.

mod marks;
#[path = "../common/raster.rs"]
mod raster;
#[path = "../common/stage.rs"]
mod stage;

use std::collections::BTreeMap;

use eframe::egui::{
    self, Event as Input, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Shape, TouchPhase, pos2,
    vec2,
};
use jejak::model::{Filler, Id, Name, Role};
use jejak::store::settings::Spacing;
use jejak::text::Span;
use jejak::ui::reader::{Event, Motion, Step};
use proptest::prelude::*;
use raster::save;
use stage::{FONT_SIZE, Stage, mark};
use unicode_segmentation::UnicodeSegmentation;

/// Where `what` stands in a text.
fn find(text: &str, what: &str) -> Span {
    let at = text.find(what).unwrap_or_else(|| panic!("{what:?} is not in {text:?}")) as u32;
    Span::new(at, at + what.len() as u32)
}

/// A place on the grapheme at `span`, as far into it in reading direction as `share` says.
fn on(stage: &Stage, span: Span, share: f32) -> Pos2 {
    let rects = stage.reader.rect_of(span);
    let [rect] = rects[..] else { panic!("{:?} is drawn at {rects:?}", stage.text.slice(span)) };
    let leading = stage.reader.caret_rect(span.start).unwrap().center().x;
    let rtl = (leading - rect.right()).abs() < (leading - rect.left()).abs();
    let share = if rtl { 1.0 - share } else { share };
    pos2(rect.left() + rect.width() * share, rect.center().y)
}

/// The graphemes at both ends of a span.
fn ends(stage: &Stage, span: Span) -> (Span, Span) {
    let text = &stage.text;
    let first = Span::new(span.start, text.next_grapheme(span.start));
    (first, Span::new(text.prev_grapheme(span.end), span.end))
}

/// The characters whose glyphs egui draws in the middle of one of the rectangles of `span`, and all others; only
/// glyphs that take room, each as the first character of what it stands for.
fn drawn(stage: &Stage, span: Span) -> (BTreeMap<char, usize>, BTreeMap<char, usize>) {
    let rects = stage.reader.rect_of(span);
    let (mut inside, mut outside) = (BTreeMap::new(), BTreeMap::new());
    for clipped in &stage.output.as_ref().unwrap().shapes {
        let Shape::Text(text) = &clipped.shape else { continue };
        if text.galley.job.sections.first().is_none_or(|section| section.format.font_id.size != FONT_SIZE) {
            continue;
        }
        for row in &text.galley.rows {
            for glyph in row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0 && !glyph.chr.is_whitespace()) {
                let x = text.pos.x + row.pos.x + glyph.pos.x + glyph.advance_width / 2.0;
                let place = pos2(x, text.pos.y + row.pos.y + row.height() / 2.0);
                let side = if rects.iter().any(|rect| rect.contains(place)) { &mut inside } else { &mut outside };
                *side.entry(glyph.chr).or_insert(0) += 1;
            }
        }
    }
    (inside, outside)
}

/// Each letter of a text that takes room, as often as it stands there.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for cluster in text.graphemes(true).filter(|cluster| !matches!(*cluster, " " | "\u{a0}" | "\u{ad}")) {
        *letters.entry(cluster.chars().next().unwrap()).or_insert(0) += 1;
    }
    letters
}

/// Script, text, and what is selected in it. Within a text no letter of what is selected stands right beside it.
const SCRIPTS: &[(&str, &str, &str)] = &[
    ("Latin", "The queen arrived at Port Salim yesterday", "Port Salim"),
    ("Latin inside a word", "The queen arrived", "rriv"),
    ("Indonesian with NBSP", "Raja tiba di Bandar\u{a0}Laut pada Rabu", "Bandar\u{a0}Laut"),
    ("soft hyphen", "perjan\u{ad}jian dagang", "jan\u{ad}ji"),
    ("Vietnamese", "Vua đã đến thành phố Bến Nghé hôm qua", "Bến Nghé"),
    ("Vietnamese in NFD", "Vua de\u{302}\u{301}n tha\u{300}nh pho\u{302}\u{301} xưa", "tha\u{300}nh"),
    ("Arabic", "وصل الملك أرونا إلى المدينة أمس", "أرونا"),
    ("Arabic with lam-alef", "قال السلام عليكم", "السلام"),
    ("Arabic with brackets", "زار مدينة (سيبرانغ) أمس", "(سيبرانغ)"),
    ("Hebrew with digits and Latin", "המלך הגיע ב-12 במרץ 2024 אל Port Salim לביקור", "12 במרץ 2024"),
    ("Latin in Hebrew", "המלך הגיע אל Port Salim לביקור", "Port Salim"),
    ("Hebrew in Latin", "The name שלום means peace", "שלום means"),
    ("Thai", "พระราชาอรุณเสด็จถึงเมือง", "อรุณ"),
    ("Thai with am", "ดื่มน้ำใสทุกวัน", "น้ำใส"),
    ("Devanagari", "राजा अरुणा कल शहर पहुँचे", "अरुणा"),
    ("Devanagari conjuncts", "वह क्षत्रिय योद्धा था", "क्षत्रिय"),
    ("Chinese", "国王昨天抵达北京访问", "抵达北京"),
    ("Japanese", "王は昨日、東京に到着した", "東京"),
    ("Korean", "왕은 어제 서울에 도착했다", "서울"),
    ("emoji", "pergi 👩‍👩‍👧 ke 🇮🇩 lagi", "👩‍👩‍👧 ke"),
    ("flags", "dari 🇮🇩🇫🇷 lagi", "🇫🇷"),
];

#[test]
fn a_line_of_a_list_is_read_in_its_own_direction() {
    let stage = Stage::new("x", Vec::new());
    let left = |text: &str| -> Option<Vec<(f32, char)>> {
        let galley = jejak::ui::reader::one_line(&stage.ctx, text, 13.0, 300.0)?;
        let glyphs =
            galley.rows.iter().flat_map(|row| row.glyphs.iter().map(|glyph| (row.pos.x + glyph.pos.x, glyph.chr)));
        Some(glyphs.collect())
    };
    let words = left("ראשון שני").unwrap();
    let at = |c: char| words.iter().find(|(_, first)| *first == c).unwrap().0;
    assert!(at('ר') > at('ש'), "{words:?}: the first word stands to the right of the second");
    assert!(left("Raka Wirya tiba").is_none() && left("Émile Zúñiga").is_none());
}

#[test]
fn glyphs_stay_themselves_when_the_theme_changes() {
    let mut stage = Stage::new("Raka Wirya tiba di Bandar Laut, kata juru bicara.", vec![mark("person", &[(0, 10)])]);
    stage.beside = ["Articles", "Labels", "Raka Wirya tiba di Bandar Laut, kata juru bicara."].map(String::from).into();
    let mut shown = Vec::new();
    for dark in [false, true, false, true, false] {
        stage.dark = dark;
        for _ in 0..4 {
            stage.frame(Vec::new());
        }
        shown.push(stage.image());
    }
    assert!(shown[0] == shown[2] && shown[2] == shown[4], "light is light again");
    assert!(shown[1] == shown[3], "dark is dark again");
}

#[test]
fn dragging_between_drawn_characters_selects_what_is_between() {
    let mut stage = Stage::new("", Vec::new());
    for &(script, text, wanted) in SCRIPTS {
        stage.open(text, Vec::new());
        let span = find(text, wanted);
        let (first, last) = ends(&stage, span);
        let (from, to) = (on(&stage, first, 0.2), on(&stage, last, 0.8));
        for (from, to) in [(from, to), (to, from)] {
            let said = stage.drag(from, to, Modifiers::ALT);
            assert_eq!(said, [Event::Selected(span)], "{script}");
            assert_eq!(stage.reader.selection(), Some(span), "{script}");
        }
    }
}

#[test]
fn the_highlight_covers_exactly_what_is_selected() {
    let mut stage = Stage::new("", Vec::new());
    for &(script, text, wanted) in SCRIPTS {
        stage.open(text, Vec::new());
        let span = find(text, wanted);
        let (inside, outside) = drawn(&stage, span);
        let all = letters(text);
        let expected = letters(wanted);
        assert!(!inside.is_empty(), "{script}");
        // Ligatures and letters of several glyphs are drawn in other numbers; never another letter, and never outside.
        let joined = matches!(script, "Arabic with lam-alef" | "Thai with am" | "Arabic with brackets")
            || script.starts_with("Devanagari")
            || script.starts_with("emoji");
        if joined {
            let mirrored = |c: &char| matches!(c, '(' | ')');
            assert!(inside.keys().all(|c| expected.contains_key(c) || mirrored(c)), "{script}: {inside:?}");
            let unique = expected.keys().filter(|c| all[c] == expected[c] && !mirrored(c));
            assert!(unique.clone().all(|c| !outside.contains_key(c)), "{script}: {outside:?}");
        } else {
            assert_eq!(inside, expected, "{script}");
        }
    }
}

#[test]
fn a_rough_selection_means_whole_words() {
    let text = "Raja tiba di “Bandar Laut”, kata Wira.";
    let mut stage = Stage::new(text, Vec::new());
    let at = |what: &str| find(text, what);
    let (from, to) = (
        on(&stage, at("ndar").start_grapheme(), 0.2),
        on(&stage, Span::new(at("aut").start, at("aut").start + 1), 0.8),
    );
    assert_eq!(stage.drag(from, to, Modifiers::NONE), [Event::Selected(at("Bandar Laut"))]);
    assert_eq!(stage.reader.raw_selection(), Some(at("ndar La")));
    let on_wira = on(&stage, at("W"), 0.3);
    assert_eq!(
        stage.drag(from, on_wira, Modifiers::NONE),
        [Event::Selected(at("“Bandar Laut”, kata"))],
        "not Wira yet"
    );
    let said = stage.click(on_wira, 2, Modifiers::NONE);
    assert_eq!(
        said[2..],
        [Event::Selected(at("Wira")), Event::Clicked { id: None, byte: at("W").start, double: true }]
    );
    let said = stage.click(on_wira, 3, Modifiers::NONE);
    assert_eq!(said.last(), Some(&Event::Selected(Span::new(0, text.len() as u32))));
    stage.click(from, 1, Modifiers::NONE);
    assert_eq!((stage.reader.selection(), stage.reader.caret()), (None, at("ndar").start));
    let said = stage.click(on_wira, 1, Modifiers::SHIFT);
    assert_eq!(said, [Event::Selected(at("“Bandar Laut”, kata"))]);
}

trait StartGrapheme {
    fn start_grapheme(self) -> Span;
}

impl StartGrapheme for Span {
    /// Its first byte, for spans that begin with ASCII.
    fn start_grapheme(self) -> Span {
        Span::new(self.start, self.start + 1)
    }
}

#[test]
fn clicking_a_stack_goes_through_it_the_shortest_first() {
    let text = "Raja Aruna dari Bandar Laut tiba";
    let marks = vec![mark("person", &[(0, 27)]), mark("object", &[(0, 4)]), mark("person", &[(0, 10)])];
    let ids: Vec<Id> = [1, 2, 0].map(|index: usize| marks[index].id).to_vec();
    let mut stage = Stage::new(text, marks);
    let place = on(&stage, Span::new(1, 2), 0.5);
    for round in 0..2 {
        for &wanted in &ids {
            let said = stage.click(place, 1, Modifiers::NONE);
            let Some(Event::Clicked { id: Some(id), byte: 1, double: false }) = said.last() else { panic!("{said:?}") };
            assert_eq!(*id, wanted, "round {round}");
            stage.selected = vec![*id];
        }
    }
    let on_bar = on(&stage, Span::new(24, 25), 0.5) + vec2(0.0, 19.0);
    let said = stage.click(on_bar, 1, Modifiers::NONE);
    assert!(matches!(said.last(), Some(Event::Clicked { id: Some(id), .. }) if *id == ids[2]), "{said:?}");
    stage.wait();
    let button = |pressed| Input::PointerButton {
        pos: place,
        button: PointerButton::Secondary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    stage.frame(vec![Input::PointerMoved(place), button(true)]);
    let said = stage.frame(vec![button(false)]);
    assert_eq!(said, [Event::Context { id: Some(ids[0]), byte: 1, pos: place }]);
}

#[test]
fn the_caret_goes_everywhere_without_a_mouse() {
    let first = "Raja tiba. Ratu pergi ke kota. ".repeat(8);
    let text = format!("{first}\n\nPenutup (kata Wira).");
    let mut stage = Stage::new(&text, Vec::new());
    let end = text.len() as u32;
    let last = find(&text, "Penutup").start;
    let cases: &[(u32, Step, bool, u32)] = &[
        (0, Step::Grapheme, true, 1),
        (0, Step::Grapheme, false, 0),
        (0, Step::Word, true, 5),
        (5, Step::Word, true, 11),
        (7, Step::Word, false, 5),
        (5, Step::Word, false, 0),
        (0, Step::Sentence, true, 11),
        (20, Step::Sentence, false, 11),
        (11, Step::Sentence, false, 0),
        (3, Step::Paragraph, true, last),
        (last, Step::Paragraph, false, 0),
        (3, Step::Text, true, end),
        (end, Step::Text, false, 0),
        (last + 3, Step::Edge, true, end),
        (last + 3, Step::Edge, false, last),
        (3, Step::Page, true, end),
        (end, Step::Page, false, 0),
    ];
    for &(from, step, forward, to) in cases {
        stage.reader.set_caret(from);
        let text = stage.text.clone();
        stage.reader.move_caret(&text, Motion { step, forward }, false);
        assert_eq!(stage.reader.caret(), to, "{step:?} from {from}, forward: {forward}");
    }
    // Down and up again leads back, also through a line that is shorter.
    let text = stage.text.clone();
    let middle = 40;
    stage.reader.set_caret(middle);
    let x = stage.reader.caret_rect(middle).unwrap().center().x;
    let mut places = vec![middle];
    for _ in 0..4 {
        stage.reader.move_caret(&text, Motion { step: Step::Line, forward: true }, false);
        places.push(stage.reader.caret());
    }
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
    let below = stage.reader.caret_rect(places[1]).unwrap();
    assert!((below.center().x - x).abs() < FONT_SIZE, "straight down");
    for &place in places.iter().rev().skip(1) {
        stage.reader.move_caret(&text, Motion { step: Step::Line, forward: false }, false);
        assert_eq!(stage.reader.caret(), place);
    }
    // Shift and a word to the right, twice, means two words.
    stage.reader.set_caret(0);
    for _ in 0..2 {
        stage.reader.move_caret(&text, Motion { step: Step::Word, forward: true }, true);
    }
    assert_eq!(stage.reader.selection(), Some(Span::new(0, 9)));
}

/// A long article with an annotation in every paragraph.
fn long() -> (String, Vec<jejak::model::Annotation>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for index in 0..400 {
        let start = text.len() as u32;
        text.push_str(&format!("Alinea {index}: raja tiba di kota. "));
        text.push_str(&"Ia lalu pergi lagi ke laut. ".repeat(index % 9));
        text.push('\n');
        marks.push(mark("person", &[(start + 10, start + 14)]));
    }
    (text, marks)
}

#[test]
fn what_is_revealed_is_seen_and_the_ends_are_reached() {
    let (text, marks) = long();
    let mut stage = Stage::new(&text, marks);
    for what in ["Alinea 399", "Alinea 0:", "Alinea 200", "Alinea 201", "Alinea 17:"] {
        let span = find(&text, what);
        stage.reader.reveal(span);
        stage.frame(Vec::new());
        let rects = stage.reader.rect_of(span);
        assert!(rects.iter().all(|rect| rect.top() >= 0.0 && rect.bottom() <= 600.0) && !rects.is_empty(), "{what}");
        let seen = stage.reader.visible();
        assert!(seen.contains(&stage.text.paragraph_at(span.start)) && seen.len() < 30);
    }
    // Lines that are visible already do not move.
    let span = find(&text, "Alinea 17:");
    let before = stage.reader.rect_of(span);
    stage.reader.reveal(span);
    stage.frame(Vec::new());
    assert_eq!(stage.reader.rect_of(span), before);
    let wheel = |points: f32| Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
    };
    stage.frame(vec![Input::PointerMoved(pos2(300.0, 300.0))]);
    for (points, end) in [(-1e6, stage.text.paragraphs()), (1e6, 1)] {
        for _ in 0..60 {
            stage.frame(vec![wheel(points)]);
        }
        assert!(stage.reader.visible().contains(&(end - 1)), "{points}: {:?}", stage.reader.visible());
    }
}

#[test]
fn an_edit_draws_what_a_fresh_view_would() {
    let text = "Raja Aruna tiba di Bandar Laut pada Rabu.\nIa pergi lagi.\n".repeat(3);
    let mut zone = mark("boilerplate", &[(0, text.len() as u32)]);
    zone.at = vec![find(&text, "Ia pergi lagi.")];
    let mut stage = Stage::new(&text, vec![mark("person", &[(0, 10)]), zone]);
    let mut done = Vec::new();
    let labels = ["place", "trip", "claim", "person", "boilerplate"];
    for (index, label) in labels.iter().enumerate() {
        let at = vec![Span::new(11 + index as u32, 30), Span::new(60, 70 + index as u32)];
        let (made, id) = stage.set_editor().label(&Name::new(label), at);
        stage.apply(&made);
        done.push(made);
        if index % 2 == 1 {
            let again = stage.set_editor().relabel(&[id], &Name::new("date"));
            stage.apply(&again);
            done.push(again);
        }
    }
    let first = stage.set().iter().next().unwrap().id;
    let gone = stage.set_editor().delete(&[first]);
    stage.apply(&gone);
    done.push(gone);
    let compare = |stage: &mut Stage| {
        stage.frame(Vec::new());
        let grown = stage.image();
        let (text, schema) = (stage.text.clone(), stage.corpus.schema.clone());
        let set = stage.set().clone();
        stage.reader.rebuild(&text, &set, &schema);
        stage.frame(Vec::new());
        let fresh = stage.image();
        if grown != fresh {
            let dir = std::env::temp_dir().join("jejak-reader");
            save(&grown, &dir.join("edited.png"));
            save(&fresh, &dir.join("fresh.png"));
            panic!("after an edit the view differs from a fresh one: see {}", dir.display());
        }
    };
    compare(&mut stage);
    let before = stage.image();
    for transaction in done.iter().rev() {
        stage.apply(&transaction.inverse());
        compare(&mut stage);
    }
    assert!(before != stage.image(), "an annotation is visible");
}

thread_local! {
    /// One window for all cases: fonts are slow to load.
    static STAGE: std::cell::RefCell<Stage> = std::cell::RefCell::new(Stage::new("", Vec::new()));
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "fi",
        "kata ",
        "Kota",
        "e\u{301}",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\n",
        "12",
        ".",
        "“",
        ")",
        "\t",
        "👩‍👩‍👧",
        "🇮🇩",
        "한국",
        "東京",
        "、",
        "سلام",
        "لا",
        "לביקור",
        " ",
        "น้ำ",
        "ที่",
        "क्षि",
        "रु",
        "đến",
        "\u{202e}",
        "\u{200f}",
        "\u{301}",
        "\u{0}",
        "\u{fffd}",
        "ﷺ",
        "ﬁ",
        "𐤀",
        "𞤀",
    ]);
    let mixed = prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => mixed, 1 => "\\PC{0,80}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever is written: nothing panics, and every grapheme that takes room is found again where it is drawn.
    #[test]
    fn places_on_the_screen_and_in_the_text_are_the_same(text in any_text(), width in 260.0_f32..900.0) {
        same_places(&text, width)?;
    }
}

/// A mark that has no letter is drawn over the next one, and takes nobody's place.
#[test]
fn a_mark_on_a_soft_hyphen_is_found_where_it_stands() {
    same_places("fi\u{ad}\u{301}a", 260.0).unwrap();
}

fn same_places(text: &str, width: f32) -> Result<(), TestCaseError> {
    STAGE.with_borrow_mut(|stage| {
        stage.size = vec2(width, 4000.0);
        stage.open(text, Vec::new());
        for (at, cluster) in text.grapheme_indices(true) {
            let span = Span::new(at as u32, (at + cluster.len()) as u32);
            prop_assert!(stage.reader.caret_rect(span.start).is_some());
            let rects = stage.reader.rect_of(span);
            let [rect] = rects[..] else {
                prop_assert!(rects.is_empty() && cluster == "\n", "{:?} at {:?}", cluster, rects);
                continue;
            };
            if rect.width() < 1.0 {
                continue;
            }
            let before = stage.reader.byte_at(on(stage, span, 0.25));
            prop_assert_eq!(before, Some(span.start), "before {:?} in {:?}", cluster, text);
            let after = stage.reader.byte_at(on(stage, span, 0.75));
            // At the end of a line that goes on, a caret stays before the space that was wrapped at.
            let wrapped = cluster.starts_with(char::is_whitespace) && after == Some(span.start);
            prop_assert!(after == Some(span.end) || wrapped, "after {:?} in {:?}: {:?}", cluster, text, after);
        }
        Ok(())
    })
}
