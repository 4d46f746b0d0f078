//! A query as a tree that grows path by path, and what it would cost the server.

use serde_json::Value;
use std::fmt::Write;

/// The most that one request may ask for: the defaults of the server's own limits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub tokens: u64,
    pub depth: u64,
    pub selections: u64,
    pub aliases: u64,
    pub cost: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            tokens: 2_000,
            depth: 12,
            selections: 500,
            aliases: 30,
            cost: 10_000,
        }
    }
}

/// The page of a connection for which the caller names none.
pub(super) const PAGE: u64 = 5;

/// One step of the way from the root to a leaf.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// A field is chosen.
    Field(Chosen),
    /// What follows is for objects of this type alone.
    On(String),
}

/// A field with its arguments, as it stands in a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen {
    /// The type that has the field.
    pub on: String,
    pub name: String,
    /// The name in the answer, where another type of the same set has a field that differs.
    pub alias: Option<String>,
    pub arguments: Vec<Given>,
    pub is_leaf: bool,
}

/// An argument and its value, which travels as a variable.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    pub name: String,
    pub variable: String,
    pub ty: String,
    pub value: Value,
}

impl Chosen {
    /// The name in the answer.
    pub(super) fn key(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

/// A step and what stands below it.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub step: Step,
    pub below: Vec<Self>,
}

impl Branch {
    /// A tree of one path; `None` for a path of no steps.
    pub(super) fn of(path: &[Step]) -> Option<Self> {
        let (step, rest) = path.split_first()?;
        let below = Self::of(rest).into_iter().collect();
        Some(Self {
            step: step.clone(),
            below,
        })
    }

    /// Adds a path that begins with the same step.
    pub(super) fn add(&mut self, path: &[Step]) {
        let Some((_, rest)) = path.split_first() else {
            return;
        };
        let Some(next) = rest.first() else { return };
        match self.below.iter_mut().find(|branch| branch.step == *next) {
            Some(branch) => branch.add(rest),
            None => self.below.extend(Self::of(rest)),
        }
    }

    /// All arguments in it, in the order of the text; one variable can stand several times.
    pub(super) fn given(&self) -> Vec<&Given> {
        let mut given = Vec::new();
        if let Step::Field(field) = &self.step {
            given.extend(&field.arguments);
        }
        given.extend(self.below.iter().flat_map(Self::given));
        given
    }

    /// Whether it stays within the bounds, its variables counted.
    pub(super) fn fits(&self, bounds: &Bounds) -> bool {
        let measure = self.measure();
        // `query ( $ name : [ Type ! ] ! ) { … }`
        let tokens = measure.tokens + 5 + 8 * self.given().len() as u64;
        tokens <= bounds.tokens
            && measure.depth <= bounds.depth
            && measure.selections <= bounds.selections
            && measure.aliases <= bounds.aliases
            && measure.cost <= bounds.cost
    }

    fn measure(&self) -> Measure {
        let mut all = Measure::default();
        for below in self.below.iter().map(Self::measure) {
            all.selections += below.selections;
            all.aliases += below.aliases;
            all.tokens += below.tokens;
            all.cost += below.cost;
            all.depth = all.depth.max(below.depth);
        }
        if !self.is_leaf() {
            // `{ __typename … }`
            all.selections += 1;
            all.tokens += 3;
            all.cost += 1;
            all.depth = all.depth.max(1);
        }
        all.selections += 1;
        match &self.step {
            Step::On(_) => all.tokens += 3,
            Step::Field(field) => {
                all.tokens += 3 + 4 * field.arguments.len() as u64;
                all.depth += 1;
                if field.alias.is_some() {
                    all.aliases += 1;
                    all.tokens += 2;
                }
                all.cost = all.cost * field.page() * field.objects() + 1;
            }
        }
        all
    }

    fn is_leaf(&self) -> bool {
        matches!(&self.step, Step::Field(field) if field.is_leaf)
    }

    /// Writes it as GraphQL, each selection set led by `__typename`.
    pub(super) fn write(&self, text: &mut String, indent: usize) {
        let margin = "  ".repeat(indent);
        text.push_str(&margin);
        match &self.step {
            Step::On(on) => {
                let _ = write!(text, "... on {on}");
            }
            Step::Field(field) => {
                if let Some(alias) = &field.alias {
                    let _ = write!(text, "{alias}: ");
                }
                text.push_str(&field.name);
                if !field.arguments.is_empty() {
                    let given: Vec<String> = field
                        .arguments
                        .iter()
                        .map(|given| format!("{}: ${}", given.name, given.variable))
                        .collect();
                    let _ = write!(text, "({})", given.join(", "));
                }
            }
        }
        if self.is_leaf() {
            text.push('\n');
            return;
        }
        let _ = writeln!(text, " {{\n{margin}  __typename");
        for branch in &self.below {
            branch.write(text, indent + 1);
        }
        let _ = writeln!(text, "{margin}}}");
    }
}

impl Chosen {
    /// By how much the server multiplies what stands below: the page.
    fn page(&self) -> u64 {
        let pages = self
            .arguments
            .iter()
            .filter(|given| matches!(given.name.as_str(), "first" | "last"));
        pages
            .filter_map(|given| given.value.as_u64())
            .max()
            .unwrap_or(1)
            .max(1)
    }

    /// By how much more: the ids that are asked for together.
    fn objects(&self) -> u64 {
        let ids = self.arguments.iter().find(|given| given.name == "ids");
        let length = ids
            .and_then(|given| given.value.as_array())
            .map_or(1, Vec::len);
        length.max(1) as u64
    }
}

#[derive(Debug, Default)]
struct Measure {
    selections: u64,
    aliases: u64,
    tokens: u64,
    depth: u64,
    cost: u64,
}
