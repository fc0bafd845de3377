"""All reports by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from pipeline.errors import UserError

if TYPE_CHECKING:
    from pipeline.reports.report import Report


class Write(Protocol):
    """Write a report to a stream that takes Unicode.

    ``width`` is in columns. A report for programs heeds neither ``width`` nor ``colour``.
    """

    def __call__(self, report: Report, stream: TextIO, *, width: int, colour: bool) -> None:
        """Write all of it, and leave the stream open."""


# Imported when asked for.
FORMATS: Final = {
    "terminal": "pipeline.reports.terminal",
    "lines": "pipeline.reports.lines",
    "json": "pipeline.reports.json",
    "github": "pipeline.reports.github",
    "sarif": "pipeline.reports.sarif",
}


def writer(name: str) -> Write:
    """Give the function that writes reports of a format."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UserError(
            nl=f"Er is geen rapport “{name}”. Kies uit: {known}.",
            en=f"There is no report “{name}”. Choose from: {known}.",
        )
    return import_module(FORMATS[name]).write  # type: ignore[no-any-return]
