r"""What changed, against the cases in ``tests/compare/cases``.

A case is a heading ``# case: NAME``, files in fences, and what is expected in the fence
``~~~changes``. The revisions are the small framework of ``tests/fixtures/klein``, with a file of
``~~~both PATH`` laid over both, of ``~~~before PATH`` or ``~~~after PATH`` over one. ``~~~gone PATH`` takes
a file away from the later one, ``~~~moved PATH`` gives it the name on its first line, and ``~~~edit PATH``
replaces in it what stands on a line ``< old`` by the line ``> new`` below it (``\n`` is a line end).

Expected is, a line each: what happened to an entry, with its weight; indented what changed in it,
as ``field (item): old -> new`` or ``# section: old -> new``, in which ``|`` stands between
sentences; relations, with a plus or a minus; names that are gone, with the places that still use them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.cli.lookups import lookups
from pipeline.compare.differences import changes_between
from tests.support import small_files, small_framework

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare.changes import Changes, EntryChange

CASES = Path(__file__).parent / "cases"
FENCE = re.compile(r"^~~~(both|before|after|gone|moved|edit) (\S+)$\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r"^~~~changes$\n(.*?)^~~~$", re.MULTILINE | re.DOTALL)
EDIT = re.compile(r"^< (.*)\n> ?(.*)$", re.MULTILINE)


class Case(NamedTuple):
    file: str
    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def all_cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.md")):
        for part in re.split(r"^# case: ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, text = part.partition("\n")
            yield Case(path.stem, name.strip(), text)


def revisions(text: str) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
    before: dict[str, bytes | None] = {**small_files()}
    fences = [match.groups() for match in FENCE.finditer(text)]
    before.update({path: content.encode() for verb, path, content in fences if verb in {"both", "before"}})
    after = dict(before)
    for verb, path, content in fences:
        if verb == "after":
            after[path] = content.encode()
        elif verb == "gone":
            after[path] = None
        elif verb == "moved":
            after[content.strip()], after[path] = after[path], None
        elif verb == "edit":
            after[path] = edited((after[path] or b"").decode(), content).encode()
    return before, after


def edited(text: str, edits: str) -> str:
    for old, new in EDIT.findall(edits):
        old_text, new_text = (words.replace("\\n", "\n") for words in (old, new))
        assert old_text in text, old_text
        text = text.replace(old_text, new_text)
    return text


def shown(changes: Changes) -> Iterator[str]:
    for entry in changes.entries:
        yield from shown_entry(entry)
    for relation in changes.relations:
        yield f"{'+' if relation.gained else '-'} {relation.origin} {relation.field} {relation.target}"
    for redirect in changes.redirects:
        places = ", ".join(f"{place.path}:{place.line}" for place in redirect.places)
        yield f"{redirect.sort} {redirect.old} -> {redirect.new or 'nothing'}" + (f" ({places})" if places else "")


def shown_entry(entry: EntryChange) -> Iterator[str]:
    yield f"{entry.weight.word} {entry.form} {entry.id}"
    names = (("id", entry.former_id), ("path", entry.former_path), ("title", entry.former_title))
    yield from (f"  former {name}: {former}" for name, former in names if former)
    if entry.status:
        yield f"  status: {' -> '.join(entry.status)}"
    for field in entry.fields:
        item = f" ({field.item})" if field.item else ""
        yield f"  {field.weight.word} {field.field}{item}: {value(field.old)} -> {value(field.new)}"
    for text in entry.texts:
        yield f"  {text.weight.word} # {text.section}: {' | '.join(text.old)} -> {' | '.join(text.new)}"


def value(plain: object) -> str:
    return plain if isinstance(plain, str) else "nothing" if plain is None else json.dumps(plain, ensure_ascii=False)


@pytest.mark.parametrize("case", list(all_cases()), ids=str)
def test_case(case: Case) -> None:
    before, after = revisions(case.text)
    found = "\n".join(shown(changes_between(small_framework(before), small_framework(after), lookups())))
    expected = EXPECTED.search(case.text)
    assert expected, f"{case}: no fence ~~~changes"
    assert found == expected[1].rstrip("\n")


def test_there_are_cases() -> None:
    assert len(list(all_cases())) >= 40
