//! An item of the open catalogue, as the schema shows it.

use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
    organisation::object::int,
    rubrics::content::{Criterion, RubricKind},
    words::Words,
};
use async_graphql::{Context, Description, Enum, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use store::Cx;

/// What others may do with an open rubric. Both licences ask for the credit line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Licence", name = "Licence")]
pub enum Licence {
    /// Creative Commons Erkännande 4.0: use it and change it, and say whose it is.
    CcBy,
    /// Creative Commons Erkännande-DelaLika 4.0: the same, and what builds on it is shared on the same terms.
    CcBySa,
}

/// What is wrong with what is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::ReportReason", name = "ReportReason")]
pub enum ReportReason {
    /// Kränkande: it offends or harasses somebody.
    Abusive,
    /// Upphovsrätt: it belongs to somebody else, who did not agree.
    Copyright,
    /// Vilseledande: it misleads, or is no rubric at all.
    Misleading,
    /// Personuppgifter: it tells of a certain person.
    PersonalData,
    /// Annat: something else; the words say what.
    Other,
}

/// Whose work something is. It stays with every copy, whatever becomes of the item; a name whose owner's identity is protected goes out of it.
#[derive(Debug, Clone, Description)]
pub struct OpenCredit(pub rubrics::OpenCredit);

#[Object(use_type_description)]
impl OpenCredit {
    /// The whole line, to be shown beside the work: the name, the organiser and the licence.
    async fn line(&self) -> String {
        self.0.to_string()
    }

    /// What the work was called.
    async fn title(&self) -> Words {
        (&self.0.title).into()
    }

    /// The name that its author chose; nothing when they chose none.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// What its organiser (huvudman) was called.
    async fn organiser_name(&self) -> &str {
        &self.0.organiser
    }

    /// What others may do with it.
    async fn licence(&self) -> Licence {
        self.0.licence.into()
    }

    /// The address of the licence's own text.
    async fn licence_address(&self) -> &str {
        self.0.licence.address()
    }
}

/// A rubric in the open catalogue (öppna katalogen): a copy that colleagues at every organiser read and build on, with its licence and credit line.
#[derive(Debug, Clone, Description)]
pub struct OpenRubric(pub rubrics::OpenRubric);

#[Object(use_type_description)]
impl OpenRubric {
    /// Its id, which stays the same through all its versions: `forkRubric` takes it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Which of its versions it shows: 1 is the first that was put in.
    async fn number(&self) -> i32 {
        int(self.0.number)
    }

    /// What it is called.
    async fn title(&self) -> Words {
        (&self.0.content.head.title).into()
    }

    /// What it is for.
    async fn description(&self) -> Option<Words> {
        self.0.content.head.description.as_ref().map(Into::into)
    }

    /// Which form it has.
    async fn kind(&self) -> RubricKind {
        self.0.content.head.kind.into()
    }

    /// Codes of the subjects (ämnen) that it or one of its criteria is about.
    async fn subjects(&self) -> Vec<String> {
        codes(self.0.content.subjects())
    }

    /// Codes of the years (årskurser) that it or one of its criteria is meant for.
    async fn years(&self) -> Vec<String> {
        codes(self.0.content.years())
    }

    /// Codes of the school forms (skolformer) that it is meant for.
    async fn school_forms(&self) -> Vec<String> {
        codes(&self.0.content.head.school_forms)
    }

    /// Codes of the key strategies (nyckelstrategier) that it or one of its criteria serves.
    async fn strategies(&self) -> Vec<String> {
        codes(self.0.content.strategies())
    }

    /// Whether its levels carry points.
    async fn has_points(&self) -> bool {
        self.0.content.head.points
    }

    /// What is looked at, in order; at most 50. Guidance for assessors is there: the catalogue is for teachers.
    async fn criteria(&self) -> Vec<Criterion> {
        let criteria = self.0.content.criteria.iter();
        criteria.map(|one| Criterion::of(one, None)).collect()
    }

    /// What its words are recognised by (SHA-256, hexadecimal).
    async fn content_hash(&self) -> &str {
        &self.0.content_hash
    }

    /// What others may do with it.
    async fn licence(&self) -> Licence {
        self.0.credit.licence.into()
    }

    /// Whose work it is.
    async fn credit(&self) -> OpenCredit {
        OpenCredit(self.0.credit.clone())
    }

    /// The open works that it builds on, the nearest first; at most 20.
    async fn builds_on(&self) -> Vec<OpenCredit> {
        self.0.builds_on.iter().cloned().map(OpenCredit).collect()
    }

    /// How many copies were made of it, by colleagues anywhere. It says nothing of who.
    async fn copy_count(&self) -> i32 {
        int(self.0.copies)
    }

    /// The day on which its first version was put in the catalogue.
    async fn first_published_on(&self) -> NaiveDate {
        self.0.first_at.date_naive()
    }

    /// The day on which the version that it shows was put in the catalogue.
    async fn published_on(&self) -> NaiveDate {
        self.0.published_at.date_naive()
    }

    /// That it is hidden, for administrators who can show it again; nothing when it is shown.
    async fn hidden(&self) -> Option<OpenRubricHiding> {
        self.0.hidden.as_ref().map(|hidden| OpenRubricHiding {
            for_everybody: hidden.for_everybody,
            reason: hidden.reason.clone(),
        })
    }

    /// What was reported of it, the newest first, for administrators of the whole organiser. It does not say by whom.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connected<ContentReport>>> {
        let cx: &Cx = ctx.data()?;
        if !rubrics::keeps_catalogue(&cx.actor) {
            return Ok(None);
        }
        let list = format!("reports:{}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let found = ctx.data::<Loaders>()?.reports(self.0.id, &page).await?;
        connected(ctx, &list, &page, found, Into::into).map(Some)
    }

    /// What you may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<OpenRubricAbilities> {
        let cx: &Cx = ctx.data()?;
        let can = rubrics::open_abilities(&cx.actor, &self.0);
        Ok(OpenRubricAbilities {
            fork: can.fork,
            report: can.report,
            hide: can.hide,
        })
    }
}

fn codes<'a>(codes: impl IntoIterator<Item = &'a rubrics::Code>) -> Vec<String> {
    codes.into_iter().map(ToString::to_string).collect()
}

/// That an open rubric is hidden.
#[derive(Debug, Clone, SimpleObject)]
pub struct OpenRubricHiding {
    /// Whether nobody sees it; otherwise only the people of your own organiser do not.
    for_everybody: bool,
    /// Why it was hidden.
    reason: String,
}

/// What somebody reported (anmälan). It does not say who.
#[derive(Debug, Clone, SimpleObject)]
pub struct ContentReport {
    /// Its own id.
    id: ID,
    /// What is wrong.
    reason: ReportReason,
    /// The same in words.
    words: Option<String>,
    /// The day on which it came.
    reported_on: NaiveDate,
}

impl From<rubrics::Report> for ContentReport {
    fn from(report: rubrics::Report) -> Self {
        Self {
            id: report.id.to_string().into(),
            reason: report.reason.into(),
            words: report.words,
            reported_on: report.at.date_naive(),
        }
    }
}

/// What the reader may do with an open rubric.
#[derive(Debug, Clone, SimpleObject)]
pub struct OpenRubricAbilities {
    /// Make a copy of your own.
    fork: bool,
    /// Report that it should not be shown as it is.
    report: bool,
    /// Hide it, or show it again.
    hide: bool,
}
