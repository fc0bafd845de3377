"""Safe fixes, applied until none is left: on broken versions of the small framework and of our own content."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.findings import Edit, Finding, Fix, Problem, Severity
from pipeline.fixing.mend import has_safe_fix, mend
from pipeline.fixing.overlay import Checked, Overlay, Rechecker
from pipeline.model.framework import Framework
from pipeline.model.load import load
from pipeline.rules.run import check_framework
from pipeline.text import Source
from pipeline.world.files import WorkingTree
from tests.fixing.support import after, checked, comparable, counts, mended
from tests.support import ROOT, MemoryTree, schemas_of, small_files, small_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.fixing.mend import Mended
    from pipeline.model.kinds import Schemas
    from tests.fixing.support import Files

PATH = "content/regels/awb-02-luister.md"
HEAD = "---\nid: urn:klein:regel:awb-02\ntitle: Luister\nstatus: concept\n"
TAIL = "---\n\n## Regel\n\nLuister naar wie het aangaat.\n"

# Each spoils a text at a place; some in ways that a safe fix mends, some in ways that none does.
SPOILERS: Sequence[Callable[[str, int], str]] = (
    lambda text, _: text.replace("\n", "\r\n"),
    lambda text, place: text[:place] + text[place:].replace("\n", "\r\n", 2),
    lambda text, _: "\ufeff" + text,
    lambda text, _: text.rstrip("\n"),
    lambda text, _: unicodedata.normalize("NFD", text),
    lambda text, place: text[:place] + text[place:].replace("\n", " \n", 1),
    lambda text, place: text[:place] + text[place:].replace(" ", "\u00a0", 3),
    lambda text, place: text[:place] + "\u200b" + text[place:],
    lambda text, place: text[:place] + "\u202e" + text[place:],
    lambda text, place: text[:place] + "\t" + text[place:],
    lambda text, place: text[:place] + "𝄞" + text[place:],
    lambda text, place: text[:place] + "\n" + text[place:],
    lambda text, place: text[:place] + " [dit](http//www.voorbeeld.nl) " + text[place:],
    lambda text, place: text[:place] + "e\u0301\u00ad" + text[place:],
    lambda text, _: re.sub(r"\[([^\],]+)\]", r"\1", text, count=2),
    lambda text, _: re.sub(r"\[([^\],]+)\]", r"[\1, \1]", text, count=2),
    lambda text, _: re.sub(r"^(title: )(.+)$", r"\1[\2]", text, flags=re.MULTILINE),
    lambda text, _: re.sub(r"\"([0-9.]+)\"", r"\1", text),
    lambda text, _: re.sub(r"^( *- .+)$", r"\1\n\1", text, count=2, flags=re.MULTILINE),
    lambda text, _: text.replace("concept", "verouderd", 1),
    lambda text, place: text[: max(0, place - 3)] + text[place:],
)


@st.composite
def spoiled(draw: st.DrawFn, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Spoil some files, each in a few ways."""
    paths = sorted(path for path in files if path.endswith((".md", ".yaml")))
    result: dict[str, bytes] = {}
    for path in draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3, unique=True)):
        text = files[path].decode()
        for spoil in draw(st.lists(st.sampled_from(SPOILERS), min_size=1, max_size=5)):
            text = spoil(text, draw(st.integers(0, len(text))))
        result[path] = text.encode()
    return result


def assert_sound(before: Checked, result: Mended) -> None:
    """Hold a run against what is promised of every run."""
    had, has = counts(before.findings), counts(result.checked.findings)
    assert all(has[key] <= had[key] for key in has), "no file is worse than it was"
    for patch in result.patches:
        edits, text = patch.edits, patch.source.text
        assert all(one.location.end < other.location.start for one, other in pairwise(edits))
        # What no edit names is still there, and in order.
        at, rest = 0, patch.after
        for edit in edits:
            kept = text[at : edit.location.start] + edit.replacement
            assert rest.startswith(kept)
            at, rest = edit.location.end, rest[len(kept) :]
        assert rest == text[at:]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_small_framework(data: st.DataObject) -> None:
    files = {**small_files(), **data.draw(spoiled(small_files()))}
    result = mended(files)
    assert_sound(checked(files), result)
    again = after(files, result)
    assert comparable(checked(again).findings) == comparable(result.checked.findings)
    assert not mended(again).patches, "mending twice is mending once"


@cache
def own_schemas() -> Schemas:
    return schemas_of({path.name: path.read_bytes() for path in (ROOT / "schemas").glob("*.json")})


@cache
def own() -> tuple[Framework, Mapping[str, bytes]]:
    """Our own content, read once."""
    tree = WorkingTree(ROOT)
    files = {path: tree.read(path) for path in tree.list() if path.startswith("content/")}
    return load(MemoryTree(files), own_schemas()), files


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_our_own_content(data: st.DataObject) -> None:
    framework, files = own()
    texts = {path: content.decode() for path, content in data.draw(spoiled(files)).items()}
    before = Rechecker(MemoryTree(files), framework)(texts)
    tree = Overlay(MemoryTree(files), files, texts)
    result = mend(before, Rechecker(tree, before.framework))
    assert_sound(before, result)
    recheck = Rechecker(tree, before.framework)
    changes = {patch.path: patch.after for patch in result.patches}
    assert comparable(recheck(changes).findings) == comparable(result.checked.findings)
    assert not mend(result.checked, lambda more: recheck({**changes, **more})).patches


