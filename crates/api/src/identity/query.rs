//! Reading one's own sign-ins.

use super::object::SignIn;
use crate::answer::error;
use async_graphql::{Context, Object, Result};
use store::Cx;

/// The root of what an account's owner may know of it.
#[derive(Debug, Default)]
pub(crate) struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// The devices that are signed in to your account, the last used first; at most 100. For you alone.
    async fn my_sign_ins(&self, ctx: &Context<'_>) -> Result<Vec<SignIn>> {
        let cx: &Cx = ctx.data()?;
        if cx.person().is_none() {
            // A service account has a key and no devices.
            return Ok(Vec::new());
        }
        let list = identity::list(cx)
            .await
            .map_err(|fault| error(cx, &fault))?;
        Ok(list.into_iter().map(Into::into).collect())
    }
}
