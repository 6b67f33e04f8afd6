//! Writing a data set.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::agree::PairTable;
use super::comments::CommentSelection;
use super::plan::{DatasetFailure, Plan};
use super::source::DatasetSource;
use super::survey::Survey;
use super::{card, manifest};
use crate::formats::{self, ExportFolder, Finished, FormatInfo, Hashing, OneFile, Sink, Stream, Written};
use crate::message;
use crate::model::{Article, ArticleId, Comments, Corpus, Referents};

/// The target of a data set.
pub enum DatasetTarget<'a> {
    /// A folder, which must not exist or be empty; it gets a card and a list of files too.
    Folder(&'a Path),
    /// One file, for a format that is one.
    File(&'a Path),
    /// A stream, for a format that is one file.
    Stream(Box<dyn Write>),
}

/// A data set that stands where it was meant to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// Its files, by name.
    pub files: Vec<Written>,
}

/// Writes what `survey` found of `plan`, whatever the format loses. `progress` is told articles done and articles in
/// all, and stops the work by saying `false`.
///
/// # Errors
/// If the project cannot be read, the target cannot be written, or the format is not what the target asks for. Nothing
/// stands at a folder or file then that did not before.
pub fn make<'a>(
    project: impl Into<DatasetSource<'a>>,
    plan: &Plan,
    survey: &Survey,
    target: DatasetTarget<'_>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<Made, DatasetFailure> {
    let project = project.into();
    let path = match &target {
        DatasetTarget::Folder(path) | DatasetTarget::File(path) => path.to_path_buf(),
        DatasetTarget::Stream(_) => "stdout".into(),
    };
    let unwritten = |why: io::Error| DatasetFailure::Unwritten { path: path.clone(), why };
    let card = plan.format.info();
    let folder = matches!(target, DatasetTarget::Folder(_));
    let file = match card.file {
        _ if folder => "",
        Some(file) if plan.split.is_none() => file,
        Some(_) => return Err(DatasetFailure::Impossible(message!("export-needs-folder"))),
        None => return Err(DatasetFailure::Impossible(message!("export-is-folder", format = card.name))),
    };
    let mut sink: Box<dyn Sink> = match target {
        DatasetTarget::Folder(path) => Box::new(ExportFolder::create(path).map_err(unwritten)?),
        DatasetTarget::File(path) => Box::new(OneFile::create(path, file).map_err(unwritten)?),
        DatasetTarget::Stream(out) => Box::new(Stream::new(io::BufWriter::with_capacity(1 << 16, out), file)),
    };
    let files = {
        let mut hashing = Hashing::new(&mut *sink);
        let (corpus, languages, agreement) =
            records(project, plan, survey, folder, &mut hashing, progress, &unwritten)?;
        if folder {
            let parts: Vec<_> = survey.parts.iter().map(|part| (part.name.clone(), part.articles.len())).collect();
            let data = hashing.written();
            let finished = Finished {
                title: &corpus.project.title,
                licence: &plan.licence,
                languages: &languages,
                schema: &corpus.schema,
                parts: &parts,
                files: &data,
                options: &plan.options,
            };
            let extras = plan.format.dataset_extras(&finished);
            for (name, content) in &extras.files {
                hashing.whole(name, content).map_err(unwritten)?;
            }
            let text = card::text(plan, survey, &finished, &agreement, &extras.head);
            hashing.whole("README.md", text.as_bytes()).map_err(unwritten)?;
            let state = project.fingerprint()?;
            let stems = stems(&corpus, survey);
            let list = manifest::text(plan, survey, &corpus, &stems, &state, &hashing.written());
            hashing.whole("manifest.json", list.as_bytes()).map_err(unwritten)?;
        }
        hashing.written()
    };
    sink.finish().map_err(unwritten)?;
    Ok(Made { files })
}

