//! What the API can be asked: one row an operation. Router, log, checks, faults and tests read this table.

use crate::sandbox::call::Call;
use crate::sandbox::document::Answer;
use crate::sandbox::parameters::{
    LIST_APPS, LIST_BUILDS, LIST_CERTIFICATES, LIST_FILES, LIST_UPLOADS, LIST_USERS, READ_APP,
    READ_BETA_DETAIL, READ_BUILD, READ_FILE, READ_UPLOAD, Rules,
};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::shape::{COMMIT, RESERVE, RESERVE_FILE, Shape};
use crate::sandbox::world::World;
use crate::sandbox::{apps, builds, files, uploads};

/// What an operation does with the world.
pub(super) type Doing = fn(&mut World, &Call) -> Result<Answer, Refusal>;

/// One operation of the API.
pub(super) struct Operation {
    /// Its name in the log and in faults; it never changes.
    pub(super) name: &'static str,
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub(super) method: &'static str,
    /// The path as Apple's specification writes it.
    pub(super) path: &'static str,
    /// The parameters it takes.
    pub(super) parameters: Rules,
    /// The body it takes.
    pub(super) body: Option<&'static Shape>,
    pub(super) doing: Doing,
}

const fn get(name: &'static str, path: &'static str, parameters: Rules, doing: Doing) -> Operation {
    Operation {
        name,
        method: "GET",
        path,
        parameters,
        body: None,
        doing,
    }
}

const fn change(
    name: &'static str,
    (method, path): (&'static str, &'static str),
    body: Option<&'static Shape>,
    doing: Doing,
) -> Operation {
    Operation {
        name,
        method,
        path,
        parameters: &[],
        body,
        doing,
    }
}

pub(super) static ALL: &[Operation] = &[
    get("list-apps", "/v1/apps", LIST_APPS, apps::list),
    get("read-app", "/v1/apps/{id}", READ_APP, apps::read),
    get(
        "list-uploads",
        "/v1/apps/{id}/buildUploads",
        LIST_UPLOADS,
        uploads::list,
    ),
    change(
        "reserve",
        ("POST", "/v1/buildUploads"),
        Some(&RESERVE),
        uploads::reserve,
    ),
    get(
        "read-upload",
        "/v1/buildUploads/{id}",
        READ_UPLOAD,
        uploads::read,
    ),
    change(
        "delete-upload",
        ("DELETE", "/v1/buildUploads/{id}"),
        None,
        uploads::delete,
    ),
    get(
        "list-files",
        "/v1/buildUploads/{id}/buildUploadFiles",
        LIST_FILES,
        uploads::list_files,
    ),
    change(
        "reserve-file",
        ("POST", "/v1/buildUploadFiles"),
        Some(&RESERVE_FILE),
        files::reserve,
    ),
    get(
        "read-file",
        "/v1/buildUploadFiles/{id}",
        READ_FILE,
        files::read,
    ),
    change(
        "commit",
        ("PATCH", "/v1/buildUploadFiles/{id}"),
        Some(&COMMIT),
        files::commit,
    ),
    get("list-builds", "/v1/builds", LIST_BUILDS, builds::list),
    get("read-build", "/v1/builds/{id}", READ_BUILD, builds::read),
    get(
        "read-beta-detail",
        "/v1/builds/{id}/buildBetaDetail",
        READ_BETA_DETAIL,
        builds::read_beta_detail,
    ),
    get("list-users", "/v1/users", LIST_USERS, apps::list_users),
    get(
        "list-certificates",
        "/v1/certificates",
        LIST_CERTIFICATES,
        apps::list_certificates,
    ),
];

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
                let is_known = *name == PUT_PART || ALL.iter().any(|known| known.name == *name);
                assert!(is_known, "{}: {name}", info.name);
            }
        }
    }

    #[test]
    fn no_two_operations_are_called_alike_or_asked_alike() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[..index] {
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
        for operation in ALL {
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
