//! What goes out and comes in again is what it was, for every format that can carry it; and what a format cannot carry was told before.

mod sample;

use crate::{
    ExportFormat, How, ImportFormat, Loss, Outgoing, file, found::Found, identify, losses,
    messages::Messages, read, table::Table, workbook,
};
use kit::{Instant, Lang, RubricId};
use proptest::prelude::*;
use rubrics::Content;
use sample::content;
use std::sync::Arc;
use uuid::Uuid;

/// How many rubrics are sent through every format; the workbook's packing, which takes longest and is the same for all, is tried on fewer.
const CASES: u32 = 10_000;
const PACKED: u32 = 64;

fn outgoing(content: &Content) -> Vec<Outgoing> {
    vec![Outgoing {
        id: RubricId(Uuid::from_u128(7)),
        content: Arc::new(content.clone()),
        changed_at: Instant::UNIX_EPOCH,
    }]
}

/// The language to read a file in that has one language.
fn lang(content: &Content) -> Lang {
    let title = &content.head.title;
    if title.sv().is_some() {
        Lang::Sv
    } else {
        Lang::En
    }
}

fn lost(content: &Content, format: ExportFormat) -> Vec<Loss> {
    let losses = losses(&outgoing(content), format, lang(content));
    losses.into_iter().map(|(_, loss)| loss).collect()
}

/// Out and in again.
fn returned(content: &Content, out: ExportFormat, into: ImportFormat) -> Found {
    let file = file(&outgoing(content), out, lang(content));
    let how = How {
        lang: lang(content),
        points: content.head.points,
    };
    let mut reading = read(into, &file.bytes, how);
    let messages = format!("{:?}", reading.messages);
    reading
        .rubrics
        .pop()
        .unwrap_or_else(|| panic!("no rubric came back: {messages}"))
}

/// The rows of a workbook's sheet, out and in again without the packing.
fn tabled(content: &Content) -> Found {
    let how = How {
        lang: lang(content),
        points: content.head.points,
    };
    let table = Table {
        rows: workbook::table(content, lang(content)),
        ..Table::default()
    };
    table.rubric(None, how, &mut Messages::default())
}

/// The content with ids that follow from their places alone, for formats that have none.
fn without_ids(content: &Content) -> Content {
    let mut content = content.clone();
    for criterion in &mut content.criteria {
        criterion.id = Uuid::nil().into();
        for level in &mut criterion.levels {
            level.id = Uuid::nil().into();
        }
    }
    identify(RubricId(Uuid::nil()), &mut content);
    content
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn json_brings_everything_back_with_its_ids(seed: u64) {
        let content = content(seed);
        for (out, into) in [
            (ExportFormat::KollegiumJson, ImportFormat::KollegiumJson),
            (ExportFormat::CaseJson, ImportFormat::CaseJson),
        ] {
            prop_assert_eq!(lost(&content, out), []);
            let found = returned(&content, out, into);
            prop_assert_eq!(found.id, Some(Uuid::from_u128(7)));
            prop_assert_eq!(found.content.as_ref(), Some(&content), "{:?}", out);
        }
    }

    #[test]
    fn a_table_brings_back_what_was_not_told_to_be_lost(seed: u64) {
        let content = content(seed);
        let canvas = |content: &Content| returned(content, ExportFormat::CanvasCsv, ImportFormat::CanvasCsv);
        for (format, way) in [(ExportFormat::CanvasCsv, canvas as fn(&Content) -> Found), (ExportFormat::Xlsx, tabled)] {
            let losses = lost(&content, format);
            if losses.contains(&Loss::NoLevels) {
                continue;
            }
            let once = way(&content).content.map(|once| without_ids(&once));
            if losses.is_empty() {
                prop_assert_eq!(once.as_ref(), Some(&without_ids(&content)), "{:?}", format);
            }
            // What came in from a file goes out and comes in again as it was.
            let Some(once) = once else {
                return Err(TestCaseError::fail(format!("{format:?}: nothing came back")));
            };
            if lost(&once, format).is_empty() {
                let twice = way(&once).content.map(|twice| without_ids(&twice));
                prop_assert_eq!(twice.as_ref(), Some(&once), "{:?}", format);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(PACKED))]

    #[test]
    fn a_workbook_holds_the_rows_that_were_put_into_it(seed: u64) {
        let content = content(seed);
        if !lost(&content, ExportFormat::Xlsx).contains(&Loss::NoLevels) {
            let packed = returned(&content, ExportFormat::Xlsx, ImportFormat::Xlsx);
            prop_assert_eq!(packed.content, tabled(&content).content);
        }
    }
}

#[test]
fn the_samples_are_of_every_kind() {
    let mut carried = [0; 2];
    for seed in 0..1_000 {
        let content = content(seed);
        for (count, format) in carried
            .iter_mut()
            .zip([ExportFormat::CanvasCsv, ExportFormat::Xlsx])
        {
            *count += usize::from(lost(&content, format).is_empty());
        }
    }
    assert!(
        carried.iter().all(|count| (100..900).contains(count)),
        "of a thousand, so many lose nothing: {carried:?}"
    );
}
