//! What stands over the window and wants an answer: one at a time.

use std::path::PathBuf;

use crate::lang::Language;
use crate::model::{AttributeKind, Id, Kind, Name, Schema};
use crate::store::settings::Settings;
use crate::t;
use crate::ui::annotate::candidates;
use crate::ui::annotate::describe::DescribeDialog;
use crate::ui::annotate::label_all::LabelAll;
use crate::ui::annotate::value_dialog::{ValueDialog, ValueFor};
use crate::ui::commands::view::View;
use crate::ui::commands::{self, Command, KeyContext};
use crate::ui::comments::CommentList;
use crate::ui::exchange::export_dialog::ExportDialog;
use crate::ui::exchange::import_dialog::ImportDialog;
use crate::ui::review::{Identities, PremergeDialog, SetupDialog};
use crate::ui::shell::dispatch;
use crate::ui::shell::reports::ReportDialog;
use crate::ui::shell::saving::Leaving;
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::widgets::picker::{Item, Picker};
use crate::ui::widgets::text_dialog::{TextDialog, TextFor};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;

/// What stands over the window.
pub enum Overlay {
    /// A list to pick from.
    Picker(Box<Picker>),
    /// All keys.
    Keys,
    /// What is wrong in the project.
    Problems,
    /// A text to write.
    Text(Box<TextDialog>),
    /// A value for a role or an attribute.
    Value(Box<ValueDialog>),
    /// The preview of a bulk action.
    LabelAll(Box<LabelAll>),
    /// What people say about the work.
    Comments(Box<CommentList>),
    /// A path to give.
    Path(Box<PathDialog>),
    /// Who is compared.
    Reviewers(Box<SetupDialog>),
    /// Who is who across articles.
    Identities(Box<Identities>),
    /// What would be merged.
    Premerge(PremergeDialog),
    /// What other software wrote, to be brought in.
    Import(Box<ImportDialog>),
    /// A data set to write.
    Export(Box<ExportDialog>),
    /// What is known about the article.
    Describe(Box<DescribeDialog>),
    /// Something that should be thought over before it is done.
    Confirm {
        /// What there is to know.
        title: String,
        /// Why it matters.
        message: String,
        /// What confirming does, on its button.
        yes: String,
        /// What is done then.
        command: Command,
    },
    /// Unsaved work, when its project is to be left.
    Leaving(Box<Leaving>),
    /// Files that held work and are gone.
    Gone,
    /// Reports of panics.
    Reports(Box<ReportDialog>),
    /// A project that somebody else has open: it can be read.
    Locked {
        /// The project.
        dir: PathBuf,
        /// Who has it, in one sentence.
        message: String,
    },
}

/// What an overlay came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It stays.
    Open,
    /// It was left.
    Closed,
    /// It was confirmed.
    Done,
}

impl Overlay {
    /// Whether it waits for a worker.
    pub fn busy(&self) -> bool {
        match self {
            Self::Import(dialog) => dialog.busy(),
            Self::Export(dialog) => dialog.busy(),
            Self::Identities(list) => list.busy(),
            _ => false,
        }
    }

    /// The palette: every command with its key, every label, every article.
    pub fn palette(work: Option<&Workspace>, context: KeyContext, language: &str) -> Self {
        let mut items: Vec<Item> = Vec::new();
        if let Some(work) = work.filter(|_| matches!(context, KeyContext::Annotate | KeyContext::Editing)) {
            items.extend(label_items(&work.session.corpus().schema, language));
        }
        let table = commands::TABLE.iter().filter(|entry| entry.menu.shown(context));
        items.extend(table.map(|entry| Item {
            key: commands::key_of(&entry.command),
            detail: entry.menu.title().to_owned(),
            ..Item::new(entry.title(), entry.command.clone())
        }));
        if let Some(work) = work {
            let article = |article: &std::sync::Arc<crate::model::Article>| {
                let command = Command::OpenArticle(article.id.clone());
                Item::new(format!("{} {}", article.id, article.title), command).detail(t!("palette-article"))
            };
            items.extend(work.session.corpus().articles().iter().take(5_000).map(article));
        }
        Self::Picker(Box::new(Picker::new(t!("palette-title"), items)))
    }

    /// Candidates for the armed role; none where no role is armed.
    pub fn candidates(work: &Workspace, language: &str) -> Option<Self> {
        let (frame, name) = dispatch::armed(work)?;
        let (text, set) = work.page()?;
        let record = set.get(frame)?;
        let corpus = work.session.corpus();
        let def = corpus.schema.label(&record.label)?;
        let role = def.role(&name)?;
        let items = candidates::candidates(corpus, &work.key()?, text, set, (record, def, role), &work.recent);
        let title = t!(
            "candidates-title",
            role = role.title.get(language),
            label = def.title.get(language),
            card = card::title(text, record)
        );
        Some(Self::Picker(Box::new(Picker::new(title, items).with_digits())))
    }

