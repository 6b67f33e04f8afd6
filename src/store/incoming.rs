//! Takes in the reports of the threads: changes by others, failures, files that are gone.

use crate::lang::InWords;
use crate::message;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use super::errand::Reason;
use super::event::Event;
use super::layout::FileKey;
use super::messages::{Notice, Task};
use super::renumber;
use super::session::Session;
use crate::edit::{Edit, Transaction};
use crate::model::{ArticleId, Problem, Record};

impl Session {
    /// The events on disk since the last call, without waiting.
    pub fn poll(&mut self) -> Vec<Event> {
        self.take_notices();
        self.follow_underway();
        let failure = self.signals.failure();
        if failure != self.told_failure {
            if failure.is_none() && self.files_failure.is_none() {
                self.events.push_back(Event::Mended);
            }
            self.events.extend(failure.clone().map(Event::Failed));
            self.told_failure = failure;
        }
        if self.told < self.number && self.signals.synced.load(Ordering::Acquire) == self.number {
            self.told = self.number;
            self.events.push_back(Event::Saved);
        }
        self.events.drain(..).collect()
    }

    /// Takes what the threads have told since the last time.
    pub(super) fn take_notices(&mut self) {
        while let Ok(notice) = self.notices.try_recv() {
            self.take_notice(notice);
        }
        // The asker knows what was told before.
        while let Ok(work) = self.asked.try_recv() {
            work(self);
        }
    }

    pub(super) fn take_notice(&mut self, notice: Notice) {
        match notice {
            Notice::Outside { file, edits, problems } => self.take_outside(file, &edits, problems),
            Notice::Text(article) => self.ask_article(&article),
            Notice::Fetched(fetched) => self.take_fetched(*fetched),
            Notice::Held(why) => self.files_wait = Some(why),
            Notice::Failed(why) => {
                if self.files_failure.as_ref() != Some(&why) {
                    self.events.push_back(Event::Failed(why.clone()));
                }
                self.files_failure = Some(why);
            }
            Notice::Mended => {
                self.files_wait = None;
                if self.files_failure.take().is_some() && self.signals.failure().is_none() {
                    self.events.push_back(Event::Mended);
                }
            }
            Notice::Vanished(file, records) => {
                self.events.push_back(Event::Vanished { file: file.path(), records });
                self.vanished.insert(file, records);
            }
            Notice::Back(file) => {
                self.vanished.remove(&file);
            }
            Notice::Readable(file) => self.underway.ask_file(file, Reason::Mended),
            Notice::Problem(problem) => {
                self.add_problem(problem.clone());
                self.events.push_back(Event::Problem(problem));
            }
        }
    }

    /// Asks for an article to be read anew whose text is another by now, where it is loaded.
    fn ask_article(&mut self, article: &ArticleId) {
        if self.corpus.text(article).is_some() {
            self.underway.ask_article(article);
        }
    }

    /// Takes into the corpus what others have made of a file, wherever it is still as they found it.
    fn take_outside(&mut self, file: FileKey, theirs: &[Edit], problems: Vec<Problem>) {
        let theirs = renumber::found_again_in(&self.corpus, theirs);
        let mut transaction = Transaction::new("changed by another program", &self.annotator);
        let edits = theirs.iter().filter_map(|edit| {
            let there = self.corpus.record(&edit.at, &edit.key()?);
            // In a session that only reads there is nothing to protect.
            let fits = self.read_only() || there == edit.before;
            fits.then(|| Edit { before: there, ..edit.clone() })
        });
        transaction.edits = edits.collect();
        let path = file.path();
        self.problems.retain(|problem| problem.file.as_deref() != Some(&path) || problem.code == "conflict");
        self.problems.extend(problems);
        let count = transaction.edits.len();
        let only_less = theirs.iter().all(|edit| edit.after.is_none());
        let applied = match transaction.apply(&mut self.corpus) {
            Ok(()) => vec![Arc::new(transaction)],
            // Each edit was just held against what is there.
            Err(mismatch) => {
                self.events.push_back(Event::Failed(mismatch.in_words()));
                Vec::new()
            }
        };
        let mut articles: Vec<ArticleId> = match &file {
            FileKey::Set((article, _), _) => vec![article.clone()],
            _ => theirs.iter().filter_map(|edit| edit.after.as_ref().or(edit.before.as_ref())?.article()).collect(),
        };
        articles.dedup();
        let message = match only_less {
            true => message!("changed-taken-out", path = path, count = count),
            false => message!("changed-taken-in", path = path, count = count),
        };
        self.events.push_back(Event::External { articles, applied, message });
        self.task(Task::Adopted(file));
        self.let_go_of_other_texts(&theirs);
    }

    /// Reads articles anew whose number is that of another text now: what is loaded belongs to the text that it was
    /// made on, and is written under the name of that.
    fn let_go_of_other_texts(&mut self, edits: &[Edit]) {
        for edit in edits {
            if let (Some(Record::Article(before)), Some(Record::Article(after))) = (&edit.before, &edit.after)
                && before.sha256 != after.sha256
            {
                if !self.read_only() {
                    // A change done under this number would be undone on the other text.
                    self.forget_all();
                }
                self.ask_article(&before.id);
            }
        }
    }

    /// Has `wake` called, on another thread, whenever [`Session::poll`] has something new.
    pub fn on_event(&mut self, wake: Box<dyn Fn() + Send + Sync>) {
        *self.signals.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }
}
