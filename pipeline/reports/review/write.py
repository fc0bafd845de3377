"""A review as JSON, for the step that may write on GitHub: described by ``review.schema.json``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import Text
from pipeline.reports.changes.comparison import Side
from pipeline.reports.changes.json import LISTS, changes_to_json
from pipeline.reports.encode import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings import Parameter
    from pipeline.reports.review.values import LineFix, Review, Tally, Told

VERSION: Final = 1

LARGEST: Final = 4 * 1024 * 1024
"""Most bytes of a review: the second step reads no more."""


def written(review: Review) -> bytes:
    """Write a review, with a finding or a change a line; what is too large loses its last parts."""
    while len(content := _content(review)) > LARGEST:
        review = _halved(review)
    return content


def schema() -> str:
    """Give the JSON Schema of a review."""
    return files(__package__).joinpath("review.schema.json").read_text("utf-8")


def _halved(review: Review) -> Review:
    """Leave out the sentences of texts, and the second half of findings and changes."""
    changes, gone = review.changes, review.left_out
    findings = review.findings[: len(review.findings) // 2]
    entries = tuple(each._replace(texts=()) for each in changes.entries[: len(changes.entries) // 2])
    relations = changes.relations[: len(changes.relations) // 2]
    redirects = changes.redirects[: len(changes.redirects) // 2]
    return review._replace(
        findings=findings,
        changes=changes._replace(entries=entries, relations=relations, redirects=redirects),
        left_out=gone._replace(
            findings=gone.findings + len(review.findings) - len(findings),
            entries=gone.entries + len(changes.entries) - len(entries),
            relations=gone.relations + len(changes.relations) - len(relations),
            redirects=gone.redirects + len(changes.redirects) - len(redirects),
        ),
    )


def _content(review: Review) -> bytes:
    parts = {
        "version": as_json(VERSION),
        "head": as_json(review.head),
        "base": as_json(review.base),
        "root": as_json(review.root),
        "counts": as_json(_counts(review)),
        "left_out": as_json(review.left_out._asdict()),
        "kinds": as_json(list(review.kinds)),
        "themes": as_json(list(review.themes)),
        "findings": _listed(_told(each) for each in review.findings),
        "solved": _listed(each._asdict() | {"severity": each.severity.word} for each in review.gone),
        "changes": _changes(review),
    }
    lines = ",\n".join(f'  "{name}": {value}' for name, value in parts.items())
    return f"{{\n{lines}\n}}\n".encode()


def _listed(items: Iterable[Any], indent: str = "    ") -> str:
    lines = [f"{indent}{as_json(item)}" for item in items]
    return "[\n" + ",\n".join(lines) + f"\n{indent[2:]}]" if lines else "[]"


def _counts(review: Review) -> dict[str, Any]:
    return {
        "files": review.files,
        "entries": review.entries,
        "new": _tally(review.new),
        "old": _tally(review.old),
        "solved": _tally(review.solved),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return tally._asdict()


def _told(told: Told) -> dict[str, Any]:
    return {
        "rule": told.rule,
        "variant": told.variant,
        "severity": told.severity.word,
        "state": told.state.value,
        "path": told.path,
        **told.span._asdict(),
        "entry": told.entry,
        "field": told.field,
        "parameters": {name: _parameter(value) for name, value in told.parameters.items()},
        "fingerprint": told.fingerprint,
        "fix": _fix(told.fix) if told.fix else None,
    }


def _parameter(value: Parameter) -> object:
    if isinstance(value, Text):
        return {"nl": value.nl, "en": value.en}
    return list(value) if isinstance(value, tuple) else value


def _fix(fix: LineFix) -> dict[str, Any]:
    return {"path": fix.path, "first": fix.first, "last": fix.last, "lines": list(fix.lines)}


def _changes(review: Review) -> str:
    value = changes_to_json(review.changes, Side(review.base), Side(review.head))
    parts = {name: _listed(each, " " * 6) if name in LISTS else as_json(each) for name, each in value.items()}
    lines = ",\n".join(f'    "{name}": {part}' for name, part in parts.items())
    return f"{{\n{lines}\n  }}"
