//! Points that stand in a table, recognised only when they cannot be anything else.

use kit::Lang;
use rubrics::Points;

/// What follows a figure that is points.
const UNITS: [&str; 6] = ["poäng", "points", "point", "pts", "pt", "p"];

/// A head's points: `E (5 p)`, `E 5 p`, `E: 2–3 poäng`, `5 p`; with what it says without them.
pub(crate) fn loose(text: &str) -> Option<(String, Points)> {
    worth(text, true)
}

/// A cell's points: in brackets at the end, or on a line of their own there.
pub(crate) fn strict(text: &str) -> Option<(String, Points)> {
    worth(text, false)
}

fn worth(text: &str, is_head: bool) -> Option<(String, Points)> {
    let text = text.trim_end();
    let (inner, closes) = match text.strip_suffix([')', ']']) {
        Some(inner) => (inner.trim_end(), true),
        None => (text, false),
    };
    let inner = inner.strip_suffix('.').unwrap_or(inner);
    let figures = UNITS.iter().find_map(|unit| {
        let at = inner.len().checked_sub(unit.len())?;
        let tail = inner.get(at..)?;
        (tail.to_lowercase() == *unit).then(|| inner.get(..at))?
    })?;
    let is_part = |c: char| c.is_ascii_digit() || " \u{a0}.,-–".contains(c);
    let from = figures.trim_end_matches(is_part).len();
    let (before, figures) = (figures.get(..from)?, figures.get(from..)?);
    let points = range(figures.trim_matches(|c: char| " \u{a0}".contains(c)))?;
    let rest = if closes {
        before.strip_suffix(['(', '['])?
    } else {
        // A word right before the figure has to be set off from it.
        let is_alone = before.is_empty() || before.ends_with('\n');
        let is_apart = figures.starts_with([' ', '\u{a0}']) || before.ends_with([':', ';', '=']);
        if !(is_alone || is_head && is_apart) {
            return None;
        }
        before.trim_end_matches([':', ';', '=', ' ', '\u{a0}'])
    };
    Some((rest.trim_end().to_owned(), points))
}

/// `5`, `2,5`, `2–3`.
fn range(figures: &str) -> Option<Points> {
    let one = |figure: &str| {
        let figure = figure.trim();
        let decimals = figure
            .split_once(['.', ','])
            .map_or(0, |(_, rest)| rest.len());
        let points = crate::Points::parse(figure).ok()?;
        (decimals <= 2).then(|| points.hundredths())
    };
    let (min, max) = match figures.split_once(['-', '–']) {
        Some((min, max)) => (one(min)?, one(max)?),
        None => (one(figures)?, one(figures)?),
    };
    (min <= max).then_some(Points { min, max })
}

/// Points as they are written into a table: `(5 p)`, `(2–3 p)`.
pub(crate) fn written(points: Points, lang: Lang) -> String {
    let text = |hundredths| crate::Points::of(hundredths).text(lang);
    if points.min == points.max {
        format!("({} p)", text(points.max))
    } else {
        format!("({}–{} p)", text(points.min), text(points.max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_recognised_only_when_they_cannot_be_anything_else() {
        let cases = [
            ("E (5 p)", Some(("E", 500, 500)), Some(("E", 500, 500))),
            ("E (5p)", Some(("E", 500, 500)), Some(("E", 500, 500))),
            (
                "E [2,5 poäng]",
                Some(("E", 250, 250)),
                Some(("E", 250, 250)),
            ),
            ("E (2–3 p.)", Some(("E", 200, 300)), Some(("E", 200, 300))),
            ("C 5 p", Some(("C", 500, 500)), None),
            ("C: 5 points", Some(("C", 500, 500)), None),
            ("5 p", Some(("", 500, 500)), Some(("", 500, 500))),
            (
                "Säker\n5 p",
                Some(("Säker", 500, 500)),
                Some(("Säker", 500, 500)),
            ),
            ("ger 5 p", Some(("ger", 500, 500)), None),
            ("A5p", None, None),
            ("Åk 7", None, None),
            ("E (5)", None, None),
            ("E (3-1 p)", None, None),
            ("E (1.234 p)", None, None),
            ("se kap", None, None),
            ("", None, None),
            (")", None, None),
            ("(p)", None, None),
        ];
        for (text, head, cell) in cases {
            let flat = |found: Option<(String, Points)>| {
                found.map(|(rest, points)| (rest, points.min, points.max))
            };
            let expected = |case: Option<(&str, i64, i64)>| {
                case.map(|(rest, min, max)| (rest.to_owned(), min, max))
            };
            assert_eq!(flat(loose(text)), expected(head), "{text:?} as a head");
            assert_eq!(flat(strict(text)), expected(cell), "{text:?} as a cell");
        }
    }

    #[test]
    fn what_is_written_is_recognised() {
        for points in [
            Points::exactly(0),
            Points::exactly(125),
            Points {
                min: 50,
                max: 100_000,
            },
        ] {
            for lang in [Lang::Sv, Lang::En] {
                let text = format!("Text {}", written(points, lang));
                assert_eq!(strict(&text), Some(("Text".to_owned(), points)), "{text}");
            }
        }
    }
}
