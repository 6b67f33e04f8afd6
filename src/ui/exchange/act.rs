//! Does what commands about exchange say.

use super::export_dialog::ExportDialog;
use super::exporting::Exporting;
use super::import_dialog::ImportDialog;
use crate::t;
use crate::ui::commands::ExchangeCommand;
use crate::ui::widgets::path_dialog::{PathDialog, Purpose};
use crate::ui::workspace::cx::{self, Cx};

/// Something that a command about exchange asks.
pub enum ExchangeDialog {
    /// Files and folders with articles.
    Path(Box<PathDialog>),
    /// Articles of other software, to be brought in.
    Import(Box<ImportDialog>),
    /// A data set to write.
    Export(Box<ExportDialog>),
}

type Done = cx::Done<ExchangeDialog>;
type Outcome = cx::Outcome<ExchangeDialog>;

/// Does what a command about exchange says.
///
/// # Errors
/// One sentence, where it cannot be done.
pub fn perform(cx: &mut Cx<'_>, exporting: &mut Exporting, command: ExchangeCommand) -> Outcome {
    use ExchangeCommand as E;
    match command {
        E::AddArticles => Ok(Done::Ask(ExchangeDialog::Path(Box::new(PathDialog::new(Purpose::Add, &[]))))),
        E::Import if cx.workspace.session.read_only() => Err(t!("say-import-read-only").to_owned()),
        E::Import => {
            let (project, annotator) = (cx.workspace.session.snapshot(), cx.workspace.annotator());
            let dialog = ImportDialog::new(project, annotator, &cx.settings.language);
            Ok(Done::Ask(ExchangeDialog::Import(Box::new(dialog))))
        }
        E::Export => {
            exporting.ask(cx);
            Ok(Done::Nothing)
        }
    }
}
