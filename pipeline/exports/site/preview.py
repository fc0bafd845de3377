"""The site as a change would make it, with a page that lists what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.compare.changes import Form
from pipeline.exports.addresses import Place
from pipeline.exports.artifact import Artifact
from pipeline.exports.site.build import TOP, artifacts
from pipeline.exports.site.frame import Frame
from pipeline.exports.site.items import item_of
from pipeline.exports.site.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.compare.changes import Changes, EntryChange
    from pipeline.exports.artifact import Context
    from pipeline.exports.site.items import Item
    from pipeline.model.framework import Framework

PAGE: Final = "wijzigingen.html"

_HEADINGS: Final = {
    Form.ADDED: "Nieuw",
    Form.CHANGED: "Gewijzigd",
    Form.RENAMED: "Andere naam",
    Form.WITHDRAWN: "Ingetrokken",
    Form.REMOVED: "Verwijderd",
}


class Row(NamedTuple):
    """An entry that changed; ``item`` is none where it has no page any more."""

    item: Item | None
    name: str
    former: str


class Section(NamedTuple):
    """Entries to which the same happened."""

    heading: str
    rows: tuple[Row, ...]


def preview(framework: Framework, context: Context, changes: Changes) -> Iterator[Artifact]:
    """Give every file of the site, at the top of a folder, after the page with what changed."""
    frame = Frame(framework, context)
    place = Place(path=PAGE)
    values = frame.values(place, title="Wat er verandert", state="draft")
    values |= {"sections": _sections(frame, changes), "indexed": False, "canonical": ""}
    yield Artifact(name=PAGE, media_type="text/html", content=render("preview.html", values))
    for artifact in artifacts(framework, context):
        yield Artifact(name=artifact.name.removeprefix(TOP), media_type=artifact.media_type, content=artifact.content)


def _sections(frame: Frame, changes: Changes) -> list[Section]:
    rows = {form: tuple(_row(frame, each) for each in changes.entries if each.form is form) for form in _HEADINGS}
    return [Section(_HEADINGS[form], found) for form, found in rows.items() if found]


def _row(frame: Frame, change: EntryChange) -> Row:
    entry = frame.framework.index.table("*", "id").get(change.id)
    has_page = entry is not None and frame.addresses.entry(entry) is not None
    item = item_of(frame.addresses, entry, "") if entry is not None and has_page else None
    return Row(item=item, name=change.title or change.id, former=change.former_title or change.former_id)
