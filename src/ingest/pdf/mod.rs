//! PDF: the text layer, put together from letters with places. A library reads the file; it works on a thread of its own, so that
//! whatever it does to itself is a sentence.

mod glyphs;
mod guard;
mod layout;
mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Draft;
use super::article::GoOn;
use super::columns::Fields;
use super::draft::DraftOrigin;
use super::titles;
use crate::lang::Message;
use crate::message;
use glyphs::{Drawn, EndedEarly};
use paragraphs::Paragraph;

/// Seconds after which a file that is still being read means harm.
const SECONDS: u64 = 60;
/// Bytes of the reading thread's stack: parts of a file lie within each other.
const STACK: usize = 64 << 20;
/// A heading is so much larger than the text.
const HEADING: f64 = 1.15;
/// Letters of a title.
const TITLE: usize = 300;

/// The facts that a file states beside its pages.
#[derive(Default)]
struct About {
    title: Option<String>,
    made: Option<String>,
}

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8], go_on: GoOn) -> Result<Draft, Message> {
    if !bytes[..bytes.len().min(1_024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(message!("pdf-none"));
    }
    guard::look(bytes, origin.limits)?;
    let (about, drawn) = drawn(bytes.to_vec(), origin.limits.text_chars, go_on)?;
    let mut notes = Vec::new();
    let pages = drawn.pages.len();
    let letters: usize = drawn.pages.iter().map(|page| page.letters.len()).sum();
    if letters == 0 {
        let has_pictures = drawn.pages.iter().any(|page| page.has_pictures);
        return Err(match has_pictures {
            true => message!("pdf-scanned", pages = pages),
            false => message!("no-text"),
        });
    }
    if drawn.unknown * 4 > letters {
        return Err(message!("pdf-letters"));
    }
    let blank: Vec<String> = drawn
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.letters.is_empty() && page.has_pictures)
        .map(|(at, _)| (at + 1).to_string())
        .collect();
    if !blank.is_empty() {
        notes.push(message!("pdf-pictures", count = blank.len(), pages = blank.join(", ")));
    }
    let mut lines = Vec::new();
    for page in &drawn.pages {
        go_on(0)?;
        lines.push(layout::columns(page));
    }
    let joined = paragraphs::join(lines);
    let is_leftward =
        |char: &char| matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let leftward: usize = joined.paragraphs.iter().map(|it| it.text.chars().filter(is_leftward).count()).sum();
    if leftward * 4 > letters {
        return Err(message!("pdf-leftward"));
    }
    for (key, count) in
        [(0, joined.running), (1, drawn.artifacts), (2, drawn.askew), (3, joined.divided), (4, drawn.unknown)]
    {
        if count > 0 {
            notes.push(match key {
                0 => message!("pdf-running", count = count),
                1 => message!("pdf-artifacts", count = count),
                2 => message!("pdf-askew", count = count),
                3 => message!("pdf-divided", count = count),
                _ => message!("pdf-unknown", count = count),
            });
        }
    }
    if about.made.is_some() {
        notes.push(message!("document-date"));
    }
    let title = title(&joined.paragraphs, about.title);
    let text = joined.paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n");
    origin.whole(Fields { text: Some(text), title, published: about.made, ..Fields::default() }, notes)
}

/// The pages with their letters, drawn on a thread that is let go of where it does not end.
fn drawn(bytes: Vec<u8>, most_letters: usize, go_on: GoOn) -> Result<(About, Drawn), Message> {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let (tell, told) = sync_channel(1);
    let work = move || {
        let work = || {
            let pdf = Pdf::new(bytes).map_err(|error| not_loaded(&error))?;
            let about = about(&pdf);
            Ok((about, glyphs::draw(&pdf, most_letters, until)))
        };
        let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|end| {
            Err(match end.is::<EndedEarly>() {
                true => message!("pdf-endless", chars = most_letters, seconds = SECONDS),
                false => message!("pdf-damaged"),
            })
        });
        let _ = tell.send(outcome);
    };
    let thread = std::thread::Builder::new().name("pdf".into()).stack_size(STACK).spawn(work);
    thread.map_err(|error| crate::say::io(&error))?;
    loop {
        match told.recv_timeout(Duration::from_millis(50)) {
            Ok(outcome) => return outcome,
            Err(RecvTimeoutError::Disconnected) => return Err(message!("pdf-damaged")),
            Err(RecvTimeoutError::Timeout) if Instant::now() > until + Duration::from_secs(1) => {
                return Err(message!("pdf-endless", chars = most_letters, seconds = SECONDS));
            }
            Err(RecvTimeoutError::Timeout) => go_on(0)?,
        }
    }
}

fn not_loaded(error: &LoadPdfError) -> Message {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => message!("pdf-encrypted"),
        LoadPdfError::Decryption(_) => message!("pdf-encrypted"),
        LoadPdfError::Invalid => message!("pdf-damaged"),
    }
}

fn about(pdf: &Pdf) -> About {
    let said = pdf.metadata();
    let title = said.title.as_deref().map(text_of).filter(|title| is_title(title));
    let made = said.creation_date.filter(|date| date.year > 1980);
    About { title, made: made.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)) }
}

/// Text of a document's description: UTF-16 with a mark, UTF-8 with one, else letter by letter.
fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
        _ => {
            str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned)
        }
    }
}

/// False for what programs write there by themselves: names of files, "untitled".
fn is_title(said: &str) -> bool {
    let small = said.trim().to_lowercase();
    let is_file = [".doc", ".docx", ".indd", ".odt", ".pdf", ".qxd", ".tex", ".rtf", ".txt"]
        .iter()
        .any(|end| small.ends_with(end));
    let is_automatic = ["untitled", "(anonymous)", "anonymous", "unspecified", "microsoft word", "document", "title"];
    !(small.is_empty()
        || is_file
        || is_automatic.iter().any(|name| small == *name)
        || small.starts_with("microsoft word - "))
}

/// The heading in the largest letters of the first page, else what the file states.
fn title(paragraphs: &[Paragraph], stated: Option<String>) -> Option<String> {
    let mut sizes: Vec<(f64, usize)> = paragraphs.iter().map(|it| (it.size, it.text.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let whole: usize = sizes.iter().map(|(_, letters)| letters).sum();
    let mut seen = 0;
    let usual = sizes.iter().find(|(_, letters)| {
        seen += letters;
        seen * 2 >= whole
    });
    let usual = usual.map_or(0.0, |(size, _)| *size);
    let first = paragraphs.iter().filter(|it| it.page == 0 && it.text.chars().count() <= TITLE);
    let largest = first.max_by(|one, other| one.size.total_cmp(&other.size)).filter(|it| it.size > usual * HEADING);
    let on_page = |title: &String| {
        let title = titles::one_line(title);
        paragraphs.iter().any(|it| it.page == 0 && it.text.contains(&title))
    };
    stated.clone().filter(on_page).or_else(|| largest.map(|it| it.text.clone())).or(stated)
}
