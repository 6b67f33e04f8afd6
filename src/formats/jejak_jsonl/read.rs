//! A line as a page.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use super::VERSION;
use super::shape::{
    AnnotationLine, CommentLine, DecisionLine, KeyLine, Line, MarkLine, OriginLine, ProgressLine, ProjectLine,
    ReferentLine, RoleLine, SchemaLine, SetLine, SlotLine, SpanLine, ViaLine,
};
use crate::formats::json::Piece;
use crate::formats::raw_document::{RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::{ArticleMetadata, Item, OffsetUnit, Reading, Whole};
use crate::model::{
    self, ArticleId, Comment, Decision, Drift, DriftedSpan, Filler, Maker, Name, Origin, Problem, Progress, Project,
    Quote, Referent, Role, SetKind, Slot, Strategy, Value, Via,
};
use crate::say::json_fault;

/// Hands over what a line holds, or says why it cannot be read.
pub(super) fn line(piece: &Piece<'_>, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) -> Result<(), String> {
    let (file, number) = (&*piece.file, piece.line);
    let line: Line = piece.parse(PhantomData)?;
    if line.jejak_jsonl > VERSION {
        return Err(format!("the line has version {}, and versions up to {VERSION} are read", line.jejak_jsonl));
    }
    if let Some(project) = line.project {
        out(Item::Whole(Box::new(whole(project, file, reading)?)));
    }
    let Some(content) = line.text else {
        let nothing = line.sets.is_empty() && line.comments.is_empty();
        return if nothing { Ok(()) } else { Err("there are annotations or comments but no text".into()) };
    };
    let mut id = String::new();
    let mut about = ArticleMetadata::default();
    let mut unit = OffsetUnit::CodePoint;
    if let Some(article) = line.article {
        let named = OffsetUnit::ALL.into_iter().find(|unit| unit.name() == article.offset_unit);
        unit = match named {
            Some(unit) => unit,
            None if article.offset_unit.is_empty() => unit,
            None => return Err(format!("\"{}\" is not an offset unit", article.offset_unit)),
        };
        if !article.sha256.is_empty() && article.sha256 != crate::text::sha256_hex(content.as_bytes()) {
            let message = "the text is not the one that its sha256 was made of".to_owned();
            out(Item::Problem(Problem::warning("sha256", message).at(file, Some(number))));
        }
        id = article.id.into_owned();
        about = ArticleMetadata {
            title: article.title.into_owned(),
            publisher: article.publisher.into_owned(),
            published: article.published.into_owned(),
            url: article.url.into_owned(),
            language: article.language.into_owned(),
            source: article.source.into_owned(),
            source_sha256: article.source_sha256.into_owned(),
        };
    }
    // Comments are about the line's article, whatever it is called.
    let article = ArticleId::new(&id).unwrap_or_else(|| ArticleId::numbered(0));
    let comments = line.comments.into_iter().map(|one| comment(one, &article, file, reading));
    let mut comments: Vec<_> = comments.collect::<Result<_, String>>()?;
    let mut decided = Vec::with_capacity(line.sets.len());
    let mut sets = Vec::with_capacity(line.sets.len());
    for mut set in line.sets {
        let decisions = std::mem::take(&mut set.decisions).into_iter().map(|one| decision(one, file, reading));
        decided.push(decisions.collect::<Result<Vec<_>, String>>()?);
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

/// A parser's error without its line, which is that of the file already.
pub(in crate::formats) fn json_error(error: &serde_json::Error) -> String {
    format!("column {}: {}", error.column(), json_fault(error))
}

fn marks(set: SetLine<'_>, line: u32, reading: &Reading<'_>) -> Result<RawSet, String> {
    Ok(RawSet {
        annotator: set.annotator,
        kind: set.kind.map(SetKind::from),
        progress: match set.progress {
            ProgressLine::New => Progress::New,
            ProgressLine::InProgress => Progress::InProgress,
            ProgressLine::Done => Progress::Done,
        },
        marks: set.annotations.into_iter().map(|one| mark(one, line, reading)).collect::<Result<_, _>>()?,
        referents: set
            .referents
            .into_iter()
            .map(|one| referent(one, reading).map(Arc::new))
            .collect::<Result<_, _>>()?,
    })
}

fn decision(line: DecisionLine<'_>, file: &str, reading: &Reading<'_>) -> Result<Arc<Decision>, String> {
    let named = || line.name.clone().ok_or("a decision does not say about which attribute or role it is");
    Ok(Arc::new(Decision {
        id: line.id,
        slot: match line.slot {
            SlotLine::Presence => Slot::Presence,
            SlotLine::Extent => Slot::Extent,
            SlotLine::Label => Slot::Label,
            SlotLine::Attribute => Slot::Attribute(named()?),
            SlotLine::Role => Slot::Role(named()?),
            SlotLine::Identity => Slot::Identity,
        },
        annotation: line.annotation,
        of: line.of.into_iter().map(|KeyLine { of, id }| (of, id)).collect(),
        inputs: line.inputs.into_owned(),
        nothing: line.nothing,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin(file)),
    }))
}

fn comment(
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
            (None, None) => model::Target::Words,
            (Some(KeyLine { of, id }), None) => model::Target::Annotation(of, id),
            (None, Some(KeyLine { of, id })) => model::Target::Comment(of, id),
            (Some(_), Some(_)) => return Err("a comment is about an annotation and is also an answer".into()),
        },
        at: line.spans.into_iter().map(quote).collect::<Result<_, _>>()?,
        text: line.text.into_owned(),
        mark: match line.mark {
            None => model::Mark::None,
            Some(MarkLine::Resolved) => model::Mark::Resolved,
            Some(MarkLine::Reopened) => model::Mark::Reopened,
        },
        reworded: line.reworded,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(unsaid),
    };
    Ok((by, Arc::new(comment)))
}

