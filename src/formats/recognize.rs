//! The format of files, as they look: by keys of JSON, first lines, columns.

use std::collections::BTreeMap;
use std::io::Read as _;

use super::conll;
use super::corpora::{TAGS, TOKENS};
use super::exchange_format::Format;
use super::json::first_values;
use super::registry::format;
use super::source::ImportFiles;
use super::webanno_tsv::old_lines;
use crate::lang::Message;
use crate::message;

/// Files that are looked at of each extension.
const FILES: usize = 12;
/// Records of a file that are looked at, and bytes of its beginning.
const RECORDS: usize = 12;
const HEAD_BYTES: u64 = 1 << 16;

/// The format of files, and how it was recognised.
pub struct Recognized {
    /// The format.
    pub format: &'static dyn Format,
    /// The sentence that says which and why.
    pub why: Message,
}

/// The look of a file: the formats that it may be in, and what shows it.
struct Sign {
    formats: Vec<&'static str>,
    shown: Message,
}

impl Sign {
    fn of(format: &'static str, shown: Message) -> Self {
        Self { formats: vec![format], shown }
    }
}

/// Recognises the format of files that are read.
///
/// # Errors
/// If none is recognised, or several are, in one sentence that names them.
pub fn recognize(source: &ImportFiles) -> Result<Recognized, Message> {
    let mut looked_at: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<(String, Sign)> = Vec::new();
    for name in source.names() {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        let of_kind = looked_at.entry(extension.clone()).or_default();
        *of_kind += 1;
        if *of_kind <= FILES
            && let Some(sign) = sign(source, name, &extension)
        {
            found.push((name.to_owned(), sign));
        }
    }
    // One file may decide what another one leaves open.
    let sure = |name: &&str| found.iter().all(|(_, sign)| sign.formats.contains(name));
    let candidates: Vec<&str> = found
        .first()
        .map(|(_, sign)| sign.formats.iter().copied().filter(|name| sure(name)).collect())
        .unwrap_or_default();
    if let [only] = candidates[..] {
        let (file, sign) = found.iter().min_by_key(|(_, sign)| sign.formats.len()).expect("there is a candidate");
        let why = message!("recognised", format = only, file = file, sign = sign.shown);
        return Ok(Recognized { format: format(only).expect("it is in the list"), why });
    }
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, sign) in &found {
        for name in &sign.formats {
            named.entry(name).or_insert(file);
        }
    }
    let named: Vec<String> = named.into_iter().map(|(name, file)| format!("{name} ({file})")).collect();
    match named.is_empty() {
        true => Err(message!("recognised-none")),
        false => Err(message!("recognised-several", formats = named.join(", "))),
    }
}

