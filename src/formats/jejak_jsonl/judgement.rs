//! Judgements in a line.

use crate::lang::Message;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{OriginJson, origin, origin_line};
use crate::formats::ImportContext;
use crate::model::{Id, Judgement, Verdict};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JudgementLine<'a> {
    pub id: Id,
    pub of: [Id; 2],
    #[serde(with = "VerdictLine")]
    pub verdict: Verdict,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

/// The words of the file for verdicts.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Verdict", rename_all = "kebab-case")]
enum VerdictLine {
    Same,
    NotSame,
    Unsure,
    Supports,
    Contradicts,
    OtherTime,
    Unrelated,
}

pub(super) fn judgement_line(judgement: &Judgement) -> JudgementLine<'_> {
    JudgementLine {
        id: judgement.id,
        of: [judgement.of.0, judgement.of.1],
        verdict: judgement.verdict,
        note: (&*judgement.note).into(),
        origin: Some(origin_line(&judgement.origin)),
    }
}

pub(super) fn judgement(line: JudgementLine<'_>, reading: &ImportContext<'_>) -> Result<Judgement, Message> {
    Ok(Judgement {
        id: line.id,
        of: (line.of[0], line.of[1]),
        verdict: line.verdict,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin("")),
    })
}
