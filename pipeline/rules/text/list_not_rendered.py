"""A list does not become a list.

Readers then see one long paragraph with stray hyphens and numbers in it. The usual reason is
a list right below a line of text: the builder of the site wants an empty line between them.
Others are a list within a list that is not indented enough, a mark without a space after it,
and the round bullet of a word processor.

Bad: a line that ends in a colon, and ``- a DPIA`` right below it

Good: the same with an empty line above ``- a DPIA``

Mend it: put an empty line above the list, begin each item with ``-`` and a space, and indent
a list within a list by four spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.nodes import HIDDEN, LISTS, Node
from pipeline.documents.python_markdown import TAB
from pipeline.errors import Text
from pipeline.findings import Edit, Problem, Severity
from pipeline.rules.rule import document_rule
from pipeline.rules.text.boxes import BOX_TAGS
from pipeline.rules.text.lists import attempts, better_mark
from pipeline.rules.text.reading import (
    PYTHON_MARKDOWN,
    TAGS,
    Trials,
    blocks,
    body_text,
    empty_line,
    insertion,
    short,
    starting,
)
from pipeline.text import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.documents.document import Document
    from pipeline.documents.structure import Structure
    from pipeline.model.kinds import Kind
    from pipeline.rules.text.lists import Attempt
    from pipeline.text import Location

_SIGNS = r"[•●○▪◦‣∙·–—]|-[^\W\d_]|-[\"“‘'\[(]|[0-9]{1,2}[.)][^\W\d_]"
_MARK = r"(?:[-*+]|[0-9]{1,3}[.)])[ \t]"
_NO_ITEM = r"(?![-*+][ \t]|[0-9]++[.)][ \t]|#|!!!|\?\?\?|(?<=\n)<)\S[^\n]*+"
_MAY_BE = {
    # A mark below a line that is no item, or far to the right of it; one that is indented a little.
    PYTHON_MARKDOWN: lazy_pattern(
        rf"\n(?:[ \t>]*+(?:{_SIGNS}|[0-9]{{1,3}}\)[ \t]|{_NO_ITEM}\n[ \t>]*+{_MARK})"
        rf"|{_NO_ITEM}\n(?:[ \t]*+\n)++(?: {{4}}|\t)[ \t]*+{_MARK}|[ ]{{2,3}}{_MARK}|\n {{2,3}}(?![ <])\S)"
    ),
    # The same, but a number only: other lists may follow a line of text.
    "commonmark": lazy_pattern(
        rf"\n(?:[ \t>]*+(?:{_SIGNS}|{_NO_ITEM}\n[ \t>]*+(?!1[.)])[0-9]{{1,3}}[.)][ \t])"
        rf"|[^\n]++\n(?:[ \t]*+\n)*+(?: {{4}}|\t)[ \t]*+{_MARK})"
    ),
}
_VARIANTS = {"bullet": "", "number": "", "tight": "space", "tight number": "space"}
_HEADING = lazy_pattern(r" *+(?:#{1,6} ++|#{2,6})[^\W_]")
_CODE_ITEM = lazy_pattern(r"(?:[-*+]|[0-9]{1,3}[.)])[ ]++[^\W\d_]")


@document_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Dit wordt geen lijst: “{key}” staat direct onder een regel tekst.",
            en="This does not become a list: “{key}” stands right below a line of text.",
        ),
        "nested": Text(
            nl="“{key}” komt niet onder het punt erboven, maar ernaast: het springt {indent} spaties in, "
            "en 4 zijn nodig.",
            en="“{key}” does not come below the item above it but beside it: it is indented by {indent} spaces, "
            "and 4 are needed.",
        ),
        "outside": Text(
            nl="“{key}” hoort bij het punt erboven, maar komt onder de lijst: het springt {indent} spaties in, "
            "en 4 zijn nodig.",
            en="“{key}” belongs to the item above it but comes below the list: it is indented by {indent} spaces, "
            "and 4 are needed.",
        ),
        "sign": Text(
            nl="Dit wordt geen lijst: “{key}” begint met een teken dat geen opsomming maakt.",
            en="This does not become a list: “{key}” begins with a sign that makes no list.",
        ),
        "space": Text(
            nl="Dit wordt geen lijst: in “{key}” ontbreekt een spatie.",
            en="This does not become a list: “{key}” lacks a space.",
        ),
        "code": Text(
            nl="Dit wordt geen lijst maar code: “{key}” springt te ver in.",
            en="This does not become a list but code: “{key}” is indented too far.",
        ),
    },
    help={
        "": Text(
            nl="De lezer ziet één lange alinea. Zet een lege regel boven de lijst.",
            en="Readers see one long paragraph. Put an empty line above the list.",
        ),
        "nested": Text(
            nl="De lezer ziet niet wat bij wat hoort. Zet vier spaties voor elk punt van het lijstje.",
            en="Readers cannot see what belongs to what. Put four spaces before each item of the inner list.",
        ),
        "outside": Text(
            nl="De lijst breekt hier af, en de nummers beginnen opnieuw. Zet vier spaties voor deze tekst.",
            en="The list breaks off here, and its numbers start again. Put four spaces before this text.",
        ),
        "sign": Text(
            nl="De lezer ziet één lange alinea. Begin elk punt van de lijst met “- ”; een genummerd punt met “1. ”.",
            en="Readers see one long paragraph. Begin each item with “- ”; a numbered one with “1. ”.",
        ),
        "space": Text(
            nl="De lezer ziet één lange alinea. Zet een spatie na het streepje of het nummer.",
            en="Readers see one long paragraph. Put a space after the hyphen or the number.",
        ),
        "code": Text(
            nl="De lezer ziet letters van een typemachine. Haal de spaties aan het begin van deze regels weg.",
            en="Readers see typewriter letters. Take away the spaces at the beginning of these lines.",
        ),
    },
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look at the lines of paragraphs, at items beside which others should have come, and at code."""
    strict = kind.markdown.dialect == PYTHON_MARKDOWN
    if not _MAY_BE[kind.markdown.dialect].search(body_text(document)):
        return
    place = blocks(document, kind)
    trials = Trials(place)
    group: list[tuple[Attempt, bool]] = []  # paragraphs of one list made with signs are one mistake
    last: Node | None = None
    told: Node | None = None
    previous: Node | None = None
    empty = False  # a box whose text was not indented: what is, has become code for that reason
    for parent, index, node in place.root.numbered():
        empty = (empty and node.tag not in TAGS) or (node.tag in BOX_TAGS and not node.children)
        if node.tag == "p":
            for attempt in attempts(node, brackets=not strict, in_item=parent.tag == "li"):
                if attempt.first and _HEADING.match(node.rows[attempt.first - 1][0]):
                    continue  # text/heading-not-rendered tells that, and a list may follow a heading
                if not (attempt.sort == "sign" and last is not None and last is previous):
                    yield from _in_paragraphs(trials, group)
                    group = []
                group.append((attempt, parent.tag == "li"))
                last = node if attempt.sort == "sign" else None
                told = node
        elif node.tag == "pre" and previous is told is not None:
            told = node  # what stood within an item of that list
        elif node.tag == "pre" and not empty and _is_list(node):
            yield _in_code(trials, node)
        if strict and node.tag in LISTS:
            yield from _flattened(trials, node)
            yield from _outside(trials, node, parent.after(index))
        previous = node
    yield from _in_paragraphs(trials, group)


