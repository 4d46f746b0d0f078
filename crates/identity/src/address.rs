//! The e-mail address that an account is found by.

use crate::Error;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// An e-mail address in the one form that is kept: NFC, lower-case, without white space around it; at most 254 bytes.
///
/// Whether mail arrives there is not asked: an invitation or a link proves it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

impl Address {
    /// Reads an address from outside.
    ///
    /// # Errors
    ///
    /// [`Error::AddressInvalid`] unless it is a name of at most 64 bytes, `@` and a domain with a dot, without white space.
    pub fn parse(input: &str) -> Result<Self, Error> {
        if input.len() > 1_000 {
            return Err(Error::AddressInvalid);
        }
        let text: String = input
            .trim()
            .nfc()
            .collect::<String>()
            .to_lowercase()
            .nfc()
            .collect();
        let (local, domain) = text.rsplit_once('@').ok_or(Error::AddressInvalid)?;
        let fits = text.len() <= 254
            && (1..=64).contains(&local.len())
            && !local.contains('@')
            && domain.contains('.')
            && domain.split('.').all(|part| !part.is_empty())
            && !text.chars().any(|c| {
                c.is_whitespace()
                    || c.is_control()
                    || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\\')
            });
        if fits {
            Ok(Self(text))
        } else {
            Err(Error::AddressInvalid)
        }
    }

    /// An address that [`Address::parse`] made before it was stored.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    /// Nothing of it: addresses do not belong in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_form() {
        let cases = [
            (" Anna.Berg@Skola.Example \n", "anna.berg@skola.example"),
            ("BJO\u{308}RN@skola.example", "björn@skola.example"),
            ("a+b@x.y", "a+b@x.y"),
        ];
        for (typed, kept) in cases {
            assert_eq!(Address::parse(typed).unwrap().as_str(), kept);
        }
        assert_eq!(
            Address::parse("anna@skola.example").unwrap().local_part(),
            "anna"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@x.example", "a".repeat(65));
        let huge = "a".repeat(1_000_000);
        for typed in [
            "",
            "@",
            "anna",
            "@x.example",
            "anna@",
            "anna@skola",
            "anna@.example",
            "anna@x..example",
            "a@b@x.example",
            "an na@x.example",
            "a\0@x.example",
            "<a@x.example>",
            &long,
            &huge,
        ] {
            assert!(
                matches!(Address::parse(typed), Err(Error::AddressInvalid)),
                "{}",
                typed.chars().take(20).collect::<String>()
            );
        }
    }
}
