//! A file of records in words: what a person wants to see of a change to it.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::de::DeserializeOwned;

use super::{OpenError, RawFile, ron_text};
use crate::model::record::{AnnotationLine, FillerLine, ReferentLine, SpanLine};
use crate::model::{Article, Comment, Decision, Id, Mark, Name, Target, Via};

/// The text of a file called `file` in messages, in words: a paragraph for each record, its roles by what fills them.
/// Records that this version does not know stand as they are.
///
/// # Errors
/// If it is no file of records, or of a newer version.
pub fn show(file: &str, content: &str) -> Result<String, OpenError> {
    let raw = RawFile::read(file, content)?;
    let mut out = String::new();
    for (name, value) in raw.header.iter().filter(|(name, _)| name != "jejak") {
        let _ = writeln!(out, "{name}: {value}");
    }
    for (list, records) in &raw.lists {
        let _ = writeln!(out, "\n{list}: {}", records.len());
        match list.as_str() {
            "annotations" => {
                let names = names(records, |line: &AnnotationLine| (line.id, headline(&line.label, &line.at)));
                each(&mut out, records, |out, line: AnnotationLine| annotation(out, &line, &names));
            }
            "referents" => {
                let names =
                    names(records, |line: &ReferentLine| (line.id, format!("{} \"{}\"", line.label, line.name)));
                each(&mut out, records, |out, line: ReferentLine| referent(out, &line, &names));
            }
            "articles" => each(&mut out, records, |out, line: Article| {
                let _ = writeln!(out, "{} \"{}\" {} ({} words)", line.id, line.title, line.published, line.words);
            }),
            "comments" => each(&mut out, records, |out, line: Comment| comment(out, &line)),
            "decisions" => each(&mut out, records, |out, line: Decision| decision(out, &line)),
            _ => records.iter().for_each(|(_, record)| {
                let _ = writeln!(out, "{record}");
            }),
        }
    }
    Ok(out)
}

fn each<T: DeserializeOwned>(out: &mut String, records: &[(String, String)], show: impl Fn(&mut String, T)) {
    for (_, record) in records {
        match ron::from_str(record) {
            Ok(line) => show(out, line),
            Err(_) => {
                let _ = writeln!(out, "{record}");
            }
        }
    }
}

fn names<T: DeserializeOwned>(records: &[(String, String)], name: impl Fn(&T) -> (Id, String)) -> HashMap<Id, String> {
    records.iter().filter_map(|(_, record)| Some(name(&ron::from_str(record).ok()?))).collect()
}

fn headline(label: &Name, at: &[SpanLine]) -> String {
    at.iter().fold(label.to_string(), |mut out, (_, _, words)| {
        let _ = write!(out, " {}", ron_text::line(words));
        out
    })
}

fn annotation(out: &mut String, line: &AnnotationLine, names: &HashMap<Id, String>) {
    let places: Vec<String> = line.at.iter().map(|(start, end, _)| format!("{start}–{end}")).collect();
    let _ = writeln!(out, "{} {} [{}]", headline(&line.label, &line.at), places.join(" "), line.id);
    details(out, &line.attributes, &line.roles, names, &line.note);
    if let Some(referent) = line.referent {
        let _ = writeln!(out, "  is {referent}");
    }
    for (_, _, words) in &line.drift {
        let _ = writeln!(out, "  without a place: {}", ron_text::line(words));
    }
    if let Via::Decision { adopted, .. } = &line.origin.via {
        let from: Vec<&str> = adopted.iter().map(Name::as_str).collect();
        let _ = writeln!(out, "  decided by {}, from {}", line.origin.by, from.join(", "));
    }
}

fn referent(out: &mut String, line: &ReferentLine, names: &HashMap<Id, String>) {
    let _ = writeln!(out, "{} {} [{}]", line.label, ron_text::line(&line.name), line.id);
    for (register, id) in &line.external {
        let _ = writeln!(out, "  {register}: {id}");
    }
    details(out, &line.attributes, &line.roles, names, &line.note);
}

fn details(
    out: &mut String,
    attributes: &[(Name, String)],
    roles: &[(Name, FillerLine)],
    names: &HashMap<Id, String>,
    note: &str,
) {
    for (name, value) in attributes {
        let _ = writeln!(out, "  {name} = {value}");
    }
    for (name, filler) in roles {
        let filler = match filler {
            FillerLine::Annotation(id) | FillerLine::Referent(id) => {
                names.get(id).map_or_else(|| format!("[{id}]"), |name| format!("{name} [{id}]"))
            }
            FillerLine::Span(at) => at.iter().map(|(_, _, words)| ron_text::line(words)).collect::<Vec<_>>().join(" "),
            FillerLine::Date(date) => date.to_string(),
            FillerLine::Text(text) => text.clone(),
        };
        let _ = writeln!(out, "  {name}: {filler}");
    }
    if !note.is_empty() {
        let _ = writeln!(out, "  note: {note}");
    }
}

fn comment(out: &mut String, line: &Comment) {
    let about = match &line.on {
        Target::Words if line.at.is_empty() => "the article".to_owned(),
        Target::Words => ron_text::line(&line.words()),
        Target::Annotation(who, id) => format!("{} [{who}/{id}]", ron_text::line(&line.words())),
        Target::Comment(who, id) => format!("comment [{who}/{id}]"),
    };
    let mark = match line.mark {
        Mark::None => "",
        Mark::Resolved => " (resolved)",
        Mark::Reopened => " (open again)",
    };
    let text = ron_text::line(&line.text);
    let _ = writeln!(out, "{} on {about}: {} says {text}{mark} [{}]", line.article, line.origin.by, line.id);
}

fn decision(out: &mut String, line: &Decision) {
    let about = line.annotation.first().map_or_else(|| "nothing".into(), |id| format!("[{id}]"));
    let (adopted, reason) = match &line.origin.via {
        Via::Decision { adopted, reason, .. } => {
            (adopted.iter().map(Name::as_str).collect::<Vec<_>>().join(", "), reason)
        }
        _ => (String::new(), &String::new()),
    };
    let what = match (adopted.is_empty(), line.nothing) {
        (false, _) => format!("as {adopted} says"),
        (true, true) => "none is right".to_owned(),
        (true, false) => "own reading".to_owned(),
    };
    let _ = writeln!(out, "{} of {about}: {what}, by {} {reason}", line.slot, line.origin.by);
}
