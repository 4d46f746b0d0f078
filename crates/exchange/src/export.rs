//! Rubrics go out in a file: what the format cannot carry is known before.

use crate::{ExportFormat, Loss, canvas, case, markdown, own, sheet, workbook};
use kit::{Instant, Lang, RubricId};
use rubrics::{Content, Error};
use std::{collections::HashMap, sync::Arc};
use store::Cx;

/// The most rubrics that go out in one file.
pub const EXPORT_RUBRICS_MAX: usize = 100;
/// The most bytes of a file that goes out.
pub const EXPORT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A rubric on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// Its id.
    pub id: RubricId,
    /// What its current version says or, where none was published yet, its draft.
    pub content: Arc<Content>,
    /// When it changed last.
    pub changed_at: Instant,
}

/// A file with rubrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called, with its ending; ASCII.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it; UTF-8 unless the format [is binary](ExportFormat::is_binary).
    pub bytes: Vec<u8>,
}

/// Those of these rubrics that the actor may see, in this order: three statements, however many there are.
///
/// # Errors
///
/// Those of the database.
pub async fn outgoing(cx: &Cx, ids: &[RubricId]) -> Result<Vec<Outgoing>, Error> {
    let found = rubrics::by_ids(cx, ids).await?;
    let shown: Vec<_> = found.iter().filter_map(rubrics::Rubric::shown).collect();
    let versions = rubrics::versions_by_ids(cx, &shown).await?;
    let versions: HashMap<_, _> = versions
        .into_iter()
        .map(|version| (version.id, version))
        .collect();
    let found: HashMap<_, _> = found
        .into_iter()
        .map(|rubric| (rubric.id, rubric))
        .collect();
    let outgoing = ids.iter().filter_map(|id| {
        let rubric = found.get(id)?;
        let version = versions.get(&rubric.shown()?)?;
        Some(Outgoing {
            id: *id,
            content: version.content.clone(),
            changed_at: rubric.updated_at,
        })
    });
    Ok(outgoing.collect())
}

/// What a file of these rubrics would not carry, by rubric.
#[must_use]
pub fn losses(rubrics: &[Outgoing], format: ExportFormat, lang: Lang) -> Vec<(RubricId, Loss)> {
    let contents: Vec<&Content> = rubrics.iter().map(|rubric| &*rubric.content).collect();
    let losses = crate::losses::of(&contents, format, lang);
    let each = rubrics.iter().zip(losses);
    each.flat_map(|(rubric, losses)| losses.into_iter().map(|loss| (rubric.id, loss)))
        .collect()
}

/// The file of these rubrics, with texts in `lang` where they are and where the format has one language.
#[must_use]
pub fn file(rubrics: &[Outgoing], format: ExportFormat, lang: Lang) -> File {
    let contents: Vec<&Content> = rubrics.iter().map(|rubric| &*rubric.content).collect();
    let bytes = match format {
        ExportFormat::CanvasCsv => canvas::write(&contents, lang).into_bytes(),
        ExportFormat::CaseJson => case::write(rubrics, lang).into_bytes(),
        ExportFormat::Html => sheet::write(&contents, lang).into_bytes(),
        ExportFormat::KollegiumJson => own::write(rubrics).into_bytes(),
        ExportFormat::Markdown => markdown::write(&contents, lang).into_bytes(),
        ExportFormat::Xlsx => workbook::write(&contents, lang),
    };
    let name = match contents.as_slice() {
        [only] => plain_name(only.head.title.read(lang)),
        _ => lang.pick("bedomningsmatriser", "rubrics").to_owned(),
    };
    File {
        name: format!("{name}.{}", format.ending()),
        media_type: format.media_type(),
        bytes,
    }
}

