//! Points as people write them.

use kit::Lang;
use std::fmt;

/// The points (poäng) of a rating, exact to a hundredth; never negative and at most 10 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Why a cell gives no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointsError {
    /// Something other than digits with at most one decimal point or comma.
    #[error("the points are not a number")]
    NotANumber,
    /// Less than nothing.
    #[error("the points are negative")]
    Negative,
    /// More than [`Points::MAX`].
    #[error("the points are more than 10 000")]
    TooLarge,
}

impl Points {
    /// The most points of one rating: 10 000.
    pub const MAX: Self = Self(1_000_000);

    /// So many hundredths of a point, no less than none and no more than [`Points::MAX`].
    pub(crate) fn of(hundredths: i64) -> Self {
        Self(hundredths.clamp(0, Self::MAX.0))
    }

    /// In hundredths of a point: 2,5 points are 250.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads `2`, `2.5` or `2,5`, with white space around; a third decimal is rounded, halves up.
    ///
    /// # Errors
    ///
    /// [`PointsError`] for anything else, for less than 0 and for more than [`Points::MAX`].
    pub fn parse(text: &str) -> Result<Self, PointsError> {
        let text = text.trim();
        let (text, negative) = text
            .strip_prefix(['-', '\u{2212}'])
            .map_or((text, false), |rest| (rest, true));
        let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(PointsError::NotANumber);
        }
        if negative {
            return Err(PointsError::Negative);
        }
        // All digits, so the only failure is that the number does not fit.
        let whole: i64 = whole.parse().map_err(|_| PointsError::TooLarge)?;
        let thousandths = decimals
            .bytes()
            .chain(*b"000")
            .take(3)
            .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let hundredths = whole
            .saturating_mul(100)
            .saturating_add((thousandths + 5) / 10);
        if hundredths > Self::MAX.0 {
            Err(PointsError::TooLarge)
        } else {
            Ok(Self(hundredths))
        }
    }

    /// As people write it: `2,5` in Swedish, `2.5` in English.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        let mark = lang.pick(',', '.');
        match rest {
            0 => whole.to_string(),
            _ if rest % 10 == 0 => format!("{whole}{mark}{}", rest / 10),
            _ => format!("{whole}{mark}{rest:02}"),
        }
    }
}

impl fmt::Display for Points {
    /// With a decimal point, for logs and machines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PointsError::{Negative, NotANumber, TooLarge};

    #[test]
    fn points_are_read_as_people_write_them() {
        let cases = [
            ("2", Ok(200)),
            ("2.5", Ok(250)),
            ("2,5", Ok(250)),
            (" 50 ", Ok(5_000)),
            ("\u{a0}7\t", Ok(700)),
            ("0", Ok(0)),
            ("0.0", Ok(0)),
            ("007", Ok(700)),
            ("1,75", Ok(175)),
            ("3.333333333333333333333333333333", Ok(333)),
            ("0,125", Ok(13)),
            ("0.995", Ok(100)),
            ("10000", Ok(1_000_000)),
            ("10000,004", Ok(1_000_000)),
            ("10000.01", Err(TooLarge)),
            ("99999999999999999999999999", Err(TooLarge)),
            ("9223372036854775807", Err(TooLarge)),
            ("-1", Err(Negative)),
            ("−0,5", Err(Negative)),
            ("-", Err(NotANumber)),
            ("", Err(NotANumber)),
            ("abc", Err(NotANumber)),
            ("NaN", Err(NotANumber)),
            ("inf", Err(NotANumber)),
            ("1e3", Err(NotANumber)),
            ("10 p", Err(NotANumber)),
            ("8-10", Err(NotANumber)),
            ("02-maj", Err(NotANumber)),
            ("1.000,5", Err(NotANumber)),
            ("2.", Err(NotANumber)),
            (",5", Err(NotANumber)),
            ("+5", Err(NotANumber)),
            ("٣", Err(NotANumber)),
            ("½", Err(NotANumber)),
        ];
        for (text, expected) in cases {
            assert_eq!(
                Points::parse(text).map(Points::hundredths),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn points_are_written_in_both_languages() {
        for (hundredths, sv, en) in [
            (200, "2", "2"),
            (250, "2,5", "2.5"),
            (205, "2,05", "2.05"),
            (7, "0,07", "0.07"),
            (0, "0", "0"),
            (1_000_000, "10000", "10000"),
        ] {
            let points = Points(hundredths);
            assert_eq!(
                (
                    points.text(Lang::Sv),
                    points.text(Lang::En),
                    points.to_string()
                ),
                (sv.to_owned(), en.to_owned(), en.to_owned())
            );
        }
    }
}
