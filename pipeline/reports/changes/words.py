"""The words of reports on changes, in Dutch and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.compare.changes import Form, Weight
from pipeline.errors import Text
from pipeline.reports.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.reports.changes.comparison import Comparison, Side

HEAVIEST_FIRST: Final = (Weight.BREAKING, Weight.MEANING, Weight.EDITORIAL)
SHORT: Final = 7
"""Characters of a commit that are enough to know it by."""

WEIGHTS: Final = {
    Weight.BREAKING: Text(nl="Ingrijpend", en="Breaking"),
    Weight.MEANING: Text(nl="Inhoudelijk", en="Meaning"),
    Weight.EDITORIAL: Text(nl="Redactioneel", en="Editorial"),
}
EXPLAINED: Final = {
    Weight.BREAKING: Text(
        nl="Wie dit gebruikt of ernaar verwijst, moet misschien iets aanpassen.",
        en="Whoever uses this or refers to it may have something to change.",
    ),
    Weight.MEANING: Text(nl="Hier staat nu iets anders.", en="This says something else now."),
    Weight.EDITORIAL: Text(
        nl="Anders geschreven of geordend, met dezelfde betekenis.",
        en="Written or ordered otherwise, with the same meaning.",
    ),
}
FORMS: Final = {
    Form.ADDED: Text(nl="nieuw", en="new"),
    Form.REMOVED: Text(nl="verwijderd", en="removed"),
    Form.WITHDRAWN: Text(nl="ingetrokken", en="withdrawn"),
    Form.RENAMED: Text(nl="andere naam", en="renamed"),
    Form.CHANGED: Text(nl="gewijzigd", en="changed"),
}
REPLACED: Final = Text(nl="vervangen", en="replaced")
COUNTED: Final = {
    Form.ADDED: Text(nl="{count} nieuw", en="{count} new"),
    Form.REMOVED: Text(nl="{count} verwijderd", en="{count} removed"),
    Form.WITHDRAWN: Text(nl="{count} ingetrokken", en="{count} withdrawn"),
    Form.RENAMED: Text(nl="{count} met een andere naam", en="{count} renamed"),
    Form.CHANGED: Text(nl="{count} gewijzigd", en="{count} changed"),
}
SORTS: Final = {
    "id": Text(nl="Id", en="Id"),
    "page": Text(nl="Pagina", en="Page"),
    "file": Text(nl="Bestand", en="File"),
    "anchor": Text(nl="Kopje", en="Heading"),
}

CONTENTS: Final = Text(nl="Op deze pagina", en="On this page")
TITLE: Final = Text(nl="Wat is er gewijzigd?", en="What changed?")
RELATIONS: Final = Text(nl="Relaties, gezien vanaf de andere kant", en="Relations, seen from the other side")
REDIRECTS: Final = Text(nl="Namen die niet meer gelden", en="Names that no longer hold")
COVERAGE: Final = Text(nl="Dekking", en="Coverage")
ID: Final = Text(nl="Id", en="Id")
FILE: Final = Text(nl="Bestand", en="File")
TEXT: Final = Text(nl="Tekst bij", en="Text of")
HEADING: Final = Text(nl="Kopje", en="Heading")
ANCHORS: Final = Text(nl="Links naar deze plek leiden nergens meer heen", en="Links to this place lead nowhere now")
BEGINNING: Final = Text(nl="Begin van de tekst", en="Beginning of the text")
NARROWER: Final = Text(nl="ingrijpend: geldt in minder situaties", en="breaking: applies in fewer situations")
ORDER: Final = Text(nl="andere plaats of volgorde", en="another place or order")
SPACES: Final = Text(nl="alleen anders opgeschreven", en="only written otherwise")
WRITTEN: Final = Text(
    nl="Alleen de opmaak of de schrijfwijze is anders.", en="Only the markup or the spelling of the file differs."
)
UNREADABLE: Final = Text(
    nl="Een van beide versies is niet te lezen, dus wat hier veranderde, is niet bekend. kader check zegt waarom.",
    en="One of the versions cannot be read, so what changed here is not known. kader check tells why.",
)
WAS: Final = Text(nl="was", en="was")
NOW: Final = Text(nl="nu", en="now")
GAINED: Final = Text(nl="erbij", en="added")
LOST: Final = Text(nl="eraf", en="dropped")
FOLLOWS: Final = Text(nl="wordt", en="becomes")
NOTHING_FOLLOWS: Final = Text(nl="er komt niets voor in de plaats", en="nothing takes its place")
USED: Final = Text(nl="nog gebruikt in", en="still used in")
REST: Final = Text(nl="en nog {count}", en="and {count} more")
COMPARED: Final = Text(nl="Vergeleken", en="Compared")
NOT_COMMITTED: Final = Text(nl="de bestanden in de map", en="the files in the folder")
NO_CHANGES: Final = Text(nl="De inhoud is niet veranderd.", en="The content did not change.")


def between(comparison: Comparison) -> tuple[str, str]:
    """Name both revisions: ``v1.0.0 (faa0e85)``; contributed text."""
    language = comparison.language
    return _named(comparison.base, language), _named(comparison.head, language)


def _named(side: Side, language: str) -> str:
    if not side.commit:
        return NOT_COMMITTED.in_language(language)
    short = side.commit[:SHORT]
    return f"{side.name} ({short})" if side.name and not side.commit.startswith(side.name) else short


def summary(comparison: Comparison) -> str:
    """Count what happened to entries, and how much that weighs."""
    language, entries = comparison.language, comparison.changes.entries
    if not entries:
        changed = any(comparison.changes)
        none = Text(nl="Geen onderdeel is gewijzigd.", en="No entry changed.")
        return (none if changed else NO_CHANGES).in_language(language)
    counts = ((each, comparison.count(each)) for each in COUNTED)
    forms = [COUNTED[form].in_language(language).format(count=count) for form, count in counts if count]
    weighed = ((weight, sum(each.weight is weight for each in entries)) for weight in HEAVIEST_FIRST)
    weights = [f"{count} {WEIGHTS[weight].in_language(language).lower()}" for weight, count in weighed if count]
    noun = Text(nl="Onderdelen", en="Entries").in_language(language)
    weight = Text(nl="Gewicht", en="Weight").in_language(language)
    return f"{noun}: {joined(forms, language)}. {weight}: {joined(weights, language)}."


def rest(shown: Iterable[object], count: int, language: str) -> str:
    """Write ``en nog 3``; empty where all are shown."""
    left = count - len(list(shown))
    return REST.in_language(language).format(count=left) if left > 0 else ""
