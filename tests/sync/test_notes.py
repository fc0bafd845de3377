"""The text of a release."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from pipeline.exports.artifact import Artifact
from pipeline.exports.release import manifest
from pipeline.exports.release.manifest import Made, with_manifest
from pipeline.exports.release.versions import Version
from pipeline.reports.markdown import code, fenced
from pipeline.sync.release.notes import MOST, notes, repository_in, title
from tests.support import small_schemas

THIS, BEFORE = Version(1, 2, 0), Version(1, 1, 0)
EVIL = "`](https://evil.example) @gemeente #1 <img src=x> </details>\n# Kop ````"


def value(version: Version = THIS, base: Version | None = BEFORE) -> Any:  # noqa: ANN401 - JSON
    assets = with_manifest(
        [Artifact(name="algoritmekader.json", media_type="application/json", content=b"{}")],
        small_schemas().settings,
        Made(version, "a" * 40, "2026-08-02"),
        Made(base, "b" * 40) if base else None,
        data_version=1,
        generator="kader 0",
    )
    return json.loads(next(each.content for each in assets if each.name == manifest.FILE))


def test_notes_as_they_are_published() -> None:
    assert (
        notes(value(), "## Nieuw\n\n- een regel\n", "gemeente-voorbeeldstad/kader")
        == f"""\
<!-- kader:release v1.2.0 -->

## Nieuw

- een regel

## De bestanden

- `algoritmekader.json`: alle onderdelen met hun velden, tekst en verbanden, voor programma's
- `manifest.schema.json`: beschrijft `manifest.json`
- `manifest.json`: versie, commit, licentie en van elk bestand de grootte en de controlesom
- `SHA256SUMS`: de controlesommen van alle andere

## Zo controleer je de bestanden

```sh
sha256sum --check --ignore-missing SHA256SUMS
gh attestation verify manifest.json --repo gemeente-voorbeeldstad/kader
```

Gemaakt van commit {"a" * 40} van 2026-08-02, onder de licentie `EUPL-1.2`. De vorige versie is 1.1.0.
"""
    )


def test_the_title_names_the_framework_and_the_version() -> None:
    assert title(value()) == "Klein kader 1.2.0"


def test_a_candidate_says_so() -> None:
    text = notes(value(Version(1, 2, 0, 1)), "Niets.", "")
    assert text.startswith(
        "<!-- kader:release v1.2.0-rc.1 -->\n\nDit is een proefversie. Wacht voor gewoon gebruik op 1.2.0.\n"
    )


def test_the_first_one_names_no_other() -> None:
    assert "De vorige versie" not in notes(value(base=None), "Niets.", "")


@pytest.mark.parametrize("size", [MOST - 4_000, MOST - 500, MOST, 3 * MOST])
def test_notes_are_never_too_long_and_say_what_is_left_out(size: int) -> None:
    items = f"## Gewijzigd\n\n- {code(EVIL)}\n\n{fenced(EVIL)}\n<details>\n\n- {code(EVIL)}\n</details>\n\n"
    changes = items * (size // len(items) + 1)
    text = notes(value(), changes, "")
    assert len(text) <= MOST
    body, _, tail = text.partition("\n## De bestanden\n")
    assert tail.endswith("De vorige versie is 1.1.0.\n")
    assert len(text) > min(size, MOST - 2_000)
    assert ("De rest staat in `CHANGES.md` hieronder." in body) == (size + 2_000 > MOST)
    tokens = MarkdownIt("commonmark").parse(text)
    raw = [line for token in tokens if token.type == "html_block" for line in token.content.split()]
    assert raw.count("<details>") == raw.count("</details>")
    assert {"</details>", "<details>"}.issuperset(raw[raw.index("-->") + 1 :])
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "code_inline"}
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert set(headings) == {"Gewijzigd", "De bestanden", "Zo controleer je de bestanden"}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/gemeente-voorbeeldstad/kader", "gemeente-voorbeeldstad/kader"),
        ("https://github.com/gemeente-voorbeeldstad/kader.git", "gemeente-voorbeeldstad/kader"),
        ("https://github.com/a/b/", "a/b"),
        ("https://github.com/a/b`; rm", ""),
        ("https://elders.example/a/b", ""),
        ("", ""),
    ],
)
def test_the_repository_of_an_address(address: str, name: str) -> None:
    assert repository_in(address) == name
