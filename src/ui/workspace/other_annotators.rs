//! An open project with others in it: what they say, how far they are, and what of their work one may see.

use crate::lang::InWords;
use std::sync::Arc;

use crate::figures::{Deviation, Deviations};
use crate::model::{Annotation, AnnotationSet, Article, ArticleId, Corpus, Name, Pattern, Progress, Quote, SetKind};
use crate::store::StoreError;
use crate::t;
use crate::text::Span;
use crate::ui::commands::Direction;
use crate::ui::reader::{Track, TrackMark, Tracks};
use crate::ui::widgets::jobs::Jobs;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::article_status::ArticleStatus;
use crate::ui::workspace::deviation_walk::{DeviationWalk, GoldFeedback};
use crate::ui::workspace::open_project::Workspace;
use crate::ui::workspace::threads::Threads;

impl Workspace {
    /// The state of an article: with its annotator, in review, and in what is said about it.
    pub fn article_status(&self, article: &Article, threads: &Threads) -> ArticleStatus {
        let gold = self.session.corpus().project.gold.clone();
        let (progress, count) = self.summary(article);
        // A set from which everything was taken back is not begun.
        let review = match self.session.corpus().set(&article.id, &gold) {
            Some(set) => Some(set.progress()).filter(|progress| *progress != Progress::New || !set.is_empty()),
            None => self.reviewed.get(&article.id).copied().filter(|progress| *progress != Progress::New),
        };
        ArticleStatus { progress, count, review, comments: threads.open.get(&article.id).copied().unwrap_or(0) }
    }

    /// The threads of comments that are shown: everybody's while one reviews, else those that one may see. Built when the
    /// data has changed.
    pub fn threads(&mut self, everybody: bool) -> Arc<Threads> {
        let mut threads = std::mem::take(&mut self.threads);
        let all = threads.get((self.revision * 2 + u64::from(everybody), None), || {
            Threads::of(self.session.corpus(), self.annotator(), everybody)
        });
        self.threads = threads;
        all
    }

    /// True where the annotator has begun the open article, is not done with it, and should not see what others marked.
    pub fn is_blind(&self) -> bool {
        let corpus = self.session.corpus();
        let own = self.open.as_ref().and_then(|open| corpus.set(&open.id, self.annotator()));
        let begun = own.is_some_and(|set| set.progress() == Progress::InProgress);
        // Everybody who has a folder of sets has comments, if only none.
        begun && !corpus.project.open_sets && corpus.all_comments().len() > 1
    }

    /// Lets annotators see each other's sets, or has them work blind; gives what is so from now on in a sentence.
    ///
    /// # Errors
    /// One sentence, where the project is open for reading only.
    pub fn toggle_open_sets(&mut self) -> Result<String, String> {
        if self.session.read_only() {
            return Err(StoreError::ReadOnly.told());
        }
        let open = !self.session.corpus().project.open_sets;
        self.session.change_project_soon(|project| project.open_sets = open);
        self.revision += 1;
        Ok(if open { t!("sets-open-now") } else { t!("sets-blind-now") }.to_owned())
    }

    /// Those whose sets may be shown beside one's own: everybody, unless annotators work blind.
    pub fn others(&self) -> Vec<Name> {
        let corpus = self.session.corpus();
        let person = |name: &&Name| corpus.project.kind(name) == SetKind::Person;
        // Everybody who has a folder of sets has comments, if only none.
        let others = corpus.all_comments().keys().filter(|name| *name != self.annotator()).filter(person);
        if corpus.project.open_sets { others.cloned().collect() } else { Vec::new() }
    }

    /// Shows somebody's set beside one's own, or nobody's.
    pub fn show_beside(&mut self, jobs: &Jobs, name: Option<Name>) {
        self.other = name;
        if self.edited_set.is_none() {
            let beside = self.shown_beside().into_iter().collect();
            self.edit_set(jobs, None, beside);
        }
    }

    /// The set that is shown beside one's own, while one may see it.
    pub fn shown_beside(&self) -> Option<Name> {
        self.other.clone().filter(|_| self.session.corpus().project.open_sets)
    }

    /// The set in the open article as rows under the words; none where none is shown.
    pub fn tracks_beside(&mut self, theme: &Theme, language: &str) -> Option<Arc<Tracks>> {
        let name = self.shown_beside().filter(|_| self.edited_set.is_none())?;
        let id = self.open.as_ref()?.id.clone();
        let mut tracks = std::mem::take(&mut self.tracks);
        let revision = self.revision;
        let corpus = self.session.corpus();
        let all = || Tracks {
            revision,
            tracks: corpus.set(&id, &name).map(|set| track(corpus, set, &name, theme, language)).into_iter().collect(),
        };
        let all = tracks.get((revision, theme.look, language.to_owned()), all);
        self.tracks = tracks;
        Some(all)
    }

