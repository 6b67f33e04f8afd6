//! Mails (`.eml`) and saved web pages (`.mhtml`): both are MIME.

use crate::lang::Message;
use crate::message;

use encoding_rs::Encoding;

use super::columns::Fields;
use super::decode::decode;
use super::draft::DraftOrigin;
use super::{Draft, html};

/// Parts inside each other beyond which nobody sent it.
const DEEPEST: usize = 20;
/// Parts of one message.
const PARTS: usize = 10_000;

/// A mail: subject, date and sender, and what it says, as plain text where it has that.
pub(super) fn read_mail(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mail = Entity::of(bytes);
    if mail.headers.is_empty() {
        return Err(message!("mail-none"));
    }
    let mut reader = MailReader { origin, attachments: 0, parts: 0 };
    let text = reader.text(&mail, 0)?;
    let mut notes = Vec::new();
    if reader.attachments > 0 {
        notes.push(message!("mail-attachments", count = reader.attachments));
    }
    let fields =
        Fields { text: Some(text), title: mail.header("subject"), published: mail.header("date"), ..Fields::default() };
    origin.whole(fields, notes)
}

/// A saved web page: the page among its parts, read as if it were there by itself.
pub(super) fn read_page(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let archive = Entity::of(bytes);
    let start = archive.header("content-type").and_then(|kind| parameter(&kind, "start"));
    let saved_from = archive.header("snapshot-content-location");
    let mut pages = Vec::new();
    archive.pages(0, &mut pages);
    let is_start = |page: &&Entity| page.header("content-id").is_some() && page.header("content-id") == start;
    let page = pages.iter().find(is_start).or(pages.first()).ok_or_else(|| message!("mhtml-none"))?;
    let bytes = page.decoded();
    let declared = page.encoding().or_else(|| html::declared_encoding(&bytes));
    let decoded = decode(&bytes, declared)?;
    let address = saved_from.or_else(|| page.header("content-location"));
    let address = address.filter(|address| address.starts_with("http"));
    let (mut fields, mut notes) = html::fields(origin, &crate::text::normalise(&decoded.text))?;
    fields.url = fields.url.or(address);
    notes.extend(decoded.notes);
    origin.whole(fields, notes)
}

/// The reading of one mail.
struct MailReader<'a> {
    origin: &'a DraftOrigin<'a>,
    attachments: usize,
    parts: usize,
}

impl MailReader<'_> {
    /// The text of a part; parts inside it are at most [`DEEPEST`] deep.
    fn text(&mut self, part: &Entity, depth: usize) -> Result<String, Message> {
        self.parts += 1;
        if depth > DEEPEST || self.parts > PARTS {
            return Err(message!("mail-deep"));
        }
        let kind = part.kind();
        let is_attached =
            part.header("content-disposition").is_some_and(|it| it.to_lowercase().starts_with("attachment"));
        if kind.starts_with("multipart/") {
            let parts = part.parts();
            let mut said: Vec<(bool, String)> = Vec::new();
            for inner in &parts {
                let is_html = inner.kind() != "text/plain";
                said.push((is_html, self.text(inner, depth + 1)?));
            }
            said.retain(|(_, text)| !text.trim().is_empty());
            if kind == "multipart/alternative" {
                return Ok(best(&said));
            }
            return Ok(said.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n\n"));
        }
        match kind.as_str() {
            _ if is_attached => self.attachments += 1,
            "message/rfc822" => return self.text(&Entity::of(&part.decoded()), depth + 1),
            "text/html" | "application/xhtml+xml" => {
                let bytes = part.decoded();
                let decoded = decode(&bytes, part.encoding().or_else(|| html::declared_encoding(&bytes)))?;
                return html::all_text(&crate::text::normalise(&decoded.text), self.origin.limits);
            }
            "text/plain" | "" => {
                let bytes = part.decoded();
                let decoded = decode(&bytes, part.encoding())?;
                let text = crate::text::normalise(&decoded.text).into_owned();
                let flows = part.header("content-type").and_then(|kind| parameter(&kind, "format"));
                return Ok(if flows.is_some_and(|it| it.eq_ignore_ascii_case("flowed")) {
                    flowed(&text)
                } else {
                    text
                });
            }
            _ => self.attachments += 1,
        }
        Ok(String::new())
    }
}

/// The one of several forms of the same text that has it: plain text, unless that only says where the rest is.
fn best(forms: &[(bool, String)]) -> String {
    let most = forms.iter().map(|(_, text)| text.len()).max().unwrap_or(0);
    let plain = forms.iter().find(|(is_html, text)| !is_html && text.len() * 3 >= most);
    plain.or_else(|| forms.iter().max_by_key(|(_, text)| text.len())).map(|(_, text)| text.clone()).unwrap_or_default()
}

/// Lines of RFC 3676 that end in a blank go on in the next one.
fn flowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.push_str(line);
        if !line.ends_with(' ') || line == "-- " {
            out.push('\n');
        }
    }
    out
}

