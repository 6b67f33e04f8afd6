//! What is drawn of annotations: bars, names, roles, and what a screen reader hears of them.

use eframe::egui::accesskit::TextDirection;

use super::*;

#[test]
fn only_what_belongs_to_an_open_card_bears_its_roles() {
    let text = "Raja Aruna tiba di Bandar Laut.";
    let who = mark("person", &[(0, 10)]);
    let mut trip = mark("trip", &[(11, 18)]);
    trip.roles.push(Role { name: Name::new("traveller"), filler: Filler::Annotation(who.id) });
    trip.roles.push(Role { name: Name::new("destination"), filler: Filler::Span(vec![Span::new(19, 30)]) });
    let frame = trip.id;
    let mut stage = Stage::new(text, vec![who, trip]);
    let written = |stage: &Stage| -> Vec<String> {
        let shapes = stage.output.as_ref().unwrap().shapes.iter();
        let texts = shapes.filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        });
        texts.filter(|text| text.replace(" · ", "").chars().all(char::is_alphabetic)).collect()
    };
    stage.frame(Vec::new());
    assert_eq!(written(&stage), ["Person", "Trip"]);
    stage.open_frame = Some(frame);
    stage.frame(Vec::new());
    let roles = written(&stage);
    let titles = ["traveller", "destination"].map(|name| {
        let def = stage.corpus.schema.label("trip").and_then(|label| label.role(name)).unwrap();
        def.title.get("en").to_owned()
    });
    // A traveller may be a person or a body: the one that was chosen is written with the role. Bare words have none.
    assert!(roles.contains(&format!("{} · Person", titles[0])) && roles.contains(&titles[1]), "{roles:?}");
    let place = on(&stage, Span::new(20, 21), 0.5);
    let said = stage.click(place + vec2(0.0, FONT_SIZE * 0.75), 1, Modifiers::NONE);
    assert!(matches!(said.last(), Some(Event::Clicked { id: None, .. })), "bare words are no annotation: {said:?}");
}

#[test]
fn a_screen_reader_hears_the_visible_paragraphs_and_their_labels() {
    let (text, marks) = long();
    let mut stage = Stage::new(&text, marks);
    stage.reader.select(Span::new(10, 14));
    stage.frame(Vec::new());
    let update = stage.output.as_ref().unwrap().platform_output.accesskit_update.as_ref().unwrap();
    let role = |wanted| update.nodes.iter().map(|(_, node)| node).filter(move |node| node.role() == wanted);
    let paragraphs: Vec<_> = role(eframe::egui::Role::Paragraph).collect();
    let beyond = paragraphs.len() - stage.reader.visible().len();
    assert!((1..=16).contains(&beyond), "those in view, and some above and below: {beyond}");
    assert!(paragraphs.iter().any(|node| node.value().is_some_and(|value| value.starts_with("Alinea 0:"))));
    assert!(paragraphs.iter().all(|node| node.description().is_some_and(|labels| labels == "person")));
    let reader = role(eframe::egui::Role::Document).next().unwrap();
    assert_eq!((reader.label(), reader.value()), (Some("Article"), Some("raja")));
    assert_eq!(reader.children().len(), paragraphs.len(), "the paragraphs are within the reader");
}

