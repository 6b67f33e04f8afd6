//! One walk over a page: what it says about itself, and its markup reduced to what bears on its text.

use crate::lang::Message;
use crate::message;
use serde_json::Value;

use super::blocks::{self, LINE_END};
use super::depth::OpenElements;
use super::headline::Stated;
use super::tokens::{Attributes, HtmlToken, tokens};
use crate::ingest::{Limits, dates};
use crate::text::html::VOID;

/// Elements that hold no text to read. Those that hold markup come first.
const SKIPPED_MARKUP: &[&str] = &["audio", "canvas", "math", "noscript", "object", "svg", "template", "video"];
const SKIPPED_RAW: &[&str] =
    &["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];
/// Structured data larger than this is not looked at, bytes.
const JSON_LD_BYTES: usize = 1 << 20;
/// Plain markup larger than this is no article, and would take seconds to make a tree of, bytes.
const TREE_BYTES: usize = 4 << 20;
/// Formatting elements left open beyond this number make a tree parser's work grow with their square.
const UNCLOSED_FORMATTING: usize = 64;

/// The metadata of a page, each by the most trustworthy of its places first.
#[derive(Debug, Default)]
pub(super) struct PageDetails {
    pub title: Option<String>,
    pub published: Option<String>,
    pub publisher: Option<String>,
    /// Names, a line each.
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// The text that the page states for machines.
    pub text: Option<String>,
}

/// A page's markup made plain, and what it says about itself.
///
/// The markup has no scripts, styles, comments or foreign content, and only the attributes that tell main text from
/// the rest. A tree parser that is given it sees exactly the tags that were counted here.
pub(super) struct HtmlPage {
    pub html: String,
    pub said: PageDetails,
    /// True where a tree of it can be built in time about linear in its length.
    pub is_tame: bool,
}

impl HtmlPage {
    /// # Errors
    /// One sentence, where elements lie too deep in each other.
    pub fn read(html: &str, limits: &Limits) -> Result<Self, Message> {
        let mut walk = Walk::default();
        let mut open = OpenElements::default();
        let (mut elements, mut is_tame) = (0, true);
        // The element whose content is passed over, and how many of its name are open.
        let mut skipping: Option<(String, usize)> = None;
        let mut tokens = tokens(html);
        while let Some(token) = tokens.next() {
            if let Some((name, depth)) = &mut skipping {
                match &token {
                    HtmlToken::Open { name: inner, closed: false, .. } if inner == name => *depth += 1,
                    HtmlToken::Close(inner) if inner == name => *depth -= 1,
                    _ => {}
                }
                if *depth == 0 {
                    skipping = None;
                }
                continue;
            }
            match token {
                HtmlToken::Text(text) => walk.text(text),
                HtmlToken::Close(name) => {
                    open.close(&name);
                    walk.close(&name);
                }
                HtmlToken::Open { name, attributes, .. } if SKIPPED_RAW.contains(&name.as_ref()) => {
                    let is_json_ld = attributes.get("type").is_some_and(|kind| kind.contains("ld+json"));
                    // Its content comes as one text, or, where there is none, its closing tag.
                    if let Some(HtmlToken::Text(text)) = tokens.next() {
                        walk.raw(&name, is_json_ld, text);
                    }
                }
                HtmlToken::Open { name, closed, .. } if SKIPPED_MARKUP.contains(&name.as_ref()) => {
                    skipping = (!closed).then(|| (name.into_owned(), 1));
                }
                HtmlToken::Open { name, attributes, .. } => {
                    elements += 1;
                    open.open(&name);
                    if open.depth() > limits.html_depth {
                        return Err(message!("html-deep", depth = limits.html_depth));
                    }
                    is_tame &= elements <= limits.html_elements && open.unclosed_formatting() <= UNCLOSED_FORMATTING;
                    walk.open(&name, &attributes);
                }
            }
        }
        is_tame &= walk.html.len() <= TREE_BYTES;
        Ok(Self { html: walk.html, said: walk.found.said(), is_tame })
    }
}

/// The structured data in a script: some wrap it in CDATA or comments, some write line ends inside of strings.
fn json_ld(script: &str) -> Option<Value> {
    let is_mark = |c: char| c.is_whitespace() || c == ';';
    let mut json = script.trim_matches(is_mark);
    for (start, end) in [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
    {
        json = json.strip_prefix(start).unwrap_or(json).trim_start_matches(is_mark);
        json = json.strip_suffix(end).unwrap_or(json).trim_end_matches(is_mark);
    }
    serde_json::from_str(json).or_else(|_| serde_json::from_str(&json.replace(['\n', '\r', '\t'], " "))).ok()
}

#[derive(Default)]
struct Walk {
    html: String,
    found: FoundDetails,
    /// Returns the place in `html` where the content of an open `<h1>` begins.
    h1: Option<usize>,
}

impl Walk {
    fn text(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                // A lone `<` is text here, and must not become a tag to who reads this next.
                '<' => self.html.push_str("&lt;"),
                LINE_END => self.html.push(' '),
                _ => self.html.push(char),
            }
        }
    }

    fn close(&mut self, name: &str) {
        if SKIPPED_RAW.contains(&name) || SKIPPED_MARKUP.contains(&name) || VOID.contains(&name) {
            return;
        }
        if name == "h1"
            && let Some(start) = self.h1.take()
        {
            self.found.h1.push(blocks::text(&self.html[start..]));
        }
        self.html.extend(["</", name, ">"]);
    }

    fn raw(&mut self, name: &str, is_json_ld: bool, text: &str) {
        if name == "title" && self.found.title.is_none() {
            self.found.title = Some(html_escape::decode_html_entities(text).into_owned());
        } else if is_json_ld
            && text.len() <= JSON_LD_BYTES
            && let Some(value) = json_ld(text)
        {
            self.found.json_ld(&value);
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "meta" => self.found.meta(attributes),
            "html" => self.found.lang = attributes.get("lang").map(Into::into).or(self.found.lang.take()),
            "link" if attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.found.canonical = attributes.get("href").map(Into::into);
            }
            "time" => self.found.time(attributes),
            "abbr" | "span" => self.found.published_mark(attributes),
            _ => {}
        }
        if matches!(name, "meta" | "link" | "base" | "frameset" | "frame") {
            return;
        }
        self.html.extend(["<", name]);
        for key in ["class", "id", "role", "itemprop", "hidden", "aria-hidden", "style"] {
            if let Some(value) = attributes.get(key) {
                let value = value.replace('&', "&amp;").replace('"', "&quot;");
                self.html.extend([" ", key, "=\"", &value, "\""]);
            }
        }
        self.html.push('>');
        if name == "br" {
            self.html.push(LINE_END);
        }
        if name == "h1" {
            self.h1 = Some(self.html.len());
        }
    }
}

