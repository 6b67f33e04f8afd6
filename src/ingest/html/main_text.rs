//! The article of a page, told from menus, dialogs, teasers and adverts.
//!
//! Readability finds it on most pages. What it found is held against all paragraphs of the page and against the text that
//! the page states for machines; where much is missing, the place is taken that holds nearly all paragraphs.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::beside::{around, consent, texts, without_adverts};
use super::blocks;
use super::tree::{Event, HtmlTree};

/// The share of the paragraphs' letters that an article has to have, or it is looked for in another way.
const ENOUGH: f64 = 0.75;
/// The share below which what was found is something else than the article.
const HARDLY: f64 = 0.25;
/// The share of what was found that must not lie in what is called as menus and the like are.
const TELLING: f64 = 0.5;
/// The share of letters that an element's largest child has to have for the article to be looked for in that child.
const NEARLY_ALL: f64 = 0.85;
/// Letters below which a block is not a paragraph that counts.
const PARAGRAPH: usize = 40;
/// Letters below which an element around an article is taken to be what it is called.
const ASIDE: usize = 500;
/// A block of so few words of Latin letters is an address or a program's text.
const WORDS: usize = 4;
/// Letters of the text for machines below which it says nothing about the article.
const STATED: usize = 300;

/// The text that was found.
pub(super) struct MainText {
    pub text: String,
    /// The share of the letters of the page's paragraphs that is not in it, in percent.
    pub left_out: u8,
}

/// A paragraph that may be of the article.
struct Paragraph {
    element: usize,
    /// Its letters without blanks, to be looked for in another text.
    letters: String,
    weight: f64,
}

/// Finds the article in markup that [`super::page`] has made plain. `stated` is the text that the page states.
pub(super) fn main_text(html: &str, stated: Option<&str>) -> Option<MainText> {
    let tree = HtmlTree::of(html);
    let texts = texts(&tree);
    let consent = consent(&tree, &texts);
    let around = around(&tree, &consent, &texts);
    let all = paragraphs(&tree, &consent);
    let own = paragraphs(&tree, &around);
    let found = readability(&tree.markup(0, &consent, false));
    // Where most of what was found is called as if it lay around an article, such names say nothing here.
    let is_telling = found.as_deref().is_none_or(|text| weight_in(&own, text) >= weight_in(&all, text) * TELLING);
    let (own, around) = if is_telling { (own, around) } else { (paragraphs(&tree, &consent), consent.clone()) };
    let page = Page { paragraphs: own, tree };
    let stated = stated.map(plain).filter(|stated| letters(stated).len() >= STATED);
    let stated = stated.as_deref();
    let is_stated = |text: &str| stated.is_some_and(|stated| words_of(stated, text) >= ENOUGH);
    let mut best = found.map(|text| (page.share(&text), text));
    if best.as_ref().is_none_or(|(share, text)| *share < ENOUGH && !is_stated(text)) {
        // Some pages come with their article hidden, and show it by a script.
        if page.hidden() > 0.5
            && best.as_ref().is_none_or(|(share, _)| *share < HARDLY)
            && let Some(text) = readability(&page.tree.markup(0, &consent, true))
        {
            let share = page.share(&text);
            best = best.filter(|(before, _)| *before >= share).or(Some((share, text)));
        }
    }
    if let Some((share, text)) = best.as_ref().filter(|(share, text)| *share < ENOUGH && !is_stated(text)) {
        let top = if *share < HARDLY { Some(page.place()) } else { page.grown(text) };
        if let Some(top) = top {
            let other = blocks::text(&page.tree.markup(top, &around, true));
            let other_share = page.share(&other);
            if other_share > *share && weight_in(&all, &other) > weight_in(&all, text) {
                best = Some((other_share, other));
            }
        }
    }
    if let Some(stated) = stated
        && best.as_ref().is_none_or(|(_, text)| !is_stated(text))
    {
        best = Some((1.0, stated.to_owned()));
    }
    let (share, text) = best.filter(|(_, text)| !text.trim().is_empty())?;
    let text = without_adverts(&page.without_asides(text, &around, &texts));
    Some(MainText { text, left_out: ((1.0 - share) * 100.0).round().clamp(0.0, 100.0) as u8 })
}

/// A page with the paragraphs that may be of its article.
struct Page<'a> {
    tree: HtmlTree<'a>,
    paragraphs: Vec<Paragraph>,
}

