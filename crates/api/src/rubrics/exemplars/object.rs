//! An exemplar as the schema shows it.

use crate::{
    door::PublicUrl,
    loader::Loaders,
    organisation::person::Colleague,
    rubrics::{forks::origin::RubricUse, version::RubricVersion},
};
use async_graphql::{Context, Description, ID, Object, Result};
use chrono::NaiveDate;
use records::files::File;
use rubrics::{Exemplar, Sample};

/// An exemplar (exempel): an anonymous sample of work, with why it stands at its level. It holds its version.
#[derive(Debug, Clone, Description)]
pub struct RubricExemplar(pub Exemplar);

#[Object(use_type_description)]
impl RubricExemplar {
    /// Its id, with which `removeExemplar` takes it away.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The version that it was chosen for; newer ones do not move it.
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let loaders: &Loaders = ctx.data()?;
        Ok(loaders.version(self.0.version).await?.map(RubricVersion))
    }

    /// Which criterion (kriterium) it shows, by its id in the version.
    async fn criterion(&self) -> ID {
        self.0.criterion.to_string().into()
    }

    /// At which level (nivå) of the criterion, by its id in the version.
    async fn level(&self) -> ID {
        self.0.level.to_string().into()
    }

    /// Why it stands at this level, in Markdown.
    async fn why(&self) -> &str {
        &self.0.why
    }

    /// The work in words; nothing when it is a file.
    async fn text(&self) -> Option<&str> {
        match &self.0.sample {
            Sample::Text(text) => Some(text),
            Sample::File(_) => None,
        }
    }

    /// The work as a picture, a PDF or a text file; nothing when it is in words.
    async fn file(&self, ctx: &Context<'_>) -> Result<Option<ExemplarFile>> {
        match &self.0.sample {
            Sample::Text(_) => Ok(None),
            Sample::File(id) => {
                let file = ctx.data::<Loaders>()?.file(*id).await?;
                Ok(file.map(ExemplarFile))
            }
        }
    }

    /// Who added it.
    async fn added_by(&self, ctx: &Context<'_>) -> Result<Colleague> {
        Colleague::of(ctx, self.0.by).await
    }

    /// The day on which it was added.
    async fn added_on(&self) -> NaiveDate {
        organisation::today(self.0.created_at)
    }

    /// The use by which it holds its version, for whoever added it: `moveRubricUse` moves it to a newer version that still has its level.
    #[graphql(name = "use")]
    async fn held(&self, ctx: &Context<'_>) -> Result<Option<RubricUse>> {
        let held = ctx.data::<Loaders>()?.use_of_exemplar(self.0.id).await?;
        Ok(held.map(RubricUse))
    }
}

/// A file (fil) that hangs on an exemplar, stripped of everything that it does not show.
#[derive(Debug, Clone, Description)]
pub struct ExemplarFile(pub File);

#[Object(use_type_description)]
impl ExemplarFile {
    /// Its id, which stands at the end of its address.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is: `image/jpeg`, `image/png`, `application/pdf` or `text/plain`.
    async fn media_type(&self) -> &'static str {
        self.0.media.name()
    }

    /// How many bytes it has.
    async fn bytes(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// Where it is fetched, with the same bearer as here.
    async fn address(&self, ctx: &Context<'_>) -> Result<String> {
        let url: &PublicUrl = ctx.data()?;
        Ok(format!("{}/files/{}", url.0, self.0.id))
    }
}
