//! Clusters across articles: an XML file in the manner of ECB+ for each article, and coreference keys in CoNLL columns,
//! of each article (`coref.conll`) and of all of them as one document (`cross.conll`).

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use super::frames::{align, tokenise};
use super::loss::{nowhere, reduce, rename};
use super::tokens::covered;
use super::{Card, Carries, Context, Format, Loss, Lost, Page, Sink, Writer};
use crate::model::{Annotation, Id, Kind, Referent};
use crate::text::Span;

/// See the module.
pub(super) struct Ecb;

static CARD: Card = Card {
    name: "ecb",
    title: "ECB+ and CoNLL-2012 coreference: what is the same across articles",
    extension: "xml",
    file: None,
    unit: None,
    carries: Carries { kinds: &[Kind::Entity, Kind::Frame], referents: true, ..Carries::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: false,
    reference: "Cybulska & Vossen 2014, http://www.lrec-conf.org/proceedings/lrec2014/pdf/840_Paper.pdf",
    notes: "Markables are called as their labels, in capitals; each referent is a markable without tokens and a \
            CROSS_DOC_COREF, with its id as instance_id and note. coref.conll and cross.conll are keys for the reference \
            scorer: clusters have the same numbers in all articles, and cross.conll is all articles as one document. \
            Spans are widened to whole tokens.",
};

const COREF: &str = "coref.conll";
const CROSS: &str = "cross.conll";

impl Format for Ecb {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn reduce(&self, page: &mut Page, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &CARD.carries, cx, loss, |_| false);
        align(page, cx, loss);
        for layer in &mut page.sets {
            let about: Vec<Id> = layer.records.iter().filter_map(|record| record.referent).collect();
            let whose = layer.annotator.clone();
            layer.referents.retain_mut(|referent| {
                if !about.contains(&referent.id) {
                    loss.note_referent(Lost::Referent, &whose, referent.id, 1);
                    return false;
                }
                let mut after = Referent::new(&referent.label, &referent.name, nowhere(&whose));
                after.id = referent.id;
                loss.note_referent(Lost::ReferentDetail, &whose, referent.id, usize::from(after != **referent));
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

    fn writer<'a>(&self, _: Context<'a>) -> Box<dyn Writer + 'a> {
        Box::new(Out { clusters: HashMap::new(), xml: String::new(), key: String::new() })
    }
}

struct Out {
    /// The number of each referent in the keys, in the order in which they come.
    clusters: HashMap<Id, usize>,
    xml: String,
    key: String,
}

impl Writer for Out {
    fn begin(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.append(CROSS, b"#begin document (cross); part 000\n")
    }

    fn article(&mut self, page: &Page, sink: &mut dyn Sink) -> io::Result<()> {
        let sentences = tokenise(page);
        let tokens = sentences.concat();
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        self.xml(page, &sentences, &tokens, records);
        self.key(page, &sentences, &tokens, records);
        sink.whole(&format!("{}.xml", page.id), self.xml.as_bytes())?;
        sink.append(COREF, format!("#begin document ({}); part 000\n", page.id).as_bytes())?;
        sink.append(COREF, self.key.as_bytes())?;
        sink.append(COREF, b"#end document\n")?;
        sink.append(CROSS, self.key.as_bytes())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.append(CROSS, b"#end document\n")
    }
}

/// A label as the name of an element.
fn tag(label: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let tag: String = label.chars().map(fits).collect();
    if tag.starts_with(|c: char| c.is_ascii_alphabetic()) { tag } else { format!("M_{tag}") }
}

/// A text that XML can hold.
fn quoted(text: &str) -> String {
    let kept: String = text.chars().filter(|&c| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}').collect();
    html_escape::encode_double_quoted_attribute(&kept).into_owned()
}

impl Out {
    /// Writing to a string cannot fail, so its results are not looked at.
    fn xml(&mut self, page: &Page, sentences: &[Vec<Span>], tokens: &[Span], records: &[Arc<Annotation>]) {
        let xml = &mut self.xml;
        xml.clear();
        let id = quoted(&page.id);
        let _ = writeln!(
            xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<Document doc_id=\"{id}\" doc_name=\"{id}.xml\">"
        );
        let mut number = 0;
        for (sentence, tokens) in sentences.iter().enumerate() {
            for (index, token) in tokens.iter().enumerate() {
                number += 1;
                let said = quoted(page.text.slice(*token));
                let _ =
                    writeln!(xml, "<token number=\"{index}\" sentence=\"{sentence}\" t_id=\"{number}\">{said}</token>");
            }
        }
        xml.push_str("<Markables>\n");
        let mut members: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for record in records {
            let Some(extent) = record.extent() else { continue };
            let tag = tag(&record.label);
            let _ = write!(xml, "<{tag} m_id=\"{}\">", record.id);
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
            let (tag, name, id) = (tag(&referent.label), quoted(&referent.name), referent.id);
            let _ = writeln!(
                xml,
                "<{tag} m_id=\"{number}\" RELATED_TO=\"\" TAG_DESCRIPTOR=\"{name}\" instance_id=\"{id}\"/>"
            );
        }
        xml.push_str("</Markables>\n<Relations>\n");
        for (number, referent) in (records.len() + 1..).zip(referents) {
            let id = referent.id;
            let _ = write!(xml, "<CROSS_DOC_COREF r_id=\"{}\" note=\"{id}\">", number + referents.len());
            for member in members.get(&id).into_iter().flatten() {
                let _ = write!(xml, "<source m_id=\"{member}\"/>");
            }
            let _ = writeln!(xml, "<target m_id=\"{number}\"/></CROSS_DOC_COREF>");
        }
        xml.push_str("</Relations>\n</Document>\n");
    }

    /// A token a line: article, part, number in the sentence, word, and the clusters that begin or end on it.
    fn key(&mut self, page: &Page, sentences: &[Vec<Span>], tokens: &[Span], records: &[Arc<Annotation>]) {
        let mut opens: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut closes: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut alone: HashMap<usize, Vec<usize>> = HashMap::new();
        for record in records {
            let (Some(extent), Some(referent)) = (record.extent(), record.referent) else { continue };
            let next = self.clusters.len() + 1;
            let cluster = *self.clusters.entry(referent).or_insert(next);
            let over = covered(tokens, extent);
            if over.len() == 1 {
                alone.entry(over.start).or_default().push(cluster);
            } else if !over.is_empty() {
                opens.entry(over.start).or_default().push(cluster);
                // What begins last ends first.
                closes.entry(over.end - 1).or_default().insert(0, cluster);
            }
        }
        let key = &mut self.key;
        key.clear();
        let mut at = 0;
        for sentence in sentences {
            for (index, token) in sentence.iter().enumerate() {
                let said = |map: &HashMap<usize, Vec<usize>>, before: &str, after: &str| -> Vec<String> {
                    map.get(&at).into_iter().flatten().map(|cluster| format!("{before}{cluster}{after}")).collect()
                };
                let marks = [said(&opens, "(", ""), said(&alone, "(", ")"), said(&closes, "", ")")].concat();
                let marks = if marks.is_empty() { "-".to_owned() } else { marks.join("|") };
                let _ = writeln!(key, "{}\t0\t{index}\t{}\t{marks}", page.id, page.text.slice(*token));
                at += 1;
            }
            key.push('\n');
        }
    }
}
