//! `jejak schema`: what can be marked in a project, and changes of it that are carried through all sets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not, not_opened, not_read};
use crate::edit::{AnnotationKey, SchemaChange, SchemaPlace, Which};
use crate::lang::Message;
use crate::model::{ArticleId, AttributeKind, Kind, Name, Schema};
use crate::redefine::{self, Consequences};
use crate::store::settings::Settings;
use crate::store::{self, Access, Session, Snapshot};

/// Shows the labels of a project, or changes them in the schema and in all sets at once
///
/// A change is looked at first: --dry-run says how many annotations of whom it is about. It is one step in the history of
/// the window and can be undone there. Decisions of review are kept. The old name stays as an alias, so that files which have
/// it can still be imported. A part of the schema is named as person (a label), trip.traveller (a role), trip.status (an
/// attribute) or trip.status=planned (a value); role: or attribute: before it tells two of one name apart.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak schema trips/
  jejak schema trips/ rename person human
  jejak schema trips/ rename trip.status=planned intended --dry-run
  jejak schema trips/ merge title person
  jejak schema trips/ split trip --where status=denied --to denial
  jejak schema trips/ delete claim.stance --with-annotations
  jejak schema trips/ lock")]
pub(super) struct SchemaCommand {
    /// The project folder
    project: PathBuf,
    #[command(subcommand)]
    action: Option<Action>,
    /// Says what would change, and changes nothing
    #[arg(long, global = true)]
    dry_run: bool,
    /// The name of the person who changes it; where none is given, the login name
    #[arg(long, global = true, value_name = "NAME")]
    by: Option<String>,
    /// Prints one JSON object
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows labels, roles, attributes and values, with the number of annotations of each label (as without a subcommand)
    Show,
    /// Gives a part of the schema another name
    Rename {
        /// The part, such as person, trip.traveller or trip.status=planned
        part: String,
        /// The new name
        name: Name,
    },
    /// Makes one of two labels, roles, attributes or values
    Merge {
        /// The part that goes
        part: String,
        /// The name of the one beside it that stays
        into: Name,
    },
    /// Gives some annotations of a label a new label
    Split {
        /// The label
        label: Name,
        /// The annotations with this value
        #[arg(long = "where", value_name = "ATTRIBUTE=VALUE", required_unless_present = "places")]
        value: Option<String>,
        /// A file that names the annotations, one a line: article, annotator and id, with blanks between them
        #[arg(long, value_name = "FILE", conflicts_with = "value")]
        places: Option<PathBuf>,
        /// The name of the new label
        #[arg(long, value_name = "NAME")]
        to: Name,
    },
    /// Takes a part of the schema away
    Delete {
        /// The part
        part: String,
        /// Takes away what annotations have of it, too; without this, a part that is in use stays
        #[arg(long)]
        with_annotations: bool,
    },
    /// Keeps everybody from changing the schema
    Lock,
    /// Lets the schema be changed again
    Unlock,
}

/// The schema as it is shown.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    name: &'a Name,
    locked: bool,
    labels: Vec<ShownLabel<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownLabel<'a> {
    name: &'a Name,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<char>,
    annotations: BTreeMap<Name, usize>,
    #[serde(skip_serializing_if = "<[Name]>::is_empty")]
    aliases: &'a [Name],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<String>,
}

/// The consequences of a change as JSON.
#[derive(Debug, Serialize)]
struct Told {
    done: bool,
    change: String,
    articles: usize,
    changed: usize,
    taken_away: usize,
    joined: usize,
    twice: usize,
    referents: usize,
    mixed_referents: usize,
    decisions: usize,
    finished_sets: usize,
    annotators: BTreeMap<Name, usize>,
    follows: Vec<String>,
}

