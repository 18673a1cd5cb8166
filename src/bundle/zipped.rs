//! The files of an `.ipa`: each is independent of the others, so they are read by several threads.

use std::io::{self, Read};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

use aws_lc_rs::digest::{Context, SHA256};

use crate::bundle::harvest::{self, Budget, Content};
use crate::bundle::package::{Error, Member};
use crate::bundle::questions::Questions;
use crate::bundle::role::{Role, role};
use crate::bundle::source::{ReadAt, Reading};
use crate::ipa::{Contents, Entry};

/// Threads that read at a time; more than this wait for each other.
const MOST_THREADS: usize = 8;
/// Packages up to this size, unpacked, in bytes, have every file's hash compared with the seal.
pub(super) const HASHED_UP_TO: u64 = 96 << 20;

/// Every file of a package, and what is known of some.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    pub(super) members: Vec<Member>,
    pub(super) found: Vec<(usize, Content)>,
    /// The first file that bears the mark of a download.
    pub(super) quarantined: Option<String>,
}

/// Reads the zip.
pub(super) fn read(source: &dyn ReadAt, questions: &Questions) -> Result<Harvest, Error> {
    let mut reader = Reading::new(source).map_err(Error::Io)?;
    let contents = Contents::list(&mut reader)?;
    let members: Vec<Member> = contents.files.iter().map(member).collect();
    let mut work: Vec<(usize, Role)> = members
        .iter()
        .enumerate()
        .filter(|(_, member)| !member.is_link && member.size > 0)
        .map(|(index, member)| (index, role(&member.path)))
        .filter(|(_, role)| *role != Role::Unread)
        .collect();
    // The largest first, so that no thread is left alone with it at the end.
    work.sort_by_key(|(index, _)| std::cmp::Reverse(members[*index].size));
    let budget = Budget::new();
    let found = each(source, &work, |reader, (index, role)| {
        let mut bytes = contents.open(reader, &contents.files[*index])?;
        match harvest::read(*role, &mut bytes, questions, &budget) {
            Ok(content) => Ok(content.map(|content| (*index, content))),
            Err(error) => Err(lost(error, &members[*index].path)),
        }
    })?;
    let mut harvest = Harvest {
        members,
        found,
        quarantined: None,
    };
    hash(source, &contents, &mut harvest)?;
    Ok(harvest)
}

fn member(entry: &Entry) -> Member {
    Member {
        path: entry.name(),
        size: entry.size,
        is_link: entry.is_link,
        target: None,
        mode: None,
        sha256: None,
    }
}

/// Hashes every file of a package that is small enough.
fn hash(source: &dyn ReadAt, contents: &Contents, harvest: &mut Harvest) -> Result<(), Error> {
    let total = harvest.members.iter().map(|member| member.size);
    let total = total.fold(0_u64, u64::saturating_add);
    if total > HASHED_UP_TO {
        return Ok(());
    }
    let mut work: Vec<usize> = (0..harvest.members.len())
        .filter(|index| {
            let member = &harvest.members[*index];
            !member.is_link && !member.path.ends_with('/')
        })
        .collect();
    work.sort_by_key(|index| std::cmp::Reverse(harvest.members[*index].size));
    let hashes = each(source, &work, |reader, index| {
        let mut bytes = contents.open(reader, &contents.files[*index])?;
        let hash = sha256(&mut bytes);
        hash.map(|hash| Some((*index, hash)))
            .map_err(|error| lost(error, &harvest.members[*index].path))
    })?;
    for (index, hash) in hashes {
        harvest.members[index].sha256 = Some(hash);
    }
    Ok(())
}

pub(super) fn sha256(bytes: &mut dyn Read) -> io::Result<[u8; 32]> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match bytes.read(&mut buffer)? {
            0 => break,
            count => context.update(&buffer[..count]),
        }
    }
    let hash = context.finish();
    Ok(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"))
}

/// Bytes that do not unpack are the package's fault, a disk that fails is not.
pub(super) fn lost(error: io::Error, path: &str) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::Damaged {
                path: path.to_owned(),
            }
        }
        _ => Error::Io(error),
    }
}

/// Does the work by as many threads as there are processors; the first error ends it.
fn each<W: Sync, T: Send>(
    source: &dyn ReadAt,
    work: &[W],
    one: impl Fn(&mut Reading<'_>, &W) -> Result<Option<T>, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<T>> = Mutex::default();
    let failed: Mutex<Option<Error>> = Mutex::default();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let run = || {
        let mut reader = match Reading::new(source) {
            Ok(reader) => reader,
            Err(error) => {
                failed
                    .lock()
                    .expect("no thread panics")
                    .get_or_insert(Error::Io(error));
                return;
            }
        };
        while let Some(piece) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
            match one(&mut reader, piece) {
                Ok(Some(found)) => done.lock().expect("no thread panics").push(found),
                Ok(None) => {}
                Err(error) => {
                    failed
                        .lock()
                        .expect("no thread panics")
                        .get_or_insert(error);
                    next.store(work.len(), Ordering::Relaxed);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.clamp(1, MOST_THREADS).min(work.len().max(1)) {
            // Where the system has no more threads, those that there are do it.
            let _ = Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
    match failed.into_inner().expect("no thread panics") {
        Some(error) => Err(error),
        None => Ok(done.into_inner().expect("no thread panics")),
    }
}
