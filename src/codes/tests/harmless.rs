//! No advice destroys what is somebody's: keychains of the user, certificates and builds of others.

use crate::codes::{Catalogue, Message, diagnose};

/// The sentences of a step that say what to do, not what to leave alone.
fn orders(step: &str) -> impl Iterator<Item = &str> {
    let sentences = step.split(['.', ';']);
    sentences.filter(|sentence| {
        let sentence = sentence.to_lowercase();
        !["do not", "never", "leave", "must not", "nothing has to"]
            .iter()
            .any(|not| sentence.contains(not))
    })
}

#[test]
fn no_step_deletes_what_the_user_keeps_or_revokes_what_others_use() {
    const DESTROYS: [&str; 6] = [
        "match nuke",
        "rm -rf ~",
        "rm -rf $home",
        "library/keychains/*",
        "delete-keychain login",
        "delete all",
    ];
    /// What says that nobody else needs it.
    const FREE: [&str; 7] = [
        "unused",
        "lost",
        "log shows",
        "gone",
        "others can read",
        "may be revoked",
        "who revoked",
    ];
    for entry in Catalogue::get().entries() {
        for step in entry.all_steps() {
            let step = step
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase();
            for order in orders(&step) {
                let destroys = DESTROYS.iter().any(|words| order.contains(words));
                assert!(!destroys, "{}: {order}", entry.code);
                let revokes = order.contains("revoke ") || order.contains("revoke the");
                let free = FREE.iter().any(|words| step.contains(words));
                assert!(!revokes || free, "{}: {order}", entry.code);
            }
        }
    }
}

#[test]
fn the_login_keychain_is_never_to_be_deleted() {
    for text in [
        "SecKeychainCreate login.keychain-db: A keychain with the same name already exists.",
        "SecKeychainCreate /Users/buoy/Library/Keychains/login.keychain-db: A keychain with the same name already exists.",
        "SecKeychainUnlock login.keychain-db: The user name or passphrase you entered is not correct.",
    ] {
        let found = diagnose(&Message {
            text,
            codes: Vec::new(),
            severity: None,
            source: "security",
        });
        for order in found.fix.iter().flat_map(|step| orders(step)) {
            assert!(
                !order.to_lowercase().contains("delete"),
                "{}: {order}",
                found.code
            );
        }
    }
}

#[test]
fn whoever_adds_a_keychain_to_the_search_list_keeps_what_is_in_it() {
    for entry in Catalogue::get().entries() {
        let snippet = entry.snippet.iter().map(|snippet| &snippet.after);
        for text in entry.all_steps().chain(snippet) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for command in text.split("list-keychains -d user -s").skip(1) {
                // A list in which nothing is has nothing to lose.
                let kept = command.contains("$(security list-keychains")
                    || command
                        .trim_start()
                        .starts_with("~/Library/Keychains/login");
                assert!(kept, "{}: {text}", entry.code);
            }
        }
    }
}
