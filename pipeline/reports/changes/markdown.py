"""Changes as Markdown: for release notes, CHANGES.md and comments.

Everything that contributors wrote stands in code spans (`pipeline.reports.markdown`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.reports.changes import words
from pipeline.reports.changes.entries import by_weight, told
from pipeline.reports.changes.told import covered, gone, related
from pipeline.reports.markdown import code, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from pipeline.errors import Text
    from pipeline.reports.changes.comparison import Comparison
    from pipeline.reports.changes.told import Gone, Part, Related, Told

LONGEST: Final = 100_000
"""Most characters of all changes: GitHub takes 125,000 in the notes of a release."""

SENTENCE: Final = 600
"""Most characters of one sentence or value."""

MOST: Final = 5
"""Most places that are named for a name that is gone."""

TOP: Final = 2
"""Level of the heading at the top."""

# Labels come from schemas, which contributors may change as well. GitHub links `www.x.nl` and `GH-1`.
_HARMLESS: Final = re.compile(r"(?!.*(?:www\.|gh-\d))[^\W_]+(?:[ ,()'’/.-]+[^\W_]+)*[)]?", re.IGNORECASE)


def write(comparison: Comparison, stream: TextIO, *, width: int = 0, colour: bool = False) -> None:  # noqa: ARG001 - for people at a terminal
    """Write the changes under a heading of their own."""
    stream.write(f"{'#' * TOP} {words.TITLE.in_language(comparison.language)}\n\n")
    stream.write(in_markdown(comparison))


def in_markdown(comparison: Comparison, *, level: int = TOP + 1, most: int = LONGEST) -> str:
    """Write the changes with headings of a level; what goes beyond ``most`` characters is counted."""
    page = _Page(comparison, level)
    return page.text(most)


class _Page:
    def __init__(self, comparison: Comparison, level: int) -> None:
        self.comparison = comparison
        self.language = comparison.language
        self.marks = "#" * level

    def text(self, most: int) -> str:
        """Give whole items as long as they fit."""
        old, new = map(code, words.between(self.comparison))
        head = f"{plain(words.summary(self.comparison))}\n\n{self._say(words.COMPARED)}: {old} → {new}\n"
        parts, size, left = [head], len(head), 0
        for title, items in self._sections():
            begun = False
            for item in items:
                block = item if begun else f"\n{title}\n{item}"
                if left or size + len(block) > most:
                    left += 1
                    continue
                parts.append(block)
                size += len(block)
                begun = True
        if left:
            parts.append(f"\n{self._say(words.REST).format(count=left)}.\n")
        return "".join(parts)

    def _say(self, text: Text) -> str:
        return text.in_language(self.language)

    def _sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        for weight, entries in by_weight(told(self.comparison)):
            explained = self._say(words.EXPLAINED[weight])
            yield f"{self.marks} {self._say(words.WEIGHTS[weight])}\n\n{explained}\n", map(self._entry, entries)
        yield self._title(words.RELATIONS), map(self._related, related(self.comparison))
        yield self._title(words.REDIRECTS), map(self._gone, gone(self.comparison))
        yield self._title(words.COVERAGE), self._covered()

    def _title(self, title: Text) -> str:
        return f"{self.marks} {self._say(title)}\n"

    def _entry(self, entry: Told) -> str:
        change = entry.change
        names = code(change.id) if change.former_id or not change.path else f"{code(change.id)}, {code(change.path)}"
        lines = [f"- **{_label(entry.kind)}, {entry.form}:** {code(change.title)} ({names})"]
        lines += [f"  - {entry.note}"] if entry.note else []
        lines += [line for part in entry.parts for line in self._part(part)]
        return "\n".join(lines) + "\n"

    def _part(self, part: Part) -> Iterator[str]:
        label = f"{self._say(words.TEXT)} {code(part.label)}" if part.is_text else _label(part.label)
        label += f" – {code(part.of)}" if part.of else ""
        label += f" ({part.why})" if part.why else ""
        if part.note:
            yield f"  - {label}: {part.note}"
            return
        was, now = (words.WAS, words.NOW) if part.old and part.new else (words.LOST, words.GAINED)
        values = [f"{self._say(was)} {code(value, SENTENCE)}" for value in part.old]
        values += [f"{self._say(now)} {code(value, SENTENCE)}" for value in part.new]
        if len(part.old) <= 1 and len(part.new) <= 1:
            yield f"  - {label}: {', '.join(values)}"
        else:
            yield f"  - {label}:"
            yield from (f"    - {value}" for value in values)

    def _related(self, entry: Related) -> str:
        lines = [f"- {code(entry.title)} ({code(entry.id)})"]
        for relation in entry.relations:
            for values, word in ((relation.lost, words.LOST), (relation.gained, words.GAINED)):
                for title, name in values:
                    lines.append(f"  - {_label(relation.label)}, {self._say(word)}: {code(title)} ({code(name)})")
        return "\n".join(lines) + "\n"

    def _gone(self, name: Gone) -> str:
        redirect = name.redirect
        following = code(redirect.new) if redirect.new else f"**{self._say(words.NOTHING_FOLLOWS)}**"
        line = f"- {name.sort} {code(redirect.old)} → {following}"
        places = [code(f"{place.path}:{place.line}") for place in redirect.places[:MOST]]
        if places:
            rest = words.rest(places, len(redirect.places), self.language)
            line += f"; {self._say(words.USED)} {', '.join((*places, *filter(None, (rest,))))}"
        return f"{line}\n"

    def _covered(self) -> Iterator[str]:
        for each in covered(self.comparison):
            label = f" ({_label(each.label)})" if each.label else ""
            yield f"- {_label(each.name)}{label}: {each.before} → {each.after}\n"


def _label(text: str) -> str:
    """Give a label of a schema as it is where it has letters only, else as code."""
    return text if _HARMLESS.fullmatch(text.rstrip(".:")) and text.isprintable() else code(text)
