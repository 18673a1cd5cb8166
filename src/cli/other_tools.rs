//! Under which names the variables of other tools hold the key, so that a workflow that has them needs no others. The
//! three of a tool belong together: a key of one is not taken with the id of another.

use crate::cli::environment::Environment;

/// A tool's variables.
#[derive(Debug, PartialEq, Eq)]
pub struct Names {
    /// The key's text.
    pub key: &'static str,
    /// The key's id.
    pub key_id: &'static str,
    /// The issuer's id.
    pub issuer_id: &'static str,
}

/// Codemagic's (<https://docs.codemagic.io/yaml-publishing/app-store-connect/>), fastlane's
/// (<https://docs.fastlane.tools/app-store-connect-api/>) and those of the `asc` command.
const TOOLS: [Names; 3] = [
    Names {
        key: "APP_STORE_CONNECT_PRIVATE_KEY",
        key_id: "APP_STORE_CONNECT_KEY_IDENTIFIER",
        issuer_id: "APP_STORE_CONNECT_ISSUER_ID",
    },
    Names {
        key: "APP_STORE_CONNECT_API_KEY_KEY",
        key_id: "APP_STORE_CONNECT_API_KEY_KEY_ID",
        issuer_id: "APP_STORE_CONNECT_API_KEY_ISSUER_ID",
    },
    Names {
        key: "ASC_PRIVATE_KEY",
        key_id: "ASC_KEY_ID",
        issuer_id: "ASC_ISSUER_ID",
    },
];

/// The first tool whose key and key id are set.
pub fn of(environment: &Environment) -> Option<&'static Names> {
    TOOLS.iter().find(|names| {
        environment.get(names.key).is_some() && environment.get(names.key_id).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_counts_only_with_its_own_key_and_id() {
        let of = |pairs: [(&str, &str); 2]| of(&Environment::from(pairs)).map(|names| names.key);
        let (key, id) = (
            "APP_STORE_CONNECT_PRIVATE_KEY",
            "APP_STORE_CONNECT_KEY_IDENTIFIER",
        );
        assert_eq!(of([(key, "k"), (id, "i")]), Some(key));
        assert_eq!(of([(key, "k"), ("ASC_KEY_ID", "i")]), None);
        assert_eq!(of([(key, "k"), (id, " ")]), None);
    }
}
