//! Every element of the schema says what it is, in more words than its name.

use async_graphql::{
    Positioned,
    parser::types::{
        FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind,
        TypeSystemDefinition,
    },
};

/// Words that say nothing by themselves.
const SMALL_WORDS: &[&str] = &[
    "a", "all", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "in", "is", "it",
    "its", "of", "on", "or", "s", "that", "the", "their", "these", "this", "to", "which", "with",
];

/// Fewer words than this describe nothing.
const WORDS_MIN: usize = 3;

/// What the library writes itself and we cannot describe: the page information, and a connection's own parts.
const LIBRARY_TYPE: &str = "PageInfo";
const LIBRARY_FIELDS: &[&str] = &["cursor", "edges", "node", "nodes", "pageInfo"];

/// How many elements were looked at, and which say nothing.
#[derive(Debug, Default)]
pub(crate) struct Described {
    pub elements: usize,
    pub findings: Vec<String>,
}

/// Looks at every type, field, argument, input field and enum value.
pub(crate) fn check(schema: &ServiceDocument) -> Described {
    let mut described = Described::default();
    for definition in &schema.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && definition.node.name.node != LIBRARY_TYPE
        {
            described.of_type(&definition.node);
        }
    }
    described
}

impl Described {
    fn of_type(&mut self, ty: &TypeDefinition) {
        let name = ty.name.node.as_str();
        let fields = match &ty.kind {
            TypeKind::Object(object) => object.fields.as_slice(),
            TypeKind::Interface(interface) => interface.fields.as_slice(),
            _ => &[],
        };
        let from_library = is_connection_or_edge(fields);
        if !from_library {
            self.one(name, ty.description.as_ref(), &[name]);
        }
        for field in fields {
            let field = &field.node;
            if from_library && LIBRARY_FIELDS.contains(&field.name.node.as_str()) {
                continue;
            }
            let path = format!("{name}.{}", field.name.node);
            self.one(&path, field.description.as_ref(), &[name, &field.name.node]);
            for argument in &field.arguments {
                let path = format!("{path}({}:)", argument.node.name.node);
                self.input(&path, &argument.node, &field.name.node);
            }
        }
        match &ty.kind {
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let path = format!("{name}.{}", field.node.name.node);
                    self.input(&path, &field.node, name);
                }
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    let value = &value.node;
                    let path = format!("{name}.{}", value.value.node);
                    self.one(
                        &path,
                        value.description.as_ref(),
                        &[name, &value.value.node],
                    );
                }
            }
            _ => {}
        }
    }

    fn input(&mut self, path: &str, input: &InputValueDefinition, of: &str) {
        self.one(path, input.description.as_ref(), &[of, &input.name.node]);
    }

    fn one(&mut self, path: &str, description: Option<&Positioned<String>>, names: &[&str]) {
        self.elements += 1;
        let Some(description) = description else {
            self.findings.push(format!("descriptions: {path} has none"));
            return;
        };
        if let Some(flaw) = flaw(&description.node, names) {
            let first = description.node.trim().lines().next().unwrap_or_default();
            self.findings
                .push(format!("descriptions: {path} {flaw}: “{first}”"));
        }
    }
}

fn is_connection_or_edge(fields: &[Positioned<FieldDefinition>]) -> bool {
    let has = |name: &str| fields.iter().any(|field| field.node.name.node == name);
    (has("edges") && has("pageInfo")) || (has("node") && has("cursor"))
}

/// Why this text describes nothing, if so.
fn flaw(description: &str, names: &[&str]) -> Option<&'static str> {
    let said = words(description);
    let known: Vec<String> = names.iter().flat_map(|name| words(&spaced(name))).collect();
    let adds = |word: &String| {
        !SMALL_WORDS.contains(&word.as_str())
            && !known.iter().any(|known| singular(known) == singular(word))
    };
    if said.len() < WORDS_MIN {
        Some("says less than three words")
    } else if !said.iter().any(adds) {
        Some("only repeats its name")
    } else {
        None
    }
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The word without a last `s`: near enough to see that `titles` says no more than `title`.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// `currentVersion` as `current Version`: the words of a name.
fn spaced(name: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            text.push(' ');
        }
        text.push(letter);
        before = letter;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_schema;

    #[test]
    fn a_description_that_repeats_the_name_does_not_count() {
        let cases: &[(&str, &[&str], bool)] = &[
            ("The rubric's title.", &["Rubric", "title"], false),
            ("The titles of this rubric", &["Rubric", "title"], false),
            (
                "Current version of the rubric.",
                &["Rubric", "currentVersion"],
                false,
            ),
            ("In review", &["VersionState", "IN_REVIEW"], false),
            ("Is in review.", &["VersionState", "IN_REVIEW"], false),
            ("A title", &["Rubric", "title"], false),
            ("", &["Rubric", "title"], false),
            ("What its author calls it.", &["Rubric", "title"], true),
            (
                "A colleague reads it before it is published.",
                &["VersionState", "IN_REVIEW"],
                true,
            ),
            ("A work team (arbetslag).", &["Team"], true),
        ];
        for (description, names, fine) in cases {
            assert_eq!(flaw(description, names).is_none(), *fine, "{description}");
        }
    }

    #[test]
    fn every_kind_of_element_is_looked_at_and_the_library_s_own_are_not() {
        let schema = parse_schema(
            "
            type Query { field(argument: Int): Int }
            interface Named { name: String }
            input Ask { value: Int }
            enum State { ON }
            scalar Moment
            union Any = Query
            type ThingConnection { pageInfo: PageInfo! edges: [ThingEdge!]! nodes: [Int!]! totalCount: Int }
            type ThingEdge { node: Int cursor: String! }
            type PageInfo { hasNextPage: Boolean! }
            ",
        )
        .unwrap();
        let described = check(&schema);
        let bare: Vec<&str> = described
            .findings
            .iter()
            .map(|finding| {
                finding
                    .strip_prefix("descriptions: ")
                    .and_then(|rest| rest.strip_suffix(" has none"))
                    .unwrap()
            })
            .collect();
        let expected = [
            "Query",
            "Query.field",
            "Query.field(argument:)",
            "Named",
            "Named.name",
            "Ask",
            "Ask.value",
            "State",
            "State.ON",
            "Moment",
            "Any",
            "ThingConnection.totalCount",
        ];
        assert_eq!(bare, expected);
        assert_eq!(described.elements, expected.len());
    }

    #[test]
    fn a_described_schema_passes() {
        let schema = parse_schema(
            "\"\"\"\nWhere every question begins.\n\"\"\"\ntype Query {\n\t\"Whether the service answers.\"\n\tping(\n\t\t\"What is said back.\"\n\t\tsay: Int\n\t): Int\n}",
        )
        .unwrap();
        let described = check(&schema);
        assert_eq!(described.findings, [] as [&str; 0]);
        assert_eq!(described.elements, 3);
    }
}
