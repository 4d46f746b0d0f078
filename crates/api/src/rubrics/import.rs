//! Bringing rubrics in from files.

use super::object::Rubric;
use crate::{
    answer::{Payload, UserError, answer},
    organisation::codes::Language,
    words::Reading,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use base64::{Engine, engine::general_purpose::STANDARD};
use exchange::{How, Message, Outcome, Severity};
use kit::{Fault, Kind, Lang};
use rubrics::Error;
use store::{Cx, Tx, write};

/// Brings rubrics in from a file. Look first: unless `take` is true, nothing is made.
#[derive(Debug, InputObject)]
pub struct ImportRubricsInput {
    /// The unit where they are made; you are a colleague there.
    pub unit: ID,
    /// What the file is.
    #[graphql(default_with = "ImportFormat::CanvasCsv")]
    pub format: ImportFormat,
    /// The file's text, where it is one.
    pub text: Option<String>,
    /// The file's bytes in base64, in any of the usual encodings. Instead of `text`.
    pub base64: Option<String>,
    /// The language that the file is written in, where it does not say so itself.
    #[graphql(default_with = "Language::Sv")]
    pub language: Language,
    /// For tables (`XLSX`, `DOCX`): whether points that stand in them, such as `E (5 p)`, become points. Otherwise they stay as text.
    #[graphql(default)]
    pub points: bool,
    /// Whether to make drafts of the sound rubrics. Otherwise the answer says what would become of each.
    #[graphql(default)]
    pub take: bool,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "exchange::ImportFormat")]
pub enum ImportFormat {
    /// The rubric CSV of Canvas, with commas, semicolons or tabs.
    CanvasCsv,
    /// A package of CASE 1.1 in JSON.
    CaseJson,
    /// A Word document: every table with levels and criteria is a rubric, called by the paragraph above it.
    Docx,
    /// Our own JSON, with everything that a rubric says.
    KollegiumJson,
    /// The `grading.xml` of a Moodle backup.
    MoodleXml,
    /// The XML of an Open Response Assessment of Open edX.
    OraXml,
    /// An Excel workbook: every sheet is a table.
    Xlsx,
}

/// What becomes of one rubric of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImportOutcome {
    /// It would become a draft.
    New,
    /// It is a draft now.
    Made,
    /// You brought it in before; it stays as it is.
    Present,
    /// There are errors in it; it is not taken.
    Unsound,
}

/// One rubric of a file.
#[derive(SimpleObject)]
pub struct ImportedRubric {
    /// What it is called in the file.
    name: String,
    /// The row where it begins, counted as a spreadsheet counts, or the line; 1 where a file has no rows.
    row: u32,
    /// The part of the file where it stands, where rows do not say it: a JSON pointer, an XML path, the sheet of a workbook or the table of a document.
    pointer: Option<String>,
    /// How many criteria it has.
    criteria: usize,
    /// What becomes of it.
    outcome: ImportOutcome,
    /// The draft, when it was made.
    rubric: Option<Rubric>,
}

/// How serious a message about a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImportSeverity {
    /// The rubric at that place is not taken.
    Error,
    /// It is taken, but look at it.
    Warning,
}

/// What there is to tell about a file.
#[derive(Debug, SimpleObject)]
pub struct ImportMessage {
    /// How serious it is.
    severity: ImportSeverity,
    /// A stable code, in capitals.
    code: String,
    /// What was found and what to do, in your language.
    message: String,
    /// The row, counted as a spreadsheet counts, or the line; the first is 1, and so it is where a file has no rows.
    row: u32,
    /// The column's letters, such as `G`, when it is about one cell.
    column: Option<String>,
    /// The part of the file, where rows do not say it: a JSON pointer, an XML path, the sheet of a workbook or the table of a document.
    pointer: Option<String>,
}

/// What a file says, and what became of it.
#[derive(SimpleObject)]
pub struct ImportRubricsPayload {
    /// The rubrics of the file, in its order.
    rubrics: Vec<ImportedRubric>,
    /// Errors and warnings by row and column; at most 500 of each.
    messages: Vec<ImportMessage>,
    /// Why nothing was made; empty when the file could be read.
    user_errors: Vec<UserError>,
}

impl Payload for ImportRubricsPayload {
    type Object = (Vec<ImportedRubric>, Vec<ImportMessage>);

