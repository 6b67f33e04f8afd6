//! `jejak people`: who makes sets in a project, of what kind they are, and who is compared.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::compare::known;
use super::output::{Ended, Ending, Output, could_not, not_opened};
use crate::model::{Name, Project, SetKind, Strategy};
use crate::store::{self, Loader};

/// Shows or changes the people, the kinds of their sets, and who is compared
///
/// A set is a person's, adjudicated (decisions on several sets: gold), a model's (predictions) or computed from other
/// sets. Figures, review, progress and cards are about the sets of persons, unless others are named. Who is compared, what
/// counts as agreed and which set receives decisions are settings of the project, for the window and the command line
/// alike.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak people trips/
  jejak people trips/ tagger=model mungkin=computed
  jejak people trips/ --compare a,b,c --strategy majority:60:2
  jejak people trips/ --compare all --gold gold2")]
pub(super) struct People {
    /// The project folder
    project: PathBuf,
    /// The kind of the sets of a name: person, adjudicated, model or computed
    #[arg(value_name = "NAME=KIND")]
    kinds: Vec<String>,
    /// Annotators who are compared where none are named, in this order; "all" means every person
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    compare: Vec<String>,
    /// The rule for what counts as agreed: unanimous, majority, majority:70:3 or prefer:NAME
    #[arg(long)]
    strategy: Option<Strategy>,
    /// The set that receives decisions
    #[arg(long, value_name = "NAME")]
    gold: Option<String>,
    /// Prints one JSON object: {"people":[{"name","kind","sets","compared"}…],"strategy":"…","gold":"…"}
    #[arg(long)]
    json: bool,
}

/// The project as it is shown.
#[derive(Debug, Serialize)]
struct Shown {
    people: Vec<Maker>,
    strategy: String,
    gold: Name,
}

/// Somebody who has a folder or is listed.
#[derive(Debug, Serialize)]
struct Maker {
    name: Name,
    kind: &'static str,
    /// Articles of which there is a set.
    sets: usize,
    /// True for those who are compared where nobody is named.
    compared: bool,
}

impl People {
    pub fn run(self, output: &mut Output) -> Ended {
        let (corpus, loader) = Loader::open(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let there: Vec<(Name, usize)> = loader.set_counts();
        let after = self.changed(&corpus.project, &there)?;
        let project = match after == corpus.project {
            true => after,
            false => store::change_project(&self.project, |project| *project = after).map_err(could_not)?,
        };
        let shown = Shown::of(&project, there);
        if self.json {
            output.json_line(&shown)?;
        } else {
            shown.print(output)?;
        }
        Ok(false)
    }

    /// The project with what was asked for.
    fn changed(&self, project: &Project, there: &[(Name, usize)]) -> Result<Project, Ending> {
        let mut after = project.clone();
        let mut names: Vec<Name> = there.iter().map(|(name, _)| name.clone()).collect();
        names.extend(project.people.iter().map(|maker| maker.name.clone()));
        for wanted in &self.kinds {
            let (name, kind) = wanted
                .rsplit_once('=')
                .ok_or_else(|| could_not(format!("\"{wanted}\" is not NAME=KIND, such as tagger=model")))?;
            let name = Name::new(name);
            known(&self.project, &names, std::slice::from_ref(&name))?;
            after.set_kind(&name, kind.parse::<SetKind>().map_err(could_not)?);
        }
        if let Some(gold) = &self.gold {
            let gold = set_that_decides(gold)?;
            let makers: Vec<Name> = there.iter().filter(|(_, sets)| *sets > 0).map(|(name, _)| name.clone()).collect();
            after.may_be(&gold, SetKind::Adjudicated, &makers).map_err(could_not)?;
            after.gold = gold;
        }
        if let Some(strategy) = &self.strategy {
            if let Strategy::Prefer(name) = strategy {
                known(&self.project, &names, std::slice::from_ref(name))?;
            }
            after.strategy = strategy.clone();
        }
        match &self.compare[..] {
            [] => {}
            [all] if all == "all" => after.compared = Vec::new(),
            named => {
                let named: Vec<Name> = named.iter().map(|name| Name::new(name)).collect();
                known(&self.project, &names, &named)?;
                if named.contains(&after.gold) {
                    let gold = &after.gold;
                    return Err(could_not(format!("{gold} receives decisions and is not compared with others")));
                }
                after.compared = named;
            }
        }
        Ok(after)
    }
}

/// A name that the set which receives decisions can have.
pub(super) fn set_that_decides(name: &str) -> Result<Name, Ending> {
    crate::exchange::set_name(name).map_err(could_not)
}

impl Shown {
    fn of(project: &Project, mut there: Vec<(Name, usize)>) -> Self {
        for maker in &project.people {
            if !there.iter().any(|(name, _)| *name == maker.name) {
                there.push((maker.name.clone(), 0));
            }
        }
        let makers: Vec<Name> = there.iter().filter(|(_, sets)| *sets > 0).map(|(name, _)| name.clone()).collect();
        let compared = project.compared(&makers);
        let people = there.into_iter().map(|(name, sets)| Maker {
            kind: project.kind(&name).name(),
            compared: compared.contains(&name),
            name,
            sets,
        });
        Self { people: people.collect(), strategy: project.strategy.to_string(), gold: project.gold.clone() }
    }

    fn print(&self, output: &mut Output) -> Result<(), Ending> {
        let width = self.people.iter().map(|maker| maker.name.chars().count()).max().unwrap_or_default();
        for Maker { name, kind, sets, compared } in &self.people {
            let compared = if *compared { ", compared" } else { "" };
            output.line(&format!("{name:width$}  {kind:11}  {sets} sets{compared}"))?;
        }
        output.line(&format!("strategy: {}; decisions go into {}", self.strategy, self.gold))
    }
}
