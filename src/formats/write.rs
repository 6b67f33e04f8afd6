//! Writing pages: drawn on every processor, put into the files in their order.
//!
//! The files of an article depend on the article alone, nearly always. So [`super::Writer::draw`] makes it on whichever
//! thread is free, after the page was reduced there, and [`super::Writer::put`] adds what only the order of articles decides:
//! which number a cluster has, which row group a row is in. A few pages are on their way at a time, so memory stays
//! small however many there are, and the files are the same on any machine.

use std::io;
use std::sync::{Mutex, PoisonError};

use super::document::ExchangeDocument;
use super::exchange_format::{Format, Mentioned};
use super::files::Sink;
use super::loss::Loss;
use super::options::Context;
use super::stems;
use super::writer::Pieces;
use crate::in_order::in_order;

/// One of the parts that pages are written into.
pub struct ExportPart<'a> {
    /// The context that the format is given.
    pub cx: Context<'a>,
    /// Gives the name that a file of the format has in it.
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

/// A page that is still to be made: the part that it goes into, the name of its own files before their extension (see
/// [`super::file_stems`]), and what it is made of.
pub type Coming<T> = (usize, String, T);

/// Makes pages of what they are made of, on every processor, and writes them into the parts that each says; gives what was
/// lost. What is made beside a page is handed to `also`, in the order of the pages. The sink is finished by the caller.
///
/// # Errors
/// The first error among the pages, or what `failed` makes of what the sink says.
pub fn write_parts<T: Send, B: Send, E: Send>(
    format: &dyn Format,
    parts: &[ExportPart<'_>],
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
    // The number of articles of its part that stand before each.
    let mut numbers = vec![0; parts.len()];
    let numbered = coming.map(|coming| {
        coming.map(|(part, stem, from)| {
            numbers[part] += 1;
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

/// Writes pages into a sink, which is finished by the caller; gives what was lost. Files of a page are called by its id:
/// what the others came from is not known as long as pages come.
///
/// # Errors
/// The sink's own.
pub fn write(
    format: &dyn Format,
    pages: impl Iterator<Item = ExchangeDocument>,
    cx: Context<'_>,
    sink: &mut dyn Sink,
) -> io::Result<Loss> {
    let mut mentioned = Mentioned::default();
    let part = ExportPart { cx, place: &str::to_owned };
    let mut names = stems::names();
    let pages = pages.map(|page| {
        mentioned.add(&page);
        Ok((0, names.give(&page.id), page))
    });
    let mut loss = write_parts(format, &[part], pages, |page| Ok((page, ())), |()| {}, sink, |error: io::Error| error)?;
    mentioned.lose_others(format, &cx, &mut loss);
    Ok(loss)
}
