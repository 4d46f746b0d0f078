//! What every XML file needs: read without document types, so that there are no entities to expand and nothing to fetch, and every place by its path and line.

use crate::{
    Problem, Reading,
    decode::decode,
    message::Place,
    messages::{Messages, excerpt},
};
use roxmltree::{Document, Node, ParsingOptions};

/// The most nodes of a file.
const NODES_MAX: u32 = 400_000;
/// The most elements within each other.
const DEPTH_MAX: usize = 200;

/// Reads a file as XML and hands its root on; a file that is none becomes a reading that says why.
pub(crate) fn read(
    bytes: &[u8],
    format: &'static str,
    rest: impl FnOnce(Node<'_, '_>, &Lines) -> Reading,
) -> Reading {
    let text = decode(bytes).text;
    // Some systems write white space before the declaration, which XML does not allow.
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if text.is_empty() {
        return Reading::failed(Problem::Empty);
    }
    if !is_shallow(text) {
        return Reading::failed(Problem::TooBig);
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES_MAX,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => rest(document.root_element(), &Lines::of(text)),
        Err(error) => {
            let place = Place {
                row: error.pos().row,
                column: None,
                pointer: None,
            };
            let why = excerpt(&error.to_string());
            let mut messages = Messages::default();
            messages.at(&place, Problem::Unreadable { format, why });
            Reading {
                rubrics: Vec::new(),
                messages: messages.in_order(),
            }
        }
    }
}

/// Whether tags do not stand too deep within each other for a reader that goes down by calling itself. Reckoned on the safe side.
fn is_shallow(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut tags = text.split('<').skip(1);
    tags.all(|tag| {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) {
            let is_closed = tag
                .split_once('>')
                .is_some_and(|(tag, _)| tag.ends_with('/'));
            depth += usize::from(!is_closed);
        }
        depth <= DEPTH_MAX
    })
}

/// Where the lines of a file begin.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The place of an element: its line, and the path to it.
    pub(crate) fn place(&self, node: Node<'_, '_>) -> Place {
        let line = self.0.partition_point(|end| *end < node.range().start) + 1;
        let mut path: Vec<String> = node
            .ancestors()
            .filter(Node::is_element)
            .map(|one| {
                let name = one.tag_name().name();
                let nth = one
                    .prev_siblings()
                    .filter(|other| other.has_tag_name(one.tag_name()))
                    .count();
                format!("/{name}[{}]", nth.max(1))
            })
            .collect();
        path.reverse();
        Place {
            row: u32::try_from(line).unwrap_or(u32::MAX),
            column: None,
            pointer: Some(path.concat()),
        }
    }
}

/// The first child of this name, whatever its namespace.
pub(crate) fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    children(node, name).next()
}

/// The children of this name, whatever their namespace.
pub(crate) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// All text in an element, and in those within it.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}

/// The text of a child, empty where there is none; each line without the white space by which XML is set in.
pub(crate) fn text_of(node: Node<'_, '_>, name: &str) -> String {
    let text = child(node, name).map(text).unwrap_or_default();
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    lines.join("\n")
}
