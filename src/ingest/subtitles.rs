//! Subtitles (`.srt`, `.vtt`): what is said, without numbers, times and styles.

use crate::lang::Message;

use super::Draft;
use super::columns::Fields;
use super::draft::DraftOrigin;

/// The cues of a file, each a paragraph.
///
/// # Errors
/// One sentence, where no cue has a text.
pub(super) fn read(origin: &DraftOrigin, text: &str) -> Result<Draft, Message> {
    origin.whole(Fields { text: Some(cues(text)), ..Fields::default() }, Vec::new())
}

fn cues(text: &str) -> String {
    let mut done = String::new();
    for block in text.split("\n\n") {
        let lines: Vec<&str> = block.lines().filter(|line| !line.trim().is_empty()).collect();
        // Before the times stand a number or a name, after them the words; notes, styles and the header have no times.
        let Some(times) = lines.iter().position(|line| is_times(line)) else { continue };
        let words: Vec<String> = lines[times + 1..].iter().map(|line| plain(line)).collect();
        let words = words.join("\n");
        if words.trim().is_empty() {
            continue;
        }
        if !done.is_empty() {
            done.push_str("\n\n");
        }
        done.push_str(words.trim());
    }
    done
}

/// True for `00:00:01,000 --> 00:00:04,000` with whatever settings follow.
fn is_times(line: &str) -> bool {
    let Some((from, until)) = line.split_once("-->") else { return false };
    let time = |said: &str| {
        let said = said.trim();
        let said = said.split_whitespace().next().unwrap_or_default();
        said.contains(':') && said.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ','))
    };
    time(from) && time(until)
}

/// The words of a line: marks of style and voice are taken out, signs that are written as names put in.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        let inside = &rest[at + 1..];
        let is_mark = inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        match inside.find('>').filter(|_| is_mark) {
            Some(end) => {
                out.push_str(&rest[..at]);
                rest = &inside[end + 1..];
            }
            None => {
                out.push_str(&rest[..=at]);
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    // `{\an8}` places a line of an .srt on the screen.
    while let Some(from) = out.find("{\\") {
        let Some(length) = out[from..].find('}') else { break };
        out.replace_range(from..=from + length, "");
    }
    html_escape::decode_html_entities(&out).into_owned()
}
