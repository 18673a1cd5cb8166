//! What a run leaves, undone entry by entry against the sandbox.

use std::time::Duration;

use crate::asc::Client;
use crate::asc::apps::{self, Lookup};
use crate::asc::build_uploads::{self, Reservation};
use crate::event::Events;
use crate::host::clock::Clock;
use crate::http::proxies::Proxies;
use crate::ids::{
    AppId, BuildName, BuildNumber, BuildUploadFileId, BuildUploadId, BundleIdentifier,
    MarketingVersion, Platform,
};
use crate::journal::OpenUpload;
use crate::plan::Account;
use crate::run::undo::{Undone, at_apple, at_once};
use crate::sandbox::{self, Options, Sandbox, Scenario};
use crate::secret::{Secret, Vault};
use crate::stages::credentials;

/// The sandbox's own account.
pub(super) fn account(sandbox: &Sandbox) -> Account {
    let key = sandbox::demo_key();
    Account {
        url: sandbox.url().parse().unwrap(),
        key: Secret::new(key.private_key_pem),
        key_id: key.key_id.to_owned(),
        issuer_id: key.issuer_id.to_owned(),
        idle_timeout: Duration::from_secs(10),
        extra_roots: Vec::new(),
        proxies: Proxies::none(),
    }
}

/// An App Store Connect with a client and an app.
struct Apple {
    _sandbox: Sandbox,
    client: Client,
    app: AppId,
}

impl Apple {
    async fn new() -> Self {
        let scenario = Scenario::named("succeeds").unwrap();
        let sandbox = sandbox::start(Options::loopback(scenario)).await.unwrap();
        let account = account(&sandbox);
        let (events, _stream) = Events::stream();
        let client =
            credentials::run(&account, &Clock::system(), &Vault::default(), &events).unwrap();
        let identifier = BundleIdentifier::new("com.example.app");
        let Lookup::Found(app) = apps::find(&client, &identifier).await.unwrap() else {
            panic!("the sandbox knows every app that is asked for");
        };
        Self {
            _sandbox: sandbox,
            client,
            app: app.id,
        }
    }

    async fn reserve(&self) -> BuildUploadId {
        let wish = Reservation {
            app: self.app.clone(),
            build: name(),
        };
        build_uploads::reserve(&self.client, &wish, &[])
            .await
            .unwrap()
            .id
    }

    fn asked(&self, before: &[&BuildUploadId]) -> OpenUpload {
        OpenUpload::Asked {
            app: self.app.clone(),
            build: name(),
            before: before.iter().map(|id| (*id).clone()).collect(),
        }
    }

    async fn undone(&self, leftover: &OpenUpload) -> Undone {
        at_once(leftover, Some(&self.client)).await
    }

    async fn cleaned(&self, leftover: &OpenUpload) -> Undone {
        at_apple(leftover, Some(&self.client)).await
    }
}

fn name() -> BuildName {
    BuildName {
        marketing_version: MarketingVersion::new("1.0.0"),
        build_number: BuildNumber::new("7"),
        platform: Platform::Ios,
    }
}

#[tokio::test]
async fn what_was_asked_for_and_not_answered_is_found_by_what_is_new() {
    let apple = Apple::new().await;
    assert_eq!(apple.undone(&apple.asked(&[])).await, Undone::Nothing);
    let first = apple.reserve().await;
    assert_eq!(apple.undone(&apple.asked(&[&first])).await, Undone::Nothing);
    let second = apple.reserve().await;
    let both = apple.undone(&apple.asked(&[])).await;
    assert!(matches!(both, Undone::Stays(_)), "{both:?}");
    assert_eq!(
        apple.undone(&apple.asked(&[&first])).await,
        Undone::GivenBack(second)
    );
    assert_eq!(
        apple.undone(&apple.asked(&[])).await,
        Undone::GivenBack(first)
    );
}

#[tokio::test]
async fn a_commit_under_way_is_left_to_apple_and_asked_about_later() {
    let apple = Apple::new().await;
    let upload = apple.reserve().await;
    let committing = OpenUpload::Committing {
        upload: upload.clone(),
        file: BuildUploadFileId::new("f"),
    };
    let now = apple.undone(&committing).await;
    assert!(matches!(now, Undone::Stays(_)), "{now:?}");
    assert_eq!(apple.cleaned(&committing).await, Undone::GivenBack(upload));
    assert_eq!(apple.cleaned(&committing).await, Undone::Nothing);
}

#[tokio::test]
async fn what_others_reserved_stays_and_what_is_gone_is_nothing() {
    let apple = Apple::new().await;
    let upload = apple.reserve().await;
    let resumed = OpenUpload::Resumed {
        upload: upload.clone(),
    };
    assert_eq!(apple.undone(&resumed).await, Undone::Nothing);
    assert_eq!(apple.cleaned(&resumed).await, Undone::Nothing);
    let reserved = OpenUpload::Reserved {
        upload: upload.clone(),
    };
    assert_eq!(apple.undone(&reserved).await, Undone::GivenBack(upload));
    assert_eq!(apple.undone(&reserved).await, Undone::Nothing);
    let without = at_apple(&reserved, None).await;
    assert!(matches!(without, Undone::Stays(_)), "{without:?}");
}
