"""Which version the changes ask for."""

from __future__ import annotations

import pytest

from pipeline.compare.changes import Changes, EntryChange, Form, Weight
from pipeline.exports.release.base import Tag
from pipeline.exports.release.next import Reason, next_version
from pipeline.exports.release.versions import Level, Version

HERE, BEFORE = "a" * 40, "b" * 40
BASE = Tag(Version(1, 2, 3), BEFORE, past=True)


def change(form: Form, weight: Weight, id_: str = "x", former: str = "") -> EntryChange:
    return EntryChange(id_, "regel", "Titel", "content/x.md", form, weight, former_id=former)


@pytest.mark.parametrize(
    ("form", "weight", "former", "version"),
    [
        (Form.CHANGED, Weight.EDITORIAL, "", "1.2.4"),
        (Form.CHANGED, Weight.MEANING, "", "1.3.0"),
        (Form.CHANGED, Weight.BREAKING, "", "2.0.0"),
        (Form.ADDED, Weight.EDITORIAL, "", "1.3.0"),
        (Form.REMOVED, Weight.EDITORIAL, "", "2.0.0"),
        (Form.WITHDRAWN, Weight.EDITORIAL, "", "2.0.0"),
        (Form.RENAMED, Weight.EDITORIAL, "", "1.2.4"),
        (Form.RENAMED, Weight.EDITORIAL, "y", "2.0.0"),
    ],
)
def test_one_change(form: Form, weight: Weight, former: str, version: str) -> None:
    found = next_version(Changes(entries=(change(form, weight, former=former),)), BASE, HERE)
    assert str(found.version) == version


def test_the_heaviest_change_counts_and_comes_first() -> None:
    changes = (
        change(Form.CHANGED, Weight.EDITORIAL, "a"),
        change(Form.ADDED, Weight.MEANING, "b"),
        change(Form.WITHDRAWN, Weight.BREAKING, "c"),
        change(Form.ADDED, Weight.MEANING, "d"),
    )
    found = next_version(Changes(entries=changes), BASE, HERE)
    assert (str(found.version), found.level) == ("2.0.0", Level.MAJOR)
    assert found.reasons == (
        Reason(Level.MAJOR, Form.WITHDRAWN, ("c",)),
        Reason(Level.MINOR, Form.ADDED, ("b", "d")),
        Reason(Level.PATCH, Form.CHANGED, ("a",)),
    )


def test_no_entry_changed_but_something_did() -> None:
    assert next_version(Changes(), BASE, HERE) == (Version(1, 2, 4), Level.PATCH, ())


def test_the_release_itself_needs_none() -> None:
    assert next_version(Changes(), BASE, BEFORE) == (None, None, ())


def test_the_first_one() -> None:
    assert next_version(Changes(), None, HERE) == (Version(1, 0, 0), None, ())