def _in_paragraphs(trials: Trials, group: list[tuple[Attempt, bool]]) -> Iterator[Problem]:
    """Tell of a list that stayed text, in one paragraph or in several."""
    if not group:
        return
    place = trials.place
    edits: list[Edit] = []
    wanted: set[int] = set()
    more = 0
    for attempt, in_item in group:
        apart = _needs_empty_line(attempt, in_item=in_item)
        more += apart
        if apart:
            edits.append(empty_line(place, attempt.rows[0][1]))
        for row, mark in zip(attempt.rows, attempt.marks, strict=True):
            better = better_mark(attempt.sort, row[0][:mark])
            if better != row[0][:mark]:
                edits.append(Edit(location=place.place(row, 0, mark), replacement=better))
        wanted |= {number + more for _, number in attempt.rows}
    attempt, in_item = group[0]
    (text, number), length = attempt.rows[0], attempt.marks[0]
    variant = _VARIANTS.get(attempt.sort, "sign")
    apart = _needs_empty_line(attempt, in_item=in_item)
    title = f"{'↵ ' * apart}{better_mark(attempt.sort, text[:length])}{text[length:]}"
    yield Problem(
        location=place.place((text, number)),
        variant=variant,
        parameters={"key": short(text)},
        fix=trials.fix(short(title), edits, lambda _, root: wanted <= starting(root, "li")),
    )


