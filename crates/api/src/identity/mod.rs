//! Signing in and out, and the accounts of integrators.

pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod object;
pub(crate) mod query;
pub(crate) mod service_account;
