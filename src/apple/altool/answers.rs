//! What `altool` answers. Its status proves nothing: the tool of Xcode 26 ended with 0 on uploads that
//! failed, and others with a fault on uploads that worked. Words decide.

use serde_json::{Map, Value};

/// What the tool says of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It worked.
    Delivered,
    /// It did not.
    Refused,
    /// Nothing that decides was said.
    Unknown,
}

/// A provider, which is a team in App Store Connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its public id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Judges an upload by what the tool wrote to standard output and error.
pub fn verdict(output: &str, errors: &str) -> Verdict {
    let answer = objects(output).into_iter().rev().find(is_answer);
    if let Some(answer) = &answer {
        let refusals = answer.get("product-errors").and_then(Value::as_array);
        if refusals.is_some_and(|refusals| !refusals.is_empty()) {
            return Verdict::Refused;
        }
        if answer.contains_key("success-message") {
            return Verdict::Delivered;
        }
    }
    let says = |words: &str| output.contains(words) || errors.contains(words);
    if says("UPLOAD SUCCEEDED") || says("No errors uploading") {
        Verdict::Delivered
    } else if says("UPLOAD FAILED") || answer.is_none() && says("product-errors") {
        Verdict::Refused
    } else {
        Verdict::Unknown
    }
}

fn is_answer(map: &Map<String, Value>) -> bool {
    map.contains_key("product-errors") || map.contains_key("success-message")
}

/// Judges the answer about the status of a build.
pub fn status_of(output: &str, errors: &str) -> Verdict {
    let text = format!("{output}\n{errors}").to_uppercase();
    let mut verdict = Verdict::Unknown;
    for name in [
        "BUILD-STATUS",
        "IMPORT-STATUS",
        "BUILDSTATUS",
        "IMPORTSTATUS",
    ] {
        for (at, _) in text.match_indices(name) {
            let rest = &text[at + name.len()..];
            let rest =
                rest.trim_start_matches(|char: char| !char.is_ascii_alphabetic() && char != '\n');
            let word: String = rest
                .chars()
                .take_while(|char| char.is_ascii_alphabetic() || *char == '_')
                .collect();
            match word.as_str() {
                "FAILED" | "INVALID" => return Verdict::Refused,
                "PROCESSING" | "VALID" | "COMPLETE" => verdict = Verdict::Delivered,
                _ => {}
            }
        }
    }
    verdict
}

/// The providers that an answer lists, each once. The tool's versions spell the keys differently.
pub fn providers_of(output: &str) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    let mut add = |id: &str, name: String| {
        if found.iter().all(|known| known.id != id) {
            let id = id.to_owned();
            found.push(Provider { id, name });
        }
    };
    let mut is_listed = false;
    for map in objects(output) {
        each(&Value::Object(map), &mut |map| {
            let id = field(map, &["publicid", "providerpublicid", "ascpublicid"]);
            if let Some(id) = id.filter(|id| is_uuid(id)) {
                let name = field(map, &["providername", "name", "providershortname"]);
                add(&id, name.unwrap_or_default());
                is_listed = true;
            }
        });
    }
    if is_listed {
        return found;
    }
    for line in output.lines() {
        let words = line.split(|char: char| char.is_whitespace() || "\",:;()".contains(char));
        for word in words.filter(|word| is_uuid(word)) {
            let name = line.split(word).next().unwrap_or_default();
            add(
                word,
                name.trim_matches(|char: char| !char.is_alphanumeric())
                    .to_owned(),
            );
        }
    }
    found
}

/// The number of the app with exactly this bundle identifier.
pub fn app_of(output: &str, bundle: &str) -> Option<String> {
    let mut found = None;
    for map in objects(output) {
        each(&Value::Object(map), &mut |map| {
            let own = field(
                map,
                &["bundleid", "bundleidentifier", "reservedbundleidentifier"],
            );
            if own.as_deref() == Some(bundle) {
                let number = field(map, &["appleid", "adamid", "appadamid", "id"]);
                found = found
                    .take()
                    .or(number.filter(|number| is_app_number(number)));
            }
        });
    }
    found
}

/// Whether the text is an app's number in the App Store.
pub fn is_app_number(text: &str) -> bool {
    (6..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The value of one of these keys, whatever parts their words.
fn field(map: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let plain = |key: &str| -> String {
        let letters = key.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|char| char.to_ascii_lowercase()).collect()
    };
    names.iter().find_map(|name| {
        let (_, value) = map.iter().find(|(key, _)| plain(key) == *name)?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    })
}

fn each(value: &Value, look: &mut dyn FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            look(map);
            map.values().for_each(|value| each(value, look));
        }
        Value::Array(values) => values.iter().for_each(|value| each(value, look)),
        _ => {}
    }
}

