//! The annotators of the sets of an import: as the files say, as their names say, else as a person says.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::formats::{AnnotatorSet, ExchangeDocument, Format, Whole};
use crate::model::{Comment, Decision, Name, Origin, Project, Record, Referents, Target, Via};
use crate::store;

/// New names of annotators, by those that sets have in the files.
pub(super) type Renames = BTreeMap<Name, Name>;

/// The annotator of the starting text of a document in INCEpTION's archives, who is nobody.
const NOBODY: &str = "INITIAL_CAS";
/// The curator there, and the name of that set here.
const CURATOR: (&str, &str) = ("CURATION_USER", "curation");

/// Finds out whose the sets of another program's files are. `unsaid` is the name of sets that say nothing; where `asked` is
/// true a person gave that name, and the only annotator of the files has it too. Sets of several annotators stay apart.
pub(super) fn settle(format: &dyn Format, unsaid: &Name, asked: bool, pages: &mut [ExchangeDocument]) {
    let all = pages.iter().flat_map(|page| &page.sets).map(|layer| &layer.annotator);
    let mut said: BTreeSet<Name> = all.cloned().collect();
    let nameless = said.remove(unsaid);
    if nameless && said.is_empty() {
        by_files(unsaid, pages);
        let all = pages.iter().flat_map(|page| &page.sets).map(|layer| &layer.annotator);
        said = all.filter(|name| *name != unsaid).cloned().collect();
    }
    let mut renames = Renames::new();
    match (said.len(), nameless && pages.iter().flat_map(|page| &page.sets).any(|layer| layer.annotator == *unsaid)) {
        (0, _) => {}
        (1, false) if asked => renames.extend(said.into_iter().map(|name| (name, unsaid.clone()))),
        _ => renames = possible(format, &said, unsaid),
    }
    Renamer(&renames).pages(pages);
}

/// Names that sets can have for the names of annotators that another program gives: an address is called by what stands
/// before the @ where that tells all apart.
fn possible(format: &dyn Format, said: &BTreeSet<Name>, unsaid: &Name) -> Renames {
    let all: Vec<&str> = said.iter().map(Name::as_str).collect();
    let people: Vec<&str> = all.iter().map(|name| format.person(name, &all)).collect();
    let short = |name: &&str| fitting(name.split_once('@').map_or(name, |(before, _)| before));
    let apart = people.iter().map(|name| short(name).to_lowercase()).collect::<HashSet<_>>().len() == people.len();
    let mut taken: HashSet<String> = HashSet::from([unsaid.to_lowercase()]);
    let names = said.iter().zip(people).map(|(said, name)| {
        let name = if apart { short(&name) } else { fitting(name) };
        (said.clone(), free(&name, |name| !taken.insert(name.to_lowercase())))
    });
    names.collect()
}

/// The first of a name, and the name with a number from 2, that is not taken.
pub(super) fn free(name: &str, mut taken: impl FnMut(&str) -> bool) -> Name {
    let numbered = (2..).map(|number: u32| {
        let kept: String = name.chars().take(27).collect();
        format!("{kept}-{number}")
    });
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| store::annotator(name).is_ok() && !taken(name))
        .map_or_else(|| Name::new(name), |name| Name::new(&name))
}

/// The part of a name that can be that of a set, which is a folder's.
pub(super) fn fitting(name: &str) -> String {
    let fits = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = name.trim().chars().map(fits).collect();
    let name: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    let name: String = name.join("-").chars().take(28).collect();
    match name.trim_end_matches('-') {
        "" => "annotator".to_owned(),
        number if number.chars().all(|c| c.is_ascii_digit()) => format!("user-{number}"),
        name => name.to_owned(),
    }
}

/// Tells sets apart by the names of their files or folders, where the files of several annotators lie side by side: the same
/// texts come again under other names.
fn by_files(unsaid: &Name, pages: &mut [ExchangeDocument]) {
    if !archived(pages) && !side_by_side(unsaid, pages) {
        return;
    }
    // The text with which annotators began says nothing about anybody.
    for page in pages.iter_mut() {
        page.sets.retain(|layer| *layer.annotator != *NOBODY);
    }
}

