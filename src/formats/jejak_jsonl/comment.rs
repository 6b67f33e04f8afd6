//! Comments in a line.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parts::{KeyJson, OriginJson, SpanJson, origin, origin_line};
use crate::formats::ImportContext;
use crate::model::{ArticleId, Comment, Id, Mark, Name, Origin, Quote, Target, Timestamp};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentJson<'a> {
    /// The author of the comment.
    pub by: Name,
    pub id: Id,
    /// The subject, in the project's line alone; else the line's article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<KeyJson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<KeyJson>,
    /// The people whom it is meant for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Name>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<MarkJson>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworded: Option<Timestamp>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MarkJson {
    Resolved,
    Reopened,
}

pub(super) fn comment_line<'a>(by: &Name, comment: &'a Comment) -> CommentJson<'a> {
    let key = |(of, id): (&Name, &Id)| Some(KeyJson { of: of.clone(), id: *id });
    let (annotation, answers) = match &comment.on {
        Target::Words => (None, None),
        Target::Annotation(whose, id) => (key((whose, id)), None),
        Target::Comment(who, id) => (None, key((who, id))),
    };
    let span = |Quote(start, end, words): &'a Quote| SpanJson {
        start: (*start).into(),
        end: (*end).into(),
        text: Some(words.into()),
    };
    CommentJson {
        by: by.clone(),
        id: comment.id,
        article: None,
        annotation,
        answers,
        to: comment.to.clone(),
        spans: comment.at.iter().map(span).collect(),
        text: (&*comment.text).into(),
        mark: match comment.mark {
            Mark::None => None,
            Mark::Resolved => Some(MarkJson::Resolved),
            Mark::Reopened => Some(MarkJson::Reopened),
        },
        reworded: comment.reworded,
        origin: Some(origin_line(&comment.origin)),
    }
}

pub(super) fn comment(
    line: CommentJson<'_>,
    article: &ArticleId,
    file: &str,
    reading: &ImportContext<'_>,
) -> Result<(Name, Arc<Comment>), Message> {
    let offset = |offset: i64| u32::try_from(offset).unwrap_or(0);
    let quote = |span: SpanJson<'_>| {
        let words = span.text.ok_or(message!("comment-no-words"))?;
        Ok::<_, Message>(Quote(offset(span.start), offset(span.end), words.into_owned()))
    };
    let by = reading.name(&line.by);
    let unsaid = || Origin { by: by.clone(), ..reading.origin(file) };
    let comment = Comment {
        id: line.id,
        article: line.article.unwrap_or_else(|| article.clone()),
        digest: String::new(),
        on: match (line.annotation, line.answers) {
            (None, None) => Target::Words,
            (Some(KeyJson { of, id }), None) => Target::Annotation(of, id),
            (None, Some(KeyJson { of, id })) => Target::Comment(of, id),
            (Some(_), Some(_)) => return Err(message!("comment-both")),
        },
        to: line.to.iter().map(|name| reading.name(name)).collect(),
        at: line.spans.into_iter().map(quote).collect::<Result<_, _>>()?,
        text: line.text.into_owned(),
        mark: match line.mark {
            None => Mark::None,
            Some(MarkJson::Resolved) => Mark::Resolved,
            Some(MarkJson::Reopened) => Mark::Reopened,
        },
        reworded: line.reworded,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(unsaid),
    };
    Ok((by, Arc::new(comment)))
}
