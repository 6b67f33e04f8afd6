//! Plain text and Markdown: the text is the file's own.

use super::Draft;
use super::columns::{Fields, Gathered, TableColumn, meaning};
use super::draft::DraftOrigin;
use crate::lang::Message;

/// Lines that a front matter may have.
const FRONT_MATTER_LINES: usize = 200;

pub(super) fn read_text(origin: &DraftOrigin, text: &str) -> Result<Draft, Message> {
    origin.whole(Fields { text: Some(text.to_owned()), ..Fields::default() }, Vec::new())
}

pub(super) fn read_markdown(origin: &DraftOrigin, text: &str) -> Result<Draft, Message> {
    let (said, body) = front_matter(text).unwrap_or((Vec::new(), text));
    let mut gathered = Gathered::default();
    for (key, value) in said {
        // The text is the rest of the file, even if a line of the front matter claims that name.
        if let Some(column) = meaning(key, &origin.reading.columns).filter(|(column, _)| *column != TableColumn::Text) {
            gathered.take(column, value.to_owned());
        }
    }
    let mut fields = gathered.finish();
    let heading =
        || body.lines().find_map(|line| line.strip_prefix("# ")).map(|line| line.trim_end_matches('#').trim());
    fields.title = fields.title.or_else(|| heading().map(str::to_owned));
    fields.text = Some(body.to_owned());
    origin.whole(fields, Vec::new())
}

/// The `key: value` lines between two lines of `---` at the start of `text`, and the text after them.
fn front_matter(text: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let mut rest = text.strip_prefix("---\n")?;
    let mut said = Vec::new();
    for _ in 0..FRONT_MATTER_LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if matches!(line.trim_end(), "---" | "...") {
            return (!said.is_empty()).then(|| (said, after.trim_start_matches('\n')));
        }
        if let Some((key, value)) = line.split_once(':') {
            said.push((key, unquoted(value.trim())));
        }
        if after.is_empty() {
            return None;
        }
        rest = after;
    }
    None
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}
