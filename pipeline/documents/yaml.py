"""YAML that remembers places.

Built on PyYAML's event stream (libyaml where present), without recursion: a node tree of
our own, so that duplicate keys, aliases and tags are seen, which the usual constructors
hide. Values follow YAML 1.1 as PyYAML reads them, except that dates stay text.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from pipeline.documents.document import Flaw, Node
from pipeline.findings import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text import Source

DEEPEST: Final = 50
MOST_NODES: Final = 200_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_resolvers = yaml.SafeLoader.yaml_implicit_resolvers
_constructor = yaml.constructor.SafeConstructor()
_TAG = "tag:yaml.org,2002:"
_COMMENT = re.compile(r"(?m)^[ \t]*(?:- +)?<!--|:[ \t]+<!--")

# What libyaml stumbles on, by the words of its message, and the variant of our own
# message that says it plainly.
_STUMBLES = (
    ("cannot start any token", "character"),
    ("found a tab character", "tab"),
    ("mapping values are not allowed", "colon"),
    ("unexpected end of stream", "quote"),
    ("found unexpected document indicator", "quote"),
    ("found unknown escape character", "escape"),
    ("did not find expected ',' or ']'", "bracket"),
    ("did not find expected ',' or '}'", "bracket"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "indent"),
    ("did not find expected '-' indicator", "indent"),
    ("did not find expected <document start>", "indent"),
    ("block sequence entries are not allowed", "indent"),
    ("control characters are not allowed", "character"),
)


def parse_yaml(source: Source, start: int = 0, end: int | None = None) -> tuple[Node | None, tuple[Flaw, ...]]:
    """Parse ``source.text[start:end]``; give its root (none where it is no YAML) and flaws."""
    text = source.text[start:end]
    skip = 1 if text.startswith("\ufeff") else 0
    builder = _Builder(source, start + skip)
    comment = _COMMENT.search(text)
    if comment:
        where = start + text.index("<!--", comment.start())
        builder.flaw("schema/html-comment", where, where + 4)
    try:
        root = builder.build(yaml.parse(text[skip:], Loader=_Loader))
    except _TooLargeError as error:
        builder.flaw("source/too-large", error.start, error.start, variant=error.variant, limit=error.limit)
        return None, tuple(builder.flaws)
    except yaml.YAMLError as error:
        if not comment:
            builder.stumble(error)
        return None, tuple(builder.flaws)
    return root, tuple(builder.flaws)


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
        self.count = 0

    def flaw(self, rule: str, start: int, end: int, *, variant: str = "", **parameters: str | int) -> None:
        location = self.source.at(start, end)
        self.flaws.append(Flaw(rule=rule, problem=Problem(location=location, variant=variant, parameters=parameters)))

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        stack: list[_Open] = []
        for event in events:
            node: Node | None = None
            if isinstance(event, yaml.ScalarEvent):
                node = self.scalar(event)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.check_extras(event)
                if len(stack) >= DEEPEST:
                    raise _TooLargeError(self.offset + event.start_mark.index, "depth", DEEPEST)
                stack.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                opened = stack.pop()
                node = opened.close(self.offset, event)
            elif isinstance(event, yaml.AliasEvent):
                first, last = self.span(event)
                self.flaw("schema/alias", first, last, variant="alias", name=event.anchor)
                node = Node(None, first, last)
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                first, last = self.span(event)
                self.flaw("schema/invalid-yaml", first, last, variant="several")
                return root
            if node is None:
                continue
            self.count += 1
            if self.count > MOST_NODES:
                raise _TooLargeError(node.start, "values", MOST_NODES)
            if stack:
                self.add(stack[-1], node)
            else:
                root = node
        return root

    def add(self, parent: _Open, node: Node) -> None:
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            name = key.raw
            if isinstance(key.value, (dict, list)):
                self.flaw("schema/invalid-yaml", key.start, key.end, variant="complex-key")
                return
            if name == "<<":
                self.flaw("schema/alias", key.start, key.end, variant="merge", name="<<")
                return
            if name in parent.pairs:
                first = parent.pairs[name]
                line = self.source.position(first.key_start).line
                self.flaw("schema/duplicate-key", key.start, key.end, key=name, line=line)
                return
            parent.pairs[name] = Node(
                node.value, node.start, node.end, node.children, key.start, key.end, node.plain, node.raw
            )

    def check_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            first = self.offset + event.start_mark.index
            self.flaw("schema/alias", first, first + len(event.anchor) + 1, variant="anchor", name=event.anchor)
        elif event.tag is not None:
            first, last = self.span(event)
            self.flaw("schema/alias", first, last, variant="tag", name=event.tag)

    def scalar(self, event: yaml.ScalarEvent) -> Node:
        if event.anchor is not None or event.tag is not None:
            self.check_extras(event)
        first, last = self.span(event)
        style, text = event.style, event.value
        plain = style is None or style == ""
        if not plain and style in "|>":
            last = first + len(self.source.text[first:last].rstrip())
        value = resolve(text) if plain and event.tag is None else text
        return Node(value, first, last, plain=plain, raw=text)

    def span(self, event: yaml.Event) -> tuple[int, int]:
        return self.offset + event.start_mark.index, self.offset + event.end_mark.index

    def stumble(self, error: yaml.YAMLError) -> None:
        words = str(error)
        variant = next((name for part, name in _STUMBLES if part in words), "")
        # "while scanning a quoted scalar" starts at the quote; its end is often far away.
        marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
        mark = marks[0] if variant in {"quote", "no-colon"} and marks[0] is not None else marks[1]
        length = len(self.source.text)
        if mark is not None:
            place = self.offset + mark.index
        else:
            position = getattr(error, "position", 0)
            place = self.offset + (position if isinstance(position, int) else 0)
        place = min(place, length)
        text = self.source.text
        if text[place : place + 1] == "\t":
            variant = "tab"
        elif variant == "colon" and ": " not in text[text.rfind("\n", 0, place) + 1 : place]:
            variant = "above"
        self.flaw("schema/invalid-yaml", place, min(place + 1, length), variant=variant)


class _Open:
    """A mapping or sequence whose end has not come yet."""

    __slots__ = ("event", "items", "key", "mapping", "pairs")

    def __init__(self, event: yaml.CollectionStartEvent, mapping: bool) -> None:  # noqa: FBT001
        self.event = event
        self.mapping = mapping
        self.items: list[Node] = []
        self.pairs: dict[str, Node] = {}
        self.key: Node | None = None

    def close(self, offset: int, event: yaml.Event) -> Node:
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


def resolve(text: str) -> Any:  # noqa: ANN401 - a YAML scalar is text, number, truth value or null
    """Give the value of a plain scalar: text, int, float, bool or ``None``.

    Dates stay text. So do numbers that JSON cannot hold.
    """
    for tag, pattern in _resolvers.get(text[:1], ()):
        if pattern.match(text):
            kind = tag.removeprefix(_TAG)
            break
    else:
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return yaml.constructor.SafeConstructor.bool_values[text.lower()]
    if kind not in {"int", "float"}:
        return text
    node = yaml.ScalarNode(tag, text)
    try:
        number = getattr(_constructor, f"construct_yaml_{kind}")(node)
    except (ValueError, OverflowError):
        return text
    return number if math.isfinite(number) else text
