//! Web annotations as marks: pages, collections, lists and single ones, as annotation software on the web writes them.

use std::collections::{BTreeMap, HashMap};

use crate::formats::json::{Json, offset, scalar};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::references::References;
use crate::formats::{ArticleMetadata, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::lang::Message;
use crate::message;
use crate::model::{Name, Origin, Problem, Via};
use crate::say;

/// The beginning of what exports of this program call their annotations.
pub(super) const OWN: &str = "urn:jejak:";
/// Values within each other that annotations are looked for in.
const DEPTH: usize = 4;
/// Purposes of a body whose value is the label.
const LABELS: [&str; 3] = ["tagging", "classifying", "categorizing"];
/// The label of what nobody has labelled, where nothing says why it was marked.
const UNLABELLED: &str = "annotation";

/// The annotations of a value, with the object that they are a page of, where there is one.
fn items<'v, 'j>(value: &'v Json<'j>, depth: usize, found: &mut Vec<&'v Json<'j>>) {
    match value {
        Json::Array(list) => list.iter().for_each(|one| items(one, depth, found)),
        Json::Object(_) if value.get("target").is_some() => found.push(value),
        Json::Object(_) if depth > 0 => {
            for key in ["items", "first", "annotations", "rows", "@graph"] {
                if let Some(inner) = value.get(key) {
                    items(inner, depth - 1, found);
                }
            }
        }
        _ => {}
    }
}

/// One value, or those of a list.
fn each<'v, 'j>(value: Option<&'v Json<'j>>) -> impl Iterator<Item = &'v Json<'j>> {
    let list = value.and_then(Json::as_array);
    list.into_iter().flatten().chain(value.filter(|value| list.is_none() && !matches!(**value, Json::Null)))
}

fn word(value: &Json<'_>, keys: &[&str]) -> Option<String> {
    let found = match value {
        Json::String(text) => Some(text.to_string()),
        Json::Object(_) => keys.iter().find_map(|key| value.get(*key).and_then(scalar)),
        _ => None,
    };
    found.filter(|word| !word.trim().is_empty())
}

/// The last part of an address: `Person` of `http://example.org/terms#Person`.
fn last_part(address: &str) -> &str {
    address.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(address)
}

/// A place in a text, as selectors say it, in code points.
#[derive(Default)]
struct Place {
    at: Option<(i64, i64)>,
    exact: Option<String>,
    prefix: String,
    suffix: String,
}

impl Place {
    fn of(target: &Json<'_>) -> Self {
        let mut place = Self::default();
        for selector in each(target.get("selector")) {
            place.take(selector, DEPTH);
        }
        place
    }

    fn take(&mut self, selector: &Json<'_>, depth: usize) {
        let text = |key: &str| selector.get(key).and_then(scalar);
        let kind = text("type").or_else(|| text("@type")).unwrap_or_default();
        if kind.ends_with("TextPositionSelector") || kind.is_empty() && selector.get("start").is_some() {
            self.at = self.at.or(Some((offset(selector, "start"), offset(selector, "end"))));
        } else if kind.ends_with("TextQuoteSelector") || kind.is_empty() && selector.get("exact").is_some() {
            self.exact = self.exact.take().or_else(|| text("exact"));
            self.prefix = text("prefix").unwrap_or_default();
            self.suffix = text("suffix").unwrap_or_default();
        } else if kind.ends_with("FragmentSelector")
            && let Some((start, end)) = text("value").as_deref().and_then(characters)
        {
            self.at = self.at.or(Some((start, end)));
        }
        if let Some(inner) = selector.get("refinedBy").filter(|_| depth > 0) {
            each(Some(inner)).for_each(|inner| self.take(inner, depth - 1));
        }
    }

    /// The place, found by the words where no numbers say it: with those around, or where the words stand only once.
    fn found(&self, content: &str) -> Option<(i64, i64)> {
        if let Some(at) = self.at {
            return Some(at);
        }
        let exact = self.exact.as_deref().filter(|exact| !exact.is_empty())?;
        let only = |words: &str| {
            let mut all = content.match_indices(words);
            all.next().filter(|_| all.next().is_none()).map(|(at, _)| at)
        };
        let around = format!("{}{exact}{}", self.prefix, self.suffix);
        let byte = only(&around).map(|at| at + self.prefix.len()).or_else(|| only(exact));
        let code_points = |text: &str| text.chars().count() as i64;
        Some(byte.map_or((NO_OFFSET, NO_OFFSET), |byte| {
            let start = code_points(&content[..byte]);
            (start, start + code_points(exact))
        }))
    }
}

/// The characters of a fragment of plain text: `char=12,20`.
fn characters(fragment: &str) -> Option<(i64, i64)> {
    let (start, end) = fragment.trim_start_matches('#').strip_prefix("char=")?.split(';').next()?.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// One annotation, before it is known which text it is about.
struct WebMark<'v, 'j> {
    mark: RawAnnotation,
    annotator: Option<String>,
    places: Vec<Place>,
    /// The texts that its targets name.
    source: Option<String>,
    /// The link that it is: from, role, to.
    link: Option<(String, String, String)>,
    outside: Vec<(String, String)>,
    item: &'v Json<'j>,
}

/// The roles of annotations and what fills them, by whose they are.
type WebLinks = HashMap<String, Vec<(String, String)>>;

/// The annotator and the id in the name that an export of this program gives to an annotation.
fn own_name(id: &str) -> Option<(&str, &str)> {
    let mut parts = id.strip_prefix(OWN)?.split(':').skip(1);
    Some((parts.next()?, parts.next()?))
}

impl<'v, 'j> WebMark<'v, 'j> {
    fn of(item: &'v Json<'j>, reading: &ImportContext<'_>, file: &str) -> Self {
        let said = |key: &str| item.get(key).and_then(scalar).unwrap_or_default();
        let id = if item.get("id").is_some() { said("id") } else { said("@id") };
        let motivation = each(item.get("motivation")).find_map(|one| word(one, &[])).unwrap_or_default();
        let creator = each(item.get("creator")).find_map(|one| word(one, &["name", "nickname", "id", "email"]));
        let creator = creator.or_else(|| Some(said("user")).filter(|user| !user.is_empty()));
        // An account is called by what stands before the @.
        let creator = creator.map(|name| {
            let name = name.trim().trim_start_matches("mailto:").trim_start_matches("acct:").to_owned();
            name.split_once('@').map_or(name.clone(), |(before, _)| before.to_owned())
        });
        let own = own_name(&id).map(|(annotator, id)| (annotator.to_owned(), id.to_owned()));
        let mut web = Self {
            mark: RawAnnotation { id: own.as_ref().map_or(id, |(_, id)| id.clone()), ..RawAnnotation::default() },
            annotator: own.as_ref().map(|(annotator, _)| annotator.clone()).or_else(|| creator.clone()),
            places: Vec::new(),
            source: None,
            link: None,
            outside: Vec::new(),
            item,
        };
        let mut label = String::new();
        for body in each(item.get("body")) {
            web.body(body, &motivation, own.is_some(), &mut label, reading);
        }
        // Hypothesis has words and tags of an annotation beside its target.
        for tag in each(item.get("tags")).filter_map(|tag| word(tag, &["value", "name"])) {
            if label.is_empty() { label = tag } else { web.mark.attributes.push((reading.name("tag"), tag)) }
        }
        web.note(&said("text"));
        web.note(&said("bodyValue"));
        web.targets(&motivation, &label);
        let name = motivation.rsplit(':').next().unwrap_or_default();
        web.mark.label = match label.is_empty() {
            true if name.is_empty() || LABELS.contains(&name) => UNLABELLED.to_owned(),
            true => name.to_owned(),
            false => label,
        };
        if let Ok(at) = said("created").parse() {
            let by = creator.map_or_else(|| reading.annotator.clone(), |name| reading.name(&name));
            let via = if own.is_some() { Via::Hand } else { Via::Import { file: file.to_owned() } };
            web.mark.origin = Some(Origin { by, at, via });
        }
        web
    }

    fn note(&mut self, said: &str) {
        if !said.is_empty() {
            let note = &mut self.mark.note;
            note.push_str(if note.is_empty() { "" } else { "\n" });
            note.push_str(said);
        }
    }

    fn body(&mut self, body: &Json<'_>, motivation: &str, own: bool, label: &mut String, reading: &ImportContext<'_>) {
        let purpose = body.get("purpose").and_then(|one| each(Some(one)).find_map(|one| word(one, &[])));
        let purpose = purpose.unwrap_or_else(|| motivation.to_owned());
        let purpose = purpose.rsplit(':').next().unwrap_or_default();
        let text = body.get("value").or_else(|| body.get("rdf:value")).or_else(|| body.get("chars")).and_then(scalar);
        let address = body.get("source").and_then(|source| word(source, &["id", "@id"]));
        let address = address.or_else(|| body.as_str().or_else(|| body.get("id")?.as_str()).map(str::to_owned));
        match (purpose, text, address) {
            ("linking", None, Some(to)) => {
                let to = own_name(&to).map_or(to.as_str(), |(_, id)| id).to_owned();
                self.link = Some((String::new(), String::new(), to));
                if !own && self.outside_of(self.link.clone()).is_some() {
                    self.link = None;
                }
            }
            ("identifying", text, address) => {
                if let Some(address) = address.or(text) {
                    self.outside.push(register(&address));
                }
            }
            ("describing", Some(text), _) => match text.split_once('=') {
                Some((name, value)) if own || !name.is_empty() && !name.contains(char::is_whitespace) => {
                    self.mark.attributes.push((reading.name(name), value.to_owned()));
                }
                _ => self.note(&text),
            },
            (purpose, Some(text), _) if LABELS.contains(&purpose) || purpose.is_empty() => {
                if label.is_empty() {
                    *label = text;
                } else {
                    self.mark.attributes.push((reading.name("tag"), text));
                }
            }
            ("linking", Some(text), _) if label.is_empty() => *label = text,
            (purpose, None, Some(address)) if LABELS.contains(&purpose) || purpose.is_empty() => {
                if label.is_empty() {
                    last_part(&address).clone_into(label);
                } else {
                    self.outside.push(register(&address));
                }
            }
            (_, Some(text), _) => self.note(&text),
            _ => {}
        }
    }

    /// Takes a link that leads out of the annotations as an identifier of what is meant.
    fn outside_of(&mut self, link: Option<(String, String, String)>) -> Option<()> {
        let (_, _, to) = link?;
        let leads_out = to.starts_with("http://") || to.starts_with("https://");
        leads_out.then(|| self.outside.push(register(&to)))
    }

    fn targets(&mut self, motivation: &str, label: &str) {
        let (item, mut whole) = (self.item, Vec::new());
        for target in each(item.get("target")) {
            let source = target.get("source").and_then(|source| word(source, &["id", "@id"]));
            match (target.get("selector"), source) {
                (Some(_), source) => {
                    self.places.push(Place::of(target));
                    self.source = self.source.take().or(source);
                }
                (None, Some(source)) => whole.push(source),
                (None, None) => match word(target, &["id", "@id"]) {
                    Some(address) if address.contains("#char=") => {
                        let (source, fragment) = address.split_once('#').unwrap_or((&address, ""));
                        self.places.push(Place { at: characters(fragment), ..Place::default() });
                        self.source.get_or_insert_with(|| source.to_owned());
                    }
                    address => whole.extend(address),
                },
            }
        }
        let name = |id: &String| own_name(id).map_or(id.as_str(), |(_, id)| id).to_owned();
        if motivation.ends_with("linking") && self.places.is_empty() {
            self.link = match (self.link.take(), &whole[..]) {
                (Some((_, _, to)), [from, ..]) => Some((name(from), label.to_owned(), to)),
                (None, [from, to]) => Some((name(from), label.to_owned(), name(to))),
                (link, _) => link,
            };
            return;
        }
        self.link = None;
        self.source = self.source.take().or_else(|| whole.into_iter().next());
    }
}

/// An identifier outside with its register: `wikidata`, `Q42`.
fn register(address: &str) -> (String, String) {
    let host = address.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest).to_owned());
    let host = host.map(|host| host.trim_start_matches("www.").to_owned());
    match host.as_deref() {
        Some("wikidata.org") => ("wikidata".to_owned(), last_part(address).to_owned()),
        Some(host) if !host.is_empty() => (host.to_owned(), address.to_owned()),
        _ => ("uri".to_owned(), address.to_owned()),
    }
}

