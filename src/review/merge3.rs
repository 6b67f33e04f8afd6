//! Three-way merge of files of records: for git, where two people have changed the same file.

use std::collections::{HashMap, HashSet};

use crate::store::{CONFLICTS, RawFile, Renumbered, is_in_head, put_in_order, renumber};

/// The outcome of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedFile {
    /// The merged file. Where both sides changed one record differently, ours stands in its place, and theirs as it was
    /// under `conflicts`.
    pub file: RawFile,
    /// One sentence for each new conflict.
    pub conflicts: Vec<String>,
    /// In a list of articles: those that have another number than they had on one side at least.
    pub renumbered: Vec<Renumbered>,
}

/// Merges what two sides made of one file, by record.
///
/// What one side alone changed is taken; what both changed in the same way is taken once. A record that one side deleted
/// and the other one uses, as the filler of a role, stays, and is told. In a list of articles, a number that the sides gave to
/// two texts stays with one of them, as [`renumber`] says.
#[must_use]
pub fn merge3(base: &RawFile, ours: &RawFile, theirs: &RawFile) -> MergedFile {
    let mut merged = MergedFile { file: RawFile::default(), conflicts: Vec::new(), renumbered: Vec::new() };
    let numbered;
    let (base, ours, theirs) = if ours.list("articles").is_empty() && theirs.list("articles").is_empty() {
        (base, ours, theirs)
    } else {
        let (mut base, mut ours, mut theirs) = (base.clone(), ours.clone(), theirs.clone());
        merged.renumbered = renumber(&mut base, &mut ours, &mut theirs);
        numbered = (base, ours, theirs);
        (&numbered.0, &numbered.1, &numbered.2)
    };
    let mut kept: Vec<(String, String)> = Vec::new();
    merge_header(base, ours, theirs, &mut merged, &mut kept);
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in ours.lists.iter().chain(&theirs.lists).filter(|(name, _)| name != CONFLICTS) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // The head of the file comes last, whichever side has decisions.
    names.sort_by_key(|name| !is_in_head(name));
    let (mut lists, mut gone) = (Vec::new(), Vec::new());
    for name in names {
        let sides = ListSides { base: base.list(name), ours: ours.list(name), theirs: theirs.list(name) };
        let (chosen, lost) = sides.merge(&mut merged.conflicts, &mut kept);
        gone.extend(lost.into_iter().map(|record| (lists.len(), record)));
        lists.push((name.clone(), chosen));
    }
    restore(base, &mut lists, gone, &mut merged.conflicts);
    if let Some((_, articles)) = lists.iter_mut().find(|(name, _)| name == "articles") {
        put_in_order(base, ours, theirs, articles);
    }
    let mut conflicts: Vec<(String, String)> = ours.list(CONFLICTS).to_vec();
    // Conflicts of earlier merges stay until someone has decided them.
    let earlier = theirs.list(CONFLICTS).iter().filter(|theirs| !base.list(CONFLICTS).contains(theirs));
    for conflict in earlier.cloned().chain(kept) {
        if !conflicts.iter().any(|(_, record)| *record == conflict.1) {
            conflicts.push(conflict);
        }
    }
    if !conflicts.is_empty() {
        lists.insert(0, (CONFLICTS.to_owned(), conflicts));
    }
    merged.file.lists = lists;
    merged
}

fn merge_header(
    base: &RawFile,
    ours: &RawFile,
    theirs: &RawFile,
    merged: &mut MergedFile,
    kept: &mut Vec<(String, String)>,
) {
    let of = |file: &RawFile, name: &str| {
        file.header.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned())
    };
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in ours.header.iter().chain(&theirs.header) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in names {
        let (was, our, their) = (of(base, name), of(ours, name), of(theirs, name));
        let value = match () {
            () if our == their || their == was => our,
            () if our == was => their,
            // Where a set lies says which article it is about, and its text's hash that it is the right one.
            () if name == "article" && of(ours, "sha256") == of(theirs, "sha256") => our,
            () => {
                merged.conflicts.push(format!("both sides changed \"{name}\" in the head of the file"));
                let value = their.unwrap_or_else(|| "None".into());
                kept.push((name.clone(), format!("(field: {name:?}, theirs: {value})")));
                our
            }
        };
        merged.file.header.extend(value.map(|value| (name.clone(), value)));
    }
}

