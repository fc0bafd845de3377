"""What comparing two revisions asks of the rooms above it: where links lead, addresses, coverage."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.compare.lookups import Destination, Lookups
from pipeline.exports.addresses import Addresses
from pipeline.guidance.coverage import figures
from pipeline.rules.ids.released import lines_of
from pipeline.rules.links.absolute_path import file_at as file_at_path
from pipeline.rules.links.address import RELATIVE, read_address
from pipeline.rules.links.own_site import file_at as file_at_address
from pipeline.rules.links.resolve import Lead, files_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Document, Link
    from pipeline.model.framework import Entry, Framework

_REPLACED = "vervangen"
_CELLS = 4


def lookups() -> Lookups:
    """Give the answers of the rules, the site and the guidance."""
    return Lookups(destination=_destination, address=_address, successors=_successors, figures=_figures)


def _destination(framework: Framework, document: Document, link: Link) -> Destination:
    kind = framework.schemas.claim(document.source.path)
    if kind is None:
        return Destination("")
    lead = Lead(document=document, kind=kind, link=link, address=read_address(link))
    if lead.address.sort == RELATIVE:
        path = files_of(framework).find(lead)
    else:
        path = file_at_path(lead, framework) or file_at_address(lead, framework)
    return Destination(path or "", lead.address.fragment)


@lru_cache(maxsize=4)
def _addresses(framework: Framework) -> Addresses:
    return Addresses(framework)


def _address(framework: Framework, entry: Entry) -> str:
    """Give the address of an entry's page below the top of the site, on the site that there is."""
    if any(each.format == "mkdocs" for each in framework.settings.navigation):
        return _made_of(framework, entry)
    place = _addresses(framework).entry(entry)
    return place.pretty("") if place else ""


def _made_of(framework: Framework, entry: Entry) -> str:
    """Give the address that a builder makes of a path."""
    site = framework.settings.site
    root = f"{site.root}/" if site.root else ""
    if not entry.path.startswith(root) or entry.kind.files.layout != "document":
        return ""
    path = posixpath.splitext(entry.path.removeprefix(root))[0]
    if posixpath.basename(path) in {"index", "README"}:
        return f"{posixpath.dirname(path)}/".lstrip("/")
    return f"{path}/" if site.pages == "directory" else f"{path}.html"


@lru_cache(maxsize=4)
def _successors(framework: Framework) -> Mapping[str, str]:
    """Give what took the place of each id that is replaced, by the list of released ids."""
    rows = (line.values for line in lines_of(framework) if line.values and len(line.values) == _CELLS)
    return {row[0]: row[3] for row in rows if row[2] == _REPLACED and row[3]}


def _figures(framework: Framework) -> Mapping[str, tuple[int, int]]:
    return {each.measure.name: (each.covered, each.total) for each in figures(framework)}
