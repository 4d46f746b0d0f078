//! Comments and their threads, as the schema shows them.

use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
    organisation::{object::int, person::Colleague},
    rubrics::version::RubricVersion,
};
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use kit::Text;
use rubrics::Said;

/// A comment (kommentar) on a rubric or on one of its criteria. Whoever sees the rubric reads it; what is about a draft is read by its authors and its reviewer.
#[derive(Debug, Clone, Description)]
pub struct RubricComment(pub Said);

#[Object(use_type_description)]
impl RubricComment {
    /// Its id, with which it is answered, edited and removed.
    pub(crate) async fn id(&self) -> ID {
        self.0.comment.id.to_string().into()
    }

    /// The id of the comment that begins its thread; its own when it is that one.
    async fn thread(&self) -> ID {
        self.0.comment.begins().to_string().into()
    }

    /// The id of the criterion that it is about; nothing when it is about the whole rubric. A later version may have no such criterion.
    async fn criterion(&self) -> Option<ID> {
        let criterion = self.0.comment.criterion?;
        Some(criterion.to_string().into())
    }

    /// The version that it was written at.
    async fn rubric_version(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let loaders: &Loaders = ctx.data()?;
        let version = loaders.version(self.0.comment.version).await?;
        Ok(version.map(RubricVersion))
    }

    /// Whether it was written about a draft. Then those who work on drafts read it, and nobody else, also when the draft is published.
    async fn is_about_draft(&self) -> bool {
        self.0.comment.of_draft
    }

    /// What it says, as Markdown; nothing when it was removed.
    async fn text(&self) -> Option<&str> {
        self.0.comment.text.as_ref().map(Text::as_str)
    }

    /// Who wrote it; nobody when it was removed.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<Colleague>> {
        if self.0.comment.text.is_none() {
            return Ok(None);
        }
        Colleague::of(ctx, self.0.comment.by).await.map(Some)
    }

    /// Whom it mentions.
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Vec<Colleague>> {
        let mut mentioned = Vec::with_capacity(self.0.comment.mentions.len());
        for person in &self.0.comment.mentions {
            mentioned.push(Colleague::of(ctx, *person).await?);
        }
        Ok(mentioned)
    }

    /// The day on which it was written.
    async fn on(&self) -> NaiveDate {
        organisation::today(self.0.comment.at)
    }

    /// The day on which it was last edited, when it was.
    async fn edited_on(&self) -> Option<NaiveDate> {
        self.0.comment.edited_at.map(organisation::today)
    }

    /// Whether it was removed. It stands on without its words, because others answered it.
    async fn is_removed(&self) -> bool {
        self.0.comment.removed_at.is_some()
    }

    /// Rises with every edit; an edit names the version it read.
    async fn version(&self) -> i32 {
        int(self.0.comment.revision)
    }

    /// What you may do with it.
    async fn viewer_can(&self) -> RubricCommentAbilities {
        RubricCommentAbilities {
            edit: self.0.can.edit,
            remove: self.0.can.remove,
            reply: self.0.can.reply,
        }
    }
}

/// What the reader may do with a comment.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricCommentAbilities {
    /// Change its words, as whoever wrote it.
    edit: bool,
    /// Remove it, as whoever wrote it or as an author of the rubric.
    remove: bool,
    /// Answer in its thread.
    reply: bool,
}

/// A thread (samtalstråd): a comment and what was answered. It is one level deep.
#[derive(Debug, Clone, Description)]
pub struct RubricThread(pub Said);

#[Object(use_type_description)]
impl RubricThread {
    /// The id of the comment that begins it.
    pub(crate) async fn id(&self) -> ID {
        self.0.comment.id.to_string().into()
    }

    /// The comment that begins it.
    async fn comment(&self) -> RubricComment {
        RubricComment(self.0.clone())
    }

    /// What was answered, the first first.
    async fn replies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricComment>> {
        let (rubric, begins) = (self.0.comment.rubric, self.0.comment.id);
        let list = format!("replies:{begins}");
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let replies = loaders.replies(rubric, begins, &page).await?;
        connected(ctx, &list, &page, replies, RubricComment)
    }

    /// Whether it is settled.
    async fn is_resolved(&self) -> bool {
        self.0.comment.resolved.is_some()
    }

    /// The day on which it was settled.
    async fn resolved_on(&self) -> Option<NaiveDate> {
        let (at, _) = self.0.comment.resolved?;
        Some(organisation::today(at))
    }

    /// Who settled it.
    async fn resolved_by(&self, ctx: &Context<'_>) -> Result<Option<Colleague>> {
        match self.0.comment.resolved {
            Some((_, person)) => Colleague::of(ctx, person).await.map(Some),
            None => Ok(None),
        }
    }

    /// What you may do with it.
    async fn viewer_can(&self) -> RubricThreadAbilities {
        RubricThreadAbilities {
            resolve: self.0.can.resolve,
            reply: self.0.can.reply,
        }
    }
}

/// What the reader may do with a thread.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricThreadAbilities {
    /// Settle it or open it again, as whoever began it or as an author of the rubric.
    resolve: bool,
    /// Answer in it.
    reply: bool,
}
