//! One line of an inbox.

use kit::{Instant, NoticeId, PersonId, Thing};

/// Why a notice came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Somebody reported something that the recipient answers for.
    ContentReported,
    /// The recipient's rubric was hidden from the open catalogue.
    OpenRubricHidden,
    /// The recipient's rubric is shown in the open catalogue again.
    OpenRubricShown,
    /// A colleague asks the recipient to review a rubric.
    ReviewAsked,
    /// The recipient's rubric was approved.
    ReviewApproved,
    /// The recipient's rubric came back with a note.
    ReviewReturned,
    /// A colleague proposes changes to the recipient's rubric.
    RubricProposed,
    /// An author answered what the recipient proposed.
    RubricProposalAnswered,
    /// A colleague thanks for the recipient's rubric.
    RubricThanked,
    /// A colleague mentions the recipient in a comment.
    Mentioned,
    /// A colleague comments on the recipient's rubric.
    RubricCommented,
    /// A colleague goes on in a thread in which the recipient spoke.
    RubricReplied,
    /// A colleague shared a rubric with the recipient by name.
    Shared,
    /// A colleague made the recipient, or their team, an author of a rubric.
    RubricAuthorAdded,
    /// An administrator made a sign-in link for the recipient's account.
    SignInLinkMade,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::ContentReported,
        Self::OpenRubricHidden,
        Self::OpenRubricShown,
        Self::ReviewAsked,
        Self::ReviewApproved,
        Self::ReviewReturned,
        Self::RubricProposed,
        Self::RubricProposalAnswered,
        Self::RubricThanked,
        Self::Mentioned,
        Self::RubricCommented,
        Self::RubricReplied,
        Self::Shared,
        Self::RubricAuthorAdded,
        Self::SignInLinkMade,
    ];

    /// The stable code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ContentReported => "CONTENT_REPORTED",
            Self::OpenRubricHidden => "OPEN_RUBRIC_HIDDEN",
            Self::OpenRubricShown => "OPEN_RUBRIC_SHOWN",
            Self::ReviewAsked => "REVIEW_ASKED",
            Self::ReviewApproved => "REVIEW_APPROVED",
            Self::ReviewReturned => "REVIEW_RETURNED",
            Self::RubricProposed => "RUBRIC_PROPOSED",
            Self::RubricProposalAnswered => "RUBRIC_PROPOSAL_ANSWERED",
            Self::RubricThanked => "RUBRIC_THANKED",
            Self::Mentioned => "MENTIONED",
            Self::RubricCommented => "RUBRIC_COMMENTED",
            Self::RubricReplied => "RUBRIC_REPLIED",
            Self::Shared => "SHARED",
            Self::RubricAuthorAdded => "RUBRIC_AUTHOR_ADDED",
            Self::SignInLinkMade => "SIGN_IN_LINK_MADE",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A line of somebody's inbox. It holds no words and is read by its recipient alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Whose it is.
    pub person: PersonId,
    /// Why it came.
    pub kind: Kind,
    /// What it is about; shown only through the read of the room that owns it.
    pub subject: Thing,
    /// When it came.
    pub at: Instant,
    /// When it was marked as read.
    pub read_at: Option<Instant>,
}
