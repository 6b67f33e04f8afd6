//! The problems of an open project, and the places where they can be looked at.

use std::sync::Arc;

use super::Workspace;
use crate::check::{self, Subject};
use crate::model::{ArticleId, Id, Problem};
use crate::ui::workspace::cached::Cached;
use crate::ui::workspace::missing_files;

impl Workspace {
    /// Everything that is wrong: in the files, as they were read, and in the open article as it is now. Looked for when
    /// the data or the article has changed, not in every frame.
    pub fn problems(&mut self) -> Arc<Vec<Problem>> {
        let known = (self.session.problems().len(), self.session.vanished().count());
        if self.problems_known != known {
            self.problems_known = known;
            self.problems = Cached::default();
        }
        let mut problems = std::mem::take(&mut self.problems);
        let all = problems.get((self.revision, None), || self.look_for_problems());
        self.problems = problems;
        all
    }

    fn look_for_problems(&self) -> Vec<Problem> {
        let mut problems = self.session.problems().to_vec();
        problems.extend(missing_files::problems(&self.session));
        if let (Some((text, set)), Some(key)) = (self.page(), self.key()) {
            let corpus = self.session.corpus();
            let referents = corpus.referents(&key.1);
            let subject = Subject { schema: &corpus.schema, article: &key.0, text, set, referents };
            problems.extend(check::check_set(&subject));
        }
        problems
    }

    /// The place where a problem can be looked at.
    pub fn place_of(problem: &Problem) -> Option<(ArticleId, Option<Id>)> {
        let annotation = problem.annotation.as_ref().and_then(|id| id.parse().ok());
        Some((ArticleId::new(problem.article.as_ref()?)?, annotation))
    }
}
