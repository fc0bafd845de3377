"""Raw HTML stands in a text that may have none.

For safety the site shows it as it is: readers see ``<b>`` and not bold words. Texts stay
readable for everybody, and usable elsewhere, when Markdown does the work.

Bad: ``Doe dit <b>voordat</b> je begint``

Good: ``Doe dit **voordat** je begint``

Mend it: write it in Markdown, or take the tags away. Put text that is about such tags
between backticks.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.documents.prose import prose
from pipeline.errors import Text
from pipeline.findings import Edit, Fix, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import body_text, offered, short
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.blocks import Block
    from pipeline.documents.document import Document
    from pipeline.model.kinds import Kind

_MAY_BE = lazy_pattern(r"<(?:[a-zA-Z][^\s<>:@]*+[\s>/]|/[a-zA-Z]|\?|![A-Z\[])")
_COMMENT = lazy_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = lazy_pattern(r"<(/?)([a-zA-Z][\w-]*+)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+>|<[?!][^<>]*+>")
_HREF = lazy_pattern(r"\bhref\s*=\s*[\"']([^\"'\s()]+)[\"']")
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_MARKDOWN = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "s": "~~", "del": "~~"}


@document_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="“{key}” is HTML: de site laat het zien zoals het er staat.",
        en="“{key}” is HTML: the site shows it as it stands.",
    ),
    help=Text(
        nl="De lezer ziet de codes zelf. Schrijf het in Markdown, of haal de codes weg. "
        "Gaat de tekst over zulke codes? Zet ze dan tussen accenten: `<b>`.",
        en="Readers see the codes themselves. Write it in Markdown, or take the codes away. "
        "Is the text about such codes? Then put them between backticks: `<b>`.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for tags in blocks of HTML and in running text; comments are left alone."""
    if kind.markdown.html or document.body is None or not _MAY_BE.search(body_text(document)):
        return
    text = prose(document.source, document.body.start, kind.markdown.dialect)
    opened: Counter[str] = Counter()
    for start, end in text.html:
        yield from _in_block(document, start, end, opened)
    for block in text.blocks:
        if "<" in block.content:
            yield from _in_line(document, block)


def _in_block(document: Document, start: int, end: int, opened: Counter[str]) -> Iterator[Problem]:
    """Tell of a block's first tag; not of one that only closes what a block before it opened."""
    html = document.source.text[start:end]
    html = _COMMENT.sub(lambda comment: " " * len(comment[0]), html)
    told = False
    for tag in _TAG.finditer(html):
        name = (tag[2] or "").lower()
        if tag[1] and opened[name]:
            opened[name] -= 1
            continue
        if name and not tag[1] and name not in _VOID and not tag[0].endswith("/>"):
            opened[name] += 1
        if not told:
            told = True
            yield Problem(
                location=document.at(start + tag.start(), start + tag.end()), parameters={"key": short(tag[0])}
            )


def _in_line(document: Document, block: Block) -> Iterator[Problem]:
    """Tell of each element once: at its first tag."""
    tags = [token for token in block.tokens if token.type == "html_inline" and not token.content.startswith("<!--")]
    opened: Counter[str] = Counter()
    for index, token in enumerate(tags):
        tag = _TAG.match(token.content)
        name = (tag[2] or "").lower() if tag else ""
        if tag and tag[1] and opened[name]:
            opened[name] -= 1
            continue
        if tag and not tag[1]:
            opened[name] += 1
        start, end = token.meta["span"]
        closing = next(
            (each.meta["span"] for each in tags[index + 1 : index + 2] if each.content.lower() == f"</{name}>"), None
        )
        better = _better(block.content, token.content, name, (start, end), closing) if closing else ""
        whole = document.at(*block.at((start, closing[1]))) if closing else None
        fix = Fix(title=short(better), edits=(Edit(location=whole, replacement=better),)) if better and whole else None
        yield Problem(
            location=document.at(*block.at((start, end))),
            parameters={"key": short(token.content), "suggestions": (offered(better),) if better else ()},
            fix=fix,
        )


def _better(text: str, tag: str, name: str, opening: tuple[int, int], closing: tuple[int, int]) -> str:
    """Write an element in Markdown, where that is plain."""
    inner = text[opening[1] : closing[0]]
    if not inner.strip() or inner != inner.strip() or "\n" in inner or set(inner) & set("*`~[]<>"):
        return ""
    sign = _MARKDOWN.get(name)
    if sign:
        return f"{sign}{inner}{sign}"
    href = _HREF.search(tag) if name == "a" else None
    return f"[{inner}]({href[1]})" if href else ""
