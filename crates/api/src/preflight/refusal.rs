//! Why a request was refused before it was executed, and how that is said.

/// A bound of [`Limits`](super::Limits) that a query can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// The length of the query text, in bytes.
    QueryBytes,
    /// The number of lexical tokens.
    Tokens,
    /// Brackets and selection sets within each other.
    Nesting,
    /// Fields within each other.
    Depth,
    /// Selections in the document, fragments put in their place.
    Selections,
    /// Renamed fields.
    Aliases,
    /// Fields at the root.
    Roots,
    /// Directives.
    Directives,
    /// The static cost.
    Cost,
    /// The largest page asked for.
    First,
}

/// Why a request was refused before it was executed. No statement was run for it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(false))]
pub enum Refusal {
    /// More was asked for than one request may.
    TooMuch {
        /// Which bound was broken.
        limit: Limit,
        /// The bound.
        max: u64,
        /// What was found. Tokens and brackets are counted no further than the first one too many.
        found: u64,
    },
    /// The text is no GraphQL document.
    BadDocument {
        /// The line, counted from 1; 0 if no place can be named.
        line: usize,
        /// The character in the line, counted from 1; 0 if no place can be named.
        column: usize,
        /// What is wrong there, in the parser's words (English).
        reason: String,
    },
    /// A fragment contains itself.
    FragmentCycle {
        /// One fragment of the circle.
        name: String,
    },
    /// A fragment is used that the document does not have.
    UnknownFragment {
        /// The name that was used.
        name: String,
    },
    /// `operationName` names no operation of the document.
    UnknownOperation {
        /// The name that was given.
        name: String,
    },
    /// The document has several operations, and the request does not say which.
    OperationNameNeeded,
    /// A variable that must have a value was given none.
    VariableMissing {
        /// The variable, without its `$`.
        name: String,
    },
    /// A subscription must have exactly one field at its root, and a real one.
    SubscriptionRoots,
    /// This server does not show its schema.
    IntrospectionOff,
}

