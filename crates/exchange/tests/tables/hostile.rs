//! What is meant to hurt costs little, and nothing makes the reader fail.

use super::{html, text};
use exchange::{How, Paste, paste};
use proptest::{collection::vec, prelude::*, sample::select};
use std::time::{Duration, Instant};

#[test]
fn spans_and_depth_cannot_make_a_small_page_large() {
    let began = Instant::now();
    let wide = r#"<td colspan="4294967295" rowspan="4294967295">x</td>"#.repeat(500);
    let rows = format!("<tr>{wide}</tr>").repeat(40);
    assert!(html(&format!("<table>{rows}</table>")).contains("(not taken)"));
    assert!(html(&"<table><tr><td>".repeat(50_000)).contains("TABLE_MISSING"));
    let told = text(&"a\tb\n".repeat(100_000));
    assert!(told.contains("TOO_MANY_CRITERIA"));
    assert!(text(&"\t".repeat(500_000)).contains("TABLE_MISSING"));
    // Far above what it takes, and far below what an expansion of the spans would.
    assert!(began.elapsed() < Duration::from_secs(20));
}

proptest! {
    #[test]
    fn any_soup_of_tags_is_read_without_a_panic(
        pieces in vec(select(vec![
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=3>", "<td colspan=2>", "<td rowspan=0>", "<caption>", "</caption>",
            "<br>", "<p>", "E (5 p)", "Tes", " ", "&nbsp;", "&#0;", "&#xD800;", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<", "\u{0}", "å\u{fffd}",
        ]), 0..80),
        points in any::<bool>(),
    ) {
        let how = How { points, ..How::default() };
        for reading in [paste(Paste::Html(&pieces.concat()), None, how), paste(Paste::Text(&pieces.join("\t")), None, how)] {
            let told = !reading.messages.is_empty();
            let taken = reading.rubrics.iter().any(|found| found.content.is_some());
            prop_assert!(told || taken, "nothing taken, and nothing told");
            prop_assert!(!(taken && reading.has_errors()), "taken in spite of an error");
        }
    }
}
