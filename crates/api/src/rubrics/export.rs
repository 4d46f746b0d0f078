//! Taking rubrics out in files.

use crate::{
    answer::{Payload, UserError, answer},
    organisation::codes::Language,
    words::Reading,
};
use async_graphql::{Context, Description, Enum, ID, InputObject, Object, Result, SimpleObject};
use base64::{Engine, engine::general_purpose::STANDARD};
use exchange::{EXPORT_BYTES_MAX, EXPORT_RUBRICS_MAX, File, Outgoing};
use kit::RubricId;
use store::Cx;

/// What a file is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "exchange::ExportFormat")]
pub enum ExportFormat {
    /// The rubric CSV of Canvas.
    CanvasCsv,
    /// A package of CASE 1.1 in JSON.
    CaseJson,
    /// A page to print: one A4 for each rubric of usual size.
    Html,
    /// Our own JSON, with everything that a rubric says.
    KollegiumJson,
    /// Markdown with a table for each rubric.
    Markdown,
    /// An Excel workbook with a sheet for each rubric.
    Xlsx,
}

/// Something of a rubric that a format has no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "exchange::Loss")]
pub enum ExportLossKind {
    /// Which form it has: it comes back as another.
    Kind,
    /// Texts in the other language.
    OtherLanguage,
    /// What the rubric is for.
    Description,
    /// Codes of subjects, years, school forms and key strategies.
    Codes,
    /// How much criteria weigh beside each other.
    Weights,
    /// What a preschool criterion looks at.
    About,
    /// Advice for those who assess.
    Guidance,
    /// Words for pupils.
    PupilWording,
    /// Feedback to start from.
    Feedback,
    /// Points that only some levels have, or none though points are switched on, or text that looks like points.
    Points,
    /// Points that a level begins with, where they are not those of the next level.
    PointRanges,
    /// A criterion without levels, or a rubric without criteria: it cannot be read back.
    NoLevels,
    /// Names of levels, where criteria have levels of different names or numbers.
    Labels,
    /// The name of a rubric that another one in the file has too: it gets a number.
    SameTitle,
    /// Several spaces in a row in a name become one.
    Spacing,
}

/// Takes rubrics out in a file.
#[derive(Debug, Clone, InputObject)]
pub struct ExportRubricsInput {
    /// Which ones, at most 100, in the order in which they stand in the file. Of each its published version or, before there is one, its draft.
    pub rubrics: Vec<ID>,
    /// What the file is to be.
    pub format: ExportFormat,
    /// The language of the texts where they are in both, for formats that have one.
    #[graphql(default_with = "Language::Sv")]
    pub language: Language,
    /// Whether to make the file although something of the rubrics has no place in it. Otherwise the answer lists the losses, and there is a file only when
    /// there are none.
    #[graphql(default)]
    pub accept_losses: bool,
}

/// What a file does not carry of a rubric.
#[derive(SimpleObject)]
pub struct ExportLoss {
    /// Of which rubric it is lost.
    rubric: ID,
    /// What is lost.
    kind: ExportLossKind,
}

/// A file with rubrics.
#[derive(Debug, Description)]
pub struct ExportedFile {
    file: File,
    is_binary: bool,
}

#[Object(use_type_description)]
impl ExportedFile {
    /// What it is called, with its ending.
    async fn name(&self) -> &str {
        &self.file.name
    }

    /// What kind of file it is, as the web names it: `text/csv; charset=utf-8`.
    async fn media_type(&self) -> &str {
        self.file.media_type
    }

    /// What is in it, when it is text.
    async fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.file.bytes).ok();
        text.filter(|_| !self.is_binary)
    }

    /// What is in it, in base64.
    async fn base64(&self) -> String {
        STANDARD.encode(&self.file.bytes)
    }
}

/// A file, and what it does not carry.
#[derive(SimpleObject)]
pub struct ExportRubricsPayload {
    /// The file; `null` while there are losses that were not accepted.
    file: Option<ExportedFile>,
    /// What has no place in the format, by rubric.
    losses: Vec<ExportLoss>,
    /// Why there is no file; empty when there is one, and when it waits for the losses to be accepted.
    user_errors: Vec<UserError>,
}

impl Payload for ExportRubricsPayload {
    type Object = (Option<ExportedFile>, Vec<ExportLoss>);

    fn of(done: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (file, losses) = done.unwrap_or_default();
        Self {
            file,
            losses,
            user_errors,
        }
    }
}

/// The root of what is taken out in files.
#[derive(Debug, Default)]
pub(crate) struct ExportMutation;

#[Object]
impl ExportMutation {
    /// Takes rubrics that you see out in a file, as text or base64. It changes nothing. What the format cannot carry is listed first.
    async fn export_rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubrics, and in which format.")] input: ExportRubricsInput,
    ) -> Result<ExportRubricsPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let rubrics = asked(cx, &mut reading, &input).await?;
        let rubrics = match reading.done(rubrics) {
            Ok(rubrics) => rubrics,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let (format, lang) = (input.format.into(), input.language.into());
        let losses = exchange::losses(&rubrics, format, lang);
        let losses: Vec<ExportLoss> = losses
            .into_iter()
            .map(|(rubric, loss)| ExportLoss {
                rubric: rubric.to_string().into(),
                kind: loss.into(),
            })
            .collect();
        if !losses.is_empty() && !input.accept_losses {
            return Ok(Payload::of(Some((None, losses)), Vec::new()));
        }
        // Writing takes long for many rubrics: off the threads that serve others.
        let file =
            tokio::task::spawn_blocking(move || exchange::file(&rubrics, format, lang)).await?;
        if file.bytes.len() > EXPORT_BYTES_MAX {
            let mut reading = Reading::default();
            reading.wrong(
                "rubrics",
                "EXPORT_TOO_BIG",
                "Filen blir för stor. Ta ut färre matriser åt gången.",
                "The file becomes too big. Take out fewer rubrics at a time.",
            );
            return answer(cx, reading.done(None));
        }
        let file = ExportedFile {
            file,
            is_binary: format.is_binary(),
        };
        Ok(Payload::of(Some((Some(file), losses)), Vec::new()))
    }
}

/// The rubrics that are asked for, as far as the actor sees them; what is wrong with the others is noted.
async fn asked(
    cx: &Cx,
    reading: &mut Reading,
    input: &ExportRubricsInput,
) -> Result<Option<Vec<Outgoing>>> {
    if !(1..=EXPORT_RUBRICS_MAX).contains(&input.rubrics.len()) {
        reading.wrong(
            "rubrics",
            "BAD_INPUT",
            "Välj mellan 1 och 100 matriser.",
            "Choose between 1 and 100 rubrics.",
        );
        return Ok(None);
    }
    let ids: Vec<Option<RubricId>> = input.rubrics.iter().map(|id| id.parse().ok()).collect();
    let known: Vec<RubricId> = ids.iter().flatten().copied().collect();
    let found = exchange::outgoing(cx, &known).await;
    let found = found.map_err(|fault| crate::answer::error(cx, &fault))?;
    for (at, id) in ids.iter().enumerate() {
        let is_there = id.is_some_and(|id| found.iter().any(|rubric| rubric.id == id));
        if !is_there {
            reading.wrong(
                &format!("rubrics.{at}"),
                "NOT_FOUND",
                "Det finns ingen sådan matris.",
                "There is no such rubric.",
            );
        }
    }
    Ok(Some(found))
}
