//! `jejak claims`: what is claimed, over all articles, and which claims go together.

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output};
use super::over_articles::{Form, OverArticles, counted};
use crate::corpus::{Claim, ClaimLine, Claims, Index, PairPart, TripKey};
use crate::edit::Standing;
use crate::model::{ArticleId, Id, Verdict};

/// Lists claims, over all articles
///
/// Prints one line for each claim, those that were judged the same in one: its words, the articles and the number of publishers
/// that tell it (copies of one report count once), and how many others support it, contradict it or speak of another time. With
/// --pairs it prints the pairs that may have to do with each other: opposite ones and those whose days do not meet first, then
/// those about one trip or of one claimant with words in common, then those that were judged.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak claims trips/
  jejak claims trips/ --set gold --pairs
  jejak claims trips/ --json")]
pub(super) struct ClaimsCommand {
    #[command(flatten)]
    of: OverArticles,
    /// Only claims that others contradict
    #[arg(long)]
    contradicted: bool,
    /// Pairs that may have to do with each other
    #[arg(long, conflicts_with = "contradicted")]
    pairs: bool,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Serialize)]
struct OverviewLine {
    claim: String,
    referents: Vec<Id>,
    articles: Vec<ArticleId>,
    supports: usize,
    contradicts: usize,
    other_time: usize,
    publishers: usize,
}

#[derive(Debug, Serialize)]
struct PairLine {
    part: &'static str,
    one: String,
    other: String,
    articles: [ArticleId; 2],
    referents: [Option<Id>; 2],
    common_words: Vec<String>,
    judged: Option<Verdict>,
    proposed: Option<Verdict>,
}

impl ClaimsCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let opened = self.of.open(output)?;
        let index = &opened.index;
        let claims = Claims::of(index, &|_| true);
        let standing = index.standing();
        if self.pairs {
            self.print_pairs(output, index, &claims, &standing)?;
            return Ok(opened.problems);
        }
        let lines = claims.lines(index, &standing);
        let wanted = lines.iter().filter(|line| !self.contradicted || line.contradicts > 0);
        let lines: Vec<OverviewLine> = wanted.map(|line| OverviewLine::of(index, &claims, line)).collect();
        if self.form.csv {
            let head = ["claim", "articles", "supports", "contradicts", "other_time", "publishers", "referents"];
            let row = |it: &OverviewLine| {
                vec![
                    it.claim.clone(),
                    joined(&it.articles),
                    it.supports.to_string(),
                    it.contradicts.to_string(),
                    it.other_time.to_string(),
                    it.publishers.to_string(),
                    joined(&it.referents),
                ]
            };
            output.table(&super::over_articles::csv(&head, lines.iter().map(row)))?;
        } else {
            lines.iter().try_for_each(|line| output.result(self.form.json, line, &line.words()))?;
        }
        output.message(&counted(lines.len(), "claim"));
        Ok(opened.problems)
    }

    fn print_pairs(
        &self,
        output: &mut Output,
        index: &Index,
        claims: &Claims,
        standing: &Standing,
    ) -> Result<(), Ending> {
        let pairs = claims.pairs(standing);
        let line = |pair: &crate::corpus::Pair| {
            let of = [&claims.all[pair.of.0], &claims.all[pair.of.1]];
            let judged = if let PairPart::Judged(verdict) = pair.part { Some(verdict) } else { None };
            PairLine {
                part: match pair.part {
                    PairPart::Opposite => "opposite",
                    PairPart::Near => "near",
                    PairPart::Judged(_) => "judged",
                },
                one: words(index, of[0]),
                other: words(index, of[1]),
                articles: of.map(|claim| index.digest_of(claim.frames[0]).article.id.clone()),
                referents: of.map(referent),
                common_words: pair.common.clone(),
                judged,
                proposed: pair.proposed,
            }
        };
        let lines: Vec<PairLine> = pairs.iter().map(line).collect();
        if self.form.csv {
            let head = ["part", "article_one", "one", "article_other", "other", "judged", "proposed", "common_words"];
            let verdict = |verdict: Option<Verdict>| verdict.map(|verdict| verdict.to_string()).unwrap_or_default();
            let row = |it: &PairLine| {
                let [one, other] = &it.articles;
                vec![
                    it.part.to_owned(),
                    one.to_string(),
                    it.one.clone(),
                    other.to_string(),
                    it.other.clone(),
                    verdict(it.judged),
                    verdict(it.proposed),
                    it.common_words.join(" "),
                ]
            };
            output.table(&super::over_articles::csv(&head, lines.iter().map(row)))?;
        } else {
            lines.iter().try_for_each(|line| output.result(self.form.json, line, &line.words()))?;
        }
        let open = lines.iter().filter(|line| line.judged.is_none()).count();
        output.message(&format!("{} to judge, {} judged", counted(open, "pair"), lines.len() - open));
        Ok(())
    }
}

fn referent(claim: &Claim) -> Option<Id> {
    match claim.key {
        TripKey::Joined(id) => Some(id),
        TripKey::Frame(_) => None,
    }
}

/// The words of a claim where it is told first; its referent's name where it has none.
fn words(index: &Index, claim: &Claim) -> String {
    let frames = claim.frames.iter().filter_map(|item| index.frame(*item));
    let said = frames
        .map(|frame| frame.words.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|words| !words.is_empty());
    let named = || referent(claim).and_then(|id| index.referent(id)).map(|one| one.name.clone());
    said.or_else(named).unwrap_or_default()
}

fn joined<T: ToString>(things: &[T]) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl OverviewLine {
    fn of(index: &Index, claims: &Claims, line: &ClaimLine) -> Self {
        let article = |at: &u32| index.digests()[*at as usize].article.id.clone();
        Self {
            claim: line.claims.first().map_or(String::new(), |at| words(index, &claims.all[*at])),
            referents: line.claims.iter().filter_map(|at| referent(&claims.all[*at])).collect(),
            articles: line.articles.iter().map(article).collect(),
            supports: line.supports,
            contradicts: line.contradicts,
            other_time: line.other_time,
            publishers: line.publishers,
        }
    }

    fn words(&self) -> String {
        let mut words = format!("\"{}\": {}", self.claim, joined(&self.articles));
        words += &format!("; {}", counted(self.publishers, "publisher"));
        for (number, what) in
            [(self.supports, "supports"), (self.contradicts, "contradicts"), (self.other_time, "other time")]
        {
            if number > 0 {
                words += &format!("; {what} {number}");
            }
        }
        words
    }
}

impl PairLine {
    fn words(&self) -> String {
        let [one, other] = &self.articles;
        let verdict = match (self.judged, self.proposed) {
            (Some(judged), _) => format!("judged {judged}"),
            (None, Some(proposed)) => format!("{}, proposed {proposed}", self.part),
            (None, None) => self.part.to_owned(),
        };
        format!("{verdict}: {one} \"{}\" and {other} \"{}\"", self.one, self.other)
    }
}