/// A title as the name of a file that every system takes.
fn plain_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.to_lowercase().chars().take(60) {
        let c = match c {
            'å' | 'ä' | 'à' | 'á' => 'a',
            'ö' | 'ø' => 'o',
            'é' | 'è' => 'e',
            'ü' => 'u',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if c != '-' || !name.is_empty() && !name.ends_with('-') {
            name.push(c);
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        "rubric".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{How, Import, ImportFormat, Outcome, import, preview, read};
    use kit::Role;
    use store::{Tx, write};
    use testkit::{actor, id, on_both};

    fn csv(count: usize) -> String {
        let rows = (0..count).map(|nth| format!("Matris {nth},Tes,Utvecklad,2,Enkel,1\n"));
        let heads =
            "Rubric Name,Criteria Name,Rating Name,Rating Points,Rating Name,Rating Points\n";
        std::iter::once(heads.to_owned()).chain(rows).collect()
    }

    fn ask(format: ImportFormat, bytes: &[u8]) -> Import {
        Import {
            unit: id(2),
            reading: read(format, bytes, How::default()),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_went_out_comes_home_unchanged_and_goes_to_a_colleague_as_their_own() {
        on_both(async |db| {
            let anna = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(2)))], &[]));
            let bo = db.cx(actor(id(1), id(5), &[(Role::Teacher, Some(id(2)))], &[]));
            let file_in = ask(ImportFormat::CanvasCsv, csv(2).as_bytes());
            let made = write(&anna, async |tx: &Tx| import(tx, &file_in).await)
                .await
                .unwrap();
            let ids: Vec<RubricId> = made
                .iter()
                .map(|one| match &one.outcome {
                    Outcome::Made(rubric) => rubric.id,
                    other => panic!("{}: {other:?}", db.kind()),
                })
                .collect();
            assert_eq!(
                outgoing(&bo, &ids).await.unwrap(),
                [],
                "{}: a draft is its author's",
                db.kind()
            );
            let out = outgoing(&anna, &ids).await.unwrap();
            assert_eq!(
                out.iter().map(|one| one.id).collect::<Vec<_>>(),
                ids,
                "{}",
                db.kind()
            );
            for (format, into) in [
                (ExportFormat::KollegiumJson, ImportFormat::KollegiumJson),
                (ExportFormat::CaseJson, ImportFormat::CaseJson),
                (ExportFormat::CanvasCsv, ImportFormat::CanvasCsv),
            ] {
                let back = ask(into, &file(&out, format, Lang::Sv).bytes);
                assert_eq!(back.messages(), [], "{}: {into:?}", db.kind());
                let home = preview(&anna, &back).await.unwrap();
                assert!(
                    home.iter().all(|one| one.outcome == Outcome::Present),
                    "{}: {into:?}",
                    db.kind()
                );
            }
            // Who does not see them gets rubrics of their own, once.
            let json = ask(
                ImportFormat::KollegiumJson,
                &file(&out, ExportFormat::KollegiumJson, Lang::Sv).bytes,
            );
            let theirs = write(&bo, async |tx: &Tx| import(tx, &json).await)
                .await
                .unwrap();
            for one in &theirs {
                let Outcome::Made(rubric) = &one.outcome else {
                    panic!("{}: {one:?}", db.kind());
                };
                assert!(!ids.contains(&rubric.id), "{}", db.kind());
            }
            let again = preview(&bo, &json).await.unwrap();
            assert!(
                again.iter().all(|one| one.outcome == Outcome::Present),
                "{}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn three_rubrics_cost_as_many_statements_as_a_hundred() {
        on_both(async |db| {
            let cx = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(2)))], &[]));
            let file_in = ask(ImportFormat::CanvasCsv, csv(100).as_bytes());
            let made = write(&cx, async |tx: &Tx| import(tx, &file_in).await)
                .await
                .unwrap();
            let ids: Vec<RubricId> = made
                .iter()
                .filter_map(|one| match &one.outcome {
                    Outcome::Made(rubric) => Some(rubric.id),
                    _ => None,
                })
                .collect();
            let mut counts = Vec::new();
            for ids in [&ids[..3], &ids[..]] {
                let before = cx.db().statements();
                assert_eq!(
                    outgoing(&cx, ids).await.unwrap().len(),
                    ids.len(),
                    "{}",
                    db.kind()
                );
                counts.push(cx.db().statements() - before);
            }
            assert_eq!(counts, [3, 3], "{}", db.kind());
        })
        .await;
    }

    #[test]
    fn a_title_becomes_a_name_that_every_system_takes() {
        for (title, name) in [
            ("Läslogg åk 6", "laslogg-ak-6"),
            ("../../etc/passwd", "etc-passwd"),
            ("معيار", "rubric"),
        ] {
            assert_eq!(plain_name(title), name);
        }
    }
}