impl Page<'_> {
    /// The share of the paragraphs, by their letters, that a text has.
    fn share(&self, text: &str) -> f64 {
        let total: f64 = self.paragraphs.iter().map(|it| it.weight).sum();
        if total > 0.0 { weight_in(&self.paragraphs, text) / total } else { 1.0 }
    }

    /// The share of the paragraphs that are hidden.
    fn hidden(&self) -> f64 {
        let total: f64 = self.paragraphs.iter().map(|it| it.weight).sum();
        let hidden = self.paragraphs.iter().filter(|it| is_hidden(&self.tree, it.element)).map(|it| it.weight);
        if total > 0.0 { hidden.sum::<f64>() / total } else { 0.0 }
    }

    /// Letters of the paragraphs in each element and all in it.
    fn weights(&self, counts: impl Fn(&Paragraph) -> bool) -> Vec<f64> {
        let mut weights = vec![0.0; self.tree.elements.len()];
        for paragraph in self.paragraphs.iter().filter(|it| counts(it)) {
            weights[paragraph.element] += paragraph.weight;
        }
        for element in (1..weights.len()).rev() {
            let weight = weights[element];
            weights[self.tree.elements[element].parent] += weight;
        }
        weights
    }

    /// A text without the blocks that stand in small elements around an article: teasers, sign-ups, buttons to share.
    fn without_asides(&self, text: String, around: &[bool], texts: &[(usize, usize)]) -> String {
        let mut asides: HashSet<String> = HashSet::new();
        for at in 1..around.len() {
            let (all, linked) = texts[at];
            let is_outermost = around[at] && !around[self.tree.elements[at].parent];
            if is_outermost && self.tree.elements[at].name != "figcaption" && (all < ASIDE || linked * 2 > all) {
                let said = blocks::text(&self.tree.markup(at, &[], true));
                asides.extend(said.split("\n\n").map(letters));
            }
        }
        let own = blocks::text(&self.tree.markup(0, around, true));
        own.split("\n\n").map(letters).for_each(|block| _ = asides.remove(&block));
        let kept: Vec<&str> = text.split("\n\n").filter(|block| !asides.contains(&letters(block))).collect();
        let kept = kept.join("\n\n");
        // Where so much would go it was not an aside.
        if kept.len() * 4 >= text.len() * 3 { kept } else { text }
    }

    /// The smallest element that holds nearly all of the paragraphs.
    fn place(&self) -> usize {
        descend(&self.tree, &self.weights(|_| true))
    }

    /// The element that holds what was found of an article and the other paragraphs of the same make, where there are
    /// such: some sites lay one article out in several boxes, each as the others.
    fn grown(&self, found: &str) -> Option<usize> {
        let found = letters(found);
        let is_found = |it: &Paragraph| found.contains(&it.letters);
        let article = descend(&self.tree, &self.weights(is_found));
        let outer = self.above(article, |name| matches!(name, "article" | "main"));
        let mut makes: HashMap<String, f64> = HashMap::new();
        for paragraph in self.paragraphs.iter().filter(|it| is_found(it)) {
            if let Some(make) = self.make(paragraph.element) {
                *makes.entry(make).or_default() += paragraph.weight;
            }
        }
        // A box that came along with the article tells nothing about the article's own.
        let most: f64 = makes.values().sum();
        makes.retain(|_, weight| *weight > most / 5.0);
        let is_akin = |it: &Paragraph| {
            let is_inside = outer.is_none_or(|outer| self.tree.is_within(it.element, outer));
            is_inside && self.make(it.element).is_some_and(|make| makes.contains_key(&make))
        };
        let weights = self.weights(|it| is_found(it) || is_akin(it));
        let top = descend_by(&self.tree, &weights, 1.0);
        // Two headlines are two articles, and the same words in the same number are a copy for smaller screens.
        let there = weight_in(&self.paragraphs, &found);
        let gained = weights[top] - there;
        let other = self.weights(|_| true)[top] - there;
        (gained > other / 2.0 && self.headlines(top) < 2 && !self.is_copied(top, &found)).then_some(top)
    }

    /// True where an element has nothing but the paragraphs that were found, all of them several times.
    fn is_copied(&self, top: usize, found: &str) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for paragraph in self.paragraphs.iter().filter(|it| self.tree.is_within(it.element, top)) {
            *counts.entry(&paragraph.letters).or_default() += 1;
        }
        let (all, own): (Vec<usize>, Vec<usize>) =
            counts.iter().map(|(words, count)| (*count, found.matches(words).count())).unzip();
        // As often again in each of them: twice, three times, and so on.
        (2..5).any(|times| !own.is_empty() && all.iter().zip(&own).all(|(all, own)| *all == own * times))
    }

    /// The closest element around this one with such a name.
    fn above(&self, mut element: usize, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        while element != 0 {
            if is_it(&self.tree.elements[element].name) {
                return Some(element);
            }
            element = self.tree.elements[element].parent;
        }
        None
    }

    /// The make of the box of a paragraph: the names and classes, without numbers, of the elements closest around it, as
    /// far as two that have any.
    fn make(&self, mut element: usize) -> Option<String> {
        let mut make = String::new();
        let mut marked = 0;
        for _ in 0..6 {
            let it = &self.tree.elements[element];
            make.push_str(&it.name);
            if it.marks.len() > 1 {
                make.extend(it.marks.chars().filter(|c| !c.is_ascii_digit()));
                marked += 1;
            }
            if marked == 2 || it.parent == 0 {
                break;
            }
            make.push('<');
            element = it.parent;
        }
        (marked > 0).then_some(make)
    }

    /// Headlines of the first order in an element.
    fn headlines(&self, top: usize) -> usize {
        let is_one = |at: &usize| self.tree.elements[*at].name == "h1" && self.tree.is_within(*at, top);
        (1..self.tree.elements.len()).filter(is_one).count()
    }
}