/// Names sets by their files where these lie as in an archive of INCEpTION's: `annotation/DOCUMENT/ANNOTATOR.xmi`. Says
/// whether they do.
fn archived(pages: &mut [ExchangeDocument]) -> bool {
    let person = |file: &str| -> Option<String> {
        let mut parts = file.rsplit('/');
        let (name, _, folder) = (parts.next()?, parts.next()?, parts.next()?);
        if folder != "annotation" && folder != "curation" {
            return None;
        }
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        // Temporary files from which older versions made their archives leave a long number behind.
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let name = if name.len() - bare.len() >= 12 && !bare.is_empty() { bare } else { name };
        Some(if name == CURATOR.0 { CURATOR.1.to_owned() } else { name.to_owned() })
    };
    let names: Vec<Option<String>> = pages.iter().map(|page| person(&page.file)).collect();
    if names.iter().any(Option::is_none) {
        return false;
    }
    for (page, name) in pages.iter_mut().zip(names.into_iter().flatten()) {
        call(page, &Name::new(&name));
    }
    true
}

/// Names sets by the part of their files' paths that tells those with the same text apart. Says whether there is one.
fn side_by_side(unsaid: &Name, pages: &mut [ExchangeDocument]) -> bool {
    let file = |page: &ExchangeDocument| without_number(&page.file).to_owned();
    let mut texts: HashMap<String, BTreeMap<String, usize>> = HashMap::new();
    for page in pages.iter().filter(|page| page.sets.iter().any(|layer| layer.annotator == *unsaid)) {
        *texts.entry(page.text.sha256()).or_default().entry(file(page)).or_default() += 1;
    }
    let shared: Vec<&BTreeMap<String, usize>> = texts.values().filter(|files| files.len() > 1).collect();
    let among: usize = shared.iter().flat_map(|files| files.values()).sum();
    // A text that came twice into a corpus makes nobody an annotator.
    if shared.is_empty() || among * 10 < pages.len() {
        return false;
    }
    let most = shared.iter().map(|files| files.len()).max().unwrap_or(0);
    let part = |path: &str, depth: usize| -> Option<String> {
        let part = path.rsplit('/').nth(depth)?;
        let part = if depth == 0 { part.rsplit_once('.').map_or(part, |(stem, _)| stem) } else { part };
        Some(part.to_owned())
    };
    let tells = |depth: usize| {
        let apart = |files: &&BTreeMap<String, usize>| {
            let names: BTreeSet<Option<String>> = files.keys().map(|path| part(path, depth)).collect();
            names.len() == files.len() && !names.contains(&None)
        };
        let all: BTreeSet<Option<String>> = pages.iter().map(|page| part(&file(page), depth)).collect();
        shared.iter().all(apart) && all.len() <= 2 * most && !all.contains(&None)
    };
    let Some(depth) = (0..4).find(|&depth| tells(depth)) else { return false };
    for page in pages.iter_mut() {
        if let Some(name) = part(&file(page), depth) {
            call(page, &Name::new(&name));
        }
    }
    true
}

/// The file's own name in that of a page, which has the page's number in the file after it where there are several:
/// `tasks.json[3]`.
fn without_number(file: &str) -> &str {
    let numbered = file.strip_suffix(']').map(|file| file.trim_end_matches(|c: char| c.is_ascii_digit()));
    numbered.and_then(|file| file.strip_suffix('[')).unwrap_or(file)
}

/// Gives the sets of a page, and what is in them, to an annotator.
fn call(page: &mut ExchangeDocument, name: &Name) {
    let renames: Renames = page.sets.iter().map(|layer| (layer.annotator.clone(), name.clone())).collect();
    Renamer(&renames).page(page);
}

/// Gives annotators other names, wherever imported records name them.
pub(super) struct Renamer<'r>(pub &'r Renames);

