use std::path::Path;
use std::sync::Arc;

use super::OpenError;
use crate::model::{AnnotationSet, Article, Corpus, Name, Problem};
use crate::text::Text;

/// One article with everything that is on disk about it.
#[derive(Debug)]
pub struct Scanned {
    /// What is known about it.
    pub article: Arc<Article>,
    /// Its text; none where the file cannot be read.
    pub text: Option<Text>,
    /// Every annotator's set, by name.
    pub sets: Vec<(Name, AnnotationSet)>,
    /// What is wrong in its files.
    pub problems: Vec<Problem>,
}

/// Every article of a project in order, read one at a time and not kept.
#[derive(Debug)]
pub struct Scan {
    corpus: Corpus,
    problems: Vec<Problem>,
}

impl Scan {
    /// The project, its schema, its articles and all referents; no texts and no sets.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What is wrong in the files that belong to no one article.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Iterator for Scan {
    type Item = Scanned;

    fn next(&mut self) -> Option<Scanned> {
        None
    }
}

/// Reads a project from one end to the other without a session: for counting, checking, exporting.
///
/// # Errors
/// If the project's own files cannot be read.
pub fn scan(dir: &Path) -> Result<Scan, OpenError> {
    Err(OpenError::NotAProject { dir: dir.to_owned() })
}

/// Looks at every file of a project and hands each problem to `sink`. `progress` is told articles done and articles in
/// all, and stops the work by saying `false`.
///
/// # Errors
/// If the project's own files cannot be read.
pub fn check_files(
    dir: &Path,
    progress: &mut dyn FnMut(usize, usize) -> bool,
    sink: &mut dyn FnMut(Problem),
) -> Result<(), OpenError> {
    let scan = scan(dir)?;
    let total = scan.corpus().articles().len();
    scan.problems().iter().cloned().for_each(&mut *sink);
    for (done, scanned) in scan.enumerate() {
        scanned.problems.into_iter().for_each(&mut *sink);
        if !progress(done + 1, total) {
            break;
        }
    }
    Ok(())
}