/// All that was found, before the best is chosen.
#[derive(Debug, Default)]
struct FoundDetails {
    json_ld: PageDetails,
    meta: PageDetails,
    title: Option<String>,
    /// The name of the site, as it is given for sharing.
    site: Option<String>,
    h1: Vec<String>,
    lang: Option<String>,
    canonical: Option<String>,
    /// Days in `<time datetime>`, those marked as the publication's apart.
    marked_times: Vec<String>,
    times: Vec<String>,
}

/// The names of people in structured data, a line each: texts, objects with a name, or a list of them. An organisation is
/// no author.
fn people(said: &Value) -> String {
    let one = |value: &Value| match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => {
            let kind = object.get("@type").and_then(Value::as_str).unwrap_or_default();
            let name = object.get("name").and_then(Value::as_str);
            name.filter(|_| !kind.ends_with("Organization")).map(str::to_owned)
        }
        _ => None,
    };
    let all: Vec<String> = match said {
        Value::Array(all) => all.iter().filter_map(one).collect(),
        one_value => one(one_value).into_iter().collect(),
    };
    html_escape::decode_html_entities(&all.join("\n")).into_owned()
}

/// Takes `value` if nothing is there yet and it says something.
fn fill(field: &mut Option<String>, value: Option<&str>) {
    if field.is_none() {
        *field = value.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    }
}

