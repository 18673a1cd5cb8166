//! Paths of the API. An id in a path is percent-encoded: it came from outside.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::ids::{AppId, BuildId};

const PATH_PIECE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'}');

fn with(before: &str, id: &str, after: &str) -> String {
    // A piece of nothing but dots would climb the path, also where they are encoded once: no address has such a
    // piece, so another one is asked for, which there is not either.
    let id = match id {
        "." | ".." => id.replace('.', "%252E"),
        _ => utf8_percent_encode(id, PATH_PIECE).to_string(),
    };
    format!("/v1/{before}/{id}{after}")
}

/// One resource of this type.
pub fn one(kind: &str, id: &str) -> String {
    with(kind, id, "")
}

/// What belongs to one app.
pub fn of_app(id: &AppId, what: &str) -> String {
    with("apps", id.as_str(), &format!("/{what}"))
}

/// What belongs to one build.
pub fn of_build(id: &BuildId, what: &str) -> String {
    with("builds", id.as_str(), &format!("/{what}"))
}

/// What belongs to one resource of this type.
pub fn of(kind: &str, id: &str, what: &str) -> String {
    with(kind, id, &format!("/{what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_one_piece_of_the_path() {
        assert_eq!(one("apps", "12"), "/v1/apps/12");
        assert_eq!(one("builds", "../x?y#z"), "/v1/builds/..%2Fx%3Fy%23z");
        assert_eq!(
            of("buildUploads", "..", "buildUploadFiles"),
            "/v1/buildUploads/%252E%252E/buildUploadFiles"
        );
    }
}
