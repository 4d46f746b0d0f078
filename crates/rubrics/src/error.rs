//! What can go wrong with a rubric.

mod words;

use crate::Conflict;
use kit::{Fault, Kind, Lang, Problem};
use std::{borrow::Cow, time::Duration};

/// Why something was not done. Nothing is stored on any of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist for this actor.
    #[error("no such rubric")]
    NotFound,
    /// There is no such collection for this actor.
    #[error("no such collection")]
    NoCollection,
    /// A shelf is ordered by those whose it is.
    #[error("only those whose it is can order a collection")]
    NotCurator,
    /// It has as many rubrics as fit.
    #[error("the collection is full")]
    CollectionFull,
    /// Its owner has as many collections as fit.
    #[error("there are as many collections as fit")]
    CollectionsMax,
    /// Only its authors do this.
    #[error("only one of its authors can do this")]
    NotYours,
    /// Rubrics are made where one is a colleague.
    #[error("only a colleague at the unit can make a rubric there")]
    NotHere,
    /// One shares with a team that one belongs to, or where one is a colleague.
    #[error("one can share only where one belongs")]
    NotAmong,
    /// Pupils are shown what colleagues teach with, and colleagues decide who writes and which samples of work stand there.
    #[error("only a colleague can do this")]
    NotColleague,
    /// Somebody else was asked to review it.
    #[error("only the reviewer who was asked can do this")]
    NotReviewer,
    /// Nobody reviews their own rubric.
    #[error("an author cannot review their own rubric")]
    OwnReview,
    /// Several things are wrong with what it says.
    #[error("the rubric's content has {} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// It is empty.
    #[error("a rubric needs at least one criterion")]
    NoCriteria,
    /// No grading criteria are in the lists.
    #[error("there are no grading criteria for this subject and stage")]
    NoGradingCriteria,
    /// There is no draft that can be changed now.
    #[error("there is no draft that can be changed")]
    NotDraft,
    /// Nobody was asked to review it.
    #[error("it is not in review")]
    NotInReview,
    /// It was never published.
    #[error("it was never published")]
    NotPublished,
    /// It is retired or archived.
    #[error("it is no longer in use")]
    NotActive,
    /// Only what is retired is archived.
    #[error("only a retired rubric can be archived")]
    NotRetired,
    /// There is a draft already.
    #[error("it has a draft already")]
    HasDraft,
    /// The organiser wants a review before all its colleagues see it.
    #[error("the organiser demands a review first")]
    ReviewDemanded,
    /// No or too many people were named.
    #[error("one to a hundred people can be named")]
    People,
    /// Neither a draft was deleted nor the rubric archived.
    #[error("there is nothing to restore")]
    NothingToRestore,
    /// It was deleted or archived more than 30 days ago.
    #[error("it can no longer be restored")]
    TooLate,
    /// It was not forked from another one.
    #[error("it was not forked from another one")]
    NotFork,
    /// The origin says all of it already.
    #[error("there is nothing to propose")]
    NothingToPropose,
    /// A decline says why.
    #[error("a decline needs a reason")]
    NeedsReason,
    /// A text names somebody by their personal number.
    #[error("a text has a personal number")]
    PersonalNumber,
    /// Talk is between people.
    #[error("only people talk about a rubric")]
    PeopleOnly,
    /// The comment is somebody else's.
    #[error("the comment is somebody else's")]
    NotYourComment,
    /// The suggestion is somebody else's.
    #[error("the suggestion is somebody else's")]
    NotYourSuggestion,
    /// The comment does not exist for this actor, or is no longer there.
    #[error("no such comment")]
    NoComment,
    /// The version has no such criterion or level.
    #[error("the version has no such criterion or level")]
    NoSuchPart,
    /// Too many people are mentioned.
    #[error("too many people are mentioned")]
    TooManyMentions,
    /// The team's comment bank is not the actor's.
    #[error("the comment bank of a team is its members'")]
    NotInTeam,
    /// The version has no such level.
    #[error("the version has no such level")]
    NoLevel,
    /// Whoever adds a sample says that nobody can be recognised in it.
    #[error("a sample must be anonymous")]
    NotAnonymised,
    /// A sample is a text or a file.
    #[error("a sample is either a text or a file")]
    Sample,
    /// The file is not theirs, or hangs on something already.
    #[error("no such file to show")]
    FileNotFound,
    /// No pictures are shown at preschools.
    #[error("a preschool's rubric shows no pictures")]
    PreschoolImage,
    /// Only who added it, and the authors, take an exemplar away.
    #[error("only who added it or an author can remove an exemplar")]
    ExemplarNotYours,
    /// One does not thank oneself.
    #[error("it is one's own")]
    Own,
    /// The organiser keeps out of the open catalogue.
    #[error("the organiser keeps out of the open catalogue")]
    CatalogueOff,
    /// It was never put in the open catalogue.
    #[error("it was never put in the open catalogue")]
    NotOpen,
    /// What it builds on is shared alike.
    #[error("what it builds on must be shared on the same terms")]
    ShareAlike,
    /// Nobody may be named with it.
    #[error("it can be open only without a name")]
    WithoutName,
    /// Administrators look after the open catalogue.
    #[error("only an administrator of the whole organiser can do this")]
    NotKeeper,
    /// Programs have nothing to say here.
    #[error("only a person can do this")]
    NotPerson,
    /// Another reason says which.
    #[error("another reason needs words")]
    NeedsWords,
    /// Too many reports within a day.
    #[error("too many reports within a day")]
    TooManyReports,
    /// Somebody saved it meanwhile.
    #[error("someone saved it meanwhile")]
    Stale,
    /// Somebody saved these parts meanwhile: both texts, so that nobody's words are lost.
    #[error("someone saved {} of its parts meanwhile", .conflicts.len())]
    StaleParts {
        /// Each part, as it was sent and as it is.
        conflicts: Vec<Conflict>,
        /// The same as problems with their place in the input.
        problems: Vec<Problem>,
    },
    /// The share was undone, or there was none.
    #[error("there is no share to undo")]
    NothingToUndo,
    /// The time in which a share can be undone has passed.
    #[error("it is too late to undo the share")]
    UndoOver,
    /// A rubric has an author.
    #[error("the last author stays")]
    LastAuthor,
    /// It has as many authors as it can have.
    #[error("it has as many authors as it can have")]
    Authors,
    /// One writes with colleagues, and with teams that go on.
    #[error("only a colleague or a team that goes on can be an author")]
    AuthorUnfit,
    /// A failure of the organisation's read.
    #[error(transparent)]
    Organisation(#[from] organisation::Error),
    /// A failure below.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<records::files::Error> for Error {
    fn from(error: records::files::Error) -> Self {
        match error {
            records::files::Error::NotFound => Self::FileNotFound,
            records::files::Error::Store(error) => Self::Store(error),
            error => Self::Store(store::Error::Unreadable(error.to_string())),
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Error {
    /// Parts that were saved meanwhile.
    pub(crate) fn stale_parts(conflicts: Vec<Conflict>) -> Self {
        let problems = conflicts.iter().map(Conflict::problem).collect();
        Self::StaleParts {
            conflicts,
            problems,
        }
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoCollection | Self::NoComment | Self::FileNotFound => {
                Kind::NotFound
            }
            Self::NotYours
            | Self::NotHere
            | Self::NotAmong
            | Self::NotColleague
            | Self::NotReviewer
            | Self::NotCurator
            | Self::OwnReview
            | Self::PeopleOnly
            | Self::NotYourComment
            | Self::NotYourSuggestion
            | Self::NotInTeam
            | Self::NotKeeper
            | Self::NotPerson
            | Self::ExemplarNotYours
            | Self::Own => Kind::Denied,
            Self::Invalid(_)
            | Self::CollectionFull
            | Self::CollectionsMax
            | Self::NoCriteria
            | Self::NoGradingCriteria
            | Self::NotDraft
            | Self::NotFork
            | Self::NothingToPropose
            | Self::NeedsReason
            | Self::PersonalNumber
            | Self::NoSuchPart
            | Self::TooManyMentions
            | Self::CatalogueOff
            | Self::NotOpen
            | Self::ShareAlike
            | Self::WithoutName
            | Self::NeedsWords
            | Self::TooManyReports
            | Self::NoLevel
            | Self::NotAnonymised
            | Self::Sample
            | Self::PreschoolImage
            | Self::NotInReview
            | Self::NotPublished
            | Self::NotActive
            | Self::NotRetired
            | Self::HasDraft
            | Self::ReviewDemanded
            | Self::People
            | Self::NothingToUndo
            | Self::UndoOver
            | Self::LastAuthor
            | Self::Authors
            | Self::AuthorUnfit
            | Self::NothingToRestore
            | Self::TooLate => Kind::Invalid,
            Self::Stale | Self::StaleParts { .. } => Kind::Stale,
            Self::Organisation(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoCollection | Self::NoComment | Self::FileNotFound => {
                "NOT_FOUND"
            }
            Self::NotCurator => "COLLECTION_NOT_YOURS",
            Self::CollectionFull => "COLLECTION_FULL",
            Self::CollectionsMax => "COLLECTION_TOO_MANY",
            Self::NotYours => "RUBRIC_NOT_YOURS",
            Self::NotHere => "RUBRIC_NOT_HERE",
            Self::NotAmong => "RUBRIC_NOT_AMONG",
            Self::NotColleague => "RUBRIC_NOT_COLLEAGUE",
            Self::NotReviewer => "RUBRIC_NOT_REVIEWER",
            Self::OwnReview => "RUBRIC_OWN_REVIEW",
            Self::Invalid(_) => "RUBRIC_INVALID",
            Self::NoCriteria => "RUBRIC_NO_CRITERIA",
            Self::NoGradingCriteria => "RUBRIC_NO_GRADING_CRITERIA",
            Self::NotDraft => "RUBRIC_NOT_DRAFT",
            Self::NotInReview => "RUBRIC_NOT_IN_REVIEW",
            Self::NotPublished => "RUBRIC_NOT_PUBLISHED",
            Self::NotActive => "RUBRIC_NOT_ACTIVE",
            Self::NotRetired => "RUBRIC_NOT_RETIRED",
            Self::HasDraft => "RUBRIC_HAS_DRAFT",
            Self::ReviewDemanded => "RUBRIC_REVIEW_DEMANDED",
            Self::People => "RUBRIC_PEOPLE",
            Self::NothingToRestore => "RUBRIC_NOTHING_TO_RESTORE",
            Self::TooLate => "RUBRIC_TOO_LATE",
            Self::NotFork => "RUBRIC_NOT_FORK",
            Self::NothingToPropose => "RUBRIC_NOTHING_TO_PROPOSE",
            Self::NeedsReason => "RUBRIC_NEEDS_REASON",
            Self::PersonalNumber => "RUBRIC_PERSONAL_NUMBER",
            Self::PeopleOnly => "RUBRIC_PEOPLE_ONLY",
            Self::NotYourComment => "RUBRIC_NOT_YOUR_COMMENT",
            Self::NotYourSuggestion => "RUBRIC_NOT_YOUR_SUGGESTION",
            Self::NoSuchPart => "RUBRIC_NO_SUCH_PART",
            Self::TooManyMentions => "RUBRIC_TOO_MANY_MENTIONS",
            Self::NotInTeam => "RUBRIC_NOT_IN_TEAM",
            Self::NoLevel => "RUBRIC_NO_LEVEL",
            Self::NotAnonymised => "RUBRIC_NOT_ANONYMISED",
            Self::Sample => "RUBRIC_SAMPLE",
            Self::PreschoolImage => "RUBRIC_PRESCHOOL_IMAGE",
            Self::ExemplarNotYours => "RUBRIC_EXEMPLAR_NOT_YOURS",
            Self::Own => "RUBRIC_OWN",
            Self::NothingToUndo => "RUBRIC_NOTHING_TO_UNDO",
            Self::UndoOver => "RUBRIC_UNDO_OVER",
            Self::LastAuthor => "RUBRIC_LAST_AUTHOR",
            Self::Authors => "RUBRIC_AUTHORS",
            Self::AuthorUnfit => "RUBRIC_AUTHOR_UNFIT",
            Self::CatalogueOff => "RUBRIC_CATALOGUE_OFF",
            Self::NotOpen => "RUBRIC_NOT_OPEN",
            Self::ShareAlike => "RUBRIC_SHARE_ALIKE",
            Self::WithoutName => "RUBRIC_WITHOUT_NAME",
            Self::NotKeeper => "RUBRIC_NOT_KEEPER",
            Self::NotPerson => "RUBRIC_NOT_PERSON",
            Self::NeedsWords => "RUBRIC_NEEDS_WORDS",
            Self::TooManyReports => "RUBRIC_TOO_MANY_REPORTS",
            Self::Stale | Self::StaleParts { .. } => "STALE_VERSION",
            Self::Organisation(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        self.words(lang)
    }

    fn path(&self) -> Option<&str> {
        match self {
            Self::NoLevel => Some("level"),
            Self::NotAnonymised => Some("anonymised"),
            Self::FileNotFound | Self::PreschoolImage => Some("file"),
            _ => None,
        }
    }

    fn problems(&self) -> &[Problem] {
        match self {
            Self::Invalid(problems) | Self::StaleParts { problems, .. } => problems,
            _ => &[],
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Organisation(error) => error.retry_after(),
            Self::Store(error) => error.retry_after(),
            _ => None,
        }
    }
}
