//! Judgements in a line.

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
    pub verdict: VerdictLine,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum VerdictLine {
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
        verdict: match judgement.verdict {
            Verdict::Same => VerdictLine::Same,
            Verdict::NotSame => VerdictLine::NotSame,
            Verdict::Unsure => VerdictLine::Unsure,
            Verdict::Supports => VerdictLine::Supports,
            Verdict::Contradicts => VerdictLine::Contradicts,
            Verdict::OtherTime => VerdictLine::OtherTime,
            Verdict::Unrelated => VerdictLine::Unrelated,
        },
        note: (&*judgement.note).into(),
        origin: Some(origin_line(&judgement.origin)),
    }
}

pub(super) fn judgement(line: JudgementLine<'_>, reading: &ImportContext<'_>) -> Result<Judgement, String> {
    Ok(Judgement {
        id: line.id,
        of: (line.of[0], line.of[1]),
        verdict: match line.verdict {
            VerdictLine::Same => Verdict::Same,
            VerdictLine::NotSame => Verdict::NotSame,
            VerdictLine::Unsure => Verdict::Unsure,
            VerdictLine::Supports => Verdict::Supports,
            VerdictLine::Contradicts => Verdict::Contradicts,
            VerdictLine::OtherTime => Verdict::OtherTime,
            VerdictLine::Unrelated => Verdict::Unrelated,
        },
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin("")),
    })
}
