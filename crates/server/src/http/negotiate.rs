//! Which media type an answer has, which language, and whether a body is JSON: what headers say.

use axum::http::{HeaderMap, HeaderValue, header};
use kit::Lang;

/// A media type that answers come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: the status says what became of the request.
    GraphQl,
    /// `application/json`, for older clients: the status is 200 for every well-formed request.
    Json,
}

impl Media {
    const ALL: [Self; 2] = [Self::GraphQl, Self::Json];

    const fn subtype(self) -> &'static str {
        match self {
            Self::GraphQl => "graphql-response+json",
            Self::Json => "json",
        }
    }

    pub(crate) const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// One entry of a header like `Accept`: what, with which parameters, how much it is wanted (in thousandths).
struct Entry<'h> {
    what: &'h str,
    parameters: Vec<(&'h str, &'h str)>,
    quality: u16,
}

fn entries<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Vec<Entry<'h>> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(entry)
        .collect()
}

fn entry(text: &str) -> Option<Entry<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let what = parts.next().filter(|what| !what.is_empty())?;
    let mut quality = 1_000;
    let mut parameters = Vec::new();
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let (name, value) = (name.trim(), value.trim().trim_matches('"'));
        if name.eq_ignore_ascii_case("q") {
            quality = thousandths(value);
        } else {
            parameters.push((name, value));
        }
    }
    Some(Entry {
        what,
        parameters,
        quality,
    })
}

/// `0.5` as 500. What is no number counts as not wanted.
fn thousandths(quality: &str) -> u16 {
    match quality.split_once('.') {
        None if quality == "1" => 1_000,
        Some(("1", _)) => 1_000,
        Some(("0", digits)) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            let digits: String = digits.chars().chain("000".chars()).take(3).collect();
            digits.parse().unwrap_or(0)
        }
        _ => 0,
    }
}

fn is_utf8(entry: &Entry<'_>) -> bool {
    entry.parameters.iter().all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset")
            || value.eq_ignore_ascii_case("utf-8")
            || value.eq_ignore_ascii_case("utf8")
    })
}

/// The media type that the client likes best of ours; `None` when it likes none. Without `Accept` it is the newer one.
///
/// Of equally liked ones it is the one named first, and the newer one where none is named.
pub(crate) fn media(headers: &HeaderMap) -> Option<Media> {
    if !headers.contains_key(header::ACCEPT) {
        return Some(Media::GraphQl);
    }
    let entries = entries(headers, &header::ACCEPT);
    // How well an entry fits: by name, by kind, or by anything.
    let fit = |entry: &Entry<'_>, media: Media| {
        let (kind, subtype) = entry.what.split_once('/')?;
        match (kind, subtype) {
            ("*", "*") => Some(1),
            (kind, "*") if kind.eq_ignore_ascii_case("application") => Some(2),
            (kind, subtype)
                if kind.eq_ignore_ascii_case("application")
                    && subtype.eq_ignore_ascii_case(media.subtype()) =>
            {
                is_utf8(entry).then_some(3)
            }
            _ => None,
        }
    };
    let mut best: Option<(Media, u16, usize)> = None;
    for media in Media::ALL {
        let closest = entries
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| Some((fit(entry, media)?, entry.quality, place)))
            .max_by_key(|(fit, quality, place)| (*fit, *quality, std::cmp::Reverse(*place)));
        let Some((_, quality, place)) = closest.filter(|(_, quality, _)| *quality > 0) else {
            continue;
        };
        if best.is_none_or(|(_, other, first)| quality > other || quality == other && place < first)
        {
            best = Some((media, quality, place));
        }
    }
    best.map(|(media, _, _)| media)
}

/// Whether the body is JSON in UTF-8, as `Content-Type` says. Without one it is not.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else {
        return false;
    };
    value
        .to_str()
        .ok()
        .and_then(entry)
        .is_some_and(|entry| entry.what.eq_ignore_ascii_case("application/json") && is_utf8(&entry))
}

/// The language that the client likes best of ours. Swedish where it says nothing.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    let mut best = (Lang::Sv, 0);
    for entry in entries(headers, &header::ACCEPT_LANGUAGE) {
        let primary = entry.what.split('-').next().unwrap_or(entry.what);
        if let Some(lang) = Lang::from_code(&primary.to_ascii_lowercase())
            && entry.quality > best.1
        {
            best = (lang, entry.quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_best_liked_media_type_is_chosen() {
        use Media::*;
        let cases = [
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphQl)),
            ("application/json; charset=utf-8", Some(Json)),
            ("application/json; charset=\"UTF-8\"", Some(Json)),
            ("application/json; charset=latin1", None),
            (
                "application/json, application/graphql-response+json",
                Some(Json),
            ),
            (
                "application/graphql-response+json, application/json",
                Some(GraphQl),
            ),
            (
                "application/json;q=0.5, application/graphql-response+json;q=0.9",
                Some(GraphQl),
            ),
            (
                "application/graphql-response+json;q=0.1, application/json",
                Some(Json),
            ),
            ("application/graphql-response+json;q=0, */*", Some(Json)),
            ("application/json;q=0", None),
            ("*/*", Some(GraphQl)),
            ("application/*", Some(GraphQl)),
            ("text/html, application/json;q=0.9, */*;q=0.8", Some(Json)),
            ("APPLICATION/JSON", Some(Json)),
            ("text/html", None),
            ("application/json;q=much", None),
            ("nonsense", None),
            ("", None),
        ];
        for (accept, media_type) in cases {
            assert_eq!(media(&with(header::ACCEPT, accept)), media_type, "{accept}");
        }
        assert_eq!(media(&HeaderMap::new()), Some(GraphQl));
    }

    #[test]
    fn a_body_is_json_only_if_it_says_so() {
        let cases = [
            ("application/json", true),
            ("Application/JSON; Charset=UTF-8", true),
            ("application/json; charset=\"utf-8\"", true),
            ("application/json; charset=iso-8859-1", false),
            ("application/graphql", false),
            ("text/plain", false),
            ("multipart/form-data; boundary=x", false),
            ("", false),
        ];
        for (content_type, json) in cases {
            assert_eq!(
                is_json(&with(header::CONTENT_TYPE, content_type)),
                json,
                "{content_type}"
            );
        }
        assert!(!is_json(&HeaderMap::new()));
    }

    #[test]
    fn the_best_liked_language_is_chosen() {
        let cases = [
            ("en", Lang::En),
            ("en-GB,en;q=0.9,sv;q=0.8", Lang::En),
            ("sv-SE,sv;q=0.9,en;q=0.8", Lang::Sv),
            ("de, en;q=0.3", Lang::En),
            ("de", Lang::Sv),
            ("*", Lang::Sv),
        ];
        for (accept, expected) in cases {
            assert_eq!(
                lang(&with(header::ACCEPT_LANGUAGE, accept)),
                expected,
                "{accept}"
            );
        }
    }
}
