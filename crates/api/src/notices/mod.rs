//! The inbox in the schema.

use crate::{
    answer::{self, answer, payload},
    door::Renewal,
    follow::{After, MaySee, Step, follow},
    list::{Connected, listed, page},
    node::Node,
    organisation::object::int,
};
use async_graphql::{
    Context, Description, Enum, ID, InputObject, Object, Result, SimpleObject, Subscription,
};
use chrono::NaiveDate;
use futures_util::{Stream, StreamExt, stream};
use kit::NoticeId;
use notices::{Error, Filter};
use std::sync::Arc;
use store::{Cx, Tx, write};

/// Why a notice came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "notices::Kind", name = "NoticeKind")]
pub enum NoticeKind {
    /// Somebody reported a rubric of the open catalogue: its `reports` say what is wrong. For administrators.
    ContentReported,
    /// Your rubric was hidden from the open catalogue: its `inCatalogue` says why.
    OpenRubricHidden,
    /// Your rubric is shown in the open catalogue again.
    OpenRubricShown,
    /// A colleague asks you to review a rubric.
    ReviewAsked,
    /// A colleague approved your rubric; it is published.
    ReviewApproved,
    /// Your rubric came back from its reviewer.
    ReviewReturned,
    /// A colleague proposes changes to your rubric: its `proposals` say which.
    RubricProposed,
    /// An author answered what you proposed: the rubric's `proposals` say what.
    RubricProposalAnswered,
    /// A colleague thanks for your rubric.
    RubricThanked,
    /// A colleague mentions you in a comment on a rubric.
    Mentioned,
    /// A colleague comments on your rubric.
    RubricCommented,
    /// A colleague goes on in a thread in which you spoke.
    RubricReplied,
    /// A colleague shared a rubric with you by name. It comes when the share can no longer be undone.
    Shared,
    /// A colleague made you, or your team, an author of a rubric: you may change it from now on.
    RubricAuthorAdded,
    /// An administrator made a sign-in link for your account. If you did not ask for one, tell them.
    SignInLinkMade,
}

/// A line of your inbox: that something happened, never what it says.
#[derive(Debug, Clone, Description)]
pub struct Notice(pub notices::Notice);

#[Object(use_type_description)]
impl Notice {
    /// Its id, for `markRead`.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Why it came.
    async fn kind(&self) -> NoticeKind {
        self.0.kind.into()
    }

    /// What it is about, as far as you may see it today.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        crate::node::load(ctx, self.0.subject).await
    }

    /// The day on which it came.
    async fn on(&self) -> NaiveDate {
        self.0.at.date_naive()
    }

    /// Whether you marked it as read.
    async fn is_read(&self) -> bool {
        self.0.read_at.is_some()
    }
}

/// Marks notices as read.
#[derive(Debug, InputObject)]
pub struct MarkReadInput {
    /// Which, at most 100; all of them when left out.
    notices: Option<Vec<ID>>,
}

payload! { /// How the inbox is now, or why nothing was marked.
MarkReadPayload { /// How many notices are unread now.
    unread: i32 } }

/// The root of what is read of the inbox.
#[derive(Debug, Default)]
pub(crate) struct NoticesQuery;

#[Object]
impl NoticesQuery {
    /// Your inbox, the newest first. For you alone.
    async fn inbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what you have not marked as read.", default)] unread: bool,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Notice>> {
        let cx: &Cx = ctx.data()?;
        let page = page(ctx, "inbox", first, after.as_deref())?;
        listed(
            ctx,
            "inbox",
            &page,
            notices::inbox(cx, Filter { unread }, &page).await,
            Notice,
        )
    }
}

/// The root of what is written in the inbox.
#[derive(Debug, Default)]
pub(crate) struct NoticesMutation;

#[Object]
impl NoticesMutation {
    /// Marks notices of your inbox as read. Marking twice changes nothing.
    async fn mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notices you have read.")] input: MarkReadInput,
    ) -> Result<MarkReadPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let ids = match &input.notices {
                None => None,
                Some(ids) if ids.len() > 100 => return Err(Error::NotFound),
                Some(ids) => Some(
                    ids.iter()
                        .map(|id| id.parse())
                        .collect::<Result<Vec<NoticeId>, _>>()
                        .map_err(|_| Error::NotFound)?,
                ),
            };
            write(cx, async |tx: &Tx| {
                notices::mark_read(tx, ids.as_deref()).await
            })
            .await?;
            Ok(i32::try_from(notices::unread(cx).await?).unwrap_or(i32::MAX))
        };
        answer(cx, done.await)
    }
}

/// A change of your inbox.
#[derive(Debug, Clone, SimpleObject)]
pub struct InboxChange {
    /// The inbox's own number of it: give it as `after` to go on behind it. Nothing when you must read the inbox anew.
    number: Option<i32>,
    /// How many notices are unread now.
    unread: i32,
}

/// The root of what the inbox tells by itself.
#[derive(Debug, Default)]
pub(crate) struct NoticesSubscription;

#[Subscription]
impl NoticesSubscription {
    /// Changes of your inbox, from now on or behind `after`, without a gap.
    async fn inbox_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Go on behind this `number`.")] after: Option<i32>,
    ) -> Result<impl Stream<Item = Result<InboxChange>>> {
        let cx: &Cx = ctx.data()?;
        let renewal: &Renewal = ctx.data()?;
        let Some(person) = cx.person() else {
            return Ok(stream::empty().left_stream());
        };
        let latest = notices::number(cx)
            .await
            .map_err(|fault| answer::error(cx, &fault))?;
        let may_see: MaySee = Arc::new(|_| Box::pin(async { true }));
        let steps = follow(
            cx,
            renewal.clone(),
            person.into(),
            After {
                number: after.map(Into::into),
                latest,
            },
            may_see,
        )
        .await
        .map_err(|fault| answer::error(cx, &fault))?;
        Ok(steps
            .filter_map(|(cx, step)| async move {
                let number = match step {
                    Step::Gone => return None,
                    Step::Resync => None,
                    // The person's own events count nothing here: only the inbox has a number.
                    Step::Happened(happened) => Some(int(happened.n?)),
                };
                let unread = notices::unread(&cx)
                    .await
                    .map_err(|fault| answer::error(&cx, &fault));
                Some(unread.map(|unread| InboxChange {
                    number,
                    unread: i32::try_from(unread).unwrap_or(i32::MAX),
                }))
            })
            .right_stream())
    }
}
