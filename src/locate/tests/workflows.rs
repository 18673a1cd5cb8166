use crate::locate::tests::*;

const PATH: &str = ".github/workflows/ship.yml";

fn sample(text: &str) -> Sample {
    Sample::of(&[(PATH, text)]).workflow(PATH)
}

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}

fn permission(scope: &str) -> Subject {
    Subject::WorkflowPermission {
        scope: scope.to_owned(),
    }
}

#[test]
fn inputs_permissions_and_xcode_of_the_step_that_uses_the_action() {
    let sample = sample(
        "on: push\npermissions:\n  contents: read\njobs:\n  ship:\n    runs-on: macos-15\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          echo hi\n          sudo xcode-select -s /Applications/Xcode_16.app\n      - uses: example/jetway@v1\n        with:\n          api-key-id: X\n  other:\n    runs-on: macos-14\n    steps:\n      - uses: maxim-lobanov/setup-xcode@v1\n        with:\n          xcode-version: '15'\n",
    );
    sample.leads(
        "",
        &[
            (
                input("api-key-id"),
                ".github/workflows/ship.yml: api-key-id: X",
            ),
            (
                input("app-path"),
                ".github/workflows/ship.yml: - uses: example/jetway@v1",
            ),
            (
                permission("contents"),
                ".github/workflows/ship.yml: contents: read",
            ),
            (
                permission("pull-requests"),
                ".github/workflows/ship.yml: permissions:",
            ),
            (
                Subject::WorkflowXcode,
                ".github/workflows/ship.yml: sudo xcode-select -s /Applications/Xcode_16.app",
            ),
        ],
    );
}

#[test]
fn an_input_behind_an_anchor_a_merge_key_or_on_the_second_line_of_a_flow_map_has_its_own_line() {
    let step = "jobs:\n  ship:\n    runs-on: macos-15\n    steps:\n      - uses: example/jetway@v1\n        with:";
    let given = "on: push\nenv: &given\n  api-key-id: X\n  path: A.ipa\n";
    for (text, line) in [
        (format!("{given}{step} *given\n"), "api-key-id: X"),
        (
            format!("{given}{step}\n          <<: *given\n          wait: none\n"),
            "api-key-id: X",
        ),
        (
            format!("on: push\n{step} {{ path: A.ipa,\n          api-key-id: X }}\n"),
            "api-key-id: X }",
        ),
    ] {
        sample(&text).leads("", &[(input("api-key-id"), &format!("{PATH}: {line}"))]);
    }
}

#[test]
fn an_input_is_found_by_its_other_name_too() {
    let sample = sample(
        "on: push\njobs:\n  ship:\n    runs-on: macos-15\n    steps:\n      - uses: example/jetway@v1\n        with:\n          app-path: A.ipa\n          issuer-id: I\n          api-private-key: K\n",
    );
    for (name, line) in [
        ("path", "app-path: A.ipa"),
        ("api-issuer-id", "issuer-id: I"),
        ("api-key", "api-private-key: K"),
    ] {
        sample.leads("", &[(input(name), &format!("{PATH}: {line}"))]);
    }
}

#[test]
fn a_script_that_calls_the_program() {
    let sample = sample(
        "on: push\njobs:\n  ship:\n    runs-on: macos-15\n    steps:\n      - run: |\n          # build first\n          make\n          ./bin/jetway ship --app-path A.ipa\n",
    );
    sample.leads(
        "",
        &[
            (
                input("app-path"),
                ".github/workflows/ship.yml: ./bin/jetway ship --app-path A.ipa",
            ),
            (
                input("api-key-id"),
                ".github/workflows/ship.yml: ./bin/jetway ship --app-path A.ipa",
            ),
            (permission("checks"), ".github/workflows/ship.yml: ship:"),
            (
                Subject::WorkflowXcode,
                ".github/workflows/ship.yml: runs-on: macos-15",
            ),
        ],
    );
}

#[test]
fn two_steps_that_use_the_action_are_told_apart_or_not_at_all() {
    let sample = sample(
        "jobs:\n  a:\n    steps:\n      - uses: example/jetway@v1\n        with: { app-path: A.ipa }\n      - uses: example/jetway@v1\n",
    );
    sample.leads(
        "",
        &[
            (
                input("app-path"),
                ".github/workflows/ship.yml: with: { app-path: A.ipa }",
            ),
            (input("api-key-id"), "none"),
        ],
    );
}
