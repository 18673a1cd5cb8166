//! What the API can be asked: the tables of all resources. Router, log, checks, faults and tests read
//! them.

mod apps;
mod builds;
mod bundle_ids;
mod certificates;
mod declarations;
mod files;
mod groups;
mod localizations;
mod phased;
mod profiles;
mod reviews;
mod submissions;
mod uploads;
mod users;
mod versions;
mod webhooks;

use crate::sandbox::operation::Operation;

/// The table of each resource.
static RESOURCES: &[&[Operation]] = &[
    apps::OPERATIONS,
    uploads::OPERATIONS,
    files::OPERATIONS,
    builds::OPERATIONS,
    declarations::OPERATIONS,
    groups::OPERATIONS,
    localizations::OPERATIONS,
    reviews::OPERATIONS,
    versions::OPERATIONS,
    phased::OPERATIONS,
    submissions::OPERATIONS,
    users::OPERATIONS,
    certificates::OPERATIONS,
    profiles::OPERATIONS,
    bundle_ids::OPERATIONS,
    webhooks::OPERATIONS,
];

/// Every operation of the API.
pub(super) fn all() -> impl Iterator<Item = &'static Operation> {
    RESOURCES.iter().copied().flatten()
}

/// The operation of this name.
#[cfg(test)]
pub(super) fn named(name: &str) -> &'static Operation {
    all().find(|operation| operation.name == name).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::parameters::Rule;
    use crate::sandbox::scenario::{PUT_PART, Scenario};

    #[test]
    fn every_fault_is_at_an_operation_that_is_there() {
        for info in Scenario::all() {
            let script = Scenario::named(info.name).unwrap().0;
            for name in script.faults.iter().flat_map(|fault| fault.at) {
                let is_known = *name == PUT_PART || all().any(|known| known.name == *name);
                assert!(is_known, "{}: {name}", info.name);
            }
        }
    }

    #[test]
    fn no_two_operations_are_called_alike_or_asked_alike() {
        for (index, one) in all().enumerate() {
            for other in all().take(index) {
                assert_ne!(one.name, other.name);
                assert_ne!((one.method, one.path), (other.method, other.path));
            }
        }
    }

    /// Apple's specification, where it lies beside the repository.
    fn specification() -> Option<serde_json::Value> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test may be told where the specification is"
        )]
        let shared = std::env::var_os("JETWAY_SHARED").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
            Into::into,
        );
        let text = std::fs::read_to_string(shared.join("apple/asc-openapi-subset.json")).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn every_operation_and_parameter_is_one_of_the_specification() {
        let Some(specification) = specification() else {
            eprintln!("skipped: Apple's specification is not here");
            return;
        };
        for operation in all() {
            let path = operation.path;
            let method = operation.method.to_lowercase();
            let theirs = &specification["paths"][path][&method];
            assert!(theirs.is_object(), "{method} {path}");
            let rules = operation.parameters.iter();
            for (name, rule) in rules.filter(|(name, _)| *name != "cursor") {
                let known = theirs["parameters"].as_array().unwrap();
                let found = known.iter().find(|parameter| parameter["name"] == *name);
                let schema = &found.unwrap_or_else(|| panic!("{path} has no {name}"))["schema"];
                match rule {
                    Rule::Any => {}
                    Rule::Limit(most) => assert_eq!(schema["maximum"], *most, "{path} {name}"),
                    // Free text in the specification, a list of states here.
                    Rule::Of(_) if schema["items"]["enum"].is_null() => {}
                    Rule::Of(words) => {
                        let theirs = schema["items"]["enum"].as_array().unwrap();
                        let unknown = words
                            .iter()
                            .find(|word| !theirs.iter().any(|their| their == *word));
                        assert_eq!(unknown, None, "{path} {name}");
                    }
                }
            }
        }
    }
}
