//! The answers that programs of the person's own have given about articles, and the one that is being asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assist::Answer;
use crate::lang::Message;
use crate::model::{ArticleId, Name};
use crate::store::settings::Program;
use crate::ui::widgets::jobs::Job;

/// The thing that a program is asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct About {
    pub(super) source: Name,
    pub(super) article: ArticleId,
    /// The digest of its text.
    pub(super) text: String,
}

/// The result of asking: an answer, a sentence why there is none, or nothing where nobody wanted it any more.
pub(super) type Said = Option<Result<Answer, Message>>;

/// The answers of programs. Each is asked once about a text; a person can have it asked again.
#[derive(Default)]
pub(super) struct AskedPrograms {
    /// The programs as they were when they answered.
    pub(super) programs: Vec<Program>,
    /// Answers, and sentences why there is none.
    pub(super) answers: BTreeMap<About, Result<Arc<Answer>, String>>,
    /// The number of changes of the answers so far.
    pub(super) given: usize,
    /// One at the most.
    pub(super) running: Option<(About, Job<Said>)>,
}

impl AskedPrograms {
    /// The answers about an article's text.
    pub(super) fn about(&self, article: &ArticleId, text: &str) -> Vec<(Name, Arc<Answer>)> {
        let here = self.answers.iter().filter(|(about, _)| about.article == *article && about.text == text);
        here.filter_map(|(about, answer)| Some((about.source.clone(), answer.clone().ok()?))).collect()
    }
}
