//! The thread itself: its tasks, and when it looks and writes.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::super::layout::FileKey;
use super::super::messages::Task;
use super::super::tracked_file::{TrackedFile, TrackedText};
use super::state::FileSync;

/// The time between two looks at files for changes by others.
const LOOK: Duration = Duration::from_secs(1);

impl FileSync {
    /// Works until the session is gone.
    pub fn run(mut self, tasks: &Receiver<Task>) {
        let mut look = Instant::now() + LOOK;
        loop {
            // Whatever waits comes first: a look at every file after each of many tasks would take longer than the tasks.
            tasks.try_iter().for_each(|task| self.do_task(task));
            let due = self.files.values().filter_map(TrackedFile::due).min().filter(|_| self.journal.is_some());
            let until = due.map_or(look, |due| due.min(look));
            match tasks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(task) => self.do_task(task),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            if now >= look {
                self.look();
                look = Instant::now() + LOOK;
            }
            if due.is_some_and(|due| now >= due) {
                let due =
                    |(key, file): (&FileKey, &TrackedFile)| file.due().filter(|&due| due <= now).map(|_| key.clone());
                let ready: Vec<FileKey> = self.files.iter().filter_map(due).collect();
                self.write_each(&ready, Self::fail);
                self.note_kept();
            }
        }
    }

    fn watch_text(&mut self, (article, path, stamp): TrackedText) {
        self.texts_told.remove(&article);
        self.texts.insert(article, (path, stamp));
    }

    fn do_task(&mut self, task: Task) {
        match task {
            Task::Watch(key, file) => {
                self.files.insert(key, *file);
            }
            Task::WatchAll(files, texts) => {
                self.files.extend(files.into_iter().map(|(key, file)| (key, *file)));
                texts.into_iter().for_each(|text| self.watch_text(text));
            }
            Task::WatchText(article, path, stamp) => self.watch_text((article, path, stamp)),
            Task::Applied(number, transaction) => {
                self.number = number;
                self.apply(&transaction);
            }
            Task::Recovered(transaction) => {
                self.waiting = false;
                self.apply(&transaction);
            }
            Task::Schema(schema) => self.schema = schema,
            Task::ChangeProject(change) => self.change_settings(*change),
            Task::ChangeProjectNow(change, answer) => {
                // The receiver may have gone.
                let _ = answer.send(self.change_settings_now(*change));
                self.signals.wake();
            }
            Task::Adopted(key) => self.adopt(&key),
            Task::Look(key) => {
                if let Err(why) = self.offer(&key, true) {
                    self.fail(&key, why);
                }
            }
            Task::Restore(key) => {
                if let Some(file) = self.files.get_mut(&key).filter(|file| file.vanished) {
                    file.restore();
                }
            }
            Task::LetGo(key) => self.let_go(&key),
            Task::Unwatch(article) => {
                self.texts.remove(&article);
                self.texts_told.remove(&article);
                self.files.retain(|key, _| !matches!(key, FileKey::Set((of, _), _) if *of == article));
            }
            Task::Flush(answer) => {
                // The receiver may have gone.
                let _ = answer.send(self.flush());
                self.signals.wake();
            }
        }
    }
}
