//! PDF: the text layer, and files that mean harm. Pages as programs write them lie in `tests/data/ingest`.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use jejak::ingest::{Limits, Reading, read_bytes};

use super::{common, read_all, refusal};

/// A document of these objects; the first is the catalogue. It has no table of its objects, as many a damaged one.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    for (number, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj\n", number + 1).as_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    file
}

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("<<{head}/Length {}>>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// A page that draws this; `more` are objects from the sixth on, and `resources` name them.
fn page(drawing: Vec<u8>, resources: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
    );
    let head = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        drawing,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    document(&head.into_iter().chain(more).collect::<Vec<_>>())
}

fn text_of(bytes: &[u8]) -> String {
    read_all("a.pdf", bytes).unwrap().remove(0).unwrap().text
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_page_without_a_table_of_objects_is_read() {
    let drawing = stream("", b"BT /F1 12 Tf 20 200 Td (Ratu Sari tiba) Tj 0 -14 Td (di Bandar Laut.) Tj ET");
    assert_eq!(text_of(&page(drawing, "", Vec::new())), "Ratu Sari tiba di Bandar Laut.");
    if let Some(file) = common::shared("cases/files/articles/doc.pdf") {
        assert_eq!(text_of(&std::fs::read(file).unwrap()), "Ratu Sari tiba di Bandar Laut.");
    }
}

#[test]
fn a_pdf_is_told_by_how_it_begins() {
    let drawing = stream("", b"BT /F1 12 Tf 20 200 Td (Kapal tiba) Tj ET");
    let file = page(drawing, "", Vec::new());
    assert_eq!(read_all("berita", &file).unwrap()[0].as_ref().unwrap().text, "Kapal tiba");
    assert_eq!(refusal("a.pdf", b"<html>"), "it is not a PDF: its beginning is another");
    assert_eq!(refusal("a.pdf", b"%PDF-1.7\nkata"), "it is a PDF that is damaged beyond reading");
    assert_eq!(refusal("a.pdf", &page(stream("", b"0 0 m"), "", Vec::new())), "there is no text in it");
}

#[test]
fn letters_that_the_file_marks_as_headers_are_left_out_and_said() {
    let drawing = b"/Artifact BMC BT /F1 8 Tf 20 280 Td (Kabar) Tj ET EMC BT /F1 12 Tf 20 200 Td (Kapal tiba) Tj ET";
    let draft = read_all("a.pdf", &page(stream("", drawing), "", Vec::new())).unwrap().remove(0).unwrap();
    assert_eq!(draft.text, "Kapal tiba");
    let notes: Vec<String> = draft.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["5 letters of headers and footers are left out, as the file marks them"]);
}

#[test]
fn bombs_and_circles_end_in_a_sentence() {
    let bomb = packed(&vec![b' '; 200 << 20]);
    let file = page(stream("/Filter/FlateDecode", &bomb), "", Vec::new());
    assert_eq!(refusal("a.pdf", &file), "its parts unpack to more than 134217728 bytes, so it may mean harm");
    let file = page(stream("/Filter[/FlateDecode/FlateDecode]", &packed(&bomb)), "", Vec::new());
    assert_eq!(refusal("a.pdf", &file), "its parts unpack to more than 134217728 bytes, so it may mean harm");
    // Drawings within drawings, each ten times: ten thousand million letters.
    let forms = 10;
    let form = |number: usize| {
        let head = |inner: usize| {
            format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<</Font<</F1 5 0 R>>/XObject<</X {inner} 0 R>>>>"
            )
        };
        match number + 1 == forms {
            true => stream(&head(6), b"BT /F1 12 Tf 20 200 Td (x) Tj ET"),
            false => stream(&head(7 + number), "/X Do ".repeat(10).as_bytes()),
        }
    };
    let file = page(stream("", b"/X Do"), "/XObject<</X 6 0 R>>", (0..forms).map(form).collect());
    let few = Reading { limits: Limits { text_chars: 5_000, ..Limits::default() }, ..Reading::default() };
    let why = read_bytes("a.pdf", &file, &few, &mut |_| true).unwrap_err().why.to_string();
    assert_eq!(why, "it has more than 5000 letters, or takes longer than 60 seconds");
    // A drawing within itself, and pages within themselves.
    let own = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do /X Do");
    let file = page(stream("", b"/X Do BT /F1 12 Tf 20 200 Td (Kapal tiba) Tj ET"), "/XObject<</X 6 0 R>>", vec![own]);
    assert_eq!(text_of(&file), "Kapal tiba");
    let pages = [b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec()];
    assert!(!refusal("a.pdf", &document(&pages)).is_empty());
    let deep = stream("", "[".repeat(1_000_000).as_bytes());
    assert!(!refusal("a.pdf", &page(deep, "", Vec::new())).is_empty());
    let deep = [b"<</Type/Catalog/Pages ".to_vec(), b"<</A".repeat(300_000)].concat();
    assert!(!refusal("a.pdf", &document(&[deep])).is_empty());
}

#[test]
fn a_file_that_is_cut_or_changed_anywhere_ends_in_a_text_or_a_sentence() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ingest/divided.pdf")).unwrap();
    for at in (0..whole.len()).step_by(23) {
        let mut changed = whole.clone();
        changed[at] = changed[at].wrapping_add(1);
        for bytes in [&whole[..at], &changed] {
            match read_all("a.pdf", bytes) {
                Err(failure) => assert!(!failure.why.to_string().is_empty()),
                Ok(drafts) => assert!(drafts.iter().flatten().all(|draft| !draft.text.trim().is_empty())),
            }
        }
    }
}
