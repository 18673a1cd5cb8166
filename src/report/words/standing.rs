//! Where a run stands, in one sentence, be it over or not.

use crate::event::Stage;
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::ending;

/// What became of the run, or what is going on, in one sentence of plain text.
pub fn line(story: &Story) -> String {
    match story.ending {
        Some(_) => ending::headline(story),
        None => going_on(story),
    }
}

/// What is going on, for a story that is not over.
fn going_on(story: &Story) -> String {
    if words::is_of_a_log(story) {
        return "the log is being read".to_owned();
    }
    let build = words::build(story);
    let stage = story.stages.last().map(|record| record.stage);
    match stage {
        None | Some(Stage::Package | Stage::Preflight | Stage::Credentials | Stage::App) => {
            format!("{build} is being checked")
        }
        Some(Stage::Signing) => "the signing is being prepared".to_owned(),
        Some(Stage::Export) => "Xcode exports the archive".to_owned(),
        Some(Stage::Upload) => format!("{build} is being uploaded"),
        Some(Stage::Processing) => format!("Apple is processing {build}"),
        Some(Stage::Review) => format!("Apple is asked about {build}"),
        Some(Stage::Submission) => format!("{build} is being submitted to the App Store"),
        Some(Stage::Distribution) => format!("{build} is being given to its testers"),
    }
}
