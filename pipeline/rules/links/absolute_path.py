r"""A link has a path from the top of a site or of a computer.

``/pagina.md`` means another place on the site, in the repository and in a preview, and
``C:\\map\\bestand.pdf`` exists on one computer only. A path from this file works everywhere.

Bad: ``[de regel](/content/regels/awb-01-wees-zorgvuldig.md)``

Good: ``[de regel](awb-01-wees-zorgvuldig.md)``

Mend it: write the path from this file to the other one, such as ``../map/pagina.md``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.address import ABSOLUTE
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import files_of, leads
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.links.resolve import Files, Lead


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="“{key}” is een pad vanaf het begin van de site. Dat werkt niet overal.",
            en="“{key}” is a path from the top of the site. That does not work everywhere.",
        ),
        "computer": Text(
            nl="“{key}” is een bestand op een computer. Anderen kunnen dat niet openen.",
            en="“{key}” is a file on a computer. Others cannot open it.",
        ),
    },
    help=Text(
        nl="Schrijf het pad van dit bestand naar het andere, zoals ../map/pagina.md.",
        en="Write the path from this file to the other one, such as ../map/pagina.md.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every path that does not start from its own file."""
    files = files_of(framework)
    for lead in leads(framework):
        if lead.address.sort == ABSOLUTE:
            path = lead.address.path.replace("\\", "/")
            local = not path.startswith("/") or path.startswith("//")
            found = _on_computer(path, files) if local else _on_site(path, files, framework)
            near = (_address(lead, files, found),) if found else ()
            yield Problem(
                location=target_place(lead),
                variant="computer" if local else "",
                parameters={"key": lead.link.target.strip(), "suggestions": near},
                fix=retarget(lead, near[0]) if near else None,
            )


def file_at(lead: Lead, framework: Framework) -> str | None:
    """Give the file that a path from the top means, where there is one."""
    path = lead.address.path.replace("\\", "/")
    if lead.address.sort != ABSOLUTE or not path.startswith("/") or path.startswith("//"):
        return None
    return _on_site(path, files_of(framework), framework)


def _on_site(path: str, files: Files, framework: Framework) -> str | None:
    """Give the file that a path means from the top of the repository or of the site."""
    path = path.lstrip("/")
    above = urlsplit(framework.settings.site.url).path.strip("/")
    below = path.removeprefix(f"{above}/") if above else path
    if path and path in framework.files:
        return path
    return files.find_on_site(below) or files.find_on_site(below.removesuffix(".md")) or None


def _on_computer(path: str, files: Files) -> str | None:
    """Give the file whose path is the end of one on a computer; the longest end wins."""
    steps = re.sub(r"^file:", "", path).strip("/").split("/")
    ends = ("/".join(steps[start:]) for start in range(1, len(steps) - 1))
    return next((end for end in ends if files.is_file(end)), None)


def _address(lead: Lead, files: Files, path: str) -> str:
    written, hash_, fragment = files.relative(lead, path), *lead.link.target.strip().partition("#")[1:]
    return f"{written}{hash_}{fragment}"
