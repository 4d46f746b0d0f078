//! Who answers for what a rubric says.

use crate::{Error, Rubric};
use kit::PersonId;
use store::Tx;

/// The people who write a rubric, by name or as members of a team that does.
pub(super) async fn answerable(tx: &Tx, rubric: &Rubric) -> Result<Vec<PersonId>, Error> {
    let mut people = rubric.authors.clone();
    if !rubric.author_teams.is_empty() {
        people.extend(organisation::member_ids(tx, &rubric.author_teams).await?);
        people.sort_unstable();
        people.dedup();
    }
    Ok(people)
}
