//! `jejak articles`: the articles of a project, and the trash of those that were removed.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::output::{Ended, Ending, Output, could_not, not_opened};
use super::over_articles::counted;
use super::recover::{nothing_waits, tell_journals};
use crate::model::{Article, ArticleId, Name};
use crate::store::settings::Settings;
use crate::store::{self, Access, Emptied, Removed, Session, Snapshot, Trashed};

/// Lists the articles of a project, removes some with their work, and brings them back
///
/// A removal takes an article out with everything that was marked, decided and said in it, as one step that can be undone in
/// the window. The text and all of the work stay in the trash until it is emptied. What comes back has its number again, or
/// the next free one where another article has it by now.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak articles trips/
  jejak articles trips/ remove 003 004
  jejak articles trips/ trash
  jejak articles trips/ restore 003
  jejak articles trips/ empty-trash")]
pub(super) struct ArticlesCommand {
    /// The project folder
    project: PathBuf,
    #[command(subcommand)]
    action: Option<Action>,
    /// The name of the person who does it; where none is given, the login name
    #[arg(long, global = true, value_name = "NAME")]
    by: Option<String>,
    /// Prints one JSON object a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists number, date, publisher and title of each article (as without a subcommand)
    List,
    /// Removes articles with everything that was marked and said in them
    Remove {
        /// The numbers of the articles
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
    },
    /// Lists what was removed, the latest first
    Trash,
    /// Brings removed articles back with their work
    Restore {
        /// The numbers that the articles had, or their names in the trash
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
    },
    /// Deletes for good what the trash holds
    EmptyTrash {
        /// Says what would be deleted, and deletes nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: &'a ArticleId,
    title: &'a str,
    published: &'a str,
    publisher: &'a str,
    words: u32,
    file: &'a str,
}

#[derive(Debug, Serialize)]
struct InTrash<'a> {
    name: &'a str,
    id: &'a ArticleId,
    title: &'a str,
    removed_by: &'a Name,
    removed_at: String,
    annotations: usize,
    comments: usize,
    bytes: u64,
}

#[derive(Debug, Serialize)]
struct Gone<'a> {
    removed: &'a ArticleId,
    annotations: usize,
    comments: usize,
}

#[derive(Debug, Serialize)]
struct Back<'a> {
    restored: &'a ArticleId,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct EmptiedTrash {
    deleted: usize,
    bytes: u64,
}

impl ArticlesCommand {
    pub fn run(self, output: &mut Output) -> Ended {
        match &self.action {
            None | Some(Action::List) => self.list(output),
            Some(Action::Remove { numbers }) => self.remove(numbers, output),
            Some(Action::Trash) => self.trash(output),
            Some(Action::Restore { numbers }) => self.restore(numbers, output),
            Some(Action::EmptyTrash { dry_run }) => self.empty(*dry_run, output),
        }
    }

    fn snapshot(&self) -> Result<Snapshot, Ending> {
        Snapshot::open(&self.project).map_err(|error| not_opened(&self.project, &error))
    }

    fn session(&self, output: &mut Output) -> Result<Session, Ending> {
        let by = self.by.clone().unwrap_or_else(Settings::login_name);
        let by = store::annotator(&by).map_err(could_not)?;
        let session =
            Session::open(&self.project, &by, Access::Write).map_err(|error| not_opened(&self.project, &error))?;
        tell_journals(output, &session);
        if session.read_only() {
            return Err(could_not(format!("{}: it is open for reading only", self.project.display())));
        }
        Ok(session)
    }

    fn list(&self, output: &mut Output) -> Ended {
        let snapshot = self.snapshot()?;
        for article in snapshot.corpus().articles() {
            let Article { id, title, published, publisher, words, file, .. } = &**article;
            let listed = Listed { id, title, published, publisher, words: *words, file };
            output.result(self.json, &listed, &format!("{id}  {published:10}  {publisher:20}  {title}"))?;
        }
        Ok(false)
    }

