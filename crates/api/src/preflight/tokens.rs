//! Counts the tokens of a query text before anything parses it.
//!
//! The parser is generous with its own work: it follows brackets until the stack ends, and a token costs it many times what
//! it costs here. So the text is walked once, without allocating, and no further than the first token or bracket too many.
//!
//! What is counted is not less than what the parser will see. Where its grammar is laxer than GraphQL's (`1-2` is two numbers
//! to it) we count as it does, and a string without an end is refused here, because the parser would read on behind it. Only
//! words that it cuts in two (`[truefalse]` has two values to it) count as one here; the bound on bytes holds those.

use super::{Limit, Limits, Refusal};

/// Counts the lexical tokens of `text`, no further than the first one too many.
///
/// # Errors
///
/// [`Refusal::TooMuch`] beyond `tokens_max`, or where brackets stand deeper within each other than `nesting_max`;
/// [`Refusal::BadDocument`] where no token of GraphQL begins, or a string does not end.
pub(super) fn count(text: &str, limits: &Limits) -> Result<u64, Refusal> {
    let too_much = |limit, max, found| Err(Refusal::TooMuch { limit, max, found });
    let (mut tokens, mut open) = (0_u64, 0_u64);
    let mut rest = skip_ignored(text);
    while let Some(first) = rest.bytes().next() {
        let length = token_length(rest).map_err(|reason| refuse(text, rest, reason))?;
        tokens += 1;
        if tokens > limits.tokens_max {
            return too_much(Limit::Tokens, limits.tokens_max, tokens);
        }
        match first {
            b'{' | b'(' | b'[' => open += 1,
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > limits.nesting_max {
            return too_much(Limit::Nesting, limits.nesting_max, open);
        }
        rest = rest
            .get(length..)
            .map(skip_ignored)
            .expect("a token ends after an ASCII character");
    }
    Ok(tokens)
}

/// What may stand between tokens: white space, commas, comments, byte order marks.
fn skip_ignored(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches([' ', '\t', '\n', '\r', ',', '\u{feff}']);
        let Some(comment) = text.strip_prefix('#') else {
            return text;
        };
        text = comment.trim_start_matches(|c| c != '\n' && c != '\r');
    }
}

/// The length in bytes of the token that `rest`, which is not empty, begins with. It ends after an ASCII character, so `rest`
/// can be cut there.
fn token_length(rest: &str) -> Result<usize, &'static str> {
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'!' | b'$' | b'&' | b':' | b'=' | b'@'
        | b'|' => Ok(1),
        b'.' if rest.starts_with("...") => Ok(3),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            Ok(run(bytes, 0, |b| b.is_ascii_alphanumeric() || b == b'_'))
        }
        b'-' | b'0'..=b'9' => number_length(bytes),
        b'"' => string_length(bytes),
        _ => Err("unexpected character"),
    }
}

/// Where the run of bytes that are `wanted` ends, beginning at `from`.
fn run(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    bytes[from..]
        .iter()
        .position(|b| !wanted(*b))
        .map_or(bytes.len(), |length| from + length)
}

fn number_length(bytes: &[u8]) -> Result<usize, &'static str> {
    let digits = |from: usize| run(bytes, from, |b| b.is_ascii_digit());
    let start = usize::from(bytes[0] == b'-');
    let mut end = match bytes.get(start) {
        Some(b'0') => start + 1,
        Some(b'1'..=b'9') => digits(start),
        _ => return Err("a minus sign without a number"),
    };
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if exponent < bytes.len() && digits(exponent) > exponent {
            end = digits(exponent);
        }
    }
    Ok(end)
}

