use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{Name, Project};
use crate::say::is_reserved;

/// A text that cannot be an annotator's name, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnotatorError {
    /// It has characters that a folder's name cannot have everywhere, or is the adjudicated set's.
    Letters(String),
    /// Some system keeps the name for itself, or the program does.
    Reserved(String),
    /// Some systems could not tell the folders of the two apart.
    Case {
        /// The name.
        name: String,
        /// The one that the project has.
        other: String,
    },
}

impl InWords for AnnotatorError {
    fn in_words(&self) -> Message {
        match self {
            Self::Letters(name) => message!("annotator-letters", name = name),
            Self::Reserved(name) => message!("annotator-reserved", name = name),
            Self::Case { name, other } => message!("annotator-case", name = name, other = other),
        }
    }
}

in_english!(AnnotatorError);

/// A name under which somebody new may label: it is also the name of a folder, on every system. Whose set a project has
/// already may go on under any name.
///
/// # Errors
/// If it is empty, too long, has other characters than letters, digits, `-` and `_`, is `gold`, or a name that some system
/// keeps for itself.
pub fn annotator(text: &str) -> Result<Name, AnnotatorError> {
    let text = text.trim();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let gold = text.eq_ignore_ascii_case(Project::GOLD);
    let good = !text.is_empty() && text.chars().count() <= LONGEST && text.chars().all(fits) && !gold;
    let shown = || text.chars().take(40).collect();
    match good {
        false => Err(AnnotatorError::Letters(shown())),
        true if reserved(text) => Err(AnnotatorError::Reserved(shown())),
        true => Ok(text.into()),
    }
}

/// The name of the folder for somebody who calls themselves `typed`: its letters and digits, with `-` for what stands between
/// them, and a `_` after what may be nobody's name.
///
/// # Errors
/// If it has no letter or digit.
pub fn folder_name(typed: &str) -> Result<Name, AnnotatorError> {
    let parts = typed.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').filter(|part| !part.is_empty());
    let joined: String = parts.collect::<Vec<_>>().join("-").chars().take(LONGEST - 1).collect();
    let joined = joined.trim_matches('-');
    if !joined.contains(char::is_alphanumeric) {
        return Err(AnnotatorError::Letters(typed.trim().chars().take(40).collect()));
    }
    annotator(joined).or_else(|_| annotator(&format!("{joined}_")))
}

/// The longest name of an annotator, in characters.
const LONGEST: usize = 32;

/// True where Windows has no file or folder of this name, or the program has another use for it.
pub(super) fn reserved(name: &str) -> bool {
    is_reserved(name) || matches!(name.to_lowercase().as_str(), "comments" | "referents")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_reserved() {
        for name in ["con", "CON", "Prn", "aux", "nul", "com1", "LPT9", "con.x", "comments", "Referents"] {
            assert!(reserved(name), "{name}");
        }
        for name in ["con1", "com", "com10", "lpt", "contra", "ana", "nula", "comment", "x.con", ""] {
            assert!(!reserved(name), "{name}");
        }
    }

    #[test]
    fn any_name_has_a_folder() {
        for (typed, folder) in [
            ("Siti Nurhaliza", "Siti-Nurhaliza"),
            (" siti ", "siti"),
            ("R. A. Kartini (2)", "R-A-Kartini-2"),
            ("O'Brien/../x", "O-Brien-x"),
            ("gold", "gold_"),
            ("con", "con_"),
            ("عمر الخيام", "عمر-الخيام"),
            ("Bến Nghé", "Bến-Nghé"),
        ] {
            assert_eq!(folder_name(typed).as_deref(), Ok(folder), "{typed}");
        }
        let long = folder_name(&"kata ".repeat(20));
        assert!(long.is_ok_and(|name| annotator(&name).is_ok()));
        assert!(folder_name(" … ").is_err());
    }

    #[test]
    fn annotators_are_called_as_a_folder_may_be_everywhere() {
        for name in ["siti", "Ratu_2", "عمر", "console", "com10"] {
            assert!(annotator(name).is_ok(), "{name}");
        }
        for name in ["", Project::GOLD, "a b", "con", "NUL", "Com1", "lpt9", "../x", &"x".repeat(33)] {
            assert!(annotator(name).is_err(), "{name}");
        }
    }
}
