//! From letters with places to lines in the order in which they are read.

/// A letter, or several that are one sign, with the left end of its base line; points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub text: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
}

/// A page as it is drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub width: f64,
    pub height: f64,
    pub letters: Vec<Letter>,
    pub has_pictures: bool,
}

/// A line of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// The base line, points from the top of the page.
    pub y: f64,
    pub size: f64,
    /// Width of its first word.
    pub first: f64,
    /// True where wide gaps part it into cells.
    pub has_cells: bool,
}

/// Lines of one column, from top to bottom.
pub(super) type Column = Vec<Line>;

/// A word with its box.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// A gap between letters that is a blank, in sizes of the letters.
const BLANK: f64 = 0.17;
/// A gap between words of one line that parts cells of a table, in sizes of the letters.
const CELL: f64 = 3.0;
/// The part of a size by which base lines of one line differ at the most (raised letters).
const RAISED: f64 = 0.4;
/// Lines of a column, at least.
const COLUMN_LINES: usize = 3;
/// Letters of a line of a column, at least, in the middle: what has fewer is a table, and read in rows.
const COLUMN_LETTERS: usize = 14;
/// Pieces that a page is cut into inside each other.
const DEEPEST: usize = 8;
/// Lines of a page up to which every place for a cut is tried.
const CUT_LINES: usize = 120;

/// The lines of a page, column by column in reading order.
pub(super) fn columns(page: &Page) -> Vec<Column> {
    let words = words(&page.letters);
    let mut columns = Vec::new();
    order(rows(words), 0, &mut columns);
    columns
}

/// Words of letters that stand beside each other, in the order in which the file draws them.
fn words(letters: &[Letter]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_open = false;
    let mut last: Option<&Letter> = None;
    for letter in letters {
        // Some programs make letters bold by drawing them twice.
        let is_again = last.is_some_and(|last| {
            last.text == letter.text
                && (last.x - letter.x).abs() < last.size * 0.08
                && (last.y - letter.y).abs() < last.size * 0.08
        });
        if is_again {
            continue;
        }
        last = Some(letter);
        if letter.text.trim_matches(|char: char| char.is_whitespace() || char == '\0').is_empty() {
            is_open = false;
            continue;
        }
        let size = letter.size;
        if let Some(word) = words.last_mut().filter(|_| is_open) {
            let gap = letter.x - word.right;
            let is_same =
                (word.y - letter.y).abs() < size.max(word.size) * RAISED && (-0.5 * size..BLANK * size).contains(&gap);
            if is_same {
                word.text.push_str(&letter.text);
                word.right = letter.x + letter.width;
                word.size = word.size.max(size);
                continue;
            }
        }
        is_open = true;
        let (left, right) = (letter.x, letter.x + letter.width);
        words.push(Word { text: letter.text.clone(), left, right, y: letter.y, size });
    }
    words
}

