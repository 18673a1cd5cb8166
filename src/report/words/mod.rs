//! Sentences that several reporters say alike. Plain text; escaping is for the place they are put.

pub mod blocks;
pub mod carry_on;
pub mod cause;
pub mod change;
pub mod clean;
pub mod ending;
pub mod groups;
pub mod markdown;
pub mod place;
pub mod speech;
pub mod standing;

use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::report::story::Story;
use crate::text::count;

/// The build as people call it: `Example 1.4.0 (42)`.
pub fn build(story: &Story) -> String {
    let Some(package) = &story.package else {
        return match &story.app {
            Some(app) => app.name.clone(),
            None => "the build".to_owned(),
        };
    };
    let name = story
        .app
        .as_ref()
        .map(|app| app.name.as_str())
        .or(package.display_name.as_deref())
        .filter(|name| !name.is_empty())
        .unwrap_or(&package.file_name);
    format!(
        "{name} {} ({})",
        package.build.marketing_version, package.build.build_number
    )
}

/// Whether the story is about a log, and not about a build of this run.
pub fn is_of_a_log(story: &Story) -> bool {
    story.command == "annotate"
}

/// The line that every block of a sandbox run begins with.
pub fn sandbox(story: &Story) -> Option<String> {
    let scenario = story.sandbox.as_ref()?;
    let scenario = match scenario.as_str() {
        "" => String::new(),
        name => format!(" (scenario {name})"),
    };
    Some(format!(
        "SANDBOX{scenario}: a rehearsal, nothing was sent to Apple"
    ))
}

/// The build's page in App Store Connect; what a rehearsal says of itself leads nowhere.
pub fn link(story: &Story) -> Option<&str> {
    let url = story.testflight_url.as_deref();
    url.filter(|_| story.sandbox.is_none())
}

/// `SANDBOX ` in front of what is no real upload.
pub fn prefix(story: &Story) -> &'static str {
    if story.sandbox.is_some() {
        "SANDBOX "
    } else {
        ""
    }
}

/// Who says the message of a finding.
pub fn speaker(diagnostic: &Diagnostic) -> &str {
    match &*diagnostic.source {
        "app-store-connect" | "altool" | "apple" | "itms" => "Apple",
        "jetway" => "jetway",
        other => other,
    }
}

/// The names that a finding goes by beside its code, in one line.
pub fn other_names(diagnostic: &Diagnostic) -> Option<String> {
    let code = diagnostic.code.as_str();
    let bare_number = code.trim_start_matches("itms-");
    let others: Vec<&str> = diagnostic
        .codes
        .iter()
        .map(String::as_str)
        .filter(|name| !name.eq_ignore_ascii_case(code) && *name != bare_number)
        .collect();
    (!others.is_empty()).then(|| others.join(", "))
}

/// A code as people search for it: Apple's delivery codes in capitals, as Apple's mails print them.
pub fn name(code: &Code) -> String {
    match code.as_str().strip_prefix("itms-") {
        Some(number) => format!("ITMS-{number}"),
        None => code.to_string(),
    }
}

/// How long it took in all, and how often App Store Connect was asked where it was asked at all.
pub fn effort(story: &Story) -> String {
    let took = count::duration(story.elapsed);
    match story.api_calls {
        0 => format!("{took} in all"),
        calls => format!(
            "{took} in all, {} to App Store Connect",
            count::of(calls, "call")
        ),
    }
}

/// `path:line`.
pub fn path_and_line(location: &Location) -> String {
    match location.line {
        Some(line) => format!("{}:{line}", location.path),
        None => location.path.clone(),
    }
}

/// `2 errors, 1 warning`; `None` without findings.
pub fn counts(story: &Story) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Notice]
        .into_iter()
        .map(|severity| (severity, story.count(severity)))
        .filter(|(_, number)| *number > 0)
        .map(|(severity, number)| count::of(number as u64, &severity.to_string()))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