def _needs_empty_line(attempt: Attempt, *, in_item: bool) -> bool:
    return attempt.first > 0 and not (in_item and _VARIANTS.get(attempt.sort, "sign"))


def _is_list(code: Node) -> bool:
    return bool(code.rows) and all(_CODE_ITEM.match(text.lstrip()) for text, _ in code.rows)


def _in_code(trials: Trials, node: Node) -> Problem:
    place = trials.place
    edits = [Edit(location=_indentation(place, number), replacement="") for _, number in node.rows]
    wanted = {number for _, number in node.rows}
    return Problem(
        location=place.place(node.rows[0]),
        variant="code",
        parameters={"key": short(node.rows[0][0])},
        fix=trials.fix(short(node.rows[0][0]), edits, lambda _, root: wanted <= starting(root, "li"), safe=False),
    )


def _indentation(place: Structure, number: int) -> Location:
    end = place.starts[number] + len(place.before(number))
    return place.source.at(end - len(place.before(number).rpartition(">")[2]), end)


def _flattened(trials: Trials, node: Node) -> Iterator[Problem]:
    """Tell of items that stand below the text of an item before them, and yet become its neighbours."""
    above: Node | None = None
    group: list[Node] = []
    for item in [*node.children, Node("li", mark="-")]:
        if not item.mark:
            continue
        if above is not None and item.number and item.indent >= above.width:
            group.append(item)
            continue
        if group:
            yield _indent(trials, "nested", group, group[0].indent)
        above, group = item, []


def _outside(trials: Trials, node: Node, below: Sequence[Node]) -> Iterator[Problem]:
    """Tell of a paragraph that was meant for the last item of a list, and breaks that list in two."""
    item = node.last
    if item is None or [each.tag for each in below] != ["p", node.tag]:
        return
    indent = trials.place.column(below[0].number)
    if (
        below[0].rows[0][0] != HIDDEN
        and not _HEADING.match(below[0].rows[0][0])
        and 0 < item.width <= indent < len(TAB)
    ):
        yield _indent(trials, "outside", [below[0]], indent)


def _indent(trials: Trials, variant: str, nodes: Sequence[Node], indent: int) -> Problem:
    """Tell of blocks that need an indentation of four."""
    place = trials.place
    more: dict[int, int] = {}
    base = place.column(nodes[0].number) - indent
    for node in nodes:
        _deepen(place, node, base + len(TAB), more)
    edits = [insertion(place, number, " " * more[number], after=place.before(number)) for number in sorted(more)]
    first = nodes[0].number
    start = len(place.before(first))
    key = place.lines[first][start:].rstrip()
    return Problem(
        location=place.source.at(place.starts[first] + start, place.starts[first] + start + len(key)),
        variant=variant,
        parameters={"key": short(key), "indent": indent},
        fix=trials.fix(f"␠␠␠␠{short(key)}", edits, lambda before, after: _are_deeper(more, before, after)),
    )


def _deepen(place: Structure, node: Node, column: int, more: dict[int, int]) -> None:
    """Say how many spaces more each line of a block needs, to begin at a column; a list in it at the next."""
    spaces = max(column - place.column(node.number), 0)
    stack = [node]
    while stack:
        each = stack.pop()
        if each.tag == "li" and each is not node:
            _deepen(place, each, column + len(TAB), more)
        else:
            more[each.number] = spaces
            more.update((number, spaces) for _, number in each.rows)
            stack.extend(each.children)


def _are_deeper(lines: Iterable[int], before: Node, after: Node) -> bool:
    """Whether all blocks that begin on these lines stand in one more item than they did."""
    were, are = _depths(before), _depths(after)
    return all(are.get(line) == were[line] + 1 for line in lines if line in were)


def _depths(root: Node) -> dict[int, int]:
    """Give in how many items of lists each block stands, by its line."""
    inside = {id(root): 0}
    depths: dict[int, int] = {}
    for parent, node in root.walk():
        inside[id(node)] = inside[id(parent)] + (parent.tag == "li")
        if node.tag in {"li", "p"}:
            depths.setdefault(node.number, inside[id(node)])
    return depths
