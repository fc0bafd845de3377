"""Text for terminals and logs: made harmless, measured and wrapped.

A log is read by machines too. GitHub's runner obeys a line that starts with ``::name::``
and any line with ``##[name]`` in it (actions/runner, ``ActionCommand.cs``); Azure Pipelines
obeys ``##vso[name]``. No text of a contributor may become such a command, whichever report
prints it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.text import display_width, lazy_pattern, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LONGEST: Final = 600
"""Most characters of one contributed value in a message."""

LONGEST_WORD: Final = 200
"""Most characters in a row of such a value without a space: a word does not wrap."""

# Characters beyond ASCII in between do not help: .NET compares text without those that it ignores.
COMMAND = lazy_pattern(r"(#[^ -~]*#[^ -~]*[A-Za-z]*)\[")
_AT_START = lazy_pattern(r"^([^!-~]*):(?=[^!-~]*:)")

# One column each; the soft hyphen, U+00AD, is none of them.
_NARROW = lazy_pattern("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")


def shown(text: str) -> str:
    """Show what a contributor wrote: harmless, and cut in the middle when very long."""
    if len(text) > LONGEST_WORD:
        text = cut(" ".join(cut(word, LONGEST_WORD) for word in text.split(" ")), LONGEST)
    return printable(text)


def printable(text: str) -> str:
    """Make text harmless: nothing that steers a terminal, no command of the older sort."""
    return COMMAND.sub(r"\1\\u005b", visible(text)) if "[" in text else visible(text)


def at_line_start(line: str) -> str:
    """Make a line harmless that starts with contributed text: no command of the newer sort."""
    return _AT_START.sub(r"\1\\u003a", line)


def cut(text: str, most: int) -> str:
    """Leave out the middle of a text of more than ``most`` characters."""
    if len(text) <= most:
        return text
    return f"{text[: most * 2 // 3]}…{text[-(most // 3) :]}"


def is_narrow(text: str) -> bool:
    """Whether each character surely takes one column."""
    return _NARROW.fullmatch(text) is not None


def width_of(text: str) -> int:
    """Give the columns that a text takes."""
    return len(text) if is_narrow(text) else display_width(text)


# The same help comes back with every finding of a rule.
@lru_cache(maxsize=1024)
def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` columns; a longer word stays whole.

    The first line starts with ``first``, the others with ``rest``. Runs of spaces become one.
    """
    lines: list[str] = []
    line, used, empty = first, width_of(first), not first.strip()
    joint = ""
    for word in filter(None, text.split(" ")):
        size = width_of(word)
        if not empty and used + len(joint) + size > width:
            lines.append(line.rstrip(" "))
            line, used, joint = rest, width_of(rest), ""
        line += joint + word
        used += len(joint) + size
        joint, empty = " ", False
    lines.append(line.rstrip(" "))
    return tuple(map(at_line_start, lines))


def painter(*, colour: bool) -> Callable[..., str]:
    """Give a function like ``click.style``, or one that leaves text as it is."""
    if not colour:
        return _plain
    from click import style  # noqa: PLC0415 - only for a terminal

    return style


def _plain(text: str, **_style: Any) -> str:  # noqa: ANN401 - what click.style takes
    return text
