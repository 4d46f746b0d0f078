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
