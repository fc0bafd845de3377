"""A page as a mutation sees it: its lines, taken apart with plain patterns.

Nothing here asks the program where something stands. What it says of places is judged, so
the places that are expected must come from elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

    from pipeline.model.kinds import Kind
    from tests.mutations.material import Material

Option = TypeVar("Option")

_FRONT = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^( *)((?:- )?)([\w-]+):([ \t]*)(.*?)[ \t]*$", re.MULTILINE)
_DASH = re.compile(r"^( *)-[ ]+(\S.*?)[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^(#{2,6}) +(\S.*?) *$", re.MULTILINE)
# What must not be cut in two: links, mentions, code, tags, addresses, strong words.
_COVERED = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|`[^`]*`|<[^>]*>|https?:\S+|\*+[^*]+\*+|_[^_]+_|\([^)]*\)"
)
_NO_PROSE = re.compile(r"\s|#|[-*+>|!?<\[\]=~`]|[0-9]+[.)] |$")
_PHRASE = re.compile(r"(?<![\w-])[a-zà-ÿ]{3,}(?: [a-zà-ÿ]{2,}){1,2}(?![\w'’-])")
_QUOTED = re.compile(r"""(["'])(.*)\1""")


class Span(NamedTuple):
    """Some characters of a page and where they stand."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: its name, its value on the same line, and all its lines.

    ``indent`` is the column of the name, ``line`` where its line starts, ``end`` where the
    next field's line starts.
    """

    name: Span
    value: Span
    line: int
    end: int
    indent: int

    @property
    def is_plain(self) -> bool:
        """Whether it is one unquoted text on one line."""
        text = self.value.text
        return bool(re.match(r"[A-Za-z0-9]", text)) and " #" not in text and ": " not in text


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: ``whole`` as written, ``word`` without its quotation marks."""

    whole: Span
    word: Span
    line: int
    flow: bool


class Link(NamedTuple):
    """A link or image: the whole of it, its text and its target."""

    whole: Span
    text: Span
    target: Span
    is_image: bool


class Page:
    """One file of the material, in which mistakes can be made."""

    def __init__(self, path: str, text: str, kind: Kind, material: Material, *, random: Random, seed: int) -> None:
        self.path, self.text, self.kind, self.material = path, text, kind, material
        self.random, self.seed = random, seed

    # The fields.

    @property
    def is_list(self) -> bool:
        """Whether it is a YAML file with many entries."""
        return self.kind.files.layout == "list"

    @property
    def is_document(self) -> bool:
        """Whether it is one entry: fields and text."""
        return self.kind.files.layout == "document"

    @cached_property
    def front(self) -> Span | None:
        """The lines with fields: of the whole file, or of one entry of a list."""
        if self.is_list:
            starts = [match.start() for match in re.finditer(r"^- ", self.text, re.MULTILINE)]
            if not starts:
                return None
            place = self.random.randrange(len(starts))
            start, end = starts[place], starts[place + 1] if place + 1 < len(starts) else len(self.text)
            return Span(start, end, self.text[start:end])
        found = _FRONT.match(self.text) if self.is_document else None
        return Span(found.start(1), found.end(1), found[1]) if found else None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the entry, without those below them."""
        if self.front is None:
            return ()
        base = 2 if self.is_list else 0
        found: list[Field] = []
        for match in _FIELD.finditer(self.front.text):
            indent = len(match[1]) + len(match[2])
            if indent == base and (not match[2] or match.start() == 0):
                found.append(self._field(match, self.front, indent))
        return tuple(found)

    def _field(self, match: re.Match[str], front: Span, indent: int) -> Field:
        offset = front.start
        name = Span(offset + match.start(3), offset + match.end(3), match[3])
        value = Span(offset + match.start(5), offset + match.end(5), match[5])
        end = self.line_after(value.end)
        while end < front.end:
            after = self.line_after(end)
            line = self.text[end:after]
            deeper = len(line) - len(line.lstrip(" ")) > indent and line.strip() and not line.lstrip().startswith("#")
            if not deeper and not line.startswith(" " * indent + "- "):
                break
            end = after
        return Field(name, value, offset + match.start(), end, indent)

    def field(self, name: str) -> Field | None:
        """Give a field by name."""
        return next((each for each in self.fields if each.name.text == name), None)

    def schema(self, field: Field) -> Any:  # noqa: ANN401 - any JSON
        """Give what the schema says of a field."""
        return self.kind.properties.get(field.name.text, {})

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that the entry cannot do without."""
        return tuple(self.kind.schema.get("required", ()))

    def means(self, part: str) -> Field | None:
        """Give the field that plays a part, such as title or status."""
        return self.field(self.kind.means.get(part, ""))

    def fields_of(self, sort: str) -> tuple[Field, ...]:
        """Give the fields of one type, such as string or array."""
        return tuple(each for each in self.fields if self.schema(each).get("type") == sort)

    def items(self, field: Field) -> tuple[Item, ...]:
        """Give the items of a list field, on one line or on many; groups of fields as they stand."""
        if field.value.text.startswith("["):
            return tuple(self._flow(field)) if field.value.text.endswith("]") else ()
        if field.value.text:
            return ()
        block = self.text[field.value.end : field.end]
        dashes = list(_DASH.finditer(block))
        least = min((len(each[1]) for each in dashes), default=0)
        return tuple(
            self._item(field.value.end + each.start(2), each[2], flow=False) for each in dashes if len(each[1]) == least
        )

    def _flow(self, field: Field) -> Iterable[Item]:
        start = field.value.start + 1
        for match in re.finditer(r"""(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^,\[\]{}"'])+""", field.value.text[1:-1]):
            words = match[0].strip()
            if words:
                yield self._item(start + match.start() + match[0].index(words), words, flow=True)

    def _item(self, start: int, text: str, *, flow: bool) -> Item:
        quoted = _QUOTED.fullmatch(text)
        word = Span(start + 1, start + len(text) - 1, quoted[2]) if quoted else Span(start, start + len(text), text)
        return Item(Span(start, start + len(text), text), word, self.line_of(start), flow)

    # The text.

    @cached_property
    def body(self) -> int:
        """Where the text begins."""
        if not self.is_document:
            return len(self.text)
        return self.line_after(self.front.end) if self.front else 0

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """The lines of plain text: no headings, lists, tables, code or HTML."""
        found: list[Span] = []
        place, fenced, open_ = self.body, False, False
        for line in self.text[self.body :].splitlines(keepends=True):
            words = line.rstrip("\n")
            if words.startswith(("```", "~~~")):
                fenced = not fenced
            if not words.strip() or words.startswith("#"):
                open_ = True
            elif fenced or _NO_PROSE.match(words):
                open_ = False  # what follows without an empty line belongs to it
            elif open_:
                found.append(Span(place, place + len(words), words))
            place += len(line)
        return tuple(found)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs of plain text."""
        found: list[Span] = []
        for line in self.prose:
            if found and line.start == found[-1].end + 1:
                start = found.pop().start
                found.append(Span(start, line.end, self.text[start : line.end]))
            else:
                found.append(line)
        return tuple(each for each in found if self.text[each.end : each.end + 2] in {"\n\n", "\n", ""})

    @cached_property
    def phrases(self) -> tuple[Span, ...]:
        """Two or three ordinary words in a row, outside links and the like."""
        found: list[Span] = []
        for line in self.prose:
            covered = [match.span() for match in _COVERED.finditer(line.text)]
            found.extend(
                Span(line.start + match.start(), line.start + match.end(), match[0])
                for match in _PHRASE.finditer(line.text)
                if not any(start < match.end() and match.start() < end for start, end in covered)
            )
        return tuple(found)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links and images of the text."""
        found: list[Link] = []
        for match in _LINK.finditer(self.text, self.body):
            whole, text, target = (Span(*match.span(group), match[group]) for group in (0, 2, 3))
            found.append(Link(whole, text, target, bool(match[1])))
        return tuple(found)

    @cached_property
    def headings(self) -> tuple[Span, ...]:
        """The words of the headings."""
        return tuple(Span(*match.span(2), match[2]) for match in _HEADING.finditer(self.text, self.body))

    # Getting about.

    def line_of(self, place: int) -> int:
        """Give where the line of a place starts."""
        return self.text.rfind("\n", 0, place) + 1

    def line_after(self, place: int) -> int:
        """Give where the next line starts."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def choose(self, options: Iterable[Option], test: Callable[[Option], object] = lambda _: True) -> Option | None:
        """Give one of those that pass, or nothing."""
        fitting: Sequence[Option] = [each for each in options if test(each)]
        return self.random.choice(fitting) if fitting else None

    def to(self, path: str) -> str:
        """Write the way from this page to another file."""
        return posixpath.relpath(path, posixpath.dirname(self.path))

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return posixpath.splitext(posixpath.basename(self.path))[0]
