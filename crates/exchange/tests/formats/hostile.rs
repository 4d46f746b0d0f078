//! Damaged files of every format are told about; none makes a reader fail.

use exchange::{ExportFormat, How, ImportFormat, Outgoing, Reading, file, paste, read};
use kit::{Instant, Lang, RubricId};
use proptest::{collection::vec, prelude::*};
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

const TABLE: &str = "\tE (1 p)\tC (2 p)\nTes\tEnkel\tUtvecklad\nSpråk\t\tVarierat\n";
const MOODLE: &str = "<areas><definition><method>rubric</method><name>N</name><plugin_gradingform_rubric_definition><criteria><criterion><description>D</description><levels><level><score>1</score><definition>L</definition></level></levels></criterion></criteria></plugin_gradingform_rubric_definition></definition></areas>";
const ORA: &str = "<openassessment><title>T</title><rubric><criterion><name>N</name><option points=\"1\"><name>O</name></option></criterion></rubric></openassessment>";

/// A good file of each format.
static GOOD: LazyLock<Vec<(ImportFormat, Vec<u8>)>> = LazyLock::new(|| {
    let reading: Reading = paste(exchange::Paste::Text(TABLE), Some("Titel"), How::default());
    let content = reading.rubrics[0].content.clone().unwrap();
    let out = [Outgoing {
        id: RubricId(Uuid::nil()),
        content: Arc::new(content),
        changed_at: Instant::UNIX_EPOCH,
    }];
    let bytes = |format| file(&out, format, Lang::Sv).bytes;
    vec![
        (ImportFormat::CaseJson, bytes(ExportFormat::CaseJson)),
        (
            ImportFormat::KollegiumJson,
            bytes(ExportFormat::KollegiumJson),
        ),
        (ImportFormat::Xlsx, bytes(ExportFormat::Xlsx)),
        (ImportFormat::MoodleXml, MOODLE.into()),
        (ImportFormat::OraXml, ORA.into()),
        (ImportFormat::Docx, bytes(ExportFormat::Xlsx)),
    ]
});

fn is_told(reading: &Reading) -> bool {
    let taken = reading.rubrics.iter().any(|found| found.content.is_some());
    taken || reading.has_errors()
}

proptest! {
    #[test]
    fn a_damaged_file_is_read_or_told_about(nth in 0..6_usize, damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut: Option<prop::sample::Index>) {
        let (format, bytes) = &GOOD[nth];
        let mut bytes = bytes.clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        prop_assert!(is_told(&read(*format, &bytes, How::default())));
    }

    #[test]
    fn a_file_of_another_format_is_told_about(nth in 0..6_usize, other in 0..6_usize) {
        prop_assert!(is_told(&read(GOOD[nth].0, &GOOD[other].1, How::default())));
    }
}
