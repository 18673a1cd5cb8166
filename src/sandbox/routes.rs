//! From a request to its answer: which operation it is, whether the token is good, what harm it comes
//! to, and the headers that every answer has.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use axum::routing::{MethodFilter, any, get};
use serde_json::{Value, json};

use crate::sandbox::answers::{Hangup, answer, document, hangup, harmed, refuse};
use crate::sandbox::call::Call;
use crate::sandbox::log::Entry;
use crate::sandbox::operation::{Doing, Operation};
use crate::sandbox::query::Query;
use crate::sandbox::refusal::{self, Refusal};
use crate::sandbox::scenario::Scenario;
use crate::sandbox::shared::Shared;
use crate::sandbox::world::World;
use crate::sandbox::{ids, operations, shape, storage, token};

/// Largest request body of the API.
const LARGEST_BODY: usize = 1024 * 1024;

/// Anything that is not part of the protocol.
const OTHER: &str = "other";

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new();
    for operation in operations::all() {
        let on = MethodFilter::try_from(method_of(operation)).expect("the table has known methods");
        router = router.route(
            operation.path,
            axum::routing::on(
                on,
                move |State(shared): State<Arc<Shared>>, request: Request| {
                    api(shared, operation, request)
                },
            ),
        );
    }
    router
        .route("/storage/{*part}", any(storage::put))
        .route("/elsewhere/{*rest}", any(elsewhere))
        .route("/sandbox", get(about))
        .route("/sandbox/log", get(show_log))
        .route("/sandbox/scenario/{name}", axum::routing::put(switch))
        .method_not_allowed_fallback(|State(shared): State<Arc<Shared>>, request: Request| {
            api(shared, &WRONG_METHOD, request)
        })
        .fallback(|State(shared): State<Arc<Shared>>, request: Request| {
            api(shared, &NO_SUCH_PATH, request)
        })
        .with_state(shared)
}

fn method_of(operation: &Operation) -> Method {
    operation
        .method
        .parse()
        .expect("the table has known methods")
}

static WRONG_METHOD: Operation = other(|_, call| {
    let kind = call.path.split('/').nth(2).unwrap_or_default();
    Err(refusal::not_allowed(kind, "this method"))
});
static NO_SUCH_PATH: Operation = other(|_, call| Err(refusal::no_such_path(&call.path)));

const fn other(doing: Doing) -> Operation {
    Operation {
        name: OTHER,
        method: "",
        path: "",
        parameters: &[],
        body: None,
        doing,
    }
}

async fn api(shared: Arc<Shared>, operation: &'static Operation, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return hangup();
    };
    let path = head.uri.path().to_owned();
    let query = head.uri.query().unwrap_or_default();
    let mut world = shared.world();
    let number = world.log.add(Entry {
        operation: operation.name,
        method: head.method.to_string(),
        path: if query.is_empty() {
            path.clone()
        } else {
            format!("{path}?{query}")
        },
        status: None,
        authorization: head.headers.contains_key(header::AUTHORIZATION),
        note: None,
        part: None,
        bytes: 0,
    });
    let mut call = Call {
        id: path.split('/').nth(3).unwrap_or_default().to_owned(),
        path,
        query: Query::decode(query),
        body: Value::Null,
    };
    let authorized = authorize(&mut world, &head.headers);
    let (response, note) = match authorized {
        Err(refused) => (refuse(&mut world, &refused), refused.why),
        Ok(()) => {
            let harm = world.harm(operation.name, None);
            let ready = read_body(&head.headers, &bytes, operation).map(|body| call.body = body);
            let mut perform = |world: &mut World| {
                let done = ready
                    .clone()
                    .and_then(|()| call.query.check(operation.parameters))
                    .and_then(|()| check_body(operation, &call))
                    .and_then(|()| (operation.doing)(world, &call));
                match done {
                    Ok(answer) => document(world, answer),
                    Err(refused) => refuse(world, &refused),
                }
            };
            match harm {
                None => (perform(&mut world), None),
                Some(harm) => harmed(&mut world, harm, &call, &mut perform),
            }
        }
    };
    let closed = response.extensions().get::<Hangup>().is_some();
    let status = (!closed).then(|| response.status().as_u16());
    world.log.update(number, |entry| {
        entry.status = status;
        entry.note = note;
    });
    response
}

/// Whether the token is good, and not used too often for the scenario.
fn authorize(world: &mut World, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    token::check(given, world.clock().unix_seconds()).map_err(refusal::not_authorized)?;
    if let Some(most) = world.script.token_uses {
        let uses = world
            .tokens
            .entry(ids::of_text(given.unwrap_or_default()))
            .or_insert(0);
        *uses += 1;
        if *uses > most {
            return Err(refusal::not_authorized("token-used-up"));
        }
    }
    Ok(())
}

fn check_body(operation: &Operation, call: &Call) -> Result<(), Refusal> {
    match operation.body {
        Some(shape) => shape.check(&call.body, &call.id),
        None => Ok(()),
    }
}

fn read_body(headers: &HeaderMap, bytes: &Bytes, operation: &Operation) -> Result<Value, Refusal> {
    if operation.body.is_none() {
        return Ok(Value::Null);
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(Refusal::new(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "The media type is not supported",
            "The request's content type must be application/json",
        ));
    }
    serde_json::from_slice(bytes)
        .map_err(|_| shape::malformed("", "JSON processing failed".to_owned()))
}

/// Where redirects and foreign links lead: whoever comes here is in the log.
async fn elsewhere(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let mut world = shared.world();
    let authorization = request.headers().contains_key(header::AUTHORIZATION);
    // Reading leads nowhere, and nothing is kept here.
    let status = if request.method() == Method::PUT {
        403
    } else {
        200
    };
    world.log.add(Entry {
        operation: OTHER,
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        status: Some(status),
        authorization,
        note: Some("came-elsewhere"),
        part: None,
        bytes: 0,
    });
    answer(
        &mut world,
        status,
        "application/json",
        json!({ "data": [] }).to_string(),
    )
}

async fn about(State(shared): State<Arc<Shared>>) -> Response {
    let mut world = shared.world();
    let scenarios: Vec<Value> = Scenario::all()
        .iter()
        .map(|info| json!({ "name": info.name, "what": info.what, "ends": info.ends }))
        .collect();
    let operations: Vec<Value> = operations::all()
        .map(|known| json!({ "name": known.name, "method": known.method, "path": known.path }))
        .collect();
    let body = json!({
        "scenario": world.script.info.name,
        "scenarios": scenarios,
        "operations": operations,
    });
    answer(&mut world, 200, "application/json", body.to_string())
}

async fn show_log(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let query = Query::decode(request.uri().query().unwrap_or_default());
    let mut world = shared.world();
    let shown = world.log.show(query.get("operation")).to_string();
    answer(&mut world, 200, "application/json", shown)
}

async fn switch(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let name = request
        .uri()
        .path()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let mut world = shared.world();
    match Scenario::named(&name) {
        Ok(scenario) => {
            world.follow(scenario.0);
            answer(&mut world, 204, "", String::new())
        }
        Err(unknown) => answer(&mut world, 404, "text/plain", unknown.to_string()),
    }
}
