//! The open project asked about what is suggested: looked for in the background, on a snapshot, and shown as far as it still
//! stands.

use std::sync::Arc;

use super::card;
use super::ghosts::{Found, Ghosts, Silence, Wish};
use super::proposals::{date_attribute, same};
use super::{OpenArticle, Workspace};
use crate::assist::{Beside, Record, SOURCES, Study, Suggestion, Wanted, model_sets, rejections, set_source, standing};
use crate::lang::spoken;
use crate::model::{Kind, Name, Progress, digest};
use crate::store::settings::Suggesting;
use crate::t;
use crate::text::Span;
use crate::ui::commands::Direction;
use crate::ui::reader;
use crate::ui::widgets::jobs::{Jobs, Outcome};

/// The sources that are asked.
fn wanted(suggesting: &Suggesting) -> Wanted {
    let sources = SOURCES.iter().filter(|name| !suggesting.off.contains(**name));
    Wanted { sources: sources.map(|name| (*name).to_owned()).collect(), ..Wanted::default() }
}

impl Workspace {
    /// Takes what was found, and looks again where something has changed since: in the background, one look at a time. Gives the
    /// sentences of programs that did not do what they should.
    pub fn follow_ghosts(&mut self, jobs: &Jobs, suggesting: &Suggesting) -> Vec<String> {
        if !suggesting.on {
            self.forget_ghosts(suggesting);
            return Vec::new();
        }
        self.take_ghosts();
        let told = self.follow_programs(jobs, suggesting);
        self.look_for_ghosts(jobs, suggesting);
        told
    }

    fn forget_ghosts(&mut self, suggesting: &Suggesting) {
        let asked = self.ghosts.asked.running.is_some() || !self.ghosts.asked.answers.is_empty();
        let known = self.ghosts.study.is_some() || self.ghosts.running.is_some() || self.ghosts.found.is_some();
        if known || asked || self.ghosts.suggesting != *suggesting {
            let suggesting = suggesting.clone();
            self.ghosts = Ghosts { suggesting, number: self.ghosts.number + 1, ..Ghosts::default() };
        }
    }

    fn look_for_ghosts(&mut self, jobs: &Jobs, suggesting: &Suggesting) {
        if self.ghosts.suggesting != *suggesting {
            self.ghosts.suggesting = suggesting.clone();
            self.ghosts.number += 1;
        }
        if self.ghosts.running.is_some() || self.no_ghosts_here().is_some() {
            return;
        }
        let Some(article) = self.open.as_ref().map(|open| open.id.clone()) else { return };
        let answers = self.ghosts.asked.given;
        let wish = Wish { article, changes: self.changes, suggesting: suggesting.clone(), answers };
        if self.ghosts.found.as_ref().is_some_and(|(of, _)| *of == wish) {
            return;
        }
        let (snapshot, maker, wanted) = (self.session.snapshot(), self.owner().clone(), wanted(suggesting));
        let Some(article) = snapshot.corpus().article(&wish.article).cloned() else { return };
        let (before, stale) = (self.ghosts.study.clone(), std::mem::take(&mut self.ghosts.stale));
        let answers = self.ghosts.asked.about(&article.id, &article.sha256);
        let beside = Beside { sets: self.sets_asked(), answers };
        let job = jobs.start(t!("ghosts-looking"), move |ticket| {
            let going = || !ticket.cancelled();
            let study = Study::of(before.as_deref(), &stale, &snapshot, (&maker, &wanted), &going)?;
            let suggestions = study.suggest(&snapshot, &article, &beside);
            Some(Found { study: Arc::new(study), suggestions })
        });
        self.ghosts.running = Some((wish, job));
    }

    /// The sets of models that are asked.
    fn sets_asked(&self) -> Vec<Name> {
        let mut sets = model_sets(&self.session.corpus().project);
        sets.retain(|set| self.ghosts.suggesting.also.contains(set_source(set).as_str()));
        sets
    }

    fn take_ghosts(&mut self) {
        let Some((wish, job)) = &self.ghosts.running else { return };
        let outcome = job.poll();
        if matches!(outcome, Outcome::Running) {
            return;
        }
        let wish = wish.clone();
        self.ghosts.running = None;
        self.ghosts.number += 1;
        // Where it broke off, which the window tells, it is not tried again until something changes.
        let mut suggestions = Vec::new();
        if let Outcome::Done(Some(found)) = outcome {
            self.ghosts.study = Some(found.study);
            suggestions = found.suggestions;
        } else {
            self.ghosts.study = None;
        }
        self.ghosts.found = Some((wish, Arc::new(suggestions)));
    }

