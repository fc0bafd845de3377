r"""A row of a table has too many or too few cells.

What stands in a cell too many is not shown at all. With a cell too few, what follows stands
in the wrong column. Often a ``|`` within a cell is the reason, or text right below the table.

Bad: ``| Jurist | toetst | adviseert |`` in a table of two columns

Good: ``| Jurist | toetst en adviseert |``

Mend it: give each row as many cells as the first row has. Write ``\|`` for an upright line
within a cell, and leave a line empty between the table and the text below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.tables import github_cells, python_markdown_cells
from pipeline.errors import Text
from pipeline.findings import Edit, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import PYTHON_MARKDOWN, Trials, blocks, body_text, empty_line, one_more, short
from pipeline.rules.text.rows import cells, may_have_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node, Row
    from pipeline.findings import Fix, Parameter
    from pipeline.model.kinds import Kind


@document_rule(
    severity=Severity.ERROR,
    message={
        "more": Text(
            nl="Deze rij heeft {count} cellen, maar de tabel heeft {columns} kolommen: “{key}” valt weg.",
            en="This row has {count} cells, but the table has {columns} columns: “{key}” is left out.",
        ),
        "fewer": Text(
            nl="Deze rij heeft {count} van de {columns} cellen die de tabel nodig heeft.",
            en="This row has {count} of the {columns} cells that the table needs.",
        ),
        "text": Text(
            nl="“{key}” staat direct onder de tabel en wordt daardoor een rij van de tabel.",
            en="“{key}” stands right below the table and so becomes a row of it.",
        ),
    },
    help={
        "more": Text(
            nl="Zet in elke rij evenveel cellen als in de eerste rij. Staat er een | in een cel? Schrijf dan \\|.",
            en="Give each row as many cells as the first one. Is there a | within a cell? Then write \\|.",
        ),
        "fewer": Text(
            nl="De inhoud staat nu misschien in de verkeerde kolom. Zet in elke rij evenveel cellen als in de eerste; "
            "een cel mag leeg zijn.",
            en="What follows may stand in the wrong column. Give each row as many cells as the first one; "
            "a cell may be empty.",
        ),
        "text": Text(
            nl="Zet een lege regel tussen de tabel en deze tekst.",
            en="Put an empty line between the table and this text.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Compare each row of each table with its first."""
    if not may_have_faults(body_text(document)):
        return
    trials = Trials(blocks(document, kind))
    for _, node in trials.place.root.walk():
        if node.tag == "table":
            yield from _uneven(trials, node)


def _uneven(trials: Trials, node: Node) -> Iterator[Problem]:
    place = trials.place
    loose = place.dialect == PYTHON_MARKDOWN
    head = node.rows[0][0]
    columns = len(cells(head, head, loose=loose))
    for row in node.rows[2:]:
        text = row[0]
        found = cells(text, head, loose=loose)
        parameters: dict[str, Parameter] = {"count": len(found), "columns": columns, "key": short(text)}
        if columns > 1 and "|" not in text:
            yield Problem(location=place.place(row), variant="text", parameters=parameters, fix=_apart(trials, row))
            break  # what follows belongs to the same text
        if len(found) < columns:
            yield Problem(location=place.place(row), variant="fewer", parameters=parameters)
        elif lost := text[found[columns - 1][1] :].strip(" |"):
            start = text.rindex(lost)
            parameters["key"] = short(lost)
            yield Problem(
                location=place.place(row, start, start + len(lost)),
                variant="more",
                parameters=parameters,
                fix=None if loose else _escaped(trials, row, columns),
            )


def _apart(trials: Trials, row: Row) -> Fix | None:
    """Put an empty line between a table and the text below it."""
    return trials.fix(f"↵ {short(row[0])}", [empty_line(trials.place, row[1])], one_more("p"))


def _escaped(trials: Trials, row: Row, columns: int) -> Fix | None:
    """Put a backslash before each pipe in code, if the row has its cells without those."""
    text = row[0]
    meant = python_markdown_cells(text, bordered=True)
    if len(meant) != columns:
        return None
    ends = {end for _, end in meant}
    inside = [end for _, end in github_cells(text)[:-1] if end not in ends]
    edits = [Edit(location=trials.place.place(row, at, at), replacement="\\") for at in inside]
    return trials.fix("| → \\|", edits, lambda _before, _after: True)