fn string_length(bytes: &[u8]) -> Result<usize, &'static str> {
    const ENDLESS: &str = "a string without an end";
    let block = bytes.starts_with(br#"""""#);
    let mut at = if block { 3 } else { 1 };
    loop {
        match bytes.get(at).ok_or(ENDLESS)? {
            b'\\' if block => {
                at += if bytes[at + 1..].starts_with(br#"""""#) {
                    4
                } else {
                    1
                }
            }
            b'"' if block && bytes[at..].starts_with(br#"""""#) => return Ok(at + 3),
            b'"' if !block => return Ok(at + 1),
            b'\n' | b'\r' if !block => return Err(ENDLESS),
            b'\\' if !matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => at += 2,
            _ => at += 1,
        }
    }
}

/// A refusal that names the line and column where `rest`, the end of `text`, begins.
fn refuse(text: &str, rest: &str, reason: &str) -> Refusal {
    let before = text.strip_suffix(rest).unwrap_or(text);
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    let lines = before.replace("\r\n", "\n").matches(['\n', '\r']).count();
    Refusal::BadDocument {
        line: lines + 1,
        column: line.chars().count() + 1,
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::{parse_query, types::Selection};
    use async_graphql_value::Value;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Result<u64, Refusal> {
        count(text, &Limits::default())
    }

    #[test]
    fn tokens_are_counted_as_graphql_has_them() {
        let cases: &[(&str, u64)] = &[
            ("", 0),
            (" \t\r\n,,\u{feff}", 0),
            ("# {a b c}", 0),
            ("# {a\n{ #b\r}", 2),
            ("{a}", 3),
            ("{ rubric(id: \"r\") { ...F } }", 12),
            ("$a !&|=@:", 8),
            ("...on", 2),
            ("......", 2),
            ("_a1_ A", 2),
            ("0 -0 1 -12 1.5 1e3 1.5E-10 -1.0e+7", 8),
            // Laxer than GraphQL, as the parser is: what it reads as several values counts as several.
            ("1-2", 2),
            ("007", 3),
            ("1e", 2),
            ("1abc", 2),
            (r#""""#, 1),
            (r#""a\"b{{{" c"#, 2),
            (r#""\\" c"#, 2),
            (r#""é\né#" c"#, 2),
            (r#""""""" c"#, 2),
            ("\"\"\"a\n\"b\" \\\"\"\" {{{ \"\"\" c", 2),
            (r#"""""a""" c"#, 2),
            (r#""""\\"""""" c"#, 2),
        ];
        for (text, expected) in cases {
            assert_eq!(tokens(text), Ok(*expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused_with_its_place() {
        let cases = [
            ("{a %}", 1, 4),
            ("{a\n  å}", 2, 3),
            ("{a\r\n é}", 2, 2),
            ("# é\r\r{a}..", 3, 4),
            ("\u{feff}{a -}", 1, 5),
            ("{a(x: \"b\n\")}", 1, 7),
            ("{a(x: \"b\\", 1, 7),
            ("{a(x: \"b\\\n\")}", 1, 7),
            ("{a(x: \"\"\"b\")}", 1, 7),
            ("{a(x: \"\"\"b\\\"\"\")}", 1, 7),
            ("{a 1.}", 1, 5),
            ("\0", 1, 1),
        ];
        for (text, line, column) in cases {
            let refusal = tokens(text).unwrap_err();
            let Refusal::BadDocument {
                line: l, column: c, ..
            } = &refusal
            else {
                panic!("{text}: {refusal}")
            };
            assert_eq!((*l, *c), (line, column), "{text}: {refusal}");
        }
    }

    #[test]
    fn counting_stops_at_the_first_token_or_bracket_too_many() {
        let limits = Limits {
            tokens_max: 5,
            nesting_max: 2,
            ..Limits::default()
        };
        let cases = [
            ("a b c d e", Ok(5)),
            ("a b c d e f %%%", Err((Limit::Tokens, 5, 6))),
            ("{({", Err((Limit::Nesting, 2, 3))),
            ("{([%%%", Err((Limit::Nesting, 2, 3))),
            ("{}[()]", Err((Limit::Tokens, 5, 6))),
            ("}}{[]", Ok(5)),
        ];
        for (text, expected) in cases {
            let expected =
                expected.map_err(|(limit, max, found)| Refusal::TooMuch { limit, max, found });
            assert_eq!(count(text, &limits), expected, "{text}");
        }
    }

    fn values(value: &Value) -> u64 {
        1 + match value {
            Value::List(list) => list.iter().map(values).sum(),
            Value::Object(object) => object.values().map(values).sum(),
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = tokens(&text);
        }

        /// Inside a list, where values may stand against each other: there a lexer and a parser disagree most easily.
        #[test]
        fn the_parser_never_sees_more_values_than_tokens_were_counted(
            list in r#"(0|1|-1|-|1\.5|e3| |,|b|\[\]|\[b\]|\[|\]|"b"|""|"|"""\\?b"""|\{b:0\}|#b\n|#|\n){0,8}"#
        ) {
            let text = format!("{{a(x: [{list}])}}");
            if let Ok(document) = parse_query(&text) {
                let (_, operation) = document.operations.iter().next().unwrap();
                let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { unreachable!() };
                let found = values(&field.node.arguments[0].1.node);
                // {a(x: and )} are seven tokens, and the list, one value, has two.
                match tokens(&text) {
                    Ok(counted) => prop_assert!(counted > found + 7, "{text}: {found} values, {counted} tokens"),
                    // The parser takes `"""b"` as two strings, which GraphQL does not.
                    Err(refusal) => prop_assert!(refusal.to_string().contains("without an end"), "{text}: {refusal}"),
                }
            }
        }
    }
}
