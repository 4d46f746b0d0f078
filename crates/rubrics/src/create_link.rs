//! A colleague opens a rubric to pupils.

use crate::{Error, Link, VersionState, find, forks, policy, shelves, sql};
use chrono::NaiveDate;
use kit::{RubricId, RubricLinkId, RubricVersionId};
use store::{Outcome, Tx};

/// Open a rubric to pupils.
#[derive(Debug, Clone)]
pub struct CreateLink {
    /// Made by the client, at random.
    pub id: RubricLinkId,
    /// Which rubric.
    pub rubric: RubricId,
    /// Which published version; what is in use when `None`.
    pub version: Option<RubricVersionId>,
    /// What is stored of its secret.
    pub secret_hash: Vec<u8>,
    /// The last day of the school year, as the door read it from the organiser's calendar.
    pub ends_on: NaiveDate,
}

/// Makes a link by which pupils see a published version without signing in.
///
/// # Errors
///
/// [`Error::NotFound`], also for a version that is another rubric's; [`Error::NotColleague`] for guests and programs; [`Error::NotPublished`] before
/// publication and for a draft; [`Error::NotActive`] for what is out of use; and `ID_TAKEN`.
pub async fn create_link(tx: &Tx, ask: &CreateLink) -> Result<Link, Error> {
    let rubric = sql::find_locked(tx, ask.rubric).await?;
    let by = policy::may_link(&tx.actor, &rubric)?;
    let wanted = ask.version.or(rubric.current).ok_or(Error::NotPublished)?;
    let version = find::find_version(tx, wanted).await?;
    if version.rubric != rubric.id {
        return Err(Error::NotFound);
    }
    if version.state != VersionState::Published {
        return Err(Error::NotPublished);
    }
    let link = Link {
        id: ask.id,
        rubric: rubric.id,
        version: version.id,
        by,
        ends_on: ask.ends_on,
        created_at: tx.now,
        revoked_at: None,
    };
    sql::link::insert(tx, &link, &ask.secret_hash).await?;
    forks::hold(tx, &version, link.id, by).await?;
    shelves::used(tx, rubric.id).await?;
    Ok(link)
}

impl Outcome<Error> for Link {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let id = outcome.parse().map_err(|_| Error::NotFound)?;
        crate::links::find_link(tx, id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Scope,
        world::{self, BO, anna, bo, code, person, school, write},
    };
    use kit::{Actor, Role};
    use testkit::{TestDb, actor, id, on_both};

    fn ask(number: u128, rubric: RubricId, version: Option<RubricVersionId>) -> CreateLink {
        world::link_ask(number, rubric, version)
    }

    async fn made(db: &TestDb, actor: Actor, ask: &CreateLink) -> Result<Link, Error> {
        write(db, actor, async |tx: &Tx| create_link(tx, ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_colleague_opens_what_is_in_use_and_it_holds_that_version() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let link = made(db, bo(), &ask(21, rubric.id, None)).await.unwrap();
            assert_eq!(Some(link.version), rubric.current, "{}", db.kind());
            assert_eq!((link.by, link.revoked_at), (person(BO), None));

            let draft = world::revised(db, &rubric).await;
            let newer = write(db, anna(), async |tx: &Tx| {
                crate::publish(tx, &world::publish_ask(&draft)).await
            })
            .await
            .unwrap();
            assert_ne!(newer.current, rubric.current);
            let kept = crate::find_link(&db.cx(bo()), link.id).await.unwrap();
            assert_eq!(kept, link, "{}: it does not move on", db.kind());
            // One may also open an older version on purpose.
            let older = made(db, bo(), &ask(22, rubric.id, rubric.current)).await;
            assert_eq!(Some(older.unwrap().version), rubric.current);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        on_both(async |db| {
            let shown = world::at_school(db, 11).await;
            let draft = world::draft(db, 12).await;
            let private = world::published(db, 13).await;
            let revised = world::revised(db, &world::published(db, 14).await).await;
            let retired = world::retired(db, &world::at_school(db, 15).await).await;
            let at_guest = world::shared(db, &private, Scope::People([person(105)].into()))
                .await
                .unwrap();
            let guest = actor(
                world::organiser(),
                person(105),
                &[(Role::Guest, Some(school()))],
                &[],
            );
            let drafted = revised.draft.unwrap().version;
            for (case, who, ask, expected) in [
                (
                    "a draft",
                    anna(),
                    ask(31, draft.id, None),
                    "RUBRIC_NOT_PUBLISHED",
                ),
                (
                    "the draft beside",
                    anna(),
                    ask(32, revised.id, Some(drafted)),
                    "RUBRIC_NOT_PUBLISHED",
                ),
                (
                    "what one does not see",
                    bo(),
                    ask(33, private.id, None),
                    "NOT_FOUND",
                ),
                (
                    "another rubric's version",
                    anna(),
                    ask(34, shown.id, private.current),
                    "NOT_FOUND",
                ),
                (
                    "what is out of use",
                    bo(),
                    ask(35, retired.id, None),
                    "RUBRIC_NOT_ACTIVE",
                ),
                (
                    "by a guest",
                    guest,
                    ask(36, at_guest.id, None),
                    "RUBRIC_NOT_COLLEAGUE",
                ),
                (
                    "a stranger's",
                    world::stranger(),
                    ask(37, shown.id, None),
                    "NOT_FOUND",
                ),
            ] {
                let id = ask.id;
                let outcome = made(db, who.clone(), &ask).await;
                assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
                let stored = crate::find_link(&db.cx(who), id).await;
                assert_eq!(code(stored), "NOT_FOUND", "{case}: nothing may be stored");
            }
            made(db, bo(), &ask(41, shown.id, None)).await.unwrap();
            let clash = made(db, anna(), &ask(41, shown.id, None)).await;
            assert_eq!(code(clash), "ID_TAKEN", "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_same_ask_makes_one_link() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let ask = ask(21, rubric.id, None);
            let once = store::Once {
                key: id(21),
                operation: "createRubricLink",
                ask: "a".to_owned(),
            };
            let send = async || {
                store::write_once(&db.cx(bo()), &once, async |tx: &Tx| {
                    create_link(tx, &ask).await
                })
                .await
            };
            assert_eq!(
                send().await.unwrap(),
                send().await.unwrap(),
                "{}",
                db.kind()
            );
        })
        .await;
    }
}
