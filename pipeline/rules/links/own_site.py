"""A link to a page of this framework has a full web address.

It always leads to the published version: not to the page as it is in a preview, in a
proposal or in a copy. When the page moves, nothing warns. A path to the file can be checked.
An address that leads to a page which does not exist is an error. The home pages of the site
and of the repository are fine, and so are the repository's issues and the like.

Bad: ``[de regel](https://klein.example/kader/regels/awb-01-wees-zorgvuldig/)``

Good: ``[de regel](awb-01-wees-zorgvuldig.md)``

Mend it: replace the address by the path from this file to the page that you mean.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import EXTERNAL
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import SEARCHED, files_of, leads
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Site
    from pipeline.rules.links.resolve import Files, Lead

_VIEWS = ("blob", "tree", "raw", "edit", "blame")
_RAW_HOST = "raw.githubusercontent.com"
# Other files are made when the site is built: a feed, an export, a search index.
_PAGES = ("", ".html", ".htm", ".md")


@nearby_rule(
    severity=Severity.WARNING,
    message={
        "": Text(
            nl="Dit is een adres van dit kader zelf. Gebruik een pad naar het bestand.",
            en="This is an address of this framework itself. Use a path to the file.",
        ),
        "gone": Text(
            nl="Dit adres hoort bij dit kader, maar “{key}” is er niet.",
            en="This address belongs to this framework, but there is no “{key}”.",
        ),
    },
    help={
        "": Text(
            nl="Het adres gaat altijd naar de gepubliceerde versie en niemand ziet het als de pagina verhuist. "
            "Schrijf het pad van dit bestand naar de pagina.",
            en="The address always leads to the published version, and nobody notices when the page moves. "
            "Write the path from this file to the page.",
        ),
        "gone": Text(
            nl="Wie erop klikt, ziet een foutmelding. Schrijf het pad van dit bestand naar de pagina die je bedoelt.",
            en="Whoever follows it sees an error page. Write the path from this file to the page that you mean.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every web address of the site and of the repository."""
    files = files_of(framework)
    gone = 0
    for lead in leads(framework):
        path, found = _reached(lead, framework, files)
        if not path:
            continue
        if found is not None:
            yield _moved(lead, path, found, files)
            continue
        gone += 1
        near = files.near(path, lead.document.source.path) if gone <= SEARCHED else ()
        yield Problem(
            location=target_place(lead),
            variant="gone",
            severity=Severity.ERROR,
            parameters={"key": path, "suggestions": tuple(files.relative(lead, each) for each in near)},
        )


def file_at(lead: Lead, framework: Framework) -> str | None:
    """Give the file that a web address of this framework shows, whether it is right or not."""
    if lead.address.sort != EXTERNAL:
        return None
    site = framework.settings.site
    path = _below(lead, site.url)
    if path:
        return files_of(framework).find_on_site(path)
    path = _in_repository(lead, site)
    return path if path in framework.files else None


def is_own(lead: Lead, framework: Framework) -> bool:
    """Whether a link has a web address of a page of this framework."""
    site = framework.settings.site
    return lead.address.sort == EXTERNAL and bool(_below(lead, site.url) or _in_repository(lead, site))


def _below(lead: Lead, url: str) -> str:
    """Give the path below an address; ``""`` for the address itself and for any other."""
    host, top = _top(url)
    path = lead.address.path
    # GitHub takes capitals for small letters in the names of people and repositories.
    if not host or lead.address.host != host or not path.lower().startswith(top.lower()):
        return ""
    return path[len(top) :].strip("/")


@lru_cache(maxsize=16)
def _top(url: str) -> tuple[str, str]:
    """Give the host of an address, and its path with a slash at the end."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.path.rstrip("/") + "/"


def _in_repository(lead: Lead, site: Site) -> str:
    """Give the path of a file that an address shows on the branch of the framework."""
    below = _below(lead, site.repository)
    view, _, rest = below.partition("/")
    if lead.address.host == _RAW_HOST:
        name = urlsplit(site.repository).path.strip("/")
        rest = lead.address.path.strip("/").removeprefix(f"{name}/") if name else ""
        rest = rest.removeprefix("refs/heads/") if rest != lead.address.path.strip("/") else ""
    elif view not in _VIEWS:
        return ""
    return next((rest.removeprefix(f"{name}/") for name in (site.branch, "HEAD") if rest.startswith(f"{name}/")), "")


def _reached(lead: Lead, framework: Framework, files: Files) -> tuple[str, str | None]:
    """Give the path in an address of this framework that is not right, and the file behind it.

    The path is empty where the address is fine. The file is none where there is nothing, and
    empty for a page that is made of no single file.
    """
    site = framework.settings.site
    if lead.address.sort != EXTERNAL:
        return "", None
    path = _below(lead, site.url)
    if path:
        found = files.find_on_site(path)
        built = found is None and posixpath.splitext(path)[1].lower() not in _PAGES
        return ("", None) if built else (path, found)
    path = _in_repository(lead, site)
    if not path or not files.has(path):
        return path, None
    # A file outside the site has no better address than this one, and neither has its editor.
    on_site = files.is_file(path) and f"/{path}".startswith(f"/{site.root}/" if site.root else "/")
    return (path, path) if on_site and "/edit/" not in lead.link.target else ("", None)


def _moved(lead: Lead, path: str, found: str, files: Files) -> Problem:
    fragment = lead.link.target.partition("#")[2]
    address = files.relative(lead, found) + (f"#{fragment}" if fragment else "") if found else ""
    return Problem(
        location=target_place(lead),
        parameters={"key": path, "suggestions": (address,) if address else ()},
        fix=retarget(lead, address) if address else None,
    )
