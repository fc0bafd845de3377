"""Two versions of a text were put together and the seam was left in.

Git writes both versions into the file, between lines of arrows, where two people changed the
same lines. Someone must choose. Left as they are, readers see the arrows and the text twice.
The signs are also found when half of them were taken away; in a code block, they are an
example and left alone.

Bad:

    <<<<<<< HEAD
    Doe een DPIA voor de start.
    =======
    Doe een DPIA voordat je begint.
    >>>>>>> main

Good:

    Doe een DPIA voordat je begint.

Mend it: keep the version that is right, take the other one away, and the lines with signs too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

_SIGNS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_LINE = lazy_pattern(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_MARKER = lazy_pattern(r"\ufeff?((?:<{7}|>{7})(?:[ \t].*)?|\|{7}(?:[ \t][^|]*)?|={7}[ \t]*)")
# The first signs of the markers of one conflict. A line of = may be a heading's underline: it is
# a marker after an opening one, and where the next marker closes a conflict.
_CONFLICT = lazy_pattern(r"<[|=]*>|<\|?=?|\|?=>|.")
_FENCE = lazy_pattern(r"([ \t>]*)(`{3,}|~{3,})(.*)")


class _Line(NamedTuple):
    """A line that may be a marker; ``sure`` where nothing but git writes such a line."""

    start: int
    text: str
    sure: bool


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Hier staan twee versies van dezelfde tekst door elkaar (van regel {line} tot en met regel {last}).",
            en="Two versions of the same text are mixed up here (from line {line} up to line {last}).",
        ),
        "half": Text(
            nl="De regel “{marker}” is overgebleven van twee versies die door elkaar stonden.",
            en="The line “{marker}” is left over from two versions that were mixed up.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet nu beide versies en de tekens ertussen. Kies de goede versie en haal de andere weg, "
            "met de regels die met <, = en > beginnen.",
            en="Readers now see both versions and the signs between them. Keep the right version and take the "
            "other away, with the lines that begin with <, = and >.",
        ),
        "half": Text(
            nl="De lezer ziet deze tekens. Haal de regel weg, en kijk of de tekst eromheen klopt.",
            en="Readers see these signs. Take the line away, and see whether the text around it is right.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Gather the markers of each conflict; one that is left over is half a conflict."""
    text = document.source.text
    if not any(sign in text for sign in _SIGNS):
        return
    lines = list(_markers(text, _prose(document, kind)))
    for match in _CONFLICT.finditer("".join(line.text[0] for line in lines)):
        group = lines[match.start() : match.end()]
        if len(group) > 1 or group[0].sure:
            yield _problem(document, group)


def _problem(document: Document, group: list[_Line]) -> Problem:
    first, *rest = (document.at(line.start, line.start + len(line.text)) for line in group)
    return Problem(
        location=first,
        variant="" if rest else "half",
        parameters={
            "marker": group[0].text,
            "line": first.begin.line,
            "last": rest[-1].begin.line if rest else first.begin.line,
        },
        related=tuple(rest),
    )


def _prose(document: Document, kind: Kind) -> int:
    """Give the offset from which the text is Markdown."""
    if document.body is not None:
        return document.body.start
    return len(document.source.text) if kind.files.layout == "list" else 0


def _markers(text: str, prose: int) -> Iterator[_Line]:
    """Give the lines that are or may be markers, outside code blocks."""
    fence, quoted, before = "", False, ""
    for line in _LINE.finditer(text):
        words = line[1]
        in_prose = line.start() >= prose
        match = _FENCE.match(words) if in_prose else None
        if fence and quoted and not words.lstrip().startswith(">"):
            fence = ""  # a code block in a quotation ends with it
        if fence:
            if match and match[2].startswith(fence) and not match[3].strip():
                fence = ""
        elif match and not (match[2][0] == "`" and "`" in match[3]):
            fence, quoted = match[2], ">" in match[1]
        elif marker := _MARKER.fullmatch(words):
            under_text = in_prose and bool(before.strip())
            yield _Line(line.start() + marker.start(1), marker[1], not (marker[1][0] in "=|" and under_text))
        before = words
