//! The meaning of columns, as the first lines of a file show it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::asked::AskedColumns;
use super::brackets;
use super::layout::{At, Layer, Layers, Layout, Means};
use super::rows::{Between, article_start};
use super::tags::{TagCounts, TagStyle, Tags, is_nothing, is_outside};
use crate::lang::Message;
use crate::message;

/// Columns that are looked at.
const COLUMNS: usize = 64;
/// Lines without which nothing can be told of most of them.
const FEW: usize = 4;

/// Names of columns of words, in small letters.
const WORDS: [&str; 9] = ["token", "tokens", "word", "words", "form", "text", "wort", "kata", "surface"];
/// Names of columns of tags, in small letters.
const TAGS: [&str; 16] = [
    "tag",
    "tags",
    "label",
    "labels",
    "ner",
    "ne",
    "nertag",
    "ner_tag",
    "ner_tags",
    "entity",
    "entities",
    "iob",
    "bio",
    "ner-tag",
    "named_entity",
    "predicted",
];
/// Labels of chunks, which are no mentions.
const CHUNKS: [&str; 12] = ["NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP", "NN"];

/// The first lines of a file, cut into cells.
struct Sample<'l> {
    between: Between,
    rows: Vec<Vec<Cow<'l, str>>>,
    /// True after which of them a sentence ends.
    ends: Vec<bool>,
    width: usize,
    header: Option<Vec<String>>,
    comments: Vec<&'l str>,
}

/// Understands the columns of a file by its first lines.
///
/// # Errors
/// The reason why nothing plausible comes of them, in one sentence.
pub(super) fn guess(lines: &[&str], asked: Option<&AskedColumns>) -> Result<Layout, Message> {
    let declared = lines.iter().take(FEW).any(|line| line.starts_with("# columns = "));
    if declared && asked.is_none() {
        return Ok(Layout::every());
    }
    let sample = Sample::of(lines);
    match asked {
        Some(asked) => sample.asked(asked),
        None => {
            let mut layout = sample.layout();
            sample.plausible(&layout)?;
            layout.tagged = layout.tagged && sample.is_even(&layout);
            Ok(layout)
        }
    }
}

