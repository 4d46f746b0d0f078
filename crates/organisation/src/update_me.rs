use crate::{Error, Person, events::PersonChanged, sql};
use kit::Lang;
use store::Tx;

/// Changes the language in which the person who asks reads.
///
/// # Errors
///
/// [`Error::NotFound`] when it is not a person who asks, [`Error::Stale`] when someone saved the person in the same moment.
pub async fn update_me(tx: &Tx, lang: Lang) -> Result<Person, Error> {
    let me = tx.person().ok_or(Error::NotFound)?;
    let mut person = sql::person::find(tx, me).await?;
    person.record.lang = lang;
    person.record.version += 1;
    sql::person::save(tx, &person).await?;
    tx.emit(&PersonChanged { person: me });
    Ok(person)
}