def test_checking_again_is_checking_anew() -> None:
    framework = load(MemoryTree(small_files()), small_schemas())
    changes = {PATH: HEAD + TAIL, "content/stappen.yaml": None, "content/regels/awb-01-wees-zorgvuldig.md": "x\n"}
    found = Rechecker(MemoryTree(small_files()), framework)(changes)
    files = {path: content for path, content in {**small_files(), **changes}.items() if content is not None}
    expected = load(MemoryTree(files), small_schemas())
    assert comparable(found.findings) == comparable(check_framework(expected))
    assert found.framework.files == expected.files


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        # One fix brings to light what the next mends: a list of one, then its quotation marks.
        ("artikel: [2.20]\r\n", 'artikel: "2.20"\n'),
        # Two fixes of the same words, and one that takes a place of its own.
        ("titel: e\u0301\u00ade\u0301\n", "titel: éé\n"),
        ("stap: [ontwerp, ontwerp, ontwerp]\t\n", "stap: [ontwerp]\n"),
    ],
)
def test_fixes_that_need_one_another(fields: str, text: str) -> None:
    files: Files = {**small_files(), PATH: HEAD + fields + TAIL}
    (patch,) = mended(files).patches
    assert patch.after == HEAD + text + TAIL


def test_successors_that_meet() -> None:
    """Two entries were joined in a third: one reference takes the new name, the other goes."""
    replaced = "status: verouderd\nopgevolgd-door: [urn:klein:regel:awb-04]"
    files: Files = {
        **small_files(),
        PATH: (HEAD + TAIL).replace("status: concept", replaced),
        "content/regels/awb-03-hoor.md": (HEAD + TAIL).replace("awb-02", "awb-03").replace("status: concept", replaced),
        "content/regels/awb-04-zoek.md": (HEAD + TAIL).replace("awb-02", "awb-04"),
        "content/regels/awb-05-vind.md": (HEAD + "zie-ook: [awb-02, awb-03]\n" + TAIL).replace(":awb-02", ":awb-05"),
    }
    result = mended(files)
    assert [patch.after.splitlines()[4] for patch in result.patches] == ["zie-ook: [awb-04]"]
    assert not result.checked.findings


# Fixes that no rule of ours would make


def fake(where: Source, start: int, end: int, replacement: str, rule: str = "fake/rule") -> Finding:
    place = where.at(start, end)
    fix = Fix(title="", edits=(Edit(location=place, replacement=replacement),), safe=True)
    return Finding(rule=rule, severity=Severity.WARNING, problem=Problem(location=place, fix=fix))


def fake_check(rule: Callable[[Source], Iterator[Finding]], text: str) -> tuple[Checked, Callable[..., Checked]]:
    framework = Framework(schemas=small_schemas())

    def check(changes: Mapping[str, str | None]) -> Checked:
        return Checked(framework, tuple(rule(Source(path="a.md", text=changes.get("a.md") or text))))

    return check({}), check


def test_a_fix_that_makes_things_worse_is_dropped_alone() -> None:
    def rule(where: Source) -> Iterator[Finding]:
        for match in re.finditer("[abc]", where.text):
            yield fake(where, *match.span(), {"a": "x", "b": "aab", "c": "y"}[match[0]])

    before, check = fake_check(rule, "a b c")
    result = mend(before, check)
    assert [patch.after for patch in result.patches] == ["x b y"]
    assert [each.problem.location.text for each in result.dropped] == ["b"]
    assert len(result.solved) == 2


def test_a_bad_fix_gives_way_to_one_that_it_stands_in_the_way_of() -> None:
    def rule(where: Source) -> Iterator[Finding]:
        if "ab" in where.text:
            yield fake(where, 0, 2, "ab ab", "fake/bad")
            yield fake(where, 1, 2, "", "fake/good")

    before, check = fake_check(rule, "ab")
    result = mend(before, check)
    assert [patch.after for patch in result.patches] == ["a"]
    assert [each.rule for each in result.solved] == ["fake/good"]


def test_rules_at_odds_come_to_an_end() -> None:
    def rule(where: Source) -> Iterator[Finding]:
        other = "b" if where.text == "a" else "a"
        yield fake(where, 0, 1, other, f"fake/not-{where.text}")

    before, check = fake_check(rule, "a")
    assert len(mend(before, check).solved) <= 20


def test_what_may_not_change_does_not() -> None:
    files: Files = {**small_files(), PATH: "\ufeff" + HEAD + TAIL}
    before = checked(files)
    assert any(map(has_safe_fix, before.findings))
    result = mend(before, Rechecker(MemoryTree(files), before.framework), lambda path: path != PATH)
    assert not result.patches
    assert result.checked is before


def test_half_a_character_is_never_written() -> None:
    before, check = fake_check(lambda where: iter([fake(where, 0, 1, "\ud800")]), "a")
    assert not mend(before, check).patches


def test_files_that_share_a_fix_are_written_together() -> None:
    sources = {path: Source(path=path, text="x") for path in ("a.md", "b.md", "c.md")}
    framework = Framework(schemas=small_schemas())

    def of(*paths: str) -> Finding:
        edits = tuple(Edit(location=sources[path].at(0, 1), replacement="y") for path in paths)
        problem = Problem(location=sources[paths[0]].at(0), fix=Fix(title="", edits=edits, safe=True))
        return Finding(rule=f"fake/{'-'.join(paths)}", severity=Severity.NOTICE, problem=problem)

    before = Checked(framework, (of("a.md", "c.md"), of("b.md")))
    result = mend(before, lambda _changes: Checked(framework, ()))
    assert [[patch.path for patch in group] for group in result.groups()] == [["a.md", "c.md"], ["b.md"]]
