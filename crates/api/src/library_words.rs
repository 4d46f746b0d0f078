//! What the library says of a request that does not fit the schema, in Swedish. It speaks English; its details are kept.

/// What the library says, with its details cut out, and the same in Swedish with the details in their places.
const TOLD: &[(&[&str], &str)] = &[
    (
        &[
            "Invalid value for argument \"",
            "\", Oneof input objects requires have exactly one field",
        ],
        "Av fälten i \"{0}\" ska precis ett anges.",
    ),
    (
        &["Unknown field \"", "\" on type \"", "\"."],
        "Fältet \"{0}\" finns inte på typen \"{1}\". Fälten står i schemat.",
    ),
    (
        &[
            "Unknown argument \"",
            "\" on field \"",
            "\" of type \"",
            "\".",
        ],
        "Argumentet \"{0}\" finns inte på fältet \"{1}\". Argumenten står i schemat.",
    ),
    (
        &[
            "Field \"",
            "\" argument \"",
            "\" of type \"",
            "\" is required but not provided",
        ],
        "Argumentet \"{1}\" saknas på fältet \"{0}\". Det måste anges.",
    ),
    (
        &[
            "Invalid value for argument \"",
            "\", expected type \"",
            "\"",
        ],
        "Värdet på \"{0}\" har fel typ. Det ska vara \"{1}\".",
    ),
    (
        &[
            "Invalid value for argument \"",
            "\", enumeration type \"",
            "\" does not contain the value \"",
            "\"",
        ],
        "Värdet \"{2}\" på \"{0}\" finns inte i \"{1}\". Värdena står i schemat.",
    ),
    (
        &[
            "Invalid value for argument \"",
            "\", field \"",
            "\" of type \"",
            "\" is required but not provided",
        ],
        "Fältet \"{1}\" saknas i \"{0}\". Det måste anges, med typen \"{2}\".",
    ),
    (
        &[
            "Invalid value for argument \"",
            "\", unknown field \"",
            "\" of type \"",
            "\"",
        ],
        "Fältet \"{1}\" i \"{0}\" finns inte på typen \"{2}\". Fälten står i schemat.",
    ),
    (
        &["Expected input type \"", "\", found ", "."],
        "Ett värde har fel typ: {1}. Det ska vara \"{0}\".",
    ),
    (
        &["Failed to parse \"", "\": ", ""],
        "Ett värde kan inte läsas som \"{0}\". {1}",
    ),
    (
        &[
            "Field \"",
            "\" of type \"",
            "\" must have a selection of subfields",
        ],
        "Fältet \"{0}\" är ett objekt. Välj vilka fält av \"{1}\" som ska läsas.",
    ),
    (
        &[
            "Field \"",
            "\" must not have a selection since type \"",
            "\" has no subfields",
        ],
        "Fältet \"{0}\" är ett värde av typen \"{1}\". Det har inga fält att välja.",
    ),
    (
        &["Variable \"$", "\" is not defined", ""],
        "Variabeln \"${0}\" används men är inte deklarerad. Deklarera den i operationen.",
    ),
    (
        &["Variable \"$", "\" is not used", ""],
        "Variabeln \"${0}\" är deklarerad men används inte. Ta bort den.",
    ),
    (
        &["Unknown type \"", "\""],
        "Typen \"{0}\" finns inte. Typerna står i schemat.",
    ),
];

/// The same in Swedish; what is not known by heart keeps the library's English behind a Swedish sentence.
pub(crate) fn in_swedish(message: &str) -> String {
    let known = TOLD
        .iter()
        .find_map(|(pattern, swedish)| Some((details(message, pattern)?, *swedish)));
    match known {
        Some((details, swedish)) => filled(swedish, &details),
        None => format!("Frågan stämmer inte med schemat: {message}"),
    }
}

/// Whether it is about a value that no field was asked with yet: it is read before its field begins.
pub(crate) fn is_about_a_value(message: &str) -> bool {
    ["Expected input type \"", "Failed to parse \""]
        .iter()
        .any(|start| message.starts_with(start))
}

/// What stands between the parts of `pattern`, if the message is made of them.
fn details<'m>(message: &'m str, pattern: &[&str]) -> Option<Vec<&'m str>> {
    let [first, middle @ .., last] = pattern else {
        return None;
    };
    let mut rest = message.strip_prefix(first)?;
    let mut details = Vec::with_capacity(middle.len() + 1);
    for part in middle {
        let (detail, behind) = rest.split_once(part)?;
        details.push(detail);
        rest = behind;
    }
    details.push(rest.strip_suffix(last)?);
    Some(details)
}

