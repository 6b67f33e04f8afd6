//! A page as a line.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

use super::shape::{
    AnnotationLine, ArticleLine, AttributeLine, CommentLine, DecisionLine, ExternalLine, KeyLine, KindLine, Line,
    MakerLine, MarkLine, OriginLine, ProgressLine, ProjectLine, ReferentLine, Referents, RoleLine, SchemaLine, SetLine,
    SlotLine, SpanLine, ViaLine,
};
use super::{FILE, VERSION};
use crate::formats::json::json_line;
use crate::formats::{AnnotatorSet, Context, ExchangeDocument, OffsetUnit, Pieces, Sink, Writer};
use crate::model::{
    Annotation, Comment, Decision, DriftedSpan, Filler, Id, Kind, Mark, Name, Origin, Progress, Project, Quote,
    Referent, Role, Schema, Slot, Target, Value, Via,
};
use crate::text::{Span, Text};

pub(super) struct Out<'a> {
    pub(super) cx: Context<'a>,
}

impl Writer for Out<'_> {
    type Drawn = ();
    /// Referents that some line holds.
    type State = HashSet<(Name, Id)>;

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let about = &page.about;
        let article = ArticleLine {
            id: (&*page.id).into(),
            title: (&*about.title).into(),
            publisher: (&*about.publisher).into(),
            published: (&*about.published).into(),
            url: (&*about.url).into(),
            language: (&*about.language).into(),
            source: (&*about.source).into(),
            source_sha256: (&*about.source_sha256).into(),
            sha256: page.text.sha256().into(),
            offset_unit: OffsetUnit::CodePoint.name().into(),
        };
        let schema = &*self.cx.corpus.schema;
        let line = Line {
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
        for layer in &page.sets {
            mentioned.extend(layer.referents.iter().map(|referent| (layer.annotator.clone(), referent.id)));
        }
        Ok(())
    }

    fn end(&self, mentioned: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let corpus = self.cx.corpus;
        let mut referents = Vec::new();
        for annotator in self.cx.annotators {
            let Some(all) = corpus.referents(annotator) else { continue };
            let rest = all.values().filter(|one| !mentioned.contains(&(annotator.clone(), one.id)));
            let rest: Vec<_> = rest.map(|one| referent_line(one)).collect();
            if !rest.is_empty() {
                referents.push(Referents { annotator: annotator.clone(), referents: rest });
            }
        }
        let settings = &corpus.project;
        let usual = Project::default();
        let project = ProjectLine {
            title: settings.title.clone(),
            people: settings.people.iter().map(MakerLine::from).collect(),
            compared: settings.compared.clone(),
            strategy: match settings.strategy == usual.strategy {
                true => "".into(),
                false => settings.strategy.to_string().into(),
            },
            gold: if settings.gold == usual.gold { "".into() } else { settings.gold.as_str().into() },
            open_sets: settings.open_sets,
            schema: Some(SchemaLine { name: corpus.schema.name.clone(), title: corpus.schema.title.clone() }),
            labels: corpus.schema.labels.clone(),
            referents,
            comments: (corpus.all_comments().iter())
                .flat_map(|(by, all)| all.values().map(move |comment| (by, comment)))
                .map(|(by, comment)| CommentLine {
                    article: Some(comment.article.clone()),
                    ..comment_line(by, comment)
                })
                .collect(),
        };
        let line = Line {
            jejak_jsonl: VERSION,
            article: None,
            text: None,
            sets: Vec::new(),
            comments: Vec::new(),
            project: Some(project),
        };
        let mut bytes = Vec::new();
        json_line(&mut bytes, &line)?;
        sink.append(FILE, &bytes)
    }
}

fn set_line<'a>(layer: &'a AnnotatorSet, text: &'a Text, schema: &Schema) -> SetLine<'a> {
    SetLine {
        annotator: Some(layer.annotator.clone()),
        kind: layer.kind.map(Into::into),
        progress: match layer.progress {
            Progress::New => ProgressLine::New,
            Progress::InProgress => ProgressLine::InProgress,
            Progress::Done => ProgressLine::Done,
        },
        annotations: layer.records.iter().map(|record| annotation_line(record, text, schema)).collect(),
        referents: layer.referents.iter().map(|referent| referent_line(referent)).collect(),
        decisions: layer.decisions.iter().map(|decision| decision_line(decision)).collect(),
    }
}

fn decision_line(decision: &Decision) -> DecisionLine<'_> {
    let (slot, name) = match &decision.slot {
        Slot::Presence => (SlotLine::Presence, None),
        Slot::Extent => (SlotLine::Extent, None),
        Slot::Label => (SlotLine::Label, None),
        Slot::Attribute(name) => (SlotLine::Attribute, Some(name.clone())),
        Slot::Role(name) => (SlotLine::Role, Some(name.clone())),
        Slot::Identity => (SlotLine::Identity, None),
    };
    DecisionLine {
        id: decision.id,
        slot,
        name,
        annotation: decision.annotation.clone(),
        of: decision.of.iter().map(|(of, id)| KeyLine { of: of.clone(), id: *id }).collect(),
        inputs: (&*decision.inputs).into(),
        nothing: decision.nothing,
        origin: Some(origin_line(&decision.origin)),
    }
}

