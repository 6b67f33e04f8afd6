//! Dismissals in a line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{OriginJson, origin, origin_line};
use crate::formats::ImportContext;
use crate::lang::Message;
use crate::model::{ArticleId, Dismissal, Dismissed, Id, Quote};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DismissalLine<'a> {
    pub id: Id,
    pub of: DismissedLine,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

/// The thing that is dismissed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum DismissedLine {
    Words { article: ArticleId, digest: String, at: Quote },
    Finding { code: String, about: Vec<String>, referents: Vec<Id> },
}

pub(super) fn dismissal_line(dismissal: &Dismissal) -> DismissalLine<'_> {
    let of = match dismissal.of.clone() {
        Dismissed::Words { article, digest, at } => DismissedLine::Words { article, digest, at },
        Dismissed::Finding { code, about, referents } => DismissedLine::Finding { code, about, referents },
    };
    let origin = Some(origin_line(&dismissal.origin));
    DismissalLine { id: dismissal.id, of, note: (&*dismissal.note).into(), origin }
}

pub(super) fn dismissal(line: DismissalLine<'_>, reading: &ImportContext<'_>) -> Result<Dismissal, Message> {
    let of = match line.of {
        DismissedLine::Words { article, digest, at } => Dismissed::Words { article, digest, at },
        DismissedLine::Finding { code, about, referents } => Dismissed::Finding { code, about, referents },
    };
    let origin = line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin(""));
    Ok(Dismissal { id: line.id, of, note: line.note.into_owned(), origin })
}