/// The sentence with `{0}`, `{1}` … filled in. What is filled in is not looked at again.
fn filled(sentence: &str, details: &[&str]) -> String {
    let mut text = String::with_capacity(sentence.len() + 40);
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let (number, after) = behind.split_once('}').unwrap_or((behind, ""));
        let detail = number.parse().ok().and_then(|n: usize| details.get(n));
        text.push_str(detail.copied().unwrap_or_default());
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::schema;
    use async_graphql::{Request, Variables};
    use serde_json::{Value, json};

    /// What the library really says of it, so that a release that says it otherwise is noticed.
    async fn said(query: &str, variables: Value) -> Vec<String> {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let answer = schema().finish().execute(request).await;
        answer
            .errors
            .into_iter()
            .map(|error| error.message)
            .collect()
    }

    #[tokio::test]
    async fn what_is_met_most_is_said_in_swedish_with_its_names() {
        const PUBLISH: &str = "mutation($input: PublishRubricInput!) { publishRubric(input: $input) { rubric { id } } }";
        let input = |input: Value| json!({ "input": input });
        let cases = [
            (
                "{ viewer { nothing } }",
                json!({}),
                "Fältet \"nothing\" finns inte på typen \"Viewer\". Fälten står i schemat.",
            ),
            (
                "{ rubric(id: \"1\", idd: \"3\") { id } }",
                json!({}),
                "Argumentet \"idd\" finns inte på fältet \"rubric\". Argumenten står i schemat.",
            ),
            (
                "{ rubric { id } }",
                json!({}),
                "Argumentet \"id\" saknas på fältet \"rubric\". Det måste anges.",
            ),
            (
                "{ people(first: \"x\") { nodes { id } } }",
                json!({}),
                "Värdet på \"first\" har fel typ. Det ska vara \"Int\".",
            ),
            (
                "{ rubrics(first: 3, order: BEST) { nodes { id } } }",
                json!({}),
                "Värdet \"BEST\" på \"order\" finns inte i \"RubricOrder\". Värdena står i schemat.",
            ),
            (
                PUBLISH,
                input(json!({"rubric": "a"})),
                "Fältet \"version\" saknas i \"input\". Det måste anges, med typen \"Int!\".",
            ),
            (
                PUBLISH,
                input(json!({"rubric": "a", "version": "1"})),
                "Värdet på \"input.version\" har fel typ. Det ska vara \"Int\".",
            ),
            (
                PUBLISH,
                input(json!({"rubric": "a", "version": 1, "more": 2})),
                "Fältet \"more\" i \"input\" finns inte på typen \"PublishRubricInput\". Fälten står i schemat.",
            ),
            (
                PUBLISH,
                input(json!("x")),
                "Ett värde har fel typ: \"x\". Det ska vara \"PublishRubricInput\".",
            ),
            (
                PUBLISH,
                input(json!({"rubric": "a", "version": 5_000_000_000_i64})),
                "Ett värde kan inte läsas som \"Int\". Only integers from -2147483648 to 2147483647 are accepted. (occurred while parsing \"PublishRubricInput\")",
            ),
            (
                "{ viewer }",
                json!({}),
                "Fältet \"viewer\" är ett objekt. Välj vilka fält av \"Viewer\" som ska läsas.",
            ),
            (
                "{ serverInfo { version { x } } }",
                json!({}),
                "Fältet \"version\" är ett värde av typen \"String\". Det har inga fält att välja.",
            ),
            (
                "{ rubric(id: $x) { id } }",
                json!({}),
                "Variabeln \"$x\" används men är inte deklarerad. Deklarera den i operationen.",
            ),
            (
                "query A { rubric(id: $x) { id } }",
                json!({}),
                "Variabeln \"$x\" används men är inte deklarerad. Deklarera den i operationen.",
            ),
            (
                "query($x: ID) { viewer { isService } }",
                json!({}),
                "Variabeln \"$x\" är deklarerad men används inte. Ta bort den.",
            ),
            (
                "query($a: Nix) { viewer { isService } }",
                json!({}),
                "Typen \"Nix\" finns inte. Typerna står i schemat.",
            ),
            (
                "{ viewer { isService @nix } }",
                json!({}),
                "Frågan stämmer inte med schemat: Unknown directive \"nix\"",
            ),
        ];
        for (query, variables, swedish) in cases {
            let said = said(query, variables).await;
            let told: Vec<_> = said.iter().map(|message| in_swedish(message)).collect();
            assert!(
                told.iter().any(|told| told == swedish),
                "{query}: {told:#?}"
            );
        }
    }

    #[tokio::test]
    async fn one_of_several_fields_is_asked_for_in_swedish() {
        let query = "mutation($input: AddRubricAuthorInput!) { addRubricAuthor(input: $input) { rubric { id } } }";
        let input = json!({ "input": { "rubric": "a", "version": 1, "author": {} } });
        let told: Vec<_> = said(query, input).await;
        let told: Vec<_> = told.iter().map(|message| in_swedish(message)).collect();
        assert_eq!(told, ["Av fälten i \"input.author\" ska precis ett anges."]);
    }

    #[test]
    fn a_detail_that_looks_like_a_place_is_left_as_it_is() {
        let message = "Unknown field \"{1}\" on type \"{0\".";
        let told = "Fältet \"{1}\" finns inte på typen \"{0\". Fälten står i schemat.";
        assert_eq!(in_swedish(message), told);
        for strange in ["", "{", "Unknown field \"", "Failed to parse \""] {
            assert!(in_swedish(strange).ends_with(strange), "{strange}");
        }
    }
}
