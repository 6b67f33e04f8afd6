//! The order and the groups of the list of articles: plain data, made anew when articles or their states have changed.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{Article, ArticleId, Progress};
use crate::t;
use crate::ui::workspace::article_status::{ArticleStatus, progress_name};

/// The order of the list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOrder {
    /// As the project has them.
    #[default]
    Project,
    /// By title.
    Title,
    /// By the date of publication, the latest first.
    Date,
    /// By publisher, or where it was read from.
    Source,
    /// By the annotator's progress: begun ones first, then new ones, then those that are done.
    State,
    /// By the number of annotations, the most first.
    Marks,
    /// By agreement, the least first.
    Agreement,
}

/// The arrangement of the list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// The order.
    pub by: ListOrder,
    /// True where it is the other way round.
    pub backwards: bool,
    /// True where articles of one date, source or state stand together under a heading.
    pub grouped: bool,
}

impl Arrangement {
    /// The words by which it is remembered.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = format!("{:?}", self.by);
        for (so, word) in [(self.backwards, BACKWARDS), (self.grouped, GROUPED)] {
            if so {
                words.push(' ');
                words.push_str(word);
            }
        }
        words
    }

    /// The arrangement that was remembered by such words; what is not understood is as usual.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        let has = |word: &str| words.split(' ').any(|other| other == word);
        let by = ListOrder::ALL.into_iter().find(|by| has(&format!("{by:?}"))).unwrap_or_default();
        Self { by, backwards: has(BACKWARDS), grouped: has(GROUPED) }
    }
}

const BACKWARDS: &str = "backwards";
const GROUPED: &str = "grouped";

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRow {
    /// The heading of a group, and the number of articles in it.
    Group(String, usize),
    /// An article, by its place in the corpus.
    Article(usize),
}

impl ListOrder {
    /// All of them, as they are offered.
    pub const ALL: [Self; 7] =
        [Self::Project, Self::Title, Self::Date, Self::Source, Self::State, Self::Marks, Self::Agreement];

    /// As it is offered.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Project => t!("list-by-project"),
            Self::Title => t!("list-by-title"),
            Self::Date => t!("list-by-date"),
            Self::Source => t!("list-by-source"),
            Self::State => t!("list-by-state"),
            Self::Marks => t!("list-by-marks"),
            Self::Agreement => t!("column-agreement"),
        }
    }

    /// The heading of the group in which an article stands; none where the order makes no groups.
    fn group(self, article: &Article, status: &ArticleStatus) -> Option<String> {
        match self {
            Self::Date => Some(match article.published.get(..7) {
                Some(month) => month.to_owned(),
                None => t!("trips-no-date").to_owned(),
            }),
            Self::Source => Some(source(article).to_owned()).map(|name| match name.is_empty() {
                true => t!("list-by-no-source").to_owned(),
                false => name,
            }),
            Self::State => Some(progress_name(status.progress).to_owned()),
            Self::Project | Self::Title | Self::Marks | Self::Agreement => None,
        }
    }
}

/// The publisher, else the site that it stood on.
fn source(article: &Article) -> &str {
    let site = || article.url.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("");
    if article.publisher.is_empty() { site() } else { &article.publisher }
}

impl Arrangement {
    /// True where the order depends on more than which articles there are.
    #[must_use]
    pub fn follows_work(self) -> bool {
        self.by != ListOrder::Project
    }

