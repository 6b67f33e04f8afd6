//! The report of a project: its sums, and every figure that can be told from them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::across;
use super::article::pattern_row;
use super::catalogue::CATALOGUE;
use super::figure::{Figure, Scope};
use super::from_sums::full;
use super::gamma::Shortfall;
use super::interval::{Draws, at_least_wilson};
use super::key::Topic;
use super::relations::{self, Relations};
use super::request::ReportRequest;
use super::scoped::{Layout, Scoped};
use super::spec::{Each, FigureSpec, Reason, Told};
use super::table::{ArticleSums, Columns, compared};
use super::zones::ZoneText;
use crate::agreement::Undefined;
use crate::agreement::items::HEAD;
use crate::lang::{Key, Message};
use crate::model::{Article, ArticleId, Kind, Name, Progress, Schema};

/// The labels that figures are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All labels together, with roles and attributes.
    Whole,
    /// Each label by itself.
    Labels,
}

/// Everybody's progress in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleProgress {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Each annotator's state and number of annotations; none where the annotator has not begun.
    pub sets: Vec<Option<(Progress, usize)>>,
    /// Differences that wait for a decision; none where fewer than two have begun, or where they are not looked for.
    pub open: Option<usize>,
}

/// The numbers of articles behind an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoredArticles {
    /// Articles that have gold.
    pub gold: usize,
    /// Articles that have predictions.
    pub predicted: usize,
    /// Articles that were scored.
    pub scored: usize,
}

/// The report of a project. Plain data: every figure comes from it without a look at the articles.
#[derive(Debug)]
pub struct Report {
    /// The annotators whose sets were measured.
    pub annotators: Vec<Name>,
    /// The pairs that are compared, by their places; the first of a pair counts as gold.
    pub pairs: Vec<(usize, usize)>,
    /// True where predictions are compared with gold, which has figures of its own.
    pub evaluation: bool,
    /// The choice whether text in zones counted.
    pub zones: ZoneText,
    /// The articles in the project's order.
    pub standing: Vec<ArticleProgress>,
    /// The files that could not be read, a sentence each.
    pub unread: Vec<Message>,
    /// The labels of the schema, in its order.
    pub labels: Vec<Name>,
    /// The kind of each of them.
    pub(super) kinds: Vec<Kind>,
    pub(super) columns: Columns,
    pub(super) entries: Vec<ArticleSums>,
    /// The relations that each annotator states; empty where they were not read.
    pub(super) relations: Relations,
    /// True where γ was asked for: a cache that has it of some articles gives no figure otherwise.
    pub(super) gamma: bool,
    /// The columns of each subject, with their places among its numbers; built by `Report::settle`.
    pub(super) subjects: BTreeMap<(Topic, Name, Name), Vec<(usize, usize)>>,
    pub(super) draws: Draws,
    /// The sums of everybody and all articles, once they were asked for.
    pub(super) whole: OnceLock<Arc<Scoped>>,
}