/// Writes the records; gives the project as the format was shown it, the articles' languages, and how well annotators
/// agree where a card will say so.
fn records(
    project: DatasetSource<'_>,
    plan: &Plan,
    survey: &Survey,
    agreed: bool,
    sink: &mut dyn Sink,
    progress: &mut dyn FnMut(usize, usize) -> bool,
    unwritten: &dyn Fn(io::Error) -> DatasetFailure,
) -> Result<(Corpus, Vec<String>, PairTable), DatasetFailure> {
    let scan = project.open(plan)?;
    let whole = scan.corpus().clone();
    let comments = CommentSelection::of(&plan.sets, &whole);
    let makers = if agreed { scan.makers() } else { &[] };
    let between = || PairTable::between(&whole.project, makers);
    let (gauge, mut tally) = (between(), between());
    let corpora: Vec<Corpus> =
        (0..survey.parts.len()).map(|part| of_part(plan, survey, &whole, &comments, part)).collect();
    let card = plan.format.info();
    let places: Vec<_> = survey.parts.iter().map(|part| move |name: &str| place(&part.name, card, name)).collect();
    let parts: Vec<formats::ExportPart<'_>> = (corpora.iter().zip(&places))
        .map(|(corpus, place)| formats::ExportPart { cx: plan.context(corpus), place })
        .collect();
    let total = whole.articles().len();
    let mut languages = Vec::new();
    let stems = stems(&whole, survey);
    let coming = whole.articles().iter().enumerate().filter_map(|(at, article)| {
        if !progress(at, total) {
            return Some(Err(DatasetFailure::Stopped));
        }
        let &part = survey.part_of.get(&article.id)?;
        Some(Ok((part, stems[&article.id].clone(), at)))
    });
    let made = |at: usize| {
        let scanned = scan.article(at);
        let changed = || DatasetFailure::Impossible(message!("export-changed", article = scanned.article.id));
        let page = plan.page(&whole, &comments, &scanned)?.ok_or_else(changed)?;
        let sample = PairTable::measure(&gauge, &whole.schema, &scanned);
        Ok((page, (scanned.article, sample)))
    };
    let note = |(article, sample): (Arc<Article>, _)| {
        if !article.language.is_empty() && !languages.contains(&article.language) {
            languages.push(article.language.clone());
        }
        if let Some(sample) = sample {
            tally.add(&article, sample);
        }
    };
    formats::write_parts(plan.format, &parts, coming, made, note, sink, unwritten)?;
    languages.sort();
    drop(parts);
    let corpus = corpora.into_iter().next().unwrap_or_else(|| plan.corpus(&whole, &comments));
    Ok((corpus, languages, PairTable::of(tally, &whole.schema)))
}

/// The project as one part is shown it: with the referents that its articles mention. Those that no article of the
/// project mentions go with the first part of a data set of everything, as do comments that are about no article.
fn of_part(plan: &Plan, survey: &Survey, whole: &Corpus, comments: &CommentSelection, part: usize) -> Corpus {
    let mut corpus = plan.corpus(whole, comments);
    if part > 0 {
        for who in whole.all_comments().keys() {
            corpus.load_comments(who.clone(), Comments::new());
        }
    }
    let mentioned = &survey.mentioned[part];
    for annotator in &plan.sets {
        let Some(all) = whole.referents(annotator) else { continue };
        let alone = |id| part == 0 && plan.is_whole() && !survey.anywhere.has(annotator, id);
        let kept = all.iter().filter(|(id, _)| mentioned.has(annotator, **id) || alone(**id));
        let kept: Referents = kept.map(|(id, referent)| (*id, Arc::clone(referent))).collect();
        corpus.load_referents(annotator.clone(), kept);
    }
    corpus
}

/// The name of the files of each article that is written, before their extension: one rule for all parts and formats.
pub(super) fn stems<'a>(corpus: &'a Corpus, survey: &Survey) -> HashMap<&'a ArticleId, String> {
    let written = || corpus.articles().iter().filter(|article| survey.part_of.contains_key(&article.id));
    let stems = formats::file_stems(written().map(|article| (&*article.id as &str, article.source.as_str())));
    written().map(|article| &article.id).zip(stems).collect()
}

/// Returns the place of a part's file in the data set: `train.jsonl` for a format of one file, else in a folder
/// `train`.
fn place(part: &str, card: &FormatInfo, name: &str) -> String {
    match card.file {
        _ if part.is_empty() => name.to_owned(),
        Some(file) if file == name => format!("{part}.{}", card.extension),
        _ => format!("{part}/{name}"),
    }
}
