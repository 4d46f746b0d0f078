//! Codes of the trade's lists, as filters name them.

use crate::{answer, list::bad};
use async_graphql::Error;
use curriculum::{Code, UnknownCode};
use kit::Lang;
use std::collections::BTreeSet;
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
        let codes: Vec<_> = C::ALL.iter().map(|entry| entry.code()).collect();
        refused(cx, &unknown, &codes)
    })
}

/// The codes of subjects, whatever their days: what was made with one that has ended is still found by it.
///
/// # Errors
///
/// `BAD_CODE` with the codes that there are, when the list of subjects does not have one of them.
pub(crate) async fn known_subjects(cx: &Cx, texts: &[String]) -> Result<Vec<rubrics::Code>, Error> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let reference = curriculum::reference(cx).await;
    let reference = reference.map_err(|fault| answer::error(cx, &fault))?;
    let subjects = reference.subjects.entries.iter();
    let codes: Vec<_> = subjects.map(|subject| subject.code.as_str()).collect();
    let known: BTreeSet<_> = codes.iter().copied().collect();
    let texts = texts.iter().map(|text| {
        if !known.contains(text.as_str()) {
            return Err(refused(cx, &UnknownCode::of("ämnen", text), &codes));
        }
        Ok(rubrics::Code::parse(text)?)
    });
    texts.collect()
}

fn refused(cx: &Cx, unknown: &UnknownCode, codes: &[&str]) -> Error {
    let [sv, en] = [Lang::Sv, Lang::En].map(|lang| message(unknown, codes, lang));
    bad(cx, "BAD_CODE", &sv, &en)
}

fn message(unknown: &UnknownCode, codes: &[&str], lang: Lang) -> String {
    let mut named = codes[..codes.len().min(NAMED_MAX)].join(", ");
    if codes.len() > NAMED_MAX {
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

    #[test]
    fn the_code_and_those_that_there_are_are_named() {
        let unknown = UnknownCode::of("ämnen", "SVENSKA");
        let codes = ["SV", "SVA", "EN"];
        let sv = message(&unknown, &codes, Lang::Sv);
        let en = message(&unknown, &codes, Lang::En);
        assert!(
            sv.contains("”SVENSKA”") && sv.contains("Den har SV, SVA, EN."),
            "{sv}"
        );
        assert!(
            en.contains("“SVENSKA”") && en.contains("It has SV, SVA, EN."),
            "{en}"
        );
        let many = ["SV"; NAMED_MAX + 1];
        assert!(message(&unknown, &many, Lang::En).ends_with("SV, …."));
    }
}
