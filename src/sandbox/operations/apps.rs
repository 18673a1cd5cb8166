//! `apps`: the app records that a key can see.

use crate::sandbox::call::Call;
use crate::sandbox::document::{Address, Answer, Shown, page, single};
use crate::sandbox::operation::{Operation, get};
use crate::sandbox::parameters::{APP_FIELDS, CURSOR, LIMIT, Rule, Rules};
use crate::sandbox::refusal::{Refusal, not_found};
use crate::sandbox::scenario::Apps;
use crate::sandbox::world::{App, World};
use crate::sandbox::{ids, resources};

/// Rows before the right one in a crowd: more than two pages of the largest size.
const CROWD: usize = 450;

const LIST: Rules = &[
    ("filter[bundleId]", Rule::Any),
    ("filter[name]", Rule::Any),
    ("filter[sku]", Rule::Any),
    ("filter[id]", Rule::Any),
    (
        "sort",
        Rule::Of(&["name", "-name", "bundleId", "-bundleId", "sku", "-sku"]),
    ),
    ("fields[apps]", APP_FIELDS),
    LIMIT,
    CURSOR,
];

const READ: Rules = &[("fields[apps]", APP_FIELDS)];

/// What can be asked.
pub(super) static OPERATIONS: &[Operation] = &[
    get("list-apps", "/v1/apps", LIST, list),
    get("read-app", "/v1/apps/{id}", READ, read),
];

fn list(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    let asked: Vec<String> = call
        .query
        .list("filter[bundleId]")
        .unwrap_or_default()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut rows = records(world.script.apps, &asked);
    let lets = |filter: Option<Vec<&str>>, value: &str| {
        filter.is_none_or(|list| list.iter().any(|part| value.contains(part)))
    };
    rows.retain(|app| {
        lets(call.query.list("filter[bundleId]"), &app.bundle_identifier)
            && lets(call.query.list("filter[name]"), &app.name)
            && call.query.lets("filter[sku]", &resources::sku(app))
            && call.query.lets("filter[id]", &app.id)
    });
    order(&mut rows, call.query.get("sort"));
    let shown = rows
        .iter()
        .map(|app| Shown::alone(resources::app(&world.base, app)))
        .collect();
    let next_base = match world.script.apps {
        Apps::CrowdElsewhere => world.elsewhere(),
        Apps::AsAsked | Apps::Others | Apps::Nothing | Apps::Crowd => world.base.clone(),
    };
    let answer = page(
        shown,
        &Address {
            base: &world.base,
            next_base: &next_base,
            path: &call.path,
            query: &call.query,
        },
    );
    for app in rows {
        world.apps.insert(app.id.clone(), app);
    }
    Ok(answer)
}

fn order(rows: &mut [App], sort: Option<&str>) {
    let Some(sort) = sort else {
        return;
    };
    rows.sort_by_key(|app| match sort.trim_start_matches('-') {
        "name" => app.name.clone(),
        "sku" => resources::sku(app),
        _ => app.bundle_identifier.clone(),
    });
    if sort.starts_with('-') {
        rows.reverse();
    }
}

fn read(world: &mut World, call: &Call) -> Result<Answer, Refusal> {
    // The standing apps are there even before anyone lists them.
    for app in records(world.script.apps, &[]) {
        world.apps.entry(app.id.clone()).or_insert(app);
    }
    let app = world
        .apps
        .get(&call.id)
        .ok_or_else(|| not_found("apps", &call.id))?;
    let shown = Shown::alone(resources::app(&world.base, app));
    Ok(single(200, shown, &call.address(world)))
}

/// The records a key sees: those asked for come after others of a similar bundle id, because the
/// filter is a substring match.
fn records(apps: Apps, asked: &[String]) -> Vec<App> {
    let standing = [
        "com.example.notes",
        "com.example.notes.widget",
        "com.example.weather",
    ]
    .map(app)
    .into_iter();
    let around = asked.iter().flat_map(|bundle| {
        [
            format!("{bundle}.beta"),
            format!("dev.{bundle}"),
            bundle.clone(),
            format!("{bundle}-clip"),
        ]
    });
    match apps {
        Apps::Nothing => Vec::new(),
        Apps::Others => standing
            .chain(asked.iter().map(|bundle| app(&format!("{bundle}.beta"))))
            .collect(),
        Apps::AsAsked => standing
            .chain(around.map(|bundle: String| app(&bundle)))
            .collect(),
        Apps::Crowd | Apps::CrowdElsewhere => {
            let stem = asked.first().map_or("com.example.app", String::as_str);
            (1..=CROWD)
                .map(|n| app(&format!("{stem}.flavour{n}")))
                .chain(asked.iter().map(|bundle| app(bundle)))
                .collect()
        }
    }
}

fn app(bundle_identifier: &str) -> App {
    let last = bundle_identifier.rsplit('.').next().unwrap_or_default();
    let mut letters = last.replace('-', " ");
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    App {
        id: ids::apple_id(bundle_identifier),
        name: letters,
        bundle_identifier: bundle_identifier.to_owned(),
    }
}
