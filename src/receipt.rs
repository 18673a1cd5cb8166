//! The receipt of a run: by which names what it brought to Apple is known there. Any machine can carry on
//! with it (`jetway finish`). There is no secret in it, and nothing that can't be asked for again.

use serde::{Deserialize, Serialize};

use crate::event::{App, Package, Reached};
use crate::ids::{BuildId, BuildUploadId};
use crate::wishes::Wishes;

/// The schema's name; within it fields may be added, and none changes its meaning.
pub const SCHEMA: &str = "jetway.receipt/v1";

/// No receipt is longer than this, in bytes: notes of 4,000 characters in each of Apple's languages fit.
pub const LONGEST: u64 = 4 * 1024 * 1024;

/// What is known at the time it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of jetway that wrote it.
    pub jetway: String,
    /// Whether it was a rehearsal: then nothing of it is at Apple.
    pub sandbox: bool,
    /// How far the run got.
    pub reached: Reached,
    /// What the package says of itself.
    pub package: Option<Package>,
    /// The app record.
    pub app: Option<App>,
    /// The id of the build upload.
    pub build_upload_id: Option<BuildUploadId>,
    /// The id of the build.
    pub build_id: Option<BuildId>,
    /// What is to be done with the build; receipts of older versions have none.
    #[serde(default)]
    pub wishes: Wishes,
    /// From what the build was made, where a workflow told.
    #[serde(default)]
    pub source: Option<Source>,
}

/// From what the build was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// `owner/name`.
    pub repository: String,
    /// The commit that people look at.
    pub commit: String,
}

/// Why a text is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is something else.
    #[error("it is no receipt of jetway's")]
    NoReceipt(#[source] serde_json::Error),
    /// It is of another version.
    #[error("it is a receipt of another kind ({schema}), which this version can't read")]
    OtherSchema {
        /// What it says it is.
        schema: String,
    },
    /// Nothing of it is at Apple.
    #[error("it is the receipt of a rehearsal, of which nothing is at Apple")]
    Rehearsal,
    /// There is nothing to go on with.
    #[error("it is the receipt of a run that reserved no upload")]
    NotSent,
}

/// What a receipt names that is at Apple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// How far it was.
    pub reached: Reached,
    /// What was sent.
    pub package: Package,
    /// For which app.
    pub app: App,
    /// The build upload.
    pub id: BuildUploadId,
    /// The build, where Apple had made one.
    pub build: Option<BuildId>,
    /// What is to be done with it.
    pub wishes: Wishes,
    /// From what it was made.
    pub source: Option<Source>,
}

impl Receipt {
    /// The upload, where Apple has one: of a rehearsal it has none. Whether the last byte arrived, a run that was
    /// killed at that moment can't say; Apple does.
    pub fn upload(self) -> Result<Upload, Error> {
        if self.sandbox {
            return Err(Error::Rehearsal);
        }
        match (self.package, self.app, self.build_upload_id) {
            (Some(package), Some(app), Some(id)) if self.reached >= Reached::Reserved => {
                Ok(Upload {
                    reached: self.reached,
                    package,
                    app,
                    id,
                    build: self.build_id,
                    wishes: self.wishes,
                    source: self.source,
                })
            }
            _ => Err(Error::NotSent),
        }
    }

    /// Reads one that was written by [`Receipt::text`].
    pub fn read(text: &str) -> Result<Self, Error> {
        let receipt: Self = serde_json::from_str(text).map_err(Error::NoReceipt)?;
        if receipt.schema == SCHEMA {
            return Ok(receipt);
        }
        let schema = crate::text::cut::letters(&crate::text::line(&receipt.schema), 40);
        Err(Error::OtherSchema { schema })
    }

    /// The receipt as JSON.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("strings and numbers always have a JSON form");
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AppId, BuildName, BuildNumber, BundleIdentifier, MarketingVersion, Platform};
    use crate::wishes::{Distribution, Notes, Release, Submission};

    fn receipt() -> Receipt {
        Receipt {
            schema: SCHEMA.to_owned(),
            jetway: "0.1.0".to_owned(),
            sandbox: false,
            reached: Reached::Sent,
            package: Some(Package {
                file_name: "App.ipa".to_owned(),
                size: 7,
                bundle_identifier: BundleIdentifier::new("com.example.app"),
                build: BuildName {
                    marketing_version: MarketingVersion::new("1.4.0"),
                    build_number: BuildNumber::new("42"),
                    platform: Platform::Ios,
                },
                display_name: None,
            }),
            app: Some(App {
                id: AppId::new("1"),
                name: "Example".to_owned(),
            }),
            build_upload_id: Some(BuildUploadId::new("u1")),
            build_id: None,
            wishes: Wishes {
                distribution: Distribution {
                    groups: vec!["QA".to_owned()],
                    notes: vec![Notes {
                        locale: None,
                        text: "New things".to_owned(),
                    }],
                    beta_review: true,
                    ..Distribution::default()
                },
                submission: Some(Submission {
                    release: Some(Release::Scheduled("2026-12-01T10:00:00Z".to_owned())),
                    ..Submission::default()
                }),
            },
            source: Some(Source {
                repository: "octo/app".to_owned(),
                commit: "1".repeat(40),
            }),
        }
    }

    #[test]
    fn a_receipt_is_read_as_it_was_written() {
        let receipt = receipt();
        insta::assert_snapshot!(receipt.text());
        assert_eq!(Receipt::read(&receipt.text()).unwrap(), receipt);
        let more = receipt.text().replacen('{', "{\"new\": [1],", 1);
        assert_eq!(Receipt::read(&more).unwrap(), receipt);
    }

    #[test]
    fn a_receipt_of_an_older_version_wishes_nothing() {
        let mut older: serde_json::Value = serde_json::from_str(&receipt().text()).unwrap();
        older.as_object_mut().unwrap().remove("wishes");
        assert!(Receipt::read(&older.to_string()).unwrap().wishes.are_none());
        older["wishes"] = serde_json::json!({"distribution": {"groups": ["QA"]}});
        let wishes = Receipt::read(&older.to_string()).unwrap().wishes;
        assert_eq!(wishes.distribution.groups, ["QA"]);
    }

    #[test]
    fn every_field_has_its_row_in_the_documentation() {
        let written: serde_json::Value = serde_json::from_str(&receipt().text()).unwrap();
        for field in written.as_object().unwrap().keys() {
            let row = format!("| `{field}` |");
            assert!(include_str!("../docs/receipt.md").contains(&row), "{row}");
        }
    }

    #[test]
    fn only_what_apple_has_can_be_carried_on_with() {
        assert_eq!(receipt().upload().unwrap().id, BuildUploadId::new("u1"));
        let rehearsed = Receipt {
            sandbox: true,
            ..receipt()
        };
        assert!(matches!(rehearsed.upload(), Err(Error::Rehearsal)));
        let open = Receipt {
            reached: Reached::Package,
            ..receipt()
        };
        assert!(matches!(open.upload(), Err(Error::NotSent)));
    }

    #[test]
    fn what_is_no_receipt_is_said_to_be_none() {
        for text in ["", "[]", "{}", "{\"schema\": \"jetway.report/v1\"}"] {
            assert!(
                matches!(Receipt::read(text), Err(Error::NoReceipt(_))),
                "{text}"
            );
        }
        let other = receipt().text().replace("receipt/v1", "receipt/v2");
        let error = Receipt::read(&other).unwrap_err().to_string();
        assert!(error.contains("jetway.receipt/v2"), "{error}");
    }
}