impl Refusal {
    /// The stable code that clients branch on; also the label of the metric that counts refusals.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooMuch { limit, .. } => match limit {
                Limit::QueryBytes => "LIMIT_QUERY_BYTES",
                Limit::Tokens => "LIMIT_TOKENS",
                Limit::Nesting => "LIMIT_NESTING",
                Limit::Depth => "LIMIT_DEPTH",
                Limit::Selections => "LIMIT_SELECTIONS",
                Limit::Aliases => "LIMIT_ALIASES",
                Limit::Roots => "LIMIT_ROOTS",
                Limit::Directives => "LIMIT_DIRECTIVES",
                Limit::Cost => "LIMIT_COST",
                Limit::First => "LIMIT_FIRST",
            },
            Self::BadDocument { .. } => "BAD_DOCUMENT",
            Self::FragmentCycle { .. } => "FRAGMENT_CYCLE",
            Self::UnknownFragment { .. } => "UNKNOWN_FRAGMENT",
            Self::UnknownOperation { .. } => "UNKNOWN_OPERATION",
            Self::OperationNameNeeded => "OPERATION_NAME_NEEDED",
            Self::VariableMissing { .. } => "VARIABLE_MISSING",
            Self::SubscriptionRoots => "SUBSCRIPTION_ROOTS",
            Self::IntrospectionOff => "INTROSPECTION_OFF",
        }
    }

    /// What was wrong, the bound, and what to do about it: in Swedish if `sv`, otherwise in English.
    #[must_use]
    pub fn message(&self, sv: bool) -> String {
        if sv { self.swedish() } else { self.english() }
    }

    fn english(&self) -> String {
        match self {
            Self::TooMuch { limit, max, found } => match limit {
                Limit::QueryBytes => format!("The query text is {found} bytes long, at most {max} are read. Put long values into variables."),
                Limit::Tokens => format!("The query has more than {max} tokens. Split it into several requests, and put values into variables."),
                Limit::Nesting => format!("The query nests brackets and fragments more than {max} levels deep. Ask for less in one go."),
                Limit::Depth => format!("The query asks for fields {found} levels deep, at most {max} are allowed. Fetch the inner objects by id in a second request."),
                Limit::Selections => format!("The query selects {found} fields and fragments, counting fragments wherever they are used; at most {max} are allowed. Split it into several requests."),
                Limit::Aliases => format!("The query renames {found} fields, at most {max} aliases are allowed. Fetch many objects through a list or `nodes(ids:)`."),
                Limit::Roots => format!("The query asks for {found} fields at its root, at most {max} are allowed. Split it into several requests."),
                Limit::Directives => format!("The query carries {found} directives, at most {max} are allowed. Put @include and @skip on a fragment instead of on each field."),
                Limit::Cost => format!("The query may cost {found}, at most {max} is allowed: a field costs 1, multiplied by the page of every list around it. Ask for smaller pages or fewer fields."),
                Limit::First => format!("The query asks for {found} at once, a page has at most {max}. Fetch the rest with `after`."),
            },
            Self::BadDocument { line: 0, reason, .. } => format!("The query is not valid GraphQL: {reason}. Correct it and try again."),
            Self::BadDocument { line, column, reason } => format!("The query is not valid GraphQL at line {line}, column {column}: {reason}. Correct it and try again."),
            Self::FragmentCycle { name } => format!("The fragment \"{}\" contains itself. Take out one of the spreads that close the circle.", short(name)),
            Self::UnknownFragment { name } => format!("The fragment \"{}\" is used but not defined. Define it in the same document.", short(name)),
            Self::UnknownOperation { name } => format!("The document has no operation named \"{}\". Give `operationName` the name of one that it has.", short(name)),
            Self::OperationNameNeeded => "The document has several operations. Say in `operationName` which one to run.".to_owned(),
            Self::VariableMissing { name } => format!("The variable \"{}\" must have a value and was given none. Give it one in `variables`.", short(name)),
            Self::SubscriptionRoots => "A subscription must have exactly one field at its root, other than `__typename`. Open a subscription for each.".to_owned(),
            Self::IntrospectionOff => "This server does not answer questions about its schema. Use the published schema.graphql.".to_owned(),
        }
    }

    fn swedish(&self) -> String {
        match self {
            Self::TooMuch { limit, max, found } => match limit {
                Limit::QueryBytes => format!("Frågans text är {found} byte lång, högst {max} läses. Lägg långa värden i variabler."),
                Limit::Tokens => format!("Frågan har fler än {max} symboler. Dela upp den i flera anrop och lägg värden i variabler."),
                Limit::Nesting => format!("Frågan har parenteser och fragment i mer än {max} nivåer. Fråga efter mindre på en gång."),
                Limit::Depth => format!("Frågan går {found} fält på djupet, högst {max} är tillåtna. Hämta de inre objekten med id i ett andra anrop."),
                Limit::Selections => format!("Frågan väljer {found} fält och fragment, där fragment räknas på varje ställe de används; högst {max} är tillåtna. Dela upp den i flera anrop."),
                Limit::Aliases => format!("Frågan döper om {found} fält, högst {max} alias är tillåtna. Hämta många objekt genom en lista eller `nodes(ids:)`."),
                Limit::Roots => format!("Frågan har {found} fält på översta nivån, högst {max} är tillåtna. Dela upp den i flera anrop."),
                Limit::Directives => format!("Frågan har {found} direktiv, högst {max} är tillåtna. Sätt @include och @skip på ett fragment i stället för på varje fält."),
                Limit::Cost => format!("Frågan kan kosta {found}, högst {max} är tillåtet: ett fält kostar 1, gånger sidan i varje lista runt det. Fråga efter mindre sidor eller färre fält."),
                Limit::First => format!("Frågan ber om {found} på en gång, en sida har högst {max}. Hämta resten med `after`."),
            },
            Self::BadDocument { line: 0, reason, .. } => format!("Frågan är inte giltig GraphQL: {reason}. Rätta den och försök igen."),
            Self::BadDocument { line, column, reason } => format!("Frågan är inte giltig GraphQL på rad {line}, tecken {column}: {reason}. Rätta den och försök igen."),
            Self::FragmentCycle { name } => format!("Fragmentet \"{}\" innehåller sig självt. Ta bort en av de användningar som sluter cirkeln.", short(name)),
            Self::UnknownFragment { name } => format!("Fragmentet \"{}\" används men finns inte. Definiera det i samma dokument.", short(name)),
            Self::UnknownOperation { name } => format!("Dokumentet har ingen operation med namnet \"{}\". Ange i `operationName` en som finns.", short(name)),
            Self::OperationNameNeeded => "Dokumentet har flera operationer. Ange i `operationName` vilken som ska köras.".to_owned(),
            Self::VariableMissing { name } => format!("Variabeln \"{}\" måste ha ett värde men fick inget. Ge den ett i `variables`.", short(name)),
            Self::SubscriptionRoots => "En prenumeration ska ha exakt ett fält på översta nivån, ett annat än `__typename`. Öppna en prenumeration för varje.".to_owned(),
            Self::IntrospectionOff => "Den här servern svarar inte på frågor om sitt schema. Använd det publicerade schema.graphql.".to_owned(),
        }
    }
}

