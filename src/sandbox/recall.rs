//! What the scenario says was uploaded before the client came. It is put in place when a version is
//! first asked for, because only then the sandbox knows which one.

use crate::sandbox::scenario::{FOREIGN, Held};
use crate::sandbox::world::{Done, File, Upload, World};
use crate::sandbox::{cutting, demo, hash};

/// Puts the earlier uploads of an app's version in place, once.
pub(super) fn earlier_uploads(
    world: &mut World,
    app: &str,
    marketing_version: Option<&str>,
    build_number: Option<&str>,
) {
    let train = marketing_version
        .unwrap_or(demo::MARKETING_VERSION)
        .to_owned();
    let number = build_number.unwrap_or(demo::BUILD_NUMBER).to_owned();
    let key = (app.to_owned(), train.clone());
    if world.script.held == Held::Nothing || world.recalled.contains(&key) {
        return;
    }
    world.recalled.push(key);
    let is_demo = train == demo::MARKETING_VERSION
        && number == demo::BUILD_NUMBER
        && world
            .apps
            .get(app)
            .is_some_and(|app| app.bundle_identifier == demo::BUNDLE_IDENTIFIER);
    let version = Version {
        app: app.to_owned(),
        train,
        number,
    };
    match world.script.held {
        Held::Nothing => {}
        Held::HigherElsewhere => elsewhere(world, version, "9000"),
        Held::LowerElsewhere => elsewhere(world, version, "0.1"),
        Held::OtherBuild => other_builds(world, &version, true),
        Held::OtherBuildUnlisted => other_builds(world, &version, false),
        Held::OtherReservation => {
            let upload = add_upload(world, &version);
            add_file(world, &upload, 4_321);
        }
        Held::DemoInterrupted if is_demo => interrupted(world, &version),
        Held::DemoAccepted if is_demo => accepted(world, &version),
        Held::DemoInterrupted | Held::DemoAccepted => {}
    }
}

/// A build of a lower version, with this number.
fn elsewhere(world: &mut World, version: Version, number: &str) {
    let other = Version {
        train: "0.9.0".to_owned(),
        number: number.to_owned(),
        ..version
    };
    let upload = add_upload(world, &other);
    let file = add_file(world, &upload, 1_234_567);
    conclude(world, &upload, &file, true);
}

struct Version {
    app: String,
    train: String,
    number: String,
}

fn add_upload(world: &mut World, version: &Version) -> String {
    let id = world.next_id();
    let created = world.clock().unix_seconds() - 3_600;
    world.uploads.push(Upload {
        id: id.clone(),
        app: version.app.clone(),
        marketing_version: version.train.clone(),
        build_number: version.number.clone(),
        platform: "IOS".to_owned(),
        created,
        milliseconds: world.next_milliseconds(),
        uploaded: None,
        course: world.script.course,
        polls: 0,
        listed: true,
        done: Done::default(),
    });
    id
}

/// Another run's reservation, made just before the client's. Nobody fills it.
pub(super) fn rival(world: &mut World, (app, train, number): (&str, &str, &str)) {
    let version = Version {
        app: app.to_owned(),
        train: train.to_owned(),
        number: number.to_owned(),
    };
    let rival = add_upload(world, &version);
    let now = world.clock().unix_seconds();
    if let Some(rival) = world.upload_mut(&rival) {
        rival.created = now;
    }
}

/// The rival reserves its file a moment after its upload: at the second look that somebody takes at it.
pub(super) fn file_of_rival(world: &mut World, upload: &str) {
    let looks = world.looks.entry(upload.to_owned()).or_default();
    *looks += 1;
    let is_due = *looks == 2 && world.files_of(upload).next().is_none();
    let size = world.files.last().map(|file| file.size);
    if let (true, Some(size)) = (is_due, size) {
        add_file(world, upload, size);
    }
}

fn add_file(world: &mut World, upload: &str, size: u64) -> String {
    let id = world.next_id();
    let file = File {
        id,
        upload: upload.to_owned(),
        asset_type: "ASSET".to_owned(),
        name: "Demo.ipa".to_owned(),
        size,
        uti: "com.apple.ipa".to_owned(),
        parts: Vec::new(),
        committed: false,
        reads: 0,
        file_checksum: None,
    };
    cutting::add(world, file)
}

/// Marks an upload and its file as committed and processed.
fn conclude(world: &mut World, upload: &str, file: &str, listed: bool) {
    if let Some(file) = world.file_mut(file) {
        file.committed = true;
        file.reads = u32::MAX;
    }
    if let Some(upload) = world.upload_mut(upload) {
        upload.uploaded = Some(upload.created + 60);
        upload.course = &FOREIGN;
        upload.listed = listed;
    }
}

/// An older build of the same version, submitted to the beta review before the client came.
pub(super) fn build_in_review(world: &mut World, upload: &str) {
    let Some(upload) = world.upload(upload) else {
        return;
    };
    let version = Version {
        app: upload.app.clone(),
        train: upload.marketing_version.clone(),
        number: "0".to_owned(),
    };
    if world
        .uploads
        .iter()
        .any(|other| other.build_number == version.number)
    {
        return;
    }
    let upload = add_upload(world, &version);
    let file = add_file(world, &upload, 1_234_567);
    conclude(world, &upload, &file, true);
    if let Some(upload) = world.upload_mut(&upload) {
        upload.done.submitted = Some(0);
    }
}

/// Four builds that are not ours, from the number asked for upwards.
fn other_builds(world: &mut World, version: &Version, listed: bool) {
    let mut number = version.number.clone();
    for n in 0..4_u8 {
        let next = counted_up(&number);
        let one = Version {
            app: version.app.clone(),
            train: version.train.clone(),
            number,
        };
        let upload = add_upload(world, &one);
        let file = add_file(world, &upload, 1_234_567);
        if let Some(file) = world.file_mut(&file) {
            for part in &mut file.parts {
                part.stored = Some([n; 16]);
            }
        }
        conclude(world, &upload, &file, listed);
        number = next;
    }
}

fn counted_up(number: &str) -> String {
    let (head, last) = number
        .rsplit_once('.')
        .map_or(("", number), |(head, last)| (head, last));
    let last = last
        .parse::<u64>()
        .map_or_else(|_| format!("{last}1"), |n| n.saturating_add(1).to_string());
    if head.is_empty() {
        last
    } else {
        format!("{head}.{last}")
    }
}

/// Half of the demo IPA: whole parts first, then a damaged one, then none.
fn interrupted(world: &mut World, version: &Version) {
    let upload = add_upload(world, version);
    let bytes = demo::demo_ipa();
    let file = add_file(world, &upload, bytes.len() as u64);
    if let Some(file) = world.file_mut(&file) {
        let half = file.parts.len().div_ceil(2);
        store(file, &bytes, half);
        if let Some(part) = file.parts.get_mut(half.saturating_sub(1)) {
            part.stored = Some([0xbd; 16]);
        }
    }
}

fn accepted(world: &mut World, version: &Version) {
    let upload = add_upload(world, version);
    let bytes = demo::demo_ipa();
    let file = add_file(world, &upload, bytes.len() as u64);
    if let Some(file) = world.file_mut(&file) {
        let all = file.parts.len();
        store(file, &bytes, all);
    }
    conclude(world, &upload, &file, true);
}

fn store(file: &mut File, bytes: &[u8], parts: usize) {
    for part in file.parts.iter_mut().take(parts) {
        let range = usize::try_from(part.offset)
            .ok()
            .zip(usize::try_from(part.length).ok());
        let held = range.and_then(|(from, length)| bytes.get(from..from + length));
        part.stored = held.map(hash::md5);
    }
}
