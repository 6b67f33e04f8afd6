//! Lines of `WebAnno` TSV 1 and 2: a token a line, with the values of layers as tags in columns, and no offsets.

use std::borrow::Cow;

use crate::formats::cas::{Held, Structure, article_of};
use crate::formats::{ImportContext, Item, OffsetUnit};
use crate::lang::Message;
use crate::message;
use crate::model::Problem;

/// The layer of a file that names none.
const NAMED_ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
/// Columns of one file.
const COLUMNS: usize = 256;

/// True where lines look like those of a file of the first or second version.
pub(in crate::formats) fn old_lines(text: &str) -> bool {
    let token = |line: &str| {
        let name = line.split('\t').next().unwrap_or_default();
        let parts: Vec<&str> = name.split('-').collect();
        line.contains('\t')
            && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut lines = text.lines().skip_while(|line| !line.starts_with("#text="));
    lines.next().is_some() && lines.next().is_some_and(token)
}

/// A column: the type of its layer, and the feature that it tells.
struct OldColumn<'a> {
    layer: &'a str,
    feature: &'a str,
    /// True for the first of its layer.
    first: bool,
    /// True for one of a layer that joins others.
    relation: bool,
}

/// The columns that the first line names: `# layer | feature | feature # layer | feature`.
fn columns(head: &str) -> Vec<OldColumn<'_>> {
    let mut columns = Vec::new();
    for layer in head.split('#').map(str::trim).filter(|layer| !layer.is_empty()) {
        let mut fields = layer.split('|').map(str::trim).filter(|field| !field.is_empty());
        let Some(layer) = fields.next() else { continue };
        let before = columns.len();
        columns.extend(fields.map(|feature| OldColumn { layer, feature, first: false, relation: false }));
        if before == columns.len() {
            columns.push(OldColumn { layer, feature: "", first: false, relation: false });
        }
        columns[before].first = true;
        let relation = columns[before..].iter().any(|column| column.feature.starts_with("AttachTo"));
        columns[before..].iter_mut().for_each(|column| column.relation = relation);
    }
    columns.truncate(COLUMNS);
    columns
}

/// Hands over the article of a file, or says why there is none.
pub(super) fn article(
    file: &str,
    content: &str,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let content = content.trim_start_matches('\u{feff}');
    let head = content.lines().next().filter(|line| line.starts_with("# ")).unwrap_or_default();
    let mut columns = columns(head);
    let named = !columns.is_empty();
    let mut text = String::new();
    let mut from = 0;
    let mut all: Vec<Structure<'_>> = Vec::new();
    // The annotations that are open in each column, as they are stacked.
    let mut open: Vec<Vec<usize>> = Vec::new();
    let mut relations = 0_usize;
    for (number, line) in (1..).zip(content.lines()) {
        if let Some(said) = line.strip_prefix("#text=") {
            if !text.is_empty() {
                text.push('\n');
            }
            from = text.len();
            text.push_str(said);
            open.clear();
            continue;
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut cells = line.split('\t');
        let token = cells.by_ref().nth(1).unwrap_or_default();
        let Some(at) = text.get(from..).and_then(|rest| rest.find(token)).filter(|_| !token.is_empty()) else {
            let why = message!("webanno-token", token = token);
            out(Item::Problem(Problem::warning("line", why).at(file, Some(number))));
            continue;
        };
        let (begin, end) = (from + at, from + at + token.len());
        from = end;
        let cells: Vec<&str> = cells.collect();
        if !named && columns.len() < cells.len().min(COLUMNS) {
            // The first version names no layers: tags of mentions tell themselves.
            let more = cells.len().min(COLUMNS) - columns.len();
            columns.extend((0..more).map(|_| OldColumn {
                layer: NAMED_ENTITY,
                feature: "value",
                first: true,
                relation: false,
            }));
        }
        open.resize(columns.len(), Vec::new());
        let mut of_layer: Vec<Option<usize>> = Vec::new();
        for (at, (column, cell)) in columns.iter().zip(&cells).enumerate() {
            if column.relation {
                let told = column.feature.starts_with("AttachTo") && !matches!(*cell, "_" | "" | "O");
                relations += usize::from(told);
                continue;
            }
            let before = if column.first { std::mem::take(&mut open[at]) } else { Vec::new() };
            if column.first {
                of_layer.clear();
            }
            for (level, cell) in cell.split('|').enumerate() {
                let (sign, value) = match cell.split_once('-') {
                    Some((sign @ ("B" | "I"), value)) => (sign, value),
                    _ => ("", cell),
                };
                let bare = matches!(cell, "_" | "" | "O") || (!named && sign.is_empty());
                if column.first {
                    if bare {
                        of_layer.push(None);
                        continue;
                    }
                    let goes_on = before.get(level).copied().filter(|_| sign == "I");
                    let index = goes_on.unwrap_or_else(|| {
                        let id = all.len() as i64 + 1;
                        let features = vec![
                            (Cow::Borrowed("begin"), Held::Number(begin as i64)),
                            ("end".into(), Held::Number(end as i64)),
                            ("sofa".into(), Held::References(vec![0])),
                        ];
                        all.push(Structure { id, kind: column.layer.into(), features });
                        all.len() - 1
                    });
                    if let Some((_, last)) = all[index].features.iter_mut().find(|(name, _)| name == "end") {
                        *last = Held::Number(end as i64);
                    }
                    open[at].push(index);
                    of_layer.push(Some(index));
                }
                let one = of_layer.get(level).copied().flatten().and_then(|index| all.get_mut(index));
                if let Some(one) = one
                    && !bare
                    && !matches!(value, "*" | "")
                    && !column.feature.is_empty()
                    && one.held(column.feature).is_none()
                {
                    one.features.push((column.feature.into(), Held::Text(value.into())));
                }
            }
        }
    }
    if relations > 0 {
        let why = message!("webanno-old-relations", count = relations);
        out(Item::Problem(Problem::warning("relation", why).at(file, None)));
    }
    all.push(Structure {
        id: 0,
        kind: "uima.cas.Sofa".into(),
        features: vec![("sofaString".into(), Held::Text(text.into()))],
    });
    article_of(file, &all, OffsetUnit::Byte, &reading.counting(OffsetUnit::Byte), out)
}
