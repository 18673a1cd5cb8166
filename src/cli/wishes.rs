//! What comes after the upload: what was typed, else what a receipt left to be done.

use clap::Args;

use crate::cli::distribution::DistributionOptions;
use crate::cli::environment::Environment;
use crate::cli::problems::Problems;
use crate::cli::submission::StoreOptions;
use crate::cli::{distribution, submission};
use crate::plan::Wishes;

/// What comes after the upload.
#[derive(Debug, Args)]
pub struct WishesOptions {
    #[command(flatten)]
    distribution: DistributionOptions,
    #[command(flatten)]
    store: StoreOptions,
}

/// Reads it.
pub fn read(
    typed: &WishesOptions,
    left: Wishes,
    environment: &Environment,
    problems: &mut Problems,
) -> Wishes {
    Wishes {
        distribution: distribution::read(
            &typed.distribution,
            left.distribution,
            environment,
            problems,
        ),
        submission: submission::read(&typed.store, left.submission, problems),
    }
}
