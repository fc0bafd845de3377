"""What changed since the release before: to read, and for programs."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.compare.changes import Changes
from pipeline.exports.artifact import Artifact
from pipeline.reports.changes.comparison import Comparison, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.release_source import Source
    from pipeline.model.framework import Framework

FILE: Final = "changes.json"
SCHEMA: Final = "changes.schema.json"


def comparison_of(source: Source, framework: Framework, version: str) -> Comparison:
    """Compare with the release before; the first has nothing to compare with, and so no changes."""
    from pipeline.cli.lookups import lookups
    from pipeline.compare.differences import changes_between

    before, base = framework.base, source.base
    return Comparison(
        changes=changes_between(before, framework, lookups()) if before is not None else Changes(),
        schemas=framework.schemas,
        former=source.former,
        base=Side(base.commit, str(base.version), base.version.tag) if base else Side(),
        head=Side(source.commit, version, f"v{version}" if version else "HEAD"),
        language="nl",
    )


def changes_of(source: Source, framework: Framework, comparison: Comparison) -> Iterator[Artifact]:
    """Make ``CHANGES.md``, ``changes.json`` and the schema of that."""
    from pipeline.reports.changes.json import schema
    from pipeline.reports.changes.registry import writer
    from pipeline.sync.release.notes import CHANGES

    text, data = io.StringIO(), io.StringIO()
    if source.base is None:
        text.write(_first(framework))
    else:
        writer("markdown")(comparison, text, width=0, colour=False)
    writer("json")(comparison, data, width=0, colour=False)
    for name, media_type, content in (
        (CHANGES, "text/markdown; charset=utf-8", text.getvalue()),
        (FILE, "application/json", data.getvalue()),
        (SCHEMA, "application/schema+json", schema()),
    ):
        yield Artifact(name=name, media_type=media_type, content=content.encode("utf-8", "backslashreplace"))


def _first(framework: Framework) -> str:
    """Say that there is nothing to compare with, and what there is."""
    from pipeline.reports.markdown import plain

    counts = Counter(entry.kind.name for entry in framework.entries)
    lines = [
        f"- {counts[kind.name]} {plain((kind.one if counts[kind.name] == 1 else kind.many).lowered().nl)}"
        for kind in framework.kinds.values()
        if counts[kind.name]
    ]
    head = "Dit is de eerste uitgave, dus er is geen vorige om mee te vergelijken. Er staat in:"
    return "\n".join([head, "", *lines, ""])
