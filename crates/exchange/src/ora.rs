//! The rubric of an Open Response Assessment of Open edX: the XML of one problem, or its `<rubric>` alone.

use crate::{
    CRITERIA_MAX, Found, How, Points, Problem, RATINGS_MAX, Reading, blank,
    messages::Messages,
    pen::Pen,
    table,
    xml::{self, Lines, children, text_of},
};
use roxmltree::Node;
use rubrics::{Criterion, Level};

/// Reads the rubric of the file.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    xml::read(bytes, "ORA", |root, lines| {
        let mut messages = Messages::default();
        let mut pen = Pen {
            lang: how.lang,
            messages: &mut messages,
        };
        let rubric = root.descendants().find(|node| node.has_tag_name("rubric"));
        let rubrics = rubric.map(|rubric| found(&mut pen, lines, root, rubric));
        if rubric.is_none() {
            pen.tell(&lines.place(root), Problem::RubricsMissing);
        }
        Reading {
            rubrics: rubrics.into_iter().collect(),
            messages: messages.in_order(),
        }
    })
}

fn found(pen: &mut Pen<'_>, lines: &Lines, root: Node<'_, '_>, rubric: Node<'_, '_>) -> Found {
    let before = pen.messages.errors();
    let place = lines.place(rubric);
    // The problem is called so; a rubric alone has no name, and neither has every problem.
    let names = [said(root, "title"), attribute(root, "display_name")];
    let name = names
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let title = pen.title(&place, &name);
    if title.is_none() {
        pen.tell(&place, Problem::TitleMissing);
    }
    let description = pen.body(&place, &said(rubric, "prompt"));
    let nodes: Vec<Node<'_, '_>> = children(rubric, "criterion").collect();
    if nodes.len() > CRITERIA_MAX {
        pen.tell(&place, Problem::TooManyCriteria);
    }
    let criteria: Vec<Criterion> = nodes
        .iter()
        .take(CRITERIA_MAX)
        .filter_map(|node| criterion(pen, lines, *node))
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

fn criterion(pen: &mut Pen<'_>, lines: &Lines, node: Node<'_, '_>) -> Option<Criterion> {
    let place = lines.place(node);
    let title = pen.title(&place, &called(node));
    if title.is_none() {
        pen.tell(&place, Problem::CriterionNameMissing);
    }
    let description = pen.body(&place, &said(node, "prompt"));
    let options: Vec<Node<'_, '_>> = children(node, "option").collect();
    if let Some(surplus) = options.get(RATINGS_MAX) {
        pen.tell(&lines.place(*surplus), Problem::TooManyRatings);
    }
    let options = options.iter().take(RATINGS_MAX);
    let levels = options
        .filter_map(|option| level(pen, lines, *option))
        .collect();
    Some(Criterion {
        description,
        levels,
        ..blank::criterion(title?)
    })
}

fn level(pen: &mut Pen<'_>, lines: &Lines, node: Node<'_, '_>) -> Option<Level> {
    let place = lines.place(node);
    let figure = attribute(node, "points");
    let points = match Points::parse(&figure) {
        Ok(points) => Some(rubrics::Points::exactly(points.hundredths())),
        Err(_) if figure.is_empty() => None,
        Err(error) => {
            pen.tell(&place, Problem::points(error, &figure));
            None
        }
    };
    let label = pen.title(&place, &called(node));
    if label.is_none() {
        pen.tell(&place, Problem::RatingNameMissing);
    }
    Some(Level {
        descriptor: pen.body(&place, &said(node, "explanation")),
        points,
        ..blank::level(label?)
    })
}

/// What people see: the label; the name is what the system calls it, and all that older files have.
fn called(node: Node<'_, '_>) -> String {
    let label = said(node, "label");
    if label.is_empty() {
        said(node, "name")
    } else {
        label
    }
}

fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().trim().to_owned()
}

/// A text as people read it: some editors write HTML into it.
fn said(node: Node<'_, '_>, name: &str) -> String {
    let text = text_of(node, name);
    if ["</", "<br", "&nbsp;"]
        .iter()
        .any(|mark| text.contains(mark))
    {
        table::plain(&text)
    } else {
        text
    }
}
