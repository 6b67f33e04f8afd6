//! The settings of the project: in no journal, so what `project.ron` lacks is kept here and tried until it is written.

use crate::lang::Message;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::super::messages::{Notice, SettingsChange};
use super::super::{StoreError, people};
use super::state::{AGAIN, FileSync};
use crate::message;
use crate::model::Project;

impl FileSync {
    /// Takes a change that holds in the window already, and writes it with those that the file still lacks.
    pub(super) fn change_settings(&mut self, change: SettingsChange) {
        self.project = change.after.clone();
        let change = self.with_unwritten(change);
        self.unwritten = Some((change, Instant::now()));
        if let Err(why) = self.write_settings() {
            self.failing = true;
            self.tell(Notice::Failed(why));
        }
    }

    /// Writes a change that holds nowhere yet, with those that the file still lacks; gives the settings as they are then.
    ///
    /// # Errors
    /// If a file cannot be written: the change is dropped then, and those before it are tried again.
    pub(super) fn change_settings_now(&mut self, change: SettingsChange) -> Result<Project, StoreError> {
        let number = change.number;
        let change = self.with_unwritten(change);
        match people::change(&*self.disk, &change.before, &change.after) {
            Ok(now) => {
                self.wrote_settings(number, now.clone());
                Ok(now)
            }
            Err(error) => {
                match &mut self.unwritten {
                    Some((earlier, _)) => earlier.number = number,
                    // Nothing that anybody has seen is lacking.
                    None => self.signals.settings.store(number, Ordering::Release),
                }
                Err(error)
            }
        }
    }

    /// Tries a change again that could not be written, where it is time.
    pub(super) fn retry_settings(&mut self) {
        if self.unwritten.as_ref().is_some_and(|(_, again)| *again <= Instant::now())
            && let Err(why) = self.write_settings()
        {
            self.failing = true;
            self.tell(Notice::Failed(why));
        }
    }

    /// Writes the change that `project.ron` lacks, if there is one.
    ///
    /// # Errors
    /// One sentence, where a file cannot be read or written; the change is kept then.
    pub(super) fn write_settings(&mut self) -> Result<(), Message> {
        let Some((change, again)) = &mut self.unwritten else { return Ok(()) };
        match people::change(&*self.disk, &change.before, &change.after) {
            Ok(now) => {
                let number = change.number;
                self.wrote_settings(number, now);
                self.note_kept();
                Ok(())
            }
            Err(why) => {
                // Another program that holds the lock is not waited for at every look.
                *again = Instant::now() + AGAIN;
                Err(message!("project-settings-not-saved", why = why))
            }
        }
    }

    fn with_unwritten(&self, change: SettingsChange) -> SettingsChange {
        match &self.unwritten {
            Some((first, _)) => SettingsChange { before: first.before.clone(), ..change },
            None => change,
        }
    }

    fn wrote_settings(&mut self, number: u64, now: Project) {
        // The file may know more by now: kinds that others have listed.
        self.project = now;
        self.unwritten = None;
        self.signals.settings.store(number, Ordering::Release);
        self.signals.wake();
    }
}
