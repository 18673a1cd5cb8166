//! Where parts may be sent: over TLS, and to this machine only where the API itself is on it.

use crate::support::{Cli, Ran, Relay, Server, ipa};

fn ship(relay: &Relay) -> Cli {
    relay
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.0", "7"))
        .arg("App.ipa")
}

/// The run ended before a byte was sent, for this reason, and gave back what it had reserved.
#[track_caller]
fn is_refused(ran: &Ran, sandbox: &Server, reason: &str) {
    let found = ran.finding("upload-plan-unusable").to_string();
    assert!(found.contains(reason), "{found}");
    assert_eq!(sandbox.bytes_put(), 0);
    assert_eq!(sandbox.done("reserve"), 1);
    assert_eq!(sandbox.done("delete-upload"), 1);
}

#[test]
fn no_part_goes_to_this_machine_where_the_api_is_elsewhere() {
    let sandbox = Server::start("succeeds");
    let relay = Relay::elsewhere(&sandbox);
    let ran = ship(&relay).fails(3);
    is_refused(&ran, &sandbox, "has a URL that points to this very machine");
}

#[test]
fn no_part_goes_to_another_machine_by_plain_http() {
    let sandbox = Server::start("succeeds");
    let relay = Relay::changing(&sandbox, |answer| {
        let storage = "/storage/PurpleSource211/";
        let parts: Vec<&str> = answer.split(storage).collect();
        let moved = parts.iter().enumerate().map(|(at, part)| {
            let is_last = at + 1 == parts.len();
            let start = part.rfind("http://").filter(|_| !is_last);
            match start {
                Some(start) => format!("{}http://storage.example", &part[..start]),
                None => (*part).to_owned(),
            }
        });
        moved.collect::<Vec<_>>().join(storage)
    });
    let ran = ship(&relay).fails(3);
    is_refused(
        &ran,
        &sandbox,
        "is plain http, so anybody on the way could read the part",
    );
}

#[test]
fn what_stands_between_changes_nothing_by_itself() {
    let sandbox = Server::start("succeeds");
    let relay = Relay::changing(&sandbox, |answer| answer);
    ship(&relay).succeeds();
    assert!(sandbox.bytes_put() > 0);
}
