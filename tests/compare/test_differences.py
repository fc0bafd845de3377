"""What changed between two revisions of the small framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.lookups import lookups
from pipeline.compare.changes import Changes, Form, Weight
from pipeline.compare.differences import changes_between
from tests.support import small_files, small_framework

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.compare.changes import EntryChange

    Files = Mapping[str, str | bytes | OSError | None]

DPIA = "content/regels/avg-13-doe-een-dpia.md"
CARE = "content/regels/awb-01-wees-zorgvuldig.md"


def text_of(path: str) -> str:
    return small_files()[path].decode()


def changes(before: Files, after: Files) -> Changes:
    return changes_between(small_framework(before), small_framework(after), lookups())


def changed(path: str, *replacements: tuple[str, str]) -> EntryChange | None:
    """Give the change of the one entry in a file in which words are replaced."""
    text = text_of(path)
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    found = changes({}, {path: text}).entries
    assert len(found) <= 1
    return found[0] if found else None


def test_nothing_changed() -> None:
    assert changes({}, {}) == Changes()


def test_an_entry_comes_and_goes() -> None:
    other = text_of(DPIA).replace("avg-13", "awb-02").replace("DPIA", "oefening").replace("risico's", "mensen")
    came = changes({}, {"content/regels/awb-02-oefen.md": other})
    assert [(each.id, each.form, each.weight) for each in came.entries] == [
        ("urn:klein:regel:awb-02", Form.ADDED, Weight.MEANING)
    ]
    went = changes({"content/regels/awb-02-oefen.md": other}, {})
    assert [(each.id, each.form, each.weight) for each in went.entries] == [
        ("urn:klein:regel:awb-02", Form.REMOVED, Weight.BREAKING)
    ]