fn sign(source: &ImportFiles, name: &str, extension: &str) -> Option<Sign> {
    let mut head = Vec::new();
    source.open(name).ok()?.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
    if let Some(format) = [("spacy", "spacy"), ("parquet", "hf-tokens")].into_iter().find(|(end, _)| *end == extension)
    {
        return Some(Sign::of(format.1, message!("sign-extension", extension = extension)));
    }
    let whole = (head.len() as u64) < HEAD_BYTES;
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = if whole { text } else { text.rsplit_once('\n').map_or(text, |(lines, _)| lines) };
    if text.starts_with("#FORMAT=WebAnno TSV") {
        return Some(Sign::of("webanno-tsv3", message!("sign-head", head = "#FORMAT=WebAnno TSV")));
    }
    if old_lines(text) {
        return Some(Sign::of("webanno-tsv3", message!("sign-head", head = "#text=")));
    }
    if text.starts_with('<') {
        let roots =
            [("<xmi:XMI", "cas-xmi"), ("<GateDocument", "gate"), ("<collection", "bioc"), ("<Document doc_", "ecb")];
        let root = roots.into_iter().find(|(root, _)| text.contains(root));
        let root = root.filter(|(_, format)| *format != "ecb" || text.contains("<token "));
        let root = root.filter(|(_, format)| *format != "bioc" || text.contains("<document"));
        let root = root.or((extension == "xmi" && text.contains("xmi:")).then_some(roots[0]));
        return root.map(|(root, format)| Sign::of(format, message!("sign-head", head = root)));
    }
    if text.starts_with(['{', '[']) && extension != "ann" {
        return json_sign(source, name);
    }
    if extension == "ann" {
        return brat_lines(text).then(|| Sign::of("brat", message!("sign-extension", extension = extension)));
    }
    let cells: Vec<&str> = text.lines().next().unwrap_or_default().split([',', '\t', ';']).collect();
    let named = |name: &str| cells.iter().any(|cell| cell.trim_matches('"') == name);
    if ["csv", "tsv"].contains(&extension) && named("annotation_id") && named("annotator") {
        return Some(Sign::of("label-studio", message!("sign-keys", keys = "\"annotation_id\", \"annotator\"")));
    }
    // The text that lies beside annotations is no table, whatever it looks like.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if ["ann", "jsonld", "json"].iter().any(|other| source.has(&format!("{stem}.{other}"))) {
        return None;
    }
    // The keys that lie beside articles for the scorer say again what these say.
    if name.ends_with("coref.conll") || name.ends_with("cross.conll") {
        let beside = source.names().any(|other| {
            other.ends_with(".xml") && sign(source, other, "xml").is_some_and(|sign| sign.formats == ["ecb"])
        });
        if beside {
            return None;
        }
    }
    conll::recognised(text, extension).then(|| Sign::of("conll", message!("sign-columns")))
}

