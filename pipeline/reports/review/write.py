"""A review as JSON, for the step that may write on GitHub: described by ``review.schema.json``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pipeline.compare.changes import Form
from pipeline.errors import Text
from pipeline.reports.encode import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.compare.changes import Changes, EntryChange
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
    return files("pipeline.reports").joinpath("review.schema.json").read_text("utf-8")


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
    changes = review.changes
    parts = {
        "version": as_json(1),
        "base": as_json({"commit": review.base, "version": ""}),
        "head": as_json({"commit": review.head, "version": ""}),
        "weight": as_json(changes.weight.word if changes.weight else None),
        "summary": as_json(_summary(changes)),
        "entries": _listed(map(_entry, changes.entries), " " * 6),
        "relations": _listed((each._asdict() for each in changes.relations), " " * 6),
        "redirects": _listed(
            (each._asdict() | {"places": [place._asdict() for place in each.places]} for each in changes.redirects),
            " " * 6,
        ),
        "coverage": _listed(
            (
                {"measure": each.measure, "before": _figure(each.before), "after": _figure(each.after)}
                for each in changes.coverage
            ),
            " " * 6,
        ),
    }
    lines = ",\n".join(f'    "{name}": {value}' for name, value in parts.items())
    return f"{{\n{lines}\n  }}"


def _summary(changes: Changes) -> dict[str, int]:
    return {form.value: sum(each.form is form for each in changes.entries) for form in Form}


def _entry(change: EntryChange) -> dict[str, Any]:
    status = {"old": change.status[0], "new": change.status[1]} if change.status else None
    return change._asdict() | {
        "form": change.form.value,
        "weight": change.weight.word,
        "status": status,
        "fields": [each._asdict() | {"weight": each.weight.word} for each in change.fields],
        "texts": [each._asdict() | {"weight": each.weight.word} for each in change.texts],
    }


def _figure(figure: tuple[int, int]) -> dict[str, int]:
    return {"covered": figure[0], "total": figure[1]}
