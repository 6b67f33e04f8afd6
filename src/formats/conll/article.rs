//! Lines of tokens become an article with its mentions.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::brackets::{ClusterMention, Clusters, Names};
use super::cutter::{ArticleLines, LineKind};
use super::joined::{Joined, Spacing};
use super::layout::{At, Layer, Layers, Layout, Means};
use super::rows::COLUMNS;
use super::tags::{Decoder, Mention, Tag, TagStyle, Tags, UNNAMED};
use crate::formats::raw_document::{RawAnnotation, RawDocument, RawSet};
use crate::formats::references::is_nobody;
use crate::formats::{ImportContext, Item, OffsetUnit};
use crate::lang::Message;
use crate::message;
use crate::model::{Id, Name, Problem, Referent};
use crate::text::Span;

/// A token.
struct Token<'l> {
    line: u32,
    cells: Vec<Cow<'l, str>>,
    /// The number of its word, as it is written, among those of the article.
    word: usize,
}

/// The tokens of a sentence.
#[derive(Default)]
struct Sentence<'l> {
    text: Option<&'l str>,
    tokens: Vec<Token<'l>>,
    /// Its words as they are written, and whether a blank follows, where the file says it.
    words: Vec<(Cow<'l, str>, Option<bool>)>,
}

/// An article of tokens.
struct TokenArticle<'l> {
    file: &'l str,
    layout: &'l Layout,
    sentences: Vec<Sentence<'l>>,
    places: Vec<Span>,
}

impl ArticleLines<'_> {
    /// Makes the article of the lines, after what is to be said about them.
    pub fn finish(mut self, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        if let Some(note) = self.note.take() {
            out(Item::Note { file: self.file.to_owned(), note });
        }
        let sentences = self.sentences();
        if sentences.is_empty() {
            return;
        }
        let (text, places) = joined(&sentences);
        let (file, layout) = (self.file, &*self.layout);
        let article = TokenArticle { file, layout, sentences, places };
        let mut marks = article.mentions(self.first, out);
        let referents = article.referents(&mut marks, reading, &text, out);
        let mut marks: Vec<RawAnnotation> = marks.into_iter().map(|placed| placed.mark).collect();
        marks.sort_by_key(|mark| (mark.at[0].0, Reverse(mark.at[0].1)));
        let sets = vec![RawSet { marks, referents, ..RawSet::default() }];
        let (id, about, line, unit) = (self.id.clone(), self.about.clone(), self.first, OffsetUnit::Byte);
        RawDocument { file, line, id, about, content: &text, unit, sets, dangling: false }.finish(reading, out);
    }

    fn sentences(&self) -> Vec<Sentence<'_>> {
        let layout = &*self.layout;
        let mut sentences = Vec::new();
        let mut open = Sentence::default();
        // Words of the article so far, and of those that are written as one the last number and the one.
        let (mut words, mut together): (usize, Option<(u32, usize)>) = (0, None);
        for (line, content, kind) in self.lines() {
            match kind {
                LineKind::Text => open.text = Some(content),
                LineKind::End => {
                    together = None;
                    if !open.tokens.is_empty() {
                        sentences.push(std::mem::take(&mut open));
                    }
                }
                LineKind::Token => {
                    let cells = layout.between.cells(content);
                    let index = layout.index.and_then(|at| cells.get(at)).map_or("", AsRef::as_ref);
                    // A word that is in the tree alone is not in the text.
                    if index.contains('.') {
                        continue;
                    }
                    let (one, range) = (index.parse::<u32>().ok(), last_of(index));
                    let word = match together.filter(|(last, _)| one.is_some_and(|one| one <= *last)) {
                        Some((_, word)) => word,
                        None => {
                            let blank = layout.misc.and_then(|at| cells.get(at)).map(|cell| !is_joined(cell));
                            open.words.push((cells.get(layout.word).cloned().unwrap_or_default(), blank));
                            words += 1;
                            words - 1
                        }
                    };
                    match range {
                        Some(last) => together = Some((last, word)),
                        None => open.tokens.push(Token { line, cells, word }),
                    }
                }
            }
        }
        sentences.extend((!open.tokens.is_empty()).then_some(open));
        sentences
    }
}

/// The last number of words that are written as one: `2-3`.
fn last_of(index: &str) -> Option<u32> {
    index.split_once('-')?.1.parse().ok()
}

/// True for remarks that no blank follows.
fn is_joined(cell: &str) -> bool {
    cell.split('|').any(|it| matches!(it, "SpaceAfter=No" | "NoSpaceAfter"))
}

