//! Files in columns, cut into the lines of articles.

use std::io::Read as _;
use std::sync::Arc;

use super::asked::Per;
use super::guess::guess;
use super::layout::Layout;
use super::rows::{Said, article_start, comment, is_comment, note};
use crate::formats::parallel_read::Give;
use crate::formats::reading::ReadOptions;
use crate::formats::{ArticleMetadata, ImportFiles};
use crate::lang::Message;
use crate::model::{Date, Problem};

/// Extensions of files that are read.
pub(super) const EXTENSIONS: [&str; 19] = [
    "conll",
    "conllu",
    "conllup",
    "v4_gold_conll",
    "v4_auto_conll",
    "gold_conll",
    "auto_conll",
    "txt",
    "tsv",
    "csv",
    "bio",
    "iob",
    "iob2",
    "bioes",
    "bmes",
    "col",
    "cols",
    "ner",
    "tags",
];

/// Bytes and lines of a file's beginning by which its columns are understood.
const HEAD_BYTES: u64 = 1 << 18;
const HEAD_LINES: usize = 4000;

/// The lines of one article.
pub(super) struct ArticleLines<'a> {
    pub file: &'a str,
    /// The first of them, comments too.
    pub first: u32,
    pub layout: Arc<Layout>,
    /// The sentence that says how the file was understood, for its first article.
    pub note: Option<Message>,
    pub id: String,
    pub about: ArticleMetadata,
    /// True where there is a token among them.
    pub tokens: bool,
    all: String,
    lines: Vec<Line>,
    /// Addresses and dates of sentences, so far as there is more than one.
    sources: Vec<(String, String)>,
}

struct Line {
    number: u32,
    end: usize,
    kind: LineKind,
}

/// The kind of a line that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Token,
    /// The text of the sentence that follows.
    Text,
    /// The end of a sentence.
    End,
}

impl<'a> ArticleLines<'a> {
    fn new(file: &'a str, layout: Arc<Layout>) -> Self {
        Self {
            file,
            first: 0,
            layout,
            note: None,
            id: String::new(),
            about: ArticleMetadata::default(),
            tokens: false,
            all: String::new(),
            lines: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn push(&mut self, number: u32, line: &str, kind: LineKind) {
        if self.first == 0 {
            self.first = number;
        }
        self.all.push_str(line);
        self.lines.push(Line { number, end: self.all.len(), kind });
    }

    /// The lines with their numbers and kinds.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str, LineKind)> {
        let mut from = 0;
        self.lines.iter().map(move |line| {
            let content = &self.all[from..line.end];
            from = line.end;
            (line.number, content, line.kind)
        })
    }

    fn say(&mut self, number: u32, line: &str) {
        match comment(line) {
            Said::Text(text) => self.push(number, text, LineKind::Text),
            Said::About(field, value) => {
                let date = field.eq_ignore_ascii_case("date");
                let language = field.eq_ignore_ascii_case("language");
                let is_code = value.len() == 2 && value.chars().all(|c| c.is_ascii_lowercase());
                if (!date || value.parse::<Date>().is_ok()) && (!language || is_code) {
                    note(&mut self.about, field, value);
                }
            }
            Said::Source(address, date) => {
                let source = (address.to_owned(), date.to_owned());
                if self.sources.len() < 2 && !self.sources.contains(&source) {
                    self.sources.push(source);
                }
            }
            Said::Article(_) | Said::End | Said::Nothing => {}
        }
    }

    fn give(mut self, give: &mut Give<'_, Self>) {
        // An article whose lines all come from one place comes from there, too.
        if let [(address, date)] = &self.sources[..] {
            note(&mut self.about, "url", address);
            if date.parse::<Date>().is_ok() {
                note(&mut self.about, "date", date);
            }
        }
        let bytes = self.all.len() as u64;
        give.piece(self, bytes);
    }
}

/// The cutting of one file.
struct Cutter<'a> {
    file: &'a str,
    layout: Arc<Layout>,
    /// The way in which sentences become articles; none where lines say where articles begin.
    per: Option<Per>,
    article: ArticleLines<'a>,
    /// Comments of which it is not known yet whose they are.
    comments: Vec<(u32, String)>,
    in_sentence: bool,
    sentences: u32,
    blank: u32,
    number_of_sentence: String,
}

