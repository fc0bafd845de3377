"""Codes in ids and in file names: what a file should be called, which code is free."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings import Edit, Fix
from pipeline.model.kinds import SLUG
from pipeline.rules.nearest import slug, strip_numbers
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.framework import Entry
    from pipeline.model.kinds import Kind

_PLACEHOLDER = lazy_pattern(r"(\{(?:code|slug|number)\})")


def written_id(entry: Entry) -> str:
    """Give the id as its field holds it; empty where it holds no text."""
    identity = entry.kind.identity
    value = entry.fields.get(identity.field) if identity.where == "field" else None
    return value if isinstance(value, str) else ""


def is_well_formed(entry: Entry) -> bool:
    """Whether the entry has an id of its own in the form that its kind asks for."""
    written = written_id(entry)
    return bool(written) and entry.kind.id_pattern.fullmatch(written) is not None


def with_id(entry: Entry, name: str) -> Fix | None:
    """Make the fix that gives an entry another id; nothing where its id stands in no field."""
    node = entry.node.child(entry.kind.identity.field) if entry.node is not None else None
    if node is None:
        return None
    return Fix(title=f"{entry.id} → {name}", edits=(Edit(location=entry.document.place(node), replacement=name),))


def code_in_stem(kind: Kind, stem: str) -> str:
    """Give the code in a file name without ``.md``; empty where there is none."""
    match = kind.stem_pattern.fullmatch(stem)
    return (match.groupdict().get("code") if match else "") or ""


def stem_holds(kind: Kind, stem: str, code: str) -> bool:
    """Whether a file name is made as its kind asks, with just this code."""
    known = {"{code}": re.escape(code), "{slug}": SLUG, "{number}": "[0-9]+"}
    parts = (known.get(part, re.escape(part)) for part in _PLACEHOLDER.split(kind.files.name))
    return re.fullmatch("".join(parts), stem) is not None


def better_stem(entry: Entry) -> str:
    """Give the file name, without ``.md``, that goes with the entry's code; empty where unknown.

    What the present name has besides its code is kept.
    """
    kind, stem, code = entry.kind, entry.stem, entry.code
    match = kind.stem_pattern.fullmatch(stem)
    if match and "code" in match.groupdict():
        return stem[: match.start("code")] + code + stem[match.end("code") :]
    rest = stem.lstrip("0123456789")
    number = stem[: len(stem) - len(rest)]
    words = f"{slug(rest)}-".removeprefix(f"{slug(code)}-").strip("-")
    words = strip_numbers(words) or slug(entry.title)
    made = kind.files.name.replace("{code}", code).replace("{slug}", words).replace("{number}", number)
    return made if stem_holds(kind, made, code) else ""


LONGEST_NUMBER: Final = 10
"""Digits from which on a number is no number of an entry."""


def numbered(code: str) -> tuple[str, int] | None:
    """Take a code apart into its beginning and its number; nothing where it ends in no sensible one."""
    rest = code.rstrip("0123456789")
    number = code[len(rest) :]
    return (rest, int(number)) if 0 < len(number) < LONGEST_NUMBER else None


def free_code(entry: Entry, largest: Mapping[str, int]) -> str:
    """Give the first free code of the sort that an entry has; empty where codes are no numbers.

    ``largest`` gives the largest number in use by what stands before it.
    """
    identity = entry.kind.identity
    parts = numbered(entry.code)
    if parts is None or not (identity.prefixes or identity.first > 1):
        return ""
    number = max(largest.get(parts[0], 0) + 1, identity.first)
    code = f"{parts[0]}{number:0{identity.digits}d}"
    return code if entry.kind.code_pattern.fullmatch(code) else ""
