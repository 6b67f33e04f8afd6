//! The state of an article, as the list of articles shows and filters it.

use crate::model::{Article, Progress};
use crate::t;

/// The state of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleStatus {
    /// The annotator's progress.
    pub progress: Progress,
    /// The number of annotations that the annotator has; none where they have not been counted yet.
    pub count: Option<usize>,
    /// The state of its review: done is decided; none where nobody has begun.
    pub review: Option<Progress>,
    /// Open threads of comments.
    pub comments: usize,
}

/// The articles that are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// All of them.
    #[default]
    All,
    /// Those that the annotator has not begun.
    New,
    /// Those that are begun and not done.
    InProgress,
    /// Those that the annotator says are done.
    Done,
    /// Those in review that are not decided.
    Open,
    /// Those that are decided.
    Decided,
    /// Those with open comments.
    Commented,
}

impl StatusFilter {
    /// All that can be wanted, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::All, Self::New, Self::InProgress, Self::Done, Self::Open, Self::Decided, Self::Commented];

    /// As it is offered.
    pub fn title(self) -> &'static str {
        match self {
            Self::All => t!("all-of-them"),
            Self::New => t!("status-new"),
            Self::InProgress => t!("status-in-progress"),
            Self::Done => t!("status-done"),
            Self::Open => t!("status-in-review"),
            Self::Decided => t!("status-decided"),
            Self::Commented => t!("status-commented"),
        }
    }

    /// True where an article that is so far is listed.
    pub fn fits(self, article_status: &ArticleStatus) -> bool {
        match self {
            Self::All => true,
            Self::New => article_status.progress == Progress::New,
            Self::InProgress => article_status.progress == Progress::InProgress,
            Self::Done => article_status.progress == Progress::Done,
            Self::Open => article_status.review.is_some_and(|review| review != Progress::Done),
            Self::Decided => article_status.review == Some(Progress::Done),
            Self::Commented => article_status.comments > 0,
        }
    }
}

impl ArticleStatus {
    /// The second line of an article in the list.
    pub fn detail(&self, article: &Article) -> String {
        let mut parts = vec![article.id.to_string()];
        parts.push(progress_name(self.progress).to_owned());
        parts.extend(self.review.map(|review| match review {
            Progress::Done => t!("status-decided").to_owned(),
            Progress::New | Progress::InProgress => t!("status-in-review").to_owned(),
        }));
        parts.extend((self.comments > 0).then(|| format!("{} ✉", self.comments)));
        parts.extend(self.count.map(|count| t!("status-marked", count = count)));
        parts.push(t!("status-words", count = article.words));
        parts.join(" · ")
    }
}

/// The state of an annotator's work in an article, in a word.
#[must_use]
pub fn progress_name(progress: Progress) -> &'static str {
    match progress {
        Progress::New => t!("status-new"),
        Progress::InProgress => t!("status-in-progress"),
        Progress::Done => t!("status-done"),
    }
}
