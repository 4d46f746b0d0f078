use crate::{Error, Organiser, OrganiserKind, Settings, events::OrganiserChanged, policy, sql};
use kit::Name;
use store::Tx;

/// What a new organiser is called.
#[derive(Debug, Clone)]
pub struct CreateOrganiser {
    /// What it is called.
    pub name: Name,
    /// Municipality or independent.
    pub kind: OrganiserKind,
}

/// Makes an organiser (huvudman). Its id is that of the system actor who makes it; its first administrator is invited by the same actor.
///
/// # Errors
///
/// [`Error::NotYours`] unless the house itself asks; `ID_TAKEN` if there is one with this id.
pub async fn create_organiser(tx: &Tx, ask: &CreateOrganiser) -> Result<Organiser, Error> {
    policy::may_create_organiser(&tx.actor)?;
    let organiser = Organiser {
        id: tx.organiser(),
        name: ask.name.to_string(),
        kind: ask.kind,
        settings: Settings::default(),
        version: 1,
    };
    sql::organiser::add(tx, &organiser).await?;
    tx.emit(&OrganiserChanged {
        organiser: organiser.id,
    });
    Ok(organiser)
}
