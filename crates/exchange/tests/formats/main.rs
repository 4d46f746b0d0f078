//! Files of other systems, written for these tests in the way those systems write them, and what becomes of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod case;
mod hostile;
mod office;
mod xml;

use exchange::{How, ImportFormat, Reading, read};
use kit::Lang;
use std::fmt::Write;

/// What a reading says: `title [KIND] (weight)`, its levels with their points, then its messages with their places.
pub(crate) fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for found in &reading.rubrics {
        let Some(content) = &found.content else {
            writeln!(text, "{} (not taken)", found.name).unwrap();
            continue;
        };
        writeln!(
            text,
            "{} [{}]",
            content.head.title.read(Lang::Sv),
            content.head.kind.code()
        )
        .unwrap();
        for criterion in &content.criteria {
            let weight = if criterion.weight == 1 {
                String::new()
            } else {
                format!(" × {}", criterion.weight)
            };
            let description = criterion
                .description
                .as_ref()
                .map_or("", |text| text.read(Lang::Sv).as_str());
            writeln!(
                text,
                "- {}{weight}: {}",
                criterion.title.read(Lang::Sv).as_str(),
                description.replace('\n', " / ")
            )
            .unwrap();
            for level in &criterion.levels {
                let points = level
                    .points
                    .map_or(String::new(), |points| format!(" ({})", points.max));
                let descriptor = level
                    .descriptor
                    .as_ref()
                    .map_or("", |text| text.read(Lang::Sv).as_str());
                writeln!(
                    text,
                    "  {}{points}: {}",
                    level.label.read(Lang::Sv).as_str(),
                    descriptor.replace('\n', " / ")
                )
                .unwrap();
            }
        }
    }
    for message in &reading.messages {
        writeln!(text, "! {} {}", message.code(), message.place(Lang::En)).unwrap();
    }
    text
}

pub(crate) fn told(format: ImportFormat, bytes: &[u8]) -> String {
    shown(&read(format, bytes, How::default()))
}
