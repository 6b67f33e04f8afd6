//! Articles of a corpus of sentences in which names are marked: a token and its tag a line, an empty line between sentences.

use std::path::Path;
use std::sync::Arc;

use jejak::model::{Annotation, AnnotationSet, Name, Origin, Progress};
use jejak::text::{Span, Text};

/// Sentences that make up an article.
const SENTENCES: usize = 10;

/// The articles of a file, some sentences each.
pub fn articles(file: &Path) -> Vec<(Text, AnnotationSet)> {
    let file = std::fs::read_to_string(file).unwrap().replace("\r\n", "\n");
    let sentences: Vec<&str> = file.split("\n\n").filter(|sentence| !sentence.trim().is_empty()).collect();
    sentences.chunks(SENTENCES).map(article).collect()
}

fn article(sentences: &[&str]) -> (Text, AnnotationSet) {
    let mut text = String::new();
    let mut marks: Vec<(&str, usize, usize)> = Vec::new();
    for sentence in sentences {
        for line in sentence.lines() {
            let mut columns = line.split(' ');
            let (Some(token), Some(tag)) = (columns.next(), columns.next_back()) else { continue };
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(token);
            let label = match tag.split_once('-') {
                Some((_, "PER")) => "person",
                Some((_, "ORG")) => "organization",
                Some((_, "LOC")) => "place",
                _ => continue,
            };
            match marks.last_mut() {
                Some((last, _, end)) if tag.starts_with("I-") && *last == label && *end + 1 == start => {
                    *end = text.len();
                }
                _ => marks.push((label, start, text.len())),
            }
        }
        text.push('\n');
    }
    let text = Text::new(&text);
    let by = Name::new("gold");
    let records = marks.into_iter().filter_map(|(label, from, until)| {
        let span = text.check(Span::new(from as u32, until as u32))?;
        Some(Arc::new(Annotation::new(&label.into(), vec![span], Origin::hand(&by))))
    });
    let set = AnnotationSet::new(records.collect::<Vec<_>>(), Progress::Done);
    (text, set)
}