/// A message or a part of one: its headers, and the bytes behind them.
pub(super) struct Entity {
    /// Names in lower case, values as one line.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Entity {
    pub fn of(bytes: &[u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |line| at + line + 1);
            let line = bytes[at..end].trim_ascii_end();
            let line = str::from_utf8(line)
                .map_or_else(|_| encoding_rs::WINDOWS_1252.decode(line).0.into_owned(), str::to_owned);
            if line.is_empty() {
                at = end;
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| is_name(name)) {
                headers.push((name.to_lowercase(), value.trim().to_owned()));
            } else if headers.is_empty() && !line.starts_with("From ") {
                break;
            }
            at = end;
        }
        Self { headers, body: bytes[at.min(bytes.len())..].to_vec() }
    }

    /// The value of a header with its encoded words read.
    pub fn header(&self, name: &str) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(words(value))
    }

    /// Its type in lower case, such as `text/plain`; empty where nothing is said.
    pub fn kind(&self) -> String {
        let kind = self.header("content-type").unwrap_or_default();
        kind.split(';').next().unwrap_or_default().trim().to_lowercase()
    }

    /// The encoding that its headers state.
    pub fn encoding(&self) -> Option<&'static Encoding> {
        let label = parameter(&self.header("content-type")?, "charset")?;
        Encoding::for_label(label.as_bytes())
    }

    /// The bytes behind its headers, as they were sent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    fn decoded(&self) -> Vec<u8> {
        let encoding = self.header("content-transfer-encoding").unwrap_or_default().trim().to_lowercase();
        match encoding.as_str() {
            "base64" => base64(&self.body),
            "quoted-printable" => quoted_printable(&self.body),
            _ => self.body.clone(),
        }
    }

    /// The parts between the lines that its boundary makes.
    fn parts(&self) -> Vec<Entity> {
        let Some(boundary) = self.header("content-type").and_then(|kind| parameter(&kind, "boundary")) else {
            return Vec::new();
        };
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        let (mut at, mut begun) = (0, None);
        while at < self.body.len() {
            let end = self.body[at..].iter().position(|&byte| byte == b'\n').map_or(self.body.len(), |it| at + it + 1);
            let line = self.body[at..end].trim_ascii_end();
            if let Some(rest) = line.strip_prefix(mark.as_bytes()).filter(|rest| rest.is_empty() || *rest == b"--") {
                if let Some(start) = begun.take() {
                    parts.push(Entity::of(without_line_end(&self.body[start..at])));
                }
                if rest == b"--" || parts.len() >= PARTS {
                    return parts;
                }
                begun = Some(end);
            }
            at = end;
        }
        if let Some(start) = begun {
            parts.push(Entity::of(&self.body[start..]));
        }
        parts
    }

    /// The web pages among its parts, in their order; at most [`DEEPEST`] deep.
    fn pages(self, depth: usize, pages: &mut Vec<Entity>) {
        let kind = self.kind();
        if kind.starts_with("multipart/") && depth < DEEPEST {
            self.parts().into_iter().for_each(|part| part.pages(depth + 1, pages));
        } else if kind == "text/html" || kind == "application/xhtml+xml" {
            pages.push(self);
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// The value of a parameter of a header: `text/plain; charset="utf-8"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').map_or((quoted, ""), |(value, next)| (value, next)),
            None => after.split_at(after.find([';', ' ', '\t']).unwrap_or(after.len())),
        };
        if key.trim_matches([' ', '\t', ';']).eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = next;
    }
}

/// A header's value with its encoded words read: `=?utf-8?q?caf=C3=A9?=` (RFC 2047).
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut is_after_word = false;
    while let Some(at) = rest.find("=?") {
        let (before, tail) = rest.split_at(at);
        let Some((text, after)) = encoded_word(tail) else {
            out.push_str(before);
            out.push_str("=?");
            rest = &tail[2..];
            is_after_word = false;
            continue;
        };
        // Blanks between two encoded words only keep them apart.
        if !(is_after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        out.push_str(&text);
        rest = after;
        is_after_word = true;
    }
    out.push_str(rest);
    out
}

fn encoded_word(tail: &str) -> Option<(String, &str)> {
    let mut parts = tail[2..].splitn(3, '?');
    let (charset, how, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (content, after) = rest.split_once("?=")?;
    let encoding = Encoding::for_label(charset.split('*').next()?.as_bytes())?;
    let bytes = match how {
        "b" | "B" => base64(content.as_bytes()),
        "q" | "Q" => quoted_printable(content.replace('_', " ").as_bytes()),
        _ => return None,
    };
    Some((encoding.decode(&bytes).0.into_owned(), after))
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, held) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'=' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let rest = &bytes[at + 1..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let hex =
            rest.get(..2).and_then(|hex| str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (hex, &rest[blanks..]) {
            (Some(byte), _) => {
                out.push(byte);
                at += 3;
            }
            // The line goes on in the next one.
            (None, [b'\r', b'\n', ..]) => at += blanks + 3,
            (None, [b'\n', ..]) => at += blanks + 2,
            (None, []) => at = bytes.len(),
            (None, _) => {
                out.push(b'=');
                at += 1;
            }
        }
    }
    out
}
