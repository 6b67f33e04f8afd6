use crate::lang::{InWords, Message};
use crate::message;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::examples::Examples;
use super::mapping::ForeignNames;
use super::standing::{self, Allowed, Occupied, Working};
use super::whose::{Renamer, Renames, settle};

use crate::edit::Edit;
use crate::formats::{
    ExchangeDocument, Format, ImportContext, ImportCounts, ImportEdits, ImportFiles, ImportedComments, Item, NameMap,
    ReadOptions, RecordNames, Usage, Whole, respace, spaceless,
};
use crate::ingest::Draft;
use crate::model::{
    Article, ArticleId, Comment, Corpus, LabelDef, Name, Problem, Project, RecordFile, SetKind, Timestamp, digest,
};
use crate::store::{self, Added, Adder, AnnotatorError, Link, NewText, Snapshot, StoreError, WorkingCopy};
use crate::text::Text;

/// The content of imported files, before anything of it is in a project.
#[derive(Debug)]
pub struct PendingImport {
    /// The name of sets that do not say whose they are; empty where nobody has said it yet.
    annotator: Name,
    /// The kind that a person says.
    kind: Option<SetKind>,
    /// True where a model's predictions come in place of its old ones.
    replaces: bool,
    /// The sets that may be added to.
    allowed: Allowed,
    pub(super) pages: Vec<ExchangeDocument>,
    whole: Whole,
    /// The problems of reading, each with file and line.
    pub problems: Vec<Problem>,
    /// The ways in which files were understood, each with its files.
    understood: Vec<(Message, Vec<String>)>,
    /// Texts that come more than once for one annotator, whose annotations are put together.
    twice: usize,
    /// Annotations of annotators who are left out.
    left_out: usize,
    /// The texts of the project that its own were compared with already, by their SHA-256.
    compared: HashSet<String>,
}

/// The outcome of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportOutcome {
    /// Articles.
    pub articles: RecordCount,
    /// Annotations.
    pub annotations: RecordCount,
    /// Annotations of a model that others came in place of.
    #[serde(skip_serializing_if = "is_zero")]
    pub replaced: usize,
    /// New referents.
    pub referents: usize,
    /// New records about two referents.
    #[serde(skip_serializing_if = "is_zero")]
    pub about_referents: usize,
    /// New decisions of review.
    pub decisions: usize,
    /// Comments.
    pub comments: RecordCount,
    /// Labels that the project did not know.
    pub new_labels: Vec<Name>,
    /// Annotations, referents that no article mentions, fillers of roles and values that were to be left out.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// Texts that came more than once for one annotator, whose annotations are together now.
    #[serde(skip_serializing_if = "is_zero")]
    pub twice: usize,
    /// The records that were left out, each with file and line.
    pub problems: Vec<Problem>,
}

/// Counts of records that are new and that were there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RecordCount {
    /// New.
    pub added: usize,
    /// There already.
    pub known: usize,
}

/// Checks the name of a set: an annotator's, or the adjudicated one's.
///
/// # Errors
/// If the name cannot be that of a folder.
pub fn set_name(text: &str) -> Result<Name, AnnotatorError> {
    if text == Project::GOLD { Ok(text.into()) } else { store::annotator(text) }
}

/// The same as [`set_name`], and whether no other of these names is this one but for capitals.
fn distinct(text: &str, names: &mut HashMap<String, Name>) -> Result<Name, AnnotatorError> {
    let name = set_name(text)?;
    let other = names.entry(name.to_lowercase()).or_insert_with(|| name.clone());
    match *other == name {
        true => Ok(name),
        false => Err(AnnotatorError::Case { name: name.to_string(), other: other.to_string() }),
    }
}