#[test]
fn lines_are_told_letter_by_letter_in_every_direction() {
    let mark = "a\u{301}".repeat(300) + "\u{301}" + &"\u{302}".repeat(400);
    for text in [
        "Raja Aruna tiba di Bandar Laut pada hari Selasa. ".repeat(20),
        format!("Satu 👨‍👩‍👧 dua\n\n{mark} tiga"),
        "Ia kata שלום לכולם lalu diam\nقال الملك أمس".to_owned(),
        "ราชาเดินทางถึงเมืองท่า".to_owned(),
        String::new(),
    ] {
        let stage = Stage::new(&text, Vec::new());
        let update = stage.output.as_ref().unwrap().platform_output.accesskit_update.as_ref().unwrap();
        let nodes = update.nodes.iter().map(|(_, node)| node);
        let lines: Vec<_> = nodes.filter(|node| node.role() == egui::Role::TextRun).collect();
        assert!(!lines.is_empty());
        let mut letters = 0;
        for line in &lines {
            let (value, lengths) = (line.value().unwrap(), line.character_lengths());
            assert!(lengths.len() <= 255);
            assert_eq!(lengths.iter().map(|&length| usize::from(length)).sum::<usize>(), value.len());
            let (places, widths) = (line.character_positions().unwrap(), line.character_widths().unwrap());
            assert_eq!((places.len(), widths.len()), (lengths.len(), lengths.len()));
            let room = line.bounds().unwrap().width() as f32 + 0.5;
            assert!(places.iter().zip(widths).all(|(at, width)| *at >= -0.01 && at + width <= room), "{value}");
            assert!(places.is_sorted_by(|a, b| *a <= b + 0.01), "in the order of reading: {value} {places:?}");
            assert!(line.word_starts().iter().all(|&word| usize::from(word) < lengths.len()));
            letters += lengths.len();
        }
        assert_eq!(letters, text.graphemes(true).count());
        if text.contains('ש') {
            let rtl = lines.iter().filter(|line| line.text_direction() == Some(TextDirection::RightToLeft));
            assert!(rtl.count() >= 2);
        }
        if text.starts_with("Raja") {
            let words: usize = lines.iter().map(|line| line.word_starts().len()).sum();
            assert_eq!(words, 9 * 20);
        }
    }
}

/// The names and roles that are written under the words.
fn names(stage: &Stage) -> Vec<String> {
    let shapes = stage.output.as_ref().unwrap().shapes.iter();
    let texts = shapes.filter_map(|clipped| match &clipped.shape {
        Shape::Text(text) => Some(text),
        _ => None,
    });
    let small = |text: &&egui::epaint::TextShape| {
        let size = text.galley.job.sections.first().map_or(0.0, |section| section.format.font_id.size);
        size < FONT_SIZE && text.galley.text().chars().any(char::is_alphabetic)
    };
    texts.filter(small).map(|text| text.galley.text().to_owned()).collect()
}

#[test]
fn nothing_that_is_marked_moves_the_text() {
    let text = "Presiden Samudra Raka Wirya tiba di Bandar Laut. ".repeat(6) + "\nIa pulang besok.";
    for (spacing, line) in [(Spacing::Compact, 24.0), (Spacing::Usual, 32.0), (Spacing::Wide, 40.0)] {
        let mut stage = Stage::new(&text, Vec::new());
        stage.spacing = spacing;
        stage.frame(Vec::new());
        let places = |stage: &Stage| -> Vec<_> { stage.text.words().map(|word| stage.reader.rect_of(word)).collect() };
        let before = places(&stage);
        let mut tops: Vec<f32> = before.iter().flatten().map(egui::Rect::top).collect();
        tops.dedup();
        assert_eq!(tops[1] - tops[0], line, "{spacing:?}");
        let marks = [
            ("title", 0, 8),
            ("place", 9, 16),
            ("person", 17, 27),
            ("person", 0, 27),
            ("trip", 0, 48),
            ("claim", 0, 40),
            ("date", 305, 310),
        ];
        for (label, start, end) in marks {
            let (made, _) = stage.set_editor().label(&Name::new(label), vec![Span::new(start, end)]);
            stage.apply(&made);
            stage.frame(Vec::new());
            assert_eq!(places(&stage), before, "{label} at {spacing:?}");
        }
        assert_eq!(names(&stage).is_empty(), spacing == Spacing::Compact, "{:?}", names(&stage));
    }
}

#[test]
fn names_keep_their_case_and_as_many_letters_as_fit() {
    let text = "Kantor Ombak Utara dan Wira pergi";
    let marks = vec![mark("organization", &[(0, 6)]), mark("person", &[(7, 12)]), mark("organization", &[(23, 27)])];
    let stage = Stage::new(text, marks);
    let names = names(&stage);
    assert!(names.contains(&"Person".to_owned()) && names.contains(&"Organization".to_owned()), "{names:?}");
    let cut = names.iter().find(|name| name.ends_with('…')).unwrap();
    assert!(cut.len() > 6 && "Organization".starts_with(cut.trim_end_matches('…')), "{names:?}");
}

