//! A line: an article, or the project as a whole.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::io;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::comment::{CommentJson, comment, comment_line};
use super::decision::decision;
use super::project::{ProjectJson, project_line, whole};
use super::set::{SetJson, marks, set_line};
use crate::formats::json::{JsonPiece, json_line};
use crate::formats::raw_document::RawDocument;
use crate::formats::{
    ArticleMetadata, Context, ExchangeDocument, ImportContext, Item, Mentioned, OffsetUnit, Pieces, Sink, Writer,
};
use crate::model::{ArticleId, Problem};

const VERSION: u32 = 1;

/// The file that everything is written to.
pub(super) const FILE: &str = "jejak.jsonl";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonlLine<'a> {
    pub jejak_jsonl: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<SetJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectJson<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleJson<'a> {
    #[serde(borrow, default)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub title: Cow<'a, str>,
    #[serde(borrow, default)]
    pub publisher: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub author: Cow<'a, str>,
    #[serde(borrow, default)]
    pub published: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub dateline: Cow<'a, str>,
    #[serde(borrow, default)]
    pub url: Cow<'a, str>,
    #[serde(borrow, default)]
    pub language: Cow<'a, str>,
    #[serde(borrow, default)]
    pub source: Cow<'a, str>,
    #[serde(borrow, default)]
    pub source_sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    pub sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    pub offset_unit: Cow<'a, str>,
}

pub(super) struct JejakJsonlWriter<'a> {
    pub(super) cx: Context<'a>,
}

impl Writer for JejakJsonlWriter<'_> {
    type Drawn = ();
    /// Referents that some line holds.
    type State = Mentioned;

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let about = &page.about;
        let article = ArticleJson {
            id: (&*page.id).into(),
            title: (&*about.title).into(),
            publisher: (&*about.publisher).into(),
            author: (&*about.author).into(),
            published: (&*about.published).into(),
            dateline: (&*about.dateline).into(),
            url: (&*about.url).into(),
            language: (&*about.language).into(),
            source: (&*about.source).into(),
            source_sha256: (&*about.source_sha256).into(),
            sha256: page.text.sha256().into(),
            offset_unit: OffsetUnit::CodePoint.name().into(),
        };
        let schema = &*self.cx.corpus.schema;
        let line = JsonlLine {
            jejak_jsonl: VERSION,
            article: Some(article),
            text: Some(page.text.as_str().into()),
            sets: page.sets.iter().map(|layer| set_line(layer, &page.text, schema)).collect(),
            comments: page.comments.iter().map(|(by, comment)| comment_line(by, comment)).collect(),
            project: None,
        };
        json_line(pieces.append(FILE), &line)
    }

    fn put(&self, mentioned: &mut Self::State, page: &ExchangeDocument, (): (), _: &mut dyn Sink) -> io::Result<()> {
        mentioned.add(page);
        Ok(())
    }

    fn end(&self, mentioned: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let line = JsonlLine {
            jejak_jsonl: VERSION,
            article: None,
            text: None,
            sets: Vec::new(),
            comments: Vec::new(),
            project: Some(project_line(&self.cx, mentioned)),
        };
        let mut bytes = Vec::new();
        json_line(&mut bytes, &line)?;
        sink.append(FILE, &bytes)
    }
}

/// Hands over what a line holds, or says why it cannot be read.
pub(super) fn line(
    piece: &JsonPiece<'_>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let (file, number) = (&*piece.file, piece.line);
    let line: JsonlLine = piece.parse(PhantomData)?;
    if line.jejak_jsonl > VERSION {
        return Err(message!("line-newer", version = line.jejak_jsonl, known = VERSION));
    }
    if let Some(project) = line.project {
        out(Item::Whole(Box::new(whole(project, file, reading)?)));
    }
    let Some(content) = line.text else {
        let nothing = line.sets.is_empty() && line.comments.is_empty();
        return if nothing { Ok(()) } else { Err(message!("line-no-text")) };
    };
    let mut id = String::new();
    let mut about = ArticleMetadata::default();
    let mut unit = OffsetUnit::CodePoint;
    if let Some(article) = line.article {
        let named = OffsetUnit::ALL.into_iter().find(|unit| unit.name() == article.offset_unit);
        unit = match named {
            Some(unit) => unit,
            None if article.offset_unit.is_empty() => unit,
            None => return Err(message!("line-unit", unit = article.offset_unit)),
        };
        if !article.sha256.is_empty() && article.sha256 != crate::text::sha256_hex(content.as_bytes()) {
            let message = message!("line-sha256");
            out(Item::Problem(Problem::warning("sha256", message).at(file, Some(number))));
        }
        id = article.id.into_owned();
        about = ArticleMetadata {
            title: article.title.into_owned(),
            publisher: article.publisher.into_owned(),
            author: article.author.into_owned(),
            published: article.published.into_owned(),
            dateline: article.dateline.into_owned(),
            url: article.url.into_owned(),
            language: article.language.into_owned(),
            source: article.source.into_owned(),
            source_sha256: article.source_sha256.into_owned(),
        };
    }
    // Comments are about the line's article, whatever it is called.
    let article = ArticleId::new(&id).unwrap_or_else(|| ArticleId::numbered(0));
    let comments = line.comments.into_iter().map(|one| comment(one, &article, file, reading));
    let mut comments: Vec<_> = comments.collect::<Result<_, Message>>()?;
    let mut decided = Vec::with_capacity(line.sets.len());
    let mut sets = Vec::with_capacity(line.sets.len());
    for mut set in line.sets {
        let decisions = std::mem::take(&mut set.decisions).into_iter().map(|one| decision(one, file, reading));
        decided.push(decisions.collect::<Result<Vec<_>, Message>>()?);
        sets.push(marks(set, number, reading)?);
    }
    let unit = reading.unit.unwrap_or(unit);
    let raw_document = RawDocument { file, line: number, id, about, content: &content, unit, sets, dangling: true };
    raw_document.finish(reading, &mut |mut item| {
        if let Item::Document(page) = &mut item {
            page.comments = std::mem::take(&mut comments);
            for (layer, decisions) in page.sets.iter_mut().zip(&mut decided) {
                layer.decisions = std::mem::take(decisions);
            }
        }
        out(item);
    });
    Ok(())
}
