"""A link leads to a file that is not there.

Readers who follow it see an error page. Most often the file was moved or got another name,
or the path is not the one from this file. A path is read from the file that it stands in:
``../`` goes up one folder. An address in raw HTML is read from the page on the site, where
every page has a folder of its own.

Bad: ``[de regel](awb-01-wees-zorgvuldigg.md)``

Good: ``[de regel](awb-01-wees-zorgvuldig.md)``

Mend it: take the path that the message suggests, or look up where the file is now and write
the path to it. With ``--base`` it is known where a file that was moved is now. If the page is
gone for good, take the link away and keep its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.links.fixes import retarget, target_place
from pipeline.rules.links.resolve import files_of, missing, moved
from pipeline.rules.rule import nearby_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.rules.links.resolve import Files, Lead


@nearby_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Deze link gaat naar “{key}”, maar dat bestand is er niet.",
            en="This link leads to “{key}”, but there is no such file.",
        ),
        "site": Text(
            nl="Deze link naar “{key}” werkt in de bestanden, maar niet op de site.",
            en="This link to “{key}” works in the files, but not on the site.",
        ),
    },
    help={
        "": Text(
            nl="Wie erop klikt, ziet een foutmelding. Schrijf het pad van dit bestand naar de pagina die je bedoelt.",
            en="Whoever follows it sees an error page. Write the path from this file to the page that you mean.",
        ),
        "site": Text(
            nl="Op de site heeft elke pagina een eigen map. Verwijs naar het bestand zelf (met .md); "
            "schrijf in HTML het adres van de pagina op de site.",
            en="On the site every page has a folder of its own. Name the file itself (with .md); "
            "in HTML, write the address of the page on the site.",
        ),
    },
)
def check(framework: Framework) -> Iterator[Problem]:
    """Look at every relative link that shows no picture."""
    for lead, search in missing(framework, images=False):
        yield _problem(framework, lead, search=search)


def _problem(framework: Framework, lead: Lead, *, search: bool) -> Problem:
    files, address = files_of(framework), lead.address
    meant = files.find_otherwise(lead)
    known = meant or moved(framework, lead)
    paths = (known,) if known else files.near(address.path, lead.document.source.path) if search else ()
    near = tuple(dict.fromkeys(_address(lead, files, path) for path in paths))
    return Problem(
        location=target_place(lead),
        variant="site" if meant else "",
        parameters={"key": address.path, "suggestions": near},
        fix=retarget(lead, near[0]) if len(near) == 1 else None,
    )


def _address(lead: Lead, files: Files, path: str) -> str:
    """Write the address of a file, with the fragment where the file has it."""
    written, fragment = files.relative(lead, path), lead.address.fragment
    return f"{written}#{fragment}" if fragment and fragment in (files.anchors(path) or ()) else written
