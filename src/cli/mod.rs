//! The command line.
//!
//! Results go to stdout, as text for people or with `--json` for machines; messages and progress go to stderr. The exit
//! code is 0 where all is done, 1 where it is done and found problems, 2 where it could not be done, which is then said
//! in one line that names the file and the place.

mod add;
mod adjudicate;
mod agreement;
mod articles;
mod ask_programs;
mod check;
mod claims;
mod comments;
mod compare;
mod completions;
mod consistency;
mod demo;
mod errors;
mod export;
mod fates;
mod find;
mod formats;
mod habits;
mod import;
mod merge;
mod output;
mod over_articles;
mod people;
mod probable;
mod reasons;
mod recover;
mod register;
mod schema;
mod show;
mod stats;
mod suggest;
mod trips;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic::UnwindSafe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::diagnostics::{self, Level, Logging};
use crate::model::Timestamp;
use crate::store::settings::Settings;
use output::{Ended, Ending, Output, could_not};

/// Desktop annotation of entities, trips and claims in articles, up to gold-standard data.
#[derive(Debug, Parser)]
#[command(name = "jejak", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Arguments {
    /// The project folder to open in the window; the last one, or at first the sample, where none is given.
    project: Option<PathBuf>,
    /// The level of the log in the user's data folder: off, error, warn, info, debug or trace; JEJAK_LOG and the settings
    /// say it, too [default: info for the window, off for commands]
    #[arg(long, global = true, value_name = "LEVEL")]
    log: Option<Level>,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

