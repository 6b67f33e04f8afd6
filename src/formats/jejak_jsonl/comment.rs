//! Comments in a line.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parts::{KeyLine, OriginLine, SpanLine, origin, origin_line};
use crate::formats::Reading;
use crate::model::{ArticleId, Comment, Id, Mark, Name, Origin, Quote, Target, Timestamp};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentLine<'a> {
    /// Whose comment it is.
    pub by: Name,
    pub id: Id,
    /// What it is about, in the project's line alone; else the line's article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<KeyLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<KeyLine>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworded: Option<Timestamp>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MarkLine {
    Resolved,
    Reopened,
}

pub(super) fn comment_line<'a>(by: &Name, comment: &'a Comment) -> CommentLine<'a> {
    let key = |(of, id): (&Name, &Id)| Some(KeyLine { of: of.clone(), id: *id });
    let (annotation, answers) = match &comment.on {
        Target::Words => (None, None),
        Target::Annotation(whose, id) => (key((whose, id)), None),
        Target::Comment(who, id) => (None, key((who, id))),
    };
    let span = |Quote(start, end, words): &'a Quote| SpanLine {
        start: (*start).into(),
        end: (*end).into(),
        text: Some(words.into()),
    };
    CommentLine {
        by: by.clone(),
        id: comment.id,
        article: None,
        annotation,
        answers,
        spans: comment.at.iter().map(span).collect(),
        text: (&*comment.text).into(),
        mark: match comment.mark {
            Mark::None => None,
            Mark::Resolved => Some(MarkLine::Resolved),
            Mark::Reopened => Some(MarkLine::Reopened),
        },
        reworded: comment.reworded,
        origin: Some(origin_line(&comment.origin)),
    }
}

pub(super) fn comment(
    line: CommentLine<'_>,
    article: &ArticleId,
    file: &str,
    reading: &Reading<'_>,
) -> Result<(Name, Arc<Comment>), String> {
    let offset = |offset: i64| u32::try_from(offset).unwrap_or(0);
    let quote = |span: SpanLine<'_>| {
        let words = span.text.ok_or("a span of a comment does not say its words")?;
        Ok::<_, String>(Quote(offset(span.start), offset(span.end), words.into_owned()))
    };
    let by = reading.name(&line.by);
    let unsaid = || Origin { by: by.clone(), ..reading.origin(file) };
    let comment = Comment {
        id: line.id,
        article: line.article.unwrap_or_else(|| article.clone()),
        digest: String::new(),
        on: match (line.annotation, line.answers) {
            (None, None) => Target::Words,
            (Some(KeyLine { of, id }), None) => Target::Annotation(of, id),
            (None, Some(KeyLine { of, id })) => Target::Comment(of, id),
            (Some(_), Some(_)) => return Err("a comment is about an annotation and is also an answer".into()),
        },
        at: line.spans.into_iter().map(quote).collect::<Result<_, _>>()?,
        text: line.text.into_owned(),
        mark: match line.mark {
            None => Mark::None,
            Some(MarkLine::Resolved) => Mark::Resolved,
            Some(MarkLine::Reopened) => Mark::Reopened,
        },
        reworded: line.reworded,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(unsaid),
    };
    Ok((by, Arc::new(comment)))
}
