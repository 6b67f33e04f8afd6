//! `jejak formats`: what can be exported and imported.

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Output};
use crate::formats::{FORMATS, Format, READ_ONLY, is_written};

/// Lists the formats that can be exported and imported
///
/// Prints one line for each: name, r where it is read and w where it is written, the unit of its offsets, title. With
/// --json also what it carries, its notes and its specification.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak formats
  jejak formats brat
  jejak formats --json | jq '.formats[] | select(.reads) | .name'")]
pub(super) struct Formats {
    /// One format, of which everything is told
    format: Option<String>,
    /// Prints one JSON object: {"formats":[{"name","title","extension","reads","folder","unit","carries",…}…]}
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct FormatLine {
    name: &'static str,
    title: &'static str,
    extension: &'static str,
    reads: bool,
    writes: bool,
    folder: bool,
    unit: Option<&'static str>,
    several_sets: bool,
    carries: Vec<&'static str>,
    notes: &'static str,
    reference: &'static str,
}

fn line(format: &dyn Format) -> FormatLine {
    let card = format.info();
    FormatLine {
        name: card.name,
        title: card.title.english(),
        extension: card.extension,
        reads: card.reads,
        writes: is_written(format),
        folder: card.file.is_none(),
        unit: card.unit.map(crate::formats::OffsetUnit::name),
        several_sets: card.several_sets,
        carries: card.capabilities.words(),
        notes: card.notes.english(),
        reference: card.reference,
    }
}

impl Formats {
    pub fn run(self, output: &mut Output) -> Ended {
        let chosen = self.format.as_deref().map(super::export::format_named).transpose()?;
        let formats: Vec<FormatLine> = match chosen {
            Some(format) => vec![line(format)],
            None => FORMATS.iter().chain(READ_ONLY).map(|format| line(*format)).collect(),
        };
        if self.json {
            output.json_line(&serde_json::json!({"formats": formats}))?;
            return Ok(false);
        }
        for line in formats {
            let reads = match (line.reads, line.writes) {
                (true, true) => "rw",
                (true, false) => "r ",
                (false, _) => " w",
            };
            let unit = line.unit.unwrap_or("tokens");
            output.line(&format!("{:<14} {reads}  {unit:<10}  {}", line.name, line.title))?;
            if self.format.is_some() {
                output.line(&format!("carries: {}", line.carries.join(", ")))?;
                output.line(line.notes)?;
                output.line(&format!("specified in {}", line.reference))?;
            }
        }
        Ok(false)
    }
}
