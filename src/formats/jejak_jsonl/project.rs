//! Everything that belongs to no article, in the last line.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::beside::BesideLine;
use super::comment::{CommentJson, comment, comment_line};
use super::set::SetKindLine;
use crate::formats::{Context, ImportContext, Mentioned, Whole};
use crate::model::{LabelDef, Maker, Name, Project, Record, Referents, Strategy, Titles};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectJson<'a> {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub people: Vec<MakerLine>,
    /// The sets that are compared; none named means every person's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Name>,
    /// The rule by which a reading counts as agreed, as the command line has it.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub strategy: Cow<'a, str>,
    /// The adjudicated set that receives decisions.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub gold: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_sets: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub schema_locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaJson>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelDef>,
    /// The records of annotators beside the articles.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<BesideLine<'a>>,
    /// Comments that are about no article.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentJson<'a>>,
}

/// A maker of sets: the name, and the kind of the sets where it is not the usual one of that name.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum MakerLine {
    Usual(Name),
    Of(KindOf),
}

impl From<MakerLine> for Maker {
    fn from(line: MakerLine) -> Self {
        match line {
            // Files that knew no kinds held the adjudicated set under this name alone.
            MakerLine::Usual(name) => Self { kind: Project::default().kind(&name), name },
            MakerLine::Of(KindOf { name, kind }) => Self { name, kind: kind.into() },
        }
    }
}

impl From<&Maker> for MakerLine {
    fn from(maker: &Maker) -> Self {
        match Project::default().kind(&maker.name) == maker.kind {
            true => Self::Usual(maker.name.clone()),
            false => Self::Of(KindOf { name: maker.name.clone(), kind: maker.kind.into() }),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindOf {
    pub name: Name,
    pub kind: SetKindLine,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaJson {
    pub name: Name,
    #[serde(default, skip_serializing_if = "Titles::is_empty")]
    pub title: Titles,
}

/// The project's line, with the referents that no article has mentioned.
pub(super) fn project_line<'a>(cx: &Context<'a>, mentioned: &Mentioned) -> ProjectJson<'a> {
    let corpus = cx.corpus;
    let settings = &corpus.project;
    let usual = Project::default();
    ProjectJson {
        title: settings.title.clone(),
        people: settings.people.iter().map(MakerLine::from).collect(),
        compared: settings.compared.clone(),
        strategy: match settings.strategy == usual.strategy {
            true => "".into(),
            false => settings.strategy.to_string().into(),
        },
        gold: if settings.gold == usual.gold { "".into() } else { settings.gold.as_str().into() },
        open_sets: settings.open_sets,
        schema_locked: settings.schema_locked,
        schema: Some(SchemaJson { name: corpus.schema.name.clone(), title: corpus.schema.title.clone() }),
        labels: corpus.schema.labels.clone(),
        referents: cx.annotators.iter().filter_map(|who| BesideLine::new(corpus, who, mentioned)).collect(),
        comments: (corpus.all_comments().iter())
            .flat_map(|(by, all)| all.values().map(move |comment| (by, comment)))
            .map(|(by, comment)| CommentJson { article: Some(comment.article.clone()), ..comment_line(by, comment) })
            .collect(),
    }
}

pub(super) fn whole(line: ProjectJson<'_>, file: &str, reading: &ImportContext<'_>) -> Result<Whole, Message> {
    let mut referents: BTreeMap<Name, Referents> = BTreeMap::new();
    let mut beside = Vec::new();
    for line in line.referents {
        let (whose, records) = line.records(reading)?;
        let all = referents.entry(whose.clone()).or_default();
        for record in records {
            match record {
                Record::Referent(referent) => drop(all.insert(referent.id, referent)),
                record => beside.push((whose.clone(), record)),
            }
        }
    }
    let about = |line: CommentJson<'_>| match line.article.clone() {
        Some(article) => comment(line, &article, file, reading),
        None => Err(message!("comment-no-article")),
    };
    Ok(Whole {
        project: Project {
            title: line.title,
            people: line.people.into_iter().map(Maker::from).collect(),
            compared: line.compared,
            strategy: if line.strategy.is_empty() { Strategy::default() } else { line.strategy.parse()? },
            gold: if line.gold.is_empty() { Project::default().gold } else { reading.name(&line.gold) },
            open_sets: line.open_sets,
            schema_locked: line.schema_locked,
            conflicts: Vec::new(),
        },
        labels: line.labels,
        schema: line.schema.map(|SchemaJson { name, title }| (name, title)),
        referents,
        beside,
        comments: line.comments.into_iter().map(about).collect::<Result<_, _>>()?,
    })
}
