//! What a file, a link or a folder holds, as one hash. No link is followed.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};

const BLOCK: usize = 256 * 1024;

/// The hash, and how many bytes the files have in all.
#[derive(Debug, PartialEq, Eq)]
pub struct Digest {
    /// How many bytes.
    pub size: u64,
    /// Of a file the hash of its bytes, so that `sha256sum` says the same; of a link or a folder one of our own
    /// over its target, or its names and what they hold.
    pub sha256: String,
}

/// The hash of what lies at the path.
pub fn of(path: &Path) -> io::Result<Digest> {
    let found = fs::symlink_metadata(path)?;
    let mut context = Context::new(&SHA256);
    let mut size = 0;
    if found.is_symlink() {
        context.update(b"link\0");
        context.update(fs::read_link(path)?.as_os_str().as_encoded_bytes());
    } else if found.is_dir() {
        context.update(b"folder\0");
        let mut names = fs::read_dir(path)?
            .map(|entry| Ok(entry?.file_name()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for name in names {
            let below = of(&path.join(&name))?;
            size += below.size;
            context.update(name.as_encoded_bytes());
            context
                .update(format!("\0{}\0{}\0", kind(&path.join(&name))?, below.sha256).as_bytes());
        }
    } else if found.is_file() {
        let mut file = File::open(path)?;
        let mut block = vec![0; BLOCK];
        loop {
            let read = file.read(&mut block)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            context.update(&block[..read]);
        }
    } else {
        context.update(b"neither file nor folder");
    }
    let hash = context.finish();
    let sha256 = hash.as_ref().iter().map(|byte| format!("{byte:02x}"));
    Ok(Digest {
        size,
        sha256: sha256.collect(),
    })
}

fn kind(path: &Path) -> io::Result<&'static str> {
    let found = fs::symlink_metadata(path)?;
    Ok(match (found.is_dir(), found.is_symlink()) {
        (true, _) => "folder",
        (_, true) => "link",
        (false, false) => "file",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_hash_that_everybody_knows_and_a_folder_one_of_all_in_it() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a/b");
        fs::create_dir(place.path().join("a")).unwrap();
        fs::write(&file, "abc").unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(&file).unwrap().sha256, abc);
        let before = of(place.path()).unwrap();
        assert_eq!(before.size, 3);
        fs::rename(&file, place.path().join("a/c")).unwrap();
        assert_ne!(of(place.path()).unwrap(), before);
    }
}
