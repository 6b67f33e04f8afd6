//! The parts that a set still lacks, before it is called done.

use super::dialogs::AnnotateDialog;
use super::marking;
use crate::model::{LabelDef, Name, Progress};
use crate::t;
use crate::ui::commands::AnnotateCommand;
use crate::ui::workspace::{Workspace, card};

/// The number of annotations that are named.
const MOST: usize = 8;

/// Asks whether the open article is done though required parts are missing, and names them; none where nothing is missing.
pub fn ask(work: &Workspace, language: &str) -> Option<AnnotateDialog> {
    let (_, set) = work.page()?;
    let schema = &work.session.corpus().schema;
    let mut lines: Vec<String> = Vec::new();
    let mut count = 0;
    for record in set.iter() {
        let Some(def) = schema.label(&record.label) else { continue };
        let missing = card::missing(def, record);
        if missing.is_empty() {
            continue;
        }
        count += 1;
        if lines.len() < MOST {
            let parts: Vec<&str> = missing.iter().map(|name| part(def, name, language)).collect();
            lines.push(format!("· {}: {}", marking::named(work, record, language), parts.join(", ")));
        }
    }
    if count == 0 {
        return None;
    }
    if count > lines.len() {
        lines.push(format!("… {}", t!("and-more", count = count - lines.len())));
    }
    Some(AnnotateDialog::Confirm {
        title: t!("done-title", count = count),
        message: lines.join("\n"),
        yes: t!("done-yes").to_owned(),
        command: AnnotateCommand::SetProgress(Progress::Done).into(),
    })
}

/// The title of a role or attribute.
fn part<'a>(def: &'a LabelDef, name: &'a Name, language: &str) -> &'a str {
    let role = def.role(name).map(|role| role.title.get(language));
    let title = role.or_else(|| def.attribute(name).map(|attribute| attribute.title.get(language)));
    title.filter(|title| !title.is_empty()).unwrap_or(name)
}
