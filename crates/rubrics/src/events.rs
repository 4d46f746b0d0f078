//! What happened to a rubric: ids only, each with the rubric's own gapless number.

use crate::Reported;
use kit::{
    Instant, OpenRubricId, PersonId, RubricCommentId, RubricId, RubricProposalId, RubricVersionId,
    TeamId, Thing,
};
use serde::{Deserialize, Serialize};
use store::Event;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name {
                /// The rubric.
                pub rubric: RubricId,
                /// The rubric's own number of it.
                pub n: i64,
                $($(#[$field_doc])* pub $field: $type,)*
            }

            impl Event for $name {
                const NAME: &'static str = $code;

                fn subject(&self) -> Thing {
                    self.rubric.into()
                }

                fn n(&self) -> Option<i64> {
                    Some(self.n)
                }
            }
        )+

        /// The name of every event of this room.
        pub const NAMES: &[&str] = &[
            $($code,)+
            ContentReported::NAME,
            OpenRubricHidden::NAME,
            RubricCounted::NAME,
            RubricForgotten::NAME,
        ];
    };
}

events! {
    /// A rubric was begun, as a draft of its author's.
    RubricCreated = "rubric.created" {
        /// The draft.
        version: RubricVersionId,
    }
    /// A rubric was forked from another one, as a draft of whoever did it.
    RubricForked = "rubric.forked" {
        /// The draft.
        version: RubricVersionId,
        /// The rubric that it was forked from.
        origin: RubricId,
    }
    /// A fork took over changes of its origin, or stands on another version of it.
    RubricPulled = "rubric.pulled" {
        /// The origin's version.
        version: RubricVersionId,
    }
    /// Somebody proposed changes of their fork.
    RubricProposed = "rubric.proposed" {
        /// The proposal.
        proposal: RubricProposalId,
        /// The rubric's authors.
        authors: Vec<PersonId>,
        /// The teams that write it.
        #[serde(default)]
        author_teams: Vec<TeamId>,
    }
    /// An author answered a proposal.
    RubricProposalAnswered = "rubric.proposal_answered" {
        /// The proposal.
        proposal: RubricProposalId,
        /// Who made it.
        by: PersonId,
    }
    /// Somebody thanked for it.
    RubricThanked = "rubric.thanked" {
        /// The rubric's authors.
        authors: Vec<PersonId>,
        /// The teams that write it.
        #[serde(default)]
        author_teams: Vec<TeamId>,
    }
    /// Somebody commented on it, or answered a comment.
    RubricCommented = "rubric.commented" {
        /// The comment.
        comment: RubricCommentId,
        /// Whether it is about a draft, and so for those who work on drafts alone.
        of_draft: bool,
    }
    /// Whoever wrote a comment changed it.
    RubricCommentEdited = "rubric.comment_edited" {
        /// The comment.
        comment: RubricCommentId,
        /// Whether it is about a draft.
        of_draft: bool,
    }
    /// A comment was removed.
    RubricCommentRemoved = "rubric.comment_removed" {
        /// The comment that was.
        comment: RubricCommentId,
        /// Whether it was about a draft.
        of_draft: bool,
    }
    /// A thread was resolved, or opened again.
    RubricCommentResolved = "rubric.comment_resolved" {
        /// The comment that begins the thread.
        comment: RubricCommentId,
        /// Whether it is resolved now.
        resolved: bool,
        /// Whether it is about a draft.
        of_draft: bool,
    }
    /// An author saved the draft.
    RubricSaved = "rubric.saved" {
        /// The draft.
        version: RubricVersionId,
    }
    /// A colleague was asked to look at the draft.
    RubricReviewAsked = "rubric.review_asked" {
        /// The draft.
        version: RubricVersionId,
        /// Who was asked.
        reviewer: PersonId,
    }
    /// The draft came back from its reviewer, or an author took it back.
    RubricReviewed = "rubric.reviewed" {
        /// The version.
        version: RubricVersionId,
        /// Who was asked.
        reviewer: PersonId,
        /// Whether it was approved, and so published.
        approved: bool,
        /// Its authors.
        authors: Vec<PersonId>,
        /// The teams that write it.
        #[serde(default)]
        author_teams: Vec<TeamId>,
    }
    /// A version became what others use.
    RubricPublished = "rubric.published" {
        /// The version.
        version: RubricVersionId,
    }
    /// A new draft was begun beside what is published.
    RubricRevised = "rubric.revised" {
        /// The draft.
        version: RubricVersionId,
    }
    /// Its authors changed for whom it is.
    RubricShared = "rubric.shared" {
        /// The people who are named now and were not before.
        people: Vec<PersonId>,
        /// From when on nobody can undo it any more, and those people are told.
        stands_from: Option<Instant>,
    }
    /// A share was undone in time: it is for those for whom it was before.
    RubricShareUndone = "rubric.share_undone" {
        /// The number of the share.
        share: i64,
    }
    /// A colleague or a team writes it too from now on.
    RubricAuthorAdded = "rubric.author_added" {
        /// The colleague.
        person: Option<PersonId>,
        /// The team.
        team: Option<TeamId>,
    }
    /// A colleague or a team no longer writes it.
    RubricAuthorRemoved = "rubric.author_removed" {
        /// The colleague.
        person: Option<PersonId>,
        /// The team.
        team: Option<TeamId>,
    }
    /// It is no longer offered for new work.
    RubricRetired = "rubric.retired" {}
    /// It was put away.
    RubricArchived = "rubric.archived" {}
    /// The draft was deleted; for 30 days it can be brought back.
    RubricDraftDeleted = "rubric.draft_deleted" {
        /// The draft.
        version: RubricVersionId,
    }
    /// What was deleted or archived was brought back.
    RubricRestored = "rubric.restored" {}
    /// Some lost sight of it.
    RubricGone = "rubric.gone" {
        /// The audiences that lost sight, as reach names them.
        audiences: Vec<String>,
    }
}

/// A rubric is gone for good: its only draft was deleted more than 30 days ago. It has no number any more; whoever keeps something about it lets go of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricForgotten {
    /// The rubric that was.
    pub rubric: RubricId,
}

impl Event for RubricForgotten {
    const NAME: &'static str = "rubric.forgotten";

    fn subject(&self) -> Thing {
        self.rubric.into()
    }
}

/// A rubric has more or fewer versions, forks or uses than before. For the orders of lists: nobody follows it, so it has no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricCounted {
    /// The rubric.
    pub rubric: RubricId,
}

impl Event for RubricCounted {
    const NAME: &'static str = "rubric.counted";

    fn subject(&self) -> Thing {
        self.rubric.into()
    }
}

/// A rubric's item in the open catalogue was hidden from everybody, or is shown again. The rubric itself did not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRubricHidden {
    /// The rubric.
    pub rubric: RubricId,
    /// Its item.
    pub open: OpenRubricId,
    /// The rubric's authors.
    pub authors: Vec<PersonId>,
    /// Whether it is hidden now.
    pub hidden: bool,
}

impl Event for OpenRubricHidden {
    const NAME: &'static str = "open_rubric.hidden";

    fn subject(&self) -> Thing {
        self.rubric.into()
    }
}

/// Somebody reported something to the organiser whose event this is. Who, it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentReported {
    /// What.
    pub reported: Reported,
}

impl Event for ContentReported {
    const NAME: &'static str = "content.reported";

    fn subject(&self) -> Thing {
        self.reported.into()
    }
}
