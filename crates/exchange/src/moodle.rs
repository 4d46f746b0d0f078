//! Rubrics out of the `grading.xml` of a Moodle backup. Other advanced grading methods are told and left out.

use crate::{
    CRITERIA_MAX, Found, How, Points, Problem, RATINGS_MAX, RUBRICS_MAX, Reading, blank,
    messages::{Messages, excerpt},
    pen::Pen,
    table,
    xml::{self, Lines, child, children, text_of},
};
use roxmltree::Node;
use rubrics::{Criterion, Level};

/// What Moodle writes where nothing is.
const NULL: &str = "$@NULL@$";
/// A definition that is no longer than so is what the level is called.
const LABEL_MAX: usize = 60;

/// Reads every rubric of the file.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    xml::read(bytes, "grading.xml", |root, lines| {
        let mut messages = Messages::default();
        let mut pen = Pen {
            lang: how.lang,
            messages: &mut messages,
        };
        let definitions = root
            .descendants()
            .filter(|node| node.has_tag_name("definition"));
        // A level's text has the same name; only a rubric's has a method.
        let definitions = definitions.filter(|node| child(*node, "method").is_some());
        let mut rubrics = Vec::new();
        for definition in definitions {
            let method = text_of(definition, "method");
            let place = lines.place(definition);
            if method != "rubric" {
                let method = excerpt(&method);
                pen.tell(&place, Problem::MethodSkipped { method });
            } else if rubrics.len() == RUBRICS_MAX {
                pen.tell(&place, Problem::TooManyRubrics);
                break;
            } else {
                rubrics.push(found(&mut pen, lines, definition));
            }
        }
        if rubrics.is_empty() {
            pen.tell(&lines.place(root), Problem::RubricsMissing);
        }
        Reading {
            rubrics,
            messages: messages.in_order(),
        }
    })
}

fn found(pen: &mut Pen<'_>, lines: &Lines, definition: Node<'_, '_>) -> Found {
    let before = pen.messages.errors();
    let place = lines.place(definition);
    let name = said(definition, "name");
    let title = pen.title(&place, &name);
    if title.is_none() {
        pen.tell(&place, Problem::TitleMissing);
    }
    let description = pen.body(&place, &said(definition, "description"));
    let plugin = child(definition, "plugin_gradingform_rubric_definition");
    let plugin = plugin.unwrap_or(definition);
    // Other tools that write such files put `rubric_` before the names.
    let list = child(plugin, "criteria").or_else(|| child(plugin, "rubric_criteria"));
    let mut nodes: Vec<Node<'_, '_>> = list
        .into_iter()
        .flat_map(|list| children(list, "criterion").chain(children(list, "rubric_criterion")))
        .collect();
    in_order(&mut nodes);
    if nodes.len() > CRITERIA_MAX {
        pen.tell(&place, Problem::TooManyCriteria);
    }
    nodes.truncate(CRITERIA_MAX);
    let is_short = |level: Node<'_, '_>| {
        let text = said(level, "definition");
        !text.is_empty() && !text.contains('\n') && text.chars().count() <= LABEL_MAX
    };
    let short = nodes
        .iter()
        .all(|criterion| levels_of(*criterion).all(is_short));
    let criteria: Vec<Criterion> = nodes
        .iter()
        .filter_map(|node| criterion(pen, lines, *node, short))
        .collect();
    Found {
        name,
        row: place.row,
        pointer: place.pointer,
        criteria: nodes.len(),
        content: title
            .filter(|_| pen.messages.errors() == before)
            .map(|title| {
                let mut content = blank::rubric(title, criteria);
                content.head.description = description;
                content
            }),
        id: None,
    }
}

fn levels_of<'a, 'input>(criterion: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    let list = child(criterion, "levels").or_else(|| child(criterion, "rubric_levels"));
    list.into_iter()
        .flat_map(|list| children(list, "level").chain(children(list, "rubric_level")))
}

/// `short`: every definition of the rubric is short enough to be what the level is called. Otherwise levels are called by their points.
fn criterion(
    pen: &mut Pen<'_>,
    lines: &Lines,
    node: Node<'_, '_>,
    short: bool,
) -> Option<Criterion> {
    let place = lines.place(node);
    let (title, description) = pen.name(&place, &said(node, "description"));
    if title.is_none() {
        pen.tell(&place, Problem::CriterionNameMissing);
    }
    let levels: Vec<Node<'_, '_>> = levels_of(node).collect();
    if let Some(surplus) = levels.get(RATINGS_MAX) {
        pen.tell(&lines.place(*surplus), Problem::TooManyRatings);
    }
    let levels = levels.iter().take(RATINGS_MAX);
    let levels = levels
        .filter_map(|one| level(pen, lines, *one, short))
        .collect();
    Some(Criterion {
        description,
        levels,
        ..blank::criterion(title?)
    })
}

fn level(pen: &mut Pen<'_>, lines: &Lines, node: Node<'_, '_>, short: bool) -> Option<Level> {
    let place = lines.place(node);
    let figure = said(node, "score");
    let points = match Points::parse(&figure) {
        _ if figure.is_empty() => None,
        Ok(points) => Some(points),
        Err(error) => {
            pen.tell(&place, Problem::points(error, &figure));
            None
        }
    };
    let text = said(node, "definition");
    let label = if short {
        text.clone()
    } else {
        let points = points.map(|points| format!("{} p", points.text(pen.lang)));
        points.unwrap_or_else(|| pen.lang.pick("Nivå", "Level").to_owned())
    };
    let descriptor = if short { None } else { pen.body(&place, &text) };
    Some(Level {
        descriptor,
        points: points.map(|points| rubrics::Points::exactly(points.hundredths())),
        ..blank::level(pen.title(&place, &label)?)
    })
}

/// Criteria have a number by which Moodle shows them.
fn in_order(nodes: &mut [Node<'_, '_>]) {
    let number = |node: &Node<'_, '_>| text_of(*node, "sortorder").parse::<u32>().ok();
    if nodes.iter().all(|node| number(node).is_some()) {
        nodes.sort_by_key(number);
    }
}

/// A text as people read it: without markup where Moodle says that it is HTML or it plainly is, and empty where Moodle says that nothing is.
fn said(node: Node<'_, '_>, name: &str) -> String {
    let text = text_of(node, name);
    if text == NULL {
        return String::new();
    }
    let format = text_of(node, &format!("{name}format"));
    let is_html = format == "1" && text.contains(['<', '&']);
    if is_html
        || ["</", "<br", "&nbsp;"]
            .iter()
            .any(|mark| text.contains(mark))
    {
        table::plain(&text)
    } else {
        text
    }
}
