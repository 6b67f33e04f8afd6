//! `jejak suggest --source command:NAME`: programs of the person's own, asked about articles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::output::{Ending, Output, could_not};
use crate::assist::{Answer, Lesson, program_source, question, run};
use crate::model::{Article, ArticleId, Corpus, Name};
use crate::say;
use crate::store::Loader;
use crate::store::settings::{Program, Settings};

/// Articles that a program is asked about in one run: what it takes to begin is paid once for all of them.
const AT_ONCE: usize = 20;

/// The program of a name in the person's settings.
pub(super) fn program(name: &str) -> Result<Program, Ending> {
    let Some(folder) = Settings::folder() else {
        return Err(Ending::CouldNot("this system has no folder for settings: set JEJAK_CONFIG".to_owned()));
    };
    let settings = Settings::load(&folder).map_err(could_not)?;
    let found = settings.suggesting.programs.into_iter().find(|program| program.name == name);
    found.ok_or_else(|| {
        let (name, folder) = (say::visible(name), folder.display());
        Ending::CouldNot(format!("there is no program \"{name}\" in the settings in {folder}"))
    })
}

/// The answers of programs, by article.
pub(super) type Answers = BTreeMap<ArticleId, Vec<(Name, Arc<Answer>)>>;

/// Asks programs about articles, and says what is run. Where a program as a whole does not do what it should, nothing else is done;
/// where it has no answer about one article, that is said.
pub(super) fn ask(
    programs: &[Program],
    (corpus, loader): (&Corpus, &Loader),
    articles: &[Arc<Article>],
    lessons: &[Lesson],
    output: &mut Output,
) -> Result<Answers, Ending> {
    let mut answers = Answers::new();
    for program in programs {
        output.message(&format!("runs {}", program.line()));
        for (done, some) in articles.chunks(AT_ONCE).enumerate() {
            output.progress("asking", done * AT_ONCE, articles.len());
            let read = |article: &Arc<Article>| Ok(loader.read(article, &[]).map_err(could_not)?.text().clone());
            let texts = some.iter().map(read).collect::<Result<Vec<_>, Ending>>()?;
            let about = some.iter().zip(&texts);
            let lines = about.map(|(article, text)| question(&corpus.schema, article, text, lessons)).collect();
            let given = run(program, lines, &|| true).map_err(could_not)?.unwrap_or_default();
            for ((article, text), line) in some.iter().zip(&texts).zip(&given) {
                let answer = match Answer::read(&program.name, line, &corpus.schema, text) {
                    Ok(answer) => answer,
                    Err(why) => {
                        output.message(&format!("{}: {why}", article.id));
                        continue;
                    }
                };
                if !answer.unplaced.is_empty() {
                    let (placed, given, nowhere) = (answer.placed(), answer.given, answer.unplaced.join("\", \""));
                    output.message(&format!("{}: {placed} of {given} placed; nowhere: \"{nowhere}\"", article.id));
                }
                let source = program_source(&program.name);
                answers.entry(article.id.clone()).or_default().push((source, Arc::new(answer)));
            }
        }
    }
    Ok(answers)
}
