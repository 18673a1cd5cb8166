//! Who gets the build.

use crate::asc::beta_groups::{self, BetaGroup};
use crate::asc::{Client, Error};
use crate::event::{Events, Why};
use crate::ids::AppId;
use crate::stages::distribution::course::Course;
use crate::stages::distribution::diagnostics;
use crate::stages::patience::settles;
use crate::stages::{Result, Stop, asc_failed};

/// The groups that were asked for, by name or id. Nothing is made: a name that is not there stops the run.
pub async fn find(
    client: &Client,
    events: &Events,
    app: &AppId,
    wanted: &[String],
) -> Result<Vec<BetaGroup>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let there = beta_groups::of_app(client, app)
        .await
        .map_err(|error| asc_failed(events, &error, "looking for the groups of testers"))?;
    let mut chosen: Vec<BetaGroup> = Vec::new();
    let mut told = None;
    for wish in wanted {
        match choose(wish, &there) {
            Choice::One(group) if chosen.contains(group) => {}
            Choice::One(group) => chosen.push(group.clone()),
            Choice::None => told = Some(events.found(diagnostics::group_not_found(wish, &there))),
            Choice::Several(ids) => {
                told = Some(events.found(diagnostics::group_of_several(wish, &ids)));
            }
        }
    }
    match told {
        Some(told) => Err(Stop::after(told, Why::Refused)),
        None => Ok(chosen),
    }
}

enum Choice<'a> {
    One(&'a BetaGroup),
    None,
    Several(Vec<&'a str>),
}

/// An id is meant before a name, and a name as it is written before one that differs in case alone.
fn choose<'a>(wish: &str, there: &'a [BetaGroup]) -> Choice<'a> {
    if let Some(group) = there.iter().find(|group| group.id == wish) {
        return Choice::One(group);
    }
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<&'a BetaGroup> {
        there.iter().filter(|group| fits(&group.name)).collect()
    };
    let mut found = named(&|name| name == wish);
    if found.is_empty() {
        found = named(&|name| name.to_lowercase() == wish.to_lowercase());
    }
    match found.as_slice() {
        [] => Choice::None,
        [only] => Choice::One(only),
        several => Choice::Several(several.iter().map(|group| group.id.as_str()).collect()),
    }
}

/// Gives the build to the groups, and says to which it can't be given. Gives those of outside testers that
/// have it now.
pub async fn give<'a>(
    course: &Course<'_>,
    groups: &'a [BetaGroup],
    is_internal_only: bool,
) -> Result<Vec<&'a BetaGroup>> {
    let (by_itself, rest): (Vec<&BetaGroup>, Vec<&BetaGroup>) = groups
        .iter()
        .partition(|group| group.is_internal && group.has_all_builds);
    for group in &by_itself {
        has_by_itself(course, group);
    }
    let (barred, rest): (Vec<&BetaGroup>, Vec<&BetaGroup>) = rest
        .into_iter()
        .partition(|group| is_internal_only && !group.is_internal);
    if !barred.is_empty() {
        let told = course
            .events
            .found(diagnostics::internal_only(&names(&barred)));
        if rest.is_empty() && by_itself.is_empty() {
            return Err(Stop::after(told, Why::Refused));
        }
    }
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    if let Err(error) = add(course, &rest).await {
        each(course, &rest, error).await?;
    } else {
        course
            .events
            .note(format!("The build was given to {}.", names(&rest)));
    }
    Ok(rest
        .into_iter()
        .filter(|group| !group.is_internal)
        .collect())
}

async fn add(course: &Course<'_>, groups: &[&BetaGroup]) -> std::result::Result<(), Error> {
    let act = || beta_groups::add(course.client, course.build, groups);
    course.short.insist(settles, act).await
}

/// Apple refused them together: which of them, and is it one that has the build already?
async fn each(course: &Course<'_>, groups: &[&BetaGroup], together: Error) -> Result<()> {
    let have = match together.status() {
        Some(409 | 422) => {
            beta_groups::with_build(course.client, &course.app.id, course.build).await
        }
        _ => return Err(course.failed(&together, "giving the build to groups")),
    };
    let have = have.map_err(|error| course.failed(&error, "looking for the build's groups"))?;
    let mut stop = None;
    for group in groups {
        if have.contains(&group.id) {
            let name = &group.name;
            course
                .events
                .note(format!("Group {name} has this build already."));
            continue;
        }
        let refused = match groups {
            [_] => Err(&together),
            _ => Ok(add(course, &[group]).await),
        };
        let refused = match &refused {
            Err(together) => Some(*together),
            Ok(result) => result.as_ref().err(),
        };
        match refused {
            None => course
                .events
                .note(format!("The build was given to {}.", group.name)),
            Some(error) if gets_all(error) => has_by_itself(course, group),
            Some(error) => stop = Some(course.failed(error, "giving the build to a group")),
        }
    }
    stop.map_or(Ok(()), Err)
}

/// Whether Apple says that the group has every build by itself.
fn gets_all(error: &Error) -> bool {
    error.says("cannot be assigned to this internal group")
        || error.says("cannot add internal group")
}

fn has_by_itself(course: &Course<'_>, group: &BetaGroup) {
    course.events.note(format!(
        "Group {} has every build by itself; nothing has to be added.",
        group.name
    ));
}

/// The groups' names as people list them.
pub fn names(groups: &[&BetaGroup]) -> String {
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, name: &str) -> BetaGroup {
        BetaGroup {
            id: id.to_owned(),
            name: name.to_owned(),
            is_internal: false,
            has_all_builds: false,
            public_link: None,
        }
    }

    #[test]
    fn a_group_is_chosen_by_id_then_by_name_then_by_name_in_another_case() {
        let there = [
            group("1", "QA"),
            group("2", "qa"),
            group("3", "Friends"),
            group("4", "1"),
        ];
        let of = |wish| match choose(wish, &there) {
            Choice::One(group) => group.id.clone(),
            Choice::None => "none".to_owned(),
            Choice::Several(ids) => ids.join("+"),
        };
        assert_eq!(of("QA"), "1");
        assert_eq!(of("qa"), "2");
        assert_eq!(of("Qa"), "1+2");
        assert_eq!(of("friends"), "3");
        assert_eq!(of("1"), "1");
        assert_eq!(of("Freinds"), "none");
    }
}
