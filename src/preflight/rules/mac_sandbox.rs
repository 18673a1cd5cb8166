//! On the Mac every program runs in the sandbox.

use plist::Value;

use crate::bundle::{Binary, FileType};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-sandbox",
    codes: &["itms-90296"],
    needs: &[Need::Mac, Need::Export, Need::Signature],
    sentence: "On the Mac every program runs in the sandbox.",
    source: "Apple's message ITMS-90296",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "com.apple.security.app-sandbox";
    let is_program = |binary: &&Binary| {
        let mut slices = binary.slices.iter();
        slices.any(|slice| slice.file_type == FileType::Executable)
    };
    let is_asked = asked.is_mac() && asked.is_signed_for_good();
    for binary in asked.binaries().filter(|_| is_asked).filter(is_program) {
        let signature = binary.signature().filter(|one| one.signer.is_some());
        let (Some(signature), Some(owner)) = (signature, asked.package.owner(&binary.path)) else {
            continue;
        };
        let claimed = signature.claims().and_then(|claims| claims.get(KEY));
        if claimed.and_then(Value::as_boolean) != Some(true) {
            let title = format!("`{}` does not run in the sandbox", binary.path);
            let finding = error("itms-90296", owner, title).variable("file", &binary.path);
            found.add(about_entitlement(finding, owner, KEY));
        }
    }
}