impl SchemaCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        match &self.action {
            None | Some(Action::Show) => self.show(output),
            Some(Action::Lock) => self.lock(true, output),
            Some(Action::Unlock) => self.lock(false, output),
            Some(action) => self.change(action, output),
        }
    }

    fn show(&self, output: &mut Output) -> Ended {
        let project = Snapshot::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let (corpus, counts) = (project.corpus(), redefine::counts(&project));
        let schema = &corpus.schema;
        let labels = schema.labels.iter().map(|label| ShownLabel {
            name: &label.name,
            kind: label.kind,
            key: label.key,
            annotations: counts.get(&label.name).cloned().unwrap_or_default(),
            aliases: &label.aliases,
            roles: label.roles.iter().map(|role| format!("{} {}", role.name, role.cardinality)).collect(),
            attributes: label.attributes.iter().map(|it| format!("{}: {}", it.name, values(&it.kind))).collect(),
        });
        let shown = Shown { name: &schema.name, locked: corpus.project.schema_locked, labels: labels.collect() };
        if self.json {
            output.json_line(&shown)?;
            return Ok(false);
        }
        let locked = if shown.locked { ", locked" } else { "" };
        output.line(&format!("schema {}: {} labels{locked}", shown.name, shown.labels.len()))?;
        let width = shown.labels.iter().map(|label| label.name.chars().count()).max().unwrap_or_default();
        for label in &shown.labels {
            let key = label.key.map_or_else(|| " ".to_owned(), String::from);
            let by: Vec<String> = label.annotations.iter().map(|(name, count)| format!("{name} {count}")).collect();
            let kind = format!("{:?}", label.kind).to_lowercase();
            let before = match label.aliases {
                [] => String::new(),
                names => format!("  (before: {})", names.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")),
            };
            output.line(format!("{key}  {:width$}  {kind:8}  {}{before}", label.name, by.join(", ")).trim_end())?;
            for (what, parts) in [("roles", &label.roles), ("attributes", &label.attributes)] {
                if !parts.is_empty() {
                    output.line(&format!("     {what}: {}", parts.join("; ")))?;
                }
            }
        }
        let strays: Vec<String> = (counts.iter().filter(|(name, _)| schema.label(name).is_none()))
            .map(|(name, by)| format!("{name} ({})", by.values().sum::<usize>()))
            .collect();
        if !strays.is_empty() {
            output.line(&format!("labels of annotations that the schema lacks: {}", strays.join(", ")))?;
        }
        Ok(false)
    }

    fn lock(&self, locked: bool, output: &mut Output) -> Ended {
        store::change_project(&self.project, |project| project.schema_locked = locked).map_err(could_not)?;
        output.message(if locked { "the schema is locked" } else { "the schema can be changed" });
        Ok(false)
    }

    fn change(&self, action: &Action, output: &mut Output) -> Ended {
        let by = Name::from(self.by.clone().unwrap_or_else(Settings::login_name));
        let access = if self.dry_run { Access::Read } else { Access::Write };
        let mut session =
            Session::open(&self.project, &by, access).map_err(|error| not_opened(&self.project, &error))?;
        let change = action.change(&session.corpus().schema)?;
        let careful = matches!(action, Action::Delete { with_annotations: false, .. });
        let mut agreed = |found: &Consequences| {
            let in_use = found.gone() + found.changed() > 0;
            !(self.dry_run || careful && in_use)
        };
        let mut going = |done: usize, total: usize| {
            output.progress("looking at articles", done, total);
            true
        };
        let outcome = session.run(|link| redefine::carry_out(link, &change, &mut agreed, &mut going));
        let closed = session.close();
        let (found, done) = outcome.map_err(could_not)?.expect("nobody stops it");
        closed.map_err(could_not)?;
        self.tell(&change, done, &found, output)?;
        if !done && !self.dry_run {
            return Err(could_not(format!(
                "{} is in use: nothing was changed; --with-annotations takes away what annotations have of it",
                change.title().trim_start_matches("delete ").trim_end_matches(" from the schema")
            )));
        }
        Ok(false)
    }

    fn tell(&self, change: &SchemaChange, done: bool, found: &Consequences, output: &mut Output) -> Result<(), Ending> {
        if self.json {
            let annotators = found.makers.iter().map(|(name, counts)| (name.clone(), counts.changed + counts.gone));
            return output.json_line(&Told {
                done,
                change: change.title(),
                articles: found.articles,
                changed: found.changed(),
                taken_away: found.gone(),
                joined: found.joined,
                twice: found.twice,
                referents: found.referents,
                mixed_referents: found.mixed,
                decisions: found.decisions,
                finished_sets: found.finished,
                annotators: annotators.collect(),
                follows: found.follows.iter().map(Message::to_string).collect(),
            });
        }
        output.line(&format!("{}: {}", if done { "done" } else { "would be done" }, change.title()))?;
        let mut told = vec![format!("annotations: {} changed, {} taken away", found.changed(), found.gone())];
        told.push(format!("articles: {}", found.articles));
        for (count, what) in [
            (found.joined, "joined with another on the same words"),
            (found.twice, "on the same words as another that says something else"),
            (found.referents, "referents changed"),
            (found.mixed, "referents whose annotations have two labels then"),
            (found.decisions, "decisions kept under the new names or taken away"),
            (found.finished, "sets that were done already"),
        ] {
            if count > 0 {
                told.push(format!("{what}: {count}"));
            }
        }
        output.line(&told.join("; "))?;
        for (name, counts) in &found.makers {
            output.line(&format!("  {name}: {} (articles: {})", counts.changed + counts.gone, counts.articles))?;
        }
        found.follows.iter().try_for_each(|follows| output.line(&follows.to_string()))
    }
}

