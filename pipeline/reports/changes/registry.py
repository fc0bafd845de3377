"""All reports of changes by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, TextIO

if TYPE_CHECKING:
    from pipeline.reports.changes.comparison import Comparison


class Write(Protocol):
    """Write a report to a stream that takes Unicode; ``width`` and ``colour`` as in `pipeline.reports.registry`."""

    def __call__(self, comparison: Comparison, stream: TextIO, *, width: int, colour: bool) -> None:
        """Write all of it, and leave the stream open."""


# Imported when asked for.
FORMATS: Final = {
    "terminal": "pipeline.reports.changes.terminal",
    "markdown": "pipeline.reports.changes.markdown",
    "json": "pipeline.reports.changes.json",
    "html": "pipeline.reports.changes.html",
}


def writer(name: str) -> Write:
    """Give the function that writes reports of one of the formats."""
    return import_module(FORMATS[name]).write  # type: ignore[no-any-return]
