//! The lists and dialogs that commands of marking ask with.

use super::candidates;
use super::describe::DescribeDialog;
use super::label_all::LabelAll;
use super::value_dialog::{ValueDialog, ValueFor};
use crate::model::{AttributeKind, Id, Name, ValueKind};
use crate::t;
use crate::ui::commands::{AnnotateCommand, Command};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card::{self, Proposal};

/// Something that a command of marking asks.
pub enum AnnotateDialog {
    /// A list to pick from.
    Picker(Box<Picker>),
    /// A text to write.
    Text(Box<TextDialog>),
    /// A value for a role or an attribute.
    Value(Box<ValueDialog>),
    /// The preview of a bulk action.
    LabelAll(Box<LabelAll>),
    /// The facts about the article beside its text.
    Describe(Box<DescribeDialog>),
    /// Something that should be thought over before it is done.
    Confirm {
        /// The title.
        title: String,
        /// The reason why it matters.
        message: String,
        /// The title of the button that confirms.
        yes: String,
        /// The action that follows.
        command: Command,
    },
}

/// Candidates for the armed role; none where no role is armed.
pub fn candidates(work: &Workspace, language: &str) -> Option<AnnotateDialog> {
    let (frame, name) = work.armed()?;
    let (text, set) = work.page()?;
    let record = set.get(frame)?;
    let corpus = work.session.corpus();
    let def = corpus.schema.label(&record.label)?;
    let role = def.role(&name)?;
    let selected = work.open.as_ref()?.reader.selection();
    let selected = selected.map(|span| (span, card::short(text.slice(span), 80)));
    let words = selected.as_ref().map(|(_, words)| words.as_str());
    let of = (&**record, def, role);
    let ranked = candidates::candidates(corpus, &work.key()?, text, set, of, &work.recent, words);
    let items = match &selected {
        None => ranked.into_iter().map(|(_, item)| item).collect(),
        Some((span, words)) => {
            let ways = work.set_editor()?.ways_to_fill(frame, &name, &[*span]);
            candidates::for_words(work, ranked, (frame, &name), (*span, words), &ways, language)
        }
    };
    let title = t!(
        "candidates-title",
        role = role.title.get(language),
        label = def.title.get(language),
        card = card::title(text, record)
    );
    Some(AnnotateDialog::Picker(Box::new(Picker::new(title, items).with_digits())))
}

/// A value for the armed role, or else for the date attribute of what is selected; none where neither is there.
pub fn value(work: &Workspace, language: &str) -> Option<AnnotateDialog> {
    let Some((frame, role)) = work.armed() else { return date_attribute(work, language) };
    let (_, set) = work.page()?;
    let def = work.session.corpus().schema.label(&set.get(frame)?.label)?.role(&role)?;
    if def.values.is_empty() {
        return None;
    }
    let published = published(work)?;
    let title = def.title.get(language);
    let words = work.open.as_ref()?.reader.selection().filter(|_| def.values.contains(&ValueKind::Date));
    let now = words.and_then(|span| work.date_of(span)).map_or(String::new(), |date| date.to_string());
    let dialog = ValueDialog::new(ValueFor::Role { frame, role }, title, &def.values, &now, &published);
    Some(AnnotateDialog::Value(Box::new(dialog)))
}

/// The day that dates of the open article are counted from, as it is written; empty where nobody knows it.
fn published(work: &Workspace) -> Option<String> {
    let article = work.session.corpus().article(&work.open.as_ref()?.id)?;
    Some(work.day().map_or(article.published.clone(), |day| day.to_string()))
}

fn date_attribute(work: &Workspace, language: &str) -> Option<AnnotateDialog> {
    let ids = &work.subject();
    let record = work.page()?.1.get(*ids.first()?)?;
    let attributes = &work.session.corpus().schema.label(&record.label)?.attributes;
    let date = attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date)?;
    attribute_named(work, ids, &date.name, language)
}

/// The values of the n-th attribute that what is selected has.
pub fn attribute(work: &Workspace, ids: &[Id], index: usize, language: &str) -> Option<AnnotateDialog> {
    let (_, set) = work.page()?;
    let record = set.get(*ids.first()?)?;
    let def = work.session.corpus().schema.label(&record.label)?.attributes.get(index)?;
    attribute_named(work, ids, &def.name, language)
}

/// The values of an attribute.
pub fn attribute_named(work: &Workspace, ids: &[Id], name: &Name, language: &str) -> Option<AnnotateDialog> {
    let (_, set) = work.page()?;
    let record = set.get(*ids.first()?)?;
    let def = work.session.corpus().schema.label(&record.label)?.attribute(name)?;
    let (now, title) = (record.attribute(name).unwrap_or_default(), def.title.get(language));
    let set_to = |value: Option<&str>| {
        Command::Annotate(AnnotateCommand::SetAttribute(ids.to_vec(), name.clone(), value.map(str::to_owned)))
    };
    let mut items: Vec<Item> = match &def.kind {
        AttributeKind::Choice(choices) => choices
            .iter()
            .map(|choice| {
                let item = Item::new(choice.title.get(language), set_to(Some(&choice.name)));
                item.detail(choice.guide.get(language))
            })
            .collect(),
        AttributeKind::Flag => vec![Item::new(t!("flag-yes"), set_to(Some(AttributeKind::SET)))],
        AttributeKind::Text => {
            let target = TextFor::Attribute { ids: ids.to_vec(), name: name.clone() };
            return Some(AnnotateDialog::Text(Box::new(TextDialog::new(format!("{title}:"), now, false, target))));
        }
        AttributeKind::Date => {
            let published = published(work)?;
            let target = ValueFor::Attribute { ids: ids.to_vec(), name: name.clone() };
            let proposed = match work.proposal(record.id) {
                Some(Proposal::Date { attribute, date }) if attribute == *name && now.is_empty() => date.to_string(),
                _ => now.to_owned(),
            };
            let dialog = ValueDialog::new(target, title, &[ValueKind::Date], &proposed, &published);
            return Some(AnnotateDialog::Value(Box::new(dialog)));
        }
    };
    items.push(Item::new(t!("not-set"), set_to(None)));
    Some(AnnotateDialog::Picker(Box::new(
        Picker::new(t!("attribute-now", title = title, value = now), items).with_digits(),
    )))
}

/// The note of what is selected.
pub fn note(work: &Workspace) -> Option<AnnotateDialog> {
    let id = *work.subject().first()?;
    let note = work.page()?.1.get(id)?.note.clone();
    Some(AnnotateDialog::Text(Box::new(TextDialog::new(t!("note-title").to_owned(), &note, true, TextFor::Note(id)))))
}

/// The facts known about the open article.
pub fn describe(work: &Workspace) -> Option<AnnotateDialog> {
    let article = work.session.corpus().article(&work.open.as_ref()?.id)?;
    Some(AnnotateDialog::Describe(Box::new(DescribeDialog::new(article))))
}