    /// A value for the armed role, or else for the date attribute of what is selected; none where neither is there.
    pub fn value(work: &Workspace, language: &str) -> Option<Self> {
        let Some((frame, role)) = dispatch::armed(work) else { return Self::date_attribute(work, language) };
        let (_, set) = work.page()?;
        let def = work.session.corpus().schema.label(&set.get(frame)?.label)?.role(&role)?;
        if def.values.is_empty() {
            return None;
        }
        let published = work.session.corpus().article(&work.open.as_ref()?.id)?.published.clone();
        let title = def.title.get(language);
        let dialog = ValueDialog::new(ValueFor::Role { frame, role }, title, &def.values, "", &published);
        Some(Self::Value(Box::new(dialog)))
    }

    fn date_attribute(work: &Workspace, language: &str) -> Option<Self> {
        let ids = &work.open.as_ref()?.selected;
        let record = work.page()?.1.get(*ids.first()?)?;
        let attributes = &work.session.corpus().schema.label(&record.label)?.attributes;
        let date = attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date)?;
        Self::attribute_named(work, ids, &date.name, language)
    }

    /// The values of the n-th attribute that what is selected has.
    pub fn attribute(work: &Workspace, ids: &[Id], index: usize, language: &str) -> Option<Self> {
        let (_, set) = work.page()?;
        let record = set.get(*ids.first()?)?;
        let def = work.session.corpus().schema.label(&record.label)?.attributes.get(index)?;
        Self::attribute_named(work, ids, &def.name, language)
    }

    /// The values of an attribute.
    pub fn attribute_named(work: &Workspace, ids: &[Id], name: &Name, language: &str) -> Option<Self> {
        let (_, set) = work.page()?;
        let record = set.get(*ids.first()?)?;
        let def = work.session.corpus().schema.label(&record.label)?.attribute(name)?;
        let (now, title) = (record.attribute(name).unwrap_or_default(), def.title.get(language));
        let set_to = |value: Option<&str>| Command::SetAttribute(ids.to_vec(), name.clone(), value.map(str::to_owned));
        let mut items: Vec<Item> = match &def.kind {
            AttributeKind::Choice(choices) => choices
                .iter()
                .map(|choice| {
                    let item = Item::new(choice.title.get(language), set_to(Some(&choice.name)));
                    item.detail(choice.guide.get(language))
                })
                .collect(),
            AttributeKind::Flag => vec![Item::new(t!("flag-yes"), set_to(Some(t!("flag-yes"))))],
            AttributeKind::Text => {
                let target = TextFor::Attribute { ids: ids.to_vec(), name: name.clone() };
                return Some(Self::Text(Box::new(TextDialog::new(format!("{title}:"), now, false, target))));
            }
            AttributeKind::Date => {
                let published = work.session.corpus().article(&work.open.as_ref()?.id)?.published.clone();
                let target = ValueFor::Attribute { ids: ids.to_vec(), name: name.clone() };
                let dialog = ValueDialog::new(target, title, &[crate::model::ValueKind::Date], now, &published);
                return Some(Self::Value(Box::new(dialog)));
            }
        };
        items.push(Item::new(t!("not-set"), set_to(None)));
        Some(Self::Picker(Box::new(Picker::new(t!("attribute-now", title = title, value = now), items).with_digits())))
    }

    /// The referents that what is selected may be about; typed text makes a new one.
    pub fn refer(work: &Workspace) -> Option<Self> {
        let ids = work.open.as_ref()?.selected.clone();
        let (text, set) = work.page()?;
        let record = set.get(*ids.first()?)?;
        let words = crate::ui::workspace::card::title(text, record);
        let mut items: Vec<Item> = Vec::new();
        let referents = work.session.corpus().referents(work.owner());
        let mut alike: Vec<_> = referents.into_iter().flatten().map(|(_, referent)| referent).collect();
        // Those with the same label come first, and of those the ones whose name shares words with the annotation.
        let shares = |name: &str| name.split_whitespace().filter(|word| words.contains(*word)).count();
        alike.sort_by_key(|it| (it.label != record.label, std::cmp::Reverse(shares(&it.name)), it.name.clone()));
        for referent in alike {
            let command = Command::ReferTo(ids.clone(), Some(referent.id));
            items.push(Item::new(&referent.name, command).detail(referent.label.as_str()));
        }
        items.push(Item::new(&words, Command::ReferNew(ids.clone(), words.clone())).detail(t!("refer-new")));
        if record.referent.is_some() {
            items.push(Item::new(t!("refer-unknown"), Command::ReferTo(ids.clone(), None)));
        }
        let make = |name: &str, ids: &[Id]| {
            Item::new(name, Command::ReferNew(ids.to_vec(), name.to_owned())).detail(t!("refer-new"))
        };
        let picker = Picker::new(t!("refer-title", words = crate::ui::workspace::card::short(&words, 50)), items);
        Some(Self::Picker(Box::new(picker.with_digits().with_make(ids, make))))
    }

    /// What an annotator should know before seeing what others marked in an article that is not done.
    pub fn unfinished(view: View) -> Self {
        Self::Confirm {
            title: t!("unfinished-title").to_owned(),
            message: t!("unfinished-message").to_owned(),
            yes: t!("unfinished-yes").to_owned(),
            command: Command::ShowAnyway(view),
        }
    }

    /// Whose set to show beside one's own; none where nobody's may be seen.
    pub fn beside(work: &Workspace) -> Option<Self> {
        let names = work.others();
        if names.is_empty() {
            return None;
        }
        let item = |name: Name| Item::new(name.as_str(), Command::ShowBeside(Some(name.clone())));
        let mut items: Vec<Item> = names.into_iter().map(item).collect();
        items.push(Item::new(t!("beside-nobody"), Command::ShowBeside(None)));
        Some(Self::Picker(Box::new(Picker::new(t!("beside-title"), items).with_digits())))
    }

    /// The languages that the window can speak.
    pub fn language() -> Self {
        let follow = Item::new(t!("language-system"), Command::Speak(None)).detail(Language::of_system().name());
        let named = Language::ALL.map(|language| Item::new(language.name(), Command::Speak(Some(language))));
        let items = std::iter::once(follow).chain(named).collect();
        Self::Picker(Box::new(Picker::new(t!("language-title"), items).with_digits()))
    }

    /// The note of what is selected.
    pub fn note(work: &Workspace) -> Option<Self> {
        let id = *work.open.as_ref()?.selected.first()?;
        let note = work.page()?.1.get(id)?.note.clone();
        Some(Self::Text(Box::new(TextDialog::new(t!("note-title").to_owned(), &note, true, TextFor::Note(id)))))
    }

    /// What is known about the open article.
    pub fn describe(work: &Workspace) -> Option<Self> {
        let article = work.session.corpus().article(&work.open.as_ref()?.id)?;
        Some(Self::Describe(Box::new(DescribeDialog::new(article))))
    }

    /// Under which name to label.
    pub fn name(settings: &Settings) -> Self {
        let offered = if settings.annotator.is_empty() { Settings::login_name() } else { settings.annotator.clone() };
        let title = t!("name-title").to_owned();
        Self::Text(Box::new(TextDialog::new(title, &offered, false, TextFor::Annotator)))
    }

    /// Annotations of other software to bring in.
    pub fn import(work: &Workspace, language: &str) -> Self {
        let schema = work.session.corpus().schema.clone();
        Self::Import(Box::new(ImportDialog::new(schema, work.annotator(), language)))
    }

    /// A data set to write; the project's files hold everything by then.
    pub fn export(work: &Workspace, language: &str) -> Self {
        Self::Export(Box::new(ExportDialog::new(work, language)))
    }

    /// A project to open.
    pub fn open_project(recent: &[PathBuf]) -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Open, recent)))
    }

    /// A folder for a new project.
    pub fn new_project() -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::New, &[])))
    }

    /// A folder for a copy of the project.
    pub fn copy() -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Copy, &[])))
    }

    /// A file for what the dashboard shows.
    pub fn save_figures(picture: bool, suggested: String) -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Figures(picture), &[]).with_path(suggested)))
    }

    /// Files and folders with articles.
    pub fn add_articles() -> Self {
        Self::Path(Box::new(PathDialog::new(Purpose::Add, &[])))
    }
}

fn label_items(schema: &Schema, language: &str) -> Vec<Item> {
    let item = |label: &crate::model::LabelDef| {
        let title = label.title.get(language).to_lowercase();
        Item {
            key: label.key.map(String::from).unwrap_or_default(),
            ..Item::new(
                match label.kind {
                    Kind::Document => t!("label-article-as", label = title),
                    _ => t!("label-as", label = title),
                },
                Command::Label(label.name.clone()),
            )
            .detail(crate::ui::workspace::card::short(label.guide.get(language), 60))
        }
    };
    schema.labels.iter().map(item).collect()
}
