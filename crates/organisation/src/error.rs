//! What can be wrong with an ask about the organisation.

use kit::{Fault, Kind, Lang};
use std::borrow::Cow;

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident: $kind:ident $code:literal, $plain:literal, $sv:literal, $en:literal;)+) => {
        /// Why the organisation was not changed. Nothing is stored on any error.
        #[derive(Debug, thiserror::Error)]
        pub enum Error {
            $($(#[$doc])* #[error($plain)] $name,)+
            /// The database's own failure, or an id that is in use.
            #[error(transparent)]
            Store(#[from] store::Error),
        }

        impl Fault for Error {
            fn kind(&self) -> Kind {
                match self {
                    $(Self::$name => Kind::$kind,)+
                    Self::Store(error) => error.kind(),
                }
            }

            fn code(&self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                    Self::Store(error) => error.code(),
                }
            }

            fn message(&self, lang: Lang) -> Cow<'static, str> {
                match self {
                    $(Self::$name => Cow::Borrowed(lang.pick($sv, $en)),)+
                    Self::Store(error) => error.message(lang),
                }
            }

            fn retry_after(&self) -> Option<std::time::Duration> {
                match self {
                    Self::Store(error) => error.retry_after(),
                    _ => None,
                }
            }
        }
    };
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

errors! {
    /// It does not exist for this actor.
    NotFound: NotFound "NOT_FOUND", "no such unit, team or person",
        "Det finns inte, eller så får du inte se det.", "It does not exist, or you may not see it.";
    /// Somebody saved meanwhile.
    Stale: Stale "STALE_VERSION", "someone else saved it meanwhile",
        "Någon annan har sparat under tiden. Läs om och försök igen.", "Someone else saved it meanwhile. Read it again and retry.";
    /// The actor has no role that allows it here.
    NotYours: Denied "ORGANISATION_NOT_YOURS", "the actor has no role that allows this here",
        "Din roll räcker inte till det här. Be en administratör.", "Your role does not allow this here. Ask an administrator.";
    /// The role stands above those that the actor may give.
    RoleAboveYou: Denied "ORGANISATION_ROLE_ABOVE_YOU", "the role stands above those that the actor may give",
        "Du kan inte ge eller avsluta en roll som står över din. Be en administratör hos huvudmannen.", "You cannot give or end a role above your own. Ask an administrator of the organiser.";
    /// Only those named for it may set a protected identity.
    NotGuard: Denied "ORGANISATION_NOT_GUARD", "only administrators named for it set protected identities",
        "Bara de administratörer som är utsedda för det hanterar skyddade personuppgifter.", "Only the administrators named for it handle protected identities.";
    /// A period ends before it begins.
    DatesReversed: Invalid "ORGANISATION_DATES_REVERSED", "a period ends before it begins",
        "Slutdagen ligger före startdagen.", "The last day lies before the first.";
    /// A school year is longer than 400 days.
    YearTooLong: Invalid "ORGANISATION_YEAR_TOO_LONG", "a school year is longer than 400 days",
        "Ett läsår kan vara högst 400 dagar.", "A school year can have at most 400 days.";
    /// Two school years share a day.
    YearsOverlap: Invalid "ORGANISATION_YEARS_OVERLAP", "the school year shares days with another",
        "Läsåret överlappar ett annat läsår.", "The school year overlaps another one.";
    /// A term or a day off lies outside of its school year.
    OutsideYear: Invalid "ORGANISATION_OUTSIDE_YEAR", "a term or day off lies outside the school year",
        "En termin eller ledig dag ligger utanför läsåret.", "A term or day off lies outside the school year.";
    /// Two terms share a day.
    TermsOverlap: Invalid "ORGANISATION_TERMS_OVERLAP", "two terms share a day",
        "Två terminer överlappar varandra.", "Two terms overlap.";
    /// More terms or days off than a school year has room for.
    TooManyDates: Invalid "ORGANISATION_TOO_MANY_DATES", "more than 4 terms or 60 stretches off",
        "Ett läsår har högst 4 terminer och 60 lov eller studiedagar.", "A school year has at most 4 terms and 60 stretches off.";
    /// The school forms or years do not fit the kind of unit.
    FormsDoNotFit: Invalid "ORGANISATION_FORMS_DO_NOT_FIT", "the school forms or years do not fit the unit",
        "Skolformerna eller årskurserna passar inte enheten: en förskoleenhet har förskola, en skolenhet minst en annan skolform, och årskurserna ska höra till dem.",
        "The school forms or years do not fit: a preschool has the form preschool, a school at least one other, and years belong to those forms.";
    /// Only a principal area can have units below it, four levels at most, and no unit stands below itself.
    ParentDoesNotFit: Invalid "ORGANISATION_PARENT_DOES_NOT_FIT", "the parent is no principal area, stands below the unit, or the tree gets too deep",
        "En enhet kan bara ligga under ett rektorsområde, inte under sig själv, och i högst fyra nivåer.", "A unit can only stand below a principal area, not below itself, and four levels deep at most.";
    /// The role belongs to a unit, and none was named.
    RoleNeedsUnit: Invalid "ORGANISATION_ROLE_NEEDS_UNIT", "the role needs a unit",
        "Den rollen gäller alltid vid en enhet. Ange vilken.", "That role always holds at a unit. Say which.";
    /// An invited person needs at least one role.
    NoRole: Invalid "ORGANISATION_NO_ROLE", "an invitation needs one to ten roles",
        "En inbjudan behöver minst en roll, och högst tio.", "An invitation needs at least one role, and ten at most.";
    /// A guest has an end date.
    GuestNeedsEnd: Invalid "ORGANISATION_GUEST_NEEDS_END", "a guest needs an end date",
        "En gäst behöver ett slutdatum.", "A guest needs an end date.";
    /// The team has ended.
    TeamEnded: Invalid "ORGANISATION_TEAM_ENDED", "the team has ended",
        "Laget är avslutat och tar inte emot fler.", "The team has ended and takes nobody in.";
    /// The person has left.
    HasLeft: Invalid "ORGANISATION_HAS_LEFT", "the person has left",
        "Personen har slutat.", "The person has left.";
    /// The invitation was used, has ended or is older than seven days.
    InvitationSpent: Invalid "ORGANISATION_INVITATION_SPENT", "the invitation is used, ended, or older than seven days",
        "Inbjudan gäller inte längre. Be om en ny.", "The invitation no longer holds. Ask for a new one.";
    /// The person already signs in with an account.
    AlreadyJoined: Invalid "ORGANISATION_ALREADY_JOINED", "the person already has an account",
        "Personen har redan ett konto.", "The person already has an account.";
    /// The account already belongs to another person of the organiser.
    AccountInUse: Invalid "ORGANISATION_ACCOUNT_IN_USE", "the account belongs to another person of the organiser",
        "Kontot hör redan till en annan person hos huvudmannen.", "The account already belongs to another person of the organiser.";
    /// An organiser keeps an administrator.
    LastAdmin: Invalid "ORGANISATION_LAST_ADMIN", "the organiser would be left without an administrator",
        "Huvudmannen måste ha minst en administratör. Utse en annan först.", "The organiser must keep at least one administrator. Name another first.";
    /// At most three administrators handle protected identities.
    TooManyGuards: Invalid "ORGANISATION_TOO_MANY_GUARDS", "three administrators are already named",
        "Högst tre administratörer kan vara utsedda för skyddade personuppgifter.", "At most three administrators can be named for protected identities.";
    /// Only an administrator can be named.
    GuardNotAdmin: Invalid "ORGANISATION_GUARD_NOT_ADMIN", "only an administrator can be named for protected identities",
        "Bara en administratör kan utses för skyddade personuppgifter.", "Only an administrator can be named for protected identities.";
}