impl FoundDetails {
    fn meta(&mut self, attributes: &Attributes) {
        let key = ["property", "name", "itemprop"].into_iter().find_map(|key| attributes.get(key));
        let (Some(key), Some(content)) = (key, attributes.get("content")) else { return };
        let meta = &mut self.meta;
        let field = match key.to_lowercase().as_str() {
            "og:title" | "twitter:title" | "dc.title" | "headline" => &mut meta.title,
            "article:published_time"
            | "og:published_time"
            | "datepublished"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "parsely-pub-date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "content_publisheddate"
            | "date" => &mut meta.published,
            "og:site_name" => {
                fill(&mut self.site, Some(&content));
                &mut meta.publisher
            }
            "author" | "article:author" | "dc.creator" | "dcterms.creator" | "parsely-author" | "byl" | "byline"
            | "content_author" => &mut meta.author,
            "application-name" | "dc.publisher" => &mut meta.publisher,
            "og:url" => &mut meta.url,
            _ => return,
        };
        fill(field, Some(&content));
    }

    fn time(&mut self, attributes: &Attributes) {
        let Some(day) = attributes.get("datetime").and_then(|said| dates::day(&said, None)) else { return };
        let is_marked = attributes.get("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datePublished"))
            || attributes.get("pubdate").is_some();
        if is_marked { &mut self.marked_times } else { &mut self.times }.push(day);
    }

    /// Takes the day in the title of an element that is marked as the publication's, as blogs write it (hAtom).
    fn published_mark(&mut self, attributes: &Attributes) {
        let is_marked = |class: &str| class.split_ascii_whitespace().any(|class| class == "published");
        if attributes.get("class").is_some_and(|class| is_marked(&class))
            && let Some(day) = attributes.get("title").and_then(|said| dates::day(&said, None))
        {
            self.marked_times.push(day);
        }
    }

    /// Takes what the object that has a date of publication or a headline says.
    fn json_ld(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.json_ld(item)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.json_ld(graph);
                }
                if !object.contains_key("datePublished") && !object.contains_key("headline") {
                    return;
                }
                let said = &mut self.json_ld;
                let string = |key: &str| object.get(key).and_then(Value::as_str);
                fill(&mut said.title, string("headline").map(html_escape::decode_html_entities).as_deref());
                fill(&mut said.published, string("datePublished"));
                fill(&mut said.url, string("url"));
                fill(&mut said.language, string("inLanguage"));
                let publisher = object.get("publisher");
                let name = publisher.and_then(|publisher| publisher.get("name").unwrap_or(publisher).as_str());
                fill(&mut said.publisher, name);
                fill(&mut said.author, object.get("author").map(people).as_deref());
                fill(&mut said.text, string("articleBody"));
            }
            _ => {}
        }
    }

    fn said(self) -> PageDetails {
        let url = self.canonical.or(self.meta.url).or(self.json_ld.url);
        let publisher = self.json_ld.publisher.or(self.meta.publisher);
        let only = |mut days: Vec<String>| {
            days.dedup();
            (days.len() == 1).then(|| days.swap_remove(0))
        };
        let stated = Stated {
            h1: self.h1,
            json_ld: self.json_ld.title,
            shared: self.meta.title,
            title: self.title,
            site: self.site.or_else(|| publisher.clone()),
            url: url.clone(),
        };
        let published = self.json_ld.published.or(self.meta.published);
        PageDetails {
            title: stated.headline(),
            published: published.or_else(|| only(self.marked_times)).or_else(|| only(self.times)),
            author: self.json_ld.author.filter(|names| !names.contains("://")).or(self.meta.author),
            publisher,
            url,
            language: self.json_ld.language.or(self.lang),
            text: self.json_ld.text,
        }
    }
}