    /// True where suggestions are wanted for the open article.
    pub(super) fn is_suggested_for(&self) -> bool {
        self.assisted() && self.no_ghosts_here().is_none()
    }

    /// The reason why the open article has no suggestions whatever the sources know.
    fn no_ghosts_here(&self) -> Option<Silence> {
        let (_, set) = self.page()?;
        let article = self.session.corpus().article(&self.open.as_ref()?.id)?;
        if self.session.read_only() || self.key().is_some_and(|key| self.session.set_unreadable(&key).is_some()) {
            return Some(Silence::ReadOnly);
        }
        if set.progress() == Progress::Done {
            return Some(Silence::Done);
        }
        let drawn = u64::from_str_radix(digest(&article.sha256), 16).unwrap_or(0) % 100;
        (drawn < u64::from(self.ghosts.suggesting.without)).then_some(Silence::Without)
    }

    /// True where suggestions are on, and the annotator's own set is worked on.
    #[must_use]
    pub fn assisted(&self) -> bool {
        self.ghosts.suggesting.on && self.edited_set.is_none() && self.page().is_some()
    }

    /// The reason why the open article shows no ghosts; none where it does, or they are off.
    #[must_use]
    pub fn silence(&self) -> Option<Silence> {
        if !self.assisted() || !self.ghosts().is_empty() {
            return None;
        }
        if let Some(silence) = self.no_ghosts_here() {
            return Some(silence);
        }
        let here = self.open.as_ref().map(|open| &open.id);
        if self.ghosts.found.as_ref().map(|(wish, _)| &wish.article) != here {
            return Some(Silence::Looking);
        }
        if self.ghosts.asked.running.is_some() {
            return Some(Silence::Looking);
        }
        let empty = self.ghosts.study.as_ref().is_some_and(|study| study.is_empty());
        Some(if empty { Silence::NothingLearned } else { Silence::Nothing })
    }

    /// The suggestions that stand for the open article, by place; none where it is not to have any.
    #[must_use]
    pub fn ghosts(&self) -> Arc<Vec<Suggestion>> {
        let here = self.open.as_ref().map(|open| &open.id);
        let found = self.ghosts.found.as_ref().filter(|(wish, _)| Some(&wish.article) == here);
        let (Some((_, found)), true) = (found, self.assisted()) else { return Arc::default() };
        let Ok(mut shown) = self.ghosts.shown.try_borrow_mut() else { return Arc::default() };
        shown.get((self.revision, self.ghosts.number), || self.standing_ghosts(found))
    }

    fn standing_ghosts(&self, found: &[Suggestion]) -> Vec<Suggestion> {
        let (Some((text, set)), None) = (self.page(), self.no_ghosts_here()) else { return Vec::new() };
        let corpus = self.session.corpus();
        let article = self.open.as_ref().and_then(|open| corpus.article(&open.id));
        let rejected = article.map(|article| rejections(corpus, self.owner(), article)).unwrap_or_default();
        let mut all = standing((&corpus.schema, text, set), &rejected, found);
        // A trip or a claim comes once the mentions of its sentence have been answered, which fill it.
        let kind = |it: &Suggestion| corpus.schema.kind(&it.label);
        let mentions: Vec<Span> =
            all.iter().filter(|it| kind(it) == Kind::Entity).filter_map(Suggestion::extent).collect();
        all.retain(|it| {
            let sentence = it.extent().map(|at| text.sentence_at(at.start));
            kind(it) != Kind::Frame || !mentions.iter().any(|at| sentence.is_some_and(|it| it.overlaps(*at)))
        });
        all
    }

    /// The place in [`Workspace::ghosts`] of the one that a key is about: that at the caret, else the next one, else the first.
    #[must_use]
    pub fn ghost(&self) -> Option<usize> {
        let (ghosts, caret) = (self.ghosts(), self.open.as_ref()?.reader.caret());
        self.ghost_at_caret().or_else(|| {
            let next = ghosts.iter().position(|it| it.extent().is_some_and(|at| at.start >= caret));
            next.or((!ghosts.is_empty()).then_some(0))
        })
    }