/// Words in rows over the whole width, from top to bottom, each from left to right.
fn rows(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match rows.last_mut() {
            Some(row)
                if row.first().is_some_and(|first| (word.y - first.y).abs() < first.size.min(word.size) * RAISED) =>
            {
                row.push(word);
            }
            _ => rows.push(vec![word]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    rows
}

/// Columns of rows: those beside each other one after the other, and what goes across them before or after.
fn order(rows: Vec<Vec<Word>>, depth: usize, columns: &mut Vec<Column>) {
    if rows.is_empty() {
        return;
    }
    if depth < DEEPEST {
        if let Some(at) = gutter(&rows) {
            let (left, right) = apart(rows, at);
            order(left, depth + 1, columns);
            order(right, depth + 1, columns);
            return;
        }
        if let Some([from, to]) = beside_each_other(&rows) {
            let mut rows = rows;
            let below = rows.split_off(to);
            let within = rows.split_off(from);
            order(rows, depth + 1, columns);
            order(within, depth + 1, columns);
            order(below, depth + 1, columns);
            return;
        }
    }
    columns.push(rows.iter().map(|row| line(row)).collect());
}

/// The longest run of rows that has a gutter, where there is one.
fn beside_each_other(rows: &[Vec<Word>]) -> Option<[usize; 2]> {
    let count = rows.len();
    if count > CUT_LINES {
        return None;
    }
    let mut best: Option<[usize; 2]> = None;
    for from in 0..count {
        let least = best.map_or(COLUMN_LINES, |[from, to]| to - from + 1);
        let mut gaps = vec![[f64::MIN, f64::MAX]];
        let (mut left, mut right) = (f64::MAX, f64::MIN);
        // Ends of runs that may have a gutter: a row that goes across closes the gap for good.
        let mut ends = Vec::new();
        for (at, row) in rows.iter().enumerate().skip(from) {
            gaps = overlap(&gaps, &free(row));
            left = row.iter().map(|word| word.left).fold(left, f64::min);
            right = row.iter().map(|word| word.right).fold(right, f64::max);
            if gaps.iter().any(|[start, end]| *start > left && *end < right) {
                ends.push(at + 1);
            } else if !ends.is_empty() {
                break;
            }
        }
        let is_run =
            |to: &usize| *to - from >= least && (from, *to) != (0, count) && gutter(&rows[from..*to]).is_some();
        best = ends.into_iter().rev().find(is_run).map(|to| [from, to]).or(best);
    }
    best
}

/// Places of a row without words that are wide enough to be a gutter, before its first and after its last word, too.
fn free(row: &[Word]) -> Vec<[f64; 2]> {
    let mut gaps = Vec::new();
    let mut end = f64::MIN;
    for word in row {
        if word.left - end > word.size * 0.7 {
            gaps.push([end, word.left]);
        }
        end = end.max(word.right);
    }
    gaps.push([end, f64::MAX]);
    gaps
}

fn overlap(ones: &[[f64; 2]], others: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let pairs =
        ones.iter().flat_map(|one| others.iter().map(move |other| [one[0].max(other[0]), one[1].min(other[1])]));
    pairs.filter(|[from, to]| to - from > 4.0).collect()
}

/// The middle of a gap from top to bottom with columns of text on both sides.
fn gutter(rows: &[Vec<Word>]) -> Option<f64> {
    if rows.len() < COLUMN_LINES {
        return None;
    }
    let mut spans: Vec<[f64; 2]> = rows.iter().flatten().map(|word| [word.left, word.right]).collect();
    spans.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let mut sizes: Vec<f64> = rows.iter().flatten().map(|word| word.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2)?;
    let least = if rows.len() >= 6 { size * 0.7 } else { size * 1.2 };
    let mut end = spans.first()?[1];
    let mut best: Option<(f64, f64)> = None;
    for [left, right] in spans {
        let wide = left - end;
        if wide >= least && best.is_none_or(|(before, _)| wide > before) && are_columns(rows, (left + end) / 2.0) {
            best = Some((wide, (left + end) / 2.0));
        }
        end = end.max(right);
    }
    best.map(|(_, at)| at)
}

/// True where the lines on both sides are lines of text.
fn are_columns(rows: &[Vec<Word>], at: f64) -> bool {
    let is_column = |is_left: bool| {
        let mut counts: Vec<usize> = rows
            .iter()
            .map(|row| {
                row.iter().filter(|word| (word.left < at) == is_left).map(|word| word.text.chars().count()).sum()
            })
            .filter(|&count| count > 0)
            .collect();
        counts.sort_unstable();
        counts.len() >= COLUMN_LINES && counts[counts.len() / 2] >= COLUMN_LETTERS
    };
    is_column(true) && is_column(false)
}

/// The words left and right of a place, in rows of their own.
fn apart(rows: Vec<Vec<Word>>, at: f64) -> (Vec<Vec<Word>>, Vec<Vec<Word>>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        let (ones, others): (Vec<Word>, Vec<Word>) = row.into_iter().partition(|word| word.left < at);
        left.extend(Some(ones).filter(|row| !row.is_empty()));
        right.extend(Some(others).filter(|row| !row.is_empty()));
    }
    // Base lines of two columns need not be the same: each has rows of its own.
    (self::rows(left.into_iter().flatten().collect()), self::rows(right.into_iter().flatten().collect()))
}

fn line(row: &[Word]) -> Line {
    let mut text = String::new();
    let mut has_cells = false;
    let (mut right, mut letters, mut sizes) = (f64::MIN, 0.0, 0.0);
    for word in row {
        let gap = if text.is_empty() { 0.0 } else { (word.left - right) / word.size };
        if gap > CELL {
            has_cells = true;
            text.push('\t');
        } else if gap > 0.05 {
            text.push(' ');
        }
        text.push_str(&word.text);
        right = right.max(word.right);
        let count = word.text.chars().count() as f64;
        letters += count;
        sizes += count * word.size;
    }
    let first = row.first().map_or(0.0, |word| word.right - word.left);
    let (left, y) = row.first().map_or((0.0, 0.0), |word| (word.left, word.y));
    Line { text, left, right, y, size: sizes / f64::max(letters, 1.0), first, has_cells }
}
