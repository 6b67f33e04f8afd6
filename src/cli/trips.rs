//! `jejak trips`: who went where and when, over all articles.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Output};
use super::over_articles::{Form, OverArticles, counted};
use crate::corpus::{Conflict, Days, Index, Scheme, Trip, TripKey, Trips};
use crate::model::{ArticleId, Id, Name};

/// Lists trips, over all articles
///
/// Prints one line for each trip: those that a referent joins first, then those that none joins yet. Each says who goes, where
/// to, when, how far it is, how many articles tell of it, and what they contradict each other in: days that do not meet, places of
/// which none lies in another, a status that goes backwards. With --csv the table has a row for each trip and a column for each
/// article by its date. With --proposals it prints trips that may be one, each with the reasons; with --near also those that are
/// not, and why.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak trips trips/
  jejak trips trips/ --set gold --csv > trips.csv
  jejak trips trips/ --conflicts
  jejak trips trips/ --proposals")]
pub(super) struct TripsCommand {
    #[command(flatten)]
    of: OverArticles,
    /// Only trips that articles contradict each other about
    #[arg(long)]
    conflicts: bool,
    /// Trips that may be one
    #[arg(long, conflicts_with = "conflicts")]
    proposals: bool,
    /// Beside them those that are nearly so
    #[arg(long, requires = "proposals")]
    near: bool,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Serialize)]
struct TripLine<'a> {
    label: &'a Name,
    referent: Option<Id>,
    name: String,
    who: Vec<&'a str>,
    to: Vec<&'a str>,
    days: Option<String>,
    articles: Vec<Cell>,
    conflicts: Vec<ConflictLine>,
}

/// The words of one article about a trip.
#[derive(Debug, Serialize)]
struct Cell {
    article: ArticleId,
    published: String,
    frames: Vec<Id>,
    to: String,
    days: Option<String>,
    states: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ConflictLine {
    rule: &'static str,
    articles: [ArticleId; 2],
    frames: [Id; 2],
    says: [String; 2],
}

#[derive(Debug, Serialize)]
struct ProposalLine {
    proposed: bool,
    one: String,
    other: String,
    referents: [Option<Id>; 2],
    why: String,
}

impl TripsCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let opened = self.of.open(output)?;
        let index = &opened.index;
        let trips = Trips::of(index, &|_| true);
        if self.proposals {
            self.print_proposals(output, index, &trips)?;
            return Ok(opened.problems);
        }
        let lines = trips.all.iter().map(|trip| TripLine::of(index, trip));
        let lines: Vec<TripLine<'_>> = lines.filter(|line| !self.conflicts || !line.conflicts.is_empty()).collect();
        if self.form.csv {
            output.table(&matrix(index, &lines))?;
        } else {
            lines.iter().try_for_each(|line| output.result(self.form.json, line, &line.words()))?;
        }
        let conflicts: usize = lines.iter().map(|line| line.conflicts.len()).sum();
        let joined = lines.iter().filter(|line| line.referent.is_some()).count();
        output.message(&format!(
            "{}, {joined} of them joined by a referent; {}",
            counted(lines.len(), "trip"),
            counted(conflicts, "contradiction")
        ));
        Ok(opened.problems)
    }

    fn print_proposals(&self, output: &mut Output, index: &Index, trips: &Trips) -> Result<(), super::output::Ending> {
        let standing = index.standing();
        let mut lines = Vec::new();
        for (at, trip) in trips.all.iter().enumerate() {
            let candidates = trips.candidates(at, &standing);
            let wanted = candidates.into_iter().filter(|one| at < one.trip && (one.not.is_none() || self.near));
            lines.extend(wanted.map(|one| ProposalLine {
                proposed: one.not.is_none(),
                one: called(index, trip),
                other: called(index, &trips.all[one.trip]),
                referents: [referent(trip), referent(&trips.all[one.trip])],
                why: one.message().to_string(),
            }));
        }
        lines.sort_by_key(|line| !line.proposed);
        if self.form.csv {
            let head = ["proposed", "one", "other", "referent_one", "referent_other", "why"];
            let id = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
            let row = |it: &ProposalLine| {
                let [one, other] = it.referents.map(id);
                vec![it.proposed.to_string(), it.one.clone(), it.other.clone(), one, other, it.why.clone()]
            };
            output.table(&super::over_articles::csv(&head, lines.iter().map(row)))?;
        } else {
            lines.iter().try_for_each(|line| {
                let are = if line.proposed { "may be" } else { "is not proposed as" };
                let words = format!("{} {are} {}: {}", line.one, line.other, line.why);
                output.result(self.form.json, line, &words)
            })?;
        }
        let proposed = lines.iter().filter(|line| line.proposed).count();
        output.message(&format!("{} may be one trip", counted(proposed, "pair")));
        Ok(())
    }
}

fn referent(trip: &Trip) -> Option<Id> {
    match trip.key {
        TripKey::Joined(id) => Some(id),
        TripKey::Frame(_) => None,
    }
}

