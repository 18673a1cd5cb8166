//! Sentences that several reporters say alike. Plain text; escaping is for the place they are put.

pub mod clean;
pub mod markdown;

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::event::{Interruption, Outcome, Verdict};
use crate::report::story::Story;

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
        package.marketing_version, package.build_number
    )
}

/// One sentence: what became of the run.
pub fn outcome(story: &Story) -> String {
    let build = build(story);
    let sent = story.build_upload_id.is_some();
    match story.outcome() {
        Outcome::Passed => match &story.package {
            Some(_) => format!("{build}: every check passed"),
            None => "every check passed".to_owned(),
        },
        Outcome::LogRead { verdict, errors } => log_read(verdict, errors).to_owned(),
        Outcome::Uploaded => format!("{build} is uploaded; Apple has not looked at it yet"),
        Outcome::Accepted => format!("Apple accepted {build}"),
        Outcome::Processed => format!("{build} is processed and ready for testing"),
        Outcome::Skipped => "nothing was shipped, because this run has no key".to_owned(),
        Outcome::Refused if story.package.is_none() => {
            "nothing was sent, because something must change first".to_owned()
        }
        Outcome::Refused => format!("{build} was not sent, because something must change first"),
        Outcome::Failed => format!("Apple refused {build}"),
        Outcome::Invalid => format!("Apple processed {build} and found it invalid"),
        Outcome::NeverAppeared => {
            format!("{build} was uploaded but has not appeared in App Store Connect")
        }
        Outcome::StillProcessing => {
            format!("Apple is still processing {build}; this run stopped waiting")
        }
        Outcome::Usage => "nothing was tried: the call must be corrected first".to_owned(),
        Outcome::Unfinished if sent => format!("the run for {build} could not be finished"),
        Outcome::Unfinished => "the run could not be finished".to_owned(),
        Outcome::DeadlinePassed => {
            format!("the time for the whole run is over; {build} is not finished")
        }
        Outcome::Interrupted(Interruption::Interrupt) => {
            format!("stopped by SIGINT (cancelled); {build} is not finished")
        }
        Outcome::Interrupted(Interruption::Terminate) => {
            format!("stopped by SIGTERM; {build} is not finished")
        }
    }
}

fn log_read(verdict: Verdict, errors: bool) -> &'static str {
    match (verdict, errors) {
        (Verdict::Succeeded, false) => "the log says that it worked",
        (Verdict::Succeeded, true) => "the log says that it worked, and there are errors in it",
        (Verdict::Failed, _) => "the log says that it failed",
        (Verdict::Unknown, false) => {
            "there is no error in the log, and nothing that decides how it ended"
        }
        (Verdict::Unknown, true) => "there are errors in the log",
    }
}

/// What to do next: one step each, at most two.
pub fn next_steps(story: &Story) -> Vec<String> {
    let again =
        "run the same command again: it looks at what Apple already has and carries on from there";
    let look = "look in App Store Connect, and in the mail that Apple sends to the account holder";
    let steps: &[&str] = match story.outcome() {
        Outcome::Passed | Outcome::Skipped | Outcome::LogRead { errors: false, .. } => &[],
        Outcome::LogRead { errors: true, .. } => {
            &["make the changes named in the errors, then run again"]
        }
        Outcome::Uploaded => &[
            "Apple checks the build now, usually within minutes; its mail or the link says how that ends",
        ],
        Outcome::Accepted => &[
            "Apple processes the build now, usually within half an hour; the link shows when it is ready",
        ],
        Outcome::Processed => &["the build can be given to testers in TestFlight"],
        Outcome::Refused => {
            &["make the changes named in the errors, then run again; nothing was sent"]
        }
        Outcome::Failed => {
            &["make the changes named in the errors, build again and ship the new build"]
        }
        Outcome::Invalid => &[
            "make the changes named in the errors, build again with a higher build number and ship the new build",
            look,
        ],
        Outcome::NeverAppeared => &[look, again],
        Outcome::StillProcessing => &[
            "nothing is lost: run the same command again later, and it goes on waiting for this build",
            "if this happens often, set a longer --processing-timeout",
        ],
        Outcome::Usage => &["correct what is named above; --help shows all options"],
        Outcome::Unfinished | Outcome::Interrupted(_) => &[again],
        Outcome::DeadlinePassed => &[again, "if this happens often, set a longer --timeout"],
    };
    steps.iter().map(|step| (*step).to_owned()).collect()
}

/// A mark that tells verdicts apart without colour.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Succeeded => "✓",
        Verdict::Failed => "✗",
        Verdict::Unknown => "?",
    }
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

/// `2 errors, 1 warning`; `None` without findings.
pub fn counts(story: &Story) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Notice]
        .into_iter()
        .map(|severity| (severity, story.count(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {severity}{}", plural(count)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The `s` of more than one.
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Bytes as people read them, by thousands: `38.2 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} bytes");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1_000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// A length of time as people read it: `21 ms`, `0.4 s`, `42 s`, `3 min 05 s`, `1 h 02 min`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 if time.as_millis() < 100 => format!("{} ms", time.as_millis()),
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_read_well() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(38_200_000), "38.2 MB");
        assert_eq!(size(999_999), "1.0 MB");
        assert_eq!(size(u64::MAX), "18446744.1 TB");
        assert_eq!(duration(Duration::from_millis(21)), "21 ms");
        assert_eq!(duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
        assert_eq!(duration(Duration::from_secs(3_725)), "1 h 02 min");
    }
}
