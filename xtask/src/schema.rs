//! Reading a schema from its text.

use crate::Error;
use async_graphql::parser::{parse_schema, types::ServiceDocument};

/// The schema in `sdl`; `whose` names it when it cannot be read.
pub(crate) fn parse(whose: &str, sdl: &str) -> Result<ServiceDocument, Error> {
    parse_schema(sdl).map_err(|source| Error::Schema {
        whose: whose.to_owned(),
        source,
    })
}
