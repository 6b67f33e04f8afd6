//! Rich text (RTF): the text as it is seen, title and date of the document's information.

use crate::lang::Message;
use crate::message;
use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::Draft;
use super::columns::Fields;
use super::docx::LeftOut;
use super::draft::DraftOrigin;

/// Groups inside each other beyond which nobody wrote it.
const DEEPEST: usize = 1_000;

/// Destinations that are not a part of the text.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "fldinst",
    "revtbl",
    "filetbl",
    "mmathPr",
    "annotation",
    "atnid",
    "atnauthor",
    "listtext",
    "pntext",
    "pn",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "shpinst",
    "userprops",
    "docvar",
];

#[derive(Clone)]
struct Group {
    /// The destination that takes the text.
    into: Into,
    /// Bytes that stand for a character beside its number.
    unicode_skip: usize,
    encoding: &'static Encoding,
    is_hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Text,
    Nothing,
    Title,
    Fonts,
}

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(message!("rtf-none"));
    }
    let mut reader = RtfReader::new();
    reader.read(bytes)?;
    let RtfReader { text, title, created, left_out, .. } = reader;
    let mut notes = left_out.told();
    let paragraphs: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches(' ')).collect();
    // A blank line between paragraphs, whether the document has empty ones or not.
    let filled = paragraphs.iter().filter(|line| !line.trim().is_empty());
    let text = filled.copied().collect::<Vec<_>>().join("\n\n").replace('\u{b}', "\n");
    if created.is_some() {
        notes.push(message!("document-date"));
    }
    let title = Some(title).filter(|title| !title.trim().is_empty());
    origin.whole(Fields { text: Some(text), title, published: created, ..Default::default() }, notes)
}

struct RtfReader {
    text: String,
    title: String,
    created: Option<String>,
    left_out: LeftOut,
    /// Bytes of one encoding that wait for becoming characters.
    bytes: Vec<u8>,
    groups: Vec<Group>,
    now: Group,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    /// Characters that stand for one that was given by its number.
    to_skip: usize,
    /// The first half of a character of two UTF-16 units.
    high: Option<u16>,
    /// A `\*` came just before.
    is_optional: bool,
}

