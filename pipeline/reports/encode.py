"""JSON that is safe to print, and that any program can read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pipeline.reports.layout import COMMAND
from pipeline.text import UNSHOWABLE

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable
    from typing import TextIO

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def as_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    r"""Write a value as JSON on one line.

    Characters that steer a terminal or cannot be seen are written as ``\u202e``, which is
    the same text to a reader of JSON. Half a surrogate pair is no text to many readers: it
    becomes the six characters ``\udc80``.
    """
    text = UNSHOWABLE.sub(_escape, _ENCODER.encode(value))
    return COMMAND.sub(r"\1\\u005b", text)


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return f"\\\\u{ord(char):04x}"
    return json.dumps(char)[1:-1]


def write_list(stream: TextIO, items: Iterable[Any], *, indent: str) -> None:
    """Write a JSON list with an item a line, so that two reports can be compared by line."""
    joint = "["
    for item in items:
        stream.write(f"{joint}\n{indent}  {as_json(item)}")
        joint = ","
    stream.write("[]" if joint == "[" else f"\n{indent}]")