/// True where the lines are those of a file of brat's; one without any line is.
fn brat_lines(text: &str) -> bool {
    let fits = |line: &str| {
        let word = line.split('\t').next().unwrap_or_default();
        word.starts_with(['T', 'E', 'R', 'A', 'M', 'N', '#', '*'])
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(40);
    let (fitting, all) = lines.fold((0, 0), |(fitting, all), line| (fitting + usize::from(fits(line)), all + 1));
    fitting * 2 >= all
}

/// The format of a file in JSON, by the keys of its first records.
fn json_sign(source: &ImportFiles, name: &str) -> Option<Sign> {
    let mut left: Option<Sign> = None;
    for value in first_values(source, name, RECORDS) {
        let sign = match &value {
            serde_json::Value::Object(record) => record_sign(record),
            serde_json::Value::Array(list) => list_sign(list),
            _ => continue,
        };
        match sign {
            Some(sign) if sign.formats.len() == 1 => return Some(sign),
            Some(sign) => left = left.or(Some(sign)),
            None => {}
        }
    }
    left
}

/// The format of a file whose records are lists.
fn list_sign(list: &[serde_json::Value]) -> Option<Sign> {
    let said = |format, value: &str| Some(Sign::of(format, message!("sign-list", value = value)));
    match list {
        [serde_json::Value::String(_), serde_json::Value::Object(annotations)] => {
            let known =
                ["entities", "cats", "links", "spans"].into_iter().find(|key| annotations.contains_key(*key))?;
            said("spacy", &format!("[…, {{\"{known}\": …}}]"))
        }
        [title, text, event, arguments, ..] if [title, text, event].iter().all(|one| one.is_string()) => {
            let packed = arguments.as_str().is_some_and(|said| said.trim_start().starts_with('['));
            if packed || arguments.is_array() { said("docee", "[…, …, …, \"[…]\"]") } else { None }
        }
        _ => None,
    }
}

fn record_sign(record: &serde_json::Map<String, serde_json::Value>) -> Option<Sign> {
    let has = |key: &str| record.contains_key(key);
    let any = |keys: &[&'static str]| keys.iter().copied().find(|key| record.contains_key(*key));
    let text = |key: &str| record.get(key).is_some_and(serde_json::Value::is_string);
    let one = |format: &'static str, keys: &[&str]| {
        let keys: Vec<String> = keys.iter().map(|key| format!("\"{key}\"")).collect();
        Some(Sign::of(format, message!("sign-keys", keys = keys.join(", "))))
    };
    let context = record.get("@context").map(ToString::to_string).unwrap_or_default();
    let kind = record.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
    let rows = record.get("rows").and_then(|rows| rows.get(0)).and_then(serde_json::Value::as_object);
    if rows.is_some_and(|row| row.contains_key("target") && row.contains_key("uri")) {
        return one("w3c", &["rows", "target"]);
    }
    if context.contains("anno.jsonld") || has("target") && (kind == "Annotation" || has("body")) {
        return one("w3c", &["target", "body"]);
    }
    if has("jejak_jsonl") {
        return one("jejak-jsonl", &["jejak_jsonl"]);
    }
    if let Some(key) = any(&["%FEATURE_STRUCTURES", "%TYPES", "%VIEWS"]) {
        return one("cas-json", &[key]);
    }
    if let Some(key) = any(&["denotations", "tracks", "blocks"]).filter(|_| text("text")) {
        return one("pubannotation", &["text", key]);
    }
    if record.get("data").is_some_and(serde_json::Value::is_object) {
        let key = any(&["annotations", "completions", "predictions"]);
        return one("label-studio", &["data", key.unwrap_or("data")][..1 + usize::from(key.is_some())]);
    }
    if has("annotation_id")
        && let Some(key) = any(&["annotator", "lead_time"])
    {
        return one("label-studio", &["annotation_id", key]);
    }
    if let Some(key) = any(&["event_mentions", "entity_mentions"]).filter(|_| has("doc_id")) {
        return one("wikievents", &["doc_id", key]);
    }
    if let Some(key) = any(&["ent_spans", "evt_triggers", "gold_evt_links"]).filter(|_| has("sentences")) {
        return one("rams", &["sentences", key]);
    }
    if let Some(key) = any(&["paragraphs", "ents"]).filter(|key| *key == "paragraphs" || text("text")) {
        return one("spacy", &[key]);
    }
    if record.get("annotations").and_then(|all| all.get(0)?.get(0)).is_some_and(serde_json::Value::is_string) {
        return one("spacy", &["annotations"]);
    }
    let listed = |keys: &[&'static str]| {
        let listed = |key: &&str| record.get(*key).is_some_and(serde_json::Value::is_array);
        keys.iter().copied().find(listed)
    };
    if let Some(key) = listed(&["ner", "relations", "events", "clusters"])
        && listed(&["sentences"]).is_some()
        && has("doc_key")
    {
        return one("dygie", &["doc_key", "sentences", key]);
    }
    // The clusters of texts that lie beside.
    if listed(&["clusters"]).is_some() && has("doc_key") {
        return one("wikievents", &["doc_key", "clusters"]);
    }
    if let Some(key) = any(&["content", "document"])
        && (listed(&["events"]).is_some() || has("candidates"))
    {
        return one("maven", &["events", key]);
    }
    if let Some(key) = listed(&["passages", "documents", "PubTator3"]) {
        return one("bioc", &[key]);
    }
    if let (Some(tokens), Some(tags)) = (listed(&TOKENS), listed(&TAGS))
        && (!text("text") || tags == "ner_tags")
    {
        return one("hf-tokens", &[tokens, tags]);
    }
    if has("docid") && has("doctext") {
        return one("muc4", &["docid", "doctext"]);
    }
    if !text("text") && !text("data") {
        return None;
    }
    let prodigy = any(&["spans", "_input_hash", "_task_hash", "_session_id", "_annotator_id", "answer"]);
    let listed = |key: &&'static str| record.get(*key).is_some_and(serde_json::Value::is_array);
    let doccano = ["entities", "label", "labels", "cats", "annotations"].into_iter().find(listed);
    match (prodigy, doccano) {
        (Some(key), None) => one("prodigy", &["text", key]),
        (None, Some(key)) => one("doccano", &["text", key]),
        _ => {
            let shown = message!("sign-keys", keys = "\"text\"");
            Some(Sign { formats: vec!["doccano", "prodigy"], shown })
        }
    }
}
