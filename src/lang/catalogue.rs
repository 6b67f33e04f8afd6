//! The messages of one language, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use super::language::Language;
use super::message::{Content, Message, Placeable};
use super::pseudo;

const ENGLISH: &str = include_str!("../../assets/lang/en.ftl");
const INDONESIAN: &str = include_str!("../../assets/lang/id.ftl");

/// All messages of a language.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Messages without placeables. They are made once and live as long as the program, so that a frame copies none.
    plain: HashMap<&'static str, &'static str>,
}

impl Catalogue {
    /// The catalogue of a language; read when it is asked for first.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Catalogue>; 3] = [const { OnceLock::new() }; 3];
        ALL[language as usize].get_or_init(|| Self::read(language))
    }

    fn read(language: Language) -> Self {
        let source = match language {
            Language::English | Language::Pseudo => ENGLISH,
            Language::Indonesian => INDONESIAN,
        };
        // A message that does not parse is left out and the others stand; a test rules it out.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let keys: Vec<&'static str> = resource.entries().filter_map(message).map(leaked).collect();
        // Plurals are the language's; a code that did not parse would give those of no language.
        let plurals = if language == Language::Indonesian { "id" } else { "en" };
        let plurals: LanguageIdentifier = plurals.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![plurals]);
        // Marks that keep directions of writing apart would be seen as boxes, and the window sets each text by itself.
        bundle.set_use_isolating(false);
        if language == Language::Pseudo {
            bundle.set_transform(Some(pseudo::longer));
        }
        bundle.add_resource_overriding(resource);
        let mut plain = HashMap::new();
        for key in keys {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors);
            if errors.is_empty() {
                plain.insert(key, leaked(&text));
            }
        }
        Self { bundle, plain }
    }

    /// The message of a key, where it has one without placeables.
    pub(super) fn plain(&self, key: &str) -> Option<&'static str> {
        self.plain.get(key).copied()
    }

    /// The message of a key with these values in their places.
    pub(super) fn filled(&self, key: &str, values: &[(&'static str, Placeable)], language: Language) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Placeable::Text(text) => FluentValue::from(text.as_str()),
                Placeable::Number(number) => FluentValue::from(*number),
                Placeable::Message(message) => FluentValue::from(in_language(language, message)),
            };
            arguments.set(*name, value);
        }
        // A placeable without a value is shown by its name; a test compares both.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(message.value()?, Some(&arguments), &mut errors).into_owned())
    }
}

/// A message in a language.
pub(super) fn in_language(language: Language, message: &Message) -> String {
    match &message.0 {
        Content::Verbatim(words) => words.clone(),
        Content::Keyed(key, values) => filled(language, key, values),
    }
}

/// The message of a key in a language, with values in their places; English where the language lacks it.
pub(super) fn filled(language: Language, key: &str, values: &[(&'static str, Placeable)]) -> String {
    let told = |language| Catalogue::of(language).filled(key, values, language);
    told(language).or_else(|| told(Language::English)).unwrap_or_else(|| key.to_owned())
}

fn message<'s>(entry: &Entry<&'s str>) -> Option<&'s str> {
    match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    }
}

/// A copy that lives as long as the program; there are as many as messages.
fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
