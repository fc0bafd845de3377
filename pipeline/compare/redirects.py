"""Names that are gone: ids, pages, files and anchors, with what they should lead to.

A name is told with the places that still use it. A file is told only where there are such: what a
file is called is nobody else's concern.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from pipeline.compare.changes import Place, Redirect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipeline.compare.lookups import Lookups
    from pipeline.compare.matches import Matches
    from pipeline.compare.moves import Moves
    from pipeline.documents.document import Document, Link
    from pipeline.model.framework import Entry, Framework

ID: Final = "id"
PAGE: Final = "page"
FILE: Final = "file"
ANCHOR: Final = "anchor"

FEW: Final = 50
"""Names that are looked for one by one before all words of a text are."""

_NOTE: Final = ("fn:", "fnref:")
_NAME = re.compile(r"[^\s\"'\[\]{}(),<>#|]+")
_ENDING = re.compile(r"(?:/|\.md|\.html?)$")


class Story(NamedTuple):
    """What is known of the two revisions; ``anchors`` are by new path the anchors that are gone."""

    before: Framework
    after: Framework
    matches: Matches
    moves: Moves
    lookups: Lookups
    anchors: Mapping[str, Mapping[str, str]]


def redirects_of(story: Story) -> tuple[Redirect, ...]:
    """Give all names that are gone, sorted."""
    found = [*_ids(story), *_pages(story), *_files(story), *_anchors(story)]
    return tuple(sorted(found, key=lambda each: (each.sort, each.old)))


def gone_anchors(old: Entry, new: Entry, paired: Mapping[str, str]) -> dict[str, str]:
    """Give the anchors of a page that are gone, with the new one, empty where there is none."""
    before, now = old.document.anchors, new.document.anchors
    if before is None or now is None:
        return {}
    lost = sorted(name for name in before - now if not name.startswith(_NOTE))
    return {name: after if (after := paired.get(name, "")) in now else "" for name in lost}


def _ids(story: Story) -> Iterator[Redirect]:
    # Some frameworks have the same id for entries of two kinds.
    present = {(entry.kind.name, entry.id) for entry in story.after.entries}
    ids = {entry.id for entry in story.after.entries}
    known = story.lookups.successors(story.after)
    lost = {old.id: new.id for old, new in story.matches.pairs if old.id != new.id}
    lost = {name: new for name, new in lost.items() if name not in ids}
    for entry in story.matches.gone:
        if (entry.kind.name, entry.id) not in present:
            following = known.get(entry.id, "")
            lost[entry.id] = following if following in ids else ""
    places = _places_of_ids(story, {name: new for name, new in lost.items() if name not in ids})
    yield from (Redirect(ID, name, new, places.get(name, ())) for name, new in lost.items())
    for old, new in story.matches.pairs:
        if new.is_gone and not old.is_gone and old.id == new.id:
            following, used = _successor(story.after, new), _uses(story.after, new)
            if following or used:
                yield Redirect(ID, old.id, following, used)


def _successor(framework: Framework, entry: Entry) -> str:
    """Give the id of the first entry that takes the place of one that was withdrawn."""
    field = entry.kind.means.get("successor")
    found = (each.target for each in framework.outgoing(entry) if field and each.path[:1] == (field,))
    return next((target.id for target in found if target is not None), "")


def _uses(framework: Framework, entry: Entry) -> tuple[Place, ...]:
    """Give where entries that count still name one that was withdrawn."""
    found = (each for each in framework.incoming(entry) if not each.origin.is_gone and each.origin is not entry)
    return _sorted(_place(each.origin.document, each.start) for each in found)


def _places_of_ids(story: Story, lost: Mapping[str, str]) -> dict[str, tuple[Place, ...]]:
    """Give by id the places that still use it, whole or by its code."""
    if not lost:
        return {}
    framework = story.after
    found: dict[str, list[Place]] = {}
    short = {(entry.kind.name, name): entry.id for entry in story.before.entries for name in _names(entry)}
    for reference in framework.references:
        for kind in _kinds(story.before, reference.spec.to):
            name = short.get((kind, reference.key), "")
            # The old name of a page may still be understood.
            if name in lost and (reference.target is None or reference.target.id == lost[name]):
                found.setdefault(name, []).append(_place(reference.origin.document, reference.start))
    extras = (each for path, each in framework.extras.items() if path != framework.settings.ledger)
    for document in (*framework.documents, *extras):
        if len(lost) <= FEW and not any(name in document.source.text for name in lost):
            continue
        for match in _NAME.finditer(document.source.text):
            name = match[0].rstrip(".:;!?")
            if name in lost:
                found.setdefault(name, []).append(_place(document, match.start()))
    return {name: _sorted(places) for name, places in found.items()}


def _names(entry: Entry) -> tuple[str, ...]:
    """Give what references may call an entry, beside the values of its fields."""
    return (entry.id, entry.code, entry.stem) if entry.kind.files.layout == "document" else (entry.id, entry.code)


def _kinds(framework: Framework, names: tuple[str, ...]) -> Collection[str]:
    return framework.kinds if "*" in names else names


def _pages(story: Story) -> Iterator[Redirect]:
    address = story.lookups.address
    present = {address(story.after, entry) for entry in story.after.entries}
    after = {entry.id: entry for entry in story.after.entries}
    known = story.lookups.successors(story.after)
    lost: dict[str, str] = {}
    for old, new in story.matches.pairs:
        lost[address(story.before, old)] = address(story.after, new)
    for entry in story.matches.gone:
        following = after.get(known.get(entry.id, ""))
        lost[address(story.before, entry)] = address(story.after, following) if following else ""
    lost = {was: now for was, now in lost.items() if was and was not in present}
    url = story.after.settings.site.url
    used: dict[str, list[Place]] = {}
    for document, link in _links(story.after) if lost and url else ():
        if link.target.startswith(url):
            below = link.target.removeprefix(url).rstrip("/")
            used.setdefault(below, []).append(_place(document, link.start))
    for was, now in lost.items():
        yield Redirect(PAGE, was, now, _sorted(used.get(was.rstrip("/"), ())))


def _files(story: Story) -> Iterator[Redirect]:
    """Give the files that texts still lead to under their old name."""
    lost = {old.path: new.path for old, new in story.matches.pairs if old.path != new.path}
    lost.update({entry.path: "" for entry in story.matches.gone})
    lost = {old: new for old, new in lost.items() if old not in story.after.files}
    by_stem = {posixpath.splitext(posixpath.basename(path))[0]: path for path in lost}
    if not by_stem:
        return
    found: dict[str, list[Place]] = {}
    for path, place in (*_by_link(story, by_stem), *_by_comment(story, by_stem), *_by_navigation(story, lost)):
        found.setdefault(path, []).append(place)
    for path, places in found.items():
        yield Redirect(FILE, path, lost[path], _sorted(places))


def _by_link(story: Story, by_stem: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    """Give the links to files that are gone: they lead nowhere, and end in such a name."""
    for document, link in _links(story.after):
        path = by_stem.get(posixpath.basename(_ENDING.sub("", unquote(link.target.partition("#")[0]))))
        if path and ":" not in link.target and not story.lookups.destination(story.after, document, link).path:
            yield path, _place(document, link.start)


def _by_comment(story: Story, by_stem: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    """Give the comments that name such a file, for the site's builder to make a list."""
    for document in story.after.documents:
        for comment in document.body.comments if document.body else ():
            for word in re.split(r"[\s/]+", comment.text):
                if word in by_stem:
                    yield by_stem[word], _place(document, comment.start)


