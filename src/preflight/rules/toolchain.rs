//! The app is built with a released Xcode on a released macOS; TestFlight takes betas, the store does not.

use crate::diagnostic::{Severity, Subject};
use crate::preflight::rule::{Asked, Channel, Found, Rule, finding};
use crate::preflight::version;

/// The rule.
pub const RULE: Rule = Rule {
    name: "toolchain",
    codes: &["itms-90534", "itms-90111", "itms-90301"],
    needs: &[],
    sentence: "The app is built with a released Xcode on a released macOS; TestFlight takes betas, the store does not.",
    source: "Apple's messages ITMS-90534, ITMS-90111 and, for Macs, ITMS-90301",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let severity = match asked.channel {
        Channel::AppStore => Severity::Error,
        Channel::TestFlight => Severity::Warning,
    };
    let xcode = ["DTXcodeBuild", "DTSDKBuild", "DTPlatformBuild"];
    let beta = xcode
        .iter()
        .find_map(|key| Some((*key, version::beta(app.text(key)?)?)));
    if let Some((key, build)) = beta {
        let title =
            format!("the app is built with a beta of Xcode or its SDK (`{key}` is {build})");
        let said = finding(severity, "itms-90534", app, title).variable("value", build);
        found.add(said.about(Subject::WorkflowXcode));
    }
    if let Some(build) = app.text("BuildMachineOSBuild").and_then(version::beta) {
        let title =
            format!("the app is built on a beta of macOS (`BuildMachineOSBuild` is {build})");
        let code = if asked.is_mac() {
            "itms-90301"
        } else {
            "itms-90111"
        };
        found.add(finding(severity, code, app, title).variable("value", build));
    }
}
