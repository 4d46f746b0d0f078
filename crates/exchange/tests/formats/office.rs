//! Workbooks and documents.

use super::{shown, told};
use exchange::{
    How,
    ImportFormat::{Docx, Xlsx},
    read,
};
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

#[test]
fn every_sheet_of_a_workbook_is_a_rubric() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Läslogg").unwrap();
    // Set in from the corner, under a merged name, with a figure for a level and points beside the names.
    sheet
        .merge_range(1, 1, 1, 3, "Läslogg åk 6", &Format::new())
        .unwrap();
    sheet.write_string(2, 2, "E (1 p)").unwrap();
    sheet.write_string(2, 3, "C (2,5 p)").unwrap();
    sheet.write_string(3, 1, "Tes\nVad du vill").unwrap();
    sheet.write_number(3, 2, 7).unwrap();
    sheet.write_boolean(3, 3, true).unwrap();
    sheet.write_string(5, 1, "Språk").unwrap();
    sheet
        .merge_range(5, 2, 5, 3, "båda", &Format::new())
        .unwrap();
    let notes = book.add_worksheet().set_name("Anteckningar").unwrap();
    notes.write_string(0, 0, "bara text").unwrap();
    book.add_worksheet();
    book.add_worksheet()
        .set_hidden(true)
        .write_string(0, 0, "dold")
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        told(Xlsx, &bytes),
        "Läslogg åk 6 [ANALYTIC]\n- Tes: Vad du vill\n  E (1 p): 7\n  C (2,5 p): true\n- Språk: \n  E (1 p): båda\n  C (2,5 p): båda\n\
         bara text (not taken)\n\
         ! POINTS_SEEN row 3, column C (Läslogg)\n! CELLS_MERGED row 6, column D (Läslogg)\n! TABLE_NARROW row 1, column A (Anteckningar)\n"
    );
    let how = How {
        points: true,
        ..How::default()
    };
    let pointed = shown(&read(Xlsx, &bytes, how));
    assert!(
        pointed.contains("  E (100): 7\n  C (250): true\n"),
        "{pointed}"
    );
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_table_of_a_document_is_a_rubric() {
    let p = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    };
    let body = [
        p("Matris för åk 6"),
        p(""),
        "<w:tbl><w:tblPr/><w:tr>".to_owned(),
        cell("", ""),
        cell("", "E"),
        cell("", "C"),
        "</w:tr><w:tr>".to_owned(),
        cell("<w:vMerge w:val=\"restart\"/>", "Tes"),
        "<w:tc><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>en</w:t><w:br/><w:t>två</w:t></w:r><w:del><w:r><w:delText>borta</w:delText></w:r></w:del></w:p></w:tc>".to_owned(),
        cell("", "b"),
        "</w:tr><w:tr>".to_owned(),
        cell("<w:vMerge/>", ""),
        cell("<w:gridSpan w:val=\"2\"/>", "båda"),
        "</w:tr></w:tbl>".to_owned(),
        "<w:tbl><w:tr>".to_owned(),
        cell("", "bara en ruta"),
        "</w:tr></w:tbl>".to_owned(),
    ];
    assert_eq!(
        told(Docx, &docx(&body.concat())),
        "Matris för åk 6 [ANALYTIC]\n- Tes: \n  E: - en / två / båda\n  C: b / båda\n! CELLS_MERGED row 3, column C (tabell 1)\n"
    );
    assert_eq!(told(Docx, &docx("")), "! TABLE_MISSING row 1\n");
}

#[test]
fn other_archives_and_broken_ones_are_told() {
    for format in [Docx, Xlsx] {
        for bytes in [b"inte zip".to_vec(), docx("")[..60].to_vec(), Vec::new()] {
            let told = told(format, &bytes);
            assert!(told.starts_with("! FILE_UNREADABLE"), "{told}");
        }
    }
    assert!(told(Xlsx, &docx("")).starts_with("! FILE_UNREADABLE"));
}
