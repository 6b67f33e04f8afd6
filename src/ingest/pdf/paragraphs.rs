//! From lines to paragraphs: what repeats on all pages goes, words that were divided at a line's end are joined.

use std::collections::{HashMap, HashSet};

use super::layout::{Column, Line};

/// Lines at the top and at the bottom of a page that may be a header or a footer.
const EDGE: usize = 3;
/// A line whose size is another by this part is another kind of line.
const OTHER_SIZE: f64 = 0.12;
/// A step between base lines that is so many times the usual one parts paragraphs.
const STEP: f64 = 1.35;
/// The indent of a paragraph's first line, in sizes of its letters.
const INDENT: f64 = 0.8;

/// The text of a document, and what was done to get it.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub paragraphs: Vec<Paragraph>,
    /// Lines that stand on all pages at the same place.
    pub running: usize,
    /// Words that were divided at a line's end.
    pub divided: usize,
}

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub text: String,
    pub size: f64,
    /// Its page, from 0.
    pub page: usize,
}

/// Joins the lines of all pages.
pub(super) fn join(mut pages: Vec<Vec<Column>>) -> Joined {
    let mut joined = Joined { running: without_running_lines(&mut pages), ..Joined::default() };
    let known = words(&pages);
    let mut before: Option<(Line, f64)> = None;
    for (page, columns) in pages.iter().enumerate() {
        for column in columns {
            let edges = Edges::of(column);
            for (at, line) in column.iter().enumerate() {
                let goes_on = match &before {
                    None => false,
                    Some((last, _)) if at > 0 => edges.goes_on(last, line),
                    Some((last, room)) => continues_elsewhere(last, *room, line),
                };
                match joined.paragraphs.last_mut().filter(|_| goes_on) {
                    Some(paragraph) => joined.divided += usize::from(append(&mut paragraph.text, &line.text, &known)),
                    None => {
                        joined.paragraphs.push(Paragraph { text: line.text.clone(), size: line.size, page });
                    }
                }
                before = Some((line.clone(), edges.right - line.right));
            }
        }
    }
    joined
}

/// Takes out lines at the edges of pages that are the same on most of them, but for numbers; says how many.
fn without_running_lines(pages: &mut [Vec<Column>]) -> usize {
    let filled = pages.iter().filter(|page| page.iter().any(|column| !column.is_empty())).count();
    if filled < 2 {
        return 0;
    }
    let edges: Vec<Vec<(String, i64)>> = pages.iter().map(|page| edge_lines(page)).collect();
    let mut counts: HashMap<&str, Vec<(usize, i64)>> = HashMap::new();
    for (page, lines) in edges.iter().enumerate() {
        for (text, y) in lines {
            counts.entry(text).or_default().push((page, *y));
        }
    }
    // Books have one header on the left pages and another on the right ones.
    let least = if filled <= 3 { 2 } else { filled.div_ceil(3) };
    let is_running = |text: &str, y: i64| {
        let on: HashSet<usize> = counts.get(text).map_or_else(HashSet::new, |met| {
            met.iter().filter(|(_, other)| (other - y).abs() <= 4).map(|(page, _)| *page).collect()
        });
        on.len() >= least
    };
    let mut left_out = 0;
    for (page, lines) in pages.iter_mut().zip(&edges) {
        let running: HashSet<&(String, i64)> = lines.iter().filter(|(text, y)| is_running(text, *y)).collect();
        for column in page.iter_mut() {
            let before = column.len();
            column.retain(|line| !running.contains(&(shape(&line.text), line.y.round() as i64)));
            left_out += before - column.len();
        }
        page.retain(|column| !column.is_empty());
    }
    left_out
}

/// The first and last lines of a page, with their places from the top.
fn edge_lines(page: &[Column]) -> Vec<(String, i64)> {
    let mut lines: Vec<(String, i64)> =
        page.iter().flatten().map(|line| (shape(&line.text), line.y.round() as i64)).collect();
    lines.sort_by_key(|(_, y)| *y);
    let mut ys: Vec<i64> = lines.iter().map(|(_, y)| *y).collect();
    ys.dedup();
    let (Some(&top), Some(&bottom)) = (ys.get(EDGE.min(ys.len()) - 1), ys.get(ys.len() - EDGE.min(ys.len()))) else {
        return Vec::new();
    };
    lines.into_iter().filter(|(_, y)| *y <= top || *y >= bottom).collect()
}

