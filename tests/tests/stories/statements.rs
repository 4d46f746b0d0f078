//! What a request costs the database: nothing when it is refused, the same for what is hidden as for what never was, and the same for
//! three rows as for a hundred.

mod asks;
mod growth;
mod refusals;
mod unknown;