/// Cuts a file into its articles.
pub(super) fn cut<'a>(
    source: &ImportFiles,
    file: &'a str,
    options: &ReadOptions,
    give: &mut Give<'_, ArticleLines<'a>>,
) {
    let head = head(source, file);
    let lines: Vec<&str> = head.lines().take(HEAD_LINES).collect();
    let layout = match guess(&lines, options.columns.as_ref()) {
        Ok(layout) => Arc::new(layout),
        Err(why) => return give.problem(Problem::error("columns", why).at(file, None)),
    };
    let begins =
        |line: &&str| article_start(line).is_some() || (is_hash(line) && matches!(comment(line), Said::Article(_)));
    let marked = lines.iter().any(begins);
    let mut article = ArticleLines::new(file, layout.clone());
    article.note = (!layout.said && layout.width > 1).then(|| layout.told());
    let mut cutter = Cutter {
        file,
        layout,
        per: options.per.filter(|_| !marked),
        article,
        comments: Vec::new(),
        in_sentence: false,
        sentences: 0,
        blank: 0,
        number_of_sentence: String::new(),
    };
    let done = source.lines(file, &mut |number, line| match line {
        Ok(line) => cutter.take(number, if number == 1 { line.trim_start_matches('\u{feff}') } else { line }, give),
        Err(why) => give.problem(Problem::error("line", why).at(file, Some(number))),
    });
    cutter.article.give(give);
    if let Err(error) = done {
        give.problem(Problem::error("file", crate::say::io(&error)).at(file, None));
    }
}

fn is_hash(line: &str) -> bool {
    line.starts_with('#')
}

/// The beginning of a file; empty where it cannot be read, which is said when it is read as a whole.
fn head(source: &ImportFiles, file: &str) -> String {
    let mut head = Vec::new();
    if let Ok(open) = source.open(file) {
        let _ = open.take(HEAD_BYTES).read_to_end(&mut head);
    }
    let cut = head.len() as u64 == HEAD_BYTES;
    let text = String::from_utf8_lossy(&head).into_owned();
    // A line that was cut says nothing.
    match text.rsplit_once('\n') {
        Some((whole, _)) if cut => whole.to_owned(),
        _ => text,
    }
}

/// True where files of this extension may be columns, and the beginning of one shows that it is: most lines are a word and tags.
pub(in crate::formats) fn recognised(head: &str, extension: &str) -> bool {
    if !extension.is_empty() && !EXTENSIONS.contains(&extension) {
        return false;
    }
    let lines: Vec<&str> = head.lines().take(HEAD_LINES).collect();
    // Words that nothing is said of are no sign of columns in any text.
    guess(&lines, None).is_ok_and(|layout| layout.is_sure(extension == "txt"))
}

impl<'a> Cutter<'a> {
    fn take(&mut self, number: u32, line: &str, give: &mut Give<'_, ArticleLines<'a>>) {
        if self.article.first == 0 {
            self.article.first = number;
        }
        if let Some(name) = article_start(line) {
            return self.begin(name, give);
        }
        if self.layout.between.is_empty(line) {
            self.blank += 1;
            return self.end(number);
        }
        let layout = self.layout.clone();
        if is_hash(line) && (is_comment(line) || !layout.fits(&layout.between.cells(line))) {
            match comment(line) {
                Said::Article(name) => self.begin(name, give),
                _ => self.comments.push((number, line.to_owned())),
            }
            return;
        }
        if layout.is_header(line) {
            return;
        }
        let cells = (layout.sentence.is_some() || layout.misc.is_some()).then(|| layout.between.cells(line));
        if let (Some(cells), Some(at)) = (&cells, layout.sentence) {
            let said = cells.get(at).map_or("", AsRef::as_ref);
            if !said.is_empty() && said != self.number_of_sentence {
                said.clone_into(&mut self.number_of_sentence);
                self.end(number);
            }
        }
        if !self.in_sentence {
            let full = match self.per {
                Some(Per::Sentences(most)) => self.sentences >= most,
                Some(Per::BlankLines) => self.blank > 1,
                None => false,
            };
            if full && self.article.tokens {
                self.next(String::new(), give);
            }
            self.sentences += 1;
        }
        (self.in_sentence, self.blank) = (true, 0);
        for (number, comment) in std::mem::take(&mut self.comments) {
            self.article.say(number, &comment);
        }
        self.article.tokens = true;
        self.article.push(number, line, LineKind::Token);
        let ends = |cell: &str| cell.split('|').any(|it| matches!(it, "EndOfSentence" | "PySBDSegment"));
        if let (Some(cells), Some(at)) = (&cells, layout.misc)
            && cells.get(at).is_some_and(|cell| ends(cell))
        {
            self.end(number);
        }
    }

    /// Ends a sentence.
    fn end(&mut self, number: u32) {
        if std::mem::take(&mut self.in_sentence) {
            self.article.push(number, "", LineKind::End);
        }
    }

    /// Begins an article of this name.
    fn begin(&mut self, name: String, give: &mut Give<'_, ArticleLines<'a>>) {
        if self.article.tokens {
            self.next(name, give);
        } else if self.article.id.is_empty() {
            self.article.id = name;
        }
        self.in_sentence = false;
    }

    fn next(&mut self, name: String, give: &mut Give<'_, ArticleLines<'a>>) {
        let next = ArticleLines { id: name, ..ArticleLines::new(self.file, self.layout.clone()) };
        std::mem::replace(&mut self.article, next).give(give);
        self.sentences = 0;
    }
}
