"""References in the front matter that name no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.rules.schema.shapes import reads_differently

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.model.framework import Entry, Framework, Reference


def dangling(framework: Framework, *, vocabulary: bool) -> Iterator[tuple[Reference, Node]]:
    """Give each reference without a target with the value that was written.

    A number that should be a text is left to `schema/ambiguous-scalar`: one mistake, one finding.
    """
    for reference in framework.references:
        origin = reference.origin
        if reference.target is not None or reference.spec.vocabulary is not vocabulary or origin.node is None:
            continue
        if reference.is_mention:
            continue
        node = origin.node.find(reference.path)
        if isinstance(node.value, str) or not reads_differently(origin.kind, reference.path, node):
            yield reference, node


def dangling_mentions(framework: Framework) -> Iterator[Reference]:
    """Give each inline reference without a target."""
    for reference in framework.references:
        if reference.is_mention and reference.target is None:
            yield reference


def by_another_name(framework: Framework, reference: Reference) -> Entry | None:
    """Give the entry of the right kind that goes by what was written, though not in this field."""
    for kind in reference.spec.to:
        for by in ("id", "code", "stem"):
            entry = framework.index.table(kind, by).get(reference.key)
            if entry is not None:
                return entry
    return None


def elsewhere(framework: Framework, reference: Reference) -> Entry | None:
    """Give the entry of another kind that goes by what was written."""
    found = framework.find(reference.key)
    return found if found is not None and by_another_name(framework, reference) is None else None
