//! Clusters across articles: an XML file in the manner of ECB+ for each article, and coreference keys in CoNLL columns,
//! of each article (`coref.conll`) and of all of them as one document (`cross.conll`).

mod read;

use crate::key;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write as _};
use std::ops::Range;
use std::sync::Arc;

use crate::formats::frames::{align, space_tokens, tokenise};
use crate::formats::loss::{reduce, rename, unknown_origin};
use crate::formats::parallel_read::files;
use crate::formats::tokens::covered;
use crate::formats::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    Lost, Pieces, Sink, Writer,
};
use crate::model::{Annotation, Id, Kind, Referent};
use crate::say::{is_xml, xml_value};
use crate::text::Span;

/// See the module.
pub(super) struct Ecb;

static INFO: FormatInfo = FormatInfo {
    name: "ecb",
    title: key!("format-ecb"),
    extension: "xml",
    file: None,
    unit: None,
    capabilities: Capabilities { kinds: &[Kind::Entity, Kind::Frame], referents: true, ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Cybulska & Vossen 2014, http://www.lrec-conf.org/proceedings/lrec2014/pdf/840_Paper.pdf",
    notes: key!("format-ecb-notes"),
};

const COREF: &str = "coref.conll";
const CROSS: &str = "cross.conll";

impl Format for Ecb {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        align(page, cx, loss);
        space_tokens(page, loss);
        let dirty = |text: &str| !text.chars().all(is_xml);
        loss.note(Lost::Character, usize::from(dirty(page.text.as_str())), || format!("article {}", page.id));
        for layer in &mut page.sets {
            let about: Vec<Id> = layer.records.iter().filter_map(|record| record.referent).collect();
            let whose = layer.annotator.clone();
            layer.referents.retain_mut(|referent| {
                if !about.contains(&referent.id) {
                    loss.note_referent(Lost::Referent, &whose, referent.id, 1);
                    return false;
                }
                let mut after = Referent::new(&referent.label, &referent.name, unknown_origin(&whose));
                after.id = referent.id;
                let other = after != **referent || dirty(&referent.name);
                loss.note_referent(Lost::ReferentDetail, &whose, referent.id, usize::from(other));
                *referent = Arc::new(after);
                true
            });
            for record in &mut layer.records {
                let Some(id) = record.referent else { continue };
                if !layer.referents.iter().any(|referent| referent.id == id) {
                    loss.note(Lost::Reference, 1, || format!("referent {id}"));
                    Arc::make_mut(record).referent = None;
                }
            }
        }
        rename(page, loss, |index, _| (index + 1).to_string().parse().expect("digits are an id"));
    }

    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        page.text.as_str().trim().is_empty()
    }

    fn writer<'a>(&self, _: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(EcbWriter)
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        // The keys that exports have beside say again what the articles say.
        let names = source.with_extension(&["xml"]).into_iter().filter(|name| !name.ends_with(".conll")).collect();
        files(source, names, reading, out, |file, reading, out| read::article(file, &source.text(file)?, reading, out));
    }
}

struct EcbWriter;

impl Writer for EcbWriter {
    type Drawn = KeyLines;
    /// The number of each referent in the keys, in the order in which they come.
    type State = HashMap<Id, usize>;

    fn begin(&self, _: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        sink.append(CROSS, b"#begin document (cross); part 000\n")
    }

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<KeyLines> {
        let sentences = tokenise(page);
        let tokens = sentences.concat();
        if page.text.as_str().trim().is_empty() {
            return Ok(KeyLines::default());
        }
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        xml(page, &sentences, &tokens, records, pieces.own("xml"));
        Ok(KeyLines::of(page, &sentences, &tokens, records))
    }

    fn put(
        &self,
        clusters: &mut Self::State,
        page: &ExchangeDocument,
        key: KeyLines,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        if page.text.as_str().trim().is_empty() {
            return Ok(());
        }
        let key = key.numbered(clusters);
        sink.append(COREF, format!("#begin document ({}); part 000\n", page.id).as_bytes())?;
        sink.append(COREF, &key)?;
        sink.append(COREF, b"#end document\n")?;
        sink.append(CROSS, &key)
    }
    fn end(&self, _: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        sink.append(CROSS, b"#end document\n")
    }
}

/// A label as the name of an element.
fn tag(label: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let tag: String = label.chars().map(fits).collect();
    if tag.starts_with(|c: char| c.is_ascii_alphabetic()) { tag } else { format!("M_{tag}") }
}

/// Adds a text as XML can hold it.
fn push_quoted(xml: &mut Vec<u8>, text: &str) {
    xml.extend_from_slice(xml_value(text).as_bytes());
}

