//! The sample project that comes with the program.

use crate::lang::Message;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::atomic;
use super::settings::Settings;
use crate::diagnostics;
use crate::message;
use crate::model::Article;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/projects/perjalanan");

/// A copy of the sample project in the user's data folder, where one can write: made where it is not there yet.
///
/// # Errors
/// One sentence that names the folder, where it cannot be made.
pub fn unpacked() -> Result<PathBuf, Message> {
    let data = diagnostics::folder().or_else(Settings::folder).ok_or(message!("sample-no-place"))?;
    let dir = data.join("perjalanan");
    if !dir.join("project.ron").is_file() {
        unpack_into(&dir)?;
    }
    Ok(dir)
}

/// True where an article is one of the sample project.
#[must_use]
pub fn holds(article: &Article) -> bool {
    let list = SAMPLE.get_file("articles.ron").and_then(|file| file.contents_utf8());
    !article.sha256.is_empty() && list.is_some_and(|list| list.contains(&article.sha256))
}

/// Writes a copy of the sample project into a folder.
///
/// # Errors
/// One sentence that names the file, where one cannot be written.
pub fn unpack_into(dir: &Path) -> Result<(), Message> {
    // The project's own file comes last: a copy that broke off is made anew.
    let mut files: Vec<_> = files(&SAMPLE);
    files.sort_by_key(|file| file.path() == Path::new("project.ron"));
    for file in files {
        let path = dir.join(file.path());
        let error =
            |why: std::io::Error| message!("sample-unwritable", path = path.display(), why = crate::say::io(&why));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(error)?;
        }
        atomic::write(&path, file.contents()).map_err(error)?;
    }
    Ok(())
}

fn files<'a>(dir: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    dir.files().chain(dir.dirs().flat_map(files)).collect()
}
