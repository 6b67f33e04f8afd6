//! `jejak comments`: what people say about the work, as threads.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::output::{Ended, Ending, Output, not_opened};
use crate::model::{ArticleId, Id, Mark, Name, Target, Thread, threads};
use crate::store;

/// Lists the comments in a project
///
/// Prints one line for each thread: the article, the place in code points as it was when it was written, open or resolved,
/// the annotator who began it and the words; an indented line for each answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak comments trips/ --open
  jejak comments trips/ --json | jq 'select(.open) | .article' | sort | uniq -c")]
pub(super) struct CommentsCommand {
    /// The project folder
    project: PathBuf,
    /// Leaves out those that are resolved
    #[arg(long)]
    open: bool,
    /// Prints one JSON object for each thread
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct ThreadLine<'a> {
    article: &'a ArticleId,
    /// Code points, as they were when it was written.
    start: Option<u32>,
    end: Option<u32>,
    /// The words that it is about.
    words: String,
    open: bool,
    /// The annotator of the annotation that it is about, if it is about one.
    annotator: Option<&'a Name>,
    annotation: Option<Id>,
    /// The people whom it is meant for; left out where it is for everybody.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    to: &'a [Name],
    comments: Vec<CommentRow<'a>>,
}

#[derive(Debug, Serialize)]
struct CommentRow<'a> {
    by: &'a Name,
    id: Id,
    at: String,
    text: &'a str,
    /// `resolved` or `reopened`, where it says so.
    mark: Option<&'static str>,
}

impl CommentsCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        let scan = store::scan(&self.project).map_err(|error| not_opened(&self.project, &error))?;
        let threads = threads(scan.corpus().all_comments());
        let shown: Vec<&Thread> = threads.iter().filter(|thread| !(self.open && thread.resolved)).collect();
        for thread in &shown {
            let line = ThreadLine::of(thread);
            if self.json {
                output.json_line(&line)?;
            } else {
                line.print(output)?;
            }
        }
        let open = threads.iter().filter(|thread| !thread.resolved).count();
        output.message(&format!("comments: {open} open, {} resolved", threads.len() - open));
        Ok(false)
    }
}

impl<'a> ThreadLine<'a> {
    fn of(thread: &'a Thread) -> Self {
        let (_, first) = thread.first();
        let (annotator, annotation) = match &first.on {
            Target::Annotation(whose, id) => (Some(whose), Some(*id)),
            Target::Words | Target::Comment(..) => (None, None),
        };
        let comment = |(by, comment): &'a (Name, std::sync::Arc<crate::model::Comment>)| CommentRow {
            by,
            id: comment.id,
            at: comment.origin.at.to_string(),
            text: &comment.text,
            mark: match comment.mark {
                Mark::None => None,
                Mark::Resolved => Some("resolved"),
                Mark::Reopened => Some("reopened"),
            },
        };
        Self {
            article: thread.article(),
            start: first.at.first().map(|quote| quote.0),
            end: first.at.last().map(|quote| quote.1),
            words: first.words(),
            open: !thread.resolved,
            annotator,
            annotation,
            to: &first.to,
            comments: thread.comments.iter().map(comment).collect(),
        }
    }

    fn print(&self, output: &mut Output) -> Result<(), Ending> {
        let place = match (self.start, self.end) {
            (Some(start), Some(end)) => format!("{start}-{end}"),
            _ => "-".to_owned(),
        };
        let state = if self.open { "open" } else { "resolved" };
        let about = match (self.annotator, self.words.as_str()) {
            (Some(annotator), words) => format!(" on \"{words}\" of {annotator}"),
            (None, "") => String::new(),
            (None, words) => format!(" on \"{words}\""),
        };
        let about = match self.to {
            [] => about,
            to => format!("{about} for {}", to.join(", ")),
        };
        for (at, CommentRow { by, text, mark, .. }) in self.comments.iter().enumerate() {
            let mark = mark.map_or(String::new(), |mark| format!(" ({mark})"));
            let head = if at == 0 { format!("{}:{place}: {state}{about}: ", self.article) } else { "  ".to_owned() };
            let text = if text.is_empty() { String::new() } else { format!(": {text}") };
            output.line(&format!("{head}{by}{text}{mark}"))?;
        }
        Ok(())
    }
}