def _by_navigation(story: Story, lost: Collection[str]) -> Iterator[tuple[str, Place]]:
    """Give the lines of the site's menu that name such a file."""
    for each in story.after.settings.navigation:
        navigation = story.after.extras.get(each.file)
        for match in _NAME.finditer(navigation.source.text) if navigation else ():
            path = posixpath.join(each.root, match[0])
            if navigation and path in lost:
                yield path, _place(navigation, match.start())


def _anchors(story: Story) -> Iterator[Redirect]:
    names = {name for anchors in story.anchors.values() for name in anchors}
    used: dict[tuple[str, str], list[Place]] = {}
    for document, link in _links(story.after) if names else ():
        if unquote(link.target.rpartition("#")[2]) in names:
            destination = story.lookups.destination(story.after, document, link)
            used.setdefault(destination, []).append(_place(document, link.start))
    for path, anchors in story.anchors.items():
        for name, new in anchors.items():
            places = used.get((path, name), ())
            yield Redirect(ANCHOR, f"{path}#{name}", f"{path}#{new}" if new else "", _sorted(places))


def _links(framework: Framework) -> Iterator[tuple[Document, Link]]:
    for document in framework.documents:
        for link in document.body.links if document.body else ():
            yield document, link


def _place(document: Document, offset: int) -> Place:
    return Place(document.source.path, document.source.position(offset).line)


def _sorted(places: Collection[Place] | Iterator[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places)))
