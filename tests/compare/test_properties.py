"""What holds for the changes between any two revisions."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.cli.lookups import lookups
from pipeline.compare.changes import Changes, Form, Weight
from pipeline.compare.differences import changes_between
from pipeline.model.load import load
from pipeline.reports.changes.json import changes_from_json, changes_to_json, schema
from tests.mutations.material import NAMES, OTHER, TODAY, material
from tests.mutations.sow import DEFAULT, beds
from tests.support import MemoryTree, needs_corpus, small_files, small_framework

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Document
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Kind

VALID = Draft202012Validator(json.loads(schema()))
REGELS = [path for path in small_files() if path.endswith(".md")]
WORDS = st.lists(
    st.sampled_from(
        ["je", "moet", "mag", "niet", "alleen", "melden", "6", "weken", "aan", "de", "burger.", "Zorg", "dat", "AI"]
    ),
    max_size=12,
)
SNIPPETS = st.one_of(
    WORDS.map(" ".join),
    st.text(max_size=20),
    st.sampled_from(
        [
            "## Kop",
            "- a\n- b",
            "```\ncode\n```",
            "{regel:awb-01}",
            "[x](awb-01-wees-zorgvuldig.md#regel)",
            "| a |\n|---|",
        ]
    ),
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=8), st.just("awb-01"))
FIELDS = st.dictionaries(
    st.sampled_from(["title", "status", "stap", "zie-ook", "datum", "opgevolgd-door", "iets"]),
    st.one_of(
        VALUES,
        st.lists(st.one_of(VALUES, st.fixed_dictionaries({"ref": VALUES, "waarom": VALUES})), max_size=4),
        st.sampled_from(["concept", "ingetrokken", "verouderd"]),
    ),
    max_size=5,
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, bytes | None]:
    """Make a revision: files with front matter in JSON, which is YAML, and a body; or anything at all."""
    found: dict[str, bytes | None] = {}
    for number in draw(st.lists(st.integers(1, 6), max_size=4)):
        fields = {"id": f"urn:klein:regel:awb-0{draw(st.integers(1, 6))}", **draw(FIELDS)}
        body = "\n\n".join(draw(st.lists(SNIPPETS, max_size=4)))
        text = f"---\n{json.dumps(fields)}\n---\n\n{body}\n"
        found[f"content/regels/awb-0{number}-x.md"] = text.encode("utf-8", "replace")
    if draw(st.booleans()):
        found[draw(st.sampled_from(REGELS))] = draw(st.one_of(st.none(), st.binary(max_size=60)))
    return found


def checked(before: Framework, after: Framework) -> Changes:
    """Give the changes; they are valid by the schema and come back as they went."""
    changes = changes_between(before, after, lookups())
    value = json.loads(json.dumps(changes_to_json(changes)))
    VALID.validate(value)
    assert changes_from_json(value) == changes
    return changes


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees(), trees())
def test_any_two_revisions(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    one, other = small_framework(before), small_framework(after)
    there, back = checked(one, other), checked(other, one)
    assert checked(one, small_framework(before)) == Changes()
    # Where an id is used twice, nobody knows which of both got another one.
    if not _renamed(there) or (_are_unique(one) and _are_unique(other)):
        assert _ids(there, Form.ADDED) == _ids(back, Form.REMOVED)
        assert _ids(there, Form.REMOVED) == _ids(back, Form.ADDED)
    if not _renamed(there):
        lost, gained = ({tuple(each[:3]) for each in there.relations if each.gained is sign} for sign in (False, True))
        assert {tuple(each[:3]) for each in back.relations if each.gained} == lost
        assert {tuple(each[:3]) for each in back.relations if not each.gained} == gained
    assert bool(there.entries) == bool(back.entries)


def _ids(changes: Changes, form: Form) -> set[str]:
    return {each.id for each in changes.entries if each.form is form}


def _are_unique(framework: Framework) -> bool:
    return len({entry.id for entry in framework.entries}) == len(framework.entries)


def _renamed(changes: Changes) -> bool:
    return any(each.former_id for each in changes.entries)


MATERIALS = [pytest.param(each, marks=needs_corpus if each == OTHER else ()) for each in NAMES]


@pytest.mark.parametrize("name", MATERIALS)
def test_a_real_framework_against_itself(name: str) -> None:
    made = material(name)
    assert changes_between(made.framework, load(MemoryTree(made.files), made.schemas), lookups()) == Changes()


@pytest.mark.parametrize("name", MATERIALS)
def test_text_that_is_broken_into_other_lines_says_the_same(name: str) -> None:
    made = material(name)
    chance = random.Random(5)  # noqa: S311 - the same lines each time
    pages = {
        path: _rewrapped(data.decode(), chance).encode()
        for path, data in made.files.items()
        if path.endswith(".md") and made.schemas.claim(path)
    }
    after = load(MemoryTree({**made.files, **pages}), made.schemas, today=TODAY)
    changes = changes_between(made.framework, after, lookups())
    assert {each.weight for each in changes.entries} == {Weight.EDITORIAL}
    assert not changes.relations
    assert not changes.redirects
    assert not changes.coverage
    assert len(changes.entries) > 50


def _rewrapped(text: str, chance: random.Random) -> str:
    """Break paragraphs of words only at other spaces."""
    head, mark, body = text.rpartition("\n---\n") if text.startswith("---") else ("", "", text)
    blocks = body.split("\n\n")
    for number, block in enumerate(blocks):
        if all(re.fullmatch(r"[A-Za-z][\w ,.;:'’-]*", line) for line in block.split("\n")):
            first, *words = block.split()
            broken = (f"{chance.choice(' ' * 5 + chr(10)) if word[0].isalpha() else ' '}{word}" for word in words)
            blocks[number] = "".join((first, *broken))
    return head + mark + "\n\n".join(blocks)


@pytest.mark.parametrize("name", MATERIALS)
def test_documents_that_went_through_another_process_say_the_same(name: str) -> None:
    made = material(name)
    bed = beds(made, DEFAULT)[0]

    def bare(document: Document, _kind: Kind) -> Document:
        return replace(document, body=replace(document.body, passages=())) if document.body else document

    after, without = (
        load(MemoryTree(bed.files), made.schemas, inspect=inspect, today=TODAY) for inspect in (None, bare)
    )
    before = load(MemoryTree(made.files), made.schemas, inspect=bare, today=TODAY)
    assert changes_between(before, without, lookups()) == changes_between(made.framework, after, lookups())


@pytest.mark.parametrize("name", MATERIALS)
def test_no_mistake_that_people_make_stops_it(name: str) -> None:
    made = material(name)
    for bed in beds(made, DEFAULT):
        after = load(MemoryTree(bed.files), made.schemas, today=TODAY)
        changes = checked(made.framework, after)
        written = {path for path, data in bed.files.items() if data != made.files.get(path) and path.endswith(".md")}
        assert {each.path for each in changes.entries} >= written & {entry.path for entry in after.entries}
        checked(after, made.framework)
