//! The labelling configuration that lies beside tasks: under which key their text is, and which controls are choices.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::formats::ImportFiles;

/// The text of tasks, as a configuration names it.
pub(super) struct StudioText {
    /// The key in `data`.
    pub key: String,
    /// True where it is a page.
    pub html: bool,
}

/// The parts of configurations that readers need.
#[derive(Default)]
pub(super) struct Labelling {
    /// The texts by the names that regions call them.
    texts: HashMap<String, StudioText>,
    /// The names of those in their order.
    order: Vec<String>,
    /// The names of choices.
    pub choices: HashSet<String>,
}

/// Configurations that are looked at, and bytes of one: more are nobody's.
const CONFIGS: usize = 16;
const CONFIG_BYTES: u64 = 4 << 20;

impl Labelling {
    /// The configurations among the files, which end in `.xml`.
    pub fn of(source: &ImportFiles) -> Self {
        let mut labelling = Self::default();
        let named = source.names().filter(|name| name.to_lowercase().ends_with(".xml"));
        for name in named.filter(|name| source.bytes(name) <= CONFIG_BYTES).take(CONFIGS) {
            if let Ok(xml) = source.text(name) {
                labelling.add(&xml);
            }
        }
        labelling
    }

    /// Takes a configuration into account, as far as it can be read.
    fn add(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) | Event::Empty(tag) => self.tag(&tag),
                Event::Eof => break,
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &BytesStart<'_>) {
        let (mut name, mut value) = (String::new(), String::new());
        for attribute in tag.attributes().with_checks(false).flatten() {
            let said = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default().into_owned();
            match attribute.key.as_ref() {
                "name" => name = said,
                "value" => value = said,
                _ => {}
            }
        }
        match tag.name().as_ref() {
            kind @ ("Text" | "HyperText") => {
                if let Some(key) = value.strip_prefix('$').filter(|key| !key.is_empty()) {
                    let text = StudioText { key: key.to_owned(), html: kind == "HyperText" };
                    self.order.push(name.clone());
                    self.texts.insert(name, text);
                }
            }
            "Choices" => {
                self.choices.insert(name);
            }
            _ => {}
        }
    }

    /// The text that regions call so.
    pub fn called(&self, name: &str) -> Option<&StudioText> {
        self.texts.get(name)
    }

    /// All texts, in the order of the configuration.
    pub fn texts(&self) -> impl Iterator<Item = &StudioText> {
        self.order.iter().filter_map(|name| self.texts.get(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_choices_are_found_in_what_is_no_sound_xml_either() {
        let mut labelling = Labelling::default();
        labelling.add(
            "<View><Text name=\"isi\" value=\"$berita\"/><HyperText name='hal' value='$html'>\
             <Choices name=\"topic\" toName=\"isi\"><Choice value=\"x\"/></View><Text name=\"n\" value=\"plain\"/><",
        );
        let said: Vec<_> = labelling.texts().map(|text| (text.key.as_str(), text.html)).collect();
        assert_eq!(said, [("berita", false), ("html", true)]);
        assert!(labelling.choices.contains("topic") && labelling.called("hal").is_some());
    }
}
