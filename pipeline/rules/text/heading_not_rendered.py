"""A heading does not become a heading.

Readers then see a line of text that begins with ``##``. It is missing from the table of
contents, and no link can lead to it. Often the space after the ``#`` signs is missing, or
there are spaces before them.

Bad: ``##Toelichting``

Good: ``## Toelichting``

Mend it: begin the line with the ``#`` signs, at most six, and put one space after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Edit, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import PYTHON_MARKDOWN, TAGS, Trials, blocks, body_text, offered, short, starting
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.documents.nodes import Node, Row
    from pipeline.model.kinds import Kind

# Something before the first sign, no space after the last, or more than six.
_MAY_BE = lazy_pattern(r"\n(?:[ \t>]++#|[ \t>]*+(?:[-*+]|[0-9]{1,3}[.)])[ \t]++#++[^#\s]|#(?:#*+[^#\s]|#{6}))")
_SIGNS = lazy_pattern(r"(#{1,6})(?:(#++)[ \t]*+(?=[\w\"“‘'])|([ \t]++)(?=\S)|(?=[\w\"“‘'*\[(`]))")
# A line by itself that is no list of hashtags: `#Eerste kop`.
_TITLE = lazy_pattern(r"#[^\W\d_a-z][^#\n]*? [^#\n]*[^#\s.,;:!?]$")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit wordt geen kopje: na {signs} ontbreekt een spatie.",
            en="This does not become a heading: a space is missing after {signs}.",
        ),
        "indent": Text(
            nl="Dit wordt geen kopje: er staan spaties voor {signs}.",
            en="This does not become a heading: there are spaces before {signs}.",
        ),
        "many": Text(
            nl="Dit wordt geen kopje: {signs} zijn er te veel.",
            en="This does not become a heading: {signs} are too many.",
        ),
        "elsewhere": Text(
            nl="Na {signs} ontbreekt een spatie. Op de site is dit een kopje, maar bijvoorbeeld op GitHub niet.",
            en="A space is missing after {signs}. On the site this is a heading, but on GitHub, for one, it is not.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet nu een gewone regel met {signs} ervoor. Zet er een spatie achter.",
            en="Readers now see a line of text with {signs} before it. Put a space after it.",
        ),
        "indent": Text(
            nl="De lezer ziet nu een gewone regel met {signs} ervoor. Haal de spaties ervoor weg.",
            en="Readers now see a line of text with {signs} before it. Take the spaces before it away.",
        ),
        "many": Text(
            nl="De lezer ziet nu een gewone regel met {signs} ervoor. Gebruik er hoogstens zes.",
            en="Readers now see a line of text with {signs} before it. Use six at most.",
        ),
        "elsewhere": Text(
            nl="Zet er een spatie achter: dan is het overal een kopje.",
            en="Put a space after it: then it is a heading everywhere.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at the lines of paragraphs, at code of one line, and at headings without a space."""
    if not _MAY_BE.search(body_text(document)):
        return
    trials = Trials(blocks(document, kind))
    strict = kind.markdown.dialect == PYTHON_MARKDOWN
    for _, node in trials.place.root.walk():
        if node.tag == "p":
            for row in node.rows:
                yield from _in_paragraph(trials, node, (row[0].lstrip(" "), row[1]))
        elif node.tag == "pre" and len(node.rows) == 1:
            yield from _in_code(trials, node.rows[0])
        elif strict and node.tag in TAGS and node.rows:
            yield from _tight(trials, node)


def _in_paragraph(trials: Trials, node: Node, row: Row) -> Iterator[Problem]:
    match = _SIGNS.match(row[0])
    if match and (match[0] != "#" or (len(node.rows) == 1 and _TITLE.match(row[0]))):
        indented = match[3] or trials.place.dialect == PYTHON_MARKDOWN
        yield _problem(trials, row, match, "many" if match[2] else "indent" if indented else "")


def _in_code(trials: Trials, row: Row) -> Iterator[Problem]:
    """Tell of code that is one line, which begins like a heading; one sign may be a remark in a program."""
    match = _SIGNS.match(row[0])
    if match and match[3] and len(match[1]) > 1:
        yield _problem(trials, row, match, "indent", safe=False)


def _problem(trials: Trials, row: Row, match: re.Match[str], variant: str, *, safe: bool = True) -> Problem:
    place, (text, number) = trials.place, row
    better = f"{match[1]} {text[match.end() :].rstrip()}"
    start = place.offset(row)
    spaces = place.before(number).rpartition(">")[2] if variant == "indent" else ""
    edits = [
        Edit(location=place.source.at(start - len(spaces), start), replacement=""),
        Edit(location=place.place(row, 0, match.end()), replacement=f"{match[1]} "),
    ]
    return Problem(
        location=place.place(row),
        variant=variant,
        parameters={"signs": match[1] + (match[2] or ""), "suggestions": (offered(better),)},
        fix=trials.fix(short(better), edits, lambda _, root: number in starting(root, *TAGS), safe=safe),
    )


def _tight(trials: Trials, node: Node) -> Iterator[Problem]:
    """Tell of a heading that other readers of Markdown take for text."""
    place = trials.place
    start = place.offset(node.rows[0])
    before = place.source.text[place.starts[node.number] : start]
    if node.rows[0][0] and before.endswith("#") and (node.tag != "h1" or _TITLE.match(f"#{node.rows[0][0]}")):
        better = f"{node.mark} {node.rows[0][0]}"
        edit = Edit(location=place.source.at(start), replacement=" ")
        yield Problem(
            location=place.source.at(start - len(node.mark), start + len(node.rows[0][0])),
            variant="elsewhere",
            parameters={"signs": node.mark, "suggestions": (offered(better),)},
            fix=trials.fix(short(better), [edit], lambda _, root: node.number in starting(root, *TAGS)),
            severity=Severity.WARNING,
        )
