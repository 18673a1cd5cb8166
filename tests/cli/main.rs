//! The whole program, driven from outside: the binary against its own sandbox, in this process's
//! neighbourhood and as a server of its own.

#[path = "../support/mod.rs"]
mod support;

mod action;
mod afterwards;
#[cfg(unix)]
mod altool;
#[cfg(unix)]
mod answers;
mod arguments;
mod bad_input;
mod capabilities;
mod cases;
#[cfg(unix)]
mod doctor;
mod endings;
mod every_option;
#[cfg(unix)]
mod exporting;
#[cfg(unix)]
mod giving_back;
mod habits;
mod interruptions;
mod key;
mod killed;
mod long_values;
#[cfg(unix)]
mod mac_app;
#[cfg(unix)]
mod minded;
mod network;
mod new_inputs;
mod part_addresses;
#[cfg(unix)]
mod peer_bugs;
#[cfg(unix)]
mod pipes;
mod preflight;
mod proxies;
mod pull_request;
mod reading;
mod receipt;
mod recorder;
mod rerun;
mod rivals;
mod scenarios;
#[cfg(unix)]
mod signing;
mod strayed;
mod telling;
#[cfg(unix)]
mod unfit;
mod webhook;
#[cfg(unix)]
mod with_a_key;