/// The text of sentences, and the place of each word.
fn joined(sentences: &[Sentence<'_>]) -> (String, Vec<Span>) {
    let mut joined = Joined::default();
    let words = || sentences.iter().flat_map(|sentence| &sentence.words);
    let spacing = Spacing::of(words().map(|(word, _)| word.as_ref()));
    let told = words().any(|(_, blank)| *blank == Some(false));
    for sentence in sentences {
        let words = || sentence.words.iter().map(|(word, _)| word.as_ref());
        if sentence.text.is_some_and(|text| joined.aligned(text, words())) {
            continue;
        }
        if told {
            joined.told(sentence.words.iter().map(|(word, blank)| (word.as_ref(), *blank != Some(false))));
        } else {
            joined.tokens(words(), spacing);
        }
    }
    (joined.text, joined.places)
}

impl TokenArticle<'_> {
    fn tokens(&self) -> impl Iterator<Item = &Token<'_>> {
        self.sentences.iter().flat_map(|sentence| &sentence.tokens)
    }

    fn problem(&self, line: u32, why: Message, out: &mut dyn FnMut(Item)) {
        out(Item::Problem(Problem::warning("columns", why).at(self.file, Some(line))));
    }

    /// The mentions of all columns; what no scheme allows is told.
    fn mentions(&self, first: u32, out: &mut dyn FnMut(Item)) -> Vec<PlacedMention> {
        let lines: Vec<&Token<'_>> = self.tokens().collect();
        let mut marks: Vec<PlacedMention> = Vec::new();
        match &self.layout.layers {
            Layers::Every => {
                let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
                lines.iter().for_each(|token| *widths.entry(token.cells.len()).or_default() += 1);
                let width = widths.into_iter().max_by_key(|(_, lines)| *lines).map_or(1, |(width, _)| width);
                if width > COLUMNS {
                    self.problem(first, message!("conll-wide", width = width, columns = COLUMNS), out);
                }
                for at in 1..width.min(COLUMNS) {
                    let tags = Tags { style: TagStyle::Before('-'), small: false };
                    let found = self.decode(&lines, &|token| token.cells.get(at).map_or("O", AsRef::as_ref), tags, out);
                    marks.extend(found.into_iter().map(|mention| self.placed(mention, &lines)));
                }
            }
            Layers::These(layers) => {
                let width = self.layout.width;
                for token in lines.iter().filter(|token| !self.layout.ragged && token.cells.len() != width) {
                    self.problem(token.line, message!("conll-columns", count = token.cells.len(), width = width), out);
                }
                let mut own = 0;
                for (number, layer) in layers.iter().enumerate() {
                    self.layer(layer, &lines, (&mut marks, own), out);
                    own = if number == 0 { marks.len() } else { own };
                }
            }
        }
        marks
    }

    /// Adds what a column says to the mentions of those before it, the first `own` of which are the first one's.
    fn layer(
        &self,
        layer: &Layer,
        lines: &[&Token<'_>],
        (marks, own): (&mut Vec<PlacedMention>, usize),
        out: &mut dyn FnMut(Item),
    ) {
        let cell = |token: &'_ Token<'_>| layer.at.cell(&token.cells, self.layout.width).to_owned();
        match layer.means {
            Means::Mentions(tags) => {
                let found = self.decode(lines, &|token| layer.at.cell(&token.cells, self.layout.width), tags, out);
                marks.extend(found.into_iter().map(|mention| self.placed(mention, lines)));
            }
            Means::Brackets => {
                let mut names = Names::default();
                let mut at = 0;
                for sentence in &self.sentences {
                    for token in &sentence.tokens {
                        if !names.take(at, &cell(token)) {
                            self.problem(token.line, message!("conll-bracket", cell = cell(token)), out);
                        }
                        at += 1;
                    }
                    for open in names.sentence() {
                        self.problem(lines[open].line, message!("conll-bracket", cell = cell(lines[open])), out);
                    }
                }
                marks.extend(names.mentions.into_iter().map(|mention| self.placed(mention, lines)));
            }
            Means::Detail(tags) => {
                let found = self.decode(lines, &|token| layer.at.cell(&token.cells, self.layout.width), tags, out);
                let places: HashMap<(usize, usize), usize> =
                    marks[..own].iter().enumerate().rev().map(|(at, mark)| ((mark.from, mark.to), at)).collect();
                let name = Name::new(layer.name.to_lowercase().trim_start_matches("ne-"));
                for mention in found {
                    match places.get(&(mention.from, mention.to)) {
                        Some(&at) => marks[at].mark.attributes.push((name.clone(), mention.label)),
                        None => marks.push(self.placed(mention, lines)),
                    }
                }
            }
            Means::Link => {
                for mark in &mut marks[..own] {
                    let said = cell(lines[mark.from]);
                    if !is_nobody(&said) && said != "_" && said != "O" {
                        mark.link = Some((layer.name.clone(), said));
                    }
                }
            }
        }
    }

    /// The mentions of one column of tags, whatever their scheme.
    fn decode<'t>(
        &self,
        lines: &[&'t Token<'t>],
        cell: &dyn Fn(&'t Token<'t>) -> &'t str,
        tags: Tags,
        out: &mut dyn FnMut(Item),
    ) -> Vec<Mention> {
        let mut decoder = Decoder::default();
        let mut at = 0;
        for sentence in &self.sentences {
            for _ in &sentence.tokens {
                decoder.take(at, tags.tag(cell(lines[at])));
                at += 1;
            }
            decoder.sentence();
        }
        for (at, Tag { letter, label }) in decoder.orphans() {
            let why = message!("conll-orphan", prefix = letter, label = label);
            out(Item::Problem(Problem::warning("orphan-tag", why).at(self.file, Some(lines[at].line))));
        }
        decoder.mentions
    }

    fn placed(&self, mention: Mention, lines: &[&Token<'_>]) -> PlacedMention {
        let (from, to) = (&lines[mention.from], &lines[mention.to]);
        let place = (i64::from(self.places[from.word].start), i64::from(self.places[to.word].end));
        let Mention { from: first, to, label } = mention;
        let mark = RawAnnotation { label, at: vec![place], line: from.line, ..RawAnnotation::default() };
        PlacedMention { from: first, to, mark, link: None, cluster: None }
    }

    /// Joins the mentions of clusters to those that are there, and gives each that is about something its referent.
    fn referents(
        &self,
        marks: &mut Vec<PlacedMention>,
        reading: &ImportContext<'_>,
        text: &str,
        out: &mut dyn FnMut(Item),
    ) -> Vec<Arc<Referent>> {
        if let Some(at) = &self.layout.coref {
            self.clusters(at, marks, out);
        }
        let mut order: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].about().is_some()).collect();
        order.sort_by_key(|at| (marks[*at].mark.at[0].0, Reverse(marks[*at].mark.at[0].1)));
        let mut ids: HashMap<(String, String), usize> = HashMap::new();
        let mut referents: Vec<Referent> = Vec::new();
        for at in order {
            let PlacedMention { mark, .. } = &marks[at];
            let Some(about) = marks[at].about() else { continue };
            let number = *ids.entry(about.clone()).or_insert_with(|| {
                let id: Id = format!("ref{}", referents.len() + 1).parse().expect("letters and a number are an id");
                let mut referent = Referent::new(&reading.name(UNNAMED), "", reading.origin(self.file));
                referent.id = id;
                let (register, outside) = about;
                if !register.is_empty() {
                    referent.external.push((reading.name(&register), outside));
                }
                referents.push(referent);
                referents.len() - 1
            });
            let referent = &mut referents[number];
            let (start, end) = mark.at[0];
            let words = text.get(start as usize..end as usize).unwrap_or_default();
            // A name says more about who it is than what else is said of them.
            if referent.name.is_empty() || (*referent.label == *UNNAMED && mark.label != UNNAMED) {
                words.clone_into(&mut referent.name);
                referent.label = reading.name(&mark.label);
            }
            marks[at].mark.referent = Some(referent.id);
        }
        referents.into_iter().map(Arc::new).collect()
    }

    fn clusters(&self, at: &At, marks: &mut Vec<PlacedMention>, out: &mut dyn FnMut(Item)) {
        let lines: Vec<&Token<'_>> = self.tokens().collect();
        let mut clusters = Clusters::default();
        for (number, token) in lines.iter().enumerate() {
            let cell = at.cell(&token.cells, self.layout.width);
            if !clusters.take(number, cell) {
                self.problem(token.line, message!("conll-bracket", cell = cell), out);
            }
        }
        for open in clusters.unclosed() {
            let cell = at.cell(&lines[open].cells, self.layout.width);
            self.problem(lines[open].line, message!("conll-bracket", cell = cell), out);
        }
        let places: HashMap<(usize, usize), usize> =
            marks.iter().enumerate().rev().map(|(at, mark)| ((mark.from, mark.to), at)).collect();
        for ClusterMention { from, to, cluster, label } in clusters.mentions {
            match places.get(&(from, to)).filter(|at| marks[**at].cluster.is_none()) {
                Some(&at) => marks[at].cluster = Some(cluster),
                None => {
                    let label = if label.is_empty() { UNNAMED.to_owned() } else { label };
                    let placed = self.placed(Mention { from, to, label }, &lines);
                    marks.push(PlacedMention { cluster: Some(cluster), ..placed });
                }
            }
        }
    }
}

/// A mention, and the thing that it is about.
struct PlacedMention {
    from: usize,
    to: usize,
    mark: RawAnnotation,
    /// A register outside and an identifier in it.
    link: Option<(String, String)>,
    cluster: Option<String>,
}

impl PlacedMention {
    /// The thing that it is about: in a register, or in the file alone.
    fn about(&self) -> Option<(String, String)> {
        let link = self.link.as_ref().map(|(column, id)| {
            let number =
                id.strip_prefix('Q').is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()));
            (if number { "wikidata".to_owned() } else { column.to_lowercase() }, id.clone())
        });
        link.or_else(|| self.cluster.as_ref().map(|cluster| (String::new(), cluster.clone())))
    }
}
