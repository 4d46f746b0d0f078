//! Rubrics as a workbook: a sheet for each, with its name above and what it is for, then the levels, then the criteria.

use crate::table::{Cell, Row, loose, strict, written};
use kit::Lang;
use rubrics::{Content, Criterion, Points};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::HashSet;

/// The workbook of these rubrics.
pub(crate) fn write(contents: &[&Content], lang: Lang) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut names = HashSet::new();
    for content in contents {
        let name = sheet_name(content.head.title.read(lang), &mut names);
        fill(workbook.add_worksheet(), &name, content, lang)
            .expect("names, texts and sizes are within what a workbook can hold");
    }
    workbook
        .save_to_buffer()
        .expect("a workbook in memory is written without errors")
}

fn fill(sheet: &mut Worksheet, name: &str, content: &Content, lang: Lang) -> Result<(), XlsxError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let framed = plain.clone().set_border(FormatBorder::Thin);
    let head = framed.clone().set_bold();
    let title = Format::new().set_bold().set_font_size(14);
    sheet.set_name(name)?.set_landscape().set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    let rows = table(content, lang);
    let levels = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1);
    let body = rows.len() - content.criteria.len() - 1;
    for (at, row) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(&row.cells) {
            let format = match (usize::try_from(at).unwrap_or(usize::MAX), column) {
                (0, _) => &title,
                (at, _) if at < body => &Format::new(),
                (at, column) if at == body || column == 0 => &head,
                _ => &framed,
            };
            sheet.write_string_with_format(at, column, &cell.text, format)?;
        }
    }
    for column in (0..).take(levels) {
        sheet.set_column_width(column, 32)?;
    }
    Ok(())
}

/// The rows of a rubric's sheet.
pub(crate) fn table(content: &Content, lang: Lang) -> Vec<Row> {
    let Content { head, criteria } = content;
    let at_head = points_at_head(content);
    let mut rows = vec![vec![head.title.read(lang).to_string()]];
    rows.extend(
        head.description
            .iter()
            .map(|text| vec![text.read(lang).to_string()]),
    );
    let labels = criteria
        .iter()
        .max_by_key(|one| one.levels.len())
        .into_iter();
    let labels = labels.flat_map(|criterion| &criterion.levels).map(|level| {
        let label = level.label.read(lang).to_string();
        let points = level.points.filter(|_| at_head);
        with(label, points, lang)
    });
    let corner = lang.pick("Kriterium", "Criterion").to_owned();
    rows.push(std::iter::once(corner).chain(labels).collect());
    for criterion in criteria {
        let mut name = criterion.title.read(lang).to_string();
        if let Some(description) = &criterion.description {
            name = format!("{name}\n{}", description.read(lang));
        }
        let levels = criterion.levels.iter().map(|level| {
            let text = level
                .descriptor
                .as_ref()
                .map(|text| text.read(lang).to_string());
            let points = level.points.filter(|_| !at_head);
            with(text.unwrap_or_default(), points, lang)
        });
        rows.push(std::iter::once(name).chain(levels).collect());
    }
    let rows = rows.into_iter().zip(1..);
    rows.map(|(texts, number)| Row {
        number,
        cells: texts
            .into_iter()
            .map(|text| Cell {
                text,
                ..Cell::default()
            })
            .collect(),
    })
    .collect()
}

fn with(text: String, points: Option<Points>, lang: Lang) -> String {
    match points {
        None => text,
        Some(points) if text.is_empty() => written(points, lang),
        Some(points) => format!("{text} {}", written(points, lang)),
    }
}

/// Whether every criterion has the same points, so that they stand once, beside the names of the levels.
fn points_at_head(content: &Content) -> bool {
    let points = |criterion: &Criterion| -> Option<Vec<Points>> {
        criterion.levels.iter().map(|level| level.points).collect()
    };
    let mut all = content.criteria.iter().map(points);
    let Some(Some(first)) = all.next() else {
        return false;
    };
    !first.is_empty() && all.all(|others| others.as_ref() == Some(&first))
}

/// Whether the points of a rubric are read back as they are: all levels of a criterion have them or none, and no text looks like points that are none.
pub(crate) fn carries_points(content: &Content, lang: Lang) -> bool {
    let at_head = points_at_head(content);
    let mut levels = content
        .criteria
        .iter()
        .flat_map(|criterion| &criterion.levels);
    if content.head.points != levels.any(|level| level.points.is_some()) {
        return false;
    }
    let looks_so = |criterion: &Criterion| {
        let mut texts = criterion
            .levels
            .iter()
            .map(|level| level.descriptor.as_ref());
        texts.all(|text| text.is_some_and(|text| strict(text.read(lang)).is_some()))
    };
    let heads_look_so = content.criteria.first().is_some_and(|criterion| {
        let mut labels = criterion.levels.iter().map(|level| &level.label);
        labels.all(|label| loose(label.read(lang)).is_some())
    });
    let fits = |criterion: &Criterion| {
        let count = criterion
            .levels
            .iter()
            .filter(|level| level.points.is_some())
            .count();
        let is_whole = count == 0 || count == criterion.levels.len();
        let is_own = !at_head && count > 0;
        is_whole && (is_own || !looks_so(criterion))
    };
    !content.head.points || (at_head || !heads_look_so) && content.criteria.iter().all(fits)
}

/// A name that a sheet can have: at most 31 characters, without some, and its own.
fn sheet_name(title: &str, names: &mut HashSet<String>) -> String {
    let plain: String = title
        .chars()
        .map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c })
        .collect();
    let plain = plain.trim().trim_matches('\'').trim();
    let plain = if plain.is_empty() { "Matris" } else { plain };
    let mut nth = 1;
    loop {
        let ending = if nth == 1 {
            String::new()
        } else {
            format!(" {nth}")
        };
        let room = 31 - ending.len();
        // Excel counts in UTF-16.
        let mut used = 0;
        let fits = plain.chars().take_while(|c| {
            used += c.len_utf16();
            used <= room
        });
        let name = fits
            .collect::<String>()
            .trim()
            .trim_matches('\'')
            .to_owned()
            + &ending;
        if names.insert(name.to_lowercase()) {
            return name;
        }
        nth += 1;
    }
}
