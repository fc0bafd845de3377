"""The addresses of links that lead to what is renamed, changed in that one word where that will do."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from pipeline.errors import UserError
from pipeline.findings import Edit
from pipeline.rules.links.absolute_path import file_at as file_at_path
from pipeline.rules.links.address import MALFORMED, RELATIVE
from pipeline.rules.links.own_site import file_at as file_at_address
from pipeline.rules.links.resolve import files_of
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.renaming.target import Renaming
    from pipeline.rules.links.resolve import Lead

_ENDINGS: Final = (".md", ".html", ".htm")
_INDEX: Final = ("index.html", "index.htm")
_END_OF_PATH = re.compile(r"[?#]")
_SAFE: Final = "/:@!$&'*+,;=~-._"
_CLOSE = re.compile(r"</a\b", re.IGNORECASE)
_LONGEST_LABEL: Final = 1000


def destination(lead: Lead, framework: Framework) -> str | None:
    """Give the file that a link leads to, also where it does so in a way that is not right."""
    files = files_of(framework)
    if lead.address.sort == RELATIVE:
        return files.find(lead) or files.find_otherwise(lead)
    if lead.address.sort == MALFORMED:
        return files.find_otherwise(lead) if lead.address.path else None
    return file_at_path(lead, framework) or file_at_address(lead, framework)


def readdressed(lead: Lead, renaming: Renaming, framework: Framework) -> Edit | None:
    """Give a link that leads to the renamed file its new address; none where that stays as it is."""
    start, path = lead.link.target_start, _written_path(lead)
    entry = renaming.entry
    names = {entry.code: renaming.code}
    if entry.kind.files.layout == "document":
        if renaming.leaves_folder:
            return _far(lead, path, renaming, framework)
        names = {**names, entry.stem: renaming.stem}
    span = _last_name(path)
    written = path[slice(*span)]
    known = names.get(unquote(html.unescape(written)))
    if known is not None:
        new = quote(known, safe=_SAFE) if "%" in written or quote(known, safe=_SAFE) == known else known
        place = lead.document.at(start + span[0], start + span[1])
        return Edit(location=place, replacement=new) if new != written else None
    if not renaming.moves or not path or entry.kind.files.layout != "document":
        return None  # a link to this very page, or to the list that the entry is in
    raise odd(lead)


def _written_path(lead: Lead) -> str:
    written = lead.document.at(lead.link.target_start, lead.link.target_end).text
    return _END_OF_PATH.split(written, maxsplit=1)[0]


def _last_name(path: str) -> tuple[int, int]:
    """Give the place of the last step of a path that names something, without its ending."""
    end = len(path.rstrip("/"))
    start = path.rfind("/", 0, end) + 1
    if path[start:end] in _INDEX and start:
        end = len(path[: start - 1].rstrip("/"))
        start = path.rfind("/", 0, end) + 1
    ending = next((each for each in _ENDINGS if path[start:end].endswith(each)), "")
    return start, end - len(ending)


def _far(lead: Lead, path: str, renaming: Renaming, framework: Framework) -> Edit | None:
    """Write the way to a file that goes to another folder."""
    start = lead.link.target_start
    place = lead.document.at(start, start + len(path))
    if lead.address.sort == RELATIVE:
        if not path or lead.document.source.path == renaming.entry.path:
            return None  # `relocated` sees to the links of the file itself
        return Edit(location=place, replacement=files_of(framework).relative(lead, renaming.path))
    root = f"{framework.settings.site.root}/".lstrip("/")
    for old, new in _tails(renaming.entry.path, renaming.path, root):
        at = unquote(path).rfind(old)
        if at >= 0 and unquote(path) == path:
            return Edit(location=place, replacement=path[:at] + new + path[at + len(old) :])
    raise odd(lead)


def _tails(old: str, new: str, root: str) -> Iterator[tuple[str, str]]:
    for before, after in ((old, new), (old.removeprefix(root), new.removeprefix(root))):
        yield before, after
        yield before.removesuffix(".md"), after.removesuffix(".md")


def relocated(lead: Lead, renaming: Renaming, framework: Framework) -> Edit | None:
    """Give a link in the moved file itself the way from its new folder."""
    path = _written_path(lead)
    found = destination(lead, framework) if lead.address.sort == RELATIVE and path else None
    if found is None:
        return None
    moved = lead._replace(document=replace(lead.document, source=Source(path=renaming.path, text="")))
    target = renaming.path if found == renaming.entry.path else found
    start = lead.link.target_start
    place = lead.document.at(start, start + len(path))
    return Edit(location=place, replacement=files_of(framework).relative(moved, target))


def relabelled(lead: Lead, renaming: Renaming) -> Iterator[Edit]:
    """Let the text of a link that leads to the entry name its new code."""
    text, link = lead.document.source.text, lead.link
    span = (link.start + 1, link.target_start) if link.form == "link" else (0, 0)
    if link.form == "html":
        close = _CLOSE.search(text, link.end, link.end + _LONGEST_LABEL)
        span = (link.end, close.start()) if close else span
    # A picture in the text has an address of its own, and a tag has other names.
    nested = lead.document.body.links if lead.document.body and text.count("](", *span) > 1 else ()
    addresses = [(each.target_start, each.target_end) for each in nested]
    pattern = re.compile(rf"(?<![\w-]){re.escape(renaming.entry.code)}(?![\w-])")
    for match in pattern.finditer(text, *span):
        in_tag = text.rfind("<", span[0], match.start()) > text.rfind(">", span[0], match.start())
        if not in_tag and not any(start <= match.start() < end for start, end in addresses):
            yield Edit(location=lead.document.at(*match.span()), replacement=renaming.code)


def odd(lead: Lead) -> UserError:
    """Say that a link is left to people."""
    path = lead.document.source.path
    line = lead.document.at(lead.link.start, lead.link.end).begin.line
    return UserError(
        nl=f"De link op regel {line} van {path} is zo geschreven dat hij niet vanzelf mee kan. Pas die eerst aan.",
        en=f"The link on line {line} of {path} is written in a way that cannot be carried along. Change it first.",
    )
