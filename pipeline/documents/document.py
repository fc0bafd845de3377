"""The parsed form of one file: front matter, body outline, and what was wrong with it.

A document keeps an outline of its body, not the parser's tokens: headings, links,
anchors, comments and inline references with their places. Offsets are characters in the
source's text.

What a document has many of is a tuple with names: it is made, and sent from one process to
another, several times as fast as an object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.text import INCLUDED, packed_quickly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from pipeline.documents.passages import Passage
    from pipeline.findings import Problem
    from pipeline.text import Location, Source

Path = tuple[str | int, ...]


class Node(NamedTuple):
    """A YAML value that knows where it stands.

    ``value`` is plain Python data (dates stay strings); ``children`` are the nodes below
    it by key or index. ``plain`` tells a scalar without quotes, ``raw`` how it was written.
    """

    value: Any
    start: int
    end: int
    children: Mapping[str, Node] | Sequence[Node] = ()
    key_start: int = -1
    key_end: int = -1
    plain: bool = False
    raw: str = ""

    def child(self, step: str | int) -> Node | None:
        """Give the node under a key or index, or nothing."""
        children: Any = self.children
        found: Node | None = None
        if isinstance(children, dict):
            found = children.get(step)
        elif isinstance(step, int) and isinstance(children, list) and 0 <= step < len(children):
            found = children[step]
        return found

    @property
    def items(self) -> Sequence[Node]:
        """The items of a list; nothing for any other value."""
        return self.children if isinstance(self.children, list) else ()

    def find(self, path: Sequence[str | int]) -> Node:
        """Follow ``path``; stop at the last node that exists."""
        node = self
        for step in path:
            below = node.child(step)
            if below is None:
                break
            node = below
        return node

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Give each node below and including this one with its path, in reading order."""
        stack: list[tuple[Path, Node]] = [(path, self)]
        while stack:
            here, node = stack.pop()
            yield here, node
            children = node.children
            pairs = children.items() if isinstance(children, dict) else enumerate(children)
            stack.extend(((*here, step), child) for step, child in reversed(list(pairs)))


class Heading(NamedTuple):
    """A heading; ``words`` counts the words of running text up to the next heading."""

    level: int
    text: str
    slug: str
    start: int
    end: int
    words: int = 0


class Link(NamedTuple):
    """A link, image or bare address in the body.

    ``form`` is ``link``, ``image``, ``autolink``, ``definition``, ``html``, ``html-image``,
    ``bare`` (an address in running text) or ``unparsed`` (looks like a link, is none).
    ``target`` is what was written, ``start`` to ``end`` the whole construct,
    ``target_start`` to ``target_end`` the target alone.
    """

    form: str
    target: str
    text: str
    start: int
    end: int
    target_start: int
    target_end: int

    @property
    def is_image(self) -> bool:
        """Whether it shows a picture."""
        return self.form in {"image", "html-image"}


class Mention(NamedTuple):
    """An inline reference ``{kind:code}`` or ``{kind:code:locator}``."""

    kind: str
    code: str
    locator: str
    start: int
    end: int


class Comment(NamedTuple):
    """An HTML comment; ``text`` is what stands between the dashes, trimmed."""

    text: str
    start: int
    end: int


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The outline of a Markdown text that starts at offset ``start``.

    ``passages`` is its running text in reading order, for rules over one document only: it
    does not go with a document from one process to another.
    """

    start: int
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    comments: tuple[Comment, ...] = ()
    anchors: frozenset[str] = frozenset()
    words: int = 0
    passages: tuple[Passage, ...] = ()
    tokens: tuple[Token, ...] = ()


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A problem met while parsing, under the name of the rule that explains it."""

    rule: str
    problem: Problem


@packed_quickly
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document:
    """One file, read. ``readable`` is false where later checks would only repeat a flaw.

    ``checked`` holds what the rules over one document found, where they have been asked
    already: by the process that parsed it, or in an earlier run.
    """

    source: Source
    front: Node | None = None
    body: Body | None = None
    flaws: tuple[Flaw, ...] = ()
    readable: bool = True
    checked: tuple[Flaw, ...] | None = None

    @property
    def anchors(self) -> frozenset[str] | None:
        """The places in it that links may name; none where they are not known: a part of it stands in another file."""
        body = self.body
        if body is None or INCLUDED in self.source.text:
            return None
        return body.anchors.union(heading.slug for heading in body.headings)

    def at(self, start: int, end: int) -> Location:
        """Give the location of two offsets in this document."""
        return self.source.at(start, end)

    def place(self, node: Node) -> Location:
        """Give the location of a node's value."""
        return self.source.at(node.start, node.end)

    def place_of_key(self, node: Node) -> Location:
        """Give the location of a node's key, or of its value where it has none."""
        if node.key_start < 0:
            return self.place(node)
        return self.source.at(node.key_start, node.key_end)
