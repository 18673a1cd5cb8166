//! What keeps testers from a build, by its beta states.

use crate::asc::build_beta_details::Testing;
use crate::event::{Events, Hold, Why};
use crate::stages::{Result, Stop, diagnostics};

/// What keeps testers from a build in this state, which is told where somebody can do something about it. One
/// that was `told` before is not told again. What Apple failed on goes no further.
pub fn of(testing: Testing, told: Option<Hold>, events: &Events) -> Result<Option<Hold>> {
    let hold = match testing {
        Testing::Ready => return Ok(None),
        Testing::LacksExportCompliance => Hold::ExportCompliance,
        Testing::InComplianceReview => Hold::ComplianceReview,
        Testing::Expired => Hold::Expired,
        Testing::Failed | Testing::Unknown => Hold::Unsaid,
    };
    let found = diagnostics::beta_state(testing).filter(|_| told != Some(hold));
    match found.map(|found| events.found(found)) {
        Some(told) if testing == Testing::Failed => Err(Stop::after(told, Why::Failed)),
        Some(_) | None => Ok(Some(hold)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;

    #[test]
    fn what_keeps_testers_away_is_told_once_and_a_failure_is_the_end() {
        let told_of = |testing, told| {
            let (events, mut stream) = Events::stream();
            let hold = of(testing, told, &events);
            let mut found = 0;
            while let Ok(event) = stream.try_recv() {
                found += usize::from(matches!(event, Event::Found(_)));
            }
            (hold.map_err(drop), found)
        };
        let compliance = Some(Hold::ExportCompliance);
        for (testing, told, expected) in [
            (Testing::Ready, None, (Ok(None), 0)),
            (Testing::LacksExportCompliance, None, (Ok(compliance), 1)),
            (
                Testing::LacksExportCompliance,
                compliance,
                (Ok(compliance), 0),
            ),
            (
                Testing::InComplianceReview,
                None,
                (Ok(Some(Hold::ComplianceReview)), 0),
            ),
            (Testing::Expired, None, (Ok(Some(Hold::Expired)), 0)),
            (Testing::Unknown, None, (Ok(Some(Hold::Unsaid)), 0)),
            (Testing::Failed, Some(Hold::ComplianceReview), (Err(()), 1)),
        ] {
            assert_eq!(told_of(testing, told), expected, "{testing:?} {told:?}");
        }
    }
}
