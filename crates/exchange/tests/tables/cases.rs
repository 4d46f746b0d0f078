//! Small tables, one for each thing that can stand in one.

use super::{POINTS, html, shown, text};
use exchange::{How, Paste, paste};

#[test]
fn a_table_becomes_what_it_shows() {
    let cases = [
        (
            "tabs",
            "Kriterium\tE\tC\nTes\tEnkel\tUtvecklad\n",
            "T [ANALYTIC]\n- Tes\n  E: Enkel\n  C: Utvecklad\n",
        ),
        (
            "line breaks in quoted cells, and a quotation mark inside",
            "\tE\n\"Tes\nVad jag vill\"\t\"Säger \"\"ja\"\"\ntill det\"\n",
            "T [SINGLE_POINT]\n- Tes: Vad jag vill\n  E: Säger \"ja\" / till det\n",
        ),
        (
            "a quotation mark that a word processor left alone",
            "\tE\tC\nTes\t\"Ja\tNej\n",
            "T [ANALYTIC]\n- Tes\n  E: \"Ja\n  C: Nej\n",
        ),
        (
            "an empty cell is an empty level",
            "\tE\tC\nTes\t\tUtvecklad\n",
            "T [ANALYTIC]\n- Tes\n  E: \n  C: Utvecklad\n",
        ),
        (
            "a text alone above is what the table is called, but not when it was told",
            "Läslogg\t\t\n\tE\tC\nTes\ta\tb\n",
            "T [ANALYTIC]\n- Tes\n  E: a\n  C: b\n",
        ),
        (
            "names from right to left",
            "معيار\tجيد\tممتاز\nالفكرة\tواضحة\tقوية\n",
            "T [ANALYTIC]\n- الفكرة\n  جيد: واضحة\n  ممتاز: قوية\n",
        ),
        (
            "a criterion without a name is told by its row",
            "\tE\nTes\ta\n\tb\n",
            "T (not taken)\n! CRITERION_NAME_MISSING@A3\n",
        ),
        (
            "a cell without a head is told by its place",
            "\tE\t\nTes\ta\tb\n",
            "T (not taken)\n! CELL_WITHOUT_HEADING@C2\n",
        ),
        (
            "the same criterion twice",
            "\tE\nTes\ta\nTes\tb\n",
            "T [SINGLE_POINT]\n- Tes\n  E: a\n- Tes\n  E: b\n! CRITERION_REPEATED@A3\n",
        ),
        ("nothing", "", "! TABLE_MISSING@1\n"),
        ("one line", "bara text", "! TABLE_MISSING@1\n"),
        (
            "a personal number is told and the rubric not taken",
            "\tE\nTes\tKalle 811218-9876\n",
            "T (not taken)\n! RUBRIC_PERSONAL_NUMBER@1\n",
        ),
    ];
    for (case, table, expected) in cases {
        assert_eq!(text(table), expected, "{case}");
    }
}

#[test]
fn html_becomes_what_it_shows() {
    let row = |cells: &str| format!("<table><tr><td><td>E<td>C</tr>{cells}</table>");
    let cases = [
        (
            "cells that are never closed",
            row("<tr><td>Tes<td>a<td>b"),
            "T [ANALYTIC]\n- Tes\n  E: a\n  C: b\n",
        ),
        (
            "lines, paragraphs, lists and white space",
            row(
                "<tr><th>Tes<p>Vad   jag\nvill</p><td>a<br>b<td><ul><li>c</li><li>&nbsp;d &amp; e</li></ul>",
            ),
            "T [ANALYTIC]\n- Tes: Vad jag vill\n  E: a / b\n  C: c / d & e\n",
        ),
        (
            "a level cell over two levels",
            row("<tr><td>Tes<td colspan=2>båda"),
            "T [ANALYTIC]\n- Tes\n  E: båda\n  C: båda\n! CELLS_MERGED@C2\n",
        ),
        (
            "a level cell over two criteria",
            row("<tr><td>Tes<td rowspan=2>a<td>b<tr><td>Språk<td>c"),
            "T [ANALYTIC]\n- Tes\n  E: a\n  C: b\n- Språk\n  E: a\n  C: c\n! CELLS_MERGED@B3\n",
        ),
        (
            "a criterion over two rows is one criterion",
            row("<tr><td rowspan=2>Tes<td>a<td>b<tr><td>c<td>d"),
            "T [ANALYTIC]\n- Tes\n  E: a / c\n  C: b / d\n",
        ),
        (
            "a table in a cell",
            row("<tr><td>Tes<td>a<table><tr><td>x<td>y</table><td>b"),
            "T [ANALYTIC]\n- Tes\n  E: a / x y\n  C: b\n! TABLE_NESTED@B2\n",
        ),
        (
            "a head over two columns is one level",
            "<table><tr><td><td colspan=2>E<td>C<tr><td>Tes<td>a<td>b<td>c</table>".to_owned(),
            "T [ANALYTIC]\n- Tes\n  E: a / b\n  C: c\n",
        ),
        (
            "CDATA and comments",
            row("<tr><td><![CDATA[Tes]]><td><!-- x -->a<td>b<!--EndFragment-->"),
            "T [ANALYTIC]\n- Tes\n  E: a\n  C: b\n",
        ),
        (
            "two tables",
            row("<tr><td>Tes<td>a<td>b").repeat(2),
            "T [ANALYTIC]\n- Tes\n  E: a\n  C: b\n! TABLES_LEFT_OUT@1\n",
        ),
        (
            "no table",
            "<p>bara text</p>".to_owned(),
            "! TABLE_MISSING@1\n",
        ),
    ];
    for (case, table, expected) in cases {
        assert_eq!(html(&table), expected, "{case}");
    }
}

#[test]
fn points_are_off_until_they_are_asked_for() {
    let table = "\tE (1 p)\tC (2–3 p)\nTes\ta\tb\n";
    assert_eq!(
        text(table),
        "T [ANALYTIC]\n- Tes\n  E (1 p): a\n  C (2–3 p): b\n! POINTS_SEEN@B1\n"
    );
    assert_eq!(
        shown(&paste(Paste::Text(table), Some("T"), POINTS)),
        "T [ANALYTIC]\n- Tes\n  E (100..100): a\n  C (200..300): b\n"
    );
    let cells = "\tE\tC\nTes\ta (1 p)\t\"b\n2 p\"\nSpråk\tc (1 p)\td\n";
    assert_eq!(
        shown(&paste(Paste::Text(cells), Some("T"), POINTS)),
        "T [ANALYTIC]\n- Tes\n  E (100..100): a\n  C (200..200): b\n- Språk\n  E: c (1 p)\n  C: d\n",
        "points that only some cells of a criterion have are text"
    );
}

#[test]
fn a_table_without_a_name_is_called_what_it_says_or_is_asked_for_one() {
    let named = |table: &str| shown(&paste(Paste::Text(table), None, How::default()));
    assert!(named("Läslogg\n\tE\tC\nTes\ta\tb").starts_with("Läslogg [ANALYTIC]"));
    assert!(named("Läslogg\tE\tC\nTes\ta\tb").starts_with("Läslogg [ANALYTIC]"));
    assert_eq!(
        named("\tE\tC\nTes\ta\tb"),
        " (not taken)\n! TITLE_MISSING@A1\n"
    );
}
