"""Renaming there and back, on our own content and on the real framework: every byte returns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.world.files import WorkingTree
from tests.renaming.support import Repository, moves
from tests.support import CORPUS, ROOT, needs_corpus, schemas_of

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.framework import Entry


def read(root: Path, schemas: Path, *folders: str) -> Repository:
    tree = WorkingTree(root)
    files = {path: tree.read(path) for path in tree.list() if path.startswith(folders)}
    return Repository(files, schemas_of({path.name: path.read_bytes() for path in schemas.glob("*.json")}))


@cache
def own() -> Repository:
    return read(ROOT, ROOT / "schemas", "content/", "README.md", "CONTRIBUTING.md", "docs/")


@cache
def real() -> Repository:
    return read(CORPUS, ROOT / "schemas" / "profiles" / "minbzk", "")


def new_code(repository: Repository, entry: Entry) -> str:
    """Give a code of the same form that nothing has: the largest free number, or a longer word."""
    match = re.fullmatch(r"(.*?)([0-9]+)", entry.code)
    taken = {each.code for each in repository.checked.framework.entries}
    codes = [f"{entry.code}-nieuw", f"{entry.code}x", f"{entry.code[:-1]}q"]
    if match:
        largest = 10 ** len(match[2])
        codes = [f"{match[1]}{number:0{len(match[2])}}" for number in range(largest - 1, largest - 90, -1)] + codes
    return next((code for code in codes if code not in taken and entry.kind.code_pattern.fullmatch(code)), "")


def new_path(entry: Entry) -> str:
    return f"{entry.path.removesuffix('.md')}-nieuw.md"


def assert_round_trip(before: Repository, old: str, new: str) -> None:
    plan = before.plan(old, new)
    after = before.after(plan)
    assert after.found() == before.found(moves(plan))
    back = after.after(after.plan(new, old))
    assert back.bytes() == before.bytes()


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_ids_of_our_own_content(data: st.DataObject) -> None:
    entries = [each for each in own().checked.framework.entries if new_code(own(), each)]
    entry = data.draw(st.sampled_from(entries))
    assert_round_trip(own(), entry.id, entry.kind.identity.id_of(new_code(own(), entry)))


@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_files_of_our_own_content(data: st.DataObject) -> None:
    entries = [each for each in own().checked.framework.entries if each.kind.files.layout == "document"]
    entry = data.draw(st.sampled_from(entries))
    assert_round_trip(own(), entry.path, new_path(entry))


def renamable(entry: Entry) -> bool:
    is_document = entry.kind.files.layout == "document" and entry.stem not in {"index", "over-de-levenscyclus"}
    return is_document and "{" in entry.kind.files.name


@needs_corpus
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_files_of_the_real_framework(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([each for each in real().checked.framework.entries if renamable(each)]))
    assert_round_trip(real(), entry.path, new_path(entry))


@needs_corpus
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_ids_of_the_real_framework(data: st.DataObject) -> None:
    entries = [each for each in real().checked.framework.entries if renamable(each) and new_code(real(), each)]
    entry = data.draw(st.sampled_from([each for each in entries if each.kind.identity.where == "field"]))
    assert_round_trip(real(), entry.id, entry.kind.identity.id_of(new_code(real(), entry)))
