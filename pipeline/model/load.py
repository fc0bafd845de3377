"""From a tree of files and schemas to the framework."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pipeline.documents.document import Document
from pipeline.documents.parse import decode, parse_document, unread_document
from pipeline.documents.yaml import parse_yaml
from pipeline.model.framework import Entry, Framework, Index, Reference
from pipeline.model.kinds import ANY, ReferenceField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.documents.document import Node
    from pipeline.model.kinds import Kind, Schemas, Settings
    from pipeline.text import Tree


Claim = tuple[str, "Kind"]
Inspect = Callable[[Document, "Kind"], Document]
Mapped = Callable[[Callable[[Claim], Document | None], "Sequence[Claim]"], "Iterable[Document | None]"]

# In any mixture of capitals, and as Windows' notepad saves them.
_WRITTEN_BY_EDITORS = (".md", ".markdown", ".yaml", ".yml", ".md.txt", ".yaml.txt")


def is_unclaimed(path: str, settings: Settings) -> bool:
    """Whether a file that no schema claims looks like one that should hold an entry."""
    is_written = path.lower().endswith(_WRITTEN_BY_EDITORS) and not settings.ignores(path)
    return is_written and settings.watches(path) and path not in settings.demands.files


def read_document(tree: Tree, path: str, kind: Kind, *, keep_tokens: bool = False) -> Document | None:
    """Read and parse one file; none where it vanished since it was listed."""
    try:
        data = tree.read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unread_document(path, error)
    markdown = kind.markdown
    return parse_document(
        path,
        data,
        layout=kind.files.layout,
        dialect=markdown.dialect,
        slugs=markdown.slugs,
        keep_tokens=keep_tokens,
    )


def _read_claimed(tree: Tree, inspect: Inspect | None, claim: Claim, *, keep_tokens: bool) -> Document | None:
    document = read_document(tree, *claim, keep_tokens=keep_tokens)
    return inspect(document, claim[1]) if inspect and document is not None else document


def entries_of(document: Document, kind: Kind) -> Iterator[Entry]:
    """Give the entries that a document of a kind holds."""
    if kind.files.layout == "document":
        yield _entry(document, kind, document.front)
    elif document.front is not None and isinstance(document.front.value, list):
        for number, item in enumerate(document.front.items, start=1):
            if isinstance(item.value, dict):
                yield _entry(document, kind, item, number)


def _entry(document: Document, kind: Kind, node: Node | None, number: int = 0) -> Entry:
    """Make an entry; ``number`` tells apart the items of a list that have no id."""
    if node is not None and not isinstance(node.value, dict):
        node = None
    identity = kind.identity
    entry = Entry(id="", code="", kind=kind, document=document, node=node)
    code = entry.stem
    if identity.where == "path":
        folder = f"{kind.files.folder}/" if kind.files.folder else ""
        code = entry.path.removeprefix(folder).removesuffix(".md")
        return Entry(id=identity.id_of(code), code=code, kind=kind, document=document, node=node)
    if identity.where == "field":
        written = entry.fields.get(identity.field)
        if isinstance(written, str) and written:
            match = kind.id_pattern.fullmatch(written)
            return Entry(id=written, code=match["code"] if match else written, kind=kind, document=document, node=node)
        match = kind.stem_pattern.fullmatch(entry.stem)
        code = (match.groupdict().get("code") if match else None) or entry.stem
        if number:
            code = f"{entry.stem}-{number}"
    return Entry(id=identity.id_of(code), code=code, kind=kind, document=document, node=node)


def references_of(entry: Entry, index: Index) -> Iterator[Reference]:
    """Give what an entry says about others: its reference fields, then its mentions."""
    if entry.node is not None:
        for spec in entry.kind.references:
            for path, node in nodes_at(entry.node, spec.path, ()):
                key = node.raw
                if not key.strip() or isinstance(node.value, (dict, list)) or node.value is None:
                    continue
                yield Reference(
                    origin=entry,
                    spec=spec,
                    path=path,
                    key=key,
                    start=node.start,
                    end=node.end,
                    target=index.find(key, spec),
                    locator=_locator(entry, path),
                )
    body = entry.document.body
    if body is not None and entry.kind.files.layout == "document":
        for mention in body.mentions:
            spec = ReferenceField(path=(), to=(mention.kind,), by="code")
            yield Reference(
                origin=entry,
                spec=spec,
                path=(),
                key=mention.code,
                start=mention.start,
                end=mention.end,
                target=index.find(mention.code, spec),
                locator=mention.locator,
            )


def _locator(entry: Entry, path: Sequence[str | int]) -> str:
    """Give the article that stands beside a reference to a source, or nothing."""
    for citation in entry.kind.citations:
        if path[-1] == citation.source and entry.node is not None:
            beside = entry.node.find(path[:-1]).child(citation.locator)
            return beside.raw if beside is not None else ""
    return ""


def nodes_at(
    node: Node, pattern: Sequence[str], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Give the nodes that a path with ``*`` reaches."""
    if not pattern:
        yield path, node
        return
    step, rest = pattern[0], pattern[1:]
    if step != ANY:
        below = node.child(step) if isinstance(node.value, dict) else None
        if below is not None:
            yield from nodes_at(below, rest, (*path, step))
    else:
        for index, item in enumerate(node.items):
            yield from nodes_at(item, rest, (*path, index))


