//! What options take: every value stays text until its option is read, so that an empty variable counts as not
//! given and every problem is told in one go.

use std::path::PathBuf;

use clap::Arg;
use clap::builder::{OsStringValueParser, TypedValueParser};

/// What a yes-or-no option takes.
pub const BOOL: &str = "BOOL";

/// The heading of what only a Mac does.
pub const MAC: &str = "Signing and exporting an archive, on a Mac";

/// A path that may be blank, as a variable is that a workflow maps without a value.
pub fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// A yes-or-no option says yes where it stands alone, and takes its value by `=` only, so that no
/// path behind it is read as one.
pub fn bare_switch(argument: Arg) -> Arg {
    // A value that is shown with the help may be a key in the wrong place.
    let argument = argument.hide_env_values(true);
    let takes = argument.get_value_names().unwrap_or_default();
    if !takes.iter().any(|name| name == BOOL) {
        return argument;
    }
    argument
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
}
