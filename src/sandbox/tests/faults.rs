//! Requests that come to harm: which, from when on, and for how long.

use crate::sandbox::operations;
use crate::sandbox::scenario::{Fault, Harm, Script, When};
use crate::sandbox::tests::*;

fn world(at: &'static [&'static str], when: When) -> World {
    let fault = Fault {
        at,
        when,
        harm: Harm::Answer(403, "FORBIDDEN_ERROR"),
    };
    let script = Script {
        faults: Box::leak(Box::new([fault])),
        ..*Scenario::default().0
    };
    World::new(
        Box::leak(Box::new(script)),
        "http://127.0.0.1:1".to_owned(),
        1,
    )
}

fn happens(world: &mut World, operation: &str) -> bool {
    matches!(
        world.harm(operation, None),
        Some(Harm::Answer(403, "FORBIDDEN_ERROR"))
    )
}

#[test]
fn any_operation_of_the_table_can_be_made_to_fail_once_or_from_then_on() {
    for operation in operations::all() {
        let at: &'static [&'static str] = Box::leak(Box::new([operation.name]));
        let mut once = world(at, When::Times(&[3]));
        let mut lasting = world(at, When::From(3));
        for n in 1..=6 {
            assert_eq!(happens(&mut once, operation.name), n == 3);
            assert_eq!(happens(&mut lasting, operation.name), n >= 3);
            assert!(!happens(&mut lasting, "another"), "{}", operation.name);
        }
    }
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_missing_while_apple_processes() {
    let client = Client::of("role-taken-away").await;
    let upload = client.upload("1", b"abc").await;
    let path = format!("/v1/buildUploads/{upload}");
    let first = client.get(&path).await;
    assert_eq!(first["data"]["attributes"]["state"]["state"], "PROCESSING");
    for _ in 0..5 {
        let refused = client.call(Method::GET, &path, None).await;
        assert_eq!(code(&refused), (403, "FORBIDDEN_ERROR"));
    }
}

#[tokio::test]
async fn an_error_that_nobody_has_recorded_comes_as_it_was_asked_for() {
    let client = Client::of("commit-refused-anew").await;
    let (_, file, operations) = client.reserved("1", 3).await;
    client.part(&operations[0], b"abc").send().await.unwrap();
    let refused = client.commit(&file).await;
    assert_eq!(code(&refused), (409, "STATE_ERROR.FROBNICATED"));
    assert_eq!(client.commit(&file).await.status, 200);
}
