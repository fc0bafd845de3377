"""A link does not become a link.

Readers then see brackets with an address between them, and nothing to click on. The usual
reason is a space between ``]`` and ``(``; others are brackets the wrong way round, a bracket
that is missing, and a short name of an address that the page does not explain.

Bad: ``[de handreiking] (https://www.voorbeeld.nl/handreiking)``

Good: ``[de handreiking](https://www.voorbeeld.nl/handreiking)``

Mend it: put the text between square brackets and the address between round ones right after
it, without a space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.near_links import near_links
from pipeline.documents.prose import prose
from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.nearest import nearest
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import body_text, short
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.documents.blocks import Block
    from pipeline.documents.document import Document
    from pipeline.documents.near_links import NearLink
    from pipeline.model.kinds import Kind

_APART = lazy_pattern(r"\][ \t\u00a0\n]++\(")
_UNCLOSED = lazy_pattern(r"\[[^\[\]()\n]++(?<!\s)\((?:https?:|www\.|mailto:|\.{0,2}/|#\w|[\w%/-]++\.\w)")
_LABELLED = lazy_pattern(r"\[[^\[\]\n]*+\]\(")
# Where a page has no short names at all, only words that can be nothing else are taken for one.
_WORDS = lazy_pattern(r"\[[^\W\d_][^\[\]]{3,}\]\[[^\W\d_][\w -]{2,}\]")
_DEFINITION = lazy_pattern(r"\n[ >]*+\[([^\[\]\n^][^\[\]\n]*+)\]:")
_REFERENCE = lazy_pattern(r"(?<![\\\]])\[([^\[\]\n]*[^\W\d_][^\[\]\n]*)\]\[([^\[\]\n]*[^\W\d_][^\[\]\n]*)\](?![(\[])")

_WEBSITE = lazy_pattern(r"(?:www\.|(?:[\w-]+\.)+(?:nl|eu|com|org|net)(?:/|$))")


@document_rule(
    severity=Severity.ERROR,
    message={
        "apart": Text(
            nl="Dit wordt geen link: tussen ] en ( hoort niets te staan.",
            en="This does not become a link: nothing should stand between ] and (.",
        ),
        "image": Text(
            nl="Dit wordt geen afbeelding: tussen ] en ( hoort niets te staan.",
            en="This does not become an image: nothing should stand between ] and (.",
        ),
        "reversed": Text(
            nl="Dit wordt geen link: de haakjes zijn verwisseld.",
            en="This does not become a link: the brackets are the wrong way round.",
        ),
        "unclosed": Text(
            nl="Dit wordt geen link: na “{label}” ontbreekt het haakje ].",
            en="This does not become a link: the bracket ] is missing after “{label}”.",
        ),
        "unopened": Text(
            nl="Dit wordt geen link: voor de linktekst ontbreekt het haakje [.",
            en="This does not become a link: the bracket [ is missing before its text.",
        ),
        "reference": Text(
            nl="Dit wordt geen link: het adres van [{label}] staat nergens op deze pagina.",
            en="This does not become a link: the address of [{label}] is nowhere on this page.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet haakjes met een adres, en kan nergens op klikken. "
            "Zet de tekst tussen [ en ], en het adres er direct achter tussen ( en ).",
            en="Readers see brackets with an address, and cannot click on anything. "
            "Put the text between [ and ], and the address right after it between ( and ).",
        ),
        "image": Text(
            nl="De lezer ziet haakjes met een adres, en geen afbeelding. "
            "Zet de beschrijving tussen [ en ], en het adres er direct achter tussen ( en ).",
            en="Readers see brackets with an address, and no image. "
            "Put the description between [ and ], and the address right after it between ( and ).",
        ),
        "reference": Text(
            nl="De lezer ziet haakjes, en kan nergens op klikken. "
            "Zet op een eigen regel [{label}]: met het adres erachter.",
            en="Readers see brackets, and cannot click on anything. "
            "Put [{label}]: on a line of its own, with the address after it.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at brackets in running text that became no link."""
    text = body_text(document)
    if document.body is None or not _may_be_wrong(text):
        return
    known = {" ".join(label.split()).lower(): label for label in _DEFINITION.findall(text)}
    for block in prose(document.source, document.body.start, kind.markdown.dialect).blocks:
        if "[" in block.content or "](" in block.content:
            yield from (_problem(document, block, near) for near in near_links(block))
            yield from _without_address(document, block, known)


def _may_be_wrong(text: str) -> bool:
    if "](" in text and text.count("](") != len(_LABELLED.findall(text)):
        return True
    return ")[" in text or "][" in text or _APART.search(text) is not None or _UNCLOSED.search(text) is not None


def _problem(document: Document, block: Block, near: NearLink) -> Problem:
    place = document.at(*block.at((near.start, near.end)))
    scheme = "https://" if _WEBSITE.match(near.address) else ""
    better = "" if near.sort == "unopened" else f"{'!' * near.image}[{near.label.strip()}]({scheme}{near.address})"
    whole = place.text == block.content[near.start : near.end] and "\n" not in near.gap
    fix = Fix(title=short(better), edits=(Edit(location=place, replacement=better),), safe=not scheme)
    return Problem(
        location=place,
        variant="image" if near.image else near.sort,
        parameters={"label": short(near.label), "suggestions": (better,) if better else ()},
        fix=fix if better and whole else None,
    )


def _without_address(document: Document, block: Block, known: Mapping[str, str]) -> Iterator[Problem]:
    for match in block.free(_REFERENCE):
        if " ".join(match[2].split()).lower() in known or not (known or _WORDS.fullmatch(match[0])):
            continue
        near = nearest(match[2], known.values())
        place = document.at(*block.at(match.span(2)))
        fix = (
            Fix(title=f"[{match[2]}] → [{near[0]}]", edits=(Edit(location=place, replacement=near[0]),))
            if len(near) == 1
            else None
        )
        yield Problem(location=place, variant="reference", parameters={"label": match[2], "suggestions": near}, fix=fix)
