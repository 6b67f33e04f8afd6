//! Articles as columns: reduced to tokens and mentions of them, and written.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;

use super::joined::{self, Joined};
use crate::formats::loss::{place, reduce, rename};
use crate::formats::tokens::{covered, join as join_sentences, sentences};
use crate::formats::{
    Capabilities, Context, ExchangeDocument, FormatInfo, Loss, Lost, Nested, Pieces, Sink, Tags, Writer,
};
use crate::key;
use crate::model::{Annotation, Kind, Name};
use crate::text::{Span, Text};

const FILE: &str = "jejak.conll";

/// The description of the format.
pub(super) static INFO: FormatInfo = FormatInfo {
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

/// Takes out of a page what columns cannot carry.
pub(super) fn reduce_page(page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
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
    let words = |sentence: &Vec<Span>| sentence.iter().map(|token| text.slice(*token)).collect();
    let sentences: Vec<Vec<&str>> = join_sentences(sentences, &held).iter().map(words).collect();
    let Joined { text: told, places } = joined::join(&sentences);
    loss.note(Lost::Spacing, usize::from(told != text.as_str() && !told.is_empty()), || format!("article {article}"));
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

/// Writes reduced pages.
pub(super) struct ConllWriter<'a> {
    pub cx: Context<'a>,
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

    /// The reduced text holds the tokens: a sentence a line, cut as [`joined::cut`] does.
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
        let held: Vec<Span> = records.iter().filter_map(|record| record.extent()).collect();
        let sentences = joined::cut(page.text.as_str(), &held);
        let tokens: Vec<Span> = sentences.concat();
        // The first tokens of sentences touch nothing.
        let starts: HashSet<u32> = sentences.iter().filter_map(|sentence| Some(sentence.first()?.start)).collect();
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
            let over = covered(&tokens, extent);
            let before = over.start.checked_sub(1).filter(|at| !starts.contains(&tokens[at + 1].start));
            let touches = before.is_some_and(|at| ends.contains(&(tokens[at].end, &record.label)));
            for (index, token) in tokens[over.clone()].iter().enumerate() {
                let prefix = options.tags.prefix(index, over.len(), touches);
                tagged[column].insert(token.start, (prefix, record.label.as_str()));
            }
        }
        for sentence in &sentences {
            for token in sentence {
                put(page.text.slice(*token));
                for _ in 0..fillers {
                    put(" _");
                }
                for column in &tagged {
                    match column.get(&token.start) {
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
            }
            put("\n");
        }
        Ok(())
    }
}