/// The letters of paragraphs that a text has, each as often as it has it.
fn weight_in(paragraphs: &[Paragraph], text: &str) -> f64 {
    let letters = letters(text);
    let mut left: HashMap<&str, usize> = HashMap::new();
    let mut weight = 0.0;
    for paragraph in paragraphs {
        let left = left.entry(&paragraph.letters).or_insert_with(|| letters.matches(&paragraph.letters).count());
        if *left > 0 {
            *left -= 1;
            weight += paragraph.weight;
        }
    }
    weight
}

/// The smallest element that holds nearly all of the weights.
fn descend(tree: &HtmlTree, weights: &[f64]) -> usize {
    descend_by(tree, weights, NEARLY_ALL)
}

/// The smallest element that holds this share of the weights.
fn descend_by(tree: &HtmlTree, weights: &[f64], share: f64) -> usize {
    let mut heaviest = vec![0; tree.elements.len()];
    for element in 1..weights.len() {
        let parent = tree.elements[element].parent;
        if heaviest[parent] == 0 || weights[heaviest[parent]] < weights[element] {
            heaviest[parent] = element;
        }
    }
    let mut top = 0;
    while heaviest[top] != 0 && weights[heaviest[top]] >= share * weights[top] - 0.5 && weights[top] > 0.0 {
        top = heaviest[top];
    }
    top
}

/// The text for machines as text: some pages write it with markup, once or twice escaped.
fn plain(stated: &str) -> String {
    let mut text = stated.to_owned();
    for _ in 0..2 {
        if text.contains("&lt;") || text.contains("&amp;") {
            text = html_escape::decode_html_entities(&text).into_owned();
        }
    }
    if text.contains("</") || text.contains("<br") || text.contains("/>") { blocks::text(&text) } else { text }
}

/// The main text as readability finds it.
fn readability(html: &str) -> Option<String> {
    let config = dom_smoothie::Config { disable_json_ld: true, ..Default::default() };
    let article = dom_smoothie::Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    Some(blocks::text(&article.content)).filter(|text| !text.trim().is_empty())
}

/// The share of the words of one text that another has, each as often.
fn words_of(of: &str, text: &str) -> f64 {
    let mut there: HashMap<&str, usize> = HashMap::new();
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words(text) {
        *there.entry(word).or_default() += 1;
    }
    let (mut all, mut found) = (0_usize, 0_usize);
    for word in words(of) {
        all += 1;
        if let Some(count) = there.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            found += 1;
        }
    }
    found as f64 / all.max(1) as f64
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_hidden(tree: &HtmlTree, mut element: usize) -> bool {
    while element != 0 {
        if tree.elements[element].is_hidden {
            return true;
        }
        element = tree.elements[element].parent;
    }
    false
}

/// The paragraphs of a page that lie in nothing of `around`.
fn paragraphs(tree: &HtmlTree, around: &[bool]) -> Vec<Paragraph> {
    /// Elements whose text is part of the block that they stand in.
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
        "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "br", "wbr", "img",
        "label",
    ];
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut out: Option<usize> = None;
    let (mut links, mut linked) = (0_usize, 0_usize);
    let mut block = String::new();
    let mut element = 0;
    let mut end = |block: &mut String, linked: &mut usize, element: usize| {
        let is_said = !block.is_ascii() || block.split_ascii_whitespace().nth(WORDS).is_some();
        let letters = letters(&std::mem::take(block));
        let linked = std::mem::take(linked);
        let is_heading = matches!(tree.elements[element].name.as_bytes(), [b'h', b'1'..=b'6']);
        if letters.len() >= PARAGRAPH && is_said && linked * 2 < letters.len() && !is_heading {
            let weight = (letters.len() - linked) as f64;
            paragraphs.push(Paragraph { element, letters, weight });
        }
    };
    for event in &tree.events {
        match *event {
            Event::Open(at) if out.is_none() && around[at] => {
                end(&mut block, &mut linked, element);
                out = Some(at);
            }
            Event::Close(at) if out == Some(at) => out = None,
            _ if out.is_some() => {}
            Event::Open(at) | Event::Close(at) => {
                let name = tree.elements[at].name.as_str();
                let is_open = matches!(event, Event::Open(_));
                if name == "a" {
                    links = if is_open { links + 1 } else { links.saturating_sub(1) };
                }
                if !INLINE.contains(&name) {
                    end(&mut block, &mut linked, element);
                    element = if is_open { at } else { tree.elements[at].parent };
                }
            }
            Event::Text(_, text) => {
                let text = html_escape::decode_html_entities(text);
                linked += if links > 0 { letters(&text).len() } else { 0 };
                block.push_str(&text);
            }
        }
    }
    end(&mut block, &mut linked, element);
    paragraphs
}
