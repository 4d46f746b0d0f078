use crate::{Error, Organiser, events::OrganiserChanged, policy, sql};
use kit::Name;
use store::Tx;

/// What changes for all units; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct UpdateOrganiser {
    /// The version that was read.
    pub version: i64,
    /// What it is called.
    pub name: Option<Name>,
    /// Whether a rubric must be reviewed by a colleague before it is published.
    pub review_demanded: Option<bool>,
    /// Whether nothing of this organiser's can be shown in the open catalogue.
    pub catalogue_off: Option<bool>,
}

/// Changes what the organiser has decided for all its units.
///
/// # Errors
///
/// [`Error::NotYours`] unless an administrator of the organiser asks, [`Error::Stale`] if someone else saved meanwhile.
pub async fn update_organiser(tx: &Tx, ask: &UpdateOrganiser) -> Result<Organiser, Error> {
    policy::may_manage(&tx.actor, &[])?;
    let mut organiser = sql::organiser::find(tx).await?;
    sql::read_at(organiser.version, ask.version)?;
    if let Some(name) = &ask.name {
        organiser.name = name.to_string();
    }
    let settings = &mut organiser.settings;
    settings.review_demanded = ask.review_demanded.unwrap_or(settings.review_demanded);
    settings.catalogue_off = ask.catalogue_off.unwrap_or(settings.catalogue_off);
    organiser.version += 1;
    sql::organiser::save(tx, &organiser).await?;
    tx.emit(&OrganiserChanged {
        organiser: organiser.id,
    });
    Ok(organiser)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{CreateOrganiser, OrganiserKind, create_organiser, settings};
    use kit::{Actor, Fault};
    use testkit::on_both;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_administrators_of_the_organiser_decide_for_all_units() {
        on_both(async |db| {
            let world = World::new(db).await;
            let ask = |version| UpdateOrganiser {
                version,
                review_demanded: Some(true),
                ..Default::default()
            };
            for (by, version, code) in [
                (AREA_ADMIN, 1, "ORGANISATION_NOT_YOURS"),
                (PRINCIPAL, 1, "ORGANISATION_NOT_YOURS"),
                (ADMIN, 2, "STALE_VERSION"),
            ] {
                let refusal = world
                    .by(by, async |tx| update_organiser(tx, &ask(version)).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), code, "{} {by}", db.kind());
                assert!(!settings(&world.house()).await.unwrap().review_demanded);
            }
            world
                .by(ADMIN, async |tx| update_organiser(tx, &ask(1)).await)
                .await
                .unwrap();
            let settings = settings(&world.cx(GUEST).await).await.unwrap();
            assert_eq!(
                (settings.review_demanded, settings.catalogue_off),
                (true, false),
                "{}",
                db.kind()
            );

            let new = CreateOrganiser {
                name: name("Ny"),
                kind: OrganiserKind::Independent,
            };
            let refusal = world
                .by(ADMIN, async |tx| create_organiser(tx, &new).await)
                .await
                .unwrap_err();
            assert_eq!(refusal.code(), "ORGANISATION_NOT_YOURS");
            let refusal = crate::organiser(&db.cx(Actor::Anonymous))
                .await
                .unwrap_err();
            assert_eq!(refusal.code(), "NOT_FOUND");
        })
        .await;
    }
}
