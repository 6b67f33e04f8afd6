//! `jejak find`: every place of words, a pattern, a label or a referent.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;

use super::output::{Ended, Output, could_not};
use super::over_articles::{Form, OverArticles, counted, csv};
use crate::corpus::concordance::{Hit, Order, Search, find, sort};
use crate::model::{ArticleId, Id, Name, Progress};
use crate::text::Fold;

/// Finds every place of words, a pattern, a label or a referent in all articles
///
/// Prints one line for each place: article, place in code points, the words before it, the words, the words after it, and the
/// label that stands exactly there. Case does not count, and any white space is equal to any other. Places that were discarded in
/// the window are left out. It is not a problem where nothing is found.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak find trips/ 'Bandar Laut'
  jejak find trips/ '/Tiongkok|China/ is:unlabelled' --sort right
  jejak find trips/ 'label:place' --set a --csv > places.csv
  jejak find trips/ 'referent:\"Raka Wirya\"' --json")]
pub(super) struct Find {
    #[command(flatten)]
    of: OverArticles,
    /// The things that are looked for: words, `/a pattern/`, `label:NAME`, `referent:"A NAME"`, `is:labelled`, `is:unlabelled`
    #[arg(value_name = "WHAT", required = true)]
    what: Vec<String>,
    /// `Putin` is not `putin`
    #[arg(long)]
    case: bool,
    /// Only whole words
    #[arg(long)]
    words: bool,
    /// The order of places
    #[arg(long, value_name = "ORDER", default_value = "article",
          value_parser = PossibleValuesParser::new(Order::ALL.map(Order::name)).map(|name| order(&name)))]
    sort: Order,
    #[command(flatten)]
    form: Form,
}

fn order(name: &str) -> Order {
    Order::ALL.into_iter().find(|order| order.name() == name).unwrap_or_default()
}

#[derive(Debug, Serialize)]
struct HitLine<'a> {
    article: &'a ArticleId,
    /// Code points.
    start: u32,
    end: u32,
    left: &'a str,
    words: &'a str,
    right: &'a str,
    labels: Vec<&'a Name>,
    annotations: Vec<Id>,
    referent: Option<Id>,
    published: Option<String>,
    finished: bool,
    in_zone: bool,
}

impl Find {
    pub fn run(self, output: &mut Output) -> Ended {
        let opened = self.of.open(output)?;
        let fold = Fold { case: self.case, words: self.words };
        let search = Search::parse(&self.what.join(" "), fold, &opened.index).map_err(could_not)?;
        let mut hits: Vec<Hit> = Vec::new();
        let unread = find(&opened.snapshot, &opened.index, &search, &|_| true, &mut |mut found| {
            found.retain(|hit| !hit.discarded);
            hits.append(&mut found);
            true
        });
        for sentence in &unread {
            output.message(&format!("{}: {sentence}", self.of.project().display()));
        }
        sort(&mut hits, self.sort, |id| opened.index.place(id));
        let lines: Vec<HitLine<'_>> = hits.iter().map(HitLine::of).collect();
        if self.form.csv {
            let head = ["article", "start", "end", "left", "words", "right", "labels", "referent", "published"];
            let row = |it: &HitLine<'_>| {
                vec![
                    it.article.to_string(),
                    it.start.to_string(),
                    it.end.to_string(),
                    it.left.to_owned(),
                    it.words.to_owned(),
                    it.right.to_owned(),
                    it.label(),
                    it.referent.map(|id| id.to_string()).unwrap_or_default(),
                    it.published.clone().unwrap_or_default(),
                ]
            };
            output.table(&csv(&head, lines.iter().map(row)))?;
        } else {
            for line in &lines {
                output.result(self.form.json, line, &line.text())?;
            }
        }
        let mut articles: Vec<&ArticleId> = lines.iter().map(|line| line.article).collect();
        articles.sort_unstable();
        articles.dedup();
        output.message(&format!("{} in {}", counted(lines.len(), "place"), counted(articles.len(), "article")));
        Ok(opened.problems || !unread.is_empty())
    }
}

impl<'a> HitLine<'a> {
    fn of(hit: &'a Hit) -> Self {
        Self {
            article: hit.id(),
            start: hit.chars.0,
            end: hit.chars.1,
            left: &hit.left,
            words: &hit.words,
            right: &hit.right,
            labels: hit.records.iter().map(|(_, label)| label).collect(),
            annotations: hit.records.iter().map(|(id, _)| *id).collect(),
            referent: hit.referent,
            published: hit.day.map(|day| day.to_string()),
            finished: hit.progress == Some(Progress::Done),
            in_zone: hit.in_zone,
        }
    }

    fn label(&self) -> String {
        self.labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn text(&self) -> String {
        let mut left: Vec<char> = self.left.chars().rev().take(40).collect();
        left.reverse();
        let left: String = left.into_iter().collect();
        let right: String = self.right.chars().take(40).collect();
        let label = if self.labels.is_empty() { String::new() } else { format!("  [{}]", self.label()) };
        format!("{}:{}-{}: {left}<{}>{right}{label}", self.article, self.start, self.end, self.words)
    }
}
