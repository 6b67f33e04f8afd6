//! CoNLL columns: a token a line, an empty line after each sentence, mentions as tags of tokens.

use crate::key;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Arc;

use super::loss::{place, reduce, rename};
use super::parallel_read::{Give, items};
use super::raw_document::{RawAnnotation, RawDocument, RawSet};
use super::tokens::{covered, join, sentences, tell};
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, Item, Loss,
    Lost, Nested, OffsetUnit, Options, Pieces, Sink, Source, Tags, Writer,
};
use crate::message;
use crate::model::{Annotation, Kind, Name, Problem};
use crate::text::{Span, Text};

/// See the module.
pub(super) struct Conll;

const FILE: &str = "jejak.conll";

static INFO: FormatInfo = FormatInfo {
    name: "conll",
    title: key!("format-conll"),
    extension: "conll",
    file: Some(FILE),
    unit: None,
    capabilities: Capabilities { kinds: &[Kind::Entity], ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Tjong Kim Sang & De Meulder 2003, https://aclanthology.org/W03-0419/",
    notes: key!("format-conll-notes"),
};

impl Tags {
    /// The tag of the token at `index` of a mention of `len` tokens; `touches` where one of the same label ends right
    /// before it.
    fn prefix(self, index: usize, len: usize, touches: bool) -> char {
        let (single, last) = match self {
            Self::Bio => ('B', 'I'),
            Self::Iob1 => return if index == 0 && touches { 'B' } else { 'I' },
            Self::Bioes => ('S', 'E'),
            Self::Bilou => ('U', 'L'),
        };
        match index {
            0 if len == 1 => single,
            0 => 'B',
            _ if index + 1 == len => last,
            _ => 'I',
        }
    }
}

/// The labels that have a column of their own.
fn column_labels<'a>(cx: &Context<'a>) -> Vec<&'a Name> {
    let labels = cx.corpus.schema.labels.iter().filter(|label| label.kind == Kind::Entity);
    labels.map(|label| &label.name).collect()
}

/// A label without the white space that parts columns.
fn written(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("_")
}

impl Format for Conll {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        let options = cx.options;
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        let columns = (options.nested == Nested::Columns).then(|| column_labels(cx));
        let (article, text) = (std::mem::take(&mut page.id), page.text.clone());
        loss.note(Lost::Id, usize::from(!article.is_empty()), || format!("article {article}"));
        let Some(layer) = page.sets.first_mut() else { return };
        let sentences = sentences(&text);
        let tokens: Vec<Span> = sentences.concat();
        let mut lost = |what, record: &Annotation| loss.note(what, 1, || place(&article, &text, record));

        // Whole tokens, and no two mentions over each other in one column.
        let mut candidates = Vec::new();
        for record in layer.records.drain(..) {
            let extent = record.extent().expect("only records with a span are left");
            let over = covered(&tokens, extent);
            let columned = columns.as_ref().is_none_or(|columns| columns.contains(&&record.label));
            if over.is_empty() || !columned {
                lost(Lost::Mention, &record);
            } else {
                candidates.push((over, record));
            }
        }
        match options.nested {
            Nested::Innermost => candidates.sort_by_key(|(over, record)| (over.len(), over.start, record.id)),
            _ => candidates.sort_by_key(|(over, record)| (Reverse(over.len()), over.start, record.id)),
        }
        let mut taken: Vec<Option<HashSet<&Name>>> = vec![None; tokens.len()];
        let any = Name::new("");
        let mut kept: Vec<(std::ops::Range<usize>, Arc<Annotation>)> = Vec::new();
        let labels: Vec<Name> = candidates.iter().map(|(_, record)| record.label.clone()).collect();
        for ((over, record), label) in candidates.into_iter().zip(&labels) {
            let column = if columns.is_some() { label } else { &any };
            let free = |at: &Option<HashSet<&Name>>| at.as_ref().is_none_or(|at| !at.contains(column));
            if !taken[over.clone()].iter().all(free) {
                lost(Lost::Overlap, &record);
                continue;
            }
            for at in &mut taken[over.clone()] {
                at.get_or_insert_default().insert(column);
            }
            if record.extent() != Some(Span::new(tokens[over.start].start, tokens[over.end - 1].end)) {
                lost(Lost::Alignment, &record);
            }
            if written(&record.label) != *record.label {
                lost(Lost::Name, &record);
            }
            kept.push((over, record));
        }

