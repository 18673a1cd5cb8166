//! The folder that keeps what is exported. A name in it is written anew only where an earlier export left it and
//! nobody changed it since, which a list beside it says by sizes and hashes; else a new name is found. So nothing
//! is lost that we did not make, whatever it is called, and whatever links lead to it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::stages::export::digest;

/// The list of what exports left in a folder.
pub const LIST: &str = "jetway-export.json";
/// The schema's name; within it fields may be added, and none changes its meaning.
const SCHEMA: &str = "jetway.export/v1";
/// No list of ours is longer, in bytes.
const LONGEST: u64 = 4 << 20;

/// The folder.
#[derive(Clone, Debug)]
pub struct Output {
    folder: PathBuf,
    /// What people gave this run, which it never replaces: by whole paths without links.
    given: Vec<PathBuf>,
}

/// What exports left.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    schema: String,
    left: Vec<Left>,
}

/// One name, and what was left by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    name: String,
    size: u64,
    sha256: String,
}

impl Output {
    /// The folder, which is made where it is missing.
    pub fn open(folder: &Path, given: &[PathBuf]) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let given = given.iter().filter_map(|path| fs::canonicalize(path).ok());
        Ok(Self {
            folder: folder.to_owned(),
            given: given.collect(),
        })
    }

    /// The path to write by this name: the name itself where it is free or ours, and then what is there is
    /// removed; else the first like it of which that is true.
    pub fn clear(&self, name: &str) -> io::Result<PathBuf> {
        let left = self.left()?;
        for number in 1.. {
            let path = self.folder.join(numbered(name, number));
            match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
                Err(error) => return Err(error),
                Ok(found) if self.is_ours(&path, &left)? => {
                    match found.is_dir() {
                        true => fs::remove_dir_all(&path)?,
                        false => fs::remove_file(&path)?,
                    }
                    return Ok(path);
                }
                Ok(_) => {}
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Moves what was made into the folder, and gives its place.
    pub fn keep(&self, from: &Path) -> io::Result<PathBuf> {
        let name = from.file_name().unwrap_or_default().to_string_lossy();
        let to = self.clear(&name)?;
        // Noted first: whoever is killed in between leaves nothing that the next export takes for another's.
        self.note(&to, from)?;
        // Another disk takes a copy instead.
        if fs::rename(from, &to).is_err() {
            copy(from, &to)?;
        }
        Ok(to)
    }

    /// Notes that what lies at a path of the folder, or is about to, is ours as it is in this other place.
    pub fn note(&self, path: &Path, as_in: &Path) -> io::Result<()> {
        let name = name_of(path);
        let digest = digest::of(as_in)?;
        let mut left = self.left()?;
        left.retain(|one| one.name != name);
        left.push(Left {
            name,
            size: digest.size,
            sha256: digest.sha256,
        });
        left.sort_by(|one, other| one.name.cmp(&other.name));
        let list = List {
            schema: SCHEMA.to_owned(),
            left,
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".jetway-");
        // There is no secret in it; whoever may read the folder's files may read it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(&self.folder)?;
        serde_json::to_writer_pretty(&mut file, &list)?;
        file.write_all(b"\n")?;
        file.persist(self.folder.join(LIST))?;
        Ok(())
    }

    fn is_ours(&self, path: &Path, left: &[Left]) -> io::Result<bool> {
        let name = name_of(path);
        let mut known = left.iter().filter(|one| one.name == name).peekable();
        let is_given = || {
            let place = fs::canonicalize(path);
            place.is_ok_and(|place| self.given.iter().any(|given| given.starts_with(&place)))
        };
        if known.peek().is_none() || is_given() {
            return Ok(false);
        }
        let digest = digest::of(path)?;
        Ok(known.any(|one| one.size == digest.size && one.sha256 == digest.sha256))
    }

    fn left(&self) -> io::Result<Vec<Left>> {
        read(&self.folder).map(|list| list.map_or_else(Vec::new, |list| list.left))
    }
}

/// Whether the folder can have a list of ours: there is none yet, or one that we wrote.
pub fn takes_a_list(folder: &Path) -> bool {
    read(folder).is_ok()
}

/// The folder's list; whatever else has its name is an error.
fn read(folder: &Path) -> io::Result<Option<List>> {
    let path = folder.join(LIST);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(found) if found.is_file() && found.len() <= LONGEST => {}
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
    }
    let list: List = serde_json::from_reader(io::BufReader::new(File::open(&path)?))?;
    match list.schema == SCHEMA {
        true => Ok(Some(list)),
        false => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// `Demo.ipa`, `Demo-2.ipa` and so on. What follows the first dot stays together: `Demo-2.dSYMs.zip`.
fn numbered(name: &str, number: u32) -> String {
    match (number, name.find('.').filter(|at| *at > 0)) {
        (1, _) => name.to_owned(),
        (_, Some(at)) => format!("{}-{number}{}", &name[..at], &name[at..]),
        (_, None) => format!("{name}-{number}"),
    }
}

/// Copies to a name that is free.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        #[cfg(not(unix))]
        return Ok(());
    }
    if !found.is_dir() {
        let mut new = File::create_new(to)?;
        io::copy(&mut File::open(from)?, &mut new)?;
        return new.set_permissions(found.permissions());
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(tempfile::TempDir);

    impl Place {
        fn new() -> Self {
            let place = tempfile::tempdir().unwrap();
            for folder in ["from", "output"] {
                fs::create_dir(place.path().join(folder)).unwrap();
            }
            Self(place)
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.at(name)).unwrap()
        }

        /// Keeps a new `Demo.ipa`, and gives the name that it got.
        fn keep(&self, text: &str, given: &[PathBuf]) -> String {
            let from = self.at("from/Demo.ipa");
            fs::write(&from, text).unwrap();
            let output = Output::open(&self.at("output"), given).unwrap();
            name_of(&output.keep(&from).unwrap())
        }
    }

    #[test]
    fn what_an_earlier_export_left_is_replaced_and_what_was_changed_since_is_not() {
        let place = Place::new();
        assert_eq!(place.keep("one", &[]), "Demo.ipa");
        assert_eq!(place.keep("two", &[]), "Demo.ipa");
        assert_eq!(place.read("output/Demo.ipa"), "two");
        fs::write(place.at("output/Demo.ipa"), "signed anew").unwrap();
        for text in ["three", "four"] {
            assert_eq!(place.keep(text, &[]), "Demo-2.ipa");
            assert_eq!(place.read("output/Demo-2.ipa"), text);
        }
        assert_eq!(place.read("output/Demo.ipa"), "signed anew");
    }

    #[test]
    fn what_people_gave_is_not_replaced_even_where_it_is_ours() {
        let place = Place::new();
        place.keep("one", &[]);
        let given = [place.at("output/Demo.ipa")];
        assert_eq!(place.keep("two", &given), "Demo-2.ipa");
        assert_eq!(place.read("output/Demo.ipa"), "one");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_a_second_name_of_a_file_keeps_what_it_has() {
        use std::os::unix::fs::symlink;
        let place = Place::new();
        fs::write(place.at("theirs"), "one").unwrap();
        symlink("../theirs", place.at("output/Demo.ipa")).unwrap();
        symlink("nowhere", place.at("output/Demo-2.ipa")).unwrap();
        assert_eq!(place.keep("one", &[]), "Demo-3.ipa");
        fs::hard_link(place.at("output/Demo-3.ipa"), place.at("second")).unwrap();
        assert_eq!(place.keep("two", &[]), "Demo-3.ipa");
        assert_eq!(place.read("second"), "one");
        assert_eq!(place.read("theirs"), "one");
        assert_eq!(place.read("output/Demo-3.ipa"), "two");
    }

    #[test]
    fn a_folder_is_ours_while_nothing_in_it_was_changed() {
        let place = Place::new();
        let app = |text: &str| {
            fs::create_dir_all(place.at("from/Demo.app/Contents")).unwrap();
            fs::write(place.at("from/Demo.app/Contents/Demo"), text).unwrap();
            let output = Output::open(&place.at("output"), &[]).unwrap();
            name_of(&output.keep(&place.at("from/Demo.app")).unwrap())
        };
        assert_eq!(app("one"), "Demo.app");
        assert_eq!(app("two"), "Demo.app");
        fs::write(place.at("output/Demo.app/Contents/more"), "").unwrap();
        assert_eq!(app("three"), "Demo-2.app");
        assert_eq!(place.read("output/Demo.app/Contents/Demo"), "two");
    }

    #[test]
    fn a_list_that_is_not_ours_is_left_alone() {
        let place = Place::new();
        assert!(takes_a_list(&place.at("output")));
        for text in ["", "{}", "{\"schema\":\"other\",\"left\":[]}"] {
            fs::write(place.at("output").join(LIST), text).unwrap();
            assert!(!takes_a_list(&place.at("output")), "{text}");
            let output = Output::open(&place.at("output"), &[]).unwrap();
            fs::write(place.at("from/Demo.ipa"), "one").unwrap();
            assert!(output.keep(&place.at("from/Demo.ipa")).is_err());
            assert!(!place.at("output/Demo.ipa").exists());
        }
    }
}
