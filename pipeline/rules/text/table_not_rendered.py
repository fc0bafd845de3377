"""A table does not become a table.

Readers then see words with upright lines between them. A table needs an empty line above it,
a first row with the names of its columns, and below that a row of hyphens with as many cells.

Bad: two rows with ``|`` between the cells and no ``| --- | --- |`` below the first

Good: ``| Rol | Taak |`` with ``| --- | --- |`` below it

Mend it: put the row of hyphens below the first row, with a cell for each column, and keep
the rows together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.tables import github_cells, is_separator
from pipeline.errors import Text
from pipeline.findings import Edit, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import (
    PYTHON_MARKDOWN,
    Trials,
    blocks,
    body_text,
    count,
    empty_line,
    insertion,
    line_end,
    one_more,
    short,
)
from pipeline.rules.text.rows import grids, is_like, is_separator_like, may_have_faults
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node, Row
    from pipeline.model.kinds import Kind
    from pipeline.rules.text.rows import Grid

_CELL = lazy_pattern(r":?-++:?")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit wordt geen tabel: “{key}” staat direct onder een regel tekst.",
            en="This does not become a table: “{key}” stands right below a line of text.",
        ),
        "separator": Text(
            nl="Dit wordt geen tabel: onder de eerste rij “{key}” ontbreekt de rij met streepjes.",
            en="This does not become a table: the row of hyphens is missing below the first row “{key}”.",
        ),
        "columns": Text(
            nl="Dit wordt geen tabel. Aantal cellen in de rij met streepjes: {count}; in de rij erboven: {columns}.",
            en="This does not become a table. Cells in the row of hyphens: {count}; in the row above it: {columns}.",
        ),
        "head": Text(
            nl="Dit wordt geen tabel. Aantal cellen in de eerste rij: {count}; in de rijen eronder: {columns}.",
            en="This does not become a table. Cells in the first row: {count}; in the rows below it: {columns}.",
        ),
        "signs": Text(
            nl="Dit wordt geen tabel: in de rij met streepjes “{key}” staat een teken dat daar niet hoort.",
            en="This does not become a table: the row of hyphens “{key}” has a sign in it that does not belong there.",
        ),
        "headless": Text(
            nl="Dit wordt geen tabel: boven de rij met streepjes ontbreekt de rij met de namen van de kolommen.",
            en="This does not become a table: the row with the names of the columns is missing above the hyphens.",
        ),
        "code": Text(
            nl="Dit wordt geen tabel maar code: “{key}” springt te ver in.",
            en="This does not become a table but code: “{key}” is indented too far.",
        ),
        "gap": Text(
            nl="Hier breekt de tabel af: boven “{key}” staat een lege regel.",
            en="The table breaks off here: there is an empty line above “{key}”.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. Zet een lege regel boven de tabel.",
            en="Readers see loose words with lines between them. Put an empty line above the table.",
        ),
        "separator": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. "
            "Zet onder de eerste rij een rij met voor elke kolom drie streepjes.",
            en="Readers see loose words with lines between them. "
            "Put a row below the first one, with three hyphens for each column.",
        ),
        "columns": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. "
            "Zet in de rij met streepjes evenveel cellen als in de eerste rij.",
            en="Readers see loose words with lines between them. "
            "Give the row of hyphens as many cells as the first row has.",
        ),
        "head": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. Zet in de eerste rij voor elke kolom een naam.",
            en="Readers see loose words with lines between them. Give each column a name in the first row.",
        ),
        "signs": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. Gebruik in deze rij alleen |, - en :.",
            en="Readers see loose words with lines between them. Use only |, - and : in this row.",
        ),
        "headless": Text(
            nl="De lezer ziet losse woorden met streepjes ertussen. Zet boven de streepjes voor elke kolom een naam.",
            en="Readers see loose words with lines between them. Put a name for each column above the hyphens.",
        ),
        "code": Text(
            nl="De lezer ziet letters van een typemachine. Haal de spaties aan het begin van deze regels weg.",
            en="Readers see typewriter letters. Take away the spaces at the beginning of these lines.",
        ),
        "gap": Text(
            nl="De lezer ziet vanaf hier losse woorden met streepjes ertussen. Haal de lege regel weg.",
            en="From here on, readers see loose words with lines between them. Take the empty line away.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for rows in paragraphs."""
    if not may_have_faults(body_text(document)):
        return
    place = blocks(document, kind)
    trials = Trials(place)
    above: Node | None = None
    for _, node in place.root.walk():
        if node.tag == "p" and node.rows:
            for grid in grids(node.rows):
                yield _problem(trials, grid, above if grid.first == 0 else None)
            if above is not None and above.tag == "table" and len(node.rows) == 1 and is_like(node.rows[0][0]):
                yield _gap(trials, node.rows[0], above)
        elif (
            node.tag == "pre" and len(node.rows) > 1 and is_separator_like(node.rows[1][0]) and is_like(node.rows[0][0])
        ):
            yield Problem(
                location=place.place(node.rows[0]), variant="code", parameters={"key": short(node.rows[0][0])}
            )
        above = node


