//! Apple's tools as a call has them: the system's own where no stand-ins were named.

use std::path::PathBuf;

use clap::Args;

use crate::apple::Toolbox;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{duration, given, values};
use crate::plan::defaults;

/// Apple's tools, and how long each may take.
#[derive(Debug, Args)]
#[command(next_help_heading = values::MAC)]
pub struct ToolOptions {
    /// The Xcode to use, such as /Applications/Xcode_26.4.app
    #[arg(long, value_name = "DIR", env = "JETWAY_DEVELOPER_DIR", value_parser = values::path())]
    pub developer_dir: Option<PathBuf>,
    /// How long one of Apple's tools may take
    #[arg(long, value_name = "TIME", env = "JETWAY_TOOL_TIMEOUT")]
    pub tool_timeout: Option<String>,
    /// Stand-ins for Apple's tools, in tests and rehearsals
    #[arg(long, value_name = "DIR", env = "JETWAY_TOOLS_DIR", value_parser = values::path(), hide = true)]
    pub tools_dir: Option<PathBuf>,
}

/// Apple's tools as a call has them: the system's own where no stand-ins were named.
pub fn read(typed: &ToolOptions, setup: &Setup<'_>, problems: &mut Problems) -> Toolbox {
    let limit = problems.value(
        "--tool-timeout",
        typed.tool_timeout.as_deref(),
        defaults::TOOL_TIMEOUT,
        duration::positive,
    );
    let tools = setup.tools().within(limit);
    let tools = match given::path(typed.tools_dir.as_deref()) {
        Some(directory) => tools.in_directory(&given::whole(directory)),
        None => tools,
    };
    match given::path(typed.developer_dir.as_deref()) {
        Some(directory) => {
            let inside = directory.join("Contents/Developer");
            let directory = if inside.is_dir() {
                given::whole(&inside)
            } else {
                given::whole(directory)
            };
            tools.with_variable("DEVELOPER_DIR", &directory.to_string_lossy())
        }
        None => tools,
    }
}
