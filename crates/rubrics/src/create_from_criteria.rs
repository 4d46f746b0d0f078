//! A rubric is begun from the grading criteria of a subject.

use crate::{Code, Content, Create, Criterion, Error, Head, Level, Rubric, RubricKind, create};
use chrono::NaiveDate;
use curriculum::{Aspect, Criteria, Reference, SchoolForm, Source};
use kit::{Bilingual, Body, Lang, RubricId, Title, UnitId};
use store::{Ids, Tx};

/// Begin a rubric from grading criteria (betygskriterier).
#[derive(Debug, Clone)]
pub struct CreateFromCriteria {
    /// Made by the client, at random.
    pub id: RubricId,
    /// Where it is made; the actor is a colleague there.
    pub unit: UnitId,
    /// The code of the subject.
    pub subject: String,
    /// The school form.
    pub school_form: SchoolForm,
    /// The code of the stage.
    pub stage: String,
}

/// Begins a rubric as a draft that its author alone sees: a criterion for each aspect of the criteria that hold today, with E, C and A.
///
/// # Errors
///
/// [`Error::NoGradingCriteria`] where there are none, and those of [`create`].
pub async fn create_from_criteria(tx: &Tx, ask: &CreateFromCriteria) -> Result<Rubric, Error> {
    let reference = curriculum::reference(tx).await?;
    let today = tx.now.date_naive();
    let content = reference
        .criteria_of(&ask.subject, ask.school_form, &ask.stage, today)
        .and_then(|criteria| content(&tx.ids, &reference, criteria, today))
        .ok_or(Error::NoGradingCriteria)?;
    let ask = Create {
        id: ask.id,
        unit: ask.unit,
        content,
    };
    create(tx, &ask).await
}

/// The criteria as a rubric; nothing when no list says what their subject or year is called.
fn content(
    ids: &Ids,
    reference: &Reference,
    criteria: &Criteria,
    day: NaiveDate,
) -> Option<Content> {
    let subject = &reference.subject(&criteria.subject, day)?.name;
    let year = &reference.year(criteria.year, day)?.name;
    let source = reference.criteria.source_of(criteria);
    let code = |text: &str| Code::parse(text).into_iter().collect::<Vec<_>>();
    Some(Content {
        head: Head {
            kind: RubricKind::Analytic,
            title: in_both(|lang| title(subject, year, lang)),
            description: Some(in_both(|lang| description(source, year, lang))),
            subjects: code(&criteria.subject),
            years: code(&criteria.year.to_string()),
            school_forms: code(&criteria.school_form.to_string()),
            strategies: Vec::new(),
            points: false,
        },
        criteria: criteria
            .aspects
            .iter()
            .map(|aspect| criterion(ids, aspect))
            .collect(),
    })
}

fn in_both<T>(text: impl Fn(Lang) -> T) -> Bilingual<T> {
    Bilingual::of(Some(text(Lang::Sv)), Some(text(Lang::En))).expect("both are there")
}

/// *Engelska, årskurs 6*; the subject alone where the two together are too long.
fn title(subject: &Bilingual<Title>, year: &Bilingual<Title>, lang: Lang) -> Title {
    let subject = subject.read(lang);
    let whole = format!("{subject}, {}", year.read(lang).to_lowercase());
    Title::parse(&whole).unwrap_or_else(|_| subject.clone())
}

/// Where the words come from, and whether anybody compared them with it.
fn description(source: &Source, year: &Bilingual<Title>, lang: Lang) -> Body {
    let (year, from) = (year.read(lang).to_lowercase(), source.title.read(lang));
    let day = source.date;
    let mut text = lang.pick(
        format!("Ur betygskriterierna för slutet av {year}. Källa: {from}, {day}."),
        format!("From the grading criteria for the end of {year}. Source: {from}, {day}."),
    );
    if !source.verified {
        text.push_str(lang.pick(
            "\n\nObs: texten är ett exempel och har inte jämförts med källan. Läs den gällande texten innan ni använder matrisen.",
            "\n\nNote: the text is a sample and was not compared with its source. Read the text in force before you use the rubric.",
        ));
    }
    Body::parse(&text).expect("two titles and a few sentences fit, and have no control characters")
}