impl PendingImport {
    /// Reads files. Sets that do not say whose they are become `annotator`'s, as does the only one that another program's
    /// files name; those of several annotators stay apart. `going` is told how many articles were read and says whether to go
    /// on; none where it said no.
    #[must_use]
    pub fn read(
        format: &dyn Format,
        source: &ImportFiles,
        annotator: Option<&Name>,
        options: &ReadOptions,
        going: &mut dyn FnMut(usize) -> bool,
    ) -> Option<Self> {
        let unsaid = annotator.cloned().unwrap_or_else(|| Name::new(""));
        let mut pending = Self {
            annotator: unsaid.clone(),
            kind: None,
            replaces: false,
            allowed: Allowed::default(),
            pages: Vec::new(),
            whole: Whole::default(),
            problems: Vec::new(),
            understood: Vec::new(),
            twice: 0,
            left_out: 0,
            compared: HashSet::new(),
        };
        let left_out = source.left_out().map(|(name, why)| Problem::error("unreadable", why.clone()).at(name, None));
        pending.problems.extend(left_out);
        let mut stopped = false;
        let reading = ImportContext::with(&unsaid, Timestamp::now(), options);
        format.read(source, &reading, &mut |item| {
            if !stopped && !going(pending.pages.len()) {
                stopped = true;
                source.stop();
            }
            match item {
                _ if stopped => pending.pages.clear(),
                Item::Document(page) => pending.pages.push(*page),
                Item::Whole(found) => pending.whole = *found,
                Item::Problem(problem) => pending.problems.push(problem),
                Item::Note { file, note } => pending.understand(file, note),
            }
        });
        if stopped || source.is_stopped() {
            return None;
        }
        if !format.info().several_sets {
            settle(format, &unsaid, annotator.is_some(), &mut pending.pages);
        }
        let mut names: HashMap<String, Name> = HashMap::new();
        for page in &mut pending.pages {
            hear(&mut page.comments, &mut pending.problems);
            // A name is a folder's name too: one from a file must not lead anywhere else.
            page.sets.retain(|layer| match distinct(&layer.annotator, &mut names) {
                _ if layer.annotator.is_empty() => true,
                Ok(_) => true,
                Err(error) => {
                    let count = layer.records.len();
                    let message = message!("import-left-out", error = error, count = count, article = page.id);
                    pending.problems.push(Problem::error("annotator", message));
                    false
                }
            });
        }
        hear(&mut pending.whole.comments, &mut pending.problems);
        pending.twice = twice(&pending.pages);
        Some(pending)
    }

    /// Notes how a file was understood.
    fn understand(&mut self, file: String, note: Message) {
        match self.understood.iter_mut().find(|(said, _)| *said == note) {
            Some((_, files)) => files.push(file),
            None => self.understood.push((note, vec![file])),
        }
    }

    /// Sentences that say how files were understood where they do not say it themselves.
    pub fn notes(&self) -> impl Iterator<Item = Message> {
        self.understood.iter().map(|(note, files)| match &files[..] {
            [first, _, ..] => message!("files-why", file = first, more = files.len() - 1, why = note),
            _ => message!("file-why", file = files.concat(), why = note),
        })
    }

    /// The same with a kind that a person says; none where the files or the project say it.
    #[must_use]
    pub fn of_kind(self, kind: Option<SetKind>) -> Self {
        Self { kind, ..self }
    }

    /// The same, where a model's predictions come in place of its old ones in the articles of the files.
    #[must_use]
    pub fn replacing(self, replaces: bool) -> Self {
        Self { replaces, ..self }
    }

    /// The same, where more than new sets may be made.
    #[must_use]
    pub fn allowing(self, allowed: Allowed) -> Self {
        Self { allowed, ..self }
    }

    /// The names of the sets, with the number of annotations in each; the empty name is that of sets that nobody has named.
    #[must_use]
    pub fn sets(&self) -> BTreeMap<Name, usize> {
        let mut sets = BTreeMap::new();
        for layer in self.pages.iter().flat_map(|page| &page.sets) {
            *sets.entry(layer.annotator.clone()).or_default() += layer.records.len();
        }
        sets
    }

