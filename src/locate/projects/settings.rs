//! Build settings in the layers in which Xcode looks for them, and their values with the references
//! resolved.

use std::collections::HashMap;
use std::sync::Arc;

/// How many references may lead to one another.
const DEPTH: usize = 12;
/// How many references one value may be made of, at all depths together.
const REFERENCES: u32 = 256;
/// The longest value that is resolved, in bytes.
const LONGEST: usize = 4096;

/// One assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub value: String,
    pub path: Arc<str>,
    pub line: u32,
}

/// The assignments of one file or dictionary, by name; conditions stay in the name.
pub type Layer = HashMap<String, Setting>;

/// The layers of a target in one configuration, the strongest first: target, its `.xcconfig`, project,
/// its `.xcconfig`. Names that Xcode itself fills stand apart, for they have no line.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub layers: Vec<Arc<Layer>>,
    pub given: HashMap<&'static str, String>,
}

impl Settings {
    /// The assignment that counts.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.from(0, name).map(|(_, setting)| setting)
    }

    fn from(&self, level: usize, name: &str) -> Option<(usize, &Setting)> {
        let layers = || self.layers.iter().enumerate().skip(level);
        layers()
            .find_map(|(level, layer)| layer.get(name).map(|setting| (level, setting)))
            .or_else(|| {
                layers().find_map(|(level, layer)| Some((level, conditional(layer, name)?)))
            })
    }

    /// The assignment that says the value: where one is nothing but a reference, that which it refers
    /// to. The flag says that the way ended at a name without an assignment.
    pub fn source<'a>(&'a self, name: &'a str) -> Option<Source<'a>> {
        let (mut level, mut setting) = self.from(0, name)?;
        let mut name = name;
        for _ in 0..DEPTH {
            let Some(next) = sole_reference(&setting.value) else {
                break;
            };
            let start = match next {
                "inherited" => level + 1,
                _ => 0,
            };
            if next != "inherited" {
                name = next;
            }
            match self.from(start, name) {
                Some(found) => (level, setting) = found,
                None if next == "inherited" => return None,
                None => return Some(Source::Missing { name, setting }),
            }
        }
        Some(Source::Setting(setting))
    }

    /// The value with all references resolved; `None` where one can't be.
    pub fn value(&self, name: &str) -> Option<String> {
        self.resolve(name, 0, &mut { REFERENCES })
    }

    /// A text with all references resolved; `None` where one can't be.
    pub fn expand(&self, text: &str) -> Option<String> {
        self.fill(text, None, &mut { REFERENCES })
    }

    fn resolve(&self, name: &str, level: usize, left: &mut u32) -> Option<String> {
        *left = left.checked_sub(1)?;
        match self.from(level, name) {
            Some((level, setting)) => self.fill(&setting.value, Some((name, level)), left),
            None => self.given.get(name).cloned(),
        }
    }

    fn fill(&self, text: &str, within: Option<(&str, usize)>, left: &mut u32) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            let (name, modifier, after) = reference(&rest[at..])?;
            let value = match within {
                Some((own, level)) if name == "inherited" || name == own => {
                    self.resolve(own, level + 1, left)?
                }
                _ => self.resolve(name, 0, left)?,
            };
            filled.push_str(&modified(value, modifier)?);
            if filled.len() > LONGEST {
                return None;
            }
            rest = after;
        }
        filled.push_str(rest);
        (filled.len() <= LONGEST).then_some(filled)
    }
}

/// Where a value is said.
#[derive(Debug, PartialEq)]
pub enum Source<'a> {
    /// In this assignment.
    Setting(&'a Setting),
    /// In a name that is assigned nowhere in the repository, such as `FLUTTER_BUILD_NUMBER`.
    Missing {
        /// That name.
        name: &'a str,
        /// The last assignment on the way, which names it.
        setting: &'a Setting,
    },
}

/// A setting for devices only, such as `NAME[sdk=iphoneos*]`, where it is the only one of this name.
fn conditional<'a>(layer: &'a Layer, name: &str) -> Option<&'a Setting> {
    let mut found = layer
        .iter()
        .filter(|(key, _)| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('['))
        })
        .map(|(_, setting)| setting);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The name in a text that is one reference and nothing else.
