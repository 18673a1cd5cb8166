//! A `.pkg` is signed by an installer certificate for the Mac App Store.

use crate::bundle::Form;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};
use crate::profiles::{CertificateKind, Mark};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-installer",
    codes: &["itms-90237"],
    needs: &[Need::Mac, Need::Pkg],
    sentence: "A `.pkg` is signed by an installer certificate for the Mac App Store.",
    source: "Apple's message ITMS-90237",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let package = asked.package;
    if package.form != Form::Pkg {
        return;
    }
    let title = match package.installer.first() {
        None => "nobody signed the package".to_owned(),
        Some(leaf) if leaf.not_after < asked.now => {
            format!(
                "the package's certificate `{}` has expired",
                leaf.common_name
            )
        }
        Some(leaf) => {
            let is_right = leaf.kind == CertificateKind::MacInstallerDistribution
                || leaf.has(Mark::MAC_INSTALLER);
            if is_right {
                return;
            }
            format!(
                "the package is signed by `{}`, which is not for installers",
                leaf.common_name
            )
        }
    };
    found.add(error("itms-90237", package.app(), title));
}
