//! Who signs: the id of the key and, for a team's key, the id of the issuer.

use thiserror::Error;

use crate::ids::{IssuerId, KeyId};
use crate::text::{self, cut};

/// The names that go with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyIdentity {
    /// The id of the key.
    pub key_id: KeyId,
    /// The team's issuer id; a key that belongs to one person has none.
    pub issuer_id: Option<IssuerId>,
}

/// Why the names can't go with a key. They are no secrets, so they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdentityProblem {
    /// There is no key id.
    #[error("the id of the API key is missing")]
    KeyIdMissing,
    /// A placeholder that nobody filled in.
    #[error("the {name} is a placeholder that nobody filled in: {value}")]
    NotExpanded {
        /// `API key id` or `issuer id`.
        name: &'static str,
        /// What was given.
        value: String,
    },
    /// Each is where the other belongs.
    #[error("the API key id and the issuer id are swapped")]
    Swapped,
    /// The key id is a UUID.
    #[error("the API key id is an issuer id (a UUID); a key id has ten capitals and digits")]
    IssuerIdAsKeyId,
    /// The issuer id has ten characters.
    #[error("the issuer id is a key id; an issuer id is a UUID")]
    KeyIdAsIssuerId,
    /// The key itself was given.
    #[error("the {0} holds the private key; treat this key as leaked where it was logged")]
    KeyAsId(&'static str),
    /// Not ten capitals and digits.
    #[error("the API key id {0:?} has not the form of one: ten capitals and digits")]
    KeyIdMalformed(String),
    /// Not a UUID.
    #[error(
        "the issuer id {0:?} has not the form of one: a UUID such as 57246542-96fe-1a63-e053-0824d011072a"
    )]
    IssuerIdMalformed(String),
}

impl KeyIdentity {
    /// Checks the shapes. An issuer of nothing but space counts as none, because an action passes an
    /// input that was left out as an empty text. `AuthKey_2X9R4HXF34.p8` counts as its key id.
    pub fn check(key_id: &str, issuer: Option<&str>) -> Result<Self, IdentityProblem> {
        let key_id = tidy(key_id);
        let issuer = issuer.map(tidy).filter(|issuer| !issuer.is_empty());
        for (name, value) in [("API key id", Some(key_id)), ("issuer id", issuer)] {
            let Some(value) = value else { continue };
            if value.starts_with('$') || value.starts_with("{{") {
                return Err(IdentityProblem::NotExpanded {
                    name,
                    value: shown(value),
                });
            }
            if value.contains("PRIVATE KEY") || value.len() > 100 {
                return Err(IdentityProblem::KeyAsId(name));
            }
        }
        if key_id.is_empty() {
            return Err(IdentityProblem::KeyIdMissing);
        }
        let key_id = KeyId::new(from_file_name(key_id));
        let issuer_id = issuer.map(IssuerId::new);
        let key_id_is_issuer = IssuerId::new(key_id.as_str()).is_well_formed();
        let issuer_is_key_id = issuer.is_some_and(|text| KeyId::new(text).is_well_formed());
        match (key_id_is_issuer, issuer_is_key_id) {
            (true, true) => Err(IdentityProblem::Swapped),
            (true, false) => Err(IdentityProblem::IssuerIdAsKeyId),
            (false, true) => Err(IdentityProblem::KeyIdAsIssuerId),
            (false, false) if !key_id.is_well_formed() => {
                Err(IdentityProblem::KeyIdMalformed(shown(key_id.as_str())))
            }
            (false, false) => match issuer_id {
                Some(issuer) if !issuer.is_well_formed() => {
                    Err(IdentityProblem::IssuerIdMalformed(shown(issuer.as_str())))
                }
                issuer_id => Ok(Self { key_id, issuer_id }),
            },
        }
    }
}

fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}' | '`'))
}

fn from_file_name(text: &str) -> &str {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    name.strip_prefix("AuthKey_")
        .or_else(|| name.strip_prefix("ApiKey_"))
        .map_or(text, |rest| rest.strip_suffix(".p8").unwrap_or(rest))
}

fn shown(text: &str) -> String {
    cut::letters(&text::line(text), 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "2X9R4HXF34";
    const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

    #[test]
    fn ids_are_taken_as_people_paste_them() {
        let team = KeyIdentity {
            key_id: KeyId::new(KEY),
            issuer_id: Some(IssuerId::new(ISSUER)),
        };
        for (key, issuer) in [
            (KEY.to_owned(), ISSUER.to_owned()),
            (format!(" {KEY}\n"), format!("\"{ISSUER}\"")),
            (
                format!("AuthKey_{KEY}.p8"),
                ISSUER.to_uppercase().to_lowercase(),
            ),
        ] {
            assert_eq!(KeyIdentity::check(&key, Some(&issuer)), Ok(team.clone()));
        }
    }

    #[test]
    fn a_key_without_issuer_belongs_to_one_person() {
        for issuer in [None, Some(""), Some("  \n")] {
            assert_eq!(
                KeyIdentity::check(KEY, issuer).map(|identity| identity.issuer_id),
                Ok(None)
            );
        }
    }

    #[test]
    fn ids_in_the_wrong_place_are_recognised() {
        use IdentityProblem as P;
        let check = |key, issuer| KeyIdentity::check(key, issuer).unwrap_err();
        assert_eq!(check(ISSUER, Some(KEY)), P::Swapped);
        assert_eq!(check(ISSUER, None), P::IssuerIdAsKeyId);
        assert_eq!(check(ISSUER, Some(ISSUER)), P::IssuerIdAsKeyId);
        assert_eq!(check(KEY, Some(KEY)), P::KeyIdAsIssuerId);
        assert_eq!(check("", Some(ISSUER)), P::KeyIdMissing);
        assert_eq!(check("", None), P::KeyIdMissing);
        assert_eq!(check("abc", None), P::KeyIdMalformed("abc".into()));
        assert_eq!(
            check(KEY, Some("team")),
            P::IssuerIdMalformed("team".into())
        );
        let pem = "-----BEGIN PRIVATE KEY-----";
        assert_eq!(check(pem, None), P::KeyAsId("API key id"));
        assert!(matches!(
            check("${{ secrets.ID }}", None),
            P::NotExpanded { .. }
        ));
    }

    proptest! {
        #[test]
        fn no_ids_make_it_panic(key in ".*", issuer in proptest::option::of(".*")) {
            let _ = KeyIdentity::check(&key, issuer.as_deref());
        }
    }
}