def _problem(trials: Trials, grid: Grid, above: Node | None) -> Problem:
    """Say why rows are no table; of more reasons, the one that is worst."""
    place, head = trials.place, grid.rows[0]
    if above is not None and (above.tag == "table" or _is_head(above)) and grid.separator <= 0:
        return _gap(trials, head, above)
    if grid.separator == 0:
        return Problem(location=place.place(head), variant="headless")
    hyphens = _hyphens(head, grid.counts[0], grid.rows[1][0] if grid.separator == 1 else "")
    edits = [empty_line(place, head[1])] if grid.first and place.dialect == PYTHON_MARKDOWN else []
    variant = _variant(grid)
    row = grid.rows[1] if variant in {"columns", "signs"} else head
    if variant in {"columns", "signs"}:
        edits.append(Edit(location=place.place(row), replacement=hyphens))
    elif variant == "separator" and grid.separator < 0:
        number = grid.rows[1][1]
        edits.append(insertion(place, number, f"{place.before(number)}{hyphens}{line_end(place)}"))
    count, other = grid.counts[1::-1] if variant == "columns" else grid.counts[:2]
    return Problem(
        location=place.place(row),
        variant=variant,
        parameters={"key": short(row[0]), "count": count, "columns": other},
        fix=trials.fix(hyphens if variant else f"↵ {short(head[0])}", edits, one_more("table")),
    )


def _variant(grid: Grid) -> str:
    """Say what is wrong with the first two rows; the empty one tells of the line above them."""
    if grid.separator != 1:
        return "separator"
    if grid.counts[0] == grid.counts[1]:
        return "" if is_separator(grid.rows[1][0]) else "signs"
    below = {*grid.counts[2:]}
    return "head" if below == {grid.counts[1]} else "columns"


def _is_head(node: Node) -> bool:
    return node.tag == "p" and len(node.rows) == 1 and is_like(node.rows[0][0])


def _gap(trials: Trials, row: Row, above: Node) -> Problem:
    """Tell of an empty line within a table."""
    place = trials.place
    edit = Edit(location=place.source.at(place.starts[above.rows[-1][1] + 1], place.starts[row[1]]), replacement="")
    return Problem(
        location=place.place(row),
        variant="gap",
        parameters={"key": short(row[0])},
        fix=trials.fix(f"↵ → {short(row[0])}", [edit], _is_joined),
    )


def _is_joined(before: Node, after: Node) -> bool:
    return count(after, "p") < count(before, "p") and count(after, "table") >= count(before, "table")


def _hyphens(head: Row, columns: int, wrong: str = "") -> str:
    """Write a separator for a head; what it was like where it was wrong stays."""
    cells = [wrong[start:end].strip() for start, end in github_cells(wrong)][:columns]
    written = [cell if _CELL.fullmatch(cell) else "---" for cell in cells]
    written += ["---"] * (columns - len(written))
    inner = " | ".join(written)
    return f"| {inner} |" if head[0].lstrip().startswith("|") else inner