/// Records by id, each as it stands.
type Records = Vec<(String, String)>;

/// One list on three sides.
struct ListSides<'a> {
    base: &'a [(String, String)],
    ours: &'a [(String, String)],
    theirs: &'a [(String, String)],
}

impl ListSides<'_> {
    /// The records that stand, and the last state of those that are gone.
    fn merge(&self, conflicts: &mut Vec<String>, kept: &mut Vec<(String, String)>) -> (Records, Records) {
        fn by_id(side: &[(String, String)]) -> HashMap<&str, &str> {
            side.iter().map(|(id, record)| (id.as_str(), record.as_str())).collect()
        }
        let (base, ours, theirs) = (by_id(self.base), by_id(self.ours), by_id(self.theirs));
        let mut gone: Vec<(String, String)> = Vec::new();
        let mut chosen: Vec<(String, String)> = Vec::new();
        for id in self.order() {
            let (was, our, their) = (base.get(id).copied(), ours.get(id).copied(), theirs.get(id).copied());
            let value = match () {
                () if our == their || their == was => our,
                () if our == was => their,
                () => {
                    conflicts.push(match (our, their) {
                        (None, _) => format!("{id}: deleted on our side, changed on theirs"),
                        (_, None) => format!("{id}: changed on our side, deleted on theirs"),
                        _ => format!("{id}: changed on both sides"),
                    });
                    let theirs =
                        their.map_or_else(|| String::from("deleted: true"), |their| format!("theirs: {their}"));
                    kept.push((id.to_owned(), format!("(id: {id:?}, {theirs})")));
                    our
                }
            };
            match value {
                Some(value) => chosen.push((id.to_owned(), value.to_owned())),
                None => gone.extend(our.or(their).or(was).map(|last| (id.to_owned(), last.to_owned()))),
            }
        }
        (chosen, gone)
    }

    /// The ids of all sides: ours in our order, what is theirs alone behind what it stands behind there.
    fn order(&self) -> Vec<&str> {
        let known: HashSet<&str> = self.ours.iter().map(|(id, _)| id.as_str()).collect();
        let mut behind: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
        let mut last = None;
        for (id, _) in self.theirs {
            if known.contains(id.as_str()) {
                last = Some(id.as_str());
            } else {
                behind.entry(last).or_default().push(id);
            }
        }
        let mut order = behind.remove(&None).unwrap_or_default();
        for (id, _) in self.ours {
            order.push(id);
            order.extend(behind.remove(&Some(id.as_str())).unwrap_or_default());
        }
        let seen: HashSet<&str> = order.iter().copied().collect();
        order.extend(self.base.iter().map(|(id, _)| id.as_str()).filter(|id| !seen.contains(id)));
        order
    }
}

/// Brings back what one side deleted and a record of the other one needs, in whatever list of the file that is.
fn restore(
    base: &RawFile,
    lists: &mut [(String, Records)],
    gone: Vec<(usize, (String, String))>,
    conflicts: &mut Vec<String>,
) {
    let before: HashSet<&str> =
        base.lists.iter().flat_map(|(_, records)| records).map(|(_, record)| record.as_str()).collect();
    for (at, (id, record)) in gone {
        let pointers = [format!("Annotation({id:?})"), format!("Referent({id:?})")];
        let uses = |record: &str| pointers.iter().any(|pointer| record.contains(pointer));
        // A pointer that neither side touched is as broken as it was.
        let mut all = lists.iter().flat_map(|(_, records)| records);
        let user = all.find(|(_, user)| uses(user) && !before.contains(user.as_str()));
        if let Some((user, _)) = user {
            conflicts.push(format!("{id}: deleted on one side, and {user} of the other side needs it"));
            lists[at].1.push((id, record));
        }
    }
}
