//! Review comments of the GitHub of our own: on lines that the changes of a pull request show, and no others.

use serde_json::{Value, json};

use super::server::{Answer, not_found, plain};

const FIELDS: [&str; 7] = [
    "body",
    "commit_id",
    "path",
    "side",
    "line",
    "start_line",
    "start_side",
];

/// The changed files of every pull request, and its review comments.
#[derive(Default)]
pub struct Reviews {
    pub files: Vec<Value>,
    pub comments: Vec<Value>,
}

impl Reviews {
    /// A file that every pull request changes, with its patch.
    pub fn change(&mut self, path: &str, patch: &str) {
        let file = json!({"filename": path, "status": "modified", "patch": patch});
        self.files.push(file);
    }

    /// Answers below `pulls`; `id` is a new comment's, by this author.
    pub fn answer(
        &mut self,
        (method, pieces): (&str, &[&str]),
        body: &Value,
        (author, id): (&str, u64),
    ) -> Answer {
        match (method, pieces) {
            ("GET", [_, "comments"]) => plain(200, &self.comments.iter().cloned().collect()),
            ("GET", [_, "files"]) => plain(200, &self.files.iter().cloned().collect()),
            ("POST", [_, "comments"]) => match self.objection(body) {
                Some(why) => unprocessable(&why),
                None => {
                    let mut comment = body.clone();
                    comment["id"] = id.into();
                    comment["user"] = json!({"login": author, "type": "Bot"});
                    self.comments.push(comment.clone());
                    plain(201, &comment)
                }
            },
            ("PATCH", ["comments", id]) => match self.find(id) {
                Some(_) if text(body, "body").is_empty() => unprocessable("body is missing"),
                Some(at) => {
                    self.comments[at]["body"] = body["body"].clone();
                    plain(200, &self.comments[at])
                }
                None => not_found(),
            },
            ("DELETE", ["comments", id]) => match self.find(id) {
                Some(at) => {
                    self.comments.remove(at);
                    plain(204, &Value::Null)
                }
                None => not_found(),
            },
            _ => not_found(),
        }
    }

    /// Why GitHub would not take the comment.
    fn objection(&self, body: &Value) -> Option<String> {
        let given = body.as_object().cloned().unwrap_or_default();
        if let Some(odd) = given.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Some(format!("{odd} is not a permitted key"));
        }
        let sha = text(body, "commit_id");
        if sha.len() != 40 || !sha.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some("commit_id is no commit".to_owned());
        }
        if text(body, "body").is_empty() {
            return Some("body is missing".to_owned());
        }
        let Some(line) = body["line"].as_u64().filter(|_| body["side"] == "RIGHT") else {
            return Some("line or side is missing".to_owned());
        };
        let first = match (&body["start_line"], &body["start_side"]) {
            (Value::Null, Value::Null) => line,
            (first, side) if side == "RIGHT" => match first.as_u64() {
                Some(first) if first < line => first,
                _ => return Some("start_line must precede the end line".to_owned()),
            },
            _ => return Some("start_side is missing".to_owned()),
        };
        let file = self
            .files
            .iter()
            .find(|file| file["filename"] == body["path"]);
        let shown = file.map(|file| right_side(text(file, "patch")));
        let is_shown = shown.is_some_and(|shown| (first..=line).all(|line| shown.contains(&line)));
        (!is_shown).then(|| "pull_request_review_thread.line must be part of the diff".to_owned())
    }

    fn find(&self, id: &str) -> Option<usize> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter().position(|comment| comment["id"] == id)
    }
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of[field].as_str().unwrap_or_default()
}

/// The lines of the new file that a patch shows.
fn right_side(patch: &str) -> Vec<u64> {
    let mut shown = Vec::new();
    let mut at = 0;
    for line in patch.split('\n') {
        match line.chars().next() {
            Some('@') => {
                let new = line.split(' ').nth(2).expect("a head names the new lines");
                let begin = new.trim_start_matches('+').split(',').next();
                at = begin.and_then(|begin| begin.parse().ok()).expect("a line");
            }
            Some(' ' | '+') => {
                shown.push(at);
                at += 1;
            }
            Some('-' | '\\') | None => {}
            Some(odd) => panic!("no line of a patch begins with {odd:?}"),
        }
    }
    shown
}

fn unprocessable(why: &str) -> Answer {
    plain(
        422,
        &json!({"message": "Validation Failed", "errors": [why]}),
    )
}
