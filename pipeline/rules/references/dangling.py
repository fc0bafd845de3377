"""References in the front matter that name no entry."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model.kinds import ANY
from pipeline.rules.ids.codes import is_well_formed, written_id
from pipeline.rules.nearest import nearest
from pipeline.rules.schema.shapes import reads_differently

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.documents.document import Node
    from pipeline.model.framework import Entry, Framework, Reference
    from pipeline.model.kinds import Kind, ReferenceField, Schemas


def dangling(framework: Framework, *, vocabulary: bool) -> Iterator[tuple[Reference, Node]]:
    """Give each reference without a target with the value that was written.

    One mistake, one finding: a number that should be a text is left to
    `schema/ambiguous-scalar`, and what may stand in a broken file to what is said of that file.
    """
    unread = Unread(framework)
    for reference in framework.references:
        origin = reference.origin
        if reference.target is not None or reference.spec.vocabulary is not vocabulary or origin.node is None:
            continue
        if reference.is_mention or unread.may_hold(reference.spec, reference.key):
            continue
        node = origin.node.find(reference.path)
        if isinstance(node.value, str) or not reads_differently(origin.kind, reference.path, node):
            yield reference, node


def dangling_mentions(framework: Framework) -> Iterator[Reference]:
    """Give each inline reference without a target."""
    unread = Unread(framework)
    for reference in framework.references:
        if reference.is_mention and reference.target is None and not unread.may_hold(reference.spec, reference.key):
            yield reference


class Unread:
    """Entries that may exist in files that could not be read, or not in full."""

    def __init__(self, framework: Framework) -> None:
        """Look where it is needed only: most often nothing is without a target."""
        self._framework = framework
        self._nameless: dict[tuple[str, str], list[Entry]] = {}
        self._misspelt: dict[str, list[str]] = {}

    def may_hold(self, spec: ReferenceField, key: str) -> bool:
        """Whether what ``key`` names may be there after all."""
        if spec.to == (ANY,):
            kinds = [self._framework.kinds[name] for name in self._lists]
            return any(kind.id_pattern.fullmatch(key) for kind in kinds)
        return any(
            name in self._lists
            or self._may_be_nameless(name, spec.by, key)
            or self._may_be_misspelt(name, spec.by, key)
            for name in spec.to
        )

    @cached_property
    def _lists(self) -> frozenset[str]:
        """The kinds whose lists are not whole."""
        framework = self._framework
        return frozenset(kind.name for kind in framework.kinds.values() if is_broken_list(framework, kind))

    def _may_be_misspelt(self, kind: str, by: str, key: str) -> bool:
        """Whether an item of a list has a slip in its id; files have a name besides."""
        if by not in {"id", "code"}:
            return False
        if kind not in self._misspelt:
            entries = self._framework.index.doubtful(kind)
            slips = [each for each in entries if each.kind.files.layout == "list" and not is_well_formed(each)]
            self._misspelt[kind] = [each.code.rpartition(":")[2] for each in slips if written_id(each)]
        return bool(nearest(key.rpartition(":")[2], self._misspelt[kind]))

    def _may_be_nameless(self, kind: str, by: str, key: str) -> bool:
        """Whether an entry has lost the field that references go by.

        Files have a name at least, which most often holds that word too.
        """
        if (kind, by) not in self._nameless:
            entries = self._framework.index.doubtful(kind)
            self._nameless[kind, by] = [entry for entry in entries if is_nameless(entry, by)]
        lost = self._nameless[kind, by]
        if any(entry.kind.files.layout != "document" or key in entry.stem for entry in lost):
            return True
        # The text of the file may hold it all the same; if it is gone, what is near to nothing else may be it.
        known = self._framework.index.table(kind, by)
        return any(key in entry.document.source.text for entry in lost) or (bool(lost) and not nearest(key, known))


def is_doubtful(entry: Entry, schemas: Schemas) -> bool:
    """Whether an entry may go by a name that nobody knows: it has lost one, or has a slip in its id."""
    if entry.kind.files.layout == "list" and not is_well_formed(entry):
        return True
    specs = (spec for kind in schemas.kinds.values() for spec in kind.references)
    aimed = {spec.by for spec in specs if entry.kind.name in spec.to or ANY in spec.to}
    return any(is_nameless(entry, by) for by in aimed)


def is_broken_list(framework: Framework, kind: Kind) -> bool:
    """Whether a kind's entries stand in one file, and some of them cannot be read."""
    document = framework.documents_by_path.get(kind.files.file) if kind.files.layout != "document" else None
    if document is None:
        return False
    front = document.front
    items = front.items if front is not None and isinstance(front.value, list) else None
    return not document.readable or items is None or not all(isinstance(item.value, dict) for item in items)


def is_nameless(entry: Entry, by: str) -> bool:
    """Whether an entry has lost what references of a sort go by: then its text is searched for it."""
    if by.startswith("field:"):
        return isinstance(entry.fields.get(by.removeprefix("field:")), (dict, list, type(None)))
    by_field = entry.kind.identity.where == "field" and entry.kind.files.layout != "document"
    return by != "stem" and by_field and not written_id(entry)


def by_another_name(framework: Framework, reference: Reference) -> Entry | None:
    """Give the entry of the right kind that goes by what was written, or by the file named there, in other fields."""
    file_name = reference.key.rpartition("/")[2].removesuffix(".md")
    for key in dict.fromkeys((reference.key, file_name)):
        for kind in reference.spec.to:
            for by in ("id", "code", "stem"):
                entry = framework.index.table(kind, by).get(key)
                if entry is not None:
                    return entry
    return None


def elsewhere(framework: Framework, reference: Reference) -> Entry | None:
    """Give the entry of another kind that goes by what was written; a number alone may be of any kind."""
    found = None if reference.key.isdigit() else framework.find(reference.key)
    return found if found is not None and by_another_name(framework, reference) is None else None
