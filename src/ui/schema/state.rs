//! The state of the Schema view: the draft, and what a change of it would do.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asked::Asked;
use super::ticks::Places;
use crate::edit::SchemaChange;
use crate::lang::InWords;
use crate::model::{LabelDef, Name, Schema};
use crate::redefine::{self, Consequences};
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// The number of annotations with each label, by annotator.
pub type Counts = BTreeMap<Name, BTreeMap<Name, usize>>;

/// The outcome of looking at a change, or one sentence about why it cannot be made.
type Looked = Result<Consequences, String>;

/// The state of the Schema view.
#[derive(Default)]
pub struct SchemaDraft {
    /// The schema of the project as the draft was begun on.
    base: Option<Arc<Schema>>,
    /// The schema as the form has it.
    pub draft: Option<Schema>,
    /// The label that is shown.
    pub chosen: Option<Name>,
    /// The change that goes through all sets, as it is filled in.
    pub asked: Option<Asked>,
    /// The places of the label that is split by hand.
    pub places: Option<Places>,
    /// True where the field of what is asked takes the keyboard.
    pub fresh: bool,
    looking: Option<(SchemaChange, Job<Option<Looked>>)>,
    found: Option<(SchemaChange, Looked)>,
    counting: Option<Job<Counts>>,
    /// The number of annotations with each label; none where they are not counted yet.
    pub counts: Option<Counts>,
}

impl SchemaDraft {
    /// The schema of the project.
    pub fn base(&self) -> Option<&Arc<Schema>> {
        self.base.as_ref()
    }

    /// The label that is shown, as the form has it.
    pub fn label(&self) -> Option<&LabelDef> {
        let chosen = self.chosen.as_ref()?;
        self.draft.as_ref()?.labels.iter().find(|label| label.name == *chosen)
    }

    /// True where the project has a label of this name.
    pub fn is_known(&self, label: &Name) -> bool {
        self.base.as_ref().is_some_and(|base| base.label(label).is_some())
    }

    /// True where the form says something else than the project.
    pub fn is_edited(&self) -> bool {
        self.base.as_deref() != self.draft.as_ref()
    }

    /// The change that is looked at.
    pub fn change(&self) -> Option<SchemaChange> {
        match &self.asked {
            Some(asked) => asked.change(),
            None => self
                .draft
                .as_ref()
                .filter(|_| self.is_edited())
                .map(|draft| SchemaChange::Define(Arc::new(draft.clone()))),
        }
    }

    /// The consequences of the change that is looked at; none while they are not known.
    pub fn found(&self) -> Option<&Looked> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// Begins anew with the schema of the project.
    pub fn start_over(&mut self) {
        (self.draft, self.asked) = (self.base.as_deref().cloned(), None);
        (self.looking, self.found, self.places) = (None, None, None);
        let there = |name: &Name| self.base.as_ref().is_some_and(|base| base.label(name).is_some());
        self.chosen = self.chosen.take().filter(there);
        self.choose_any();
    }

    fn choose_any(&mut self) {
        if self.chosen.is_none() {
            self.chosen = self.draft.as_ref().and_then(|draft| draft.labels.first()).map(|label| label.name.clone());
        }
    }

    /// Keeps up with the project, and with what is looked at.
    pub fn follow(&mut self, jobs: &Jobs, work: &Workspace) {
        let now = &work.session.corpus().schema;
        if self.base.as_ref().is_none_or(|base| !Arc::ptr_eq(base, now)) {
            // Whoever looked at a label that is called otherwise now goes on looking at it.
            let called =
                |name: &Name| now.labels.iter().find(|label| label.aliases.contains(name) || label.name == *name);
            self.chosen = self.chosen.take().and_then(|name| called(&name)).map(|label| label.name.clone());
            self.base = Some(now.clone());
            self.start_over();
            let snapshot = work.session.snapshot();
            self.counting = Some(jobs.start(t!("schema-counting"), move |_| redefine::counts(&snapshot)));
        }
        if let Some(Some(counts)) = Job::over(&mut self.counting) {
            self.counts = Some(counts);
        }
        self.follow_places(jobs, work);
        let change = self.change();
        if self.found.as_ref().is_some_and(|(of, _)| Some(of) != change.as_ref()) {
            self.found = None;
        }
        match (&change, &self.looking) {
            (Some(change), Some((of, _))) if of == change => {}
            (Some(change), _) if self.found.is_none() => {
                let (link, asked) = (work.session.link(), change.clone());
                let job = jobs.start(t!("schema-looking"), move |ticket| {
                    let going = &mut |done: usize, total: usize| ticket.progress(done as u64, total as u64);
                    match redefine::carry_out(&link, &asked, &mut |_| false, going) {
                        Ok(found) => found.map(|(found, _)| Ok(found)),
                        Err(why) => Some(Err(why.told())),
                    }
                });
                self.looking = Some((change.clone(), job));
            }
            _ => self.looking = None,
        }
        if let Some((of, job)) = self.looking.take() {
            let mut job = Some(job);
            match Job::over(&mut job) {
                None => self.looking = job.map(|job| (of, job)),
                Some(found) => self.found = found.flatten().map(|found| (of, found)),
            }
        }
    }

    /// Reads the places of the label that is split by hand, once it is.
    fn follow_places(&mut self, jobs: &Jobs, work: &Workspace) {
        let Some(Asked::Ticked(label, ..)) = &self.asked else {
            self.places = None;
            return;
        };
        if self.places.as_ref().is_none_or(|places| places.label != *label) {
            self.places = Some(Places::new(jobs, work.session.snapshot(), label));
        }
        self.places.iter_mut().for_each(Places::follow);
    }

    /// True while something is looked at.
    pub fn busy(&self) -> bool {
        let reading = self.places.as_ref().is_some_and(Places::busy);
        self.looking.is_some() || self.counting.is_some() || reading
    }
}

/// A name for something new that none of these is.
pub fn new_name<'n>(there: impl Iterator<Item = &'n Name>) -> Name {
    let there: Vec<&Name> = there.collect();
    let name = |n: usize| if n == 1 { "new".to_owned() } else { format!("new-{n}") };
    let free = (1..).map(name).find(|wanted| there.iter().all(|name| ***name != **wanted));
    free.expect("numbers do not run out").into()
}