/// The text that annotations of `file` are about: the file that their targets name, or that lies beside; the only one where there
/// is no other.
fn text_of(file: &str, target: Option<&str>, source: &ImportFiles) -> Option<String> {
    let is_text = |name: &str| name.to_lowercase().ends_with(".txt");
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = |name: &str| {
        let below = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        [below, name.to_owned()].into_iter().find(|name| is_text(name) && source.has(name))
    };
    let bare = |name: &str| name.split(['?', '#']).next().unwrap_or_default().trim_start_matches("./").to_owned();
    let of_target = target.and_then(|target| {
        let target = bare(target);
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        named(&target)
            .or_else(|| named(last_part(&target)))
            .or_else(|| named(&format!("{}.txt", stem(last_part(&target)))))
    });
    let beside = || {
        let name = file.rsplit('/').next().unwrap_or(file);
        named(&format!("{}.txt", name.rsplit_once('.').map_or(name, |(stem, _)| stem)))
            .or_else(|| named(&format!("{name}.txt")))
    };
    let only = || {
        let mut texts = source.names().filter(|name| is_text(name));
        texts.next().filter(|_| texts.next().is_none()).map(str::to_owned)
    };
    of_target.or_else(beside).or_else(only)
}

/// Hands over the articles of a file: one for each text that its annotations are about.
pub(super) fn articles(
    file: &str,
    source: &ImportFiles,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let json = source.text(file)?;
    let json = json.trim_start_matches('\u{feff}');
    let value: Json<'_> =
        serde_json::from_str(json).map_err(|error| message!("ingest-json", why = say::json_at(&error)))?;
    let mut found = Vec::new();
    items(&value, DEPTH, &mut found);
    let head = |key: &str| value.get(key).and_then(|one| word(one, &["en", "id", "@value"])).unwrap_or_default();
    let is_page = value.get("items").is_some();
    if found.is_empty() && !is_page {
        return Err(message!("w3c-none"));
    }
    let marks: Vec<WebMark<'_, '_>> = found.into_iter().map(|item| WebMark::of(item, reading, file)).collect();
    let mut by_text: BTreeMap<String, Vec<WebMark<'_, '_>>> = BTreeMap::new();
    let mut links: WebLinks = HashMap::new();
    let mut known: HashMap<Option<String>, Option<String>> = HashMap::new();
    let mut lacking = 0;
    for mut mark in marks {
        if let Some((from, role, to)) = mark.link.take() {
            links.entry(from).or_default().push((role, to));
            continue;
        }
        let target = mark.source.take();
        let text = known.entry(target).or_insert_with_key(|target| text_of(file, target.as_deref(), source));
        match text {
            Some(text) => by_text.entry(text.clone()).or_default().push(mark),
            None => lacking += 1,
        }
    }
    if by_text.is_empty()
        && lacking == 0
        && let Some(text) = text_of(file, None, source)
    {
        by_text.insert(text, Vec::new());
    }
    if lacking > 0 {
        let why = message!("w3c-no-text", count = lacking);
        out(Item::Problem(Problem::error("no-text", why).at(file, None)));
    }
    let about = ArticleMetadata {
        title: head("label"),
        language: head("language"),
        url: head("via"),
        ..ArticleMetadata::default()
    };
    let several = by_text.len() > 1;
    for (text, marks) in by_text {
        let content = source.text(&text)?;
        let stem = text.rsplit_once('.').map_or(&*text, |(stem, _)| stem);
        let own = head("id").strip_prefix(OWN).map(str::to_owned).filter(|_| !several);
        let id = own.unwrap_or_else(|| stem.to_owned());
        let about = if several { ArticleMetadata::default() } else { about.clone() };
        let sets = sets(marks, &links, &content, reading, file);
        let unit = OffsetUnit::CodePoint;
        RawDocument { file, line: 0, id, about, content: &content, unit, sets, dangling: false }.finish(reading, out);
    }
    Ok(())
}

