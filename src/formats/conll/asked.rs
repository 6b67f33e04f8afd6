//! Columns as a person says them, and how sentences become articles.

use std::str::FromStr;

use crate::lang::{InWords, Message};
use crate::{in_english, message};

/// The meaning of columns, as a person says it: `word=2,tag=5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedColumns {
    /// The column of words, from 0.
    pub(super) word: usize,
    /// The columns of tags with their names, from 0.
    pub(super) layers: Vec<(String, usize)>,
    /// The column of coreference, from 0.
    pub(super) coref: Option<usize>,
    /// The column of remarks such as `SpaceAfter=No`, from 0.
    pub(super) misc: Option<usize>,
    /// The column of the sentence's number, from 0.
    pub(super) sentence: Option<usize>,
}

/// A failed reading of what a person says about columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedError {
    /// A part is not `NAME=NUMBER`.
    Form(String),
    /// The column of words is missing, or said twice.
    Word,
    /// It is neither a number of sentences nor `blank-lines`.
    Per(String),
}

impl InWords for AskedError {
    fn in_words(&self) -> Message {
        match self {
            Self::Form(said) => message!("columns-form", said = said),
            Self::Word => message!("columns-word"),
            Self::Per(said) => message!("columns-per", said = said),
        }
    }
}

in_english!(AskedError);

impl std::error::Error for AskedError {}

impl FromStr for AskedColumns {
    type Err = AskedError;

    fn from_str(said: &str) -> Result<Self, AskedError> {
        let mut asked = Self { word: usize::MAX, layers: Vec::new(), coref: None, misc: None, sentence: None };
        for part in said.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || AskedError::Form(part.to_owned());
            let (name, number) = part.split_once('=').ok_or_else(wrong)?;
            let number: usize = number.trim().parse().map_err(|_| wrong())?;
            let at = number.checked_sub(1).filter(|at| *at < super::rows::COLUMNS).ok_or_else(wrong)?;
            let once = |place: &mut Option<usize>| match place.replace(at) {
                None => Ok(()),
                Some(_) => Err(wrong()),
            };
            match name.trim() {
                "word" if asked.word == usize::MAX => asked.word = at,
                "word" => return Err(AskedError::Word),
                "coref" => once(&mut asked.coref)?,
                "misc" => once(&mut asked.misc)?,
                "sentence" => once(&mut asked.sentence)?,
                "" => return Err(wrong()),
                name => asked.layers.push((name.to_owned(), at)),
            }
        }
        if asked.word == usize::MAX { Err(AskedError::Word) } else { Ok(asked) }
    }
}

/// The way in which sentences become articles where no line says where one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// So many sentences are an article.
    Sentences(u32),
    /// Two empty lines or more end an article.
    BlankLines,
}

impl FromStr for Per {
    type Err = AskedError;

    fn from_str(said: &str) -> Result<Self, AskedError> {
        match said.trim() {
            "blank-lines" => Ok(Self::BlankLines),
            number => match number.parse() {
                Ok(number) if number > 0 => Ok(Self::Sentences(number)),
                _ => Err(AskedError::Per(number.to_owned())),
            },
        }
    }
}
