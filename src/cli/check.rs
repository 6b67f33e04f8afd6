//! `jejak check`: every mistake in a project's files and annotations.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;

use super::output::{Ended, Ending, Output, not_opened};
use crate::check::{CommentProblem, Subject, check_article, check_kept, check_set, check_strays, check_threads};
use crate::model::{ArticleId, Corpus, Name, Problem, RecordFile, RecordKind, Severity, Thread, threads};
use crate::say::visible;
use crate::store::{self, Scan, Scanned};

/// Looks for mistakes in a project
///
/// Looks at every file: what does not parse, quotes that differ from the text, and annotations that break the schema or
/// contradict each other. Prints one line for each problem, "FILE:LINE: error: what is wrong (code)", and exits with 1
/// where there is any. Nothing is changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak check trips/
  jejak check trips/ | grep '(quote-differs)'
  jejak check trips/ --json | jq '.problems[].code' | sort | uniq -c")]
pub(super) struct Check {
    /// The project folder
    project: PathBuf,
    /// Prints one JSON object: {"problems":[{"severity","code","file","line","article","annotation","message"}…]}
    #[arg(long)]
    json: bool,
}

impl Check {
    pub fn run(self, output: &mut Output) -> Ended {
        let root = &self.project;
        let scan = store::scan(root).map_err(|error| not_opened(root, &error))?;
        let mut report = CheckReport { output, json: self.json, errors: 0, warnings: 0 };
        if self.json {
            report.output.raw("{\"problems\":[")?;
        }
        let corpus = scan.corpus().clone();
        report.say_all(told(scan.problems(), self.json)?)?;
        for annotator in corpus.all_referents().keys() {
            let file = RecordFile::Referents(annotator.clone());
            let located =
                check_kept(&corpus, annotator).into_iter().map(|(kind, id, it)| scan.locate(&file, kind, id, it));
            report.say_all(told(&located.collect::<Vec<_>>(), self.json)?)?;
        }
        let located = |found: Vec<CommentProblem>, scan: &Scan| -> Vec<Problem> {
            found
                .into_iter()
                .map(|(who, id, problem)| scan.locate(&RecordFile::Comments(who), RecordKind::Comment, id, problem))
                .collect()
        };
        report.say_all(told(&located(check_strays(&corpus), &scan), self.json)?)?;
        let mut by_article: HashMap<ArticleId, Vec<Thread>> = HashMap::new();
        for thread in threads(corpus.all_comments()) {
            by_article.entry(thread.article().clone()).or_default().push(thread);
        }
        let total = corpus.articles().len();
        let look = |_, scanned: Scanned| {
            let mut found = Vec::new();
            if let (Some(threads), Some(text)) = (by_article.get(&scanned.article.id), &scanned.text) {
                let set = |who: &Name| scanned.sets.iter().find(|it| it.annotator == *who).map(|it| &it.set);
                found = located(check_threads(threads, text, set), &scan);
            }
            found.extend(problems_of(&corpus, scanned));
            // Here, on every processor: where much is wrong, the words take as long as finding it.
            told(&found, self.json)
        };
        let mut done = 0;
        scan.each(0..total, look, |found| {
            report.output.progress("checking", done, total);
            done += 1;
            report.say_all(found?)
        })?;
        report.end(total)
    }
}

struct CheckReport<'a> {
    output: &'a mut Output,
    json: bool,
    errors: usize,
    warnings: usize,
}

/// All that is wrong in the files of an article, and with what stands in them.
fn problems_of(corpus: &Corpus, scanned: Scanned) -> Vec<Problem> {
    let found: Vec<Problem> =
        check_article(&scanned.article).into_iter().map(|problem| scanned.locate(problem)).collect();
    let Scanned { article, text, sets, mut problems, .. } = scanned;
    // The store has told already of each span that it could not place.
    let unplaced: Vec<Option<String>> =
        problems.iter().filter(|problem| problem.code == "quote-differs").map(|p| p.annotation.clone()).collect();
    let said = |problem: &Problem| problem.code == "drifted" && unplaced.contains(&problem.annotation);
    problems.extend(found);
    let Some(text) = text else { return problems };
    for scanned in &sets {
        let (schema, referents) = (&corpus.schema, corpus.referents(&scanned.annotator));
        let subject = Subject { schema, article: &article.id, text: &text, set: &scanned.set, referents };
        let found = check_set(&subject).into_iter().filter(|problem| !said(problem));
        problems.extend(found.map(|problem| scanned.locate(problem)));
    }
    problems
}

/// Problems as they are printed: as JSON, or each on a line.
fn told(problems: &[Problem], json: bool) -> Result<Vec<(Severity, String)>, Ending> {
    let one = |problem: &Problem| {
        let text = if json { Output::json_text(problem)? } else { format!("{}\n", visible(&sentence(problem))) };
        Ok((problem.severity, text))
    };
    problems.iter().map(one).collect()
}

fn sentence(problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let message = problem.message.to_string();
    let named = problem.file.as_ref().is_some_and(|file| message.starts_with(file.as_str()));
    let place = if named { String::new() } else { problem.place() };
    format!("{place}{severity}: {message} ({})", problem.code)
}

impl CheckReport<'_> {
    fn say_all(&mut self, problems: Vec<(Severity, String)>) -> Result<(), Ending> {
        for (severity, text) in problems {
            if self.json {
                let first = self.errors + self.warnings == 0;
                self.output.raw(if first { "\n" } else { ",\n" })?;
            }
            match severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            self.output.raw(&text)?;
        }
        Ok(())
    }

    fn end(self, articles: usize) -> Ended {
        let (errors, warnings) = (self.errors, self.warnings);
        if self.json {
            self.output.raw(if errors + warnings == 0 { "]}\n" } else { "\n]}\n" })?;
        }
        // Findings stand above the counts, also where both streams go to one place.
        self.output.finish()?;
        self.output.message(&format!("articles: {articles}, errors: {errors}, warnings: {warnings}"));
        Ok(errors + warnings > 0)
    }
}