const EXAMPLES: &str = "\
Examples:
  jejak                                   open the last project, or the sample
  jejak trips/                            open a project
  jejak demo                              see the main job done on the sample, without a window
  jejak new trips/ articles/*.html        make a project of some articles
  jejak check trips/                      look for mistakes in it

A project whose name is that of a command: jejak ./check

Exit codes:
  0  done
  1  done, and it found problems: an article that could not be read, a mistake in the annotations
  2  could not be done: wrong usage, no such project, no permission; one line on stderr says why";

#[derive(Debug, Subcommand)]
enum CliCommand {
    Demo(demo::Demo),
    New(add::New),
    Add(add::Add),
    Articles(articles::ArticlesCommand),
    Export(export::Export),
    Import(import::Import),
    Formats(formats::Formats),
    Check(check::Check),
    Stats(stats::Stats),
    People(people::People),
    Schema(schema::SchemaCommand),
    Comments(comments::CommentsCommand),
    Compare(compare::Compare),
    Adjudicate(adjudicate::Adjudicate),
    Agreement(agreement::AgreementCommand),
    Evaluate(agreement::Evaluate),
    Probable(probable::Probable),
    Suggest(suggest::Suggest),
    Reasons(reasons::Reasons),
    Trips(trips::TripsCommand),
    Claims(claims::ClaimsCommand),
    Register(register::RegisterCommand),
    Find(find::Find),
    Consistency(consistency::ConsistencyCommand),
    Merge(merge::Merge),
    Recover(recover::Recover),
    Show(show::Show),
    Completions(completions::Completions),
}

impl CliCommand {
    fn run(self, output: &mut Output) -> Ended {
        match self {
            Self::Demo(demo) => demo.run(perform, output),
            Self::New(new) => new.run(output),
            Self::Add(add) => add.run(output),
            Self::Articles(articles) => articles.run(output),
            Self::Export(export) => export.run(output),
            Self::Import(import) => import.run(output),
            Self::Formats(formats) => formats.run(output),
            Self::Check(check) => check.run(output),
            Self::Stats(stats) => stats.run(output),
            Self::People(people) => people.run(output),
            Self::Schema(schema) => schema.run(output),
            Self::Comments(comments) => comments.run(output),
            Self::Compare(compare) => compare.run(output),
            Self::Adjudicate(adjudicate) => adjudicate.run(output),
            Self::Agreement(agreement) => agreement.run(output),
            Self::Evaluate(evaluate) => evaluate.run(output),
            Self::Probable(probable) => probable.run(output),
            Self::Suggest(suggest) => suggest.run(output),
            Self::Reasons(reasons) => reasons.run(output),
            Self::Trips(trips) => trips.run(output),
            Self::Claims(claims) => claims.run(output),
            Self::Register(register) => register.run(output),
            Self::Find(find) => find.run(output),
            Self::Consistency(consistency) => consistency.run(output),
            Self::Merge(merge) => merge.run(output),
            Self::Recover(recover) => recover.run(output),
            Self::Show(show) => show.run(output),
            Self::Completions(completions) => completions.run(Arguments::command(), output),
        }
    }
}

/// Does what the words after `jejak` say, as if they were typed.
fn perform(words: Vec<OsString>, output: &mut Output) -> Ended {
    let arguments = Arguments::try_parse_from(std::iter::once("jejak".into()).chain(words)).map_err(could_not)?;
    match arguments.command {
        Some(command) => command.run(output),
        None => Err(could_not("no command was given")),
    }
}

/// Does what the process's arguments say.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(guarded(run))
}

/// Runs something as the program is run: a panic becomes one sentence, a report in the user's data folder, and exit
/// code 2.
pub fn guarded(run: impl FnOnce() -> u8 + UnwindSafe) -> u8 {
    std::panic::set_hook(Box::new(|broken| {
        let report = diagnostics::folder().and_then(|folder| diagnostics::panicked(&folder, broken));
        Output::message_alone(&mistake(&broken.to_string(), broken.payload_as_str(), report.as_deref()));
    }));
    // The failure is said already.
    std::panic::catch_unwind(run).unwrap_or(2)
}

/// The sentence for a mistake in the program itself; `whole` has its place, `said` what the program has to say of it.
fn mistake(whole: &str, said: Option<&str>, report: Option<&Path>) -> String {
    let place = whole.lines().next().and_then(|line| line.split_once(" at ")).map_or("", |(_, place)| place);
    let place = place.trim_end_matches(':');
    let said = said.map_or(String::new(), |said| format!(": {said}"));
    let report =
        report.map_or(String::new(), |file| format!("; a report, without texts of articles, is in {}", file.display()));
    format!(
        "jejak: there is a mistake in the program itself ({place}{said}); what was saved is not touched by it{report}"
    )
}

fn run() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse_or_help(&error),
    };
    let mut output = Output::new();
    if let Err(wrong) = Timestamp::of_clock(std::time::SystemTime::now()) {
        output.message(&format!("jejak: {wrong}"));
    }
    let _log = match log(&arguments, &mut output) {
        Ok(log) => log,
        Err(why) => {
            output.message(&format!("jejak: {why}"));
            return 2;
        }
    };
    let begun = Instant::now();
    let ended = match arguments.command {
        None => crate::ui::run(arguments.project).map_err(Ending::CouldNot).map(|()| false),
        Some(command) => {
            diagnostics::done(&command);
            command.run(&mut output)
        }
    };
    let code = match ended.and_then(|problems| output.finish().map(|()| problems)) {
        // Whoever reads the results has seen enough: `jejak check trips/ | head`.
        Ok(false) | Err(Ending::Unheard) => 0,
        Ok(true) => 1,
        Err(Ending::CouldNot(why)) => {
            tracing::error!(why = diagnostics::elided(&why), "could not");
            output.message(&format!("jejak: {why}"));
            2
        }
    };
    tracing::info!(code, ms = begun.elapsed().as_millis(), "ends");
    code
}

/// Begins the log, at the level that the command line says, else the environment, else the settings. Without it the
/// work goes on: that it cannot be written is told.
fn log(arguments: &Arguments, output: &mut Output) -> Result<Option<Logging>, String> {
    let settings = Settings::folder().map_or_else(|| Ok(Settings::default()), |folder| Settings::load(&folder));
    let settings = settings.unwrap_or_else(|why| {
        output.message(&format!("jejak: {why}"));
        Settings::default()
    });
    let usual = if arguments.command.is_none() { Level::Info } else { Level::Off };
    let named = match std::env::var("JEJAK_LOG") {
        Ok(name) if !name.is_empty() => Some(name.parse::<Level>().map_err(|why| format!("JEJAK_LOG: {why}"))?),
        _ => None,
    };
    let level = arguments.log.or(named).or(settings.log).unwrap_or(usual);
    let Some(folder) = diagnostics::folder().filter(|_| level != Level::Off) else { return Ok(None) };
    match diagnostics::begin(&folder, level) {
        Ok(log) => Ok(Some(log)),
        Err(why) => {
            output.message(&format!("jejak: {why}"));
            Ok(None)
        }
    }
}

/// Help and version go to stdout; wrong usage becomes one line, as every other error.
fn refuse_or_help(error: &clap::Error) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let shown = error.render();
        let mut stdout = std::io::stdout().lock();
        let text = if std::io::IsTerminal::is_terminal(&stdout) { shown.ansi().to_string() } else { shown.to_string() };
        // Nothing is left to be done where nobody reads the help.
        let _ = stdout.write_all(text.as_bytes());
        return 0;
    }
    let whole = error.render().to_string();
    let said = whole.split("\n\n").next().unwrap_or_default();
    let said: Vec<&str> = said.trim_start_matches("error: ").split_whitespace().collect();
    let usage = whole.split_once("Usage: ").map_or("jejak", |(_, usage)| usage);
    let command: Vec<&str> = usage.split_whitespace().take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    let (said, command) = (plain_usage(&said.join(" ")), command.join(" "));
    Output::new().message(&format!("jejak: {}; see {command} --help", said.trim_end_matches('.')));
    2
}

/// The fault of a number of the command line, in words.
fn plain_usage(said: &str) -> String {
    let plain = [
        ("invalid digit found in string", "it is not a whole number"),
        ("invalid float literal", "it is not a number"),
        ("cannot parse integer from empty string", "it is empty"),
        ("number too large to fit in target type", "it is too large"),
        ("number too small to fit in target type", "it is too small"),
        (" is not in 0..18446744073709551615", " is too large"),
    ];
    plain.iter().fold(said.to_owned(), |said, (from, to)| said.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_of_the_program_is_one_sentence() {
        let whole = "panicked at src/text/mod.rs:10:5:\nno \u{1b}[2J text";
        assert_eq!(
            crate::say::visible(&mistake(whole, Some("no \u{1b}[2J\ntext"), None)),
            "jejak: there is a mistake in the program itself (src/text/mod.rs:10:5: no \\u{1b}[2J text); what was saved is \
             not touched by it"
        );
        assert!(mistake("", None, None).contains("itself ();"));
        let report = mistake("", None, Some(Path::new("/home/sari/report.txt")));
        assert!(report.ends_with("; a report, without texts of articles, is in /home/sari/report.txt"));
    }
}
