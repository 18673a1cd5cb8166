//! Code and files are what was signed, and all code is signed.

use crate::bundle::{Binary, Bundle, Pages, Slots};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "signature-holds",
    codes: &["itms-90035", "itms-90238"],
    needs: &[Need::Export],
    sentence: "Code and files are what was signed, and all code is signed.",
    source: "Apple's messages ITMS-90035 and, for Macs, ITMS-90238",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_signed_for_good() {
        return;
    }
    let is_signed = asked.binaries().any(|binary| binary.signature().is_some());
    for bundle in asked.with_code() {
        let Some(code) = asked.package.code(bundle) else {
            continue;
        };
        // Of an app that nobody signed, the app is told and not each part of it.
        let is_app = bundle.host.is_none();
        let fault = of_code(code).or_else(|| of_bundle(asked, bundle, code));
        if let Some(fault) = fault.filter(|_| is_signed || is_app) {
            let title = format!("`{}`: {fault}", bundle.path);
            let code = if asked.is_mac() {
                "itms-90238"
            } else {
                "itms-90035"
            };
            found.add(about_code(error(code, bundle, title), bundle));
        }
    }
}

/// What is wrong with the code itself.
fn of_code(code: &Binary) -> Option<String> {
    if code.slices.is_empty() || code.is_partly_read {
        return None;
    }
    if code.slices.iter().any(|slice| slice.signature.is_none()) {
        return Some("the code is not signed".to_owned());
    }
    let signatures = code
        .slices
        .iter()
        .filter_map(|slice| slice.signature.as_ref());
    for signature in signatures {
        let mut directories = signature.directories.iter();
        if directories.any(|one| matches!(one.pages, Pages::Differs(_))) {
            return Some("the code was changed after it was signed".to_owned());
        }
        if let Slots::Differs(part) = signature.slots {
            return Some(format!("the {part} are not those that were signed"));
        }
        if signature
            .signer
            .as_ref()
            .is_some_and(|one| one.signs_directory == Some(false))
        {
            return Some("the signature is that of other code".to_owned());
        }
    }
    None
}

/// What is wrong with the files around the code.
fn of_bundle(asked: &Asked<'_>, bundle: &Bundle, code: &Binary) -> Option<String> {
    let directory = code.signature()?.directory()?;
    if directory.hash_type != 2 {
        return None;
    }
    let differs = |slot, hash: Option<[u8; 32]>| match (directory.special(slot), hash) {
        (Some(signed), Some(hash)) => signed != hash,
        (Some(_) | None, Some(_) | None) => false,
    };
    if differs(1, bundle.info_sha256) {
        return Some("its Info.plist was changed after it was signed".to_owned());
    }
    if differs(3, bundle.seal_sha256) {
        return Some("the list of its files is not the one that was signed".to_owned());
    }
    let list = format!("{}/_CodeSignature/CodeResources", bundle.path);
    if !bundle.is_deep && directory.special(3).is_some() && !asked.package.has(&list) {
        return Some("the list of its files is missing".to_owned());
    }
    of_files(asked, bundle)
}

/// The files that are sealed one by one; on the Mac nested code is not.
fn of_files(asked: &Asked<'_>, bundle: &Bundle) -> Option<String> {
    let seal = bundle.seal.as_ref()?;
    for (name, sealed) in &seal.files {
        let path = format!("{}/{}{name}", bundle.path, bundle.seal_home);
        let members = &asked.package.members;
        let place = members.binary_search_by(|member| member.path.as_str().cmp(&path));
        match place.ok().map(|place| &members[place]) {
            None if !sealed.is_optional && !sealed.is_nested && sealed.hash.is_some() => {
                return Some(format!("`{name}` was signed and is missing"));
            }
            Some(member) => {
                if let (Some(hash), Some(signed)) = (member.sha256, sealed.hash)
                    && hash != signed
                {
                    return Some(format!("`{name}` was changed after it was signed"));
                }
            }
            None => {}
        }
    }
    if !seal.seals_all || bundle.host.is_some() {
        return None;
    }
    let folder = format!("{}/{}", bundle.path, bundle.seal_home);
    let executable = bundle.text("CFBundleExecutable").unwrap_or_default();
    let added = asked.package.below(&folder).find_map(|member| {
        let name = &member.path[folder.len()..];
        // On the Mac code lies between, and attributes beside files that the installer puts back.
        let is_elsewhere = bundle.is_deep && !name.starts_with("Resources/");
        if is_elsewhere
            || name
                .rsplit('/')
                .next()
                .is_some_and(|name| name.starts_with("._"))
        {
            return None;
        }
        let is_own = name == executable
            || matches!(name, "Info.plist" | "PkgInfo" | "CodeResources")
            || name.starts_with("_CodeSignature/")
            || name.starts_with("SC_Info/");
        let is_file = !member.is_link && !name.is_empty() && !name.ends_with('/');
        let is_kept_out = name.ends_with(".DS_Store") || name.ends_with("locversion.plist");
        // Nested code is sealed by its own signature in some layouts.
        let owner = asked.package.owner(&member.path).map(|owner| &owner.path);
        let is_direct = owner == Some(&bundle.path);
        let is_added =
            is_file && is_direct && !is_own && !is_kept_out && !seal.files.contains_key(name);
        is_added.then(|| name.to_owned())
    });
    added.map(|name| format!("`{name}` was added after it was signed"))
}