fn header(cells: &[Cow<'_, str>]) -> Option<Vec<String>> {
    let cells: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
    let word = cells.iter().any(|cell| WORDS.contains(&&**cell));
    let tagged = cells.iter().any(|cell| is_tag_name(cell));
    (word && tagged).then_some(cells)
}

fn is_tag_name(cell: &str) -> bool {
    TAGS.contains(&cell) || cell.starts_with("ne-") || cell.starts_with("ner")
}

impl<'l> Sample<'l> {
    fn of(lines: &[&'l str]) -> Self {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_start_matches('\u{feff}')).collect();
        let first = lines.iter().copied().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let (mut between, mut named) = (Between::White, None);
        for way in [Between::White, Between::Sign(','), Between::Sign(';')] {
            if let Some(found) = first.and_then(|first| header(&way.cells(first))) {
                (between, named) = (way, Some(found));
                break;
            }
        }
        let plus = lines.iter().find_map(|line| line.strip_prefix("# global.columns = "));
        let plus = plus.map(|names| names.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>());
        let mut sample =
            Self { between, rows: Vec::new(), ends: Vec::new(), width: 1, header: None, comments: Vec::new() };
        let mut hashes = Vec::new();
        for line in lines {
            if line.trim().is_empty() {
                sample.end();
                continue;
            }
            if line.starts_with('#') {
                sample.comments.push(line);
                hashes.push(line);
                continue;
            }
            if article_start(line).is_some() {
                sample.end();
                continue;
            }
            let cells = between.cells(line);
            let is_header = named.as_ref().is_some_and(|named| *named == lower(&cells));
            if !is_header && cells.iter().any(|cell| !cell.is_empty()) {
                sample.rows.push(cells);
                sample.ends.push(false);
            } else if !is_header {
                sample.end();
            }
        }
        if sample.rows.is_empty() {
            sample.rows.extend(hashes.into_iter().map(|line| between.cells(line)));
            sample.ends.resize(sample.rows.len(), false);
        }
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &sample.rows {
            *widths.entry(row.len()).or_default() += 1;
        }
        sample.width = widths.into_iter().max_by_key(|(_, lines)| *lines).map_or(1, |(width, _)| width);
        sample.header = named.or_else(|| plus.filter(|plus| plus.len() == sample.width));
        sample
    }

    fn end(&mut self) {
        if let Some(last) = self.ends.last_mut() {
            *last = true;
        }
    }

    /// True where most lines have as many columns.
    fn is_even(&self, layout: &Layout) -> bool {
        let even = self.rows.iter().filter(|row| row.len() == self.width).count();
        layout.ragged || even * 10 >= self.rows.len() * 8
    }

    /// The cells of a column in the lines that have as many as most.
    fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| row.len() == self.width).filter_map(move |row| row.get(at)).map(AsRef::as_ref)
    }

    fn counts(&self, at: usize) -> TagCounts {
        TagCounts::of(self.column(at))
    }

    /// A layout of no known kind, with what all have.
    fn bare(&self) -> Layout {
        Layout { between: self.between, width: self.width, header: self.header.clone(), said: false, ..Layout::plain() }
    }

    fn layout(&self) -> Layout {
        let begun = self.comments.iter().any(|line| line.starts_with("#begin document"));
        let named = self.header.as_deref().and_then(|header| self.named(header));
        if let Some(layout) = named {
            return layout;
        }
        if begun && self.width >= 12 && self.is_index(2) {
            return self.ontonotes();
        }
        if self.width == 10 && self.is_index(0) {
            return self.universal();
        }
        self.tagged(begun)
    }

    /// Columns that have names.
    fn named(&self, header: &[String]) -> Option<Layout> {
        let at = |names: &[&str]| header.iter().position(|name| names.contains(&&**name));
        let word = at(&WORDS)?;
        if header.iter().any(|name| name == "ne-coarse-lit") {
            return Some(self.hipe(header, word));
        }
        let tags = |(at, name): (usize, &String)| {
            let counts = self.counts(at);
            let tagged = at != word && (is_tag_name(name) || (name == "misc" && counts.are_tags()));
            tagged.then(|| (at, counts.tags()))
        };
        let mut found: Vec<(usize, Tags)> = header.iter().enumerate().filter_map(tags).collect();
        if found.len() > 1 {
            found.retain(|(at, _)| header[*at] != "predicted");
        }
        let several = found.len() > 1;
        let layer = |(at, tags): (usize, Tags)| {
            let name = if several { header[at].clone() } else { String::new() };
            Layer { name, at: At::Column(at), means: Means::Mentions(tags) }
        };
        let sentence = header.iter().position(|name| name.starts_with("sent"));
        let kind = match (sentence, self.between) {
            (Some(_), Between::Sign(_)) => "Kaggle NER",
            _ if header.iter().any(|name| name == "upos") => "CoNLL-U Plus",
            _ => "",
        };
        let index = at(&["id"]).filter(|at| self.is_index(*at));
        let misc = at(&["misc"]).filter(|_| !several);
        let layers = Layers::These(found.into_iter().map(layer).collect());
        Some(Layout { kind, word, layers, sentence, index, misc, tagged: true, ..self.bare() })
    }

    fn hipe(&self, header: &[String], word: usize) -> Layout {
        let layer = |(at, name): (usize, &String)| {
            let tags = self.counts(at).tags();
            let means = match &**name {
                "ne-coarse-lit" | "ne-nested" | "ne-fine-comp" => Means::Mentions(tags),
                "nel-lit" => Means::Link,
                name if name.starts_with("ne-") => Means::Detail(tags),
                _ => return None,
            };
            Some(Layer { name: name.to_uppercase(), at: At::Column(at), means })
        };
        let layers = header.iter().enumerate().filter_map(layer).collect();
        let misc = header.iter().position(|name| name == "misc");
        Layout { kind: "HIPE", word, layers: Layers::These(layers), misc, tagged: true, ..self.bare() }
    }

    /// Lines of OntoNotes, whose arguments have as many columns as there are verbs.
    fn ontonotes(&self) -> Layout {
        let entities = Layer { name: "NE".into(), at: At::Column(10), means: Means::Brackets };
        let layers = Layers::These(vec![entities]);
        Layout { kind: "CoNLL-2012", word: 3, layers, coref: Some(At::Last), ragged: true, tagged: true, ..self.bare() }
    }

    fn universal(&self) -> Layout {
        let mut layers = Vec::new();
        let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for part in self.column(9).flat_map(|cell| cell.split('|')) {
            if let Some((key, value)) = part.split_once('=') {
                keys.entry(key).or_default().push(value);
            }
        }
        let mut coref = None;
        for (key, values) in keys {
            let counts = TagCounts::of(values.iter().copied());
            if key == "Entity" && values.iter().all(|value| brackets::are_entities(value)) {
                coref = Some(At::Key(9, key.to_owned()));
            } else if counts.are_tags() && (!counts.is_unmarked() || key.to_lowercase().starts_with("ne")) {
                let (at, means) = (At::Key(9, key.to_owned()), Means::Mentions(counts.tags()));
                layers.push(Layer { name: key.to_owned(), at, means });
            }
        }
        let tagged = |at: &usize| {
            let counts = self.counts(*at);
            counts.are_tags() && !counts.is_unmarked()
        };
        layers.extend((2..10).filter(tagged).map(|at| Layer {
            name: String::new(),
            at: At::Column(at),
            means: Means::Mentions(self.counts(at).tags()),
        }));
        let (index, misc, tagged) = (Some(0), Some(9), !layers.is_empty() || coref.is_some());
        Layout { kind: "CoNLL-U", word: 1, layers: Layers::These(layers), coref, index, misc, tagged, ..self.bare() }
    }

    /// Columns among which some have tags.
    fn tagged(&self, begun: bool) -> Layout {
        let all = self.width.min(COLUMNS);
        let counts: Vec<TagCounts> = (0..all).map(|at| self.counts(at)).collect();
        let mut tags: Vec<usize> = (0..all).filter(|at| counts[*at].are_tags()).collect();
        if tags.len() == all {
            tags.retain(|at| *at > 0);
        }
        let coref = (begun && all > 1 && self.column(self.width - 1).all(brackets::is_cluster)).then_some(At::Last);
        let open = |at: &usize| !tags.contains(at);
        let index = (0..all).filter(open).find(|at| all > 2 && self.is_index(*at));
        let other = |at: &usize| open(at) && Some(*at) != index;
        let mut word = (0..all).filter(other).find(|at| all < 3 || !self.is_same(*at));
        let sentence = word.filter(|at| index.is_none() && all > 2 && self.is_number_of_sentence(*at));
        if let Some(sentence) = sentence {
            word = (sentence + 1..all).find(other).or(word);
        }
        let mut word = word.or_else(|| (0..all).find(other)).unwrap_or(0);
        let sentence = sentence.filter(|at| *at != word);
        let chunks = |at: &usize| self.labels(*at, counts[*at].tags()).all(|label| CHUNKS.contains(&&*label));
        let chunked = tags.iter().copied().find(|at| !counts[*at].is_unmarked() && chunks(at));
        if tags.len() > 1 {
            tags.retain(|at| counts[*at].is_unmarked() || !chunks(at));
        }
        let tagged = !tags.is_empty() || coref.is_some();
        if tags.is_empty() && coref.is_none() && self.width > 1 {
            let found = self.bare_tags(&counts, index);
            tags.push(found);
            if found == word {
                word = (0..all).find(|at| *at != found && Some(*at) != index).unwrap_or(word);
            }
        }
        // The same twice is what a person and what a program said: the last counts.
        if let [first, .., last] = tags[..]
            && self.alike(first, last)
        {
            tags = vec![last];
        }
        let several = tags.len() > 1;
        let layer = |(number, at): (usize, &usize)| {
            let name = match (several, number) {
                (false, _) => "",
                (true, 0) => "outer",
                (true, _) => "inner",
            };
            Layer { name: name.into(), at: At::Column(*at), means: Means::Mentions(counts[*at].tags()) }
        };
        let layers: Vec<Layer> = tags.iter().enumerate().map(layer).collect();
        let empty = |at: usize| counts.get(at).is_some_and(|counts| counts.nothing == counts.cells);
        let kind = match (self.width, &tags[..]) {
            (4, [2, 3]) if index == Some(0) => "GermEval",
            (5, [2]) if index == Some(0) => "Universal NER",
            (4, [3]) if word == 0 && empty(1) && empty(2) => "MultiCoNER",
            (4, [3]) if word == 0 && chunked.is_some() => "CoNLL-2003",
            _ => "",
        };
        let misc = (0..all).find(|at| *at != word && !tags.contains(at) && self.column(*at).any(is_remark));
        Layout { kind, word, layers: Layers::These(layers), coref, misc, sentence, index, tagged, ..self.bare() }
    }

    /// The column of labels that stand alone: the last with signs of what is outside, else the last.
    fn bare_tags(&self, counts: &[TagCounts], index: Option<usize>) -> usize {
        let few = |at: &usize| {
            let labels: BTreeSet<&str> = self.column(*at).filter(|cell| !is_outside(cell)).collect();
            labels.len() <= 50 && labels.len() * 2 <= counts[*at].cells.max(FEW)
        };
        let with = |outside: fn(&TagCounts) -> usize| {
            let fits = |at: &usize| outside(&counts[*at]) * 5 >= counts[*at].cells && outside(&counts[*at]) > 0;
            let some = |at: &usize| counts[*at].nothing + counts[*at].outside < counts[*at].cells;
            (0..counts.len()).rev().filter(|at| Some(*at) != index).find(|at| fits(at) && some(at) && few(at))
        };
        let last = self.width - 1;
        with(|counts| counts.outside).or_else(|| with(|counts| counts.nothing)).unwrap_or(last)
    }

    /// The labels of a column.
    fn labels(&self, at: usize, tags: Tags) -> impl Iterator<Item = String> {
        self.column(at).filter_map(move |cell| tags.tag(cell)).map(|tag| tag.label)
    }

    /// True where two columns say the same of most tokens that either says something of.
    fn alike(&self, one: usize, other: usize) -> bool {
        let pairs =
            self.column(one).zip(self.column(other)).filter(|(one, other)| !(is_outside(one) && is_outside(other)));
        let (same, all) = pairs.fold((0, 0), |(same, all), (one, other)| (same + usize::from(one == other), all + 1));
        same * 2 > all
    }

    /// True where a column counts the tokens of each sentence.
    fn is_index(&self, at: usize) -> bool {
        let number = |cell: &str| cell.split(['-', '.']).next()?.parse::<u32>().ok();
        let (mut fits, mut all, mut before) = (0, 0, None);
        for cell in self.column(at) {
            all += 1;
            let this = number(cell);
            let next = before.flatten().is_none_or(|before: u32| {
                this.is_some_and(|this| this == before || before.checked_add(1) == Some(this) || this <= 1)
            });
            fits += usize::from(this.is_some() && next);
            before = Some(this);
        }
        let first = self.column(at).next().and_then(number);
        let counts = self.column(at).filter_map(number).collect::<BTreeSet<u32>>().len() > 1 || first == Some(1);
        // The most that have a sign within number the places of words in sentences.
        let plain = self.column(at).filter(|cell| cell.chars().all(|c| c.is_ascii_digit())).count();
        plain * 2 > all
            && fits * 10 >= all * 9
            && counts
            && first.is_some_and(|first| first <= 1)
            && !self.is_number_of_sentence(at)
    }

    /// True where every line has the same.
    fn is_same(&self, at: usize) -> bool {
        let mut cells = self.column(at);
        let first = cells.next();
        self.rows.len() >= FEW && first.is_some_and(|first| cells.all(|cell| cell == first))
    }

    /// True where a column has numbers that stay for a while, and then are the next.
    fn is_number_of_sentence(&self, at: usize) -> bool {
        let numbers: Option<Vec<u32>> = self.column(at).map(|cell| cell.parse().ok()).collect();
        let Some(numbers) = numbers else { return false };
        let stays = numbers.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let grows = numbers.windows(2).all(|pair| pair[1] == pair[0] || pair[0].checked_add(1) == Some(pair[1]));
        grows && stays * 2 >= numbers.len().saturating_sub(1) && stays > 0
    }

    /// The layout that a person asks for.
    fn asked(&self, asked: &AskedColumns) -> Result<Layout, Message> {
        let columns = asked.layers.iter().map(|(_, at)| *at).chain([asked.word]).chain(asked.coref).chain(asked.misc);
        if let Some(most) = columns.chain(asked.sentence).max().filter(|most| *most >= self.width) {
            return Err(message!("columns-few", number = most + 1, width = self.width));
        }
        let layer = |(name, at): &(String, usize)| Layer {
            name: if name == "tag" { String::new() } else { name.clone() },
            at: At::Column(*at),
            means: Means::Mentions(self.counts(*at).tags()),
        };
        Ok(Layout {
            word: asked.word,
            layers: Layers::These(asked.layers.iter().map(layer).collect()),
            coref: asked.coref.map(At::Column),
            misc: asked.misc,
            sentence: asked.sentence,
            index: (0..self.width.min(COLUMNS)).find(|at| *at != asked.word && self.is_index(*at)),
            ragged: true,
            said: true,
            ..self.bare()
        })
    }

    /// Says why a layout is no plausible one.
    fn plausible(&self, layout: &Layout) -> Result<(), Message> {
        let refused = |why: Message| Err(message!("conll-refused", why = why));
        let words: Vec<&str> = self.column(layout.word).collect();
        let numbers = words.iter().filter(|word| is_number(word)).count();
        let most =
            if words.len() < FEW { words.len() > 1 && numbers == words.len() } else { numbers * 2 > words.len() };
        if most {
            return refused(message!("conll-why-numbers"));
        }
        let Layers::These(layers) = &layout.layers else { return Ok(()) };
        for layer in layers {
            let (At::Column(at), Means::Mentions(tags)) = (&layer.at, layer.means) else { continue };
            let cells = self.rows.iter().filter(|row| row.len() > 1).map(|row| layer.at.cell(row, self.width));
            let labels: Vec<String> = cells.filter_map(|cell| tags.tag(cell)).map(|tag| tag.label).collect();
            let odd: Vec<&String> = labels.iter().filter(|label| is_odd(label)).collect();
            if let Some(first) = odd.first().filter(|_| odd.len() * 10 >= labels.len()) {
                let shown: String = first.chars().take(40).collect();
                return refused(message!("conll-why-label", label = shown));
            }
            if tags.style != TagStyle::Bare {
                continue;
            }
            if !self.is_even(layout) && self.rows.len() >= FEW {
                return refused(message!("conll-why-uneven"));
            }
            let kinds = labels.iter().collect::<BTreeSet<_>>().len();
            if kinds > 20 && kinds * 2 > labels.len() {
                return refused(message!("conll-why-words"));
            }
            let outside = self.column(*at).any(|cell| is_outside(cell) || is_nothing(cell));
            if !outside && labels.len() >= 2 * FEW {
                return refused(message!("conll-why-outside"));
            }
        }
        Ok(())
    }
}

fn lower(cells: &[Cow<'_, str>]) -> Vec<String> {
    cells.iter().map(|cell| cell.to_lowercase()).collect()
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | ':'))
}

/// True for what is no label: a number, brackets, quotes, a feature.
fn is_odd(label: &str) -> bool {
    is_number(label) || label.contains(['(', ')', '[', ']', '{', '}', '<', '>', '"', '=', '*', '#'])
}

fn is_remark(cell: &str) -> bool {
    cell.contains("SpaceAfter=No") || cell.contains("NoSpaceAfter")
}
