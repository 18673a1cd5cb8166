//! All code is signed by a certificate of the profile it runs under.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "certificate-in-profile",
    codes: &["itms-90179", "itms-90284"],
    needs: &[Need::Export, Need::Signature, Need::Profile],
    sentence: "All code is signed by a certificate of the profile it runs under.",
    source: "Apple's messages ITMS-90179 and ITMS-90284",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    let code = if asked.is_mac() {
        "itms-90284"
    } else {
        "itms-90179"
    };
    for binary in asked.binaries() {
        let Some(owner) = asked.package.owner(&binary.path) else {
            continue;
        };
        // Apple's own stub of old watch apps keeps Apple's signature.
        if binary.path.contains("/_WatchKitStub/") {
            continue;
        }
        let program = asked.program_of(owner);
        let own = program.readable_profile();
        let profile = own.or_else(|| asked.package.app().readable_profile());
        let leaf = binary
            .signature()
            .and_then(|one| one.signer.as_ref()?.leaf.as_ref());
        let (Some(profile), Some(leaf)) = (profile, leaf) else {
            continue;
        };
        if !profile.certificates.is_empty() && profile.certificate(&leaf.sha1).is_none() {
            let title = format!(
                "`{}` is signed by `{}`, which its profile `{}` does not hold",
                binary.path, leaf.common_name, profile.name
            );
            found.add(about_code(
                error(code, owner, title).variable("file", &binary.path),
                owner,
            ));
        }
    }
}