    /// Begins to open an article and looks at a place in it.
    pub fn show_at(&mut self, jobs: &Jobs, id: &ArticleId, place: Option<Span>) {
        let quote = place.and_then(|place| Some(Quote::of(self.session.corpus().text(id)?, place)));
        self.show_place(jobs, id, None, quote.into_iter().collect());
    }

    /// Steps to the next or the last difference between the own set and gold, which is read first if need be; gives a
    /// sentence where there is none.
    pub fn differ(&mut self, jobs: &Jobs, direction: Direction) -> Option<String> {
        let id = self.open.as_ref()?.id.clone();
        let gold = self.session.corpus().project.gold.clone();
        if self.session.corpus().set(&id, &gold).is_some() {
            return self.step_feedback(direction);
        }
        let (snapshot, article) = (self.session.snapshot(), self.session.corpus().article(&id)?.clone());
        let job = jobs.start(t!("job-reading-gold"), move |ticket| {
            let gold = [gold];
            snapshot.loader().read_while(&article, &gold, &gold, &|| !ticket.cancelled())
        });
        self.golden = Some((job, direction));
        None
    }

    /// Steps to the next or the last difference, from where one stands. The gold set must be loaded; gives a sentence where
    /// there is nothing to step to.
    pub(super) fn step_feedback(&mut self, direction: Direction) -> Option<String> {
        let (article, me) = self.key()?;
        if me != *self.annotator() {
            return Some(t!("feedback-own").to_owned());
        }
        let gold = self.session.corpus().project.gold.clone();
        match self.session.corpus().set(&article, &gold).map(AnnotationSet::progress) {
            None | Some(Progress::New) => return Some(t!("feedback-no-gold").to_owned()),
            Some(Progress::InProgress) => return Some(t!("feedback-undecided").to_owned()),
            Some(Progress::Done) => {}
        }
        let before = self.feedback.take().filter(|feedback| feedback.article == article);
        let at = before.as_ref().and_then(|feedback| feedback.walk.at());
        let lessons: Vec<Arc<Deviation>> = match before {
            Some(feedback) if feedback.revision == self.revision => feedback.walk.list().to_vec(),
            _ => {
                let mut found = Deviations::of(self.session.corpus(), &article, &gold, &me);
                found.keep_lessons();
                found.all.into_iter().map(Arc::new).collect()
            }
        };
        if lessons.is_empty() {
            return Some(t!("feedback-same").to_owned());
        }
        let caret = self.open.as_ref().map_or(0, |open| open.reader.caret());
        let start = |lesson: &Arc<Deviation>| lesson.place.map_or(0, |place| place.start);
        let last = lessons.len() - 1;
        let walk = match (at, direction) {
            (Some(at), _) => {
                // A difference that was corrected is not there any more.
                let mut walk = DeviationWalk::new(lessons, at.min(last));
                if at <= last || direction == Direction::Forward {
                    walk.step(direction);
                }
                walk
            }
            (None, Direction::Forward) => {
                let at = lessons.iter().position(|lesson| start(lesson) >= caret).unwrap_or(0);
                DeviationWalk::new(lessons, at)
            }
            (None, Direction::Back) => {
                let at = lessons.iter().rposition(|lesson| start(lesson) < caret).unwrap_or(last);
                DeviationWalk::new(lessons, at)
            }
        };
        let (annotation, place) = walk.current().map(|lesson| (lesson.records[1], lesson.place))?;
        self.feedback = Some(GoldFeedback { article, walk, revision: self.revision });
        match (annotation, place, &mut self.open) {
            (Some(id), ..) => self.look_at(id),
            (None, Some(place), Some(open)) => {
                open.selected.clear();
                open.reader.select(place);
                open.reader.reveal(place);
            }
            _ => {}
        }
        None
    }
}

/// Somebody's annotations as a row under the words.
fn track(corpus: &Corpus, set: &AnnotationSet, name: &Name, theme: &Theme, language: &str) -> Track {
    let mark = |record: &Arc<Annotation>| {
        let def = corpus.schema.label(&record.label);
        let title = def.map(|def| def.title.get(language)).filter(|title| !title.is_empty());
        let title = title.unwrap_or(&record.label).to_lowercase();
        TrackMark { at: record.at.clone(), name: format!("{name}: {title}"), short: title.chars().take(2).collect() }
    };
    let marks = set.iter().filter(|record| !record.at.is_empty()).map(mark).collect();
    Track { pattern: Pattern::Dashed, color: theme.people[1], marks }
}

/// The kind of a set, for people.
pub fn set_kind_title(kind: SetKind) -> &'static str {
    match kind {
        SetKind::Person => t!("set-kind-person"),
        SetKind::Adjudicated => t!("set-kind-adjudicated"),
        SetKind::Model => t!("set-kind-model"),
        SetKind::Computed => t!("set-kind-computed"),
    }
}
