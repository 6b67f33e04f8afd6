//! Bytes become text, and nothing about it is silent.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Broken bytes that are named one by one; the rest are counted.
const NAMED: usize = 20;
/// Bytes that the detection of a legacy encoding looks at.
const SAMPLE: usize = 1 << 20;

/// A file's text and what had to be done to get it.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub notes: Vec<Message>,
}

/// Decodes by byte order mark, else as UTF-16 or UTF-32 without one, else as UTF-8, else as the `declared` encoding, else as the one that fits best.
///
/// A file that is UTF-8 but for some bytes stays UTF-8. It counts as such when it has a mark, or at least as many
/// well-formed multi-byte sequences as broken bytes: text in another encoding hardly ever forms one by chance.
///
/// # Errors
/// One sentence, where a NUL shows that the file is no text.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, Message> {
    if let Some(text) = wide(bytes) {
        let notes = vec![message!("ingest-decoded", encoding = "UTF-32")];
        return Ok(Decoded { text: Cow::Owned(text), notes });
    }
    let bom = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(utf16) = bom.filter(|&encoding| encoding == UTF_16LE || encoding == UTF_16BE) {
        return Ok(decode_legacy(bytes, utf16));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        if let Some(utf16) = unmarked(bytes) {
            let mut decoded = decode_legacy(bytes, utf16);
            decoded.notes = vec![message!("ingest-unmarked", encoding = utf16.name())];
            return Ok(decoded);
        }
        return Err(message!("ingest-nul-byte", at = at));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), notes: Vec::new() });
    }
    if bom == Some(UTF_8) || is_mostly_utf8(bytes) {
        return Ok(decode_broken_utf8(bytes));
    }
    Ok(decode_legacy(bytes, declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| guess(bytes))))
}

/// The text of UTF-32, where the bytes are such: a mark of four bytes, or zeros where no character has anything else.
fn wide(bytes: &[u8]) -> Option<String> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(4) || !bytes.contains(&0) {
        return None;
    }
    let units = |of: fn([u8; 4]) -> u32| {
        let chars = bytes.chunks_exact(4).map(|unit| char::from_u32(of([unit[0], unit[1], unit[2], unit[3]])));
        let text: String = chars.collect::<Option<String>>()?;
        Some(text.trim_start_matches('\u{feff}').to_owned()).filter(|text| !text.contains('\0'))
    };
    units(u32::from_le_bytes).or_else(|| units(u32::from_be_bytes))
}

/// The order of bytes of UTF-16 that has no mark: the one in which all of it is letters, digits, blanks and signs.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(SAMPLE)];
    if start.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    // A text of one byte a letter in which a few zeros stray.
    let rest: Vec<u8> = start.iter().copied().filter(|&byte| byte != 0).collect();
    let strays = |text: &str| !text.chars().any(|char| char.is_control() && !char.is_whitespace());
    if rest.len() * 5 > start.len() * 4 && str::from_utf8(&rest).is_ok_and(strays) {
        return None;
    }
    let sense = |of: fn([u8; 2]) -> u16| {
        let units = start.chunks_exact(2).map(|unit| of([unit[0], unit[1]]));
        let (mut all, mut plain, mut known) = (0_usize, 0_usize, 0_usize);
        for char in char::decode_utf16(units) {
            let char = char.unwrap_or('\0');
            let is_plain = char.is_ascii_graphic() || matches!(char, ' ' | '\t' | '\r' | '\n');
            let is_sign = matches!(char, '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{22ff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
            all += 1;
            plain += usize::from(is_plain);
            known += usize::from(is_plain || is_sign || char.is_alphanumeric());
        }
        (all, plain, known)
    };
    let (little, big) = (sense(u16::from_le_bytes), sense(u16::from_be_bytes));
    let makes_sense = |(all, plain, known): (usize, usize, usize)| plain > 0 && known * 100 >= all * 97;
    match (makes_sense(little), makes_sense(big)) {
        (true, true) => Some(if little.1 >= big.1 { UTF_16LE } else { UTF_16BE }),
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        (false, false) => None,
    }
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sequences, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += chunk.invalid().len();
    }
    sequences >= broken
}

fn decode_broken_utf8(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() + 64);
    let mut notes = Vec::new();
    let (mut at, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        for byte in chunk.invalid() {
            text.push(char::REPLACEMENT_CHARACTER);
            broken += 1;
            if broken <= NAMED {
                notes.push(message!("ingest-byte", byte = format!("{:02X}", byte), at = at));
            }
            at += 1;
        }
    }
    if broken > NAMED {
        notes.push(message!("ingest-bytes", count = broken - NAMED));
    }
    Decoded { text: Cow::Owned(text), notes }
}

fn decode_legacy<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let mut notes = vec![message!("ingest-decoded", encoding = encoding.name())];
    if broken {
        notes.push(message!("ingest-parts", encoding = encoding.name()));
    }
    Decoded { text, notes }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(1024);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}