        // The text as the tokens tell it, and the mentions in it.
        let mut held: Vec<Span> =
            kept.iter().map(|(over, _)| Span::new(tokens[over.start].start, tokens[over.end - 1].end)).collect();
        held.sort_unstable();
        let held = Annotation::tidy(held);
        let (told, places) = tell(&text, &join(sentences, &held));
        loss.note(Lost::Spacing, usize::from(told != text.as_str() && !told.is_empty()), || {
            format!("article {article}")
        });
        loss.note(Lost::Article, usize::from(told.is_empty()), || format!("article {article}"));
        page.text = Text::new(&told);
        for (over, mut record) in kept {
            let after = Arc::make_mut(&mut record);
            after.at = vec![Span::new(places[over.start].start, places[over.end - 1].end)];
            after.label = written(&after.label).into();
            layer.records.push(record);
        }
        layer.records.sort_by_key(|record| {
            let extent = record.extent().map(|extent| (extent.start, Reverse(extent.end)));
            let column = columns.as_ref().and_then(|all| all.iter().position(|label| **label == record.label));
            (extent, column, record.id)
        });
        rename(page, loss, |index, _| format!("m{}", index + 1).parse().expect("a letter and a number are an id"));
    }

    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        page.text.is_empty()
    }

    fn variants(&self) -> Vec<Options> {
        let mut variants = Vec::new();
        for (columns, tags) in [(2, Tags::Bio), (3, Tags::Iob1), (4, Tags::Bioes), (2, Tags::Bilou)] {
            for nested in [Nested::Outermost, Nested::Innermost, Nested::Columns] {
                variants.push(Options { tags, nested, columns, ..Options::default() });
            }
        }
        variants
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(ConllWriter { cx })
    }

    fn read(&self, source: &Source, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let cut = |give: &mut Give<'_, _>| {
            for file in source.with_extension(&["conll", "txt", "tsv", "bio", "iob", "iob2"]) {
                let mut article = ConllLines::new(file);
                let done = source.lines(file, &mut |number, line| match line {
                    Ok(line) => {
                        if article.take(number, line) {
                            let next = ConllLines { columns: article.columns, ..ConllLines::new(file) };
                            std::mem::replace(&mut article, next).give(give);
                        }
                    }
                    Err(why) => give.problem(Problem::error("line", why).at(file, Some(number))),
                });
                article.give(give);
                if let Err(error) = done {
                    give.problem(Problem::error("file", crate::say::io(&error)).at(file, None));
                }
            }
        };
        items(source, reading, out, cut, |article, reading, out| article.finish(reading, out));
    }
}

// Writing.

struct ConllWriter<'a> {
    cx: Context<'a>,
}

impl Writer for ConllWriter<'_> {
    type Drawn = ();
    type State = ();

    fn begin(&self, (): &mut (), sink: &mut dyn Sink) -> io::Result<()> {
        if self.cx.options.nested != Nested::Columns {
            return Ok(());
        }
        let labels: Vec<String> = column_labels(&self.cx).iter().map(|label| written(label)).collect();
        sink.append(FILE, format!("# columns = FORM {}\n", labels.join(" ")).as_bytes())
    }

    /// The reduced text holds the tokens: a sentence a line, parted by spaces.
    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        if page.text.is_empty() {
            return Ok(());
        }
        let options = self.cx.options;
        let (fillers, labels) = match options.nested {
            Nested::Columns => (0, Some(column_labels(&self.cx))),
            _ => (usize::from(options.columns.clamp(2, 4)) - 2, None),
        };
        let lines = pieces.append(FILE);
        let mut put = |text: &str| lines.extend_from_slice(text.as_bytes());
        let tags = labels.as_ref().map_or(1, Vec::len);
        put(if fillers == 2 { "-DOCSTART- -X- O" } else { "-DOCSTART-" });
        put(if fillers == 1 { " -X-" } else { "" });
        put(&" O".repeat(tags));
        put("\n\n");
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        // One tag for each token and column, found by where the token starts.
        let mut tagged: Vec<HashMap<u32, (char, &str)>> = vec![HashMap::new(); tags];
        let end = |record: &'_ Arc<Annotation>| record.extent().map(|extent| extent.end);
        let ends: HashSet<(u32, &Name)> =
            records.iter().filter_map(|record| Some((end(record)?, &record.label))).collect();
        for record in records {
            let Some(extent) = record.extent() else { continue };
            let label = written(&record.label);
            let column =
                labels.as_ref().and_then(|all| all.iter().position(|name| written(name) == label)).unwrap_or(0);
            let starts: Vec<u32> = token_starts(page.text.slice(extent), extent.start).collect();
            let before = extent.start.checked_sub(1).filter(|&at| page.text.as_str().as_bytes()[at as usize] == b' ');
            let touches = before.is_some_and(|end| ends.contains(&(end, &record.label)));
            for (index, start) in starts.iter().enumerate() {
                tagged[column]
                    .insert(*start, (options.tags.prefix(index, starts.len(), touches), record.label.as_str()));
            }
        }
        let mut at = 0;
        for sentence in page.text.as_str().split('\n') {
            for token in sentence.split(' ') {
                put(token);
                for _ in 0..fillers {
                    put(" _");
                }
                for column in &tagged {
                    match column.get(&at) {
                        Some((prefix, label)) => {
                            put(" ");
                            put(prefix.encode_utf8(&mut [0; 4]));
                            put("-");
                            put(label);
                        }
                        None => put(" O"),
                    }
                }
                put("\n");
                at += token.len() as u32 + 1;
            }
            put("\n");
        }
        Ok(())
    }
}

