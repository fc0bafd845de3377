"""Changes for people at a terminal: the heaviest first, old and new below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.compare.changes import Weight
from pipeline.reports.changes import words
from pipeline.reports.changes.entries import by_weight, told
from pipeline.reports.changes.told import covered, gone, related
from pipeline.reports.layout import at_line_start, painter, shown, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from pipeline.errors import Text
    from pipeline.reports.changes.comparison import Comparison
    from pipeline.reports.changes.told import Gone, Part, Related, Told

COLOURS: Final = {Weight.BREAKING: "red", Weight.MEANING: "yellow", Weight.EDITORIAL: "cyan"}
MOST: Final = 5
"""Most places that are named for a name that is gone."""


def write(comparison: Comparison, stream: TextIO, *, width: int, colour: bool) -> None:
    """Write all changes, and the count at the end."""
    page = _Page(comparison, width, colour=colour)
    stream.writelines(f"{line}\n" for line in page.lines())


class _Page:
    """A report laid out for a width; lines are made when asked for."""

    def __init__(self, comparison: Comparison, width: int, *, colour: bool) -> None:
        self.comparison = comparison
        self.width = width
        self.paint = painter(colour=colour)

    def lines(self) -> Iterator[str]:
        """Give all lines."""
        old, new = map(shown, words.between(self.comparison))
        arrow = f"{old} → {new}"
        yield from (self.paint(line, dim=True) for line in wrap(arrow, self.width))
        yield ""
        for weight, entries in by_weight(told(self.comparison)):
            yield from self._weight(weight)
            for entry in entries:
                yield from self._entry(entry)
                yield ""
        yield from self._section(words.RELATIONS, (self._related(each) for each in related(self.comparison)))
        yield from self._section(words.REDIRECTS, (self._gone(each) for each in gone(self.comparison)))
        yield from self._section(words.COVERAGE, (self._covered(),))
        heaviest = self.comparison.changes.weight
        colour = COLOURS[heaviest] if heaviest else "green"
        yield from (self.paint(line, fg=colour, bold=True) for line in self._wrapped(words.summary(self.comparison), 0))

    def _say(self, text: Text) -> str:
        return text.in_language(self.comparison.language)

    def _wrapped(self, text: str, indent: int, first: str = "") -> tuple[str, ...]:
        space = " " * indent
        if " " not in text:  # what cannot be broken stands beside its sign
            return (at_line_start(f"{space}{first}{text}"),)
        return wrap(text, self.width, first=space + first, rest=space + " " * len(first))

    def _weight(self, weight: Weight) -> Iterator[str]:
        name, explained = self._say(words.WEIGHTS[weight]), self._say(words.EXPLAINED[weight])
        yield self.paint(name.upper(), fg=COLOURS[weight], bold=True)
        yield from (self.paint(line, dim=True) for line in self._wrapped(explained, 0))
        yield ""

    def _section(self, title: Text, parts: Iterator[Iterator[str]] | tuple[Iterator[str], ...]) -> Iterator[str]:
        lines = [line for part in parts for line in part]
        if lines:
            yield self.paint(self._say(title).upper(), bold=True)
            yield ""
            yield from lines
            yield ""

    def _entry(self, entry: Told) -> Iterator[str]:
        change = entry.change
        head = f"{shown(entry.kind)}: {shown(change.title)} ({entry.form})"
        yield from (self.paint(line, bold=True) for line in self._wrapped(head, 2))
        if not change.former_id:
            yield from (self.paint(line, dim=True) for line in self._wrapped(shown(change.id), 4))
        if not change.former_path:
            yield from (self.paint(line, dim=True) for line in self._wrapped(shown(change.path), 4))
        if entry.note:
            yield from self._wrapped(entry.note, 4)
        label = ""
        for part in entry.parts:
            named = self._label(part)
            if named != label:
                yield from self._wrapped(named, 4)
            label = named
            yield from self._values(part)

    def _label(self, part: Part) -> str:
        label = f"# {shown(part.label)}" if part.is_text else shown(part.label)
        of = f" – {shown(part.of)}" if part.of else ""
        why = f" ({part.why})" if part.why else ""
        return f"{label}{of}{why}" + (f": {part.note}" if part.note else "")

    def _values(self, part: Part) -> Iterator[str]:
        if part.note:
            for value in part.new:
                yield from self._wrapped(shown(value), 6, "~ ")
            return
        for values, sign, colour in ((part.old, "- ", "red"), (part.new, "+ ", "green")):
            for value in values:
                yield from (self.paint(line, fg=colour) for line in self._wrapped(shown(value), 6, sign))

    def _related(self, entry: Related) -> Iterator[str]:
        yield from (self.paint(line, bold=True) for line in self._wrapped(f"{shown(entry.title)}", 2))
        yield from (self.paint(line, dim=True) for line in self._wrapped(shown(entry.id), 4))
        for relation in entry.relations:
            yield from self._wrapped(shown(relation.label), 4)
            for values, sign, colour in ((relation.lost, "- ", "red"), (relation.gained, "+ ", "green")):
                for title, name in values:
                    lines = self._wrapped(f"{shown(title)} ({shown(name)})", 6, sign)
                    yield from (self.paint(line, fg=colour) for line in lines)

    def _gone(self, name: Gone) -> Iterator[str]:
        redirect = name.redirect
        yield from self._wrapped(f"{name.sort}: {shown(redirect.old)}", 2)
        if redirect.new:
            yield from self._wrapped(shown(redirect.new), 4, "→ ")
        else:
            yield from (self.paint(line, fg="red") for line in self._wrapped(self._say(words.NOTHING_FOLLOWS), 4))
        places = [shown(f"{place.path}:{place.line}") for place in redirect.places[:MOST]]
        if places:
            rest = words.rest(places, len(redirect.places), self.comparison.language)
            yield from self._wrapped(f"{self._say(words.USED)}:", 4)
            for place in (*places, *filter(None, (rest,))):
                yield from self._wrapped(place, 6)

    def _covered(self) -> Iterator[str]:
        for each in covered(self.comparison):
            yield from self._wrapped(f"{shown(each.name)}: {each.before} → {each.after}", 2)
            if each.label:
                yield from (self.paint(line, dim=True) for line in self._wrapped(shown(each.label), 4))
