//! The reading of news pages, held to the texts that are to come of them: `cargo bench --bench pages` prints recall and
//! precision of words, the pages that come out badly, and wrong titles and dates.
//!
//! The pages of `benches/pages/` were written for this, with the structures of real sites; some of them are cases of the tests of
//! reading, too, and lie there. `-- FOLDER` measures other saved pages: beside `NAME.html` lies `NAME.txt`, whose first line is the
//! title, the second the date (or nothing), and from the fourth on the text.
#![allow(clippy::print_stdout)] // Printing is what a benchmark is for.
#![allow(clippy::disallowed_methods)] // Its pages are its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jejak::ingest::{Reading, read_bytes};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A page is badly read where recall or precision is below this.
const BAD: f64 = 0.7;
/// Pages are named where recall or precision is below this.
const NAMED: f64 = 0.98;

fn main() {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.unwrap_or_else(|| home.join("benches/pages"));
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "txt"))
        .collect();
    pages.sort();
    let (mut recall, mut precision, mut count) = (0.0, 0.0, 0);
    let (mut bad, mut titles, mut dates) = (0, 0, 0);
    for page in pages {
        let name = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let read = |path: &Path| std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = String::from_utf8_lossy(&read(&page)).into_owned();
        let case = home.join("tests/data/ingest").join(&name).with_extension("html");
        let Some(html) = [page.with_extension("html"), case].into_iter().find(|html| html.exists()) else { continue };
        let mut lines = expected.splitn(4, '\n');
        let (title, date) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let text = lines.nth(1).unwrap_or_default();
        let bytes = read(&html);
        let drafts = read_bytes(&format!("{name}.html"), &bytes, &Reading::default(), &mut |_| true);
        let draft = drafts.ok().and_then(|drafts| drafts.into_iter().next()?.ok());
        let (got, got_title, got_date) =
            draft.map_or_else(Default::default, |it| (it.text, it.title, it.published.unwrap_or_default().to_string()));
        let common = common(text, &got);
        let (found, exact) = (common / words(text).count().max(1) as f64, common / words(&got).count().max(1) as f64);
        count += 1;
        recall += found;
        precision += exact;
        bad += usize::from(found.min(exact) < BAD);
        if found.min(exact) < NAMED {
            println!("pages.{name} recall {found:.3} precision {exact:.3}");
        }
        if title != got_title {
            titles += 1;
            println!("pages.{name} title {got_title:?}");
        }
        // No date is not a wrong one.
        if !got_date.is_empty() && got_date != date {
            dates += 1;
            println!("pages.{name} date {got_date}");
        } else if got_date.is_empty() && !date.is_empty() {
            println!("pages.{name} no date");
        }
    }
    println!("pages.count {count} pages");
    println!("pages.recall {:.3}", recall / f64::from(count.max(1)));
    println!("pages.precision {:.3}", precision / f64::from(count.max(1)));
    println!("pages.under_{BAD} {bad} pages");
    println!("pages.wrong_titles {titles} pages");
    println!("pages.wrong_dates {dates} pages");
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The number of words that two texts have in common, each as often as both have it.
fn common(expected: &str, got: &str) -> f64 {
    let mut there: HashMap<&str, usize> = HashMap::new();
    words(expected).for_each(|word| *there.entry(word).or_default() += 1);
    let mut common = 0;
    for word in words(got) {
        if let Some(count) = there.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    f64::from(common)
}