fn token_starts(words: &str, from: u32) -> impl Iterator<Item = u32> {
    let breaks = words.match_indices([' ', '\n']).map(move |(at, _)| from + at as u32 + 1);
    std::iter::once(from).chain(breaks)
}

// Reading.

/// Columns that are read; a file made to break readers may have millions.
const COLUMNS: usize = 1000;

/// The lines of one article.
struct ConllLines<'a> {
    file: &'a str,
    /// The first of them, comments too.
    first: u32,
    /// True where each label has a column of its own.
    columns: bool,
    /// True where there is a token among them.
    tokens: bool,
    all: String,
    /// The number of each, and where it ends.
    ends: Vec<(u32, usize)>,
}

/// The article of some lines.
struct ConllArticle<'l> {
    file: &'l str,
    columns: bool,
    sentences: Vec<Vec<ConllRow<'l>>>,
}

struct ConllRow<'l> {
    line: u32,
    cells: Vec<&'l str>,
}

impl<'a> ConllLines<'a> {
    fn new(file: &'a str) -> Self {
        Self { file, first: 0, columns: false, tokens: false, all: String::new(), ends: Vec::new() }
    }

    /// Takes a line; says whether the article ended before it.
    fn take(&mut self, number: u32, line: &str) -> bool {
        if self.first == 0 {
            self.first = number;
        }
        let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
        if line.starts_with("# columns = ") {
            self.columns = true;
            return false;
        }
        // A comment as in CoNLL-U and CoNLL-2012, not a token that happens to be a number sign.
        if line.starts_with("#begin document") || line.starts_with("#end document") || is_comment(line) {
            return false;
        }
        if line.trim_start().starts_with("-DOCSTART-") && cells(line).first() == Some(&"-DOCSTART-") {
            return self.tokens;
        }
        self.tokens = self.tokens || cells(line).iter().any(|cell| !cell.is_empty());
        self.all.push_str(line);
        self.ends.push((number, self.all.len()));
        false
    }

    fn give(self, give: &mut Give<'_, Self>) {
        let bytes = self.all.len() as u64;
        give.piece(self, bytes);
    }

