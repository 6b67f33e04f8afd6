//! After a crash: what the journal has and the RON files lack.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::channel;

use super::aside::keep_aside;
use super::journal::Unkept;
use super::layout::FileKey;
use super::link::Link;
use super::messages::Task;
use super::session::Session;
use super::snapshot::Snapshot;
use super::underway::Underway;
use super::{OpenError, StoreError, content, disk, elsewhere, journal, layout, renumber, settle};
use crate::edit::{Edit, History, Transaction};
use crate::message;
use crate::model::{Name, Problem, Record, RecordKey};

/// Everything that a record has been since the files last held all of the journal, in order.
type States = Vec<Option<Record>>;

impl Link {
    /// Brings in the edits that wait in journals from elsewhere, and gives those journals another name once the edits
    /// are in the files; says how many there were. What each edit becomes is found out on a session of its own, which keeps
    /// nothing.
    ///
    /// # Errors
    /// If the project is open for reading only, or something cannot be written; the journals stay then.
    pub fn bring_in_elsewhere(&self) -> Result<usize, StoreError> {
        self.may_write()?;
        let mut count = 0;
        let folder = layout::own_folder(self.annotator());
        for (path, _) in elsewhere::found(&**self.disk(), &folder) {
            let cannot = |why: std::io::Error| StoreError::NotSaved(message!("file-why", file = path, why = why));
            let Some((content, _)) = self.disk().read(&path, journal::MAX_BYTES).map_err(cannot)? else { continue };
            count += self.bring_in_journal(&content)?;
            self.take_in(FileKey::Articles)?;
            let done = disk::free_name(&**self.disk(), &format!("{folder}/journal.brought-in")).map_err(cannot)?;
            self.disk().rename(&path, &done).map_err(cannot)?;
            let told = path.clone();
            self.with(move |session| session.problems.retain(|problem| problem.file.as_deref() != Some(&told)))?;
        }
        Ok(count)
    }

    /// Brings in what waits in a journal from elsewhere; says how many edits that were.
    fn bring_in_journal(&self, content: &[u8]) -> Result<usize, StoreError> {
        let (mut count, mut problems) = (0, Vec::new());
        let done = self.change(None, |project| {
            let mut apart = Session::apart(project.snapshot(), self.annotator());
            let unkept = journal::recover(content, &renumber::number_now(&apart.corpus)).unkept;
            count = unkept.len();
            let transaction = apart.bring_in(&unkept);
            problems = std::mem::take(&mut apart.problems);
            match transaction? {
                nothing if nothing.is_empty() => Ok(None),
                transaction => project.prepare(Arc::new(transaction), None).map(Some),
            }
        });
        // These say which edits cannot come in, and why.
        self.with(|session| problems.into_iter().for_each(|problem| session.add_problem(problem)))?;
        done.map(|()| count)
    }
}

impl Session {
    /// A session on a project as it was at one moment that has no threads: what is done in it is kept nowhere.
    fn apart(snapshot: Snapshot, annotator: &Name) -> Self {
        let Snapshot { loader, corpus } = snapshot;
        let (notify, notices) = channel();
        let (ask, asked) = channel();
        // It may be changed, and nobody takes what is written.
        let (journal, _) = channel();
        Self {
            disk: loader.disk,
            folder: layout::own_folder(annotator),
            annotator: annotator.clone(),
            corpus,
            history: History::default(),
            problems: Vec::new(),
            numbering: None,
            number: 0,
            settings: 0,
            told: 0,
            told_failure: None,
            files_failure: None,
            files_wait: None,
            underway: Underway::default(),
            notify,
            events: VecDeque::new(),
            signals: Arc::default(),
            notices,
            ask,
            asked,
            journal: Some(journal),
            tasks: None,
            threads: Vec::new(),
            followed: None,
            broken: BTreeMap::new(),
            vanished: BTreeMap::new(),
        }
    }

    /// Puts into the corpus what the journal has and the files lack, and has it written.
    pub(super) fn recover(&mut self, unkept: &[Unkept]) {
        let (transaction, complete) = self.missing_of(unkept);
        if complete {
            self.task(Task::Recovered(Arc::new(transaction)));
        }
    }

    /// Puts into the corpus what waits in a journal from elsewhere; gives what that changed.
    ///
    /// # Errors
    /// If something cannot be taken in yet.
    pub(super) fn bring_in(&mut self, unkept: &[Unkept]) -> Result<Transaction, StoreError> {
        let (transaction, complete) = self.missing_of(unkept);
        if complete {
            return Ok(transaction);
        }
        transaction.inverse().apply(&mut self.corpus).expect("what was just applied can be taken back");
        Err(StoreError::NotSaved(message!("edits-wait")))
    }

