//! The app is signed by a certificate for submission to the App Store that has not expired.

use crate::preflight::rule::{Asked, Found, Need, Rule, error, warning};
use crate::profiles::{Certificate, CertificateKind, Mark};

/// The rule.
pub const RULE: Rule = Rule {
    name: "submission-certificate",
    codes: &["itms-90034"],
    needs: &[Need::Export, Need::Signature],
    sentence: "The app is signed by a certificate for submission to the App Store that has not expired.",
    source: "Apple's message ITMS-90034",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let Some(signature) = asked
        .package
        .signature(app)
        .filter(|_| asked.is_signed_for_good())
    else {
        return;
    };
    let is_ad_hoc = signature.is_ad_hoc();
    let title = match signature.signer.as_ref() {
        None if signature.is_of_linker() => "only the linker signed the app".to_owned(),
        None => "nobody signed the app: its signature is ad hoc".to_owned(),
        Some(signer) => match &signer.leaf {
            Some(leaf) if leaf.not_after < asked.now => {
                format!("the certificate `{}` has expired", leaf.common_name)
            }
            Some(leaf)
                if !may_submit(
                    leaf.kind,
                    leaf.has(Mark::SUBMISSION) || leaf.has(Mark::MAC_SUBMISSION),
                ) =>
            {
                format!(
                    "the app is signed by `{}`, which is not for the App Store",
                    leaf.common_name
                )
            }
            Some(leaf) if lacks_issuer(leaf, &signer.certificates) => format!(
                "the signature holds other certificates, and not that of `{}`, which issued `{}`",
                leaf.issuer, leaf.common_name
            ),
            _ if is_ad_hoc => {
                "the signature calls itself ad hoc, as if nobody had signed".to_owned()
            }
            _ if signer.has_uncut_hashes => {
                let title = "the signature names its code by hashes that are not cut to 20 bytes";
                found.add(warning("itms-90034", app, title.to_owned()));
                return;
            }
            Some(_) | None => return,
        },
    };
    found.add(error("itms-90034", app, title));
}

/// Whether the chain leads elsewhere. A signature with the signer's certificate alone says nothing of it.
fn lacks_issuer(leaf: &Certificate, all: &[Certificate]) -> bool {
    let mut others = all.iter().filter(|one| one.sha1 != leaf.sha1).peekable();
    others.peek().is_some() && !others.any(|one| one.common_name == leaf.issuer)
}

/// By Apple's extension, or by the name of a certificate whose extensions are not there.
fn may_submit(kind: CertificateKind, is_marked: bool) -> bool {
    is_marked || kind.is_distribution()
}