impl Renamer<'_> {
    /// In pages.
    pub fn pages(&self, pages: &mut [ExchangeDocument]) {
        if self.0.iter().any(|(from, to)| from != to) {
            pages.iter_mut().for_each(|page| self.page(page));
        }
    }

    fn page(&self, page: &mut ExchangeDocument) {
        page.sets.iter_mut().for_each(|layer| self.layer(layer));
        self.comments(&mut page.comments);
    }

    /// In what is about a project as a whole.
    pub fn whole(&self, whole: &mut Whole) {
        self.comments(&mut whole.comments);
        let mut referents: BTreeMap<Name, Referents> = BTreeMap::new();
        for (whose, mut all) in std::mem::take(&mut whole.referents) {
            all.values_mut().for_each(|referent| self.made(referent, |one| &one.origin, |one| &mut one.origin));
            referents.entry(self.name(&whose)).or_default().extend(all);
        }
        whole.referents = referents;
        for (whose, record) in &mut whole.beside {
            *whose = self.name(whose);
            self.record(record);
        }
    }

    /// The name that an annotator has now.
    pub fn name(&self, whose: &Name) -> Name {
        self.0.get(whose).unwrap_or(whose).clone()
    }

    fn is_renamed(&self, whose: &Name) -> bool {
        self.0.get(whose).is_some_and(|to| to != whose)
    }

    fn changes(&self, origin: &Origin) -> bool {
        let adopted = match &origin.via {
            Via::Decision { adopted, .. } => &adopted[..],
            Via::Hand | Via::Import { .. } | Via::Suggestion { .. } => &[],
        };
        self.is_renamed(&origin.by) || adopted.iter().any(|name| self.is_renamed(name))
    }

    fn origin(&self, origin: &mut Origin) {
        origin.by = self.name(&origin.by);
        if let Via::Decision { adopted, .. } = &mut origin.via {
            adopted.iter_mut().for_each(|name| *name = self.name(name));
        }
    }

    /// In the origin of a record, which is a copy only where something changes.
    fn made<T: Clone>(&self, record: &mut Arc<T>, origin: fn(&T) -> &Origin, own: fn(&mut T) -> &mut Origin) {
        if self.changes(origin(record)) {
            self.origin(own(Arc::make_mut(record)));
        }
    }

    fn layer(&self, layer: &mut AnnotatorSet) {
        layer.annotator = self.name(&layer.annotator);
        layer.records.iter_mut().for_each(|record| self.made(record, |one| &one.origin, |one| &mut one.origin));
        layer.referents.iter_mut().for_each(|referent| self.made(referent, |one| &one.origin, |one| &mut one.origin));
        layer.decisions.iter_mut().for_each(|decision| self.decision(decision));
    }

    fn decision(&self, decision: &mut Arc<Decision>) {
        self.made(decision, |one| &one.origin, |one| &mut one.origin);
        if decision.of.iter().any(|(name, _)| self.is_renamed(name)) {
            let of = &mut Arc::make_mut(decision).of;
            of.iter_mut().for_each(|(name, _)| *name = self.name(name));
            of.sort();
        }
    }

    fn comments(&self, comments: &mut [(Name, Arc<Comment>)]) {
        for (who, comment) in comments {
            *who = self.name(who);
            self.comment(comment);
        }
    }

    fn comment(&self, comment: &mut Arc<Comment>) {
        self.made(comment, |one| &one.origin, |one| &mut one.origin);
        if comment.to.iter().any(|name| self.is_renamed(name)) {
            Arc::make_mut(comment).to.iter_mut().for_each(|name| *name = self.name(name));
        }
        let (Target::Annotation(whose, _) | Target::Comment(whose, _)) = &comment.on else { return };
        if !self.is_renamed(whose) {
            return;
        }
        if let Target::Annotation(whose, _) | Target::Comment(whose, _) = &mut Arc::make_mut(comment).on {
            *whose = self.name(whose);
        }
    }

    fn record(&self, record: &mut Record) {
        match record {
            Record::Annotation(one) => self.made(one, |one| &one.origin, |one| &mut one.origin),
            Record::Referent(one) => self.made(one, |one| &one.origin, |one| &mut one.origin),
            Record::Judgement(one) => self.made(one, |one| &one.origin, |one| &mut one.origin),
            Record::Dismissal(one) => self.made(one, |one| &one.origin, |one| &mut one.origin),
            Record::Run(one) => self.made(one, |one| &one.origin, |one| &mut one.origin),
            Record::Decision(one) => self.decision(one),
            Record::Comment(one) => self.comment(one),
            // These name nobody.
            Record::Progress(_) | Record::Conflict(_) | Record::Article(_) | Record::Label(_) | Record::Schema(_) => {}
        }
    }
}

/// A name for a new set, from the names of files: none of those that are there, and not the adjudicated one's.
#[must_use]
pub fn proposed_name<'f>(files: impl Iterator<Item = &'f str>, format: &str, there: &[Name]) -> Name {
    const USUAL: [&str; 18] = [
        "all",
        "annotation",
        "annotations",
        "data",
        "dev",
        "export",
        "input",
        "labels",
        "output",
        "out",
        "project",
        "result",
        "results",
        "tasks",
        "test",
        "train",
        "unknown",
        "valid",
    ];
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let stems: BTreeSet<String> = files.map(stem).collect();
    let only = stems.first().filter(|stem| stems.len() == 1 && !USUAL.contains(&&*stem.to_lowercase()));
    let name = fitting(only.map_or(format, |stem| stem));
    let taken = |name: &str| {
        name.eq_ignore_ascii_case(Project::GOLD)
            || there.iter().any(|known| known.to_lowercase() == name.to_lowercase())
    };
    free(&name, taken)
}