impl Report {
    /// Makes a report of an entry for each article in the project's order.
    pub(super) fn new<'a>(
        request: &ReportRequest,
        pairs: Vec<(usize, usize)>,
        schema: &Schema,
        articles: impl Iterator<Item = &'a Article>,
        columns: Columns,
        entries: Vec<ArticleSums>,
    ) -> Self {
        let standing = articles.zip(&entries).map(|(article, entry)| ArticleProgress {
            article: article.id.clone(),
            title: article.title.clone(),
            sets: entry.sets.clone(),
            open: entry.open,
        });
        let mut report = Self {
            annotators: request.annotators.clone(),
            pairs,
            evaluation: request.evaluation,
            zones: request.zones,
            standing: standing.collect(),
            unread: Vec::new(),
            labels: schema.labels.iter().map(|label| label.name.clone()).collect(),
            kinds: schema.labels.iter().map(|label| label.kind).collect(),
            draws: Draws::new(entries.len()),
            columns,
            entries,
            relations: Relations::default(),
            gamma: request.gamma.is_some(),
            subjects: BTreeMap::new(),
            whole: OnceLock::new(),
        };
        report.settle();
        report
    }

    /// Puts the columns in the order of their names, whatever the order in which articles came.
    fn settle(&mut self) {
        let mut named: Vec<(usize, &super::key::SumKey)> = self.columns.keys().iter().enumerate().collect();
        named.sort_unstable_by(|a, b| a.1.cmp(b.1));
        for (column, key) in named {
            let subject = self.subjects.entry((key.topic, key.a.clone(), key.b.clone())).or_default();
            // Values of attributes have three numbers each, in the order of the values.
            let place = match (key.topic, subject.last()) {
                (Topic::Attribute, Some(&(last, place))) => {
                    let same = self.columns.keys()[last].c == key.c;
                    (if same { place / 3 } else { place / 3 + 1 }) * 3 + key.part as usize
                }
                _ => key.part as usize,
            };
            subject.push((column, place));
        }
    }

    /// The scopes of single pairs, those of single articles, or the one of all.
    #[must_use]
    pub fn name_of(&self, scope: Scope) -> String {
        let pair = scope.pair.and_then(|pair| self.pairs.get(pair));
        let pair = pair.map(|&(a, b)| format!("{} {}", self.annotators[a], self.annotators[b]));
        let article = scope.article.and_then(|article| self.standing.get(article)).map(|it| it.article.to_string());
        match (pair, article) {
            (Some(pair), Some(article)) => format!("{article} {pair}"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "all".to_owned(),
        }
    }

    /// The place of the pair of two annotators; none where they are not compared.
    #[must_use]
    pub fn pair_of(&self, one: &Name, other: &Name) -> Option<usize> {
        let named = |pair: &(usize, usize)| (&self.annotators[pair.0], &self.annotators[pair.1]) == (one, other);
        self.pairs.iter().position(named)
    }

    /// Every figure of a scope but those of [`Report::more_figures`]. With `intervals`, those are computed too.
    #[must_use]
    pub fn figures(&self, scope: Scope, detail: Detail, intervals: bool) -> Vec<Figure> {
        let mut figures = self.told(Told::First, scope, detail, intervals);
        if detail == Detail::Whole {
            figures.extend(self.across(scope, intervals));
        }
        figures
    }

    /// The figures of identity and of relations across articles.
    fn across(&self, scope: Scope, intervals: bool) -> Vec<Figure> {
        let mut figures = across::figures(&self.entries, self.pairs.len(), scope, intervals);
        figures.extend(relations::figures(&self.entries, &self.pairs, &self.relations, scope));
        let told = |(mut figure, nothing): (Figure, bool)| {
            if self.evaluation && nothing {
                (figure.items, figure.sides) = (0, None);
                (figure.value, figure.interval) = (Err(Reason::NotPredicted), Err(Reason::NotPredicted));
            }
            figure
        };
        figures.into_iter().map(told).collect()
    }

    /// Figures that say more of what others say: not what one looks at first.
    #[must_use]
    pub fn more_figures(&self, scope: Scope, detail: Detail, intervals: bool) -> Vec<Figure> {
        self.told(Told::More, scope, detail, intervals)
    }

    fn told(&self, told: Told, scope: Scope, detail: Detail, intervals: bool) -> Vec<Figure> {
        let scoped = self.scoped(scope);
        let specs = CATALOGUE.iter().filter(|spec| (self.evaluation || !spec.evaluation) && spec.told == told);
        let subjects = |spec: &'static FigureSpec| self.subjects_of(spec, detail).into_iter().map(move |of| (spec, of));
        let asked: Vec<(&'static FigureSpec, (&Name, &Name))> = specs.flat_map(subjects).collect();
        let figure = |(spec, (label, slot)): (&'static FigureSpec, (&Name, &Name))| {
            let figure = self.figure((scope, &scoped), spec, label, slot, intervals);
            // A figure of nothing in this scope is left out, unless it is always told.
            let always = spec.each == Each::All || (label.is_empty() && spec.each == Each::Label);
            let told = (always && !spec.present) || figure.items > 0 || figure.value == Err(Reason::NotPredicted);
            told.then_some(figure)
        };
        // An interval takes a million sums and more; a figure alone is not worth another thread.
        match intervals {
            true => asked.into_par_iter().filter_map(figure).collect(),
            false => asked.into_iter().filter_map(figure).collect(),
        }
    }

    /// One figure by its name, such as `mentions strict` or `attribute trip status`, with its interval; none of an unknown
    /// name.
    #[must_use]
    pub fn figure_named(&self, scope: Scope, name: &str) -> Option<Figure> {
        for spec in CATALOGUE.iter().filter(|spec| name.starts_with(spec.name)) {
            for (label, slot) in self.subjects_of(spec, Detail::Whole) {
                if full_name(spec, label, slot) == name {
                    return Some(self.figure((scope, &self.scoped(scope)), spec, label, slot, true));
                }
            }
        }
        self.across(scope, true).into_iter().find(|figure| figure.name == name)
    }

    /// The values of every figure of all labels for each pair, by the figure's name: what a matrix of annotators shows.
    #[must_use]
    pub fn matrices(&self) -> BTreeMap<&'static str, Vec<Result<f64, Reason>>> {
        let mut matrices: BTreeMap<&'static str, Vec<Result<f64, Reason>>> = BTreeMap::new();
        for pair in 0..self.pairs.len() {
            let figures = self.figures(Scope { pair: Some(pair), article: None }, Detail::Whole, false);
            for figure in figures.into_iter().filter(|figure| figure.label.is_empty() && figure.slot.is_empty()) {
                matrices.entry(figure.family).or_default().push(figure.value);
            }
        }
        matrices
    }

    /// The first article where a figure is below 1, among the first that are worth a look in one go.
    #[must_use]
    pub fn first_below(&self, pair: Option<usize>, figure: &Figure) -> Option<usize> {
        const LOOKED_AT: usize = 2_000;
        let spec = CATALOGUE.iter().find(|spec| spec.name == figure.family)?;
        (0..self.standing.len().min(LOOKED_AT)).find(|&article| {
            let scope = Scope { pair, article: Some(article) };
            let scoped = self.scoped(scope);
            self.figure((scope, &scoped), spec, &figure.label, &figure.slot, false).value.is_ok_and(|value| value < 1.0)
        })
    }

    /// Returns in how many articles there is gold, there are predictions of a pair, and both were scored.
    #[must_use]
    pub fn scored(&self, pair: usize) -> ScoredArticles {
        let [gold, predicted] = self.pairs.get(pair).map_or([0, 0], |&(a, b)| [a, b]);
        let has_gold = |set: &(Progress, usize)| set.1 > 0 || set.0 == Progress::Done;
        let of = |who: usize| self.standing.iter().filter_map(move |it| it.sets.get(who)?.as_ref());
        ScoredArticles {
            gold: of(gold).filter(|set| has_gold(set)).count(),
            predicted: of(predicted).count(),
            scored: self.shared(pair),
        }
    }

    /// Returns the number of articles that both annotators of a pair have begun.
    #[must_use]
    pub fn shared(&self, pair: usize) -> usize {
        self.entries.iter().filter(|entry| entry.pairs.get(pair).is_some_and(Option::is_some)).count()
    }

    /// Names of the figures of [`Report::matrices`] and their titles for people, in the order in which they are told.
    pub fn families(&self) -> impl Iterator<Item = (&'static str, Key)> {
        let shown = CATALOGUE.iter().filter(|spec| matches!(spec.each, Each::All | Each::Label));
        let evaluation = self.evaluation;
        shown
            .filter(move |spec| evaluation || !spec.evaluation)
            .map(|spec| (spec.name, spec.title))
            .chain(across::names())
            .chain(relations::names(&self.relations))
    }

    pub(super) fn figure(
        &self,
        (scope, scoped): (Scope, &Scoped),
        spec: &'static FigureSpec,
        label: &Name,
        slot: &Name,
        intervals: bool,
    ) -> Figure {
        let columns = scoped.columns(spec.from);
        let layout = self.layout(spec, label, slot, scoped.raters);
        let (width, places) = (layout.width, &layout.places);
        let split = |sums: &[f64]| layout.split(sums);
        let mut sums = vec![0.0; width];
        for &(column, place) in places {
            sums[place] += columns.get(column).into_iter().flatten().map(|entry| entry.1).sum::<f64>();
        }
        let parts = split(&sums);
        let (articles, not_compared) = compared(&self.entries, scope);
        let (gamma, left_out) = (matches!(spec.topics[0], Topic::Gamma | Topic::GammaCat), self.left_out(scope));
        let value = match (spec.figure)(&parts, scoped.raters) {
            _ if self.not_predicted(spec, &parts) => Err(Reason::NotPredicted),
            _ if spec.topics[0] == Topic::Attribute && self.never_set(columns, label, slot) => {
                Err(Reason::NotPredicted)
            }
            _ if gamma && !self.gamma => Err(Reason::NotAsked),
            Err(Reason::NotAsked) if left_out > 0 => Err(Reason::OutOfTime),
            // Asked for, and nobody marked anything.
            Err(Reason::NotAsked) => Err(Undefined::NoItems.into()),
            value => value,
        };
        let shortfall = value.ok().filter(|_| gamma).and_then(|figure| shortfall(&parts[0], left_out, figure.items));
        let interval = match (&value, intervals) {
            (Err(why), _) => Err(*why),
            (Ok(_), false) => Err(Reason::NotAsked),
            (Ok(_), true) if width > WIDEST => Err(Reason::TooLarge),
            (Ok(_), true) => {
                let entries = places.iter().flat_map(|&(column, place)| {
                    let entries = columns.get(column).into_iter().flatten();
                    entries.map(move |&(article, value)| (article as usize, place, value))
                });
                let drawn = self.draws.interval(width, entries, |sums| {
                    (spec.figure)(&split(sums), scoped.raters).map(|figure| figure.value)
                });
                let share = value.ok().and_then(|figure| match spec.share {
                    Some(share) => share(&parts, scoped.raters),
                    None => spec.sides.map(|_| (figure.value, 0.0, figure.items)),
                });
                drawn.map(|interval| share.map_or(interval, |share| at_least_wilson(interval, share)))
            }
        };
        let sides = spec.sides.map(|sides| sides(&parts));
        Figure {
            name: full_name(spec, label, slot),
            family: spec.name,
            label: label.clone(),
            slot: slot.clone(),
            title: spec.title,
            definition: spec.definition,
            source: spec.source,
            items: value.map_or(0, |figure| self.once(scoped, spec, label).unwrap_or(figure.items)),
            counted: spec.items,
            articles,
            left_out: not_compared,
            value: value.map(|figure| figure.value),
            interval,
            shortfall,
            sides: sides.and_then(|sides| Some((sides.precision().ok()?, sides.recall().ok()?))),
        }
    }

    /// The sums of all topics of a figure one after the other.
    pub(super) fn layout(&self, spec: &FigureSpec, label: &Name, slot: &Name, raters: usize) -> Layout {
        let subjects: Vec<Cow<'_, [(usize, usize)]>> =
            spec.topics.iter().map(|topic| self.subject(*topic, label, slot, raters)).collect();
        let width = |subject: &Cow<'_, [(usize, usize)]>| subject.iter().map(|it| it.1 + 1).max().unwrap_or(0);
        let mut widths: Vec<usize> = subjects.iter().map(width).collect();
        if spec.topics[0] == Topic::LabelWords && !label.is_empty() {
            // Told apart from all labels, for which there is nothing, where nobody uses this one.
            widths[0] = 2;
        }
        let starts: Vec<usize> =
            widths.iter().scan(0, |sum, width| Some(std::mem::replace(sum, *sum + width))).collect();
        let places = subjects.iter().zip(&starts);
        let places = places.flat_map(|(subject, start)| subject.iter().map(move |it| (it.0, start + it.1)));
        Layout { places: places.collect(), width: widths.iter().sum(), starts, widths }
    }

    /// The value of a figure of all labels and everybody, by its family; none where it has none.
    pub(super) fn figure_of_all(&self, family: &str) -> Option<f64> {
        let spec = CATALOGUE.iter().find(|spec| spec.name == family)?;
        let (scope, none) = (Scope::default(), &self.columns.none);
        self.figure((scope, &self.scoped(scope)), spec, none, none, false).value.ok()
    }

    /// The value of a figure of all labels in each article, in the project's order; none where it has none there.
    #[must_use]
    pub fn in_articles(&self, pair: Option<usize>, family: &str) -> Vec<Option<f64>> {
        let mut values = vec![None; self.standing.len()];
        let Some(spec) = CATALOGUE.iter().find(|spec| spec.name == family) else { return values };
        let scoped = self.scoped(Scope { pair, article: None });
        let none = &self.columns.none;
        for (article, value) in self.values_in_articles(&scoped, spec, none, none) {
            if let Some(place) = values.get_mut(article as usize) {
                *place = Some(value);
            }
        }
        values
    }

    /// The values of a figure in each article that has one.
    pub(super) fn by_article(&self, scoped: &Scoped, spec: &FigureSpec, label: &Name, slot: &Name) -> Vec<f64> {
        self.values_in_articles(scoped, spec, label, slot).into_iter().map(|(_, value)| value).collect()
    }

    /// The same with the places of the articles.
    fn values_in_articles(&self, scoped: &Scoped, spec: &FigureSpec, label: &Name, slot: &Name) -> Vec<(u32, f64)> {
        let columns = scoped.columns(spec.from);
        let layout = self.layout(spec, label, slot, scoped.raters);
        let mut sums: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for &(column, place) in &layout.places {
            for &(article, value) in columns.get(column).into_iter().flatten() {
                sums.entry(article).or_insert_with(|| vec![0.0; layout.width])[place] += value;
            }
        }
        let value = |sums: &Vec<f64>| (spec.figure)(&layout.split(sums), scoped.raters).ok();
        sums.into_iter().filter_map(|(article, sums)| Some((article, value(&sums)?.value))).collect()
    }

    /// The labels of which a line of the catalogue has a figure each.
    pub(super) fn labels_of(&self, spec: &FigureSpec) -> Vec<Name> {
        self.subjects_of(spec, Detail::Labels).into_iter().map(|(label, _)| label.clone()).collect()
    }

    /// The columns of a subject, with their places among its numbers. Words are always of all labels; those of one label are
    /// taken from them.
    fn subject(&self, topic: Topic, label: &Name, slot: &Name, raters: usize) -> Cow<'_, [(usize, usize)]> {
        let none = &self.columns.none;
        let of = |topic, label: &Name, slot: &Name| {
            let there = self.subjects.get(&(topic, label.clone(), slot.clone()));
            there.map_or(&[][..], |columns| columns.as_slice())
        };
        match topic {
            Topic::Words | Topic::Complete => Cow::Borrowed(of(topic, none, none)),
            Topic::LabelWords => {
                let Some(category) = self.labels.iter().position(|known| known == label) else { return Cow::default() };
                let begin = HEAD + (1 + category) * (2 + raters);
                let words = of(Topic::Words, none, none).iter();
                let own = words.filter(|(_, place)| (begin..begin + 2).contains(place));
                Cow::Owned(own.map(|(column, place)| (*column, place - begin)).collect())
            }
            _ => Cow::Borrowed(of(topic, label, slot)),
        }
    }

    /// True where gold has something of what is measured, and predictions have nothing of the kind anywhere.
    pub(super) fn not_predicted(&self, spec: &FigureSpec, parts: &[Vec<f64>]) -> bool {
        // The mean of several scores has no sides; its last part has.
        let sides = match spec.sides {
            Some(sides) => sides(parts),
            None if spec.topics.last() == Some(&Topic::CeafE) => full(&parts[parts.len() - 1..]),
            None => return false,
        };
        self.evaluation && sides.gold > 0.0 && sides.predicted <= 0.0
    }

    /// True where gold sets an attribute, and predictions set it nowhere.
    fn never_set(&self, columns: &[Vec<(u32, f64)>], label: &Name, slot: &Name) -> bool {
        let key = (Topic::Attribute, label.clone(), slot.clone());
        let values = self.subjects.get(&key).into_iter().flatten().map(|(column, _)| *column);
        let values = values.filter(|column| !self.columns.keys()[*column].c.is_empty());
        let mut set = [0.0, 0.0];
        for column in values {
            let sum: f64 = columns.get(column).into_iter().flatten().map(|entry| entry.1).sum();
            match self.columns.keys()[column].part {
                1 => set[0] += sum,
                2 => set[1] += sum,
                _ => {}
            }
        }
        self.evaluation && set[0] > 0.0 && set[1] <= 0.0
    }

    /// Returns the number of articles of a scope that γ was left out of.
    fn left_out(&self, scope: Scope) -> usize {
        let articles = self.entries.iter().enumerate();
        let within = articles.filter(|(at, _)| scope.article.is_none_or(|article| article == *at));
        let both = |entry: &ArticleSums| match scope.pair.and_then(|pair| self.pairs.get(pair)) {
            Some(&(a, b)) => entry.sets[a].is_some() && entry.sets[b].is_some(),
            None => true,
        };
        within.filter(|(_, entry)| entry.left_out && both(entry)).count()
    }

    /// The number of mentions, or of frames, that any of several annotators marked, each counted once; none where a figure
    /// is about a pair, or counts something else.
    fn once(&self, scoped: &Scoped, spec: &FigureSpec, label: &Name) -> Option<usize> {
        let kind = match spec.topics[0] {
            Topic::Strict | Topic::Exact | Topic::Partial | Topic::Type => Kind::Entity,
            Topic::Frames => Kind::Frame,
            _ => return None,
        };
        let joint = scoped.joint.as_ref().filter(|_| scoped.raters > 2 && !self.evaluation)?;
        let wanted = |number: u32| {
            let place = number.checked_sub(1).map(|place| place as usize);
            let known = place.and_then(|place| Some((self.labels.get(place)?, self.kinds.get(place)?)));
            match (place, known) {
                (None, _) => false,
                (_, Some((name, of))) => *of == kind && (label.is_empty() || name == label),
                // Labels that the schema does not know are mentions.
                (Some(_), None) => kind == Kind::Entity && label.is_empty(),
            }
        };
        let patterns = self.subjects.iter().filter(|((topic, ..), _)| *topic == Topic::Pattern);
        let marked = patterns.filter(|((_, pattern, _), _)| pattern_row(pattern).into_iter().flatten().any(wanted));
        let columns = marked.flat_map(|(_, columns)| columns).filter_map(|(column, _)| joint.get(*column));
        Some(columns.flatten().map(|(_, count)| *count as usize).sum())
    }

    /// Label and slot of each figure of a line of the catalogue.
    fn subjects_of<'a>(&'a self, spec: &FigureSpec, detail: Detail) -> Vec<(&'a Name, &'a Name)> {
        let of_topic = self.subjects.keys().filter(|key| key.0 == spec.topics[0]).map(|(_, a, b)| (a, b));
        match (spec.each, detail) {
            (Each::All | Each::Label, Detail::Whole) => vec![(&self.columns.none, &self.columns.none)],
            (Each::All, Detail::Labels) | (Each::Single, Detail::Whole) => Vec::new(),
            (Each::Label | Each::Single, Detail::Labels) if spec.topics[0] == Topic::LabelWords => {
                let kinds = self.labels.iter().zip(&self.kinds);
                kinds.filter(|(_, kind)| **kind == Kind::Entity).map(|(label, _)| (label, &self.columns.none)).collect()
            }
            (Each::Label | Each::Single, Detail::Labels) => of_topic.filter(|(label, _)| !label.is_empty()).collect(),
            (Each::Role | Each::Attribute, _) => of_topic.collect(),
        }
    }

    /// The sums of a scope, column by column.
    pub(super) fn scoped(&self, scope: Scope) -> Arc<Scoped> {
        match scope {
            Scope { pair: None, article: None } => self.whole.get_or_init(|| Arc::new(self.add_up(scope))).clone(),
            _ => Arc::new(self.add_up(scope)),
        }
    }

    fn add_up(&self, scope: Scope) -> Scoped {
        let articles = match scope.article {
            Some(article) => article..(article + 1).min(self.standing.len()),
            None => 0..self.standing.len(),
        };
        let pairs = match scope.pair {
            Some(pair) => pair..(pair + 1).min(self.pairs.len()),
            None => 0..self.pairs.len(),
        };
        let scoped = Scoped::of_pairs(&self.entries, self.columns.keys().len(), articles.clone(), pairs);
        match scope.pair {
            Some(_) => scoped,
            None => scoped.with_everybody(&self.entries, articles, self.annotators.len()),
        }
    }
}

/// The name of a figure: that of its line of the catalogue, then label and slot.
fn full_name(spec: &FigureSpec, label: &str, slot: &str) -> String {
    [spec.name, label, slot].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The part of γ that is not whole, given its sums.
fn shortfall(sums: &[f64], left_out: usize, items: usize) -> Option<Shortfall> {
    let part = |at: usize| sums.get(at).copied().unwrap_or(0.0);
    let bounded = part(3) as usize;
    let gap = part(4) / items.max(1) as f64;
    (left_out > 0 || bounded > 0).then_some(Shortfall { left_out, bounded, gap })
}

/// A figure of more sums than this gets no interval.
const WIDEST: usize = 600;
