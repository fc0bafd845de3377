"""What comparing has to ask of rooms above this one, each as a function.

Where links lead is known to the rules, addresses to the site, coverage to the guidance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.documents.document import Document, Link
    from pipeline.model.framework import Entry, Framework

    Figures = Mapping[str, tuple[int, int]]


class Destination(NamedTuple):
    """Where a link leads: a file that is there, or none, and the anchor behind it."""

    path: str
    anchor: str = ""


def _nowhere(_framework: Framework, _document: Document, _link: Link) -> Destination:
    return Destination("")


def _no_address(_framework: Framework, _entry: Entry) -> str:
    return ""


def _nothing(_framework: Framework) -> Mapping[str, str]:
    return {}


def _no_figures(_framework: Framework) -> Figures:
    return {}


class Lookups(NamedTuple):
    """What is asked of a framework.

    Where a link leads; an entry's address on the site; the id that follows one that is gone; and by
    name of a measure how many entries are covered, of how many.
    """

    destination: Callable[[Framework, Document, Link], Destination] = _nowhere
    address: Callable[[Framework, Entry], str] = _no_address
    successors: Callable[[Framework], Mapping[str, str]] = _nothing
    figures: Callable[[Framework], Figures] = _no_figures
