use super::*;

const PAGE: &str = "\
# First query

```graphql file=first-query
query First {
  viewer { name }
}
```

It answers

```json
{ \"data\": {} }
```

````markdown
```graphql
not an example: a fence within a fence
```
````

  ```graphql
  { viewer { name } }
  ```
";

const SDL: &str = "
    schema { query: Query mutation: Mutation }
    type Query {
        viewer: Person
        rubrics(first: Int! = 20, kinds: [Kind!], filter: Filter): [Rubric!]!
        node(id: ID!): Node
    }
    type Mutation { publish(input: PublishInput!): Rubric }
    interface Node { id: ID! }
    type Person implements Node { id: ID! name: String! }
    type Rubric implements Node { id: ID! title: String! author: Person }
    enum Kind { ANALYTIC HOLISTIC }
    scalar Date
    input Filter { mine: Boolean since: Date weight: Float nested: Filter }
    input PublishInput { id: ID! version: Int! note: String = \"\" }
";

fn found(text: &str) -> Vec<String> {
    check::misfits(&Schema::parse(SDL).unwrap(), text)
}

#[test]
fn the_fences_of_a_page_are_read_with_their_lines() {
    let examples = examples("first-query.md", PAGE);
    let places: Vec<(usize, Option<&str>)> = examples
        .iter()
        .map(|example| (example.line, example.file.as_deref()))
        .collect();
    assert_eq!(places, [(3, Some("first-query")), (21, None)]);
    assert_eq!(examples[0].text, "query First {\n  viewer { name }\n}\n");
}

#[test]
fn pages_and_files_are_read_from_the_folder_and_held_against_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("operations")).unwrap();
    write("first-query.md", PAGE);
    write(
        "errors.md",
        "```graphql file=lost\n{ viewer { id } }\n```\n",
    );
    write("notes.txt", "```graphql\n");
    write(
        "operations/first-query.graphql",
        "query First {\n  viewer { name }\n}\n",
    );
    write("operations/orphan.graphql", "{ viewer { nickname } }\n");
    let operations = Operations::read(folder.path()).unwrap();
    assert_eq!(
        operations.disagreements(),
        [
            "errors.md:1: there is no operations/lost.graphql",
            "first-query.md:21: the example names no file; open its fence with ```graphql file=name",
            "operations/orphan.graphql: no page shows it",
        ]
    );
    assert_eq!(
        operations.misfits(&Schema::parse(SDL).unwrap()),
        ["operations/orphan.graphql: Person has no field nickname"]
    );

    write(
        "operations/first-query.graphql",
        "query First {\n  viewer { id }\n}\n",
    );
    let operations = Operations::read(folder.path()).unwrap();
    assert_eq!(
        operations.disagreements()[1],
        "first-query.md:3: operations/first-query.graphql says something else"
    );
    assert!(Operations::read(&folder.path().join("nowhere")).is_err());
}

#[test]
fn what_the_schema_has_passes() {
    for text in [
        "{ __typename viewer { __typename name } __schema { types { name } } }",
        "query Q($id: ID!) { node(id: $id) { id ... on Rubric { title author { name } } } }",
        "query Q($n: Int = 5) { rubrics(first: $n) { title } }",
        "query Q($n: Int) { rubrics(first: $n) { title } }",
        "query Q($kinds: [Kind!] = [ANALYTIC]) { rubrics(kinds: $kinds) { ...R } } fragment R on Rubric { author { id } }",
        "{ rubrics(first: 3, kinds: HOLISTIC, filter: {mine: true, since: \"2026-11-02\", weight: 1, nested: {mine: null}}) { id } }",
        "mutation M($input: PublishInput!) { publish(input: $input) { id } }",
        "mutation M($v: Int!) { publish(input: {id: \"rubric_1\", version: $v}) { id } }",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_the_schema_lacks_is_named() {
    for (text, misfit) in [
        ("{ viewer { nickname } }", "Person has no field nickname"),
        (
            "{ viewer }",
            "Query.viewer is a Person: which of its fields?",
        ),
        (
            "{ viewer { name { first } } }",
            "Person.name is a String and has no fields",
        ),
        ("{ node { id } }", "Query.node needs its argument id"),
        (
            "{ viewer(id: 1) { id } }",
            "Query.viewer has no argument id",
        ),
        (
            "{ node(id: null) { id } }",
            "Query.node(id): null is no ID!",
        ),
        (
            "{ rubrics(first: \"3\") { id } }",
            "Query.rubrics(first): \"3\" is no Int",
        ),
        (
            "{ rubrics(first: 1.5) { id } }",
            "Query.rubrics(first): 1.5 is no Int",
        ),
        (
            "{ rubrics(kinds: [MATRIX]) { id } }",
            "Query.rubrics(kinds): MATRIX is no Kind",
        ),
        (
            "{ rubrics(filter: {since: today}) { id } }",
            "Query.rubrics(filter): Filter(since): today is no Date",
        ),
        (
            "{ rubrics(filter: {mien: true}) { id } }",
            "Query.rubrics(filter): Filter has no field mien",
        ),
        (
            "{ rubrics(filter: true) { id } }",
            "Query.rubrics(filter): true is no Filter",
        ),
        (
            "mutation { publish(input: {id: 1}) { id } }",
            "Mutation.publish(input): PublishInput needs its field version",
        ),
        (
            "query Q($id: ID) { node(id: $id) { id } }",
            "Query.node(id): $id is ID, not ID!",
        ),
        (
            "query Q($id: String!) { node(id: $id) { id } }",
            "Query.node(id): $id is String!, not ID!",
        ),
        (
            "query Q($k: Kind!) { rubrics(kinds: $k) { id } }",
            "Query.rubrics(kinds): $k is Kind!, not [Kind!]",
        ),
        (
            "query Q($k: [Kind!] = [X]) { rubrics(kinds: $k) { id } }",
            "$k: X is no Kind",
        ),
        (
            "query Q($id: Rubric!) { node(id: \"1\") { id } rubrics(filter: $id) { id } }",
            "$id: Rubric is no type of input",
        ),
        ("query Q($id: ID!) { viewer { id } }", "$id is never used"),
        (
            "{ node(id: $id) { id } }",
            "Query.node(id): $id is not declared",
        ),
        ("{ viewer { ...P } }", "there is no fragment P"),
        (
            "{ viewer { ... on Pupil { id } } }",
            "Pupil is no type that a fragment can be on",
        ),
        (
            "{ viewer { ...P } } fragment P on Person { ...P age }",
            "Person has no field age",
        ),
        (
            "subscription { rubricChanged { id } }",
            "the schema has no subscription",
        ),
    ] {
        let found = found(text);
        assert!(found.iter().any(|told| told == misfit), "{text}: {found:?}");
    }
    assert!(
        found("{ viewer {")
            .iter()
            .any(|told| told.contains("expected")),
        "{:?}",
        found("{ viewer {")
    );
}