/// A trip as one calls it: who goes and where to, and in which article where nothing joins it.
fn called(index: &Index, trip: &Trip) -> String {
    let names =
        |things: &[crate::corpus::Thing]| things.iter().map(|thing| thing.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut words = format!("\"{} → {}\"", names(&trip.who), names(&trip.to));
    if let Some(days) = trip.days {
        words += &format!(" {}", days.written());
    }
    if let TripKey::Frame(item) = trip.key {
        words += &format!(" in {}", index.digest_of(item).article.id);
    }
    words
}

impl<'a> TripLine<'a> {
    fn of(index: &Index, trip: &'a Trip) -> Self {
        let schema = index.schema();
        let scheme = schema.label(&trip.label).map(|label| Scheme::of(schema, label));
        let mut cells: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for item in &trip.frames {
            cells.entry(item.article).or_default().extend(index.frame(*item));
        }
        let cell = |(article, frames): (u32, Vec<&crate::corpus::Frame>)| {
            let digest = &index.digests()[article as usize];
            let place = scheme.as_ref().and_then(|scheme| scheme.place);
            let fillers = frames.iter().flat_map(|frame| place.map_or(&[][..], |role| frame.fillers(role)));
            let to: Vec<&str> = fillers.map(|filler| &*filler.words).collect();
            let state = scheme.as_ref().and_then(|scheme| scheme.state);
            let states = frames.iter().filter_map(|frame| frame.attribute(&state?.name));
            Cell {
                article: digest.article.id.clone(),
                published: digest.article.published.clone(),
                frames: frames.iter().map(|frame| frame.id).collect(),
                to: to.join(", "),
                days: frames.iter().filter_map(|frame| frame.days).reduce(Days::hull).map(Days::written),
                states: states.map(str::to_owned).collect(),
            }
        };
        let referent = referent(trip);
        let name = referent.and_then(|id| index.referent(id)).map_or(String::new(), |one| one.name.clone());
        let mut articles: Vec<Cell> = cells.into_iter().map(cell).collect();
        articles.sort_by(|one, other| one.published.cmp(&other.published));
        let conflict = |Conflict { of, rule, says }: Conflict| ConflictLine {
            rule: rule.name(),
            articles: of.map(|item| index.digest_of(item).article.id.clone()),
            frames: of.map(|item| index.frame(item).map_or(Id::LEAST, |frame| frame.id)),
            says,
        };
        Self {
            label: &trip.label,
            referent,
            name,
            who: trip.who.iter().map(|thing| thing.name.as_str()).collect(),
            to: trip.to.iter().map(|thing| thing.name.as_str()).collect(),
            days: trip.days.map(Days::written),
            articles,
            conflicts: trip.conflicts(index).into_iter().map(conflict).collect(),
        }
    }

    fn words(&self) -> String {
        let or = |names: &[&str], none: &str| if names.is_empty() { none.to_owned() } else { names.join(", ") };
        let mut words = format!("{} → {}", or(&self.who, "nobody named"), or(&self.to, "no place"));
        words += &self.days.as_ref().map_or(", no date".to_owned(), |days| format!(", {days}"));
        for cell in &self.articles {
            words += &format!("; {}", cell.article);
            if !cell.states.is_empty() {
                words += &format!(" {}", cell.states.join(", "));
            }
        }
        if self.referent.is_none() {
            words += "; no referent";
        }
        for conflict in &self.conflicts {
            let [one, other] = &conflict.articles;
            let [says, other_says] = &conflict.says;
            words += &format!("; ≠ {}: {one} {says}, {other} {other_says}", conflict.rule);
        }
        words
    }
}

/// A row for each trip, a column for each article that tells of one, by its date.
fn matrix(index: &Index, lines: &[TripLine<'_>]) -> String {
    let mut columns: Vec<(&str, &ArticleId)> =
        lines.iter().flat_map(|line| &line.articles).map(|cell| (cell.published.as_str(), &cell.article)).collect();
    columns.sort_by_key(|(published, article)| (published.is_empty(), *published, index.place(article)));
    columns.dedup();
    let heads = columns.iter().map(|(published, article)| format!("{article} {published}").trim().to_owned());
    let head: Vec<String> =
        ["who", "to", "days", "referent", "contradictions"].into_iter().map(str::to_owned).chain(heads).collect();
    let row = |line: &TripLine<'_>| {
        let rules: Vec<&str> = line.conflicts.iter().map(|conflict| conflict.rule).collect();
        let cell = |(_, article): &(&str, &ArticleId)| {
            let cell = line.articles.iter().find(|cell| cell.article == **article);
            cell.map_or(String::new(), |cell| {
                let parts = [cell.to.clone(), cell.days.clone().unwrap_or_default(), cell.states.join(", ")];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            })
        };
        let referent = line.referent.map(|id| id.to_string()).unwrap_or_default();
        let fixed = [
            line.who.join(", "),
            line.to.join(", "),
            line.days.clone().unwrap_or_default(),
            referent,
            rules.join(", "),
        ];
        fixed.into_iter().chain(columns.iter().map(cell)).collect()
    };
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    super::over_articles::csv(&head, lines.iter().map(row))
}
