//! `jejak completions`: what a shell needs to complete commands and options.

use clap::Args;
use clap_complete::Shell;

use super::output::{Ended, Output};

/// Prints the completions of a shell
///
/// They complete commands, options, and the values of options that are one of a few.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jejak completions bash > ~/.local/share/bash-completion/completions/jejak
  jejak completions zsh > ~/.zfunc/_jejak                  with fpath+=~/.zfunc before compinit
  jejak completions fish > ~/.config/fish/completions/jejak.fish
  jejak completions powershell >> $PROFILE
  jejak completions elvish >> ~/.config/elvish/rc.elv")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Writes the completions of the whole command line, which is `whole`.
    pub fn run(self, mut whole: clap::Command, output: &mut Output) -> Ended {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut whole, "jejak", &mut script);
        output.raw(&String::from_utf8_lossy(&script))?;
        Ok(false)
    }
}
