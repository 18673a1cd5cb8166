//! `security`: keychains, their search list, and the identities in them.
//!
//! Options and their order are those of `security(1)`; how it behaves is known from its source
//! (<https://github.com/apple-oss-distributions/Security>, `SecurityTool`). It ends with the low byte of
//! an `OSStatus`, but `import` and `set-key-partition-list` always with 1.

use std::time::Duration;

use crate::apple::error::Error;
use crate::apple::invocation::Invocation;
use crate::apple::toolbox::{Tool, Toolbox};
use crate::secret::Secret;

/// A call takes milliseconds; one that takes longer than this waits for a window that nobody sees.
const LIMIT: Duration = Duration::from_secs(60);

/// The programs that may use an imported key without being asked.
const MAY_USE_KEYS: &[&str] = &[
    "/usr/bin/codesign",
    "/usr/bin/security",
    "/usr/bin/productbuild",
    "/usr/bin/productsign",
    "/usr/bin/pkgbuild",
];

/// Who may use the keys of a keychain: `apple:` is what `codesign` needs, and older systems ask for the rest.
const PARTITIONS: &str = "apple-tool:,apple:,codesign:";

/// The low byte of `errSecNoSuchKeychain` (-25294).
const NO_SUCH_KEYCHAIN: i32 = 50;

/// A certificate with its private key, as `find-identity` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The certificate's SHA-1, forty capital hexadecimal digits.
    pub sha1: String,
    /// Its name.
    pub name: String,
    /// What is wrong with it in the system's word, such as `CSSMERR_TP_CERT_REVOKED`.
    pub problem: Option<String>,
}

/// Makes a keychain with this password. It is in no search list, and locks after five minutes.
pub async fn create_keychain(tools: &Toolbox, path: &str, password: &Secret) -> Result<(), Error> {
    with_password("create-keychain", tools, path, password).await
}

/// Takes the limit of time and the locking on sleep from a keychain.
pub async fn never_lock(tools: &Toolbox, path: &str) -> Result<(), Error> {
    call("set-keychain-settings")
        .arg(path)
        .run(tools)
        .await
        .map(drop)
}

/// Unlocks a keychain.
pub async fn unlock_keychain(tools: &Toolbox, path: &str, password: &Secret) -> Result<(), Error> {
    with_password("unlock-keychain", tools, path, password).await
}

async fn with_password(
    command: &'static str,
    tools: &Toolbox,
    path: &str,
    password: &Secret,
) -> Result<(), Error> {
    speak(command)
        .say("-p")
        .whisper(password)
        .say(path)
        .run(tools)
        .await
        .map(drop)
}

/// Imports a PKCS#12 file with its password. What it prints says nothing: newer systems print nothing.
pub async fn import(
    tools: &Toolbox,
    file: &str,
    keychain: &str,
    password: &Secret,
) -> Result<(), Error> {
    let call = speak("import")
        .say(file)
        .say("-k")
        .say(keychain)
        .say("-f")
        .say("pkcs12")
        .say("-P")
        .whisper(password);
    MAY_USE_KEYS
        .iter()
        .fold(call, |call, program| call.say("-T").say(*program))
        .run(tools)
        .await
        .map(drop)
}

/// Imports a certificate without a key.
pub async fn import_certificate(tools: &Toolbox, file: &str, keychain: &str) -> Result<(), Error> {
    call("import")
        .args([file, "-k", keychain])
        .run(tools)
        .await
        .map(drop)
}

/// Lets Apple's signing tools use the keys of a keychain without a window.
pub async fn set_key_partition_list(
    tools: &Toolbox,
    path: &str,
    password: &Secret,
) -> Result<(), Error> {
    speak("set-key-partition-list")
        .say("-S")
        .say(PARTITIONS)
        .say("-s")
        .say("-k")
        .whisper(password)
        .say(path)
        .run(tools)
        .await
        .map(drop)
}