/// Every JSON object of a text that holds other words too.
fn objects(text: &str) -> Vec<Map<String, Value>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{') {
        let start = from + at;
        let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        from = match stream.next() {
            Some(Ok(Value::Object(map))) => {
                found.push(map);
                start + stream.byte_offset()
            }
            _ => start + 1,
        };
    }
    found
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// What the tool wrote without what some versions let slip: a dump of the environment, and the token of a
/// request.
pub fn scrubbed(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let end = line.len() - line.trim_end_matches(['\r', '\n']).len();
        let (words, end) = line.split_at(line.len() - end);
        match words.find("ENV: {").or_else(|| words.find("Bearer ")) {
            Some(at) => {
                let name = words[at..]
                    .find(' ')
                    .map_or(words.len(), |space| at + space);
                kept.push_str(&words[..name]);
                kept.push_str(" ***");
            }
            None => kept.push_str(words),
        }
        kept.push_str(end);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "69a6de71-0000-47e3-e053-5b8c7c11a4d1";

    #[test]
    fn words_decide_and_the_last_document_before_all_others() {
        let delivered = "{\"tool-version\":\"26.0.18\",\"success-message\":\"No errors, 1 warning\",\"warnings\":[{\"code\":90725}]}";
        let refused = "UPLOAD FAILED with 1 error.\n====\n{\n \"product-errors\" : [ { \"code\": 409 } ]\n}\n";
        assert_eq!(verdict(delivered, "ERROR: spurious"), Verdict::Delivered);
        assert_eq!(verdict(refused, ""), Verdict::Refused);
        assert_eq!(
            verdict(&format!("{refused}{delivered}"), ""),
            Verdict::Delivered
        );
        let banner = "===\nUPLOAD SUCCEEDED with no errors\n";
        assert_eq!(verdict("", banner), Verdict::Delivered);
        assert_eq!(
            verdict("ERROR: one\nERROR: two\n", banner),
            Verdict::Delivered
        );
        assert_eq!(verdict("<key>product-errors</key>", ""), Verdict::Refused);
        assert_eq!(
            verdict("", "ERROR: [altool.1] Failed to get json"),
            Verdict::Unknown
        );
        assert_eq!(verdict("{\"product-errors\":[]}", ""), Verdict::Unknown);
        assert_eq!(verdict("", ""), Verdict::Unknown);
    }

    #[test]
    fn a_build_is_there_where_its_status_says_so() {
        assert_eq!(
            status_of("BUILD-STATUS: VALID\nIMPORT-STATUS: COMPLETE\n", ""),
            Verdict::Delivered
        );
        assert_eq!(
            status_of("{\"build-status\" : \"PROCESSING\"}", ""),
            Verdict::Delivered
        );
        assert_eq!(status_of("BUILD-STATUS: INVALID\n", ""), Verdict::Refused);
        assert_eq!(
            status_of("BUILD-STATUS:\nERROR: Cannot find the build", ""),
            Verdict::Unknown
        );
    }

    #[test]
    fn providers_and_apps_are_found_however_their_keys_are_spelled() {
        let old = format!(
            "{{\"providers\":[{{\"ProviderName\":\"Example\",\"ProviderShortname\":\"EX\",\"PublicID\":\"{UUID}\",\"WWDRTeamID\":\"ABCDE12345\"}}]}}"
        );
        let new = format!(
            "{{\"providers\":[{{\"name\":\"Example\",\"provider-public-id\":\"{UUID}\"}}]}}"
        );
        let text = format!("Provider   Public ID\nExample    {UUID}   ABCDE12345\n");
        for said in [old, new, text] {
            let found = providers_of(&said);
            assert_eq!(found.len(), 1, "{said}");
            assert_eq!(
                (found[0].id.as_str(), found[0].name.as_str()),
                (UUID, "Example")
            );
        }
        let apps = "{\"apps\":[{\"bundle-id\":\"com.example.demo.other\",\"apple-id\":6446000002},{\"bundleId\":\"com.example.demo\",\"Apple ID\":\"6446000001\"}]}";
        assert_eq!(
            app_of(apps, "com.example.demo").as_deref(),
            Some("6446000001")
        );
        assert_eq!(app_of(apps, "com.example"), None);
    }

    #[test]
    fn a_dump_of_the_environment_and_a_token_are_not_repeated() {
        let said =
            "ERROR: no\r\nENV: {\"A\"=>\"secret\"}\n\"Authorization\" : \"Bearer eyJ.a.b\"\nend";
        assert_eq!(
            scrubbed(said),
            "ERROR: no\r\nENV: ***\n\"Authorization\" : \"Bearer ***\nend"
        );
    }
}