fn comment_line<'a>(by: &Name, comment: &'a Comment) -> CommentLine<'a> {
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

fn annotation_line<'a>(record: &'a Annotation, text: &'a Text, schema: &Schema) -> AnnotationLine<'a> {
    AnnotationLine {
        id: record.id.to_string().into(),
        label: record.label.clone(),
        kind: schema.label(&record.label).map(|label| match label.kind {
            Kind::Entity => KindLine::Entity,
            Kind::Frame => KindLine::Frame,
            Kind::Zone => KindLine::Zone,
            Kind::Document => KindLine::Document,
        }),
        spans: span_lines(&record.at, text),
        attributes: attribute_lines(&record.attributes),
        roles: record.roles.iter().map(|role| role_line(role, Some(text))).collect(),
        referent: record.referent,
        note: (&*record.note).into(),
        drifted: record.drift.iter().flat_map(|drift| &drift.spans).map(drifted_line).collect(),
        drifted_roles: record.drift.iter().flat_map(|drift| &drift.roles).map(drifted_role).collect(),
        origin: Some(origin_line(&record.origin)),
    }
}

fn drifted_role((role, span): &(Name, DriftedSpan)) -> RoleLine<'_> {
    RoleLine { role: role.as_str().into(), spans: vec![drifted_line(span)], ..RoleLine::default() }
}

fn span_lines<'a>(at: &[Span], text: &'a Text) -> Vec<SpanLine<'a>> {
    let line = |span: &Span| SpanLine {
        start: text.byte_to_char(span.start).into(),
        end: text.byte_to_char(span.end).into(),
        text: Some(text.slice(*span).into()),
    };
    at.iter().map(line).collect()
}

fn drifted_line(span: &DriftedSpan) -> SpanLine<'_> {
    SpanLine { start: span.start.into(), end: span.end.into(), text: Some((&*span.quote).into()) }
}

fn attribute_lines(attributes: &[(Name, String)]) -> Vec<AttributeLine<'_>> {
    attributes.iter().map(|(name, value)| AttributeLine { name: name.clone(), value: value.into() }).collect()
}

/// A role of an annotation, or of a referent where there is no text.
fn role_line<'a>(role: &'a Role, text: Option<&'a Text>) -> RoleLine<'a> {
    let mut line = RoleLine { role: role.name.as_str().into(), ..RoleLine::default() };
    match (&role.filler, text) {
        (Filler::Annotation(id), Some(_)) => line.annotation = Some(id.to_string().into()),
        (Filler::Annotation(id), None) => line.referent = Some(*id),
        (Filler::Span(at), Some(text)) => line.spans = span_lines(at, text),
        (Filler::Span(_), None) => {}
        (Filler::Value(Value::Date(date)), _) => line.date = Some(date.clone()),
        (Filler::Value(Value::Text(value)), _) => line.value = Some(value.into()),
    }
    line
}

fn origin_line(origin: &Origin) -> OriginLine<'_> {
    let mut line = OriginLine {
        by: origin.by.clone(),
        at: origin.at,
        via: ViaLine::Hand,
        file: None,
        source: None,
        score: None,
        changed: false,
        adopted: Vec::new(),
        reason: Cow::Borrowed(""),
        gap: Cow::Borrowed(""),
    };
    match &origin.via {
        Via::Hand => {}
        Via::Import { file } => {
            line.via = ViaLine::Import;
            line.file = Some(file.into());
        }
        Via::Suggestion { source, score, changed } => {
            line.via = ViaLine::Suggestion;
            line.source = Some(source.clone());
            line.score = Some(*score);
            line.changed = *changed;
        }
        Via::Decision { adopted, reason, gap } => {
            line.via = ViaLine::Decision;
            line.adopted.clone_from(adopted);
            line.reason = reason.into();
            line.gap = gap.into();
        }
    }
    line
}

/// An origin as one JSON object.
pub(in crate::formats) fn origin_json(origin: &Origin) -> String {
    serde_json::to_string(&origin_line(origin)).unwrap_or_default()
}

fn referent_line(referent: &Referent) -> ReferentLine<'_> {
    let external =
        |(register, id): &'_ (Name, String)| ExternalLine { register: register.clone(), id: id.clone().into() };
    ReferentLine {
        id: referent.id,
        label: referent.label.clone(),
        name: (&*referent.name).into(),
        attributes: attribute_lines(&referent.attributes),
        external: referent.external.iter().map(external).collect(),
        roles: referent.roles.iter().map(|role| role_line(role, None)).collect(),
        note: (&*referent.note).into(),
        origin: Some(origin_line(&referent.origin)),
    }
}