/// The user's search list, as it is. Its entries need not exist.
pub async fn search_list(tools: &Toolbox) -> Result<Vec<String>, Error> {
    let call = call("list-keychains").args(["-d", "user"]);
    let answer = call.run(tools).await?;
    listed(&answer.output).ok_or_else(|| Error::Strange {
        tool: Tool::Security,
        shown: call.shown(),
        said: answer.output.trim().to_owned(),
    })
}

/// Sets the user's search list.
pub async fn set_search_list(tools: &Toolbox, keychains: &[String]) -> Result<(), Error> {
    call("list-keychains")
        .args(["-d", "user", "-s"])
        .args(keychains.iter().map(String::as_str))
        .run(tools)
        .await
        .map(drop)
}

/// The identities that can sign code, in one keychain or in all of the search list.
pub async fn identities(tools: &Toolbox, keychain: Option<&str>) -> Result<Vec<Identity>, Error> {
    let answer = call("find-identity")
        .args(["-v", "-p", "codesigning"])
        .args(keychain)
        .run(tools)
        .await?;
    Ok(answer.output.lines().filter_map(identity).collect())
}

/// Deletes a keychain; its entry in the search list goes first. `false` where there was none.
pub async fn delete_keychain(tools: &Toolbox, path: &str) -> Result<bool, Error> {
    match call("delete-keychain").arg(path).run(tools).await {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some(NO_SUCH_KEYCHAIN) => Ok(false),
        Err(error) => Err(error),
    }
}

fn call(command: &str) -> Invocation {
    Invocation::new(Tool::Security).arg(command).within(LIMIT)
}

/// A command with a secret in it.
fn speak(command: &str) -> Invocation {
    Invocation::spoken(Tool::Security, "-i", command).within(LIMIT)
}

/// Each line is a path in quotes, which are not escaped where the path has some. `None` where a line is
/// anything else: a list that was not understood must not be written back.
fn listed(output: &str) -> Option<Vec<String>> {
    output
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let path = line.trim().strip_prefix('"')?.strip_suffix('"')?;
            Some(path.to_owned())
        })
        .collect()
}

/// `  1) <SHA-1> "<name>"`, and what is wrong in parentheses.
fn identity(line: &str) -> Option<Identity> {
    let (number, rest) = line.trim().split_once(") ")?;
    number.parse::<u32>().ok()?;
    let (sha1, rest) = rest.split_once(' ')?;
    if sha1.len() != 40 || !sha1.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (name, problem) = rest.trim().strip_prefix('"')?.rsplit_once('"')?;
    let problem = problem
        .trim()
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    Some(Identity {
        sha1: sha1.to_ascii_uppercase(),
        name: name.to_owned(),
        problem: problem.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_list_is_read_to_the_letter_or_not_at_all() {
        let output = "    \"/Users/me/Library/Keychains/login.keychain-db\"\n    \"/a \"b\"/c d.keychain\"\n";
        assert_eq!(
            listed(output).unwrap(),
            [
                "/Users/me/Library/Keychains/login.keychain-db",
                "/a \"b\"/c d.keychain"
            ]
        );
        assert_eq!(listed("").unwrap(), Vec::<String>::new());
        assert_eq!(listed("    \"/a\nb\"\n"), None);
    }

    #[test]
    fn identities_are_read_with_what_is_wrong_with_them() {
        let output = "  1) 0123456789ABCDEF0123456789ABCDEF01234567 \"Apple Distribution: A \"B\" (TEAM123456)\"\n  \
                      2) 1123456789ABCDEF0123456789ABCDEF01234567 \"Apple Development: C\" (CSSMERR_TP_CERT_REVOKED)\n     \
                      2 valid identities found\n";
        let found: Vec<_> = output.lines().filter_map(identity).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].name, "Apple Distribution: A \"B\" (TEAM123456)");
        assert_eq!(found[0].problem, None);
        assert_eq!(found[1].problem.as_deref(), Some("CSSMERR_TP_CERT_REVOKED"));
    }
}
