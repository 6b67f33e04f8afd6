use crate::lang::{InWords, Message};
use crate::message;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use crate::edit::Edit;
use crate::formats::{
    ExchangeDocument, Format, ImportContext, ImportCounts, ImportEdits, ImportedComments, Item, LabelMap, OffsetUnit,
    RecordNames, Source, Usage, Whole, respace, spaceless,
};
use crate::ingest::Draft;
use crate::model::{
    ArticleId, Comment, Corpus, LabelDef, Name, Problem, Project, RecordFile, Schema, SetKind, Target, Timestamp,
    digest,
};
use crate::store::{self, Added, AnnotatorError, Session, StoreError};
use crate::text::Text;

/// The content of imported files, before anything of it is in a project.
#[derive(Debug)]
pub struct PendingImport {
    annotator: Name,
    /// The kind that a person says.
    kind: Option<SetKind>,
    /// True where a model's predictions come in place of its old ones.
    replaces: bool,
    pages: Vec<ExchangeDocument>,
    /// True where no article had more than one set: that is called as it was asked for.
    single: bool,
    whole: Whole,
    /// The problems of reading, each with file and line.
    pub problems: Vec<Problem>,
}

/// A label as the files name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelUse {
    /// The name in the files.
    pub name: Name,
    /// The number of annotations that have it.
    pub count: usize,
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
    /// Reads files for an annotator's set; where a file holds the sets of several, each keeps its own name. `going` is
    /// told how many articles were read and says whether to go on; none where it said no.
    #[must_use]
    pub fn read(
        format: &dyn Format,
        source: &Source,
        annotator: &Name,
        unit: Option<OffsetUnit>,
        going: &mut dyn FnMut(usize) -> bool,
    ) -> Option<Self> {
        let mut pending = Self {
            annotator: annotator.clone(),
            kind: None,
            replaces: false,
            pages: Vec::new(),
            single: false,
            whole: Whole::default(),
            problems: Vec::new(),
        };
        let left_out = source.left_out().map(|(name, why)| Problem::error("unreadable", why.clone()).at(name, None));
        pending.problems.extend(left_out);
        let mut stopped = false;
        let reading = ImportContext::new(annotator, Timestamp::now(), unit);
        format.read(source, &reading, &mut |item| {
            stopped = stopped || !going(pending.pages.len());
            match item {
                _ if stopped => pending.pages.clear(),
                Item::Document(page) => pending.pages.push(*page),
                Item::Whole(found) => pending.whole = *found,
                Item::Problem(problem) => pending.problems.push(problem),
            }
        });
        if stopped {
            return None;
        }
        pending.single = pending.pages.iter().all(|page| page.sets.len() <= 1);
        let mut renamed = None;
        let mut names: HashMap<String, Name> = HashMap::new();
        for page in &mut pending.pages {
            if let [only] = &mut page.sets[..] {
                let said = std::mem::replace(&mut only.annotator, annotator.clone());
                rename(&mut page.comments, &said, annotator);
                renamed = Some(said);
            }
            hear(&mut page.comments, &mut pending.problems);
            // A name is a folder's name too: one from a file must not lead anywhere else.
            page.sets.retain(|layer| match distinct(&layer.annotator, &mut names) {
                Ok(_) => true,
                Err(error) => {
                    let count = layer.records.len();
                    let message = message!("import-left-out", error = error, count = count, article = page.id);
                    pending.problems.push(Problem::error("annotator", message));
                    false
                }
            });
        }
        if let Some(said) = renamed.filter(|_| pending.pages.iter().all(|page| page.sets.len() == 1)) {
            rename(&mut pending.whole.comments, &said, annotator);
        }
        hear(&mut pending.whole.comments, &mut pending.problems);
        Some(pending)
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

    /// Every label that annotations have, by name.
    #[must_use]
    pub fn labels(&self) -> Vec<LabelUse> {
        let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
        for record in self.pages.iter().flat_map(|page| &page.sets).flat_map(|layer| &layer.records) {
            *counts.entry(&record.label).or_default() += 1;
        }
        counts.into_iter().map(|(name, count)| LabelUse { name: name.clone(), count }).collect()
    }

    /// Checks that a map names labels that the files have and that the schema has, or is to get where `extend` says so: what
    /// is misspelt would change nothing, and nobody would notice.
    ///
    /// # Errors
    /// The first pair that names another one, in one sentence.
    pub fn check_map(&self, map: &LabelMap, schema: &Schema, extend: bool) -> Result<(), Message> {
        let labels = self.labels();
        let list = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        for (from, to) in map.pairs() {
            if !labels.iter().any(|label| label.name == *from) {
                let there = list(labels.iter().map(|label| label.name.as_str()).collect());
                return Err(message!("import-no-label", from = from, there = there));
            }
            if !extend && schema.label(to).is_none() {
                let there = list(schema.labels.iter().map(|label| label.name.as_str()).collect());
                return Err(message!("import-not-in-schema", to = to, there = there));
            }
        }
        Ok(())
    }

    /// Brings everything into a project as one transaction: new articles are added, those that are there already (the
    /// same text, or the same but for white space) get the annotations. Labels become what `map` says, else those of the
    /// same name; with `extend`, labels that the project does not know are added to its schema. `going` is told how much
    /// of how much is done, and says whether to go on; none where it said no, and nothing is changed then.
    ///
    /// # Errors
    /// If the project's files cannot be read or written; nothing is changed then.
    pub fn bring_in(
        mut self,
        session: &mut Session,
        map: &LabelMap,
        extend: bool,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<ImportOutcome>, StoreError> {
        let kinds = self.kinds();
        let makers = session.makers();
        if let Some(kind) = self.kind {
            session.corpus().project.may_be(&self.annotator, kind, &makers)?;
        }
        let replaced: HashSet<Name> = (kinds.iter())
            .filter(|(name, said)| self.replaces && is_model(&session.corpus().project, &makers, name, **said))
            .map(|(name, _)| name.clone())
            .collect();
        let schema = session.corpus().schema.clone();
        let mut usage = Usage::default();
        for page in &mut self.pages {
            map.apply(&schema, page);
            usage.add(page);
        }
        let new_labels = usage.new_labels(&schema, &self.whole.labels);
        if !find_by_words(session, &mut self.pages, going)? || !self.load_known(session, going)? {
            return Ok(None);
        }
        let mut pages = std::mem::take(&mut self.pages);
        let title = format!("import {} articles", pages.len());
        let mut taken = ImportCounts::default();
        // An article is in memory once: its text goes to the session, then its records into edits.
        let digests: Vec<String> = pages.iter().map(digest_of_comments).collect();
        let drafts = pages.iter_mut().map(draft).collect();
        let added = session.add_articles_and(drafts, &title, going, |corpus, added| {
            let mut edits = if extend { extended(&schema, &new_labels) } else { Vec::new() };
            let mut take = ImportEdits::new(corpus).replacing(replaced);
            let mut comments = Vec::new();
            for ((page, digest), added) in pages.into_iter().zip(digests).zip(added) {
                let (Added::Added { id, .. } | Added::Skipped { same_as: id, .. }) = added;
                let names = take.page(id, &page);
                if !page.comments.is_empty() {
                    comments.push(ImportedComments { article: id.clone(), digest, names, comments: page.comments });
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
            let owners: BTreeSet<&Name> = self.whole.referents.keys().chain(besides.iter().copied()).collect();
            // The only owner is the one of the only set, which may have got another name.
            let renamed = self.single && owners.len() == 1;
            let named = |whose| if renamed { &self.annotator } else { whose };
            for (whose, referents) in self.whole.referents.iter().filter(|(whose, _)| set_name(whose).is_ok()) {
                take.referents(named(whose), referents.values());
            }
            for whose in besides.into_iter().filter(|whose| set_name(whose).is_ok()) {
                let theirs = self.whole.beside.iter().filter(|(maker, _)| maker == whose).map(|(_, record)| record);
                take.beside(named(whose), theirs);
            }
            taken = take.taken;
            edits.extend(take.edits());
            edits
        })?;
        let Some(added) = added else { return Ok(None) };
        self.problems.extend(settle_kinds(session, &kinds, &makers));
        let new = added.iter().filter(|added| matches!(added, Added::Added { .. })).count();
        Ok(Some(ImportOutcome {
            articles: RecordCount { added: new, known: added.len() - new },
            annotations: RecordCount { added: taken.annotations, known: taken.known },
            replaced: taken.replaced,
            referents: taken.referents,
            about_referents: taken.beside,
            decisions: taken.decisions,
            comments: RecordCount { added: taken.comments, known: taken.known_comments },
            new_labels: new_labels.into_iter().map(|label| label.name).collect(),
            problems: self.problems,
        }))
    }

    /// Loads the sets that are added to.
    fn load_known(
        &self,
        session: &mut Session,
        going: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<bool, StoreError> {
        let articles = session.corpus().articles().iter();
        let known: HashMap<String, ArticleId> =
            articles.map(|article| (article.sha256.clone(), article.id.clone())).collect();
        for (done, page) in self.pages.iter().enumerate() {
            if !going(done, self.pages.len()) {
                return Ok(false);
            }
            let whose: Vec<Name> = page.sets.iter().map(|layer| layer.annotator.clone()).collect();
            if let Some(id) = known.get(&page.text.sha256()) {
                session.load(id, &whose)?;
            }
        }
        Ok(true)
    }
}

/// Says whether a set is a model's: as the project has it, or as is said where it is new.
fn is_model(project: &Project, makers: &[Name], name: &Name, said: Option<SetKind>) -> bool {
    let kind = if makers.contains(name) { Some(project.kind(name)) } else { said };
    kind == Some(SetKind::Model)
}

/// Lists the kinds of sets that came under new names; gives the problems of those that have another kind here.
fn settle_kinds(session: &mut Session, kinds: &BTreeMap<Name, Option<SetKind>>, makers: &[Name]) -> Option<Problem> {
    let project = &session.corpus().project;
    let (mut refused, mut new): (Vec<Message>, Vec<(Name, SetKind)>) = Default::default();
    for (name, kind) in kinds.iter().filter_map(|(name, kind)| Some((name, (*kind)?))) {
        match project.may_be(name, kind, makers) {
            Ok(()) => new.push((name.clone(), kind)),
            Err(why) => refused.push(why.in_words()),
        }
    }
    let listed = session.change_project(|project| new.iter().for_each(|(name, kind)| project.set_kind(name, *kind)));
    let failed = listed.err().map(|why| message!("import-kind-not-noted", why = why));
    let message =
        failed.into_iter().chain(refused).reduce(|one, other| message!("both-sentences", one = one, other = other));
    message.map(|message| Problem::warning("set-kind", message))
}

/// Makes comments of one name those of another, and about annotations and comments of that.
fn rename(comments: &mut [(Name, Arc<Comment>)], from: &Name, to: &Name) {
    for (who, comment) in comments.iter_mut().filter(|_| from != to) {
        if who == from {
            *who = to.clone();
        }
        let said = match &comment.on {
            Target::Annotation(whose, _) | Target::Comment(whose, _) => whose == from,
            Target::Words => false,
        };
        if said && let Target::Annotation(whose, _) | Target::Comment(whose, _) = &mut Arc::make_mut(comment).on {
            *whose = to.clone();
        }
    }
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

fn extended(schema: &Schema, new: &[LabelDef]) -> Vec<Edit> {
    let new = new.iter().filter(|label| schema.label(&label.name).is_none());
    new.map(|label| Edit::new(RecordFile::Schema, None, Some(Arc::new(label.clone())))).collect()
}

/// Gives the text of the project to pages that differ from it in white space alone.
fn find_by_words(
    session: &Session,
    pages: &mut [ExchangeDocument],
    going: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<bool, StoreError> {
    let articles = session.corpus().articles();
    if articles.is_empty() {
        return Ok(true);
    }
    let exact: HashSet<&str> = articles.iter().map(|article| article.sha256.as_str()).collect();
    let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        if !exact.contains(page.text.sha256().as_str()) {
            wanted.entry(spaceless(page.text.as_str())).or_default().push(at);
        }
    }
    if wanted.is_empty() {
        return Ok(true);
    }
    let loader = session.loader();
    for (done, article) in articles.iter().enumerate() {
        if !going(done, articles.len()) {
            return Ok(false);
        }
        // A text that cannot be read is a problem of the project's, told at its place.
        let Ok(loaded) = loader.read(article, &[]) else { continue };
        let text = loaded.text();
        for at in wanted.remove(&spaceless(text.as_str())).into_iter().flatten() {
            respace(&mut pages[at], text);
        }
    }
    Ok(true)
}

/// The first digits of the hash of an article's text, where there are comments that name it by them.
fn digest_of_comments(page: &ExchangeDocument) -> String {
    if page.comments.is_empty() { String::new() } else { digest(&page.text.sha256()).to_owned() }
}

/// The draft of an article, which leaves it without its text.
fn draft(page: &mut ExchangeDocument) -> Draft {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let text = std::mem::replace(&mut page.text, Text::new(""));
    let about = &page.about;
    let named = if page.id.is_empty() { "imported" } else { &page.id };
    Draft {
        text: text.as_str().to_owned(),
        title: given(&about.title).or_else(|| headline(&text)).unwrap_or_else(|| named.to_owned()),
        publisher: given(&about.publisher),
        published: given(&about.published),
        url: given(&about.url),
        language: given(&about.language),
        source: given(&about.source).unwrap_or_else(|| named.to_owned()),
        source_sha256: about.source_sha256.clone(),
        notes: Vec::new(),
    }
}

/// The first line that says something, cut where it is long.
fn headline(text: &Text) -> Option<String> {
    let line = text.as_str().lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(80).collect())
}
