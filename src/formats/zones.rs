//! The fate of zones, the text that does not count, when a data set is made.

use std::collections::HashSet;
use std::sync::Arc;

use super::ExchangeDocument;
use crate::model::{Annotation, Filler, Kind, Schema, Target};
use crate::text::{Span, Text};

/// The fate of zones in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zones {
    /// They are written as annotations, where the format has room for them.
    #[default]
    Mark,
    /// Their text stays, and nothing says that they are zones.
    Keep,
    /// Their text is taken out, with what is marked in it; all other offsets are remapped.
    Drop,
}

impl Zones {
    /// Changes a page as was asked for. Nothing of this is a loss: it is meant.
    pub fn apply(self, page: &mut ExchangeDocument, schema: &Schema) {
        if self == Self::Mark {
            return;
        }
        let mut zones = Vec::new();
        for layer in &mut page.sets {
            layer.retain(|record| {
                let zone = schema.kind(&record.label) == Kind::Zone;
                if zone {
                    zones.extend(record.at.iter().copied());
                }
                !zone
            });
        }
        if self == Self::Drop {
            cut(page, zones);
        }
    }
}

/// Takes stretches out of a page's text; a line that is taken out whole goes with its line feed.
fn cut(page: &mut ExchangeDocument, zones: Vec<Span>) {
    let old = page.text.as_str();
    let whole_line = |span: Span| {
        let begins = span.start == 0 || old.as_bytes()[span.start as usize - 1] == b'\n';
        let ends = old.as_bytes().get(span.end as usize) == Some(&b'\n');
        if begins && ends { Span::new(span.start, span.end + 1) } else { span }
    };
    let zones = Annotation::tidy(zones.into_iter().map(whole_line).collect());
    if zones.is_empty() {
        return;
    }
    let mut text = String::with_capacity(old.len());
    let mut from = 0;
    for zone in &zones {
        text.push_str(&old[from..zone.start as usize]);
        from = zone.end as usize;
    }
    text.push_str(&old[from..]);
    let text = Text::new(&text);

    // A byte inside a zone comes to stand where the zone was.
    let moved = |byte: u32| {
        let gone: u32 = zones.iter().map(|zone| byte.clamp(zone.start, zone.end) - zone.start).sum();
        byte - gone
    };
    let spans = |at: &[Span]| -> Vec<Span> {
        let moved = at.iter().map(|span| Span::new(moved(span.start), moved(span.end)));
        let kept = moved.filter(|span| !span.is_empty()).map(|span| text.whole_graphemes(span));
        Annotation::tidy(kept.collect())
    };
    let left = |span: &Span| -> Option<Span> { spans(&[*span]).first().copied() };
    let old = page.text.clone();
    page.retain_threads(|thread| {
        let (_, first) = thread.first();
        let at = first.spans(&old);
        first.on != Target::Words || at.is_empty() || at.iter().any(|span| left(span).is_some())
    });
    page.move_comments(&text, left);
    for layer in &mut page.sets {
        let mut emptied = HashSet::new();
        for record in &mut layer.records {
            let after = Arc::make_mut(record);
            let had = !after.at.is_empty();
            after.at = spans(&after.at);
            if had && after.at.is_empty() {
                emptied.insert(after.id);
            }
            for role in &mut after.roles {
                if let Filler::Span(at) = &mut role.filler {
                    *at = spans(at);
                }
            }
            after.roles.retain(|role| !matches!(&role.filler, Filler::Span(at) if at.is_empty()));
        }
        layer.retain(|record| !emptied.contains(&record.id));
    }
    page.text = text;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{AnnotatorSet, ArticleMetadata};
    use crate::model::{ArticleId, Comment, Id, Mark, Name, Origin, Progress, Quote, Role};

    #[test]
    fn zones_go_with_what_is_in_them_and_the_rest_moves_up() {
        let schema: Schema = ron::from_str(
            r##"(jejak_schema: 1, name: "small", labels: [
                (name: "name", kind: Entity, colors: (light: "#111111", dark: "#eeeeee")),
                (name: "advert", kind: Zone, colors: (light: "#111111", dark: "#eeeeee")),
            ])"##,
        )
        .unwrap();
        let text = Text::new("Ratu tiba.\nIKLAN Toko\nIa (foto) pulang.");
        let by = Origin::hand(&"ana".into());
        let record = |id: &str, label: &str, words: &str| {
            let at = text.as_str().find(words).unwrap() as u32;
            let at = vec![Span::new(at, at + words.len() as u32)];
            Annotation { id: id.parse::<Id>().unwrap(), ..Annotation::new(&label.into(), at, by.clone()) }
        };
        let mut pulang = record("p", "name", "pulang");
        pulang.roles.push(Role { name: "about".into(), filler: Filler::Annotation("t".parse().unwrap()) });
        let records = [
            record("r", "name", "Ratu"),
            record("z", "advert", "IKLAN Toko"),
            record("t", "name", "Toko"),
            record("y", "advert", "(foto) "),
            pulang,
        ];
        let layer = AnnotatorSet {
            annotator: "ana".into(),
            kind: None,
            progress: Progress::Done,
            records: records.into_iter().map(Arc::new).collect(),
            referents: Vec::new(),
            decisions: Vec::new(),
        };
        let said = |id: &str, words: &str, on: Target| {
            let at = text.as_str().find(words).unwrap() as u32;
            let at = vec![Quote::of(&text, Span::new(at, at + words.len() as u32))];
            let (id, article) = (id.parse::<Id>().unwrap(), ArticleId::numbered(0));
            let comment = Comment {
                to: Vec::new(),
                id,
                article,
                digest: String::new(),
                on,
                at,
                text: id.to_string(),
                mark: Mark::None,
                reworded: None,
                origin: by.clone(),
            };
            (Name::new("a"), Arc::new(comment))
        };
        let answer = Target::Comment("a".into(), "q1".parse().unwrap());
        let comments =
            vec![said("q1", "IKLAN", Target::Words), said("q2", "IKLAN", answer), said("q3", "pulang", Target::Words)];
        let page = ExchangeDocument {
            id: "000".into(),
            file: String::new(),
            about: ArticleMetadata::default(),
            text,
            sets: vec![layer],
            comments,
        };
        let mut cut = page.clone();
        Zones::Drop.apply(&mut cut, &schema);
        let left: Vec<_> =
            cut.comments.iter().map(|(_, comment)| (comment.text.as_str(), comment.at[0].clone())).collect();
        assert_eq!(left, [("q3", Quote(14, 20, "pulang".into()))]);
        let said = |zones: Zones| {
            let mut page = page.clone();
            zones.apply(&mut page, &schema);
            let words: Vec<&str> =
                page.sets[0].records.iter().map(|record| page.text.slice(record.extent().unwrap())).collect();
            let roles: usize = page.sets[0].records.iter().map(|record| record.roles.len()).sum();
            format!("{} | {} | {roles}", page.text.as_str().replace('\n', "/"), words.join(", "))
        };
        assert_eq!(said(Zones::Drop), "Ratu tiba./Ia pulang. | Ratu, pulang | 0");
        assert_eq!(said(Zones::Keep), "Ratu tiba./IKLAN Toko/Ia (foto) pulang. | Ratu, Toko, pulang | 1");
        assert_eq!(said(Zones::Mark).split(" | ").nth(1), Some("Ratu, IKLAN Toko, Toko, (foto) , pulang"));
    }
}