/// A line as it is the same on all pages: numbers are one sign.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for char in text.chars().filter(|char| !char.is_whitespace()) {
        if !char.is_numeric() {
            shape.extend(char.to_lowercase());
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// The words of a document that no line's end divides, in small letters.
fn words(pages: &[Vec<Column>]) -> HashSet<String> {
    let mut known = HashSet::new();
    for line in pages.iter().flatten().flatten() {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        for word in
            &words[usize::from(!words.is_empty())..words.len().saturating_sub(1).max(usize::from(!words.is_empty()))]
        {
            known.insert(bare(word));
        }
    }
    known
}

fn bare(word: &str) -> String {
    word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase()
}

/// The usual measures of a column.
struct Edges {
    left: f64,
    right: f64,
    step: f64,
}

impl Edges {
    fn of(column: &Column) -> Self {
        let middle = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let steps = column.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
        Self {
            left: middle(column.iter().map(|line| line.left).collect()).unwrap_or(0.0),
            right: column.iter().map(|line| line.right).fold(f64::MIN, f64::max),
            step: middle(steps).unwrap_or(f64::MAX),
        }
    }

    /// True where `line` goes on with the paragraph of the line above it.
    fn goes_on(&self, last: &Line, line: &Line) -> bool {
        let size = line.size.max(last.size);
        let is_other = (line.size - last.size).abs() > OTHER_SIZE * size;
        let usual = self.step.min(size * 1.6);
        let is_far = line.y - last.y > usual * STEP;
        let is_indented = line.left > self.left + INDENT * size && last.left < self.left + INDENT * size / 2.0;
        // A line that has room for the next word was ended on purpose.
        let room = self.right - last.right;
        let is_divided = is_divided(&last.text);
        let is_ended = !is_divided
            && room > line.first + size
            && (ends_a_sentence(&last.text) || room > (self.right - self.left) * 0.3);
        let is_table = line.has_cells || last.has_cells;
        !(is_other || is_far || is_indented || is_ended || is_table || begins_an_item(&line.text))
    }
}

/// True where the first line of a column goes on with the last one of the column before.
fn continues_elsewhere(last: &Line, room: f64, line: &Line) -> bool {
    let is_same = (line.size - last.size).abs() <= OTHER_SIZE * line.size.max(last.size);
    let begins_small = line.text.chars().next().is_some_and(char::is_lowercase);
    let is_divided = is_divided(&last.text);
    let is_full = room < line.first + line.size && !ends_a_sentence(&last.text);
    is_same
        && !line.has_cells
        && !last.has_cells
        && !begins_an_item(&line.text)
        && (is_divided || begins_small && !ends_a_sentence(&last.text) || is_full)
}

/// True where the last word of a line may go on in the next one.
fn is_divided(text: &str) -> bool {
    text.strip_suffix(HYPHENS).is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
}

fn ends_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', '»', ']', '」', '』']);
    text.ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '।', '؟'])
}

fn begins_an_item(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('•' | '▪' | '◦' | '■' | '●' | '–' | '—' | '*'))
        && chars.next().is_some_and(char::is_whitespace)
}

const HYPHENS: [char; 3] = ['-', '\u{ad}', '\u{2010}'];

/// Appends a line to a paragraph; true where a word was divided between them and is whole again.
fn append(paragraph: &mut String, line: &str, known: &HashSet<String>) -> bool {
    let begin = line.split_whitespace().next().unwrap_or_default();
    let end = paragraph.split_whitespace().next_back().unwrap_or_default();
    let Some(stem) = end.strip_suffix(HYPHENS).filter(|stem| stem.ends_with(char::is_alphanumeric)) else {
        let blank = !joins(paragraph.chars().next_back()) || !joins(line.chars().next());
        if blank {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
        return false;
    };
    // Words that the document writes with a hyphen elsewhere, names, numbers and doubled words (anak-anak) keep theirs.
    let (left, right) = (bare(stem), bare(begin));
    let last = stem.rsplit('-').next().map(bare).unwrap_or_default();
    let is_hyphen = end.ends_with(['-', '\u{2010}']);
    let keeps = is_hyphen
        && (!begin.starts_with(char::is_lowercase)
            || last == right
            || right.starts_with(&last) && last.len() >= 3
            || known.contains(&format!("{left}-{right}")) && !known.contains(&format!("{left}{right}")));
    if !keeps {
        paragraph.pop();
    }
    paragraph.push_str(line);
    !keeps
}

/// True for letters of scripts that are written without blanks.
fn joins(char: Option<char>) -> bool {
    char.is_some_and(|char| {
        matches!(char as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3000..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
    })
}
