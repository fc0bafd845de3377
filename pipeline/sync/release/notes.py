"""The text of a release on GitHub: what changed, what the files are, how to know that they are real."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.exports.release.manifest import SUMS, files_in
from pipeline.exports.release.versions import version_in
from pipeline.reports.markdown import code, plain
from pipeline.sync.release.plan import marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.exports.release.versions import Version

MOST: Final = 120_000
"""Most characters of the notes; GitHub takes 125,000."""

CHANGES: Final = "CHANGES.md"

_PURPOSES: Final = {
    "algoritmekader.json": "alle onderdelen met hun velden, tekst en verbanden, voor programma's",
    "algoritmekader.schema.json": "beschrijft `algoritmekader.json`",
    "algoritmekader-csv.zip": "tabellen voor een rekenblad of een analyse",
    "algoritmekader-site.zip": "de hele website, om zonder internet te bekijken",
    CHANGES: "wat er is veranderd sinds de vorige versie, om te lezen",
    "changes.json": "hetzelfde, voor programma's",
    "changes.schema.json": "beschrijft `changes.json`",
    "manifest.json": "versie, commit, licentie en van elk bestand de grootte en de controlesom",
    "manifest.schema.json": "beschrijft `manifest.json`",
}

_REPOSITORY: Final = re.compile(r"https://github\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?")
_FENCE: Final = re.compile(r" {0,3}(`{3,})")
_FOLDS: Final = ("<details>", "</details>")
_STARTS: Final = ("#", "- ", "<details>")


def repository_in(address: str) -> str:
    """Give ``owner/name`` of an address at GitHub; nothing for another one."""
    match = _REPOSITORY.fullmatch(address)
    return match[1] if match else ""


def title(manifest: Any) -> str:  # noqa: ANN401 - JSON that is valid against the schema
    """Give the title of a release."""
    framework = manifest["framework"]
    return f"{framework['name']['nl']} {framework['version']}"


def version_of(manifest: Any) -> Version:  # noqa: ANN401 - as above
    """Read the version of a release."""
    version = version_in(manifest["framework"]["version"])
    assert version is not None  # noqa: S101 - the schema says so
    return version


def notes(manifest: Any, changes: str, repository: str) -> str:  # noqa: ANN401 - as above
    """Write the notes; ``changes`` is the text of ``CHANGES.md``, in which nothing can be done but read."""
    version = version_of(manifest)
    head = f"{marker(version)}\n"
    tail = f"\n{_files(manifest)}\n{_check(manifest, repository)}"
    if not version.is_final:
        head += (
            f"\nDit is een proefversie. Wacht voor gewoon gebruik op {plain(str(version._replace(candidate=None)))}.\n"
        )
    return f"{head}\n{_shortened(changes.strip(), MOST - len(head) - len(tail))}\n{tail}"


def _shortened(changes: str, room: int) -> str:
    """Leave out the end of a text that is too long, from a heading or an item on."""
    if len(changes) <= room:
        return changes
    more = f"\n\nDe rest staat in `{CHANGES}` hieronder."
    end = max((place for place in _seams(changes) if place <= room - len(more)), default=0)
    return changes[:end].rstrip() + more


def _seams(text: str) -> Iterator[int]:
    """Give the places where a text can end: outside any block of code and any part that folds."""
    place = depth = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        if not fence and not depth and line.startswith(_STARTS):
            yield place
        place += len(line)
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
        elif match and len(match[1]) >= len(fence) and not line.strip(" `\n"):
            fence = ""
        elif not fence:
            depth += line.count("<details>") - line.count("</details>") if line.startswith(_FOLDS) else 0


def _files(manifest: Any) -> str:  # noqa: ANN401 - as above
    names = [*(each.name for each in files_in(manifest)), "manifest.json"]
    lines = [f"- {code(name)}{': ' if name in _PURPOSES else ''}{_PURPOSES.get(name, '')}" for name in names]
    return "\n".join(["## De bestanden", "", *lines, f"- {code(SUMS)}: de controlesommen van alle andere", ""])


def _check(manifest: Any, repository: str) -> str:  # noqa: ANN401 - as above
    framework, base = manifest["framework"], manifest["base"]
    licence = f", onder de licentie {code(framework['license'])}" if framework["license"] else ""
    made = f"Gemaakt van commit {framework['commit']} van {framework['date']}{licence}."
    since = f" De vorige versie is {plain(base['version'])}." if base else ""
    where = f" --repo {repository}" if repository else ""
    return f"""## Zo controleer je de bestanden

```sh
sha256sum --check --ignore-missing {SUMS}
gh attestation verify manifest.json{where}
```

{made}{since}
"""