    /// The rows of a list of these articles, each with its place in the corpus and its state.
    #[must_use]
    pub fn rows(
        self,
        mut listed: Vec<(usize, &Article, ArticleStatus)>,
        agreement: &HashMap<ArticleId, f64>,
    ) -> Vec<ListRow> {
        match self.by {
            ListOrder::Project => {}
            ListOrder::Title => listed.sort_by_cached_key(|(_, article, _)| article.title.to_lowercase()),
            ListOrder::Date => listed.sort_by(|(_, a, _), (_, b, _)| b.published.cmp(&a.published)),
            ListOrder::Source => listed.sort_by_cached_key(|(_, article, _)| source(article).to_lowercase()),
            ListOrder::State => listed.sort_by_key(|(_, _, status)| match status.progress {
                Progress::InProgress => 0,
                Progress::New => 1,
                Progress::Done => 2,
            }),
            ListOrder::Marks => listed.sort_by_key(|(_, _, status)| Reverse(status.count)),
            ListOrder::Agreement => {
                let of = |article: &Article| agreement.get(&article.id).copied().unwrap_or(f64::INFINITY);
                listed.sort_by(|(_, a, _), (_, b, _)| of(a).total_cmp(&of(b)));
            }
        }
        if self.backwards {
            listed.reverse();
            // Articles of which it is not known come last, whichever way.
            match self.by {
                ListOrder::Date => listed.sort_by_key(|(_, article, _)| article.published.is_empty()),
                ListOrder::Source => listed.sort_by_key(|(_, article, _)| source(article).is_empty()),
                ListOrder::Agreement => listed.sort_by_key(|(_, article, _)| !agreement.contains_key(&article.id)),
                ListOrder::Project | ListOrder::Title | ListOrder::State | ListOrder::Marks => {}
            }
        } else if self.by == ListOrder::Source {
            listed.sort_by_key(|(_, article, _)| source(article).is_empty());
        }
        let mut rows = Vec::with_capacity(listed.len());
        let mut group: Option<usize> = None;
        for (at, article, status) in &listed {
            if let Some(name) = self.by.group(article, status).filter(|_| self.grouped) {
                match group.and_then(|at| rows.get_mut(at)) {
                    Some(ListRow::Group(same, count)) if *same == name => *count += 1,
                    _ => {
                        group = Some(rows.len());
                        rows.push(ListRow::Group(name, 1));
                    }
                }
            }
            rows.push(ListRow::Article(*at));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, title: &str, published: &str, publisher: &str) -> Article {
        let text = format!(
            "(id: \"{id}\", title: \"{title}\", file: \"articles/{id}.txt\", sha256: \"{id}\", chars: 1, words: 1, \
             published: \"{published}\", publisher: \"{publisher}\")"
        );
        ron::from_str(&text).unwrap()
    }

    fn shown(arrangement: Arrangement) -> String {
        let articles = [
            article("000", "b", "2024-06-18", "Ombak"),
            article("001", "a", "", "Karang"),
            article("002", "c", "2024-06-02", ""),
            article("003", "d", "2024-05-30", "Ombak"),
        ];
        let state = |at: usize| ArticleStatus {
            progress: [Progress::Done, Progress::New, Progress::InProgress, Progress::Done][at],
            count: [Some(3), None, Some(9), Some(1)][at],
            review: None,
            comments: 0,
        };
        let listed = articles.iter().enumerate().map(|(at, article)| (at, article, state(at))).collect();
        let agreement = [("000", 0.9), ("003", 0.2)].map(|(id, value)| (ArticleId::new(id).unwrap(), value)).into();
        let rows = arrangement.rows(listed, &agreement);
        let row = |row: &ListRow| match row {
            ListRow::Group(name, count) => format!("{name}({count})"),
            ListRow::Article(at) => at.to_string(),
        };
        rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn articles_are_listed_in_each_order_and_what_is_not_known_comes_last() {
        use ListOrder as O;
        for (by, backwards, grouped, expected) in [
            (O::Project, false, true, "0 1 2 3"),
            (O::Project, true, false, "3 2 1 0"),
            (O::Title, false, false, "1 0 2 3"),
            (O::Date, false, false, "0 2 3 1"),
            (O::Date, true, false, "3 2 0 1"),
            (O::Date, false, true, "2024-06(2) 0 2 2024-05(1) 3 no date(1) 1"),
            (O::Source, false, true, "Karang(1) 1 Ombak(2) 0 3 no source(1) 2"),
            (O::State, false, true, "in progress(1) 2 new(1) 1 done(2) 0 3"),
            (O::Marks, false, false, "2 0 3 1"),
            (O::Agreement, false, false, "3 0 1 2"),
            (O::Agreement, true, false, "0 3 2 1"),
        ] {
            assert_eq!(shown(Arrangement { by, backwards, grouped }), expected, "{by:?} {backwards}");
        }
    }
}
