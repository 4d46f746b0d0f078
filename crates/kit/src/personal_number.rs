//! Swedish personal numbers (personnummer, samordningsnummer): they have no place in what teachers share.

use chrono::NaiveDate;

/// Whether a text names somebody by their personal number: with or without century and separator, a real date and the right check digit.
#[must_use]
pub fn is_in(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let digits = run(&chars, at);
        if digits == 0 {
            at += 1;
            continue;
        }
        let end = at + digits;
        let found = match digits {
            10 | 12 => is_personal(&chars, at..end, None),
            6 | 8 => {
                // The last four digits stand behind a hyphen (a plus for centenarians), a dash or a space.
                let separated = chars
                    .get(end)
                    .is_some_and(|c| matches!(c, '-' | '+' | '–' | '\u{2011}' | ' ' | '\u{a0}'));
                separated
                    && run(&chars, end + 1) == 4
                    && is_personal(&chars, at..end, Some(end + 1..end + 5))
            }
            _ => false,
        };
        if found {
            return true;
        }
        at = end;
    }
    false
}

/// How many digits stand from `at` on.
fn run(chars: &[char], at: usize) -> usize {
    let rest = chars.get(at..).unwrap_or_default();
    rest.iter().take_while(|c| c.is_ascii_digit()).count()
}

fn is_personal(
    chars: &[char],
    first: std::ops::Range<usize>,
    last: Option<std::ops::Range<usize>>,
) -> bool {
    let digits: Vec<u32> = first
        .chain(last.into_iter().flatten())
        .filter_map(|at| chars[at].to_digit(10))
        .collect();
    let (century, rest) = digits.split_at(digits.len() - 10);
    let pair = |at: usize| rest[at] * 10 + rest[at + 1];
    // A samordningsnummer counts the day from sixty.
    let (month, day) = (pair(2), if pair(4) > 60 { pair(4) - 60 } else { pair(4) });
    let centuries = match century {
        [tens, ones] => vec![tens * 10 + ones],
        _ => vec![19, 20],
    };
    let is_date = centuries.into_iter().any(|century| {
        let year = i32::try_from(century * 100 + pair(0)).unwrap_or(0);
        (1800..2100).contains(&year) && NaiveDate::from_ymd_opt(year, month, day).is_some()
    });
    let sum: u32 = rest
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            let doubled = digit * (2 - u32::from(at % 2 == 1));
            doubled / 10 + doubled % 10
        })
        .sum();
    is_date && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Numbers that the tax agency (Skatteverket) publishes for tests; nobody bears them.
    #[test]
    fn a_personal_number_is_found_in_every_usual_form() {
        for text in [
            "198112189876",
            "8112189876",
            "811218-9876",
            "19811218-9876",
            "Kalle (811218–9876) skrev",
            "811218 9876.",
            "åäö 811218+9876",
            "811278-9873",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "",
            "811218-9875",
            "811318-9876",
            "0708-123456",
            "1234567890",
            "8112189876123",
            "811218-98765",
            "2026-08-17",
            "Läroplanen 2011, s. 42–4711",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
