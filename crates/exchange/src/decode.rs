//! The text of a file, whatever it was saved as.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// A file as text. What could not be decoded stands as U+FFFD.
pub(crate) struct Decoded<'a> {
    /// The text without its byte order mark.
    pub text: Cow<'a, str>,
    /// Whether the encoding is a guess: neither marked nor UTF-8.
    pub guessed: bool,
}

/// Decodes by the byte order mark, else as UTF-8, else as Windows-1252, which Swedish Excel writes as plain "CSV".
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Decoded {
            text,
            guessed: false,
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            guessed: false,
        },
        Err(_) => Decoded {
            text: WINDOWS_1252.decode_without_bom_handling(bytes).0,
            guessed: true,
        },
    }
}

impl Decoded<'_> {
    /// Whether this is no text: a workbook (a zip file) and UTF-16 without its mark both have zero characters in the first line.
    pub(crate) fn is_binary(&self) -> bool {
        self.text
            .lines()
            .next()
            .is_some_and(|line| line.contains('\0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_whatever_it_was_saved_as() {
        let cases: &[(&str, &[u8], bool)] = &[
            ("utf-8", "nivå".as_bytes(), false),
            ("utf-8 with mark", b"\xEF\xBB\xBFniv\xC3\xA5", false),
            (
                "utf-16, little end first",
                b"\xFF\xFEn\0i\0v\0\xE5\0",
                false,
            ),
            ("utf-16, big end first", b"\xFE\xFF\0n\0i\0v\0\xE5", false),
            ("windows-1252", b"niv\xE5", true),
        ];
        for (case, bytes, guessed) in cases {
            let decoded = decode(bytes);
            assert_eq!(
                (&*decoded.text, decoded.guessed),
                ("nivå", *guessed),
                "{case}"
            );
            assert!(!decoded.is_binary(), "{case}");
        }
    }

    #[test]
    fn a_workbook_and_unmarked_utf_16_are_no_text() {
        assert!(decode(b"PK\x03\x04\x14\x00\x06\x00\x08").is_binary());
        assert!(decode(b"R\0u\0b\0r\0i\0c\0").is_binary());
    }
}
