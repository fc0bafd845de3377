"""Words between stars do not become bold or italic.

Readers then see the stars themselves. The usual reason is a space between the stars and the
word; others are stars without their mates, and two before a word with one after it.

Bad: ``Doe dit ** voordat** je begint``

Good: ``Doe dit **voordat** je begint``

Mend it: let the stars touch the word on both sides, and use as many after it as before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.emphasis import leftovers
from pipeline.documents.prose import prose
from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import PYTHON_MARKDOWN, body_text, offered, short
from pipeline.rules.text.stars import loners, notes, pairs
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.blocks import Block
    from pipeline.documents.document import Document
    from pipeline.documents.emphasis import Run
    from pipeline.model.kinds import Kind
    from pipeline.rules.text.stars import Pair

# A pair that is right in both dialects: what else has two signs may be wrong.
_RIGHT = {
    "**": lazy_pattern(r"\*\*(?<![\w*\\]\*\*)(?=[^\s*])[^*\n`\\]*(?<=[^\s*])\*\*(?![\w*])"),
    "__": lazy_pattern(r"__(?<![\w_\\]__)(?=[^\s_])[^_\n`\\]*(?<=[^\s_])__(?![\w_])"),
}
# A single sign that touches nothing, or not what it should.
_LONE = {" * ": lazy_pattern(r" \* (?<=\S \* )"), " _ ": lazy_pattern(r" _ (?<=\S _ )"), "\n_ ": lazy_pattern("\n_ ")}
_NEAR = 80  # characters beside a pair, of which one word is shown
_LONG = 20_000  # characters of a block: a longer one is not tried out
_STYLES = (
    Text(nl="cursief", en="italic"),
    Text(nl="vet", en="bold"),
    Text(nl="vet en cursief", en="bold and italic"),
)


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{key}” wordt niet {style}: tussen {sign} en de tekst staat een spatie.",
            en="“{key}” does not become {style}: there is a space between {sign} and the text.",
        ),
        "touching": Text(
            nl="“{key}” wordt niet {style}: tussen {sign} en de tekst ernaast ontbreekt een spatie.",
            en="“{key}” does not become {style}: a space is missing between {sign} and the text beside it.",
        ),
        "lone": Text(
            nl="De tekst bij {sign} wordt niet {style}: aan de andere kant ontbreekt {sign}.",
            en="The text beside {sign} does not become {style}: {sign} is missing on its other side.",
        ),
        "uneven": Text(
            nl="Hier staan aan de ene kant van de tekst meer tekens {sign} dan aan de andere.",
            en="There are more signs {sign} on one side of the text than on the other.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet nu de tekens zelf. Haal de spatie weg.",
            en="Readers now see the signs themselves. Take the space away.",
        ),
        "touching": Text(
            nl="De lezer ziet nu de tekens zelf. Zet er een spatie tussen.",
            en="Readers now see the signs themselves. Put a space between them.",
        ),
        "lone": Text(
            nl="De lezer ziet nu de tekens zelf. Zet ze voor én na de tekst, of haal ze weg.",
            en="Readers now see the signs themselves. Put them before and after the text, or take them away.",
        ),
        "uneven": Text(
            nl="De lezer ziet nu een van de tekens. Zet er voor en na de tekst evenveel.",
            en="Readers now see one of the signs. Put as many before the text as after it.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at the signs of emphasis that became nothing."""
    text = body_text(document)
    if document.body is None or not _may_be_wrong(text):
        return
    loose = kind.markdown.dialect == PYTHON_MARKDOWN
    found: list[tuple[Block, list[Run]]] = []
    for block in prose(document.source, document.body.start, kind.markdown.dialect).blocks:
        if "*" in block.content or "_" in block.content:
            runs = leftovers(block.content, block.covered, loose=loose)
            found.extend([(block, runs)] if runs else [])
    marks = {mark for block, runs in found for mark in notes(block.content, runs)}
    if "\\*" in text:
        marks |= {("*", True), ("**", True)}  # a note whose sign is written with a backslash
    for block, runs in found:
        for pair in pairs(block.content, runs):
            yield _pair(document, block, pair, loose=loose)
        for run, uneven in loners(block.content, runs, marks):
            yield Problem(
                location=document.at(*block.at((run.start, run.end))),
                variant="uneven" if uneven else "lone",
                parameters={"sign": run.sign if uneven else run.sign * run.size, "style": _style(run)},
            )


def _style(run: Run) -> Text:
    return _STYLES[min(run.size, 3) - 1]


def _may_be_wrong(text: str) -> bool:
    for sign, right in _RIGHT.items():
        if sign[0] in text and sign in text and text.count(sign) != 2 * len(right.findall(text)):
            return True
    return any(sign.strip() in text and sign in text and lone.search(text) for sign, lone in _LONE.items())


def _pair(document: Document, block: Block, pair: Pair, *, loose: bool) -> Problem:
    content, opening, closing = block.content, pair.opening, pair.closing
    start, end = opening.start, closing.end
    sign = opening.sign * opening.size
    better = f"{sign}{content[opening.end : closing.start].strip()}{sign}"
    edited = f"{' ' * pair.spaced_before}{better}{' ' * pair.spaced_after}"
    place = document.at(*block.at((start, end)))
    fix = None
    if place.text == content[start:end]:
        safe = (
            not pair.touching and opening.size > 1 and len(content) < _LONG and _mends(block, pair, edited, loose=loose)
        )
        fix = Fix(title=short(better), edits=(Edit(location=place, replacement=edited),), safe=safe)
    before = content[max(start - _NEAR, 0) : start].split()[-1:] if pair.spaced_before else []
    after = content[end : end + _NEAR].split()[:1] if pair.spaced_after else []
    return Problem(
        location=place,
        variant="touching" if pair.touching else "",
        parameters={
            "key": short(content[start:end]),
            "sign": sign,
            "style": _style(opening),
            "suggestions": (offered(" ".join((*before, *better.split(), *after))),),
        },
        fix=fix,
        # One star is also the sign of a sum or a note.
        severity=Severity.WARNING if opening.size == 1 else None,
    )


def _mends(block: Block, pair: Pair, edited: str, *, loose: bool) -> bool:
    """Whether fewer signs are left over once a pair is mended."""
    content, start, end = block.content, pair.opening.start, pair.closing.end
    inner = content[pair.opening.end : pair.closing.start]
    lost = len(inner) - len(inner.lstrip())
    longer = len(edited) - (end - start)
    covered = [
        (first - lost, last - lost)
        if start <= first < end
        else (first + longer, last + longer)
        if first >= end
        else (first, last)
        for first, last in block.covered
    ]
    mended = f"{content[:start]}{edited}{content[end:]}"
    return len(leftovers(mended, covered, loose=loose)) < len(leftovers(content, block.covered, loose=loose)) - 1