impl Action {
    fn change(&self, schema: &Schema) -> Result<SchemaChange, Ending> {
        let place = |part: &str| SchemaPlace::find(schema, part).map_err(could_not);
        Ok(match self {
            Self::Rename { part, name } => SchemaChange::Rename { place: place(part)?, to: name.clone() },
            Self::Merge { part, into } => SchemaChange::Merge { place: place(part)?, into: into.clone() },
            Self::Delete { part, .. } => SchemaChange::Delete { place: place(part)? },
            Self::Split { label, value, places, to } => {
                let which = match (value, places) {
                    (_, Some(file)) => Which::Ticked(ticked(file)?),
                    (Some(value), None) => {
                        let wrong = || could_not(format!("\"{value}\" is not ATTRIBUTE=VALUE, such as status=denied"));
                        let (attribute, value) = value.split_once('=').ok_or_else(wrong)?;
                        Which::Value { attribute: attribute.into(), value: value.to_owned() }
                    }
                    (None, None) => return Err(could_not("--where or --places says which annotations are meant")),
                };
                SchemaChange::Split { label: label.clone(), which, to: to.clone() }
            }
            Self::Show | Self::Lock | Self::Unlock => unreachable!("these change no label"),
        })
    }
}

/// The annotations that a file names.
fn ticked(file: &Path) -> Result<BTreeSet<AnnotationKey>, Ending> {
    let text = std::fs::read_to_string(file).map_err(|error| not_read(file, &error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let key = |(at, line): (usize, &str)| {
        let wrong = || could_not(format!("{}:{}: this is not ARTICLE ANNOTATOR ID", file.display(), at + 1));
        let [article, annotator, id] = line.split_whitespace().collect::<Vec<_>>()[..] else { return Err(wrong()) };
        let article = ArticleId::new(article).ok_or_else(wrong)?;
        Ok((article, Name::new(annotator), id.parse().map_err(|_| wrong())?))
    };
    lines.map(key).collect()
}

/// The values of an attribute in words.
fn values(kind: &AttributeKind) -> String {
    match kind {
        AttributeKind::Choice(choices) => {
            choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(" | ")
        }
        AttributeKind::Flag => "yes or nothing".to_owned(),
        AttributeKind::Text => "text".to_owned(),
        AttributeKind::Date => "date".to_owned(),
    }
}