    /// The same with other names for annotators, wherever they are named, and without what is theirs where they have none.
    ///
    /// # Errors
    /// If a name cannot be that of a set.
    pub fn called(mut self, names: &BTreeMap<Name, Option<Name>>) -> Result<Self, AnnotatorError> {
        let left_out = |name: &Name| names.get(name).is_some_and(Option::is_none);
        for page in &mut self.pages {
            let out = page.sets.extract_if(.., |layer| left_out(&layer.annotator));
            self.left_out += out.map(|layer| layer.records.len()).sum::<usize>();
            page.comments.retain(|(who, _)| !left_out(who));
        }
        self.whole.comments.retain(|(who, _)| !left_out(who));
        self.whole.referents.retain(|whose, _| !left_out(whose));
        self.whole.beside.retain(|(whose, _)| !left_out(whose));
        let named = names.iter().filter_map(|(from, to)| Some((from, to.as_ref()?)));
        let names: Renames =
            named.map(|(from, to)| Ok((from.clone(), set_name(to)?))).collect::<Result<_, AnnotatorError>>()?;
        let renamer = Renamer(&names);
        renamer.pages(&mut self.pages);
        renamer.whole(&mut self.whole);
        self.annotator = renamer.name(&self.annotator);
        Ok(self)
    }

    /// Checks that only sets of models are replaced: what a person marked or decided stays.
    ///
    /// # Errors
    /// The first set that is none, in one sentence.
    pub fn check_replacing(&self, project: &Project, makers: &[Name]) -> Result<(), Message> {
        let person = |(name, said): &(Name, Option<SetKind>)| self.replaces && !is_model(project, makers, name, *said);
        match self.kinds().into_iter().find(person) {
            Some((name, _)) => Err(message!("import-not-model", name = name)),
            None => Ok(()),
        }
    }

    /// The kind of each set, by name: what a person says of the set that was asked for, else what the files say, else what
    /// a person says; none where nobody says anything.
    fn kinds(&self) -> BTreeMap<Name, Option<SetKind>> {
        let mut kinds: BTreeMap<Name, Option<SetKind>> = BTreeMap::new();
        for layer in self.pages.iter().flat_map(|page| &page.sets) {
            let said = kinds.entry(layer.annotator.clone()).or_default();
            *said = said.or(layer.kind);
        }
        for (name, said) in &mut kinds {
            *said = if *name == self.annotator { self.kind.or(*said) } else { said.or(self.kind) };
        }
        kinds
    }

