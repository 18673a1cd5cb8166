//! The parameters of a request. Strict: what the API does not know is refused with 400.

use std::cmp::Ordering;

use percent_encoding::percent_decode_str;

use crate::sandbox::parameters::Rule::{Any, Limit, Of};
use crate::sandbox::parameters::Rules;
use crate::sandbox::refusal::{Refusal, illegal_parameter, invalid_parameter};

/// The parameters of a request, decoded.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn decode(raw: &str) -> Self {
        let plain = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        };
        Self(
            raw.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (plain(name), plain(value)))
                .collect(),
        )
    }

    /// Refuses what the rules do not know, and what is given twice.
    pub(super) fn check(&self, rules: Rules) -> Result<(), Refusal> {
        for (at, (name, value)) in self.0.iter().enumerate() {
            let Some((_, rule)) = rules.iter().find(|(known, _)| known == name) else {
                return Err(illegal_parameter(name));
            };
            if self.0[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(invalid_parameter(name, value));
            }
            let good = match rule {
                Any => true,
                Of(words) => value.split(',').all(|word| words.contains(&word)),
                Limit(most) => value.parse().is_ok_and(|n: usize| (1..=*most).contains(&n)),
            };
            if !good || value.is_empty() {
                return Err(invalid_parameter(name, value));
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The words of a list; `None` where the parameter is not given.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        self.get(name).map(|value| value.split(',').collect())
    }

    /// Puts the rows into the order that `sort` asks for; `compare` gets the name of the field.
    pub(super) fn sort<T>(&self, rows: &mut [T], compare: impl Fn(&str, &T, &T) -> Ordering) {
        let Some(sort) = self.get("sort") else {
            return;
        };
        let field = sort.trim_start_matches('-');
        rows.sort_by(|one, two| compare(field, one, two));
        if sort.starts_with('-') {
            rows.reverse();
        }
    }

    /// Whether a filter lets `value` through.
    pub(super) fn lets(&self, name: &str, value: &str) -> bool {
        self.list(name).is_none_or(|list| list.contains(&value))
    }

    pub(super) fn includes(&self, name: &str) -> bool {
        self.list("include")
            .is_some_and(|list| list.contains(&name))
    }

    /// `fields[…]` parameters: the type and what is asked for.
    pub(super) fn fieldsets(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.0.iter().filter_map(|(name, value)| {
            let kind = name.strip_prefix("fields[")?.strip_suffix(']')?;
            Some((kind, value.split(',').collect()))
        })
    }

    /// The parameters as they go into the address of another page.
    pub(super) fn with_cursor(&self, cursor: usize) -> String {
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
        };
        self.0
            .iter()
            .filter(|(name, _)| name != "cursor")
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .chain([format!("cursor={cursor}")])
            .collect::<Vec<_>>()
            .join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::operations;

    fn status_of(raw: &str, operation: &str) -> Option<u16> {
        let rules = operations::named(operation).parameters;
        Query::decode(raw).check(rules).err().map(|r| r.status)
    }

    #[test]
    fn unknown_parameters_and_values_are_refused() {
        let uploads = "list-uploads";
        assert_eq!(
            status_of("filter%5Bstate%5D=PROCESSING,FAILED&limit=200", uploads),
            None
        );
        assert_eq!(status_of("filter[state]=UPLOADED", uploads), Some(400));
        assert_eq!(status_of("limit=201", uploads), Some(400));
        assert_eq!(status_of("filter[bundleId]=a", uploads), Some(400));
        assert_eq!(status_of("limit=5&limit=5", uploads), Some(400));
        assert_eq!(status_of("sort=-uploadedDate", "read-upload"), Some(400));
    }

    #[test]
    fn the_next_page_carries_every_parameter() {
        let query = Query::decode("filter%5BbundleId%5D=com.a&limit=50&cursor=1");
        let next = Query::decode(&query.with_cursor(50));
        assert_eq!(next.get("filter[bundleId]"), Some("com.a"));
        assert_eq!(next.get("limit"), Some("50"));
        assert_eq!(next.get("cursor"), Some("50"));
    }
}
