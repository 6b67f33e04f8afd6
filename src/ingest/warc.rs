//! Web archives (WARC): the pages that a crawler kept, an article each.

use crate::lang::Message;
use crate::message;
use std::io::{BufRead, BufReader, Read};

use flate2::read::{GzDecoder, MultiGzDecoder};

use super::article::{Drafts, Failure, GoOn};
use super::columns::Fields;
use super::decode::decode;
use super::draft::DraftOrigin;
use super::html;
use super::mime::Entity;
use crate::say;
use crate::text::normalise;

/// Bytes of one line of a record's head, and lines of it.
const LINE: u64 = 64 << 10;
const LINES: usize = 1_000;
/// Bytes of a page's own head.
const HEAD: u64 = 256 << 10;
/// Records of one file.
const RECORDS: usize = 1_000_000;

/// Reads the pages and texts of a web archive; what else a crawler keeps (pictures, styles, answers that are errors) is
/// counted.
///
/// # Errors
/// Half a sentence, where no article comes out of it, or the person has cancelled.
pub(super) fn read(origin: &DraftOrigin, bytes: &[u8], go_on: GoOn) -> Result<Drafts, Message> {
    let most = origin.limits.archive_bytes;
    let mut reader = WarcReader { origin, drafts: Vec::new(), others: 0, left: most };
    let ended = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => reader.all(BufReader::new(MultiGzDecoder::new(bytes).take(most)), go_on),
        false => reader.all(bytes, go_on),
    };
    let WarcReader { mut drafts, others, .. } = reader;
    match ended {
        Err(why) if drafts.is_empty() || why.is("ingest-cancelled") => return Err(why),
        Err(why) => drafts.push(Err(origin.failure("", why))),
        Ok(()) if drafts.is_empty() => return Err(message!("ingest-no-articles")),
        Ok(()) => {}
    }
    if let Some(first) = drafts.iter_mut().flatten().next().filter(|_| others > 0) {
        first.notes.push(message!("warc-others", count = others));
    }
    Ok(drafts)
}

struct WarcReader<'a> {
    origin: &'a DraftOrigin<'a>,
    drafts: Drafts,
    /// Records that are no articles.
    others: usize,
    /// Bytes of pages that may still come out.
    left: u64,
}

