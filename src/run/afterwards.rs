//! What comes after the upload, for every command that goes so far: the build is followed, given to its testers
//! and submitted to the App Store, each only as it was asked for.

use crate::asc::{Client, review_submissions};
use crate::event::{Completed, Ending, Fact, Hold, Reached, Stage};
use crate::ids::{AppId, BuildName};
use crate::plan::{FinishPlan, Left, Until, Waiting, Wishes};
use crate::run::client;
use crate::run::entry;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::course::{Audience, Course, Ride};
use crate::stages::patience::Patience;
use crate::stages::processing::{self, Followed, FollowedBuild, Shipment};
use crate::stages::{Result, distribution, role_failed, submission};

/// Carries on with what is left of an upload: `finish`, and what does a part of it.
pub async fn run(plan: FinishPlan, around: &Surroundings) -> Ending {
    sequence(around, |leg| finish(leg, plan)).await
}

async fn finish(leg: Leg, plan: FinishPlan) -> Result<Completed> {
    if let Left::Upload(upload) = &plan.left {
        entry::recall(&leg, upload);
    }
    leg.events.fact(Fact::Wishes(Box::new(plan.wishes.clone())));
    let client = client::of_key(&leg, &plan.account).await?;
    let found = async {
        let (app, shipment) = entry::find(&leg, &client, &plan.left, plan.waiting).await?;
        let after = Afterwards::of(&leg, &client, &plan, &shipment.build);
        Ok((after.look(app).await?, shipment))
    };
    let (audience, shipment) = leg.stage(Stage::App, found).await?;
    let after = Afterwards::of(&leg, &client, &plan, &shipment.build);
    if plan.waiting.until == Until::Uploaded {
        after.leave();
        return Ok(Completed::Done);
    }
    let build = after.follow(&shipment).await?;
    after.give(&audience, build).await
}

/// What everything here is about.
pub struct Afterwards<'a> {
    /// What the stages share.
    pub leg: &'a Leg,
    /// App Store Connect.
    pub client: &'a Client,
    /// Which build.
    pub build: &'a BuildName,
    /// What was asked for.
    pub wishes: &'a Wishes,
    /// How long we stay.
    pub waiting: Waiting,
}

impl<'a> Afterwards<'a> {
    fn of(leg: &'a Leg, client: &'a Client, plan: &'a FinishPlan, build: &'a BuildName) -> Self {
        Self {
            leg,
            client,
            build,
            wishes: &plan.wishes,
            waiting: plan.waiting,
        }
    }
}

impl Afterwards<'_> {
    /// Finds what stands in the way before a byte is sent. Belongs into a stage.
    pub async fn look(&self, app: (AppId, Option<String>)) -> Result<Audience> {
        let events = &self.leg.events;
        let id = app.0.clone();
        let testers = &self.wishes.distribution;
        let audience = distribution::look(self.client, events, app, testers).await?;
        match &self.wishes.submission {
            // A build that is at Apple may be the very one that is in the store by now.
            Some(_) if self.leg.position.now().is_sent() => {}
            Some(wish) => submission::look(&self.course(&audience, wish)).await?,
            None if !testers.is_nothing() => self.may_manage(&id).await?,
            None => {}
        }
        Ok(audience)
    }

    /// A key that may not manage an app is not shown its submissions, so that looking at them shows its role
    /// and changes nothing. Any other answer says nothing here.
    async fn may_manage(&self, app: &AppId) -> Result<()> {
        match review_submissions::open(self.client, app, self.build.platform).await {
            Err(error) if error.status() == Some(403) => Err(role_failed(
                &self.leg.events,
                &error,
                "looking what the key may do",
                "manage builds and testers",
            )),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Follows the build as long as was asked for.
    pub async fn follow(&self, shipment: &Shipment) -> Result<FollowedBuild> {
        let testers = &self.wishes.distribution;
        let followed = Followed {
            client: self.client,
            events: &self.leg.events,
            position: &self.leg.position,
            shipment,
            answers_encryption: testers.encryption.is_some(),
            is_for_testers: !testers.groups.is_empty() || testers.beta_review,
        };
        let work = processing::run(&followed, self.waiting);
        self.leg.stage(Stage::Processing, work).await
    }

    /// Gives the build to testers and to the App Store.
    pub async fn give(&self, audience: &Audience, build: FollowedBuild) -> Result<Completed> {
        let mut hold = build.hold;
        if self.waiting.until == Until::Processed {
            if !self.wishes.distribution.is_nothing() {
                hold = self.distribute(audience, &build).await?;
            }
            if let Some(wish) = &self.wishes.submission {
                let course = self.course(audience, wish);
                let work = submission::run(&course, &build.id);
                self.leg.stage(Stage::Submission, work).await?;
                self.leg.position.reach(Reached::Submitted);
            }
        } else {
            self.leave();
        }
        Ok(hold.map_or(Completed::Done, Completed::Held))
    }

    /// Says what is left to a later run, where anything is.
    pub fn leave(&self) {
        if !self.wishes.are_none() {
            self.leg.events.note(
                "What was asked for testers or the App Store is left to `jetway finish`, once Apple has \
                 processed the build.",
            );
        }
    }

    /// Gives the build to testers, and says what keeps them from it all the same.
    async fn distribute(&self, app: &Audience, build: &FollowedBuild) -> Result<Option<Hold>> {
        let on = self.course(app, &self.wishes.distribution);
        let ride = Ride {
            on: &on,
            build: &build.id,
        };
        let work = distribution::run(&ride, build.hold);
        self.leg.stage(Stage::Distribution, work).await
    }

    fn course<'a, W>(&'a self, app: &'a Audience, wish: &'a W) -> Course<'a, W> {
        Course {
            client: self.client,
            events: &self.leg.events,
            position: &self.leg.position,
            app,
            train: self.build,
            wish,
            short: Patience::short(self.waiting),
            long: Patience::long(self.waiting),
        }
    }
}
