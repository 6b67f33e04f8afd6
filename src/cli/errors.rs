//! `jejak evaluate --errors`: what the figures count as wrong, one line for each.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::output::{Ended, Ending, Output, not_opened};
use crate::figures::{
    ArticlesOf, Deviation, DeviationKind, DeviationRequest, ProjectDeviations, ZoneText, project_deviations,
};
use crate::model::{ArticleId, Kind, Name};
use crate::store;

/// A kind of errors that is listed; none for every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErrorKind(Option<DeviationKind>);

impl ErrorKind {
    /// The reader of its name.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        let named = DeviationKind::ALL.map(|kind| PossibleValue::new(kind.name()).help(help(kind)));
        let every = PossibleValue::new("all").help("Every kind");
        PossibleValuesParser::new(std::iter::once(every).chain(named))
            .map(|name| Self(DeviationKind::ALL.into_iter().find(|kind| kind.name() == name)))
    }

    fn takes(self, kind: DeviationKind) -> bool {
        self.0.is_none_or(|own| own == kind)
    }
}

fn help(kind: DeviationKind) -> &'static str {
    match kind {
        DeviationKind::Missing => "Annotations that gold has and predictions lack",
        DeviationKind::Spurious => "Annotations that predictions have and gold lacks",
        DeviationKind::Boundary => "Other words",
        DeviationKind::Label => "Another label",
        DeviationKind::Attribute => "Another value of an attribute",
        DeviationKind::Role => "Another filler of a role",
        DeviationKind::Identity => "Another referent",
    }
}

#[derive(Debug, Serialize)]
struct ErrorLine<'a> {
    article: &'a ArticleId,
    kind: &'static str,
    slot: String,
    /// The kind of thing: mention, frame, zone, document.
    of: &'static str,
    about: &'a str,
    /// True where only other articles show it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    across: bool,
    gold: Option<Side<'a>>,
    pred: Option<Side<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a Name>,
}

#[derive(Debug, Serialize)]
struct Side<'a> {
    label: &'a Name,
    /// Code points; none without words.
    start: Option<u32>,
    end: Option<u32>,
    /// The words of the record; those of several fragments are joined by " … ".
    words: &'a str,
    /// The value of the slot, in words.
    said: &'a str,
}

/// Lists the errors of each model, kind by kind.
pub(super) fn list(
    output: &mut Output,
    project: &Path,
    [json, waiting]: [bool; 2],
    (gold, models): (&Name, &[Name]),
    (articles_of, zones, kinds): (ArticlesOf, ZoneText, &[ErrorKind]),
) -> Ended {
    let scan = store::scan(project).map_err(|error| not_opened(project, &error))?;
    let mut unread = false;
    if zones == ZoneText::LeftOut {
        output.message("text in zones of gold does not count");
    }
    for whose in models {
        let request = DeviationRequest { gold: gold.clone(), whose: whose.clone(), articles_of, zones };
        let mut progress = |done: usize, total: usize| {
            output.progress("comparing", done, total);
            true
        };
        let found = project_deviations(&scan, &request, &mut progress).expect("nobody stops it");
        let ProjectDeviations { mut found, articles, unread: sentences } = found;
        for sentence in &sentences {
            output.message(&format!("{}: {sentence}", project.display()));
        }
        unread |= !sentences.is_empty();
        let several = models.len() > 1;
        let of = if several { format!("{whose}: ") } else { String::new() };
        let (with_gold, predicted, scored) = (articles.gold, articles.predicted, articles.scored);
        output.message(&format!("{of}gold in {with_gold} articles, predicted in {predicted}, scored {scored}"));
        let lacking: Vec<String> = found.not_predicted().map(|part| part.message().to_string()).collect();
        if !lacking.is_empty() {
            output.message(&format!("{of}not predicted, and so not counted: {}", lacking.join(", ")));
        }
        found.keep_errors();
        let counts = found.counts().map(|(kind, count)| format!("{count} {}", kind.name()));
        output.message(&format!("{of}{} errors: {}", found.all.len(), counts.join(", ")));
        let mut errors: Vec<&Deviation> =
            found.all.iter().filter(|it| kinds.iter().any(|wanted| wanted.takes(it.kind))).collect();
        errors.sort_by_key(|error| error.kind);
        for error in errors {
            if json {
                output.json_line(&line(error, several.then_some(whose)))?;
            } else {
                print(output, error, (gold, whose))?;
            }
        }
    }
    Ok(unread || waiting)
}

fn line<'a>(error: &'a Deviation, model: Option<&'a Name>) -> ErrorLine<'a> {
    let side = |side: usize| {
        let place = error.chars[side];
        Some(Side {
            label: error.labels[side].as_ref()?,
            start: place.map(|at| at.0),
            end: place.map(|at| at.1),
            words: &error.words[side],
            said: &error.said[side],
        })
    };
    ErrorLine {
        article: &error.article,
        kind: error.kind.name(),
        slot: error.slot.to_string(),
        of: match error.of {
            Kind::Entity => "mention",
            Kind::Frame => "frame",
            Kind::Zone => "zone",
            Kind::Document => "document",
        },
        about: &error.title,
        across: error.across,
        gold: side(0),
        pred: side(1),
        model,
    }
}

fn print(output: &mut Output, error: &Deviation, (gold, whose): (&Name, &Name)) -> Result<(), Ending> {
    let place = error.chars[0].or(error.chars[1]).map_or("-".to_owned(), |(start, end)| format!("{start}-{end}"));
    let (kind, slot) = (error.kind.name(), error.slot.to_string());
    let slot = match error.kind {
        DeviationKind::Attribute | DeviationKind::Role => format!(" {slot}"),
        _ => String::new(),
    };
    let [right, said] = error.said.each_ref().map(|said| if said.is_empty() { "nothing" } else { said });
    let about = match error.kind {
        DeviationKind::Missing | DeviationKind::Spurious => String::new(),
        _ => format!("{}: ", error.title),
    };
    output.line(&format!("{}:{place}: {kind}{slot}: {about}{gold} {right}, {whose} {said}", error.article))
}