/// The beginning of a name that a client gave, which may be as long as a request.
fn short(name: &str) -> String {
    let mut chars = name.chars();
    let beginning: String = chars.by_ref().take(60).collect();
    match chars.next() {
        Some(_) => beginning + "…",
        None => beginning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn all() -> Vec<Refusal> {
        use Limit::*;
        let name = || "kärna".to_owned();
        let mut all: Vec<_> = [
            QueryBytes, Tokens, Nesting, Depth, Selections, Aliases, Roots, Directives, Cost, First,
        ]
        .into_iter()
        .map(|limit| Refusal::TooMuch {
            limit,
            max: 7654,
            found: 9_876_543,
        })
        .collect();
        all.extend([
            Refusal::BadDocument {
                line: 0,
                column: 0,
                reason: name(),
            },
            Refusal::BadDocument {
                line: 3,
                column: 4,
                reason: name(),
            },
            Refusal::FragmentCycle { name: name() },
            Refusal::UnknownFragment { name: name() },
            Refusal::UnknownOperation { name: name() },
            Refusal::OperationNameNeeded,
            Refusal::VariableMissing { name: name() },
            Refusal::SubscriptionRoots,
            Refusal::IntrospectionOff,
        ]);
        all
    }

    #[test]
    fn every_refusal_says_what_was_wrong_and_what_to_do_in_both_languages() {
        for refusal in all() {
            let (sv, en) = (refusal.message(true), refusal.message(false));
            assert_ne!(sv, en);
            for message in [&sv, &en] {
                assert!(
                    message.ends_with('.') && message.contains(". "),
                    "two sentences, what and what to do: {message}"
                );
                if let Refusal::TooMuch { .. } = refusal {
                    assert!(message.contains("7654"), "the bound: {message}");
                } else if !matches!(
                    refusal.code(),
                    "OPERATION_NAME_NEEDED" | "SUBSCRIPTION_ROOTS" | "INTROSPECTION_OFF"
                ) {
                    assert!(message.contains("kärna"), "what it was: {message}");
                }
            }
            assert_eq!(refusal.to_string(), en);
        }
    }

    #[test]
    fn codes_are_distinct() {
        let codes: HashSet<_> = all().iter().map(Refusal::code).collect();
        // The two forms of a bad document, with and without a place, share one.
        assert_eq!(codes.len(), all().len() - 1);
    }

    #[test]
    fn a_name_of_any_length_is_shortened() {
        let message = |length| {
            Refusal::UnknownOperation {
                name: "å".repeat(length),
            }
            .message(true)
        };
        assert!(message(60).contains(&format!("\"{}\"", "å".repeat(60))));
        assert!(message(1_000_000).contains(&format!("\"{}…\"", "å".repeat(60))));
    }
}
