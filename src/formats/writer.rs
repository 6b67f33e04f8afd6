//! The writer of a format: an article drawn on any thread, then put into the files in its place.

use std::any::Any;
use std::borrow::Cow;
use std::io;

use super::document::ExchangeDocument;
use super::files::{Memory, Sink};
use super::stems::file_stems;
use crate::message;

/// The writer of a format, for reduced documents.
pub trait Writer: Sync {
    /// The result of drawing an article, beside its pieces of files.
    type Drawn: Send + 'static;
    /// The state that is kept from article to article.
    type State: Default + 'static;

    /// Begins the files.
    ///
    /// # Errors
    /// The sink's own.
    fn begin(&self, state: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let _ = (state, sink);
        Ok(())
    }

    /// Draws an article, on any thread. `number` says how many articles stand before it.
    ///
    /// # Errors
    /// If it cannot be written in this format at all.
    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Self::Drawn>;

    /// Takes note of an article, one after the other in their order, before its pieces are written.
    ///
    /// # Errors
    /// The sink's own.
    fn put(
        &self,
        state: &mut Self::State,
        page: &ExchangeDocument,
        drawn: Self::Drawn,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let _ = (state, page, drawn, sink);
        Ok(())
    }

    /// Ends the files.
    ///
    /// # Errors
    /// The sink's own.
    fn end(&self, state: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let _ = (state, sink);
        Ok(())
    }
}

/// The writer of a format that is read and not written.
pub(super) struct Unwritten {
    /// Its name.
    pub format: &'static str,
}

impl Writer for Unwritten {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, _: &ExchangeDocument, _: &mut Pieces) -> io::Result<()> {
        Err(io::Error::other(message!("format-read-only", format = self.format)))
    }
}

/// Any [`Writer`], whatever it hands on and keeps.
pub trait AnyWriter: Sync {
    /// See [`Writer::State`].
    fn state(&self) -> Box<dyn Any>;
    /// See [`Writer::begin`].
    ///
    /// # Errors
    /// The sink's own.
    fn begin(&self, state: &mut dyn Any, sink: &mut dyn Sink) -> io::Result<()>;
    /// See [`Writer::draw`].
    ///
    /// # Errors
    /// If the article cannot be written in this format.
    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Box<dyn Any + Send>>;
    /// See [`Writer::put`].
    ///
    /// # Errors
    /// The sink's own.
    fn put(
        &self,
        state: &mut dyn Any,
        page: &ExchangeDocument,
        drawn: Box<dyn Any + Send>,
        sink: &mut dyn Sink,
    ) -> io::Result<()>;
    /// See [`Writer::end`].
    ///
    /// # Errors
    /// The sink's own.
    fn end(&self, state: &mut dyn Any, sink: &mut dyn Sink) -> io::Result<()>;
}

const OWN: &str = "a writer is given what it made itself";

impl<W: Writer> AnyWriter for W {
    fn state(&self) -> Box<dyn Any> {
        Box::new(W::State::default())
    }

    fn begin(&self, state: &mut dyn Any, sink: &mut dyn Sink) -> io::Result<()> {
        Writer::begin(self, state.downcast_mut().expect(OWN), sink)
    }

    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Box<dyn Any + Send>> {
        Ok(Box::new(Writer::draw(self, number, page, pieces)?))
    }

    fn put(
        &self,
        state: &mut dyn Any,
        page: &ExchangeDocument,
        drawn: Box<dyn Any + Send>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        Writer::put(self, state.downcast_mut().expect(OWN), page, *drawn.downcast().expect(OWN), sink)
    }

    fn end(&self, state: &mut dyn Any, sink: &mut dyn Sink) -> io::Result<()> {
        Writer::end(self, state.downcast_mut().expect(OWN), sink)
    }
}

/// Pieces that an article adds to files, and files of its own.
#[derive(Debug, Default)]
pub struct Pieces {
    all: Vec<FilePiece>,
    /// The name of the article's files, before their extension.
    pub(super) stem: String,
    /// Emptied memory of earlier articles: the system is slow to give as much anew for each.
    spare: Vec<Vec<u8>>,
}

#[derive(Debug)]
struct FilePiece {
    file: Cow<'static, str>,
    whole: bool,
    bytes: Vec<u8>,
}

impl Pieces {
    /// The name of the article's file with this extension: see [`super::file_stems`].
    #[must_use]
    pub fn name(&self, extension: &str) -> String {
        format!("{}.{extension}", self.stem)
    }

    /// The article's file with this extension: to be filled.
    pub fn own(&mut self, extension: &str) -> &mut Vec<u8> {
        self.whole(self.name(extension))
    }

    /// Returns the article's piece of the file `name`, which others have a part in: to be filled, or gone on with.
    pub fn append(&mut self, name: impl Into<Cow<'static, str>>) -> &mut Vec<u8> {
        let name = name.into();
        match self.all.iter().position(|piece| !piece.whole && piece.file == name) {
            Some(at) => &mut self.all[at].bytes,
            None => self.add(name, false),
        }
    }

    /// A file that is complete at once: to be filled.
    pub fn whole(&mut self, name: String) -> &mut Vec<u8> {
        self.add(name.into(), true)
    }

    /// As [`Pieces::whole`], filled with a text by `fill`.
    pub fn whole_text(&mut self, name: String, fill: impl FnOnce(&mut String)) {
        let bytes = self.whole(name);
        // It is empty.
        let mut text = String::from_utf8(std::mem::take(bytes)).unwrap_or_default();
        fill(&mut text);
        *bytes = text.into_bytes();
    }

    fn add(&mut self, file: Cow<'static, str>, whole: bool) -> &mut Vec<u8> {
        let bytes = self.spare.pop().unwrap_or_default();
        self.all.push(FilePiece { file, whole, bytes });
        let last = self.all.len() - 1;
        &mut self.all[last].bytes
    }

    /// Writes everything.
    pub(super) fn write(&self, sink: &mut dyn Sink) -> io::Result<()> {
        for piece in &self.all {
            match piece.whole {
                true => sink.whole(&piece.file, &piece.bytes)?,
                false => sink.append(&piece.file, &piece.bytes)?,
            }
        }
        Ok(())
    }

    /// Empties it for another article.
    pub(super) fn clear(&mut self) {
        for mut piece in self.all.drain(..) {
            piece.bytes.clear();
            self.spare.push(piece.bytes);
        }
    }
}

/// Returns the files of one reduced document alone.
pub(super) fn write_one(writer: &dyn AnyWriter, page: &ExchangeDocument) -> Memory {
    let mut memory = Memory::default();
    let stem = file_stems([(page.id.as_str(), page.about.source.as_str())]).concat();
    let mut pieces = Pieces { stem, ..Pieces::default() };
    let mut state = writer.state();
    // Memory takes whatever it is given.
    let _ = writer.begin(&mut *state, &mut memory).and_then(|()| {
        let drawn = writer.draw(0, page, &mut pieces)?;
        writer.put(&mut *state, page, drawn, &mut memory)?;
        pieces.write(&mut memory)
    });
    memory
}