impl WarcReader<'_> {
    fn all(&mut self, mut from: impl BufRead, go_on: GoOn) -> Result<(), Message> {
        for number in 1..=RECORDS {
            let Some(head) = head(&mut from, number == 1)? else { return Ok(()) };
            let length: Option<u64> = head.header("content-length").and_then(|length| length.trim().parse().ok());
            let length = length.ok_or_else(|| message!("warc-damaged", record = number))?;
            let kind = head.header("warc-type").unwrap_or_default().to_lowercase();
            let most = self.origin.limits.html_bytes as u64 + HEAD;
            let is_page = matches!(kind.as_str(), "response" | "resource" | "conversion");
            let mut rest = length;
            if is_page && length > most {
                self.fail(number, message!("input-too-large", bytes = length, max = most));
            } else if is_page {
                let mut content = Vec::new();
                (&mut from).take(length).read_to_end(&mut content).map_err(|error| damaged(&error))?;
                if (content.len() as u64) < length {
                    return Err(message!("archive-why", why = message!("fault-short")));
                }
                rest = 0;
                match self.fields(&head, kind == "response", &content) {
                    Ok(None) => self.others += 1,
                    Ok(Some(fields)) => self.drafts.push(self.origin.record(&format!("[{number}]"), fields)),
                    Err(why) => self.fail(number, why),
                }
            }
            std::io::copy(&mut (&mut from).take(rest), &mut std::io::sink()).map_err(|error| damaged(&error))?;
            go_on(0)?;
        }
        Ok(())
    }

    fn fail(&mut self, number: usize, why: Message) {
        let failure: Failure = self.origin.failure(&format!("[{number}]"), why);
        self.drafts.push(Err(failure));
    }

    /// The article in a record; none where it is something else.
    fn fields(&mut self, head: &Entity, is_answer: bool, content: &[u8]) -> Result<Option<Fields>, Message> {
        let address = head.header("warc-target-uri").map(|it| it.trim_matches(['<', '>']).to_owned());
        let (kind, encoding, body) = match is_answer {
            false => (head.kind(), head.encoding(), content.to_vec()),
            true => {
                let Some(line) = content.iter().position(|&byte| byte == b'\n') else { return Ok(None) };
                let status = String::from_utf8_lossy(&content[..line]);
                if !status.starts_with("HTTP/") || status.split(' ').nth(1) != Some("200") {
                    return Ok(None);
                }
                let answer = Entity::of(&content[line + 1..]);
                (answer.kind(), answer.encoding(), self.body(&answer)?)
            }
        };
        self.left = self
            .left
            .checked_sub(body.len() as u64)
            .ok_or_else(|| message!("archive-bomb", allowed = self.origin.limits.archive_bytes))?;
        let mut fields = match kind.as_str() {
            "text/html" | "application/xhtml+xml" => {
                let decoded = decode(&body, encoding.or_else(|| html::declared_encoding(&body)))?;
                let (mut fields, notes) = html::fields(self.origin, &normalise(&decoded.text))?;
                fields.notes.extend(decoded.notes.into_iter().chain(notes));
                fields
            }
            "text/plain" if address.as_deref().is_none_or(|address| !address.ends_with("/robots.txt")) => {
                let decoded = decode(&body, encoding)?;
                Fields { text: Some(decoded.text.into_owned()), notes: decoded.notes, ..Fields::default() }
            }
            _ => return Ok(None),
        };
        fields.url = fields.url.or(address.filter(|address| address.starts_with("http")));
        Ok(Some(fields))
    }

    /// The page in an answer, as it was before it was cut into chunks and packed for its way.
    fn body(&self, answer: &Entity) -> Result<Vec<u8>, Message> {
        let said = |name: &str| answer.header(name).unwrap_or_default().to_lowercase();
        let sent = answer.body();
        let joined = if said("transfer-encoding").contains("chunked") { chunks(sent) } else { None };
        let sent = joined.as_deref().unwrap_or(sent);
        let most = self.origin.limits.html_bytes as u64;
        // Some crawlers unpack a page and keep its head as it was.
        if sent.starts_with(&[0x1f, 0x8b]) {
            let mut page = Vec::new();
            GzDecoder::new(sent).take(most + 1).read_to_end(&mut page).map_err(|error| damaged(&error))?;
            return match page.len() as u64 > most {
                true => Err(message!("archive-bomb", allowed = most)),
                false => Ok(page),
            };
        }
        match said("content-encoding").as_str() {
            how @ ("br" | "zstd" | "deflate" | "compress") if str::from_utf8(sent).is_err() => {
                Err(message!("warc-packed", how = how))
            }
            _ => Ok(sent.to_vec()),
        }
    }
}

/// The head of the next record; none at the end.
fn head(from: &mut impl BufRead, is_first: bool) -> Result<Option<Entity>, Message> {
    let mut head = Vec::new();
    let mut has_begun = false;
    for _ in 0..LINES {
        let start = head.len();
        let got = from.by_ref().take(LINE).read_until(b'\n', &mut head).map_err(|error| damaged(&error))?;
        let line = head[start..].trim_ascii();
        match () {
            () if got == 0 && !has_begun && !is_first => return Ok(None),
            () if got == 0 => break,
            () if !has_begun && line.is_empty() => head.truncate(start),
            () if !has_begun && line.starts_with(b"WARC/") => {
                has_begun = true;
                head.truncate(start);
            }
            () if !has_begun => break,
            () if line.is_empty() => return Ok(Some(Entity::of(&head))),
            () => {}
        }
    }
    Err(message!("archive-why", why = message!("fault-not-warc")))
}

/// The content of chunks, each of which is sent behind its length; none where it is not of that form.
fn chunks(sent: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::with_capacity(sent.len()), sent);
    loop {
        let line = rest.iter().position(|&byte| byte == b'\n')?;
        let length = str::from_utf8(&rest[..line]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        if length == 0 {
            return Some(out);
        }
        out.extend(rest.get(line + 1..)?.get(..length)?);
        rest = &rest[line + 1 + length..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

fn damaged(error: &std::io::Error) -> Message {
    message!("archive-why", why = say::io(error))
}
