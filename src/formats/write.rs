//! Writing pages: drawn on every processor, put into the files in their order.
//!
//! What an article becomes depends on the article alone, nearly always. So [`Writer::draw`] makes it on whichever
//! thread is free, after the page was reduced there, and [`Writer::put`] adds what only the order of articles decides:
//! which number a cluster has, which row group a row is in. A few pages are on their way at a time, so memory stays
//! small however many there are, and the files are the same on any machine.

use std::any::Any;
use std::borrow::Cow;
use std::io;
use std::sync::{Mutex, PoisonError};

use super::{Context, ExchangeDocument, Format, Loss, Memory, Mentioned, Sink};
use crate::in_order::in_order;
use crate::say::Names;

/// How a format writes reduced pages.
pub trait Writer: Sync {
    /// What drawing an article hands on, beside its pieces of files.
    type Drawn: Send + 'static;
    /// What is kept from article to article.
    type State: Default + 'static;

    /// Begins the files.
    ///
    /// # Errors
    /// What the sink says.
    fn begin(&self, state: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let _ = (state, sink);
        Ok(())
    }

    /// What an article becomes, on any thread. `number` says how many articles stand before it.
    ///
    /// # Errors
    /// If it cannot be written in this format at all.
    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Self::Drawn>;

    /// Takes note of an article, one after the other in their order, before its pieces are written.
    ///
    /// # Errors
    /// What the sink says.
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
    /// What the sink says.
    fn end(&self, state: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let _ = (state, sink);
        Ok(())
    }
}

/// Any [`Writer`], whatever it hands on and keeps.
pub trait AnyWriter: Sync {
    /// See [`Writer::State`].
    fn state(&self) -> Box<dyn Any>;
    /// See [`Writer::begin`].
    ///
    /// # Errors
    /// What the sink says.
    fn begin(&self, state: &mut dyn Any, sink: &mut dyn Sink) -> io::Result<()>;
    /// See [`Writer::draw`].
    ///
    /// # Errors
    /// If the article cannot be written in this format.
    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Box<dyn Any + Send>>;
    /// See [`Writer::put`].
    ///
    /// # Errors
    /// What the sink says.
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
    /// What the sink says.
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

/// What an article adds to files, or the files that it is alone in.
#[derive(Debug, Default)]
pub struct Pieces {
    all: Vec<Piece>,
    /// The name of the article's files, before their extension.
    stem: String,
    /// Emptied memory of earlier articles: the system is slow to give as much anew for each.
    spare: Vec<Vec<u8>>,
}

#[derive(Debug)]
struct Piece {
    file: Cow<'static, str>,
    whole: bool,
    bytes: Vec<u8>,
}

impl Pieces {
    /// The name of the article's file with this extension: its id, or what stands for it where that is no file's name
    /// on every system or another article's file has it but for capitals.
    #[must_use]
    pub fn name(&self, extension: &str) -> String {
        format!("{}.{extension}", self.stem)
    }

    /// The article's file with this extension: to be filled.
    pub fn own(&mut self, extension: &str) -> &mut Vec<u8> {
        self.whole(self.name(extension))
    }

    /// What the article adds to the file `name`, which others have a part in: to be filled, or gone on with.
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
        self.all.push(Piece { file, whole, bytes });
        let last = self.all.len() - 1;
        &mut self.all[last].bytes
    }

    fn write(&self, sink: &mut dyn Sink) -> io::Result<()> {
        for piece in &self.all {
            match piece.whole {
                true => sink.whole(&piece.file, &piece.bytes)?,
                false => sink.append(&piece.file, &piece.bytes)?,
            }
        }
        Ok(())
    }

    fn clear(&mut self) {
        for mut piece in self.all.drain(..) {
            piece.bytes.clear();
            self.spare.push(piece.bytes);
        }
    }
}

/// One of the parts that pages are written into.
pub struct Part<'a> {
    /// What the format is told of it.
    pub cx: Context<'a>,
    /// What a file of the format is called in it.
    pub place: &'a (dyn Fn(&str) -> String + Sync),
}

/// Passes files on under the name that they have in a part.
struct Placing<'a> {
    place: &'a (dyn Fn(&str) -> String + Sync),
    sink: &'a mut dyn Sink,
}

impl Sink for Placing<'_> {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.sink.append(&(self.place)(name), bytes)
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.sink.whole(&(self.place)(name), bytes)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// A page that is still to be made: the part that it goes into, its id, and what it is made of.
pub type Coming<T> = (usize, String, T);

