//! Tables as people paste them: what becomes of them, and what is told.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod cases;
mod clipboards;
mod hostile;

use exchange::{Found, How, Paste, Reading, paste};
use kit::Lang;
use std::fmt::Write;

/// What a reading says, in lines: `title [KIND]`, `- criterion: description`, `  label (points): descriptor`.
pub(crate) fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for found in &reading.rubrics {
        rubric(found, &mut text);
    }
    for message in &reading.messages {
        let cell = message.letters().unwrap_or_default();
        writeln!(text, "! {}@{cell}{}", message.code(), message.row).unwrap();
    }
    text
}

fn rubric(found: &Found, text: &mut String) {
    let Some(content) = &found.content else {
        writeln!(text, "{} (not taken)", found.name).unwrap();
        return;
    };
    let one = |text: &str| text.replace('\n', " / ");
    let kind = content.head.kind.code();
    writeln!(text, "{} [{kind}]", content.head.title.read(Lang::Sv)).unwrap();
    for criterion in &content.criteria {
        let title = criterion.title.read(Lang::Sv);
        let description = criterion.description.as_ref();
        let description = description.map_or(String::new(), |text| {
            format!(": {}", one(text.read(Lang::Sv)))
        });
        writeln!(text, "- {title}{description}").unwrap();
        for level in &criterion.levels {
            let points = level.points.map_or(String::new(), |points| {
                format!(" ({}..{})", points.min, points.max)
            });
            let descriptor = level
                .descriptor
                .as_ref()
                .map_or(String::new(), |text| one(text.read(Lang::Sv)));
            writeln!(
                text,
                "  {}{points}: {descriptor}",
                level.label.read(Lang::Sv)
            )
            .unwrap();
        }
    }
}

pub(crate) fn html(html: &str) -> String {
    shown(&paste(Paste::Html(html), Some("T"), How::default()))
}

pub(crate) fn text(text: &str) -> String {
    shown(&paste(Paste::Text(text), Some("T"), How::default()))
}

pub(crate) const POINTS: How = How {
    lang: Lang::Sv,
    points: true,
};