fn push_number(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Writing to memory cannot fail, so its results are not looked at.
fn xml(
    page: &ExchangeDocument,
    sentences: &[Vec<Span>],
    tokens: &[Span],
    records: &[Arc<Annotation>],
    xml: &mut Vec<u8>,
) {
    xml.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<Document doc_id=\"");
    push_quoted(xml, &page.id);
    xml.extend_from_slice(b"\" doc_name=\"");
    push_quoted(xml, &page.id);
    xml.extend_from_slice(b".xml\">\n");
    let mut number = 0;
    for (sentence, tokens) in sentences.iter().enumerate() {
        for (index, token) in tokens.iter().enumerate() {
            number += 1;
            xml.extend_from_slice(b"<token number=\"");
            push_number(xml, index);
            xml.extend_from_slice(b"\" sentence=\"");
            push_number(xml, sentence);
            xml.extend_from_slice(b"\" t_id=\"");
            push_number(xml, number);
            xml.extend_from_slice(b"\">");
            push_quoted(xml, page.text.slice(*token));
            xml.extend_from_slice(b"</token>\n");
        }
    }
    xml.extend_from_slice(b"<Markables>\n");
    let mut members: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for record in records {
        let Some(extent) = record.extent() else { continue };
        let tag = tag(&record.label);
        let _ = write!(xml, "<{tag} m_id=\"{}\" label=\"", record.id);
        push_quoted(xml, &record.label);
        xml.extend_from_slice(b"\">");
        for token in covered(tokens, extent) {
            let _ = write!(xml, "<token_anchor t_id=\"{}\"/>", token + 1);
        }
        let _ = writeln!(xml, "</{tag}>");
        if let Some(referent) = record.referent {
            members.entry(referent).or_default().push(record.id);
        }
    }
    let referents = page.sets.first().map_or(&[][..], |layer| &layer.referents);
    for (number, referent) in (records.len() + 1..).zip(referents) {
        let _ = write!(xml, "<{} m_id=\"{number}\" label=\"", tag(&referent.label));
        push_quoted(xml, &referent.label);
        xml.extend_from_slice(b"\" RELATED_TO=\"\" TAG_DESCRIPTOR=\"");
        push_quoted(xml, &referent.name);
        let _ = writeln!(xml, "\" instance_id=\"{}\"/>", referent.id);
    }
    xml.extend_from_slice(b"</Markables>\n<Relations>\n");
    for (number, referent) in (records.len() + 1..).zip(referents) {
        let id = referent.id;
        let _ = write!(xml, "<CROSS_DOC_COREF r_id=\"{}\" note=\"{id}\">", number + referents.len());
        for member in members.get(&id).into_iter().flatten() {
            let _ = write!(xml, "<source m_id=\"{member}\"/>");
        }
        let _ = writeln!(xml, "<target m_id=\"{number}\"/></CROSS_DOC_COREF>");
    }
    xml.extend_from_slice(b"</Relations>\n</Document>\n");
}

/// The lines of an article in a key, in which the numbers of clusters are still to be put.
#[derive(Default)]
struct KeyLines {
    lines: Vec<u8>,
    /// Before which byte the number of which referent's cluster goes.
    holes: Vec<(usize, Id)>,
    /// The referents as mentions come, by which clusters are numbered.
    met: Vec<Id>,
}

impl KeyLines {
    /// A token a line: article, part, number in the sentence, word, and the clusters that begin or end on it.
    fn of(page: &ExchangeDocument, sentences: &[Vec<Span>], tokens: &[Span], records: &[Arc<Annotation>]) -> Self {
        let mut mentions = Vec::new();
        for record in records {
            let (Some(extent), Some(referent)) = (record.extent(), record.referent) else { continue };
            mentions.push((covered(tokens, extent), referent));
        }
        let met = mentions.iter().map(|(_, referent)| *referent).collect();
        // The token, the way to be written on it, and the cluster. The one that begins last ends first.
        let longer = |over: &Range<usize>| over.len() > 1;
        let begins =
            mentions.iter().filter(|(over, _)| longer(over)).map(|(over, id)| (over.start, TokenEdge::Begins, *id));
        let alone =
            mentions.iter().filter(|(over, _)| over.len() == 1).map(|(over, id)| (over.start, TokenEdge::Both, *id));
        let ends = mentions
            .iter()
            .rev()
            .filter(|(over, _)| longer(over))
            .map(|(over, id)| (over.end - 1, TokenEdge::Ends, *id));
        let mut marks: Vec<(usize, TokenEdge, Id)> = begins.chain(alone).chain(ends).collect();
        marks.sort_by_key(|(token, edge, _)| (*token, *edge));
        let (mut lines, mut holes) = (Vec::new(), Vec::new());
        let mut marks = marks.into_iter().peekable();
        let mut at = 0;
        for sentence in sentences {
            for (index, token) in sentence.iter().enumerate() {
                lines.extend_from_slice(page.id.as_bytes());
                lines.extend_from_slice(b"\t0\t");
                push_number(&mut lines, index);
                lines.push(b'\t');
                lines.extend_from_slice(page.text.slice(*token).as_bytes());
                lines.push(b'\t');
                let mut first = true;
                while let Some((_, edge, referent)) = marks.next_if(|(token, ..)| *token == at) {
                    lines.extend_from_slice(if first { b"" } else { b"|" });
                    first = false;
                    lines.extend_from_slice(if edge == TokenEdge::Ends { b"" } else { b"(" });
                    holes.push((lines.len(), referent));
                    lines.extend_from_slice(if edge == TokenEdge::Begins { b"" } else { b")" });
                }
                lines.extend_from_slice(if first { b"-\n" } else { b"\n" });
                at += 1;
            }
            lines.push(b'\n');
        }
        Self { lines, holes, met }
    }

    /// The lines with the numbers of their clusters; a cluster that is new gets the next.
    fn numbered(&self, clusters: &mut HashMap<Id, usize>) -> Vec<u8> {
        for referent in &self.met {
            let next = clusters.len() + 1;
            clusters.entry(*referent).or_insert(next);
        }
        let mut out = Vec::with_capacity(self.lines.len() + 8 * self.holes.len());
        let mut from = 0;
        for (at, referent) in &self.holes {
            out.extend_from_slice(&self.lines[from..*at]);
            push_number(&mut out, clusters[referent]);
            from = *at;
        }
        out.extend_from_slice(&self.lines[from..]);
        out
    }
}

/// The way in which a mention is written on a token, in the order in which several are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TokenEdge {
    Begins,
    Both,
    Ends,
}
