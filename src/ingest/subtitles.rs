//! Subtitles (SubRip, WebVTT): what is said, a line for each, without numbers and times.

use crate::lang::Message;

use super::Draft;
use super::columns::Fields;
use super::draft::DraftOrigin;

/// A longer silence begins a new paragraph, milliseconds.
const PAUSE: u64 = 4_000;

pub(super) fn read(origin: &DraftOrigin, text: &str) -> Result<Draft, Message> {
    origin.whole(Fields { text: Some(said(text)), ..Default::default() }, Vec::new())
}

fn said(text: &str) -> String {
    let is_vtt = text.trim_start_matches('\u{feff}').starts_with("WEBVTT");
    let mut out: Vec<String> = Vec::new();
    let mut lines = text.lines().peekable();
    let (mut in_cue, mut before, mut last) = (false, None, String::new());
    while let Some(line) = lines.next() {
        if let Some((from, until)) = times(line) {
            in_cue = true;
            let is_pause = before.is_some_and(|end| from > end + PAUSE);
            if is_pause && out.last().is_some_and(|line| !line.is_empty()) {
                out.push(String::new());
            }
            before = Some(until);
        } else if line.trim().is_empty() {
            in_cue = false;
        } else if in_cue {
            // SubRip's next number may follow without a blank line.
            let is_number = !is_vtt && line.trim().bytes().all(|byte| byte.is_ascii_digit());
            if is_number && lines.peek().is_some_and(|next| times(next).is_some()) {
                in_cue = false;
                continue;
            }
            let line = plain(line);
            // Rolling captions say each line again while the next one comes.
            if !line.is_empty() && line != last {
                last.clone_from(&line);
                out.push(line);
            }
        }
    }
    out.join("\n")
}

/// The beginning and end of a cue in milliseconds, where the line is one of times.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, until) = line.split_once("-->")?;
    Some((time(from)?, time(until.split_whitespace().next()?)?))
}

fn time(said: &str) -> Option<u64> {
    let said = said.trim();
    let (clock, part) = said.rsplit_once([',', '.']).unwrap_or((said, "0"));
    let seconds = clock.split(':').try_fold(0_u64, |sum, part| {
        let part: u64 = part.trim().parse().ok()?;
        sum.checked_mul(60)?.checked_add(part)
    })?;
    let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    seconds.checked_mul(1_000)?.checked_add(part)
}

/// A line of a cue without its marks: `<i>`, `<00:01.000>`, `{\an8}`; `<v Ana>` becomes `Ana: `.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let close = if tail.starts_with('<') { '>' } else { '}' };
        let is_mark = match tail.as_bytes().get(1) {
            Some(b'\\') => tail.starts_with('{'),
            Some(byte) => tail.starts_with('<') && (byte.is_ascii_alphanumeric() || *byte == b'/'),
            None => false,
        };
        let Some(end) = tail.find(close).filter(|_| is_mark) else {
            out.push_str(&tail[..1]);
            rest = &tail[1..];
            continue;
        };
        let mark = &tail[1..end];
        if let Some(speaker) =
            mark.strip_prefix("v ").or_else(|| mark.strip_prefix("v.").and_then(|it| Some(it.split_once(' ')?.1)))
        {
            out.push_str(speaker.trim());
            out.push_str(": ");
        }
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    html_escape::decode_html_entities(out.trim()).into_owned()
}
