//! Programs of the person's own, asked about the open article: one at a time, on a worker, and only those that the person has
//! agreed to.

use std::sync::Arc;

use super::Workspace;
use super::asked_programs::{About, AskedPrograms};
use crate::assist::{Answer, Study, program_source, question, run};
use crate::store::settings::{Program, Suggesting};
use crate::t;
use crate::ui::widgets::jobs::{Jobs, Outcome};

/// The programs that are asked.
fn wanted(suggesting: &Suggesting) -> impl Iterator<Item = &Program> {
    let asked = |program: &&Program| suggesting.also.contains(program_source(&program.name).as_str());
    suggesting.programs.iter().filter(|program| program.agreed).filter(asked)
}

impl Workspace {
    /// Takes what a program has answered and asks the next one; gives the sentences that are told.
    pub(super) fn follow_programs(&mut self, jobs: &Jobs, suggesting: &Suggesting) -> Vec<String> {
        if self.ghosts.asked.programs != suggesting.programs {
            self.ghosts.asked = AskedPrograms { programs: suggesting.programs.clone(), ..AskedPrograms::default() };
        }
        let here = self.open.as_ref().map(|open| open.id.clone());
        let mut told = Vec::new();
        if let Some((about, job)) = &self.ghosts.asked.running {
            let outcome = job.poll();
            match outcome {
                // Whoever has gone on has no use for it.
                Outcome::Running if here.as_ref() != Some(&about.article) => self.ghosts.asked.running = None,
                Outcome::Running => {}
                outcome => {
                    let about = about.clone();
                    self.ghosts.asked.running = None;
                    let answer = match outcome {
                        Outcome::Done(Some(Ok(answer))) => Ok(Arc::new(answer)),
                        Outcome::Done(Some(Err(why))) => Err(why.told()),
                        // It broke off, which the window tells.
                        _ => Err(String::new()),
                    };
                    told.extend(answer.as_ref().err().filter(|why| !why.is_empty()).cloned());
                    self.ghosts.asked.answers.insert(about, answer);
                    self.ghosts.asked.given += 1;
                }
            }
        }
        if self.ghosts.asked.running.is_none() {
            self.ask_program(jobs, suggesting);
        }
        told
    }

    fn ask_program(&mut self, jobs: &Jobs, suggesting: &Suggesting) {
        let (Some(study), true) = (self.ghosts.study.clone(), self.is_suggested_for()) else { return };
        let corpus = self.session.corpus();
        let article = self.open.as_ref().and_then(|open| corpus.article(&open.id)).cloned();
        let Some((article, (text, _))) = article.zip(self.page()) else { return };
        let about = |program: &Program| About {
            source: program_source(&program.name),
            article: article.id.clone(),
            text: article.sha256.clone(),
        };
        let Some(program) = wanted(suggesting).find(|it| !self.ghosts.asked.answers.contains_key(&about(it))) else {
            return;
        };
        let (about, program, text, schema) = (about(program), program.clone(), text.clone(), corpus.schema.clone());
        let job = jobs.start(t!("program-asking", name = &program.name), move |ticket| {
            let line = question(&schema, &article, &text, Study::lessons(&study));
            match run(&program, vec![line], &|| !ticket.cancelled()) {
                Ok(lines) => lines.map(|lines| {
                    let line = lines.first().map_or("", String::as_str);
                    Answer::read(&program.name, line, &schema, &text)
                }),
                Err(why) => Some(Err(why)),
            }
        });
        self.ghosts.asked.running = Some((about, job));
    }

    /// The answer of a program about the open article, as it is told: how many of its suggestions have a place, or why there are
    /// none; nothing where it was not asked.
    #[must_use]
    pub fn program_answered(&self, program: &Program) -> Option<String> {
        let article = self.session.corpus().article(&self.open.as_ref()?.id)?;
        let source = program_source(&program.name);
        let about = About { source, article: article.id.clone(), text: article.sha256.clone() };
        if self.ghosts.asked.running.as_ref().is_some_and(|(running, _)| *running == about) {
            return Some(t!("program-asking", name = &program.name));
        }
        Some(match self.ghosts.asked.answers.get(&about)? {
            Ok(answer) if answer.unplaced.is_empty() => {
                t!("source-program-placed", placed = answer.placed(), count = answer.given)
            }
            Ok(answer) => {
                let words = answer.unplaced.iter().map(|words| format!("“{words}”")).collect::<Vec<_>>().join(", ");
                t!("source-program-unplaced", placed = answer.placed(), count = answer.given, words = words)
            }
            Err(why) => why.clone(),
        })
    }

    /// Has the programs be asked about the open article once more.
    pub fn ask_programs_again(&mut self) {
        if let Some(open) = &self.open {
            self.ghosts.asked.answers.retain(|about, _| about.article != open.id);
            self.ghosts.asked.given += 1;
        }
    }
}
