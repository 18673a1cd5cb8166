//! An App Store Connect of our own, with part storage, on loopback: for trying things out and for tests.
//! It answers as the real one does, strictly, and can be told to misbehave ([`Scenario`]).
//!
//! It imports no other room: a type shared with the client would hide the same mistake on both sides.
//! Time does not pass here by itself: Apple's work moves on when a client asks after it. Words come from
//! Apple's specification and from recorded answers; parts are only hashed, never kept.
//!
//! Files import in one direction: the world is below, then what documents and refusals look like, then a
//! file for each resource, then their tables together (`operations`), and what serves them on top.
//!
//! A new operation is one row and one function, both in its resource's file. A new resource is a file like
//! `operations/certificates.rs`, and its line in the `mod.rs` beside it. From top to bottom such a file has
//!
//! 1. what each operation takes, word for word as in Apple's specification: parameters (`Rules`; words that
//!    several resources share are in `parameters`) and bodies (`Shape`);
//! 2. `OPERATIONS`, a row each: name, path, what it takes, and the function that does it. The name is the
//!    one in the log and in faults. Router, checks, log and tests read the row. Where Apple's specification
//!    is at hand, a path or parameter that it does not have fails a test, and so does an operation that
//!    `tests/schema.rs` never sees answered well;
//! 3. the functions, from `World` and `Call` to an `Answer` or a `Refusal`. What outlives a request is a
//!    field of `World`; what a scenario decides is a field of its `Script`;
//! 4. how the resource looks, unless others include it: then it is in `resources`.
//!
//! To let any operation fail, a scenario names it in a fault (`scenario/fault.rs`).
//!
//! Beside the API there is `GET /sandbox` (the scenarios and the operations), `GET
//! /sandbox/log?operation=put-part` (what the client did) and `PUT /sandbox/scenario/NAME` (from here on
//! another scenario; what is there stays).

mod answers;
mod call;
mod clock;
mod cutting;
mod demo;
mod document;
mod gate;
mod hash;
mod ids;
mod log;
mod mac;
mod numbers;
mod operation;
mod operations;
mod parameters;
mod query;
mod recall;
mod refusal;
mod resources;
mod rights;
mod routes;
mod scenario;
mod serve;
mod shape;
mod shared;
mod shelf;
mod show;
mod storage;
mod store;
mod texts;
mod token;
mod world;

#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::demo::{DEMO_ARCHIVE, DemoKey, demo_app, demo_ipa, demo_key};
pub use self::mac::{installer_certificate, tools};
pub use self::scenario::{Scenario, ScenarioInfo, UnknownScenario};

use self::shared::Shared;
use self::world::World;

/// How to run a sandbox.
pub struct Options {
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// What happens.
    pub scenario: Scenario,
}

impl Options {
    /// Plain http on any free port of 127.0.0.1.
    pub fn loopback(scenario: Scenario) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            scenario,
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address can be reached from other machines, and the sandbox's key is known to all.
    #[error("{0} is not a loopback address; a sandbox listens on 127.0.0.1 or ::1 only")]
    NotLoopback(SocketAddr),
    /// The address is not to be had.
    #[error("can't listen on {address}; choose another port, or 0 for any free one")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// There are no random bytes for signing part addresses.
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

/// A running sandbox. Dropping it closes every connection at once.
pub struct Sandbox {
    url: String,
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

/// Starts a sandbox on the current tokio runtime.
pub async fn start(options: Options) -> Result<Sandbox, Error> {
    if !options.listen.ip().is_loopback() {
        return Err(Error::NotLoopback(options.listen));
    }
    let listening = |source| Error::Listen {
        address: options.listen,
        source,
    };
    let listener = TcpListener::bind(options.listen).await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let url = format!("http://{address}");
    let salt = getrandom::u64().map_err(Error::Random)?;
    let shared = Shared::new(World::new(options.scenario.0, url.clone(), salt));
    let (stop, stopped) = watch::channel(false);
    let router = routes::router(Arc::clone(&shared));
    let serving = tokio::spawn(serve::serve(listener, router, stopped));
    Ok(Sandbox {
        url,
        address,
        shared,
        stop,
        serving,
    })
}

impl Sandbox {
    /// Where it is reached, such as `http://127.0.0.1:41234`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From here on another scenario. Uploads that are there stay, and keep the course they are on.
    pub fn switch(&self, scenario: Scenario) {
        self.shared.world().follow(scenario.0);
    }

    /// What the client did, as `GET /sandbox/log` shows it.
    pub fn log(&self) -> serde_json::Value {
        self.shared.world().log.show(None)
    }

    /// Stops listening and lets connections finish what they do, for a second at most.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        // Whoever serves ends by itself now; a panic in there has been shown already.
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
