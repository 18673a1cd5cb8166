//! No code was built for the simulator.

use crate::bundle::Architecture;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "simulator",
    codes: &["itms-91169"],
    needs: &[Need::Device],
    sentence: "No code was built for the simulator.",
    source: "Apple's message ITMS-91169",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let before = found.0.len();
    of_code(asked, found);
    let supported = app.texts("CFBundleSupportedPlatforms");
    let mut names = app.text("DTPlatformName").into_iter().chain(supported);
    let named = names.find(|name| name.to_ascii_lowercase().ends_with("simulator"));
    if let Some(name) = named.filter(|_| asked.is_embedded() && found.0.len() == before) {
        let title = format!("the app was built for the simulator: its Info.plist names `{name}`");
        found.add(about_key(
            error("itms-91169", app, title),
            app,
            "DTPlatformName",
        ));
    }
}

fn of_code(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let slices = binary.slices.iter();
        // What is for Intel is told as that.
        let mut slices = slices.filter(|slice| {
            !matches!(
                slice.architecture,
                Architecture::X86With64 | Architecture::I386
            )
        });
        let is_simulator = slices.any(|slice| {
            slice
                .platforms
                .iter()
                .any(|platform| matches!(platform, 7 | 8 | 9 | 12))
        });
        if let (true, Some(owner)) = (is_simulator, asked.package.owner(&binary.path)) {
            let title = format!("`{}` was built for the simulator", binary.path);
            found.add(about_code(
                error("itms-91169", owner, title).variable("file", &binary.path),
                owner,
            ));
        }
    }
}
