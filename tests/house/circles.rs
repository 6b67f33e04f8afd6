//! Circles between files: who names whose items, and the shortest way round from a file to itself.
//!
//! A file depends on another where its code names an item that is defined there, through `crate::`, `super::`, `self::`,
//! a module that it declares, or a module that it imports. A re-export leads to the file that defines the item; so a
//! `mod.rs` that only declares and re-exports is never at the end of a path, and no part of a circle. Tests inside files
//! are left out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The path of a module or item from the root of the crate.
type Name = Vec<String>;

/// A name that a file imports or re-exports: the path as written, and the name by which the file knows it (`*` for all).
struct Import {
    path: Name,
    known_as: String,
    public: bool,
}

/// A file of the crate, read.
#[derive(Default)]
struct Module {
    /// The module that the file is.
    name: Name,
    imports: Vec<Import>,
    /// Paths in code, outside `use`.
    paths: Vec<Name>,
    /// Names of the items defined at the top of the file.
    items: BTreeSet<String>,
    /// Modules that lie in a file of another name: the module's name and the file's.
    renamed: Vec<(String, String)>,
}

/// The files below a folder and the files that each depends on.
pub struct Graph {
    files: Vec<PathBuf>,
    modules: Vec<Module>,
    /// Each module's files: more than one where systems have their own.
    by_name: BTreeMap<Name, Vec<usize>>,
    edges: Vec<BTreeMap<usize, String>>,
}

impl Graph {
    /// Reads the given files of the crate whose root folder is `src`.
    pub fn of(src: &Path, sources: &[(PathBuf, String)]) -> Graph {
        let mut graph = Graph { files: Vec::new(), modules: Vec::new(), by_name: BTreeMap::new(), edges: Vec::new() };
        for (path, content) in sources {
            let place = path.strip_prefix(src).expect("sources lie in the crate");
            let stream: TokenStream = content.parse().unwrap_or_else(|_| panic!("{} is Rust", path.display()));
            let mut module = Module { name: module_name(place), ..Module::default() };
            module.read(&stream.into_iter().collect::<Vec<_>>(), true);
            graph.by_name.entry(module.name.clone()).or_default().push(graph.files.len());
            graph.files.push(place.to_owned());
            graph.modules.push(module);
        }
        for module in &graph.modules {
            for (name, file) in &module.renamed {
                let file = graph.by_name[&child(&module.name, file)].clone();
                graph.by_name.entry(child(&module.name, name)).or_default().extend(file);
            }
        }
        graph.edges = (0..graph.files.len()).map(|file| graph.uses(file)).collect();
        graph
    }

    /// The files that a file depends on, each with a path by which it does.
    fn uses(&self, file: usize) -> BTreeMap<usize, String> {
        let module = &self.modules[file];
        let mut found = BTreeMap::new();
        let imported = module
            .imports
            .iter()
            // Items that a folder's own files define are passed on, not used.
            .filter(|import| !(import.public && self.is_child(&module.name, &import.path)))
            .map(|import| &import.path);
        for path in imported.chain(&module.paths) {
            for target in self.resolve(&module.name, path, 0) {
                if target != file {
                    found.entry(target).or_insert_with(|| path.join("::"));
                }
            }
        }
        found
    }

    fn is_child(&self, module: &Name, path: &Name) -> bool {
        let first = if path[0] == "self" { path.get(1) } else { path.first() };
        first.is_some_and(|first| self.by_name.contains_key(&child(module, first)))
    }

    /// The files that define what `path` means in the module `from`; none where it is a module, or from another crate.
    fn resolve(&self, from: &Name, path: &Name, depth: usize) -> Vec<usize> {
        match self.start(from, path, depth) {
            Some((module, rest)) => self.descend(module, rest, depth),
            None => Vec::new(),
        }
    }

