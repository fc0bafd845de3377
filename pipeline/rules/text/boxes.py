"""Boxes (``!!! note``) on a page, and lines that were meant to open one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.documents.admonitions import BOXES
from pipeline.text import lazy_pattern

BOX_TAGS: Final = frozenset(tag for tag, _, _ in BOXES)

_MARK = lazy_pattern(r"\n[ \t>]*+(?:!!|\?\?|===[ +!])")
# A box that is right: its first line, and text below it that is indented by four.
_RIGHT = lazy_pattern(
    r"\n((?: {4}|\t)*+)(?:!!! ?|\?\?\?\+? ?)[a-z-]++(?: \"[^\"\n]++\")?[ \t]*+\n"
    r"(?:[ \t]*+\n)*+\1(?: {4}| {0,3}\t) {0,3}[^ \t\n]"
)
# Text that is indented a little, below text that is indented enough.
_A_LITTLE = lazy_pattern(r"\n(?: {4}|\t)[^\n]*+\n(?:[ \t]*+\n)*+ {1,3}(?! )\S")

_ATTEMPT = lazy_pattern(r"(?P<signs>!{2,4}|\?{3,4}\+?)(?P<space>[ \t]*+)(?P<kind>[\w-]*+)(?P<rest>.*)$")
_KINDS = lazy_pattern(
    r"abstract|attention|bug|caution|check|cite|danger|done|error|example|expander|fail|failure|faq|hint|help|"
    r"important|info|missing|note|question|quote|seealso|snippet|success|summary|tip|tldr|todo|warning",
    re.IGNORECASE,
)
_TITLE = lazy_pattern(r"[ \t]*+:?[ \t]*+[\"“”„'‘’«]*+(?P<title>[^\"“”„«»]*?)[\"“”'’»]*+[ \t]*+$")
# Words after the kind that tell where a box stands, not what it is called.
_PLACES: Final = frozenset({"inline", "end"})


@lru_cache(maxsize=1)
def may_have_faults(text: str, *, known: bool = True) -> bool:
    """Whether a text has boxes that are anything but plain ones with text in them, if boxes are ``known``."""
    if "!!" not in text and "??" not in text and "\n===" not in text:
        return False
    marks = [match.start() for match in _MARK.finditer(text)]
    plain = known and all(_RIGHT.match(text, at) for at in marks) and not _A_LITTLE.search(text)
    return bool(marks) and not plain


def attempt(text: str) -> str | None:
    """Give the line that opens a box as it should be; nothing where a line was not meant to, or ``""`` if unknown."""
    match = _ATTEMPT.match(text.strip())
    if not match:
        return None
    signs, kind, rest = match["signs"], match["kind"], match["rest"]
    plain = signs.rstrip("+") in {"!!!", "???"} and match["space"]
    if not (plain or _KINDS.fullmatch(kind)) or not (kind or rest.strip()[:1] in {'"', "“"}):
        return None
    title = _TITLE.match(rest)
    if not kind or title is None:
        return ""
    mark = "!!!" if signs[0] == "!" else f"???{'+' * signs.endswith('+')}"
    return f'{mark} {kind} "{title["title"].strip()}"' if title["title"].strip() else f"{mark} {kind}"


def unquoted(line: str) -> str:
    """Give the words of a title that lacks its quotation marks, and is not shown for that reason."""
    words = line.lstrip("!?+ ").split()
    if '"' in line or len(words) < 2:  # noqa: PLR2004 - the kind and more
        return ""
    title = words[1:]
    return " ".join(title) if title[0][:1].isupper() and not _PLACES.issuperset(title) else ""