    fn of(done: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (rubrics, messages) = done.unwrap_or_default();
        Self {
            rubrics,
            messages,
            user_errors,
        }
    }
}

/// The root of what is brought in from files.
#[derive(Debug, Default)]
pub(crate) struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Reads a file with rubrics and says what would become of them; with `take`, makes drafts of the sound ones. The same file twice changes nothing.
    async fn import_rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and the unit where its rubrics are made.")]
        input: ImportRubricsInput,
    ) -> Result<ImportRubricsPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let bytes = bytes(&mut reading, &input);
        let bytes = match reading.done(bytes) {
            Ok(bytes) => bytes,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let lang: Lang = input.language.into();
        // Reading takes long for a large file: outside the transaction, and off the threads that serve others.
        let (format, points) = (input.format.into(), input.points);
        let read = move || exchange::read(format, &bytes, How { lang, points });
        let reading = tokio::task::spawn_blocking(read).await?;
        let done = async {
            let unit = input.unit.parse().map_err(|_| Error::NotHere)?;
            let ask = exchange::Import { unit, reading };
            let messages = ask
                .messages()
                .iter()
                .map(|message| told(message, cx.lang))
                .collect();
            let take = async || write(cx, async |tx: &Tx| exchange::import(tx, &ask).await).await;
            let imported = if input.take {
                match take().await {
                    // The same file came in at the same moment: now its rubrics are there.
                    Err(fault) if fault.kind() == Kind::Taken => take().await?,
                    done => done?,
                }
            } else {
                exchange::preview(cx, &ask).await?
            };
            Ok::<_, Error>((imported, messages))
        };
        match done.await {
            Ok((imported, messages)) => Ok(ImportRubricsPayload::of(
                Some((objects(cx, imported).await?, messages)),
                Vec::new(),
            )),
            Err(fault) => answer(cx, Err(fault)),
        }
    }
}

fn bytes(reading: &mut Reading, input: &ImportRubricsInput) -> Option<Vec<u8>> {
    match (&input.text, &input.base64) {
        (Some(text), None) => Some(text.clone().into_bytes()),
        (None, Some(base64)) => {
            let bytes = STANDARD.decode(base64.trim()).ok();
            if bytes.is_none() {
                reading.wrong(
                    "base64",
                    "BAD_INPUT",
                    "Det är inte base64.",
                    "This is not base64.",
                );
            }
            bytes
        }
        _ => {
            reading.wrong(
                "",
                "BAD_INPUT",
                "Skicka antingen `text` eller `base64`.",
                "Send either `text` or `base64`.",
            );
            None
        }
    }
}

async fn objects(cx: &Cx, imported: Vec<exchange::Imported>) -> Result<Vec<ImportedRubric>> {
    let made = imported.iter().filter_map(|rubric| match &rubric.outcome {
        Outcome::Made(made) => Some((**made).clone()),
        Outcome::New | Outcome::Present | Outcome::Unsound => None,
    });
    let mut drafts: std::collections::HashMap<_, _> = Rubric::load_all(cx, made.collect())
        .await?
        .into_iter()
        .map(|draft| (draft.rubric.id, draft))
        .collect();
    let object = |rubric: exchange::Imported| {
        let (outcome, made) = match rubric.outcome {
            Outcome::New => (ImportOutcome::New, None),
            Outcome::Made(made) => (ImportOutcome::Made, drafts.remove(&made.id)),
            Outcome::Present => (ImportOutcome::Present, None),
            Outcome::Unsound => (ImportOutcome::Unsound, None),
        };
        ImportedRubric {
            name: rubric.name,
            row: rubric.row,
            pointer: rubric.pointer,
            criteria: rubric.criteria,
            outcome,
            rubric: made,
        }
    };
    Ok(imported.into_iter().map(object).collect())
}

pub(super) fn told(message: &Message, lang: Lang) -> ImportMessage {
    ImportMessage {
        severity: match message.severity() {
            Severity::Error => ImportSeverity::Error,
            Severity::Warning => ImportSeverity::Warning,
        },
        code: message.code().to_owned(),
        message: message.text(lang),
        row: message.row,
        column: message.letters(),
        pointer: message.pointer.clone(),
    }
}
