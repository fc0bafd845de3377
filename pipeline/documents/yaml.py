"""YAML that remembers places.

Built on PyYAML's event stream (libyaml where present), without recursion: a node tree of
our own, so that duplicate keys, aliases and tags are seen, which the usual constructors
hide. Values follow YAML 1.1 as PyYAML reads them, except that dates stay text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

import yaml

from pipeline.documents.document import Flaw, Node
from pipeline.documents.scalars import Closed, resolve
from pipeline.findings import Edit, Fix, Problem
from pipeline.text import LINE_END, lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.text import Location, Source

DEEPEST: Final = 50
MOST_NODES: Final = 200_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REMARK = lazy_pattern(r"(?m)^[ \t]*(?:- +)?(<!--)|^[^#\r\n]*?:[ \t]+(<!--)")


class _Mark(Protocol):
    index: int


class _Event(Protocol):
    start_mark: _Mark
    end_mark: _Mark


class _Start(_Event, Protocol):
    anchor: str | None
    tag: str | None


class _Collection(_Start, Protocol):
    flow_style: bool


class _Scalar(_Start, Protocol):
    style: str | None
    value: str


class _Alias(_Event, Protocol):
    anchor: str


def parse_yaml(source: Source, start: int = 0, end: int | None = None) -> tuple[Node | None, tuple[Flaw, ...]]:
    """Parse ``source.text[start:end]``; give its root (none where it is no YAML) and flaws."""
    last = len(source.text) if end is None else end
    first = start + 1 if source.text.startswith("\ufeff", start, last) else start
    text = source.text[first:last]
    builder = _Builder(source, first)
    if "<!--" in text:
        builder.remarks(text)
    remarks = bool(builder.flaws)
    try:
        root = builder.build(yaml.parse(text, Loader=_Loader))
    except _TooLargeError as error:
        builder.flaw("source/too-large", error.start, error.start, variant=error.variant, limit=error.limit)
        return None, builder.found()
    except yaml.YAMLError as error:
        if not remarks:
            builder.stumble(first, last, error)
        return None, builder.found()
    return root, builder.found()


class _TooLargeError(Exception):
    def __init__(self, start: int, variant: str, limit: int) -> None:
        super().__init__(variant)
        self.start, self.variant, self.limit = start, variant, limit


class _Builder:
    """Turns events into nodes with an explicit stack."""

    def __init__(self, source: Source, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.flaws: list[Flaw] = []
        self.anchors: dict[str, Flaw] = {}
        self.repeated: set[int] = set()
        self.closed: Closed | None = None
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.count = 0
        self.ended = False
        self.handlers: dict[type, Callable[[Any], Node | None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open_mapping,
            yaml.SequenceStartEvent: self.open_sequence,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }

    def flaw(
        self,
        rule: str,
        start: int,
        end: int,
        *,
        variant: str = "",
        related: tuple[Location, ...] = (),
        **parameters: str | int,
    ) -> Flaw:
        location = self.source.at(start, end)
        problem = Problem(location=location, variant=variant, parameters=parameters, related=related)
        self.flaws.append(Flaw(rule=rule, problem=problem))
        return self.flaws[-1]

    def stumble(self, first: int, last: int, error: yaml.YAMLError) -> None:
        """Report what made the parser give up."""
        # Imported here: it knows many patterns, and most files are sound.
        from pipeline.documents.stumble import diagnose, repaired  # noqa: PLC0415

        text = self.source.text
        start, end, variant = diagnose(text, first, last, error, self.closed)
        repair = repaired(text, start, variant)
        fix: Fix | None = None
        if repair:
            place, words = self.source.at(*repair[:2]), repair[2]
            fix = Fix(title=f"{place.text} → {words}", edits=(Edit(location=place, replacement=words),))
        parameters = {"sign": text[start:end][:1]}
        problem = Problem(location=self.source.at(start, end), variant=variant, parameters=parameters, fix=fix)
        self.flaws.append(Flaw(rule="schema/invalid-yaml", problem=problem))

    def found(self) -> tuple[Flaw, ...]:
        """Give the flaws; a nickname that is used is told along with the place that uses it."""
        return tuple(
            flaw
            for flaw in self.flaws
            if flaw.problem.variant != "anchor" or flaw.problem.location.start not in self.repeated
        )

    def remarks(self, text: str) -> None:
        """Report HTML comments that stand where a field or value belongs."""
        close = 0
        for match in _REMARK.finditer(text):
            if 0 <= close < match.end():
                close = text.find("-->", match.end())
            line = LINE_END.search(text, match.end())
            end = min(close + len("-->") if close >= 0 else len(text), line.start() if line else len(text))
            self.flaw("schema/html-comment", self.offset + match.start(match.lastindex or 0), self.offset + end)

    def build(self, events: Iterable[object]) -> Node | None:
        for event in events:
            handle = self.handlers.get(type(event))
            node = handle(event) if handle else None
            if self.ended:
                break
            if node is not None:
                self.put(node)
        return self.root

    def put(self, node: Node) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            raise _TooLargeError(node.start, "values", MOST_NODES)
        if not self.stack:
            self.root = node
        elif self.stack[-1].mapping:
            self.put_in_mapping(self.stack[-1], node)
        else:
            self.stack[-1].items.append(node)

    def put_in_mapping(self, parent: _Open, node: Node) -> None:
        if parent.key is None:
            parent.key = node
            return
        key, parent.key = parent.key, None
        name = key.raw
        if isinstance(key.value, (dict, list)):
            braces = self.source.text[key.start - 1 : key.start + 1] == "{{"
            start = key.start - 1 if braces else key.start
            self.flaw("schema/invalid-yaml", start, key.end, variant="braces" if braces else "complex-key")
        elif key.plain and not name:
            self.flaw("schema/invalid-yaml", key.start, node.start, variant="no-name")
        elif key.plain and name == "<<":
            # The aliases below are part of the same shortcut.
            related: tuple[Location, ...] = ()
            while self.flaws and self.flaws[-1].problem.location.start >= node.start:
                related = self.flaws.pop().problem.related + related
            self.flaw("schema/alias", key.start, node.end, variant="merge", related=related, name="<<")
        elif name in parent.pairs:
            line = self.source.position(parent.pairs[name].key_start).line
            self.flaw("schema/duplicate-key", key.start, key.end, key=name, line=line)
        else:
            parent.pairs[name] = Node(
                node.value, node.start, node.end, node.children, key.start, key.end, node.plain, node.raw
            )

    def document(self, event: _Event) -> None:
        if self.root is not None:
            self.flaw("schema/invalid-yaml", *self.span(event), variant="several")
            self.ended = True

    def open_mapping(self, event: _Collection) -> None:
        self.open(event, mapping=True)

    def open_sequence(self, event: _Collection) -> None:
        self.open(event, mapping=False)

    def open(self, event: _Collection, *, mapping: bool) -> None:
        self.check_extras(event)
        if len(self.stack) >= DEEPEST:
            raise _TooLargeError(self.offset + event.start_mark.index, "depth", DEEPEST)
        self.stack.append(_Open(event, mapping=mapping))

    def close(self, event: _Event) -> Node:
        opened = self.stack.pop()
        node = opened.close(self.offset, event)
        if opened.event.flow_style:
            self.closed = Closed(node.start, node.end, quoted=False)
        return node

    def alias(self, event: _Alias) -> Node:
        first, last = self.span(event)
        anchor = self.anchors.get(event.anchor)
        related = (anchor.problem.location,) if anchor else ()
        self.repeated.update(place.start for place in related)
        self.flaw("schema/alias", first, last, variant="alias", related=related, name=event.anchor)
        return Node(None, first, last, raw=f"*{event.anchor}")

    def check_extras(self, event: _Start) -> None:
        first = self.offset + event.start_mark.index
        if event.anchor is not None:
            flaw = self.flaw("schema/alias", first, self.end_of_word(first), variant="anchor", name=event.anchor)
            self.anchors[event.anchor] = flaw
        elif event.tag is not None:
            last = self.end_of_word(first)
            name = self.source.text[first:last]
            self.flaw("schema/alias", first, last, variant="tag", name=name)

    def end_of_word(self, start: int) -> int:
        found = re.compile(r"[^\s,\[\]{}]*").match(self.source.text, start)
        return found.end() if found else start

    def scalar(self, event: _Scalar) -> Node:
        if event.anchor is not None or event.tag is not None:
            self.check_extras(event)
        first, last = self.span(event)
        style, text = event.style, event.value
        plain = not style
        if style in {"'", '"'}:
            self.closed = Closed(first, last, quoted=True)
        elif not plain:
            last = first + len(self.source.text[first:last].rstrip())
        value = resolve(text) if plain and event.tag is None else text
        if plain and (text.startswith("<!--") or (event.tag or "").startswith("!")):
            # Told as a remark or a tag: what belongs here is not known.
            value, text = None, self.source.text[first:last]
        return Node(value, first, last, plain=plain, raw=text)

    def span(self, event: _Event) -> tuple[int, int]:
        return self.offset + event.start_mark.index, self.offset + event.end_mark.index


class _Open:
    """A mapping or sequence whose end has not come yet."""

    __slots__ = ("event", "items", "key", "mapping", "pairs")

    def __init__(self, event: _Collection, *, mapping: bool) -> None:
        self.event = event
        self.mapping = mapping
        self.items: list[Node] = []
        self.pairs: dict[str, Node] = {}
        self.key: Node | None = None

    def close(self, offset: int, event: _Event) -> Node:
        start = offset + self.event.start_mark.index
        children: Any = self.pairs if self.mapping else self.items
        nodes = self.pairs.values() if self.mapping else self.items
        # A block collection "ends" where the next token starts; its last value's end is meant.
        end = offset + event.end_mark.index
        if not self.event.flow_style:
            end = max((node.end for node in nodes), default=start)
        value: Any
        if self.mapping:
            value = {key: node.value for key, node in self.pairs.items()}
        else:
            value = [node.value for node in self.items]
        return Node(value, start, end, children)