    /// The number of articles.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.pages.len()
    }

    /// The number of annotations.
    #[must_use]
    pub fn annotations(&self) -> usize {
        self.pages.iter().flat_map(|page| &page.sets).map(|layer| layer.records.len()).sum()
    }

    /// The names that annotations have: labels, their roles and attributes, values of these.
    #[must_use]
    pub fn names(&self) -> ForeignNames {
        ForeignNames::of(&self.pages)
    }

    /// Brings everything into a project as one transaction: new articles are added, those that are there already (the
    /// same text, or the same but for white space) get the annotations. Labels become what `map` says, else those of the
    /// same name; with `extend`, labels that the project does not know are added to its schema. `going` is told how much
    /// of how much is done, and says whether to go on; none where it said no, and nothing is changed then.
    ///
    /// The session goes on meanwhile: what is done in it stays, and what it made superfluous does not come in.
    ///
    /// # Errors
    /// If the project's files cannot be read or written; nothing is changed then.
    pub fn bring_in(
        mut self,
        link: &Link,
        map: &NameMap,
        extend: bool,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<ImportOutcome>, StoreError> {
        let mut adder = Adder::new(link).without_comparing();
        let project = adder.begin()?;
        let mut snapshot = project.snapshot();
        let settings = snapshot.corpus().project.clone();
        let kinds = self.kinds();
        let makers = snapshot.makers();
        if let Some(kind) = self.kind {
            let of_person = |(name, said): &(&Name, &Option<SetKind>)| **said == Some(kind) && makers.contains(name);
            for (name, _) in kinds.iter().filter(of_person) {
                settings.may_be(name, kind, &makers)?;
            }
        }
        let replaced: HashSet<Name> = (kinds.iter())
            .filter(|(name, said)| self.replaces && is_model(&settings, &makers, name, **said))
            .map(|(name, _)| name.clone())
            .collect();
        let schema = snapshot.corpus().schema.clone();
        let mut usage = Usage::default();
        let mut renaming = map.at_work(&schema);
        renaming.apply(&mut self.pages, &mut self.whole);
        self.pages.iter().for_each(|page| usage.add(page));
        let left_out = self.left_out + renaming.left_out;
        let values = if extend { ForeignNames::of(&self.pages).values() } else { BTreeMap::new() };
        if !self.find_known(&snapshot, going) {
            return Ok(None);
        }
        let Some(occupied) = self.occupied(&mut snapshot, going) else { return Ok(None) };
        drop(snapshot);
        if let Some(refused) = occupied.iter().find_map(|one| one.refused(self.allowed)) {
            return Err(StoreError::Refused(refused));
        }
        let title = format!("import {} articles", self.pages.len());
        let texts = self.pages.iter().map(new_text).collect();
        let Some(new) = adder.write(&project, texts, going)? else { return Ok(None) };
        let (mut taken, mut new_labels) = (ImportCounts::default(), Vec::new());
        let added = adder.commit(&title, project, new, &mut |project, added| {
            self.load_known(project, added)?;
            // The schema as it is now, for it may have changed since the names were looked at.
            let schema = project.corpus().schema.clone();
            new_labels = usage.new_labels(&schema, &self.whole.labels);
            let labels = if extend { extended(&new_labels, usage.fuller_labels(&schema, &values)) } else { Vec::new() };
            if project.corpus().project.schema_locked && !labels.is_empty() {
                return Err(StoreError::Refused(message!("schema-locked")));
            }
            let (mut edits, counts) = self.edits(project.corpus(), added, replaced.clone());
            taken = counts;
            edits.splice(0..0, labels);
            Ok(edits)
        })?;
        self.problems.extend(settle_kinds(link, &settings, &kinds, &makers));
        // The article of several annotators comes as often as they are.
        let (mut new, mut known): (HashSet<&ArticleId>, HashSet<&ArticleId>) = Default::default();
        for added in &added {
            match added {
                Added::Added { id, .. } => new.insert(id),
                Added::Skipped { same_as, .. } => known.insert(same_as),
            };
        }
        let known = known.difference(&new).count();
        Ok(Some(ImportOutcome {
            articles: RecordCount { added: new.len(), known },
            annotations: RecordCount { added: taken.annotations, known: taken.known },
            replaced: taken.replaced,
            referents: taken.referents,
            about_referents: taken.beside,
            decisions: taken.decisions,
            comments: RecordCount { added: taken.comments, known: taken.known_comments },
            new_labels: new_labels.into_iter().map(|label| label.name).collect(),
            left_out,
            twice: self.twice,
            problems: self.problems,
        }))
    }

    /// Gives pages that differ from an article of the project in white space alone that article's text. `going` says whether
    /// to go on; false where it said no.
    pub fn find_known(&mut self, project: &Snapshot, going: &mut dyn FnMut(usize, usize) -> bool) -> bool {
        find_by_words(project, &mut self.pages, &mut self.compared, going)
    }

    /// The sets that it would add to although people have work in their articles; after [`Self::find_known`]. None where
    /// `going` said no.
    pub fn occupied(
        &self,
        project: &mut Snapshot,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<Vec<Occupied>> {
        standing::occupied(&self.pages, project, going)
    }

    /// The work of people in the articles that come in; after [`Self::find_known`]. None where `going` said no.
    pub fn working(&self, project: &mut Snapshot, going: &mut dyn FnMut(usize, usize) -> bool) -> Option<Vec<Working>> {
        standing::working(&self.pages, project, going)
    }

    /// Some of the annotations, as they will stand.
    #[must_use]
    pub fn examples(&self) -> Examples {
        Examples::of(&self.pages)
    }

    /// The edits that bring in everything but the articles themselves, and their counts.
    fn edits(&self, corpus: &Corpus, added: &[Added], replaced: HashSet<Name>) -> (Vec<Edit>, ImportCounts) {
        let mut take = ImportEdits::new(corpus).replacing(replaced);
        let mut comments = Vec::new();
        for (page, added) in self.pages.iter().zip(added) {
            let article = id_of(added).clone();
            let names = take.page(&article, page);
            if !page.comments.is_empty() {
                let digest = digest(&page.text.sha256()).to_owned();
                comments.push(ImportedComments { article, digest, names, comments: page.comments.clone() });
            }
        }
        let strays = self.whole.comments.iter().map(|comment| ImportedComments {
            article: unmatched(&comment.1.article, corpus, added),
            digest: String::new(),
            names: RecordNames::new(),
            comments: vec![comment.clone()],
        });
        comments.extend(strays);
        take.replace();
        take.comments(&comments);
        let besides: BTreeSet<&Name> = self.whole.beside.iter().map(|(whose, _)| whose).collect();
        for (whose, referents) in self.whole.referents.iter().filter(|(whose, _)| set_name(whose).is_ok()) {
            take.referents(whose, referents.values());
        }
        for whose in besides.into_iter().filter(|whose| set_name(whose).is_ok()) {
            let theirs = self.whole.beside.iter().filter(|(maker, _)| maker == whose).map(|(_, record)| record);
            take.beside(whose, theirs);
        }
        let counts = take.taken;
        (take.edits(), counts)
    }

    /// Reads the sets that are added to, and their makers' referents.
    fn load_known(&self, project: &mut WorkingCopy, added: &[Added]) -> Result<(), StoreError> {
        let known = self.pages.iter().zip(added).filter_map(|(page, added)| {
            let article = project.corpus().article(id_of(added))?.clone();
            Some((article, page.sets.iter().map(|layer| layer.annotator.clone()).collect()))
        });
        let known: Vec<(Arc<Article>, Vec<Name>)> = known.collect();
        project.load(&known)?;
        let sets = self.pages.iter().flat_map(|page| &page.sets);
        let makers: BTreeSet<&Name> = sets.map(|layer| &layer.annotator).collect();
        makers.into_iter().for_each(|maker| project.load_referents(maker));
        Ok(())
    }
}

/// The article that became of a text.
fn id_of(added: &Added) -> &ArticleId {
    let (Added::Added { id, .. } | Added::Skipped { same_as: id, .. }) = added;
    id
}

/// The number of texts that come more than once for one annotator.
fn twice(pages: &[ExchangeDocument]) -> usize {
    let mut times: HashMap<(String, &Name), usize> = HashMap::new();
    for page in pages {
        let sha256 = page.text.sha256();
        for layer in &page.sets {
            *times.entry((sha256.clone(), &layer.annotator)).or_default() += 1;
        }
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|((sha256, _), _)| sha256).collect::<HashSet<_>>().len()
}

/// Says whether a set is a model's: as the project has it, or as is said where it is new.
fn is_model(project: &Project, makers: &[Name], name: &Name, said: Option<SetKind>) -> bool {
    let kind = if makers.contains(name) { Some(project.kind(name)) } else { said };
    kind == Some(SetKind::Model)
}

/// Lists the kinds of sets that came under new names; gives the problems of those that have another kind here.
fn settle_kinds(
    link: &Link,
    project: &Project,
    kinds: &BTreeMap<Name, Option<SetKind>>,
    makers: &[Name],
) -> Option<Problem> {
    let (mut refused, mut new): (Vec<Message>, Vec<(Name, SetKind)>) = Default::default();
    for (name, kind) in kinds.iter().filter_map(|(name, kind)| Some((name, (*kind)?))) {
        match project.may_be(name, kind, makers) {
            Ok(()) => new.push((name.clone(), kind)),
            Err(why) => refused.push(why.in_words()),
        }
    }
    let listed = link.change_project(move |project| new.iter().for_each(|(name, kind)| project.set_kind(name, *kind)));
    let failed = listed.err().map(|why| message!("import-kind-not-noted", why = why));
    let message =
        failed.into_iter().chain(refused).reduce(|one, other| message!("both-sentences", one = one, other = other));
    message.map(|message| Problem::warning("set-kind", message))
}

/// Leaves out the comments of those who cannot be anybody here: a name is a folder's name, too.
fn hear(comments: &mut Vec<(Name, Arc<Comment>)>, problems: &mut Vec<Problem>) {
    comments.retain(|(who, comment)| match set_name(who) {
        Ok(_) => true,
        Err(error) => {
            let message = message!("import-comment", error = error, comment = comment.id, article = comment.article);
            problems.push(Problem::error("annotator", message));
            false
        }
    });
}

/// Returns the id of an article that is not there, so that comments on it do not come to be about another one.
fn unmatched(named: &ArticleId, corpus: &Corpus, added: &[Added]) -> ArticleId {
    let there = |id: &ArticleId| {
        let new = |added: &Added| matches!(added, Added::Added { id: new, .. } if new == id);
        corpus.article(id).is_some() || added.iter().any(new)
    };
    let others = (1..).filter_map(|number: u32| ArticleId::new(&format!("gone-{number}")));
    std::iter::once(named.clone()).chain(others).find(|id| !there(id)).expect("numbers do not run out")
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde calls it.
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The edits that give a schema labels, and labels that it has what they lack.
fn extended(new: &[LabelDef], fuller: Vec<(LabelDef, LabelDef)>) -> Vec<Edit> {
    let edit = |before: Option<LabelDef>, after: LabelDef| {
        Edit::new(RecordFile::Schema, before.map(Arc::new), Some(Arc::new(after)))
    };
    let new = new.iter().map(|label| edit(None, label.clone()));
    new.chain(fuller.into_iter().map(|(before, after)| edit(Some(before), after))).collect()
}

/// Gives the text of the project to pages that differ from it in white space alone.
fn find_by_words(
    project: &Snapshot,
    pages: &mut [ExchangeDocument],
    compared: &mut HashSet<String>,
    going: &mut dyn FnMut(usize, usize) -> bool,
) -> bool {
    let articles = project.corpus().articles();
    if articles.is_empty() {
        return true;
    }
    let exact: HashSet<&str> = articles.iter().map(|article| article.sha256.as_str()).collect();
    let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        if !exact.contains(page.text.sha256().as_str()) {
            wanted.entry(spaceless(page.text.as_str())).or_default().push(at);
        }
    }
    for (done, article) in articles.iter().enumerate() {
        if wanted.is_empty() {
            break;
        }
        if compared.contains(&article.sha256) {
            continue;
        }
        if !going(done, articles.len()) {
            return false;
        }
        // A text that cannot be read is a problem of the project's, told at its place.
        let Ok(loaded) = project.loader().read(article, &[]) else { continue };
        let text = loaded.text();
        compared.insert(article.sha256.clone());
        for at in wanted.remove(&spaceless(text.as_str())).into_iter().flatten() {
            respace(&mut pages[at], text);
        }
    }
    true
}

/// The text of an article, with what is known about it.
fn new_text(page: &ExchangeDocument) -> NewText {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let about = &page.about;
    let named = if page.id.is_empty() { "imported" } else { &page.id };
    let about = Draft {
        text: String::new(),
        title: given(&about.title).or_else(|| headline(&page.text)).unwrap_or_else(|| named.to_owned()),
        publisher: given(&about.publisher),
        author: given(&about.author),
        published: given(&about.published),
        dateline: given(&about.dateline),
        url: given(&about.url),
        language: given(&about.language),
        source: given(&about.source).unwrap_or_else(|| named.to_owned()),
        source_sha256: about.source_sha256.clone(),
        notes: Vec::new(),
    };
    NewText { text: page.text.clone(), about }
}

/// The first line that says something, cut where it is long.
fn headline(text: &Text) -> Option<String> {
    let line = text.as_str().lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(80).collect())
}
