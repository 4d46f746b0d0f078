//! What is said to whoever meets an error: what was wrong, and what to do.

use super::Error;
use kit::{Fault, Lang};
use std::borrow::Cow;

impl Error {
    #[expect(clippy::too_many_lines, reason = "a table: what each refusal says")]
    pub(super) fn words(&self, lang: Lang) -> Cow<'static, str> {
        let (sv, en) = match self {
            Self::NotFound => (
                "Matrisen finns inte, eller så får du inte se den.",
                "There is no such rubric, or you may not see it.",
            ),
            Self::NoCollection => (
                "Hyllan finns inte, eller så får du inte se den.",
                "There is no such collection, or you may not see it.",
            ),
            Self::NotCurator => (
                "Den hyllan ordnas av andra: ett lags av kollegorna i laget så länge laget finns, hela huvudmannens av förstelärare och samordnare.",
                "Others order that shelf: a team's by its colleagues as long as there is the team, the whole organiser's by lead teachers and coordinators.",
            ),
            Self::CollectionFull => (
                "Hyllan är full: 200 matriser får plats. Ta bort någon, eller börja en ny hylla.",
                "The collection is full: it holds 200 rubrics. Take one out, or begin another collection.",
            ),
            Self::CollectionsMax => (
                "Det finns redan 50 hyllor. Ta bort en av dem först.",
                "There are 50 collections already. Delete one of them first.",
            ),
            Self::NotYours => (
                "Bara matrisens författare kan göra det här. Fråga någon av dem.",
                "Only the rubric's authors can do this. Ask one of them.",
            ),
            Self::NotHere => (
                "Du kan skapa matriser på enheter där du arbetar. Välj en av dem.",
                "You can make rubrics at units where you work. Choose one of those.",
            ),
            Self::NotAmong => (
                "Du kan dela och skriva med ett lag som du är med i, och dela där du är kollega. Välj någon av dem.",
                "You can share and write with a team that you belong to, and share where you are a colleague. Choose one of those.",
            ),
            Self::NotColleague => (
                "Bara den som arbetar hos huvudmannen kan göra det här. Be en kollega.",
                "Only those who work at the organiser can do this. Ask a colleague.",
            ),
            Self::NotReviewer => (
                "Någon annan ombads granska matrisen.",
                "Somebody else was asked to review the rubric.",
            ),
            Self::OwnReview => (
                "Man granskar inte sin egen matris. Be en kollega.",
                "Nobody reviews their own rubric. Ask a colleague.",
            ),
            Self::Invalid(_) => (
                "Något i matrisen behöver rättas först.",
                "Something in the rubric needs to be put right first.",
            ),
            Self::NoCriteria => (
                "Matrisen behöver minst ett kriterium.",
                "The rubric needs at least one criterion.",
            ),
            Self::NoGradingCriteria => (
                "För det ämnet och stadiet finns inga betygskriterier inlagda. Välj ett annat, eller börja från en mall.",
                "There are no grading criteria for this subject and stage. Choose another, or begin from a template.",
            ),
            Self::NotDraft => (
                "Det finns inget utkast att ändra. Börja en ny version, eller vänta in granskningen.",
                "There is no draft to change. Begin a new version, or wait for the review.",
            ),
            Self::NotInReview => (
                "Matrisen är inte på granskning.",
                "The rubric is not in review.",
            ),
            Self::NotPublished => (
                "Matrisen är inte publicerad än. Publicera den först.",
                "The rubric is not published yet. Publish it first.",
            ),
            Self::NotActive => (
                "Matrisen används inte längre. Återställ den, eller skapa en ny.",
                "The rubric is no longer in use. Restore it, or make a new one.",
            ),
            Self::NotRetired => (
                "Bara en matris som tagits ur bruk kan arkiveras. Ta den ur bruk först.",
                "Only a retired rubric can be archived. Retire it first.",
            ),
            Self::HasDraft => (
                "Matrisen har redan ett utkast. Fortsätt på det.",
                "The rubric has a draft already. Go on with that one.",
            ),
            Self::ReviewDemanded => (
                "Er huvudman vill att en kollega granskar matrisen innan alla ser den. Be någon granska den.",
                "Your organiser wants a colleague to review the rubric before everybody sees it. Ask somebody to review it.",
            ),
            Self::People => (
                "Namnge mellan 1 och 100 personer.",
                "Name between 1 and 100 people.",
            ),
            Self::NothingToRestore => (
                "Det finns inget att återställa.",
                "There is nothing to restore.",
            ),
            Self::TooLate => (
                "Det har gått mer än 30 dagar. Det går inte längre att återställa.",
                "More than 30 days have passed. It can no longer be restored.",
            ),
            Self::NotFork => (
                "Matrisen är ingen anpassad kopia av en annan.",
                "The rubric was not forked from another one.",
            ),
            Self::NothingToPropose => (
                "Originalet säger redan detsamma. Välj kriterier som du har ändrat.",
                "The origin says the same already. Choose criteria that you have changed.",
            ),
            Self::NeedsReason => (
                "Skriv varför du tackar nej, så att kollegan kan förstå.",
                "Write why you decline, so that your colleague can understand.",
            ),
            Self::PersonalNumber => (
                "Texten innehåller ett personnummer. Ta bort det.",
                "The text contains a personal number. Take it out.",
            ),
            Self::PeopleOnly => (
                "Samtalet om en matris förs av personer, inte av program.",
                "People talk about a rubric, programs do not.",
            ),
            Self::NotYourComment => (
                "Kommentaren är en kollegas. Den som skrev den kan ändra den; matrisens författare kan ta bort den eller markera samtalet som löst.",
                "The comment is a colleague's. Whoever wrote it can edit it; the rubric's authors can remove it or resolve its thread.",
            ),
            Self::NotYourSuggestion => (
                "Förslaget är en kollegas. Den som skrev det kan ta bort det, eller en förstelärare i laget.",
                "The suggestion is a colleague's. Whoever wrote it can remove it, or a lead teacher in the team.",
            ),
            Self::NoComment => (
                "Kommentaren finns inte, eller så får du inte se den.",
                "There is no such comment, or you may not see it.",
            ),
            Self::NoSuchPart => (
                "Kriteriet eller nivån finns inte i den version som det gäller. Läs matrisen på nytt.",
                "The version that it is about has no such criterion or level. Read the rubric anew.",
            ),
            Self::TooManyMentions => (
                "Nämn högst 20 personer i en kommentar.",
                "Mention at most 20 people in a comment.",
            ),
            Self::NotInTeam => (
                "Ett lags kommentarsbank är lagets egen. Välj ett lag som du är med i.",
                "A team's comment bank is its own. Choose a team that you belong to.",
            ),
            Self::NoLevel => (
                "Den versionen har ingen sådan nivå. Välj en nivå av ett kriterium som står i den.",
                "That version has no such level. Choose a level of a criterion that stands in it.",
            ),
            Self::NotAnonymised => (
                "Ta bort namn, ansikten och annat som visar vem eleven är, och bekräfta det.",
                "Take out names, faces and whatever else shows who the pupil is, and confirm it.",
            ),
            Self::Sample => (
                "Ett exempel är antingen en text eller en fil. Skicka en av dem.",
                "An exemplar is either a text or a file. Send one of them.",
            ),
            Self::FileNotFound => (
                "Filen finns inte, eller så hör den redan till något. Skicka den på nytt.",
                "There is no such file, or it belongs to something already. Send it anew.",
            ),
            Self::PreschoolImage => (
                "Till förskolans matriser läggs inga bilder, så att inga barn syns. Skriv en text, eller skicka en PDF.",
                "No pictures are added to a preschool's rubrics, so that no child is seen. Write a text, or send a PDF.",
            ),
            Self::ExemplarNotYours => (
                "Bara den som lade till exemplet, eller en av matrisens författare, kan ta bort det. Fråga någon av dem.",
                "Only who added the exemplar, or one of the rubric's authors, can remove it. Ask one of them.",
            ),
            Self::Own => (
                "Det är din egen matris. Tacka för en kollegas.",
                "It is your own rubric. Thank for a colleague's.",
            ),
            Self::NothingToUndo => (
                "Det finns ingen delning att ångra.",
                "There is no share to undo.",
            ),
            Self::UndoOver => (
                "Tiden för att ångra delningen är ute. Dela med en mindre krets i stället: det gäller genast.",
                "The time to undo the share has passed. Share it with a narrower circle instead: that takes effect at once.",
            ),
            Self::LastAuthor => (
                "En matris har minst en författare. Lägg till en kollega först.",
                "A rubric has at least one author. Add a colleague first.",
            ),
            Self::Authors => (
                "En matris har högst 30 författare. Lägg till ert lag i stället för var och en.",
                "A rubric has at most 30 authors. Add your team rather than each of you.",
            ),
            Self::AuthorUnfit => (
                "Bara den som arbetar hos huvudmannen, eller ett lag som inte har avslutats, kan bli författare. En gäst skriver med genom sitt lag.",
                "Only somebody who works at the organiser, or a team that has not ended, can become an author. A guest writes through their team.",
            ),
            Self::CatalogueOff => (
                "Er huvudman är inte med i den öppna katalogen. Dela matrisen inom organisationen i stället.",
                "Your organiser takes no part in the open catalogue. Share the rubric within the organisation instead.",
            ),
            Self::NotOpen => (
                "Matrisen har aldrig legat i den öppna katalogen.",
                "The rubric was never in the open catalogue.",
            ),
            Self::ShareAlike => (
                "Matrisen bygger på en som delas med CC BY-SA, så den behöver delas på samma villkor. Välj CC BY-SA.",
                "The rubric builds on one that is shared under CC BY-SA, so it has to be shared on the same terms. Choose CC BY-SA.",
            ),
            Self::WithoutName => (
                "Den här matrisen kan bara läggas i katalogen utan namn. Lämna namnet tomt.",
                "This rubric can be put in the catalogue only without a name. Leave the name empty.",
            ),
            Self::NotKeeper => (
                "Bara huvudmannens administratörer kan göra det här. Anmäl matrisen, så får de veta.",
                "Only the organiser's administrators can do this. Report the rubric, and they are told.",
            ),
            Self::NotPerson => (
                "Bara en person kan göra det här.",
                "Only a person can do this.",
            ),
            Self::NeedsWords => (
                "Skriv vad som är fel, så att någon kan göra något åt det.",
                "Write what is wrong, so that somebody can do something about it.",
            ),
            Self::TooManyReports => (
                "Du har anmält mycket det senaste dygnet. Vänta till i morgon, eller prata med en administratör.",
                "You have reported much in the last day. Wait until tomorrow, or talk to an administrator.",
            ),
            Self::Stale | Self::StaleParts { .. } => (
                "Någon annan hann spara före dig. Läs det som står nu och försök igen.",
                "Somebody else saved before you. Read what it says now and try again.",
            ),
            Self::Organisation(error) => return error.message(lang),
            Self::Store(error) => return error.message(lang),
        };
        Cow::Borrowed(lang.pick(sv, en))
    }
}
