"""Two files have names that differ only in capital letters.

Windows and macOS keep just one of the two. Whoever works there loses the other file without
knowing it, and takes it away for everybody with the next change.

Bad: ``rollen/Jurist.md`` and ``rollen/jurist.md``

Good: ``rollen/jurist.md`` alone

Mend it: join the two files, or give one another name. Small letters everywhere are safest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.rules.rule import framework_rule
from pipeline.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.framework import Framework
    from pipeline.text import Location


@framework_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="De naam van dit bestand verschilt alleen in hoofdletters van “{other}”.",
        en="The name of this file differs from “{other}” only in capital letters.",
    ),
    help=Text(
        nl="Op Windows en macOS blijft er maar een van de twee over. Voeg ze samen of geef er een een andere naam.",
        en="On Windows and macOS only one of the two remains. Join them or rename one.",
    ),
)
def check(framework: Framework) -> Iterator[Problem]:
    """Compare all paths in small letters."""
    first: dict[str, str] = {}
    for path in sorted(framework.files):
        other = first.setdefault(normalize("NFC", path).lower(), path)
        if other != path:
            yield Problem(
                location=_start(framework, path),
                parameters={"other": other},
                related=(_start(framework, other),),
            )


def _start(framework: Framework, path: str) -> Location:
    document = framework.documents_by_path.get(path)
    return document.at(0, 0) if document else Source(path=path, text="").at(0)
