"""A placeholder stands where the real text should be.

Readers then find ``TODO``, "toelichting volgt" or a sentence of a template, and not what they
were looking for. The author meant to come back to it.

Bad: ``toelichting: Toelichting volgt``

Good: ``toelichting: Je legt vast wie het algoritme mag wijzigen, en waarom.``

Mend it: write the text, or leave the part out until there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.documents.prose import prose
from pipeline.errors import Text
from pipeline.findings import Problem, Severity
from pipeline.model.kinds import ANY
from pipeline.rules.rule import document_rule
from pipeline.rules.text.reading import body_text, short
from pipeline.rules.text.unfinished import may_be_unfinished, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.documents.blocks import Block
    from pipeline.documents.document import Document, Node
    from pipeline.model.kinds import Kind

_NOTHING = "\ufffc"
_BOUND = frozenset({"enum", "const", "pattern", "format"})
# A whole value that says nothing, or a beginning that means something in a value only.
_WHOLE = ("...", "…", "???", ": hier ", ": vul hier")


@document_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Hier staat “{key}”: de echte tekst moet nog komen.",
        en="This says “{key}”: the real text is still to come.",
    ),
    help=Text(
        nl="De lezer vindt hier niet wat hij zoekt. Schrijf de tekst, of laat dit stuk weg tot die er is.",
        en="Readers do not find here what they are looking for. "
        "Write the text, or leave this part out until there is one.",
    ),
)
def check(document: Document, kind: Kind) -> Iterator[Problem]:
    """Look for placeholders in the values of fields and in running text, not in code."""
    front, body = document.front, document.body
    # Each line of the fields may be the last of a value.
    fields = document.source.text[front.start : front.end].replace("\n", "\n\n") if front else ""
    if not may_be_unfinished(f"{fields}\n{body_text(document)}") and not any(sign in fields for sign in _WHOLE):
        return
    if front:
        yield from _in_fields(document, kind, front)
    if body and may_be_unfinished(body_text(document)):
        for block in prose(document.source, body.start, kind.markdown.dialect).blocks:
            text = _readable(block)
            for span in unfinished(text) if may_be_unfinished(text) else ():
                yield _problem(document, block.at(span), text[slice(*span)])


def _in_fields(document: Document, kind: Kind, front: Node) -> Iterator[Problem]:
    for path, node in front.walk():
        if isinstance(node.value, str) and not node.children:
            found = unfinished(node.value)
            for start, end in found if found and _is_free(kind, path) else ():
                words = node.value[start:end]
                at = document.source.text.find(words, node.start, node.end)
                span = (at, at + len(words)) if at >= 0 else (node.start, node.end)
                yield _problem(document, span, words, ".".join(map(str, path)))


def _is_free(kind: Kind, path: Sequence[str | int]) -> bool:
    """Whether a field takes any text; of another, other rules say that this one will not do."""
    schema: Any = kind.schema
    steps = path[1:] if path and isinstance(path[0], int) else path
    for step in steps:
        schema = schema.get("items" if isinstance(step, int) else "properties", {})
        schema = schema if isinstance(step, int) else schema.get(step, {})
    names = tuple(ANY if isinstance(step, int) else step for step in steps)
    return _BOUND.isdisjoint(schema) and all(each.path != names for each in kind.references)


def _problem(document: Document, span: tuple[int, int], words: str, field: str = "") -> Problem:
    return Problem(location=document.at(*span), parameters={"key": short(words)}, field=field)


def _readable(block: Block) -> str:
    """Give the text of a block without code and addresses, and as long as it was."""
    text, parts, at = block.content, [], 0
    for token in block.tokens:
        start, end = token.meta.get("span", (0, 0))
        if token.type in {"link_open", "image"}:
            start = max(text.rfind("](", start, end), start)
        if start >= at and token.type != "footnote_ref":
            parts += [text[at:start], _NOTHING * (end - start)]
            at = end
    return "".join([*parts, text[at:]])