fn mark(line: AnnotationLine<'_>, number: u32, reading: &Reading<'_>) -> Result<RawAnnotation, String> {
    let (at, quote) = places(&line.spans);
    let drifted = |span: &SpanLine<'_>| DriftedSpan {
        start: u32::try_from(span.start).unwrap_or(0),
        end: u32::try_from(span.end).unwrap_or(0),
        quote: span.text.as_deref().unwrap_or_default().to_owned(),
    };
    Ok(RawAnnotation {
        label: line.label.to_string(),
        at,
        quote,
        attributes: line.attributes.into_iter().map(|one| (reading.name(&one.name), one.value.into_owned())).collect(),
        roles: line.roles.iter().map(|role| target(role, reading)).collect::<Result<_, _>>()?,
        referent: line.referent,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?,
        drift: Drift {
            spans: line.drifted.iter().map(drifted).collect(),
            roles: (line.drifted_roles.iter())
                .flat_map(|role| role.spans.iter().map(|span| (reading.name(&role.role), drifted(span))))
                .collect(),
        },
        line: number,
        id: line.id.into_owned(),
    })
}

/// Offsets of fragments, and what they say where all of them say it.
fn places(spans: &[SpanLine<'_>]) -> (Vec<(i64, i64)>, Option<String>) {
    let said: Option<Vec<&str>> = spans.iter().map(|span| span.text.as_deref()).collect();
    let quote = said.filter(|said| !said.is_empty()).map(|said| said.join(" "));
    (spans.iter().map(|span| (span.start, span.end)).collect(), quote)
}

fn target(line: &RoleLine<'_>, reading: &Reading<'_>) -> Result<(Name, RawFiller), String> {
    let name = reading.name(&line.role);
    let target = match line {
        RoleLine { annotation: Some(id), .. } => RawFiller::Annotation(id.clone().into_owned()),
        RoleLine { date: Some(date), .. } => RawFiller::Value(Value::Date(date.clone())),
        RoleLine { value: Some(value), .. } => RawFiller::Value(Value::Text(value.clone().into_owned())),
        RoleLine { spans, .. } if !spans.is_empty() => {
            let (at, quote) = places(spans);
            RawFiller::Words(at, quote)
        }
        _ => return Err(format!("role \"{name}\" is filled by nothing")),
    };
    Ok((name, target))
}

fn origin(line: OriginLine<'_>, reading: &Reading<'_>) -> Result<Origin, String> {
    let via = match line.via {
        ViaLine::Hand => Via::Hand,
        ViaLine::Import => Via::Import { file: line.file.unwrap_or_default().into_owned() },
        ViaLine::Suggestion => Via::Suggestion {
            source: line.source.ok_or("a suggestion does not say its source")?,
            score: line.score.unwrap_or(0),
            changed: line.changed,
        },
        ViaLine::Decision => {
            Via::Decision { adopted: line.adopted, reason: line.reason.into_owned(), gap: line.gap.into_owned() }
        }
    };
    Ok(Origin { by: reading.name(&line.by), at: line.at, via })
}

fn referent(line: ReferentLine<'_>, reading: &Reading<'_>) -> Result<Referent, String> {
    let role = |line: &RoleLine<'_>| -> Result<Role, String> {
        let filler = match line {
            RoleLine { referent: Some(id), .. } => Filler::Annotation(*id),
            RoleLine { date: Some(date), .. } => Filler::Value(Value::Date(date.clone())),
            RoleLine { value: Some(value), .. } => Filler::Value(Value::Text(value.clone().into_owned())),
            _ => return Err(format!("role \"{}\" of a referent is filled by nothing", line.role)),
        };
        Ok(Role { name: reading.name(&line.role), filler })
    };
    Ok(Referent {
        id: line.id,
        label: reading.name(&line.label),
        name: line.name.into_owned(),
        attributes: line.attributes.into_iter().map(|one| (one.name, one.value.into_owned())).collect(),
        external: line.external.into_iter().map(|one| (one.register, one.id.into_owned())).collect(),
        roles: line.roles.iter().map(role).collect::<Result<_, _>>()?,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin("")),
    })
}

fn whole(line: ProjectLine<'_>, file: &str, reading: &Reading<'_>) -> Result<Whole, String> {
    let mut referents = BTreeMap::new();
    for one in line.referents {
        let all: Result<_, String> =
            one.referents.into_iter().map(|line| Ok((line.id, Arc::new(referent(line, reading)?)))).collect();
        referents.insert(one.annotator, all?);
    }
    let about = |line: CommentLine<'_>| match line.article.clone() {
        Some(article) => comment(line, &article, file, reading),
        None => Err("a comment of the project does not say which article it is about".into()),
    };
    Ok(Whole {
        project: Project {
            title: line.title,
            people: line.people.into_iter().map(Maker::from).collect(),
            compared: line.compared,
            strategy: if line.strategy.is_empty() { Strategy::default() } else { line.strategy.parse()? },
            gold: if line.gold.is_empty() { Project::default().gold } else { reading.name(&line.gold) },
            open_sets: line.open_sets,
        },
        labels: line.labels,
        schema: line.schema.map(|SchemaLine { name, title }| (name, title)),
        referents,
        comments: line.comments.into_iter().map(about).collect::<Result<_, _>>()?,
    })
}