    /// Applies what is missing in the corpus, and says whether that was all.
    ///
    /// A file may hold any of the states that the journal went through: it was rewritten at some moment between. If it
    /// holds something else, another program has changed it since; the journal's record stands then, and the other is
    /// kept aside.
    fn missing_of(&mut self, unkept: &[Unkept]) -> (Transaction, bool) {
        let mut order: Vec<(FileKey, RecordKey)> = Vec::new();
        let mut states: HashMap<(FileKey, RecordKey), States> = HashMap::new();
        let mut settled = settle::Settled::default();
        for unkept in unkept {
            let transaction = settled.place(self, unkept);
            for edit in &transaction.edits {
                // The schema is no file of records: it was written before the journal said so.
                let (Some(file), Some(key)) = (FileKey::of(&edit.at), edit.key()) else { continue };
                let key = (file, key);
                let states = states.entry(key.clone()).or_insert_with(|| {
                    order.push(key);
                    vec![edit.before.clone()]
                });
                states.push(edit.after.clone());
            }
        }
        settled.tell(self);
        // Articles come first: the sets of new ones can be loaded only then.
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let mut complete = true;
        let mut transaction = Transaction::new("recovered", self.annotator());
        for (file, key) in order {
            let states = &states[&(file.clone(), key.clone())];
            let file = self.placed(file);
            match self.missing(&file, &key, states) {
                Ok(Some(edit)) => {
                    let after = edit.after.clone();
                    let one = Transaction { edits: vec![edit], ..transaction.clone() };
                    match self.apply(&one) {
                        Ok(()) => transaction.edits.extend(one.edits),
                        Err(error) => {
                            let lines = after.map(|record| content::as_line(&record, self.text_of(&file)));
                            let lines: Vec<String> = lines.into_iter().collect();
                            let aside = keep_aside(&*self.disk, &self.conflicts(), &file, &lines);
                            complete &= self.read_only() || aside.is_ok();
                            let message = message!("edit-not-recovered", error = error);
                            self.add_problem(Problem::error("not-recovered", message).at(&file.path(), None));
                        }
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    complete = false;
                    let message = message!("edit-waits", error = error);
                    self.add_problem(Problem::error("not-recovered", message).at(&file.path(), None));
                }
            }
        }
        (transaction, complete)
    }

    /// The journals in this annotator's folder that were written elsewhere, with how many edits wait in each.
    #[must_use]
    pub fn elsewhere(&self) -> Vec<(String, usize)> {
        elsewhere::found(&*self.disk, &self.folder)
    }

    /// As [`Link::bring_in_elsewhere`], for those who wait.
    ///
    /// # Errors
    /// If the project is open for reading only, or something cannot be written; the journals stay then.
    pub fn bring_in_elsewhere(&mut self) -> Result<usize, StoreError> {
        self.run(Link::bring_in_elsewhere)
    }

    /// Says which edits wait in journals from elsewhere.
    pub(super) fn tell_elsewhere(&mut self) {
        for (path, edits) in self.elsewhere() {
            self.add_problem(elsewhere::problem(&path, edits));
        }
    }

    /// The file that keeps records of others which could not be taken in.
    pub(super) fn conflicts(&self) -> String {
        format!("{}/conflicts.ron", self.folder)
    }

    fn text_of(&self, file: &FileKey) -> Option<&crate::text::Text> {
        if let FileKey::Set((article, _), _) = file { self.corpus.text(article) } else { None }
    }

    /// The edit that would bring a record from what it is to the last of its states; none if it is that already.
    fn missing(&mut self, file: &FileKey, key: &RecordKey, states: &States) -> Result<Option<Edit>, StoreError> {
        self.need_file(&file.records(), None)?;
        let Some(last) = states.last() else { return Ok(None) };
        let current = self.corpus.record(&file.records(), key);
        let other = self.text_is_other(file);
        // On another text, file and journal may have found the same words in two places: that is not an edit.
        if settle::alike(current.as_ref(), last.as_ref(), other) {
            return Ok(None);
        }
        if !states.iter().any(|state| settle::alike(state.as_ref(), current.as_ref(), other))
            && let Some(theirs) = &current
        {
            let line = content::as_line(theirs, self.text_of(file));
            let conflicts = self.conflicts();
            let io = |why| OpenError::Io { file: conflicts.clone(), why };
            if !self.read_only() {
                keep_aside(&*self.disk, &conflicts, file, std::slice::from_ref(&line)).map_err(io)?;
            }
            let message = message!("both-changed-journal", record = theirs.key(), conflicts = conflicts);
            self.add_problem(Problem::warning("conflict", message).at(&file.path(), None));
        }
        Ok(Some(Edit { at: file.records(), before: current, after: last.clone() }))
    }

    /// True where a set's text is another than the one that the project knows.
    fn text_is_other(&self, file: &FileKey) -> bool {
        let FileKey::Set((article, _), _) = file else { return false };
        let known = self.corpus.article(article).map(|article| article.sha256.clone());
        self.corpus.text(article).map(crate::text::Text::sha256) != known
    }
}
