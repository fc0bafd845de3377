"""A box does not become a box, or not all of its text stands in it.

Readers then see ``!!!`` and the word after it, or text that was meant for the box below it.
A box begins with three signs, its kind and its title between straight quotation marks, and
all that stands in it is indented by four spaces.

Bad: ``!!! note “Let op”``

Good: ``!!! note "Let op"``

Mend it: write the first line like the good one, without spaces before it, and put four
spaces before each line of the text in the box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.python_markdown import TAB
from pipeline.errors import Text
from pipeline.findings import Edit, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.boxes import BOX_TAGS, attempt, may_have_faults, unquoted
from pipeline.rules.text.reading import PYTHON_MARKDOWN, Trials, blocks, body_text, short, starting
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node, Row
    from pipeline.model.kinds import Kind

# Indented too far, a sentence becomes code.
_SENTENCE = lazy_pattern(r"[^\W\d_][^\n{}=;<>$]*(?: [^\W\d_]+){3}")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(nl="Dit wordt geen blok: “{key}”.", en="This does not become a box: “{key}”."),
        "dialect": Text(
            nl="Dit wordt geen blok: deze site kent “{key}” niet.",
            en="This does not become a box: this site does not know “{key}”.",
        ),
        "title": Text(
            nl="De titel “{title}” is niet te zien: er staan geen aanhalingstekens omheen.",
            en="The title “{title}” is not shown: it has no quotation marks around it.",
        ),
        "outside": Text(
            nl="“{key}” komt niet in het blok maar eronder: het springt {indent} spaties in, en 4 zijn nodig.",
            en="“{key}” does not come in the box but below it: it is indented by {indent} spaces, and 4 are needed.",
        ),
        "code": Text(
            nl="“{key}” wordt code: het springt {indent} spaties in, en 4 zijn nodig.",
            en="“{key}” becomes code: it is indented by {indent} spaces, and 4 are needed.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet nu deze regel zelf. Schrijf drie tekens, de soort en de titel tussen rechte "
            'aanhalingstekens, zonder spaties ervoor: !!! note "Titel".',
            en="Readers now see this very line. Write three signs, the kind and the title between straight "
            'quotation marks, without spaces before them: !!! note "Title".',
        ),
        "dialect": Text(
            nl="De lezer ziet nu deze regel zelf. Zet > voor elke regel die moet opvallen.",
            en="Readers now see this very line. Put > before each line that should stand out.",
        ),
        "title": Text(
            nl='Zet de titel tussen rechte aanhalingstekens: "{title}".',
            en='Put the title between straight quotation marks: "{title}".',
        ),
        "outside": Text(
            nl="Zet vier spaties voor elke regel die in het blok hoort, "
            "of haal de spaties weg als de tekst erbuiten hoort.",
            en="Put four spaces before each line that belongs in the box, or none if the text belongs outside it.",
        ),
        "code": Text(
            nl="De lezer ziet letters van een typemachine. Zet vier spaties voor elke regel in het blok.",
            en="Readers see typewriter letters. Put four spaces before each line in the box.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at paragraphs that begin like a box, and at what stands in and below boxes."""
    strict = kind.markdown.dialect == PYTHON_MARKDOWN
    if not may_have_faults(body_text(document), known=strict):
        return
    trials = Trials(blocks(document, kind))
    for parent, index, node in trials.place.root.numbered():
        if node.tag == "p":
            for row in node.rows:
                yield from _in_paragraph(trials, (row[0].strip(), row[1]))
        elif node.tag in BOX_TAGS and node.children:
            yield from _in_box(trials, node)
            for below in parent.after(index)[:1]:
                yield from _below_box(trials, node, below)


def _in_paragraph(trials: Trials, row: Row) -> Iterator[Problem]:
    better = attempt(row[0])
    if better is None:
        return
    place, number = trials.place, row[1]
    if place.dialect != PYTHON_MARKDOWN:
        yield Problem(location=place.place(row), variant="dialect", parameters={"key": short(row[0])})
        return
    start = place.offset(row)
    spaces = len(place.before(number).rpartition(">")[2]) if place.column(number) < len(TAB) else 0
    edits = [
        Edit(location=place.source.at(start - spaces, start), replacement=""),
        Edit(location=place.place(row), replacement=better),
    ]
    boxes = {number}
    yield Problem(
        location=place.place(row),
        parameters={"key": short(row[0]), "suggestions": (better,) if better else ()},
        fix=trials.fix(short(better), edits, lambda _, root: boxes <= starting(root, *BOX_TAGS)) if better else None,
    )


def _in_box(trials: Trials, box: Node) -> Iterator[Problem]:
    """Look at a box's title, and at what it begins with."""
    place = trials.place
    row = (box.rows[0][0].strip(), box.number)
    title = unquoted(row[0])
    if title:
        start = row[0].rindex(title)
        edit = Edit(location=place.place(row, start), replacement=f'"{title}"')
        better = f'{row[0][:start]}"{title}"'
        yield Problem(
            location=place.place(row, start),
            variant="title",
            parameters={"title": short(title), "suggestions": (better,)},
            fix=trials.fix(better, [edit], lambda _, root: box.number in starting(root, box.tag)),
        )
    first = box.children[0]
    if first.tag == "pre" and _SENTENCE.match(first.rows[0][0]):
        yield _moved(trials, box, first, "code", len(TAB))


def _below_box(trials: Trials, box: Node, below: Node) -> Iterator[Problem]:
    """Look at what comes right after a box, indented but too little."""
    heading = bool(below.rows) and below.rows[0][0].lstrip(" ").startswith("#")  # text/heading-not-rendered
    if 0 < trials.place.column(below.number) - trials.place.column(box.number) < len(TAB) and not heading:
        yield _moved(trials, box, below, "outside", len(TAB))


def _moved(trials: Trials, box: Node, node: Node, variant: str, column: int) -> Problem:
    """Tell of a block that must be indented by four to stand in a box."""
    place = trials.place
    indent = place.column(node.number) - place.column(box.number)
    numbers = sorted({number for each in (node, *(below for _, below in node.walk())) for _, number in each.rows})
    edits = []
    for number in numbers:
        before = place.before(number).rpartition(">")[2]
        end = place.starts[number] + len(place.before(number))
        wanted = " " * max(place.column(number) - indent + column, 0)
        edits.append(Edit(location=place.source.at(end - len(before), end), replacement=wanted))
    start = place.starts[node.number] + len(place.before(node.number))
    key = place.source.text[start : place.starts[node.number] + len(place.lines[node.number])].rstrip()
    return Problem(
        location=place.source.at(start, start + len(key)),
        variant=variant,
        parameters={"key": short(key), "indent": indent},
        fix=trials.fix(f"␠␠␠␠{short(key)}", edits, lambda _, root: _holds(root, box, node.number), safe=False),
    )


def _holds(root: Node, box: Node, number: int) -> bool:
    """Whether a box holds text that begins on a line."""
    boxes = [node for _, node in root.walk() if node.tag == box.tag and node.number == box.number]
    return any(number == each.number and each.tag != "pre" for node in boxes for _, each in node.walk())
