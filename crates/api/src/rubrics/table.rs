//! A pasted table becomes a rubric.

use super::{
    content::{Criterion, RubricKind},
    import::{ImportMessage, told},
    object::Rubric,
};
use crate::{
    answer::{Payload, UserError, answer},
    effect::{effect, key, once},
    organisation::codes::Language,
    words::{Reading, Words},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use exchange::{How, Paste, Severity};
use kit::{RubricId, Text, Title};
use rubrics::Error;
use store::{Cx, Tx};

/// What was copied from a table in a word processor or a spreadsheet. Look first: unless `take` is true, nothing is made.
#[derive(Debug, Clone, InputObject)]
pub struct CreateRubricFromTableInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one rubric. Left out, the server makes one.
    pub id: Option<ID>,
    /// The unit where it is made; you are a colleague there.
    pub unit: ID,
    /// What the rubric is called, at most 200 characters. Left out, it is called what the table says: its caption, a text alone above the levels, or the
    /// first cell.
    pub title: Option<String>,
    /// The clipboard's `text/html`. Only the first table in it is taken.
    pub html: Option<String>,
    /// The clipboard's `text/plain`: tabs between cells, quotation marks around cells of several lines. Instead of `html`.
    pub text: Option<String>,
    /// The language that the table is written in.
    #[graphql(default_with = "Language::Sv")]
    pub language: Language,
    /// Whether points that stand in the table, such as `E (5 p)`, become points. Otherwise they stay as text.
    #[graphql(default)]
    pub points: bool,
    /// Whether to make a draft. Otherwise the answer shows what it would be.
    #[graphql(default)]
    pub take: bool,
}

/// What a table is as a rubric.
#[derive(SimpleObject)]
pub struct TablePreview {
    /// What it would be called.
    title: Words,
    /// Which form it would have.
    kind: RubricKind,
    /// Its criteria and their levels. Their ids are those of the draft only when the input has an `id`.
    criteria: Vec<Criterion>,
}

/// What a table says, and the draft that it became.
#[derive(SimpleObject)]
pub struct CreateRubricFromTablePayload {
    /// What the rubric says; `null` when there is an error in the table.
    preview: Option<TablePreview>,
    /// Whether there seem to be points in the table. `points` in the input takes them.
    has_points: bool,
    /// Errors and warnings by row and column of the table.
    messages: Vec<ImportMessage>,
    /// The draft, when it was made.
    rubric: Option<Rubric>,
    /// Why no draft was made; empty when it was, and when none was asked for.
    user_errors: Vec<UserError>,
}

impl Payload for CreateRubricFromTablePayload {
    type Object = Self;

    fn of(done: Option<Self>, user_errors: Vec<UserError>) -> Self {
        let done = done.unwrap_or(Self {
            preview: None,
            has_points: false,
            messages: Vec::new(),
            rubric: None,
            user_errors: Vec::new(),
        });
        Self {
            user_errors,
            ..done
        }
    }
}

/// The root of what is made of tables.
#[derive(Debug, Default)]
pub(crate) struct TableMutation;

#[Object]
impl TableMutation {
    /// Shows the rubric that a pasted table is: its first row says the levels, its first column the criteria. With `take`, makes a draft of it.
    async fn create_rubric_from_table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was copied, and the unit where the rubric is made.")]
        input: CreateRubricFromTableInput,
    ) -> Result<CreateRubricFromTablePayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let asked = asked(&mut reading, &input);
        let (table, title) = match reading.done(asked) {
            Ok(asked) => asked,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let how = How {
            lang: input.language.into(),
            points: input.points,
        };
        // Reading takes long for a large table: off the threads that serve others.
        let read = tokio::task::spawn_blocking(move || {
            let paste = match &table {
                Table::Html(html) => Paste::Html(html),
                Table::Text(text) => Paste::Text(text),
            };
            exchange::paste(paste, title.as_deref(), how)
        });
        let mut read = read.await?;
        let made = key(cx, input.id.as_ref())?;
        let id = RubricId(made.unwrap_or_else(|| cx.ids.random()));
        let found = read.rubrics.pop().and_then(|found| found.content);
        let content = found.map(|mut content| {
            exchange::identify(id, &mut content);
            content
        });
        let shown = CreateRubricFromTablePayload {
            preview: content.as_ref().map(preview),
            has_points: read.has_points()
                || content.as_ref().is_some_and(|content| content.head.points),
            messages: read
                .messages
                .iter()
                .map(|message| told(message, cx.lang))
                .collect(),
            rubric: None,
            user_errors: Vec::new(),
        };
        if !input.take {
            return Ok(shown);
        }
        let Some(content) = content else {
            let errors = refusals(cx, &read, &input);
            return Ok(Payload::of(Some(shown), errors));
        };
        let done = async {
            let unit = input.unit.parse().map_err(|_| Error::NotHere)?;
            let ask = rubrics::Create { id, unit, content };
            let once = once("createRubricFromTable", made, &input);
            effect(cx, once, async |tx: &Tx| rubrics::create(tx, &ask).await).await
        };
        match done.await {
            Ok(rubric) => Ok(CreateRubricFromTablePayload {
                rubric: Rubric::load(cx, rubric).await?,
                ..shown
            }),
            Err(fault) => answer(cx, Err(fault)),
        }
    }
}

enum Table {
    Html(String),
    Text(String),
}

fn asked(
    reading: &mut Reading,
    input: &CreateRubricFromTableInput,
) -> Option<(Table, Option<String>)> {
    let title = input
        .title
        .as_deref()
        .filter(|title| !title.trim().is_empty());
    let title: Option<Title> = match title {
        Some(title) => Some(reading.text("title", title)?),
        None => None,
    };
    let table = match (&input.html, &input.text) {
        (Some(html), None) => Table::Html(html.clone()),
        (None, Some(text)) => Table::Text(text.clone()),
        _ => {
            reading.wrong(
                "",
                "BAD_INPUT",
                "Skicka antingen `html` eller `text`.",
                "Send either `html` or `text`.",
            );
            return None;
        }
    };
    Some((table, title.map(Text::into_string)))
}

fn preview(content: &rubrics::Content) -> TablePreview {
    let criteria = content.criteria.iter();
    TablePreview {
        title: (&content.head.title).into(),
        kind: content.head.kind.into(),
        criteria: criteria
            .map(|criterion| Criterion::of(criterion, None))
            .collect(),
    }
}

/// The errors of the table as reasons why no draft was made.
fn refusals(
    cx: &Cx,
    read: &exchange::Reading,
    input: &CreateRubricFromTableInput,
) -> Vec<UserError> {
    let field = if input.html.is_some() { "html" } else { "text" };
    let errors = read.messages.iter();
    let errors = errors.filter(|message| message.severity() == Severity::Error);
    let refusal = |message: &exchange::Message| UserError {
        code: message.code().to_owned(),
        message: format!("{}: {}", message.place(cx.lang), message.text(cx.lang)),
        path: vec![field.to_owned()],
    };
    errors.map(refusal).collect()
}