pub fn sole_reference(text: &str) -> Option<&str> {
    let (name, _, rest) = reference(text.trim())?;
    rest.is_empty().then_some(name)
}

/// `$(NAME:modifier)` or `${NAME}` at the beginning: the name, the modifier, what follows.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let (inner, close) = match text.get(..2)? {
        "$(" => (&text[2..], ')'),
        "${" => (&text[2..], '}'),
        _ => return None,
    };
    let (inside, rest) = inner.split_once(close)?;
    let (name, modifier) = inside.split_once(':').unwrap_or((inside, ""));
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (plain && !name.is_empty()).then_some((name, modifier, rest))
}

fn modified(value: String, modifier: &str) -> Option<String> {
    match modifier {
        "" => Some(value),
        "rfc1034identifier" => Some(replaced(&value, '-', |c| c == '-' || c == '.')),
        "c99extidentifier" | "identifier" => Some(replaced(&value, '_', |c| c == '_')),
        "lower" => Some(value.to_lowercase()),
        "upper" => Some(value.to_uppercase()),
        default => {
            let default = default.strip_prefix("default=")?;
            Some(if value.is_empty() {
                default.to_owned()
            } else {
                value
            })
        }
    }
}

fn replaced(value: &str, with: char, also: impl Fn(char) -> bool) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || also(c);
    value
        .chars()
        .map(|c| if keep(c) { c } else { with })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layer(of: &[(&str, &str)]) -> Arc<Layer> {
        let path: Arc<str> = "a".into();
        let setting = |(line, (name, value)): (u32, &(&str, &str))| {
            let value = (*value).to_owned();
            let path = Arc::clone(&path);
            ((*name).to_owned(), Setting { value, path, line })
        };
        Arc::new((1..).zip(of).map(setting).collect())
    }

    fn settings(layers: &[&[(&str, &str)]]) -> Settings {
        Settings {
            layers: layers.iter().map(|of| layer(of)).collect(),
            given: HashMap::from([("TARGET_NAME", "My App".to_owned())]),
        }
    }

    #[test]
    fn references_and_inherited_values_are_resolved() {
        let settings = settings(&[
            &[
                ("ID", "$(PREFIX).${TARGET_NAME:rfc1034identifier}"),
                ("N", "$(inherited).b"),
            ],
            &[("PREFIX", "com.example"), ("N", "a")],
        ]);
        assert_eq!(settings.value("ID").as_deref(), Some("com.example.My-App"));
        assert_eq!(settings.value("N").as_deref(), Some("a.b"));
        assert_eq!(settings.expand("$(NOWHERE)"), None);
    }

    #[test]
    fn a_circle_of_references_ends() {
        let settings = settings(&[&[("A", "$(B)$(B)"), ("B", "$(A)$(A)")]]);
        assert_eq!(settings.value("A"), None);
        assert!(settings.source("A").is_some());
    }

    #[test]
    fn a_value_that_multiplies_itself_is_not_resolved() {
        let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];
        let value = |name: &str| format!("$({name})").repeat(40);
        let values: Vec<_> = names[1..].iter().map(|name| value(name)).collect();
        let mut pairs: Vec<(&str, &str)> = names
            .iter()
            .copied()
            .zip(values.iter().map(String::as_str))
            .collect();
        pairs.push(("J", ""));
        assert_eq!(settings(&[&pairs]).value("A"), None);
    }

    #[test]
    fn the_source_of_a_reference_is_where_the_value_is_said() {
        let settings = settings(&[
            &[("A", "$(B)"), ("C", "$(FLUTTER_BUILD_NUMBER)")],
            &[("B", "7")],
        ]);
        let Some(Source::Setting(found)) = settings.source("A") else {
            panic!("it is assigned")
        };
        assert_eq!(found.value, "7");
        let missing = settings.source("C");
        assert!(matches!(
            missing,
            Some(Source::Missing {
                name: "FLUTTER_BUILD_NUMBER",
                ..
            })
        ));
    }

    proptest! {
        #[test]
        fn any_value_is_survived(text in "(\\$\\(|\\)|\\$|\\{|\\}|A|:|é|inherited){0,20}") {
            let settings = settings(&[&[("A", &text)], &[("A", "x")]]);
            settings.value("A");
            settings.source("A");
        }
    }
}