#[test]
fn a_headline_is_read_like_the_text_and_an_advert_is_not() {
    let text = "Raka Wirya Tiba\nIKLAN\nIa tiba.";
    let stage = Stage::new(text, vec![mark("headline", &[(0, 15)]), mark("boilerplate", &[(16, 21)])]);
    let color = |first: char| {
        let shapes = stage.output.as_ref().unwrap().shapes.iter();
        let rows = shapes.filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) if text.galley.job.sections[0].format.font_id.size == FONT_SIZE => Some(text),
            _ => None,
        });
        let row =
            rows.flat_map(|text| &text.galley.rows).find(|row| row.glyphs.first().is_some_and(|it| it.chr == first));
        let mesh = &row.unwrap().visuals.mesh;
        mesh.vertices[0].color
    };
    let theme = jejak::ui::theme::Theme::of(false);
    let ratio = |color| jejak::ui::theme::contrast(color, theme.ground);
    assert!(ratio(color('R')) > 14.0, "the headline is as strong as text");
    assert!((4.5..8.0).contains(&ratio(color('I'))), "the advert is weak, and legible");
}

#[test]
fn a_script_without_a_font_is_named_once() {
    let mut stage = Stage::new("Raja ሰላም አለ\n\nราชา שלום مرحبا नमस्ते Привет", Vec::new());
    let lacking = stage.reader.lacks_font();
    assert_eq!(lacking, Some(("Ethiopic".to_owned(), "Noto Sans Ethiopic".to_owned(), "fonts-noto-core")));
    stage.frame(Vec::new());
    assert_eq!(stage.reader.lacks_font(), None);
}

#[test]
fn lines_of_every_direction_stand_on_whole_pixels() {
    for text in ["שלום לכולם היום וגם מחר", "Satu\u{2029}dua tiga empat", "قال الملك أمس"]
    {
        let stage = Stage::new(text, Vec::new());
        for clipped in &stage.output.as_ref().unwrap().shapes {
            let Shape::Text(shape) = &clipped.shape else { continue };
            if shape.galley.job.sections[0].format.font_id.size != FONT_SIZE {
                continue;
            }
            for row in &shape.galley.rows {
                let place = shape.pos + row.pos.to_vec2();
                assert!(
                    (place.x - place.x.round()).abs() < 0.01 && (place.y - place.y.round()).abs() < 0.01,
                    "{text}: {place:?}"
                );
            }
        }
    }
}

#[test]
fn millions_of_marks_on_one_letter_take_no_more_room_than_a_paragraph() {
    // Letters around it, so that places before and behind can be told.
    let marked = format!("a{}", "\u{301}".repeat(2_000_000));
    let text = format!("Raja tiba {marked} kemarin\nlalu pulang");
    let letter = find(&text, &marked);
    let after = find(&text, "kemarin");
    let stage = Stage::new(&text, vec![mark("person", &[(letter.start, letter.end)])]);
    assert!(stage.reader.memory() < 1 << 20, "{} bytes", stage.reader.memory());
    let glyphs = |shape: &eframe::egui::epaint::ClippedShape| match &shape.shape {
        Shape::Text(text) => text.galley.rows.iter().map(|row| row.glyphs.len()).sum(),
        _ => 0_usize,
    };
    let drawn: usize = stage.output.as_ref().unwrap().shapes.iter().map(glyphs).sum();
    assert!(drawn < 2_000, "{drawn} glyphs are drawn");
    // The letter is one place; what follows it begins on one of the next lines, as after any piece of a very long paragraph.
    let [rect] = stage.reader.rect_of(letter)[..] else { panic!("the letter is one rectangle") };
    let [next] = stage.reader.rect_of(after)[..] else { panic!("a word is one rectangle") };
    let [below] = stage.reader.rect_of(find(&text, "pulang"))[..] else { panic!("a word is one rectangle") };
    assert!(rect.width() < 20.0 && rect.top() < next.top() && next.top() < below.top(), "{rect:?} {next:?} {below:?}");
    assert!(below.top() - rect.top() < 200.0, "{rect:?} {below:?}");
}

#[test]
fn marks_that_somebody_may_write_are_all_drawn() {
    let text = format!("z{} lalu", "\u{301}\u{316}".repeat(40));
    let stage = Stage::new(&text, Vec::new());
    let count = |shape: &eframe::egui::epaint::ClippedShape| match &shape.shape {
        Shape::Text(text) => text.galley.text().chars().filter(|c| *c == '\u{301}').count(),
        _ => 0,
    };
    assert_eq!(stage.output.as_ref().unwrap().shapes.iter().map(count).sum::<usize>(), 40);
}