    fn article(&self) -> ConllArticle<'_> {
        let mut sentences = vec![Vec::new()];
        let mut from = 0;
        for &(line, end) in &self.ends {
            let cells = cells(&self.all[from..end]);
            from = end;
            match sentences.last_mut() {
                Some(sentence) if cells.iter().any(|cell| !cell.is_empty()) => sentence.push(ConllRow { line, cells }),
                _ => sentences.push(Vec::new()),
            }
        }
        sentences.retain(|sentence| !sentence.is_empty());
        ConllArticle { file: self.file, columns: self.columns, sentences }
    }

    fn finish(&self, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let article = self.article();
        if article.sentences.is_empty() {
            return;
        }
        let mut text = String::new();
        let mut places = Vec::new();
        for (index, sentence) in article.sentences.iter().enumerate() {
            for (at, row) in sentence.iter().enumerate() {
                if at > 0 {
                    text.push(' ');
                } else if index > 0 {
                    text.push('\n');
                }
                let start = text.len();
                text.push_str(row.cells[0]);
                places.push((start as i64, text.len() as i64));
            }
        }
        // The columns of most lines; a line that differs has its tag at its end like the others.
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for row in article.sentences.iter().flatten() {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        let width = widths.into_iter().max_by_key(|(_, lines)| *lines).map_or(1, |(width, _)| width);
        let mut marks = Vec::new();
        // A single column is text without tags.
        let tagged = if self.columns { 1..width.min(COLUMNS) } else { width - 1..width };
        if self.columns && width > COLUMNS {
            let why = message!("conll-wide", width = width, columns = COLUMNS);
            out(Item::Problem(Problem::warning("columns", why).at(self.file, Some(self.first))));
        }
        for column in tagged {
            article.decode(column, width, &places, &mut marks, out);
        }
        marks.sort_by_key(|mark| (mark.at[0].0, Reverse(mark.at[0].1)));
        let sets = vec![RawSet { marks, ..RawSet::default() }];
        let (file, line) = (self.file, self.first);
        let (id, about) = (String::new(), ArticleMetadata::default());
        RawDocument { file, line, id, about, content: &text, unit: OffsetUnit::Byte, sets, dangling: false }
            .finish(reading, out);
    }
}

impl ConllArticle<'_> {
    /// The mentions of one column of tags, whatever their scheme; what no scheme allows is told.
    fn decode(
        &self,
        column: usize,
        width: usize,
        places: &[(i64, i64)],
        marks: &mut Vec<RawAnnotation>,
        out: &mut dyn FnMut(Item),
    ) {
        let tag = |row: &ConllRow<'_>| -> Option<(char, String)> {
            let cell = if self.columns { row.cells.get(column) } else { row.cells.get(1..).and_then(<[_]>::last) };
            let tag = cell.copied().unwrap_or("O");
            match tag.split_once('-') {
                Some((prefix, label)) if prefix.len() == 1 && !label.is_empty() => {
                    Some((prefix.chars().next()?.to_ascii_uppercase(), label.to_owned()))
                }
                _ if tag == "O" || tag == "_" || tag.is_empty() => None,
                // A tag without a prefix: each run of it is a mention.
                _ => Some(('I', tag.to_owned())),
            }
        };
        let mut orphans = Vec::new();
        let mut begun = 0;
        let mut at = 0;
        for sentence in &self.sentences {
            let mut open: Option<RawAnnotation> = None;
            for row in sentence {
                let place = places[at];
                at += 1;
                if row.cells.len() != width && !self.columns {
                    let why = message!("conll-columns", count = row.cells.len(), width = width);
                    out(Item::Problem(Problem::warning("columns", why).at(self.file, Some(row.line))));
                }
                let Some((prefix, label)) = tag(row) else {
                    marks.extend(open.take());
                    continue;
                };
                let goes_on = open.as_ref().is_some_and(|mark| mark.label == label);
                match &mut open {
                    Some(mark) if goes_on && matches!(prefix, 'I' | 'E' | 'L' | 'M') => mark.at[0].1 = place.1,
                    _ => {
                        if matches!(prefix, 'I' | 'E' | 'L' | 'M') {
                            orphans.push((row.line, prefix, label.clone()));
                        }
                        begun += usize::from(matches!(prefix, 'B' | 'S' | 'U') && !goes_on);
                        marks.extend(open.take());
                        open =
                            Some(RawAnnotation { label, at: vec![place], line: row.line, ..RawAnnotation::default() });
                    }
                }
                if matches!(prefix, 'E' | 'L' | 'S' | 'U') {
                    marks.extend(open.take());
                }
            }
            marks.extend(open.take());
        }
        // In IOB1 every mention begins with I-, unless one of its label touches it; then none is an orphan.
        if begun > 0 {
            for (line, prefix, label) in orphans {
                let why = message!("conll-orphan", prefix = prefix, label = label);
                out(Item::Problem(Problem::warning("orphan-tag", why).at(self.file, Some(line))));
            }
        }
    }
}

/// Returns the cells between tabs, or between blanks where there is no tab.
fn cells(line: &str) -> Vec<&str> {
    if line.contains('\t') {
        line.split('\t').map(str::trim).collect()
    } else {
        line.split(' ').filter(|cell| !cell.is_empty()).collect()
    }
}

fn is_comment(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("# ") else { return false };
    rest.split_once(" = ").is_some_and(|(key, _)| key.split(' ').count() <= 2)
}
