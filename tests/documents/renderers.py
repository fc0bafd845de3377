"""The real renderers of the two dialects, set up as the sites that use them are.

The extensions and their options are those that the corpus's ``mkdocs.yml`` names, and the
two that mkdocs always adds (tables and toc). Left out is what changes no block: the icons of
the theme, and the glossary that is added to each page.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.documents.hide import hide
from pipeline.documents.python_markdown import python_markdown_blocks
from pipeline.documents.tables import has_border, python_markdown_cells

if TYPE_CHECKING:
    from pipeline.documents.nodes import Node

EXTENSIONS = (
    "pymdownx.tabbed",
    "pymdownx.superfences",
    "pymdownx.details",
    "admonition",
    "attr_list",
    "abbr",
    "md_in_html",
    "footnotes",
    "toc",
    "pymdownx.tasklist",
    "pymdownx.blocks.html",
    "tables",
)
OPTIONS = {
    "pymdownx.tabbed": {"alternate_style": True},
    "toc": {"toc_depth": 3},
    "pymdownx.tasklist": {"custom_checkbox": True, "clickable_checkbox": True},
}
_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_HEADING = re.compile("h[1-6]")
_BOXES = {"ul": "list", "ol": "list", "li": "item", "blockquote": "quote", "details": "box", "admonition": "box"}

Shape = list[tuple[Any, ...]]
"""The leaves of a tree with their text, and where its containers begin and end."""


def python_markdown() -> Any:  # noqa: ANN401 - the package has no types
    """Make Python-Markdown as the corpus's site has it."""
    markdown = pytest.importorskip("markdown")
    pytest.importorskip("pymdownx")
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=OPTIONS)


@cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)


def render(text: str, dialect: str) -> str:
    """Give the HTML of a text."""
    if dialect == "commonmark":
        return str(_commonmark().render(text))
    return str(python_markdown().convert(text))


def real_shape(text: str) -> tuple[Shape, list[Shape]]:
    """Give what Python-Markdown's blocks are, and those of its footnotes, before it renders them."""
    converter = python_markdown()
    lines = text.split("\n")
    for preprocessor in converter.preprocessors:
        lines = preprocessor.run(lines)
    shape: Shape = []
    _flatten(converter.parser.parseDocument(lines).getroot(), shape)
    notes: list[Shape] = []
    for note in converter.parser.blockprocessors["footnote"].footnotes.footnotes.values():
        element = ET.Element("div")
        converter.parser.parseChunk(element, note)
        notes.append([])
        _flatten(element, notes[-1])
    return shape, notes


def _words(text: str | None) -> str:
    plain = _PLACEHOLDER.sub("\x02", text or "")
    return "\n".join(line.strip() for line in plain.strip().split("\n")).strip()


def _flatten(element: ET.Element, shape: Shape) -> None:
    tag, classes = element.tag, element.get("class", "")
    if tag in {"input", "summary"} or "tabbed-labels" in classes or classes == "admonition-title":
        return
    if tag == "pre":
        code = html.unescape(element[0].text or "")
        shape.append(("pre", [line.strip() for line in code.split("\n") if line.strip()]))
    elif tag == "table":
        shape.append(("table", len(element[0][0]), len(element[1])))
    elif _HEADING.fullmatch(tag):
        shape.append((tag, _words(element.text)))
    elif tag == "hr":
        shape.append(("hr",))
    else:
        is_box = tag == "div" and ("admonition" in classes or "tabbed-block" in classes)
        box = "box" if is_box else _BOXES.get(tag)
        shape.extend([("<", box)] if box else [])
        shape.extend([("p", _words(element.text))] if _words(element.text) else [])
        for child in element:
            _flatten(child, shape)
            shape.extend([("p", _words(child.tail))] if _words(child.tail) else [])
        shape.extend([(">", box)] if box else [])


def our_shape(text: str) -> tuple[Shape, list[Shape]]:
    """Give the same of our own reading."""
    shape: Shape = []
    notes: dict[str, Shape] = {}
    for node in python_markdown_blocks(hide(text)).children:
        if node.tag == "footnote":
            notes[node.mark] = []
            for child in node.children:
                _flatten_node(child, notes[node.mark])
        else:
            _flatten_node(node, shape)
    return shape, list(notes.values())


def _flatten_node(node: Node, shape: Shape) -> None:
    text = _words("\n".join(row for row, _ in node.rows))
    if node.tag == "pre":
        shape.append(("pre", [row.strip() for row, _ in node.rows if row.strip()]))
    elif node.tag == "table":
        head = node.rows[0][0]
        columns = len(python_markdown_cells(head, bordered=has_border(head)))
        shape.append(("table", columns, max(1, len(node.rows) - 2)))
    elif _HEADING.fullmatch(node.tag):
        shape.append((node.tag, text))
    elif node.tag == "hr":
        shape.append(("hr",))
    elif node.tag == "p":
        shape.extend([("p", text)] if text else [])
    else:
        box = "box" if node.tag == "tab" else _BOXES.get(node.tag)
        shape.extend([("<", box)] if box else [])
        for child in node.children:
            _flatten_node(child, shape)
        shape.extend([(">", box)] if box else [])
