//! Codes of the trade's lists, as filters name them.

use crate::list::bad;
use async_graphql::Error;
use curriculum::{Code, UnknownCode};
use kit::Lang;
use store::Cx;

/// How many codes of a list are named to whoever used another.
const NAMED_MAX: usize = 40;

/// The code of a list.
///
/// # Errors
///
/// `BAD_CODE` with the codes that there are, when the list does not have it.
pub(crate) fn known_code<C: Code>(cx: &Cx, text: &str) -> Result<C, Error> {
    C::parse(text).map_err(|unknown| {
        let [sv, en] = [Lang::Sv, Lang::En].map(|lang| message::<C>(&unknown, lang));
        bad(cx, "BAD_CODE", &sv, &en)
    })
}

fn message<C: Code>(unknown: &UnknownCode, lang: Lang) -> String {
    let codes = C::ALL.iter().map(|entry| entry.code());
    let mut named = codes.take(NAMED_MAX).collect::<Vec<_>>().join(", ");
    if C::ALL.len() > NAMED_MAX {
        named.push_str(", …");
    }
    let said = unknown.message(lang);
    lang.pick(
        format!("{said} Den har {named}."),
        format!("{said} It has {named}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use curriculum::{KeyStrategy, Subject};

    #[test]
    fn the_code_and_those_that_there_are_are_named() {
        let unknown = Subject::parse("SVENSKA").unwrap_err();
        let (sv, en) = (
            message::<Subject>(&unknown, Lang::Sv),
            message::<Subject>(&unknown, Lang::En),
        );
        assert!(
            sv.contains("”SVENSKA”") && sv.contains("Den har SV, SVA, EN"),
            "{sv}"
        );
        assert!(
            en.contains("“SVENSKA”") && en.contains("It has SV, SVA, EN"),
            "{en}"
        );
        let unknown = KeyStrategy::parse("").unwrap_err();
        assert!(message::<KeyStrategy>(&unknown, Lang::En).contains("CLARIFY_INTENTIONS"));
    }
}