    /// The module in which the first part of a path lies, and the parts left.
    fn start<'a>(&self, from: &Name, path: &'a [String], depth: usize) -> Option<(Name, &'a [String])> {
        let mut module = from.clone();
        match path[0].as_str() {
            "crate" => return Some((Name::new(), &path[1..])),
            "self" => return Some((module, &path[1..])),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                module.truncate(module.len().saturating_sub(up));
                return Some((module, &path[up..]));
            }
            _ => {}
        }
        if self.by_name.contains_key(&child(from, &path[0])) {
            return Some((module, path));
        }
        if depth > 8 {
            return None;
        }
        let own = &self.modules[*self.by_name.get(from)?.first()?];
        let import = own.imports.iter().find(|import| import.known_as == path[0] && import.path != path)?;
        // Names that stand alone count where they are re-exported by the file that uses them, too.
        let (start, rest) = self.start(from, &import.path, depth + 1)?;
        let (module, rest) = self.walk(start, rest);
        if rest.is_empty() { Some((module, &path[1..])) } else { Some((child(&module, &rest[0]), &[])) }
    }

    /// Goes down from a module along a path as far as its parts are modules.
    fn walk<'a>(&self, mut module: Name, mut path: &'a [String]) -> (Name, &'a [String]) {
        while let Some(part) = path.first() {
            let inner = child(&module, part);
            if !self.by_name.contains_key(&inner) {
                break;
            }
            module = inner;
            path = &path[1..];
        }
        (module, path)
    }

    fn descend(&self, module: Name, path: &[String], depth: usize) -> Vec<usize> {
        // A path that ended at an item rather than at a module.
        if path.is_empty() && !self.by_name.contains_key(&module) && !module.is_empty() {
            let (item, module) = module.split_last().expect("it has parts");
            return self.descend(module.to_vec(), std::slice::from_ref(item), depth);
        }
        let (module, rest) = self.walk(module, path);
        let (Some(item), Some(files)) = (rest.first(), self.by_name.get(&module)) else {
            return Vec::new();
        };
        let own = &self.modules[files[0]];
        if depth > 8 || own.items.contains(item) || item == "*" {
            return files.clone();
        }
        for import in own.imports.iter().filter(|import| import.known_as == *item) {
            let found = self.resolve(&module, &import.path, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
        for import in own.imports.iter().filter(|import| import.known_as == "*") {
            let mut path = import.path.clone();
            *path.last_mut().expect("it has parts") = item.clone();
            let found = self.resolve(&module, &path, depth + 1);
            if found.iter().any(|&file| self.modules[file].items.contains(item)) {
                return found;
            }
        }
        files.clone()
    }

    /// The circles: of every knot of files that all depend on each other, the shortest circle in it.
    pub fn circles(&self) -> Vec<String> {
        let next: Vec<Vec<usize>> = self.edges.iter().map(|edges| edges.keys().copied().collect()).collect();
        let mut told = BTreeSet::new();
        let mut circles = Vec::new();
        let mut shortest: Vec<Vec<usize>> = (0..next.len()).filter_map(|file| way_round(&next, file)).collect();
        shortest.sort_by_key(Vec::len);
        for circle in shortest {
            if circle.iter().all(|file| !told.contains(file)) {
                told.extend(circle.iter().copied());
                circles.push(self.told(&circle));
            }
        }
        circles
    }

    fn told(&self, circle: &[usize]) -> String {
        let mut text = self.files[circle[0]].display().to_string();
        for (at, &file) in circle.iter().enumerate() {
            let next = circle[(at + 1) % circle.len()];
            text += &format!(" -({})-> {}", self.edges[file][&next], self.files[next].display());
        }
        text
    }

    /// The edges from files in one folder to files in another.
    pub fn between(&self, from: &str, to: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (file, edges) in self.edges.iter().enumerate().filter(|(file, _)| self.files[*file].starts_with(from)) {
            for (other, path) in edges.iter().filter(|(other, _)| self.files[**other].starts_with(to)) {
                found.push(format!("{} uses {path} of {}", self.files[file].display(), self.files[*other].display()));
            }
        }
        found
    }
}

/// The shortest way from a file back to itself.
fn way_round(next: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(file) = waiting.pop_front() {
        for &other in &next[file] {
            if other == start {
                let mut way = vec![file];
                while let Some(&earlier) = before.get(way.last().expect("it has a file")) {
                    way.push(earlier);
                }
                way.reverse();
                return Some(way);
            }
            if let std::collections::btree_map::Entry::Vacant(free) = before.entry(other) {
                free.insert(file);
                waiting.push_back(other);
            }
        }
    }
    None
}

fn child(module: &Name, part: &str) -> Name {
    let mut name = module.clone();
    name.push(part.to_owned());
    name
}

/// The module that a file is: `review/mod.rs` is `review`, `review/case.rs` is `review::case`.
fn module_name(place: &Path) -> Name {
    let mut name: Name = place.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if name.last().is_some_and(|last| last == "mod") || name == ["lib"] {
        name.pop();
    }
    name
}

impl Module {
    fn read(&mut self, tokens: &[TokenTree], top: bool) {
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|at| &tokens[at]);
            match &tokens[at] {
                TokenTree::Group(group) => self.read(&group.stream().into_iter().collect::<Vec<_>>(), false),
                TokenTree::Ident(ident) => {
                    let word = ident.to_string();
                    match (word.as_str(), tokens.get(at + 1), tokens.get(at + 2)) {
                        ("mod", Some(_), Some(TokenTree::Group(_))) => {
                            at += 3;
                            continue;
                        }
                        ("mod", Some(TokenTree::Ident(name)), _) => {
                            let attribute = tokens[..at].iter().rev().find_map(|token| match token {
                                TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group),
                                _ => None,
                            });
                            let direct = is_punct(at.checked_sub(2).map(|at| &tokens[at]), '#');
                            let attribute = attribute.filter(|_| direct).map(ToString::to_string).unwrap_or_default();
                            if let Some((_, file)) = attribute.split_once("path = \"") {
                                let file = file.split(".rs").next().unwrap_or(file);
                                self.renamed.push((name.to_string(), file.to_owned()));
                            }
                            at += 1;
                        }
                        // `use` in `impl Trait + use<'_>` is not an import.
                        ("use", Some(next), _) if !is_punct(Some(next), '<') => {
                            let end = at + tokens[at..].iter().position(|t| is_punct(Some(t), ';')).unwrap_or(0);
                            let public = before.is_some_and(|token| match token {
                                TokenTree::Ident(word) => word == "pub",
                                TokenTree::Group(group) => {
                                    group.delimiter() == Delimiter::Parenthesis
                                        && is_word(at.checked_sub(2).map(|at| &tokens[at]), "pub")
                                }
                                _ => false,
                            });
                            self.import(&tokens[at + 1..end], &Name::new(), public);
                            at = end;
                        }
                        (
                            "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union",
                            Some(TokenTree::Ident(item)),
                            _,
                        ) if top => {
                            self.items.insert(item.to_string());
                        }
                        _ => {
                            let (path, end) = path_at(tokens, at);
                            let earlier = at.checked_sub(2).map(|at| &tokens[at]);
                            let member = is_punct(before, '.') && !is_punct(earlier, '.');
                            let inner = is_punct(before, ':') && is_punct(earlier, ':');
                            if !member && !inner {
                                self.paths.push(path);
                            }
                            at = end;
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads the tree of a `use` below `prefix`.
    fn import(&mut self, tokens: &[TokenTree], prefix: &Name, public: bool) {
        for tree in tokens.split(|token| is_punct(Some(token), ',')) {
            let mut path = prefix.clone();
            let mut known_as = None;
            let mut at = 0;
            let mut open = true;
            while at < tree.len() {
                match &tree[at] {
                    TokenTree::Ident(ident) if ident == "as" => {
                        known_as = tree.get(at + 1).map(ToString::to_string);
                        break;
                    }
                    TokenTree::Ident(ident) if ident == "self" && !path.is_empty() => {}
                    TokenTree::Ident(ident) => path.push(ident.to_string()),
                    TokenTree::Group(group) => {
                        self.import(&group.stream().into_iter().collect::<Vec<_>>(), &path, public);
                        open = false;
                    }
                    token if is_punct(Some(token), '*') => path.push("*".to_owned()),
                    _ => {}
                }
                at += 1;
            }
            if open && let Some(last) = path.last() {
                let known_as = known_as.unwrap_or_else(|| last.clone());
                self.imports.push(Import { path, known_as, public });
            }
        }
    }
}

/// The path that begins at a token, and the place of its last token.
fn path_at(tokens: &[TokenTree], at: usize) -> (Name, usize) {
    let mut path = vec![tokens[at].to_string()];
    let mut end = at;
    while is_punct(tokens.get(end + 1), ':') && is_punct(tokens.get(end + 2), ':') {
        let Some(TokenTree::Ident(part)) = tokens.get(end + 3) else { break };
        path.push(part.to_string());
        end += 3;
    }
    (path, end)
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}
