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

/// Decodes by byte order mark, else as UTF-8, else as the `declared` encoding, else as the one that fits best.
///
/// A file that is UTF-8 but for some bytes stays UTF-8. It counts as such when it has a mark, or at least as many
/// well-formed multi-byte sequences as broken bytes: text in another encoding hardly ever forms one by chance.
///
/// # Errors
/// One sentence, where a NUL shows that the file is no text.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, Message> {
    let bom = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(utf16) = bom.filter(|&encoding| encoding == UTF_16LE || encoding == UTF_16BE) {
        return Ok(decode_legacy(bytes, utf16));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
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