/// Makes pages of what they are made of, on every processor, and writes them into the parts that each says; gives what was
/// lost. What is made beside a page is handed to `also`, in the order of the pages. The sink is finished by the caller.
///
/// # Errors
/// The first error among the pages, or what `failed` makes of what the sink says.
pub fn write_parts<T: Send, B: Send, E: Send>(
    format: &dyn Format,
    parts: &[Part<'_>],
    coming: impl Iterator<Item = Result<Coming<T>, E>>,
    make: impl Fn(T) -> Result<(ExchangeDocument, B), E> + Sync,
    mut also: impl FnMut(B),
    sink: &mut dyn Sink,
    failed: impl Fn(io::Error) -> E,
) -> Result<Loss, E> {
    let writers: Vec<_> = parts.iter().map(|part| format.writer(part.cx)).collect();
    let mut states: Vec<_> = writers.iter().map(|writer| writer.state()).collect();
    for ((part, writer), state) in parts.iter().zip(&writers).zip(&mut states) {
        writer.begin(&mut **state, &mut Placing { place: part.place, sink }).map_err(&failed)?;
    }
    let emptied: Mutex<Vec<Pieces>> = Mutex::default();
    let emptied = || emptied.lock().unwrap_or_else(PoisonError::into_inner);
    let mut loss = Loss::default();
    // How many articles of its part stand before each.
    let mut numbers = vec![0; parts.len()];
    let mut names = Names::default();
    // The files that a data set has beside its articles.
    for other in ["README", "manifest", "croissant"] {
        names.give(other);
    }
    let mut names = vec![names; parts.len()];
    let numbered = coming.map(|coming| {
        coming.map(|(part, id, from)| {
            numbers[part] += 1;
            let stem = names[part].give(&id);
            (part, numbers[part] - 1, from, stem)
        })
    });
    let draw = |order: usize, (part, number, from, stem): (usize, usize, T, String)| {
        let (mut page, beside) = make(from)?;
        let mut lost = Loss::default();
        lost.at(order);
        format.reduce(&mut page, &parts[part].cx, &mut lost);
        let mut pieces = emptied().pop().unwrap_or_default();
        pieces.stem = stem;
        let drawn = writers[part].draw(number, &page, &mut pieces);
        Ok((part, page, pieces, drawn, lost, beside))
    };
    in_order(numbered, draw, |made| {
        let (part, page, mut pieces, drawn, lost, beside) = made?;
        loss.add(lost);
        let mut sink = Placing { place: parts[part].place, sink };
        let put = drawn.and_then(|drawn| writers[part].put(&mut *states[part], &page, drawn, &mut sink));
        put.and_then(|()| pieces.write(&mut sink)).map_err(&failed)?;
        pieces.clear();
        emptied().push(pieces);
        also(beside);
        Ok(())
    })?;
    for ((part, writer), state) in parts.iter().zip(&writers).zip(&mut states) {
        writer.end(&mut **state, &mut Placing { place: part.place, sink }).map_err(&failed)?;
    }
    Ok(loss)
}

/// Writes pages into a sink, which is finished by the caller; gives what was lost.
///
/// # Errors
/// What the sink says.
pub fn write(
    format: &dyn Format,
    pages: impl Iterator<Item = ExchangeDocument>,
    cx: Context<'_>,
    sink: &mut dyn Sink,
) -> io::Result<Loss> {
    let mut mentioned = Mentioned::default();
    let part = Part { cx, place: &str::to_owned };
    let pages = pages.map(|page| {
        mentioned.add(&page);
        Ok((0, page.id.clone(), page))
    });
    let mut loss = write_parts(format, &[part], pages, |page| Ok((page, ())), |()| {}, sink, |error: io::Error| error)?;
    mentioned.lose_others(format, &cx, &mut loss);
    Ok(loss)
}

/// What a reduced page alone becomes.
pub(super) fn write_one(writer: &dyn AnyWriter, page: &ExchangeDocument) -> Memory {
    let mut memory = Memory::default();
    let mut pieces = Pieces { stem: Names::default().give(&page.id), ..Pieces::default() };
    let mut state = writer.state();
    // Memory takes whatever it is given.
    let _ = writer.begin(&mut *state, &mut memory).and_then(|()| {
        let drawn = writer.draw(0, page, &mut pieces)?;
        writer.put(&mut *state, page, drawn, &mut memory)?;
        pieces.write(&mut memory)
    });
    memory
}
