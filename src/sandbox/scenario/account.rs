//! What the key may do, and which app records it sees.

use crate::sandbox::scenario::fault::{Fault, Harm, Known, When};
use crate::sandbox::scenario::script::{After, Apps, PLAIN, Role, Script, info};

/// Every request of the API is refused.
const fn always(error: Known) -> Fault {
    Fault {
        at: &[],
        when: When::Always,
        harm: Harm::Refuse(error),
    }
}

pub(super) static ALL: &[Script] = &[
    Script {
        info: info(
            "no-app-record",
            "the key sees apps, but none with this bundle id",
            "refused",
        ),
        apps: Apps::Others,
        ..PLAIN
    },
    Script {
        info: info("no-apps", "the key sees no app at all", "refused"),
        apps: Apps::Nothing,
        ..PLAIN
    },
    Script {
        info: info(
            "many-apps",
            "hundreds of apps have a similar bundle id; the right one is on a later page",
            "processed",
        ),
        apps: Apps::Crowd,
        ..PLAIN
    },
    Script {
        info: info(
            "next-page-elsewhere",
            "the list of apps goes on at another host, where no token may go",
            "unfinished",
        ),
        apps: Apps::CrowdElsewhere,
        ..PLAIN
    },
    Script {
        info: info(
            "agreements-missing",
            "every request is refused until an agreement is signed (403)",
            "refused",
        ),
        faults: &[always(Known::AgreementsMissing)],
        ..PLAIN
    },
    Script {
        info: info(
            "role-too-low",
            "the key may look, but not upload (403 on reserving)",
            "refused",
        ),
        role: Role::Onlooker,
        ..PLAIN
    },
    Script {
        info: info(
            "wrong-key",
            "no token is taken (401), as with a revoked key",
            "refused",
        ),
        faults: &[always(Known::NotAuthorized)],
        ..PLAIN
    },
    Script {
        info: info(
            "admin-key",
            "the key's role is Admin: it lists users and certificates",
            "processed",
        ),
        role: Role::Admin,
        ..PLAIN
    },
    Script {
        info: info(
            "developer-key",
            "the key's role is Developer: it uploads, but lists no users or certificates",
            "processed",
        ),
        role: Role::Developer,
        ..PLAIN
    },
    Script {
        info: info(
            "certificate-expires",
            "a certificate and a profile are good for nine days more",
            "processed",
        ),
        after: After {
            expires_in: 9,
            ..PLAIN.after
        },
        ..PLAIN
    },
    Script {
        info: info(
            "role-taken-away",
            "the key loses its role while Apple processes the upload: from the second look on 403",
            "unfinished",
        ),
        faults: &[Fault {
            at: &["read-upload"],
            when: When::From(2),
            harm: Harm::Refuse(Known::RoleTooLow),
        }],
        ..PLAIN
    },
    Script {
        info: info(
            "token-expires",
            "each token is refused after its fifth use",
            "processed",
        ),
        token_uses: Some(5),
        ..PLAIN
    },
    Script {
        info: info(
            "clock-skew",
            "Apple's clock is an hour behind, so that a token comes from its future until the client notices (401)",
            "processed",
        ),
        clock: -3_600,
        ..PLAIN
    },
];
