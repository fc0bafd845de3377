"""A box has nothing in it.

Readers then see a coloured box with a title and no text. What belongs in a box is indented
by four spaces; text that is indented less comes out below it.

Bad: ``!!! note "Let op"`` and below it a line of text without spaces before it

Good: the same with four spaces before each line of the text

Mend it: put four spaces before each line that belongs in the box, or take the box away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.python_markdown import TAB
from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.boxes import BOX_TAGS, may_have_faults
from pipeline.rules.text.reading import PYTHON_MARKDOWN, Trials, blocks, body_text, insertion, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node
    from pipeline.documents.structure import Structure
    from pipeline.model.kinds import Kind

_TEXT = frozenset({"p", "ul", "ol", "table", "blockquote"})


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Het blok “{key}” is leeg.", en="The box “{key}” is empty."),
        "indent": Text(
            nl="Het blok op regel {line} blijft leeg: “{key}” springt {indent} spaties in, en 4 zijn nodig.",
            en="The box on line {line} stays empty: “{key}” is indented by {indent} spaces, and 4 are needed.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet een gekleurd blok zonder tekst. "
            "Zet de tekst eronder, met vier spaties voor elke regel, of haal het blok weg.",
            en="Readers see a coloured box without text. "
            "Put the text below it, with four spaces before each line, or take the box away.",
        ),
        "indent": Text(
            nl="De lezer ziet een gekleurd blok zonder tekst, en de tekst eronder. "
            "Zet vier spaties voor elke regel die in het blok hoort.",
            en="Readers see a coloured box without text, and the text below it. "
            "Put four spaces before each line that belongs in the box.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for boxes without content."""
    if kind.markdown.dialect != PYTHON_MARKDOWN or not may_have_faults(body_text(document)):
        return
    trials = Trials(blocks(document, kind))
    nodes = [node for _, node in trials.place.root.walk()]
    for node, below in zip(nodes, [*nodes[1:], None], strict=False):
        if node.tag in BOX_TAGS and not node.children:
            yield _problem(trials, node, below)


def _problem(trials: Trials, box: Node, below: Node | None) -> Problem:
    place = trials.place
    row = (box.rows[0][0].strip(), box.number)
    indent = place.column(below.number) - place.column(box.number) if below is not None else -1
    if below is None or below.tag not in _TEXT or not 0 <= indent < len(TAB):
        return Problem(location=place.place(row), parameters={"key": short(row[0])})
    edits = [insertion(place, number, TAB[indent:], after=place.before(number)) for number in _lines(place, box, below)]
    start = place.starts[below.number] + len(place.before(below.number))
    text = place.source.text[start : place.starts[below.number] + len(place.lines[below.number])].rstrip()
    return Problem(
        location=place.source.at(start, start + len(text)),
        variant="indent",
        parameters={"key": short(text), "line": place.place(row).begin.line, "indent": indent},
        fix=trials.fix(f"␠␠␠␠{short(text)}", edits, lambda _, root: _is_filled(root, box), safe=indent > 0),
        related=(place.place(row),),
    )


def _lines(place: Structure, box: Node, below: Node) -> list[int]:
    """Give the lines that were meant to stand in a box: those indented as well, or one block without."""
    least = place.column(box.number) + (place.column(below.number) > place.column(box.number))
    lines: list[int] = []
    for number in range(below.number, len(place.lines)):
        empty = not place.lines[number].strip(" \t>")
        if (empty and least == place.column(box.number)) or (not empty and place.column(number) < least):
            break
        placed = below.tag == "p" and place.column(number) == place.column(box.number) + len(TAB)
        if not empty and not placed:
            lines.append(number)
    return lines


def _is_filled(root: Node, box: Node) -> bool:
    return any(node.tag == box.tag and node.number == box.number and node.children for _, node in root.walk())
