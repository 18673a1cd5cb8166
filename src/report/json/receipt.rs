//! The receipt that `--receipt` asks for, from what is known.

use crate::receipt::{Receipt, SCHEMA};
use crate::report::story::Story;
use crate::report::words::clean::Cleaner;

/// The receipt as text. What it holds was made plain at the door.
pub fn render(story: &Story, cleaner: &Cleaner) -> String {
    let receipt = Receipt {
        schema: SCHEMA.to_owned(),
        jetway: env!("CARGO_PKG_VERSION").to_owned(),
        sandbox: story.sandbox.is_some(),
        reached: story.reached,
        package: story.package.clone(),
        app: story.app.clone(),
        build_upload_id: story.build_upload_id.clone(),
        build_id: story.build_id.clone(),
        wishes: story.wishes.clone(),
        source: story.commit.clone(),
    };
    cleaner.redact(&receipt.text())
}
