//! Columns (CoNLL and its kin): a token a line, mentions as tags of tokens. Files of many kinds are read: [`guess`] finds out
//! by their first lines which column is what, unless a person says it.

mod article;
mod asked;
mod brackets;
mod cutter;
mod guess;
mod joined;
mod layout;
mod rows;
mod tags;
mod write;

pub use asked::{AskedColumns, AskedError, Per};
pub(super) use cutter::recognised;

use super::parallel_read::{Give, items};
use super::{
    AnyWriter, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss, Nested, Options,
    Tags,
};

/// See the module.
pub(super) struct Conll;

impl Format for Conll {
    fn info(&self) -> &'static FormatInfo {
        &write::INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        write::reduce_page(page, cx, loss);
    }

    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        page.text.is_empty()
    }

    fn variants(&self) -> Vec<Options> {
        let mut variants = Vec::new();
        for (columns, tags) in [(2, Tags::Bio), (3, Tags::Iob1), (4, Tags::Bioes), (2, Tags::Bilou)] {
            for nested in [Nested::Outermost, Nested::Innermost, Nested::Columns] {
                variants.push(Options { tags, nested, columns, ..Options::default() });
            }
        }
        variants
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(write::ConllWriter { cx })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let options = &reading.options;
        let cut = |give: &mut Give<'_, _>| {
            for file in source.with_extension(&cutter::EXTENSIONS) {
                cutter::cut(source, file, options, give);
            }
        };
        items(source, reading, out, cut, |article, reading, out| article.finish(reading, out));
    }
}