    fn remove(&self, numbers: &[String], output: &mut Output) -> Ended {
        nothing_waits(&self.project, "what waits would not go with the article")?;
        let mut session = self.session(output)?;
        let wanted: Vec<ArticleId> = numbers
            .iter()
            .map(|number| {
                let known = ArticleId::new(number).filter(|id| session.corpus().article(id).is_some());
                known.ok_or_else(|| could_not(format!("{}: {number} is not an article of it", self.project.display())))
            })
            .collect::<Result<_, _>>()?;
        for id in &wanted {
            let removed = session.run(|link| store::remove_article(link, id)).map_err(could_not)?;
            let Some(Removed { annotations, comments }) = removed else { continue };
            let words = format!(
                "{id} is removed, with {} and {}; it is in the trash",
                counted(annotations, "annotation"),
                counted(comments, "comment")
            );
            output.result(self.json, &Gone { removed: id, annotations, comments }, &words)?;
        }
        session.close().map_err(could_not)?;
        Ok(false)
    }

    fn trash(&self, output: &mut Output) -> Ended {
        let all = self.held(output)?;
        for it in &all.0 {
            let Trashed { name, article, by, at, annotations, comments, bytes } = it;
            let (annotations, comments, bytes) = (*annotations, *comments, *bytes);
            let words = format!(
                "{name}  {}  removed by {by} at {at}; {}, {}, {bytes} bytes",
                article.title,
                counted(annotations, "annotation"),
                counted(comments, "comment")
            );
            let (id, title) = (&article.id, &*article.title);
            let removed_at = at.to_string();
            let line = InTrash { name, id, title, removed_by: by, removed_at, annotations, comments, bytes };
            output.result(self.json, &line, &words)?;
        }
        if all.0.is_empty() && !self.json {
            output.line("the trash is empty")?;
        }
        Ok(all.1)
    }

    /// The articles in the trash, and true where some could not be read, which is told.
    fn held(&self, output: &mut Output) -> Result<(Vec<Trashed>, bool), Ending> {
        let (all, unread) = self.snapshot()?.trash();
        for sentence in &unread {
            output.message(&format!("{}: {sentence}", self.project.display()));
        }
        Ok((all, !unread.is_empty()))
    }

    fn restore(&self, numbers: &[String], output: &mut Output) -> Ended {
        let (all, problems) = self.held(output)?;
        let wanted: Vec<&Trashed> =
            numbers.iter().map(|number| meant(&self.project, &all, number)).collect::<Result<_, _>>()?;
        let mut session = self.session(output)?;
        for it in wanted {
            let restored = session.run(|link| store::restore_article(link, &it.name)).map_err(could_not)?;
            let Some(id) = restored else { continue };
            let words = format!("{} is back as {id}", it.name);
            output.result(self.json, &Back { restored: &id, name: &it.name }, &words)?;
        }
        session.close().map_err(could_not)?;
        Ok(problems)
    }

    fn empty(&self, dry_run: bool, output: &mut Output) -> Ended {
        let (all, problems) = self.held(output)?;
        let bytes: u64 = all.iter().map(|it| it.bytes).sum();
        if dry_run {
            let words = format!("would delete {}, {bytes} bytes", counted(all.len(), "article"));
            output.result(self.json, &EmptiedTrash { deleted: 0, bytes }, &words)?;
            return Ok(problems);
        }
        nothing_waits(&self.project, "it may bring an article back")?;
        let names: Vec<String> = all.into_iter().map(|it| it.name).collect();
        let mut session = self.session(output)?;
        let emptied = session.run(|link| store::empty_trash(link, &names)).map_err(could_not)?;
        session.close().map_err(could_not)?;
        let Emptied { articles, bytes } = emptied;
        let words = format!("deleted {}, {bytes} bytes", counted(articles, "article"));
        output.result(self.json, &EmptiedTrash { deleted: articles, bytes }, &words)?;
        Ok(problems)
    }
}

/// The one that a person means.
fn meant<'a>(project: &Path, all: &'a [Trashed], wanted: &str) -> Result<&'a Trashed, Ending> {
    let fits: Vec<&Trashed> = all.iter().filter(|it| it.is(wanted)).collect();
    match fits[..] {
        [one] => Ok(one),
        [] => Err(could_not(format!("{}: {wanted} is not in the trash", project.display()))),
        _ => {
            let names: Vec<&str> = fits.iter().map(|it| it.name.as_str()).collect();
            Err(could_not(format!("{}: {wanted} may be {}", project.display(), names.join(" or "))))
        }
    }
}
