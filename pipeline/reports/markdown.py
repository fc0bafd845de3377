"""Markdown for GitHub in which text of contributors can do nothing but be read.

Such text stands in code spans only: GitHub makes no mentions, references, images, links or
HTML of what is in there. A span ends at a run of as many backticks as it began with, so it
begins with more than the text has anywhere in a row.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from pipeline.reports.layout import cut
from pipeline.text import LINE_END, visible

LONGEST: Final = 200
"""Most characters of one contributed value."""

GITHUB: Final = "https://redirect.github.com"
"""Pages of GitHub by way of its redirect: a link there is not told to whoever is linked to."""

_TICKS: Final = re.compile("`+")
_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@-])")


def code(text: str, most: int = LONGEST) -> str:
    """Show contributed text as code, on one line; cut in the middle when very long."""
    shown = visible(cut(" ".join(text.split(" ")), most))
    if not shown.strip(" "):
        return "` `"
    ticks = "`" * (_longest_run(shown) + 1)
    # One space on each side is taken off again (CommonMark 6.1).
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def fenced(text: str, info: str = "") -> str:
    """Put lines of contributed text in a code block; it ends with a line end."""
    fence = "`" * max(3, _longest_run(text) + 1)
    lines = LINE_END.split(text.removesuffix("\n").removesuffix("\r"))
    shown = "\n".join(map(visible_line, lines))
    return f"{fence}{info}\n{shown}\n{fence}\n"


def visible_line(line: str) -> str:
    """Show what steers instead of shows in a line of a code block; tabs stay."""
    return "\t".join(map(visible, line.split("\t")))


def plain(text: str) -> str:
    """Write our own words so that Markdown takes them as they are."""
    return _PUNCTUATION.sub(r"\\\1", text)


def link(label: str, address: str) -> str:
    """Link a label, which is Markdown already, to an address of our making."""
    return f"[{label}]({address})"


def on_github(repository: str, *steps: str, fragment: str = "") -> str:
    """Give the address of a page of a repository (``owner/name``): safe in a link of Markdown."""
    path = "/".join(quote(step, safe="/", errors="surrogatepass") for step in (repository, *steps))
    return f"{GITHUB}/{path}{'#' if fragment else ''}{quote(fragment, safe='')}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
