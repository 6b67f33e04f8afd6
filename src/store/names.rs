//! Names that cannot be files or folders everywhere: refused where they are new, told where they are there.

use crate::model::noun;
use std::collections::HashMap;

use super::annotator::reserved;
use super::disk::Disk;
use super::layout::{self, FileKey, folder_name};
use super::{AnnotatorError, OpenError};
use crate::message;
use crate::model::{Corpus, Name, Problem};

/// Lets an annotator in whose folder can be made everywhere, or is there.
///
/// # Errors
/// If the name is reserved, or another annotator's but for capitals.
pub(super) fn admit(disk: &dyn Disk, annotator: &str) -> Result<(), OpenError> {
    let there = layout::annotators(disk);
    if there.iter().any(|name| **name == *annotator) {
        return Ok(());
    }
    if reserved(annotator) {
        return Err(AnnotatorError::Reserved(annotator.to_owned()).into());
    }
    match there.iter().find(|name| name.to_lowercase() == annotator.to_lowercase()) {
        Some(other) => Err(AnnotatorError::Case { name: annotator.to_owned(), other: other.to_string() }.into()),
        None => Ok(()),
    }
}

/// The names of that kind in a project.
pub(super) fn problems(corpus: &Corpus, annotators: &[Name]) -> Vec<Problem> {
    let articles =
        corpus.articles().iter().map(|article| ("article", article.id.to_string(), FileKey::Articles.path()));
    let folder = |name: &Name| ("annotator", name.to_string(), format!("sets/{}", folder_name(name)));
    let mut problems = Vec::new();
    let mut seen: HashMap<(&str, String), String> = HashMap::new();
    for (what, name, file) in articles.chain(annotators.iter().map(folder)) {
        if reserved(&name) {
            let message = message!("name-reserved", what = noun(what), name = name);
            problems.push(Problem::warning("reserved-name", message).at(&file, None));
        }
        if let Some(other) = seen.insert((what, name.to_lowercase()), name.clone()) {
            let message = message!("name-case", what = noun(what), name = name, other = other);
            problems.push(Problem::warning("case-clash", message).at(&file, None));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Project;

    #[test]
    fn new_names_are_refused_and_old_ones_let_in() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["Ana", "con", Project::GOLD] {
            std::fs::create_dir_all(root.path().join("sets").join(folder)).unwrap();
        }
        let disk = super::super::disk::Folder::open(root.path()).unwrap();
        let said = |name: &str| admit(&disk, name).err().map(|error| error.to_string());
        for name in ["Ana", "con", Project::GOLD, "budi", "Siti Aminah"] {
            assert_eq!(said(name), None, "{name}");
        }
        assert!(said("ana").unwrap().contains("“Ana” is there already"));
        assert!(said("Gold").unwrap().contains("“gold” is there already"));
        assert!(said("aux").unwrap().contains("“aux” cannot be a new annotator's name"));
    }
}
