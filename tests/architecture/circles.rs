//! Inside of a room no file leads back to itself by what it imports.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{self, Named, Source};

/// Rooms whose circles are still to be opened. A room without one must not stand here.
const TO_BE_OPENED: &[&str] = &[];

type Module = Vec<String>;

/// Who imports whom, and where it says so.
type Imports = BTreeMap<Module, BTreeMap<Module, String>>;

struct House {
    modules: BTreeSet<Module>,
    /// What a module gives on: its own name for a thing, and where that comes from.
    passed_on: BTreeMap<(Module, String), Vec<String>>,
    imports: Imports,
}

impl House {
    fn read() -> Self {
        Self::of(&source::production())
    }

    fn of(sources: &[Source]) -> Self {
        let mut house = Self {
            modules: sources.iter().map(|s| s.module.clone()).collect(),
            passed_on: BTreeMap::new(),
            imports: BTreeMap::new(),
        };
        let named: Vec<(&Source, Vec<Named>)> = sources
            .iter()
            .map(|source| (source, source::paths(source, &house.modules)))
            .collect();
        for (source, paths) in &named {
            for path in paths.iter().filter(|path| path.passed_on) {
                let name = path.path.last().cloned().unwrap_or_default();
                house
                    .passed_on
                    .insert((source.module.clone(), name), path.path.clone());
            }
        }
        for (source, paths) in &named {
            for path in paths.iter().filter(|path| !path.passed_on) {
                let Some(home) = house.home(&path.path, 0) else {
                    continue;
                };
                if home != source.module && home[0] == source.module[0] {
                    house
                        .imports
                        .entry(source.module.clone())
                        .or_default()
                        .entry(home)
                        .or_insert_with(|| format!("{}:{}", source.shown, path.line));
                }
            }
        }
        house
    }

    /// The module that defines what the path names; `None` for a module itself (of which nothing is
    /// used before a path goes on below it) and for what is not ours.
    fn home(&self, path: &[String], depth: usize) -> Option<Module> {
        let below = path.strip_prefix(&["crate".to_owned()]).unwrap_or(path);
        let length = (1..=below.len())
            .rev()
            .find(|length| self.modules.contains(&below[..*length]))?;
        if path[0] != "crate" {
            return None;
        }
        let (module, rest) = below.split_at(length);
        let item = rest.first()?;
        match self.passed_on.get(&(module.to_vec(), item.clone())) {
            Some(from) if depth < 8 => {
                let on = [&from[..], &rest[1..]].concat();
                self.home(&on, depth + 1)
            }
            _ => Some(module.to_vec()),
        }
    }

    /// One circle through the room's files, as lines of text; the shortest there is.
    fn circle(&self, room: &str) -> Option<Vec<String>> {
        self.imports
            .keys()
            .filter(|module| module[0] == room)
            .filter_map(|module| self.way_back(module))
            .min_by_key(Vec::len)
    }

    /// The shortest way from the module back to itself.
    fn way_back(&self, start: &Module) -> Option<Vec<String>> {
        let mut came: BTreeMap<Module, Module> = BTreeMap::new();
        let mut next = vec![start.clone()];
        while !next.is_empty() {
            let mut further = Vec::new();
            for from in next {
                for to in self
                    .imports
                    .get(&from)
                    .into_iter()
                    .flatten()
                    .map(|(to, _)| to)
                {
                    if to == start {
                        return Some(self.told(start, &from, &came));
                    }
                    if !came.contains_key(to) {
                        came.insert(to.clone(), from.clone());
                        further.push(to.clone());
                    }
                }
            }
            next = further;
        }
        None
    }

    fn told(&self, start: &Module, last: &Module, came: &BTreeMap<Module, Module>) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut from, mut to) = (last.clone(), start.clone());
        loop {
            lines.push(format!(
                "{}: {} names {}",
                self.imports[&from][&to],
                from.join("::"),
                to.join("::")
            ));
            if from == *start {
                lines.reverse();
                return lines;
            }
            to = from;
            from = came[&to].clone();
        }
    }
}

#[test]
fn no_file_of_a_room_leads_back_to_itself() {
    let house = House::read();
    let rooms: BTreeSet<&str> = house.modules.iter().map(|m| m[0].as_str()).collect();
    let mut offences = Vec::new();
    for room in rooms {
        match house.circle(room) {
            Some(circle) if !TO_BE_OPENED.contains(&room) => offences.push(circle.join("\n")),
            None if TO_BE_OPENED.contains(&room) => {
                offences.push(format!(
                    "{room} has no circle any more: take it off the list"
                ));
            }
            Some(_) | None => {}
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(files: &[(&str, &str)]) -> House {
        let sources: Vec<Source> = files
            .iter()
            .map(|(module, text)| source::read(&format!("src/{module}.rs"), module, text).0)
            .collect();
        House::of(&sources)
    }

    #[test]
    fn a_circle_is_found_however_it_is_spelled() {
        for back in [
            "use crate::room::one::Thing;",
            "use super::one::Thing;",
            "use super::one;\nfn f() -> one::Thing {}",
            "use crate::room::{one::Thing, three};",
            "use crate::room::{\n    one::{Thing, Other},\n};",
            "fn f() -> crate::room::one::Thing {}",
            "use super::one as first;\nfn f() -> first::Thing {}",
            "use crate::room::given::Thing;",
        ] {
            let found = house(&[
                ("room", "mod one;\nmod two;\npub use one::Thing as Given;"),
                ("room::given", "pub use crate::room::one::Thing;"),
                ("room::one", "use crate::room::two;\nfn f() { two::go() }"),
                ("room::two", back),
            ]);
            let circle = found.circle("room").expect(back);
            assert_eq!(circle.len(), 2, "{back}: {circle:?}");
            assert_eq!(circle[0].split(": ").next(), Some("src/room::one.rs:2"));
        }
    }

    #[test]
    fn a_room_that_only_gives_names_on_is_in_no_circle_and_one_that_defines_them_is() {
        let one = ("room::one", "use crate::room::Thing;");
        let two = ("room::two", "pub struct Thing;");
        let gives = (
            "room",
            "mod one;\nmod two;\npub use two::Thing;\npub use one::Other;",
        );
        assert_eq!(house(&[gives, one, two]).circle("room"), None);
        let defines = ("room", "mod one;\nuse one::Other;\npub struct Thing;");
        assert!(house(&[defines, one]).circle("room").is_some());
    }

    #[test]
    fn tests_comments_and_other_rooms_count_for_nothing() {
        let one = ("room::one", "use crate::room::two::Thing;");
        for two in [
            "#[cfg(test)]\nmod tests {\n    use crate::room::one::Thing;\n}",
            "// use crate::room::one::Thing;",
            "#[cfg(test)]\nuse crate::room::one::Thing;",
            "use crate::other::one::Thing;",
            "fn f() {} // crate::room::one::Thing",
        ] {
            let house = house(&[one, ("room::two", two), ("other::one", "")]);
            assert_eq!(house.circle("room"), None, "{two}");
        }
    }
}
