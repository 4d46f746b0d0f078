//! Reading the catalogue by id.

use super::{OpenRubric, shown, sql};
use crate::Error;
use kit::OpenRubricId;
use store::{Cx, Outcome, Tx};

/// An item that the actor is shown, or can show again.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none.
pub async fn find_open(cx: &Cx, id: OpenRubricId) -> Result<OpenRubric, Error> {
    open_by_ids(cx, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// Those of these items that the actor is shown, or can show again, in no order.
///
/// # Errors
///
/// Those of the database.
pub async fn open_by_ids(cx: &Cx, ids: &[OpenRubricId]) -> Result<Vec<OpenRubric>, Error> {
    sql::items(cx, ids, shown::known(cx)).await
}

impl Outcome<Error> for OpenRubric {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find_open(tx, outcome.parse().map_err(|_| Error::NotFound)?).await
    }
}
