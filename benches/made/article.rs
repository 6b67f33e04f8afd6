//! Articles that are long, with annotations that overlap.

use jejak::model::{Annotation, Filler, Name, Origin, Role, Schema};
use jejak::text::{Span, Text};

/// The same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// An article of so many paragraphs of about `length` characters each, with annotations that overlap and frames among them
/// whose roles are filled.
pub fn made(
    paragraphs: usize,
    length: usize,
    annotations: usize,
    links: usize,
    schema: &Schema,
) -> (Text, Vec<Annotation>) {
    const WORDS: [&str; 24] = [
        "raja",
        "bandar",
        "laut",
        "tiba",
        "di",
        "kota",
        "seberang",
        "untuk",
        "kunjungan",
        "kenegaraan",
        "pertama",
        "sejak",
        "perang",
        "berakhir",
        "kata",
        "juru",
        "bicara",
        "istana",
        "kepada",
        "wartawan",
        "pada",
        "hari",
        "rabu",
        "12",
    ];
    let mut dice = Dice(7);
    let (mut text, mut words) = (String::new(), Vec::new());
    for paragraph in 0..paragraphs {
        if paragraph > 0 {
            text.push('\n');
        }
        let start = text.len();
        while text.len() - start < length - 6 {
            if text.len() > start {
                text.push(' ');
            }
            let word = WORDS[dice.below(WORDS.len())];
            words.push((text.len() as u32, (text.len() + word.len()) as u32, paragraph));
            text.push_str(word);
        }
        text.push('.');
    }
    let labels: Vec<&Name> =
        schema.labels.iter().filter(|l| l.kind != jejak::model::Kind::Document).map(|l| &l.name).collect();
    let by = Origin::hand(&Name::new("a"));
    let mut marks = Vec::with_capacity(annotations);
    for index in 0..annotations {
        let first = index * words.len() / annotations;
        let last = (first + dice.below(4)).min(words.len() - 1);
        let last = if words[last].2 == words[first].2 { last } else { first };
        let label = labels[dice.below(labels.len() - 5)];
        marks.push(Annotation::new(label, vec![Span::new(words[first].0, words[last].1)], by.clone()));
    }
    for link in 0..links {
        let (frame, filler) =
            (link * annotations / links, (link * annotations / links + 1 + dice.below(5)) % annotations);
        let filler = Filler::Annotation(marks[filler].id);
        marks[frame].label = Name::new("trip");
        marks[frame].roles.push(Role { name: Name::new("traveller"), filler });
    }
    (Text::new(&text), marks)
}