/// The sets of an article, by annotator.
fn sets(
    marks: Vec<WebMark<'_, '_>>,
    links: &WebLinks,
    content: &str,
    reading: &ImportContext<'_>,
    file: &str,
) -> Vec<RawSet> {
    let mut by: BTreeMap<Option<String>, (Vec<RawAnnotation>, References)> = BTreeMap::new();
    for web in marks {
        let (all, referents) = by.entry(web.annotator).or_default();
        let mut mark = web.mark;
        mark.at = web.places.iter().filter_map(|place| place.found(content)).collect();
        // A selector that says nothing of the text leaves the mark without a place, and that is told.
        if mark.at.is_empty() && !web.places.is_empty() {
            mark.at.push((NO_OFFSET, NO_OFFSET));
        }
        let quotes: Vec<&str> = web.places.iter().filter_map(|place| place.exact.as_deref()).collect();
        mark.quote = (quotes.len() == web.places.len() && !quotes.is_empty()).then(|| quotes.join(" "));
        for outside in web.outside {
            let name = mark.quote.clone().unwrap_or_default();
            referents.add(&mut mark, (&outside.0, outside.1), None, &name, reading, file);
        }
        for (role, to) in links.get(&mark.id).into_iter().flatten() {
            let role: Name = reading.name(if role.is_empty() { "linking" } else { role });
            mark.roles.push((role, RawFiller::Annotation(to.clone())));
        }
        all.push(mark);
    }
    if by.is_empty() {
        return vec![RawSet::default()];
    }
    let set = |(annotator, (marks, referents)): (Option<String>, (Vec<RawAnnotation>, References))| RawSet {
        annotator: annotator.map(|name| reading.name(&name)),
        marks,
        referents: referents.all(),
        ..RawSet::default()
    };
    by.into_iter().map(set).collect()
}