impl RtfReader {
    fn new() -> Self {
        let now = Group { into: Into::Text, unicode_skip: 1, encoding: WINDOWS_1252, is_hidden: false };
        Self {
            text: String::new(),
            title: String::new(),
            created: None,
            left_out: LeftOut::default(),
            bytes: Vec::new(),
            groups: Vec::new(),
            now,
            fonts: HashMap::new(),
            font: -1,
            to_skip: 0,
            high: None,
            is_optional: false,
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Message> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= DEEPEST {
                        return Err(message!("html-deep", depth = DEEPEST));
                    }
                    self.groups.push(self.now.clone());
                    self.is_optional = false;
                    self.to_skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.to_skip = 0;
                    match self.groups.pop() {
                        Some(outer) => self.now = outer,
                        None => break,
                    }
                    if self.groups.is_empty() {
                        break;
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    /// The control that begins at `at`, behind its backslash; returns where it ends.
    fn control(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            at += 1;
            match first {
                b'\'' => {
                    let hex = bytes.get(at..at + 2).and_then(|hex| str::from_utf8(hex).ok());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.byte(byte);
                        return at + 2;
                    }
                }
                b'*' => self.is_optional = true,
                b'~' => self.char('\u{a0}'),
                b'_' => self.char('\u{2011}'),
                b'-' => self.char('\u{ad}'),
                b'\r' | b'\n' => self.char('\n'),
                b'\\' | b'{' | b'}' => self.byte(first),
                _ => {}
            }
            return at;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        let name = str::from_utf8(&bytes[start..at]).unwrap_or_default();
        let number_start = at;
        if bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let number: Option<i32> = str::from_utf8(&bytes[number_start..at]).ok().and_then(|said| said.parse().ok());
        if bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        if name == "bin" {
            return (at + usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(bytes.len());
        }
        self.word(name, number);
        at
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let is_optional = std::mem::take(&mut self.is_optional);
        let is_on = number != Some(0);
        match name {
            "par" | "sect" | "page" | "row" => self.char('\n'),
            "line" => self.char('\u{b}'),
            "tab" | "cell" | "nestcell" => self.char('\t'),
            "emdash" => self.char('—'),
            "endash" => self.char('–'),
            "lquote" => self.char('‘'),
            "rquote" => self.char('’'),
            "ldblquote" => self.char('“'),
            "rdblquote" => self.char('”'),
            "bullet" => self.char('•'),
            "emspace" | "enspace" | "qmspace" => self.char(' '),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.now.unicode_skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.encoding(number.and_then(page)),
            "mac" => self.encoding(Some(encoding_rs::MACINTOSH)),
            "f" if self.now.into == Into::Fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.now.into == Into::Fonts => {
                if let Some(encoding) = number.and_then(char_set) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => {
                let encoding = number.and_then(|font| self.fonts.get(&font).copied());
                self.encoding(encoding.or_else(|| self.groups.first().map(|outer| outer.encoding)));
            }
            "v" => {
                self.flush();
                self.left_out.hidden += usize::from(is_on && !self.now.is_hidden);
                self.now.is_hidden = is_on;
            }
            "deleted" => {
                self.flush();
                self.now.is_hidden = is_on;
            }
            "plain" => {
                self.flush();
                self.now.is_hidden = false;
            }
            "footnote" => {
                self.left_out.footnotes += 1;
                self.into(Into::Nothing);
            }
            "listtext" | "pntext" => {
                self.left_out.list_items += 1;
                self.into(Into::Nothing);
            }
            "info" => self.into(Into::Nothing),
            "title" => self.into(Into::Title),
            "creatim" => {
                self.into(Into::Nothing);
                self.created = Some(String::new());
            }
            "yr" | "mo" | "dy" => {
                // Only the first three numbers are of the making; the time of the last change comes after.
                if let Some(created) = self.created.as_mut().filter(|created| created.len() < 10) {
                    let wide = if name == "yr" { 4 } else { 2 };
                    let dash = if created.is_empty() { "" } else { "-" };
                    *created += &format!("{dash}{:0wide$}", number.unwrap_or(0));
                }
            }
            "fonttbl" => self.into(Into::Fonts),
            _ if is_optional || SKIPPED.contains(&name) => self.into(Into::Nothing),
            _ => {}
        }
    }

    fn into(&mut self, into: Into) {
        self.flush();
        // Groups inside of one that is left out stay out.
        if self.now.into != Into::Nothing || into == Into::Title {
            self.now.into = into;
        }
    }

    fn encoding(&mut self, encoding: Option<&'static Encoding>) {
        self.flush();
        if let Some(encoding) = encoding {
            self.now.encoding = encoding;
            if self.groups.len() == 1
                && let Some(outer) = self.groups.first_mut()
            {
                outer.encoding = encoding;
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        self.is_optional = false;
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.bytes.push(byte);
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.to_skip = self.now.unicode_skip;
        // Numbers are of 16 bits with a sign.
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else { return };
        let units = [self.high.take(), Some(unit)];
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for char in char::decode_utf16(units.into_iter().flatten()) {
            self.push(char.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
        }
    }

    fn char(&mut self, char: char) {
        self.flush();
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.push(char.encode_utf8(&mut [0; 4]));
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (text, _) = self.now.encoding.decode_without_bom_handling(&bytes);
            self.push(&text);
        }
    }

    fn push(&mut self, text: &str) {
        match self.now.into {
            Into::Text if !self.now.is_hidden => self.text.push_str(text),
            Into::Title => self.title.push_str(text),
            Into::Text | Into::Nothing | Into::Fonts => {}
        }
    }
}

/// The encoding of a code page of Windows.
fn page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        874 => "windows-874".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's set of characters.
fn char_set(number: i32) -> Option<&'static Encoding> {
    page(match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
