//! The lists that are in use: those that ship with Kollegium, and in their place those that were imported.

use crate::{
    Code, Criteria, Entry, Goal, List, ListKind, SchoolForm, SchoolFormEntry, Stage, Subject, Year,
    YearEntry, document::Document, sql,
};
use chrono::NaiveDate;
use quick_cache::sync::Cache;
use std::sync::{Arc, LazyLock};
use store::Cx;

/// Every list, as it is in use.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Betygskriterier.
    pub criteria: Arc<List<Criteria>>,
    /// Målområden.
    pub goals: Arc<List<Goal>>,
    /// Skolformer.
    pub school_forms: Arc<List<SchoolFormEntry>>,
    /// Stadier.
    pub stages: Arc<List<Stage>>,
    /// Ämnen.
    pub subjects: Arc<List<Subject>>,
    /// Årskurser.
    pub years: Arc<List<YearEntry>>,
}

static BUNDLED: LazyLock<Reference> = LazyLock::new(|| {
    macro_rules! bundled {
        ($kind:ident) => {
            Arc::new(
                serde_json::from_str(ListKind::$kind.bundled())
                    .expect("a test reads every list that ships with Kollegium"),
            )
        };
    }
    Reference {
        criteria: bundled!(Criteria),
        goals: bundled!(Goals),
        school_forms: bundled!(SchoolForms),
        stages: bundled!(Stages),
        subjects: bundled!(Subjects),
        years: bundled!(Years),
    }
});

/// Imported lists by their hash: parsed once.
static PARSED: LazyLock<Cache<String, Document>> = LazyLock::new(|| Cache::new(64));

/// The lists as they are in use. One small statement, and one more when a list was imported that this process has not read yet.
///
/// # Errors
///
/// Those of the database; `Unreadable` for a list that a newer release imported.
pub async fn reference(cx: &Cx) -> Result<Reference, store::Error> {
    let hashes = sql::hashes(cx).await?;
    let mut known = hashes.iter().map(|hash| PARSED.get(hash));
    let documents = match known.by_ref().collect::<Option<Vec<_>>>() {
        Some(documents) => documents,
        None => read(cx).await?,
    };
    Ok(documents.into_iter().fold(BUNDLED.clone(), Reference::with))
}

async fn read(cx: &Cx) -> Result<Vec<Document>, store::Error> {
    let rows = sql::documents(cx).await?;
    let documents = rows.into_iter().map(|(hash, text)| {
        let document = Document::read(&text)?;
        PARSED.insert(hash, document.clone());
        Ok(document)
    });
    documents.collect()
}

impl Reference {
    fn with(mut self, document: Document) -> Self {
        match document {
            Document::Criteria(list) => self.criteria = list,
            Document::Goals(list) => self.goals = list,
            Document::SchoolForms(list) => self.school_forms = list,
            Document::Stages(list) => self.stages = list,
            Document::Subjects(list) => self.subjects = list,
            Document::Years(list) => self.years = list,
        }
        self
    }

    /// The grading criteria of a subject at the end of a stage, as they hold on `day`.
    #[must_use]
    pub fn criteria_of(
        &self,
        subject: &str,
        form: SchoolForm,
        stage: &str,
        day: NaiveDate,
    ) -> Option<&Criteria> {
        self.criteria.on(day).find(|criteria| {
            criteria.subject == subject && criteria.school_form == form && criteria.stage == stage
        })
    }

    /// The subject with this code: as it is on `day`, or else as it last was.
    #[must_use]
    pub fn subject(&self, code: &str, day: NaiveDate) -> Option<&Subject> {
        at(&self.subjects, code, day)
    }

    /// The stage with this code: as it is on `day`, or else as it last was.
    #[must_use]
    pub fn stage(&self, code: &str, day: NaiveDate) -> Option<&Stage> {
        at(&self.stages, code, day)
    }

    /// What this year is called: as it is on `day`, or else as it last was.
    #[must_use]
    pub fn year(&self, year: Year, day: NaiveDate) -> Option<&YearEntry> {
        at(&self.years, year.code(), day)
    }
}

fn at<'a, E: Entry>(list: &'a List<E>, key: &str, day: NaiveDate) -> Option<&'a E> {
    let is_it = |entry: &&E| entry.key() == key;
    list.on(day)
        .find(is_it)
        .or_else(|| list.entries.iter().rev().find(is_it))
}