fn criterion(ids: &Ids, aspect: &Aspect) -> Criterion {
    let levels = aspect.levels.iter().map(|level| Level {
        id: ids.random().into(),
        label: in_both(|_| {
            Title::parse(&level.grade.to_string()).expect("a grade is a single letter")
        }),
        descriptor: Some(level.text.clone()),
        pupil_wording: None,
        points: None,
        suggested_feedback: None,
    });
    Criterion {
        id: ids.random().into(),
        title: aspect.title.clone(),
        description: None,
        weight: 1,
        guidance: None,
        pupil_wording: None,
        about: None,
        subjects: Vec::new(),
        years: Vec::new(),
        strategies: Vec::new(),
        levels: levels.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Publish, find_version, publish,
        world::{admin, anna, bo, code, school, seen, write},
    };
    use curriculum::ListKind;
    use kit::{Fault, Kind};
    use store::Once;
    use testkit::{TestDb, id, on_both};

    fn ask(number: u128) -> CreateFromCriteria {
        CreateFromCriteria {
            id: id(number),
            unit: school(),
            subject: "EN".to_owned(),
            school_form: SchoolForm::CompulsorySchool,
            stage: "MELLANSTADIET".to_owned(),
        }
    }

    async fn made(db: &TestDb, ask: &CreateFromCriteria) -> Result<(Rubric, Content), Error> {
        let made = write(db, anna(), async |tx: &Tx| {
            create_from_criteria(tx, ask).await
        })
        .await?;
        let draft = made.draft.expect("a new rubric has a draft").version;
        let draft = find_version(&db.cx(anna()), draft).await?;
        Ok((made, (*draft.content).clone()))
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_draft_has_the_words_for_e_c_and_a_and_can_be_published() {
        on_both(async |db| {
            let (rubric, content) = made(db, &ask(11)).await.unwrap();
            let head = &content.head;
            assert_eq!(head.title.read(Lang::Sv).as_str(), "Engelska, årskurs 6");
            assert_eq!(head.title.read(Lang::En).as_str(), "English, year 6");
            let codes = [&head.subjects, &head.years, &head.school_forms];
            let codes: Vec<_> = codes.into_iter().flatten().map(Code::as_str).collect();
            assert_eq!(codes, ["EN", "6", "GRUNDSKOLA"]);
            assert!(!head.points);
            let said = head.description.as_ref().unwrap().read(Lang::Sv).as_str();
            assert!(
                said.contains("2022-07-01") && said.contains("exempel"),
                "{said}"
            );
            assert_eq!(content.criteria.len(), 4);
            for criterion in &content.criteria {
                let labels = criterion
                    .levels
                    .iter()
                    .map(|level| level.label.read(Lang::Sv));
                assert_eq!(
                    labels.map(kit::Text::as_str).collect::<Vec<_>>(),
                    ["E", "C", "A"]
                );
                assert!(
                    criterion
                        .levels
                        .iter()
                        .all(|level| level.descriptor.is_some())
                );
            }
            assert!(!seen(db, bo(), rubric.id).await, "a draft is its author's");

            let ask = Publish {
                rubric: rubric.id,
                version: rubric.version,
                review_demanded: false,
                preschool: false,
            };
            let published = write(db, anna(), async |tx: &Tx| publish(tx, &ask).await).await;
            assert!(published.unwrap().current.is_some(), "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_same_ask_makes_one_rubric_also_after_the_list_changed() {
        on_both(async |db| {
            let once = Once {
                key: id(11),
                operation: "createRubricFromCriteria",
                ask: "the same".to_owned(),
            };
            let send = async || {
                store::write_once(&db.cx(anna()), &once, async |tx: &Tx| {
                    create_from_criteria(tx, &ask(11)).await
                })
                .await
            };
            let first = send().await.unwrap();
            let mut list: serde_json::Value =
                serde_json::from_str(ListKind::Criteria.bundled()).unwrap();
            list["entries"].as_array_mut().unwrap().truncate(1);
            let list = curriculum::Import::read(list.to_string().as_bytes()).unwrap();
            store::write(&db.cx(anna()), async |tx: &Tx| {
                curriculum::import(tx, &list).await
            })
            .await
            .unwrap();
            assert_eq!(send().await.unwrap(), first, "{}", db.kind());
            assert_eq!(code(made(db, &ask(12)).await), "RUBRIC_NO_GRADING_CRITERIA");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals_store_nothing() {
        type Spoil = fn(&mut CreateFromCriteria);
        let cases: &[(Spoil, &str)] = &[
            (
                |ask| ask.subject = "BL".to_owned(),
                "RUBRIC_NO_GRADING_CRITERIA",
            ),
            (
                |ask| ask.subject = "no code".to_owned(),
                "RUBRIC_NO_GRADING_CRITERIA",
            ),
            (
                |ask| ask.stage = "LAGSTADIET".to_owned(),
                "RUBRIC_NO_GRADING_CRITERIA",
            ),
            (
                |ask| ask.school_form = SchoolForm::AdaptedCompulsorySchool,
                "RUBRIC_NO_GRADING_CRITERIA",
            ),
            (|ask| ask.unit = id(99), "RUBRIC_NOT_HERE"),
        ];
        on_both(async |db| {
            for (spoil, expected) in cases {
                let mut ask = ask(11);
                spoil(&mut ask);
                assert_eq!(code(made(db, &ask).await), *expected, "{}", db.kind());
                assert!(!seen(db, anna(), ask.id).await);
            }
            let refused = write(db, admin(), async |tx: &Tx| {
                create_from_criteria(tx, &ask(11)).await
            });
            assert_eq!(refused.await.unwrap_err().kind(), Kind::Denied);
        })
        .await;
    }
}
