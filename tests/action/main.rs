//! The action: `action.yml` and its scripts, run as GitHub's runner runs them, with a release host
//! on loopback and the sandbox in place of Apple.

#![cfg(unix)]

mod act;
mod definition;
mod expression;
mod install;
mod origins;
mod places;
mod ran;
mod releases;
mod runner;
mod shape;
mod whole;
mod workflows;

#[path = "../support/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "the sandbox and a package are needed here, and the builder of command lines is not"
)]
mod support;
