//! The articles of an open project as they are listed: those that fit, in their order, and what is known of each without opening it.

use std::collections::HashMap;
use std::sync::Arc;

use super::Workspace;
use crate::model::{Article, ArticleId, Progress};
use crate::t;
use crate::ui::widgets::jobs::Jobs;
use crate::ui::workspace::article_order::ListRow;
use crate::ui::workspace::article_status::StatusFilter;
use crate::ui::workspace::cached::Cached;

impl Workspace {
    /// The rows of the list: the articles that fit the filter, in their order and groups.
    pub fn matching(&mut self) -> Arc<Vec<ListRow>> {
        if self.matched != (self.filter.clone(), self.wanted, self.arrangement) {
            self.matched = (self.filter.clone(), self.wanted, self.arrangement);
            self.matching = Cached::default();
        }
        let threads = self.threads(false);
        let (words, wanted, arrangement) = (&self.filter, self.wanted, self.arrangement);
        let mut matching = std::mem::take(&mut self.matching);
        let articles = self.session.corpus().articles();
        let plain = wanted == StatusFilter::All && !arrangement.follows_work();
        let rows = || {
            let listed = articles.iter().enumerate().filter(|(_, article)| article.fits(words));
            let listed = listed.map(|(at, article)| (at, &**article, self.article_status(article, &threads)));
            arrangement.rows(listed.filter(|(_, _, status)| wanted.fits(status)).collect(), &self.agreement)
        };
        // The list changes with the articles alone, whose number stands for that, unless it shows or orders them by their
        // state; titles are looked up when drawn.
        let of = if plain { articles.len() as u64 } else { self.revision };
        let all = matching.get((of, None), rows);
        self.matching = matching;
        all
    }

    /// The articles that are listed, in their order, by their place in the corpus.
    pub fn listed(&mut self) -> Vec<usize> {
        let rows = self.matching();
        rows.iter().filter_map(|row| if let ListRow::Article(at) = row { Some(*at) } else { None }).collect()
    }

    /// The number of articles with which the annotator is done, and of those that are begun.
    pub fn standing(&mut self) -> (usize, usize) {
        let mut standing = std::mem::take(&mut self.standing);
        let counts = standing.get((self.revision, None), || {
            let states = self.session.corpus().articles().iter().map(|article| self.summary(article).0);
            states.fold((0, 0), |(done, begun), state| match state {
                Progress::Done => (done + 1, begun),
                Progress::InProgress => (done, begun + 1),
                Progress::New => (done, begun),
            })
        });
        self.standing = standing;
        *counts
    }

    /// Takes the agreement in articles as it was measured.
    pub fn take_agreement(&mut self, agreement: HashMap<ArticleId, f64>) {
        if self.agreement != agreement {
            self.agreement = agreement;
            self.matching = Cached::default();
        }
    }

    /// State and number of annotations of an article, where they are known.
    pub fn summary(&self, article: &Article) -> (Progress, Option<usize>) {
        if let Some(set) = self.session.corpus().set(&article.id, self.annotator()) {
            return (set.progress(), Some(set.len()));
        }
        let known = self.summaries.get(&article.id);
        known.map_or((Progress::New, None), |&(progress, count)| (progress, Some(count)))
    }

    /// Begins to count what is marked in the articles that are not open.
    pub fn summarise(&mut self, jobs: &Jobs) {
        let (snapshot, annotator, gold) =
            (self.session.snapshot(), self.annotator().clone(), self.session.corpus().project.gold.clone());
        let articles = self.session.corpus().articles().to_vec();
        self.summing = Some(jobs.start(t!("job-counting"), move |ticket| {
            let count = |article: Arc<Article>| {
                let own = snapshot.loader().summary(&article, &annotator);
                let review = snapshot.loader().summary(&article, &gold).map(|(progress, _)| progress);
                (own.is_some() || review.is_some()).then(|| (article.id.clone(), own, review))
            };
            articles.into_iter().take_while(|_| !ticket.cancelled()).filter_map(count).collect()
        }));
    }
}