    /// The shortest suggestion that the caret stands in.
    #[must_use]
    pub fn ghost_at_caret(&self) -> Option<usize> {
        let (ghosts, caret) = (self.ghosts(), self.open.as_ref()?.reader.caret());
        let here = |at: &Span| at.start <= caret && caret < at.end;
        let all = ghosts.iter().enumerate().filter_map(|(index, it)| Some((index, it.extent().filter(here)?)));
        all.min_by_key(|(_, at)| at.len()).map(|(index, _)| index)
    }

    /// The place of the suggestion beside that which a key is about.
    #[must_use]
    pub fn ghost_beside(&self, direction: Direction) -> Option<usize> {
        let (count, caret) = (self.ghosts().len(), self.open.as_ref()?.reader.caret());
        let at = self.ghost()?;
        let before = self.ghosts().get(at).and_then(Suggestion::extent).is_some_and(|extent| extent.start > caret);
        Some(match direction {
            // The next one is that which is to come, where the caret is not at it yet.
            Direction::Forward if before => at,
            Direction::Forward => (at + 1) % count,
            Direction::Back => (at + count - 1) % count,
        })
    }

    /// The date that comes with a suggestion.
    #[must_use]
    pub fn date_suggested(&self, ghost: &Suggestion) -> Option<String> {
        let attribute = date_attribute(self.session.corpus().schema.label(&ghost.label)?)?;
        ghost.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.clone())
    }

    /// The name of who comes with a suggestion, where its words say another one.
    #[must_use]
    pub fn who_suggested(&self, ghost: &Suggestion) -> Option<String> {
        let (text, _) = self.page()?;
        let referent = self.session.corpus().referents(self.owner())?.get(&ghost.referent?)?;
        let words = card::quote(text, &ghost.at);
        (!same(&referent.name, &words)).then(|| card::short(&referent.name, 40))
    }

    /// The suggestions that are strong and on the screen, as it was drawn last.
    #[must_use]
    pub fn strong_in_view(&self) -> Vec<Suggestion> {
        self.ghosts().iter().filter(|it| self.is_strong_in_view(it)).cloned().collect()
    }

    /// The number of [`Workspace::strong_in_view`].
    #[must_use]
    pub fn strong_count_in_view(&self) -> usize {
        self.ghosts().iter().filter(|it| self.is_strong_in_view(it)).count()
    }

    fn is_strong_in_view(&self, ghost: &Suggestion) -> bool {
        let strong = self.session.corpus().schema.kind(&ghost.label) == Kind::Entity && ghost.is_strong();
        let on_screen = |open: &OpenArticle| ghost.at.iter().all(|&span| open.reader.on_screen(span));
        strong && self.open.as_ref().is_some_and(on_screen)
    }

    /// The ghosts as the reader draws them: made anew by `mark` where they are others, or that which keys are about, the language
    /// or the key in its tag.
    #[must_use]
    pub fn ghost_marks(
        &self,
        (current, language, key): (Option<usize>, &str, &str),
        mark: impl Fn(usize, &Suggestion) -> reader::Ghost,
    ) -> Arc<Vec<reader::Ghost>> {
        let ghosts = self.ghosts();
        if ghosts.is_empty() {
            return Arc::default();
        }
        let Ok(mut marks) = self.ghosts.marks.try_borrow_mut() else { return Arc::default() };
        let words = (spoken(), language.to_owned(), key.to_owned());
        marks.get((self.revision, self.ghosts.number, current, words), || {
            ghosts.iter().enumerate().map(|(index, ghost)| mark(index, ghost)).collect()
        })
    }

    /// The suggested zones of the article, wherever they are.
    #[must_use]
    pub fn suggested_zones(&self) -> Vec<Suggestion> {
        let schema = &self.session.corpus().schema;
        self.ghosts().iter().filter(|it| schema.kind(&it.label) == Kind::Zone).cloned().collect()
    }

    /// The fate of suggestions so far, where anything was learned.
    #[must_use]
    pub fn suggestions_record(&self) -> Option<&Record> {
        self.ghosts.study.as_ref().map(|study| study.record())
    }
}
