//! The long work of the panes: it changes articles, and is one step of undo.

use crate::corpus::Index;
use crate::corpus::register::{Deed, carry_out};
use crate::lang::InWords;
use crate::store::{Link, StoreError};
use crate::t;
use crate::ui::widgets::jobs::Ticket;
use crate::ui::workspace::long_work::{LongWork, WorkEnd};

/// Work that gives the sentence which tells of it once it is done.
pub fn work(title: &'static str, work: impl FnOnce(&Link) -> Result<String, StoreError> + Send + 'static) -> LongWork {
    let work = move |link: &Link, _: &Ticket| match work(link) {
        Ok(said) => WorkEnd::said(said),
        Err(why) => WorkEnd::failed(t!("corpus-unchanged"), why.told()),
    };
    LongWork { title, counted: t!("unit-articles"), read_only: Some(t!("add-read-only")), work: Box::new(work) }
}

/// The work that carries out a deed of the register in the sets that the index is of, whichever pane it is asked for in, and what tells of it then.
pub fn deed(index: &Index, deed: Deed, told: String) -> LongWork {
    let maker = index.maker().clone();
    work(t!("register-working"), move |link| carry_out(link, &maker, &deed).map(|_| told))
}