def load(
    tree: Tree,
    schemas: Schemas,
    *,
    keep_tokens: bool = False,
    progress: Callable[[int, int], None] | None = None,
    mapped: Mapped = map,
    inspect: Inspect | None = None,
    known: Callable[[str, Kind], Document | None] | None = None,
    today: str = "",
) -> Framework:
    """Read every file that a schema claims and lay the relations between the entries.

    ``progress`` is called with the number of files done and their total. ``mapped`` is `map`
    or what does the same with several processes: reading a file is pure. ``inspect`` is what
    else to do with a document as soon as it is read, in the same process. ``known`` gives the
    document of a file that was read before, so that it need not be read again. ``today`` is the
    day that deadlines are held against.
    """
    files = sorted(tree.list())
    settings = schemas.settings
    claimed: list[tuple[str, Kind]] = []
    unclaimed: list[str] = []
    for path in files:
        if settings.ignores(path):
            continue
        kind = schemas.claim(path)
        if kind is not None:
            claimed.append((path, kind))
        elif is_unclaimed(path, settings):
            unclaimed.append(path)
    documents: list[Document] = []
    entries: list[Entry] = []
    vanished: set[str] = set()
    reused = {path: document for path, kind in claimed if known and (document := known(path, kind))}
    read = partial(_read_claimed, tree, inspect, keep_tokens=keep_tokens)
    fresh = iter(mapped(read, [claim for claim in claimed if claim[0] not in reused]))
    for done, (path, kind) in enumerate(claimed, start=1):
        document = reused[path] if path in reused else next(fresh)
        if document is None:
            vanished.add(path)
        else:
            documents.append(document)
            entries.extend(entries_of(document, kind))
        if progress:
            progress(done, len(claimed))
    index = Index(tuple(entries))
    return Framework(
        schemas=schemas,
        documents=tuple(documents),
        entries=tuple(entries),
        files=frozenset(files) - vanished,
        references=tuple(reference for entry in entries for reference in references_of(entry, index)),
        index=index,
        unclaimed=tuple(unclaimed),
        extras=dict(extras_of(tree, schemas, files)),
        today=today,
    )


def extras_of(tree: Tree, schemas: Schemas, files: Sequence[str]) -> Iterator[tuple[str, Document]]:
    """Read the files that hold no entries: navigation, ledger, accepted gaps and derived files."""
    settings = schemas.settings
    present = set(files)
    gaps = settings.demands.gaps
    yaml = {*(each.file for each in settings.navigation), *((gaps.file,) if gaps else ())}
    for path in dict.fromkeys((*sorted(yaml), settings.ledger, *settings.demands.files)):
        document = _extra(tree, path, is_yaml=path in yaml) if path in present else None
        if document is not None:
            yield path, document


def _extra(tree: Tree, path: str, *, is_yaml: bool) -> Document | None:
    try:
        source, flaw = decode(path, tree.read(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        return unread_document(path, error)
    if flaw or not is_yaml:
        return Document(source=source, flaws=(flaw,) if flaw else (), readable=not flaw)
    front, flaws = parse_yaml(source)
    # Tags and anchors are at home in a site builder's configuration.
    broken = tuple(each for each in flaws if each.rule in {"schema/invalid-yaml", "source/too-large"})
    return Document(source=source, front=front, flaws=broken, readable=not broken)
