//! Two versions are held beside each other.

use crate::{Error, Version, find, forks};
use kit::{RubricId, RubricVersionId};
use store::Cx;

/// The two versions, if the actor may see both and they are of one family: [`crate::diff()`] tells what separates them.
///
/// As many statements for a rubric of fifty criteria with ten levels each as for an empty one.
///
/// # Errors
///
/// [`Error::NotFound`] when one of them is not there for the actor, or when they have nothing to do with each other.
pub async fn compare(
    cx: &Cx,
    from: RubricVersionId,
    to: RubricVersionId,
) -> Result<(Version, Version), Error> {
    let found = find::versions_by_ids(cx, &[from, to]).await?;
    let version = |id| found.iter().find(|version| version.id == id).cloned();
    let (from, to) = version(from).zip(version(to)).ok_or(Error::NotFound)?;
    if from.rubric == to.rubric || are_related(cx, from.rubric, to.rubric).await? {
        Ok((from, to))
    } else {
        Err(Error::NotFound)
    }
}

/// Whether two rubrics were forked from one another, or from a common one.
async fn are_related(cx: &Cx, one: RubricId, other: RubricId) -> Result<bool, Error> {
    let found = forks::origins(cx, &[one, other]).await?;
    let origin = |of| found.iter().find(|origin| origin.fork == of);
    let below = |fork, above| origin(fork).is_some_and(|origin| origin.line.contains(&above));
    let root = |of| origin(of).map_or(of, |origin| origin.root);
    Ok(below(one, other) || below(other, one) || root(one) == root(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Impact, diff, sample,
        world::{self, anna, bo, code, stranger},
    };
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn who_does_not_see_both_sees_no_difference() {
        on_both(async |db| {
            let published = world::at_school(db, 11).await;
            let revised = world::revised(db, &published).await;
            let other = world::at_school(db, 12).await;
            let (current, draft) = (revised.current.unwrap(), revised.draft.unwrap().version);
            let mut counts = Vec::new();
            for (case, actor, to, expected) in [
                ("an author", anna(), draft, "ok"),
                ("a colleague and a draft", bo(), draft, "NOT_FOUND"),
                ("a stranger", stranger(), draft, "NOT_FOUND"),
                ("an unknown version", anna(), id(99), "NOT_FOUND"),
                (
                    "another rubric",
                    anna(),
                    other.current.unwrap(),
                    "NOT_FOUND",
                ),
            ] {
                let cx = db.cx(actor);
                let found = compare(&cx, current, to).await;
                assert_eq!(code(found), expected, "{case} on {}", db.kind());
                counts.push(cx.db().statements());
            }
            // Two for the versions, and two to learn whether another rubric is of the family.
            assert!(counts.iter().all(|count| *count <= 4), "{counts:?}");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn fifty_criteria_of_ten_levels_cost_no_more_statements_than_one() {
        on_both(async |db| {
            let mut big = sample::titled("Stor");
            big.criteria = (1..=50)
                .map(|number| {
                    let mut criterion = sample::criterion(number);
                    let levels = (0..10).map(|level| sample::level(number * 100 + level));
                    criterion.levels = levels.collect();
                    criterion
                })
                .collect();
            let mut counts = Vec::new();
            for (number, content) in [(11, sample::titled("Liten")), (12, big)] {
                let published = world::published_of(db, number, content).await;
                let revised = world::revised(db, &published).await;
                let draft = revised.draft.unwrap().version;
                let cx = db.cx(anna());
                let (from, to) = compare(&cx, revised.current.unwrap(), draft).await.unwrap();
                assert_eq!(diff(&from.content, &to.content).impact, Impact::None);
                counts.push(cx.db().statements());
            }
            assert_eq!(counts[0], counts[1], "{}", db.kind());
        })
        .await;
    }
}
