"""All that names an entry, with the edit that lets it name the entry anew."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from pipeline.documents.yaml import parse_yaml
from pipeline.findings import Edit
from pipeline.renaming.addresses import destination, readdressed, relabelled, relocated
from pipeline.renaming.leftovers import standing_alone
from pipeline.rules.ids.released import HEADER, lines_of
from pipeline.rules.links.resolve import leads, leads_in
from pipeline.rules.references.directive import filters_of
from pipeline.rules.references.navigation import names_in
from pipeline.rules.schema.edits import spelled
from pipeline.text import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.documents.document import Document, Node
    from pipeline.model.framework import Framework
    from pipeline.model.kinds import Navigation
    from pipeline.renaming.target import Renaming

ID = "id"
REFERENCE = "reference"
LINK = "link"
LIST = "list"
MENU = "menu"
LEDGER = "ledger"


class Carried(NamedTuple):
    """An edit, and what sort of thing it changes."""

    sort: str
    edit: Edit


def carried(framework: Framework, renaming: Renaming, others: Iterable[Document]) -> Iterator[Carried]:
    """Give every edit that a renaming asks for.

    ``others`` are documents that hold no entries: Markdown outside the framework's folders,
    whose links are carried along, and YAML in them, which may hold ids.
    """
    documents = list(others)
    yield from _own_id(renaming)
    yield from _references(framework, renaming)
    yield from _lists(framework, renaming)
    yield from _menus(framework, renaming)
    yield from _links(framework, renaming, documents)
    if renaming.recodes:
        yield from _ledger(framework, renaming)
        watched = (each for each in documents if framework.settings.watches(each.source.path))
        for document in (*watched, *framework.extras.values()):
            yield from _ids(document, renaming)
        yield from _derived(framework, renaming)


def _own_id(renaming: Renaming) -> Iterator[Carried]:
    entry = renaming.entry
    field = entry.kind.identity.field if entry.kind.identity.where == "field" else ""
    node = entry.node.child(field) if entry.node and field else None
    if renaming.recodes and node is not None:
        yield Carried(ID, _respelled(entry.document, node, renaming.id))


def _respelled(document: Document, node: Node, words: str) -> Edit:
    return Edit(location=document.place(node), replacement=spelled(document, node, words))


def _references(framework: Framework, renaming: Renaming) -> Iterator[Carried]:
    for reference in framework.incoming(renaming.entry):
        name = new_name(renaming, reference.spec.by, reference.key)
        if name is None or name == reference.key:
            continue
        document = reference.origin.document
        if reference.is_mention:
            start = reference.start + len("{:") + len(reference.spec.to[0])
            place = document.at(start, start + len(reference.key))
            yield Carried(REFERENCE, Edit(location=place, replacement=name))
        elif reference.origin.node is not None:
            yield Carried(REFERENCE, _respelled(document, reference.origin.node.find(reference.path), name))


def new_name(renaming: Renaming, by: str, key: str) -> str | None:
    """Give what the entry will be called where it is called ``key`` now; none where that has nothing to do with it."""
    kind = renaming.entry.kind
    if by == "stem":
        return renaming.stem
    if by == "code":
        is_id = kind.identity.template != "{code}" and kind.id_pattern.fullmatch(key)
        return renaming.id if is_id else renaming.code
    return renaming.id if by == "id" else None


def _lists(framework: Framework, renaming: Renaming) -> Iterator[Carried]:
    for entry in framework.entries:
        if entry.kind.files.layout != "document":
            continue
        for spec, value, place in filters_of(framework, entry):
            name = new_name(renaming, spec.by, value) if framework.index.find(value, spec) is renaming.entry else None
            if name is not None and name != value:
                yield Carried(LIST, Edit(location=place, replacement=name))


def _menus(framework: Framework, renaming: Renaming) -> Iterator[Carried]:
    for navigation in framework.settings.navigation if renaming.moves else ():
        document = framework.extras.get(navigation.file)
        if document is None:
            continue
        for _, node in names_in(document):
            written = node.value.strip()
            if posixpath.normpath(posixpath.join(navigation.root, written)) == renaming.entry.path:
                yield Carried(MENU, _respelled(document, node, _in_menu(navigation, renaming, written)))


def _in_menu(navigation: Navigation, renaming: Renaming, written: str) -> str:
    if renaming.leaves_folder:
        return posixpath.relpath(renaming.path, navigation.root or ".")
    folder, slash, name = written.rpartition("/")
    return f"{folder}{slash}{name.replace(stem_of(name), renaming.stem, 1)}"


def _links(framework: Framework, renaming: Renaming, others: Iterable[Document]) -> Iterator[Carried]:
    entry = renaming.entry
    outside = (lead for document in others for lead in leads_in(document, entry.kind))
    for lead in (*leads(framework), *outside):
        edits: list[Edit | None] = []
        if destination(lead, framework) == entry.path:
            edits.append(readdressed(lead, renaming, framework))
            if renaming.recodes and any(char.isdigit() for char in entry.code):
                edits.extend(relabelled(lead, renaming))
        if renaming.leaves_folder and lead.document.source.path == entry.path:
            edits.append(relocated(lead, renaming, framework))
        for edit in edits:
            if edit is not None and edit.location.text != edit.replacement:
                yield Carried(LINK, edit)


def _ledger(framework: Framework, renaming: Renaming) -> Iterator[Carried]:
    """Let ids that were replaced by this one lead to its new id; its own line is never touched."""
    successor = HEADER.index("successor")
    for line in lines_of(framework)[1:]:
        if line.values and len(line.values) == len(HEADER) and line.values[successor] == renaming.entry.id:
            cell = line.cell(successor)
            yield Carried(LEDGER, Edit(location=cell, replacement=cell.text.replace(renaming.entry.id, renaming.id)))


def _derived(framework: Framework, renaming: Renaming) -> Iterator[Carried]:
    """Let files that are made from the entries have the new id, as they will when they are made anew."""
    pattern = standing_alone([renaming.entry.id])
    for derived in framework.settings.demands.derived:
        document = framework.extras.get(derived.file)
        if document is not None and document.readable:
            for match in pattern.finditer(document.source.text):
                yield Carried(REFERENCE, Edit(location=document.at(*match.span()), replacement=renaming.id))


def _ids(document: Document, renaming: Renaming) -> Iterator[Carried]:
    """Look for the whole id in YAML that no schema describes; a bare code may mean anything there."""
    if not document.source.path.endswith((".yaml", ".yml")) or renaming.entry.kind.identity.template == "{code}":
        return
    front, flaws = parse_yaml(document.source)
    for _, node in front.walk() if front is not None and not flaws else ():
        if node.value == renaming.entry.id and not node.children:
            yield Carried(REFERENCE, _respelled(document, node, renaming.id))
