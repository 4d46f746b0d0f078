//! Which items a reader is shown: the one condition that every read of the catalogue holds.

use super::table::{item, unseen};
use crate::policy;
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use store::Cx;

/// What is shown to the actor: to every colleague of every organiser that takes part, what of such organisers is neither taken back nor hidden.
pub(crate) fn shown(cx: &Cx) -> Condition {
    for_readers(cx)
        .add(item::Column::HiddenAt.is_null())
        .add(item::Column::BarredAt.is_null())
        .add(unseen_here(cx).not())
}

/// As [`shown`]; an administrator also knows of what they can show again: their own organiser's, and what is hidden from their organiser alone.
pub(crate) fn known(cx: &Cx) -> Condition {
    if !policy::keeps_catalogue(&cx.actor) {
        return shown(cx);
    }
    let for_all = Condition::all()
        .add(item::Column::HiddenAt.is_null())
        .add(item::Column::BarredAt.is_null());
    let own = item::Column::OrganiserId.eq(cx.organiser().uuid());
    for_readers(cx).add(Condition::any().add(for_all).add(own))
}

fn for_readers(cx: &Cx) -> Condition {
    let owner = Expr::col((item::Entity, item::Column::OrganiserId));
    let reader = Expr::val(cx.organiser().uuid());
    Condition::all()
        .add(Expr::val(policy::may_browse(&cx.actor)).eq(true))
        .add(item::Column::WithdrawnAt.is_null())
        .add(organisation::catalogue_is_off(owner).not())
        .add(organisation::catalogue_is_off(reader).not())
}

/// The condition that the actor's own organiser does not want to see it.
fn unseen_here(cx: &Cx) -> SimpleExpr {
    let unseen = Query::select()
        .expr(Expr::val(1))
        .from(unseen::Entity)
        .and_where(unseen::Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(
            Expr::col((unseen::Entity, unseen::Column::OpenId))
                .equals((item::Entity, item::Column::Id)),
        )
        .to_owned();
    Expr::exists(unseen)
}
